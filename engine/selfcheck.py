"""企业自查: the fewest questions that settle every clause for one site, in the order of a walk round it.

First whether places and dangerous conditions are there at all, then place by place. What is not answered stays 待核实.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from engine.given import given_facts
from engine.interview import UNSURE
from engine.logic import Truth
from engine.profile import YES_NO, Profile, Site, dumped, read_profile, understand
from engine.standing import Held, View, absent_facts, cited, held_clauses, may_be_missing
from kb.conditions import Atom, Compare, Failed, Missing, Present, Unlinked, atoms
from kb.errors import BadInput, Problem
from kb.loader import read_yaml
from kb.models import Record, Standard
from kb.values import FactValue, Interval, State
from ontology.facts import Fact
from ontology.lexicon import KINDS, Concept

if TYPE_CHECKING:
    from engine.judge import Engine
    from kb.registers import Duty

GATE = "有无："  # what the id of a question about a place or thing itself starts with
DOES_NOT_APPLY = "不适用"
THERE, NOT_THERE = "有", "无"
FIRST, PAPERS, PEOPLE, MANAGEMENT, SITE = "先问", "资料", "人员", "管理", "现场"
FOUND, EXPERT, OPEN, CLEARED = "构成", "需专业认定", "待核实", "排除"
# a sound enterprise is likelier than not: how far the answers to a defect are believed before asking
_GOOD, _BAD, _LIKELY = 0.85, 0.15, 0.9
_EVEN = 0.5


class Answer(Record):
    """What was answered to one question, in the words offered or a number with its unit."""

    value: str
    note: str = ""
    photo: str = ""


class Check(Record):
    """A check as it is kept in a file: the profile, the day, and the answers so far by question id.

    `clues`: whether clauses of an earlier edition are asked too, where the text of the one in force is not held.
    """

    profile: Profile
    on: date
    kb_version: str
    clues: bool = False
    answers: dict[str, Answer] = Field(default_factory=dict)

    def answered(self, id: str, answer: Answer | None) -> Check:
        """With one answer more (or, with None, taken back)."""
        kept = {k: v for k, v in self.answers.items() if k != id}
        return self.model_copy(update={"answers": kept if answer is None else {**kept, id: answer}})

    def to_data(self) -> dict[str, Any]:
        answers = {k: {n: v for n, v in a.model_dump().items() if v} for k, a in self.answers.items()}
        return {
            "企业情况": self.profile.to_data(), "检查日期": self.on.isoformat(), "知识库版本": self.kb_version,
            "线索条款": "查" if self.clues else "不查",
            "回答": {k: {_ANSWER[n]: v for n, v in a.items()} for k, a in answers.items()},
        }  # fmt: skip


_ANSWER = {"value": "答案", "note": "备注", "photo": "照片"}


def read_check(data: object, file: str = "") -> Check:
    """A check from the mapping of a file. Raises BadInput naming the field."""
    if not isinstance(data, dict) or "企业情况" not in data:
        raise BadInput([Problem(file, 1, "不是自查文件：应有 企业情况、检查日期、知识库版本、回答 四栏")])
    profile = read_profile(data["企业情况"], file)
    english = {v: k for k, v in _ANSWER.items()}
    answers: dict[str, Answer] = {}
    problems = []
    for id, row in (data.get("回答") or {}).items():
        try:
            given = row if isinstance(row, dict) else {"答案": row}
            answers[str(id)] = Answer(**{english.get(k, k): str(v) for k, v in given.items()})
        except ValidationError:
            problems.append(
                Problem(file, 0, f"回答 {id}：应写作 {{答案: …, 备注: …, 照片: …}}，实为 {row!r}")
            )
    try:
        on = date.fromisoformat(str(data.get("检查日期", "")))
    except ValueError:
        problems.append(Problem(file, 0, f"检查日期：应是日期，如 2026-11-01，实为 {data.get('检查日期')!r}"))
    if problems:
        raise BadInput(problems)
    clues = data.get("线索条款", "不查") == "查"
    version = str(data.get("知识库版本", ""))
    return Check(profile=profile, on=on, kb_version=version, clues=clues, answers=answers)


def load_check(path: Path) -> Check:
    """A check from a YAML (or JSON) file."""
    try:
        return read_check(read_yaml(path, str(path)), str(path))
    except OSError as error:
        raise BadInput([Problem(str(path), 0, f"读不了（{error.strerror}）")]) from None


def save_check(check: Check, path: Path) -> None:
    path.write_text(dumped(check.to_data(), path), "utf-8")


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
    `beside`: other forms of the same clause that were not looked at, one having been found.
    """

    held: Held
    status: str
    why: tuple[str, ...] = ()
    wanting: tuple[str, ...] = ()
    presumed: bool = False
    beside: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            **self.held.to_json(), "status": self.status, "why": list(self.why), "wanting": list(self.wanting),
            "presumed": self.presumed, "beside": list(self.beside),
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


