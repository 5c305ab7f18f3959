"""What was compiled is used while it is of these sources and this code, and made anew otherwise."""

from pathlib import Path

import pytest

from kb import kept, national, registers
from kb.kept import keep, mark_of, read_kept, write_atomically


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.yaml"
    path.write_text("甲", "utf-8")
    return path


def test_what_was_kept_is_given_back_until_a_source_changes(tmp_path: Path, source: Path) -> None:
    file = tmp_path / "_build" / "a.pickle"
    keep(file, mark_of([source]), {"甲": (1, 2)})
    assert read_kept(file, mark_of([source])) == {"甲": (1, 2)}
    source.write_text("甲乙", "utf-8")
    assert read_kept(file, mark_of([source])) is None


def test_what_other_code_has_kept_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: Path
) -> None:
    file = tmp_path / "a.pickle"
    monkeypatch.setattr(kept, "_CODE", "of yesterday")
    keep(file, mark_of([source]), "甲")
    assert read_kept(file, mark_of([source])) == "甲"
    monkeypatch.setattr(kept, "_CODE", "of today")
    assert read_kept(file, mark_of([source])) is None


def test_a_folder_that_cannot_be_written_is_no_fault_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    write_atomically(tmp_path / "file" / "a.pickle", b"x")
    (tmp_path / "taken").mkdir()
    write_atomically(tmp_path / "taken", b"x")  # a folder stands where the file should go
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "taken"]


@pytest.mark.parametrize("name", ["national", "registers"])
def test_registers_as_kept_are_those_that_were_read_and_damage_is_no_fault(tmp_path: Path, name: str) -> None:
    load = {"national": national.load_national, "registers": registers.load_registers}[name]
    root = tmp_path / "kb"
    for folder in ("departments", "duties", "regions/x"):
        (root / folder).mkdir(parents=True)
    for folder in ("departments", "duties"):
        for path in (Path(kept.__file__).parent / folder).glob("*.yaml"):
            (root / folder / path.name).write_bytes(path.read_bytes())
    (root / "regions/x/units.yaml").write_text("region: {id: x, name: 云岭县}\nunits: []\n", "utf-8")
    (root / "regions/x/plan.yaml").write_text(
        'document: {id: x-1, title: 方案, file: a.txt, sha256: "0"}\n'
        "tasks: [{ref: 一, line: 1, title: 任务一, kind: 任务}]\n",
        "utf-8",
    )
    read = load(root)
    bundle = root / "_build" / f"{name}.pickle"
    assert bundle.exists() and load(root) == read
    mark, _, body = bundle.read_bytes().partition(b"\n")
    bundle.write_bytes(mark + b"\n" + body[: len(body) // 2])
    assert load(root) == read
