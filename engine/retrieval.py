"""Finds which passages of a region's documents a question is about: concept labels and character pairs together.

A passage is one statement of a task, or the task itself; what a passage names counts fully, what its task names counts less.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy import ndarray as Numbers

from corpus.questions import EVERYDAY, NOISE, SAME, WEAK
from kb.registers import RegionPack, Statement, Task
from ontology.domains import ROOMS, Domains, Mention, fold

TASK_WEIGHT = 0.55  # a word that only the task names, not the statement
WHOLE_TASK = 0.95  # a task gathers the words of all its statements: the statement that has them goes first
WORTH_SHOWING = 0.5  # passages below this share of the best are not looked at further
MOST = 30  # nor more of them than this
LEVEL_WEIGHT = 0.9  # for each step up to a broader term
THING_WEIGHT = 8.0  # a thing named counts at least this much
CONTEXT_WEIGHT = 0.25  # 商场 in 商场的扶梯: where the thing is, not the thing
FEW_UNITS, PER_UNIT, EVERYONE = 5, 0.01, 0.12  # a task of more units leans away: everyone's is nobody's
TITLE_WITHIN = 0.8  # the title names it among other words
SYNONYM = 0.94  # a thing named by another of its words than the question's
FAINT = 0.2  # words of the document's title
TITLED = 0.1  # words beside the things that the title has too
ACTED = 0.3  # words beside a thing when all that is asked is whose it is: they tell sentences apart
OTHER_THING = 0.08  # its title is about a thing when none is asked about
TITLE_BONUS, REMIT_TITLE = (
    0.2,
    0.3,
)  # the task's title names the thing or what it belongs to; more so if that is all
SUBJECT, LISTED, WITHIN, RESTRICTED = (
    0.98,
    0.95,
    0.92,
    0.6,
)  # in what is done; in a list; inside a longer term; narrowed by another thing (校园特种设备)
REMIT_BONUS = 0.3  # a unit's own list of duties, when all that is asked is whose a thing is
ASIDE = 0.1  # aims, stages and the state of things say less about whose a thing is
ASPECTS = frozenset({"消防安全", "特种设备", "职业病危害"})  # sides of a thing, not things at a place
ADDED = re.compile(
    r"(?:安全|监管|管理|行业|领域|企业|单位|生产|专项|治理|整治|深化|等)*(?=$|[、，（(和及])"
)  # what may follow a thing in a term of its own
AFTER = re.compile(
    r"(?:(?:安装|加装|配备|设置|使用)(?:的)?|(?:旁边|门口|附近|里|内|中|用|上|下|旁|边)?面?的?)"
)  # what may stand between a place and the thing there
OPERATORS = frozenset(
    {"企业", "从业人员", "社会"}
)  # they run a business: never the answer to who supervises it
FIRE = "消防安全"  # so are its parts: 医院的疏散通道
ANNEX, OPENING = re.compile(r"附件\d+"), "（前言）"
VERBATIM = "原词"
BROADER = "上位类"
INFERRED = "推断"

Words = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Passage:
    """A statement of a task (or the task alone): `own` is its text, `task_text` that of its task, folded."""

    pack: RegionPack
    task: Task
    says: Statement | None
    own: str
    task_text: str


@dataclass(frozen=True)
class Hit:
    """How well a passage fits: `score` 0 to 1; `basis` 原词 or 上位类.

    `named`: its words for the things asked about; `missing`: those it does not name; `direct`: all named in its own text;
    `titled`: the title of its task names one of them or what it belongs to.
    """

    passage: Passage
    score: float
    basis: str
    named: tuple[str, ...]
    missing: tuple[str, ...]
    direct: bool
    titled: bool


@dataclass(frozen=True)
class Asked:
    """What a search looks for. `remit`: all that is asked is whose the thing is; `title`: what a title counts; `who`: only units are asked;
    `faint`: pairs that only name the document."""

    content: str
    mentions: list[Mention]
    remit: bool
    title: float = TITLE_BONUS
    who: bool = True
    faint: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> tuple[Mention, ...]:
        """Things that only say where another is: 商场 in 商场的扶梯 and in 商场电梯; not 商场 in 商场消防.

        What every house has (医院食堂, 学校宿舍) is the house's own: then the house is what is asked about.
        """
        rooms = tuple(m for m in self.mentions if m.domain.name in ROOMS and self._in_a_house(m))
        told = self._told_before
        rest = [m for m in self.mentions if m not in told]
        return (*told, *(rooms or (m for m in rest if self._is_place(m) or self._is_said_already(m))))

    @cached_property
    def _told_before(self) -> tuple[Mention, ...]:
        """Things of the clauses before the one that asks, where that one has a thing of its own: 物业不管，谁来督促物业."""
        asking = self.content.rfind("　")
        start = self.content.rfind("，", 0, asking) + 1 if asking >= 0 else 0
        before = tuple(m for m in self.mentions if m.end <= start)
        return before if self.who and len(before) < len(self.mentions) else ()

    def _is_said_already(self, m: Mention) -> bool:
        """工地 in 修水库的工地: no more than what is said before it."""
        before = next((x for x in self.mentions if x.end in (m.start, m.start - 1)), None)
        between = self.content[before.end : m.start] if before else "-"
        return before is not None and between in ("", "的") and m.domain.name in before.domain.broader

    def _in_a_house(self, m: Mention) -> bool:
        before = next((x for x in self.mentions if x.end <= m.start and x.domain.name not in ASPECTS), None)
        return (
            before is not None
            and re.fullmatch("里?面?的?|内的?", self.content[before.end : m.start]) is not None
        )

    @cached_property
    def heads(self) -> tuple[Mention, ...]:
        """The things that are asked about."""
        return tuple(m for m in self.mentions if m not in self.places)

    def _is_place(self, m: Mention) -> bool:
        after = AFTER.match(self.content, m.end)
        start = after.end() if after else m.end
        head = next((x for x in self.mentions if x.start == start), None)
        if head is not None and head.domain.name in m.domain.broader:
            return False
        if head is not None:
            return head.domain.name not in ASPECTS and FIRE not in head.domain.broader
        if not self.who or after is None or not after.group().endswith("的"):
            return False
        of = re.split(r"[，。？?　]", self.content[start:])[0]
        return len(NOISE.sub("", EVERYDAY.sub("", of))) > 1


@dataclass(frozen=True)
class _Naming:
    """Where a thing is named: passages, shares, and for each passage the basis and the words."""

    ids: Numbers
    shares: Numbers
    words: dict[int, tuple[str, str]]
    printed: dict[str, Numbers]  # for each of its words, where among the passages they stand
    narrowed: tuple[int, ...]  # where among the passages it is narrowed by another thing


def pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def statement_text(s: Statement) -> str:
    """What a statement says, without who acts."""
    parts = [s.what, *s.about]
    parts += [v.of + v.printed for v in s.values] + [o.of + o.to + o.printed for o in s.often]
    parts += [w.of + w.printed for w in s.when]
    return fold("　".join(parts))


def passages(pack: RegionPack) -> Iterator[Passage]:
    """Every passage of a pack, each task itself before its statements."""
    for task in pack.tasks:
        text = fold("　".join([task.title, *task.about]))
        yield Passage(pack, task, None, text, "")
        for s in task.says:
            yield Passage(pack, task, s, statement_text(s), text)


def rest_of(asked: Asked) -> list[str]:
    """The words beside the things and the words every question has."""
    rest = list(fold(asked.content))
    for m in asked.mentions:
        rest[m.start : m.end] = "　" * (m.end - m.start)
    return [c for c in NOISE.sub("　", "".join(rest)).split("　") if len(c) > 1]


class Index:
    """The passages of one region; for each character pair and each thing, where it stands and how much it says."""

    def __init__(self, packs: Iterable[RegionPack], domains: Domains) -> None:
        self.domains = domains
        self.passages = tuple(p for pack in packs for p in passages(pack))
        self.postings = self._post()
        in_titles: dict[str, list[int]] = defaultdict(list)
        for i, p in enumerate(self.passages):
            for pair in set(pairs(fold(p.task.title))):
                in_titles[pair].append(i)
        self.title_postings = {pair: np.array(at) for pair, at in in_titles.items()}
        self.places, self.titles = self._place()
        self.named_by: dict[int, set[str]] = defaultdict(set)
        for name, at in self.places.items():
            for i in at:
                self.named_by[i].add(name)
        self.lean = np.array([_lean(p) for p in self.passages])
        self.about_things = np.zeros(len(self.passages))
        for titled in self.titles.values():
            self.about_things[list(titled)] = OTHER_THING
        self.remit = self.lean + np.array([_remit(p) for p in self.passages])
        self.context = self._contexts()
        self._named = lru_cache(maxsize=4096)(self._named_in)
        self._naming = lru_cache(maxsize=4096)(self._find_naming)
        self._titled = lru_cache(maxsize=4096)(self._find_titled)

    def _post(self) -> dict[str, tuple[Numbers, Numbers]]:
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for i, p in enumerate(self.passages):
            agents = fold("　".join(a.printed for a in p.says.who)) if p.says else ""
            for pair in pairs(p.task_text):
                found[pair][i] = TASK_WEIGHT
            for pair in pairs(f"{p.own}　{agents}"):
                found[pair][i] = 1.0 if p.says else WHOLE_TASK
        for group in SAME:
            together: dict[int, float] = {}
            for word in group:
                for i, share in found.get(word, {}).items():
                    together[i] = max(share, together.get(i, 0.0))
            found.update({word: together for word in group} if together else {})
        return {pair: (np.array(list(at)), np.array(list(at.values()))) for pair, at in found.items()}

    def _contexts(self) -> tuple[frozenset[str], ...]:
        """For each passage the things that the title of its annex names: they need not be said again in it."""
        heads: dict[tuple[str, str], frozenset[str]] = {}
        for p in self.passages:
            annex = ANNEX.match(p.task.ref)
            if annex and p.says is None and p.task.ref.endswith(OPENING):
                names = frozenset(self._named_in(fold(p.task.title)))
                heads[p.pack.document.id, annex.group()] = names
        at = (ANNEX.match(p.task.ref) for p in self.passages)
        return tuple(
            heads.get((p.pack.document.id, m.group()), frozenset()) if m else frozenset()
            for p, m in zip(self.passages, at, strict=True)
        )

    def _place(self) -> tuple[dict[str, dict[int, tuple[float, Words]]], dict[str, dict[int, float]]]:
        """For each thing, the passages that name it with share and words, and those whose title does."""
        places: dict[str, dict[int, tuple[float, Words]]] = defaultdict(dict)
        titles: dict[str, dict[int, float]] = defaultdict(dict)
        seen = lru_cache(maxsize=None)(self._named_in)
        for i, p in enumerate(self.passages):
            for name, (share, words) in seen(p.task_text).items():
                places[name][i] = (TASK_WEIGHT * share, words)
            for name, (share, words) in seen(p.own).items():
                places[name][i] = (share if p.says else WHOLE_TASK * share, words)
            for name, (share, _) in seen(fold(p.task.title)).items():
                titles[name][i] = 1.0 if share == 1.0 else TITLE_WITHIN
        return places, titles

    def _named_in(self, text: str, within: frozenset[str] = frozenset()) -> dict[str, tuple[float, Words]]:
        """The things a text names, how plainly and in which words, the plainest first; 进学校 and 平安渔业 are
        campaigns, not things.

        `within`: things that may stand before another without narrowing it, because both are asked about.
        """
        out: dict[str, tuple[float, Words]] = {}
        for at, term in enumerate(text.split("　")):
            found = self.domains.find(term)
            for before, m in zip([None, *found], found, strict=False):
                if term[: m.start].endswith(("进", "平安")):
                    continue
                alone = (m.start == 0 or term[m.start - 1] in "、，和及") and ADDED.match(term, m.end)
                share = (1.0 if alone else SUBJECT) if at == 0 else LISTED if alone else WITHIN
                if before is not None and before.end == m.start and before.domain.name not in within:
                    share = RESTRICTED
                most, words = out.get(m.domain.name, (0.0, ()))
                order = (m.words, *words) if share > most else (*words, m.words)
                out[m.domain.name] = (max(share, most), tuple(dict.fromkeys(order)))
        return out

    def weight(self, pair: str) -> float:
        """Rarer pairs say more; a pair no passage has says most."""
        held = len(self.postings[pair][0]) if pair in self.postings else 0
        return math.log((len(self.passages) + 1) / (held + 0.5))

    def _find_naming(self, name: str) -> _Naming:
        out: dict[int, tuple[float, str, Words]] = {}
        for depth, level in enumerate(self.domains.levels(self.domains.rows[name])):
            factor, basis = LEVEL_WEIGHT**depth, VERBATIM if depth == 0 else BROADER
            for d in level:
                for i, (share, words) in self.places.get(d.name, {}).items():
                    if factor * share > out.get(i, (0.0,))[0]:
                        out[i] = (factor * share, basis, words)
        shares = np.array([share for share, _, _ in out.values()])
        words_at = {i: (basis, words[0]) for i, (_, basis, words) in out.items()}
        printed: dict[str, list[int]] = defaultdict(list)
        for at, (_, _, words) in enumerate(out.values()):
            for form in words:
                printed[form].append(at)
        places = {form: np.array(at) for form, at in printed.items()}
        narrow = (RESTRICTED, RESTRICTED * WHOLE_TASK)
        narrowed = tuple(
            at for at, (share, basis, _) in enumerate(out.values()) if share in narrow and basis == VERBATIM
        )
        return _Naming(np.array(list(out), dtype=int), shares, words_at, places, narrowed)

    def _find_titled(self, name: str) -> tuple[Numbers, Numbers, frozenset[int]]:
        """Passages of tasks whose title names a thing or what it belongs to, with the share of the bonus."""
        out: dict[int, float] = {}
        for depth, level in enumerate(self.domains.levels(self.domains.rows[name])):
            for i, share in ((i, s) for d in level for i, s in self.titles.get(d.name, {}).items()):
                out.setdefault(i, share * LEVEL_WEIGHT**depth)
        return np.array(list(out), dtype=int), np.array(list(out.values())), frozenset(out)

    def holds(self, m: Mention) -> bool:
        """Whether any passage names a thing or what it belongs to."""
        return len(self._naming(m.domain.name).ids) > 0

    def unknown(self, asked: Asked) -> tuple[str, ...]:
        """Words of the question that neither the table of things nor any passage has."""
        return tuple(
            c for c in rest_of(asked) if len(c) > 1 and not any(p in self.postings for p in pairs(c))
        )

    def search(self, asked: Asked, rest_weight: float = 1.0) -> list[Hit]:
        """Passages by fit, best first.

        `rest_weight`: how much words beside the things count; below 1, those that no passage has do not count
        at all (a defect is no evidence of who supervises).
        """
        if asked.remit:
            rest_weight = ACTED
        chunks = [x for c in rest_of(asked) for x in (EVERYDAY.split(c) if asked.remit else [c])]
        weights = {
            p: self.weight(p) * rest_weight * (FAINT if p in asked.faint else 1.0)
            for c in chunks
            for p in self._telling(c, rest_weight == 1)
        }
        heavy = [(m, self._thing_weight(m, asked)) for m in asked.mentions]
        total = sum(weights.values()) + sum(w for _, w in heavy)
        if not total:
            return []
        gained, titled = np.zeros(len(self.passages)), np.zeros(len(self.passages))
        for pair, weight in weights.items():
            if pair in self.postings:
                ids, shares = self.postings[pair]
                gained[ids] += weight * shares
            if pair in self.title_postings:
                titled[self.title_postings[pair]] += weight
        for m, weight in heavy:
            naming = self._naming(m.domain.name)
            gained[naming.ids] += weight * self._widened(m, naming, asked)
        scores = np.where(gained > 0, (gained + TITLED * titled) / total + self._leaning(asked), 0.0)
        return [self._hit(i, float(scores[i]), asked) for i in _best(scores)]

    def _widened(self, m: Mention, naming: _Naming, asked: Asked) -> Numbers:
        """The shares of a thing: in other words than the question's a little less; narrowed by another thing that
        is asked about too (商业综合体消防) not narrowed."""
        others = frozenset(x.domain.name for x in asked.mentions if x is not m)
        shares = naming.shares * SYNONYM
        same = naming.printed.get(fold(m.words))
        if same is not None:
            shares[same] = naming.shares[same]
        if others:
            for at in naming.narrowed:
                i = int(naming.ids[at])
                if others & self.named_by[i]:
                    own = self._named(self.passages[i].own, others).get(m.domain.name, (0.0,))[0]
                    shares[at] = max(shares[at], own)
        return shares

    def _telling(self, chunk: str, strict: bool) -> list[str]:
        """The pairs of a chunk that count.

        One that no passage has counts only if it may be a word: not across two words that passages have, not
        with a weak character, and not when only whose a thing is matters.
        """
        found = pairs(chunk)
        held = [p in self.postings for p in found]

        def counts(i: int) -> bool:
            if held[i]:
                return True
            across = i > 0 and i + 1 < len(found) and held[i - 1] and held[i + 1]
            return strict and not across and not set(found[i]) & set(WEAK)

        return [p for i, p in enumerate(found) if counts(i)]

    def _leaning(self, asked: Asked) -> Numbers:
        """How near the title of a task comes to the things asked about; a task of everyone is nobody's."""
        if not asked.mentions:
            return self.lean - self.about_things
        titles = np.zeros(len(self.passages))
        for m in asked.mentions:
            if m in asked.heads:
                ids, shares, _ = self._titled(m.domain.name)
                titles[ids] = np.maximum(titles[ids], shares)
        return titles * REMIT_TITLE + self.remit if asked.remit else titles * asked.title + self.lean

    def _thing_weight(self, m: Mention, asked: Asked) -> float:
        weight = max(THING_WEIGHT, sum(map(self.weight, pairs(fold(m.words)))))
        return weight * (CONTEXT_WEIGHT if m in asked.places else 1.0)

    def _hit(self, i: int, score: float, asked: Asked) -> Hit:
        p = self.passages[i]
        found = {m: self._naming(m.domain.name).words.get(i) for m in asked.mentions}
        named = [words for words in found.values() if words is not None]
        heads = [w for m, w in found.items() if w is not None and m in asked.heads] or named
        return Hit(
            passage=p,
            score=score,
            basis=BROADER if any(basis == BROADER for basis, _ in heads) else VERBATIM,
            named=tuple(words for _, words in named),
            missing=tuple(
                m.words for m, w in found.items() if w is None and m.domain.name not in self.context[i]
            ),
            titled=any(i in self._titled(m.domain.name)[2] for m in asked.heads),
            direct=all(fold(words) in p.own for _, words in named),
        )


