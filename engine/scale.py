"""A whole table judged piece by piece: in parallel, resumable after a kill, put together once.

Finished pieces lie in a folder beside the output until all are there; each is written whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.tables import Row, Table, known_columns
from engine.batch import MERGED, Judged, Once, flat_columns, heading, judge_rows
from engine.judge import Engine, Finding
from kb.errors import BadInput, Problem

if TYPE_CHECKING:
    from engine.columnar import Judgement
    from engine.columnar_rows import ColumnarRows

REFERENCE, COLUMNAR = "参考", "列式"
BACKENDS = (REFERENCE, COLUMNAR)
PIECE = {REFERENCE: 500, COLUMNAR: 100_000}  # rows
QUIET = 500  # rows after which a run says how far it is
WORTH_IT = 2000  # rows from which compiling for whole tables pays

Write = Callable[[Mapping[str, Any]], None]
Open = Callable[[Path, tuple[str, ...], Any], AbstractContextManager[Write]]
Join = Callable[[list[Path], Path, tuple[str, ...], Any], None]


@dataclass
class Counts:
    """How a table went: rows, verdicts by level, and the rows that could not be judged."""

    rows: int = 0
    bad: int = 0
    merged: int = 0
    faults: int = 0
    levels: dict[str, int] = field(default_factory=dict)
    first_bad: str = ""

    def add(self, other: Counts) -> None:
        self.rows += other.rows
        self.bad += other.bad
        self.merged += other.merged
        self.faults += other.faults
        self.levels = dict(Counter(self.levels) + Counter(other.levels))
        self.first_bad = self.first_bad or other.first_bad

    def told(self, error: str) -> str:
        """In words; `error`: the column that says why a row was not judged."""
        levels = "、".join(f"{name} {n}" for name, n in sorted(self.levels.items(), key=lambda i: -i[1]))
        judged = sum(self.levels.values())
        parts = [f"共 {self.rows} 行，判定 {judged} 行" + (f"（{levels}）" if levels else "")]
        if self.merged:
            parts.append(f"{self.merged} 行是合并单元格的续行")
        if self.bad:
            parts.append(f"{self.bad} 行有误，未判定，原因写在 {error} 列（首个：{self.first_bad}）")
        return "；".join(parts)


@dataclass(frozen=True)
class Piece:
    """Some rows in order: themselves, or where they stand in a parquet file."""

    index: int
    start: int
    count: int
    rows: tuple[Row, ...] | None = None


@dataclass(frozen=True)
class Plan:
    """What is to be done with a table. `given.on` is set: a run resumed tomorrow judges by the same day."""

    source: Path
    target: Path
    given: Finding
    backend: str
    columns: tuple[str, ...]
    schema: Any
    open_output: Open
    join: Join
    jobs: int = 1
    piece: int = PIECE[REFERENCE]

    @property
    def flat(self) -> bool:
        return self.target.suffix.lower() != ".jsonl"

    @property
    def error_column(self) -> str:
        """What the output calls the column that says why a row was not judged."""
        return heading("error", self.columns) if self.target.suffix.lower() == ".xlsx" else "error"

    @property
    def folder(self) -> Path:
        return self.target.with_name(f".{self.target.name}.判定中")

    def part(self, index: int) -> Path:
        return self.folder / f"{index:06d}{self.target.suffix.lower()}"

    def counts(self, index: int) -> Path:
        return self.folder / f"{index:06d}.counts"


def plan(
    table: Table,
    target: Path,
    given: Finding,
    open_output: Open,
    join: Join,
    backend: str = "",
    jobs: int = 0,
) -> Plan:
    """How a table will be judged. Raises BadInput where the backend asked for can't judge it."""
    names = table.columns()
    text = "finding" in known_columns(names)
    if backend == COLUMNAR and text:
        raise BadInput(
            [Problem(str(table.path), 0, "有隐患描述列，列式判定器只判定给定事实的表，请用 --backend 参考")]
        )
    chosen = backend or (COLUMNAR if not text and _more_than(table, WORTH_IT) else REFERENCE)
    return Plan(
        table.path, target, replace(given, on=given.on or date.today()), chosen,
        flat_columns(names) if target.suffix.lower() != ".jsonl" else (), table.schema, open_output, join,
        jobs or os.cpu_count() or 1, PIECE[chosen],
    )  # fmt: skip


def _more_than(table: Table, count: int) -> bool:
    if table.path.suffix.lower() == ".parquet":
        return _height(table.path) > count
    return next(islice(iter(table), count, None), None) is not None


