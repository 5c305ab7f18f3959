"""Departments and duties of the whole country: what every verdict says of who must do what, and when.

Edited in kb/departments/ and kb/duties/; one compiled file is what loads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from kb.errors import BadInput, Problem
from kb.kept import keep, mark_of, read_kept
from kb.loader import ROOT, Reader, digest
from kb.models import Confidence, Pattern, Record

UNSETTLED = "须由属地按业务相近原则指定"
Side = Literal["企业", "部门", "属地", "人员", "机构", "社会"]
PeriodUnit = Literal["小时", "日", "工作日", "周", "旬", "半月", "月", "季度", "半年", "年", "次"]


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class Penalty(Record):
    basis: str
    measure: str


@dataclass(frozen=True, kw_only=True)
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
    by: Annotated[str, Pattern(r"^(\d\d-\d\d)?$")] = ""
    industries: tuple[str, ...] = ()
    except_industries: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Within(Record):
    """A term counted from the event. Days are calendar days unless the unit says 工作日."""

    within: float
    unit: PeriodUnit
    of: str = ""


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class NationalRegisters(Record):
    """Departments and duties of the whole country; what every verdict needs."""

    version: str
    departments: tuple[Department, ...]
    duties: tuple[Duty, ...]

    @cached_property
    def duty(self) -> dict[str, Duty]:
        return {d.id: d for d in self.duties}


R = TypeVar("R", bound=NationalRegisters)


def national_sources(root: Path = ROOT) -> list[Path]:
    """Every file these registers are compiled from."""
    return sorted(p for folder in ("departments", "duties") for p in root.glob(f"{folder}/*.yaml"))


def _rows(reader: Reader, path: Path, model: type[Record]) -> list[Any]:
    built = (reader.build(model, dict(row), reader.name(path), row) for row in reader.listed(path))
    return [b for b in built if b is not None]


def read_parts(reader: Reader, root: Path) -> dict[str, Any]:
    """The fields of the national registers, problems gathered by the reader."""
    paths = national_sources(root)
    rows = {p: _rows(reader, p, Department if p.parent.name == "departments" else Duty) for p in paths}
    return {
        "version": digest(paths, root),
        "departments": tuple(d for p, found in rows.items() if p.parent.name == "departments" for d in found),
        "duties": tuple(d for p, found in rows.items() if p.parent.name == "duties" for d in found),
    }


def read_national(root: Path = ROOT) -> tuple[NationalRegisters, list[Problem]]:
    """Parse departments and duties alone."""
    reader = Reader(root)
    return NationalRegisters(**read_parts(reader, root)), reader.problems


def load_national(root: Path = ROOT) -> NationalRegisters:
    """Departments and duties, compiled when a source has changed. Raises BadInput with every problem."""
    return load_compiled(NationalRegisters, root, "national.pickle", national_sources(root), read_national)


def load_compiled(
    model: type[R],
    root: Path,
    name: str,
    sources: list[Path],
    read: Callable[[Path], tuple[R, list[Problem]]],
) -> R:
    """Registers as they are kept (in a _build trusted as code is), or compiled now. Raises BadInput with every problem."""
    bundle = root / "_build" / name
    mark = mark_of(sources)
    held = read_kept(bundle, mark)
    if isinstance(held, model):
        return held
    registers, problems = read(root)
    if problems:
        raise BadInput(problems)
    keep(bundle, mark, registers)
    return registers
