"""Choices that turn on what the case tells: the size of the unit, its kind, what was not looked into, what must be there."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key))


_STAFF = "应当设置安全生产管理机构或者配备专职安全生产管理人员；配备专职或者兼职的安全生产管理人员即可；可以不配备；由班组长轮流担任"


@pytest.mark.parametrize(
    ("staff", "right", "wrong"),
    [("86人", "B", "A"), ("刚好100人", "B", "A"), ("101人", "A", "B"), ("130人", "A", "B")],
)
def test_the_size_of_a_unit_tells_which_case_of_a_duty_it_falls_under(
    auditor: Auditor, staff: str, right: str, wrong: str
) -> None:
    stem = f"某家具厂有从业人员{staff}。该厂安全生产管理人员的配备，正确的是（ ）。"
    assert check(auditor, stem, _STAFF, right).state == "相符"
    assert check(auditor, stem, _STAFF, wrong).state == "有问题"


def test_a_unit_of_a_dangerous_trade_is_under_no_case_of_the_others(auditor: Auditor) -> None:
    stem = "某建筑施工公司有员工60人。该公司安全生产管理人员的配备，正确的是（ ）。"
    assert not check(auditor, stem, _STAFF, "A").alarms


_OFTEN = "每日；每月；每季度；每半年"


@pytest.mark.parametrize(("who", "right", "wrong"), [("企业", "B", "C"), ("机关、团体、事业单位", "C", "B")])
def test_a_holder_that_a_duty_names_in_no_case_is_under_that_of_the_others(
    auditor: Auditor, who: str, right: str, wrong: str
) -> None:
    stem = f"{who}的防火检查应当至少（ ）进行一次。"
    assert check(auditor, stem, _OFTEN, right).state == "相符"
    assert check(auditor, stem, _OFTEN, wrong).state == "有问题"


_GAS = "判定为重大隐患；不能判定，还须经营者检查时已发现而没有书面告知用户整改；由公安机关认定"


def test_what_a_clause_asks_of_another_is_not_proven_by_what_the_user_did(auditor: Auditor) -> None:
    stem = "检查发现某小区燃气立管敷设在卫生间内。据城镇燃气经营安全重大隐患判定标准第九条第（二）项，对燃气经营者应（ ）。"
    assert check(auditor, stem, _GAS, "A").state == "有问题"
    assert check(auditor, stem, _GAS, "B").state == "相符"


def test_what_the_case_tells_is_not_called_unproven(auditor: Auditor) -> None:
    stem = "燃气公司入户检查时发现某用户燃气立管敷设在卫生间内，没有书面告知用户整改。对燃气经营者应（ ）。"
    assert not check(auditor, stem, _GAS, "A").alarms


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        ("木制品加工企业与砂光机连接的风管上应当设置（ ）。", "消声器；流量计；火花探测消除装置；加湿装置", "C", "A"),
        ("可燃性粉尘干式除尘系统应当设置（ ）。", "消声器；泄爆、惰化或抑爆等控爆措施；加湿装置", "B", "C"),
        ("有限空间作业场所应当设置（ ）。", "绿化带；门牌；明显的安全警示标志", "C", "B"),
    ],
)  # fmt: skip
def test_what_must_be_there_is_what_makes_a_hazard_where_it_is_lacking(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


def test_what_a_width_is_equal_to_is_what_the_clause_has_there(auditor: Auditor) -> None:
    stem = "无支护基坑（槽）周边，在坑底边线周边与（ ）相等范围内堆载的，应判定为重大事故隐患。"
    options = "基坑边长；开挖深度；1米；2倍开挖深度"
    assert check(auditor, stem, options, "B").state == "相符"
    assert check(auditor, stem, options, "A").state == "有问题"
    assert check(auditor, stem, options, "D").state == "有问题"


def test_a_fine_is_that_of_the_breach_whoever_found_it(auditor: Auditor) -> None:
    stem = "某煤矿存在重大事故隐患仍然进行生产，被监管部门查处。对该煤矿企业除责令停产整顿外，应当并处（ ）的罚款。"
    options = "5万元以下；10万元以上20万元以下；50万元以上200万元以下"
    assert check(auditor, stem, options, "C").state == "相符"
    assert check(auditor, stem, options, "B").state == "有问题"


@pytest.mark.parametrize(
    "stem", ["内河水上交通安全由（ ）实施监督管理。", "负责内河交通安全监督管理的机构是（ ）。"]
)
def test_traffic_on_rivers_is_not_that_on_roads(auditor: Auditor, stem: str) -> None:
    options = "海事管理机构；水利部门；公安机关"
    assert check(auditor, stem, options, "A").state == "相符"
    assert check(auditor, stem, options, "B").state == "有问题"


def test_the_word_for_a_trade_is_no_office(auditor: Auditor) -> None:
    assert not auditor.check(Item("第2行", "负责铁路安全监管的机构是水利部门。", (), "正确")).agreed
    assert auditor.check(Item("第2行", "铁路安全由国家铁路局监管。", (), "正确")).agreed


def test_a_repealed_order_is_not_in_force_whatever_the_day_it_began(auditor: Auditor) -> None:
    stem = "执法文书援引应急管理部令第4号《煤矿重大事故隐患判定标准》作为判定依据。该依据是否正确？"
    held = "正确。应急管理部令第4号自2021年1月1日起施行，至今有效。"
    gone = "不正确。应急管理部令第4号自2021年1月1日起施行，已由令第21号取代。"
    assert auditor.check(Item("第2行", stem, (), held)).alarms
    assert not auditor.check(Item("第2行", stem, (), gone)).alarms
