"""A table of given facts in the form the columnar backend works on: for each row its industry, day and cells.

Cells are few and stand row by row; each holds the number of a fact and the code of a value of that fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy import ndarray as Numbers

from corpus.tables import (
    Row,
    fact_and_value,
    fact_columns,
    given_value,
    known_columns,
    packed_facts,
    understand,
)
from engine.batch import finding_of
from engine.given import given_facts
from engine.judge import Engine, Finding
from kb.errors import BadInput
from kb.values import FactValue

MAX_HELD = 200_000  # values and faults remembered between batches


class Values:
    """Every value met, as the reference parses it: fact and text -> code. A fault has a code below zero."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.names = list(engine.facts)
        self.number = {name: i for i, name in enumerate(self.names)}
        self.of: list[list[FactValue]] = []
        self._codes: list[dict[object, int]] = []
        self.faults: list[str] = []
        self._bad: dict[tuple[str, str], int] = {}
        self.contexts: dict[tuple[object, ...], tuple[bool, Finding | str]] = {}
        self.clear()

    def clear(self) -> None:
        """Forget all values; codes given out before are void."""
        self.of = [[] for _ in self.names]
        self._codes = [{} for _ in self.names]
        self.faults, self._bad = [], {}
        self.contexts.clear()
        self.held = 0

    def parse(self, fact: str, text: str) -> tuple[int, int]:
        """Number and code of a fact and what was typed for it."""
        number = self.number.get(fact)
        if number is not None and (code := self._codes[number].get(text)) is not None:
            return number, code
        if (fact, text) in self._bad:
            return -1, self._bad[fact, text]
        try:
            value = given_facts({fact: text}, self._engine.facts, self._engine.kb)[fact]
        except BadInput as error:
            self.faults.append("；".join(p.message for p in error.problems))
            self._bad[fact, text] = -len(self.faults)
            self.held += 1
            return -1, self._bad[fact, text]
        assert number is not None
        code = self.code(number, value)
        self._codes[number][text] = code
        return number, code

    def code(self, number: int, value: FactValue) -> int:
        """The code of a value of a fact."""
        key = (value.state, value.interval, value.values, value.presumed, value.source, value.note)
        codes = self._codes[number]
        if key not in codes:
            codes[key] = len(self.of[number])
            self.of[number].append(value)
            self.held += 1
        return codes[key]


@dataclass
class Batch:
    """Rows in the normal form. `labels` and `days` are numbered by `label` and `day`; a row with an error has no cells."""

    size: int
    label: Numbers
    labels: list[str]
    day: Numbers
    days: list[date]
    row: Numbers
    fact: Numbers
    code: Numbers
    errors: dict[int, str] = field(default_factory=dict)


