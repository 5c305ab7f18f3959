"""Finds which passages of a region's documents a question is about: concept labels and character pairs together.

A passage is one statement of a task, or the task itself; what a passage names counts fully, what its task names counts less.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.questions import NOISE
from kb.registers import RegionPack, Statement, Task
from ontology.domains import Domain, Domains, Mention, fold

TASK_WEIGHT = 0.55  # a word that only the task names, not the statement
WHOLE_TASK = 0.95  # a task gathers the words of all its statements: the statement that has them goes first
WORTH_SHOWING = 0.5  # passages below this share of the best are not looked at further
LEVEL_WEIGHT = 0.9  # for each step up to a broader term
THING_WEIGHT = 8.0  # a thing named counts at least this much
CONTEXT_WEIGHT = 0.25  # 商场 in 商场的扶梯: where the thing is, not the thing
MANY_UNITS, EVERYONE = 12, 0.1  # a task of more units than this leans away from a question about one thing
TITLE_BONUS = 0.2  # the task's title names the thing or what it belongs to
VERBATIM = "原词"
BROADER = "上位类"


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

    `named`: its words for the things asked about; `missing`: those it does not name; `direct`: all named in its own text.
    """

    passage: Passage
    score: float
    basis: str
    named: tuple[str, ...]
    missing: tuple[str, ...]
    direct: bool


def pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def is_context(m: Mention, content: str) -> bool:
    """Whether a thing only says where another is: 商场 in 商场的扶梯."""
    return re.match(r"(?:里|内|中|用|上)?的.", content[m.end :]) is not None


def _statement_text(s: Statement) -> str:
    parts = [s.what, *s.about]
    parts += [v.of + v.printed for v in s.values] + [o.of + o.to + o.printed for o in s.often]
    parts += [w.of + w.printed for w in s.when] + [a.printed for a in s.who]
    return fold("　".join(parts))


def passages(pack: RegionPack) -> Iterator[Passage]:
    """Every passage of a pack, each task itself before its statements."""
    for task in pack.tasks:
        text = fold("　".join([task.title, *task.about]))
        yield Passage(pack, task, None, text, "")
        for s in task.says:
            yield Passage(pack, task, s, _statement_text(s), text)


class Index:
    """The passages of one region and, for each character pair, where it stands and how much it says."""

    def __init__(self, packs: Iterable[RegionPack], domains: Domains) -> None:
        self.domains = domains
        self.passages = tuple(p for pack in packs for p in passages(pack))
        self.postings: dict[str, dict[int, float]] = defaultdict(dict)
        for i, p in enumerate(self.passages):
            for pair in pairs(p.task_text):
                self.postings[pair][i] = TASK_WEIGHT
            for pair in pairs(p.own):
                self.postings[pair][i] = 1.0 if p.says else WHOLE_TASK
        self._naming = lru_cache(maxsize=4096)(self._find_naming)
        self._titles = lru_cache(maxsize=4096)(self._find_titles)

    def weight(self, pair: str) -> float:
        """Rarer pairs say more; a pair no passage has says most."""
        return math.log((len(self.passages) + 1) / (len(self.postings.get(pair, ())) + 0.5))

    def _find_naming(self, name: str) -> dict[int, tuple[float, str, str]]:
        """Where a thing is named, itself or by a broader term: share, 原词 or 上位类, the words."""
        out: dict[int, tuple[float, str, str]] = {}
        for depth, level in enumerate(self.domains.levels(self.domains.rows[name])):
            factor, basis = LEVEL_WEIGHT**depth, VERBATIM if depth == 0 else BROADER
            for label in sorted((x for d in level for x in d.labels), key=len, reverse=True):
                low = fold(label)
                first = self.postings.get(low[:2], {}) if len(low) > 1 else {}
                for i in first:
                    p = self.passages[i]
                    own = 1.0 if p.says else WHOLE_TASK
                    share = factor * (own if low in p.own else TASK_WEIGHT if low in p.task_text else 0.0)
                    if share > out.get(i, (0.0,))[0]:
                        out[i] = (share, basis, label)
        return out

    def naming(self, domain: Domain) -> dict[int, tuple[float, str, str]]:
        return self._naming(domain.name)

    def search(self, content: str, mentions: list[Mention], rest_weight: float = 1.0) -> list[Hit]:
        """Passages by fit, best first. `content` is what the question is about, `mentions` the things in it.

        `rest_weight`: how much words beside the things count; below 1, those that no passage has do not count
        at all (a defect is no evidence of who supervises).
        """
        rest = list(fold(content))
        for m in mentions:
            rest[m.start : m.end] = "　" * (m.end - m.start)
        chunks = [c for c in NOISE.sub("　", "".join(rest)).split("　") if c]
        weights = {
            p: self.weight(p) * rest_weight
            for c in chunks
            for p in pairs(c)
            if rest_weight == 1 or p in self.postings
        }
        heavy = [(m, self._thing_weight(m, content)) for m in mentions]
        total = sum(weights.values()) + sum(w for _, w in heavy)
        if not total:
            return []
        gained: dict[int, float] = defaultdict(float)
        for pair, weight in weights.items():
            for i, share in self.postings.get(pair, {}).items():
                gained[i] += weight * share
        named: dict[int, list[tuple[Mention, str, str]]] = defaultdict(list)
        for m, weight in heavy:
            for i, (share, basis, label) in self.naming(m.domain).items():
                gained[i] += weight * share
                named[i].append((m, basis, label))
        leaning = [self._titles(m.domain.name) for m in mentions if not is_context(m, content)]
        scores = {i: gain / total + self._lean(i, leaning) for i, gain in gained.items()}
        least = max(scores.values(), default=0.0) * WORTH_SHOWING
        kept = sorted((i for i, score in scores.items() if score >= least), key=lambda i: -scores[i])
        return [self._hit(i, scores[i], named[i], mentions) for i in kept]

    def _thing_weight(self, m: Mention, content: str) -> float:
        weight = max(THING_WEIGHT, sum(map(self.weight, pairs(fold(m.words)))))
        return weight * (CONTEXT_WEIGHT if is_context(m, content) else 1.0)

    def _lean(self, i: int, leaning: list[dict[str, float]]) -> float:
        """How near the title of a task comes to the things asked about; a task of everyone is nobody's."""
        task = self.passages[i].task
        best = max((titles.get(task.title, 0.0) for titles in leaning), default=0.0)
        explicit = self.passages[i].says
        return best * TITLE_BONUS - (
            EVERYONE if len(task.units) > MANY_UNITS and not (explicit and explicit.who) else 0.0
        )

    def _find_titles(self, name: str) -> dict[str, float]:
        """Task titles that name a thing or what it belongs to, with the share of the bonus."""
        out: dict[str, float] = {}
        for depth, level in enumerate(self.domains.levels(self.domains.rows[name])):
            labels = [fold(label) for d in level for label in d.labels]
            for title in {p.task.title for p in self.passages} - out.keys():
                if any(label in fold(title) for label in labels):
                    out[title] = LEVEL_WEIGHT**depth
        return out

    def _hit(
        self, i: int, score: float, named: list[tuple[Mention, str, str]], mentions: list[Mention]
    ) -> Hit:
        p, found = self.passages[i], {m for m, _, _ in named}
        return Hit(
            passage=p,
            score=score,
            basis=BROADER if any(b == BROADER for _, b, _ in named) else VERBATIM,
            named=tuple(label for _, _, label in named),
            missing=tuple(m.words for m in mentions if m not in found),
            direct=all(fold(label) in p.own for _, _, label in named),
        )
