"""Reading tables of findings (jsonl, csv, xlsx, parquet) as rows that know where they stand.

Real exports are untidy: title lines above the header, merged cells, GB18030, formulas, hidden sheets.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from kb.errors import BadInput, Problem, unreadable

FORMATS = (".jsonl", ".csv", ".xlsx", ".parquet")
MAX_XLSX = 50 * 1024 * 1024
MAX_XLSX_UNPACKED = 1024 * 1024 * 1024
MAX_CELL = 16 * 1024 * 1024  # characters in one csv cell; over-long findings become bad rows, not a crash
HEADER_WITHIN = 10

# What a column is called, most telling name first. Compared without blanks, brackets and case.
HEADERS: dict[str, tuple[str, ...]] = {
    "finding": (
        "finding", "隐患描述", "问题描述", "隐患内容", "检查发现", "隐患问题描述", "问题隐患描述", "问题隐患",
        "隐患问题", "检查发现的问题", "检查发现问题", "发现的问题", "发现问题", "存在的问题", "存在问题",
        "检查问题", "主要问题", "具体问题", "隐患情况", "隐患详情", "事故隐患", "检查情况",
        "隐患", "问题", "描述", "text",
    ),
    "industry": ("sector", "industry", "行业", "所属行业", "行业领域", "行业类别", "行业类型", "行业分类"),
    "facility": (
        "facility", "设施", "场所", "设施场所", "设备设施", "部位", "检查部位", "隐患部位", "存在部位",
        "隐患位置",
    ),
    "region": ("region", "地区", "所在地区", "属地", "行政区", "行政区域", "所在区域"),
    "date": ("date", "on", "日期", "检查日期", "检查时间", "排查日期", "排查时间", "发现日期", "发现时间"),
    "facts": ("given", "facts", "事实", "已知事实", "给定事实"),
}  # fmt: skip
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")


@dataclass(frozen=True)
class Row:
    """One row. `columns` is everything it held, to be written out again; `fields` is what was understood.

    `number` is the line or row as a person sees it, from 1. A row with an `error` can't be judged. A row
    whose finding cell is merged with one above has that row's number in `merged_into`.
    """

    number: int
    columns: dict[str, Any]
    fields: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    merged_into: int = 0


@dataclass(frozen=True)
class Table:
    """A table that can be gone through more than once without being held in memory.

    `notes` tell the user what was decided while opening it (an encoding, a sheet left out).
    """

    path: Path
    start: Callable[[], Iterator[Row]]
    names: Callable[[], tuple[str, ...]]
    notes: tuple[str, ...] = ()
    schema: Any = None  # the arrow schema of a parquet file

    def __iter__(self) -> Iterator[Row]:
        return self.start()

    def columns(self) -> tuple[str, ...]:
        """Every column in order; for jsonl this goes through the file once."""
        return self.names()


def read_table(path: Path, facts: Collection[str] = ()) -> Table:
    """Open a table by its extension. Raises BadInput when it can't be read at all; bad rows are rows.

    `facts`: names of facts; in a table without a finding column, columns so named give facts (`fact_columns`).
    """
    readers = {".jsonl": _jsonl, ".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _fault(
            path,
            0,
            f"不认识的文件格式 {path.suffix or '（无扩展名）'!r}，应为 {'、'.join(FORMATS)}{_legacy(path)}",
        )
    if not path.is_file():
        raise _fault(path, 0, "没有这个文件" if not path.exists() else "是文件夹，应为文件")
    if path.stat().st_size == 0:
        raise _fault(path, 0, "文件是空的")
    try:
        return reader(path, facts)
    except OSError as error:
        raise _fault(path, 0, unreadable(error)) from error


def need_parquet(path: Path) -> None:
    """Raises BadInput when parquet can't be read or written here."""
    if find_spec("pyarrow") is None:
        raise _fault(path, 0, "parquet 需要 pyarrow（随后续的扩展包提供），请改用 jsonl、csv 或 xlsx")


def _fault(path: Path, line: int, message: str) -> BadInput:
    return BadInput([Problem(str(path), line, message)])


