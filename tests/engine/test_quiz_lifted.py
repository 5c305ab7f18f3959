"""What the words of a clause make of a case: there but of no use, excepted by name, without its result, of another kind, a rule."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.claims import statement
from engine.quiz.lifted import excepted
from engine.quiz.polarity import level_of


def check(auditor: Auditor, stem: str, key: str, options: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")) if options else (), key, ""))


CASES = [  # statement, its right key
    ("某医院在用燃气设备装有可燃气体报警装置，却不能保证正常使用，应判定为重大事故隐患。", "正确"),
    ("医疗机构的在用燃气设备装了可燃气体报警装置，不过并不能够保证其正常使用的，不构成重大事故隐患。", "错误"),
    ("拖拉机经改装但未造成不符合运行安全技术条件的，按农办机〔2022〕7号第（五）项判定为重大事故隐患。", "错误"),
    ("拖拉机经改装，造成不符合运行安全技术条件的，按农办机〔2022〕7号第（五）项判定为重大事故隐患。", "正确"),
    ("露天煤矿一个季度的原煤产量超过核定（设计）生产能力的30%，不依令第21号第四条第（一）项判定为重大事故隐患。", "正确"),
    ("井工煤矿一个季度的原煤产量超过核定（设计）生产能力的30%，依据令第21号第四条第（一）项判定为重大事故隐患。", "正确"),
    ("井下发生煤与瓦斯突出，未造成人员伤亡的，依据令第21号判定为重大事故隐患。", "正确"),
    ("未经许可擅自从事移动式压力容器充装活动，以“仍继续使用”为前提条件才判定为重大事故隐患。", "错误"),
    ("未经许可擅自从事移动式压力容器充装活动，不以仍继续使用为条件即判定为重大事故隐患。", "正确"),
    ("没有落实粉尘清理制度的，不论现场积尘是否严重，均依据令第10号第十一条第（十）项判定为重大事故隐患。", "错误"),
    ("只有既没有设置固定式可燃气体浓度监测报警装置、又没有设置通风设施的非水性漆调漆间，才判定为重大事故隐患。", "错误"),
    ("特种设备的严重事故隐患与重大事故隐患是同一概念。", "错误"),
    ("市场监管总局令第57号的“严重事故隐患”并不等同于GB 45067-2024的“重大事故隐患”。", "正确"),
]  # fmt: skip
OTHER = {"正确": "错误", "错误": "正确"}
CAUSE = "煤矿回采工作面甲烷浓度达到3.5%并持续15 min，{}。就令第21号第五条第（八）项，应当（ ）。"
OPTIONS = "不按该项判定；判定为重大事故隐患"


@pytest.mark.parametrize(("stem", "key"), CASES)
def test_the_right_key_is_no_alarm_and_the_other_one_is(auditor: Auditor, stem: str, key: str) -> None:
    assert not check(auditor, stem, key).alarms
    assert check(auditor, stem, OTHER[key]).alarms


def test_an_exception_named_lifts_the_clause_and_one_denied_does_not(auditor: Auditor) -> None:
    assert not check(auditor, CAUSE.format("系打钻喷孔造成"), "A", OPTIONS).alarms
    assert check(auditor, CAUSE.format("系打钻喷孔造成"), "B", OPTIONS).alarms
    assert check(auditor, CAUSE.format("系瓦斯治理不到位所致，并非打钻喷孔造成"), "A", OPTIONS).alarms
    assert not check(auditor, CAUSE.format("系瓦斯治理不到位所致，并非打钻喷孔造成"), "B", OPTIONS).alarms


def test_a_statement_about_a_rule_is_no_case() -> None:
    assert statement("无证从事气瓶充装，须以“仍继续使用”为前提才能判定为重大事故隐患。") is None
    assert statement("以木材为原料的厂房没有除尘，判定为重大事故隐患。") == (
        "以木材为原料的厂房没有除尘",
        True,
    )


def test_an_option_that_there_is_a_hazard_is_a_level() -> None:
    assert level_of("存在重大隐患") is True and level_of("不存在重大事故隐患") is False
    assert level_of("存在重大事故隐患排查不到位的问题") is None


def test_what_lacks_the_thing_of_an_exception_is_not_excepted() -> None:
    rule = "没有设置紧急排放设施的。倾动式熔炼炉、带保温炉的固定式熔炼炉除外"
    assert excepted(rule, "带保温炉的固定式熔炼炉没有设置紧急排放设施")
    assert not excepted(rule, "不带保温炉的固定式熔炼炉没有设置紧急排放设施")


def test_what_leads_a_list_in_is_no_limb(auditor: Auditor) -> None:
    stem = "下列烟花爆竹企业的情形中，属于重大事故隐患的有（  ）。"
    options = "工房实际滞留药量超过核定药量；氧化剂、还原剂分库储存；职工自带工器具进厂进行涉药作业；一证多厂"
    assert not check(auditor, stem, "ACD", options).alarms
