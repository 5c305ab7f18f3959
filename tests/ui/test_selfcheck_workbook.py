"""A workbook filled in by hand: what can't be read is told all at once with its place, what can is kept."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import Engine
from engine.profile import read_profile
from engine.selfcheck import GATE, NOT_THERE, OPEN, SelfCheck, new_check
from kb import BadInput
from ui import check_file
from ui.cli import main

ON = date(2026, 11, 28)
LOCK, CONTROL, PERMIT = "锁气卸灰装置@除尘系统", "爆炸防控措施@除尘系统", "作业审批@有限空间"


def filled(engine: Engine, path: Path, cells: dict[str, tuple[str, str]]) -> dict[str, int]:
    """A workbook of a new check with some answers and notes typed in; the row of each."""
    profile = read_profile(
        {
            "行业": ["木制品加工"],
            "场所设施": ["除尘系统"],
            "属性": {"粉尘种类": "木质粉尘", "除尘方式": "干式"},
        }
    )
    check_file.save(SelfCheck(engine, new_check(engine, profile, ON)), path)
    book = load_workbook(path)
    rows = {}
    header = [c.value for c in book.worksheets[0][1]]
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[0].value in cells:
            answer, note = cells[row[0].value]
            row[header.index("答案")].value, row[header.index("备注")].value = answer, note
            rows[row[0].value] = row[0].row
    book.save(path)
    assert rows.keys() == cells.keys()
    return rows


def test_every_answer_that_is_not_understood_is_told_with_file_sheet_row_and_what_was_expected(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.open_engine", lambda **_: engine)
    path = tmp_path / "c.xlsx"
    rows = filled(engine, path, {CONTROL: ("坏了", ""), LOCK: ("无", ""), PERMIT: ("", "审批单没找到")})
    assert main(["selfcheck", "status", str(path)]) == 0
    said = capsys.readouterr()
    told = [x for x in said.err.splitlines() if "没有采用" in x]
    assert len(told) == 2 and all(str(path) in x and "工作表“自查表”" in x for x in told)
    assert any(f"第 {rows[CONTROL]} 行" in x and "'坏了'" in x and "应为 有效、失效" in x for x in told)
    assert any(f"第 {rows[PERMIT]} 行" in x and "有备注或照片，没有答案" in x for x in told)
    assert "已回答 1 个问题" in said.out and "第十一条第（六）项" in said.out


def test_what_was_typed_is_not_used_is_asked_again_and_is_still_there_after_saving(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "c.xlsx"
    filled(engine, path, {CONTROL: ("坏了", ""), PERMIT: ("", "审批单没找到")})
    check = SelfCheck(engine, check_file.load(path))
    assert check.unfit.keys() == {CONTROL, PERMIT} <= {q.id for q in check.pending()}
    assert next(s.status for s in check.stands() if s.held.clause.ref == "第十一条第（三）项") == OPEN
    for suffix in (".xlsx", ".yaml"):
        kept = tmp_path / f"again{suffix}"
        check_file.save(check, kept)
        assert check_file.load(kept).answers == check.check.answers


def test_no_is_no_in_whatever_word_whether_of_a_place_or_of_a_device(engine: Engine) -> None:
    check = SelfCheck(engine, new_check(engine, read_profile({"行业": ["木制品加工"]}), ON))
    for word in ("没有", "否", "不存在", NOT_THERE):
        check.answer(GATE + "除尘系统", word)
        assert check.view.absent[LOCK] == "没有除尘系统"
    with pytest.raises(BadInput, match="不认识"):
        check.answer(GATE + "除尘系统", "也许")
    assert check.check.answers[GATE + "除尘系统"].value == NOT_THERE  # the one refused changed nothing