def _best(scores: Numbers) -> list[int]:
    """The passages worth looking at, best first, the earlier of equals first."""
    least = scores.max(initial=0.0) * WORTH_SHOWING
    kept = np.flatnonzero((scores >= least) & (scores > 0))
    if len(kept) > MOST:
        kept = np.sort(kept[np.argpartition(-scores[kept], MOST)[:MOST]])
    return [int(i) for i in kept[np.argsort(-scores[kept], kind="stable")]]


def _lean(p: Passage) -> float:
    if p.says and any(p.pack.by_name[a.u].kind not in OPERATORS for a in p.says.who):
        return 0.0
    return -min(EVERYONE, PER_UNIT * max(0, len(p.task.units) - FEW_UNITS))


def _remit(p: Passage) -> float:
    if p.task.kind == "职责" and 0 < len(p.task.units) <= 2:
        return REMIT_BONUS
    kinds = p.pack.by_name
    if p.says and p.says.who and all(kinds[a.u].kind in OPERATORS for a in p.says.who):
        return -ASIDE
    acting = (p.says.who if p.says else ()) or p.task.units
    if acting and all(kinds[a.u].kind == "集合" or a.u == "各地" for a in acting):
        return -ASIDE
    return -ASIDE if p.task.kind in ("目标", "阶段", "现状", "保障") else 0.0
