"""Observations: which thing is in which state, bound by where the words stand.

A negated verb takes the things to its right, else the one to its left; a state after a noun takes the
nearest thing on its left; a subject carries over a comma. 「X 未与 Y 联锁」 is a link observation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.terms import Term
from kb.values import State
from ontology.lexicon import Lexicon

BINDABLE = ("物", "行", "文", "象", "人")
_INSTANCE = re.compile(r"[;。\n]+|(?=[①②③④⑤⑥⑦⑧⑨⑩])|(?:(?<=^)|(?<=[\s,]))\(?\d{1,2}[)、.](?!\d)")
_SEGMENT = re.compile(r",|(?=造成|导致|致使|引起|引发|同时|并且|而且|(?<![并而])且|但是|但(?!是))")
_PREPOSITIONS = ("对", "与", "和", "同", "在", "将", "把", "向", "给", "为", "从", "由", "按")
_LOCATIVE = re.compile(r"\s*(?:的|内|上|处|中|里|下|前|旁|附近|周边|之间|间)")
_BESIDE = re.compile(r"旁|附近|周围|周边|下方|上方|前方|后方|一侧")
_COORDINATE = re.compile(r"[、,和及与或以等的/()\s]*$")
_WITH = re.compile(r"与|和|同|跟")
_RECORD = ("记录", "台账", "档案")
_STATE_OF = {
    "缺前": State.MISSING, "缺后": State.MISSING, "失效前": State.FAILED, "失效后": State.FAILED,
    "存疑前": State.DOUBTFUL, "存疑后": State.DOUBTFUL, "有前": State.THERE, "有效前": State.WORKING,
    "有效后": State.WORKING,
}  # fmt: skip
_DEFECTS = ("缺前", "缺后", "失效前", "失效后", "存疑前", "存疑后")


@dataclass(frozen=True)
class Observation:
    """A concept in a state at a place of the text. A link observation names its partners (maybe none read)."""

    term: Term
    state: State
    segment: int
    by: Term | None = None
    link: str = ""
    partners: tuple[Term, ...] = ()

    @property
    def distance(self) -> int:
        """Characters between the thing and the word that gave its state; a mere mention is farthest."""
        if self.by is None:
            return 10_000
        gap = max(self.term.start - self.by.end, self.by.start - self.term.end, 0)
        return gap


@dataclass
class Scene:
    """One instance of a finding: its terms, and what was observed."""

    start: int
    end: int
    segments: list[list[Term]]
    bounds: list[tuple[int, int]]
    observations: list[Observation] = field(default_factory=list)
    defect: bool = False
    compliant: bool = False
    rectified: bool = False


def split(text: str) -> Iterator[tuple[int, int]]:
    """Instances of a text: sentences, semicolons, numbered items."""
    start = 0
    for m in _INSTANCE.finditer(text):
        if text[start : m.start()].strip(" ,"):
            yield start, m.start()
        start = m.end()
    if text[start:].strip(" ,"):
        yield start, len(text)


def scenes(text: str, terms: Sequence[Term], lexicon: Lexicon) -> list[Scene]:
    """Every instance with its observations."""
    out = []
    for start, end in split(text):
        cuts = [start, *(p for m in _SEGMENT.finditer(text, start, end) for p in {m.start(), m.end()}), end]
        cuts = sorted(set(cuts))
        bounds = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip(" ,")]
        segments = [[t for t in terms if a <= t.start < b and not t.named] for a, b in bounds]
        scene = Scene(start, end, segments, bounds)
        _Binder(scene, text, lexicon).run()
        out.append(scene)
    return out


class _Binder:
    def __init__(self, scene: Scene, text: str, lexicon: Lexicon) -> None:
        self.scene, self.text, self.lexicon = scene, text, lexicon
        self.found: dict[tuple[int, int, str], Observation] = {}
        self.subject: list[Term] = []

    def run(self) -> None:
        for index, terms in enumerate(self.scene.segments):
            self._segment(index, terms)
        self.scene.observations += self.found.values()
        self._mentions()
        self._summary()

    # -- one segment -----------------------------------------------------------------------------

    def _segment(self, index: int, terms: list[Term]) -> None:
        consumed = self._links(index, terms)
        states = [t for t in terms if t.state and t.state not in ("虚", "联", "接") and t not in consumed]
        for term in states:
            if term.state in ("整改",):
                self._rectified(term)
            elif term.state == "无异常":
                self.scene.compliant = True
            elif term.state == "无异常前":
                self._looked_for(index, term, terms)
            elif term.state.endswith("前"):
                self._prefix(index, term, terms, states)
            else:
                self._suffix(index, term, terms, states)
        for term in terms:
            if term.negated:
                self._note(Observation(term, State.MISSING, index, term))
                self.scene.defect = True
        things = [t for t in terms if self._kind(t) in BINDABLE and self._kind(t) != "人"]
        if things:
            self.subject = things

    def _kind(self, term: Term) -> str:
        concept = self.lexicon.concepts.get(term.concept)
        return concept.type if concept else ""

    def _note(self, o: Observation) -> None:
        """Keep the state whose word stands nearest to the thing."""
        key = (o.term.start, o.term.end, o.term.concept)
        held = self.found.get(key)
        if held is None or o.distance < held.distance:
            self.found[key] = o

    def _prefix(self, index: int, by: Term, terms: list[Term], states: list[Term]) -> None:
        """A negated (or plain) verb: the things to its right, else the nearest on its left."""
        end = next((s.start for s in states if s.start >= by.end and s.state.endswith("前")), 1 << 30)
        scope = [t for t in terms if by.end <= t.start < end and t.concept and not t.negated]
        targets = self._objects(by, scope)
        if not targets and (left := self._left(by, terms, states)):
            targets = left
        alone = not any(self._kind(t) in (*BINDABLE, "所") for t in terms)
        if not targets and alone and by.state in _DEFECTS:
            targets = self.subject[-1:]
        for t in targets:
            self._note(Observation(t, _STATE_OF[by.state], index, by))

    def _objects(self, by: Term, scope: list[Term]) -> list[Term]:
        things = [t for t in scope if self._kind(t) in BINDABLE]
        if not things:
            places = [t for t in scope if self._kind(t) == "所" and not self._before_locative(t)]
            return places[-1:] if places and by.text[-1] not in ("对", "在") else []
        if by.text[-1] in _PREPOSITIONS and len(things) > 1:
            things = things[1:] if self._kind(things[0]) == "人" else things
        last = things[-1]
        return [
            t for t in things
            if t is last or t.pattern or not self._modifies(t)
        ]  # fmt: skip

    def _before_locative(self, term: Term) -> bool:
        rest = self.text[term.end : term.end + 3]
        return (bool(_LOCATIVE.match(rest)) and not rest.startswith("内")) or rest[:1] == "的"

    def _modifies(self, term: Term) -> bool:
        return self.text[term.end : term.end + 1] in ("的", "上", "处", "中")

    def _left(self, by: Term, terms: list[Term], states: list[Term]) -> list[Term]:
        """The nearest thing on the left of a state word, with what is coordinated to it."""
        floor = max((s.end for s in states if s.end <= by.start), default=-1)
        candidates = [
            t for t in terms
            if floor <= t.start and t.end <= by.start and t.concept and not _BESIDE.match(self.text, t.end)
        ]  # fmt: skip
        things = [t for t in candidates if self._kind(t) in BINDABLE] or [
            t for t in candidates if self._kind(t) == "所"
        ]
        if not things:
            return []
        nearest = max(t.end for t in things)
        chosen = [t for t in things if t.end == nearest]
        for t in sorted(things, key=lambda t: -t.end):
            if t in chosen:
                continue
            between = self.text[t.end : min(c.start for c in chosen)]
            if _COORDINATE.match(between) and "的" not in between and between.strip():
                chosen.append(t)
        return chosen

    def _suffix(self, index: int, by: Term, terms: list[Term], states: list[Term]) -> None:
        targets = self._left(by, terms, states)
        if not targets and by.state in _DEFECTS:
            right = [t for t in terms if t.start >= by.end and self._kind(t) in BINDABLE]
            direct = [t for t in right if t.start - by.end <= 2]
            targets = direct[:1] or ([] if terms_before(by, terms, self._kind) else self.subject[-1:])
        for t in targets:
            self._note(Observation(t, _STATE_OF[by.state], index, by))

    def _looked_for(self, index: int, by: Term, terms: list[Term]) -> None:
        """未见/未发现: with a defect after it all is well; with a thing after it the thing is missing."""
        after = [t for t in terms if t.start >= by.end]
        bad = any(self._kind(t) == "象" or t.state in _DEFECTS or t.negated for t in after)
        if bad or re.match(r"\s*.{0,6}?(隐患|异常|问题|违章|违规|违法)", self.text[by.end :]):
            self.scene.compliant = True
            for t in after:
                if self._kind(t) == "象":
                    self._note(Observation(t, State.MISSING, index, by))
            return
        for t in self._objects(by, [t for t in after if t.concept]):
            record = self._kind(t) == "文" and any(r in t.text for r in _RECORD)
            self._note(Observation(t, State.DOUBTFUL if record else State.MISSING, index, by))
            self.scene.defect = True

    def _rectified(self, by: Term) -> None:
        near = self.text[max(self.scene.start, by.start - 6) : min(self.scene.end, by.end + 4)]
        if not re.search(r"部分|未全部|\d+|[一二三四五六七八九十两](?=台|个|处|套)|责令|要求|限期|尚", near):
            self.scene.rectified = True

    # -- links -----------------------------------------------------------------------------------

    def _links(self, index: int, terms: list[Term]) -> set[Term]:
        """Link observations of a segment; returns the state words they used up."""
        consumed: set[Term] = set()
        for term in terms:
            kind = {"联": "未联锁", "接": "未接入"}.get(term.state) or _whole_link(term)
            if kind:
                self._link(index, terms, term, kind, consumed)
        return consumed

    def _link(self, index: int, terms: list[Term], link: Term, kind: str, consumed: set[Term]) -> None:
        negator, state = self._negator(terms, link)
        if negator is None:
            return
        things = [
            t for t in terms if t.concept and self._kind(t) in (*BINDABLE, "所") and t.start < link.start
        ]
        if negator.start < link.start and negator.end <= link.start:
            inside = [t for t in things if t.start >= negator.end]
            before = [t for t in things if t.end <= negator.start]
            text, offset = self.text[negator.end : link.start], negator.end
        else:
            inside, before = things, []
            start = self.scene.bounds[index][0]
            text, offset = self.text[start : link.start], start
        joint = None if negator.text[-1] in "与和同" else _last(_WITH, text)
        if joint is not None:
            partners = [t for t in inside if t.start >= offset + joint]
            before += [t for t in inside if t.end <= offset + joint]
        elif negator.end <= link.start and negator is not link:
            partners = inside
        else:
            partners, before = [], before + inside
        subjects = [t for t in before if self._kind(t) in BINDABLE] or self.subject
        consumed.add(negator)
        consumed.add(link)
        self.scene.defect = self.scene.defect or state in (State.MISSING, State.FAILED)
        for s in subjects:
            key = (s.start, s.end, f"{s.concept}~{link.start}")
            self.found[key] = Observation(s, state, index, link, kind, tuple(partners))

    def _negator(self, terms: list[Term], link: Term) -> tuple[Term | None, State]:
        """The word that denies a link, and the state it leaves it in."""
        if _whole_link(link):
            return link, State.FAILED if link.state.startswith("失效") else State.MISSING
        before = [t for t in terms if t.state == "缺前" and t.end <= link.start]
        if before:
            return before[-1], State.MISSING
        after = [t for t in terms if t.start >= link.end and t.state in ("缺后", "缺前", "失效后")]
        if after and after[0].start - link.end <= 6:
            return after[0], _STATE_OF[after[0].state]
        positive = [t for t in terms if t.state == "有效前" and t.end <= link.start]
        return (positive[-1], State.WORKING) if positive else (None, State.THERE)

    # -- the rest --------------------------------------------------------------------------------

    def _mentions(self) -> None:
        """What is named without a state is there."""
        bound = {(o.term.start, o.term.end, o.term.concept) for o in self.scene.observations if not o.link}
        for index, terms in enumerate(self.scene.segments):
            for t in terms:
                if t.concept and not t.negated and (t.start, t.end, t.concept) not in bound:
                    self.scene.observations.append(Observation(t, State.THERE, index))

    def _summary(self) -> None:
        scene = self.scene
        stated = [t for seg in scene.segments for t in seg]
        if not scene.compliant:
            scene.defect = scene.defect or any(t.state in _DEFECTS for t in stated)
        scene.defect = scene.defect or any(
            o.state is State.THERE and self._kind(o.term) == "象" for o in scene.observations
        )
        scene.compliant = scene.compliant or any(t.state in ("有效前", "有效后") for t in stated)
        if scene.rectified:
            scene.defect, scene.compliant = False, True
            scene.observations = [
                o for o in scene.observations if o.by is None and self._kind(o.term) != "象"
            ]


_WHOLE = re.compile(r"(未|不能|无法|没有?)(联锁|连锁|联动|互锁|接入|上传)")


def _whole_link(term: Term) -> str:
    """未联锁, 不能联动, 未接入: negation and link in one word."""
    m = _WHOLE.fullmatch(term.text)
    if not m or not term.state:
        return ""
    return "未接入" if m[2] in ("接入", "上传") else "未联锁"


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = [m.start() for m in pattern.finditer(text)]
    return found[-1] if found else None


def terms_before(by: Term, terms: list[Term], kind: object) -> bool:
    """Whether any thing of the lexicon stands before a word in its segment."""
    return any(t.concept and t.end <= by.start for t in terms)
