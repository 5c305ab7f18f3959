"""多选: what is foreign to the whole of a rule is one too many; agreed only where the set keyed is the set of the rule."""

from datetime import date

import pytest

from engine import Engine
from engine.quiz.alarms import AGREES
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


@pytest.fixture(scope="module")
def auditor(engine: Engine) -> Auditor:
    return Auditor(engine, date(2026, 11, 28))


def check(auditor: Auditor, stem: str, key: str, options: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key, ""))


DUST = "粉尘涉爆企业的下列情形，应当判定为重大事故隐患的有（ ）。"
ELECTRIC = "起重机械有下列哪些情形，仍继续使用的，属于特种设备重大事故隐患？"


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        (DUST, "不同防火分区的除尘系统互联互通；除尘系统采用重力沉降室除尘；不同类别的可燃性粉尘合用一套除尘系统；办公楼窗帘褪色"),
        (ELECTRIC, "急停开关缺失；起重量限制器失效；起重力矩限制器失效；司机室座椅套破旧"),
    ],
)  # fmt: skip
def test_an_option_foreign_to_the_standard_of_all_the_others_is_one_too_many(auditor, stem, options):
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_one_left_out_is_no_agreement_with_the_set(auditor):
    options = "不同防火分区的除尘系统互联互通；除尘系统采用重力沉降室除尘；不同类别的可燃性粉尘合用一套除尘系统；办公楼窗帘褪色"
    assert check(auditor, DUST, "AB", options).state != AGREES
    assert check(auditor, DUST, "ABC", options).state == AGREES


def test_what_says_a_clause_in_plain_words_is_not_foreign_to_it(auditor):
    options = "没办许可证就卖炮；零售点里头点明火；零售店和住家在一栋楼；炮仗摆得不齐"
    assert not check(auditor, "烟花爆竹零售点属于重大事故隐患的有（ ）。", "ABC", options).alarms


def test_a_finding_of_another_clause_of_the_same_standard_is_not_one_too_many(auditor):
    options = "超过核定航区作业；超过核定抗风等级出海；渔业船舶检验证书失效后仍出海作业；未经批准载客从事捕捞"
    assert not check(
        auditor, "核定载员16人的渔船，有下列哪些情形的判定为重大事故隐患？", "ABCD", options
    ).alarms


def test_one_left_out_that_wants_only_what_the_key_takes_as_given_is_missing(auditor):
    stem = "渔业船舶的下列情形，属于重大事故隐患的有（ ）。"
    options = "检验证书失效后仍出海作业；未经批准载客；擅自关闭船舶自动识别系统；网具堆放不整齐"
    assert check(auditor, stem, "AB", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms
