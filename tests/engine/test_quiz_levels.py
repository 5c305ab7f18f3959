"""Cases and levels in banks: the polarity of what is said, conditions, exceptions, and both or one."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.polarity import denied_at, level_of, said, wants_false, wants_outside


def check(auditor: Auditor, stem: str, key: str, options: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")) if options else (), key, ""))


@pytest.mark.parametrize(
    ("text", "major"),
    [
        ("罐区没有切断阀的，判定为重大事故隐患", True),
        ("罐区没有切断阀的，不应据此依令第9号第四条第（二）项判定为重大事故隐患", False),
        ("不据三、第（八）项判定", False),
        ("不依该项构成，该项只管地下矿山", False),
        ("不得不认定为重大事故隐患", True),
        ("不能不判定为重大事故隐患", True),
        ("属一般隐患，不构成重大", False),
        ("不是一般隐患，而是重大隐患", True),
        ("不属于事故隐患", False),
        ("重大事故隐患：支点没有设在主体结构上", True),
        ("不在重大事故隐患清单之内", False),
        ("须同时具备才构成重大事故隐患", None),
        ("《煤矿重大事故隐患判定标准》", None),
        ("一般事故", None),
        ("重大事故", None),
        ("以上都构成", None),
    ],
)
def test_the_level_a_text_ends_on_is_read_with_every_negation(text: str, major: bool | None) -> None:
    assert level_of(text) is major


def test_a_lack_before_the_level_is_not_its_negation() -> None:
    assert [s.major for s in said("酒库未设置报警装置构成重大事故隐患")] == [True]


@pytest.mark.parametrize(
    ("stem", "outside"),
    [
        ("下列不属于第七条所列重大事故隐患的是（ ）", True),
        ("不判定为重大事故隐患的有（ ）", True),
        ("应判定为重大事故隐患，但（ ）除外", True),
        ("下列属于重大事故隐患的有（ ）", False),
        ("未设置（ ）的，判定为重大事故隐患", False),
    ],
)
def test_a_stem_that_asks_for_what_is_not_listed_is_told_from_one_that_asks_for_what_is(
    stem: str, outside: bool
) -> None:
    assert wants_outside(stem) is outside


def test_a_stem_that_asks_for_the_wrong_statement_is_known() -> None:
    assert wants_false("关于尾矿库，下列说法不正确的是（ ）") and not wants_false("下列说法正确的是（ ）")


def test_what_the_law_does_not_say_is_denied_where_it_stands() -> None:
    text = "应当及时报告，法律没有规定24小时的时限"
    assert denied_at(text, text.index("24")) and not denied_at("应当在24小时内报告", 3)


WRONG = [
    ("基坑土方超挖但已采取有效措施的，不据建质规〔2024〕5号第五条第（二）项判定为重大事故隐患。", "错误"),
    (
        "两台主要通风机能力不相同，即使处于升级改造期间且制定并落实了安全技术措施，也应依据令第21号第八条第（二）项判定为重大事故隐患。",
        "正确",
    ),
    ("新建煤矿在建设期间组织采煤，无论是否属于经备案的联合试运转，均判定为重大事故隐患。", "正确"),
    ("施工现场的有限空间没有辨识，或者没有在显著位置设置警示标志，具备其一即判定为重大事故隐患。", "正确"),
    ("尾矿库坝体有贯穿性裂缝的，不能不判定为重大事故隐患。", "错误"),
]
RIGHT = [
    ("基坑土方超挖但已采取有效措施的，不据建质规〔2024〕5号第五条第（二）项判定为重大事故隐患。", "正确"),
    (
        "两台主要通风机能力不相同，即使处于升级改造期间且制定并落实了安全技术措施，也应依据令第21号第八条第（二）项判定为重大事故隐患。",
        "错误",
    ),
    ("新建煤矿在建设期间组织采煤，无论是否属于经备案的联合试运转，均判定为重大事故隐患。", "错误"),
    ("施工现场的有限空间没有辨识，或者没有在显著位置设置警示标志，具备其一即判定为重大事故隐患。", "错误"),
    (
        "工贸企业没有统一协调、管理承租单位的安全生产工作，或者没有定期对其做安全检查，有其一即判定为重大事故隐患。",
        "正确",
    ),
    ("尾矿库坝体有贯穿性裂缝的，不能不判定为重大事故隐患。", "正确"),
    ("在用燃气设备虽已安装可燃气体报警装置但不能保证正常使用的，医疗机构应判定为重大事故隐患。", "正确"),
    ("烟花爆竹工房核定3人，检查时5人在岗的，判定为重大生产安全事故隐患。", "正确"),
]


@pytest.mark.parametrize(("stem", "key"), WRONG)
def test_a_key_against_an_exception_a_condition_or_both_needed_is_found(
    auditor: Auditor, stem: str, key: str
) -> None:
    assert check(auditor, stem, key).alarms


@pytest.mark.parametrize(("stem", "key"), RIGHT)
def test_the_right_key_of_the_same_kind_is_no_alarm(auditor: Auditor, stem: str, key: str) -> None:
    assert not check(auditor, stem, key).alarms


def test_what_the_unit_says_for_itself_is_not_what_was_found(auditor: Auditor) -> None:
    stem = "某民爆企业一名特种作业人员无证上岗，企业称“还有6个月宽限”。该情形（ ）。"
    options = "重大事故隐患；不构成重大事故隐患；一般事故隐患"
    assert check(auditor, stem, "B", options).alarms and not check(auditor, stem, "A", options).alarms


def test_a_cited_clause_is_not_for_what_denies_its_condition(auditor: Auditor) -> None:
    stem = "某铝厂一台天然气加热炉自然引风，无强制送风系统，燃气总管没有设置压力监测报警装置。依据令第10号第五条第（十二）项，该情形（ ）。"
    options = "构成重大事故隐患；不依该项构成；由设计单位认定"
    assert check(auditor, stem, "A", options).alarms and not check(auditor, stem, "B", options).alarms


@pytest.mark.parametrize(
    ("stem", "key", "wrong"),
    [
        ("纺织企业将下列哪些物料与禁忌物料混放储存，属于重大事故隐患？", "ABC", False),
        ("纺织企业将下列哪些物料与禁忌物料混放储存，属于重大事故隐患？", "AC", True),
    ],
)
def test_what_a_stem_asks_for_stands_in_its_place_in_the_finding(auditor, stem, key, wrong):
    assert bool(check(auditor, stem, key, "保险粉；次氯酸钠；双氧水；木箱").alarms) is wrong


def test_findings_asked_for_before_the_level_are_judged_each(auditor):
    stem = "高处作业吊篮有下列哪些情形的，判定为重大事故隐患？"
    options = "安全锁失效；超载使用；安全绳没有独立悬挂；平台喷漆不匀"
    assert not check(auditor, stem, "ABC", options).alarms
    assert check(auditor, stem, "AC", options).alarms


def test_a_name_outside_a_list_is_not_taken_for_its_last_item(auditor):
    stem = "下列哪些气体的管道穿越厂区（化工园区）以外的公共区域，按AQ 3067-2026判定为重大事故隐患？"
    assert not check(auditor, stem, "ABC", "光气；氯气；硫化氢；氧气").alarms


# statements of which the key given is right, with what a hasty reading takes them for
_RIGHT = [
    ("二级高边坡施工没有进行第三方监测的，判定为重大事故隐患。", "正确"),
    ("三级高边坡施工没有进行第三方监测的，判定为重大事故隐患。", "错误"),
    ("喷漆室使用水性漆，没有设置通风设施的，按一般隐患处理。", "正确"),
    ("暴雨橙色预警期间，尾矿库现场实时巡查的人员没有撤出，应判定为重大事故隐患。", "错误"),
    ("一家面粉厂主要负责人没有经考核合格，应按令第10号第三条第（三）项判定为重大事故隐患。", "错误"),
    ("低瓦斯矿井每4年进行一次瓦斯等级鉴定，符合规定，不属于重大事故隐患。", "错误"),
    ("排放瓦斯时，与全风压风流混合处的甲烷浓度达到1.9%的，应判定为重大事故隐患。", "正确"),
    ("按规定应当验收的危大工程，没有验收合格即进入下一道工序的，属于重大事故隐患。", "正确"),
]
_WRONG = [
    ("排放瓦斯时，与全风压风流混合处的甲烷浓度达到1.2%的，应判定为重大事故隐患。", "正确"),
    ("有色企业生产期间，炉下渣坑有积水的，不论是非生产性积水还是生产性积水，都判定为重大事故隐患。", "正确"),
    ("工贸企业只有既没有统一协调管理承包单位，又没有定期对其进行安全检查，才构成重大事故隐患。", "正确"),
    ("用户家中燃气立管设置在卫生间内的，不论燃气经营者是否采取措施，都判定为重大隐患。", "正确"),
    ("工贸企业的有毒气体浓度监测报警装置已经安装但失效的，不判定为重大事故隐患。", "正确"),
]


@pytest.mark.parametrize("stem, key", _RIGHT)
def test_a_grade_a_kind_an_exception_and_a_number_reached_are_no_alarm(auditor, stem, key):
    assert not check(auditor, stem, key).alarms


@pytest.mark.parametrize("stem, key", _WRONG)
def test_a_rule_for_two_kinds_or_for_both_lacks_is_found_wrong(auditor, stem, key):
    assert check(auditor, stem, key).alarms


def test_the_place_or_the_number_of_a_statement_bears_out_no_level(auditor):
    stem = (
        "内河货船超过核定载重线但没有达到严重程度的，也构成交办海〔2024〕67号第四条第（五）项的重大事故隐患。"
    )
    assert not check(auditor, stem, "正确").agreed


def test_a_finding_of_no_trade_told_is_not_judged_in_one_that_its_likest_clause_is_not_of(auditor):
    stem = "生产期间炉下渣坑内的积水为工艺用水的，应判定为重大事故隐患。"
    assert not check(auditor, stem, "错误").alarms


def test_a_clause_cited_beside_does_not_lift_what_another_lists(auditor):
    stem = "工贸企业特种作业人员没有经专门的安全作业培训并取得相应资格上岗作业的，属于重大事故隐患。"
    beside = Item("第2行", stem, (), "错误", "令第10号第十三条第（一）项。")
    assert not auditor.check(beside).agreed
