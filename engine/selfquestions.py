"""What a self-check asks, and in which order: the fewest questions that settle every clause, as a walk round the site."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine.expected import EVEN, expected, is_sound, sides
from engine.interview import UNSURE
from engine.quiz.phrase import is_policy
from engine.selfanswers import AND, GATE, NOT_THERE, THERE, Answers, options
from engine.standing import Held, View, cited
from engine.walkround import FIRST, Places, walk
from kb.conditions import atoms
from kb.errors import BadInput
from kb.values import FactValue

_MUCH = 1.5  # how much more an answer elsewhere must settle to be asked before those at hand
_NAMED = 6  # of them named in that question


@dataclass(frozen=True)
class Question:
    """One thing to look at. `settles`: open clauses it bears on; `refs`: their citations."""

    id: str
    place: str
    question: str
    how: str
    options: tuple[str, ...]
    unit: str = ""
    settles: int = 0
    refs: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "place": self.place, "question": self.question, "how": self.how,
            "options": list(self.options), "unit": self.unit, "settles": self.settles, "refs": list(self.refs),
        }  # fmt: skip


class Questions(Answers):
    """What is still to be asked: what settles most first, and what can be answered at one go."""

    def together(self, place: str) -> list[Question]:
        """Questions open at a place that have one answer that means in order: they can be looked at as one list."""
        return [q for q in self._plainly(place) if not self.unseen(q.id, place)]

    def left_out(self, place: str) -> dict[str, tuple[str, ...]]:
        """Questions of a place that can't be answered with the others -> of what it is not known whether it is there."""
        return {q.id: gone for q in self._plainly(place) if (gone := self.unseen(q.id, place))}

    def _plainly(self, place: str) -> list[Question]:
        return [q for q in self.pending() if q.place == place and self._plain(q.id)]

    def unseen(self, fact: str, place: str = "") -> tuple[str, ...]:
        """Things that an answer to a fact would speak of and of which it is not known whether they are there.

        The kinds of place it arises at, and the narrower ones of which it says the same. Of one who stands at a
        `place` it is known to be there, unless that was answered with 不清楚.
        """
        held = self.engine.facts[fact]
        narrower = (self.engine.facts[n].host or "" for n in self._narrower.get(fact, ()))
        kinds = dict.fromkeys((held.host or "", place, *held.only, *narrower))
        return tuple(k for k in kinds if self._is_open(k, place))

    def _is_open(self, concept: str, place: str) -> bool:
        """Whether it is neither known that a thing is there nor that it is not, and one could ask."""
        if concept not in self._within(concept) or self._absent_by(self._state, concept):
            return False
        if self._is_there(concept) or concept in self.same:
            return False
        stood_at = bool(place) and concept in (place, *self.engine.lexicon.within(place))
        return not stood_at or GATE + concept in self._state.asked

    def _nothing_there(self, place: str) -> str:
        """Why no question of a place can be answered with the others."""
        left = dict.fromkeys(k for kinds in self.left_out(place).values() for k in kinds)
        if left:
            return f"{place!r} 的问题不能一起答：还不知道有没有{'、'.join(left)}，先答各自的“有无：…”，或者逐项答"
        if place in {self.place(f) for h in self.clauses for f in h.asks}:
            return f"场所 {place!r} 没有还要一起答的问题：都已经答过，或者已经不影响结论"
        return f"场所 {place!r} 没有可以一起答的问题，场所见 panding selfcheck next --all 各段"

    def in_order(self, place: str, note: str = "", but: Collection[str] = ()) -> list[str]:
        """Answers the questions still open at a place as a sound site would: what was seen to be in order, at one go.

        Numbers, kinds, conditions and those of `but` are left to be asked, and what hangs on things of which it is not
        known whether they are there (`unseen`). Returns the ids; raises BadInput where nothing is open there.
        """
        open_there = self.together(place)
        if not open_there:
            raise BadInput(self._nothing_there(place))
        ids = [q.id for q in open_there if q.id not in but]
        for id in ids:
            good, _ = sides(self._atoms_of(id))
            self.answer(id, good.value, note)
        return ids

    def _plain(self, id: str) -> bool:
        """Whether a question has one answer that means in order."""
        if id.startswith(GATE) or self.engine.facts[id].kind not in ("状态", "关联"):
            return False
        defects = {a.fact for h in self.clauses for limb in h.clause.limbs for a in atoms(limb)}
        good, bad = sides(self._atoms_of(id))
        return good is not bad and id in defects

    def open_clauses(self) -> list[Held]:
        return [h for h in self.clauses if self._truth[h.clause.id] is None]

    def _live(self) -> dict[str, list[Held]]:
        """Questions not yet put that can still change an open clause, with those clauses."""
        found: dict[str, list[Held]] = defaultdict(list)
        for h in self.open_clauses():
            live = self.view.live(h)
            gates = {GATE + c for f in live for c in self.places_of(f) if not self._is_there(c)}
            gates |= {GATE + f for f in live & self.same}
            for q in sorted(live - self.same | gates):
                if q not in self._state.asked:
                    found[q].append(h)
        for broad in self._narrower.keys() & found.keys():
            more = [h for n in self._narrower[broad] for h in found.get(n, ()) if h not in found[broad]]
            found[broad] += dict.fromkeys(more)
        return self._grouped(found)

    def _grouped(self, live: dict[str, list[Held]]) -> dict[str, list[Held]]:
        """What hangs on things rare in these trades waits until it is known whether any of them is there."""
        if not self.together_asked or self.together_asked in self._state.asked:
            return live
        waiting = [q for q in live if (rare := self._rare_of(q)) and not any(map(self._is_there, rare))]
        bearing = dict.fromkeys(h for q in waiting for h in live[q])
        kept = {q: h for q, h in live.items() if q not in waiting}
        return {**kept, self.together_asked: list(bearing)} if bearing else kept

    def _beside(self, held: Held) -> tuple[str, ...]:
        """What was not looked at of a clause that holds; not how an authority reads it, which nobody sees on a walk."""
        kb = self.engine.kb
        return tuple(
            f for f in self.view.beside(held) if self.engine.facts[f].kind != "属性" or not is_policy(f, kb)
        )

    def _further(self) -> dict[str, list[Held]]:
        """Questions not yet put on other forms of clauses that hold: they change no verdict, but what is to be mended."""
        found: dict[str, list[Held]] = defaultdict(list)
        for h in self.clauses:
            for f in self._beside(h) if self._truth[h.clause.id] is True else ():
                gates = sorted(GATE + c for c in self.places_of(f) if not self._is_there(c))
                for q in gates or [f]:
                    if q not in self._state.asked and f not in self.same:
                        found[q].append(h)
        return found

    def _worth(self, question: str, clauses: list[Held]) -> float:
        """How many open clauses an answer settles on the average, before it is known."""
        held = self._gain.get(question)
        if held is None:
            held = self._gain[question] = sum(
                weight * sum(view.truth(h) is not None for h in clauses)
                for weight, view in self._outcomes(question)
            )
        return held

    def _outcomes(self, question: str) -> Iterator[tuple[float, View]]:
        if question.startswith(GATE):
            concepts = question.removeprefix(GATE).split(AND)
            gone = {f: "" for c in concepts for f in self._of_place[c]}
            view, facts = self.view, dict(self.view.given)
            for concept in self.same.intersection(concepts):
                facts[concept] = FactValue(concept, values=frozenset({"否"}))
            yield EVEN, View(self.engine, view.on, facts, view.several, {**self._state.absent, **gone})
            return
        for weight, value in self._expected(question):
            yield weight, self.view.but({question: value, **self._following(question, value)})

    def _following(self, broad: str, value: FactValue) -> dict[str, FactValue]:
        """What would be known of narrower kinds of a place if all were in order at the broad one."""
        lacks = {n: lack for b, n, lack in self.pairs if b == broad}
        return {
            n: FactValue(n, state=value.state) for n, lack in lacks.items()
            if is_sound(value.state, lack) and n not in self.view.facts and n not in self.view.absent
        }  # fmt: skip

    def _expected(self, id: str) -> list[tuple[float, FactValue]]:
        return expected(self.engine, self.engine.facts[id], self._atoms_of(id))

    def usual(self, id: str) -> list[FactValue]:
        """The answer of a sound site to a fact; where none is likelier than the others, all of them."""
        answers = self._expected(id)
        likely = [v for weight, v in answers if weight > EVEN]
        return likely or [v for _, v in answers]

    @cached_property
    def _places(self) -> Places:
        start = View(self.engine, self.check.on, self.site.facts, self.site.several, self._absent)
        may_hold = [h for h in self.clauses if start.truth(h) is not False]
        return Places(self.engine, may_hold or self.clauses)

    def place(self, fact: str) -> str:
        """Where a question is asked on the walk."""
        return self._places.of(fact)

    def question(self, id: str, clauses: Iterable[Held] = ()) -> Question:
        """A question as it is put."""
        bearing = tuple(clauses) or tuple(self._by_question.get(id, ()))
        refs = cited(bearing)
        if id.startswith(GATE):
            concept = id.removeprefix(GATE)
            if AND in concept:
                asked = f"本单位有没有以下任何一种：{AND.join(map(self._explained, concept.split(AND)))}？"
                how = "看现场和设备台账；一种都没有的，涉及的检查项都不再问；有的再逐种问。"
                return Question(id, FIRST, asked, how, (THERE, NOT_THERE, UNSURE), "", len(bearing), refs)
            how = f"看现场和设备台账；没有的，涉及{concept}的检查项都不再问。"
            return Question(
                id,
                FIRST,
                f"本单位有没有{self._explained(concept)}？",
                how,
                (THERE, NOT_THERE, UNSURE),
                "",
                len(bearing),
                refs,
            )
        f = self.engine.facts[id]
        asked = f.question
        if id in self.general:
            there = [n for n in self.general[id] if n not in self.view.absent]
            things = dict.fromkeys(self.engine.facts[n].thing for n in there)
            named = self.engine.lexicon.concepts[f.thing].labels[1]
            asked = f"各台{f.host}的{named}（{'、'.join(list(things)[:_NAMED])}等）是否都齐全，且正常有效？"
        return Question(id, self.place(id), asked, f.how, options(f), f.unit, len(bearing), refs)

    def _explained(self, concept: str) -> str:
        """A thing with other words for it."""
        also = [w for w in self.engine.lexicon.concepts[concept].labels[1:] if w.isalnum()][:3]
        return f"{concept}（{'、'.join(also)}等）" if also else concept

    def known(self, id: str) -> Question | None:
        """A question by its id; None where the knowledge base has none such any more."""
        return None if id in self._state.unknown else self.question(id)

    def pending(self) -> list[Question]:
        """Every question that may still be needed, as a walk: first questions, then place by place."""
        live = self._live()
        asked = {q for q in live if not q.startswith(GATE) or len(live[q]) > 1}
        found = [self.question(q, live[q]) for q in asked]
        found += [
            replace(self.question(q, h), settles=0) for q, h in self._further().items() if q not in live
        ]
        return walk(found, {q: self._worth(q, live[q]) for q in asked})

    def here(self) -> str:
        """The place of the last answer."""
        last = next((q for id in reversed(self.check.answers) if (q := self.known(id))), None)
        return last.place if last else ""

    def next(self, place: str = "") -> Question | None:
        """The question to put now: what settles most, at the place where one stands as long as it has any.

        What is asked of many places at once waits until it is known which of them are there. When every clause is
        settled, what else there is to mend of those that hold (`settles` is 0).
        """
        live = self._live()
        if not live:
            further = [q for q in self.pending() if not q.settles]
            return min(further, key=lambda q: q.place != place, default=None)
        wanted = Counter(h.clause.id for c in live.values() for h in c)
        worth = {q: self._worth(q, c) + _closeness(c, wanted) for q, c in live.items()}
        where = {q: FIRST if q.startswith(GATE) else self.place(q) for q in live}
        first = [q for q in live if where[q] == FIRST or len(live[q]) > 2]
        here = [q for q in live if where[q] == place]
        best = max(live, key=lambda q: (worth[q], q))
        if (best in first or not here) and any(q.startswith(GATE) and len(live[q]) > 1 for q in live):
            chosen = max((q for q in live if where[q] == FIRST), key=lambda q: (worth[q], q))
        elif best in first or not here:
            chosen = best
        else:
            nearest = max(here, key=lambda q: (worth[q], q))
            about = {h.clause.id for h in live[nearest]}
            same = [q for q, held in live.items() if any(h.clause.id in about for h in held)]
            first_of = max(
                same, key=lambda q: (worth[q], q)
            )  # what rules those clauses out goes before their parts
            chosen = first_of if worth[first_of] > _MUCH * worth[nearest] else nearest
        return self.question(chosen, live[chosen])


def _closeness(clauses: list[Held], wanted: Mapping[str, int]) -> float:
    """Among questions that settle nothing alone, the one that nears most clauses comes first."""
    return 0.01 * sum(1 / wanted[h.clause.id] for h in clauses)
