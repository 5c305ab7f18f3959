"""What is no contradiction though it looks like one: words inside words, numbers that set nothing, rules of others."""

import pytest

from engine.quiz.audit import Auditor
from engine.quiz.bank import Item
from engine.quiz.checks.departments import units


def test_the_peoples_government_is_no_civil_affairs_department() -> None:
    assert units("乡镇人民政府") == set()
    assert units("民政部门") == {"民政"}


FOUND = [  # stem, right key, false key, options
    ("某仓库坍塌，死亡1人、重伤15人，直接经济损失300万元，事故等级为（ ）。", "B", "A", "一般事故；较大事故；重大事故；特别重大事故"),
    ("下列情形属于重大事故的有（ ）。", "BC", "ABC", "死亡9人；死亡10人；重伤50人；直接经济损失4000万元"),
    ("AQ 3067-2026自____年____月____日起实施。", "2026年9月30日", "2026年3月9日", ""),
    ("《安全生产法》关于重大事故隐患排查治理情况“双报告”的要求，在第（ ）条第二款。", "四十一", "三十八", ""),
    ("《工贸企业重大事故隐患判定标准》对有限空间作业单列了情形，在第____条。", "十三", "十二", ""),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "right", "wrong", "options"), FOUND)
def test_a_grade_a_day_and_an_article_are_told_from_their_neighbours(
    auditor: Auditor, stem: str, right: str, wrong: str, options: str
) -> None:
    told = tuple(filter(None, options.split("；")))
    assert not auditor.check(Item("第2行", stem, told, right)).alarms
    assert auditor.check(Item("第2行", stem, told, wrong)).alarms


def test_a_repealed_edition_said_to_apply_still_is_found_whatever_the_explanation_tells(
    auditor: Auditor,
) -> None:
    stem = "煤矿重大事故隐患现在仍按应急管理部令第4号判定。"
    assert auditor.check(Item("第2行", stem, (), "正确", "第4号令没有被取代。")).alarms
    assert not auditor.check(Item("第2行", stem, (), "错误", "已由第21号令取代。")).alarms


NO_ALARM = [  # stem, right key, options, explanation
    ("工贸企业装了可燃气体报警装置但已经失效，因为“已设置”，不能判定为重大事故隐患。", "错误", "", "令第10号第十四条。"),
    ("AQ 3067-2026：涉及剧毒液体的一级或者____级重大危险源没有按要求配备安全仪表系统的，属重大事故隐患。", "二", "", ""),
    ("应当至少每半年演练一次应急救援预案的单位有（ ）。", "BC", "县级人民政府；矿山；商场等人员密集场所经营单位；", ""),
    ("煤矿用风锤探放水（限压循环放水除外）的，属于重大事故隐患。", "正确", "", ""),
    ("GB 35181-2017自2025年11月1日起不得再用于重大火灾隐患的判定。", "正确", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "right", "options", "explanation"), NO_ALARM)
def test_what_only_looks_like_a_contradiction_is_no_alarm(
    auditor: Auditor, stem: str, right: str, options: str, explanation: str
) -> None:
    told = tuple(filter(None, options.split("；")))
    assert not auditor.check(Item("第2行", stem, told, right, explanation)).alarms


def test_a_grade_that_stands_only_beside_another_is_not_the_one_asked_for(auditor: Auditor) -> None:
    options = ("一级", "二级", "三级", "四级")
    for key in "ABCD":
        found = auditor.check(
            Item("第2行", "危险化学品重大危险源分为四级，（ ）的危险程度最高。", options, key)
        )
        assert not found.alarms and not found.agreed, key


def test_a_list_of_one_trade_makes_nothing_of_another_too_many(auditor: Auditor) -> None:
    options = ("作业审批", "先通风、再检测、后作业", "设专人监护", "可以单人进入")
    assert not auditor.check(Item("第2行", "有限空间作业应当做到（ ）。", options, "ABC")).alarms