def _legacy(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix == ".xlsm":
        return "；含宏的工作簿不读，请另存为 .xlsx"
    return "；请在表格软件中另存为 .xlsx" if suffix in (".xls", ".et", ".ods") else ""


# -- columns ---------------------------------------------------------------------------------------------


def _plain(name: object) -> str:
    """A header without blanks, bracketed remarks and stars: 「隐患描述（必填）*」 is 隐患描述."""
    text = re.sub(r"[（(\[【].*?[)）\]】]", "", str(name or ""))
    return re.sub(r"[\s*＊：:/、]", "", text).lower()


def known_columns(names: Iterable[object]) -> dict[str, str]:
    """Field -> the column that gives it."""
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(_plain(name), str(name))
    found = {}
    for key, aliases in HEADERS.items():
        column = next((by_plain[a] for a in aliases if a in by_plain), None)
        if column is not None:
            found[key] = column
    return found


def fact_columns(names: Iterable[object], facts: Collection[str]) -> dict[str, str]:
    """Column -> the fact it gives, in a table without a finding column. Columns of the form come first."""
    where = known_columns(names)
    if "finding" in where or not facts:
        return {}
    ids = {_same(f): f for f in facts}
    taken = set(where.values())
    return {str(n): ids[_same(n)] for n in names if str(n) not in taken and _same(n) in ids}


def _same(name: object) -> str:
    """Full-width ＠ and ～ of a spreadsheet are @ and ~."""
    return unicodedata.normalize("NFKC", str(name)).strip()


def _is_header(cells: Iterable[object], facts: Collection[str] = ()) -> bool:
    named = [c for c in cells if isinstance(c, str)]
    where = known_columns(named)
    return "finding" in where or (bool(facts) and ("facts" in where or bool(fact_columns(named, facts))))


def _names(cells: Iterable[object]) -> tuple[str, ...]:
    """Column names of a header row: blank ones by letter, repeated ones numbered."""
    out: list[str] = []
    for i, cell in enumerate(cells):
        name = str(cell).strip() if cell is not None else ""
        name = name or f"{_letter(i)}列"
        count = 2
        unique = name
        while unique in out:
            unique, count = f"{name}_{count}", count + 1
        out.append(unique)
    return tuple(out)


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _no_header(path: Path, seen: list[object]) -> BadInput:
    shown = "、".join(str(c) for c in seen if c not in (None, ""))[:120] or "（空）"
    wanted = "、".join(HEADERS["finding"][:5])
    return _fault(
        path, 1, f"前 {HEADER_WITHIN} 行里没有找到写隐患的列，首行是：{shown}；应有一列叫 {wanted} 等"
    )


def understand(
    number: int, columns: dict[str, Any], where: Mapping[str, str], given: Mapping[str, str] | None = None
) -> Row:
    """A row from its cells: the fields, or the reason why it can't be judged. `given`: column -> fact."""
    fields: dict[str, Any] = {}
    for key, column in where.items():
        value = columns.get(column)
        if value is None or value == "":
            continue
        if key == "facts":
            if column == "facts" and not isinstance(value, dict):
                continue  # what an earlier verdict had read, not what is given
            try:
                fields[key] = packed_facts(value)
            except ValueError as error:
                return Row(number, columns, fields, f"“{column}”列{error}")
        elif key == "date" and isinstance(value, date):
            fields[key] = value.date() if isinstance(value, datetime) else value
        elif isinstance(value, list | dict | bool):
            return Row(number, columns, fields, f"“{column}”列应为文字，实为 {_short(value)}")
        else:
            fields[key] = str(value).strip()
    for column, fact in (given or {}).items():
        text = given_value(columns.get(column))
        if text is None:
            return Row(number, columns, fields, f"“{column}”列应为文字或数，实为 {_short(columns[column])}")
        if text:
            fields["facts"] = {**fields.get("facts", {}), fact: text}
    if fields.get("finding") in _ERRORS:
        return Row(number, columns, fields, f"“{where['finding']}”列是表格错误值 {fields['finding']}")
    if not fields.get("finding") and not fields.get("facts"):
        return Row(number, columns, fields, "没有给出事实" if given else "没有隐患描述")
    return Row(number, columns, fields)


def given_value(cell: object) -> str | None:
    """A cell of a fact column as `--fact` takes it; empty where it is, None where it can't be a value.

    >>> given_value(True), given_value(12.0), given_value(float("nan"))
    ('是', '12', '')
    """
    if cell is None or cell == "" or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}" if isfinite(cell) else str(cell)
    return None if isinstance(cell, list | dict | bytes) else str(cell).strip()


