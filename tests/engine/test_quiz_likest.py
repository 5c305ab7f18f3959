"""Single choices whose stem says little of the rule, or tells a scene before it asks: the likest rule, the part that asks, the case told."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key))


_ZONE = (
    "某饲料厂的收尘仓里装了普通电机，不符合防爆要求。工贸判定标准对这种情形所限定的粉尘爆炸危险区域是（ ）。"
)
_CARD = "焊工老李的操作证2026年9月到期，他来窗口咨询。依现行特种作业人员考核管理规定，正确的答复是（ ）。"
_REVIEWS = "每三年复审一次；不再复审，每六年换证一次；长期有效，不必换证；每二年复审一次"
_LIFT = (
    "某住宅楼委托维保公司保养电梯。按照特种设备的一般要求，对电梯清洁、润滑、调整和检查的间隔最长为（ ）。"
)
_NEW = "换电站这类新业态由谁监管说不清时，依安全生产法，由（ ）按业务相近的原则确定监管部门。"
_FOR_NEW = "国务院；县级以上地方人民政府；行业协会；应急管理部门"
_TOLD = "储存危险物品的单位任免安全生产管理人员，要告知（ ）。"
_LIFT_BY = (
    "某写字楼物业请人上门保养。依照《特种设备安全监察条例》的一般要求，电梯的润滑、清洁，隔得最久不过（ ）。"
)
_USERS = "城镇燃气判定标准第九条所列的用户处情形，判定为重大隐患时，这一隐患的责任主体是（ ）。"
_CASE = "办理重大责任案件，对隐患是否重大难以确定的，依司法鉴定意见，或者由（ ）以上监管部门出具意见，结合其他证据认定。"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        (_ZONE, "21区；20区；22区；2区", "B", "A"),
        (_ZONE, "21区；20区；22区；2区", "B", "C"),
        (_CARD, _REVIEWS, "B", "A"),  # what is done no more is said to be done no more
        (_CARD, _REVIEWS, "B", "D"),
        (_LIFT, "七日；十五日；三十日；六十日", "B", "C"),
        (_NEW, _FOR_NEW, "B", "A"),
        (_USERS, "燃气用户；燃气经营者；物业服务企业；社区", "B", "A"),  # 不是燃气用户 says that it is not he
        (
            _TOLD,
            "主管的负有安全生产监督管理职责的部门；本单位的保险公司；当地税务机关；所在地人民法院",
            "A",
            "C",
        ),
        (
            _LIFT_BY,
            "七日；十五日；三十日；六十日",
            "B",
            "D",
        ),  # few words are the rule's, but the document is named
        (_CASE, "县级；地市级；省级；部级", "B", "A"),
    ],
)
def test_of_options_the_one_that_the_likest_rule_has_must_be_keyed(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    checked = check(auditor, stem, options, wrong)
    assert checked.alarms and checked.should_be == right


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        # of a document that is not held
        ("按照TSG 91-2031，仓库的温度计应当每隔（ ）校准一次。", "1个月；3个月；6个月；12个月"),
        # one word of the stem is the rule's (红色), by chance
        ("在安全标志中红色表示（ ）。", "禁止；警告；指令；提示"),
        # nothing is held of it
        ("仓库内的温湿度计至少（ ）校准一次。", "每周；每月；每季度；每年"),
        # the number told has to be looked up in a table first
        ("焊割点与乙炔瓶的间隔为7米时，氧气瓶还应当退后（ ）。", "1米；2米；3米；5米"),
    ],
)
def test_no_key_is_alarmed_where_no_rule_is_surely_asked_of(
    auditor: Auditor, stem: str, options: str
) -> None:
    for key in "ABCD":
        assert not check(auditor, stem, options, key).alarms


_WARNED = "途经地已发布{}预警，道路客运企业仍擅自安排发车，预警从哪一级起构成重大事故隐患？"
_COLOURS = "蓝色；黄色；橙色；红色"


@pytest.mark.parametrize(
    ("kind", "right", "wrong"), [("台风", "C", "D"), ("大雾", "D", "C"), ("道路结冰", "D", "B")]
)
def test_the_lowest_class_of_those_and_above_is_that_of_the_thing_named(
    auditor: Auditor, kind: str, right: str, wrong: str
) -> None:
    assert not check(auditor, _WARNED.format(kind), _COLOURS, right).alarms
    assert check(auditor, _WARNED.format(kind), _COLOURS, wrong).alarms


_UNITS = "卫生健康部门；市场监督管理部门；住房城乡建设部门；工业和信息化部门"
_BOAT = "码头停着一条渔船，船东为省钱没有配齐救生衣，市场边上也停着几辆货车。由哪个部门对该渔船实施安全监管，镇里意见不一。正确的是（ ）。"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        ("医院在用医用氧舱、锅炉等特种设备的安全监督管理，由（ ）负责。", _UNITS, "B", "A"),
        ("钢铁企业厂区内在用压力容器的安全监察由（ ）负责。", _UNITS, "B", "D"),
        ("医院的安全生产由（ ）监督管理。", _UNITS, "A", "D"),  # the place itself
        (_BOAT, "海事管理机构；农业农村（渔业渔政）部门；市场监督管理部门；应急管理部门", "B", "A"),
    ],
)
def test_the_thing_that_is_supervised_tells_the_department_not_the_place_it_stands_in(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert not check(auditor, stem, options, right).alarms
    assert check(auditor, stem, options, wrong).alarms


def test_a_day_that_the_stem_tells_bears_no_key_out(auditor: Auditor) -> None:
    stem = "2026年7月1日起施行的《煤矿重大事故隐患判定标准》第三条将煤矿重大事故隐患概括为多少个方面？"
    assert check(auditor, stem, "12个；15个；17个；20个", "C").state == "相符"
    assert check(auditor, stem, "12个；15个；17个；20个", "B").alarms


def test_a_standard_named_by_its_trade_tells_the_trade(auditor: Auditor) -> None:
    stem = "某±660千伏线路一基全高45米的杆塔，塔身倾斜度实测恰为20‰。依据电力判定标准，结论正确的是（ ）。"
    options = "没有超过20‰，不构成重大隐患；等于20‰也算超过，构成重大隐患；以25‰为界，不构成重大隐患；以30‰为界，不构成重大隐患"
    assert not check(auditor, stem, options, "B").alarms
    assert check(auditor, stem, options, "A").alarms


_LEVELS = "重大事故隐患；一般事故隐患；不构成事故隐患"


@pytest.mark.parametrize(
    ("stem", "right", "wrong"),
    [
        ("某井工煤矿核定生产能力为90万吨/年。查台账，上一年度实际产煤104万吨。应判定为（ ）。", "A", "B"),
        ("某地下铜矿设计年生产能力30万吨。今年5月一个月产矿7万吨。应判定为（ ）。", "A", "B"),
        ("某露天煤矿一处平盘设计宽度36 m。检查组实测为15 m。应判定为（ ）。", "A", "B"),
    ],
)
def test_what_a_number_found_is_measured_by_may_stand_in_the_sentence_before(
    auditor: Auditor, stem: str, right: str, wrong: str
) -> None:
    assert not check(auditor, stem, _LEVELS, right).alarms
    assert check(auditor, stem, _LEVELS, wrong).alarms


def test_a_number_below_the_bound_is_no_hazard_though_a_sentence_stands_between(auditor: Auditor) -> None:
    stem = "某井工煤矿核定生产能力为90万吨/年。查台账，上一年度实际产煤97万吨，各季度产量在22万吨至26万吨之间。依据煤矿判定标准，结论正确的是（ ）。"
    options = (
        "全年超产，判定为重大事故隐患；没有达到超产界限，不据此判定重大事故隐患；季度超产，判定为重大事故隐患"
    )
    assert check(auditor, stem, options, "A").alarms
    assert not check(auditor, stem, options, "B").alarms
