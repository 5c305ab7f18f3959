"""A number and the norm beside it read as words say it."""

import pytest

from corpus.compare import compared
from corpus.normalize import normalize
from engine import Engine
from kb.values import Interval


def wordings(text: str) -> list[str]:
    return [w for pair in compared(normalize(text)) for w in pair.wordings]


def test_a_number_above_the_design_value_exceeds_the_design():
    assert wordings("最终边坡台阶高度18米,设计15米") == [
        "最终边坡台阶高度超过设计值",
        "最终边坡台阶高度大于设计值",
    ]


def test_the_norm_may_stand_first():
    assert "楼板设计允许堆载超过设计允许值" in wordings("楼板设计允许堆载3.0kn/㎡,实测4.4kn/㎡")


def test_a_slope_of_fewer_parts_is_steeper():
    assert "外坡比陡于设计值" in wordings("外坡比实测1:2.8,设计1:3.5")


def test_equal_numbers_differ_in_nothing():
    assert wordings("台阶高度15米,设计15米") == []


def test_numbers_of_different_units_are_not_compared():
    assert wordings("台阶高度18米,设计坡度65度") == []


def test_a_least_value_is_no_limit_that_is_exceeded():
    assert wordings("间距35米,规范要求不小于30米") == []


def test_fewer_than_there_must_be_are_too_few():
    assert "专职安全员不足" in wordings("专职安全员应配2名,现场仅配1名")
    assert wordings("专职安全员应配2名,现场配备3名") == []


def test_more_than_there_may_be_is_not_as_prescribed():
    assert "附墙架间距超过规定值" in wordings("附墙架间距10.5m,说明书要求不超过9m")


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("专职安全员应配备2名，现场有1名工人未戴安全帽", True),
        ("工作面应有2个安全出口，1个出口标志牌损坏", True),
        ("附墙架间距不应大于9m，标志牌高10.5m", True),
        ("专职安全员应配备2名，实配1名", False),
        ("专职安全员应配备2名，现有1名在岗", False),
        ("专职安全员应配备2名，现场有1名专职安全员", False),
        ("工作面应有2个安全出口，实际只有1个安全出口畅通", False),
        ("附墙架间距不应大于9m，实测间距10.5m", False),
    ],
)
def test_a_number_is_held_against_a_norm_only_where_it_names_the_same_thing_or_nothing(
    text: str, another: bool
) -> None:
    assert (not wordings(text)) is another


@pytest.mark.parametrize(
    ("behind", "read"),
    [("1个出口标志牌损坏", False), ("现场仅1个", True), ("只有1个安全出口畅通", True)],
)
def test_a_count_of_what_belongs_to_a_thing_is_no_count_of_the_thing(
    engine: Engine, behind: str, read: bool
) -> None:
    reading = engine.reader.read(f"采煤工作面应有2个安全出口，{behind}", industries=frozenset({"井工煤矿"}))
    facts = {v.fact: v.interval for i in reading.instances for v in i.facts}
    assert ((facts.get("采煤工作面畅通安全出口数@采煤工作面") or Interval()).high == 1) is read
