"""企业自查: the fewest questions that settle every clause for one site, in the order of a walk round it.

First whether places and dangerous conditions are there at all, then place by place. What is not answered stays 待核实.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING, Any

from engine.checkfile import Answer, Check
from engine.expected import EVEN, expected, is_defect, is_lack, is_sound, sides
from engine.given import given_facts
from engine.interview import UNSURE
from engine.logic import Truth
from engine.plainly import fact_name
from engine.profile import YES_NO, Profile, Site, understand
from engine.quiz.phrase import is_policy
from engine.quiz.usual import unusual
from engine.standing import (
    Held,
    View,
    absent_facts,
    cited,
    falls_away,
    held_clauses,
    may_be_missing,
)
from engine.walkround import FIRST, Places, walk
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
_MUCH = 1.5  # how much more an answer elsewhere must settle to be asked before those at hand
_ALL_PROTECTIONS = frozenset(
    {"安全保护装置", "安全附件和安全保护装置"}
)  # labels of what stands for every one of them
_NAMED = 6  # of them named in that question
_MANY_PARTS = 3  # single protections from which one question for all saves any
THERE, NOT_THERE = "有", "无"
UNUSED = "没有采用的答案："
_WORDS = {"不知道": UNSURE, "不确定": UNSURE, "不涉及": DOES_NOT_APPLY}  # what people write for an answer
_GATE_WORDS = {
    **dict.fromkeys(("是", "存在", "有效"), THERE), **dict.fromkeys(("没有", "否", "不存在", "未设", "缺"), NOT_THERE),
}  # fmt: skip
FOUND, EXPERT, OPEN, CLEARED = "构成", "需专业认定", "待核实", "排除"


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


@dataclass(frozen=True)
class Stand:
    """How one clause stands: 构成, 需专业认定, 待核实 or 排除, with the reason in words.

    `wanting`: questions still to be answered. `presumed`: it would hold on the declared presumptions.
    `beside`: what other forms of the same clause turn on and was not looked at, one having been found.
    `facts`: those that make a clause hold. `said`: the reason in plain sentences, for papers. `rules`: general rules of
    the standard by which alone it holds.
    """

    held: Held
    status: str
    why: tuple[str, ...] = ()
    wanting: tuple[str, ...] = ()
    presumed: bool = False
    beside: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        """The clause, with the general rule where it holds by one (令第10号 第十四条: 失效 is judged as 没有)."""
        return self.held.citation + (f"（并依{'、'.join(self.rules)}）" if self.rules else "")

    def to_json(self) -> dict[str, Any]:
        return {
            **self.held.to_json(), "citation": self.citation, "status": self.status, "why": list(self.why),
            "wanting": list(self.wanting), "presumed": self.presumed, "beside": list(self.beside), "rules": list(self.rules),
        }  # fmt: skip


def new_check(
    engine: Engine, profile: Profile, on: date, duties: Iterable[Duty] = (), *, clues: bool = False
) -> Check:
    """An empty check. Raises BadInput on industries and attributes that are not known."""
    understand(profile, engine, duties)
    return Check(profile=profile, on=on, kb_version=engine.version, clues=clues)


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


class SelfCheck:
    """One check over a knowledge base: what to ask next, and how every clause stands.

    Answers of a file that fit no question are set aside (`unfit`), those given one by one are refused with BadInput.
    """

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

    # -- answers -------------------------------------------------------------------------------------------

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
            allowed = "、".join(_options(fact))
            raise BadInput(f"{id} 的答案 {value!r} 不认识，应为 {allowed}") from None

    def _name(self, id: str) -> str:
        return id.removeprefix(GATE) if id.startswith(GATE) else self.engine.facts[id].question

    def _is_known(self, id: str) -> bool:
        if id.startswith(GATE):
            return all(c in self._of_place for c in id.removeprefix(GATE).split(AND))
        return id in self.engine.facts

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

    # -- questions -----------------------------------------------------------------------------------------

    @cached_property
    def same(self) -> frozenset[str]:
        """Yes-or-no attributes that ask whether a thing of the same name is there: one question, not two."""
        concepts = self.engine.lexicon.concepts
        return frozenset(
            n for n, a in self.engine.kb.attributes.items()
            if set(a.values) == YES_NO and n in concepts and concepts[n].type == "所"
        )  # fmt: skip

    @cached_property
    def _by_question(self) -> dict[str, list[Held]]:
        found: dict[str, list[Held]] = defaultdict(list)
        for h in self.clauses:
            for q in sorted(self._bears[h.clause.id]):
                found[q].append(h)
        return found

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

    def _grouped(self, live: dict[str, list[Held]]) -> dict[str, list[Held]]:
        """What hangs on things rare in these trades waits until it is known whether any of them is there."""
        if not self.together_asked or self.together_asked in self._state.asked:
            return live
        waiting = [q for q in live if (rare := self._rare_of(q)) and not any(map(self._is_there, rare))]
        bearing = dict.fromkeys(h for q in waiting for h in live[q])
        kept = {q: h for q, h in live.items() if q not in waiting}
        return {**kept, self.together_asked: list(bearing)} if bearing else kept

    def _rare_of(self, question: str) -> frozenset[str]:
        """Of the places a question hangs on, those rare in these trades."""
        asked = question.removeprefix(GATE) if question.startswith(GATE) else ""
        return (self._within(asked) if asked else self.places_of(question)) & self.rare

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

    @cached_property
    def _narrower(self) -> dict[str, list[str]]:
        """Fact -> the same about narrower kinds of its place, where only the defect of one matters."""
        found: dict[str, list[str]] = defaultdict(list)
        for broad, narrow, _ in self.pairs:
            found[broad].append(narrow)
        return dict(found)

    def _following(self, broad: str, value: FactValue) -> dict[str, FactValue]:
        """What would be known of narrower kinds of a place if all were in order at the broad one."""
        lacks = {n: lack for b, n, lack in self.pairs if b == broad}
        return {
            n: FactValue(n, state=value.state) for n, lack in lacks.items()
            if is_sound(value.state, lack) and n not in self.view.facts and n not in self.view.absent
        }  # fmt: skip

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

    def _expected(self, id: str) -> list[tuple[float, FactValue]]:
        return expected(self.engine, self.engine.facts[id], self._atoms_of(id))

    def usual(self, id: str) -> list[FactValue]:
        """The answer of a sound site to a fact; where none is likelier than the others, all of them."""
        answers = self._expected(id)
        likely = [v for weight, v in answers if weight > EVEN]
        return likely or [v for _, v in answers]

    @cached_property
    def _asking(self) -> dict[str, list[Atom]]:
        found: dict[str, list[Atom]] = defaultdict(list)
        for h in self.clauses:
            for a in atoms(h.condition):
                found[a.fact].append(a)
        return found

    def _atoms_of(self, fact: str) -> list[Atom]:
        return self._asking[fact]

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
        return Question(id, self.place(id), asked, f.how, _options(f), f.unit, len(bearing), refs)

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

    # -- result --------------------------------------------------------------------------------------------

    def stand(self, held: Held) -> Stand:
        truth = self._truth[held.clause.id]
        if truth is False:
            return Stand(held, CLEARED, self.view.why_not(held), said=self.view.told(held, False))
        if truth is None:
            wanting = tuple(sorted(self.view.live(held)))
            likely = self.view.truth(held, presume=True) is True
            return Stand(held, OPEN, wanting=wanting, presumed=likely)
        return Stand(
            held,
            EXPERT if held.expert else FOUND,
            self.view.why(held),
            beside=tuple(map(fact_name, self._beside(held))),
            facts=self.view.makes(held),
            said=self.view.told(held, True),
            rules=self.view.rules(held),
        )

    def stands(self) -> list[Stand]:
        """Every clause of the check: found ones first, then those for an expert, open and cleared ones."""
        order = (FOUND, EXPERT, OPEN, CLEARED)
        return sorted(map(self.stand, self.clauses), key=lambda s: order.index(s.status))

    @property
    def settled(self) -> float:
        """Share of clauses that the facts settle."""
        return 1 - len(self.open_clauses()) / len(self.clauses) if self.clauses else 1.0

    @cached_property
    def by_profile(self) -> int:
        """Clauses that the profile alone settles, before any answer."""
        start = View(self.engine, self.check.on, self.site.facts, self.site.several, self._absent)
        return sum(start.truth(h) is not None for h in self.clauses)

    @property
    def progress(self) -> str:
        """How far the check is, in one line."""
        known = f"，其中{self.by_profile}条由企业情况即可判明" if self.by_profile else ""
        return (
            f"适用标准共 {len(self.clauses)} 条，已查清（含不适用） {self.settled:.0%}{known}，"
            f"待核实 {len(self.open_clauses())} 条"
        )

    def notes(self) -> list[str]:
        """What the user must be told: another knowledge base, answers it does not know, contradictions, unread words."""
        said = []
        if self.check.kb_version != self.engine.version:
            said.append(
                f"自查表是按知识库 {self.check.kb_version} 做的，现在是 {self.engine.version}：已按现在的条款重新判定，请复核"
            )
        if self._state.unknown:
            said.append(f"知识库中已没有这些问题，回答保留但未使用：{'、'.join(self._state.unknown)}")
        said += [f"{UNUSED}{message}" for message in self._state.unfit.values()]
        said += self._state.clashes
        said += [str(c) for c in self.view.contradictions]
        if self.site.unread:
            said.append(
                f"企业情况中没有认出或者没有用上：{'、'.join(self.site.unread)}（未认出的请换成台账用语，现在当作没有说明）"
            )
        return said

    def beyond(self) -> list[str]:
        """What this check can't reach, whatever is answered: items an authority decides. Said once, at the start."""
        return [
            f"{h.citation}（{h.clause.title}）：{h.clause.reason}；不在自查之内，不能据此排除"
            for h in self.left_to_others
        ]


def _worded(answer: Answer) -> str:
    """An answer in the words of the questions. Raises BadInput where there is something said and no answer."""
    value = answer.value.strip()
    if not value and (answer.note or answer.photo):
        raise BadInput(f"有备注或照片，没有答案；不清楚的请写“{UNSURE}”")
    return _WORDS.get(value, value)


def _options(fact: Fact) -> tuple[str, ...]:
    """The answers a question about a fact may have, in the words of the question."""
    offered = (NOT_THERE if o == State.MISSING.value else o for o in fact.options)
    return (*offered, UNSURE, DOES_NOT_APPLY)


def _closeness(clauses: list[Held], wanted: Mapping[str, int]) -> float:
    """Among questions that settle nothing alone, the one that nears most clauses comes first."""
    return 0.01 * sum(1 / wanted[h.clause.id] for h in clauses)
