"""Statistics over judged tables: how many rows by region, industry, clause and month, and of which verdict."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from corpus.tables import known_columns, read_table
from engine.batch import parse_date
from engine.clauses import DECISIVE
from engine.verdict import GRAVITY, Level
from kb.errors import BadInput, Problem

BY = ("地区", "行业", "条款", "月")
UNSAID, NO_CLAUSE, UNJUDGED = "未写", "无条款", "未判定"
LEVELS = (*(level.value for level in GRAVITY), UNJUDGED)
VERDICT, BASES = ("verdict", "判定结果"), ("bases", "判定依据")  # a workbook says it in Chinese
_FIELD = {"地区": "region", "行业": "industry", "月": "date"}
_BASIS = re.compile(r"(《.*?)【([^】]+)】(?:；|$)")
_RULES = re.compile(r"（并依[^）]*）$")


def statistics(path: Path, by: Sequence[str] = ()) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """The columns and the rows of a table that counts a judged table by `by` (default: all it has columns for).

    A row that several clauses decide, or leave open, counts once under each of them: with its verdict under those that
    decide, as 需核实 under those still open. Without 条款 the counts add up to the rows.
    Raises BadInput where the table holds no verdicts, or no column for what is asked.
    """
    wrong = [b for b in by if b not in BY]
    if wrong:
        raise BadInput(f"--by {'、'.join(wrong)} 应为 {'、'.join(BY)} 中的几个")
    table = read_table(path, VERDICT)  # every judged table has one
    names = table.columns()
    if not set(VERDICT) & set(names):
        raise BadInput([Problem(str(path), 0, "没有 verdict 列，应为 panding judge --out 写出的表")])
    where = {b: [n for n in names if field in known_columns([n])] for b, field in _FIELD.items()}
    lacking = [b for b in by if b in where and not where[b]]
    if lacking:
        raise BadInput([Problem(str(path), 0, f"没有写{'、'.join(lacking)}的列，不能按它统计")])
    chosen = tuple(by) or tuple(b for b in BY if b == "条款" or where[b])
    counts: Counter[tuple[str, ...]] = Counter()
    for row in _rows(path, names, where) or (r.columns for r in table):
        level = str(_first(row, VERDICT) or UNJUDGED)
        clauses = _clauses(_first(row, BASES), level) or {NO_CLAUSE: level}
        for clause, own in clauses.items() if "条款" in chosen else [("", level)]:
            counts[(*(clause if b == "条款" else _value(b, row, where) for b in chosen), own)] += 1
    return (*chosen, *LEVELS, "合计"), list(_lines(chosen, counts))


def _lines(by: tuple[str, ...], counts: Mapping[tuple[str, ...], int]) -> Iterator[dict[str, Any]]:
    for key in sorted({k[:-1] for k in counts}):
        levels = {level: counts.get((*key, level), 0) for level in LEVELS}
        yield dict(zip(by, key, strict=True)) | levels | {"合计": sum(levels.values())}


def _rows(
    path: Path, names: Iterable[str], where: Mapping[str, list[str]]
) -> Iterator[dict[str, Any]] | None:
    """The few columns needed of a parquet file, which may be very wide; None for other files."""
    if path.suffix.lower() != ".parquet":
        return None
    import pyarrow.parquet as pq

    wanted = {*VERDICT, *BASES, *(c for columns in where.values() for c in columns)}
    batches = pq.ParquetFile(path).iter_batches(50_000, columns=[n for n in names if n in wanted])
    return (row for batch in batches for row in batch.to_pylist())


def _first(row: Mapping[str, Any], columns: Iterable[str]) -> Any:
    """The first of several columns that says something."""
    return next((v for c in columns if (v := row.get(c)) not in (None, "")), None)


def _value(by: str, row: Mapping[str, Any], where: Mapping[str, list[str]]) -> str:
    value = _first(row, where[by])
    if value is None:
        return UNSAID
    return _month(value) if by == "月" else str(value).strip()


def _month(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    try:
        return f"{parse_date(str(value)):%Y-%m}"
    except BadInput:
        return UNSAID


def _clauses(bases: Any, level: str) -> dict[str, str]:
    """The clauses of a row and what it counts as under each: of JSON by field, of a flat table by 《…》…【status】."""
    if isinstance(bases, str) and bases.startswith("["):
        bases = json.loads(bases)
    said = (
        _BASIS.findall(bases)
        if isinstance(bases, str)
        else ((b["citation"], b["status"]) for b in bases or ())
    )
    counted: dict[str, str] = {}
    for citation, status in said:  # the decisive ones stand first
        counted.setdefault(_RULES.sub("", citation), level if status in DECISIVE else Level.VERIFY.value)
    return counted
