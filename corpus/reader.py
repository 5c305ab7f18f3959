"""The finding reader: text to instances, each with its facts and the characters that gave them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from corpus.compare import compared
from corpus.denied import is_asked, is_no_such, is_undone
from corpus.expiry import expired
from corpus.ground import Grounder
from corpus.industry import joined
from corpus.normalize import normalize, squeeze
from corpus.observe import Mood, Observation, Scene, scenes
from corpus.quantities import QuantityTerm, quantities
from corpus.reading import INDUSTRY, PERMIT, Instance, TextReading
from corpus.terms import UNSURE, Term, TermFinder
from kb.models import KnowledgeBase
from kb.values import FactValue, Span, State
from ontology.facts import Fact
from ontology.lexicon import Lexicon

# how a thing looks, or what a paper is like: no clause asks it
_TRIFLE = re.compile(
    r"褪色|签字不全|未签字|签名不全|填写不全|填写不规范|记录不全|漏[填登记]|补[记签录填]|提前填|超前填|代[签记]|冒签|未填|没填|字迹|不清晰|模糊|污损|脏|积灰|未归档|未存档|缺页"
)
# a number given as more or less than it may be, no norm being named
_BEYOND = re.compile(
    r"(?<![不未应须得])(?:大于|超过|高于|超出|小于|低于|少于|不足)(?:\d|规[定范程]|标准|要求)"
    r"|(?:[间净]距|距离|[宽高厚]度|净[宽高])(?:均|都)?(?:[仅只][为有]?|才)约?\d"
)
Settings = tuple[tuple[str, str], ...]  # attributes with their values
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z0-9][a-z0-9-]*[a-z][a-z0-9-]*")

STRANGE = 4  # unread characters that make a statement more than the name of a place


class Reader:
    """Reads findings with one lexicon. Stateless after construction."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon, facts: Mapping[str, Fact]) -> None:
        self.kb, self.lexicon, self.facts = kb, lexicon, facts
        self.terms = TermFinder(lexicon)
        self.grounder = Grounder(kb, lexicon)
        self._barred: dict[frozenset[str], frozenset[str]] = {}

    def read(
        self,
        text: str,
        facility: str = "",
        industries: frozenset[str] = frozenset(),
        everyones: bool = False,
        on: date | None = None,
    ) -> TextReading:
        """All that a text says. Spans count characters of `text`.

        `industries`: those the user gave; without them, those the text's own words tell. `everyones`: the
        user named a field that cuts across trades (消防, 特种设备) and no trade, so no trade's words are read.
        `on`: the day by which a term has run out or not.
        """
        tight, places = squeeze(text)
        reading = self._read(tight, facility, industries, everyones, on)
        return reading if tight == text else _relocated(reading, text, places)

    def _read(
        self, text: str, facility: str, industries: frozenset[str], everyones: bool, on: date | None
    ) -> TextReading:
        plain = normalize(text)
        terms = self._terms(plain, industries, everyones)
        terms = self._with_compared(plain, terms, industries)
        terms = self._with_expired(plain, terms, industries, on)
        numbers = list(quantities(plain))
        facility_terms = [replace(t, start=0, end=0) for t in self.terms.find(normalize(facility))]
        extra = [t.concept for t in facility_terms if t.concept]
        unread = tuple(self._unread(plain, text, terms, numbers))
        instances = [
            _told(self._instance(scene, terms, text, numbers, extra), unread)
            for scene in scenes(plain, terms, self.lexicon)
        ]
        shared, suggested = self._attributes(facility_terms, "")
        headings = [i for i in instances if not i.stated]
        several = len(headings) < len(instances)
        for i in instances:
            self._share(shared, i.attributes, i in headings and several)
            self._share(suggested, i.suggested, i in headings and several)
        return TextReading(
            instances=tuple(
                i
                for i in instances
                if not several or i not in headings or _more_than_a_heading(i, text, unread)
            ),
            shared={k: joined(v, self.kb) for k, v in shared.items()},
            suggested={k: joined(v, self.kb) for k, v in suggested.items()},
            unread=unread,
            coverage=_coverage(instances, unread),
        )

    def _terms(self, plain: str, industries: frozenset[str], everyones: bool) -> list[Term]:
        """The terms of a text, as the trade reads them that the user gave or that its own words tell."""
        terms = self.terms.find(
            plain, self.barred(industries) or (self._trades if everyones else frozenset())
        )
        if industries:
            return terms
        own = self._told_industries(self.terms.find(plain) if everyones else terms, plainly=everyones)
        if not own:
            return terms if everyones else self._of_shared_field(plain, terms)
        theirs = self.terms.find(plain, self.barred(own))
        # beside the field that the user named, the words of the trade that the text names
        return (
            sorted(dict.fromkeys([*terms, *theirs]), key=lambda t: (t.start, t.end)) if everyones else theirs
        )

    def _of_shared_field(self, plain: str, terms: list[Term]) -> list[Term]:
        """The terms of a text that tells no trade: where it speaks of a field that every trade shares (消防), as
        everyone reads it, unless it has words that only some trade has.
        """
        shared = self.terms.find(plain, self._trades)
        concepts = self.lexicon.concepts
        if not any(t.concept and concepts[t.concept].domain in self._shared_fields for t in shared):
            return terms
        read = [(t.start, t.end) for t in shared if t.concept or t.state]
        strange = (
            t for t in terms if t.concept in self._trades and not t.pattern and self._type(t.concept) != "词"
        )
        unknown = any(not any(a <= t.start and t.end <= b for a, b in read) for t in strange)
        return terms if unknown else shared

    @cached_property
    def _shared_fields(self) -> frozenset[str]:
        """Fields whose standards address every trade."""
        return frozenset(s.domain for s in self.kb.standards if s.scope is None)

    def _with_compared(self, plain: str, terms: list[Term], industries: frozenset[str]) -> list[Term]:
        """The terms, with those that a number and the norm beside it amount to (18米, 设计15米: 超过设计)."""
        pairs = list(compared(plain))
        own = industries or (self._told_industries(terms) if pairs else frozenset())
        more = [
            replace(
                t, start=pair.start, end=pair.end, text=plain[pair.start : pair.end], pattern=True, gaps=()
            )
            for pair in pairs
            for wording in pair.wordings
            for t in self.terms.find(wording, self.barred(own))
            if (self._type(t.concept) == "象" and not t.negated)
            or (t.negated and not t.doubt and t.end == len(wording))  # 安全员不足
        ]
        held = {t.concept for t in terms}
        new = {t.concept: t for t in more if t.concept not in held}
        return sorted([*terms, *new.values()], key=lambda t: (t.start, -t.end))

    def _with_expired(
        self, plain: str, terms: list[Term], industries: frozenset[str], on: date | None
    ) -> list[Term]:
        """The terms, with those that a date by which something ran out amounts to (有效期至5月, 仍在用: 已过期)."""
        dates = list(expired(plain, on))
        own = industries or (self._told_industries(terms) if dates else frozenset())
        held = {t.concept for t in terms if not t.doubt and (t.negated or self._type(t.concept) == "象")}
        new: dict[str, Term] = {}
        for at in dates:
            found = [self._said_of(at.of, wording, own) for wording in at.wordings]
            said = next((some for some in found if some), [])
            for t in said or [Term(len(at.of), len(at.of), "", state="存疑后")]:
                close = plain[: at.start].endswith(at.of)
                start = at.start - (len(at.of) - t.start if close else 0)
                if t.concept not in held:
                    new[t.concept] = replace(t, start=start, end=at.end, text=plain[start : at.end], gaps=())
        within = [(t.start, t.end) for t in new.values()]
        apart = [
            t for t in terms if not (t.state or t.negated) or not any(a <= t.start and t.end <= b for a, b in within)
        ]  # fmt: skip
        return sorted([*apart, *new.values()], key=lambda t: (t.start, -t.end))

    def _said_of(self, thing: str, wording: str, own: frozenset[str]) -> list[Term]:
        """What words say of the thing they begin with; what they say of anything (过期) is no more than a state."""
        said = [
            t for t in self.terms.find(wording, self.barred(own))
            if t.start < len(thing) < t.end
            and ((self._type(t.concept) == "象" and not t.negated) or (t.negated and t.end == len(wording)))
        ]  # fmt: skip
        first = min((t.start for t in said), default=0)
        return [t for t in said if t.start == first]

    @cached_property
    def _trades(self) -> frozenset[str]:
        """Every concept that is a trade's own."""
        return frozenset(c.name for c in self.lexicon.concepts.values() if c.industries)

    def barred(self, industries: frozenset[str]) -> frozenset[str]:
        """Concepts whose words belong to trades (用于) that none of these industries can be; marked UNSURE where one may be."""
        if industries not in self._barred:
            tree = self.kb.attributes.get(INDUSTRY)
            above = tree.ancestors() if tree else {}
            near = {v for v, up in above.items() if any(v == i or i in up for i in industries)}
            near |= {v for i in industries for v in (i, *above.get(i, ()))}
            sure = industries.union(*(above.get(i, ()) for i in industries))
            owned = [c for c in self.lexicon.concepts.values() if industries and c.industries]
            self._barred[industries] = frozenset(
                c.name if near.isdisjoint(c.industries) else UNSURE + c.name
                for c in owned
                if sure.isdisjoint(c.industries)
            )
        return self._barred[industries]

    def _told_industries(self, terms: list[Term], plainly: bool = False) -> frozenset[str]:
        """The industries that a text's own words settle, or make likely; `plainly`: only by naming a unit of that very trade."""
        found: set[str] = set()
        for term in terms:
            settled, likely = self._set_by(term)
            found |= {value for name, value in settled if name == INDUSTRY}
            concept = self.lexicon.concepts.get(term.concept)
            own = concept.industries if concept and concept.type == "词" else ()
            found |= {v for name, v in likely if name == INDUSTRY and (not plainly or v in own)}
        return frozenset(found)

    def _set_by(self, term: Term) -> tuple[Settings, Settings]:
        """The attributes that a word settles (意味), and those it makes likely (推定)."""
        concept = self.lexicon.concepts.get(term.concept)
        if concept is None or term.negated:
            return (), ()
        if term.named or term.text.endswith(("公司", "集团")):
            return (), (*concept.suggests, *concept.implies)
        return concept.implies, concept.suggests

    def _share(self, into: dict[str, list[FactValue]], own: Mapping[str, FactValue], heading: bool) -> None:
        """What one sentence says of the enterprise, or a heading of the place, holds for all."""
        for name, value in own.items():
            attribute = self.kb.attributes.get(name)
            if heading or (attribute is not None and attribute.of == "企业"):
                into[name].append(value)

    def _instance(
        self, scene: Scene, terms: list[Term], text: str, numbers: list[QuantityTerm], extra: list[str]
    ) -> Instance:
        inside = [t for t in terms if scene.start <= t.start < scene.end]
        # a rule or a supposition says nothing of the enterprise
        meant = [t for t in inside if scene.mood(t.start) is not Mood.UNSAID]
        certain = [t for t in meant if self._is_said(t, scene, inside)]
        settled, likely = self._attributes(certain, text)
        places = [*extra, *(t.concept for t in reversed(scene.head or ()))]
        facts = tuple(self.grounder.facts(scene, text, numbers, places))
        short = [p.start for p in compared(scene.text) if p.wordings[0].endswith("不足")]
        short = [at for at in short if scene.start <= at < scene.end and scene.mood(at) is Mood.STATED]
        facts = tuple(self._too_few(v, short) for v in facts)
        said = [o.by is not None or self._type(o.term.concept) == "象" for o in scene.observations]
        bad = [o for o in scene.observations if self._is_defect(o)]
        sound = [o for o in scene.observations if self._is_sound(o) and o not in bad]
        if not (bad or sound or scene.compliant or scene.unbound or any(self._speaks(v) for v in facts)):
            facts = (*facts, *self.grounder.halves(scene, text, numbers, places))
        mentioned = [t.concept for t in inside if t.concept and not t.named]
        heads = scene.text[scene.start : scene.end].rstrip().endswith(":") and not bad
        stated = [o.term.concept for o in bad] or mentioned
        domains = {self.lexicon.concepts[c].domain for c in stated if c in self.lexicon.concepts} - {""}
        if not any(self._lacks_permit(o) for o in bad):
            domains.discard(PERMIT)  # a permit that is only not on the wall is there
        return Instance(
            span=Span(scene.start, scene.end, text[scene.start : scene.end].strip(" ，,")),
            facts=facts,
            stated=not heads
            and (
                bool(scene.unbound)
                or any(v.fact in self.grounder.relations for v in facts)
                or scene.compliant
                or any(said)
                or any(v.interval for v in facts)
                or any(t.state in ("有效前", "整改") for t in inside)
            ),
            listed=scene.head is not None,
            attributes={k: joined(v, self.kb) for k, v in settled.items()},
            suggested={k: joined(v, self.kb) for k, v in likely.items()},
            defect=bool(bad or scene.unbound)
            or any(self.grounder.deviates(v) for v in facts)
            or bool(short)
            or self._beyond(scene, meant, facts),
            compliant=scene.compliant or (bool(sound) and not bad),
            uncertain=any(
                self._unclear(a, b, inside, text)
                for a, b in scene.bounds
                if scene.mood(a) is not Mood.PUT_RIGHT and not _measured(facts, a, b)
            ),
            vague=self._vague(bad, scene, inside, text),
            understood=any(self._type(c) != "词" for c in mentioned) or _trifles(scene),
            domains=frozenset(domains),
            named=frozenset(c for c in mentioned if self._type(c) != "词"),
        )

    def _vague(self, bad: list[Observation], scene: Scene, terms: list[Term], text: str) -> bool:
        """Whether no more was read of the defect than that persons lack, or something is in, what was not read."""
        parts = {o.segment for o in scene.unbound}  # 甲醇 named elsewhere is not what the defect is of
        bad = [
            o for o in bad
            if o.by is not None or o.segment in parts or not self.lexicon.concepts[o.term.concept].generic
        ]  # fmt: skip
        if bad:
            of_persons = all(self._type(o.term.concept) == "人" for o in bad)
            return of_persons and any(self._unclear(a, b, terms, text, 2) for a, b in scene.bounds)
        lacking = [o for o in scene.unbound if o.term.state.startswith(("缺", "失效"))]
        return len(lacking) == len(scene.unbound) > 0 and all(
            self._unclear(*scene.bounds[o.segment], terms, text, 2) for o in lacking
        )

    def _is_said(self, term: Term, scene: Scene, terms: list[Term]) -> bool:
        """Whether a word stands there plainly, neither asked about nor denied.

        What a clause demands is spoken of by its absence too: no 超前探放水 was done, and it is a mine.
        """
        text, start = scene.text, scene.start
        if is_asked(text, start, term.start) or is_no_such(text, start, term.start):
            return False
        if not is_undone(text, start, term.start, term.end):
            return True
        around = (t for t in terms if t.start <= term.start and term.end <= t.end)
        return any(self._is_demanded(t) for t in around)

    def _is_demanded(self, term: Term) -> bool:
        """Whether its absence is a defect: it protects, or some clause asks whether it is lacking."""
        concept = self.lexicon.concepts.get(term.concept)
        if concept is None or concept.type not in ("物", "行", "文"):
            return False
        return "防护" in concept.flags or self.grounder.wanted(term)

    @staticmethod
    def _speaks(value: FactValue) -> bool:
        """Whether a fact says more than that something is there."""
        return value.interval is not None or value.state not in (None, State.THERE)

    def _lacks_permit(self, seen: Observation) -> bool:
        concept = self.lexicon.concepts.get(seen.term.concept)
        if concept is None or concept.domain != PERMIT:
            return False
        there = seen.minor or seen.state in (State.THERE, State.WORKING)
        return concept.type == "象" or not there

    def _too_few(self, value: FactValue, short: list[int]) -> FactValue:
        """A thing that is there, but fewer than there must be (技术员应配2人实配1人): in doubt."""
        end = max((s.end for s in value.spans), default=-1)
        if value.state is not State.THERE or not any(0 <= at - end <= 8 for at in short):
            return value
        return replace(value, state=State.DOUBTFUL, note="有，但数量少于规定")

    def _beyond(self, scene: Scene, terms: list[Term], facts: tuple[FactValue, ...]) -> bool:
        """Whether a number is more or less than it may be, of a thing and quantity that no clause speaks of."""
        if any(v.state for v in facts) or any(self._type(t.concept) in ("量", "象") for t in terms):
            return False
        said = scene.text[scene.start : scene.end]
        stated = (m for m in _BEYOND.finditer(said) if scene.mood(scene.start + m.start()) is Mood.STATED)
        return any(True for _ in stated) or any(True for _ in compared(said))

    def _unclear(self, start: int, end: int, terms: list[Term], text: str, least: int = 3) -> bool:
        """Whether a part has words that no term covers, and none that says it is in order."""
        here = [t for t in terms if start <= t.start < end]
        if any(t.state in ("有效前", "有效后", "无异常", "无异常前", "整改") for t in here):
            return False
        part = normalize(text)[start:end]
        return sum(len(s.text) for s in self._unread(part, part, here, [], start)) >= least

    def _type(self, name: str) -> str:
        return self.lexicon.concepts[name].type if name in self.lexicon.concepts else ""

    def _is_defect(self, o: Observation) -> bool:
        """Whether an observation is a defect: a bad state of a thing, or a phenomenon that is there."""
        if self._type(o.term.concept) == "象":
            return o.state is not State.MISSING
        if o.minor:
            return True
        if o.by is None or o.state in (State.THERE, State.WORKING):
            return False
        return not self._is_sound(o)

    def _is_sound(self, o: Observation) -> bool:
        """Whether an observation says that something is in order: it works, or what should not be there is not."""
        if o.by is None or o.state not in (State.WORKING, State.MISSING):
            return False
        kind = self._type(o.term.concept)
        if o.state is State.WORKING:
            return (
                kind != "所" or o.by.state != "有效前"
            )  # 设有办公室 tells of a place, not that it is in order
        if kind == "象" or (o.term.pattern and kind == "行" and self.grounder.unwanted(o.term)):
            return True
        plainly = o.term.start >= o.by.end or o.by.text.startswith(
            ("未设", "已拆", "已搬", "已撤", "已取消", "已移")
        )
        return plainly and self.grounder.unwanted(o.term)

    def _attributes(
        self, terms: list[Term], text: str
    ) -> tuple[dict[str, list[FactValue]], dict[str, list[FactValue]]]:
        """Attributes that words settle (意味) and those they make likely (推定)."""
        implied: dict[str, list[FactValue]] = defaultdict(list)
        suggested: dict[str, list[FactValue]] = defaultdict(list)
        for term in terms:
            settled, likely = self._set_by(term)
            spans = (Span(term.start, term.end, text[term.start : term.end]),) if text else ()
            for name, value in settled:
                implied[name].append(FactValue(name, values=frozenset({value}), spans=spans))
            for name, value in likely:
                reason = f"“{spans[0].text if spans else term.concept}”一般意味着{name}为{value}"
                suggested[name].append(
                    FactValue(name, values=frozenset({value}), spans=spans, source="推定", presumed=reason)
                )
        return implied, suggested

    def _unread(
        self, plain: str, text: str, terms: list[Term], numbers: list[QuantityTerm], offset: int = 0
    ) -> Iterable[Span]:
        """The words that neither terms nor numbers cover, of a text or of a part whose terms begin at an offset."""
        covered = bytearray(len(plain))
        read = [stretch for t in terms for stretch in _own(t)]
        for start, end in [*read, *((q.start + offset, q.end + offset) for q in numbers)]:
            covered[start - offset : end - offset] = b"\1" * (end - start)
        masked = "".join("\0" if covered[i] else ch for i, ch in enumerate(plain))
        for m in _WORD.finditer(masked):
            yield Span(m.start(), m.end(), text[m.start() : m.end()])


