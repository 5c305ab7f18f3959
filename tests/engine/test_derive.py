"""Derived facts: what a rule of its own settles from other facts, and what it must not."""

from datetime import date

import pytest

from engine.judge import CaseFile, Engine, Finding

DAY = date(2026, 11, 28)


def attribute(engine: Engine, name: str, **facts: str) -> frozenset[str]:
    case = file(engine, **facts)
    held = case.situations[0].facts.get(name)
    return held.values if held else frozenset()


def file(engine: Engine, **facts: str) -> CaseFile:
    return engine.situations(Finding(facts=facts, on=DAY))


@pytest.mark.parametrize(
    ("facts", "grade"),
    [
        ({"矿井绝对瓦斯涌出量": "40.1"}, {"高瓦斯矿井"}),
        ({"矿井绝对瓦斯涌出量": "40"}, set()),
        ({"矿井相对瓦斯涌出量": "10.1"}, {"高瓦斯矿井"}),
        ({"矿井相对瓦斯涌出量": "10"}, set()),
        ({"掘进工作面绝对瓦斯涌出量": "3.1"}, {"高瓦斯矿井"}),
        ({"工作面绝对瓦斯涌出量": "5"}, set()),
    ],
)
def test_a_coal_mine_is_high_gas_above_the_bound_and_unknown_on_it(
    engine: Engine, facts: dict[str, str], grade: set[str]
) -> None:
    assert attribute(engine, "矿井瓦斯等级", **facts) == grade


@pytest.mark.parametrize(
    ("index", "grade"),
    [("100", {"一级重大危险源"}), ("99.9", {"二级重大危险源"}), ("50", {"二级重大危险源"}), ("49", set())],
)
def test_the_index_of_a_major_hazard_installation_gives_its_grade(
    engine: Engine, index: str, grade: set[str]
) -> None:
    assert attribute(engine, "重大危险源等级", 重大危险源R值=index) == grade


def test_a_known_value_that_says_the_same_is_kept(engine: Engine) -> None:
    case = file(engine, 矿井绝对瓦斯涌出量="60", 矿井瓦斯等级="高瓦斯矿井")
    assert case.situations[0].facts["矿井瓦斯等级"].source == "给定"
    assert case.contradictions == ()


def test_a_derived_value_that_denies_a_given_one_is_a_contradiction_and_decides_nothing(
    engine: Engine,
) -> None:
    case = file(engine, 矿井绝对瓦斯涌出量="60", 矿井瓦斯等级="低瓦斯矿井")
    assert [c.fact for c in case.contradictions] == ["矿井瓦斯等级"]
    assert case.situations[0].facts["矿井瓦斯等级"].values == {"低瓦斯矿井", "高瓦斯矿井"}


def test_a_derived_fact_shows_the_characters_and_the_rule_it_rests_on(engine: Engine) -> None:
    case = engine.situations(Finding("矿井绝对瓦斯涌出量45m3/min", industry="煤矿", on=DAY))
    derived = case.situations[0].facts["矿井瓦斯等级"]
    assert derived.source == "推导"
    assert "45m3/min" in [s.text for s in derived.spans]
    assert "煤矿安全规程" in derived.note
