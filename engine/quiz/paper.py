"""Papers: questions drawn by industry, role, difficulty and seed, so that none gives another's key away."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from engine.consequences import CROSS, lineage
from engine.judge import Engine
from engine.quiz.clauses import Maker, roles
from engine.quiz.model import (
    CASE,
    DIFFICULTIES,
    GAP,
    MULTIPLE,
    NUMBER,
    ROLES,
    SINGLE,
    TRUE_FALSE,
    WHO,
    Paper,
    Question,
)
from engine.quiz.phrase import TRADE
from engine.quiz.prove import Prover
from engine.quiz.registers import RegisterMaker
from engine.quiz.scene import Scene
from engine.quiz.texts import CaseMaker, Findings
from kb.errors import BadInput
from kb.models import Clause, KnowledgeBase
from kb.national import Department, Duty

SHARES = {SINGLE: 0.25, TRUE_FALSE: 0.2, CASE: 0.2, MULTIPLE: 0.12, NUMBER: 0.08, GAP: 0.07, WHO: 0.08}
SITE = {TRUE_FALSE: 0.4, SINGLE: 0.3, CASE: 0.2, WHO: 0.1}  # read and answered in 18 seconds each
SITE_SIZE, SITE_MINUTES, SITE_STEM = 10, 3, 110
_TELLING = 8  # characters; a shorter key says nothing by standing elsewhere
_WHO = 0.15  # at most so many of a paper ask who is responsible
_MOST = 1.6  # times the even share of an article
_ARTICLE = re.compile(r"第[^条]+条|\d+(?:\.\d+)?|[一二三四五六七八九十]+、")
_MARKS = re.compile(r"[\s，。；、：“”（）()《》]")


@dataclass(frozen=True)
class Wanted:
    """What a paper is for. `industry` empty: every one; `region`: local documents are asked too."""

    industry: str = ""
    role: str = ""
    size: int = 20
    seed: int = 1
    difficulty: str = ""
    region: str = ""
    site: bool = False

    def checked(self) -> Wanted:
        """Itself. Raises BadInput where a word is none of those known."""
        for value, known, name in ((self.role, ROLES, "角色"), (self.difficulty, DIFFICULTIES, "难度")):
            if value and value not in known:
                raise BadInput(f"{name} {value!r} 应为 {'、'.join(known)} 之一")
        if not 1 <= self.size <= 1000:
            raise BadInput(f"题数 {self.size} 应在1至1000之间")
        return self


OPEN_PITS = frozenset({"露天煤矿", "露天矿山", "金属非金属露天矿山"})
_BELOW = re.compile(
    r"井下|井工|井口|矿井|井巷|巷道|采掘|采煤工作面|采（盘）区|瓦斯|甲烷|通风机|冲击|突出|探放水|防隔水|架空乘人|提升|回采|掘进|"
    r"地表水体|烟雾|空顶|下井|透水|透（突|水患|防突|入井|输送带"
)
_ABOVE = re.compile(r"露天|剥离|边坡|边帮|台阶|排土场|采场|平盘|坑下")


def of_underground(clause: Clause) -> bool:
    """Whether a clause speaks of underground mines only."""
    said = clause.title + clause.restatement
    return bool(_BELOW.search(said)) and not _ABOVE.search(clause.title)


class Source:
    """Proven questions of one industry on a day, as streams by kind, each in the order its random source draws."""

    def __init__(
        self, engine: Engine, on: date, industry: str = "", region: str = "", role: str = ""
    ) -> None:
        self.engine, self.on, self.region, self.role = engine, on, region, role
        self.prover = Prover(engine)
        self.industries = known_industries(engine, industry)
        self.maker = Maker(engine, self.prover, on, self.industries)
        self.registers = RegisterMaker(self.prover, on)

    @property
    def _leads(self) -> bool:
        """Whether it is for who leads a unit: asked as much of duties as of clauses, and of no editions."""
        return self.role == ROLES[0]

    @cached_property
    def clauses(self) -> list[Clause]:
        return [c for c in self.maker.clauses if self._addressed(c) and not self._elsewhere(c)]

    def _elsewhere(self, clause: Clause) -> bool:
        """Whether a clause speaks only of what the industry has not: 井下 of an open pit, 自动扶梯 of a chemical plant."""
        if self.industries and self.industries <= OPEN_PITS and of_underground(clause):
            return True
        return self.maker.foreign(clause.title)

    def _drawn(self, kind: str, rng: random.Random) -> list[Clause]:
        """The clauses the role is asked about, in an order drawn: three of the industry's own for one of every industry's."""
        drawn = [
            c
            for c in rng.sample(self.clauses, len(self.clauses))
            if not self.role or self.role in roles(kind, c)
        ]
        own = [c for c in drawn if self.maker.trades(c)]
        shared = [c for c in drawn if not self.maker.trades(c)]
        turns = [(n / 3, c) for n, c in enumerate(own)] + [(n + 0.99, c) for n, c in enumerate(shared)]
        return [c for _, c in sorted(turns, key=lambda t: t[0])]

    @cached_property
    def duties(self) -> list[Duty]:
        return [d for d in self.registers.duties if self._binds(d)]

    def _addressed(self, clause: Clause) -> bool:
        """Whether a clause may address the industry: its own, a broader or narrower one, or every one."""
        trades = self.maker.trades(clause)
        if not self.industries:
            return True
        if not trades:
            domain = self.maker.standard(clause).domain
            return not (self.industries & set(CROSS)) or domain in self.industries
        return any(self.engine.attributes.holds(TRADE, [i], trades) is not False for i in self.industries)

    def _binds(self, duty: Duty) -> bool:
        if not self.industries:
            return True
        tags = frozenset(t for i in self.industries for t in lineage(self.engine.kb.attributes[TRADE], i))
        if tags & set(duty.except_industries):
            return False
        if duty.industries and not tags & set(duty.industries):
            return False
        return not self.maker.foreign(duty.applies_to + duty.duty)

    @cached_property
    def findings(self) -> Findings:
        return Findings(self.maker, frozenset(c.standard for c in self.clauses), seed=0)

    def stream(self, kind: str, rng: random.Random) -> Iterator[Question]:
        """Questions of one kind, at most one of a clause or duty."""
        match kind:
            case "案例判定":
                return _mixed(self._cases(rng), self._ordinary(rng), each=3)
            case "谁负责":
                mine = [self._departments(rng, shared=False), self._of_duties(kind, rng), self._tasks(rng)]
                rng.shuffle(mine)
                return _mixed(_mixed(*mine), self._departments(rng, shared=True), each=3)
            case "单选":
                scenes, duties = self._of_scenes(kind, self.maker.single, rng), self._of_duties(kind, rng)
                return _mixed(duties, scenes) if self._leads else _mixed(scenes, duties, each=2)
            case "判断":
                scenes, duties = self._of_scenes(kind, self.maker.true_false, rng), self._of_duties(kind, rng)
                return _mixed(duties, scenes) if self._leads else _mixed(scenes, duties, self._editions(rng))
            case "多选":
                return self._of_clauses(kind, self.maker.multiple, rng)
            case "数值":
                return self._of_scenes(kind, self.maker.edge, rng)
            case _:
                return self._of_scenes(kind, self.maker.gap, rng)

    def _of_scenes(
        self, kind: str, make: Callable[[Scene, random.Random], Question | None], rng: random.Random
    ) -> Iterator[Question]:
        for clause in self._drawn(kind, rng):
            listed = self.maker.listed(clause)
            for scene in rng.sample(listed, len(listed))[:3]:
                question = make(scene, rng)
                if question is not None:
                    yield self._ordered(question, rng)
                    break

    def _of_clauses(
        self, kind: str, make: Callable[[Clause, random.Random], Question | None], rng: random.Random
    ) -> Iterator[Question]:
        for clause in self._drawn(kind, rng):
            question = make(clause, rng)
            if question is not None:
                yield self._ordered(question, rng)

    def _case_maker(self) -> CaseMaker:
        open_pit = bool(self.industries) and self.industries <= OPEN_PITS
        return CaseMaker(self.maker, self.findings, _BELOW if open_pit else None)

    def _cases(self, rng: random.Random) -> Iterator[Question]:
        maker = self._case_maker()
        for clause in self._drawn(CASE, rng):
            yield from (
                self._ordered(q, rng) for q, _ in zip(maker.from_clause(clause, rng), (1,), strict=False)
            )

    def _ordinary(self, rng: random.Random) -> Iterator[Question]:
        maker = self._case_maker()
        standards = sorted({c.standard for c in self.clauses})
        for standard in rng.sample(standards, len(standards)):
            yield from (self._ordered(q, rng) for q in maker.ordinary(standard, rng))

    def _of_duties(self, kind: str, rng: random.Random) -> Iterator[Question]:
        for duty in (
            _by_side(rng.sample(self.duties, len(self.duties)))
            if kind == WHO
            else rng.sample(self.duties, len(self.duties))
        ):
            found = [q for q in self.registers.from_duty(duty, rng) if q.kind == kind]
            yield from (self._ordered(q, rng) for q in found[:1])

    def _departments(self, rng: random.Random, *, shared: bool) -> Iterator[Question]:
        """Who supervises the industry's own sectors; `shared`: those every industry has to do with."""
        for department in rng.sample(held := self.prover.registers.departments, len(held)):
            cross = bool(self.industries and set(department.industries) & set(CROSS))
            if cross is shared and (cross or self._near(department)):
                yield from (self._ordered(q, rng) for q in self.registers.from_department(department, rng))

    def _near(self, department: Department) -> bool:
        """Whether a sector is the industry's own, a broader or narrower one, or bears its name."""
        holds = self.engine.attributes.holds
        return not self.industries or any(
            i in department.sector or holds(TRADE, [i], department.industries) is not False
            for i in self.industries
        )

    def _tasks(self, rng: random.Random) -> Iterator[Question]:
        packs = [p for p in self.prover.registers.packs if self.region and self.region in
                 (p.region.id, p.region.name, *p.region.labels)]  # fmt: skip
        tasks = [(p, t) for p in packs for t in p.tasks]
        for pack, task in rng.sample(tasks, len(tasks)):
            yield from (self._ordered(q, rng) for q in self.registers.from_task(pack, task, rng))

    def _editions(self, rng: random.Random) -> Iterator[Question]:
        domains = {self.maker.standard(c).domain for c in self.clauses}
        old = [s for s in self.engine.kb.standards if s.expired and s.domain in domains]
        for standard in rng.sample(old, len(old)):
            question = self.maker.edition(standard, rng)
            if question is not None:
                yield question

    def _ordered(self, question: Question, rng: random.Random) -> Question:
        return question if question.kind == TRUE_FALSE else self.maker.ordered(question, rng)


