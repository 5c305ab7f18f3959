"""A self-check as a file: YAML or JSON, or a workbook to be filled in on the walk and read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import yaml

from engine.checkfile import Answer, Check, load_check, read_check
from engine.profile import dumped
from kb.errors import BadInput, Problem, unreadable
from ui.office import HIDDEN, xlsx
from ui.table_io import check_place, whole_file

if TYPE_CHECKING:
    from engine.selfcheck import SelfCheck

FORMATS = (".yaml", ".yml", ".json", ".xlsx")
_COLUMNS = ("编号", "答案", "备注", "照片")


def load(path: Path) -> Check:
    """A check from any of its forms. Raises BadInput naming file and row."""
    if path.suffix.lower() == ".xlsx":
        return _from_workbook(path)
    return load_check(path)


def save(check: SelfCheck, path: Path) -> None:
    """Writes the check, whole or not at all."""
    if path.suffix.lower() not in FORMATS:
        raise BadInput([Problem(str(path), 0, f"自查文件的扩展名应为 {'、'.join(FORMATS)}")])
    check_place(path)
    with whole_file(path) as temporary:
        if path.suffix.lower() == ".xlsx":
            temporary.write_bytes(workbook(check))
        else:
            temporary.write_text(dumped(check.check.to_data(), path), "utf-8")


def workbook(check: SelfCheck) -> bytes:
    """The walk as a workbook: one row a question, answers to be chosen or typed; the check itself on a hidden sheet."""
    from engine.selfpapers import walk_sheet

    table, choices = walk_sheet(check)
    kept = yaml.safe_dump(check.check.to_data(), allow_unicode=True, sort_keys=False)
    return xlsx([table], hidden=kept, choices=choices)


def _from_workbook(path: Path) -> Check:
    import openpyxl

    try:
        book: Any = openpyxl.load_workbook(path, data_only=True)
    except OSError as error:
        raise BadInput([Problem(str(path), 0, unreadable(error))]) from None
    except (BadZipFile, KeyError, ValueError):
        raise BadInput([Problem(str(path), 0, "不是可以读的 xlsx（已损坏，或者不是表格文件）")]) from None
    if HIDDEN not in book.sheetnames:
        raise BadInput(
            [Problem(str(path), 0, f"不是自查表：没有“{HIDDEN}”工作表，请用 panding selfcheck new 生成")]
        )
    check = read_check(yaml.safe_load(book[HIDDEN]["A1"].value), str(path))
    for _, id, answer in _rows(book.worksheets[0], path):
        said = answer.value or answer.note or answer.photo
        if id in check.answers or said:
            check = check.answered(id, answer if said else None)
    return check


def places(path: Path) -> dict[str, str]:
    """Question id -> where its answer stands in a workbook, in words; empty for a file that is no workbook."""
    if path.suffix.lower() != ".xlsx":
        return {}
    import openpyxl

    sheet: Any = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return {id: f"工作表“{sheet.title}”第 {row} 行" for row, id, _ in _rows(sheet, path)}


def unfit_lines(check: SelfCheck, path: Path) -> Iterator[str]:
    """Answers of a file that were not used: file, sheet and row, what was found and what was expected."""
    where = places(path) if check.unfit else {}
    for id, message in check.unfit.items():
        said = message if message.startswith(id) else f"{id}：{message}"
        place = f"{path} {where[id]}" if id in where else str(path)
        yield f"{place}：{said}；这一个没有采用，仍待核实，其余的都已采用"


def _rows(sheet: Any, path: Path) -> Iterator[tuple[int, str, Answer]]:
    lines = sheet.iter_rows(values_only=True)
    header = [str(c or "") for c in next(lines, ())]
    missing = [c for c in _COLUMNS if c not in header]
    if missing:
        raise BadInput([Problem(str(path), 1, f"缺少列 {'、'.join(missing)}")])
    places = [header.index(c) for c in _COLUMNS]
    for number, line in enumerate(lines, 2):
        id, value, note, photo = (_text(line[p]) for p in places)
        if id:
            yield number, id, Answer(value=value, note=note, photo=photo)


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:g}"
    return "" if cell is None else str(cell).strip()
