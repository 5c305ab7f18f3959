"""Statements of a duty, told by its fields: who, on what occasion, the act, its number."""

from __future__ import annotations

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def _check(auditor: Auditor, statement: str, key: str) -> Checked:
    return auditor.check(Item("1", statement, (), key))


TRUE = [
    "离岗一年以上重新上岗的从业人员，应当重新接受车间（工段）和班组级的安全培训。",
    "旅游景区等人员密集场所经营单位应当至少每半年组织一次应急救援预案演练。",
    "重大隐患排除后，经审查同意，方可恢复生产经营。",
    "监理单位发现事故隐患情况严重的，应当要求施工单位暂停施工，并报告建设单位。",
]
FALSE = [
    "离岗六个月以上重新上岗的从业人员，应当重新接受车间和班组级的安全培训。",
    "电梯的使用单位应当至少每15日对电梯进行一次清洁、润滑、调整和检查。",
]
NOT_BORNE = [  # a part of each is none of the duty's
    "重大火灾隐患由消防救援机构书面报告本级人民政府。",
    "仅煤矿企业须至少每半年组织1次生产安全事故应急救援预案演练。",
    "重大隐患排除后，经专家评审同意，方可恢复生产经营。",
    "监理单位发现事故隐患情况严重的，应当要求施工单位暂停施工，并报告施工单位。",
    "离岗一年以上重新上岗的从业人员，应当重新接受厂级的安全培训。",
]


@pytest.mark.parametrize("statement", TRUE)
def test_a_duty_told_in_its_several_fields_is_no_wrong_statement(auditor: Auditor, statement: str) -> None:
    assert _check(auditor, statement, "错误").alarms
    assert not _check(auditor, statement, "正确").alarms


@pytest.mark.parametrize("statement", FALSE)
def test_a_duty_with_one_field_told_otherwise_is_wrong(auditor: Auditor, statement: str) -> None:
    assert _check(auditor, statement, "正确").alarms
    assert not _check(auditor, statement, "错误").alarms


@pytest.mark.parametrize("statement", NOT_BORNE)
def test_what_a_duty_does_not_have_keeps_a_statement_from_being_borne(
    auditor: Auditor, statement: str
) -> None:
    assert not _check(auditor, statement, "错误").alarms


def test_both_asked_for_by_and_where_a_clause_lists_each(auditor: Auditor) -> None:
    both = "快速冻结装置没有设在单独的作业间内，并且作业间内作业人员超过9人的，才判定为重大事故隐患。"
    assert _check(auditor, both, "正确").alarms
    assert not _check(auditor, both, "错误").alarms


def test_what_a_clause_needs_both_of_may_be_said_to_need_both(auditor: Auditor) -> None:
    both = "工贸企业没有落实粉尘清理制度，并且造成作业现场积尘严重的，才判定为重大事故隐患。"
    assert not _check(auditor, both, "正确").alarms


def test_a_condition_that_a_clause_spares_of_the_last_thing_it_names(auditor: Auditor) -> None:
    only = "气瓶错装介质，只有该气瓶仍继续使用的，才构成GB 45067-2024规定的重大事故隐患。"
    assert _check(auditor, only, "正确").alarms
    assert not _check(
        auditor, "电梯定期检验结论为不合格，只有仍继续使用的，才构成重大事故隐患。", "正确"
    ).alarms


def test_less_than_a_share_says_the_same_as_short_of_it(auditor: Auditor) -> None:
    less = "学校食堂等校内人员密集场所安全出口总净宽度小于国家工程建设消防技术标准规定值80%的，判定为重大事故隐患。"
    assert _check(auditor, less, "错误").alarms
    assert not _check(auditor, less.replace("80%", "90%"), "错误").alarms


def test_a_condition_that_is_itself_a_denial_is_not_denied_by_telling_it(auditor: Auditor) -> None:
    stem = "机械企业使用非水性漆的喷漆室，已安装固定式可燃气体浓度监测报警装置但没有通风设施的，属于重大事故隐患。"
    item = Item("1", stem, (), "正确", explanation="令第10号第七条第（七）项。")
    assert not auditor.check(item).alarms
    water = stem.replace("非水性漆", "水性漆")
    assert not auditor.check(Item("1", water, (), "错误", explanation="令第10号第七条第（七）项。")).alarms
