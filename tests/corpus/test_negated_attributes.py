"""A word that sets an attribute is not said where it is denied or asked about; what is demanded is spoken of by its lack."""

from datetime import date

import pytest

from engine import Engine, Finding, Level

DAY = date(2026, 11, 29)


def told(engine: Engine, text: str, industry: str) -> dict[str, str]:
    verdict = engine.judge(Finding(text, industry=industry, on=DAY))
    return {v.fact: v.shown() for v in verdict.facts}


@pytest.mark.parametrize(
    ("industry", "said", "denied", "attribute", "value"),
    [
        (
            "房屋市政",
            "同条件试块未达设计强度，即拆模",
            "同条件试块未达设计强度，尚未拆模",
            "拆模或爬升",
            "是",
        ),
        (
            "房屋市政",
            "混凝土强度未达到要求，提前拆除模板",
            "混凝土强度未达到要求，未提前拆除模板",
            "拆模或爬升",
            "是",
        ),
        (
            "特种设备",
            "新装电梯已启用，未经监督检验",
            "新装电梯尚未启用，未经监督检验",
            "特种设备使用状态",
            "在用",
        ),
        (
            "煤矿",
            "进入探水线，未进行超前探放水",
            "未进入探水线，未进行超前探放水",
            "探放水区域",
            "接近水淹或者积水的井巷、老空区、相邻矿井",
        ),
        ("道路运输", "已报废车辆用于载客", "已报废车辆未用于载客", "报废车辆仍用于经营", "是"),
    ],
)
def test_an_attribute_word_under_a_negation_is_not_said(
    engine: Engine, industry: str, said: str, denied: str, attribute: str, value: str
) -> None:
    assert told(engine, said, industry)[attribute] == value
    assert told(engine, denied, industry).get(attribute) != value


def test_a_demanded_act_that_was_not_done_still_says_which_trade_it_is(engine: Engine) -> None:
    assert told(engine, "未进行超前探放水", "")["探放水"] == "未设"


@pytest.mark.parametrize(
    "text",
    [
        "未监督检验的压力容器仓库存放未使用",
        "压力容器未监督检验，仓库存放未使用",
        "新装电梯尚未启用，未经监督检验",
    ],
)
def test_equipment_that_is_said_to_be_out_of_use_is_not_presumed_in_use(engine: Engine, text: str) -> None:
    verdict = engine.judge(Finding(text, industry="特种设备", on=DAY))
    assert verdict.level is not Level.MAJOR
    assert told(engine, text, "特种设备")["特种设备使用状态"] == "停用"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("锅炉安装未经监督检验即投入使用", Level.MAJOR),
        ("电梯未经监督检验擅自投入使用", Level.MAJOR),
        ("在用锅炉未经监督检验", Level.VERIFY),
        ("叉车未经监督检验投入使用", Level.VERIFY),
    ],
)
def test_that_supervision_was_due_follows_from_the_work_before_use_and_never_from_its_lack(
    engine: Engine, text: str, level: Level
) -> None:
    assert engine.judge(Finding(text, industry="特种设备", on=DAY)).level is level


@pytest.mark.parametrize("behind", ["，已责令停止作业", "，已调整岗位", "，已停止作业"])
def test_what_was_done_afterwards_does_not_refute_that_work_was_done_without_a_certificate(
    engine: Engine, behind: str
) -> None:
    finding = Finding(f"焊工张某未取得特种作业操作证{behind}", industry="工贸", on=DAY)
    assert engine.judge(finding).level is Level.MAJOR
    not_yet = Finding("新招焊工无操作证，尚未上岗", industry="工贸", on=DAY)
    assert engine.judge(not_yet).level is not Level.MAJOR


@pytest.mark.parametrize(("text", "state"), [("储罐液位联锁已强制", "失效"), ("储罐液位联锁已投用", "有效")])
def test_a_link_that_was_forced_has_failed(engine: Engine, text: str, state: str) -> None:
    assert told(engine, text, "危化")["安全联锁"] == state


@pytest.mark.parametrize(("text", "state"), [("客车安全带缺失", "未设"), ("客车座椅安全带完好", "有效")])
def test_a_defect_in_the_name_of_a_thing_is_no_thing_that_is_there(
    engine: Engine, text: str, state: str
) -> None:
    assert told(engine, text, "道路运输")["车辆安全装置"] == state
