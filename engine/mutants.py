"""Mutants of a clause: each threshold shifted, each condition dropped, each AND/OR flipped.

A clause's own cases must notice every one; those that survive show which case is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.clauses import judge_clause
from engine.judge import Engine, Finding
from engine.valuation import Valuation
from kb.conditions import (
    TRUE,
    All,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Condition,
    Exceeds,
    Has,
    Missing,
    Not,
    Present,
)
from kb.models import Case, Clause

_FLIP: dict[Comparison, Comparison] = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_EDGE: dict[Comparison, Comparison] = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}


@dataclass(frozen=True)
class Mutant:
    """A changed clause and what was changed, in words."""

    clause: Clause
    change: str


def of_condition(condition: Condition) -> Iterator[tuple[Condition, str]]:
    """Every single change inside a condition."""
    if isinstance(condition, Compare):
        step = abs(condition.value) * 0.1 or 1.0
        for value in (condition.value + step, condition.value - step):
            yield replace(condition, value=value), f"{condition}：数改为 {value:g}"
        for table in (_FLIP, _EDGE):
            yield (
                replace(condition, cmp=table[condition.cmp]),
                f"{condition}：{table[condition.cmp]}",
            )
    elif isinstance(condition, Exceeds):
        yield Not(part=condition), f"{condition}：取反"
    elif isinstance(condition, Missing):
        yield Present(thing=condition.thing, host=condition.host), f"{condition}：缺改为有"
    elif isinstance(condition, Present):
        yield Missing(thing=condition.thing, host=condition.host), f"{condition}：有改为缺"
    elif isinstance(condition, Has):
        for dropped in condition.values if len(condition.values) > 1 else ():
            rest = tuple(v for v in condition.values if v != dropped)
            yield replace(condition, values=rest), f"{condition}：去掉 {dropped}"
        yield Not(part=condition), f"{condition}：取反"
    elif isinstance(condition, Not):
        yield condition.part, f"{condition}：去掉非"
        for part, change in of_condition(condition.part):
            yield Not(part=part), change
    elif isinstance(condition, All | AnyOf | AtLeast):
        yield from _of_parts(condition)


def _of_parts(condition: All | AnyOf | AtLeast) -> Iterator[tuple[Condition, str]]:
    if isinstance(condition, AtLeast):
        for n in (condition.n - 1, condition.n + 1):
            if 1 <= n <= len(condition.parts):
                yield replace(condition, n=n), f"{condition}：改为至少 {n} 项"
    elif len(condition.parts) > 1:
        other = AnyOf if isinstance(condition, All) else All
        yield other(parts=condition.parts), f"{condition}：且或互换"
    for i, part in enumerate(condition.parts):
        rest = condition.parts[:i] + condition.parts[i + 1 :]
        if rest:
            yield replace(condition, parts=rest), f"去掉 {part}"
        for changed, change in of_condition(part):
            parts = (*condition.parts[:i], changed, *condition.parts[i + 1 :])
            yield replace(condition, parts=parts), change


def mutants(clause: Clause) -> Iterator[Mutant]:
    """Every single change of a clause."""

    def changed(change: str, **update: Any) -> Mutant:
        return Mutant(replace(clause, **update), change)

    if clause.scope != TRUE:
        yield changed("去掉域", scope=TRUE)
    if len(clause.limbs) > 1:
        yield changed("情形的或改为且", limbs=(All(parts=clause.limbs),))
    for field, items in (
        ("premises", clause.premises),
        ("limbs", clause.limbs),
        ("exceptions", clause.exceptions),
    ):
        for i, item in enumerate(items):
            rest = items[:i] + items[i + 1 :]
            if rest or field != "limbs":
                yield changed(f"{field} 去掉 {item}", **{field: rest})
            for new, change in of_condition(item):
                yield changed(f"{field} {change}", **{field: (*items[:i], new, *items[i + 1 :])})


def survivors(engine: Engine, clause: Clause, cases: list[Case]) -> tuple[int, list[Mutant]]:
    """How many mutants a clause has, and those that none of its cases notices."""
    own = [c for c in cases if c.standard == clause.standard and clause.ref in c.expect]
    files = [(c.expect[clause.ref], read) for c in own if (read := _readings(engine, clause, c))]
    every = list(mutants(clause))
    alive = [m for m in every if not any(_notices(engine, m.clause, wanted, r) for wanted, r in files)]
    return len(every), alive


def _readings(engine: Engine, clause: Clause, case: Case) -> list[tuple[Valuation, Valuation]]:
    """How the clause's standard reads each instance of a case; none where it is not in force that day."""
    facts = {k: str(v) for k, v in case.facts.items()}
    file = engine.situations(Finding(text=case.finding, facts=facts, industry=case.industry, on=case.on))
    standard = engine.standards[clause.standard]
    if not standard.in_force(file.on):
        return []
    return [engine.valuations(standard, s.facts, s.presumed) for s in file.situations]


def _notices(
    engine: Engine, clause: Clause, wanted: str, readings: list[tuple[Valuation, Valuation]]
) -> bool:
    scope = engine.standards[clause.standard].scope
    got = [
        judge_clause(clause, scope, *both, engine.distinctive(clause.standard)).status.value
        for both in readings
    ]
    order = ("命中", "推定命中", "待核实", "需专业认定", "不成立", "不适用", "未触及")
    best = min(got, key=order.index)
    return best != wanted and not {best, wanted} <= {"不成立", "未触及", "不适用"}