class _Numbering(dict[Any, int]):
    """Things in the order met -> their numbers."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


@dataclass
class _Builder:
    values: Values
    size: int
    labels: _Numbering = field(default_factory=_Numbering)
    days: _Numbering = field(default_factory=_Numbering)
    errors: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.label = np.zeros(self.size, np.int32)
        self.day = np.zeros(self.size, np.int32)
        self._cells: list[tuple[Numbers, Numbers, Numbers]] = []

    def place(self, rows: int | Numbers, finding: Finding, today: date) -> None:
        self.label[rows] = self.labels[finding.industry.strip()]
        self.day[rows] = self.days[finding.on or today]

    def given(self, row: int, facts: Mapping[str, str], into: tuple[list[int], list[int], list[int]]) -> None:
        parsed = [self.values.parse(f, str(v)) for f, v in facts.items()]
        wrong = [self.values.faults[-code - 1] for _, code in parsed if code < 0]
        if wrong:
            self.errors[row] = "；".join(wrong)
            return
        for number, code in parsed:
            into[0].append(row)
            into[1].append(number)
            into[2].append(code)

    def cells(self, row: Numbers, fact: Numbers, code: Numbers) -> None:
        self._cells.append((row, fact, code))

    def done(self) -> Batch:
        row, fact, code = (
            np.concatenate([np.asarray(c[i], np.int32) for c in self._cells] or [np.zeros(0, np.int32)])
            for i in range(3)
        )
        order = np.argsort(row, kind="stable")
        row, fact, code = row[order], fact[order], code[order]
        if self.errors:
            keep = ~np.isin(row, np.fromiter(self.errors, np.int32))
            row, fact, code = row[keep], fact[keep], code[keep]
        return Batch(
            self.size, self.label, list(self.labels), self.day, list(self.days), row, fact, code, self.errors
        )


def from_findings(findings: Sequence[Finding | str], values: Values, today: date) -> Batch:
    """Findings without text; a string in place of one is the reason why there is none."""
    builder = _Builder(values, len(findings))
    cells: tuple[list[int], list[int], list[int]] = ([], [], [])
    for i, finding in enumerate(findings):
        if isinstance(finding, str):
            builder.errors[i] = finding
        else:
            builder.place(i, finding, today)
            builder.given(i, finding.facts, cells)
    builder.cells(*(np.array(c, np.int32) for c in cells))
    return builder.done()


def finding_or_error(row: Row, given: Finding) -> Finding | str:
    """What a row holds, or why it can't be judged."""
    if row.error:
        return row.error
    try:
        return finding_of(row, given)
    except BadInput as error:
        return "；".join(p.message for p in error.problems)


def from_frame(frame: pl.DataFrame, values: Values, given: Finding, today: date) -> Batch:
    """A frame with columns named by facts; the same as its rows one by one, column by column.

    Only what has a form of its own (industry, date, packed facts) is read row by row, each combination once.
    """
    where = known_columns(frame.columns)
    columns = fact_columns(frame.columns, values.number)
    form = [c for k, c in where.items() if k != "finding"]
    odd = any(frame[c].dtype.is_nested() or frame[c].dtype == pl.Binary for c in (*form, *columns))
    packed = where.get("facts", "")
    twice = bool(packed) and (bool(columns) or packed == "facts" or frame[packed].dtype != pl.String)
    if odd or twice or "finding" in where or given.facts:
        rows = (understand(i, r, where, columns) for i, r in enumerate(frame.iter_rows(named=True)))
        return from_findings([finding_or_error(r, given) for r in rows], values, today)
    builder = _Builder(values, frame.height)
    empty = np.ones(frame.height, bool)
    wrong: dict[int, list[str]] = {}
    for column, fact in columns.items():
        empty[_fact_column(builder, frame[column], fact, wrong)] = False
    unpacked = _packed(builder, frame[packed], empty) if packed else {}
    said = builder.errors | {i: "；".join(w) for i, w in wrong.items()}
    unplaced, misshapen = _context(builder, frame, where, given, today)
    lacking = "没有给出事实" if columns else "没有隐患描述"
    nothing = dict.fromkeys(map(int, np.flatnonzero(empty)), lacking)
    # the reference stops at the last of these first
    builder.errors = said | unplaced | nothing | unpacked | misshapen
    return builder.done()


def _fact_column(builder: _Builder, series: pl.Series, fact: str, wrong: dict[int, list[str]]) -> Numbers:
    """Add the cells of one column; the rows that hold something."""
    rows = series.is_not_null().arg_true().to_numpy()
    if not len(rows):
        return rows
    held = series.gather(rows)
    distinct = held.unique()
    parsed = [builder.values.parse(fact, t) if (t := given_value(v)) else (-1, 0) for v in distinct]
    which = _which(held, distinct)
    number = np.array([n for n, _ in parsed], np.int32)[which]
    code = np.array([c for _, c in parsed], np.int32)[which]
    good = number >= 0
    builder.cells(rows[good], number[good], code[good])
    for i in np.flatnonzero(code < 0):
        wrong.setdefault(int(rows[i]), []).append(builder.values.faults[-code[i] - 1])
    return rows[good | (code < 0)]


