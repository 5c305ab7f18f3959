"""Rows as banks hold them: faulty ones are told of in their own place, and one fault is told once."""

from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from engine import Engine
from engine.quiz import audit_bank
from engine.quiz.alarms import FIGURE, LEVEL, OUTDATED, UNKNOWN, WRONG
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item, read_bank
from engine.quiz.checks.whence import _stands

DAY = date(2026, 11, 29)
RIGHT_STEM = "安全生产许可证有效期3年，届满前3个月申请延期。"


def check(auditor: Auditor, stem: str, key: str, options: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(filter(None, options.split("；"))), key))


@pytest.mark.parametrize(
    ("key", "options", "why"),
    [
        ("", "", "没有答案"),
        (" ", "甲；乙", "没有答案"),
        ("A", "", "没有选项"),
        ("A、C", "", "没有选项"),
        ("Ｂ", "", "没有选项"),
        ("F", "甲；乙", "选项只有 2 个"),
        ("C", "对；错", "选项只有 2 个"),
        ("F", "对；对", "选项只有 2 个"),
    ],
)
def test_a_row_without_a_right_key_is_told_what_it_lacks(
    auditor: Auditor, key: str, options: str, why: str
) -> None:
    found = check(auditor, "图书馆的借书期限是（　）。", key, options)
    assert found.state == UNKNOWN
    assert why in found.why


@pytest.mark.parametrize(
    ("kind", "options", "key", "why"),
    [
        ("判断", "", "大概", "既不是对，也不是错"),
        ("是非题", "", "看情况", "既不是对，也不是错"),
        ("多选", "甲；乙；丙", "ACA", "字母重复"),
        ("单选题", "甲；乙；丙", "BC", "有 2 个"),
    ],
)
def test_a_key_that_does_not_fit_its_kind_of_question_is_told_so(
    auditor: Auditor, kind: str, options: str, key: str, why: str
) -> None:
    item = Item(
        "第2行", "《安全生产法》自（ ）起施行。", tuple(filter(None, options.split("；"))), key, kind=kind
    )
    found = auditor.check(item)
    assert found.state == UNKNOWN and why in found.why


@pytest.mark.parametrize(
    ("kind", "options", "key"),
    [
        ("判断", "", "错"),
        ("判断", "可以；不可以", "B"),
        ("多选", "甲；乙；丙", "AC"),
        ("单选", "甲；乙", "B"),
        ("填空", "", "大概"),
    ],
)
def test_a_key_that_fits_its_kind_is_not_called_faulty(
    auditor: Auditor, kind: str, options: str, key: str
) -> None:
    item = Item("第2行", "图书馆周一（ ）。", tuple(filter(None, options.split("；"))), key, kind=kind)
    assert "答案“" not in auditor.check(item).why


@pytest.mark.parametrize(
    ("key", "right"), [("F", "错"), ("错误", "错"), ("×", "错"), ("√", "对"), ("B", "错"), ("A", "对")]
)
def test_a_word_or_mark_names_the_option_that_says_the_same(key: str, right: str) -> None:
    assert Item("第2行", "借书须登记。", ("对", "错"), key).right == (right,)


@pytest.mark.parametrize(("key", "alarmed"), [("F", True), ("错误", True), ("T", False), ("A", False)])
def test_such_a_row_is_checked_as_others_are(auditor: Auditor, key: str, alarmed: bool) -> None:
    assert bool(check(auditor, RIGHT_STEM, key, "对；错").alarms) is alarmed


def test_a_row_a_check_stumbles_over_does_not_keep_the_rest_from_being_checked(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Auditor.check

    def stumbling(self: Auditor, item: Item) -> Checked:
        if "借书" in item.stem:
            raise ValueError("what was in hand")
        return whole(self, item)

    monkeypatch.setattr(Auditor, "check", stumbling)
    bank = tmp_path / "bank.csv"
    bank.write_text(f"题干,答案\n借书须登记。,对\n{RIGHT_STEM},错\n", encoding="utf-8")
    first, second = audit_bank(engine, bank, DAY)
    assert (first.place, first.state, second.state) == ("第2行", UNKNOWN, WRONG)
    assert "ValueError" in first.why and "in hand" not in first.why


def test_what_is_longer_than_a_question_is_not_laid_beside_anything(auditor: Auditor) -> None:
    begun = monotonic()
    found = check(auditor, "安全生产许可证有效期3年，企业应当申请延期。" * 2000, "对")
    assert monotonic() - begun < 2
    assert found.state == UNKNOWN and "题干过长" in found.why
    assert "题干过长" not in check(auditor, "图书馆周一闭馆。" * 40, "对").why


def test_labels_inside_options_are_taken_off_in_either_width(tmp_path: Path) -> None:
    bank = tmp_path / "bank.csv"
    bank.write_text("题干,A,B,C,答案\n级别是（ ）,Ａ．重大,Ｂ．一般,B级钢,B\n", encoding="utf-8")
    assert read_bank(bank)[0].options == ("重大", "一般", "B级钢")


@pytest.mark.parametrize(
    ("place", "citation", "stands"),
    [
        ("四条", "《某规定》第十四条", False),
        ("四条", "《某规定》第四条", True),
        ("第四条", "《某规定》第四条之一", False),
        ("第四条", "《某规定》第四条第二款", True),
        ("第四条", "《某规定》第十四条", False),
    ],
)
def test_a_place_is_the_very_number(place: str, citation: str, stands: bool) -> None:
    assert _stands(place, citation) is stands


@pytest.mark.parametrize(
    ("stem", "options", "key", "kind"),
    [
        ("《工贸企业重大事故隐患判定标准》自（　）起施行。", "2023年5月15日；2024年5月15日", "B", FIGURE),
        ("《工贸企业重大事故隐患判定标准》自2024年5月15日起施行。", "", "对", FIGURE),
        (
            "《煤矿重大事故隐患判定标准》的文号是（　）。",
            "应急管理部令第21号；应急管理部令第33号",
            "B",
            FIGURE,
        ),
        (
            "《煤矿重大事故隐患判定标准》的文号是（　）。",
            "应急管理部令第21号；应急管理部令第4号",
            "B",
            OUTDATED,
        ),
        ("煤矿重大事故隐患现行有效的判定依据是应急管理部令第4号。", "", "对", OUTDATED),
        ("某事故造成9人死亡，属于较大事故的是（　）。", "死亡2人；死亡9人", "A", LEVEL),
    ],
)
def test_one_fault_is_told_once_and_by_its_kind(
    auditor: Auditor, stem: str, options: str, key: str, kind: str
) -> None:
    assert [a.kind for a in check(auditor, stem, key, options).alarms] == [kind]
