"""Numbers compared with a norm beside them: 「荷载约35kPa，设计允许20kPa」 says what 「荷载超过设计允许」 says.

Such a pair is put into words, so that every term that says it in words serves the numbers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:(1):)?(\d+(?:\.\d+)?)\s*([a-z%‰°℃/㎡²³]+\d?|[吨米人台度级个层分秒名套具道根处]|)")
_NORM = re.compile(
    r"(?:设计|核定|额定|规定|规范|允许|限定|限载|标准|方案|核载|核准|限乘|限员|定员|控制(?=浸润线|水位|标高|值))[^,;。\d:]{0,8}$"
)
# a norm that says how much there must be at least, or may be at most, of what is named before it
_BOUND = re.compile(
    r"(?:按照?规定|按要求|规范|规定|标准|说明书|方案)*(?:要求)?(?:最[少多低高大小])?"
    r"(?:(?P<least>不[应得]?(?:小于|低于|少于)|至少|应当?(?:配备?|设置?|有|安装)|[需须]要?(?:配备?|设置?|有))|(?P<most>不[应得]?(?:超过|大于|高于|多于)|至多))(?:有|为)?$"
)
_MANNER = re.compile(
    r"(?:现场|经|为|约|达到|达|实测|实际|测得|测量|检查时|现|有|值|应|为|折合|仅|只|只有|配备?|[,:;])+$"
)
_LEAST = re.compile(r"不小于|不低于|不少于|至少|以上|≥")
_MOST = re.compile(r"核载|核准|限乘|限员|限载|定员")
MORE, LESS = ("超过", "大于"), ("小于", "低于")
STEEP = ("陡于",)


@dataclass(frozen=True)
class Compared:
    """Two numbers of one sentence: their stretch, the words they amount to, and what is more than the norm."""

    start: int
    end: int
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class _Amount:
    start: int
    end: int
    value: float
    unit: str
    norm: str  # the words of the norm it is, empty for what was found
    bound: str = ""  # 至少 or 至多, where the norm says so


def compared(text: str) -> Iterator[Compared]:
    """Every pair of a number found and its norm, of one unit, in one sentence of a normalised text."""
    for sentence in re.finditer(r"[^;。\n]+", text):
        amounts = list(_amounts(text, sentence.start(), sentence.end()))
        norms = [a for a in amounts if a.norm]
        found = [a for a in amounts if not a.norm]
        for norm in norms:
            same = [a for a in found if a.unit == norm.unit]
            if len(same) == 1 and len([n for n in norms if n.unit == norm.unit]) == 1:
                yield from _pair(text, sentence.start(), same[0], norm)


def _amounts(text: str, start: int, end: int) -> Iterator[_Amount]:
    for m in _NUMBER.finditer(text, start, end):
        if text[m.start() - 1 : m.start()] in ".#-+第" and m.start() > start:
            continue  # +340m is a level, no amount
        norm = _NORM.search(text, max(start, m.start() - 12), m.start())
        bound = _BOUND.search(text, max(start, m.start() - 14), m.start())
        slope = m[1] is not None
        value = 1 / float(m[2]) if slope and float(m[2]) else float(m[2])
        if bound:
            kind = "至少" if bound["least"] else "至多"
            yield _Amount(m.start(), m.end(), value, "1:" if slope else m[3], bound[0], kind)
        else:
            yield _Amount(m.start(), m.end(), value, "1:" if slope else m[3], norm[0] if norm else "")


def _pair(text: str, start: int, found: _Amount, norm: _Amount) -> Iterator[Compared]:
    if found.value == norm.value or not found.unit:
        return
    over = found.value > norm.value
    if norm.bound:
        yield from _out_of_bounds(text, start, found, norm, over)
        return
    if _LEAST.search(norm.norm):
        return
    if not over and _MOST.search(norm.norm):
        return  # fewer than a place may hold is as it should be
    verbs = (MORE if over else LESS) + (STEEP if over and norm.unit == "1:" else ())
    first, last = min(found, norm, key=lambda a: a.start), max(found, norm, key=lambda a: a.end)
    if norm is first:  # 设计允许堆载3.0, 实测4.4: what is measured is named with the norm
        what = text[max(start, norm.start - 24) : norm.start] + text[norm.end : found.start]
    else:
        what = text[max(start, found.start - 24) : found.start]
    what = _MANNER.sub("", what)
    named = re.match(r"[\u4e00-\u9fff]{2}(?:允许|最大|要求)?", norm.norm)
    standard = named[0] if named else norm.norm
    yield Compared(first.start, last.end, tuple(f"{what}{v}{standard}值" for v in verbs))


def _out_of_bounds(text: str, start: int, found: _Amount, norm: _Amount, over: bool) -> Iterator[Compared]:
    """A number found that is less than there must be, or more than there may be, of what is named before the first."""
    if over is (norm.bound == "至少"):
        return
    first, last = min(found, norm, key=lambda a: a.start), max(found, norm, key=lambda a: a.end)
    end = first.start - len(norm.norm) if first is norm else first.start
    what = _MANNER.sub("", text[max(start, end - 24) : end])
    verbs = ("超过规定值", "大于规定值") if over else ("不足", "小于规定值")
    yield Compared(first.start, last.end, tuple(f"{what}{v}" for v in (*verbs, "不符合规定")))
