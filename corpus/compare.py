"""Numbers compared with a norm beside them: 「荷载约35kPa，设计允许20kPa」 says what 「荷载超过设计允许」 says.

Such a pair is put into words, so that every term that says it in words serves the numbers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?:(1):)?(\d+(?:\.\d+)?)\s*([a-z%‰°℃/㎡²³]+\d?|万?[吨米人台度级个层分秒名套具道根处发枚箱件]|)"
)
_NORM = re.compile(
    r"(?:设计|说明书|核定|额定|规定|规范|允许|限定|限载|标准|方案|核载|核准|限乘|限员|定员|许可(?!证|[^,;。]{0,6}[期号])|控制(?=浸润线|水位|标高|值))[^,;。\d:]{0,8}$"
)
# a norm that says how much there must be at least, or may be at most, of what is named before it
_BOUND = re.compile(
    r"(?:按照?规定|按要求|规范|规定|标准|说明书|方案)*(?:要求)?(?:最[少多低高大小])?"
    r"(?:(?P<least>不[应得]?(?:小于|低于|少于)|至少|应当?(?:配备?|设置?|有|安装)|[需须]要?(?:配备?|设置?|有))|(?P<most>不[应得]?(?:超过|大于|高于|多于)|至多))(?:有|为)?$"
)
_MANNER = re.compile(
    r"(?:现场|经|为|约|达到|达|实测|实际|测得|测量|检查时|现|有|值|应|为|折合|仅|只|只有|配备?|[,:;])+$"
)
_COUNTS = "人台个级层名套具道根处"
_NOUN = re.compile(r"(?:以上)?(?:的|专职|兼职)*([\u4e00-\u9fff]*)")
# behind a count: how they are, so that no other thing is counted
_SO_MANY = re.compile(
    r"[,;。、)]|$|在[岗场职位]|持证|到[位岗场]|[能可](?:用|投|以)|正常|合格|符合|有效|畅通|投用|运行|上岗|值[班守]|且|并"
)
_ABOUT = re.compile(
    r"最[窄宽高低大小多少]处?|[仅只]?剩余?|局部|部分|处|检查|抽查|现场|查时|当班|目前|实[测际有配]|[测量]得|测量"
)
_LEAST = re.compile(r"不小于|不低于|不少于|至少|以上|≥")
_MOST = re.compile(r"许可|核载|核准|限乘|限员|限载|定员")
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
    things = [_MANNER.sub("", what)]
    named = re.match(r"(?:说明书|[\u4e00-\u9fff]{2})(?:允许|最大|要求)?", norm.norm)
    standard = named[0] if named else norm.norm
    if norm is first and named:  # 台阶设计高度15m, 实测21m: 台阶高度超过设计值
        before = text[max(start, norm.start - 24) : norm.start]
        things.append(_MANNER.sub("", before.removesuffix(norm.norm) + norm.norm.removeprefix(standard)))
    yield Compared(first.start, last.end, tuple(f"{w}{v}{standard}值" for w in things for v in verbs))


def _of_another(text: str, start: int, found: _Amount, norm: _Amount) -> bool:
    """Whether a number found is of another thing than a norm: the one named before it, or that it counts.

    仅2名, 实配1人 name nothing, and so go on with the norm's own.
    """
    own = text[start : norm.start] + _counted(text, norm)
    own = own.replace(text[found.start : found.end], "") if found.start < norm.start else own
    between = text[norm.end : found.start] if norm.start < found.start else ""
    said = _MANNER.sub("", _ABOUT.sub("", between.removeprefix(_counted(text, norm))))
    counted = "" if _SO_MANY.match(text, found.end) else _counted(text, found)
    return not all(_names(own, name) for name in (said.strip(",:;() "), counted) if name)


def _counted(text: str, amount: _Amount) -> str:
    """What is named behind a count (2个|安全出口); nothing behind a measure."""
    m = _NOUN.match(text, amount.end)
    return m[0] if m and amount.unit in _COUNTS else ""


def _names(own: str, name: str) -> bool:
    """Whether a name begins with, or ends in, what a norm is of (安全出口畅通, 出口)."""
    pieces = {own[i : i + n] for n in (2, 3, 4) for i in range(len(own) - n + 1)}
    return name in own or name[:4] in pieces


def _out_of_bounds(text: str, start: int, found: _Amount, norm: _Amount, over: bool) -> Iterator[Compared]:
    """A number found that is less than there must be, or more than there may be, of what is named before the first."""
    if over is (norm.bound == "至少") or _of_another(text, start, found, norm):
        return
    first, last = min(found, norm, key=lambda a: a.start), max(found, norm, key=lambda a: a.end)
    end = first.start - len(norm.norm) if first is norm else first.start
    what = _MANNER.sub("", text[max(start, end - 24) : end])
    verbs = ("超过规定值", "大于规定值") if over else ("不足", "小于规定值")
    yield Compared(first.start, last.end, tuple(f"{what}{v}" for v in (*verbs, "不符合规定")))
