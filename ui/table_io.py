"""Writing tables of verdicts (jsonl, csv, xlsx, parquet): whole or not at all, and harmless to open.

A cell that a spreadsheet would take for a formula gets a leading apostrophe.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from corpus.tables import FORMATS, need_parquet
from kb.errors import BadInput, Problem

Write = Callable[[Mapping[str, Any]], None]
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_CHUNK = 2000


def check_output(path: Path, source: Path | None = None) -> None:
    """Raises BadInput when this file can't or must not be written."""
    if path.suffix.lower() not in FORMATS:
        raise _fault(path, f"不认识的文件格式 {path.suffix or '（无扩展名）'!r}，应为 {'、'.join(FORMATS)}")
    if path.suffix.lower() == ".parquet":
        need_parquet(path)
    if source is not None and path.exists() and path.samefile(source):
        raise _fault(path, "输出与输入是同一个文件，输入从不覆盖，请换一个文件名")
    check_place(path)


def check_place(path: Path) -> None:
    """Raises BadInput when there is no folder for the file, or it is a folder itself."""
    if path.is_dir():
        raise _fault(path, "是文件夹，应为文件名")
    if not path.parent.is_dir():
        raise _fault(path, f"没有文件夹 {str(path.parent)!r}，请先建立")
    if not os.access(path.parent, os.W_OK):
        raise _fault(path, "文件夹不可写")


def _fault(path: Path, message: str) -> BadInput:
    return BadInput([Problem(str(path), 0, message)])


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary file beside the path that takes its place only when all went well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def open_output(path: Path, columns: tuple[str, ...], schema: Any = None) -> Iterator[Write]:
    """A function that writes one row. `columns` are the columns of a flat format; jsonl takes any keys."""
    writers = {".jsonl": _jsonl, ".csv": _csv, ".xlsx": _xlsx}
    suffix = path.suffix.lower()
    with whole_file(path) as temporary:
        if suffix == ".parquet":
            with _parquet(temporary, columns, schema) as write:
                yield write
        else:
            with writers[suffix](temporary, columns) as write:
                yield write


def xlsx_bytes(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], sheet: str = "判定结果") -> bytes:
    """Rows as a workbook of one sheet, for a download."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        with _xlsx(path, columns, sheet) as write:
            for row in rows:
                write(row)
        return path.read_bytes()


def safe(cell: object) -> object:
    """A cell that no spreadsheet runs as a formula; plain numbers stay.

    >>> safe("=1+1"), safe("-5"), safe("-地面积水")
    ("'=1+1", '-5', "'-地面积水")
    """
    if isinstance(cell, list | dict):
        cell = json.dumps(cell, ensure_ascii=False, default=_day)
    if (
        isinstance(cell, str)
        and cell[:1] in ("=", "+", "-", "@", "\t", "\r")
        and not _PLAIN_NUMBER.fullmatch(cell)
    ):
        return f"'{cell}"
    return cell


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


@contextmanager
def _jsonl(path: Path, columns: tuple[str, ...]) -> Iterator[Write]:
    # a lone surrogate in the input goes out again as the JSON escape it came as
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield lambda row: print(json.dumps(row, ensure_ascii=False, default=_day), file=file)


@contextmanager
def _csv(path: Path, columns: tuple[str, ...]) -> Iterator[Write]:
    # with a byte order mark, or Excel takes it for GBK
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe(c) for c in columns])

        def write(row: Mapping[str, Any]) -> None:
            cells = (row.get(c) for c in columns)
            writer.writerow([safe(_day(c) if isinstance(c, date) else c) for c in cells])

        yield write


@contextmanager
def _xlsx(path: Path, columns: tuple[str, ...], sheet: str = "判定结果") -> Iterator[Write]:
    """People open a workbook: what a verdict adds has Chinese headings there."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    from engine.batch import heading

    held = set(columns)
    headings = [heading(c, held) for c in columns]

    def cell(value: object) -> object:
        value = safe(value)
        if isinstance(value, str):
            text = ILLEGAL_CHARACTERS_RE.sub("", value)
            return text.encode("utf-8", "backslashreplace").decode()
        return value if isinstance(value, bool | int | float | date | type(None)) else str(value)

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    page.append([cell(c) for c in headings])
    yield lambda row: page.append([cell(row.get(c)) for c in columns])
    book.save(path)


@contextmanager
def _parquet(path: Path, columns: tuple[str, ...], schema: Any) -> Iterator[Write]:
    """Columns of a parquet input keep their type; all others are text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = {f.name: f.type for f in schema} if schema is not None else {}
    fields = pa.schema([(c, held.get(c, pa.string())) for c in columns])
    buffer: list[dict[str, Any]] = []

    def text(value: object) -> str | None:
        if isinstance(value, list | dict):
            return json.dumps(value, ensure_ascii=False, default=_day)
        return None if value is None else _day(value)

    with pq.ParquetWriter(path, fields) as writer:

        def flush() -> None:
            writer.write_table(pa.Table.from_pylist(buffer, schema=fields))
            buffer.clear()

        def write(row: Mapping[str, Any]) -> None:
            buffer.append({c: row.get(c) if c in held else text(row.get(c)) for c in columns})
            if len(buffer) >= _CHUNK:
                flush()

        yield write
        flush()


def join_parts(parts: list[Path], target: Path, columns: tuple[str, ...], schema: Any = None) -> None:
    """Put parts of one table, written by `open_output`, together as that table."""
    suffix = target.suffix.lower()
    with whole_file(target) as temporary:
        if suffix in (".jsonl", ".csv"):
            with temporary.open("wb") as out:
                for number, part in enumerate(parts):
                    with part.open("rb") as file:
                        if suffix == ".csv" and number:
                            _skip_header(file)
                        shutil.copyfileobj(file, out, 1 << 20)
        elif suffix == ".parquet":
            _join_parquet(parts, temporary)
        else:
            _join_workbooks(parts, temporary, columns)


def _skip_header(file: BinaryIO) -> None:
    """Past the first record of a csv part, which may hold line breaks inside quotes."""
    quoted = False
    while line := file.readline():
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted:
            return


def _join_parquet(parts: list[Path], target: Path) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(target, pq.read_schema(parts[0])) as writer:
        for part in parts:
            file = pq.ParquetFile(part)
            for group in range(file.num_row_groups):
                writer.write_table(file.read_row_group(group))


def _join_workbooks(parts: list[Path], target: Path, columns: tuple[str, ...]) -> None:
    from openpyxl import load_workbook

    with _xlsx(target, columns) as write:
        for part in parts:
            book = load_workbook(part, read_only=True)
            for cells in islice(book.active.iter_rows(values_only=True), 1, None):
                write(dict(zip(columns, cells, strict=False)))
            book.close()


def numbers_from(columns: tuple[str, ...], levels: tuple[str, ...]) -> Any:
    """The arrow schema of a table of counts: text first, then numbers; None where arrow is not installed."""
    try:
        import pyarrow as pa
    except ImportError:
        return None
    counted = {*levels, columns[-1]}
    return pa.schema([(c, pa.int64() if c in counted else pa.string()) for c in columns])