def _by_side(duties: list[Duty]) -> list[Duty]:
    """Duties so that those of enterprises, departments, territories and persons take turns."""
    turn: Counter[str] = Counter()
    ranked = []
    for duty in duties:
        turn[duty.side] += 1
        ranked.append((turn[duty.side], duty))
    return [d for _, d in sorted(ranked, key=lambda r: r[0])]


def known_industries(engine: Engine, industry: str) -> frozenset[str]:
    """The industries a label or loose hint means; empty: all. Raises BadInput naming the labels."""
    known = engine.kb.attributes[TRADE].ancestors()
    if not industry:
        return frozenset()
    if industry in known or industry in CROSS:
        return frozenset({industry})
    context, domains = engine.reader_context(industry)
    found = frozenset(context[TRADE].values) if TRADE in context else domains & set(CROSS)
    if not found:
        raise BadInput(f"没有行业 {industry!r}，应为 {'、'.join([*known, *CROSS])} 之一")
    return found


def make_paper(engine: Engine, wanted: Wanted, on: date) -> Paper:
    """A paper. The same seed gives the same paper. Raises BadInput on an unknown industry, role or difficulty."""
    wanted = wanted.checked()
    source = Source(engine, on, wanted.industry, wanted.region, wanted.role)
    shares = SITE if wanted.site else SHARES
    size = SITE_SIZE if wanted.site else wanted.size
    drawn = f"{wanted.seed}/{wanted.role}" if wanted.role else f"{wanted.seed}"
    streams = {k: source.stream(k, random.Random(f"{drawn}/{k}")) for k in shares}
    drawing = _Drawing(source, wanted, size)
    drawing.fill(streams, shares)
    if len(drawing.chosen) < size and wanted.role:  # what everybody of the trade should know
        anyone = Source(engine, on, wanted.industry, wanted.region)
        more = {
            k: anyone.stream(k, random.Random(f"{wanted.seed}/{k}/+")) for k in (TRUE_FALSE, SINGLE, CASE)
        }
        drawing.anyone = True
        drawing.fill(more, shares)
    chosen = drawing.closed()
    order = list(shares)
    chosen.sort(key=lambda q: order.index(q.kind))
    title = f"{wanted.industry or '安全生产'}{f'（{wanted.role}）' if wanted.role else ''}{'现场' if wanted.site else ''}应知应会考核试卷"
    return Paper(title, tuple(chosen), on, wanted.seed, short=size - len(chosen),
                 minutes=SITE_MINUTES if wanted.site else 0)  # fmt: skip


