"""The answer for one finding, and its JSON form (the contract of the command line)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from engine.clauses import DECISIVE, OPEN, ClauseResult, Status
from kb.models import Standard
from kb.values import FactValue, Span

if TYPE_CHECKING:
    from engine.consequences import After

DISCLAIMER = "本结果为辅助判断，不是行政认定；以官方文本和执法机关认定为准。"


class Level(StrEnum):
    MAJOR = "重大事故隐患"
    GENERAL = "一般隐患"
    VERIFY = "需核实"
    UNCOVERED = "未覆盖"
    NONE = "未见隐患"


# gravest first: the whole of several findings gets the gravest
GRAVITY = (Level.MAJOR, Level.VERIFY, Level.UNCOVERED, Level.GENERAL, Level.NONE)


@dataclass(frozen=True)
class Question:
    """One thing still to be found out; `settles` counts the open clauses it belongs to."""

    fact: str
    question: str
    how: str = ""
    options: tuple[str, ...] = ()
    settles: int = 0


@dataclass(frozen=True)
class Contradiction:
    """Two values given for one fact that can't both be true."""

    fact: str
    first: FactValue
    second: FactValue

    def __str__(self) -> str:
        return (
            f"{self.fact}：{self.first.source}为“{self.first.shown()}”，"
            f"{self.second.source}为“{self.second.shown()}”，两者矛盾，请核对"
        )


@dataclass(frozen=True)
class Part:
    """The verdict on one instance of a finding (one sentence or numbered item)."""

    text: str
    span: Span
    level: Level
    results: tuple[ClauseResult, ...]
    facts: tuple[FactValue, ...]
    reasons: tuple[str, ...] = ()
    fault: bool = False


