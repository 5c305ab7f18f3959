"""What would lift a clause: the smallest change of facts after which it no longer holds, found by trying.

Only what a unit can mend is changed: the defect itself first, then the circumstances (生产期间, 在用); never its trade.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from engine.logic import Truth
from engine.standing import Held, View, fact_name
from kb.conditions import Atom, Compare, Condition, Exceeds, Has, Missing, Present, atoms
from kb.units import convert
from kb.values import FactValue, Interval, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MOST = 4  # facts changed together at most, and how many equally small changes are shown


@dataclass(frozen=True)
class Change:
    """One fact as it is and as it would have to be."""

    fact: str
    now: str
    then: str

    def __str__(self) -> str:
        return f"{fact_name(self.fact)}：{self.now}→{self.then}"

    def to_json(self) -> dict[str, str]:
        return {"fact": self.fact, "now": self.now, "then": self.then, "text": str(self)}


@dataclass(frozen=True)
class Lift:
    """One smallest way out. `circumstance`: it ends the circumstances (停用、停产), not the defect.

    `open`: facts not yet answered by which the clause may hold all the same.
    """

    changes: tuple[Change, ...]
    circumstance: bool = False
    open: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = "，并且 ".join(map(str, self.changes))
        return said + (f"（还要查清：{'、'.join(map(fact_name, self.open))}）" if self.open else "")

    def to_json(self) -> dict[str, Any]:
        return {
            "changes": [c.to_json() for c in self.changes], "circumstance": self.circumstance, "open": list(self.open),
            "text": str(self),
        }  # fmt: skip


def lifts(view: View, held: Held) -> tuple[Lift, ...]:
    """Every smallest change after which a clause that holds no longer does: of the defect, else of its circumstances.

    Where facts not yet answered leave none, the smallest after which it is no longer known to hold. Empty where more
    than four facts would have to change.
    """
    clause = held.clause
    defect = _options(view, (*clause.limbs, *clause.exceptions))
    around = {**defect, **_options(view, clause.premises)}
    for wanted in (False, None):
        for options in (defect, around):
            found = tuple(_smallest(view, held, options, options is not defect, wanted))
            if found:
                return found
    return ()


def _smallest(
    view: View, held: Held, options: Mapping[str, list[FactValue]], around: bool, wanted: Truth
) -> Iterator[Lift]:
    for size in range(1, _MOST + 1):
        found = []
        for names in combinations(sorted(options), size):
            for values in product(*(options[n] for n in names)):
                after = view.but({v.fact: v for v in values})
                if after.truth(held) is wanted:
                    changes = tuple(_change(view, v) for v in values)
                    found.append(Lift(changes, around, tuple(sorted(after.live(held)))))
                    break
            if len(found) == _MOST:
                break
        if found:
            yield from found
            return


def _change(view: View, value: FactValue) -> Change:
    now = view.facts.get(value.fact)
    return Change(value.fact, now.shown() if now else "未查", value.shown())


def _options(view: View, conditions: Iterable[Condition]) -> dict[str, list[FactValue]]:
    """Facts that could be otherwise, with what they could be. Those of which nothing is known stay as they are."""
    found: dict[str, list[FactValue]] = {}
    for atom in (a for c in conditions for a in atoms(c)):
        held = view.facts.get(atom.fact)
        if held is None or atom.fact in view.absent:
            continue
        if isinstance(atom, Has) and view.engine.kb.attributes[atom.attribute].of == "企业":
            continue
        for value in _other(view, atom):
            row = found.setdefault(atom.fact, [])
            if value not in row and value.shown() != held.shown():
                row.append(value)
    return {f: row for f, row in found.items() if row}


def _other(view: View, atom: Atom) -> Iterator[FactValue]:
    """Values of one atom's fact that a unit could bring about."""
    if isinstance(atom, Has):
        attribute = view.engine.kb.attributes[atom.attribute]
        leaves = (v for root in attribute.values for v in view.engine.attributes.leaves(atom.attribute, root))
        yield from (FactValue(atom.fact, values=frozenset({v}), source="整改后") for v in leaves)
    elif isinstance(atom, Compare):
        yield from _numbers(view, atom)
    elif isinstance(atom, Exceeds | Present):
        yield FactValue(atom.fact, state=State.MISSING, source="整改后")
        if isinstance(atom, Present):
            yield FactValue(atom.fact, state=State.WORKING, source="整改后")
    else:
        yield FactValue(atom.fact, state=State.WORKING, source="整改后")
        if not isinstance(atom, Missing):
            yield FactValue(atom.fact, state=State.MISSING, source="整改后")


def _numbers(view: View, atom: Compare) -> Iterator[FactValue]:
    """The other side of the bound, as an interval."""
    unit = view.engine.facts[atom.fact].unit
    bound = atom.value if unit == atom.unit else convert(atom.value, atom.unit, unit)
    if bound is None:
        return
    sides = {
        ">": Interval(high=bound), ">=": Interval(high=bound, high_open=True),
        "<": Interval(low=bound), "<=": Interval(low=bound, low_open=True),
    }  # fmt: skip
    yield FactValue(atom.fact, interval=sides[atom.cmp], unit=unit, source="整改后")
