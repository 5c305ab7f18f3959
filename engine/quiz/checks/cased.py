"""Of the several cases of one duty (超过100人的配专职；100人以下配兼职), the one that the number found on site falls under.

The options are held against what the duty sets for that case and what it sets for the other.
"""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.amounts import Token, comparison, limits, tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.prove import compares
from engine.quiz.statements import Segment, pairs

_ABOUT = 0.4  # share of the words of the case and its consequence that the stem and its options must have
_FIRST = 3  # duties tried
_NOT = re.compile("[不无免未]|没有")
_PART = re.compile("[；;。]")


def check(asked: Asked, found: Found) -> None:
    """A choice about one unit of a known size: the option that is of its case, not of the other."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or asked.levels:
        return
    told = [t for t in tokens(item.stem) if not limits(item.stem, t) and not comparison(item.stem, t)]
    if len(told) != 1 or any(t.unit == told[0].unit for o in item.right for t in tokens(o)):
        return
    for segment in _near(asked):
        if (sides := _sides(segment.whole.removeprefix(segment.holder), told[0])) is None:
            continue
        mine, other = (words - _words(item.stem) for words in sides)
        fits = [o for o in item.options if not _NOT.search(o) and _of(o, mine, other)]
        if len(fits) != 1:
            continue
        if fits[0] in item.right:
            found.agreed.append(f"{fits[0]}：{segment.citation}")
        elif segment.verified and segment.entire and _of(item.right[0], other, mine):
            reason = f"{told[0].text}应为“{fits[0]}”，不是“{item.right[0]}”，规定是：{segment.whole}"
            found.alarms.append(Alarm(TERM, reason, segment.citation))
        return


def _near(asked: Asked) -> list[Segment]:
    """The duties of several cases of which the stem and its options have most, the first few."""
    statements, said = asked.statements, pairs(asked.item.stem + "，".join(asked.item.options))
    held = {
        s.whole: s for s in statements.allowed(asked.industries) if s.kind == "职责" and _PART.search(s.whole)
    }

    def share(whole: str) -> float:
        words = pairs(whole.removeprefix(held[whole].holder))
        return statements.weigh(said & words) / (statements.weigh(words) or 1.0)

    ranked = sorted(((share(w), w) for w in held), reverse=True)
    return [held[w] for n, w in ranked[:_FIRST] if n >= _ABOUT]


def _sides(rule: str, told: Token) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words of the part of a rule that a number falls under, and of the other; None where it is not so divided."""
    parts = [(p, [(t, s) for t in tokens(p) if t.unit == told.unit and (s := comparison(p, t))]) for p in _PART.split(rule)]  # fmt: skip
    parts = [(p, ts) for p, ts in parts if ts]
    if len(parts) != 2 or any(len(ts) != 1 for _, ts in parts):
        return None
    under = [p for p, ((t, sign),) in parts if compares(told.value, sign, t.value)]
    if len(under) != 1:
        return None
    other = next(p for p, _ in parts if p != under[0])
    mine, rest = _words(under[0]), _words(other)
    return mine - rest, rest - mine


def _words(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _of(option: str, mine: frozenset[str], other: frozenset[str]) -> bool:
    """Whether an option has words that only the one case has, and none that only the other has."""
    said = _words(option)
    return bool(said & mine) and not said & other
