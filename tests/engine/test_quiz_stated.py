"""Statements true or false: what they except themselves, what they quote, join, spare or put beside another document."""

from __future__ import annotations

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, holds: bool) -> Checked:
    return auditor.check(Item("第1行", stem, (), "正确" if holds else "错误", "", "", ""))


def tells(auditor: Auditor, stem: str, so: bool) -> None:
    """A statement keyed as it is raises no alarm, and one keyed the other way does."""
    assert not check(auditor, stem, so).alarms
    assert check(auditor, stem, not so).alarms


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("井工煤矿使用煤电钻探放水（限压循环放水除外）的，应判定为重大事故隐患。", True),
        ("井工煤矿使用风锤探放水，属于重大事故隐患，但限压循环放水除外。", True),
        ("井工煤矿使用风锤探放水（不属于限压循环放水）的，应判定为重大事故隐患。", True),
        ("井工煤矿使用风锤探放水（属于限压循环放水）的，应判定为重大事故隐患。", False),
    ],
)
def test_what_a_statement_excepts_itself_is_not_what_it_is_about(
    auditor: Auditor, stem: str, so: bool
) -> None:
    tells(auditor, stem, so)


@pytest.mark.parametrize("key", [True, False])
def test_an_exception_no_clause_has_is_neither_agreed_nor_alarmed(auditor: Auditor, key: bool) -> None:
    checked = check(auditor, "井工煤矿使用煤电钻探放水（突出矿井除外）的，应判定为重大事故隐患。", key)
    assert not checked.alarms and not checked.agreed


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("干式尾矿库防洪高度和防洪宽度同时小于设计值的，才构成重大事故隐患。", True),
        ("干式尾矿库防洪高度和防洪宽度有一项小于设计值的，即构成重大事故隐患。", False),
        ("化工生产装置没有经过正规设计，且没有按要求进行安全设计诊断的，才构成该项重大事故隐患。", True),
        ("工作台阶高度大于设计值的2倍且平盘宽度小于设计值的1/2，同时具备才构成重大事故隐患。", False),
    ],
)
def test_both_at_once_and_one_of_two_are_told_apart(auditor: Auditor, stem: str, so: bool) -> None:
    tells(auditor, stem, so)


@pytest.mark.parametrize("third", ["且已造成人员伤亡的，", "并且没有备案的，"])
def test_a_third_condition_is_not_borne_out_by_the_two(auditor: Auditor, third: str) -> None:
    stem = (
        f"悬挑式卸料平台的搁置点没有设置在稳定的主体结构上，并且没有做可靠连接，{third}才构成重大事故隐患。"
    )
    assert not check(auditor, stem, False).alarms


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("快速冻结装置作业间内有12人，不属于“作业间内作业人员超过9人”的情形。", False),
        ("快速冻结装置作业间内有7人，不属于“作业间内作业人员超过9人”的情形。", True),
        (
            "核定载员6人的渔业船舶，职务船员配备不足，不在《渔业船舶重大事故隐患判定标准（试行）》适用范围内。",
            True,
        ),
        ("机械企业使用非水性漆的喷漆室没有设置通风设施的，不因缺少通风设施判定为重大事故隐患。", False),
        ("有限空间已经辨识并建立台账，仅缺警示标志的，不因缺少标志判定为重大事故隐患。", True),
        ("燃气管道设在旅馆客房内，本身就构成重大隐患，与燃气经营者是否书面告知用户无关。", False),
    ],
)
def test_an_item_quoted_a_cause_or_a_bound_denied_says_the_level(
    auditor: Auditor, stem: str, so: bool
) -> None:
    tells(auditor, stem, so)


