"""Two baselines for reading findings: keyword lists, as tables and chat bots do it, and BM25 over restatements.

Both know the same standards, dates and trades as the engine; neither reads a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rank_bm25 import BM25Okapi

from corpus.normalize import normalize
from engine import Engine
from engine.verdict import Level
from kb.conditions import Has, atoms
from kb.models import Clause

_BAD = re.compile(r"未|无|没|缺|失效|损坏|故障|超|不|停用|拆除|堵|过期|违规|擅自|堆放|积水|存在")


@dataclass(frozen=True)
class Answer:
    """A baseline's verdict: the level, and the clause it rests on (standard/ref)."""

    level: Level
    clause: str = ""


def applicable(engine: Engine, industry: str, on: date) -> list[Clause]:
    """Clauses of standards in force on a date that may address the trade."""
    context, _ = engine.reader_context(industry)
    values = context["行业"].values if "行业" in context else frozenset[str]()
    return [
        c
        for s in engine.kb.standards
        if s.in_force(on) and s.grade == Level.MAJOR.value
        and (s.scope is None or not values or any(engine._addresses(s.id, v) for v in values))
        for c in s.clauses
    ]  # fmt: skip


class Keywords:
    """Every thing of a limb is named (by any of its words) and some word of defect stands there: 重大."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.lists = {c.id: [self._groups(limb) for limb in c.limbs] for c in engine.kb.clauses()}

    def _groups(self, limb: object) -> list[list[str]]:
        names = {
            getattr(a, "thing", None) or getattr(a, "quantity", "")
            for a in atoms(limb)  # type: ignore[arg-type]
            if not isinstance(a, Has)
        }
        concepts = self.engine.lexicon.concepts
        return [[normalize(x) for x in concepts[n].labels if "…" not in x and "{" not in x]
                for n in names if n in concepts]  # fmt: skip

    def judge(self, text: str, industry: str, on: date) -> Answer:
        plain = normalize(text)
        if _BAD.search(plain):
            for clause in applicable(self.engine, industry, on):
                for groups in self.lists[clause.id]:
                    if groups and all(any(w in plain for w in words) for words in groups):
                        return Answer(Level.MAJOR, clause.id)
        return Answer(Level.GENERAL)


class Bm25:
    """The restatement that BM25 over character pairs likes best, 重大 above a threshold."""

    def __init__(self, engine: Engine, threshold: float) -> None:
        self.engine, self.threshold = engine, threshold
        self.clauses = list(engine.kb.clauses())
        self.index = {c.id: i for i, c in enumerate(self.clauses)}
        self.bm25 = BM25Okapi([pairs(f"{c.title}{c.restatement}") for c in self.clauses])

    def best(self, text: str, industry: str, on: date) -> tuple[float, str]:
        scores = self.bm25.get_scores(pairs(text))
        found = [(scores[self.index[c.id]], c.id) for c in applicable(self.engine, industry, on)]
        return max(found, default=(0.0, ""))

    def judge(self, text: str, industry: str, on: date) -> Answer:
        score, clause = self.best(text, industry, on)
        return Answer(Level.MAJOR, clause) if score >= self.threshold else Answer(Level.GENERAL)


def pairs(text: str) -> list[str]:
    """Overlapping pairs of characters, the usual words of Chinese retrieval without a segmenter."""
    plain = re.sub(r"\W", "", normalize(text))
    return [plain[i : i + 2] for i in range(len(plain) - 1)]


def thresholds(scores: Iterable[float]) -> list[float]:
    """Candidate thresholds between the scores seen."""
    held = sorted(set(scores))
    return held[:: max(1, len(held) // 50)]
