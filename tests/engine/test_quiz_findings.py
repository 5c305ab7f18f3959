"""What was found is cut out of a case whole, and its level told from what the clause lists, excepts and asks together."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.claims import answered
from engine.quiz.findings import finding_of
from engine.quiz.literal import denies_condition

LEVELS = "重大事故隐患；一般事故隐患；不构成重大事故隐患；由企业自行评估"


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key))


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("某纸厂污水池作业没有监护人员。能否降为一般隐患？", "某纸厂污水池作业没有监护人员"),
        ("某塔机没有验收就使用。监督人员对照第七条第（一）项，应（　）。", "某塔机没有验收就使用"),
        ("某面馆没有燃气报警器，老板称下周就装。该做法的级别是：", "某面馆没有燃气报警器"),
        ("某矿把密闭打开，被县里检查组发现。按《煤矿重大事故隐患判定标准》，这属于（　）。", "某矿把密闭打开"),
        ("执法人员检查某木门厂，发现砂光机风管没有火花探测装置。该问题应（　）。", "某木门厂，砂光机风管没有火花探测装置"),
        ("燃气公司安检员检查发现，住户灶具装在卧室，没有书面告知。应如何认定？", "燃气公司安检员检查发现，住户灶具装在卧室，没有书面告知"),
        ("某厂打磨间湿式除尘器没有吸尘罩。执法人员以“没有通风”为由，按第八条判定为重大事故隐患。该判定是否正确？", "某厂打磨间湿式除尘器没有吸尘罩"),
        ("某站压缩机振动恰好为8毫米，其他正常。标准规定“振动超过8毫米”。该情形（　）。", "某站压缩机振动恰好为8毫米，其他正常"),
        ("某矿巷道着火后封闭。检查组对“因火灾封闭矿井”应当如何认定？", "某矿巷道着火后封闭，因火灾封闭矿井"),
        ("某厂电工无证上岗。该隐患如何定级？企业还面临什么处罚？", "某厂电工无证上岗"),
        ("某矿井口低于洪水位，企业已按设计修了防洪堤。该情形（　）。", "某矿井口低于洪水位，企业已按设计修了防洪堤"),
    ],
)  # fmt: skip
def test_a_finding_is_cut_without_the_question_and_with_the_unit(stem: str, found: str) -> None:
    assert finding_of(stem) == found


@pytest.mark.parametrize(
    ("stem", "option", "major"),
    [
        ("能否降为一般隐患？", "不能", True),
        ("能否降为一般隐患？", "能", False),
        ("能否判定为重大事故隐患？", "不能", False),
        ("能否降为一般隐患？", "不能，属于重大事故隐患", True),
        ("可否先不停用？", "可以，备案就行", None),
    ],
)
def test_a_short_answer_says_the_level_that_was_asked(stem: str, option: str, major: bool | None) -> None:
    assert answered(stem, option) is major


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("某白酒企业勾兑车间没有安装乙醇蒸气浓度监测报警装置。应如何认定？（　）", "D", "A"),
        ("某煤矿用锚杆钻机探放水，不属限压循环放水。该做法的级别是（　）", "C", "A"),
        ("某泡菜厂清理腌制池时池口没有监护人员，通风和检测都做了。该情形（　）", "B", "A"),
        ("某住宅项目电梯井道贯通，没有水平防护，但各层井口均设置了防护门。能否按建质规〔2024〕5号第九条第（四）项判定？（　）", "A", "C"),
        ("某地铁站一台自动扶梯定期检验不合格，车站已断电停用并贴封条。依据GB 45067-2024，该情形（　）", "A", "C"),
        ("燃气公司入户检查发现用户热水器装在卧室，已书面告知用户整改，用户尚未整改。依据建城规〔2023〕4号，该公司（　）", "A", "C"),
    ],
)  # fmt: skip
def test_a_case_keyed_to_another_level_is_wrong_and_to_its_own_is_not(
    auditor: Auditor, stem: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, LEVELS, wrong).alarms
    assert not check(auditor, stem, LEVELS, right).alarms


def test_a_key_of_no_level_is_no_error_where_the_finding_is_not_major(auditor: Auditor) -> None:
    stem = "某白酒企业勾兑车间的墙面有污渍。应如何认定？（　）"
    assert not check(auditor, stem, LEVELS, "D").alarms


@pytest.mark.parametrize(
    ("finding", "rule", "denied"),
    [
        ("没有联合布置，采区没有专用回风巷", "联合布置的采区没有设专用回风巷", True),
        ("没有有效的隔离措施", "仓库没有对故障电池采取有效的隔离措施", False),
        ("没有会议室，设了热修工位", "吊运区域内设置了会议室，或者设置了热修工位", False),
    ],
)
def test_a_condition_denied_stands_before_the_lack_and_in_every_limb(
    finding: str, rule: str, denied: bool
) -> None:
    assert denies_condition(finding, rule) is denied


EXTREME = "某尾矿库所在县发布暴雨红色预警，企业停止了放矿等作业并撤出作业人员，留3名巡查人员现场巡查。能否以“没有及时停止作业、撤出现场作业人员”判定为重大事故隐患？（　）"


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        (EXTREME, "能，库里还有人；不能，巡查人员不在须撤出之列", "能，库里还有人", "不能，巡查人员不在须撤出之列"),
        (
            "某露天煤矿设计平盘宽度30 m，实测平盘宽度为12 m。该情形（　）。",
            "属于重大事故隐患；属于一般隐患", "属于一般隐患", "属于重大事故隐患",
        ),
        (
            "某米厂没有落实粉尘清理制度，车间积尘轻微，没有形成严重积尘。对照令第10号第十一条第（十）项，该情形（　）。",
            "构成重大事故隐患；不构成该项重大事故隐患", "构成重大事故隐患", "不构成该项重大事故隐患",
        ),
    ],
)  # fmt: skip
def test_what_was_done_measured_or_not_reached_settles_the_level(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, options, wrong).alarms
    assert not check(auditor, stem, options, right).alarms


def test_of_two_reasons_for_one_level_neither_is_borne_out_by_the_level(auditor: Auditor) -> None:
    options = "不构成，巡查人员不在须撤出之列；构成，库里还有人；不构成，红色预警不必停产"
    for key in ("不构成，巡查人员不在须撤出之列", "不构成，红色预警不必停产"):
        checked = check(auditor, EXTREME, options, key)
        assert not checked.alarms
        assert not checked.agreed
    assert check(auditor, EXTREME, options, "构成，库里还有人").alarms
