"""From what is known of facts to the truth of atoms, definite or with presumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from engine.logic import Truth, combine
from kb.conditions import Atom, Compare, Compound, Condition, Exceeds, Failed, Has, Present, is_atom
from kb.models import Attribute, KnowledgeBase, Standard
from kb.units import convert
from kb.values import FactValue, State, compare
from ontology.lexicon import FUNCTIONS, Lexicon


@dataclass(frozen=True)
class Reading:
    """Truth of one atom; `noticed`: the finding speaks of it without settling it; `rule`: the general rule used."""

    truth: Truth
    noticed: bool = False
    rule: str = ""
    value: FactValue | None = None


UNKNOWN = Reading(None)


# state -> (缺, 有, 失效) without the general rule; None is unknown
_STATES: dict[State, tuple[Truth, Truth, Truth]] = {
    State.WORKING: (False, True, False),
    State.THERE: (None, True, None),
    State.MISSING: (True, False, False),
    State.FAILED: (None, True, True),
    State.DOUBTFUL: (None, None, None),
}


def counts_failure_as_missing(standard: Standard, thing: str, lexicon: Lexicon) -> str:
    """The ref of the general rule by which 失效 of this thing counts as 缺; empty when there is none.

    Without `applies_to` the rule speaks of the monitoring, alarm and protection devices that the lexicon
    flags so (防护, 监测报警, 联锁).
    """
    concept = lexicon.concepts.get(thing)
    if concept is None or concept.type != "物":
        return ""
    named = lexicon.above(thing)
    protective = any(lexicon.concepts[n].flags & set(FUNCTIONS) for n in named if n in lexicon.concepts)
    for rule in standard.rules:
        if named & set(rule.applies_to) if rule.applies_to else protective:
            return rule.ref
    return ""


class Attributes:
    """Value trees of all attributes, asked often."""

    def __init__(self, attributes: Mapping[str, Attribute]) -> None:
        self._attributes = attributes
        self._kept = lru_cache(maxsize=1 << 16)(self._holds)

    @cached_property
    def _above(self) -> dict[str, dict[str, frozenset[str]]]:
        return {
            name: {v: frozenset((v, *up)) for v, up in a.ancestors().items()}
            for name, a in self._attributes.items()
        }

    def holds(self, attribute: str, known: Iterable[str], wanted: Iterable[str]) -> Truth:
        """Whether a site whose value is one of the known ones has one of the wanted ones.

        True when every known value is a wanted one or narrower; false when every known value excludes every
        wanted one; unknown otherwise (a known value is broader, or the known ones disagree).
        """
        return self._kept(attribute, frozenset(known), tuple(wanted))

    def _holds(self, attribute: str, known: frozenset[str], wanted: tuple[str, ...]) -> Truth:
        above = self._above.get(attribute, {})
        verdicts = {self._one(above, k, wanted) for k in known}
        return verdicts.pop() if len(verdicts) == 1 else None

    def _one(self, above: Mapping[str, frozenset[str]], known: str, wanted: tuple[str, ...]) -> Truth:
        if any(w in above.get(known, frozenset({known})) for w in wanted):
            return True
        broader = any(known in above.get(w, frozenset({w})) for w in wanted)
        return None if broader else False

    def exclude(self, attribute: str, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether no value of one set can be a value of the other."""
        second = tuple(second)
        return all(self._one(self._above.get(attribute, {}), f, second) is False for f in first)

    def narrowest(self, attribute: str, values: Iterable[str]) -> frozenset[str]:
        """The values without those that another one of them already narrows."""
        above = self._above.get(attribute, {})
        held = set(values)
        return frozenset(v for v in held if not any(v != o and v in above.get(o, ()) for o in held))

    def leaves(self, attribute: str, under: str) -> list[str]:
        """The narrowest values below a value (itself when it has none)."""
        above = self._above.get(attribute, {})
        inside = [v for v, up in above.items() if under in up]
        parents = {p for v in inside for p in above[v] if p != v}
        return [v for v in inside if v not in parents]


