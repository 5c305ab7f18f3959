"""A document as plain data: headings, paragraphs and tables. What it looks like is the interface's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the line; `name` is the sheet of a workbook."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Block = Heading | Text | Table


@dataclass(frozen=True)
class Paper:
    title: str
    blocks: tuple[Block, ...]
    version: str
    wide: bool = False

    def tables(self) -> tuple[Table, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Table))

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "blocks": [{"kind": type(b).__name__.lower(), **b.__dict__} for b in self.blocks],
            "kb_version": self.version,
        }
