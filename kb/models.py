"""What the knowledge base holds: standards, clauses, attributes, quantities. Immutable once loaded.

Plain dataclasses: a verdict needs no more. What people write into them pydantic validates (`kb.loader`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from typing_extensions import TypeAliasType

from kb.conditions import TRUE, AnyOf, Condition
from kb.values import FactValue

Executability = Literal["full", "judgement", "blocked"]
Confidence = Literal["verified", "partial", "topic_only", "memory"]
Tree = TypeAliasType("Tree", "dict[str, Tree]")


class Record:
    """Base of what a verdict needs: validated when compiled (`kb.loader`), not when made; no unknown keys."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True)
class Pattern:
    """How the words of a field must look; pydantic is needed only where files are read."""

    regex: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.str_schema(pattern=self.regex)


@dataclass(frozen=True, kw_only=True)
class Clause(Record):
    """One listed hazard situation, cited exactly as its standard numbers it.

    `scope` is 域 of article and clause joined; `premises`, `limbs`, `exceptions` are 前提, 情形, 除外.
    `file` and `line` say where it is written.
    """

    standard: str
    ref: str
    title: str
    restatement: str
    scope: Condition = TRUE
    premises: tuple[Condition, ...] = ()
    limbs: tuple[Condition, ...]
    exceptions: tuple[Condition, ...] = ()
    executability: Executability = "full"
    reason: str = ""
    source: str
    checked_on: date
    file: str = ""
    line: int = 0

    @cached_property
    def id(self) -> str:
        return f"{self.standard}/{self.ref}"

    @cached_property
    def situation(self) -> Condition:
        return AnyOf(parts=self.limbs)


@dataclass(frozen=True, kw_only=True)
class GeneralRule(Record):
    """A rule over the other items (令第10号第十四条). Only one kind is known: 失效视同缺失.

    `applies_to`: broad concepts whose 失效 counts as 缺; empty: every device flagged 防护, 监测报警 or 联锁.
    """

    ref: str
    rule: Literal["失效视同缺失"]
    restatement: str
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandOff(Record):
    """What a standard leaves to others, by domain."""

    ref: str
    domain: str
    restatement: str


@dataclass(frozen=True, kw_only=True)
class Aspect(Record):
    """A 方面 of a standard: `words` name it as a whole, the items of article `ref` say what it is in particular."""

    ref: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NotEncoded(Record):
    ref: str
    executability: Executability
    reason: str


