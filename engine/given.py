"""Facts as people give them (fact id = value) to fact values, with clear faults."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from kb.errors import BadInput, Problem
from kb.models import KnowledgeBase
from kb.units import convert, dimension
from kb.values import FactValue, Interval, State, state_of
from ontology.facts import Fact

_NUMBER = re.compile(r"\s*(>=|<=|>|<|＞|＜|≥|≤)?\s*(-?\d+(?:\.\d+)?)\s*(\S*)\s*$")


def given_facts(
    given: Mapping[str, str], facts: Mapping[str, Fact], kb: KnowledgeBase
) -> dict[str, FactValue]:
    """Parse every given fact. Raises BadInput listing each unknown fact or unfit value."""
    out: dict[str, FactValue] = {}
    problems: list[Problem] = []
    for id, value in given.items():
        try:
            out[id] = _one(id, str(value), facts, kb)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems) if len(problems) > 1 else BadInput(problems[0].message)
    return out


def _one(id: str, value: str, facts: Mapping[str, Fact], kb: KnowledgeBase) -> FactValue:
    fact = facts.get(id)
    if fact is None:
        near = difflib.get_close_matches(id, facts, n=3, cutoff=0.4)
        near = near or _sharing(id, facts)
        hint = f"；相近的有：{'、'.join(near)}" if near else ""
        listed = (
            "" if near else "；各事实和属性的名称，在一次自查中用 panding selfcheck next 自查文件 --all 列出"
        )
        raise BadInput(f"没有事实 {id!r}{hint}{listed}")
    if fact.kind == "属性":
        return _attribute(fact, value, kb)
    if fact.kind == "数量":
        return _number(fact, value)
    state = state_of(id, value)
    if state is State.THERE and fact.type not in ("物", ""):
        state = State.WORKING  # an act done or a person present needs no further word
    return FactValue(id, state=state, source="给定")


def _sharing(id: str, facts: Mapping[str, Fact]) -> list[str]:
    """Attributes that have the rarest character of a name nobody knows, the most like it first."""
    attributes = [f.id for f in facts.values() if f.kind in ("属性", "数量")]
    count = {c: n for c in id if (n := sum(c in a for a in attributes))}
    if not count:
        return []
    rarest = min(count, key=lambda c: count[c])
    like = difflib.SequenceMatcher(None, b=id)

    def likeness(a: str) -> float:
        like.set_seq1(a)
        return -like.ratio()

    return sorted((a for a in attributes if rarest in a), key=lambda a: (likeness(a), a))[:3]


def _attribute(fact: Fact, value: str, kb: KnowledgeBase) -> FactValue:
    known = set(kb.attributes[fact.id].ancestors()) if fact.id in kb.attributes else set()
    values: set[str] = set()
    for part in filter(None, map(str.strip, value.split("|"))):  # a value's own name may hold a 、
        values |= {part} if part in known else set(filter(None, map(str.strip, part.split("、"))))
    wrong = sorted(values - known)
    if wrong or not values:
        raise BadInput(f"事实 {fact.id} 的值 {value!r} 不认识，应为 {'、'.join(sorted(known))}")
    return FactValue(fact.id, values=frozenset(values), source="给定")


def _number(fact: Fact, value: str) -> FactValue:
    if value.strip() == State.DOUBTFUL.value:
        return FactValue(fact.id, state=State.DOUBTFUL, source="给定")
    match = _NUMBER.match(value)
    if not match:
        raise BadInput(f"事实 {fact.id} 的值 {value!r} 不是数，应如 12{fact.unit}")
    sign, number, unit = match[1] or "", float(match[2]), match[3] or fact.unit
    into = convert(number, unit, fact.unit) if unit != fact.unit else number
    if into is None:
        raise BadInput(
            f"事实 {fact.id} 的单位 {unit!r} 不合，应为 {fact.unit}（{dimension(fact.unit) or '未知量纲'}）"
        )
    sign = {"＞": ">", "＜": "<", "≥": ">=", "≤": "<="}.get(sign, sign)
    interval = {
        "": Interval.exactly(into),
        ">": Interval(low=into, low_open=True),
        ">=": Interval(low=into),
        "<": Interval(high=into, high_open=True),
        "<=": Interval(high=into),
    }[sign]
    return FactValue(fact.id, interval=interval, unit=fact.unit, source="给定")
