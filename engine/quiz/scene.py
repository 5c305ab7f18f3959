"""Situations a clause is about, as facts: one that it lists, and the same with a single fact changed.

What a situation does not say is in order: every other defect of the clause is given as absent, so that the
engine can refute it. Both kinds are tried by the engine before they are printed (`engine.quiz.prove`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.judge import Engine
from engine.quiz.phrase import IMPLIED, TRADE, apart, in_order, is_policy, number, says
from engine.quiz.prove import compares
from engine.quiz.statements import pairs
from engine.wording import ways, worded
from kb.conditions import Atom, Compare, Exceeds, Failed, Has, Missing, Present, Unlinked, atoms
from kb.models import Clause
from ontology.facts import clause_atoms

COUNTED = frozenset(["人", "个", "台", "项", "套", "次", "处", "天", "日", "个月", "年", "分钟", "min"])
_REMEDY = re.compile(r"修复|处置|处理措施|消除隐患|整改|提醒|监视调整")  # what is done about a defect
SERIES = {"kV": (10, 35, 66, 110, 220, 330, 500, 750, 1000)}  # numbers that things really have
MOST_SAID = 4  # facts in one sentence; more can't be taken in at one reading
MOST_WAYS = 6  # of one limb; the rest are the same defect elsewhere


@dataclass(frozen=True)
class Scene:
    """One way for a clause to hold. `facts`: all that is given; `shown`: those the text states, in order."""

    engine: Engine
    clause: Clause
    limb: int
    facts: Mapping[str, str]
    shown: tuple[str, ...]
    defects: frozenset[str]

    @cached_property
    def atoms(self) -> dict[str, Atom]:
        """The atom that says each fact: that of the limb first."""
        own = {a.fact: a for a in atoms(self.clause.limbs[self.limb])}
        return {a.fact: a for a in clause_atoms(self.clause)} | own

    @property
    def trade(self) -> str:
        return self.facts.get(TRADE, "")

    def say(self, fact: str, value: str | None = None) -> str | None:
        """One fact in words, with the value it has here or another."""
        given = self.facts[fact] if value is None else value
        return says(self.atoms[fact], given, self.engine.kb, self.engine.lexicon)

    def text(self, only: Collection[str] | None = None) -> str | None:
        """The situation (or some facts of it) in one sentence; None where one of them can't be said well."""
        told = [f for f in self.shown if f not in IMPLIED and (only is None or f in only)]
        if len(told) > MOST_SAID:
            return None
        parts = [self.say(f) for f in told]
        if not parts or any(p is None for p in parts):
            return None
        said = in_order(p for p in parts if p)
        return None if not said or apart(said) else said

    def with_fact(self, fact: str, value: str) -> Scene:
        shown = self.shown if fact in self.shown else (*self.shown, fact)
        return replace(self, facts={**self.facts, fact: value}, shown=shown)

    def without(self, fact: str) -> Scene:
        """The same with one fact not known."""
        facts = {k: v for k, v in self.facts.items() if k != fact}
        return replace(self, facts=facts, shown=tuple(f for f in self.shown if f != fact))

    def changed(self) -> Iterator[tuple[str, Scene]]:
        """The fact changed and the situation so changed, once for each other value worth asking."""
        for fact in self.shown:
            atom = self.atoms[fact]
            if fact in IMPLIED or self.say(fact) == "":
                continue
            if self._rests_on(fact, atom):
                continue
            for value in self._others(atom, self.facts[fact]):
                yield fact, self.with_fact(fact, value)

    def _rests_on(self, fact: str, atom: Atom) -> bool:
        """Whether what else is said rests on this fact: of what is not there nothing can be said, nor that it was not mended."""
        others = [f for f in self.shown if f != fact and f not in IMPLIED]
        if isinstance(atom, Present) and any(atom.thing in f for f in others):
            return True
        return (
            fact in self.defects
            and not isinstance(atom, Compare | Has)
            and any(_REMEDY.search(f) for f in others)
        )

    def telling(self, fact: str) -> bool:
        """Whether, with this fact changed, the text does not give itself away: something in it still reads as a defect."""
        return isinstance(self.atoms[fact], Compare) or any(
            f != fact and f not in IMPLIED and _reads_badly(self.atoms[f], self.facts[f], own=f in self.defects)
            for f in self.shown
        )  # fmt: skip

    def _others(self, atom: Atom, value: str) -> Iterator[str]:
        if isinstance(atom, Compare):
            yield from (f"{number(v)}{atom.unit}" for v in beyond(atom, holds=False))
        elif isinstance(atom, Exceeds):
            yield "否"
        elif isinstance(atom, Has):
            tree = self.engine.attributes
            every = [v for top in self.engine.kb.attributes[atom.attribute].values
                     for v in tree.leaves(atom.attribute, top)]  # fmt: skip
            known = [v for v in every if not v.startswith(("其他", "无", "非", "不是"))] or every
            others = [v for v in known if tree.holds(atom.attribute, [v], atom.values) is False]
            said = self.text([f for f in self.shown if self.atoms[f] is not atom]) or ""
            telling = {p for p in pairs(value) & pairs(said) if not all(p in v for v in others)}
            yield from (v for v in others if all(p in v for p in telling))
        else:
            yield "未设" if isinstance(atom, Present) else "有效"