class SelfCheck:
    """One check over a knowledge base: what to ask next, and how every clause stands. Raises BadInput on unfit answers."""

    def __init__(self, engine: Engine, check: Check, duties: Iterable[Duty] = ()) -> None:
        self.engine, self.check = engine, check
        self.duties = tuple(duties)
        self._place: dict[str, str] = {}
        self.site: Site = understand(check.profile, engine, self.duties)
        self._absent = absent_facts(engine, self.site)
        self._gain: dict[str, float] = {}
        self.clauses = self._clauses()
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
            self._take(state, id, answer.value.strip())
        for concept in state.denied:
            for fact in self._of_place[concept]:
                state.absent.setdefault(fact, f"没有{concept}")
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
                lack = _is_lack([*self._asking[broad.id], *self._asking[narrow.id]])
                if lack is not None and self.engine.lexicon.is_a(narrow.host or "", broad.host or ""):
                    found.append((broad.id, narrow.id, lack))
        return tuple(found)

    def _entail(self, state: _State) -> None:
        """What an answer at one kind of place says of broader and narrower kinds that were not answered themselves."""
        said = {f: v.state for f, v in state.facts.items() if v.state}
        for broad, narrow, lack in self.pairs:
            worse = is_defect(said.get(narrow), lack) and narrow not in state.absent
            if worse and is_sound(said.get(broad), lack):
                state.clashes.append(
                    f"答了“{self._name(broad)}”为没有问题，“{self._name(narrow)}”却有问题，请核对"
                )
            elif worse and said.get(broad) is None:
                held = state.facts.get(broad)
                if held is None or held.state is not State.MISSING:
                    state.facts[broad] = FactValue(broad, state=said[narrow], source=f"由“{narrow}”得出")
            elif is_sound(said.get(broad), lack) and narrow not in said and narrow not in state.absent:
                state.facts[narrow] = FactValue(narrow, state=said[broad], source=f"由“{broad}”得出")

    def _take(self, state: _State, id: str, value: str) -> None:
        concept = id.removeprefix(GATE)
        if not self._is_known(id):
            state.unknown.append(id)
            return
        state.asked.add(id)
        if value in (UNSURE, ""):
            return
        if id.startswith(GATE):
            if value not in (THERE, NOT_THERE, DOES_NOT_APPLY):
                raise BadInput(f"{id} 的答案 {value!r} 不认识，应为 {THERE}、{NOT_THERE} 或 {UNSURE}")
            (state.present if value == THERE else state.denied).add(concept)
            if concept in self.same:
                said = "是" if value == THERE else "否"
                state.facts[concept] = FactValue(concept, values=frozenset({said}), source="给定")
            return
        if value == DOES_NOT_APPLY:
            state.absent[id] = f"“{self._name(id)}”不适用"
            state.facts.pop(id, None)
            state.several.discard(id)
            return
        state.facts |= given_facts({id: value}, self.engine.facts, self.engine.kb)
        (state.several.add if len(state.facts[id].values) > 1 else state.several.discard)(id)
        host = self.engine.facts[id].host
        if host:
            state.present.add(host)

    def _name(self, id: str) -> str:
        return id.removeprefix(GATE) if id.startswith(GATE) else self.engine.facts[id].question

    def _is_known(self, id: str) -> bool:
        return id.removeprefix(GATE) in self._of_place if id.startswith(GATE) else id in self.engine.facts

    def answer(self, id: str, value: str, note: str = "", photo: str = "") -> None:
        """One answer more; the check itself (`self.check`) is replaced. Raises BadInput, saying what is allowed."""
        if not self._is_known(id):
            raise BadInput(f"没有问题 {id!r}，编号见 panding selfcheck next 各行")
        before = self.check
        now = before.model_copy(update={"kb_version": self.engine.version})
        self.check = now.answered(id, Answer(value=value, note=note, photo=photo))
        try:
            self._read(self._settled_by(id))
        except BadInput:
            self.check = before
            raise

    def _settled_by(self, id: str) -> frozenset[str] | None:
        """Facts that a question settles; None where a rule may derive others from them."""
        concept = id.removeprefix(GATE)
        facts = frozenset((id, *self._of_place.get(concept, ()), concept) if id.startswith(GATE) else (id,))
        kin = [pair[:2] for pair in self.pairs if facts & set(pair[:2])]
        facts |= {f for pair in kin for f in pair}
        derived = any(facts & {a.fact for a in atoms(d.when)} for d in self.engine.kb.derivations)
        return None if derived else facts

    def in_order(self, place: str, note: str = "") -> list[str]:
        """Answers every question still open at a place as a sound site would: what was seen to be in order, at one go.

        Numbers, kinds and conditions are left to be asked. Returns the ids; raises BadInput where nothing is open there.
        """
        ids = [q.id for q in self.pending() if q.place == place and self._plain(q.id)]
        if not ids:
            raise BadInput(f"场所 {place!r} 没有可以一起答的问题，场所见 panding selfcheck next --all 各段")
        for id in ids:
            good, _ = _sides(self._atoms_of(id))
            self.answer(id, good.value, note)
        return ids

    def _plain(self, id: str) -> bool:
        """Whether a question has one answer that means in order."""
        if id.startswith(GATE) or self.engine.facts[id].kind not in ("状态", "关联"):
            return False
        defects = {a.fact for h in self.clauses for limb in h.clause.limbs for a in atoms(limb)}
        good, bad = _sides(self._atoms_of(id))
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
        """The place of a fact and the broader places and wholes it belongs to: each may be missing altogether."""
        return self._within(self.engine.facts[fact].host or "")

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
        return found

    def _is_there(self, concept: str) -> bool:
        """Whether it is known that a place is there: stated, answered, or something in it was answered."""
        known = self._state.present | self.site.present
        return any(concept in self.engine.lexicon.within(p) for p in known)

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
            concept = question.removeprefix(GATE)
            gone = {f: "" for f in self._of_place[concept]}
            view, facts = self.view, dict(self.view.given)
            if concept in self.same:
                facts[concept] = FactValue(concept, values=frozenset({"否"}))
            yield _EVEN, View(self.engine, view.on, facts, view.several, {**self._state.absent, **gone})
            return
        for weight, value in self._answers(self.engine.facts[question]):
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
                for c in self._within(f.host or ""):
                    found[c].append(f.id)
        for name in self.same:
            found.setdefault(name, [])
        return dict(found)

    def _answers(self, fact: Fact) -> list[tuple[float, FactValue]]:
        """Possible answers to a fact and how far each is believed beforehand."""
        if fact.kind == "属性":
            return self._choices(fact.id)
        good, bad = _sides(self._atoms_of(fact.id))
        if fact.kind == "数量":
            return _numbers(fact, self._atoms_of(fact.id))
        weights = (_GOOD, _BAD) if good is not bad else (_EVEN, _EVEN)
        return [
            (weights[0], FactValue(fact.id, state=good)),
            (weights[1], FactValue(fact.id, state=State.MISSING if good is State.WORKING else State.WORKING)),
        ]

    def usual(self, id: str) -> list[FactValue]:
        """The answer of a sound site to a fact; where none is likelier than the others, all of them."""
        answers = self._answers(self.engine.facts[id])
        likely = [v for weight, v in answers if weight > _EVEN]
        return likely or [v for _, v in answers]

    def _choices(self, name: str) -> list[tuple[float, FactValue]]:
        attribute = self.engine.kb.attributes[name]
        leaves = [v for root in attribute.values for v in self.engine.attributes.leaves(name, root)]
        likely = attribute.presume.value if attribute.presume else ""
        above = attribute.ancestors()
        fits = [v for v in leaves if likely in (v, *above[v])]
        rest = [v for v in leaves if v not in fits]
        shares = [(fits, _LIKELY if rest else 1.0), (rest, 1 - _LIKELY if fits else 1.0)]
        return [
            (share / len(group), FactValue(name, values=frozenset({v}))) for group, share in shares for v in group
        ]  # fmt: skip

    @cached_property
    def _asking(self) -> dict[str, list[Atom]]:
        found: dict[str, list[Atom]] = defaultdict(list)
        for h in self.clauses:
            for a in atoms(h.condition):
                found[a.fact].append(a)
        return found

    def _atoms_of(self, fact: str) -> list[Atom]:
        return self._asking[fact]

    def place(self, fact: str) -> str:
        """Where a question is asked on the walk: the place itself, papers, people, management, or the site.

        What decides whom a clause addresses is asked before the walk.
        """
        if fact not in self._place:
            self._place[fact] = self._find_place(self.engine.facts[fact])
        return self._place[fact]

    def _find_place(self, f: Fact) -> str:
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
        hosts = {self.engine.facts[q].host for q in self._asking}
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
            for held in self._by_question.get(fact, []) for limb in held.clause.limbs
            if len(named := {h for a in atoms(limb) if (h := getattr(a, "host", None))}) == 1
            for h in named if h in concepts and concepts[h].type == "所"
        )  # fmt: skip
        return max(hosts, key=lambda h: (hosts[h], h)) if hosts else ""

    def question(self, id: str, clauses: Iterable[Held] = ()) -> Question:
        """A question as it is put."""
        bearing = tuple(clauses) or tuple(self._by_question.get(id, ()))
        refs = cited(bearing)
        if id.startswith(GATE):
            concept = id.removeprefix(GATE)
            also = [w for w in self.engine.lexicon.concepts[concept].labels[1:] if w.isalnum()][:3]
            named = f"{concept}（{'、'.join(also)}等）" if also else concept
            how = f"看现场和设备台账；没有的，涉及{concept}的检查项都不再问。"
            return Question(
                id, FIRST, f"本单位有没有{named}？", how, (THERE, NOT_THERE, UNSURE), "", len(bearing), refs
            )
        f = self.engine.facts[id]
        offered = tuple("无" if o == State.MISSING.value else o for o in f.options)
        options = (*offered, UNSURE, DOES_NOT_APPLY)
        return Question(id, self.place(id), f.question, f.how, options, f.unit, len(bearing), refs)

    def known(self, id: str) -> Question | None:
        """A question by its id; None where the knowledge base has none such any more."""
        return None if id in self._state.unknown else self.question(id)

    def pending(self) -> list[Question]:
        """Every question that may still be needed, as a walk: first questions, then place by place."""
        live = self._live()
        asked = {q for q in live if not q.startswith(GATE) or len(live[q]) > 1}
        found = [self.question(q, live[q]) for q in asked]
        return walk(found, {q: self._worth(q, live[q]) for q in asked})

    def here(self) -> str:
        """The place of the last answer."""
        last = next((q for id in reversed(self.check.answers) if (q := self.known(id))), None)
        return last.place if last else ""

    def next(self, place: str = "") -> Question | None:
        """The question to put now: what settles most, at the place where one stands as long as it has any."""
        live = self._live()
        if not live:
            return None
        wanted = Counter(h.clause.id for c in live.values() for h in c)
        worth = {q: self._worth(q, c) + _closeness(c, wanted) for q, c in live.items()}
        where = {q: FIRST if q.startswith(GATE) else self.place(q) for q in live}
        first = [q for q in live if where[q] == FIRST or len(live[q]) > 2]
        here = [q for q in live if where[q] == place]
        best = max(live, key=lambda q: (worth[q], q))
        chosen = best if best in first or not here else max(here, key=lambda q: (worth[q], q))
        return self.question(chosen, live[chosen])

    # -- result --------------------------------------------------------------------------------------------

    def stand(self, held: Held) -> Stand:
        truth = self._truth[held.clause.id]
        if truth is False:
            return Stand(held, CLEARED, self.view.why_not(held))
        if truth is None:
            wanting = tuple(sorted(self.view.live(held)))
            likely = self.view.truth(held, presume=True) is True
            return Stand(held, OPEN, wanting=wanting, presumed=likely)
        beside = tuple(str(limb) for limb in held.clause.limbs if self.view.truth(held, limb) is None)
        return Stand(held, EXPERT if held.expert else FOUND, self.view.why(held), beside=beside)

    def stands(self) -> list[Stand]:
        """Every clause of the check: found ones first, then those for an expert, open and cleared ones."""
        order = (FOUND, EXPERT, OPEN, CLEARED)
        return sorted(map(self.stand, self.clauses), key=lambda s: order.index(s.status))

    @property
    def settled(self) -> float:
        """Share of clauses that the facts settle."""
        return 1 - len(self.open_clauses()) / len(self.clauses) if self.clauses else 1.0

    def notes(self) -> list[str]:
        """What the user must be told: another knowledge base, answers it does not know, contradictions, unread words."""
        said = []
        if self.check.kb_version != self.engine.version:
            said.append(
                f"自查表是按知识库 {self.check.kb_version} 做的，现在是 {self.engine.version}：已按现在的条款重新判定，请复核"
            )
        if self._state.unknown:
            said.append(f"知识库中已没有这些问题，回答保留但未使用：{'、'.join(self._state.unknown)}")
        said += self._state.clashes
        said += [str(c) for c in self.view.contradictions]
        if self.site.unread:
            said.append(
                f"企业情况中没有认出：{'、'.join(self.site.unread)}（请换成台账用语，未认出的当作没有说明）"
            )
        return said