def _height(path: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.ParquetFile(path).metadata.num_rows)


def pieces(table: Table, plan: Plan) -> Iterator[Piece]:
    """The table in pieces."""
    if plan.backend == COLUMNAR and plan.flat and table.path.suffix.lower() == ".parquet":
        height = _height(table.path)
        for index, start in enumerate(range(0, height, plan.piece)):
            yield Piece(index, start, min(plan.piece, height - start))
        return
    rows, start = iter(table), 0
    index = 0
    while held := tuple(islice(rows, plan.piece)):
        yield Piece(index, start, len(held), held)
        start, index = start + len(held), index + 1


class Judge:
    """Judges pieces in one process."""

    def __init__(self, plan: Plan, engine: Engine, say: Callable[[str], None] = lambda _: None) -> None:
        self.plan, self.engine, self._say = plan, engine, say
        self._once = Once(engine, consequences=not plan.flat)

    def write(self, piece: Piece, target: Path) -> Counts:
        """Judge a piece into a file."""
        if piece.rows is None and self.plan.target.suffix.lower() == ".parquet":
            return self._write_frame(piece, target)
        counts = Counts()
        with self.plan.open_output(target, self.plan.columns, self.plan.schema) as write:
            for row in self._judged(piece, counts):
                write(row)
        return counts

    @cached_property
    def _columnar(self) -> ColumnarRows:
        from engine.columnar_rows import ColumnarRows

        return ColumnarRows(self.engine, self.plan.given)

    def _frame(self, piece: Piece, counts: Counts) -> Any:
        import polars as pl

        held = pl.scan_parquet(self.plan.source).slice(piece.start, piece.count).collect()
        frame, judgement = self._columnar.frame(held, first=piece.start == 0)
        _count_all(counts, judgement, range(piece.start + 1, piece.start + piece.count + 1))
        return frame

    def _write_frame(self, piece: Piece, target: Path) -> Counts:
        import pyarrow as pa
        import pyarrow.parquet as pq

        counts = Counts()
        frame = self._frame(piece, counts)
        held = {f.name: f.type for f in self.plan.schema}
        schema = pa.schema([(c, held.get(c, pa.string())) for c in self.plan.columns])
        pq.write_table(frame.select(self.plan.columns).to_arrow().cast(schema), target)
        return counts

    def _judged(self, piece: Piece, counts: Counts) -> Iterator[Mapping[str, Any]]:
        if piece.rows is None:
            yield from self._frame(piece, counts).iter_rows(named=True)
            return
        if self.plan.backend == COLUMNAR:
            rows, judgement = self._columnar.rows(piece.rows, self.plan.flat, first=piece.start == 0)
            _count_all(counts, judgement, [r.number for r in piece.rows])
            yield from rows
            return
        version = self.engine.version
        for judged in judge_rows(self.engine, piece.rows, self.plan.given, self._once.judge):
            first = not (piece.start or counts.rows)
            yield judged.to_flat(version, first) if self.plan.flat else judged.to_json(version)
            counts.add(_one(judged))
            if counts.rows > QUIET:
                self._say(f"已处理 {counts.rows:,} 行")


def _one(judged: Judged) -> Counts:
    if judged.verdict is not None:
        return Counts(1, levels={judged.verdict.level.value: 1})
    if judged.row.merged_into:
        return Counts(1, merged=1)
    return Counts(
        1, bad=1, faults=int(judged.fault), first_bad=f"第 {judged.row.number} 行：{judged.error[:80]}"
    )


def _count_all(counts: Counts, judgement: Judgement, numbers: Sequence[int]) -> None:
    levels = Counter(judgement.outcomes[k].verdict.level.value for k in judgement.outcome.tolist() if k >= 0)
    bad = {i: e for i, e in judgement.errors.items() if not e.startswith(MERGED)}
    first = min(bad, default=-1)
    said = f"第 {numbers[first]} 行：{bad[first][:80]}" if bad else ""
    counts.add(
        Counts(len(judgement.outcome), len(bad), len(judgement.errors) - len(bad), 0, dict(levels), said)
    )


# -- all pieces -----------------------------------------------------------------------------------------