class _Drawing:
    """A paper as it fills: questions that fit, are proven, do not give each other away and stay within fair shares."""

    def __init__(self, source: Source, wanted: Wanted, size: int) -> None:
        self.chosen: list[Question] = []
        self.anyone = False  # whether questions of other roles are taken
        self._over: list[Question] = []  # beyond their share: taken only where nothing else is left
        self._source, self._wanted, self._size = source, wanted, size
        self._fair = Fair(source, size)
        self._held = frozenset(s.id for s in source.engine.kb.standards)

    def fill(self, streams: dict[str, Iterator[Question]], shares: Mapping[str, float]) -> None:
        """Takes from the stream whose kind is furthest behind its share until the paper is full or all have ended."""
        while len(self.chosen) < self._size and streams:
            counts = {k: sum(q.kind == k for q in self.chosen) for k in streams}
            kind = max(
                streams, key=lambda k: (shares.get(k, 0.1) * self._size - counts[k]) / shares.get(k, 0.1)
            )
            question = self._next(streams[kind])
            if question is None:
                del streams[kind]
            else:
                self.chosen.append(question)

    def closed(self) -> list[Question]:
        """The questions, filled up with what was held back."""
        for question in self._over:
            if len(self.chosen) < self._size and not _betrays(question, self.chosen):
                self.chosen.append(question)
        return self.chosen

    def _next(self, questions: Iterator[Question]) -> Question | None:
        for question in questions:
            wanted = replace(self._wanted, role="") if self.anyone else self._wanted
            if self.anyone and (
                question.difficulty == DIFFICULTIES[-1] or question.citation.standard not in self._held
            ):
                continue
            if (
                not _fits(question, wanted)
                or _betrays(question, self.chosen)
                or self._source.prover.faults(question)
            ):
                continue
            if self._fair.allows(question, self.chosen):
                return question
            if len(self._over) > 2 * self._size:
                return None
            self._over.append(question)
        return None


