"""What a text in the words of our own questions states, read back fact by fact: the other direction of `phrase.says`.

No likeness is involved. A text is read only where every part of it is a sentence that `phrase` makes of one clause's
facts, and it then states just those; everything else of the clause is as in the situation it belongs to (`scene`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from engine.judge import Engine
from engine.quiz.phrase import IMPLIED, TRADE, place, says
from engine.quiz.scene import MOST_SAID, Scene, scenes
from kb.conditions import Atom, Compare, Exceeds, Has, Present, Unlinked
from kb.models import Clause
from ontology.facts import clause_atoms

_HOLE = "□"  # where a sentence has its number
_MOST = (
    4 * MOST_SAID
)  # parts between commas that a text of ours may have, its options beside what the stem says
_PIECES = 4  # parts between commas that one sentence may have
_MARK = re.compile("[，。]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Told = dict[str, str]  # fact to the value stated


@dataclass(frozen=True)
class Situation:
    """One reading of a text: the facts of a situation of a clause with those the text states; `left`: shown facts it does not state."""

    scene: Scene
    told: Mapping[str, str]
    left: tuple[str, ...]
    trade: str = ""

    @property
    def clause(self) -> Clause:
        return self.scene.clause

    @property
    def facts(self) -> Told:
        trade = {TRADE: self.trade} if self.trade and self.scene.trade else {}
        return {k: v for k, v in {**self.scene.facts, **self.told, **trade}.items() if k not in self.left}

    def measured(self, amount: str) -> list[Compare]:
        """The thresholds of which a number told is the quantity."""
        found = (self.scene.atoms[f] for f, value in self.told.items() if value == amount)
        return [a for a in found if isinstance(a, Compare)]

    def values(self, fact: str) -> list[str]:
        """The values worth asking of a fact that is not stated: that of the situation and those it may be changed to."""
        if fact not in self.left:
            return []
        return [self.scene.facts[fact], *(o.facts[fact] for f, o in self.scene.changed() if f == fact)]


class Readback:
    """Texts of the clauses in force on a day, read back. What is costly is made when first asked for."""

    def __init__(self, engine: Engine, on: date) -> None:
        self.engine, self.on = engine, on
        self._scenes: dict[str, tuple[Scene, ...]] = {}

    @cached_property
    def _sayings(self) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """Sentence to clause to the facts and values that it states there; a number's place is a hole."""
        out: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for clause in self._clauses.values():
            for atom in clause_atoms(clause):
                for value, said in self._said(atom):
                    told = out.setdefault(said, {}).setdefault(clause.id, [])
                    if (atom.fact, value) not in told:
                        told.append((atom.fact, value))
        return out

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {
            c.id: c for s in self.engine.kb.standards if s.in_force(self.on)
            for c in s.clauses if c.executability == "full"
        }  # fmt: skip

    def _said(self, atom: Atom) -> Iterator[tuple[str, str]]:
        """Every value of a fact that can be said, with its sentence."""
        for value in _values(atom, self.engine):
            said = says(atom, value, self.engine.kb, self.engine.lexicon)
            if said:
                yield (atom.unit if isinstance(atom, Compare) else value), said

    def situations(self, head: str, text: str, beside: str = "") -> list[Situation]:
        """Every situation of a clause on such a unit (某煤矿) that a text can state, part for part; empty where it is none of ours.

        `beside`: what stands around it, where a fact that it repeats is said once.
        """
        parts = [p for p in _MARK.split(text) if p]
        if not 0 < len(parts) <= _MOST:
            return []
        out = []
        for clause, told in self._told(parts):
            for scene in self._of(clause):
                if self._at(head, scene) and (found := self._matched(scene, told, text + beside)) is not None:
                    out.append(replace(found, trade=self.trade(head)))
        return out

    def _of(self, clause: Clause) -> tuple[Scene, ...]:
        if clause.id not in self._scenes:
            self._scenes[clause.id] = tuple(scenes(self.engine, clause))
        return self._scenes[clause.id]

    def _told(self, parts: list[str]) -> Iterator[tuple[Clause, Mapping[str, tuple[str, ...]]]]:
        """Clauses all of whose facts a text may state, each with the values they may have by it."""
        ways = self._split(parts)
        for id in {id for way in ways for id in way[0][0]}:
            for way in ways:
                told: dict[str, tuple[str, ...]] = {}
                for sayings, amount in way:
                    found = [
                        (f, v)
                        for f, v in sayings.get(id, ())
                        if not amount or _NUMBER.sub("", amount, count=1) == v
                    ]
                    if not found:
                        break
                    fact = found[0][0]
                    if fact in told:
                        break  # said twice, and perhaps not the same
                    told[fact] = (amount,) if amount else tuple(v for f, v in found if f == fact)
                else:
                    yield self._clauses[id], told

    def _split(self, parts: list[str]) -> list[list[tuple[Mapping[str, list[tuple[str, str]]], str]]]:
        """The ways to put parts together into sentences of ours, each with who says it and the number it has."""
        if not parts:
            return [[]]
        out = []
        for size in range(1, min(_PIECES, len(parts)) + 1):
            if found := list(self._said_by("，".join(parts[:size]))):
                out += [[f, *rest] for rest in self._split(parts[size:]) for f in found]
        return out

    def _said_by(self, sentence: str) -> Iterator[tuple[Mapping[str, list[tuple[str, str]]], str]]:
        if sentence in self._sayings:
            yield self._sayings[sentence], ""
        for m in _NUMBER.finditer(sentence):
            head, tail = sentence[: m.start()], sentence[m.end() :]
            for size in range(len(tail) + 1):  # the unit belongs to the number
                held = self._sayings.get(f"{head}{_HOLE}{tail[size:]}")
                if held:
                    yield held, m[0] + tail[:size]

    def _at(self, head: str, scene: Scene) -> bool:
        """Whether a unit is one that a situation is about: of its trade, or of one within it."""
        trade = scene.trade
        if not trade:
            return head == place(self.engine.standards[scene.clause.standard].domain) or head in self.heads
        own = self.heads.get(head, "")
        return head == place(trade) or (
            bool(own) and self.engine.attributes.holds(TRADE, [own], [trade]) is True
        )

    @cached_property
    def heads(self) -> dict[str, str]:
        """How a stem names a unit to its trade."""
        return {place(t): t for t in self.engine.kb.attributes[TRADE].ancestors()}

    def trade(self, head: str) -> str:
        """The trade of a unit as a stem names it; empty where it is none of ours."""
        return self.heads.get(head, "")

    def _matched(self, scene: Scene, told: Mapping[str, tuple[str, ...]], text: str) -> Situation | None:
        """A situation with what a text states put in; None where it states other facts than the situation shows."""
        shown = [f for f in scene.shown if f not in IMPLIED]
        if not told.keys() <= {*shown}:
            return None
        said = {f: scene.say(f) for f in shown if f not in told}
        if None in said.values():
            return None
        own = {f: scene.facts[f] if scene.facts[f] in values else values[0] for f, values in told.items()}
        return Situation(scene, own, tuple(f for f, words in said.items() if words and words not in text))


def _values(atom: Atom, engine: Engine) -> Iterable[str]:
    """The values a fact can be stated with."""
    if isinstance(atom, Has):
        held = engine.kb.attributes.get(atom.attribute)
        return () if held is None or atom.fact in IMPLIED else held.ancestors().keys()
    if isinstance(atom, Compare):
        return (_HOLE,)
    if isinstance(atom, Exceeds):
        return ("是", "否")
    if isinstance(atom, Unlinked):
        return ("未设", "有效")
    return ("有", "未设") if isinstance(atom, Present) else ("未设", "失效", "有效")
