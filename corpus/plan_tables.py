"""Tables of tasks (任务 | 牵头单位 | 责任单位 | 完成时限) in a plan: each row an item of its own.

Only tables whose cells are held (docx, html) and whose head names a column of units; any other table stays text, flagged.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.outline import Item, Paragraph, normalized

_UNITS = re.compile(
    "^(?P<role>主要责任|牵头|责任|落实|配合|主办|协办|参加|监督|督办)?(?:单位|部门|责任单位)$"
)
_TASK = re.compile("任务|事项|内容|措施|项目|目标|要求")
_UNTIL = re.compile("时限|期限|时间|进度")
_ROLES = {"主要责任": "责任", "主办": "牵头", "落实": "责任", None: "责任"}


def rows_as_items(item: Item) -> None:
    """Takes the rows of a table of tasks out of an item's paragraphs and makes them its children."""
    head: dict[int, str] = {}
    kept: list[Paragraph] = []
    for paragraph in item.body:
        cells = [normalized(c) for c in paragraph.line.cells]
        named = _head(cells)
        if named:
            head = named
        elif head and len(cells) > max(head):
            number = sum(c.style == "表" for c in item.children) + 1
            item.children.append(_row(item, paragraph, cells, head, number))
        else:
            head = head if cells else {}
            kept.append(paragraph)
    item.body = kept


def _head(cells: list[str]) -> dict[int, str]:
    """What each column holds: 任务, 时限 or a role; nothing where the row is no head of a table of tasks."""
    found: dict[int, str] = {}
    for column, cell in enumerate(cells):
        plain = re.sub(r"\s", "", cell)
        if units := _UNITS.match(plain):
            found[column] = _ROLES.get(units["role"], units["role"])
        elif _UNTIL.search(plain):
            found[column] = "时限"
        elif _TASK.search(plain) and "任务" not in found.values() and len(plain) <= 10:
            found[column] = "任务"
    roles = set(found.values()) - {"任务", "时限"}
    return found if roles and "任务" in found.values() else {}


def _row(item: Item, paragraph: Paragraph, cells: list[str], head: dict[int, str], number: int) -> Item:
    """A row as an item that reads like any other: what, until when, who."""
    by: dict[str, str] = {}
    for column, what in head.items():
        if cells[column].strip():
            by[what] = f"{by[what]}、{cells[column]}" if what in by else cells[column]
    task = by.pop("任务", "").rstrip("。；")
    until = by.pop("时限", "")
    units = "，".join(f"{role}单位：{names}" for role, names in by.items())
    text = (
        f"{task}。"
        + (f"{until}完成。" if re.search(r"\d{4}年|每", until) else "")
        + (f"（{units}）" if units else "")
    )
    row = Item(
        "表",
        number,
        f"（表第{number}行）",
        re.split("[。；，]", task)[0],
        paragraph.line,
        parent=item,
        run_in=True,
    )
    row.body = [replace(paragraph, text=text, line=replace(paragraph.line, cells=()))]
    return row