def _packed(builder: _Builder, series: pl.Series, empty: Numbers) -> dict[int, str]:
    """Add the cells of a column of 事实=值；…; rows whose text is not so written, and why.

    Each part is read once, however many rows have it; rows with a fault or a fact twice are read by themselves.
    """
    held = pl.DataFrame({"row": np.arange(len(series)), "text": series}).filter(
        pl.col("text").str.len_bytes() > 0
    )
    json = pl.col("text").str.strip_chars_start().str.starts_with("{")
    parts = held.filter(~json).with_columns(pl.col("text").str.replace_all("[；\n]", ";").str.split(";"))
    parts = parts.explode("text").filter(pl.col("text").str.strip_chars() != "")
    distinct = parts["text"].unique()
    read = [builder.values.parse(*fact_and_value(t)) if fact_and_value(t)[0] else (-1, 0) for t in distinct]
    which = _which(parts["text"], distinct)
    number = np.array([n for n, _ in read], np.int32)[which]
    code = np.array([c for _, c in read], np.int32)[which]
    row = parts["row"].to_numpy()
    _, place, times = np.unique(
        row * len(builder.values.names) + number, return_inverse=True, return_counts=True
    )
    alone = np.unique(row[(number < 0) | (times[place] > 1)])
    fine = ~np.isin(row, alone)
    builder.cells(row[fine], number[fine], code[fine])
    empty[row[fine]] = False
    return _packed_rows(builder, series, empty, [*alone.tolist(), *held.filter(json)["row"]])


def _packed_rows(builder: _Builder, series: pl.Series, empty: Numbers, rows: Iterable[int]) -> dict[int, str]:
    cells: tuple[list[int], list[int], list[int]] = ([], [], [])
    wrong: dict[int, str] = {}
    for i in rows:
        try:
            facts = packed_facts(series[i])
        except ValueError as error:
            wrong[i] = f"“{series.name}”列{error}"
            continue
        if facts:
            empty[i] = False
            builder.given(i, facts, cells)
    builder.cells(*(np.array(c, np.int32) for c in cells))
    return wrong


def _which(held: pl.Series, distinct: pl.Series) -> Numbers:
    """For each value its place among the distinct ones."""
    index = pl.DataFrame({"value": distinct, "which": np.arange(len(distinct), dtype=np.int32)})
    found = held.alias("value").to_frame().join(index, on="value", how="left", maintain_order="left")
    return found["which"].to_numpy()


def _context(
    builder: _Builder, frame: pl.DataFrame, where: Mapping[str, str], given: Finding, today: date
) -> tuple[dict[int, str], dict[int, str]]:
    """Industry and date of every row, each combination read once; faults of their content, and of their form."""
    used = ("industry", "date")  # of the others only the form matters
    asked = {k: c for k, c in where.items() if k in used or (k != "facts" and frame[c].dtype == pl.Boolean)}
    if not asked:
        builder.place(np.arange(builder.size), given, today)
        return {}, {}
    narrow = frame.select(list(dict.fromkeys(asked.values())))
    groups = narrow.with_row_index("\0row").group_by(narrow.columns, maintain_order=True).agg("\0row")
    unplaced: dict[int, str] = {}
    misshapen: dict[int, str] = {}
    about = f"{asked} {given}"
    for rows in groups["\0row"]:
        at = rows.to_numpy()
        held = narrow.row(int(at[0]), named=True)
        key = (about, *held.items())
        if key not in builder.values.contexts:
            read = understand(0, held | {"\0": "1"}, asked, {"\0": "\0"})
            builder.values.contexts[key] = (bool(read.error), finding_or_error(read, given))
        odd, found = builder.values.contexts[key]
        if isinstance(found, str):
            (misshapen if odd else unplaced).update(dict.fromkeys(map(int, at), found))
        else:
            builder.place(at, found, today)
    return unplaced, misshapen
