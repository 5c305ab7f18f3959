"""Grounding: from observations to the facts that clauses ask, with the characters that gave them.

Decides how an observed thing relates to the thing asked (same, narrower, broader, near) and whether its
place is the one asked, another one, or not read. An unread place is unknown, never elsewhere.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import Enum
from functools import cache, cached_property

from corpus.counts import NORM, norms, stated
from corpus.normalize import normalize
from corpus.observe import ANOTHER_FLOOR, BESIDE, NEXT_TO, TOGETHER, Mood, Observation, Scene
from corpus.quantities import QuantityTerm
from corpus.terms import Term
from kb.conditions import All, AnyOf, AtLeast, Atom, Compare, Condition, Exceeds, Has, Not, Unlinked
from kb.models import KnowledgeBase
from kb.units import convert, dimension
from kb.values import FactValue, Interval, Span, State, compare
from ontology.lexicon import Lexicon

_UPKEEP = re.compile(
    r"(?:未|没有?)(?:能|定期|按期|按时|及时|按规定|按要求|每[年月日]|对[\u4e00-\u9fff、]{2,16}?)*(?:进行|开展|组织|做)?(?:过|年度|月度|全面|定期|相应|必要|有效)*的?"
    r"(?:维护|保养|维保|检测|检查|检修|年检|测试|试验|点检|巡检|巡查|清洗)"
)
NAME_TO_NUMBER = 8  # characters between a quantity's name and its number
KIND_ONLY = "只是"
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{0,4}")
_BY_HOW_MUCH = re.compile(r"超[员载编]了?$")  # 超员2人: by how much, not how many
_SHARES = frozenset(("%", "‰", "倍"))  # what is a share already
_MACHINES = ("台", "套", "部")  # what counts machines counts no exits, levels or benches
Mention = tuple[frozenset[str], bool]  # a word's meanings, and whether the text says beside it
_MEASURED = re.compile(
    r"实[测际有]|现场(?:量得|测得|实测)?|测得|量得|实[测际]值|检?查时"
)  # how a number was found, whatever it is of


class Relation(Enum):
    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    NEAR = "near"  # same kind of device, other medium or parameter
    NONE = "none"


class Place(Enum):
    HERE = "here"
    UNREAD = "unread"
    ELSEWHERE = "elsewhere"


class Grounder:
    """Knows every leaf of every clause, by the thing it asks."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self.kb, self.lexicon = kb, lexicon
        self.states: dict[str, dict[str, Atom]] = defaultdict(dict)
        self.links: dict[str, dict[str, Unlinked]] = defaultdict(dict)
        self.numbers: dict[str, Compare] = {}
        self.relations: dict[str, Exceeds] = {}
        self.uses: dict[str, set[str]] = defaultdict(set)
        parts = [p for c in kb.clauses() for p in (*c.limbs, *c.premises, *c.exceptions)]
        for part in (*parts, *(d.when for d in kb.derivations)):
            for atom, positive in _signed(part):
                self._index(atom, positive)
        self._related: dict[tuple[str, tuple[tuple[str, str], ...]], list[tuple[str, Relation]]] = {}
        self._labels = cache(self._named_as)

    @cached_property
    def _named_by(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """Fact -> the thing it asks, with the kinds directly below it."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for thing, leaves in self.states.items():
            kinds = self.lexicon.narrower.get(thing, frozenset())
            direct = frozenset(k for k in kinds if thing in self.lexicon.concepts[k].broader)
            for fact in leaves if direct else ():
                found[fact].append((thing, direct))
        return found

    def _index(self, atom: Atom, positive: bool) -> None:
        # 非 (有 X) asks for an absence, as 缺 X does
        self.uses[atom.fact].add("缺" if atom.op == "有" and not positive else atom.op)
        if isinstance(atom, Has):
            return
        if isinstance(atom, Compare):
            self.numbers[atom.fact] = atom
        elif isinstance(atom, Exceeds):
            self.relations[atom.fact] = atom
        elif isinstance(atom, Unlinked):
            self.links[atom.thing][atom.fact] = atom
            self.links[atom.partner][atom.fact] = atom  # a link has two ends
        else:
            self.states[atom.thing][atom.fact] = atom

    # -- things ----------------------------------------------------------------------------------

    def related(self, term: Term) -> list[tuple[str, Relation]]:
        """Every thing some clause asks that an observed term speaks of, and how."""
        key = (term.concept, term.facets)
        if key not in self._related:
            near = self._near(term.concept)
            found = ((t, self.relation(term.concept, term.facets, t)) for t in self._asked if t in near)
            self._related[key] = [(t, r) for t, r in found if r is not Relation.NONE]
        return self._related[key]

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """Every thing some clause asks, always in one order."""
        return tuple(dict.fromkeys((*self.states, *self.links)))

    def _near(self, seen: str) -> set[str]:
        """All that can have a relation to a concept: itself, broader, narrower, and what shares a head with it."""
        lex = self.lexicon
        above = lex.above(seen)
        roots = {seen, *filter(self._is_head, above)}
        return set(above).union(*(lex.narrower.get(r, ()) for r in roots))

    def relation(self, seen: str, facets: tuple[tuple[str, str], ...], asked: str) -> Relation:
        """How an observed concept with facets relates to the one asked."""
        lex = self.lexicon
        concept = lex.concepts.get(seen)
        held = facets + (concept.facets if concept else ())
        target = lex.concepts.get(asked)
        wanted = target.facets if target else ()
        if seen == asked and not _conflict(held, wanted, lex):
            return Relation.SAME
        if lex.is_a(seen, asked):
            return Relation.NARROWER if not _conflict(held, wanted, lex) else Relation.NEAR
        if target is None or not self._common_head(seen, asked):
            return Relation.BROADER if lex.is_a(asked, seen) else Relation.NONE
        if not wanted:
            return Relation.BROADER if lex.is_a(asked, seen) else Relation.NONE
        return _compare_facets(held, wanted, lex)

    def _common_head(self, a: str, b: str) -> bool:
        heads = {c for c in self.lexicon.above(a) if self._is_head(c)}
        return any(h in heads for h in self.lexicon.above(b))

    def _is_head(self, name: str) -> bool:
        concept = self.lexicon.concepts.get(name)
        return concept is not None and "头" in concept.flags

    def unwanted(self, term: Term) -> bool:
        """Whether clauses know an observed thing only as one that must not be there (a room, a wrong practice)."""
        return self._uses_of(term) == {"有"}

    def wanted(self, term: Term) -> bool:
        """Whether some clause asks if an observed thing is lacking."""
        return "缺" in self._uses_of(term)

    def _uses_of(self, term: Term) -> set[str]:
        """How clauses ask about an observed thing."""
        asked = [
            t for t, r in self.related(term) if r in (Relation.SAME, Relation.NARROWER, Relation.BROADER)
        ]
        return {op for t in asked for fact in self.states.get(t, {}) for op in self.uses[fact]}

    # -- places ----------------------------------------------------------------------------------

    def place(self, o: Observation, host: str | None, scene: Scene, extra: Iterable[str]) -> Place:
        """Where an observation is, seen from the host asked: nearest mentions first."""
        return self._place(o, host, lambda: self._places(o, scene, extra))

    def _place(self, o: Observation, host: str | None, around: Callable[[], Iterable[Mention]]) -> Place:
        if host is None:
            return Place.HERE
        lex = self.lexicon
        inside, others = lex.inside.get(host, frozenset({host})), lex.others(host)
        for names, beside in around():
            if not names.isdisjoint(inside):
                return Place.UNREAD if beside else Place.HERE
            if not beside and not names.isdisjoint(others):
                return Place.ELSEWHERE
        own = lex.concepts.get(o.term.concept)
        if own and not inside.isdisjoint(own.part_of):
            return Place.HERE
        if any(label in o.term.text for label in self._labels(host)):
            return Place.HERE  # the name of the thing says where it is: 高炉炉顶压力监测装置
        return Place.UNREAD

    def _named_as(self, concept: str) -> tuple[str, ...]:
        """The labels of a concept, normalised."""
        found = self.lexicon.concepts.get(concept)
        return tuple(map(normalize, found.labels)) if found else ()

    def _places(self, o: Observation, scene: Scene, extra: Iterable[str]) -> Iterator[Mention]:
        """What may be the place of an observation: words of its own segment, earlier ones, the context.

        Each with all its meanings (储气罐 is a vessel of many trades), and whether the text says beside it (旁, 隔壁, 楼上) rather than in it.
        """
        upstairs = (  # a room or people; the ties of a scaffold's sixth floor are the scaffold's
            self._type(o.term.concept) in ("所", "人")
            and ANOTHER_FLOOR.search(scene.text[max(scene.start, o.term.start - 8) : o.term.start])
            is not None
        )
        for index in range(o.segment, -1, -1):
            terms = [t for t in scene.segments[index] if t.concept and not t.negated]
            terms = [t for t in terms if (t.start, t.end) != (o.term.start, o.term.end) or t.pattern]
            if index == o.segment:
                terms.sort(key=lambda t: abs(t.start - o.term.start))
            else:
                terms.reverse()
            words: dict[tuple[int, int], list[Term]] = defaultdict(list)
            for t in terms:
                if t is not o.term:
                    words[t.start, t.end].append(t)
            together = TOGETHER.search(scene.text, *scene.bounds[index]) is not None
            for same in words.values():
                machine = any("设备" in self.lexicon.concepts[t.concept].flags for t in same)
                around = scene.text[max(0, same[0].start - 3) : same[0].start]
                before = same[0].start < o.term.start
                beside = (
                    together
                    or (upstairs and before)
                    or bool(BESIDE.match(scene.text, same[0].end) or NEXT_TO.search(around))
                )
                beside = beside and not machine
                # 隧道窑 within 隧道窑…天然气 is what the longer words say too
                wider = (
                    p.concept for p in terms
                    if p.start <= same[0].start and same[0].end <= p.end and not beside
                )  # fmt: skip
                yield (
                    frozenset((*(t.concept for t in same), *(w for w in wider if self._type(w) == "所"))),
                    beside,
                )
        if o.term.pattern:
            yield frozenset({o.term.concept}), False
        yield from ((frozenset({name}), False) for name in extra)

    # -- facts -----------------------------------------------------------------------------------

    def facts(
        self, scene: Scene, text: str, numbers: list[QuantityTerm], extra: Iterable[str]
    ) -> list[FactValue]:
        """Every fact the instance gives, the firmest reading of each."""
        found: dict[str, list[FactValue]] = defaultdict(list)
        extra = list(extra)
        numbers = [q for q in numbers if not _BY_HOW_MUCH.search(text, 0, q.start)]
        for o in scene.observations:
            for value in self._of_observation(o, scene, text, extra):
                found[value.fact].append(value)
        for value in self._numbers(scene, text, numbers, extra):
            found[value.fact].append(value)
        for value in self._comparisons(scene, text, numbers, extra):
            found[value.fact].append(value)
        for value in self._all_named(found):
            found[value.fact].append(value)
        return [
            _several(values) or _firmest(values, "有" in self.uses[fact]) for fact, values in found.items()
        ]

    def _of_observation(
        self, o: Observation, scene: Scene, text: str, extra: list[str]
    ) -> Iterator[FactValue]:
        around = cache(lambda: tuple(self._places(o, scene, extra)))
        for thing, relation in self.related(o.term):
            leaves: list[Atom] = [] if o.link else list(self.states.get(thing, {}).values())
            if o.link:
                leaves += self.links.get(thing, {}).values()
            elif o.state in (State.MISSING, State.FAILED) and relation in (Relation.SAME, Relation.NARROWER):
                leaves += self.links.get(thing, {}).values()  # a link with a dead end is in doubt
            for atom in leaves:
                value = self._of_leaf(o, atom, thing, relation, scene, text, around)
                if value:
                    yield value

    def _of_leaf(
        self,
        o: Observation,
        atom: Atom,
        thing: str,
        relation: Relation,
        scene: Scene,
        text: str,
        around: Callable[[], Iterable[Mention]],
    ) -> FactValue | None:
        if isinstance(atom, Unlinked) and not o.link:
            note = f"“{o.term.text}”{o.state}，与“{atom.partner}”的联锁（接入）存疑"
            return self._placed(o, atom, State.DOUBTFUL, note, text, around, relation)
        if isinstance(atom, Unlinked):
            other = atom.partner if thing == atom.thing else atom.thing
            if not self._partner(o, other):
                return None
        state, note = self._state(o, relation, atom)
        if state is State.DOUBTFUL and "失效" in self.uses[atom.fact] and self._lapsed(o, scene):
            return None  # it was not looked after: that is no failure, nor does it say that it works
        if state is State.THERE and self._speaks_of(o, scene):
            state, note = State.DOUBTFUL, f"提到“{o.term.text}”，但没有读懂说的是什么缺陷"
        value = self._placed(o, atom, state, note, text, around, relation) if state else None
        if value is not None and not value.loose and self._the_one_there(o, relation):
            reason = f"该处的“{o.term.text}”没有说明监测什么，推定就是“{_asked(atom)}”"
            return replace(value, state=State.FAILED, presumed=reason, note="")
        return value

    def _the_one_there(self, o: Observation, relation: Relation) -> bool:
        """Whether an alarm that fails is named by little but its place (喷漆房报警器损坏, 燃气总管压力报警损坏)."""
        broken = o.state is State.FAILED and relation is Relation.BROADER and not o.link
        return broken and not o.term.qualified and self._is_head(o.term.concept)

    def _lapsed(self, o: Observation, scene: Scene) -> bool:
        """Whether all that is said of a thing is that its upkeep was not done (未定期检测, 未对X进行维护)."""
        return o.by is not None and _UPKEEP.match(scene.text, o.by.start) is not None

    def _speaks_of(self, o: Observation, scene: Scene) -> bool:
        """Whether a defect word of the same part of the sentence found nothing to speak of."""
        kind = self.lexicon.concepts[o.term.concept].type
        return (
            o.by is None
            and kind in ("物", "行", "文")
            and any(u.segment == o.segment and not u.minor for u in scene.unbound)
        )

    def _partner(self, o: Observation, wanted: str) -> bool:
        """Whether a link observation speaks of this other end; no partner read means none at all."""
        if not o.partners:
            return True
        return any(
            self.relation(p.concept, p.facets, wanted) in (Relation.SAME, Relation.NARROWER, Relation.BROADER)
            or self.lexicon.is_at(p.concept, wanted)
            for p in o.partners
        )  # fmt: skip

    def _state(self, o: Observation, relation: Relation, atom: Atom) -> tuple[State | None, str]:
        """The state of the thing asked, given the state of the thing seen."""
        asks_absence = bool(self.uses[atom.fact] & {"缺", "失效", "未联锁", "未接入"})
        state = o.state
        if o.link and relation in (Relation.NARROWER, Relation.SAME, Relation.BROADER):
            return state, ""
        match relation:
            case Relation.SAME:
                return state, ""
            case Relation.NARROWER:
                if state in (State.WORKING, State.THERE, State.DOUBTFUL):
                    return state, ""
                if not asks_absence:
                    return None, ""
                return State.DOUBTFUL, f"所述“{o.term.text}”{KIND_ONLY}“{_asked(atom)}”的一种"
            case Relation.BROADER:
                if state is State.MISSING and not o.term.qualified:
                    return state, ""
                if state is State.THERE or state is State.WORKING:
                    kind = self.lexicon.concepts.get(o.term.concept)
                    if "有" in self.uses[atom.fact] and kind and kind.type in ("象", "所", "行"):
                        return State.DOUBTFUL, f"只说到“{o.term.text}”，未说明是否为“{_asked(atom)}”"
                    return None, ""
                return State.DOUBTFUL, f"只说到“{o.term.text}”，未说明是否为“{_asked(atom)}”"
            case _:
                if state in (State.THERE, State.WORKING) or not asks_absence:
                    return None, ""
                return State.DOUBTFUL, f"所述“{o.term.text}”与条款所列“{_asked(atom)}”参数或介质不同"

    def _placed(
        self,
        o: Observation,
        atom: Atom,
        state: State,
        note: str,
        text: str,
        around: Callable[[], Iterable[Mention]],
        relation: Relation,
    ) -> FactValue | None:
        host = getattr(atom, "host", None)
        where = self._place(o, host, around)
        if where is Place.ELSEWHERE:
            return None
        if where is Place.UNREAD:
            concept = self.lexicon.concepts.get(o.term.concept)
            there = state in (State.THERE, State.WORKING)
            presence = concept is not None and concept.type in ("象", "行") and "有" in self.uses[atom.fact]
            absent = state is State.MISSING and self.uses[atom.fact] == {"有"}
            silent = (there and not presence) or absent or relation is Relation.NEAR
            vague = relation is Relation.BROADER and not o.term.facets
            known = concept is not None and (not concept.generic or bool(o.link and o.partners))
            if silent or vague or concept is None or not known or concept.type == "所":
                return None
            note = note or f"未读出位置，不能确定是否在“{host}”"
        return FactValue(
            atom.fact,
            state=state,
            spans=tuple(_spans(o, text)),
            loose=where is Place.UNREAD,
            note=note,
        )

    def _all_named(self, found: dict[str, list[FactValue]]) -> Iterator[FactValue]:
        """All the named kinds of a thing missing: the thing itself is presumed missing."""
        kinds_only = {
            fact: values
            for fact, all_values in found.items()
            if (values := [v for v in all_values if v.state is State.DOUBTFUL and KIND_ONLY in v.note])
        }
        for fact, values in kinds_only.items():
            for thing, direct in self._named_by.get(fact, ()):
                named = {s.text for v in values for s in v.spans}
                if len({d for d in direct if named & set(self.lexicon.concepts[d].labels)}) == len(direct):
                    spans = tuple(s for v in values for s in v.spans)
                    yield FactValue(
                        fact, state=State.MISSING, spans=spans, loose=any(v.loose for v in values),
                        presumed=f"体现“{thing}”的各项（{'、'.join(sorted(direct))}）都没有",
                    )  # fmt: skip

    # -- numbers ---------------------------------------------------------------------------------

    def _numbers(
        self, scene: Scene, text: str, numbers: list[QuantityTerm], extra: list[str]
    ) -> Iterator[FactValue]:
        inside = stated(
            scene, numbers, [t for s in scene.segments for t in s if self._type(t.concept) in ("人", "量")]
        )
        inside = [q for q in inside if not self._of_a_thing(q, scene)]
        demanded = norms(inside, scene.text)
        named = self._named(t for s in scene.segments for t in s)
        for fact, atom, unit, unnamed in self._asked_numbers if inside else ():
            if not unnamed and atom.quantity not in named:
                continue
            derived = self._ratio(atom, unit, scene, text, inside)
            if derived is not None:
                yield derived
            for q in inside:
                if convert(1, q.unit, unit) is None or (q.unit in _MACHINES and unit not in _MACHINES):
                    continue
                value = self._number(q, atom, unit, scene, text, extra, q in demanded)
                if value is not None:
                    yield FactValue(fact, **value)  # type: ignore[arg-type]

    def _of_a_thing(self, q: QuantityTerm, scene: Scene) -> bool:
        """Whether a number counts the things named right behind it (3个紧固螺栓, 1个出口|标志牌), and no quantity."""
        if dimension(q.unit) != "数量":
            return False
        terms = [t for s in scene.segments for t in s]
        names = [t for t in terms if self._type(t.concept) == "量"]
        if any(t.start <= q.end < t.end for t in names if not t.end < q.end):
            head = max(t.end for t in names if t.start <= q.end)  # what the name grows into is counted
            return any(t.start == head for t in terms if self._type(t.concept) == "物")
        ends = [t.start for t in terms if t.start >= q.end and (t.concept or t.state not in ("", "虚"))]
        first = min(ends, default=q.end)
        between = scene.text[q.end : first]
        things = [t for t in terms if t.start == first and self._type(t.concept) == "物"]
        said = _HAN_ONLY.fullmatch(between) is not None
        return said and any(not any(t.text in n.text for n in names) for t in things)

    def _named(self, terms: Iterable[Term]) -> frozenset[str]:
        """Everything that words name, and all that is broader."""
        return frozenset[str]().union(*(self.lexicon.above(t.concept) for t in terms if t.concept))

    @cached_property
    def _asked_numbers(self) -> list[tuple[str, Compare, str, bool]]:
        """Every number asked: its fact, atom and unit, and whether it can be read where its quantity is not named."""
        found = []
        for fact, atom in self.numbers.items():
            quantity = self.kb.quantities.get(atom.quantity)
            unit = quantity.unit if quantity else atom.unit
            ratio = quantity is not None and quantity.ratio is not None
            found.append((fact, atom, unit, ratio or self._unit_speaks(atom, unit)))
        return found

    def _ratio(
        self, atom: Compare, unit: str, scene: Scene, text: str, numbers: list[QuantityTerm]
    ) -> FactValue | None:
        """A ratio from the two numbers it is made of (需风量1200，供风量890), None when one is not stated."""
        quantity = self.kb.quantities.get(atom.quantity)
        if quantity is None or quantity.ratio is None or len(numbers) < 2:
            return None
        named = (t.concept for s in scene.segments for t in s if t.concept)
        if quantity.about and not any(self.lexicon.is_a(n, quantity.about) for n in named):
            return None
        found = [self._amount(name, scene, numbers) for name in quantity.ratio]
        if found[0] is None and found[1] is not None:
            found[0] = self._other(found[1][1], scene, numbers)
        if found[0] is None or found[1] is None or found[0] is found[1]:
            return None
        (first, a), (second, b) = found[0], found[1]
        if _SHARES & {a.unit, b.unit}:
            return None  # a share is made of amounts, not of other shares (月产11%，季度28%)
        factor = convert(1, a.unit, b.unit)
        bounds = {n for n in (b.interval.low, b.interval.high) if math.isfinite(n)}  # 应不小于6m is the norm
        if factor is None or len(bounds) != 1 or min(bounds) <= 0:
            return None
        whole = bounds.pop()
        less = 1 if quantity.excess else 0
        low, high = (
            convert(round(n * factor / whole - less, 12), "倍", unit)
            for n in (a.interval.low, a.interval.high)
        )
        if low is None or high is None:
            return None
        spans: list[Term | QuantityTerm] = [first, a, second, b]
        return FactValue(
            atom.fact,
            interval=Interval(low, high, a.interval.low_open, a.interval.high_open),
            unit=unit,
            spans=tuple(
                Span(p.start, p.end, text[p.start : p.end]) for p in sorted(spans, key=lambda p: p.start)
            ),
            note=f"由{a.text}和{b.text}算得",
        )

    def deviates(self, value: FactValue) -> bool:
        """Whether a ratio says that something is not as it should be, be it as much as a clause asks or not."""
        atom = self.numbers.get(value.fact)
        quantity = self.kb.quantities.get(atom.quantity) if atom else None
        if atom is None or quantity is None or quantity.ratio is None or value.interval is None:
            return False
        even = convert(0 if quantity.excess else 1, "倍", quantity.unit)
        return even is not None and compare(value.interval, atom.cmp[0], even) is True

    def _amount(
        self, name: str, scene: Scene, numbers: list[QuantityTerm]
    ) -> tuple[Term, QuantityTerm] | None:
        """A quantity's name in the scene with its number: stated behind it, else right before (5人同时作业)."""
        terms = [t for s in scene.segments for t in s if t.concept]
        for term in (t for t in terms if self.lexicon.is_a(t.concept, name)):
            after = next(
                (q for q in numbers if term.end <= q.start or term.start <= q.start < term.end), None
            )
            if after is not None and (
                after.start - term.end > NAME_TO_NUMBER
                or any(
                    term.end <= t.start < after.start and not _MEASURED.fullmatch(t.text)
                    for t in terms
                    if self._type(t.concept) == "量"
                )
            ):
                after = None
            found = after or next((q for q in numbers if 0 <= term.start - q.end <= 1), None)
            if found is not None:
                return term, found
        return None

    def _other(
        self, norm: QuantityTerm, scene: Scene, numbers: list[QuantityTerm]
    ) -> tuple[Term, QuantityTerm] | None:
        """The one number that stands beside a norm in its dimension, where no other quantity is named by it."""
        same = [q for q in numbers if q is not norm and dimension(q.unit) == dimension(norm.unit)]
        names = [t for s in scene.segments for t in s if self._type(t.concept) == "量"]
        if len(same) != 1 or any(
            not _MEASURED.fullmatch(t.text)
            and 0 <= same[0].start - t.end <= NAME_TO_NUMBER
            and not t.end <= norm.start < same[0].start  # the norm's own name
            and self._measured(t.concept, same[0].unit)
            for t in names
        ):
            return None
        return _anchor(same[0]), same[0]

    def _number(
        self,
        q: QuantityTerm,
        atom: Compare,
        unit: str,
        scene: Scene,
        text: str,
        extra: list[str],
        demanded: bool,
    ) -> dict[str, object] | None:
        """The value of a quantity, if a number is one of it; `demanded`: it is the norm beside what was found."""
        index = next(i for i, (a, b) in enumerate(scene.bounds) if a <= q.start < b or b == scene.end)
        near = [  # 倾斜度实测11‰: 实测 names no quantity but its own
            t
            for t in scene.segments[index]
            if not _MEASURED.fullmatch(t.text) or self.lexicon.is_a(t.concept, atom.quantity)
        ]
        here = [t for t in near if self._nearest(t, q, near, unit)]
        labels = [t for t in here if t.concept and self.lexicon.is_a(t.concept, atom.quantity)]
        other = [
            t for t in here
            if t.concept and t not in labels and self._type(t.concept) == "量" and abs(t.end - q.start) < 8
        ]  # fmt: skip
        if not labels and (other or not self._unit_speaks(atom, unit)):
            earlier = [t for s in scene.segments[:index] for t in s]
            labels = [t for t in earlier if t.concept and self.lexicon.is_a(t.concept, atom.quantity)]
            if not labels or other:
                return None
        if demanded and not any(NORM.search(t.text) for t in labels):
            return None
        probe = Observation(labels[0] if labels else _anchor(q), State.THERE, index)
        where = self.place(probe, atom.host, scene, extra)
        if where is not Place.HERE:
            return None
        low = convert(q.interval.low, q.unit, unit)
        high = convert(q.interval.high, q.unit, unit)
        if low is None or high is None:
            return None
        spans = [Span(q.start, q.end, text[q.start : q.end])]
        spans += [Span(t.start, t.end, text[t.start : t.end]) for t in labels[:1]]
        interval = Interval(low, high, q.interval.low_open, q.interval.high_open)
        return {"interval": interval, "unit": unit, "spans": tuple(spans)}

    def _nearest(self, term: Term, q: QuantityTerm, terms: list[Term], unit: str) -> bool:
        """Whether a quantity name is the one a number belongs to: the last before it, else the first after it.

        Only names of quantities that are measured in such units compete; one inside the number (kV) wins.
        """
        if self._type(term.concept) != "量":
            return True
        names = [t for t in terms if self._type(t.concept) == "量" and self._measured(t.concept, q.unit)]
        if not names:
            return True
        inside = [t for t in names if q.start <= t.start and t.end <= q.end]
        if inside:
            return term in inside
        before = [t for t in names if t.end <= q.start]
        best = max(before, key=lambda t: (t.end, -t.start)) if before else min(names, key=lambda t: t.start)
        return (term.start, term.end) == (best.start, best.end)

    @cached_property
    def _compared_with(self) -> frozenset[str]:
        """Quantities that stand in a relation or a ratio: a number of theirs is no other quantity's."""
        pairs = [(a.quantity, a.reference) for a in self.relations.values()]
        pairs += [q.ratio for q in self.kb.quantities.values() if q.ratio]
        return frozenset(name for pair in pairs for name in pair)

    def _measured(self, name: str, unit: str) -> bool:
        """Whether some clause compares this quantity with a number of such a unit, or with another quantity."""
        above = self.lexicon.above(name)
        return not above.isdisjoint(self._compared_with) or any(
            convert(1, unit, u) is not None for q in above for u in self._units.get(q, ())
        )

    @cached_property
    def _units(self) -> dict[str, set[str]]:
        """Quantity -> the units that clauses compare it in."""
        found: dict[str, set[str]] = defaultdict(set)
        for atom in self.numbers.values():
            found[atom.quantity].add(atom.unit)
        return dict(found)

    def _unit_speaks(self, atom: Compare, unit: str) -> bool:
        """A number of people at the asked place needs no 「人数」 beside it."""
        return atom.host is not None and dimension(unit) == "人数"

    def _type(self, name: str) -> str:
        concept = self.lexicon.concepts.get(name)
        return concept.type if concept else ""

    def _comparisons(
        self, scene: Scene, text: str, numbers: list[QuantityTerm], extra: list[str]
    ) -> Iterator[FactValue]:
        """Q 高于 R in one instance, in words or by their numbers (核定1人，实际3人)."""
        terms = [t for s in scene.segments for t in s if t.concept and scene.mood(t.start) is Mood.STATED]
        named = self._named(terms)
        for fact, atom in self.relations.items():
            if atom.reference not in named:
                yield from self._against_bare_norm(fact, atom, terms, scene, text, extra)
                continue
            if atom.quantity not in named:
                yield from self._against_norm(fact, atom, terms, scene, text, numbers, extra)
                continue
            left = [t for t in terms if self.lexicon.is_a(t.concept, atom.quantity)]
            right = [t for t in terms if self.lexicon.is_a(t.concept, atom.reference)]
            for a in left:
                for b in right:
                    between = text[a.end : b.start] if a.end <= b.start else ""
                    state = _comparison(between, text[b.end : b.end + 4], atom.cmp)
                    inside = [q for q in numbers if scene.start <= q.start < scene.end]
                    amounts = [self._amount(t.concept, scene, inside) for t in (a, b)]
                    read = [n[1] for n in amounts if n is not None]
                    if state is None and len(read) == 2 and read[0] is not read[1]:
                        state = _compared(read[0], atom.cmp, read[1])
                    if state is None:
                        continue
                    index = next(i for i, (s, e) in enumerate(scene.bounds) if s <= a.start < e)
                    if self.place(Observation(a, state, index), atom.host, scene, extra) is Place.ELSEWHERE:
                        continue
                    start, end = min(a.start, b.start), max(a.end, b.end, *(n.end for n in read))
                    yield FactValue(fact, state=state, spans=(Span(start, end, text[start:end]),))

    def _against_bare_norm(
        self, fact: str, atom: Exceeds, terms: list[Term], scene: Scene, text: str, extra: list[str]
    ) -> Iterator[FactValue]:
        """Q 高于设计, where the norm is named by what sets it alone and R is that norm of Q (设计最大边坡角)."""
        named = (t for t in terms if self.lexicon.is_a(t.concept, atom.quantity))
        for a in (t for t in named if not _MEASURED.fullmatch(t.text)):  # 实际 names no quantity
            norm = _BARE_NORM.match(scene.text, a.end, scene.end)
            state = _comparison(scene.text[a.end : norm.start(1)], "", atom.cmp) if norm else None
            if norm is None or state is None or norm[1] not in atom.reference:
                continue
            index = next(i for i, (s, e) in enumerate(scene.bounds) if s <= a.start < e)
            if self.place(Observation(a, state, index), atom.host, scene, extra) is not Place.ELSEWHERE:
                span = Span(a.start, norm.end(), text[a.start : norm.end()])
                yield FactValue(fact, state=state, spans=(span,))

    def halves(
        self, scene: Scene, text: str, numbers: list[QuantityTerm], extra: list[str]
    ) -> Iterator[FactValue]:
        """What one number alone leaves in doubt: a relation or ratio to another that is not stated, or a
        multiple of it (平盘宽度20m, and no width by design).
        """
        inside = [q for q in numbers if scene.start <= q.start < scene.end]
        named = self._named([t for s in scene.segments for t in s if t.concept])
        asked = [(f, a.host, a.quantity, a.reference, "") for f, a in self.relations.items()]
        for f, a in self.numbers.items():
            quantity, reference = self._parts(a.quantity) or (a.quantity, "")
            asked.append((f, a.host, quantity, reference, "" if reference else a.unit))
        for fact, host, quantity, reference, unit in asked:
            stated = self._amount(quantity, scene, inside) if quantity in named else None
            if stated is None or reference in named or _MEASURED.fullmatch(stated[0].text):
                continue  # 实测 names no quantity
            term, number = stated
            if unit and convert(1, number.unit, unit) is not None:
                continue
            index = next(i for i, (a, b) in enumerate(scene.bounds) if a <= term.start < b or b == scene.end)
            seen = Observation(term, State.DOUBTFUL, index)
            here = self.place(seen, host, scene, extra) is Place.HERE
            if here and scene.mood(term.start) is Mood.STATED:
                start, end = min(term.start, number.start), max(term.end, number.end)
                span = Span(start, end, text[start:end])
                yield FactValue(fact, state=State.DOUBTFUL, spans=(span,), note="没有写明与之比较的数")

    def _parts(self, name: str) -> tuple[str, str] | None:
        quantity = self.kb.quantities.get(name)
        return quantity.ratio if quantity else None

    def _against_norm(
        self,
        fact: str,
        atom: Exceeds,
        terms: list[Term],
        scene: Scene,
        text: str,
        numbers: list[QuantityTerm],
        extra: list[str],
    ) -> Iterator[FactValue]:
        """Q 高于 R where Q is not named: 超过核定存药量; 定员6人, 查时9人. In doubt where R is the norm of several."""
        rivals = {a.quantity for a in self.relations.values() if a.reference == atom.reference}
        inside = [q for q in numbers if scene.start <= q.start < scene.end]
        for b in (t for t in terms if self.lexicon.is_a(t.concept, atom.reference)):
            before = text[max(scene.start, b.start - 4) : b.start]
            state = _comparison(before, "", atom.cmp) if _VERB.search(before) else None
            norm = self._amount(b.concept, scene, inside)
            others = [
                q
                for q in inside
                if norm and q is not norm[1] and dimension(q.unit) == dimension(norm[1].unit)
            ]
            if state is None and norm is not None and len(others) == 1:
                state = _compared(others[0], atom.cmp, norm[1])
            if state is None:
                continue
            state = State.DOUBTFUL if len(rivals) > 1 and state is State.THERE else state
            index = next(i for i, (s, e) in enumerate(scene.bounds) if s <= b.start < e)
            if self.place(Observation(b, state, index), atom.host, scene, extra) is Place.ELSEWHERE:
                continue
            start = min([b.start, *(q.start for q in others)])
            end = max([b.end, *(q.end for q in others)])
            yield FactValue(fact, state=state, spans=(Span(start, end, text[start:end]),))


def _signed(condition: Condition, positive: bool = True) -> Iterator[tuple[Atom, bool]]:
    """Every atom of a condition with whether it stands under an even number of 非."""
    if isinstance(condition, Not):
        yield from _signed(condition.part, not positive)
    elif isinstance(condition, All | AnyOf | AtLeast):
        for part in condition.parts:
            yield from _signed(part, positive)
    else:
        yield condition, positive


def _compared(a: QuantityTerm, cmp: str, b: QuantityTerm) -> State | None:
    """Whether one number read stands in a relation to another; None when that is not certain."""
    factor = convert(1, b.unit, a.unit)
    low, high = b.interval.low, b.interval.high
    if factor is None or low != high:
        return None
    truth = compare(a.interval, cmp, low * factor)
    return None if truth is None else State.THERE if truth else State.MISSING


_OVER = re.compile(r"(未|不得?|没有?)?(?:高于|超过|大于|超出|高出|深过|高过|大过|超)")
_UNDER = re.compile(r"(未|不得?|没有?)?(?:低于|小于|少于|不足|未达到|达不到|未达)")


# 大于设计, 超过核定值: a norm named by what sets it alone
_BARE_NORM = re.compile(
    r"[^,;。\d]{0,6}(?:高于|超过|大于|超出|高出|超|低于|小于|少于|不足|达不到|未达到?)(?:了|原)?"
    r"(设计|核定|核准|额定|规定|批准|标准)(?:值|要求|规定|标准|允许值?|最大值|最小值|指标|数值?|的)*(?=[,;。:)]|$|\d|作业|组织|生产)"
)
_VERB = re.compile(r"(?:高于|超过|大于|超出|超|低于|小于|少于|不足)$")
_EVEN = re.compile(r"等于|持平|(?:与|和|同).{0,8}(?:一致|相同|相等)")
_THAN = {
    ">": re.compile(r"(?:还|要|都|更)?[大深高长宽厚多]"),
    "<": re.compile(r"(?:还|要|都|更)?[小浅低短窄薄少]"),
}


def _comparison(between: str, after: str, cmp: str) -> State | None:
    """有 when the words between two quantities say the relation holds, 未设 when they deny it."""
    if between.endswith("比") and _THAN[cmp[0]].match(after):
        return State.THERE
    if cmp in (">", "<") and _EVEN.search(between):
        return State.MISSING
    found = (_OVER if cmp in (">", ">=") else _UNDER).search(between)
    if found:
        return State.MISSING if found[1] else State.THERE
    return None


def _anchor(q: QuantityTerm) -> Term:
    return Term(q.start, q.end, q.text)


def _asked(atom: Atom) -> str:
    return str(getattr(atom, "thing", ""))


def _spans(o: Observation, text: str) -> Iterator[Span]:
    parts = [*o.term.modifiers, o.term, *([o.by] if o.by else []), *o.partners]
    for start, end in sorted({(p.start, p.end) for p in parts}):
        yield Span(start, end, text[start:end])


def _conflict(held: tuple[tuple[str, str], ...], wanted: tuple[tuple[str, str], ...], lex: Lexicon) -> bool:
    return _compare_facets(held, wanted, lex) in (Relation.NEAR, Relation.NONE)


def _compare_facets(
    held: tuple[tuple[str, str], ...], wanted: tuple[tuple[str, str], ...], lex: Lexicon
) -> Relation:
    """Each wanted facet: met, left open (broader), or of another kind (near)."""
    by_facet: dict[str, list[str]] = defaultdict(list)
    for facet, value in held:
        by_facet[facet].append(value)
    result = Relation.SAME
    asked = {facet for facet, _ in wanted}
    # what a device measures is either a medium or a parameter: a pressure alarm is no gas alarm
    if ("介质" in asked and "参量" not in asked and "参量" in by_facet) or (
        "参量" in asked and "参量" not in by_facet and "介质" in by_facet
    ):
        return Relation.NEAR
    for facet, value in wanted:
        seen = by_facet.get(facet)
        if not seen and facet == "安装":
            continue  # a device named at a place is the fixed one unless 便携式 is said
        if not seen:
            result = Relation.BROADER
        elif any(s == value for s in seen):
            continue
        elif any(lex.facet_matches(value, s) for s in seen):
            result = Relation.BROADER
        elif any(lex.facet_matches(s, value) for s in seen):
            # an alarm for hydrogen is the flammable gas alarm of its place
            narrower = result is Relation.SAME and facet != "介质"
            result = Relation.NARROWER if narrower else result
        else:
            return Relation.NONE if facet == "安装" else Relation.NEAR
    return result


def _alike(numbers: set[Interval]) -> bool:
    """Whether exact numbers are one but for rounding (38.7%, and 58 of 150)."""
    ends = [n for i in numbers for n in (i.low, i.high)]
    return min(ends) > 0 and max(ends) <= min(ends) * 1.005


def _within(a: Interval, b: Interval) -> bool:
    """Whether every number of one interval is one of another."""
    low = a.low > b.low or (a.low == b.low and (a.low_open or not b.low_open))
    high = a.high < b.high or (a.high == b.high and (a.high_open or not b.high_open))
    return low and high


def _several(values: list[FactValue]) -> FactValue | None:
    """Two numbers for one fact (定员12人，实际8人): in doubt which is meant."""
    numbers = {v.interval for v in values if v.interval}
    if len(numbers) < 2 or _alike(numbers):
        return None
    narrow = next((a for a in numbers if all(_within(a, b) for b in numbers)), None)
    if narrow is not None:  # 宽度12m，小于20m: what is measured, and what it is less than
        return next(v for v in values if v.interval == narrow)
    spans = tuple(s for v in values for s in v.spans)
    return FactValue(values[0].fact, state=State.DOUBTFUL, spans=spans, note="文中有不止一个数，不知指哪一个")


def _firmest(values: list[FactValue], presence: bool) -> FactValue:
    """The reading that says most: a stated one before a loose one, a defect before a mention.

    Where presence is asked, a thing seen beats a doubt; one kind at work beats another kind missing.
    """
    order: tuple[State | None, ...] = (
        State.MISSING, State.FAILED, State.DOUBTFUL, State.WORKING, State.THERE, None,
    )  # fmt: skip
    if presence:
        order = (State.THERE, State.WORKING, State.FAILED, State.DOUBTFUL, State.MISSING, None)
    elif any(v.state is State.WORKING for v in values):
        values = [v for v in values if KIND_ONLY not in v.note]
    # a presumed absence says more than a doubt, less than a stated state
    return min(values, key=lambda v: (v.loose, order.index(v.state) + (1.5 if v.presumed else 0)))
