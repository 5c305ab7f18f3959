"""Strong Kleene logic over conditions: true, false, or None for unknown. Unknown is never false."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kb.conditions import All, AnyOf, AtLeast, Atom, Condition, Not, is_atom

Truth = bool | None
Valuation = Callable[[Atom], Truth]


def conjunction(values: Iterable[Truth]) -> Truth:
    """且: false if one is false, else unknown if one is unknown."""
    result: Truth = True
    for v in values:
        if v is False:
            return False
        if v is None:
            result = None
    return result


def disjunction(values: Iterable[Truth]) -> Truth:
    """或: true if one is true, else unknown if one is unknown."""
    result: Truth = False
    for v in values:
        if v is True:
            return True
        if v is None:
            result = None
    return result


def negation(value: Truth) -> Truth:
    return None if value is None else not value


def at_least(n: int, values: Iterable[Truth]) -> Truth:
    """至少 n 项: settled as soon as the unknown ones can't change it."""
    held = list(values)
    true, unknown = held.count(True), held.count(None)
    return True if true >= n else None if true + unknown >= n else False


def evaluate(condition: Condition, value_of: Valuation) -> Truth:
    """The value of a condition under a valuation of its atoms."""
    if is_atom(condition):
        return value_of(condition)
    return combine(condition, lambda part: evaluate(part, value_of))


def combine(condition: All | AnyOf | Not | AtLeast, value_of: Callable[[Condition], Truth]) -> Truth:
    """The value of a condition from the values of its parts."""
    match condition.op:
        case "且":
            return conjunction(map(value_of, condition.parts))
        case "或":
            return disjunction(map(value_of, condition.parts))
        case "非":
            return negation(value_of(condition.part))
        case "至少":
            return at_least(condition.n, map(value_of, condition.parts))
