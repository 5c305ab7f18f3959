"""What the answers of a self-check come to: facts, what is not there, what one answer says of others.

Answers of a file that fit no question are set aside, those given one by one are refused.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

from engine.checkfile import Answer, Check
from engine.expected import is_defect, is_lack, is_sound
from engine.given import given_facts
from engine.interview import UNSURE
from engine.logic import Truth
from engine.profile import YES_NO, Site, understand
from engine.quiz.usual import unusual
from engine.standing import Held, View, absent_facts, falls_away, held_clauses, may_be_missing
from kb.conditions import Atom, Failed, Missing, atoms
from kb.errors import BadInput
from kb.models import Standard
from kb.values import FactValue, State
from ontology.facts import Fact
from ontology.lexicon import KINDS, Concept

if TYPE_CHECKING:
    from engine.judge import Engine
    from kb.national import Duty

GATE = "有无："  # what the id of a question about a place or thing itself starts with
AND = "、"  # between the things that one such question asks about together
DOES_NOT_APPLY = "不适用"
_NEAR = 3  # ids shown beside one that is not known
_ALL_PROTECTIONS = frozenset(
    {"安全保护装置", "安全附件和安全保护装置"}
)  # labels of what stands for every one of them
_MANY_PARTS = 3  # single protections from which one question for all saves any
THERE, NOT_THERE = "有", "无"
_WORDS = {"不知道": UNSURE, "不确定": UNSURE, "不涉及": DOES_NOT_APPLY}  # what people write for an answer
_GATE_WORDS = {
    **dict.fromkeys(("是", "存在", "有效"), THERE), **dict.fromkeys(("没有", "否", "不存在", "未设", "缺"), NOT_THERE),
}  # fmt: skip


@dataclass
class _State:
    """What the answers come to."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    absent: dict[str, str] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    unfit: dict[str, str] = field(default_factory=dict)


