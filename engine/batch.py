"""Judging many rows, one bad row never stopping the rest; and what may be judged at all."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corpus import Industries
from engine.judge import Engine, Finding
from engine.verdict import DISCLAIMER, Verdict
from kb.errors import BadInput

if TYPE_CHECKING:
    from corpus.tables import Row  # tables are read by those who have one

log = logging.getLogger(__name__)

MAX_TEXT = 10_000
MERGED = "隐患描述与第"
KEPT = 2000  # verdicts of `Once`
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\s*\d{1,2}:\d{2}.*)?")
# what a verdict adds to a row; an input column of the same name is kept under 原_
VERDICT_KEYS = (
    "verdict", "bases", "ask", "facts", "presumed", "read", "unread", "reasons", "parts", "others",
    "contradictions", "responsible", "duties", "notes", "evaluators", "kb_version", "disclaimer", "error",
)  # fmt: skip
# the flat columns of csv, xlsx and parquet
FLAT = (
    "verdict",
    "bases",
    "ask",
    "facts",
    "presumed",
    "read",
    "unread",
    "reasons",
    "error",
    "kb_version",
    "disclaimer",
)

# what a workbook calls them: people read it, programs read the other formats
HEADINGS = {
    "verdict": "判定结果",
    "bases": "判定依据",
    "ask": "待核实问题",
    "facts": "认定事实",
    "presumed": "推定事实",
    "read": "读懂程度",
    "unread": "未读懂的词",
    "reasons": "判定理由",
    "error": "没有判定的原因",
    "kb_version": "知识库版本",
    "disclaimer": "免责说明",
}


def heading(column: str, held: Collection[str]) -> str:
    """What a workbook with these columns calls one of them."""
    shown = HEADINGS.get(column, column)
    return column if shown in held else shown


def check_finding(finding: Finding) -> Finding:
    """The finding itself, or BadInput: nothing to judge, too long, or not text."""
    text = finding.text
    if not text.strip() and not finding.facts:
        raise BadInput("没有要判定的内容：请给出隐患描述，或用 事实=值 给出事实")
    if len(text) > MAX_TEXT:
        raise BadInput(f"文字有 {len(text):,} 字，上限 {MAX_TEXT:,} 字，请分条判定")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise BadInput("文字里有不成字的编码，应为 UTF-8 文字")
    return finding


def parse_date(text: str) -> date:
    """2026-11-24, 2026/11/24, 2026.11.24 or 2026年11月24日, a time of day after it ignored."""
    match = _DATE.fullmatch(text.strip())
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass  # 2026-02-30: said below
    raise BadInput(f"日期 {text[:40]!r} 不认识，应如 2026-11-24 或 2026年11月24日")


def finding_of(row: Row, given: Finding | None = None) -> Finding:
    """The finding a row holds; what it does not say comes from `given`. Raises BadInput."""
    base = given or Finding()
    fields = row.fields
    on = fields.get("date", base.on)
    return check_finding(
        replace(
            base,
            text=fields.get("finding", ""),
            facts={**base.facts, **fields.get("facts", {})},
            industry=fields.get("industry", base.industry),
            facility=fields.get("facility", base.facility),
            region=fields.get("region", base.region),
            on=parse_date(on) if isinstance(on, str) else on,
        )
    )


@dataclass(frozen=True)
class Judged:
    """One row and what came of it. `fault` marks an error of ours, not of the row; `note` what the user must be told."""

    row: Row
    finding: Finding | None = None
    verdict: Verdict | None = None
    error: str = ""
    fault: bool = False
    note: str = ""

    def to_json(self, kb_version: str) -> dict[str, Any]:
        """Every input column and the full verdict."""
        kept = keep(self.row.columns, VERDICT_KEYS)
        if self.verdict is None or self.finding is None:
            return kept | _EMPTY | {"error": self.error, "kb_version": kb_version}
        return {k: v for k, v in kept.items() if k not in _OURS} | {
            k: kept.get(k, v) if k in _ECHO else v
            for k, v in record(self.finding, self.verdict).items()
        } | {"notes": [*self.verdict.notes, *filter(None, (self.note,))], "error": ""}  # fmt: skip

    def to_flat(self, kb_version: str, first: bool = False) -> dict[str, Any]:
        """Every input column and the verdict in a few cells of text; the disclaimer on the first row only."""
        said = dict.fromkeys(FLAT, "") | {"error": self.error, "kb_version": kb_version}
        if first:
            said["disclaimer"] = DISCLAIMER
        if self.verdict is not None:
            said |= flat_cells(self.verdict)
            said["reasons"] = "；".join(filter(None, (said["reasons"], self.note)))
        return keep(self.row.columns, FLAT) | said


_EMPTY: dict[str, Any] = {
    "verdict": "", "bases": [], "ask": [], "facts": [], "presumed": [], "read": "", "responsible": [],
    "duties": [],
}  # fmt: skip
_ECHO = (
    "finding",
    "industry",
    "facility",
    "region",
    "on",
)  # parts of a verdict that repeat the row: the row's stay
_OURS = ("given", "without", "corrected")


def keep(columns: dict[str, Any], ours: Iterable[str]) -> dict[str, Any]:
    """Input columns; what a verdict would hide is kept as 原_<name>, unless it is an old verdict."""
    if HEADINGS["kb_version"] in columns:  # an old workbook of ours
        old = {shown for name, shown in HEADINGS.items() if name not in columns}
        columns = {k: v for k, v in columns.items() if k not in old}
    again = "kb_version" in columns
    taken = set(ours)
    return {
        (f"原_{k}" if k in taken else k): v for k, v in columns.items() if not (k in taken and again)
    }  # fmt: skip


def flat_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns of a flat output for the columns of an input."""
    return (*keep(dict.fromkeys(columns), FLAT), *FLAT)


