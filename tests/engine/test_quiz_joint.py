"""Two things of one clause, and conditions a statement spares: what the clause's own conditions make of them."""

from __future__ import annotations

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, key: str = "正确") -> Checked:
    return auditor.check(Item("第1行", stem, (), key, "", "", ""))


def is_wrong(auditor: Auditor, stem: str) -> bool:
    return bool(check(auditor, stem).alarms) and not check(auditor, stem, "错误").alarms


@pytest.mark.parametrize(
    "stem",
    [
        "基坑土方超挖，或者没有采取有效措施，有一样就判重大隐患。",
        "在役公路桥梁评定为5类，没有实施危桥改造，或者没有封闭交通，两者有其一就判定为重大事故隐患。",
        "地下矿山井口标高没有达到洪水位1米以上，或者没有按设计采取防护措施，沾一条就判重大隐患。",
        "水电站泄洪工作闸门的操作电源不能正常工作，或者没有可靠应急电源，占其一就满足第41号令第八条第（四）项。",
        "悬挑式卸料平台搁置点没设在主体结构上，或者没有可靠连接的，判定为房屋市政工程重大事故隐患。",
    ],
)
def test_one_of_two_is_not_enough_where_the_conditions_of_the_clause_ask_for_both(auditor, stem):
    assert is_wrong(auditor, stem)


@pytest.mark.parametrize(
    "stem",
    [
        "工贸企业没有对承租单位统一协调管理，或者没有定期安全检查，占一样就判定为重大事故隐患。",
        "燃气储罐没有设置液位显示装置，或者不具有超限报警功能，有一样就是重大隐患。",
        "基坑土方超挖，且没有采取有效措施，两样都占才判重大隐患。",
        "悬挑式卸料平台搁置点没设在主体结构上，并且没有可靠连接的，判定为房屋市政工程重大事故隐患。",
    ],
)
def test_two_things_joined_as_the_clause_joins_them_are_right(auditor, stem):
    assert not check(auditor, stem).alarms


@pytest.mark.parametrize(
    "stem",
    [
        "煤磨袋式收尘器既没有装温度监测报警装置，也没有装气体灭火装置，两项同时具备才判定为重大事故隐患。",
        "保险粉露天堆放没有防水防潮措施，且与禁忌物料混放，两者同时具备才能判为重大事故隐患。",
        "粉尘爆炸危险场所既设在非框架结构的多层楼房里，又隔出了会议室，两条都占才判工贸企业重大事故隐患。",
    ],
)
def test_both_are_not_needed_where_each_is_a_limb_by_itself(auditor, stem):
    assert is_wrong(auditor, stem)


@pytest.mark.parametrize(
    "stem",
    [
        "地区架空电力线路穿越生产区，无论是否符合标准规范，均判定为重大事故隐患。",
        "电气设备没有煤安标志的，不管是否纳入安全标志管理，都是煤矿重大事故隐患。",
        "煤矿主要通风机能力不相同的，不论是否处于更换期间、是否制定措施，一律判定为重大事故隐患。",
        "危大工程没有组织专家论证的，不论是否超过一定规模，一律判定为房屋市政工程重大事故隐患。",
        "用户的燃气立管装在卫生间里，无论燃气公司是否书面告知，都构成城镇燃气经营安全重大隐患。",
        "尾矿库冬季没有冰下放矿，不论设计有无要求，一律判定为重大事故隐患。",
    ],
)
def test_a_condition_of_the_clause_or_its_exception_cannot_be_spared(auditor, stem):
    assert is_wrong(auditor, stem)