def judge_table(
    engine: Engine, table: Table, plan: Plan, say: Callable[[str], None], restart: bool = False
) -> Counts:
    """Judge a table into the target. What an earlier run that was stopped had finished is taken over.

    Raises BadInput where the unfinished work beside the target is of another input, knowledge base or option.
    """
    todo = pieces(table, plan)
    begun = list(islice(todo, 2))
    if len(begun) < 2 and not plan.folder.exists():
        return Judge(plan, engine, say).write(begun[0] if begun else Piece(0, 0, 0, ()), plan.target)
    _open_folder(plan, engine.version, restart)
    total = Counts()
    started, here, last = time.monotonic(), 0, -1
    for index, counts, fresh in _done(engine, plan, _chain(begun, todo)):
        last = max(last, index)
        total.add(counts)
        here += counts.rows if fresh else 0
        rate = here / max(time.monotonic() - started, 1e-9)
        before = f"，其中 {total.rows - here:,} 行是上次已完成的" if total.rows > here else ""
        say(f"已处理 {total.rows:,} 行{before}，每秒 {rate:,.0f} 行")
    plan.join([plan.part(i) for i in range(last + 1)], plan.target, plan.columns, plan.schema)
    shutil.rmtree(plan.folder)
    return total


def _chain(first: Iterable[Piece], rest: Iterable[Piece]) -> Iterator[Piece]:
    yield from first
    yield from rest


def _done(engine: Engine, plan: Plan, todo: Iterable[Piece]) -> Iterator[tuple[int, Counts, bool]]:
    """The number of every piece and its counts, once it is finished; and whether that was done just now."""
    if plan.jobs == 1:
        judge = Judge(plan, engine)
        for piece in todo:
            found = _finished(plan, piece)
            yield piece.index, found or _finish(judge, piece), found is None
        return
    context = get_context("spawn")  # forked Polars threads hang
    with ProcessPoolExecutor(plan.jobs, context, _begin, (plan, os.getpid())) as pool:
        waiting: dict[Future[Counts], int] = {}
        try:
            for piece in todo:
                if found := _finished(plan, piece):
                    yield piece.index, found, False
                    continue
                waiting[pool.submit(_work, piece)] = piece.index
                if len(waiting) > 2 * plan.jobs:
                    yield from _next(waiting)
            while waiting:
                yield from _next(waiting)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _next(waiting: dict[Future[Counts], int]) -> Iterator[tuple[int, Counts, bool]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result(), True


_judge: Judge | None = None


def _begin(plan: Plan, parent: int) -> None:
    """A worker opens its own engine, and ends when the run that started it is gone."""
    from engine import open_engine

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    global _judge
    _judge = Judge(plan, open_engine(crosscheck=False))


def _work(piece: Piece) -> Counts:
    assert _judge is not None
    return _finish(_judge, piece)


def _finish(judge: Judge, piece: Piece) -> Counts:
    plan = judge.plan
    unfinished = plan.part(piece.index).with_stem(f"{piece.index:06d}.unfinished")
    counts = judge.write(piece, unfinished)
    plan.counts(piece.index).write_text(json.dumps(asdict(counts), ensure_ascii=False), "utf-8")
    os.replace(unfinished, plan.part(piece.index))  # only now is the piece finished
    return counts


def _finished(plan: Plan, piece: Piece) -> Counts | None:
    if not plan.part(piece.index).exists():
        return None
    return Counts(**json.loads(plan.counts(piece.index).read_text("utf-8")))


# -- the folder of unfinished work ----------------------------------------------------------------------

_NAMES = {"input": "输入文件", "kb": "知识库", "options": "选项"}


def _fingerprint(plan: Plan, version: str) -> dict[str, str]:
    with plan.source.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    given = replace(plan.given, without=frozenset())
    options = repr(
        (given, sorted(plan.given.without), plan.backend, plan.piece, plan.columns, plan.target.suffix)
    )
    return {"input": content, "kb": version, "options": options}


def _open_folder(plan: Plan, version: str, restart: bool) -> None:
    mark = plan.folder / "run.json"
    now = _fingerprint(plan, version)
    if restart:
        shutil.rmtree(plan.folder, ignore_errors=True)
    if mark.exists():
        before = json.loads(mark.read_text("utf-8"))
        different = [name for key, name in _NAMES.items() if before.get(key) != now[key]]
        if different:
            raise BadInput(
                f"{plan.folder} 里有上次没有做完的判定，但是{'、'.join(different)}已经不同，不能接着做："
                "加 --restart 从头判定，或者换一个输出文件名"
            )
        return
    plan.folder.mkdir(exist_ok=True)
    unfinished = mark.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(now, ensure_ascii=False), "utf-8")
    os.replace(unfinished, mark)