def flat_cells(verdict: Verdict) -> dict[str, str]:
    """A verdict in a few cells of text."""
    return {
        "verdict": verdict.level.value,
        "bases": "；".join(
            f"{verdict.citation(r)}【{r.status}】" for r in (*verdict.decisive, *verdict.open)
        ),
        "ask": "；".join((*(q.question for q in verdict.questions), *verdict.lookups)),
        "facts": "；".join(f"{v.fact}={v.shown()}" for v in verdict.facts),
        "presumed": "；".join(f"{v.fact}={v.shown()}（{v.presumed}）" for v in verdict.presumed),
        "read": verdict.read,
        "unread": "、".join(s.text for s in verdict.unread),
        "reasons": "；".join([*verdict.reasons, *(str(c) for c in verdict.contradictions)]),
    }


def unknown_industry(engine: Engine, finding: Finding) -> str:
    """What to tell of an industry that no label or hint of ours matches; empty when it is known or not given."""
    label = finding.industry.strip()
    if not label or any(engine.reader_context(label)):
        return ""
    return f"行业“{label}”没有认出，按文字判断行业{industry_hint(engine, label)}"


@lru_cache(maxsize=1024)
def industry_hint(engine: Engine, label: str) -> str:
    """The known industries that are written much like an unknown one, to be added to a message."""
    near = Industries(engine.kb, engine.lexicon).nearest(label)
    return f"；相近的有 {'、'.join(near)}" if near else ""


def record(finding: Finding, verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain data, with what was given, so that it can be judged again (`explain.replay`)."""
    return verdict.to_json() | {
        "given": dict(finding.facts),
        "without": sorted(finding.without),
        "corrected": sorted(finding.corrected),
    }


class Once:
    """Judges every finding once: tables repeat the same words. The latest verdicts are kept.

    `consequences`: whether they are to say who is responsible and what follows; flat cells don't.
    """

    def __init__(self, engine: Engine, *, consequences: bool = True) -> None:
        self._engine, self._consequences = engine, consequences
        self._kept: dict[object, Verdict] = {}

    def judge(self, finding: Finding) -> Verdict:
        f = finding
        key = (f.text, *f.facts.items(), f.industry, f.facility, f.region, f.on, f.without, f.corrected)
        verdict = self._kept.pop(key, None) or self._engine.judge(finding, consequences=self._consequences)
        self._kept[key] = verdict
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return verdict


def judge_rows(
    engine: Engine,
    rows: Iterable[Row],
    given: Finding | None = None,
    judge: Callable[[Finding], Verdict] | None = None,
) -> Iterator[Judged]:
    """Judge rows in order. `given` holds what rows don't say (industry, date, facts of the enterprise)."""
    judge = judge or engine.judge
    for row in rows:
        if row.merged_into:
            yield Judged(row, error=f"{MERGED} {row.merged_into} 行合并，结论见该行")
        elif row.error:
            yield Judged(row, error=row.error)
        else:
            yield _judge(engine, row, given, judge)


def _judge(engine: Engine, row: Row, given: Finding | None, judge: Callable[[Finding], Verdict]) -> Judged:
    try:
        finding = finding_of(row, given)
        return Judged(row, finding, judge(finding), note=unknown_industry(engine, finding))
    except BadInput as error:
        return Judged(row, error="；".join(p.message for p in error.problems))
    except Exception as error:  # one row must not cost the user the other hundred thousand
        log.exception("row %d", row.number)
        return Judged(row, error=f"内部故障：{type(error).__name__}: {error}", fault=True)
