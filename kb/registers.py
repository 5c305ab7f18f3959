"""Who is responsible where: the national registers beside what local documents say (region packs).

Packs as people edit them lie in kb/regions/<region>/; one compiled file is what loads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import pydantic.version
from pydantic import Field

from kb.errors import Problem
from kb.loader import ROOT, Located, Reader, digest
from kb.national import NationalRegisters, load_compiled, national_sources, read_parts
from kb.written import Written

Role = Literal["牵头", "责任", "配合", "指导", "监督", "参加", "成员", "组长", "副组长"]
TaskKind = Literal["任务", "目标", "职责", "机构", "阶段", "保障", "现状"]


class Unit(Written):
    """One unit of a region's own register. `name` is the full name, `written` the forms the documents use."""

    name: str
    kind: str
    also: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    collective: bool = False


class Region(Written):
    id: str
    name: str
    labels: tuple[str, ...] = ()
    kind: str = ""
    within: tuple[str, ...] = ()


class Assigned(Written):
    """One unit named for a task or statement: `u` full name, `printed` the printed form."""

    u: str
    printed: str = Field(alias="as")
    role: Role = "责任"


class When(Written):
    printed: str = Field(alias="as")
    by: date | None = None
    on: date | None = None
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    of: str = ""


class Often(Written):
    printed: str = Field(alias="as")
    every: float | None = None
    unit: str = ""  # 定期、经常 stand as printed
    of: str = ""
    to: str = Field(default="", alias="for")


class Value(Written):
    printed: str = Field(alias="as")
    n: float | None = None
    unit: str = ""
    of: str = ""


class Statement(Written):
    """One thing a task says: an act with its agents, dates, frequencies and quantities."""

    what: str
    about: tuple[str, ...] = ()
    who: tuple[Assigned, ...] = ()
    when: tuple[When, ...] = ()
    often: tuple[Often, ...] = ()
    values: tuple[Value, ...] = ()


class Task(Written):
    """One numbered item of a document; `ref` as the document is divided, `line` counts from 1."""

    ref: str
    line: int
    title: str
    kind: TaskKind
    about: tuple[str, ...] = ()
    units: tuple[Assigned, ...] = ()
    open: bool = False
    says: tuple[Statement, ...] = ()
    doubts: tuple[str, ...] = ()


class Document(Written):
    id: str
    title: str
    doc_no: str | None = None
    issuer: str | None = None
    issued: date | None = None
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    file: str
    sha256: str
    reviewed: date | None = None


class RegionPack(Written):
    """What one document says, beside the register of its region."""

    region: Region
    units: tuple[Unit, ...]
    document: Document
    tasks: tuple[Task, ...]

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        return {u.name: u for u in self.units}


@dataclass(frozen=True, kw_only=True)
class Registers(NationalRegisters):
    """The national registers with every region pack."""

    packs: tuple[RegionPack, ...]

    @cached_property
    def regions(self) -> dict[str, Region]:
        return {p.region.id: p.region for p in self.packs}


def sources(root: Path = ROOT) -> list[Path]:
    """Every file the registers are compiled from."""
    return sorted([*national_sources(root), *root.glob("regions/*/*.yaml")])


def _pack(reader: Reader, path: Path, head: Located, units: tuple[Unit, ...]) -> RegionPack | None:
    data = reader.load(path)
    if data is None:
        return None
    values = {"region": head["region"], "units": units, **data}
    pack: RegionPack | None = reader.build(RegionPack, values, reader.name(path), data)
    if pack is not None:
        reader.problems += _pack_faults(pack, reader.name(path))
    return pack


def _pack_faults(pack: RegionPack, file: str) -> list[Problem]:
    """Units that the register does not know, and places named twice."""
    out, seen = [], set[str]()
    for task in pack.tasks:
        if task.ref in seen:
            out.append(Problem(file, 0, f"{task.ref}：同一位置写了两次"))
        seen.add(task.ref)
        named = [*task.units, *(a for s in task.says for a in s.who)]
        out += [
            Problem(file, 0, f"{task.ref}：单位 {a.u} 不在 units.yaml 中")
            for a in named
            if a.u not in pack.by_name
        ]
    return out


def _packs(reader: Reader, folder: Path) -> list[RegionPack]:
    register = folder / "units.yaml"
    head = reader.load(register)
    if head is None:
        return []
    rows = [r for r in head.get("units") or [] if isinstance(r, Located)]
    units = tuple(u for r in rows if (u := reader.build(Unit, dict(r), reader.name(register), r)) is not None)
    documents = (p for p in sorted(folder.glob("*.yaml")) if p != register)
    return [p for d in documents if (p := _pack(reader, d, head, units)) is not None]


def read_registers(root: Path = ROOT) -> tuple[Registers, list[Problem]]:
    """Parse all YAML of the registers: what could be read, and every problem found."""
    reader = Reader(root)
    folders = sorted(p.parent for p in root.glob("regions/*/units.yaml"))
    held = read_parts(reader, root) | {"version": digest(sources(root), root)}
    registers = Registers(**held, packs=tuple(p for f in folders for p in _packs(reader, f)))
    return registers, reader.problems


def load_registers(root: Path = ROOT) -> Registers:
    """The registers, compiled when a source has changed. Raises BadInput with every problem."""
    library = Path(pydantic.version.__file__)  # what was kept holds its objects
    return load_compiled(Registers, root, "registers.pickle", [library, *sources(root)], read_registers)
