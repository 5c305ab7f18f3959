"""Keeping what is made of things that never change, told apart by identity.

Clauses and conditions are frozen; comparing or hashing one costs more than most of what is made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
MOST = 1 << 14  # results kept by one function before it starts anew


def by_identity(make: Callable[P, T]) -> Callable[P, T]:
    """A function that makes its result once for the very same positional arguments, which it keeps alive.

    What is given by name tells no results apart: give so only what the result does not depend on.
    """
    held: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = {}

    @wraps(make)
    def kept(*args: P.args, **named: P.kwargs) -> T:
        key = tuple(map(id, args))
        found = held.get(key)
        if found is None:
            if len(held) >= MOST:
                held.clear()
            found = held[key] = (args, make(*args, **named))
        return found[1]

    return kept
