"""Inspection records and problem lists (docx, pdf with text, txt) as rows: each problem numbered and located.

What stands between a lead-in (「发现以下问题」) and an end (「整改要求」「检查人员」) is taken; where there is no
lead-in, the numbered items are; where nothing is numbered, each paragraph. A table of findings gives its rows, and
the numbered items behind a lead-in stand beside it. Nothing is guessed beyond that.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.tables import FORMATS, Row, Table, known_columns, read_table
from kb.errors import BadInput, Problem

RECORDS = (".docx", ".pdf", ".txt")
READABLE = (*FORMATS, *RECORDS)
MAX_RECORD = 50 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
NUMBER, PLACE, FINDING = "序号", "位置", "隐患描述"

_ITEM = re.compile(
    r"\s*(?:\(?(?P<a>\d{1,3})\)?(?:[、)）:：]|[.．](?!\d))|[(（](?P<b>[一二三四五六七八九十]{1,3}|\d{1,3})[)）]|(?P<c>[一二三四五六七八九十]{1,3})、"
    r"|(?P<d>[①-⑳])|第(?P<e>[一二三四五六七八九十\d]{1,3})[、,，:：])\s*"
)
_LEAD = re.compile(
    r"(?:问题|隐患|违法行为|不符合项|如下|情况)[^。;；\n]{0,12}(?:如下|以下|:|：)\s*$|(?:以下|下列)[^。;；\n]{0,10}(?:问题|隐患)"
)
_END = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、)?\s*(?:整改(?:要求|意见|措施|建议|期限)|处理(?:意见|决定|措施)|检查(?:人员|人|组长)|被检查(?:单位|企业)?(?:负责人|现场|签|意见)|陪同|执法(?:人员|证)|"
    r"签(?:名|字|章)|以上(?:问题|隐患|情况)|对(?:以上|上述)|上述(?:问题|隐患)|请(?:你|贵)|依据《|根据《|复查|联系(?:人|电话)|抄送|落款)"
)
_DATE = re.compile(r"检查(?:时间|日期)[^\d]{0,6}(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})")


@dataclass(frozen=True)
class Block:
    """A paragraph, line or table row with its place as a person finds it (第3段, 第2页, 表1第4行)."""

    place: str
    text: str
    cells: tuple[
        tuple[str, str], ...
    ] = ()  # column name and text, where it is a row of a table with a finding column


def read_findings(path: Path, facts: Collection[str] = ()) -> Table:
    """A file of findings of any kind: a table (`facts`: see `read_table`), or a record. Raises BadInput."""
    if path.suffix.lower() not in RECORDS:
        if path.suffix.lower() not in FORMATS:
            suffix = path.suffix or "（无扩展名）"
            raise _fault(path, f"不认识的文件格式 {suffix!r}，应为 {'、'.join(READABLE)}")
        return read_table(path, facts)
    check_file(path)
    readers: dict[str, Callable[[Path], list[Block]]] = {
        ".docx": _docx,
        ".pdf": pdf_blocks,
        ".txt": txt_blocks,
    }
    blocks = readers[path.suffix.lower()](path)
    found = _found(blocks)
    rows = list(_rows(blocks, found))
    if not rows:
        raise _fault(path, "没有找到可以判定的文字")
    names = tuple(dict.fromkeys(k for r in rows for k in r.columns))
    tabled = sum(bool(b.cells) for b in found)
    parts = f"（正文 {len(rows) - tabled} 条、表 {tabled} 条）" if 0 < tabled < len(rows) else ""
    note = f"从文档中读出 {len(rows)} 条{parts}，请核对有无遗漏"
    return Table(path, lambda: iter(rows), lambda: names, (note,))


def problems_of(text: str) -> list[Row]:
    """The problems of a pasted record or list, each with its line."""
    blocks = [Block(f"第{n}行", line) for n, line in enumerate(text.splitlines(), 1)]
    return list(_rows(blocks, _found(blocks)))


def check_file(path: Path) -> None:
    """Whether a file is there and of a size that is read. Raises BadInput."""
    if not path.is_file():
        raise _fault(path, "没有这个文件" if not path.exists() else "是文件夹，应为文件")
    if not 0 < path.stat().st_size <= MAX_RECORD:
        raise _fault(path, "文件是空的" if not path.stat().st_size else f"文件大于 {MAX_RECORD // 2**20} MB")


def _fault(path: Path, message: str) -> BadInput:
    return BadInput([Problem(str(path), 0, message)])


# -- files -----------------------------------------------------------------------------------------------


def open_docx(path: Path) -> Any:
    """A Word document (python-docx), its unpacked size checked first. Raises BadInput."""
    import docx

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(i.file_size for i in archive.infolist()) > MAX_UNPACKED:
                raise _fault(path, f"解压后大于 {MAX_UNPACKED // 2**20} MB，不读")
        return docx.Document(str(path))
    except BadInput:
        raise
    except Exception as error:  # python-docx raises whatever it stumbles over
        raise _fault(path, f"不是可读的 docx 文件（{type(error).__name__}）；doc 请另存为 docx") from None


def _docx(path: Path) -> list[Block]:
    from docx.table import Table as WordTable

    blocks: list[Block] = []
    paragraphs = tables = 0
    for part in open_docx(path).iter_inner_content():
        if isinstance(part, WordTable):
            tables += 1
            blocks += _table_blocks(part, f"表{tables}")
        else:
            paragraphs += 1
            blocks += [Block(f"第{paragraphs}段", line) for line in part.text.splitlines()]
    return blocks


def _table_blocks(table: Any, name: str) -> Iterator[Block]:
    """Rows of a table: by column where it has a column of findings, else the text of its cells."""
    header: tuple[str, ...] | None = None
    for number, row in enumerate(table.rows, 1):
        texts: list[str] = []
        held: list[object] = []
        for cell in row.cells:
            if cell._tc not in held:  # a merged cell comes again for every column it spans
                held.append(cell._tc)
                texts.append(cell.text.strip())
        place = f"{name}第{number}行"
        if header is None and "finding" in known_columns(texts) and len(texts) > 1:
            header = tuple(texts)
        elif header is not None and len(texts) == len(header):
            yield Block(place, "", tuple(zip(header, texts, strict=True)))
        else:
            yield from (Block(place, line) for text in texts for line in text.splitlines())


def pdf_blocks(path: Path) -> list[Block]:
    """The text of a pdf by paragraphs, each with its page. Raises BadInput."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings are no words for a user
    try:
        pages = [page.extract_text() for page in PdfReader(path).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        raise _fault(path, "不是可读的 pdf 文件（已损坏、不完整或有密码），请重新导出") from None
    if not any(p.strip() for p in pages):
        raise _fault(path, "这个 pdf 没有文字层（可能是扫描件），请先做文字识别")
    lines = [Block(f"第{n}页", line) for n, page in enumerate(pages, 1) for line in page.splitlines()]
    return _unwrapped(lines)


def txt_blocks(path: Path) -> list[Block]:
    """The lines of a text file, UTF-8 or GB18030. Raises BadInput."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [Block(f"第{n}行", line) for n, line in enumerate(text.splitlines(), 1)]
    raise _fault(path, "不是 UTF-8 或 GB18030 编码的文字")


def _unwrapped(lines: list[Block]) -> list[Block]:
    """Lines of a page put together again: a line that was full to the margin goes on in the next one."""
    width = max((len(b.text.strip()) for b in lines), default=0)
    out: list[Block] = []
    full = False
    for block in lines:
        text = block.text.strip()
        if full and text and not _ITEM.match(text) and not _END.match(text):
            out[-1] = replace(out[-1], text=out[-1].text + text)
        elif text:
            out.append(replace(block, text=text))
        full = len(text) >= width * 0.8 and not text.endswith(("。", "；", ";", "：", ":"))
    return out


# -- problems --------------------------------------------------------------------------------------------


def _found(blocks: list[Block]) -> list[Block]:
    """The blocks that are problems."""
    return [*_chosen([b for b in blocks if b.cells or b.text.strip()])]


def _rows(blocks: list[Block], found: list[Block]) -> Iterator[Row]:
    """The problems found as rows; in one column, where a table and paragraphs give them."""
    checked = next((m[1] for b in blocks if (m := _DATE.search(b.text))), "")
    finding = next((_finding_column(b) for b in found if b.cells), FINDING)
    for number, block in enumerate(found, 1):
        columns: dict[str, Any] = {NUMBER: number, PLACE: block.place}
        fields: dict[str, Any] = {"date": re.sub(r"\s", "", checked)} if checked else {}
        if block.cells:
            where = known_columns(name for name, _ in block.cells)
            cells = dict(block.cells)
            columns |= {k: v for k, v in cells.items() if k not in columns}
            fields |= {field: cells[column] for field, column in where.items() if cells[column]}
        else:
            columns[finding] = fields["finding"] = block.text
        yield Row(number, columns, fields, "" if fields.get("finding") else "没有隐患描述")


def _chosen(blocks: list[Block]) -> Iterable[Block]:
    """Numbered items behind a lead-in and rows of a table of findings; where there is no such table: what a
    lead-in announces; else numbered items; else all.
    """
    cells = [b for b in blocks if b.cells and known_columns(n for n, _ in b.cells)]
    tabled = [b for b in cells if dict(b.cells)[_finding_column(b)]]
    start = next((i for i, b in enumerate(blocks) if _LEAD.search(b.text)), None)
    if cells and start is None:
        return tabled
    body = blocks[start:] if start is not None else blocks
    if start is not None:
        body = [*_after_lead(body[0]), *body[1:]]
    end = next((i for i, b in enumerate(body) if i and _is_end(b.text)), len(body))
    body = body[:end]
    if cells:
        table = next((i for i, b in enumerate(body) if b.cells), len(body))
        before = list(_items(body[:table]))
        # where nothing is numbered before the table, what is numbered behind it may be demands
        return [*before, *(_items(body[table:]) if before else ()), *tabled]
    items = list(_items(body))
    return items or body


def _finding_column(block: Block) -> str:
    """The column of findings of a table row."""
    return known_columns(name for name, _ in block.cells)["finding"]


def _is_end(text: str) -> bool:
    """Whether a line closes the list: a heading (整改要求：), not a problem that begins like one."""
    heading = _END.match(text)
    numbered = _ITEM.match(text) is not None
    return heading is not None and (
        not numbered or text.strip().endswith((":", "：")) or len(text.strip()) <= 8
    )


def _after_lead(block: Block) -> Iterator[Block]:
    """What stands behind the lead-in in its own paragraph."""
    lead = _LEAD.search(block.text)
    rest = re.split(r"[:：]", block.text[lead.start() :], maxsplit=1) if lead else [block.text]
    if len(rest) > 1 and rest[1].strip():
        yield replace(block, text=rest[1].strip())


# what an inspector writes behind the last problem in the same paragraph
_TAIL = re.compile(
    r"[。；;\s]*(?:责令(?:限期|立即|你)|检查人员|执法人员|被检查单位(?:负责人|意见)|陪同人员|整改期限).*$",
    re.S,
)


def _items(blocks: Iterable[Block]) -> Iterator[Block]:
    """Numbered items, each with the unnumbered lines that follow it; inline numbers split a line."""
    held: Block | None = None
    for block in blocks:
        for text in _split_inline(block.text):
            head = _ITEM.match(text)
            if head:
                if held is not None and held.text.strip():
                    yield held
                held = Block(block.place, text[head.end() :].strip())
            elif held is not None:
                held = replace(held, text=f"{held.text}{text.strip()}")
    if held is not None and (text := _TAIL.sub("", held.text).strip()):
        yield replace(held, text=text)


_INLINE = re.compile(r"(?<=[。；;])\s*(?=(?:\(?\d{1,2}\)?(?:[、)）]|[.．](?!\d))|[①-⑳]|[(（]\d{1,2}[)）]))")


def _split_inline(text: str) -> list[str]:
    """「1.…；2.…」 in one line is two items."""
    return [p for p in _INLINE.split(text) if p.strip()]
