"""What an option claims of a number or of a fact not known, as a test (`engine.quiz.prove`) that the maker and the audit build alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from engine.judge import Engine
from engine.quiz.model import Test
from engine.quiz.phrase import number
from engine.quiz.scene import step
from kb.conditions import Compare

WORDS = {">": "超过", ">=": "达到或者超过", "<": "低于", "<=": "等于或者低于"}

Limit = tuple[str, float]  # how a number compares, and the number


def limit_of(text: str, unit: str) -> Limit | None:
    """A limit in the words of an option of ours (达到或者超过2%); None where it is not said so.

    >>> limit_of("达到或者超过2%", "%"), limit_of("低于5个", "个"), limit_of("5个", "个")
    (('>=', 2.0), ('<', 5.0), None)
    """
    told = re.fullmatch(rf"({'|'.join(WORDS.values())})(\d+(?:\.\d+)?){re.escape(unit)}", text)
    return (next(c for c, w in WORDS.items() if w == told[1]), float(told[2])) if told else None


def limit_test(situation: Test, atom: Compare, limit: Limit, all_limits: Iterable[Limit]) -> dict[str, Any]:
    """That a clause begins to hold just at a limit, tried on the numbers around that and every other one offered."""
    probes = sorted({round(v + d * step(atom), 6) for _, v in all_limits for d in (-1, 0, 1)})
    base = {k: v for k, v in situation["facts"].items() if k != atom.fact}
    return {**situation, "test": "limit", "facts": base, "fact": atom.fact, "cmp": limit[0], "value": limit[1],
            "unit": atom.unit, "probes": [p for p in probes if p >= 0]}  # fmt: skip


def settling_test(situation: Test, fact: str, values: Iterable[str]) -> dict[str, Any]:
    """That knowing a fact decides the clause."""
    return {**situation, "test": "settles", "fact": fact, "values": list(values)}


def answers(engine: Engine, fact: str) -> list[str]:
    """Values a fact could turn out to have."""
    asked = engine.facts[fact]
    if asked.kind == "数量":
        return [f"{number(v)}{asked.unit}" for v in (0, 1, 10, 1000)]
    return list(asked.options)