def packed_facts(value: object) -> dict[str, str]:
    """Given facts: a mapping (or its JSON), or `事实=值` separated by ； or line breaks."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        value = json.loads(value)
    if isinstance(value, dict):
        if any(isinstance(v, list | dict) for v in value.values()):
            raise ValueError(f"的事实值应为文字或数，实为 {_short(value)}")
        return {str(k): str(v) for k, v in value.items()}
    found = {}
    for part in re.split(r"[;；\n]", str(value)):
        if not part.strip():
            continue
        name, given = fact_and_value(part)
        if not name:
            raise ValueError(f"的 {part.strip()!r} 应写作 事实=值")
        found[name] = given
    return found


def fact_and_value(text: str) -> tuple[str, str]:
    """The two sides of 事实=值; both empty where it is not so written. A fact's own name may hold <= or >=.

    >>> fact_and_value("堆载距离<=挖深=是"), fact_and_value("人数=>=12")
    (('堆载距离<=挖深', '是'), ('人数', '>=12'))
    """
    sides = re.split(r"(?<![<>])=", text, maxsplit=1)
    return (sides[0].strip(), sides[1].strip()) if len(sides) == 2 else ("", "")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


# -- text files ------------------------------------------------------------------------------------------


def _decodes(path: Path, encoding: str) -> tuple[int, int] | None:
    """Line and byte at which a file stops being in an encoding; None when all of it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = done = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(1 << 20)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                bad = max(done - (len(error.object) - len(chunk)) + error.start, 0)
                return lines + chunk[: max(error.start, 0)].count(b"\n") + 1, bad
            if not chunk:
                return None
            lines += chunk.count(b"\n")
            done += len(chunk)


def _no_utf16(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise _fault(path, 1, "文件是 UTF-16 编码，应为 UTF-8（csv 也可为 GB18030）")


def _jsonl(path: Path, facts: Collection[str] = ()) -> Table:
    _no_utf16(path)
    bad = _decodes(path, "utf-8-sig")
    if bad:
        raise _fault(path, bad[0], f"不是 UTF-8 编码（第 {bad[1] + 1} 字节起），jsonl 应为 UTF-8")

    def rows() -> Iterator[Row]:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _json_row(number, line, facts)

    def names() -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in rows() for name in row.columns))

    return Table(path, rows, names)


def _json_row(number: int, line: str, facts: Collection[str]) -> Row:
    try:
        held = json.loads(line)
    except json.JSONDecodeError as error:
        return Row(
            number, {"raw": line.strip()[:500]}, error=f"第 {number} 行第 {error.colno} 列起不是合法的 JSON"
        )
    except (ValueError, RecursionError):
        return Row(
            number, {"raw": line.strip()[:500]}, error=f"第 {number} 行不是合法的 JSON（数字过长或嵌套过深）"
        )
    if not isinstance(held, dict):
        return Row(number, {"raw": held}, error=f"第 {number} 行应为 JSON 对象 {{…}}，实为 {_short(held)}")
    where, given = known_columns(held), fact_columns(held, facts)
    if "finding" not in where and "facts" not in where and not given:
        return Row(number, held, error=f"没有 finding 字段，实有 {'、'.join(map(str, held)) or '（空）'}")
    return understand(number, held, where, given)


def _csv(path: Path, facts: Collection[str] = ()) -> Table:
    _no_utf16(path)
    encoding, notes = "utf-8-sig", ()
    bad = _decodes(path, encoding)
    if bad:
        encoding = "gb18030"
        worse = _decodes(path, encoding)
        if worse:
            raise _fault(path, bad[0], "既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8”")
        notes = (f"{path}：不是 UTF-8，按 GB18030 编码读取",)  # type: ignore[assignment]
    header, names = _csv_header(path, encoding, facts)
    where, given = known_columns(names), fact_columns(names, facts)

    def rows() -> Iterator[Row]:
        for number, cells in islice(_csv_lines(path, encoding), header, None):
            if not any(c.strip() for c in cells):
                continue
            columns: dict[str, Any] = dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))
            row = understand(number, columns, where, given)
            extra = [c for c in cells[len(names) :] if c.strip()]
            if extra:
                reason = (
                    f"有 {len(cells)} 栏，表头只有 {len(names)} 栏（文字里的逗号要用双引号括起整个单元格）"
                )
                row = Row(number, columns, row.fields, reason)
            yield row

    return Table(path, rows, lambda: names, notes)


