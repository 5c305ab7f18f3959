"""Conditions: the small typed tree that 域, 前提, 情形 and 除外 of a clause are made of.

Every leaf (atom) asks exactly one fact; `fact` is that fact's id, so two clauses that ask the same
thing share the fact by construction. Evaluation lives in `engine.logic`; this module has no opinion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

from typing_extensions import TypeIs

Comparison = Literal[">", ">=", "<", "<="]


def _at(name: str, host: str | None) -> str:
    return f"{name}@{host}" if host else name


@dataclass(frozen=True, kw_only=True)
class Missing:
    """缺 X @ H: the thing is not there, or the act was not done."""

    op: Literal["缺"] = "缺"
    thing: str
    host: str | None = None

    @cached_property
    def fact(self) -> str:
        return _at(self.thing, self.host)

    def __str__(self) -> str:
        return f"缺 {self.fact}"


@dataclass(frozen=True, kw_only=True)
class Present:
    """有 X @ H: the thing, act or phenomenon is there."""

    op: Literal["有"] = "有"
    thing: str
    host: str | None = None

    @cached_property
    def fact(self) -> str:
        return _at(self.thing, self.host)

    def __str__(self) -> str:
        return f"有 {self.fact}"


@dataclass(frozen=True, kw_only=True)
class Failed:
    """失效 X @ H: the thing is there but does not work."""

    op: Literal["失效"] = "失效"
    thing: str
    host: str | None = None

    @cached_property
    def fact(self) -> str:
        return _at(self.thing, self.host)

    def __str__(self) -> str:
        return f"失效 {self.fact}"


@dataclass(frozen=True, kw_only=True)
class Unlinked:
    """未联锁 X ~ Y @ H (or 未接入): X is not interlocked with, or not wired to, Y."""

    op: Literal["未联锁", "未接入"]
    thing: str
    partner: str
    host: str | None = None

    @cached_property
    def fact(self) -> str:
        return _at(f"{self.thing}~{self.partner}", self.host)

    def __str__(self) -> str:
        return f"{self.op} {self.fact}"


@dataclass(frozen=True, kw_only=True)
class Compare:
    """数 Q @ H > 9 人: a quantity against a number in a unit."""

    op: Literal["数"] = "数"
    quantity: str
    host: str | None = None
    cmp: Comparison
    value: float
    unit: str

    @cached_property
    def fact(self) -> str:
        return _at(self.quantity, self.host)

    def __str__(self) -> str:
        return f"数 {self.fact} {self.cmp} {self.value:g} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class Exceeds:
    """超 Q > R @ H: a quantity against another quantity (设定值 against 设计值)."""

    op: Literal["超"] = "超"
    quantity: str
    cmp: Comparison
    reference: str
    host: str | None = None

    @cached_property
    def fact(self) -> str:
        return _at(f"{self.quantity}{self.cmp}{self.reference}", self.host)

    def __str__(self) -> str:
        return f"超 {self.fact}"


@dataclass(frozen=True, kw_only=True)
class Has:
    """A=V|W: an attribute has one of these values, narrower values included.

    `stated` marks one inside 情形: there no presumption may fill it.
    """

    op: Literal["属性"] = "属性"
    attribute: str
    values: tuple[str, ...]
    stated: bool = False

    @cached_property
    def fact(self) -> str:
        return self.attribute

    def __str__(self) -> str:
        return f"{self.attribute}={'|'.join(self.values)}" + ("（须有事实）" if self.stated else "")


class Compound:
    """Base of conditions made of others."""

    @cached_property
    def needs(self) -> frozenset[str]:
        """Facts of which one must be known before this has a value; empty: it may have one without any."""
        return _needs(self)

    @cached_property
    def leaves(self) -> tuple[Atom, ...]:
        """Its atoms, left to right, repeats included."""
        return tuple([a for part in _parts(self) for a in atoms(part)])

    @cached_property
    def of_attributes(self) -> bool:
        """Whether it asks attributes alone."""
        return all(type(a) is Has for a in self.leaves)


@dataclass(frozen=True, kw_only=True)
class All(Compound):
    """且: every part holds."""

    op: Literal["且"] = "且"
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return "（" + " 且 ".join(str(p) for p in self.parts) + "）" if self.parts else "（恒真）"


@dataclass(frozen=True, kw_only=True)
class AnyOf(Compound):
    """或: some part holds."""

    op: Literal["或"] = "或"
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return "（" + " 或 ".join(str(p) for p in self.parts) + "）" if self.parts else "（恒假）"


@dataclass(frozen=True, kw_only=True)
class Not(Compound):
    """非: the part does not hold."""

    op: Literal["非"] = "非"
    part: Condition

    def __str__(self) -> str:
        return f"非 {self.part}"


@dataclass(frozen=True, kw_only=True)
class AtLeast(Compound):
    """至少 n 项: at least n of the parts hold."""

    op: Literal["至少"] = "至少"
    n: int
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return f"至少 {self.n} 项（" + " ； ".join(str(p) for p in self.parts) + "）"


Atom = Missing | Present | Failed | Unlinked | Compare | Exceeds | Has
Condition: TypeAlias = (
    Missing | Present | Failed | Unlinked | Compare | Exceeds | Has | All | AnyOf | Not | AtLeast
)
ATOMS = (Missing, Present, Failed, Unlinked, Compare, Exceeds, Has)
_LEAVES = frozenset(ATOMS)

TRUE = All(parts=())
FALSE = AnyOf(parts=())


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, left to right, repeats included."""
    return iter((condition,) if is_atom(condition) else condition.leaves)


def of_attributes(condition: Condition) -> bool:
    """Whether a condition asks attributes alone: it describes a place, and is no defect."""
    return isinstance(condition, Has) if is_atom(condition) else condition.of_attributes


def _parts(condition: Compound) -> tuple[Condition, ...]:
    return (condition.part,) if isinstance(condition, Not) else getattr(condition, "parts", ())


def is_atom(condition: Condition) -> TypeIs[Atom]:
    """Whether a condition is a leaf."""
    return type(condition) in _LEAVES


def _needs(condition: Compound) -> frozenset[str]:
    if isinstance(condition, AtLeast) and not 1 <= condition.n <= len(condition.parts):
        return frozenset()  # settled by its number
    inside = [p.needs if isinstance(p, Compound) else frozenset({p.fact}) for p in _parts(condition)]
    return frozenset().union(*inside) if all(inside) else frozenset()


def as_stated(condition: Condition) -> Condition:
    """The same condition with its attributes marked as stated: what 情形 is made of."""
    if isinstance(condition, Has):
        return replace(condition, stated=True)
    if isinstance(condition, Not):
        return Not(part=as_stated(condition.part))
    if isinstance(condition, All | AnyOf | AtLeast):
        return replace(condition, parts=tuple(as_stated(p) for p in condition.parts))
    return condition
