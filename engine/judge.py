"""Judging a finding: reading, facts, clauses by both evaluators, and one honest verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from corpus import INDUSTRY, PERMIT, Industries, Instance, TextReading, open_reader
from corpus.learned import Learned
from corpus.likeness import Likeness, Net
from engine.clauses import DECISIVE, OPEN, ClauseResult, Status, judge_clause, suspect, touches
from engine.consequences import Consequences
from engine.crosscheck import Checked, CrossCheck, describe
from engine.derive import derive
from engine.given import given_facts
from engine.valuation import Attributes, Valuation, presumptions
from engine.verdict import GRAVITY, Contradiction, Level, Part, Question, Verdict
from kb.conditions import All, AnyOf, AtLeast, Condition, Has, atoms
from kb.models import Clause, KnowledgeBase, Standard
from kb.national import NationalRegisters
from kb.values import FactValue, Span, State
from ontology.facts import Fact, build_facts, clause_atoms
from ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from corpus.reader import Reader

NOTHING_READ = "没有读出缺陷（缺什么、坏了什么、超了多少），请换一种说法或补充"
NOT_UNDERSTOOD = "没有读懂，请换一种说法或补充"
UNLICENSED = (
    "未经许可生产、经营、储存、运输的，是违法行为，不能只按隐患分级：先核实当事人是否为依法取得许可的单位、"
    "判定标准对其是否适用，由主管部门依法查处，涉嫌犯罪的移送公安机关"
)
NO_INDUSTRY = "不知道单位属于哪个行业，不能确定适用哪个判定标准"


@dataclass(frozen=True)
class Finding:
    """What a user gives. `facts` are fact id -> value as typed; `without` are presumptions switched off.

    `corrected` names given facts that replace what was read, where a person says that the reading is wrong.
    """

    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    industry: str = ""
    facility: str = ""
    region: str = ""
    on: date | None = None
    without: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()


_TITLES = 6  # items of an article that are named where all of them are meant


@dataclass(frozen=True)
class Situation:
    """One instance of a finding with everything known of it."""

    instance: Instance
    facts: Mapping[str, FactValue]
    presumed: Mapping[str, FactValue]
    suggested: Mapping[str, FactValue]


def _counts(clause: Clause, listed: bool) -> bool:
    """Whether a limb counts its parts, or (for the items of one list) joins several."""
    return any(_counting(limb, listed) for limb in clause.limbs)


def _counting(condition: Condition, listed: bool) -> bool:
    if isinstance(condition, AtLeast):
        return True
    if isinstance(condition, All) and listed:
        return sum(not isinstance(a, Has) for a in atoms(condition)) > 1
    return isinstance(condition, All | AnyOf) and any(_counting(p, listed) for p in condition.parts)


@dataclass(frozen=True)
class CaseFile:
    """All that was read and given, before judging. `has_text`: a text was given, not facts alone."""

    on: date
    reading: TextReading
    situations: tuple[Situation, ...]
    domains: frozenset[str]
    contradictions: tuple[Contradiction, ...]
    has_text: bool
    without: frozenset[str] = frozenset()


class Engine:
    """Judges findings against a knowledge base. Safe to share between threads."""

    def __init__(
        self,
        kb: KnowledgeBase,
        lexicon: Lexicon,
        *,
        crosscheck: CrossCheck | bool = True,
        nets: Sequence[Net] | None = None,
        registers: Callable[[], NationalRegisters] | None = None,
    ) -> None:
        self.kb, self.lexicon = kb, lexicon
        # asked in this order; the first that has something to propose is heard
        self.nets: tuple[Net, ...] = (Likeness(), Learned()) if nets is None else tuple(nets)
        self._registers = registers
        # clauses, words and nets: a verdict depends on all of them
        made_of = (kb.version, lexicon.version, *(n.version for n in self.nets))
        self.version = "-".join(v for v in made_of if v)
        self.facts: dict[str, Fact] = build_facts(kb, lexicon)
        self.attributes = Attributes(kb.attributes)
        self.standards = {s.id: s for s in kb.standards}
        self._by_fact: dict[str, list[Clause]] = defaultdict(list)
        for clause in kb.clauses():
            for fact in {a.fact for limb in clause.limbs for a in atoms(limb)} - {INDUSTRY}:
                self._by_fact[fact].append(clause)
        self._heirs: dict[str, list[Standard]] = defaultdict(list)
        for standard in kb.standards:
            if standard.clues_from:
                self._heirs[standard.clues_from].append(standard)
        self._asked_in: dict[str, set[str]] = defaultdict(set)
        for clause in kb.clauses():
            for atom in clause_atoms(clause):
                self._asked_in[atom.fact].add(clause.standard)
        self._clauses = {c.id: c for c in kb.clauses()}
        self._order = {id: i for i, id in enumerate(self._clauses)}
        self.crosscheck = CrossCheck(kb) if crosscheck is True else crosscheck or None
        self._industries = Industries(kb, lexicon)
        self._reader: Reader | None = None
        self._opening = Lock()
        # the engine's own: they go when the engine goes
        self._addresses = cache(self._does_address)
        self._about = cache(self._is_about)
        self._context = lru_cache(maxsize=4096)(self._industries.context)
        self._pointing = cache(self._points_to)

    @property
    def reader(self) -> Reader:
        """The finding reader; built at the first text, once for all threads."""
        with self._opening:
            if self._reader is None:
                self._reader = open_reader(self.kb, self.lexicon, self.facts)
            return self._reader

    @cached_property
    def consequences(self) -> Consequences | None:
        """Who is responsible and what follows; None where the engine was opened without the registers."""
        return Consequences(self._registers(), self.kb.attributes[INDUSTRY]) if self._registers else None

    def distinctive(self, standard: str) -> frozenset[str]:
        """Things that clauses of one scope only speak of, in a standard and those in force with it: without
        their host they still point there.
        """
        return self._pointing(standard)

    def _points_to(self, standard: str) -> frozenset[str]:
        scopes: dict[str, set[str]] = defaultdict(set)
        for clause in (
            c for s in self.kb.standards if s.overlaps(self.standards[standard]) for c in s.clauses
        ):
            for limb in clause.limbs:
                for atom in atoms(limb):
                    thing = getattr(atom, "thing", None)
                    if thing:
                        scopes[thing].add(f"{clause.standard}/{clause.scope}/{getattr(atom, 'host', None)}")
        return frozenset(
            t for t, s in scopes.items()
            if len(s) == 1 and not (t in self.lexicon.concepts and self.lexicon.concepts[t].generic)
        )  # fmt: skip

    def judge(self, finding: Finding, *, consequences: bool = True) -> Verdict:
        """The verdict on a finding, with what follows from it if wanted. Raises kb.BadInput on unknown facts or values."""
        case = self.situations(finding)
        parts: list[Part] = []
        checks: list[Checked] = []
        for situation in case.situations:
            part, checked = self._judge_situation(situation, case)
            parts.append(part)
            checks += checked
        if (together := self._together(case)) is not None:
            counted, checked = self._counted(together, case, parts)
            parts += [counted] if counted else []
            checks += checked
        verdict = self.whole(finding, case, parts, checks)
        return self.with_consequences(verdict) if consequences else verdict

    def with_consequences(self, verdict: Verdict) -> Verdict:
        """The verdict with who is responsible and what follows, where the registers are held."""
        if self.consequences is None:
            return verdict
        context, domains = self.reader_context(verdict.industry)
        return replace(verdict, after=self.consequences.of(verdict, context, domains))

    def situations(self, finding: Finding) -> CaseFile:
        """What is known, instance by instance: facts and presumptions, before any clause is looked at."""
        on = finding.on or date.today()
        given = given_facts(finding.facts, self.facts, self.kb)
        context, domains = self.reader_context(finding.industry)
        reading = self._read(finding, {**context, **given}, domains)
        clashes: list[Contradiction] = []
        found: list[Situation] = []
        corrected = finding.corrected & given.keys()
        for instance in reading.instances or (Instance(Span(0, 0, "")),):
            instance = _without(instance, corrected)
            read = {**reading.shared, **instance.attributes, **{v.fact: v for v in instance.facts}}
            read = {k: v for k, v in read.items() if k not in corrected}
            read, clash = self.merge(read, context)
            facts, more = self.merge(read, given)
            clashes += [c for c in (*clash, *more) if c not in clashes]
            facts, more = derive(facts, self.kb.derivations, self.attributes, self.neutral)
            clashes += [c for c in more if c not in clashes]
            likely = {**reading.suggested, **instance.suggested}
            suggested = {k: v for k, v in likely.items() if k not in finding.without and k not in given}
            suggested = {k: s for k, v in suggested.items() if (s := self._possible(v, facts.get(k)))}
            facts = {k: v for k, v in facts.items() if not (v.presumed and k in finding.without)}
            presumed = presumptions(self.kb, on, facts, finding.without) | suggested
            found.append(Situation(instance, facts, presumed, suggested))
        return CaseFile(
            on, reading, tuple(found), domains, tuple(clashes), bool(finding.text.strip()), finding.without
        )

    def _possible(self, suggested: FactValue, known: FactValue | None) -> FactValue | None:
        """What is likely, as far as it can be true beside what is known (井下 in a 非煤矿山 is no coal mine)."""
        if known is None or not known.values:
            return suggested
        left = frozenset(
            v for v in suggested.values if not self.attributes.exclude(known.fact, [v], known.values)
        )
        return replace(suggested, values=left) if left else None

    def _read(self, finding: Finding, known: Mapping[str, FactValue], domains: frozenset[str]) -> TextReading:
        if not finding.text.strip():
            return TextReading(coverage="全部")
        industries = known[INDUSTRY].values if INDUSTRY in known else frozenset[str]()
        # a field that cuts across trades may name a kind of equipment or place (特种设备-客运索道)
        beside = finding.industry.partition("-")[2] if domains else ""
        return self.reader.read(
            finding.text, finding.facility or beside, industries, bool(domains), finding.on
        )

    def reader_context(self, industry: str) -> tuple[Mapping[str, FactValue], frozenset[str]]:
        """Attributes and domains that the industry label (or loose hint) of the user settles."""
        if not industry.strip():
            return {}, frozenset()
        return self._context(industry)

    def merge(
        self, read: Mapping[str, FactValue], given: Mapping[str, FactValue]
    ) -> tuple[dict[str, FactValue], list[Contradiction]]:
        """Given facts over read ones; a clash becomes 存疑 and is reported."""
        merged, clashes = dict(read), []
        for fact, value in given.items():
            held = merged.get(fact)
            if held is None or held.loose or held.presumed:
                merged[fact] = value
            elif value.values:
                if self.attributes.exclude(fact, held.values, value.values):
                    clashes.append(Contradiction(fact, held, value))
                    merged[fact] = replace(value, values=held.values | value.values, spans=held.spans)
                else:
                    joined = self.attributes.narrowest(fact, held.values | value.values)
                    merged[fact] = replace(value, values=joined, spans=held.spans)
            elif held.interval and value.interval and (both := held.interval.meet(value.interval)):
                merged[fact] = replace(value, interval=both, spans=held.spans)
            elif held.state is State.DOUBTFUL or (
                held.state is State.THERE and value.state is not State.MISSING
            ):
                merged[fact] = value
            elif (held.state, held.interval) != (value.state, value.interval):
                clashes.append(Contradiction(fact, held, value))
                merged[fact] = replace(value, state=State.DOUBTFUL, interval=None)
        return merged, clashes

    def valuations(
        self, standard: Standard, facts: Mapping[str, FactValue], presumed: Mapping[str, FactValue]
    ) -> tuple[Valuation, Valuation]:
        """How one standard reads the facts: definite ones only, and with presumptions."""
        soft = {k: v for k, v in facts.items() if v.presumed}
        firm = {k: v for k, v in facts.items() if not v.presumed} if soft else facts
        likely = {**presumed, **soft} if soft else presumed
        definite = Valuation(self.kb, self.lexicon, self.attributes, standard, firm, {})
        return definite, Valuation(self.kb, self.lexicon, self.attributes, standard, firm, likely)

    def neutral(self, facts: Mapping[str, FactValue]) -> Valuation:
        """Facts as no standard in particular reads them."""
        return Valuation(self.kb, self.lexicon, self.attributes, None, facts, {})

    def _candidates(self, facts: Iterable[str], on: date) -> dict[str, list[Clause]]:
        """Clauses in force whose defect asks one of the facts, by standard."""
        found: dict[str, dict[str, Clause]] = defaultdict(dict)
        for fact in facts:
            for clause in self._by_fact.get(fact, ()):
                if self.standards[clause.standard].in_force(on) or self.heir(clause.standard, on):
                    found[clause.standard][clause.id] = clause
        return {s: sorted(c.values(), key=lambda c: self._order[c.id]) for s, c in found.items()}

    def heir(self, edition: str, on: date) -> Standard | None:
        """The edition in force that takes its clues from an earlier one."""
        for s in self._heirs.get(edition, ()):
            if s.in_force(on) and not self.standards[edition].in_force(on):
                return s
        return None

    def as_clue(self, result: ClauseResult, heir: Standard | None) -> ClauseResult:
        """An earlier edition's clause only hints at what the edition in force may list."""
        if heir is None or result.status not in (*DECISIVE, *OPEN):
            return result
        return replace(result, status=Status.EXPERT, missing=(), presumed=(), clue_for=heir.id)

    def _judge_situation(self, situation: Situation, case: CaseFile) -> tuple[Part, list[Checked]]:
        results: list[ClauseResult] = []
        checks: list[Checked] = []
        touched = False
        for id, clauses in self._candidates(situation.facts, case.on).items():
            standard = self.standards[id]
            definite, presuming = self.valuations(standard, situation.facts, situation.presumed)
            pointing = self.distinctive(id)
            found = [judge_clause(c, standard.scope, definite, presuming, pointing) for c in clauses]
            heir = self.heir(id, case.on)
            if self._elsewhere(standard, situation, case, presuming):
                found = [replace(r, status=Status.UNTOUCHED) if r.status in OPEN else r for r in found]
            results += [self.as_clue(r, heir) for r in found]
            touched = touched or any(touches(limb, definite)[0] for c in clauses for limb in c.limbs)
            if self.crosscheck:
                check = self.crosscheck.compare(found, definite, presuming)
                checks.append(check)
        withheld = any(c.agreed is False for c in checks)
        level, reasons, results = self.conclude(situation, case, results, touched)
        if withheld:
            level, reasons = Level.VERIFY, ["内部故障：两个判定器结论不一致，本条结论暂不给出，请报告此问题"]
            results = []
        span = situation.instance.span
        facts = tuple(v for f, v in situation.facts.items() if self.matters(f, situation))
        return Part(span.text, span, level, tuple(results), facts, tuple(reasons), withheld), checks

    def _together(self, case: CaseFile) -> Situation | None:
        """What all statements of a finding say between them; what they contradict each other in is left out."""
        if len(case.situations) < 2:
            return None
        facts: dict[str, FactValue] = {}
        clashing: set[str] = set()
        for fact, value in ((f, v) for s in case.situations for f, v in s.facts.items()):
            held = facts.setdefault(fact, value)
            if (held.state, held.values, held.interval) != (value.state, value.values, value.interval):
                clashing.add(fact)
        presumed = {k: v for s in case.situations for k, v in s.presumed.items()}
        first, last = case.situations[0].instance, case.situations[-1].instance
        span = Span(first.span.start, last.span.end, "以上各条合计")
        said = {k: v for k, v in facts.items() if k not in clashing}
        return Situation(Instance(span, listed=last.listed), said, presumed, {})

    def _counted(
        self, together: Situation, case: CaseFile, parts: list[Part]
    ) -> tuple[Part | None, list[Checked]]:
        """Clauses that count over several statements (至少 n 项), or join the items of one list (且)."""
        held = {r.clause.id for p in parts for r in p.results if r.status in DECISIVE}
        results: list[ClauseResult] = []
        checks: list[Checked] = []
        for id, clauses in self._candidates(together.facts, case.on).items():
            counting = [c for c in clauses if c.id not in held and _counts(c, together.instance.listed)]
            standard = self.standards[id]
            if not counting or standard.grade != Level.MAJOR.value:
                continue
            definite, presuming = self.valuations(standard, together.facts, together.presumed)
            pointing = self.distinctive(id)
            found = [judge_clause(c, standard.scope, definite, presuming, pointing) for c in counting]
            heir = self.heir(id, case.on)
            results += [r for r in (self.as_clue(r, heir) for r in found) if r.status in DECISIVE]
            if self.crosscheck:
                checks.append(self.crosscheck.compare(found, definite, presuming))
        if not results or any(c.agreed is False for c in checks):
            return None, checks
        reasons = tuple(f"{r.clause.ref}：{r.status}（各条合计）" for r in results)
        facts = tuple(v for f, v in together.facts.items() if self.matters(f, together))
        span = together.instance.span
        ranked = tuple(sorted(results, key=self._rank))
        return Part(span.text, span, Level.MAJOR, ranked, facts, reasons), checks

    def conclude(
        self, situation: Situation, case: CaseFile, results: list[ClauseResult], touched: bool
    ) -> tuple[Level, list[str], list[ClauseResult]]:
        """What the clauses judged amount to: the verdict of one instance, its reasons, and the results in order.

        `touched`: some clause's defect is spoken of by definite facts.
        """
        results = sorted(results, key=self._rank)
        level, reasons = self._level(situation, results, case, situation.instance.defect or touched)
        free = INDUSTRY not in case.without
        if level is Level.VERIFY and free and (everywhere := self._in_every_trade(situation, results)):
            replaced = {r.clause.id: r for r in everywhere}
            results = sorted((replaced.get(r.clause.id, r) for r in results), key=self._rank)
            level, reasons = self._level(situation, results, case, defect=True)
        if level in (Level.GENERAL, Level.UNCOVERED) or (
            level is Level.VERIFY and not any(r.status in OPEN for r in results)
        ):
            proposed = self._proposed(situation, case, results)
            if proposed:
                ids = {r.clause.id for r in proposed}
                results = [*proposed, *(r for r in results if r.clause.id not in ids)]
                whole = self._of_whole_article(situation, case)
                guesses = [f"疑似{r.clause.ref}（{r.clause.title}），请确认" for r in proposed]
                level, reasons = Level.VERIFY, [whole, *guesses] if whole else guesses
        return level, reasons, results

    def _proposed(
        self, situation: Situation, case: CaseFile, judged: list[ClauseResult]
    ) -> list[ClauseResult]:
        """The clause in force that a net believes the text may touch, as a question.

        Only a clause about a thing or place that was read; where no word was left unread a net must be surer.
        """
        instance = situation.instance
        if not case.has_text or instance.compliant:
            return []
        settled = {r.clause.id for r in judged if r.status is not Status.UNTOUCHED}
        about = frozenset[str]().union(*map(self._about, instance.named))
        possible = {
            c.id: c
            for s in self._applicable(situation, case)
            for c in s.clauses
            if c.id in about and c.id not in settled
        }
        needed = ((net, net.least if instance.unread else net.sure) for net in self.nets)
        proposed = (
            (possible[id], belief)
            for net, least in needed
            if least is not None  # it need not even be loaded
            for id, belief in net.propose(instance.span.text, possible)
            if belief >= least
        )
        for clause, belief in proposed:
            standard = self.standards[clause.standard]
            both = self.valuations(standard, situation.facts, situation.presumed)
            result = suspect(clause, standard.scope, *both, belief)
            if result is not None:
                return [self.as_clue(result, self.heir(standard.id, case.on))]
        return []

    def _applicable(self, situation: Situation, case: CaseFile) -> list[Standard]:
        """Standards in force (or held as clues) that establish a 重大事故隐患 and may address the unit."""
        found = []
        for s in self.kb.standards:
            if s.grade == Level.MAJOR.value and (s.in_force(case.on) or self.heir(s.id, case.on)):
                _, presuming = self.valuations(s, situation.facts, situation.presumed)
                may = s.scope is None or presuming(s.scope) is not False
                if may and not self._elsewhere(s, situation, case, presuming):
                    found.append(s)
        return found

    def _is_about(self, concept: str) -> frozenset[str]:
        """The clauses whose defect is about a concept: it, a kind of it, what it is a kind of, or its place."""
        things, places = self._asking
        near = self.lexicon
        kin = (*near.above(concept), *near.narrower.get(concept, ()))
        return frozenset[str]().union(
            *(things[t] for t in kin if t in things),
            *(places[p] for p in near.within(concept) if p in places),
        )

    @cached_property
    def _asking(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The clauses whose defect asks about a thing, and about what is at a place."""
        things: dict[str, set[str]] = defaultdict(set)
        places: dict[str, set[str]] = defaultdict(set)
        for clause in self.kb.clauses():
            for a in (a for limb in clause.limbs for a in atoms(limb)):
                for role in ("thing", "partner", "quantity", "reference"):
                    if name := getattr(a, role, None):
                        things[name].add(clause.id)
                if place := getattr(a, "host", None):
                    places[place].add(clause.id)
        return dict(things), dict(places)

    def _elsewhere(
        self, standard: Standard, situation: Situation, case: CaseFile, presuming: Valuation
    ) -> bool:
        """Whether a user who named a field (消防, 特种设备) and no trade is not asking about this trade's standard.

        Its clauses are 「还可查」 then: not knowing the trade alone opens nothing.
        """
        if not case.domains or standard.domain in case.domains or standard.scope is None:
            return False
        return INDUSTRY not in situation.facts and presuming(standard.scope) is not True

    def _in_every_trade(self, situation: Situation, results: list[ClauseResult]) -> list[ClauseResult]:
        """Clauses that hold if the unit is of one narrower trade, where every trade it can be has such a clause.

        A unit known only as 非煤矿山 is 地下矿山 or 露天矿山 (尾矿库 would be named): what both list is decided.
        """
        known = situation.facts.get(INDUSTRY)
        waiting = [r for r in results if r.status is Status.OPEN and r.missing == (INDUSTRY,)]
        if known is None or not waiting or any(r.clue_for for r in waiting):
            return []
        kinds = [t for v in known.values for t in self.attributes.leaves(INDUSTRY, v)]
        unsaid = [t for t in kinds if t in self.kb.attributes[INDUSTRY].said and t not in known.values]
        if not unsaid:
            return []  # only where the narrower trades are all there are
        trades = [t for t in kinds if t not in unsaid]
        given = "、".join(sorted(known.values))
        why = f"只写“{given}”，推定不是{'、'.join(unsaid)}（是的会写明）；{'、'.join(trades)}都列有此情形"
        decided: dict[str, ClauseResult] = {}
        for trade in trades:
            value = FactValue(INDUSTRY, values=frozenset({trade}), source="推定", presumed=why)
            presumed = {**situation.presumed, INDUSTRY: value}
            facts = {k: v for k, v in situation.facts.items() if k != INDUSTRY}
            found = []
            for r in waiting:
                standard = self.standards[r.clause.standard]
                both = self.valuations(standard, facts, presumed)
                found.append(judge_clause(r.clause, standard.scope, *both, self.distinctive(standard.id)))
            hits = [r for r in found if r.status in DECISIVE]
            if not hits:
                return []
            decided |= {r.clause.id: r for r in hits}
        return list(decided.values())

    def matters(self, fact: str, situation: Situation) -> bool:
        """Whether some standard that may address the unit asks a fact; other trades' facts are not shown."""
        asked_in = self._asked_in.get(fact)
        known = situation.facts.get(INDUSTRY)
        if asked_in is None or known is None:
            return True
        return any(
            self.standards[s].scope is None or self._addresses(s, i) for s in asked_in for i in known.values
        )

    def _rank(self, r: ClauseResult) -> tuple[int, bool, tuple[int, ...], int]:
        order = (Status.HIT, Status.PRESUMED, Status.OPEN, Status.EXPERT)
        place = order.index(r.status) if r.status in order else len(order)
        lesser = self.standards[r.clause.standard].grade != Level.MAJOR.value  # 严重 stands behind 重大
        return place, lesser, tuple(-s for s in r.strength), self._order[r.clause.id]

    def _level(
        self, situation: Situation, results: list[ClauseResult], case: CaseFile, defect: bool
    ) -> tuple[Level, list[str]]:
        """The verdict of one instance, with the reason in a sentence each."""
        major = [r for r in results if self._grade(r) == Level.MAJOR.value]
        decisive = [r for r in major if r.status in DECISIVE]
        if decisive:
            return Level.MAJOR, [f"{r.clause.ref}：{r.status}" for r in decisive]
        if any(r.status in OPEN for r in major):
            return Level.VERIFY, [self._open_reason(major)]
        clear = situation.instance.understood and not situation.instance.uncertain
        if situation.instance.compliant and not defect and clear:
            return Level.NONE, ["所述情况为符合要求或已整改，未见隐患"]
        if not defect and not case.has_text and any(r.status is Status.REFUTED for r in results):
            return Level.NONE, ["所给事实不构成判定标准列举的情形"]
        if named := self._of_whole_article(situation, case):
            return Level.VERIFY, [named]
        if not defect:
            told = situation.instance.understood or situation.instance.compliant
            return Level.VERIFY, [NOTHING_READ if told else NOT_UNDERSTOOD]
        if not situation.instance.understood or situation.instance.vague:
            return Level.VERIFY, ["读到缺陷，但没有读懂是什么东西的缺陷，请换一种说法或补充"]
        level, reasons = self._unlisted(situation, case)
        others = dict.fromkeys(self._grade(r) for r in results if r.status in DECISIVE)
        return level, [*(f"构成{grade}（与重大事故隐患不是同一等级），见依据" for grade in others), *reasons]

    def _of_whole_article(self, situation: Situation, case: CaseFile) -> str:
        """What to ask of a finding that says no more than what a standard calls all items of an article; else empty."""
        text = situation.instance.span.text
        known = situation.facts.get(INDUSTRY) or situation.suggested.get(INDUSTRY)
        for s in self.kb.standards:
            if not s.aspects or not s.in_force(case.on) or known is None:
                continue
            said = next(((a, w) for a in s.aspects for w in a.words if w in text), None)
            if said and any(self._addresses(s.id, i) for i in known.values):
                aspect, words = said
                titles = [c.title for c in s.clauses if c.ref.startswith(aspect.ref)]
                first = "；".join(titles[:_TITLES]) + (
                    f"……（共{len(titles)}项）" if len(titles) > _TITLES else ""
                )
                return f"“{words}”是{s.doc_no}{aspect.ref}各项的总称，不能只凭它定级；请写明是其中哪一种：{first}"
        return ""

    def _grade(self, result: ClauseResult) -> str:
        return self.standards[result.clause.standard].grade

    def _open_reason(self, results: list[ClauseResult]) -> str:
        clues = [r for r in results if r.clue_for]
        if clues and all(r.clue_for for r in results if r.status in OPEN):
            heir = self.standards[clues[0].clue_for]
            return f"疑似，待按{heir.doc_no}人工判定：该版条文尚未（全部）收录，前一版的有关条款只作线索"
        return "所述情况触及判定标准，但还缺事实或者需要专业认定"

    def _unlisted(self, situation: Situation, case: CaseFile) -> tuple[Level, list[str]]:
        """A defect that no clause lists: 一般隐患 only where everything that could list it is encoded."""
        asked = case.domains | situation.instance.domains
        if PERMIT in asked:
            return Level.VERIFY, [UNLICENSED]
        missing = sorted(d for d in asked if not self._complete_domain(d, case.on))
        known = situation.facts.get(INDUSTRY)
        presumed = self._silent_editions(asked, known.values if known else frozenset(), case)
        if missing:
            return Level.UNCOVERED, [
                f"{'、'.join(missing)}领域的判定标准尚未（完整）收录，不能据此认定为一般隐患"
            ]
        if known is None:
            likely = situation.suggested.get(INDUSTRY)
            lacking = self._not_held(likely.values, case.on) if likely is not None else ""
            if asked and lacking and case.domains:
                return Level.GENERAL, [self._in_field_only(case.domains, lacking), *presumed]
            if asked:
                return Level.GENERAL, ["属缺陷，相关领域判定标准未列入", *presumed]
            return self._unlisted_where_likely(situation, case)
        of_field = case.domains & situation.instance.domains
        if of_field and (lacking := self._not_held(known.values, case.on)):
            return Level.GENERAL, [self._in_field_only(of_field, lacking), *presumed]
        return self._unlisted_in(known.values, presumed, case)

    @staticmethod
    def _in_field_only(fields: frozenset[str], lacking: str) -> str:
        """A defect of the field that the user named and asks about, unlisted there, in a trade not wholly held."""
        named = "、".join(sorted(fields))
        return f"属缺陷，{named}领域的判定标准未列入；{lacking}，本结论只就{named}而言"

    def _unlisted_where_likely(self, situation: Situation, case: CaseFile) -> tuple[Level, list[str]]:
        """A defect no clause of any trade lists, all its words read, in a trade that words only make likely
        (塔吊, 反应釜): presumed so.
        """
        likely = situation.suggested.get(INDUSTRY)
        if likely is not None and not situation.instance.unread:
            presumed = [likely.presumed, *(self._silent_editions(frozenset(), likely.values, case))]
            level, reasons = self._unlisted_in(likely.values, presumed, case)
            if level is Level.GENERAL:
                return level, reasons
        return Level.VERIFY, [NO_INDUSTRY]

    def _unlisted_in(
        self, industries: Iterable[str], presumed: list[str], case: CaseFile
    ) -> tuple[Level, list[str]]:
        """A defect that touches nothing, in each trade the unit may be of."""
        if lacking := self._not_held(industries, case.on):
            return Level.UNCOVERED, [f"{lacking}，不能据此认定为一般隐患"]
        return Level.GENERAL, ["属缺陷，但不在该行业判定标准列举的情形之内", *presumed]

    def _not_held(self, industries: Iterable[str], on: date) -> str:
        """What is not (wholly) held of the standards of trades, in words; empty when nothing is lacking."""
        for industry in sorted(industries):
            held = [s for s in self.kb.standards if s.in_force(on) and self._addresses(s.id, industry)]
            if not held:
                return f"{industry}的重大事故隐患判定标准尚未收录"
            partial = [s.title for s in held if not self._settled(s)]
            if partial:
                return f"《{'》《'.join(partial)}》只收录了一部分"
        return ""

    def _complete_domain(self, domain: str, on: date) -> bool:
        held = [s for s in self.kb.standards if s.domain == domain and s.in_force(on)]
        return bool(held) and all(self._settled(s) for s in held)

    def _settled(self, standard: Standard) -> bool:
        """Whether a defect that touches nothing is unlisted: all is held, or the edition before it was."""
        before = self.standards.get(standard.clues_from)
        return standard.complete or (before is not None and before.complete)

    def could_list(self, industries: frozenset[str], domains: frozenset[str], on: date) -> list[Standard]:
        """The standards in force on a day that address one of the trades, or are of one of the fields."""
        return [
            s
            for s in self.kb.standards
            if s.in_force(on) and (s.domain in domains or any(self._addresses(s.id, i) for i in industries))
        ]

    def _silent_editions(
        self, domains: frozenset[str], industries: frozenset[str], case: CaseFile
    ) -> list[str]:
        """Editions in force that are not wholly held and are only presumed not to list a defect, in a sentence each."""
        return [
            f"推定《{s.title}》（{s.doc_no}）未列入此情形：该版条文尚未（全部）收录，前一版未列入"
            for s in self.could_list(industries, domains, case.on)
            if s.clues_from and not s.complete
        ]

    def _does_address(self, id: str, industry: str) -> bool:
        """Whether a standard that says whom it addresses may address a unit of an industry."""
        standard = self.standards[id]
        if standard.scope is None:
            return False
        value = FactValue(INDUSTRY, values=frozenset({industry}))
        definite, _ = self.valuations(standard, {INDUSTRY: value}, {})
        return all(definite(a) is not False for a in atoms(standard.scope))

    def whole(self, finding: Finding, case: CaseFile, parts: list[Part], checks: list[Checked]) -> Verdict:
        reading = case.reading
        said = [p for p in parts if NOTHING_READ not in p.reasons] or parts
        told = said if any(p.level in (Level.GENERAL, Level.UNCOVERED) for p in said) else parts
        level = min((p.level for p in told), key=GRAVITY.index)  # a sentence that only describes asks nothing
        best: dict[str, ClauseResult] = {}
        for result in (r for p in parts for r in p.results):
            held = best.get(result.clause.id)
            if held is None or self._rank(result) < self._rank(held):
                best[result.clause.id] = result
        results = sorted(best.values(), key=self._rank)
        used = {(v.fact, v.spans) for r in results for v in r.support}
        facts = {
            (v.fact, v.spans): v for p in parts for v in p.facts if not v.loose or (v.fact, v.spans) in used
        }
        facts |= {(v.fact, v.spans): v for s in case.situations for v in s.suggested.values()}
        return Verdict(
            text=finding.text,
            on=case.on,
            level=level,
            parts=tuple(parts),
            results=tuple(results),
            questions=tuple(self._questions(results, parts)),
            facts=tuple(facts.values()),
            read=reading.coverage,
            unread=reading.unread,
            kb_version=self.version,
            standards=self.standards,
            reasons=tuple(dict.fromkeys(r for p in parts if p.level is level for r in p.reasons)),
            notes=tuple(
                dict.fromkeys((*self._unknown_industry(finding), *(c.note for c in checks if c.note)))
            ),
            fault=any(p.fault for p in parts),
            contradictions=case.contradictions,
            industry=finding.industry,
            facility=finding.facility,
            region=finding.region,
            evaluators=describe(checks, asked=self.crosscheck is not None),
        )

    def _unknown_industry(self, finding: Finding) -> list[str]:
        """What to say of an industry that no sector knows."""
        given = finding.industry.strip()
        context, domains = self.reader_context(given)
        return [f"不认识的行业“{given}”，按未给出行业判定"] if given and not context and not domains else []

    def _questions(self, results: list[ClauseResult], parts: list[Part]) -> list[Question]:
        """What is still to be found out, the question that settles most first."""
        unsettled = {
            r.clause.id for p in parts if p.level is Level.VERIFY for r in p.results if r.status in OPEN
        }
        open_ = [r for r in results if r.status in OPEN and r.clause.id in unsettled]
        counts = Counter(f for r in open_ for f in r.missing)
        first = {f: i for i, f in reversed(list(enumerate(f for r in open_ for f in r.missing)))}
        ordered = sorted(counts, key=lambda f: (-counts[f], first[f]))
        if not open_ and any(NO_INDUSTRY in p.reasons for p in parts):
            ordered, counts = [INDUSTRY], Counter({INDUSTRY: 1})
        suspected: dict[str, str] = {}
        for r in open_:
            for f in r.missing:
                said = f"疑似{r.clause.ref}（{r.clause.title}），请确认：" if r.suspected else ""
                suspected[f] = said if suspected.get(f, said) else ""
        asked = [self.question(f, counts[f]) for f in ordered]
        return [replace(q, question=suspected.get(q.fact, "") + q.question) for q in asked]

    def question(self, fact: str, settles: int = 0) -> Question:
        """The question that asks one fact."""
        f = self.facts.get(fact) or Fact(fact, "状态", fact, question=f"{fact}？")
        return Question(fact, f.question, f.how, f.options, settles)


def _without(instance: Instance, facts: frozenset[str]) -> Instance:
    """A statement once some of what was read of it is taken out; with nothing left, it states no defect."""
    left = tuple(v for v in instance.facts if v.fact not in facts)
    return (
        instance
        if left == instance.facts
        else replace(instance, facts=left, defect=instance.defect and bool(left))
    )
