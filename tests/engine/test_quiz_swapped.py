"""What a trainer turns round in a sentence of the rules: its joining word, whom it charges, the side of its limit."""

from __future__ import annotations

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, key: str = "正确", options: str = "", topic: str = "") -> Checked:
    choices = tuple(o for o in options.split("；") if o)
    return auditor.check(Item("第1行", stem, choices, key, "", "", topic))


@pytest.mark.parametrize(
    ("wrong", "right", "topic"),
    [
        (
            "电梯井道内贯通没有采取水平防护措施，或者电梯井口没有设置防护门的，判定为重大事故隐患。",
            "电梯井道内贯通没有采取水平防护措施，并且电梯井口没有设置防护门的，判定为重大事故隐患。",
            "房屋市政",
        ),
        (
            "在役公路桥梁技术状况评定为5类，尚未实施危桥改造或者未封闭交通的，判定为重大事故隐患。",
            "在役公路桥梁技术状况评定为5类，尚未实施危桥改造并且未封闭交通的，判定为重大事故隐患。",
            "公路运营",
        ),
    ],
)
def test_one_of_two_things_is_not_enough_where_the_clause_asks_for_both(auditor, wrong, right, topic):
    assert check(auditor, wrong, topic=topic).alarms and not check(auditor, wrong, "错误", topic=topic).alarms
    assert not check(auditor, right, topic=topic).alarms


def test_either_of_two_things_is_enough_where_the_clause_says_so(auditor):
    stem = "除尘系统没有定期清灰或者没有设置锁气卸灰装置的，判定为重大事故隐患。"
    assert "同时具备" not in str(check(auditor, stem, topic="粉尘").alarms)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("乡镇人民政府应当对重大危险源登记建档。", "生产经营单位应当对重大危险源登记建档。"),
        (
            "监管部门逐级上报事故，每级上报的时间不少于2小时。",
            "监管部门逐级上报事故，每级上报的时间不得超过2小时。",
        ),
        (
            "生产经营单位主要负责人初次安全培训时间不超过32学时。",
            "生产经营单位主要负责人初次安全培训时间不得少于32学时。",
        ),
    ],
)
def test_a_duty_has_its_holder_and_its_limit_one_side(auditor, wrong, right):
    assert check(auditor, wrong).alarms and not check(auditor, right).alarms


def test_who_oversees_a_duty_is_not_taken_for_who_has_it(auditor):
    for stem in (
        "工会有权对建设项目的安全设施与主体工程同时设计进行监督，提出意见。",
        "工会应当监督生产经营单位为从业人员提供符合标准的劳动防护用品。",
    ):
        assert not check(auditor, stem).alarms


def test_a_fine_is_not_held_against_that_for_another_breach(auditor):
    stem = (
        "按照《安全生产法》规定，没有为从业人员提供符合标准的劳动防护用品的，罚5万元以下；逾期5万至20万元。"
    )
    assert not check(auditor, stem).alarms


def test_a_detention_is_no_term_in_which_to_act(auditor):
    stem = "主要负责人瞒报谎报或者迟报事故，事故发生后逃匿的，处15日以下拘留。"
    assert not check(auditor, stem).alarms


def test_a_law_that_lists_cases_itself_is_not_counted_by_a_standard(auditor):
    stem = "《煤矿安全生产条例》列举的17项情形属于重大事故隐患，须立即停止受影响区域生产建设。"
    assert not check(auditor, stem, topic="煤矿").alarms


def test_a_trade_the_standards_do_not_know_is_no_fault(auditor):
    stem = "自动扶梯扶手带外缘与障碍物之间距离小于600mm时，没有按要求装设防护挡板，仍继续使用（距离不足且无挡板）的，判定为重大事故隐患。"
    check(auditor, stem, topic="特种设备")


def test_the_law_a_duty_stands_in_is_asked_for(auditor):
    stem = "生产经营单位应当建立安全风险分级管控制度并按级采取措施，这一要求出自（　）。"
    options = "《中华人民共和国安全生产法》；《中华人民共和国消防法》；《特种设备安全法》；《旅游法》"
    assert check(auditor, stem, "B", options).alarms and not check(auditor, stem, "A", options).alarms


def test_where_a_penalty_stands_is_not_where_the_duty_does(auditor):
    stem = "下列关于处罚的规定，出自（　）：未建立安全风险分级管控制度的，责令限期改正并处罚款。"
    assert not check(auditor, stem, "B", "《安全生产法》；《消防法》；《旅游法》；《刑法》").alarms


def test_one_amount_of_a_whole_penalty_changed_is_wrong_though_the_others_fit(auditor):
    stem = "按照《安全生产法》规定，没有提供符合标准的劳动防护用品并监督正确使用的，罚{}万元以下；逾期5万至20万元。"
    assert check(auditor, stem.format(15)).alarms and not check(auditor, stem.format(5)).alarms
