"""What a sentence has in the place of a blank: between the words that stand on both sides of it in the stem.

Words for having are made one on both sides and those for lacking and duty left out: 应当设置（ ） finds 没有安装….
"""

from __future__ import annotations

import re

from corpus.quantities import chinese_number
from engine.quiz.documents import squash

_LONGEST = 40  # characters of what can stand in a blank
_FEWEST, _MOST = 2, 10  # characters on one side that must be the same, and that are compared
_SURE = 4  # characters on both sides together
_CLEAR = 6  # characters before the blank that are so clear a place that one after it is enough
_STOP = re.compile(r"[，。；：]")
_AND = re.compile(r"、|或者?|以及|[和及]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
HAVING = (
    re.compile(r"设置|安装|装设|装有|配备|配置|配有|设有"),
    "设",
)  # words for having, and the one they become
_ALIKE = (
    HAVING,
    (re.compile(r"(?<=[没未])装"), "设"),
    (re.compile(r"未能?|尚未|没有?(?:能)?|应当?|必须|不得|不准|严禁|禁止"), ""),
    (re.compile(r"[《》“”\s]"), ""),
    (re.compile(r"以及|或者"), "或"),
    (re.compile(r"[与和]([^，。；：、与和不]{2,12})(?:相等|相同)"), r"等于\1"),
)


def alike(text: str) -> str:
    """A text with the words for having made one, and without those for lacking and for what ought to be."""
    for pattern, word in _ALIKE:
        text = pattern.sub(word, text)
    return text


def between(left: str, right: str, text: str) -> str:
    """What a text has between the end of `left` and the start of `right`; empty where that is not one thing.

    >>> between("构成", "重大危险源的罐区", "构成一级、二级重大危险源的罐区没有切断")
    '一级、二级'
    >>> between("备用泵能力不得小于", "。", "或者备用泵能力小于最大一台单泵的能力")
    '最大一台单泵的能力'
    """
    return placed(left, right, text)[1]


def placed(left: str, right: str, text: str) -> tuple[int, str]:
    """How many characters on both sides are the same, and what stands there; empty where that is not one thing."""
    text = alike(text)
    before = re.split(r"[。；：]", alike(left))[-1].replace("，", "")
    after = _STOP.split(alike(right))[0].removesuffix("的")
    ways = [(before, "" if right.startswith("的") else after)]
    if right.startswith("的") and len(after) > _FEWEST:
        ways.append((before.removesuffix("为"), after))  # 宽度为＿的范围内: 宽度等于开挖深度的范围内
    return next((found for way in ways if (found := _placed(*way, text))[0]), (0, ""))


def _placed(before: str, after: str, text: str) -> tuple[int, str]:
    best, found = 0, set[str]()
    for start in range(1, len(text)):
        lead = _same_end(before, text[:start])
        few = 1 if lead >= _CLEAR else _FEWEST
        for end, trail in _ends(text, start, after) if lead >= min(1, len(before)) else ():
            if trail < min(few, len(after)) or (lead < min(_FEWEST, len(before)) and trail < _CLEAR):
                continue
            whole = lead == len(before) and trail == len(after)
            if lead + trail >= max(best, _SURE - whole):
                found = found if lead + trail == best else set()
                best = lead + trail
                found.add(text[start:end])
    return (best, found.pop()) if len(found) == 1 else (0, "")


def _ends(text: str, start: int, after: str) -> list[tuple[int, int]]:
    """Where what stands in the blank can end, each with how many characters after it are the same."""
    if not after:
        stop = _STOP.search(text, start)
        end = stop.start() if stop else len(text)
        return [(end - text[start:end].endswith("的"), 0)] if end - start <= _LONGEST else []
    last = min(start + _LONGEST, len(text))
    return [(e, n) for e in range(start + 1, last) if (n := _same_start(after, text[e:].lstrip("，")))]


def _same_end(one: str, other: str) -> int:
    n = 0
    while n < min(_MOST, len(one), len(other)) and one[-1 - n] == other[-1 - n]:
        n += 1
    return n


def _same_start(one: str, other: str) -> int:
    n = 0
    while n < min(_MOST, len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def says(option: str, there: str) -> bool:
    """Whether an option is what stands in the place, however its number or its brackets are written.

    >>> says("三", "3"), says("乙级以上（含乙级）", "乙级以上"), says("一级、二级、三级", "一级、二级")
    (True, True, False)
    """
    one, other = chinese_number(option), chinese_number(there)
    if one is not None and other is not None:
        return one == other
    return bool(_forms(option) & _forms(there))


def _forms(text: str) -> set[tuple[str, ...]]:
    """A text with and without its brackets, as the set of the names it lists."""
    plain = (squash(alike(f)).replace("的", "") for f in (text, _ASIDE.sub("", text)))
    return {tuple(sorted(_AND.split(p))) for p in plain if p}