def _own(term: Term) -> Iterator[tuple[int, int]]:
    """The stretches that a term reads: with the parts it is composed of, without what stands in its gaps."""
    at = min([term.start, *(m.start for m in term.modifiers)])
    for start, end in sorted(term.gaps):
        yield at, max(at, start)
        at = end
    yield at, term.end


def _trifles(scene: Scene) -> bool:
    """Whether all that was read is how something looks, or a flaw of form: of what, it matters to no clause."""
    found = [o.term.text for o in scene.unbound]
    return bool(found) and all(_TRIFLE.search(text) for text in found)


def _told(instance: Instance, unread: tuple[Span, ...]) -> Instance:
    """A statement with what was not read of it; one that all is in order (未见异常) is understood without a thing."""
    some = any(instance.span.start <= s.start < instance.span.end for s in unread)
    in_order = instance.compliant and not instance.defect and not some
    return replace(instance, unread=some, understood=instance.understood or in_order)


def _more_than_a_heading(instance: Instance, text: str, unread: tuple[Span, ...]) -> bool:
    """Whether a statement that seemed to name only a place has words that were not read."""
    start, end = instance.span.start, instance.span.end
    strange = sum(s.end - s.start for s in unread if start <= s.start < end)
    return strange >= STRANGE and not text[start:end].rstrip().endswith((":", "："))


