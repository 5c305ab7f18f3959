"""`panding check` finds every fault planted in broken_kb, and nothing else; the shipped knowledge base is sound."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import kb.loader
from engine import schema
from engine.clauses import Status, judge_clause
from engine.given import given_facts
from engine.judge import Engine
from engine.lint import run_cases, run_check
from engine.lint_cases import missing_numbers
from engine.lint_logic import example
from engine.lint_material import Material
from engine.valuation import Valuation
from kb.errors import Problem
from kb.models import Case
from ontology.lexicon import CONCEPTS

BROKEN = Path(__file__).parent / "broken_kb"
TODAY = date(2026, 11, 24)
MARK = re.compile(r"# ! ([a-z_ ]+)$")


def check(base: Path) -> list[Problem]:
    return run_check(base / "kb", base / "ontology" / "concepts", TODAY)


def planted(base: Path) -> Counter[tuple[str, int, str]]:
    """(file, line, kind) of every fault that a comment announces."""
    found: Counter[tuple[str, int, str]] = Counter()
    for path in (*base.rglob("*.yaml"), *base.rglob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            mark = MARK.search(line)
            for kind in mark[1].split() if mark else ():
                next_line = line.startswith("# !")
                found[path.relative_to(base).as_posix(), number + next_line, kind] += 1
    return found


@pytest.fixture(scope="module")
def broken() -> list[Problem]:
    return check(BROKEN)


@pytest.fixture(scope="module")
def material() -> Material:
    return Material.read(BROKEN / "kb", BROKEN / "ontology" / "concepts")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(BROKEN, tmp_path / "copy")
    return tmp_path / "copy"


def test_the_shipped_knowledge_base_has_no_problem() -> None:
    assert [str(p) for p in run_check()] == []


def test_every_planted_fault_is_found_on_its_line_and_nothing_else(broken: list[Problem]) -> None:
    assert Counter((p.file, p.line, p.kind) for p in broken) == planted(BROKEN)


def test_every_kind_of_check_has_a_planted_fault(broken: list[Problem]) -> None:
    written = "".join(p.read_text("utf-8") for p in Path(schema.__file__).parent.glob("lint*.py"))
    kinds = set(re.findall(r'Problem\(.*, "([a-z_]+)"\)', written))
    kinds |= set(re.findall(r'problem\(\s*"([a-z_]+)"', written)) | set(
        re.findall(r'm, \w+, "([a-z_]+)"', written)
    )
    assert kinds <= {p.kind for p in broken}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("unknown_name", "惰化装置 不是词典（ontology/concepts）中的概念；相近的有：隔爆装置"),
        ("unit", "单位 m（长度）与 人数 的单位 人 不是同一种量"),
        ("contradiction", "域与前提互相矛盾"),
        ("shadowed_limb", "例：行业=工贸，火花探测装置@除尘系统=未设"),
        (
            "shadowed_clause",
            "命中时 第二条第（七）项 必已命中；反之不然，例：行业=工贸，隔爆装置@除尘系统=未设",
        ),
        ("missing_case", "没有应为命中（或推定命中）的案例；可用 facts: {行业: 工贸, 人数@筒型储库: 4人}"),
        ("missing_case", "没有数值正好等于 3 人 的案例"),
        ("overlap", "expired 应为 2025-01-01，或在 notes 中写明 shi-2025"),
        ("wrong_status", "第三条第（七）项 应为推定命中，实为命中"),
        ("unused_question", "没有条款问事实 锁气卸灰阀@除尘系统；相近的有：锁气卸灰装置@除尘系统"),
    ],
)
def test_a_message_says_what_was_found_and_what_to_do(broken: list[Problem], kind: str, said: str) -> None:
    assert [p for p in broken if p.kind == kind and said in p.message]


def test_bad_yaml_is_reported_with_its_line_and_the_rest_is_still_checked(copy: Path) -> None:
    path = copy / "kb/standards/shi/shi-2023/article_01.yaml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:6], "  前提: [除尘方式=干式", *lines[7:]]), "utf-8")
    found = check(copy)
    here = [p for p in found if p.file.endswith("shi-2023/article_01.yaml")]
    assert [p.kind for p in here] == ["schema"]
    assert here[0].line in (7, 8)
    assert "YAML 写法有误" in here[0].message
    assert [p.line for p in found if p.kind == "contradiction"] == [10]
    assert not [p for p in found if "第一条第（" in p.message], (
        "clauses of the unreadable file are not called missing"
    )


def test_bad_yaml_in_the_attributes_is_not_repeated_as_hundreds_of_other_faults(copy: Path) -> None:
    (copy / "kb/facts/base.yaml").write_text("attributes:\n  行业: [\n", "utf-8")
    assert not [p for p in check(copy) if p.kind not in ("schema", "duplicate")]


def test_versions_that_are_meant_to_overlap_say_so_in_their_notes(copy: Path) -> None:
    path = copy / "kb/standards/shi/shi-2025/meta.yaml"
    path.write_text(path.read_text("utf-8") + "notes: 与 shi-2023 同时适用\n", "utf-8")
    assert not [p for p in check(copy) if p.kind == "overlap"]


def test_numbers_of_a_case_are_read_from_its_finding_too(material: Material) -> None:
    def sides(*findings: str) -> list[str]:
        cases = [
            Case(name=f, finding=f, expect={"第三条第（四）项": "命中"}, standard="shi-2023")
            for f in findings
        ]
        m = Material(**{**vars(material), "cases": cases})
        return [p.message for p in missing_numbers(m) if p.message.startswith("第三条第（四）项")]

    m = "第三条第（四）项：数 人数@筒型储库 > 3 人：没有数值{} 3 人 的案例"
    assert sides("筒仓内有三人", "筒仓内12名作业人员") == [m.format("小于")]
    assert sides("筒仓内超过3人", "筒仓内有2人", "筒仓直径3m") == [m.format("正好等于")]


@pytest.mark.parametrize("base", ["broken", "shipped"])
def test_facts_the_solver_gives_bring_the_reference_evaluator_to_the_same_status(
    material: Material, base: str
) -> None:
    """The solver's model of a clause and the evaluator that judges must never differ."""
    m = material if base == "broken" else Material.read(kb.loader.ROOT, CONCEPTS)
    wrong = []
    for clause in m.sound_clauses():
        for status in (Status.HIT, Status.REFUTED, Status.OPEN):
            facts = example(m, clause, status) if clause.executability == "full" else None
            if facts is not None and (got := _judged(m, clause.id, facts)) is not status:
                wrong.append((clause.id, facts, status, got))
    assert wrong == []


def _judged(m: Material, id: str, facts: dict[str, str]) -> Status:
    clause = next(c for c in m.kb.clauses() if c.id == id)
    standard = m.standards[clause.standard]
    known = given_facts(facts, m.facts, m.kb)
    valuation = Valuation(m.kb, m.lexicon, m.attributes, standard, known, {})
    return judge_clause(clause, standard.scope, valuation, valuation, frozenset()).status


def test_cases_can_be_run_by_themselves(material: Material) -> None:
    engine = Engine(material.kb, material.lexicon, crosscheck=False)
    found = run_cases(engine, material.cases)
    assert [(p.line, p.kind) for p in found] == [(10, "wrong_status"), (10, "wrong_status")]


def test_json_schemas_for_editors_are_up_to_date() -> None:
    shipped = {p.name: p.read_text("utf-8") for p in schema.FOLDER.glob("*.json")}
    assert shipped == schema.schemas(), "run: python -m engine.schema"