class Valuation:
    """Reads atoms for one standard from facts; with `presume`, presumed facts count too."""

    def __init__(
        self,
        kb: KnowledgeBase,
        lexicon: Lexicon,
        attributes: Attributes,
        standard: Standard | None,
        facts: Mapping[str, FactValue],
        presumed: Mapping[str, FactValue],
    ) -> None:
        self._kb, self._lexicon, self._attributes = kb, lexicon, attributes
        self._standard = standard
        self._facts, self._presumed = facts, presumed
        # by identity: comparing models costs more than reading them
        self._readings: dict[int, tuple[Atom, Reading]] = {}
        self._truths: dict[int, tuple[Condition, Truth]] = {}
        self.touched: dict[int, tuple[Condition, tuple[bool, bool]]] = {}  # kept by `engine.clauses.touches`

    def __call__(self, condition: Condition) -> Truth:
        """The value of a condition. Each node is judged once, however many clauses and questions share it."""
        if is_atom(condition):
            return self.read(condition).truth
        held = self._truths.get(id(condition))
        if held is None:
            truth = None if self.silent_on(condition) else combine(condition, self)
            held = self._truths[id(condition)] = (condition, truth)
        return held[1]

    def silent_on(self, condition: Compound) -> bool:
        """Whether nothing is known of any fact of a condition, and without one it has no value."""
        needs = condition.needs
        return (
            bool(needs) and self._facts.keys().isdisjoint(needs) and self._presumed.keys().isdisjoint(needs)
        )

    def read(self, atom: Atom) -> Reading:
        fact = atom.fact
        if fact not in self._facts and fact not in self._presumed:
            return UNKNOWN
        held = self._readings.get(id(atom))
        if held is None:
            held = self._readings[id(atom)] = (atom, self._read(atom))
        return held[1]

    def _read(self, atom: Atom) -> Reading:
        known = self._facts.get(atom.fact)
        reading = self._from(atom, known) if known else UNKNOWN
        if reading.truth is None:
            presumed = self._presumed.get(atom.fact)
            if presumed and not (isinstance(atom, Has) and atom.stated):
                with_it = self._from(atom, presumed)
                if with_it.truth is not None:
                    return with_it
        return reading

    def _from(self, atom: Atom, value: FactValue) -> Reading:
        if isinstance(atom, Has):
            truth = self._attributes.holds(atom.attribute, value.values, atom.values)
            return Reading(truth, value=value)
        if isinstance(atom, Compare):
            return self._number(atom, value)
        if value.state is None:
            return UNKNOWN
        if value.loose:
            return Reading(None, noticed=True, value=value)
        if isinstance(atom, Exceeds):
            return Reading(*_relation(value.state), value=value)
        return self._state(atom, value)

    def _number(self, atom: Compare, value: FactValue) -> Reading:
        if value.interval is None:
            return Reading(None, noticed=value.state is State.DOUBTFUL, value=value)
        quantity = self._kb.quantities.get(atom.quantity)
        unit = value.unit or (quantity.unit if quantity else atom.unit)
        bound = convert(atom.value, atom.unit, unit) if unit != atom.unit else atom.value
        if bound is None:
            return Reading(None, noticed=True, value=value)
        truth = compare(value.interval, atom.cmp, bound)
        return Reading(truth, noticed=truth is None, value=value)

    def _state(self, atom: Atom, value: FactValue) -> Reading:
        state = value.state
        assert state is not None
        missing, present, failed = _STATES[state]
        if isinstance(atom, Present):
            return Reading(present, noticed=state is State.DOUBTFUL, value=value)
        if isinstance(atom, Failed):
            return Reading(failed, noticed=failed is None and state is State.DOUBTFUL, value=value)
        rule = ""
        if self._standard is not None:
            rule = counts_failure_as_missing(self._standard, _thing(atom), self._lexicon)
        if state is State.FAILED:
            return Reading(True if rule else None, noticed=not rule, rule=rule, value=value)
        if state is State.THERE and not rule:
            return Reading(False, value=value)  # nothing says that a broken one counts as none
        return Reading(missing, noticed=state is State.DOUBTFUL, value=value)


def _thing(atom: Atom) -> str:
    return getattr(atom, "thing", "")


def _relation(state: State) -> tuple[Truth, bool]:
    """超 Q > R: 有 means the relation holds."""
    if state in (State.THERE, State.WORKING):
        return True, False
    return (False, False) if state is State.MISSING else (None, True)


def presumptions(
    kb: KnowledgeBase, on: date, facts: Mapping[str, FactValue], off: Iterable[str] = ()
) -> dict[str, FactValue]:
    """Declared presumptions valid on a date for attributes of which nothing definite is known."""
    skip = set(off)
    return {k: v for k, v in kb.presumed(on).items() if k not in facts and k not in skip}