class Answers:
    """One check over a knowledge base, with its clauses as the answers so far settle them."""

    def __init__(self, engine: Engine, check: Check, duties: Iterable[Duty] = ()) -> None:
        self.engine, self.check = engine, check
        self.duties = tuple(duties)
        self.site: Site = understand(check.profile, engine, self.duties)
        self._absent = absent_facts(engine, self.site)
        self._gain: dict[str, float] = {}
        every = self._clauses()
        self.clauses = [h for h in every if h.clause.limbs]
        self.left_to_others = [
            h for h in every if not h.clause.limbs
        ]  # nothing to look at: an authority decides
        self._read()

    def _clauses(self) -> list[Held]:
        """Clauses of the standards that may address the unit; those of other trades are not part of the check."""
        start = View(self.engine, self.check.on, self.site.facts, self.site.several)
        return [
            h for h in held_clauses(self.engine, self.check.on)
            if (h.heir is None or self.check.clues) and start.scope(h.standard) is not False
        ]  # fmt: skip

    @property
    def uncovered(self) -> list[Standard]:
        """Standards in force that may address the unit and of which not every item can be checked."""
        start = View(self.engine, self.check.on, self.site.facts, self.site.several)
        held = (s for s in self.engine.kb.standards if s.in_force(self.check.on) and not s.complete)
        return [s for s in held if start.scope(s) is not False]

    def _read(self, changed: frozenset[str] | None = None) -> None:
        """Takes in all answers. `changed`: facts that one new answer settles; what they don't bear on stays as it was."""
        state = _State(dict(self.site.facts), set(self.site.several), dict(self._absent))
        for id, answer in self.check.answers.items():
            try:
                self._take(state, id, _worded(answer))
            except BadInput as error:
                state.unfit[id] = error.problems[0].message
                state.asked.discard(id)
        for concept in state.denied:
            for fact in self._of_place[concept]:
                state.absent.setdefault(fact, f"没有{concept}")
        for id in self._of_kinds:
            if gone := falls_away(self.engine, self.engine.facts[id], lambda c: self._absent_by(state, c)):
                state.absent.setdefault(id, f"没有{gone}")
        self._entail(state)
        both = sorted(state.absent.keys() & state.facts.keys())
        state.clashes += [f"{state.absent[f]}，却又答了“{self._name(f)}”，请核对" for f in both]
        self._state = state
        self.view = View(self.engine, self.check.on, state.facts, state.several, state.absent)
        kept = set() if changed is None else {h.clause.id for h in self.clauses if not changed & h.asks}
        self._truth: dict[str, Truth] = {
            h.clause.id: self._truth[h.clause.id] if h.clause.id in kept else self.view.truth(h)
            for h in self.clauses
        }
        stale = {q for h in self.clauses if h.clause.id not in kept for q in self._bears[h.clause.id]}
        self._gain = {q: g for q, g in self._gain.items() if q not in stale} if kept else {}

    def _absent_by(self, state: _State, concept: str) -> str:
        """The denied concept by which one is not there, by the profile or by an answer; empty where nothing denies it."""
        answered = sorted(state.denied & self.engine.lexicon.within(concept))
        return self.site.absent(concept) or (answered[0] if answered else "")

    @cached_property
    def _of_kinds(self) -> tuple[str, ...]:
        """Facts that arise at some kinds of their place only."""
        return tuple(f.id for f in self.engine.facts.values() if f.only)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str, bool], ...]:
        """Facts about the same thing at a kind of place and at a narrower kind: (broad, narrow, its lack is the defect).

        What is wrong with a boiler is wrong with 特种设备; what is in order with all of them is so with the boiler.
        """
        by_thing: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
        for id in sorted(self._asking):
            fact = self.engine.facts[id]
            if fact.host and fact.kind in ("状态", "关联"):
                by_thing[(fact.thing, fact.partner)].append(fact)
        found = []
        for group in by_thing.values():
            for broad, narrow in permutations(group, 2):
                lack = is_lack([*self._asking[broad.id], *self._asking[narrow.id]])
                if lack is not None and self.engine.lexicon.is_a(narrow.host or "", broad.host or ""):
                    found.append((broad.id, narrow.id, lack))
        general = {(g, n, True): None for g, parts in self.general.items() for n in parts}
        kinds = {
            (g, n, True): None for g, b, _ in general for b2, n, lack in found if b == b2 and lack and n != g
        }
        return tuple(dict.fromkeys([*general, *kinds, *found]))

    @cached_property
    def general(self) -> dict[str, tuple[str, ...]]:
        """Facts about all protections of a kind of equipment at once, with those about single ones in the same clause.

        That all safety devices are there and work says so of each; one that does not is a defect of them all.
        """
        concepts, lexicon = self.engine.lexicon.concepts, self.engine.lexicon
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for h in self.clauses:
            lacks = {
                a.fact: a
                for limb in h.clause.limbs
                for a in atoms(limb)
                if isinstance(a, Missing | Failed) and a.host
            }
            for g in lacks.values():
                if not (g.thing in concepts and _ALL_PROTECTIONS & set(concepts[g.thing].labels)):
                    continue
                parts = [f for f, a in lacks.items() if (f != g.fact and lexicon.is_a(a.host or "", g.host or ""))
                         or (f != g.fact and a.host == g.host)]  # fmt: skip
                if len(parts) >= _MANY_PARTS:
                    found[g.fact] |= dict.fromkeys(parts)
        return {g: tuple(parts) for g, parts in found.items()}

    def _entail(self, state: _State) -> None:
        """What an answer at one kind of place says of broader and narrower kinds that were not answered themselves."""
        said = {f: v.state for f, v in state.facts.items() if v.state}
        sound: dict[str, list[bool | None]] = defaultdict(list)
        for broad, narrow, lack in self.pairs:
            if is_defect(said.get(broad), lack) and narrow not in state.absent:
                sound[broad].append(is_sound(said.get(narrow), lack))
            worse = is_defect(said.get(narrow), lack) and narrow not in state.absent
            if worse and is_sound(said.get(broad), lack):
                state.clashes.append(
                    f"答了“{self._name(broad)}”为没有问题，“{self._name(narrow)}”却有问题，请核对"
                )
            elif worse and said.get(broad) is None:
                held = state.facts.get(broad)
                if held is None or held.state is not State.MISSING:
                    state.facts[broad] = FactValue(broad, state=said[narrow], source=f"由“{narrow}”得出")
            elif (
                is_sound(said.get(broad), lack)
                and narrow not in said
                and narrow not in state.absent
                and self._known_there(state, narrow)
            ):
                state.facts[narrow] = FactValue(narrow, state=said[broad], source=f"由“{broad}”得出")
        state.clashes += [
            f"答了“{self._name(broad)}”有问题，所列各项却都没有问题：请核对，或者在备注里写明是哪一项"
            for broad, kinds in sound.items()
            if all(kinds)
        ]

    def _take(self, state: _State, id: str, value: str) -> None:
        concepts = id.removeprefix(GATE).split(AND)
        if not self._is_known(id):
            state.unknown.append(id)
            return
        state.asked.add(id)
        if value in (UNSURE, ""):
            return
        if id.startswith(GATE):
            value = _GATE_WORDS.get(value, value)
            if value not in (THERE, NOT_THERE, DOES_NOT_APPLY):
                raise BadInput(f"{id} 的答案 {value!r} 不认识，应为 {THERE}、{NOT_THERE} 或 {UNSURE}")
            if value == THERE and len(concepts) > 1:
                return  # which of them is still to be asked
            (state.present if value == THERE else state.denied).update(concepts)
            for concept in self.same.intersection(concepts):
                said = "是" if value == THERE else "否"
                state.facts[concept] = FactValue(concept, values=frozenset({said}), source="给定")
            return
        if value == DOES_NOT_APPLY:
            state.absent[id] = f"“{self._name(id)}”不适用"
            state.facts.pop(id, None)
            state.several.discard(id)
            return
        state.facts |= self._given(id, value)
        (state.several.add if len(state.facts[id].values) > 1 else state.several.discard)(id)
        host = self.engine.facts[id].host
        if host:
            state.present.add(host)

    def _given(self, id: str, value: str) -> dict[str, FactValue]:
        try:
            return given_facts({id: value}, self.engine.facts, self.engine.kb)
        except BadInput as error:
            fact = self.engine.facts[id]
            if fact.unit:
                raise BadInput(f"{error.problems[0].message}，或 {UNSURE}、{DOES_NOT_APPLY}") from None
            allowed = "、".join(options(fact))
            raise BadInput(f"{id} 的答案 {value!r} 不认识，应为 {allowed}") from None

    def _name(self, id: str) -> str:
        return id.removeprefix(GATE) if id.startswith(GATE) else self.engine.facts[id].question

    def _is_known(self, id: str) -> bool:
        if id.startswith(GATE):
            return all(c in self._of_place for c in id.removeprefix(GATE).split(AND))
        return id in self.engine.facts

    @cached_property
    def _by_question(self) -> dict[str, list[Held]]:
        found: dict[str, list[Held]] = defaultdict(list)
        for h in self.clauses:
            for q in sorted(self._bears[h.clause.id]):
                found[q].append(h)
        return found

    def answer(self, id: str, value: str, note: str = "", photo: str = "") -> None:
        """One answer more; the check itself (`self.check`) is replaced. Raises BadInput, saying what is allowed."""
        if not self._is_known(id):
            near = difflib.get_close_matches(id, self._by_question, n=_NEAR, cutoff=0.5)
            meant = f"；相近的编号有：{'、'.join(near)}" if near else ""
            raise BadInput(
                f"没有问题 {id!r}{meant}；各问题的编号用 panding selfcheck next 自查文件 --all 列出"
            )
        given = Answer(value=value, note=note, photo=photo)
        self._take(_State(), id, _worded(given))
        now = self.check.model_copy(update={"kb_version": self.engine.version})
        self.check = now.answered(id, given)
        self._read(self._settled_by(id))

    @property
    def unfit(self) -> Mapping[str, str]:
        """Answers that fit no question, by its id, each with what was found and what was expected. They are not used."""
        return self._state.unfit

    def _settled_by(self, id: str) -> frozenset[str] | None:
        """Facts that a question settles; None where a rule may derive others from them."""
        concepts = id.removeprefix(GATE).split(AND)
        gone = (*(f for c in concepts for f in self._of_place.get(c, ())), *self._of_kinds, *concepts)
        facts = frozenset((id, *gone) if id.startswith(GATE) else (id,))
        kin = [pair[:2] for pair in self.pairs if facts & set(pair[:2])]
        facts |= {f for pair in kin for f in pair}
        derived = any(facts & {a.fact for a in atoms(d.when)} for d in self.engine.kb.derivations)
        return None if derived else facts

    def withdraw(self, id: str) -> None:
        """An answer taken back, so that the question is asked again. Raises BadInput where there is none."""
        if id not in self.check.answers:
            raise BadInput(f"{id} 没有回答过，不用撤回")
        self.check = self.check.answered(id, None)
        self._read()

    @cached_property
    def _bears(self) -> dict[str, set[str]]:
        """Clause -> every question that can bear on it: its facts, whether their places are there, and broader kinds."""
        return {
            h.clause.id: {
                *h.asks, *(GATE + c for f in h.asks for c in self.places_of(f)),
                *(b for b, n, _ in self.pairs if n in h.asks),
                *(q for q in (self.together_asked,) if q and any(map(self._rare_of, h.asks))),
            }
            for h in self.clauses
        }  # fmt: skip

    @cached_property
    def same(self) -> frozenset[str]:
        """Yes-or-no attributes that ask whether a thing of the same name is there: one question, not two."""
        concepts = self.engine.lexicon.concepts
        return frozenset(
            n for n, a in self.engine.kb.attributes.items()
            if set(a.values) == YES_NO and n in concepts and concepts[n].type == "所"
        )  # fmt: skip

    def places_of(self, fact: str) -> frozenset[str]:
        """The place of a fact and the broader places and wholes it belongs to: each may be missing altogether.

        Where it arises at one kind of its place only, that kind is its place.
        """
        held = self.engine.facts[fact]
        return self._within(held.host or "") | (self._within(held.only[0]) if len(held.only) == 1 else set())

    def _within(self, host: str) -> frozenset[str]:
        concepts = self.engine.lexicon.concepts
        if host not in concepts:
            return frozenset()
        wider = self.engine.lexicon.within(host)
        return frozenset(w for w in wider if w in concepts and self._may_be_missing(concepts[w]))

    def _may_be_missing(self, concept: Concept) -> bool:
        """Whether it makes sense to ask if a unit has this at all: rooms, equipment, areas, other units on the site."""
        if concept.type == "人":
            return concept.name.endswith("单位")  # contractors and tenants; every unit has people of its own
        return concept.type == "所" and (bool(concept.flags & set(KINDS)) or concept.name in self.same)

    @cached_property
    def rare(self) -> frozenset[str]:
        """Places and equipment that no unit of these trades usually has and the profile neither states nor denies."""
        start = View(self.engine, self.check.on, self.site.facts, self.site.several, self._absent)
        asked = {f for h in self.clauses if start.truth(h) is None for f in start.live(h)}
        places = {c for f in asked for c in self.places_of(f)} - self.same
        there = {w for p in self.site.present for w in self.engine.lexicon.within(p)}
        odd = {c for c in places if unusual(c, self.site.industries, self.engine.attributes)}
        usual = {
            w for c in places - odd for w in self.engine.lexicon.within(c)
        }  # has a kind that is not rare
        found = {c for c in odd - usual - there if not self.site.absent(c)}
        return frozenset(c for c in found if not (self._within(c) - {c}) & found)

    @cached_property
    def together_asked(self) -> str:
        """The one question whether any of what is rare in these trades is there; empty where it would save nothing."""
        return GATE + AND.join(sorted(self.rare)) if len(self.rare) > 1 else ""

    def _rare_of(self, question: str) -> frozenset[str]:
        """Of the places a question hangs on, those rare in these trades."""
        asked = question.removeprefix(GATE) if question.startswith(GATE) else ""
        return (self._within(asked) if asked else self.places_of(question)) & self.rare

    def _is_there(self, concept: str) -> bool:
        """Whether it is known that a place is there: stated, answered, or something in it was answered."""
        return self._there_by(self._state, concept)

    def _there_by(self, state: _State, concept: str) -> bool:
        return any(concept in self.engine.lexicon.within(p) for p in state.present | self.site.present)

    def _known_there(self, state: _State, fact: str) -> bool:
        """Whether the place of a fact is known to be there, or is none of which that is asked."""
        host = self.engine.facts[fact].host or ""
        return host not in self._within(host) or self._there_by(state, host)

    def may_lack(self, fact: str) -> tuple[str, ...]:
        """Of a fact, the kinds of place it arises at where of none it is known to be there; empty where one is."""
        held = self.engine.facts[fact]
        kinds = held.only or ((held.host,) if held.host else ())
        open_ = [k for k in kinds if k not in self.same and not self._absent_by(self._state, k)]
        gated = all(self._within(k) for k in open_)
        return () if not gated or any(map(self._is_there, open_)) else tuple(open_)

    @cached_property
    def _narrower(self) -> dict[str, list[str]]:
        """Fact -> the same about narrower kinds of its place, where only the defect of one matters."""
        found: dict[str, list[str]] = defaultdict(list)
        for broad, narrow, _ in self.pairs:
            found[broad].append(narrow)
        return dict(found)

    @cached_property
    def _of_place(self) -> dict[str, list[str]]:
        """A place that may be missing -> the facts that fall away with it."""
        found: dict[str, list[str]] = defaultdict(list)
        for f in self.engine.facts.values():
            if may_be_missing(self.engine, f):
                for c in self.places_of(f.id):
                    found[c].append(f.id)
        for name in self.same:
            found.setdefault(name, [])
        return dict(found)

    @cached_property
    def _asking(self) -> dict[str, list[Atom]]:
        found: dict[str, list[Atom]] = defaultdict(list)
        for h in self.clauses:
            for a in atoms(h.condition):
                found[a.fact].append(a)
        return found

    def _atoms_of(self, fact: str) -> list[Atom]:
        return self._asking[fact]


def _worded(answer: Answer) -> str:
    """An answer in the words of the questions. Raises BadInput where there is something said and no answer."""
    value = answer.value.strip()
    if not value and (answer.note or answer.photo):
        raise BadInput(f"有备注或照片，没有答案；不清楚的请写“{UNSURE}”")
    return _WORDS.get(value, value)


def options(fact: Fact) -> tuple[str, ...]:
    """The answers a question about a fact may have, in the words of the question."""
    offered = (NOT_THERE if o == State.MISSING.value else o for o in fact.options)
    return (*offered, UNSURE, DOES_NOT_APPLY)
