"""What would lift a clause: the smallest change of facts after which it no longer holds, found by trying.

Only what a unit can mend is changed: the defect itself first, then the circumstances (生产期间, 在用); never its trade,
nor what a thing is by nature (煤层倾角, 粉尘种类, 炉用途).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

from engine.logic import Truth
from engine.plainly import fact_name, sentence, unseen_name
from engine.standing import Held, View, seen
from kb.conditions import Atom, Compare, Condition, Exceeds, Failed, Has, Missing, Present, Unlinked, atoms
from kb.units import convert
from kb.values import FactValue, Interval, State

_MOST = 4  # facts tried together for the smallest change, and how many equally small changes are shown
_NATURE = re.compile(
    r"(?:类别|类型|种类|等级|等别|级别|危险性|毒性|倾向性|岩性|倾角|来源|原因|对象|区域|范围|用途|炉型|动力|性质|条件|规模|职务|位置|阶段|结论|带|形式)$"
)  # attributes that say what a thing is: nobody mends a hazard by making it another thing
_IS = "是不是"  # so does what is asked so


@dataclass(frozen=True)
class Change:
    """One fact as it is and as it would have to be, and `plain`, a sentence for how it would have to be.

    `seen`: of a thing or act that should not be there.
    """

    fact: str
    now: str
    then: str
    seen: bool = False
    plain: str = ""

    def __str__(self) -> str:
        now, then = (seen(v) if self.seen else v for v in (self.now, self.then))
        return f"{fact_name(self.fact)}：{now}→{then}"

    def to_json(self) -> dict[str, str]:
        return {"fact": self.fact, "now": self.now, "then": self.then, "text": str(self)}


@dataclass(frozen=True)
class Lift:
    """One smallest way out. `circumstance`: it ends the circumstances (停用、停产), not the defect.

    `open`: facts not yet answered by which the clause may hold all the same. `kinds`: what is not known to be there,
    at which it may hold too if it is. `words`: how each open fact is called.
    """

    changes: tuple[Change, ...]
    circumstance: bool = False
    open: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return "，并且 ".join(map(str, self.changes)) + self._unseen

    @property
    def plain(self) -> str:
        """The same for people who read no facts: how things would have to be."""
        return "，并且".join(c.plain for c in self.changes) + self._unseen

    @property
    def _unseen(self) -> str:
        asked = [self.words.get(f) or fact_name(f) for f in self.open]
        asked += [f"有没有{'、'.join(self.kinds)}（有的，也要查）"] if self.kinds else []
        return f"（还要查清：{'、'.join(asked)}）" if asked else ""

    def to_json(self) -> dict[str, Any]:
        return {
            "changes": [c.to_json() for c in self.changes], "circumstance": self.circumstance, "open": list(self.open),
            "kinds": list(self.kinds), "text": str(self),
        }  # fmt: skip


def lifts(view: View, held: Held) -> tuple[Lift, ...]:
    """The ways out of a clause that holds: every smallest change of the defect after which it no longer does.

    Where more than four facts would have to change, one change of which no part can be left out. Where facts not yet
    answered leave none, the smallest after which the clause is no longer known to hold, and beside it the smallest
    of its circumstances. Empty where nothing a unit can mend changes it.
    """
    clause = held.clause
    defect = _options(view, (*clause.limbs, *clause.exceptions))
    around = {**defect, **_options(view, clause.premises)}
    found = _of(view, held, defect, wanted=False)
    if not found:
        found = (*_of(view, held, defect, wanted=None), *_smallest(view, held, around, True, False))
    return found or tuple(_smallest(view, held, around, True, None))


def mend(view: View, held: Held) -> Lift | None:
    """Every defect found put right, not only as many as it takes for the clause to hold no more.

    Of a form of the hazard (有 明火作业 且 缺 审批) first what is lacking, then what should not be there, then numbers
    and kinds: what a later one says is often the circumstance of an earlier one. None where a unit can mend nothing.
    """
    defect = _options(view, (*held.clause.limbs, *held.clause.exceptions))
    made = view.makes(held)
    found: dict[str, FactValue] = {}
    for limb in held.clause.limbs:
        if view.truth(held, limb) is True:
            found |= _mended(view, held, limb, {f: defect[f] for f in sorted(made & defect.keys())})
    if not found or view.but(found).truth(held) is True:
        return None
    return _lift(view, held, tuple(found.values()), False)


_TIERS: tuple[tuple[type, ...], ...] = ((Missing, Unlinked, Failed), (Present,), (Exceeds, Compare), (Has,))


def _mended(
    view: View, held: Held, limb: Condition, options: Mapping[str, list[FactValue]]
) -> dict[str, FactValue]:
    """Every defect of one form that is found, as it should be."""
    found: dict[str, FactValue] = {}
    for tier in _TIERS:
        for atom in atoms(limb):
            if isinstance(atom, tier) and atom.fact in options:
                tried = ({**found, atom.fact: v} for v in options[atom.fact])
                lifted = (f for f in tried if view.but(f).truth(held, limb) is not True)
                found = next(lifted, {**found, atom.fact: options[atom.fact][0]})
        if found and view.but(found).truth(held, limb) is not True:
            break
    return found


def _of(view: View, held: Held, options: Mapping[str, list[FactValue]], wanted: Truth) -> tuple[Lift, ...]:
    return tuple(_smallest(view, held, options, False, wanted)) or tuple(_least(view, held, options, wanted))


def _smallest(
    view: View, held: Held, options: Mapping[str, list[FactValue]], around: bool, wanted: Truth
) -> Iterator[Lift]:
    for size in range(1, _MOST + 1):
        found = []
        for names in combinations(sorted(options), size):
            for values in product(*(options[n] for n in names)):
                if view.but({v.fact: v for v in values}).truth(held) is wanted:
                    found.append(_lift(view, held, values, around))
                    break
            if len(found) == _MOST:
                break
        if found:
            yield from found
            return


def _least(view: View, held: Held, options: Mapping[str, list[FactValue]], wanted: Truth) -> Iterator[Lift]:
    """Everything mended, then whatever can be left as it is left so."""
    values = {fact: row[0] for fact, row in options.items()}
    if view.but(values).truth(held) is not wanted:
        return
    for fact in sorted(values):
        fewer = {f: v for f, v in values.items() if f != fact}
        if view.but(fewer).truth(held) is wanted:
            values = fewer
    yield _lift(view, held, tuple(values.values()), False)


def _lift(view: View, held: Held, values: tuple[FactValue, ...], around: bool) -> Lift:
    after = view.but({v.fact: v for v in values})
    clause = held.clause
    asking = {a.fact: a for c in (*clause.exceptions, *clause.premises, *clause.limbs) for a in atoms(c)}
    changes = tuple(_change(view, v, asking[v.fact]) for v in values)
    open_ = tuple(sorted(after.live(held)))
    return Lift(changes, around, open_, words={f: unseen_name(view.engine.facts[f]) for f in open_})


def _change(view: View, value: FactValue, atom: Atom) -> Change:
    now = view.facts.get(value.fact)
    plain = sentence(atom, value, view.engine.kb, view.engine.lexicon)
    found = isinstance(atom, Present)
    return Change(value.fact, now.shown() if now else "未查", value.shown(), found, plain)


def _options(view: View, conditions: Iterable[Condition]) -> dict[str, list[FactValue]]:
    """Facts that could be otherwise, with what they could be. Those of which nothing is known stay as they are."""
    found: dict[str, list[FactValue]] = {}
    for atom in (a for c in conditions for a in atoms(c)):
        held = view.facts.get(atom.fact)
        if held is None or atom.fact in view.absent:
            continue
        if isinstance(atom, Has) and not _mendable(view, atom.attribute):
            continue
        for value in _other(view, atom):
            row = found.setdefault(atom.fact, [])
            if value not in row and value.shown() != held.shown():
                row.append(value)
    return {f: row for f, row in found.items() if row}


def _mendable(view: View, attribute: str) -> bool:
    """Whether a unit can bring about another value: not what it is itself, nor what a thing is by nature."""
    asked = view.engine.kb.attributes[attribute]
    return asked.of != "企业" and not _NATURE.search(attribute) and _IS not in asked.question


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
