"""Numbers in a text with their units, as they are compared: amounts, terms, frequencies, and the limits they set."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.quantities import chinese_number

_DIGIT = r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+"
_UNITS = {
    "个工作日": "工作日", "工作日": "工作日", "小时": "小时", "学时": "学时", "课时": "学时", "个月": "月", "月": "月", "日内": "日",
    "日": "日", "天": "日", "周": "周", "年": "年", "人": "人", "名": "人", "%": "%", "％": "%", "万元": "万元", "万": "万元", "元": "元",
    "MPa": "MPa", "kPa": "kPa", "mm": "mm", "毫米": "mm",
    "厘米": "cm", "cm": "cm", "m³/min": "m3/min", "m3/min": "m3/min", "m³": "m3", "m": "m", "米": "m", "倍": "倍",
    "个": "个", "台": "台", "‰": "‰", "kV": "kV", "千伏": "kV", "MW": "MW", "兆瓦": "MW", "t": "t", "吨": "t", "L": "L", "升": "L",
    "分钟": "分钟", "min": "分钟", "km": "km", "次": "次", "项": "项", "kg": "kg", "kWh": "kWh", "kW·h": "kWh", "套": "套",
    "公里": "km", "千米": "km", "兆帕": "MPa", "千帕": "kPa", "立方米": "m3", "千瓦时": "kWh", "微升/升": "μL/L", "μL/L": "μL/L", "µL/L": "μL/L",
}  # fmt: skip
_TIME = frozenset({"工作日", "小时", "月", "日", "周", "年", "分钟"})
_TOKEN = re.compile(
    rf"(?<![第〔\d.同])({_DIGIT})\s*({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![a-zA-Z])"
)
_FROM = re.compile(r"(?<![\d.第（〔〕年月A-Z —-])(\d+(?:\.\d+)?)\s*(?:[～~—–-]|至)\s*$")
_PERCENT = re.compile(r"百分之([零一二三四五六七八九十百]+)")
_EVERY = re.compile(r"每(?:隔)?(半|\d+|[一二两三四五六七八九十]+)?个?(日|天|周|旬|月|季度|季|年)")
_SINCE = re.compile(
    r"(\d+|[一二两三四五六七八九十]+)个?(天|月|年)(?=(?:没有?|未)(?:更新|做|检|测|开展|进行))"
)
_DAYS = {"日": 1.0, "天": 1.0, "周": 7.0, "旬": 10.0, "月": 30.0, "季度": 90.0, "季": 90.0, "年": 365.0}
_LENGTH = {"年": 365.0, "月": 30.0, "日": 1.0, "周": 7.0}
_REPLACED = re.compile(r"由[^，；。]*?改为")
MARKS = r"[，,；;。：:、（）()]"
_NO_MORE = re.compile(r"(?:不再|取消|不必|无需|无须|不是|不需|免)[^，。；]{0,4}$")
_LIMIT = re.compile(
    r"(?:超过|大于|高于|多于|达到(?![^，。；]*隐患)|不得?少于|不得?低于|不足|少于|低于|小于|至少|不得?超过|不得?大于)[^，。；\d]{0,14}$"
)
_EXACTLY = re.compile(
    "(?:恰好?|正好|刚好)(?:为|是|等于|达到)?[^，。；\\d]{0,2}$"
)  # 超过设计能力的幅度恰为20%
_AFTER = re.compile(r"^(?:及|（含）)?(?:以上|以下|以内|之内|内)")


@dataclass(frozen=True)
class Token:
    """A number with its unit as compared. `unit` 每 is a frequency, its value in days; `around` what stands beside it."""

    value: float
    unit: str
    start: int
    end: int
    text: str
    around: str = ""

    @property
    def family(self) -> str:
        return "时间" if self.unit in _TIME else self.unit

    def same(self, other: Token) -> bool:
        if self.unit == other.unit:
            return math.isclose(self.value, other.value)
        days = {"每": 1.0, **_LENGTH}
        if "每" in (self.unit, other.unit) and {self.unit, other.unit} <= days.keys():
            return math.isclose(self.value * days[self.unit], other.value * days[other.unit])
        hours = {"小时": 1.0, "日": 24.0}
        return {self.unit, other.unit} <= set(hours) and self.value * hours[self.unit] == other.value * hours[
            other.unit
        ]


def tokens(text: str) -> list[Token]:
    """Every number with a unit, and every frequency. A frequency's own number is not read again."""
    text = _REPLACED.sub(lambda m: "　" * len(m[0]), text)
    found = [_every(m) for m in _EVERY.finditer(text)]
    found += [_every(m) for m in _SINCE.finditer(text) if all(m.end() != t.end for t in found)]
    taken = [(t.start, t.end) for t in found]
    for match in _TOKEN.finditer(text):
        value = chinese_number(match[1])
        if value is None or any(a < match.end() and match.start() < b for a, b in taken):
            continue
        found.append(Token(value, _UNITS[match[2]], *match.span(), match[0], _around(text, *match.span())))
    found += _firsts(text, found)
    for match in _PERCENT.finditer(text):
        value = chinese_number(match[1])
        if value is not None:
            found.append(Token(value, "%", *match.span(), match[0], _around(text, *match.span())))
    kept = [
        t for t in found
        if not (t.unit == "年" and t.value > 1900) and not _NO_MORE.search(text[: t.start])
    ]  # fmt: skip
    return sorted(kept, key=lambda t: t.start)


