"""The notation: what it reads, and what it says of a line it can't read."""

import pytest

from kb.conditions import AnyOf, AtLeast, atoms
from kb.grammar import NotationError, parse_condition


def facts(text: str) -> list[str]:
    return [a.fact for a in atoms(parse_condition(text))]


def test_each_leaf_asks_the_fact_that_its_words_name() -> None:
    assert facts("缺 锁气卸灰装置 @ 除尘系统") == ["锁气卸灰装置@除尘系统"]
    assert facts("有 积水 @ 事故坑") == ["积水@事故坑"]
    assert facts("失效 水冷设备 @ 电炉") == ["水冷设备@电炉"]
    assert facts("未联锁 监测报警 ~ 切断阀 @ 结晶器") == ["监测报警~切断阀@结晶器"]
    assert facts("数 人数 @ 作业间 > 9 人") == ["人数@作业间"]
    assert facts("超 设定值 > 设计值") == ["设定值>设计值"]
    assert facts("除尘方式=干式|湿式") == ["除尘方式"]


def test_缺_and_有_of_one_thing_at_one_place_ask_the_same_fact() -> None:
    assert facts("缺 休息室 @ 吊运跨") == facts("有 休息室 @ 吊运跨")


def test_several_hosts_are_alternatives() -> None:
    condition = parse_condition("缺 报警装置 @ 制氢站|配气间")
    assert isinstance(condition, AnyOf)
    assert [a.fact for a in atoms(condition)] == ["报警装置@制氢站", "报警装置@配气间"]


def test_且_binds_closer_than_或_and_brackets_win() -> None:
    assert str(parse_condition("缺 甲 且 缺 乙 或 缺 丙")) == "（（缺 甲 且 缺 乙） 或 缺 丙）"
    assert str(parse_condition("缺 甲 且 （ 缺 乙 或 缺 丙 ）")) == "（缺 甲 且 （缺 乙 或 缺 丙））"


def test_a_counting_rule_counts_its_parts() -> None:
    condition = parse_condition("至少 2 项 ( 缺 甲 ； 缺 乙 ； 有 丙 )")
    assert isinstance(condition, AtLeast)
    assert (condition.n, len(condition.parts)) == (2, 3)


@pytest.mark.parametrize(
    "text", ["", "缺", "缺 甲 @", "甲", "数 人数 > 人", "缺 甲 且", "至少 5 项 ( 缺 甲 )"]
)
def test_a_line_outside_the_notation_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse_condition(text)
