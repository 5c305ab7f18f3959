"""Mutants of a clause: what its own cases notice, and what they leave alive."""

from datetime import date

import pytest

from engine import Engine, open_engine
from engine.mutants import of_condition, survivors
from kb.grammar import parse_condition
from kb.models import Case, Clause

STANDARD, REF = "gb35181-2017", "5.3.3 b)"
FACTS = {"消防场所类别": "易燃易爆危险品场所", "重大火灾隐患排除情形": "无", "消防车道被堵塞占用": "有"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_engine(crosscheck=False)


@pytest.fixture(scope="module")
def counting(engine: Engine) -> Clause:
    return next(c for c in engine.kb.clauses() if (c.standard, c.ref) == (STANDARD, REF))


def case(expected: str, on: date = date(2024, 6, 1), **facts: str) -> Case:
    return Case(name="计数", standard=STANDARD, facts={**FACTS, **facts}, on=on, expect={REF: expected})


def test_a_compound_row_of_a_count_is_changed_part_by_part() -> None:
    condition = parse_condition("至少 1 项 ( 经核对=是 且 有 甲 ； 有 乙 )")
    changes = {change for _, change in of_condition(condition)}
    assert {"去掉 经核对=是", "去掉 有 甲", "（经核对=是 且 有 甲）：且或互换", "去掉 有 乙"} <= changes


def test_without_cases_every_mutant_survives(engine: Engine, counting: Clause) -> None:
    count, left = survivors(engine, counting, [])
    assert count == len(left) > 0


def test_a_case_notices_the_condition_it_turns_on(engine: Engine, counting: Clause) -> None:
    unconfirmed = case("待核实", 防火间距被占用="有", 固定灭火设施="未设", 消防技术标准要求="应设")
    _, left = survivors(engine, counting, [unconfirmed])
    assert not any(m.change.startswith("limbs 去掉 未核原文要素经核对=是") for m in left)


def test_a_case_of_a_day_when_the_standard_is_not_in_force_notices_nothing(
    engine: Engine, counting: Clause
) -> None:
    count, left = survivors(engine, counting, [case("未触及", on=date(2026, 1, 1))])
    assert len(left) == count
