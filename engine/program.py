"""One standard compiled for whole tables: every clause's status as a Polars expression over its atoms' columns.

Columns of atom number i: `{i}d` its definite truth, `{i}p` with presumptions, `{i}n` whether it is noticed;
`{number}f` tells the rows that hold the fact of that number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy import ndarray as Numbers

from engine.clauses import Status
from engine.columns import Values
from engine.judge import Engine
from engine.kleene import conjunction, disjunction, touches, truth
from kb.conditions import Atom, Condition, Has, atoms
from kb.models import Clause, Standard
from kb.values import FactValue
from ontology.facts import clause_atoms

STATUSES = tuple(Status)
NUMBER = {s: i for i, s in enumerate(STATUSES)}
NO_CANDIDATE = 255
_TRUE = 2
_AS_NUMBER = {None: 0, False: 1, True: _TRUE}


@dataclass(frozen=True)
class Rule:
    """One clause, compiled. `limbs` are intermediate columns: each limb's truth, and whether it is touched.

    `facts`: the facts it asks, each with the limbs it stands in; none where it stands outside them too.
    """

    clause: Clause
    asked_by_limbs: frozenset[int]
    facts: dict[int, frozenset[int]]
    slots: frozenset[int]
    limbs: tuple[pl.Expr, ...]
    status: pl.Expr
    defect: pl.Expr | None


@dataclass
class Codes:
    """What the codes of one fact mean to this standard: the reading of each of its atoms, and their kind.

    Codes that every atom reads alike are of one kind; kind 0 is a fact not given.
    """

    truths: dict[int, list[int]]
    noticed: dict[int, list[bool]]
    kinds: list[int] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Cells:
    """The rows of a batch that hold one fact, ascending, and the codes of its values."""

    rows: Numbers
    codes: Numbers


class Table:
    """The rows of a batch that one standard may speak of, and each fact's codes over them (-1: not given)."""

    def __init__(self, rows: Numbers, size: int, cells: dict[int, Cells]) -> None:
        self.rows = rows
        self._place = np.full(size, -1, np.int32)
        self._place[rows] = np.arange(len(rows), dtype=np.int32)
        self._cells = cells
        self._dense: dict[int, Numbers] = {}

    def holds(self, fact: int) -> bool:
        """Whether some row of the batch gives a fact."""
        return fact in self._cells

    def codes(self, fact: int) -> Numbers:
        """The codes of a fact, row by row."""
        if fact not in self._dense:
            dense = np.full(len(self.rows), -1, np.int32)
            if fact in self._cells:
                held = self._cells[fact]
                place = self._place[held.rows]
                dense[place[place >= 0]] = held.codes[place >= 0]
            self._dense[fact] = dense
        return self._dense[fact]


@dataclass(frozen=True)
class Statuses:
    """Clause index -> status numbers of all rows; (clause, limb) -> rows that touch it; rows with a defect; rows
    whose trade is not known to be this one."""

    of: dict[int, Numbers]
    touched: dict[tuple[int, int], pl.Series]
    defect: Numbers
    nowhere: Numbers


@dataclass(frozen=True)
class Presumed:
    """What is presumed where nothing is given: it depends on the day alone. `of_row` numbers the periods."""

    periods: list[dict[str, FactValue]]
    of_row: Numbers