@dataclass(frozen=True, kw_only=True)
class Standard(Record):
    """One version of one 判定标准, in force on [effective, expired).

    `clues_from` names the edition before it, where this one's text is not (wholly) held: on this one's dates
    the earlier clauses are clues that need a human, and a defect that touches none is presumed unlisted.
    `readings` are what the document says of itself or its authority of it (scope, closed list, official answers), one matter each,
    as a question may be held against; `notes` are about our own work on it and are quoted nowhere as law.
    `aspects` are what it calls its articles as a whole: such words alone settle no level.
    `unheld` says which of its items are not even known by number, so that they can't stand in `items`.
    """

    id: Annotated[str, Pattern(r"^[a-z0-9-]+$")]
    title: str
    doc_no: str
    issuer: str
    kind: str
    grade: str = "重大事故隐患"
    domain: str
    published: date
    effective: date
    expired: date | None = None
    supersedes: tuple[str, ...] = ()
    clues_from: str = ""
    scope: Condition | None = None
    scope_text: str
    rules: tuple[GeneralRule, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    handoffs: tuple[HandOff, ...] = ()
    sources: tuple[str, ...]
    checked_on: date
    confidence: Confidence
    notes: str = ""
    readings: tuple[str, ...] = ()
    items: tuple[str, ...]
    unheld: str = ""
    not_encoded: tuple[NotEncoded, ...] = ()
    clauses: tuple[Clause, ...] = ()
    file: str = ""

    def in_force(self, on: date) -> bool:
        return self.effective <= on and (self.expired is None or on < self.expired)

    def overlaps(self, other: Standard) -> bool:
        """Whether there is a day on which both are in force."""
        return (other.expired is None or self.effective < other.expired) and (
            self.expired is None or other.effective < self.expired
        )

    @cached_property
    def complete(self) -> bool:
        """Whether every item is encoded in full: only then may a defect it does not list be 一般隐患."""
        encoded = {c.ref for c in self.clauses if c.executability != "blocked"}
        return bool(encoded) and not self.unheld and set(self.items) <= encoded


@dataclass(frozen=True, kw_only=True)
class KnownStandard(Record):
    """A standard known to exist whose content is not held: the catalogue says so, nothing is judged by it."""

    title: str
    doc_no: str = ""
    issuer: str = ""
    domain: str
    effective: str = ""
    note: str = ""
    source: str


@dataclass(frozen=True, kw_only=True)
class Presumption(Record):
    """What fills a gap in 前提 or 除外 when nothing is known; always shown, never refutes."""

    value: str
    reason: str
    since: date | None = None
    until: date | None = None

    def valid(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, kw_only=True)
class Attribute(Record):
    """A property of the enterprise or site with a closed tree of values; siblings exclude each other.

    `of`: an 企业 attribute read in one sentence holds for the whole finding, a 现场 one for its sentence.
    `said`: values that a text names when it means them (尾矿库, 露天煤矿): where only a broader value is known,
    one of the others is presumed.
    """

    name: str
    of: Literal["企业", "现场"] = "现场"
    values: Tree
    question: str
    how: str = ""
    presume: Presumption | None = None
    said: tuple[str, ...] = ()
    file: str = ""

    @cached_property
    def presumed(self) -> FactValue | None:
        """What the declared presumption makes known, while it is valid."""
        if self.presume is None:
            return None
        value = frozenset({self.presume.value})
        return FactValue(self.name, values=value, source="推定", presumed=self.presume.reason)

    def ancestors(self) -> Mapping[str, tuple[str, ...]]:
        """Value -> its broader values, nearest first."""
        return self._ancestors

    @cached_property
    def _ancestors(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}

        def walk(tree: Tree, above: tuple[str, ...]) -> None:
            for value, inner in tree.items():
                found[value] = above
                walk(inner, (value, *above))

        walk(self.values, ())
        return found


@dataclass(frozen=True, kw_only=True)
class Quantity(Record):
    """A measured quantity; `unit` is the unit its facts are stored and asked in.

    `ratio`: two quantities whose numbers give it where a text states them both (供风量 / 需风量); `excess`: by
    how much the first exceeds the second, as a share of the second. `about`: what must be named beside them
    (实测18m，标准25m, of a 防火间距).
    """

    name: str
    unit: str
    ratio: tuple[str, str] | None = None
    excess: bool = False
    about: str = ""
    question: str = ""
    how: str = ""
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Derivation(Record):
    """A rule that settles an attribute from other facts (高瓦斯矿井 from the gas measured).

    When `when` is true of the definite facts, the attribute has this value (or a narrower one). Only what is
    true derives: where it is false or unknown, nothing is said of the attribute. `beside`: values it does not
    contradict, being established otherwise (突出矿井 by its own appraisal).
    """

    attribute: str
    value: str
    when: Condition
    beside: tuple[str, ...] = ()
    restatement: str
    source: str
    checked_on: date
    file: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Wording(Record):
    """A question written by hand where the generated one would read badly.

    `only`: the kinds of the fact's place at which it can arise at all; empty: at every kind.
    """

    question: str
    how: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case(Record):
    """A case of a clause: a finding and/or facts, and the status each clause must get."""

    name: str
    finding: str = ""
    facts: dict[str, str | float | int] = field(default_factory=dict)
    industry: str = ""
    on: date | None = None
    expect: dict[str, str]
    verdict: str = ""
    standard: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase(Record):
    """Everything under kb/, parsed. `version` is a digest of the content."""

    version: str
    standards: tuple[Standard, ...]
    attributes: dict[str, Attribute]
    quantities: dict[str, Quantity]
    questions: dict[str, Wording]
    derivations: tuple[Derivation, ...] = ()
    catalogue: tuple[KnownStandard, ...] = ()

    def clauses(self) -> tuple[Clause, ...]:
        return self._clauses

    @cached_property
    def _clauses(self) -> tuple[Clause, ...]:
        return tuple(c for s in self.standards for c in s.clauses)

    def presumed(self, on: date) -> Mapping[str, FactValue]:
        """Attribute -> what its declared presumption makes known on a date."""
        if on not in self._presumed:
            valid = ((n, a) for n, a in self.attributes.items() if a.presume and a.presume.valid(on))
            self._presumed[on] = {n: a.presumed for n, a in valid if a.presumed}
        return self._presumed[on]

    @cached_property
    def _presumed(self) -> dict[date, Mapping[str, FactValue]]:
        return {}

    def standard(self, id: str) -> Standard:
        for s in self.standards:
            if s.id == id:
                return s
        raise KeyError(id)
