"""Numbers that speak of each other: ratios made of two, comparisons, other meanings of a unit."""

from datetime import date

import pytest

from engine import Engine, Finding
from kb.values import FactValue

DAY = date(2026, 11, 28)


def fact(engine: Engine, text: str, industry: str, name: str) -> FactValue | None:
    case = engine.situations(Finding(text, industry=industry, on=DAY))
    return case.situations[0].facts.get(name)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("核定生产能力120万t/年，全年产量133万吨", 110.8333),
        ("全年产量132万吨，核定生产能力120万t/a", 110),
    ],
)
def test_a_ratio_is_worked_out_of_the_two_numbers_it_is_made_of(
    engine: Engine, text: str, ratio: float
) -> None:
    value = fact(engine, text, "煤矿", "全年产量占核定生产能力比例")
    assert value is not None and value.interval is not None
    assert value.interval.low == pytest.approx(ratio, abs=1e-3)
    assert len(value.spans) == 4


def test_a_ratio_of_which_only_one_number_is_stated_stays_unknown(engine: Engine) -> None:
    assert fact(engine, "核定生产能力120万t/年", "煤矿", "全年产量占核定生产能力比例") is None


def test_numbers_of_two_quantities_that_a_clause_compares_are_compared(engine: Engine) -> None:
    verdict = engine.judge(Finding("筑药工房定员1人，实际作业人数3人", industry="烟花爆竹", on=DAY))
    assert any(v.fact.startswith("工房作业人数>核定人数") and v.shown() == "有" for v in verdict.facts)


def test_a_number_behind_an_excess_is_by_how_much_and_not_how_many(engine: Engine) -> None:
    verdict = engine.judge(Finding("装药工房超员2人，核定4人", industry="烟花爆竹", on=DAY))
    shown = {v.fact: v.shown() for v in verdict.facts}
    assert shown["超员"] == "有"
    assert not any(name.startswith("工房作业人数>核定人数") for name in shown)


@pytest.mark.parametrize(("text", "low"), [("报废半年", 0.5), ("停用一年半", 1.5)])
def test_halves_are_numbers(text: str, low: float) -> None:
    from corpus.quantities import quantities

    assert [q.interval.low for q in quantities(text)] == [low]