def _csv_lines(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line they start on."""
    held = csv.field_size_limit(MAX_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file)
            line = 1
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise _fault(
                        path, line, "不是合法的 csv，常见原因是双引号没有成对，或者一格里的字太多"
                    ) from error
                yield line, cells
                line = reader.line_num + 1
    finally:
        csv.field_size_limit(held)


def _csv_header(path: Path, encoding: str, facts: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """How many records to skip to be past the header, and the column names."""
    first: list[object] = []
    for i, (_, cells) in enumerate(islice(_csv_lines(path, encoding), HEADER_WITHIN)):
        first = first or list(cells)
        if _is_header(cells, facts):
            while cells and not cells[-1].strip():
                cells.pop()
            return i + 1, _names(cells)
    raise _no_header(path, first)


# -- workbooks -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Merged:
    """A merged block: rows and columns from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class _Sheet:
    title: str
    header: int
    names: tuple[str, ...]
    merged: tuple[_Merged, ...]


def _xlsx(path: Path, facts: Collection[str] = ()) -> Table:
    _check_workbook(path)
    sheet, others = _find_sheet(path, facts)
    notes = (f"{path}：只读取工作表“{sheet.title}”，未读取 {'、'.join(others)}",) if others else ()
    return Table(path, lambda: _sheet_rows(path, sheet, facts), lambda: sheet.names, notes)


def _check_workbook(path: Path) -> None:
    """Refuse what is too large, protected, or carries macros, before anything parses it."""
    if path.stat().st_size > MAX_XLSX:
        raise _fault(
            path,
            0,
            f"文件有 {path.stat().st_size / 2**20:.0f} MB，上限 {MAX_XLSX // 2**20} MB，请拆分或改用 csv",
        )
    with path.open("rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            raise _fault(path, 0, "是加密的或旧版 xls 工作簿，请去掉密码并另存为 .xlsx")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _fault(path, 0, "不是 xlsx 工作簿（文件损坏，或只是改了扩展名）") from error
    if any(p.filename.endswith("vbaProject.bin") for p in parts):
        raise _fault(path, 0, "工作簿含有宏，不读，请另存为不含宏的 .xlsx")
    unpacked = sum(p.file_size for p in parts)
    if unpacked > MAX_XLSX_UNPACKED:
        raise _fault(
            path,
            0,
            f"解压后有 {unpacked / 2**20:.0f} MB，上限 {MAX_XLSX_UNPACKED // 2**20} MB，请拆分或改用 csv",
        )


def _open_workbook(path: Path, *, cached: bool) -> Any:
    """A streaming workbook; `cached` gives the values formulas last had instead of the formulas."""
    from openpyxl import load_workbook

    try:
        return load_workbook(path, read_only=True, data_only=cached, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parser met
        raise _fault(path, 0, f"不是完好的 xlsx 工作簿（{type(error).__name__}）") from error


def _cells(path: Path, title: str, *, cached: bool) -> Iterator[tuple[Any, ...]]:
    book = _open_workbook(path, cached=cached)
    try:
        sheet = book[title]
        sheet.reset_dimensions()  # exports often state a wrong size; then columns would be lost
        yield from sheet.iter_rows(values_only=True)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise _fault(path, 0, f"工作表“{title}”读不下去（{type(error).__name__}），文件可能损坏") from error
    finally:
        book.close()


def _find_sheet(path: Path, facts: Collection[str]) -> tuple[_Sheet, list[str]]:
    """The first visible sheet with a header, and the other visible sheets that have rows."""
    book = _open_workbook(path, cached=True)
    visible = [(s.title, s._worksheet_path) for s in book.worksheets if s.sheet_state == "visible"]
    book.close()
    if not visible:
        raise _fault(path, 0, "没有可见的工作表")
    found: _Sheet | None = None
    others: list[str] = []
    first: list[object] = []
    for title, part in visible:
        top = list(islice(_cells(path, title, cached=True), HEADER_WITHIN))
        if found is None:
            found = _sheet(path, title, part, top, facts)
            if found is None:
                first = first or next((list(r) for r in top if any(r)), [])
        elif any(any(r) for r in top):
            others.append(title)
    if found is None:
        raise _no_header(path, first)
    return found, others


def _sheet(
    path: Path, title: str, part: str, top: list[tuple[Any, ...]], facts: Collection[str]
) -> _Sheet | None:
    for i, cells in enumerate(top):
        if _is_header(cells, facts):
            width = max(
                (j + 1 for row in top[i:] for j, c in enumerate(row) if c not in (None, "")), default=0
            )
            names = _names([*cells, *[None] * width][: max(width, 1)])
            merged = tuple(m for m in _merges(path, part) if m.top > i + 1 and m.bottom > m.top)
            return _Sheet(title, i + 1, names, merged)
    return None


_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


def _merges(path: Path, part: str) -> list[_Merged]:
    """Merged blocks of a sheet, from its XML: streaming workbooks don't tell them."""
    found: dict[_Merged, None] = {}
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as file:
        while chunk := file.read(1 << 20):
            block = tail + chunk
            for left, top, right, bottom in _MERGE.findall(block):
                found[_Merged(_column(left), int(top), _column(right), int(bottom))] = None
            tail = block[-200:]
    return list(found)


def _column(letters: bytes) -> int:
    number = 0
    for c in letters:
        number = number * 26 + c - 64
    return number


def _sheet_rows(path: Path, sheet: _Sheet, facts: Collection[str]) -> Iterator[Row]:
    where, given = known_columns(sheet.names), fact_columns(sheet.names, facts)
    finding = sheet.names.index(where["finding"]) + 1 if "finding" in where else 0  # 0: no such column
    starts: dict[int, list[_Merged]] = {}
    for block in sheet.merged:
        starts.setdefault(block.top, []).append(block)
    active: dict[int, tuple[_Merged, Any]] = {}  # column -> the block it is in, and that block's value
    both = zip(_cells(path, sheet.title, cached=True), _cells(path, sheet.title, cached=False), strict=False)
    for number, (values, formulas) in enumerate(both, 1):
        if number <= sheet.header:
            continue
        cells: list[Any] = [_tidy(v) for v in values] + [None] * (len(sheet.names) - len(values))
        active = {c: held for c, held in active.items() if number <= held[0].bottom}
        merged_into = active[finding][0].top if finding in active else 0
        for column, (_, value) in active.items():
            if column != finding and column <= len(cells) and cells[column - 1] is None:
                cells[column - 1] = value
        for block in starts.get(number, ()):
            active[block.left] = (block, cells[block.left - 1] if block.left <= len(cells) else None)
        if all(c in (None, "") for c in values) and not merged_into:
            continue
        columns = dict(zip(sheet.names, cells, strict=False))
        if merged_into:
            yield Row(number, columns, merged_into=merged_into)
        else:
            yield _sheet_row(number, columns, where, given, sheet.names, values, formulas)


def _sheet_row(
    number: int,
    columns: dict[str, Any],
    where: dict[str, str],
    given: dict[str, str],
    names: tuple[str, ...],
    values: tuple[Any, ...],
    formulas: tuple[Any, ...],
) -> Row:
    row = understand(number, columns, where, given)
    used = {*where.values(), *given}
    blank = [
        f"{_letter(i)}{number}"
        for i, (value, formula) in enumerate(zip(values, formulas, strict=False))
        if value is None and formula is not None and i < len(names) and names[i] in used
    ]
    if blank:
        reason = f"单元格 {'、'.join(blank)} 是公式，文件里没有存下它的值，请在表格软件中打开并保存后再试"
        return Row(number, columns, row.fields, reason)
    beyond = [i for i, v in enumerate(values) if i >= len(names) and v not in (None, "")]
    if beyond:
        return Row(
            number, columns, row.fields, f"单元格 {_letter(beyond[0])}{number} 在表头之外，不知道属于哪一列"
        )
    return row


def _tidy(value: Any) -> Any:
    """Midnight is how a workbook writes a day."""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    return value


# -- parquet ---------------------------------------------------------------------------------------------


def _parquet(path: Path, facts: Collection[str] = ()) -> Table:
    need_parquet(path)
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, ValueError) as error:
        raise _fault(path, 0, "不是 parquet 文件（文件损坏，或只是改了扩展名）") from error
    where, given = known_columns(schema.names), fact_columns(schema.names, facts)
    if "finding" not in where and "facts" not in where and not given:
        raise _no_header(path, list(schema.names))

    def rows() -> Iterator[Row]:
        number = 0
        for batch in pq.ParquetFile(path).iter_batches(batch_size=2000):
            for columns in batch.to_pylist():
                number += 1
                yield understand(number, columns, where, given)

    return Table(path, rows, lambda: tuple(schema.names), schema=schema)
