"""Who is responsible: national departments, duties, and what one local document says (a region pack).

Evidence and data as people edit it lie in kb/departments/, kb/duties/ and kb/regions/<region>/; one compiled file is what loads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field

from kb.errors import BadInput, Problem
from kb.loader import ROOT, Located, Reader, digest, stamp, write_atomically
from kb.models import Confidence, Record

UNSETTLED = "须由属地按业务相近原则指定"
Role = Literal["牵头", "责任", "配合", "指导", "监督", "参加", "成员", "组长", "副组长"]
Side = Literal["企业", "部门", "属地", "人员", "机构", "社会"]
PeriodUnit = Literal["小时", "日", "工作日", "周", "旬", "半月", "月", "季度", "半年", "年", "次"]
TaskKind = Literal["任务", "目标", "职责", "机构", "阶段", "保障", "现状"]


class Department(Record):
    """Who supervises one industry or domain nationally.

    `checked` says which columns were checked; a contested one is never answered from here alone.
    """

    id: str
    sector: str
    labels: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    gbt4754: tuple[str, ...] = ()
    industry_lead: str
    supervision: tuple[str, ...]
    business: tuple[str, ...] = ()
    comprehensive: str
    basis: tuple[str, ...]
    confidence: Confidence
    business_confidence: Confidence
    checked: str
    contested: bool
    source: str
    note: str = ""
    local_designations: tuple[dict[str, str], ...] = ()

    @property
    def unverified(self) -> tuple[str, ...]:
        """The columns of this entry that are from memory: shown as 待核."""
        checked = self.checked.split("+")
        columns = {"industry_lead": "管行业", "supervision": "监管"}
        return (*(shown for column, shown in columns.items() if column not in checked), "管业务")


class Penalty(Record):
    basis: str
    measure: str


class Every(Record):
    """A frequency: `count` times every `every` `unit`. `who` says of what or by whom.

    `ahead`: months before the period ends by which the act must be done. `by`: month and day after the period's end
    (01-15: the 15th of its first month) by which it must be done. `industries`, `except_industries` and
    `profile` narrow one period of a duty as they do a whole one.
    """

    every: float
    unit: PeriodUnit
    count: int = 1
    who: str = ""
    ahead: int = 0
    by: str = Field(default="", pattern=r"^(\d\d-\d\d)?$")
    industries: tuple[str, ...] = ()
    except_industries: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()


class Within(Record):
    """A term counted from the event. Days are calendar days unless the unit says 工作日."""

    within: float
    unit: PeriodUnit
    of: str = ""


class Duty(Record):
    """Who must do what, when, on what legal basis, with what penalty.

    `follows`: the verdict levels after which the duty begins, with `side` and `step` its place in the chain.
    `industries`: only there; `except_industries`: not there (another duty takes its place). Both hold names of
    industries, and of groups that cut across them (金属冶炼, 中型以上), which a profile states like any tag.
    `listed`: follows only a hazard that a standard of the industry itself lists.
    `calendar`: the period of a recurring duty of an enterprise, for the duty calendar; `profile`: tags of an enterprise it needs, any one.
    """

    id: str
    category: str
    duty: str
    holder: str
    trigger: str
    timing: str
    applies_to: str
    basis: tuple[str, ...]
    penalty: tuple[Penalty, ...] = ()
    confidence: Confidence
    source: str
    note: str = ""
    side: Side
    follows: tuple[Literal["重大事故隐患", "一般隐患", "需核实"], ...] = ()
    listed: bool = False
    step: int = 0
    within: Within | None = None
    calendar: tuple[Every, ...] = ()
    industries: tuple[str, ...] = ()
    except_industries: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Unit(Record):
    """One unit of a region's own register. `name` is the full name, `written` the forms the documents use."""

    name: str
    kind: str
    also: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    collective: bool = False


class Region(Record):
    id: str
    name: str
    labels: tuple[str, ...] = ()
    kind: str = ""
    within: tuple[str, ...] = ()


class Assigned(Record):
    """One unit named for a task or statement: `u` full name, `printed` the printed form."""

    u: str
    printed: str = Field(alias="as")
    role: Role = "责任"


class When(Record):
    printed: str = Field(alias="as")
    by: date | None = None
    on: date | None = None
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    of: str = ""


