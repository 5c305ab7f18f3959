"""Conditions compiled to Polars expressions: null is unknown, and/or/not are strong Kleene as in SQL.

The meaning is `engine.logic.evaluate` and `engine.clauses.touches`, for a whole table at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_

import polars as pl

from kb.conditions import ATOMS, All, AnyOf, Atom, Condition, Has, Not, atoms

Columns = Callable[[Atom], pl.Expr]
_NO = pl.lit(False)


def conjunction(parts: Iterable[pl.Expr]) -> pl.Expr:
    """且 over columns."""
    return reduce(and_, parts, pl.lit(True))


def disjunction(parts: Iterable[pl.Expr]) -> pl.Expr:
    """或 over columns."""
    return reduce(or_, parts, _NO)


def truth(condition: Condition, value_of: Columns) -> pl.Expr:
    """The value of a condition; `value_of` gives each atom's nullable boolean column."""
    if isinstance(condition, ATOMS):
        return value_of(condition)
    if isinstance(condition, Not):
        return ~truth(condition.part, value_of)
    parts = [truth(p, value_of) for p in condition.parts]
    if isinstance(condition, All):
        return conjunction(parts)
    if isinstance(condition, AnyOf):
        return disjunction(parts)
    true = _count(p.fill_null(False) for p in parts)
    possible = _count(p.fill_null(True) for p in parts)
    unsettled = pl.when(possible >= condition.n).then(pl.lit(None, pl.Boolean)).otherwise(_NO)
    return pl.when(true >= condition.n).then(pl.lit(True)).otherwise(unsettled)


def _count(parts: Iterable[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal([p.cast(pl.UInt16) for p in parts])


def touches(condition: Condition, value_of: Columns, noticed: Columns) -> pl.Expr | None:
    """Whether the row speaks to a condition that is not false, never null; None where no row can.

    `noticed`: the boolean column of an atom that is spoken of without being settled.
    """
    if isinstance(condition, Has):
        return None
    if isinstance(condition, ATOMS):
        value = value_of(condition)
        return value.fill_null(noticed(condition))
    if isinstance(condition, Not):
        if all(isinstance(a, Has) for a in atoms(condition.part)):
            return None
        return ~truth(condition.part, value_of).fill_null(True)
    speaking = [e for p in condition.parts if (e := touches(p, value_of, noticed)) is not None]
    if not speaking:
        return None
    return truth(condition, value_of).fill_null(True) & disjunction(speaking)