@dataclass(frozen=True)
class Verdict:
    """The verdict on a finding: the gravest of its parts, with everything that led to it.

    `fault`: on some part the two evaluators differed, so that part's verdict was withheld.
    """

    text: str
    on: date
    level: Level
    parts: tuple[Part, ...]
    results: tuple[ClauseResult, ...]
    questions: tuple[Question, ...]
    facts: tuple[FactValue, ...]
    read: str
    unread: tuple[Span, ...]
    kb_version: str
    standards: dict[str, Standard]
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    industry: str = ""
    facility: str = ""
    region: str = ""
    evaluators: str = ""
    fault: bool = False
    after: After | None = None

    @property
    def decisive(self) -> tuple[ClauseResult, ...]:
        return tuple(r for r in self.results if r.status in DECISIVE)

    @property
    def open(self) -> tuple[ClauseResult, ...]:
        return tuple(r for r in self.results if r.status in OPEN)

    @property
    def presumed(self) -> tuple[FactValue, ...]:
        return tuple({v.fact: v for r in self.decisive for v in r.presumed}.values())

    def citation(self, result: ClauseResult) -> str:
        """《title》（doc_no）ref, with the general rule where one was used."""
        standard = self.standards[result.clause.standard]
        rules = f"（并依{'、'.join(result.rules)}）" if result.rules else ""
        if result.clue_for:
            heir = self.standards[result.clue_for]
            return f"《{heir.title}》（{heir.doc_no}）（线索：前一版{standard.doc_no} {result.clause.ref}）"
        return f"《{standard.title}》（{standard.doc_no}）{result.clause.ref}{rules}"

    @property
    def lookups(self) -> tuple[str, ...]:
        """What an expert must look up or weigh, clause by clause: no fact found on site settles it."""
        if self.decisive:
            return ()
        found = (self._lookup(r) for r in self.open if r.status is Status.EXPERT)
        return tuple(dict.fromkeys(filter(None, found)))

    def _lookup(self, result: ClauseResult) -> str:
        clause = result.clause
        if result.clue_for:
            heir = self.standards[result.clue_for]
            return f"现行{heir.doc_no}原文是否列有“{clause.title}”，条件是什么？（对照原文由专业人员认定）"
        return f"{self.citation(result)}：{clause.reason}" if clause.reason else ""

    def to_json(self) -> dict[str, Any]:
        """Plain data, ready for json.dumps. Entries of `ask` without a fact are for an expert."""
        return {
            "verdict": self.level.value,
            "bases": [self._basis(r) for r in (*self.decisive, *self.open)],
            "ask": [_question(q) for q in (*self.questions, *(Question("", line) for line in self.lookups))],
            "facts": [fact_json(v) for v in self.facts],
            "presumed": [*(_presumed(v) for v in self.presumed), *self._presumed_editions()],
            "read": self.read,
            "unread": [_span(s) for s in self.unread],
            "reasons": list(self.reasons),
            "parts": [self._part(p) for p in self.parts],
            "others": [
                {"ref": r.clause.ref, "standard": r.clause.standard, "status": r.status.value,
                 "refuted_by": list(r.refuted_by)}
                for r in self.results if r.status in (Status.REFUTED, Status.OUT_OF_SCOPE)
            ],
            "contradictions": [str(c) for c in self.contradictions],
            "responsible": [r.to_json() for r in self.after.responsible] if self.after else [],
            "duties": [d.to_json() for d in self.after.duties] if self.after else [],
            "finding": self.text,
            "industry": self.industry,
            "facility": self.facility,
            "region": self.region,
            "on": self.on.isoformat(),
            "notes": list(self.notes),
            "evaluators": self.evaluators,
            "fault": self.fault,
            "kb_version": self.kb_version,
            "disclaimer": DISCLAIMER,
        }  # fmt: skip

    def _presumed_editions(self) -> list[dict[str, Any]]:
        """What was presumed of an edition whose text is not wholly held."""
        return [
            {"fact": "新版未列入", "value": "推定", "reason": r, "text": ""}
            for r in self.reasons if r.startswith("推定《")
        ]  # fmt: skip

    def _basis(self, r: ClauseResult) -> dict[str, Any]:
        standard = self.standards[r.clause.standard]
        return {
            "standard": standard.id,
            "title": standard.title,
            "doc_no": standard.doc_no,
            "ref": r.clause.ref,
            "status": r.status.value,
            "clause": r.clause.title,
            "restatement": r.clause.restatement,
            "citation": self.citation(r),
            "rules": list(r.rules),
            "because": [fact_json(v) for v in r.support],
            "presumed": [_presumed(v) for v in r.presumed],
            "missing": list(r.missing),
            "grade": standard.grade,
            "clue_for": r.clue_for,
            "suspected": r.suspected,
        }

    def _part(self, part: Part) -> dict[str, Any]:
        return {
            "text": part.text,
            "span": [part.span.start, part.span.end],
            "verdict": part.level.value,
            "bases": [
                {"standard": r.clause.standard, "ref": r.clause.ref, "status": r.status.value}
                for r in part.results if r.status in (*DECISIVE, *OPEN)
            ],
            "reasons": list(part.reasons),
        }  # fmt: skip


def _span(s: Span) -> dict[str, Any]:
    return {"span": [s.start, s.end], "text": s.text}


def fact_json(v: FactValue) -> dict[str, Any]:
    """A fact with its characters, as plain data."""
    first = v.spans[0] if v.spans else None
    return {
        "fact": v.fact,
        "value": v.shown(),
        "span": [first.start, first.end] if first else None,
        "text": "、".join(s.text for s in v.spans),
        "spans": [_span(s) for s in v.spans],
        "source": v.source,
        "host_unread": v.loose,
        "presumed": v.presumed,
        "note": v.note,
    }


def _presumed(v: FactValue) -> dict[str, Any]:
    return {
        "fact": v.fact,
        "value": v.shown(),
        "reason": v.presumed,
        "text": "、".join(s.text for s in v.spans),
    }


def _question(q: Question) -> dict[str, Any]:
    return {
        "fact": q.fact, "question": q.question, "how": q.how, "options": list(q.options), "settles": q.settles,
    }  # fmt: skip
