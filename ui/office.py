"""Papers as docx and tables as xlsx, to open in Word and Excel without a warning."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from engine.paging import number_pages
from engine.paper import Heading, Paper, Table, Text
from ui.record import _printable, _set_faces
from ui.table_io import safe

_LINE_CM = {False: 16.0, True: 24.7}
_WIDE_CHARACTERS = 150  # of a whole line, shared among the columns of a sheet


def docx(paper: Paper) -> bytes:
    """A paper as docx; wide papers lie on their side."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document: Any = Document()
    _set_faces(document)
    document.styles["Normal"].font.size = Pt(10.5)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if paper.wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    number_pages(document)
    section.left_margin = section.right_margin = Cm(2.5)
    document.core_properties.title = _printable(paper.title)
    document.core_properties.author = "Panding"
    document.core_properties.comments = f"知识库版本 {paper.version}"
    document.add_heading(_printable(paper.title), level=0)
    for block in paper.blocks:
        match block:
            case Heading():
                document.add_heading(_printable(block.text), level=block.level)
            case Text():
                document.add_paragraph(_printable(block.text))
            case Table():
                _docx_table(document, block, _LINE_CM[paper.wide])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: Any, table: Table, width: float) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    if not table.rows:
        document.add_paragraph("（无）")
        return
    shares = table.widths or (1,) * len(table.header)
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.header), style="Table Grid")
    made.autofit = False
    repeated = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    cells = made._cells  # one look-up: asking row by row is quadratic
    for i, text in enumerate((*table.header, *(c for row in table.rows for c in row))):
        column = i % len(table.header)
        cell = cells[i]
        cell.width = Cm(width * shares[column] / sum(shares))
        run = cell.paragraphs[0].add_run(_printable(text))
        run.font.size = Pt(9)
        run.bold = i < len(table.header)
    document.add_paragraph("")


def xlsx(tables: Sequence[Table], hidden: str = "", choices: Sequence[Sequence[str]] = ()) -> bytes:
    """Tables as the sheets of a workbook, headers frozen, no cell a formula.

    `hidden`: text kept on a hidden sheet. `choices`: for each row of the first sheet, what its 答案 may be.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book: Any = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(_sheet_name(table.name, book.sheetnames))
        sheet.append([cell(c) for c in table.header])
        for row in table.rows:
            sheet.append([cell(c) for c in row])
        sheet.freeze_panes = "A2"
        shares = table.widths or (1,) * len(table.header)
        for i, share in enumerate(shares, 1):
            sheet.column_dimensions[get_column_letter(i)].width = _WIDE_CHARACTERS * share / sum(shares)
        for line in sheet.iter_rows():
            for c in line:
                c.alignment = Alignment(wrap_text=True, vertical="top")
        for c in sheet[1]:
            c.font = Font(bold=True)
    if choices:
        _choices(book.worksheets[0], tables[0].header.index("答案") + 1, choices)
    if hidden:
        kept = book.create_sheet(HIDDEN)
        kept["A1"] = hidden
        kept.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HIDDEN = "自查文件"
_LONGEST_LIST = 255  # characters of a list of choices that Excel takes


def _choices(sheet: Any, column: int, choices: Sequence[Sequence[str]]) -> None:
    """A list to choose from in every answer cell; other entries stay possible (numbers, several values)."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    rules: dict[str, DataValidation] = {}
    for row, offered in enumerate(choices, 2):
        listed = ",".join(offered)
        if not offered or len(listed) + 2 > _LONGEST_LIST or '"' in listed or any("," in o for o in offered):
            continue
        if listed not in rules:
            rules[listed] = DataValidation(
                type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False
            )
            sheet.add_data_validation(rules[listed])
        rules[listed].add(f"{get_column_letter(column)}{row}")


def cell(value: object) -> object:
    """A value as a cell: nothing a spreadsheet would run, no character it can't hold, not too long."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    value = safe(value)
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode()
        return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
    return value


_LONGEST_CELL = 32767


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    short = "".join(c for c in name if c not in "[]:*?/\\'")[:28] or "表"
    return short if short not in taken else f"{short}{len(taken)}"