class Program:
    """The clauses of one standard over columns. Compiled once, run on every batch."""

    def __init__(self, engine: Engine, standard: Standard, values: Values) -> None:
        self._engine, self.standard, self._values = engine, standard, values
        scope = [] if standard.scope is None else list(atoms(standard.scope))
        every = dict.fromkeys([*scope, *(a for c in standard.clauses for a in clause_atoms(c))])
        self._slot: dict[Atom, int] = {a: i for i, a in enumerate(every)}
        self._atoms = list(every)
        self._of_fact: dict[int, list[int]] = {}
        for i, atom in enumerate(self._atoms):
            self._of_fact.setdefault(values.number[atom.fact], []).append(i)
        self._scope_slots = frozenset(self._slot[a] for a in scope)
        self.scope_presuming = None if standard.scope is None else truth(standard.scope, self._presuming)
        self.rules = [self._compile(i, c) for i, c in enumerate(standard.clauses)]
        self.asked_by_limbs = frozenset(f for r in self.rules for f in r.asked_by_limbs)
        self.attributes = sorted({a.fact for a in self._atoms if isinstance(a, Has)})
        self.clear()

    def clear(self) -> None:
        """Forget what codes mean."""
        self._codes: dict[int, Codes] = {}
        self.periods: dict[object, int] = {}

    # -- compiling

    def _definite(self, atom: Atom) -> pl.Expr:
        return pl.col(f"{self._slot[atom]}d")

    def _presuming(self, atom: Atom) -> pl.Expr:
        return pl.col(f"{self._slot[atom]}p") if _presumable(atom) else self._definite(atom)

    def _noticed(self, atom: Atom) -> pl.Expr:
        return pl.col(f"{self._slot[atom]}n")

    def _compile(self, index: int, clause: Clause) -> Rule:
        """`engine.clauses.judge_clause` up to the status, over columns."""
        limbs = [pl.col(f"{index}.{j}") for j in range(len(clause.limbs))]
        exprs = tuple(truth(c, self._definite).alias(f"{index}.{j}") for j, c in enumerate(clause.limbs))
        inside = [
            self._limb_touched(c, truth(c, self._definite)).alias(f"{index}.{j}t")
            for j, c in enumerate(clause.limbs)
        ]
        speaking = [e for c in clause.limbs if (e := touches(c, self._definite, self._noticed)) is not None]
        standard_scope = [] if self.standard.scope is None else [self.standard.scope]
        scope = conjunction(truth(c, self._definite) for c in (*standard_scope, clause.scope))
        rest = [truth(c, self._definite) for c in clause.premises]
        rest += [~truth(c, self._definite) for c in clause.exceptions]
        whole = conjunction([scope, *rest, disjunction(limbs)])
        around = [*standard_scope, clause.scope, *clause.premises]
        likely = conjunction(
            [truth(c, self._presuming) for c in around]
            + [disjunction(truth(c, self._presuming) for c in clause.limbs)]
            + [~truth(c, self._presuming) for c in clause.exceptions]
        )
        number = {s: pl.lit(n, pl.UInt8) for s, n in NUMBER.items()}
        settled = (
            pl.lit(NUMBER[Status.EXPERT], pl.UInt8) if clause.executability != "full"
            else pl.when(whole.fill_null(False)).then(number[Status.HIT])
            .when(likely.fill_null(False)).then(number[Status.PRESUMED]).otherwise(number[Status.OPEN])
        )  # fmt: skip
        facts = frozenset(self._values.number[a.fact] for c in clause.limbs for a in atoms(c))
        asked = [*(a for c in standard_scope for a in atoms(c)), *clause_atoms(clause)]
        outside = {a.fact for c in (*around, *clause.exceptions) for a in atoms(c)}
        inside_of: dict[int, frozenset[int]] = {self._values.number[a.fact]: frozenset() for a in asked}
        for j, a in ((j, a) for j, c in enumerate(clause.limbs) for a in atoms(c) if a.fact not in outside):
            inside_of[self._values.number[a.fact]] |= {j}
        candidate = disjunction(pl.col(f"{f}f") for f in sorted(facts))
        status = (
            pl.when(~candidate).then(pl.lit(NO_CANDIDATE, pl.UInt8))
            .when(~scope.fill_null(True)).then(number[Status.OUT_OF_SCOPE])
            .when(~whole.fill_null(True)).then(number[Status.REFUTED])
            .when(~disjunction(pl.col(f"{index}.{j}t") for j in range(len(inside)))).then(number[Status.UNTOUCHED]).otherwise(settled)
        )  # fmt: skip
        return Rule(
            clause, facts, inside_of, frozenset(self._slot[a] for a in asked), (*exprs, *inside), status.alias(str(index)),
            (disjunction(speaking) & candidate) if speaking else None,
        )  # fmt: skip

    def _limb_touched(self, limb: Condition, own: pl.Expr) -> pl.Expr:
        """Given facts have their hosts read, so that what speaks of a limb never does so loosely."""
        if all(isinstance(a, Has) for a in atoms(limb)):
            return own.fill_null(False)
        both = [touches(limb, self._definite, self._noticed), touches(limb, self._presuming, self._noticed)]
        return disjunction(e for e in both if e is not None)

    # -- running

    def statuses(self, table: Table, present: Iterable[int], presumed: Presumed) -> Statuses:
        """The status of every clause that a fact present asks in its limbs, row by row."""
        held = set(present)
        rules = [(i, r) for i, r in enumerate(self.rules) if not held.isdisjoint(r.asked_by_limbs)]
        slots = self._scope_slots.union(*(r.slots for _, r in rules))
        facts = {f for _, r in rules for f in r.asked_by_limbs}
        frame = pl.DataFrame([*self._columns(table, slots, presumed), *self._given(table, facts)])
        numbers = [c for c, t in frame.schema.items() if t == pl.UInt8]
        frame = frame.with_columns(pl.when(pl.col(c) > 0).then(pl.col(c) == _TRUE) for c in numbers)
        frame = frame.with_columns(e for _, r in rules for e in r.limbs)
        defects = [r.defect for _, r in rules if r.defect is not None]
        nowhere = pl.lit(False) if self.scope_presuming is None else self.scope_presuming.is_null()
        found = frame.select(
            *(r.status for _, r in rules), disjunction(defects).alias("defect"), nowhere.alias("nowhere")
        )
        statuses = {i: found[str(i)].to_numpy() for i, _ in rules}
        touched = {(i, j): frame[f"{i}.{j}t"] for i, r in rules for j in range(len(r.clause.limbs))}
        return Statuses(statuses, touched, found["defect"].to_numpy(), found["nowhere"].to_numpy())

    def _given(self, table: Table, facts: Iterable[int]) -> Iterable[pl.Series]:
        return (pl.Series(f"{f}f", table.codes(f) >= 0) for f in facts)

    def _columns(self, table: Table, slots: Iterable[int], presumed: Presumed) -> Iterable[pl.Series]:
        """The columns of atoms; truths as numbers, to be made null, false and true all at once."""
        nothing = pl.repeat(None, len(table.rows), dtype=pl.Boolean, eager=True)
        never = pl.repeat(False, len(table.rows), dtype=pl.Boolean, eager=True)
        for i in sorted(slots):
            atom = self._atoms[i]
            fact = self._values.number[atom.fact]
            codes = table.codes(fact)
            if table.holds(fact):
                meaning = self.meaning(fact)
                # the last entry stands for a fact not given: code -1
                values = np.array([*meaning.truths[i], 0], np.uint8)[codes]
                yield pl.Series(f"{i}d", values)
                noticed = np.array([*meaning.noticed[i], False], bool)
                yield pl.Series(f"{i}n", noticed[codes]) if noticed.any() else never.alias(f"{i}n")
            else:
                values = np.zeros(len(codes), np.uint8)
                yield nothing.alias(f"{i}d")
                yield never.alias(f"{i}n")
            if _presumable(atom):
                likely = np.array([self._likely(atom, p) for p in presumed.periods], np.uint8)
                if likely.any():
                    yield pl.Series(f"{i}p", np.where(codes >= 0, values, likely[presumed.of_row]))
                else:
                    yield pl.Series(f"{i}p", values)

    def _likely(self, atom: Atom, presumed: Mapping[str, FactValue]) -> int:
        value = presumed.get(atom.fact)
        if value is None:
            return _AS_NUMBER[None]
        return _AS_NUMBER[self._engine.valuations(self.standard, {}, {atom.fact: value})[1](atom)]

    def meaning(self, fact: int) -> Codes:
        """The readings of all codes of a fact, those new since the last batch added."""
        slots = self._of_fact.get(fact, [])
        if fact not in self._codes:
            self._codes[fact] = Codes({i: [] for i in slots}, {i: [] for i in slots})
        held = self._codes[fact]
        for value in self._values.of[fact][len(held.kinds) :]:
            valuation = self._engine.valuations(self.standard, {value.fact: value}, {})[0]
            readings = [valuation.read(self._atoms[i]) for i in slots]
            for i, r in zip(slots, readings, strict=True):
                held.truths[i].append(_AS_NUMBER[r.truth])
                held.noticed[i].append(r.noticed)
            kind = tuple((r.truth, r.noticed, r.rule) for r in readings)
            held.kinds.append(held.known.setdefault(kind, len(held.known) + 1))
        return held

    def kinds(self, table: Table, fact: int, at: Numbers) -> Numbers:
        """The kind of the value of a fact in some rows."""
        return np.array([*self.meaning(fact).kinds, 0], np.int16)[table.codes(fact)[at]]


def _presumable(atom: Atom) -> bool:
    return isinstance(atom, Has) and not atom.stated
