"""Pieces of tables judged by the columnar backend, with every input column kept, in the shape the output takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from corpus.tables import Row
from engine.batch import FLAT, MERGED, VERDICT_KEYS, keep
from engine.columnar import Columnar, Judgement, Outcome
from engine.columns import finding_or_error, from_findings, from_frame
from engine.judge import Engine, Finding
from engine.verdict import DISCLAIMER, fact_json

# what a basis says in a table's JSON; what depends on a row's own values stands under facts
_BASIS = (
    "standard", "title", "doc_no", "ref", "status", "clause", "citation", "rules", "missing", "grade", "clue_for",
)  # fmt: skip
_FACT = ("fact", "value", "span", "text", "source", "note")


class ColumnarRows:
    """Judges pieces of a table. `given`: what rows don't say; `given.on` is the day of rows without one."""

    def __init__(self, engine: Engine, given: Finding) -> None:
        self.engine, self.given = engine, given
        self.today = given.on or date.today()
        self.columnar = Columnar(engine, given.without)

    def frame(self, frame: pl.DataFrame, first: bool = False) -> tuple[pl.DataFrame, Judgement]:
        """A frame with the flat columns of its verdicts; an input column of such a name is kept as 原_name."""
        self.columnar.renew()
        judgement = self.columnar.judge(from_frame(frame, self.columnar.values, self.given, self.today))
        kept = keep({c: c for c in frame.columns}, FLAT)
        renamed = frame.select(pl.col(old).alias(new) for new, old in kept.items())
        return renamed.hstack(self.flat(judgement, first)), judgement

    def rows(
        self, rows: Sequence[Row], flat: bool, first: bool = False
    ) -> tuple[Iterator[dict[str, Any]], Judgement]:
        """Rows as they are written out."""
        self.columnar.renew()
        findings = [_asked(r, self.given) for r in rows]
        judgement = self.columnar.judge(from_findings(findings, self.columnar.values, self.today))
        if flat:
            said: Iterator[dict[str, Any]] = self.flat(judgement, first).iter_rows(named=True)
        else:
            said = (self._record(judgement, i, f) for i, f in enumerate(findings))
        names = FLAT if flat else VERDICT_KEYS
        return (keep(r.columns, names) | s for r, s in zip(rows, said, strict=True)), judgement

    def flat(self, judgement: Judgement, first: bool) -> pl.DataFrame:
        """The flat columns (`engine.batch.FLAT`) of a judgement."""
        used, which = np.unique(judgement.outcome, return_inverse=True)
        outcomes = [_cells(judgement.outcomes[k]) if k >= 0 else {} for k in used.tolist()]
        columns = {
            name: pl.Series([o.get(name, "") for o in outcomes], dtype=pl.String).gather(
                which.astype(np.uint32)
            )
            for name in FLAT
        }
        columns["facts"] = judgement.facts.in_words()
        columns["kb_version"] = pl.repeat(self.engine.version, len(which), dtype=pl.String, eager=True)
        if judgement.errors:
            columns["error"] = pl.Series(
                [judgement.errors.get(i, "") for i in range(len(which))], dtype=pl.String
            )
        if judgement.clashes:
            reasons = columns["reasons"].to_list()
            for i, said in judgement.clashes.items():
                if (k := int(judgement.outcome[i])) >= 0:
                    reasons[i] = _cells(judgement.outcomes[k], said)["reasons"]
            columns["reasons"] = pl.Series(reasons, dtype=pl.String)
        if first and len(which):
            columns["disclaimer"] = pl.Series([DISCLAIMER, *[""] * (len(which) - 1)])
        return pl.DataFrame(columns)

    def _record(self, judgement: Judgement, i: int, finding: Finding | str) -> dict[str, Any]:
        """A verdict as JSON: what `Verdict.to_json` says, without the reasons that repeat a row's own values."""
        k = int(judgement.outcome[i])
        if k < 0 or isinstance(finding, str):
            empty: dict[str, Any] = {
                "bases": [],
                "ask": [],
                "facts": [],
                "presumed": [],
                "responsible": [],
                "duties": [],
            }
            return {
                "verdict": "",
                **empty,
                "read": "",
                "error": judgement.errors[i],
                "kb_version": self.engine.version,
            }
        verdict = judgement.outcomes[k].verdict
        on = finding.on or self.today
        own = replace(
            verdict, facts=judgement.facts[i], on=on, industry=finding.industry, region=finding.region
        )
        said = self.engine.with_consequences(own).to_json()
        return {
            "verdict": said["verdict"],
            "bases": [{k: b[k] for k in _BASIS} for b in said["bases"]],
            "ask": said["ask"],
            "facts": [{k: f[k] for k in _FACT} for f in map(fact_json, judgement.facts[i])],
            "presumed": said["presumed"],
            "read": said["read"],
            "reasons": said["reasons"],
            "notes": [*said["notes"], *filter(None, (judgement.outcomes[k].note,))],
            "contradictions": judgement.clashes.get(i, []),
            "responsible": said["responsible"],
            "duties": said["duties"],
            "on": on.isoformat(),
            "kb_version": self.engine.version,
            "error": "",
        }


def _asked(row: Row, given: Finding) -> Finding | str:
    if row.merged_into:
        return f"{MERGED} {row.merged_into} 行合并，结论见该行"
    return finding_or_error(row, given)


def _cells(outcome: Outcome, clashes: Sequence[str] = ()) -> dict[str, str]:
    """The flat cells of an outcome, what contradicts itself in a row and what must be told of it among the reasons."""
    said = filter(None, (outcome.flat["reasons"], *clashes, outcome.note))
    return {**outcome.flat, "reasons": "；".join(said)}