@pytest.mark.parametrize(
    "stem",
    [
        "民爆企业特种作业人员无证上岗的，无论是否造成事故，都构成重大事故隐患。",
        "煤矿井下使用国家明令禁止的设备，不论是否造成事故，均属于重大事故隐患。",
        "气瓶错装介质的，不管是否造成后果，都构成特种设备重大事故隐患。",
        "工贸企业有限空间作业未审批的，无论是否发生中毒，都判定为重大事故隐患。",
        "气瓶错装介质的，不论是否仍继续使用，都判定为特种设备重大事故隐患。",
    ],
)
def test_what_is_no_condition_of_the_clause_may_be_spared(auditor, stem):
    assert not check(auditor, stem).alarms


def test_what_alone_is_to_be_enough_is_said_before_it(auditor):
    wrong = (
        "脚手架与外电线路安全距离不足，但已采取防护措施，只要距离不足，仍应判定为房屋市政工程重大事故隐患。"
    )
    right = "房屋市政工地已经辨识有限空间，但没有设置警示标志，单凭这一点不满足第十一条第（一）项。"
    alone = "房屋市政工地的有限空间没有辨识，仅凭没有辨识这一项就应判定为重大事故隐患。"
    assert is_wrong(auditor, wrong) and not check(auditor, right).alarms
    assert check(auditor, right, "错误").alarms and not check(auditor, alone, "错误").alarms


def test_two_sentences_tell_of_one_defect_that_the_other_makes_good(auditor):
    stem = "某铁矿井口标高没有高出历史最高洪水位1 m。矿方已按设计建成了防护设施。依据矿安〔2022〕88号，只要标高不足，仍判定为重大事故隐患。"
    assert is_wrong(auditor, stem)


def test_what_a_statement_puts_aside_may_be_a_hazard_as_well(auditor):
    wrong = (
        "依AQ 3067-2026，安全阀、爆破片只有没有按设计要求设置时才算重大事故隐患，没有正常投用的不在判定之列。"
    )
    right = "液氨制冷企业只有快速冻结装置没有单独作业间才构成重大事故隐患，库房堆垛过高的不构成。"
    assert check(auditor, wrong).alarms and not check(auditor, right).alarms


def test_how_little_counts_only_where_the_rule_asks_for_much(auditor):
    cargo = "内河货船装载超过核定载重线，哪怕只是略微超过，也构成重大事故隐患。"
    people = "内河客船载客人数超过核定乘客定额，即使只是略微超过，也构成重大事故隐患。"
    assert check(auditor, cargo).alarms and not check(auditor, people).alarms


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        ("某建筑施工企业只有30人，可以不配专职安全生产管理人员。", False),
        ("某危险化学品储存企业共有45人，可以只配兼职安全生产管理人员。", False),
        ("运输单位哪怕只有10人，也应当设置安全生产管理机构或者配备专职安全生产管理人员。", True),
        ("某玩具厂只有30人，可以不配专职安全生产管理人员，只配兼职的。", True),
        ("运输单位的从业人员不足100人的，也不可以不设安全生产管理机构又不配专职人员。", True),
    ],
)
def test_few_people_spare_a_trade_nothing_that_is_asked_whatever_the_number(auditor, stem, right):
    assert bool(check(auditor, stem).alarms) is not right


def test_a_number_counts_where_it_is_a_limb_by_itself(auditor):
    wrong = "涉氨企业的快速冻结装置设在单独作业间内，作业间里即使有14人同时作业，也不构成重大事故隐患。"
    right = "涉氨企业的快速冻结装置设在单独作业间内，作业间里有8人同时作业，不构成重大事故隐患。"
    assert check(auditor, wrong).alarms and not check(auditor, right).alarms


def test_a_finding_put_under_a_quoted_item_or_its_conditions_is_read(auditor):
    stem = "煤矿更换主要通风机期间能力暂不相同，已制定并落实安全技术措施，不按“两台主要通风机能力不相同”判定为重大事故隐患。"
    assert not check(auditor, stem).alarms and check(auditor, stem, "错误").alarms
    stem = "水电站泄洪闸门操作电源故障，但有可靠的应急电源，不满足第41号令第八条第（四）项的情形。"
    assert not check(auditor, stem).alarms and check(auditor, stem, "错误").alarms