class Fair:
    """Fair shares of a paper: of each article, of the standards all industries share, of 正确 and 错误."""

    def __init__(self, source: Source, size: int) -> None:
        self._shared = frozenset(
            s.id
            for s in source.engine.kb.standards
            if s.domain in CROSS and not source.industries & set(CROSS)
        )
        articles = {_article(c.standard, c.ref) for c in source.clauses if c.standard not in self._shared}
        self._of_article = max(2, math.ceil(_MOST * size / max(1, len(articles))))
        self._of_who = max(1, round(_WHO * size))
        self._of_shared = max(1, size // 5) if source.industries else size

    def allows(self, question: Question, chosen: Iterable[Question]) -> bool:
        """Whether a question more of its article, standard and key would be a fair share."""
        beside = list(chosen)
        cited = question.citation
        if question.kind == WHO and sum(q.kind == WHO for q in beside) >= self._of_who:
            return False
        if question.kind == TRUE_FALSE:
            keys = [q.key for q in beside if q.kind == TRUE_FALSE]
            if keys.count(question.key) > len(keys) - keys.count(question.key):
                return False
        if sum(_place(q) == _place(question) for q in beside) >= self._of_article:
            return False
        in_shared = sum(q.citation.standard in self._shared for q in beside)
        return cited.standard not in self._shared or in_shared < self._of_shared


def _place(question: Question) -> tuple[str, str]:
    return _article(question.citation.standard, question.citation.ref)


def _article(standard: str, ref: str) -> tuple[str, str]:
    """The article an item stands in: 第十一条 of 第十一条第（三）项, 4.3 of 4.3 c)."""
    found = _ARTICLE.match(ref)
    return standard, found[0] if found else ref


def _fits(question: Question, wanted: Wanted) -> bool:
    if wanted.role and wanted.role not in question.roles:
        return False
    if wanted.site and len(question.stem) > SITE_STEM:
        return False
    return not wanted.difficulty or question.difficulty == wanted.difficulty


def _betrays(question: Question, chosen: Iterable[Question]) -> bool:
    return any(gives_away(question, other) for other in chosen)


def gives_away(first: Question, second: Question) -> bool:
    """Whether one question tells another's key: the same clause, duty or fact, or a key that stands in the other."""
    if first.topics & second.topics:
        return True
    return _tells(first, second) or _tells(second, first)


def _tells(told: Question, asked: Question) -> bool:
    if asked.kind == TRUE_FALSE:
        return False  # its key is a word
    said = _MARKS.sub("", told.stem + told.explanation + "".join(told.options))
    return any(
        len(k) >= _TELLING and k in said
        for k in (_MARKS.sub("", r) for r in asked.right)
        if "没有列入" not in k
    )


def expired(question: Question, on: date, kb: KnowledgeBase) -> bool:
    """Whether a question may no longer be asked on a day: its standard is not in force then, or no longer held."""
    if (question.valid_from and on < question.valid_from) or (question.valid_to and on >= question.valid_to):
        return True
    held = {s.id: s for s in kb.standards}.get(question.citation.standard)
    return held is not None and not held.in_force(on)


def stale(questions: Iterable[Question], on: date, engine: Engine) -> list[Question]:
    """Questions that may no longer be asked on a day: expired, or what they say is not what the clauses now say."""
    prover = Prover(engine)
    return [q for q in questions if expired(q, on, engine.kb) or (q.tests and _refuted(prover, q))]


def _refuted(prover: Prover, question: Question) -> bool:
    try:
        return bool(prover.faults(question))
    except (KeyError, ValueError):  # a clause, duty or fact of which the knowledge base no longer knows
        return True


def _mixed(*streams: Iterator[Question], each: int = 1) -> Iterator[Question]:
    """Streams by turns, so many of the first for one of the others."""
    first, *others = streams
    while True:
        taken = [q for q, _ in zip(first, range(each), strict=False)]
        taken += [q for stream in others if (q := next(stream, None)) is not None]
        if not taken:
            return
        yield from taken
