"""The finding reader: text to instances, each with its facts and the characters that gave them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.ground import Grounder
from corpus.normalize import normalize
from corpus.observe import Scene, scenes
from corpus.quantities import QuantityTerm, quantities
from corpus.terms import Term, TermFinder
from kb.models import KnowledgeBase
from kb.values import FactValue, Span
from ontology.facts import Fact
from ontology.lexicon import Concept, Lexicon


@dataclass(frozen=True)
class Instance:
    """One defect statement of a finding. `domains`: other standards' domains its things belong to."""

    span: Span
    facts: tuple[FactValue, ...] = ()
    defect: bool = False
    compliant: bool = False
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TextReading:
    """What was read of a text. `coverage` is 全部, 部分 or 未读懂; `unread` the stretches no term covers."""

    instances: tuple[Instance, ...] = ()
    shared: Mapping[str, FactValue] = field(default_factory=dict)
    suggested: Mapping[str, FactValue] = field(default_factory=dict)
    unread: tuple[Span, ...] = ()
    coverage: str = "未读懂"


_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


class Reader:
    """Reads findings with one lexicon. Stateless after construction."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon, facts: Mapping[str, Fact]) -> None:
        self.kb, self.lexicon, self.facts = kb, lexicon, facts

    @cached_property
    def terms(self) -> TermFinder:
        return TermFinder(self.lexicon)  # late: an industry label alone needs no text pipeline

    @cached_property
    def grounder(self) -> Grounder:
        return Grounder(self.kb, self.lexicon)

    def read(self, text: str, facility: str = "") -> TextReading:
        """All that a text says. Spans count characters of `text`."""
        plain = normalize(text)
        terms = self.terms.find(plain)
        numbers = list(quantities(plain))
        extra = [t.concept for t in self.terms.find(normalize(facility)) if t.concept]
        found = scenes(plain, terms, self.lexicon)
        implied: dict[str, list[FactValue]] = defaultdict(list)
        suggested: dict[str, list[FactValue]] = defaultdict(list)
        instances = []
        for scene in found:
            inside = [t for t in terms if scene.start <= t.start < scene.end]
            self._attributes(inside, text, implied, suggested)
            instances.append(self._instance(scene, inside, text, numbers, extra))
        facility_terms = [replace(t, start=0, end=0) for t in self.terms.find(normalize(facility))]
        self._attributes(facility_terms, "", implied, suggested)
        unread = tuple(self._unread(plain, text, terms, numbers))
        return TextReading(
            instances=tuple(instances),
            shared={k: self._join(v) for k, v in implied.items()},
            suggested={k: self._join(v) for k, v in suggested.items()},
            unread=unread,
            coverage=_coverage(instances, terms, unread),
        )

    def context(self, industry: str) -> tuple[dict[str, FactValue], frozenset[str]]:
        """What an industry label or loose hint (工贸-粉尘) settles: attributes, and domains of standards."""
        words = [w for w in re.split(r"[-—_/、,，\s（）()]+", industry) if w]
        found: dict[str, list[FactValue]] = defaultdict(list)
        domains: set[str] = set()
        tree = self.kb.attributes.get("行业")
        if tree and industry.strip() in tree.ancestors():
            return {
                "行业": FactValue("行业", values=frozenset({industry.strip()}), source="给定")
            }, frozenset()
        for word in words:
            for concept in self._sector(word):
                if concept.domain:
                    domains.add(concept.domain)
                for name, value in concept.implies:
                    found[name].append(FactValue(name, values=frozenset({value}), source="给定"))
        return {k: self._join(v) for k, v in found.items()}, frozenset(domains)

    def _sector(self, word: str) -> Iterable[Concept]:
        """The sector concepts (type 业) of a word, else those inside it."""
        sectors = [c for c in self.lexicon.concepts.values() if c.type == "业"]
        exact = [c for c in sectors if word in c.labels]
        return exact or [c for c in sectors if any(label in word for label in c.labels)]

    def _instance(
        self, scene: Scene, terms: list[Term], text: str, numbers: list[QuantityTerm], extra: list[str]
    ) -> Instance:
        facts = tuple(self.grounder.facts(scene, text, numbers, extra))
        stated = [o.term.concept for o in scene.observations if o.by is not None]
        mentioned = stated or [t.concept for t in terms if t.concept and not t.named]
        domains = {self.lexicon.concepts[c].domain for c in mentioned if c in self.lexicon.concepts} - {""}
        return Instance(
            span=Span(scene.start, scene.end, text[scene.start : scene.end].strip(" ，,")),
            facts=facts,
            defect=scene.defect,
            compliant=scene.compliant,
            domains=frozenset(domains),
        )

    def _attributes(
        self,
        terms: list[Term],
        text: str,
        implied: dict[str, list[FactValue]],
        suggested: dict[str, list[FactValue]],
    ) -> None:
        """Attributes that words settle (意味) or make likely (推定)."""
        for term in terms:
            concept = self.lexicon.concepts.get(term.concept)
            if concept is None or term.negated:
                continue
            spans = (Span(term.start, term.end, text[term.start : term.end]),) if text else ()
            settled = () if term.named else concept.implies
            for name, value in settled:
                implied[name].append(FactValue(name, values=frozenset({value}), spans=spans))
            for name, value in (*concept.suggests, *(concept.implies if term.named else ())):
                reason = f"“{spans[0].text if spans else concept.name}”一般意味着{name}为{value}"
                suggested[name].append(
                    FactValue(name, values=frozenset({value}), spans=spans, source="推定", presumed=reason)
                )

    def _join(self, values: list[FactValue]) -> FactValue:
        """Several words for one attribute: all their values, narrowest only, and all their characters."""
        names = frozenset().union(*(v.values for v in values))
        tree = self.kb.attributes.get(values[0].fact)
        above = tree.ancestors() if tree else {}
        narrow = frozenset(n for n in names if not any(n in above.get(o, ()) for o in names))
        kept = [v for v in values if v.values & narrow]
        every = dict.fromkeys(s for v in kept for s in v.spans)
        spans = tuple(
            s for s in every if not any(o != s and o.start <= s.start and s.end <= o.end for o in every)
        )
        return replace(kept[0], values=narrow, spans=spans)

    def _unread(
        self, plain: str, text: str, terms: list[Term], numbers: list[QuantityTerm]
    ) -> Iterable[Span]:
        covered = bytearray(len(plain))
        for start, end in [
            *((t.start, t.end) for t in terms if not t.pattern),
            *((q.start, q.end) for q in numbers),
        ]:
            covered[start:end] = b"\1" * (end - start)
        masked = "".join("\0" if covered[i] else ch for i, ch in enumerate(plain))
        for m in _CHINESE.finditer(masked):
            yield Span(m.start(), m.end(), text[m.start() : m.end()])


def _coverage(instances: list[Instance], terms: list[Term], unread: tuple[Span, ...]) -> str:
    things = any(t.concept for t in terms)
    if not things and not any(i.defect or i.compliant for i in instances):
        return "未读懂"
    return "部分" if unread else "全部"
