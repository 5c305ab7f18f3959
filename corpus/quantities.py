"""Quantities in the raw text: numbers with units and comparators, as intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.units import UNITS
from kb.values import Interval

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_CN = "零〇一二两三四五六七八九十百千"
_UNIT = "|".join(sorted((re.escape(u.lower()) for u in UNITS), key=lambda u: (-len(u), u)))
_BY_LOWER = {u.lower(): u for u in reversed(list(UNITS))}
_OVER, _UNDER = "超过|大于|多于|高于|超出", "小于|少于|低于"
_NOT = "未|不|没有|不得"
_MORE = f"{_OVER}|不止|>|多达"
_ATLEAST = f"(?:{_NOT})(?:{_UNDER})|至少|≥|>=|达到|达"
_LESS = f"不足|{_UNDER}|不到|未达到|未达|仅有|仅为|仅|<"
_ATMOST = f"(?:{_NOT})(?:{_OVER})|至多|最多|≤|<="
_EXACT = "恰好为|恰为|正好为|刚好为|恰好|正好|刚好|恰"
_NUMBER = rf"\d+(?:\.\d+)?|(?<![{_CN}])[{_CN}]{{1,12}}|半(?=年|个月|小时|天)"
_PATTERN = re.compile(
    rf"(?:(?P<cmp>{_ATLEAST}|{_ATMOST}|{_MORE}|{_LESS}|{_EXACT})"
    # 小于需风量的75%: what it is compared with stands before the share of it
    r"(?P<than>[\u4e00-\u9fff]{1,14}的(?=\d+(?:\.\d+)?(?:%|倍)))?)?"
    rf"\s*(?:为|了)?\s*(?P<about>约|(?<!附)(?<!最)近|大约|接近)?\s*"
    rf"(?<!第)(?P<low>{_NUMBER})(?P<plus>余|多)?(?:\s*(?P<u1>{_UNIT})?\s*[-~—至到]\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNIT})"
    r"(?P<half>半)?(?P<after>以上|以下|以内|及以上|及以下|多)?"
)


@dataclass(frozen=True)
class QuantityTerm:
    """A number read: its place, interval and unit as written."""

    start: int
    end: int
    text: str
    interval: Interval
    unit: str


def chinese_number(text: str) -> float | None:
    """A number in digits or Chinese numerals below ten thousand; None when it is neither.

    >>> chinese_number("十二")
    12.0
    """
    if text == "半":
        return 0.5
    try:
        return float(text)
    except ValueError:
        pass
    total, digit = 0, 0
    scales = {"十": 10, "百": 100, "千": 1000}
    for ch in text:
        if ch in _DIGITS:
            digit = _DIGITS[ch]
        elif ch in scales:
            total += (digit or 1) * scales[ch]
            digit = 0
        else:
            return None
    return float(total + digit)


def _interval(comparator: str, low: float, high: float | None, after: str) -> Interval:
    if high is not None:
        return Interval(low, high)
    if (re.fullmatch(_ATLEAST, comparator or "") and comparator not in ("达到", "达")) or "以上" in (
        after or ""
    ):
        return Interval(low=low)
    if re.fullmatch(_ATMOST, comparator or "") or after in ("以下", "以内", "及以下"):
        return Interval(high=low)
    if re.fullmatch(_MORE, comparator or "") or after == "多":
        return Interval(low=low, low_open=True)
    if comparator in ("仅有", "仅为", "仅", "达到", "达"):
        return Interval.exactly(low)
    if re.fullmatch(_LESS, comparator or ""):
        return Interval(high=low, high_open=True)
    return Interval.exactly(low)


def _is_date(text: str, m: re.Match[str], low: float) -> bool:
    """2026年, 9月, 9月8日: a day or month of the calendar, no length of time."""
    unit = m["unit"]
    if unit == "年":
        return low >= 1900
    return unit == "月" or (unit == "日" and text[m.start("low") - 1 : m.start("low")] == "月")


def quantities(text: str) -> Iterator[QuantityTerm]:
    """Every quantity of a normalised text, in order."""
    for m in _PATTERN.finditer(text):
        low = chinese_number(m["low"])
        high = chinese_number(m["high"]) if m["high"] else None
        if low is None or (m["high"] and high is None):
            continue
        if _is_date(text, m, low):
            continue
        if m["half"] and high is None:  # 一年半
            low += 0.5
        interval = _interval(m["cmp"], low, high, "多" if m["plus"] else m["after"])
        if m["about"] and interval.low == interval.high:
            interval = Interval(low * 0.8, low * 1.2)  # 约, 近: near the number, on either side
        start = m.start("low") if m["than"] else m.start()
        yield QuantityTerm(start, m.end(), text[start : m.end()], interval, _BY_LOWER[m["unit"]])
