"""A word of putting right speaks of its own thing; only one in general speaks of all that was said."""

from datetime import date

import pytest

from engine import Engine, Finding, Level

DAY = date(2026, 11, 29)
NONE = Level.NONE


def level(engine: Engine, text: str, industry: str) -> Level:
    return engine.judge(Finding(text, industry=industry, on=DAY)).level


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("工贸", "有限空间作业未审批，现场已清理"),
        ("工贸", "有限空间作业未审批。现场已清理。"),
        ("煤矿", "瓦斯超限仍作业，现已恢复正常"),
        ("燃气", "调压装置未设置防止超压措施，已更换标志牌"),
        ("道路运输", "使用报废车辆运输，车内已清理"),
        ("非煤矿山", "矿井未建立机械通风，已更换灯泡"),
        ("特种设备", "电梯门锁被短接，已更换灯管"),
        ("工贸", "木工车间布袋除尘器未装锁气卸灰装置，已加装围栏"),
        ("工贸", "灭火器失效，二车间灭火器已更换"),
        ("消防", "疏散通道堆放杂物，已清理灰尘"),
    ],
)
def test_an_ordinary_or_unread_thing_put_right_mends_nothing_but_itself(
    engine: Engine, industry: str, text: str
) -> None:
    assert level(engine, text, industry) is not NONE


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("特种设备", "电梯门锁被短接，已恢复正常"),
        ("工贸", "灭火器失效，已更换灭火器"),
        ("工贸", "灭火器失效，已更换"),
        ("工贸", "灭火器失效，灭火器已更换"),
        ("工贸", "木工车间布袋除尘器未装锁气卸灰装置，已加装锁气卸灰装置"),
        ("危化", "动火作业未审批，已补办审批手续"),
        ("消防", "疏散通道堆放杂物，现场已清理"),
        ("消防", "疏散通道堆放杂物，已清理杂物"),
        ("工贸", "煤气报警器故障，地面已清理，已修复"),
    ],
)
def test_a_thing_named_before_is_put_right_by_its_own_word(engine: Engine, industry: str, text: str) -> None:
    assert level(engine, text, industry) is NONE


@pytest.mark.parametrize("behind", ["，已整改", "，现场已整改", "，以上问题均已整改", "，已全部整改完毕"])
def test_a_word_in_general_puts_right_all_that_was_said(engine: Engine, behind: str) -> None:
    text = f"有限空间作业未审批，灭火器失效{behind}"
    assert level(engine, text, "工贸") is NONE


def test_of_two_faults_the_word_of_replacing_mends_the_one_beside_it_and_both_where_it_says_so(
    engine: Engine,
) -> None:
    assert level(engine, "灭火器失效，应急灯损坏，已更换", "工贸") is not NONE
    assert level(engine, "灭火器失效，应急灯损坏，均已更换", "工贸") is NONE


def test_an_act_left_undone_is_not_mended_by_replacing_something(engine: Engine) -> None:
    assert level(engine, "有限空间作业未审批，已更换", "工贸") is not NONE
    assert level(engine, "有限空间作业未审批，已补办", "工贸") is NONE


def test_what_measures_prevent_is_no_rule_that_was_kept(engine: Engine) -> None:
    assert level(engine, "调压装置未设置防止超压措施，已更换标志牌", "燃气") is Level.MAJOR
    assert engine.reader.read("电气柜未设置防止触碰措施").instances[0].defect
    assert not engine.reader.read("电气柜防止触碰").instances[0].defect
    assert level(engine, "作业人员不得违章操作", "工贸") is not Level.MAJOR
