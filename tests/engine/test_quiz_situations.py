"""Cases of a bank: how they are cleaned, in which trade they are judged, what a number on the other side makes of them."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.findings import finding_of

LEVELS = ("重大事故隐患", "一般事故隐患", "不构成事故隐患", "无法认定")


def check(auditor: Auditor, finding: str, key: str) -> Checked:
    return auditor.check(Item("第2行", f"{finding}。该情形应判定为（ ）。", LEVELS, key, ""))


MAJOR = [  # no trade is told, or only in part is read: the clause most like it tells the trade
    "【案例】某县道桥梁技术状况评定为5类，没有改造，也没有封闭交通",
    "案例二：某国道隧道技术状况评定为5类，尚未实施危隧整治，也未关闭，车辆照常通行",
    "一艘500总吨的内河干货船超出核定航区航行",
    "某特高压站1000千伏变压器总烃含量监测值恰为450微升/升",
    "某商场自动扶梯扶手带外缘与立柱之间距离350mm，没有装设防护挡板，仍在使用",
    "某养老院主楼经鉴定为D级危房仍收住老人",
    "某渔船核定载员12人，未经批准搭载6名游客出海",
    "某纺织厂两名电工没有特种作业操作证，已上岗作业三个月",
    "某工地二级高边坡施工没有进行第三方监测",
]
NONE = [  # the number is on the other side, or it is of another grade
    "2026年10月，某水产加工企业快速冻结装置设在单独的作业间内，检查人员清点该作业间内共有作业人员9人",
    "某铁矿（地下开采）设计年生产能力60万吨，3月份产量9万吨，预计全年产量不超过60万吨",
    "某井工煤矿核定生产能力100万吨/年，第二季度生产原煤28万吨",
    "某井工煤矿核定生产能力120万吨/年，2025年全年生产原煤128万吨",
    "一艘280总吨、不载客也不载运危险货物的内河货船超出核定航区航行",
    "某煤矿探放老空水，积水范围、积水量均不清楚，现场探放水钻孔止水套管长度为12m",
    "某商场自动扶梯扶手带外缘与立柱之间距离450mm，没有装设防护挡板，仍在使用",
    "某特高压站1000千伏变压器总烃含量监测值为440微升/升",
    "某工地三级高边坡施工没有进行第三方监测",
]


@pytest.mark.parametrize("finding", MAJOR)
def test_a_hazard_keyed_as_such_agrees_and_keyed_otherwise_is_an_alarm(
    auditor: Auditor, finding: str
) -> None:
    assert check(auditor, finding, "A").state == "相符"
    assert check(auditor, finding, "C").alarms


@pytest.mark.parametrize("finding", NONE)
def test_what_does_not_reach_a_clause_is_an_alarm_only_where_it_is_keyed_as_one(
    auditor: Auditor, finding: str
) -> None:
    assert check(auditor, finding, "A").alarms
    assert not check(auditor, finding, "B").alarms
    assert not check(auditor, finding, "C").alarms


def test_a_number_below_what_a_clause_demands_is_no_reason_to_deny_a_hazard(auditor: Auditor) -> None:
    finding = "某煤矿探放老空水，积水范围、积水量均不清楚，现场探放水钻孔止水套管长度为8m"
    assert check(auditor, finding, "A").state == "相符"


def test_a_number_that_is_denied_reaches_no_limit(auditor: Auditor) -> None:
    stem = "采煤工作面不能保持2个畅通的安全出口的，应判定为重大事故隐患。"
    assert not auditor.check(Item("第2行", stem, (), "正确")).alarms
    assert not auditor.check(Item("第2行", stem, (), "错误")).agreed


ROWS = [  # stem, options, right key, a false one
    (
        "【案例】某企业发生生产安全责任事故，造成3人死亡。事故等级及对该企业的罚款幅度应为（　）。",
        "较大事故，一百万元以上二百万元以下；重大事故，二百万元以上一千万元以下；一般事故，三十万元以上一百万元以下；较大事故，五十万元以上一百万元以下",
        "A",
        "BCD",
    ),
    (
        "某建筑公司坍塌事故，15人死亡，对该公司的罚款幅度为（ ）。",
        "30万元以上100万元以下；100万元以上200万元以下；200万元以上1000万元以下；1000万元以上2000万元以下",
        "C",
        "ABD",
    ),
    (
        "某公司发生生产安全事故造成死亡3人，主要负责人未履行职责，对其处上一年年收入（ ）的罚款。",
        "40%；60%；80%；100%",
        "B",
        "ACD",
    ),
    (
        "监理人员要求施工单位暂停施工并报告了建设单位，但施工单位拒不停工。监理单位下一步应当（　）。",
        "继续口头劝阻即可；及时向有关主管部门报告；等待建设单位处理，无须再报告；自行对施工单位罚款",
        "B",
        "ACD",
    ),
    (
        "监理单位在监理过程中发现存在安全事故隐患，情况严重的，应当（ ）。",
        "要求施工单位暂时停止施工，并及时报告建设单位；口头提醒施工单位；等验收时再提出；自行组织整改",
        "A",
        "BCD",
    ),
    (
        "甲煤矿将井下掘进作业发包给与其隶属同一煤矿企业的工程公司。就令第21号第十八条第（六）项而言，应认定为（　）。",
        "重大事故隐患；须报省级政府批准方不构成；只要是掘进外包一律构成；属除外情形，不构成该项",
        "D",
        "AC",
    ),
    (
        "某客运企业一辆包车（不属于800公里以上客运班线）凌晨3时仍在行驶。能否依据“客运车辆没有按规定执行凌晨2时至5时停车休息”判定该企业存在重大事故隐患？",
        "能，所有客运车辆都适用；不能，该项仅指800公里以上道路客运班线车辆；能，但须有超速行为；不能，该项只适用于危货车辆",
        "B",
        "AC",
    ),
    (
        "一艘500总吨的内河干货船装载略超核定载重线，经认定不属于严重超载。据内河运输船舶判定标准第四条第（五）项，该船载货情形（ ）。",
        "属于重大事故隐患；不属于重大事故隐患；现场立即整改后免于判定；须经县级人民政府认定后才能判定",
        "B",
        "A",
    ),
    (
        "某电厂600兆瓦燃煤机组，制定了处置汽轮机组转速飞升的应急措施，但从未开展应急演练。按国家发展改革委令第41号应如何判定？",
        "重大隐患；一般隐患；不构成隐患；由电网调度机构判定",
        "A",
        "BCD",
    ),
]


@pytest.mark.parametrize(("stem", "options", "right", "false"), ROWS)
def test_of_the_options_of_a_case_only_the_right_one_is_no_alarm(
    auditor: Auditor, stem: str, options: str, right: str, false: str
) -> None:
    told = tuple(options.split("；"))
    assert not auditor.check(Item("第2行", stem, told, right)).alarms
    assert all(auditor.check(Item("第2行", stem, told, key)).alarms for key in false)


def test_a_place_only_cited_in_the_explanation_is_no_wrong_one_where_its_clause_is_most_like_the_case(
    auditor: Auditor,
) -> None:
    stem = "某电厂600兆瓦燃煤机组，制定了处置汽轮机组转速飞升的应急措施，但从未开展应急演练。按国家发展改革委令第41号应如何判定？"
    basis = "国家发展改革委令第41号第六条第（二）项"
    assert not auditor.check(Item("第2行", stem, LEVELS, "A", basis)).alarms


def test_what_only_asks_is_no_part_of_what_was_found() -> None:
    assert (
        finding_of("2026年8月检查发现某包车凌晨行驶。能否依据“凌晨停车”判定该企业存在重大事故隐患？")
        == "某包车凌晨行驶"
    )
    assert finding_of("某楼经鉴定为D级危房。该情形应判定为（ ）。") == "某楼经鉴定为D级危房"
    assert (
        finding_of("某船（不属于客船）装载超过核定载重线。据第四条第（五）项，该船情形（ ）。")
        == "某船（不属于客船）装载超过核定载重线"
    )