def _firsts(text: str, found: list[Token]) -> list[Token]:
    """The first numbers of ranges that name their unit once (10～20m)."""
    out = []
    for token in found:
        first = _FROM.search(text[: token.start]) if token.unit != "每" else None
        if first and first.start() >= max((t.end for t in found if t.end <= token.start), default=0):
            span = first.span(1)
            out.append(Token(float(first[1]), token.unit, *span, first[1], _around(text, *span)))
    return out


def _every(match: re.Match[str]) -> Token:
    count = 0.5 if match[1] == "半" else chinese_number(match[1]) if match[1] else 1.0
    around = _around(match.string, *match.span())
    return Token((count or 1.0) * _DAYS[match[2]], "每", *match.span(), match[0], around)


def _around(text: str, start: int, end: int) -> str:
    """What stands beside a number, as far as the next mark."""
    before = re.split(MARKS, text[max(0, start - 12) : start])[-1]
    return f"{before}，{re.split(MARKS, text[end : end + 8])[0]}"


def limits(text: str, token: Token) -> bool:
    """Whether a number is said as a limit (超过9人, 10日内), not as what was found on site."""
    before = text[: token.start]
    return not _EXACTLY.search(before) and bool(_LIMIT.search(before) or _AFTER.match(text[token.end :]))


_OVER = (("不超过|不大于|不得超过|不得大于|等于或者低于", "<="), ("不少于|不低于|不小于|达到|至少|最少", ">="), ("超过|大于|高于|多于|超出", ">"),
         ("不足|少于|低于|小于", "<"))  # fmt: skip


_INCLUSIVE = re.compile("（含(?:等于|本数)?）")  # 超过（含等于）2微升/升


def comparison(text: str, token: Token) -> str:
    """How a sentence compares with one of its numbers (超过9人: >); empty where it does not."""
    before, after = text[max(0, token.start - 16) : token.start], text[token.end : token.end + 4]
    before = re.split(r"[，。；\d]", before)[-1]
    if re.match(r"(?:及|（含）)?以上", after):
        return ">="
    if re.match(r"(?:及|（含）)?(?:以下|以内)", after):
        return "<="
    sign = next((sign for words, sign in _OVER if re.search(f"(?:{words})[^，。；]*$", before)), "")
    return f"{sign}=" if sign in (">", "<") and _INCLUSIVE.search(before) else sign


_WHOLE = 100  # percent
_BEYOND = re.compile("(?:幅度|超出)[^，。；\\d]*$")
_BEYOND_BY = re.compile("超过[^，。；\\d]*[^，。；\\d的]$")  # 超过核定能力10%, but not 110%


def _beyond(text: str, token: Token) -> bool:
    """Whether a share is told as what goes beyond the whole (超过核定能力幅度在10%: 110% of it)."""
    before = text[: token.start]
    by = token.value < _WHOLE and _BEYOND_BY.search(before) is not None
    return by or _BEYOND.search(before) is not None


COUNTED = frozenset(["人", "个", "台", "项", "套", "次", "处"])


def equivalent(text: str, token: Token, other: str, limit: Token) -> bool:
    """Whether two numbers set the same limit: the same, or the next one where things are counted (达到3个: 超过2个)."""
    if token.unit == limit.unit == "%" and _beyond(text, token) and not _beyond(other, limit):
        read = token.value + (_WHOLE if limit.value >= _WHOLE else 0)
        return math.isclose(read, limit.value)
    if token.unit == limit.unit == "%" and _beyond(other, limit) and token.value >= _WHOLE:
        return math.isclose(token.value, limit.value + (0 if _beyond(text, token) else _WHOLE))
    one, two = comparison(text, token), comparison(other, limit)
    if token.unit != limit.unit or token.unit not in COUNTED or {one, two} not in ({">", ">="}, {"<", "<="}):
        return token.same(limit)
    step = 1 if one[0] == ">" else -1
    return token.value + (step if len(one) == 1 else 0) == limit.value + (step if len(two) == 1 else 0)


def counts_otherwise(text: str, asked: Iterable[Token], other: str) -> bool:
    """Whether a text counts something beside the numbers asked for (3个月内2次) that another counts otherwise (1年内4次).

    >>> counts_otherwise("（3个月）内2次发现", [], "1年内4次受罚"), counts_otherwise("每年2次", [], "每年至少2次")
    (True, False)
    """
    starts = {t.start for t in asked}
    told = [t for t in tokens(text) if t.start not in starts and t.unit == "次" and t.value > 1]
    held = [t for t in tokens(other) if t.unit == "次" and t.value > 1]
    return bool(told and held) and not any(t.same(h) for t in told for h in held)
