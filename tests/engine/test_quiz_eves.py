"""Statements of rules as they were once, of one alternative among several, and of what is not needed."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, (), key, ""))


@pytest.mark.parametrize(
    "stem",
    [
        "煤矿某月原煤产量大于核定生产能力的10%，依照令第21号属于重大事故隐患。",
        "井工煤矿5月份当月产量达到核定生产能力的13%，应判定为重大事故隐患。",
        "现行标准下，井工煤矿单月原煤产量超过核定（设计）生产能力的10%的，判定为重大事故隐患。",
    ],
)
def test_a_limit_that_only_the_edition_before_sets_makes_no_hazard_now(auditor, stem):
    assert check(auditor, stem, "对").alarms
    assert not check(auditor, stem, "错").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "井工煤矿一个季度的原煤产量超过核定（设计）生产能力的30%，属于重大事故隐患。",
        "井工煤矿4月份当月产量达到核定生产能力的36%，属于重大事故隐患。",
        "金属非金属地下矿山月产量大于设计年生产能力的20%，属于重大事故隐患。",
    ],
)
def test_what_the_edition_in_force_sets_or_may_reach_by_another_limit_is_not_of_the_edition_before(
    auditor, stem
):
    assert not check(auditor, stem, "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "高处作业吊篮安全锁失效，没有超载，安全绳也独立悬挂的，仍应判定为重大事故隐患。",
        "施工工地一台高处作业吊篮，虽然没有超载，但安全锁失效，属于重大事故隐患。",
    ],
)
def test_one_alternative_of_several_is_enough_though_another_is_denied(auditor, stem):
    assert check(auditor, stem, "错").alarms
    assert not check(auditor, stem, "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "电梯井道内没有采取水平防护措施，但各层电梯井口都装有防护门，应判定为重大事故隐患。",
        "干式尾矿库仅防洪高度小于设计值、防洪宽度满足设计要求的，应判定为重大事故隐患。",
        "湿式尾矿库只是干滩长度小于设计值、防洪高度符合设计的，应判定为重大事故隐患。",
    ],
)
def test_of_two_that_are_needed_together_one_alone_is_no_hazard(auditor, stem):
    assert check(auditor, stem, "对").alarms
    assert not check(auditor, stem, "错").alarms


def test_two_that_are_needed_together_are_a_hazard_where_neither_is_in_order(auditor):
    stem = "湿式尾矿库防洪高度和干滩长度都小于设计值的，应判定为重大事故隐患。"
    assert not check(auditor, stem, "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "移动式压力容器错装介质的判定，不要求以“仍继续使用”为前提。",
        "擅自从事气瓶充装活动，不再要求有“仍继续使用”的情节。",
    ],
)
def test_a_condition_that_is_not_asked_is_not_taken_for_one(auditor, stem):
    assert not check(auditor, stem, "对").alarms
    assert check(auditor, stem, "错").alarms


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("机械企业在浇注跨的地坪区域设操作室，属于重大事故隐患。", "机械企业在浇注跨的地坪区域设休息室，属于重大事故隐患。"),
        ("机械企业把操作室设在熔融金属吊运跨的地坪区域内，属于重大事故隐患。", "冶金企业把操作室设在铁水吊运跨的地坪区域内，属于重大事故隐患。"),
    ],
)  # fmt: skip
def test_a_room_that_the_clause_of_the_trade_does_not_list_is_none_in_either_of_its_places(
    auditor, wrong, right
):
    assert check(auditor, wrong, "对").alarms
    assert not check(auditor, right, "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "市场监管部门检查时认定的“严重事故隐患”，与“重大事故隐患”是同一概念。",
        "市场监管总局认定的特种设备“严重事故隐患”，即等同于“重大事故隐患”。",
    ],
)
def test_a_grade_that_an_office_gives_is_not_another_grade(auditor, stem):
    assert check(auditor, stem, "对").alarms
    assert not check(auditor, stem, "错").alarms


def test_what_is_done_no_more_is_not_asked(auditor):
    wrong = "2026年10月到期的特种作业操作证，仍须按每3年一次参加复审。"
    right = "2026年10月到期的特种作业操作证，应当按每6年一次换证。"
    assert check(auditor, wrong, "对").alarms
    assert not check(auditor, right, "对").alarms


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("商贸企业没有单列条款，因此工贸企业重大事故隐患判定标准对其一概不适用。", False),
        ("工贸企业重大事故隐患判定标准没有单列商贸行业，所以商贸企业不适用该标准。", False),
        ("《工贸企业重大事故隐患判定标准》（应急管理部令第10号）中，烟草企业完全不适用该标准。", False),
        ("商贸企业没有单列条款，但工贸企业重大事故隐患判定标准仍对其适用。", True),
    ],
)
def test_a_trade_that_a_standard_names_is_not_out_of_its_scope(auditor, stem, so):
    assert not check(auditor, stem, "对" if so else "错").alarms
    assert so or check(auditor, stem, "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "被责令停产的企业，重大事故隐患排除后要经审查同意，方可恢复生产经营。",
        "监管部门作出处罚决定后，应当在7个工作日内公示曝光。",
        "违法行为造成重大事故隐患，致使公共利益受到侵害的，人民检察院可以提起公益诉讼。",
    ],
)
def test_a_duty_in_the_words_of_the_law_is_the_same_duty(auditor, stem):
    assert check(auditor, stem, "错").alarms
    assert not check(auditor, stem, "对").alarms


def test_a_report_to_one_does_not_spare_that_to_another(auditor):
    wrong = "重大事故隐患排查治理情况只要报监管部门就行，不必向职工代表大会报告。"
    assert check(auditor, wrong, "对").alarms
    assert not check(auditor, wrong, "错").alarms


def test_a_duty_of_others_with_its_own_number_refutes_nobody(auditor):
    assert not check(auditor, "县级人民政府应当至少每2年组织一次应急救援预案演练。", "对").alarms


def test_both_ends_of_a_range_are_numbers(auditor):
    stem = "发生事故情节特别严重、影响特别恶劣的，可以按罚款数额的{}以上五倍以下处罚。"
    assert not check(auditor, stem.format("二倍"), "对").alarms
    assert check(auditor, stem.format("三倍"), "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "硫化氢气体管道只在工业园区内部敷设，按“有毒气体管道穿越公共区域”一项判定为重大事故隐患。",
        "尾矿库遇暴雨橙色预警，停止作业、撤出人员，只留应急抢救人员和现场实时巡查人员，这仍构成“未撤出作业人员”的重大事故隐患。",
        "一家不属于金属冶炼企业的制衣厂，安全生产管理人员没有考核合格，应按《工贸企业重大事故隐患判定标准》第三条第（三）项判定为重大事故隐患。",
    ],
)
def test_what_is_put_under_an_item_that_does_not_mean_it_is_no_hazard(auditor, stem):
    assert check(auditor, stem, "对").alarms
    assert not check(auditor, stem, "错").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "氯气管道穿越工业园区以外的公共道路，按“有毒气体管道穿越公共区域”一项判定为重大事故隐患。",
        "尾矿库遇暴雨红色预警，没有停止作业、没有撤出作业人员，这仍构成“未撤出作业人员”的重大事故隐患。",
        "一家金属冶炼企业，安全生产管理人员没有考核合格，应按《工贸企业重大事故隐患判定标准》第三条第（三）项判定为重大事故隐患。",
    ],
)
def test_what_is_put_under_an_item_that_means_it_is_not_alarmed(auditor, stem):
    assert not check(auditor, stem, "对").alarms


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("核算单班作业人数时，交接班期间两个班的人数要加在一起算。", "核算单班作业人数时，交接班期间两个班的人数不能加在一起算。"),
        ("计算采（盘）区内同时生产的工作面个数时，安装、回撤工作面要合在一起算。", "计算采（盘）区内同时生产的工作面个数时，安装、回撤工作面不合并计算。"),
    ],
)  # fmt: skip
def test_what_is_not_counted_is_not_added_either(auditor, wrong, right):
    assert check(auditor, wrong, "对").alarms
    assert not check(auditor, right, "对").alarms


def test_beyond_the_whole_by_a_tenth_is_eleven_tenths_of_it(auditor):
    stem = "煤矿全年原煤产量超过核定（设计）生产能力{}的，属于重大事故隐患。"
    assert not check(auditor, stem.format("10%"), "对").alarms
    assert not check(auditor, stem.format("的110%"), "对").alarms
    assert check(auditor, stem.format("的120%"), "对").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "重大事故隐患排除后，企业无需经审查同意即可恢复生产经营。",
        "被责令停产停业的单位整改后，不必经检查合格即可恢复。",
    ],
)
def test_a_consent_that_a_duty_asks_for_is_not_spared(auditor, stem):
    assert check(auditor, stem, "对").alarms
    assert not check(auditor, stem, "错").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "企业日常自查发现的一般隐患整改完毕后，不必经监管部门审查同意即可恢复作业。",
        "重大事故隐患排除后，经审查同意即可恢复生产经营。",
    ],
)
def test_a_consent_to_another_act_is_none_that_a_duty_asks_for(auditor, stem):
    assert not check(auditor, stem, "对").alarms