def test_two_sayings_of_two_things_are_no_one_finding(auditor):
    stem = "民爆企业扩建项目没有经过设计安全审查就正式生产的，构成重大事故隐患；但GB 28263中的二类技改项目不适用该项规定。"
    assert not check(auditor, stem).alarms


def test_one_of_what_a_document_lists_is_no_count_of_it(auditor):
    stem = "企业有AQ 3067-2026所列情形中的任何一种，就可以判定为存在重大事故隐患，不必凑够几项。"
    assert not check(auditor, stem).alarms
    counted = "房屋市政工程判定标准（建质规〔2024〕5号）第四条共列九种情形。"
    assert check(auditor, counted).alarms


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        ("依照安全生产法第一百零二条，未采取措施消除隐患的处罚只限于重大事故隐患。", False),
        ("《安全生产法》第一百零二条只处罚没有消除重大事故隐患的单位，一般事故隐患不适用。", False),
        ("依照安全生产法第一百零二条，未采取措施消除隐患的处罚不限于重大事故隐患。", True),
        ("没有消除事故隐患的，即使只是一般事故隐患，也可以依照安全生产法第一百零二条处罚。", True),
    ],
)
def test_an_article_on_hazards_of_any_grade_is_not_of_major_ones_alone(auditor, stem, right):
    assert bool(check(auditor, stem).alarms) is not right
    assert bool(check(auditor, stem, "错误").alarms) is right


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        ("储存甲类危险物品的仓库只要设置了防火墙，就可以与员工宿舍设在同一栋楼里。", False),
        ("易燃易爆危险品商店只要安装喷淋，可以与居住场所设在同一建筑物内。", False),
        ("储存普通纸箱的仓库只要符合技术标准，就可以与员工宿舍设在同一栋楼里。", True),
    ],
)
def test_what_is_done_lifts_no_ban_that_has_no_exception(auditor, stem, right):
    assert bool(check(auditor, stem).alarms) is not right


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        (
            "某玩具厂有90人，不属于矿山、危险物品等高危单位，可以不配备任何专职或者兼职安全生产管理人员。",
            False,
        ),
        (
            "某服装厂有60人，不属于矿山、建筑施工等高危单位，可以不配备专职安全生产管理人员，只配兼职的。",
            True,
        ),
    ],
)
def test_a_unit_that_is_none_of_the_dangerous_trades_is_held_to_its_own_number(auditor, stem, right):
    assert bool(check(auditor, stem).alarms) is not right


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        ("尾矿库设计没有要求冰下放矿，冬季没有采用冰下放矿的，构成重大事故隐患。", False),
        ("尾矿库设计没有要求冰下放矿，冬季没有采用冰下放矿的，不构成重大事故隐患。", True),
        ("尾矿库设计要求冰下放矿，冬季没有采用冰下放矿的，构成重大事故隐患。", True),
        ("煤矿两个全岩掘进工作面相距130 m同时施工，由于间距不足150 m，应判定为重大事故隐患。", False),
    ],
)
def test_a_premise_denied_or_a_kind_in_brackets_takes_a_finding_out(auditor, stem, right):
    assert bool(check(auditor, stem).alarms) is not right


def test_what_follows_from_a_reason_is_denied_by_its_own_word(auditor):
    stem = "模板支架上的施工荷载大于设计值，但支架还没有变形，因此不能判定为房屋市政工程重大事故隐患。"
    assert is_wrong(auditor, stem)
    stem = "基坑土方超挖，但已采取有效措施，因此不能判定为房屋市政工程重大事故隐患。"
    assert not check(auditor, stem).alarms


def test_what_is_said_to_be_like_another_is_judged_by_itself(auditor):
    stem = "有色企业熔融金属吊运通道内的生产性积水，与非生产性积水一样，按令第10号第五条第（二）项判定为重大事故隐患。"
    assert is_wrong(auditor, stem)
