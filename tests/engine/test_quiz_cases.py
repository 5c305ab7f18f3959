"""The audit of numbers that one sentence sets for several cases, and of what documents say of themselves."""

from datetime import date

import pytest

from engine import Engine
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.governed import set_for
from engine.quiz.statements import tokens

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def auditor(engine: Engine) -> Auditor:
    return Auditor(engine, DAY)


def check(auditor: Auditor, stem: str, options: str = "", key: str = "对", explanation: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")) if options else (), key, explanation))


RULE = "甲类仓库每2个月检查，其他仓库每6个月检查"
TOWER = "全高30米以上的塔架倾斜超过8‰，或者全高30米以下的塔架倾斜超过12‰"


@pytest.mark.parametrize(
    ("statement", "rule", "limit"),
    [
        ("甲类仓库应当每6个月检查", RULE, "每2个月"),
        ("除甲类仓库以外，仓库应当每2个月检查", RULE, "每6个月"),
        ("不是甲类仓库的，每2个月检查", RULE, "每6个月"),
        ("仓库每2个月检查", RULE, None),
        ("塔架全高42米，倾斜到12‰", TOWER, "8‰"),
        ("塔架全高18米，倾斜到12‰", TOWER, "12‰"),
        ("塔架倾斜到12‰", TOWER, None),
    ],
)
def test_the_number_of_the_case_told_is_found_and_none_where_no_case_is_told(
    statement: str, rule: str, limit: str | None
) -> None:
    found = set_for(statement, tokens(statement)[-1], rule)
    assert (found.text if found else None) == limit


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        ("基建矿山的图纸（　）没有更新，构成重大事故隐患。", "1个月；3个月；6个月", "B", "A"),
        ("巷道贯通，综掘巷道停掘的一头在相距（　）前没有保持正常通风，判定为重大。", "20 m；50 m；80 m", "A", "B"),
        ("单台（　）兆瓦以上的核电机组未配置电力系统稳定器功能，属于重大隐患。", "40；100；300", "A", "B"),
        ("公众聚集场所对员工的消防培训，至少（　）一次。", "每年；每半年；每季度", "A", "B"),
    ],
)  # fmt: skip
def test_a_number_of_another_case_is_wrong_and_that_of_the_case_told_is_not(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, options, wrong).alarms
    assert not check(auditor, stem, options, right).alarms


def test_numbers_exchanged_between_two_cases_do_not_make_a_statement_right(auditor: Auditor) -> None:
    exchanged = "企业应当至少每季度进行一次防火检查，机关、团体、事业单位应当至少每月进行一次防火检查。"
    assert not check(auditor, exchanged, key="错").alarms
    assert check(auditor, exchanged, key="对").alarms