def _measured(facts: Iterable[FactValue], start: int, end: int) -> bool:
    """Whether a number of a stretch was read into a fact."""
    return any(v.interval and any(start <= s.start < end for s in v.spans) for v in facts)


def _relocated(reading: TextReading, text: str, places: list[int]) -> TextReading:
    """A reading of a squeezed text, its spans in the text as written."""

    def at(span: Span) -> Span:
        start, end = (
            places[span.start],
            places[span.end - 1] + 1 if span.end > span.start else places[span.end],
        )
        return Span(start, end, text[start:end])

    def moved(value: FactValue) -> FactValue:
        return replace(value, spans=tuple(at(s) for s in value.spans))

    def all_moved(values: Mapping[str, FactValue]) -> dict[str, FactValue]:
        return {k: moved(v) for k, v in values.items()}

    return replace(
        reading,
        instances=tuple(
            replace(
                i,
                span=at(i.span),
                facts=tuple(moved(v) for v in i.facts),
                attributes=all_moved(i.attributes),
                suggested=all_moved(i.suggested),
            )
            for i in reading.instances
        ),
        shared=all_moved(reading.shared),
        suggested=all_moved(reading.suggested),
        unread=tuple(at(s) for s in reading.unread),
    )


def _coverage(instances: list[Instance], unread: tuple[Span, ...]) -> str:
    if not any(i.understood for i in instances):
        return "未读懂"
    return "部分" if unread else "全部"