def test_what_is_not_the_kind_excepted_is_not_cleared(auditor: Auditor) -> None:
    stem = "开采冲击地压煤层，2个{}掘进工作面之间相距120m同时掘进的，不适用“两个掘进工作面相距小于150m应停其一”的判定情形。"
    tells(auditor, stem.format("全岩"), True)
    other = check(auditor, stem.format("煤巷"), False)
    assert not other.alarms and not check(auditor, stem.format("煤巷"), True).agreed


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("工贸企业的固定式可燃气体浓度监测报警装置已设置但失效的，视同未设置，判定为重大事故隐患。", True),
        ("机械企业喷漆室的可燃气体报警装置已经安装但失效，由于已经设置，不判定为重大事故隐患。", False),
    ],
)
def test_a_listed_device_that_fails_counts_as_missing(auditor: Auditor, stem: str, so: bool) -> None:
    tells(auditor, stem, so)


def test_a_device_no_clause_lists_is_not_said_to_be_ordinary(auditor: Auditor) -> None:
    assert not check(auditor, "工贸企业的噪声监测报警装置已安装但失效的，判定为重大事故隐患。", False).agreed


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("特种作业人员在民爆企业上岗后3个月内取得证书的，不构成重大事故隐患。", False),
        ("危险作业罪以造成重大伤亡事故为入罪条件。", False),
        ("构成危险作业罪，必须已经发生重大伤亡事故。", False),
        ("洪水橙色预警期间，尾矿库应急抢救人员不属于必须撤出的人员。", True),
        ("大风黄色预警时，尾矿库现场实时巡查人员属于须撤出的人员。", False),
    ],
)
def test_what_is_needed_and_who_is_spared(auditor: Auditor, stem: str, so: bool) -> None:
    tells(auditor, stem, so)


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("矿安〔2024〕41号与矿安〔2022〕88号同时适用。", True),
        ("令第4号与应急管理部令第21号可以并用于煤矿检查。", False),
        ("AQ 3067-2026是强制性行业标准。", True),
        ("AQ 3067-2026是推荐性行业标准，由企业自愿采用。", False),
        ("烟花爆竹批发企业应改用AQ 3067-2026判定重大事故隐患。", False),
        ("关闭的行政处罚由公安机关决定，拘留由公安机关决定。", False),
    ],
)
def test_documents_and_those_who_decide(auditor: Auditor, stem: str, so: bool) -> None:
    tells(auditor, stem, so)


@pytest.mark.parametrize(
    ("stem", "so"),
    [
        ("内河货船装载只要超过核定载重线，不论程度轻重，都应判定为重大事故隐患。", False),
        ("内河客船载客人数须严重超过核定乘客定额才构成重大事故隐患。", False),
        ("粉尘车间只要有积尘严重的情况就判重大事故隐患，清理制度有没有落实不用看。", False),
        ("悬挑式卸料平台只要没有做可靠连接，就判定为重大事故隐患。", False),
        ("铝镁粉尘除尘系统只要采用正压除尘方式，就判定为重大事故隐患。", True),
        ("硫化氢气体管道只要穿越工业园区内的道路，就判定为重大事故隐患。", False),
        ("燃气输配管道敷设在热力管沟内的属于重大隐患，但确需穿过且已采取有效防护措施的除外。", True),
        ("民用爆炸物品生产线报废6个月后仍未进行销爆处理的，判定为重大事故隐患。", True),
        ("市场监督管理部门负责对特种设备安全实施监督管理。", True),
    ],
)
def test_a_rule_for_all_is_held_to_all_that_the_clause_asks(auditor: Auditor, stem: str, so: bool) -> None:
    tells(auditor, stem, so)


def test_only_if_of_what_was_done_asks_nothing_of_the_site(auditor: Auditor) -> None:
    assert not check(auditor, "速冻间只要作业人员超过9人，就判定为重大事故隐患。", True).alarms


def test_a_word_that_goes_on_is_not_the_word(auditor: Auditor) -> None:
    assert not check(auditor, "应急管理部门对本行政区域内安全生产工作实施行业监督管理。", False).alarms
    tells(auditor, "应急管理部门依法对本行政区域内安全生产工作实施综合监督管理。", True)
