"""Government documents (txt, docx, pdf with text, html) as lines, each with its place.

What was uploaded is not trusted: sizes are checked, nothing outside the file is ever fetched, and what can't be
read says why.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from corpus.records import Block, check_file, open_docx, pdf_blocks, txt_blocks
from kb.errors import BadInput, Problem

MAX_CHARACTERS = 1_000_000
MAX_LINES = 20_000
MAX_PARAGRAPH = 20_000
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,40}\]\s*")
_FORMULA = re.compile(r"\$([^$\n]{1,40})\$")
_SIGNS = (("\\%", "%"), ("\\geq", "≥"), ("\\leq", "≤"), ("\\times", "×"))
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True)
class Line:
    """One line or paragraph. `number` is what a pack calls its line (line, paragraph or page); `cells` a table row's."""

    number: int
    place: str
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A document as lines. `notes`: what the reader could not keep."""

    path: Path
    sha256: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def read_document(path: Path) -> Text:
    """The lines of a document, by its ending. Raises BadInput (file, what was found, what was expected)."""
    readers: dict[str, Callable[[Path], tuple[list[Line], list[str]]]] = {
        ".txt": lambda p: (_numbered(txt_blocks(p)), []),
        ".pdf": lambda p: (_numbered(pdf_blocks(p)), []),
        ".docx": _docx,
        ".html": _html,
        ".htm": _html,
    }
    read = readers.get(path.suffix.lower())
    if read is None:
        found = path.suffix or "（无扩展名）"
        raise _fault(path, f"不认识的文件格式 {found!r}，应为 {'、'.join(readers)}")
    check_file(path)
    lines, notes = read(path)
    lines = [replace(line, text=_cleaned(line.text)) for line in lines]
    if not any(line.text for line in lines):
        raise _fault(path, "没有找到文字")
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise _fault(path, f"文字多于 {MAX_CHARACTERS} 字或 {MAX_LINES} 行，不像是一份文件，请拆开")
    if long := next((line for line in lines if len(line.text) > MAX_PARAGRAPH), None):
        raise _fault(path, f"{long.place}有 {len(long.text)} 字，一段不应超过 {MAX_PARAGRAPH} 字，请分段")
    return Text(path, hashlib.sha256(path.read_bytes()).hexdigest(), tuple(lines), tuple(notes))


def _fault(path: Path, message: str) -> BadInput:
    return BadInput([Problem(str(path), 0, message)])


def _cleaned(text: str) -> str:
    """Without bookmarks, invisible characters and the spaces around; formulas as plain characters."""
    text = _FORMULA.sub(lambda m: m[1], _INVISIBLE.sub("", _BOOKMARK.sub("", text)))
    for written, plain in _SIGNS:
        text = text.replace(written, plain)
    return text.strip(" \u3000\u00a0\r\n")


def _numbered(blocks: list[Block]) -> list[Line]:
    return [Line(_number(b.place), b.place, b.text) for b in blocks]


def _number(place: str) -> int:
    found = re.search(r"\d+", place)
    return int(found[0]) if found else 0


def _docx(path: Path) -> tuple[list[Line], list[str]]:
    """Paragraphs by number, tables by rows. Numbers that Word itself counts are not in the text: noted."""
    from docx.table import Table

    lines: list[Line] = []
    counted: list[int] = []
    number = 0
    for part in open_docx(path).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                number += 1
                lines.append(_row(number, _cells(row)))
            continue
        number += 1
        place = f"第{number}段"
        lines += [Line(number, place, text) for text in part.text.splitlines() or [""]]
        properties = part._p.pPr
        if properties is not None and properties.numPr is not None:
            counted.append(number)
    notes = (
        [f"第{'、'.join(map(str, counted[:5]))}段等用了自动编号，编号不在文字里，请核对"] if counted else []
    )
    return lines, notes


def _cells(row: Any) -> list[str]:
    """The texts of a row's cells; one merged over several columns once."""
    seen: list[Any] = []
    for cell in row.cells:
        if all(cell._tc is not s._tc for s in seen):
            seen.append(cell)
    return [" ".join(c.text.split()) for c in seen]


def _row(number: int, cells: list[str]) -> Line:
    return Line(number, f"第{number}段", "\t".join(cells), tuple(cells))


# -- html ------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 section article header footer blockquote pre dl dt dd hr form "  # noqa: SIM905
    "table".split()
)
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "nav", "select", "title"))
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)


def _html(path: Path) -> tuple[list[Line], list[str]]:
    parser = _Paragraphs()
    try:
        parser.feed(_decoded(path))
        parser.close()
    except (AssertionError, RecursionError) as error:  # html.parser on declarations it does not know
        raise _fault(path, f"不是可读的 html 文件（{type(error).__name__}）") from None
    return parser.finished(), []


def _decoded(path: Path) -> str:
    """The characters of a page: by its own charset, else UTF-8 or GB18030."""
    data = path.read_bytes()
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]{2,20})", data[:4096])
    names = [declared[1].decode("ascii")] if declared else []
    for name in [*names, "utf-8-sig", "gb18030"]:
        try:
            return data.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise _fault(path, "不是 UTF-8 或 GB18030 编码的文字")


class _Paragraphs(HTMLParser):
    """Text of a page by paragraphs; rows of tables by cells; scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._row: list[str] | None = None
        self._in_cell = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "tr":
            self._paragraph()
            self._row = []
        elif tag in ("td", "th"):
            self._cell()
            self._in_cell = self._row is not None
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th"):
            self._cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS and tag not in _VOID:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def _taken(self) -> str:
        text = " ".join("".join(self._text).split())
        self._text = []
        return text

    def _break(self) -> None:
        if self._row is None:
            self._paragraph()
        else:
            self._text.append(" ")

    def _paragraph(self) -> None:
        if text := self._taken():
            number = len(self.lines) + 1
            self.lines.append(Line(number, f"第{number}段", text))

    def _cell(self) -> None:
        """Closes the open cell; an empty one keeps its column."""
        if self._row is not None and self._in_cell:
            self._row.append(self._taken())
        self._in_cell = False

    def _end_row(self) -> None:
        self._cell()
        if self._row and any(self._row):
            self.lines.append(_row(len(self.lines) + 1, self._row))
        self._row = None

    def finished(self) -> list[Line]:
        self._end_row()
        self._paragraph()
        return self.lines
