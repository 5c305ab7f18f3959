"""What the answer to a question is likely to be before it is known, by what the clauses ask of it.

It only orders questions; no clause is ever judged by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kb.conditions import Atom, Compare, Failed, Missing, Present, Unlinked
from kb.units import convert
from kb.values import FactValue, Interval, State
from ontology.facts import Fact

if TYPE_CHECKING:
    from engine.judge import Engine

# a sound enterprise is likelier than not: how far the answers to a defect are believed before asking
_GOOD, _BAD, _LIKELY = 0.85, 0.15, 0.9
EVEN = 0.5


def expected(engine: Engine, fact: Fact, asking: Iterable[Atom]) -> list[tuple[float, FactValue]]:
    """Possible answers to a fact and how far each is believed beforehand. `asking`: the atoms that ask it."""
    asking = tuple(asking)
    if fact.kind == "属性":
        return _choices(engine, fact.id)
    if fact.kind == "数量":
        return _numbers(fact, asking)
    good, bad = sides(asking)
    weights = (_GOOD, _BAD) if good is not bad else (EVEN, EVEN)
    other = State.MISSING if good is State.WORKING else State.WORKING
    return [(weights[0], FactValue(fact.id, state=good)), (weights[1], FactValue(fact.id, state=other))]


def _choices(engine: Engine, name: str) -> list[tuple[float, FactValue]]:
    attribute = engine.kb.attributes[name]
    leaves = [v for root in attribute.values for v in engine.attributes.leaves(name, root)]
    likely = attribute.presume.value if attribute.presume else ""
    above = attribute.ancestors()
    fits = [v for v in leaves if likely in (v, *above[v])]
    rest = [v for v in leaves if v not in fits]
    shares = [(fits, _LIKELY if rest else 1.0), (rest, 1 - _LIKELY if fits else 1.0)]
    return [
        (share / len(group), FactValue(name, values=frozenset({v}))) for group, share in shares for v in group
    ]  # fmt: skip


def is_lack(asking: Iterable[Atom]) -> bool | None:
    """Whether the lack of a thing is the defect, or its presence; None where atoms ask both or more."""
    kinds = {
        True if isinstance(a, Missing | Unlinked | Failed) else False if isinstance(a, Present) else None
        for a in asking
    }
    return kinds.pop() if len(kinds) == 1 else None


def is_defect(state: State | None, lack: bool) -> bool:
    """Whether a state is the defect that the clauses speak of."""
    bad = (State.MISSING, State.FAILED) if lack else (State.THERE, State.WORKING, State.FAILED)
    return state in bad


def is_sound(state: State | None, lack: bool) -> bool:
    """Whether a state rules the defect out."""
    return state is (State.WORKING if lack else State.MISSING)


def sides(asking: Iterable[Atom]) -> tuple[State, State]:
    """The state of a sound site by the atoms that ask a fact; twice the same where the atoms disagree."""
    good = {State.WORKING if isinstance(a, Missing | Unlinked | Failed) else State.MISSING for a in asking}
    if len(good) != 1:
        return State.WORKING, State.WORKING
    (only,) = good
    return only, State.MISSING if only is State.WORKING else State.WORKING


def _numbers(fact: Fact, asking: Iterable[Atom]) -> list[tuple[float, FactValue]]:
    """One number on the sound side of every bound, one on the other."""
    bounds = sorted({
        v for a in asking if isinstance(a, Compare)
        if (v := a.value if a.unit == fact.unit else convert(a.value, a.unit, fact.unit)) is not None
    })  # fmt: skip
    if not bounds:
        return []
    low, high = bounds[0] - 1, bounds[-1] + 1
    more_is_bad = all(a.cmp.startswith(">") for a in asking if isinstance(a, Compare))
    less_is_bad = all(a.cmp.startswith("<") for a in asking if isinstance(a, Compare))
    share = _GOOD if more_is_bad else _BAD if less_is_bad else EVEN
    return [
        (share, FactValue(fact.id, interval=Interval.exactly(low), unit=fact.unit)),
        (1 - share, FactValue(fact.id, interval=Interval.exactly(high), unit=fact.unit)),
    ]