def _closeness(clauses: list[Held], wanted: Mapping[str, int]) -> float:
    """Among questions that settle nothing alone, the one that nears most clauses comes first."""
    return 0.01 * sum(1 / wanted[h.clause.id] for h in clauses)


def _is_lack(asking: Iterable[Atom]) -> bool | None:
    """Whether the lack of a thing is the defect, or its presence; None where atoms ask both or more."""
    kinds = {
        True if isinstance(a, Missing | Unlinked) else False if isinstance(a, Present) else None
        for a in asking
    }
    return kinds.pop() if len(kinds) == 1 else None


def is_defect(state: State | None, lack: bool) -> bool:
    """Whether a state is the defect that the clauses speak of."""
    bad = (State.MISSING, State.FAILED) if lack else (State.THERE, State.WORKING, State.FAILED)
    return state in bad


def is_sound(state: State | None, lack: bool) -> bool:
    """Whether a state rules the defect out."""
    return state is (State.WORKING if lack else State.MISSING)


def _sides(asking: Iterable[Atom]) -> tuple[State, State]:
    """The state of a sound site by the atoms that ask a fact; twice the same where the atoms disagree."""
    good = {State.WORKING if isinstance(a, Missing | Unlinked | Failed) else State.MISSING for a in asking}
    if len(good) != 1:
        return State.WORKING, State.WORKING
    (only,) = good
    return only, State.MISSING if only is State.WORKING else State.WORKING


def _numbers(fact: Fact, asking: Iterable[Atom]) -> list[tuple[float, FactValue]]:
    """One number on the sound side of every bound, one on the other."""
    from kb.units import convert

    bounds = sorted({
        v for a in asking if isinstance(a, Compare)
        if (v := a.value if a.unit == fact.unit else convert(a.value, a.unit, fact.unit)) is not None
    })  # fmt: skip
    if not bounds:
        return []
    low, high = bounds[0] - 1, bounds[-1] + 1
    more_is_bad = all(a.cmp.startswith(">") for a in asking if isinstance(a, Compare))
    less_is_bad = all(a.cmp.startswith("<") for a in asking if isinstance(a, Compare))
    share = _GOOD if more_is_bad else _BAD if less_is_bad else _EVEN
    return [
        (share, FactValue(fact.id, interval=Interval.exactly(low), unit=fact.unit)),
        (1 - share, FactValue(fact.id, interval=Interval.exactly(high), unit=fact.unit)),
    ]


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