def step(atom: Compare) -> float:
    """The smallest difference an examiner would write: one of what is counted, a tenth of a round hundred, the last digit."""
    if atom.unit in COUNTED:
        return 1.0
    if atom.value >= 100 and atom.value % 50 == 0:
        return 10.0 ** (len(str(int(atom.value))) - 2)
    if atom.value >= 10 and atom.value == int(atom.value):
        return 1.0
    digits = len(number(atom.value).partition(".")[2])
    return 10.0 ** -max(digits, 1)


def beyond(atom: Compare, *, holds: bool, count: int = 3) -> list[float]:
    """Numbers on one side of a threshold, nearest first, none below zero. The threshold itself belongs to one side."""
    up = atom.cmp.startswith(">") is holds
    if atom.unit in SERIES:
        series = [float(v) for v in SERIES[atom.unit] if compares(v, atom.cmp, atom.value) is holds]
        return (series if up else series[::-1])[:count]
    first = 0 if atom.cmp.endswith("=") is holds else 1
    found = [round(atom.value + (k if up else -k) * step(atom), 6) for k in range(first, first + count)]
    return [v for v in found if v > 0 or (v == 0 and atom.unit not in COUNTED)]


def _benign(atom: Atom) -> str | None:
    if isinstance(atom, Missing | Unlinked | Failed):
        return "有效"
    if isinstance(atom, Present):
        return "未设"
    if isinstance(atom, Exceeds):
        return "否"
    if isinstance(atom, Compare):
        below = beyond(atom, holds=False)
        return f"{number(below[-1])}{atom.unit}" if below else None
    return None


def _reads_badly(atom: Atom, value: str, *, own: bool) -> bool:
    """Whether a fact, as given, sounds like something wrong or dangerous. `own`: it is the defect, not what it is of."""
    if isinstance(atom, Present | Exceeds):
        return value in ("有", "是")
    if isinstance(atom, Compare):
        return own
    return not isinstance(atom, Has) and value != "有效"


def _edges(facts: dict[str, str], clause: Clause) -> dict[str, str]:
    """Numbers put beside their thresholds, on the side that holds."""
    numbers = {a.fact: f"{number(beyond(a, holds=True)[0])}{a.unit}"
               for a in clause_atoms(clause) if isinstance(a, Compare) and a.fact in facts and beyond(a, holds=True)}  # fmt: skip
    return facts | numbers


def scenes(engine: Engine, clause: Clause) -> Iterator[Scene]:
    """The situations a clause lists, limb by limb. None for what only an authority's reading settles."""
    standard = engine.standards[clause.standard]
    for index, limb in enumerate(clause.limbs):
        single = replace(clause, limbs=(limb,))
        pairs = zip(ways(limb), worded(single, standard, engine.kb, engine.lexicon), strict=True)
        for chosen, said in list(pairs)[:MOST_WAYS]:
            facts = _edges(dict(said.all_facts), single)
            every = {a.fact: a for a in clause_atoms(clause)}
            if any(is_policy(f, engine.kb) for f, a in every.items() if isinstance(a, Has) and f in facts):
                continue
            around = [a.fact for part in (clause.scope, *clause.premises) for a in atoms(part)]
            own = [a.fact for a in chosen]
            for other in clause.limbs:
                for atom in atoms(other):
                    value = None if atom.fact in facts else _benign(atom)
                    if value is not None:
                        facts[atom.fact] = value
            shown = tuple(f for f in dict.fromkeys((*around, *own)) if f in facts)
            defects = frozenset(a.fact for a in chosen if not isinstance(a, Has)) or frozenset(own)
            if shown:
                yield Scene(engine, clause, index, facts, shown, defects)
