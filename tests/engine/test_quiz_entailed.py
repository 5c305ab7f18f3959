"""A statement a sentence says whole is true, whatever it is keyed; one changed in one place is not said by it."""

from __future__ import annotations

import pytest

from engine.quiz.aligned import entails

RULE = "消防设施维护单位：自动喷水灭火系统至少每季度测试1次，测试结果存档"


@pytest.mark.parametrize(
    "statement",
    [
        "自动喷水灭火系统应当至少每季度进行一次测试。",
        "消防设施维护单位应当至少每季度测试1次自动喷水灭火系统，测试结果应当存档。",
        "依照规定，自动喷水灭火系统每季度至少测试一次，并将测试结果存档。",
    ],
)
def test_what_a_sentence_says_in_other_words_is_entailed(statement: str) -> None:
    assert entails(RULE, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "自动喷水灭火系统应当至少每年测试一次。",
        "自动喷水灭火系统不必每季度测试一次。",
        "只有自动喷水灭火系统才至少每季度测试1次。",
        "消防救援机构应当至少每季度测试1次自动喷水灭火系统。",
        "自动喷水灭火系统至少每季度测试1次，测试结果不必存档。",
        "气体灭火系统至少每季度测试1次。",
    ],
)
def test_one_changed_place_is_enough_not_to_be_entailed(statement: str) -> None:
    assert not entails(RULE, statement)


def test_a_condition_or_exception_left_out_is_not_passed_over() -> None:
    assert not entails("超过50米的井架每年检测1次", "井架每年检测1次。")
    assert not entails("经省级部门批准后可以延长工期", "可以延长工期。")
    assert not entails("井架应当设置避雷装置，移动井架除外", "井架应当设置避雷装置。")


def test_numbers_of_two_cases_are_not_taken_for_each_other() -> None:
    rule = "消防水箱：住宅每月检查1次，其他建筑每周检查1次"
    assert entails(rule, "住宅的消防水箱每月检查一次。")
    assert not entails(rule, "住宅的消防水箱每周检查一次。")


def test_words_that_stand_elsewhere_in_the_sentence_are_no_small_ones() -> None:
    rule = "罚款由县级部门决定；吊销由省级部门决定"
    assert not entails("罚款由县级部门决定", "吊销罚款由县级部门决定。", rule)
    assert entails("罚款由县级部门决定", "罚款应当由县级部门决定。", rule)


def test_another_case_that_is_as_good_may_be_left_out() -> None:
    assert entails("无证作业的，或者拒不整改的，由县级部门处罚", "无证作业的，由县级部门处罚。")
    assert not entails("无证作业的，且拒不整改的，由县级部门处罚", "无证作业的，由县级部门处罚。")


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("部门可以按日连续处罚企业", "部门应当按日连续处罚企业"),
        ("部门应当按日连续处罚企业", "部门可以按日连续处罚企业"),
        ("主管部门可以自责令改正之日的次日起加倍收费", "主管部门可以自责令改正之日起加倍收费"),
        ("主管部门自责令改正之日起加倍收费", "主管部门自责令改正之日的次日起加倍收费"),
        ("车间主任接到险情后立即报告调度室", "车间主任接到险情后及时报告调度室"),
        ("吊篮作业前检查钢丝绳", "吊篮作业后检查钢丝绳"),
        ("检测报告30日内报送主管部门", "检测报告30日后报送主管部门"),
        ("校长或者副校长应当参加年度演练", "校长和副校长应当参加年度演练"),
        ("受到罚款处罚的剧场应当停业", "受到行政处罚的剧场应当停业"),
    ],
)
def test_a_modal_a_day_and_a_choice_are_no_small_words(sentence: str, statement: str) -> None:
    assert entails(sentence, sentence)
    assert not entails(sentence, statement)


def test_what_is_appended_must_be_in_the_sentence_too() -> None:
    rule = "排查治理情况“双报告”：报负有监管职责的部门，同时报职工大会"
    assert entails(rule, "排查治理情况双报告，报负有监管职责的部门，同时报职工大会。")
    assert not entails(rule, "排查治理情况实行双报告，由部门向本单位报告。")
    assert not entails(rule, "排查治理情况双报告，报负有监管职责的部门，同时报职工大会，由部门向本单位报告。")
    assert not entails("游泳馆向卫生部门报告水质情况", "卫生部门向游泳馆报告水质情况。")
