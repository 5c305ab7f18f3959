"""What a fact may be known to be: a state, an interval, or a set of possible attribute values."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from kb.errors import BadInput


class State(StrEnum):
    """State of a facility, act, paper or phenomenon. What is not known has no value at all."""

    WORKING = "有效"
    THERE = "有"  # there; whether it works is not said
    MISSING = "未设"
    FAILED = "失效"
    DOUBTFUL = "存疑"  # noticed, not settled: rusty, inaccurate, unreadable


# What people type for a state, in --fact, cases and files.
STATE_WORDS = {
    **{s.value: s for s in State},
    "完好": State.WORKING,
    "正常": State.WORKING,
    "已做": State.WORKING,
    "已联锁": State.WORKING,
    "已接入": State.WORKING,
    "无": State.MISSING,
    "缺": State.MISSING,
    "没有": State.MISSING,
    "未做": State.MISSING,
    "未联锁": State.MISSING,
    "未接入": State.MISSING,
    "是": State.THERE,
    "否": State.MISSING,
}


@dataclass(frozen=True)
class Interval:
    """Where a number is known to lie, in the fact's own unit; open ends exclude the bound."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, value: float) -> Interval:
        return cls(value, value)

    def meet(self, other: Interval) -> Interval | None:
        """What both allow, None when that is nothing."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        met = Interval(low, high, low_open, not closed)
        empty = low > high or (low == high and (low_open or not closed))
        return None if empty else met

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:g}"
        left = "" if math.isinf(self.low) else f"{'＞' if self.low_open else '≥'}{self.low:g}"
        right = "" if math.isinf(self.high) else f"{'＜' if self.high_open else '≤'}{self.high:g}"
        return "，".join(p for p in (left, right) if p) or "不详"


def compare(interval: Interval, cmp: str, bound: float) -> bool | None:
    """Whether an interval lies wholly on one side of a bound, wholly on the other, or across it.

    >>> compare(Interval(9, float("inf"), low_open=True), ">", 9)
    True
    """
    if cmp in (">", "<="):
        above = interval.low > bound or (interval.low == bound and interval.low_open)
        below = interval.high <= bound
        settled: bool | None = True if above else False if below else None
        return settled if cmp == ">" or settled is None else not settled
    above = interval.low >= bound
    below = interval.high < bound or (interval.high == bound and interval.high_open)
    settled = True if above else False if below else None
    return settled if cmp == ">=" or settled is None else not settled


@dataclass(frozen=True)
class Span:
    """Characters of the finding, [start, end)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FactValue:
    """What is known of one fact, and what gave it.

    Exactly one of `state`, `interval`, `values` is set. `values` is the set of possible values of an
    attribute, each standing for itself and what is narrower. `presumed` says why a value is only
    presumed (empty: definite). `loose` marks a thing whose host was not read: it may touch, not decide.
    """

    fact: str
    state: State | None = None
    interval: Interval | None = None
    unit: str = ""
    values: frozenset[str] = frozenset()
    source: str = "文本"
    spans: tuple[Span, ...] = ()
    presumed: str = ""
    loose: bool = False
    note: str = field(default="", compare=False)

    def shown(self) -> str:
        """The value in words."""
        if self.state is not None:
            return self.state.value
        if self.interval is not None:
            return f"{self.interval}{self.unit}"
        return "或".join(sorted(self.values))


def state_of(fact: str, word: str) -> State:
    """A state from the word a person typed. Raises BadInput naming what is allowed."""
    try:
        return STATE_WORDS[word.strip()]
    except KeyError:
        allowed = "、".join(s.value for s in State)
        raise BadInput(f"事实 {fact} 的值 {word!r} 不认识，应为 {allowed}（或 无、是、否）") from None
