"""The order of a walk round the site: where each question is asked, and which place comes when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from engine.standing import Held
from kb.conditions import atoms
from ontology.facts import Fact

if TYPE_CHECKING:
    from engine.judge import Engine
    from engine.selfcheck import Question

# FIRST is a time, not a place: what is asked before the walk begins
FIRST, PAPERS, PEOPLE, MANAGEMENT, SITE = "走查之前", "资料", "人员", "管理", "现场"


class Places:
    """Where the questions of some clauses are asked."""

    def __init__(self, engine: Engine, clauses: Sequence[Held]) -> None:
        self.engine, self.clauses = engine, clauses
        self._found: dict[str, str] = {}

    @cached_property
    def _asked(self) -> set[str]:
        return {f for h in self.clauses for f in h.asks}

    def of(self, fact: str) -> str:
        """Where a question is asked on the walk: the place itself, papers, people, management, or the site.

        What decides whom a clause addresses is asked before the walk.
        """
        if fact not in self._found:
            self._found[fact] = self._find(self.engine.facts[fact])
        return self._found[fact]

    def _find(self, f: Fact) -> str:
        concepts = self.engine.lexicon.concepts
        if f.host and f.host in concepts:
            return PEOPLE if concepts[f.host].type == "人" else self._whole_of(f.host)
        if f.kind == "属性":
            return FIRST if f.id in self._gating else self._spoken_of(f) or self._usual_place(f.id) or SITE
        kind = concepts[f.thing].type if f.thing in concepts else ""
        by_type = {"文": PAPERS, "人": PEOPLE, "所": f.thing}
        elsewhere = MANAGEMENT if kind == "行" else SITE
        return by_type.get(kind) or self._spoken_of(f) or self._usual_place(f.id) or elsewhere

    @cached_property
    def _gating(self) -> frozenset[str]:
        """Attributes that decide whom clauses address, and those of the enterprise itself."""
        scopes = [
            part for h in self.clauses for part in (h.standard.scope, h.clause.scope) if part is not None
        ]
        asked = {a.fact for s in scopes for a in atoms(s)}
        return frozenset(asked | {n for n, a in self.engine.kb.attributes.items() if a.of == "企业"})

    def _whole_of(self, host: str) -> str:
        """A part is looked at where the whole stands."""
        concepts, seen = self.engine.lexicon.concepts, {host}
        while parts := [p for p in concepts[host].part_of if p in concepts and p not in seen]:
            host = parts[0]
            seen.add(host)
        return host

    @cached_property
    def _hosts(self) -> dict[str, str]:
        """Words for the places that facts of this check name, longest first."""
        hosts = {self.engine.facts[q].host for q in self._asked}
        concepts = self.engine.lexicon.concepts
        held = [
            concepts[h] for h in sorted(h for h in hosts if h) if h in concepts and concepts[h].type == "所"
        ]
        words = {w: c.name for c in held for w in c.labels}
        return dict(sorted(words.items(), key=lambda i: (-len(i[0]), i[0])))

    def _spoken_of(self, f: Fact) -> str:
        """The place that the question itself names."""
        found = next((host for word, host in self._hosts.items() if word in f.question), "")
        return self._whole_of(found) if found else ""

    def _usual_place(self, fact: str) -> str:
        """The place that the limbs asking it speak of; empty where they speak of none, or of many."""
        concepts = self.engine.lexicon.concepts
        hosts = Counter(
            self._whole_of(h)
            for held in self.clauses if fact in held.asks for limb in held.clause.limbs
            if len(named := {h for a in atoms(limb) if (h := getattr(a, "host", None))}) == 1
            for h in named if h in concepts and concepts[h].type == "所"
        )  # fmt: skip
        return max(hosts, key=lambda h: (hosts[h], h)) if hosts else ""


def walk(questions: Iterable[Question], worth: Mapping[str, float]) -> list[Question]:
    """First questions, then places with most to settle, papers, people and management last; the weightiest first."""
    last = (SITE, MANAGEMENT, PEOPLE, PAPERS)
    by_place: dict[str, list[Question]] = defaultdict(list)
    for q in questions:
        by_place[q.place].append(q)

    def rank(place: str) -> tuple[int, int, str]:
        group = 0 if place == FIRST else 2 + last.index(place) if place in last else 1
        return group, -sum(q.settles for q in by_place[place]), place

    return [
        q
        for p in sorted(by_place, key=rank)
        for q in sorted(by_place[p], key=lambda q: (-worth.get(q.id, 0), q.id))
    ]
