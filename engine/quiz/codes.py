"""Classes that are named, not counted: 20区, 一级、二级, 橙色及以上, 甲、乙类. Read as sets, so that 一级、二级 is not 一级、二级、三级."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLOURS = "蓝黄橙红"  # of warnings, the gravest last
_FAMILIES = {
    "区": r"\d{1,2}",
    "级": "[一二三四五甲乙丙丁ⅠⅡⅢⅣVA-D]",
    "色": f"[{_COLOURS}]",
    "类": "[甲乙丙丁戊]",
    "等": "[一二三四五]",
}
_JOIN = r"\s*(?:、|和|或者|或|及|与|，)\s*"
_RUNS = {
    unit: re.compile(
        rf"(?<![\d第])(?P<first>{value})(?:{unit})?(?:(?:{_JOIN}|\s*(?:至|到|～|~|-)\s*){value}(?:{unit})?)*(?<={unit})"
        rf"(?P<more>\s*[（(]?(?:及|含)?以[上下][）)]?)?"
    )
    for unit, value in _FAMILIES.items()
}
_ORDERS = {"色": _COLOURS, "级": "一二三四五", "等": "一二三四五", "类别": "12345"}
_FAMILIES["类别"] = r"\d"
_RUNS["类别"] = re.compile(
    rf"类别\s*\d(?:(?:{_JOIN}|\s*(?:至|到|～|~|-)\s*)(?:类别)?\s*\d)*(?P<more>)"
)  # named before its number
_THROUGH = re.compile(r"至|到|～|~|-")


@dataclass(frozen=True)
class Code:
    """One run of classes of a family, as a set; `more`: 以上 or 以下 where what that takes in is not known."""

    family: str
    values: frozenset[str]
    more: str
    start: int
    end: int

    def same(self, other: Code) -> bool:
        return (self.family, self.values, self.more) == (other.family, other.values, other.more)


def codes(text: str) -> list[Code]:
    """Every run of classes in a text.

    >>> [(c.family, sorted(c.values)) for c in codes("一级、二级重大危险源，橙色及以上预警")]
    [('级', ['一', '二']), ('色', ['橙', '红'])]
    """
    found = [_read(unit, m) for unit, run in _RUNS.items() for m in run.finditer(text)]
    return sorted(found, key=lambda c: c.start)


def only(text: str) -> Code | None:
    """The run of classes that a text is, and nothing else (an option)."""
    plain = re.sub(r"(?:预警|重大危险源|的(?:场所|区域|地点|部位))$", "", text.strip())
    plain = re.sub(r"^(?:仅|只)?(?:划分?为|限于|是?指)?", "", plain)
    held = [c for c in codes(plain) if (c.start, c.end) == (0, len(plain))]
    return held[0] if len(held) == 1 else None


def _read(unit: str, match: re.Match[str]) -> Code:
    value = _FAMILIES[unit]
    more = re.sub(r"[^上下]", "", match["more"] or "")
    values = re.findall(value, match[0].removesuffix(match["more"] or ""))
    order = _ORDERS.get(unit, "")
    if len(values) == 2 and _THROUGH.search(match[0]) and all(v in order for v in values):
        low, high = sorted(order.index(v) for v in values)
        values = list(order[low : high + 1])
    if more and unit == "色" and len(values) == 1:
        at = order.index(values[0])
        values, more = list(order[at:] if more == "上" else order[: at + 1]), ""
    return Code(unit, frozenset(values), more, *match.span())
