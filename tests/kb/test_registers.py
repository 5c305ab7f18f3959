"""Departments, duties and region packs load, and a faulty row says which file and what was expected."""

from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.registers import load_registers, read_registers

UNITS = """region: {id: x, name: 云岭县}
units:
  - {name: 云岭县应急管理局, kind: 应急管理, written: [应急局]}
"""
PACK = """document: {id: x-1, title: 方案, file: a.txt, sha256: "0"}
tasks:
  - {ref: 一, line: 1, title: 任务一, kind: 任务, units: [{u: 云岭县应急管理局, as: 应急局, role: 牵头}]}
"""


def kb(tmp_path: Path, pack: str, units: str = UNITS) -> Path:
    folder = tmp_path / "kb" / "regions" / "x"
    folder.mkdir(parents=True)
    (folder / "units.yaml").write_text(units, "utf-8")
    (folder / "plan.yaml").write_text(pack, "utf-8")
    return tmp_path / "kb"


def test_everything_shipped_loads_without_a_fault() -> None:
    registers, problems = read_registers()
    assert problems == []
    assert registers == load_registers()


def test_every_duty_and_department_has_a_basis_and_a_source() -> None:
    registers = load_registers()
    assert all(d.basis and d.source for d in (*registers.duties, *registers.departments))


def test_ids_are_given_once() -> None:
    registers = load_registers()
    for rows in (registers.duties, registers.departments):
        ids = [r.id for r in rows]
        assert len(ids) == len(set(ids))


def test_a_pack_of_its_own_region_loads(tmp_path: Path) -> None:
    registers = load_registers(kb(tmp_path, PACK))
    assert registers.packs[0].tasks[0].units[0].role == "牵头"


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        (PACK.replace("u: 云岭县应急管理局", "u: 云岭县教育局"), "单位 云岭县教育局 不在 units.yaml 中"),
        (PACK.replace("role: 牵头", "role: 带头"), "取值不在允许范围"),
        (PACK.replace("kind: 任务", "kind: 事"), "kind：取值不在允许范围"),
        (PACK + PACK.splitlines()[-1] + "\n", "一：同一位置写了两次"),
        (PACK.replace("line: 1, ", ""), "缺少这一栏"),
    ],
)
def test_a_faulty_pack_says_what_is_wrong_with_it(tmp_path: Path, pack: str, said: str) -> None:
    with pytest.raises(BadInput) as error:
        load_registers(kb(tmp_path, pack))
    assert said in str(error.value) and "plan.yaml" in str(error.value)