class Often(Record):
    printed: str = Field(alias="as")
    every: float | None = None
    unit: str = ""  # 定期、经常 stand as printed
    of: str = ""
    to: str = Field(default="", alias="for")


class Value(Record):
    printed: str = Field(alias="as")
    n: float | None = None
    unit: str = ""
    of: str = ""


class Statement(Record):
    """One thing a task says: an act with its agents, dates, frequencies and quantities."""

    what: str
    about: tuple[str, ...] = ()
    who: tuple[Assigned, ...] = ()
    when: tuple[When, ...] = ()
    often: tuple[Often, ...] = ()
    values: tuple[Value, ...] = ()


class Task(Record):
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


class Document(Record):
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


class RegionPack(Record):
    """What one document says, beside the register of its region."""

    region: Region
    units: tuple[Unit, ...]
    document: Document
    tasks: tuple[Task, ...]

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        return {u.name: u for u in self.units}


class NationalRegisters(Record):
    """Departments and duties of the whole country; what every verdict needs."""

    version: str
    departments: tuple[Department, ...]
    duties: tuple[Duty, ...]

    @cached_property
    def duty(self) -> dict[str, Duty]:
        return {d.id: d for d in self.duties}


class Registers(NationalRegisters):
    """The national registers with every region pack."""

    packs: tuple[RegionPack, ...]

    @cached_property
    def regions(self) -> dict[str, Region]:
        return {p.region.id: p.region for p in self.packs}


NATIONAL = ("departments/*.yaml", "duties/*.yaml")
LOCAL = ("regions/*/*.yaml",)
R = TypeVar("R", bound=NationalRegisters)


def sources(root: Path = ROOT, patterns: tuple[str, ...] = NATIONAL + LOCAL) -> list[Path]:
    """Every file the registers are compiled from."""
    return sorted(p for pattern in patterns for p in root.glob(pattern))


def _rows(reader: Reader, path: Path, model: type[Record]) -> list[Any]:
    built = (reader.build(model, dict(row), reader.name(path), row) for row in reader.listed(path))
    return [b for b in built if b is not None]


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


def _national(reader: Reader, root: Path) -> dict[str, Any]:
    return {
        "version": digest(sources(root, NATIONAL), root),
        "departments": tuple(d for p in sources(root, NATIONAL[:1]) for d in _rows(reader, p, Department)),
        "duties": tuple(d for p in sources(root, NATIONAL[1:]) for d in _rows(reader, p, Duty)),
    }


def read_registers(root: Path = ROOT) -> tuple[Registers, list[Problem]]:
    """Parse all YAML of the registers: what could be read, and every problem found."""
    reader = Reader(root)
    folders = sorted(p.parent for p in root.glob("regions/*/units.yaml"))
    held = _national(reader, root) | {"version": digest(sources(root), root)}
    registers = Registers(**held, packs=tuple(p for f in folders for p in _packs(reader, f)))
    return registers, reader.problems


def read_national(root: Path = ROOT) -> tuple[NationalRegisters, list[Problem]]:
    """Parse departments and duties alone."""
    reader = Reader(root)
    return NationalRegisters(**_national(reader, root)), reader.problems


def load_registers(root: Path = ROOT) -> Registers:
    """The registers, compiled when a source has changed. Raises BadInput with every problem."""
    return _load(Registers, root, "registers.json", NATIONAL + LOCAL, read_registers)


def load_national(root: Path = ROOT) -> NationalRegisters:
    """Departments and duties, compiled when a source has changed. Raises BadInput with every problem."""
    return _load(NationalRegisters, root, "national.json", NATIONAL, read_national)


def _load(
    model: type[R],
    root: Path,
    name: str,
    patterns: tuple[str, ...],
    read: Callable[[Path], tuple[R, list[Problem]]],
) -> R:
    bundle = root / "_build" / name
    mark = stamp(sources(root, patterns))
    try:
        held, _, body = bundle.read_bytes().partition(b"\n")
        if held.decode() == mark:
            return model.model_validate_json(body)
    except (OSError, ValueError):
        pass  # none yet, or one of an older shape
    registers, problems = read(root)
    if problems:
        raise BadInput(problems)
    write_atomically(bundle, f"{mark}\n{registers.model_dump_json(by_alias=True)}")
    return registers
