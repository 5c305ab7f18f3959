"""What a rule leaves out is not given to it, what a number does not bear out, and shares told as what goes beyond."""

from __future__ import annotations

import pytest

from engine.quiz.amounts import equivalent, tokens
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.checks.joined import either_listed
from engine.quiz.checks.ruled import _EVERY


def check(auditor: Auditor, stem: str, key: str, options: str = "", topic: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(o for o in options.split("；") if o), key, "", "", topic))


@pytest.mark.parametrize(
    "stem",
    [
        "矿井没有建立瓦斯抽采系统的，判定为重大事故隐患。",  # only 高瓦斯 and 突出
        "除尘系统没有设置锁气卸灰装置的，判定为重大事故隐患。",  # only 干式, of some dusts
        "除尘系统未采取任何爆炸防控措施的，判定为重大事故隐患。",  # 任何 is of the measures, no rule for all
    ],
)
@pytest.mark.parametrize("key", ["正确", "错误"])
def test_a_rule_that_leaves_a_premise_out_is_neither_right_nor_wrong(auditor, stem, key):
    told = check(auditor, stem, key)
    assert not told.alarms and not told.agreed


def test_a_rule_that_says_its_premises_is_settled(auditor):
    stem = "铝镁粉尘的干式除尘系统没有采取任何一种爆炸防控措施的，判定为重大事故隐患。"
    assert check(auditor, stem, "正确").agreed and check(auditor, stem, "错误").alarms


@pytest.mark.parametrize(
    "finding", ["所有船闸没有检修记录", "各类摩天轮停运", "凡未登记的缆车", "花房没有台账，只要出租"]
)
def test_a_word_for_all_before_what_is_lacking_makes_a_rule_for_all(finding):
    assert _EVERY.search(finding)


@pytest.mark.parametrize(
    "finding", ["缆车未采取任何防风措施", "温室没有一切防护设施", "泳池没有配备各类救生器材"]
)
def test_a_word_for_all_after_a_denial_does_not(finding):
    assert not _EVERY.search(finding)


@pytest.mark.parametrize(
    "stem",
    [
        "快速冻结装置作业间内人员超过9人且未设置在单独作业间的，才判定为重大事故隐患。",
        "快速冻结装置未设置在单独的作业间内，且作业间内作业人员数量超过9人的，才判定为重大事故隐患。",
    ],
)
def test_both_are_not_needed_where_the_clause_says_either(auditor, stem):
    assert check(auditor, stem, "正确").alarms
    wrong = check(auditor, stem, "错误")
    assert wrong.agreed and not wrong.alarms


def test_both_are_needed_where_the_clause_says_so(auditor):
    stem = "电梯井道内贯通没有采取水平防护措施，且电梯井口没有设置防护门的，才判定为重大事故隐患。"
    assert not check(auditor, stem, "正确", topic="房屋市政").alarms


def test_either_is_listed_in_any_order_but_not_beside_what_is_asked_for_together():
    assert either_listed("缆车没有年检", "站台没有护栏", "站台没有护栏；或者缆车没有年检。")
    assert not either_listed("缆车没有年检", "站台没有护栏", "缆车没有年检，并且站台没有护栏。")
    assert not either_listed("缆车没有年检", "站台没有护栏", "缆车没有年检；或者索道没有备用电源。")


@pytest.mark.parametrize(
    ("said", "rule", "same"),
    [
        ("产量超过核定能力幅度在10%以上", "产量超过核定能力的110%", True),
        ("产量超出核定能力10%", "产量超过核定能力的110%", True),
        ("产量超过核定能力幅度在20%以上", "产量超过核定能力的110%", False),
        ("产量超过核定能力幅度在110%以上", "产量超过核定能力的110%", False),
        ("游客达到核定人数的120%", "游客超过核定人数的幅度在20%及以上", True),
        ("游客超过核定人数20%", "游客超过核定人数的幅度在20%及以上", True),
        ("载重超出额定30%", "载重超过额定30%以上", True),
    ],
)
def test_a_share_that_goes_beyond_is_read_as_one_of_the_whole(said, rule, same):
    assert equivalent(said, tokens(said)[0], rule, tokens(rule)[0]) is same


@pytest.mark.parametrize(("key", "wrong"), [("A", True), ("B", False), ("C", True)])
def test_a_share_beyond_the_capacity_is_asked_for(auditor, key, wrong):
    stem = "煤矿全年原煤产量超过核定（设计）生产能力幅度在（　）以上的，属于重大事故隐患。"
    assert bool(check(auditor, stem, key, "5%；10%；20%；30%").alarms) is wrong


def test_what_bears_out_other_options_only_bears_out_no_key(auditor):
    stem = "下列不属于重大事故隐患的是（　）。"
    options = "快速冻结装置未设置在单独的作业间内；快速冻结装置作业间内作业人员数量超过9人；门前花坛缺土；除尘系统没有定期保养"
    told = check(auditor, stem, "C", options, "工贸")
    assert not told.alarms and not told.agreed
    assert check(auditor, stem, "A", options, "工贸").alarms
