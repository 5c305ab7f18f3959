"""Who should have sat: a roster pasted or kept in a file (单位, 岗位, 人数), and 缺考 for all who have no result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from engine.quiz.grade import Sitting
from kb.errors import BadInput, Problem, unreadable

FORMATS = ("txt", "csv", "xlsx")
MOST_PEOPLE = 10_000
_BETWEEN = re.compile(r"[\t,，;；、|]|\s{1,}")
_MANY = re.compile(r"(\d+)\s*(?:人|名)?")

Roster = Mapping[tuple[str, str], int]  # (unit, post) -> how many should sit


def read_roster(path: Path) -> Roster:
    """The roster of a file. Raises BadInput naming the line that gives no unit and post."""
    if path.suffix.lower().lstrip(".") not in FORMATS:
        raise BadInput(f"{path}：应为 {'、'.join(FORMATS)} 文件，每行一人或者一个岗位：单位、岗位、人数")
    try:
        if path.suffix.lower() == ".xlsx":
            return _counted(_sheet(path), str(path))
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}：{unreadable(error)}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return roster_of(data.decode(encoding), str(path))
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{path}：读不了（不是 UTF-8 或 GB18030 编码的文字）")


def roster_of(text: str, name: str = "名册") -> Roster:
    """The roster of a pasted text: a unit, a post and how many (none: one person) in each line; a heading is passed over."""
    return _counted(enumerate(map(_split, text.splitlines()), 1), name)


def absentees(due: Roster, sittings: Iterable[Sitting], on: date, paper: str) -> list[Sitting]:
    """A sitting without a score for each person of the roster of whom there is no result."""
    held = Counter((s.unit, s.post) for s in sittings)
    return [
        Sitting(unit, post, on, paper, None, False)
        for (unit, post), many in due.items()
        for _ in range(many - held[unit, post])
    ]


def _split(line: str) -> list[str]:
    return [c for c in (cell.strip() for cell in _BETWEEN.split(line.strip())) if c]


def _counted(lines: Iterable[tuple[int, list[str]]], name: str) -> Roster:
    due: Counter[tuple[str, str]] = Counter()
    for number, cells in lines:
        if not cells or ("单位" in cells[0] and len(cells) > 1 and "岗位" in cells[1]):
            continue
        if len(cells) < 2:
            raise BadInput([Problem(name, number, f"“{cells[0]}”只有一栏，应为 单位、岗位（、人数）")])
        many = _MANY.fullmatch(cells[2]) if len(cells) > 2 else None
        due[cells[0], cells[1]] += int(many[1]) if many else 1
        if due.total() > MOST_PEOPLE:
            raise BadInput([Problem(name, number, f"名册超过 {MOST_PEOPLE} 人")])
    if not due:
        raise BadInput(f"{name}：没有读到人；每行写 单位、岗位、人数，如：一车间，班组长，6")
    return due


def _sheet(path: Path) -> Iterable[tuple[int, list[str]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        book.close()
    except Exception:  # openpyxl raises whatever it stumbles over
        raise BadInput(
            f"{path}：不是可读的 xlsx 文件，可能损坏、加了密码，或者是别的格式改了扩展名"
        ) from None
    return [
        (n, [str(c).strip() for c in row if c is not None and str(c).strip()])
        for n, row in enumerate(rows, 1)
    ]
