"""One form for what is written in many: full-width, case, traditional characters, slips of the pen.

One character in, one character out, so that spans stay valid; spaces inside Chinese words are taken out by
`squeeze`, which says where each character stood.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from kb.errors import BadInput, Problem

SLIPS = Path(__file__).parent.parent / "ontology" / "slips.txt"
_PUNCTUATION = str.maketrans("，；：（）！？［］｛｝％～＋－＝＜＞／．", ",;:()!?[]{}%~+-=<>/.")
_SPACES = re.compile(r"(?<=[\u4e00-\u9fff，。；：、（）])[ \t\u3000\u00a0]+(?=[\u4e00-\u9fff，。；：、（）])")


@lru_cache(maxsize=1 << 17)
def normalize(text: str) -> str:
    """Half-width, lower case, simplified, common slips mended; same length. What has no other form stays.

    >>> normalize("ＣＯ浓度，9人")
    'co浓度,9人'
    >>> normalize("噴漆房末设置泄暴口")
    '喷漆房未设置泄爆口'
    """
    return _mended(_simplified(text).translate(_FORMS))


class _Forms(dict[int, str]):
    """The one form of every character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        ch = chr(code).translate(_PUNCTUATION)
        if "\uff10" <= ch <= "\uff5a":
            ch = chr(ord(ch) - 0xFEE0)
        elif ch in "\u3000\u00a0\t\r":
            ch = " "
        low = ch.lower()
        self[code] = low if len(low) == 1 else ch
        return self[code]


_FORMS = _Forms()


def _simplified(text: str) -> str:
    """Traditional characters as simplified ones; a text without any does not load the tables."""
    try:
        text.encode("gb2312")
        return text
    except UnicodeEncodeError:
        found = _converter().convert(text)
        return found if len(found) == len(text) else "".join(_one(ch) for ch in text)


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC  # late: few texts need it

    return OpenCC("t2s")


@lru_cache(maxsize=1 << 14)
def _one(ch: str) -> str:
    found: str = _converter().convert(ch)
    return found if len(found) == 1 else ch


@cache
def slips(path: Path = SLIPS) -> dict[str, str]:
    """What is often written wrongly -> what is meant. Raises BadInput where a line is not of that form."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        wrong, _, right = (p.strip() for p in line.partition("|"))
        if not wrong or len(wrong) != len(right):
            problem = f"应为“写错的 | 应为”，两边字数相同，实为 {line!r}"
            raise BadInput([Problem(f"ontology/{path.name}", number, problem)])
        found[wrong] = right
    return found


@cache
def _slip_pattern() -> re.Pattern[str]:
    # 自己更换, 周末检测 are right as they stand
    return re.compile(
        "(?<![自周月年期])(?:" + "|".join(sorted(map(re.escape, slips()), key=len, reverse=True)) + ")"
    )


@cache
def _slip_starts() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted({re.escape(wrong[0]) for wrong in slips()})) + "]")


def _mended(text: str) -> str:
    if not _slip_starts().search(text):  # most words have none: a quick look first
        return text
    return _slip_pattern().sub(lambda m: slips()[m[0]], text)


def squeeze(text: str) -> tuple[str, list[int]]:
    """A text without the spaces inside Chinese words, and the place of each of its characters in the text.

    The list has one more entry, the end of the text.

    >>> squeeze("除 尘器")
    ('除尘器', [0, 2, 3, 4])
    """
    gaps = [m.span() for m in _SPACES.finditer(text)]
    edges = [0, *(p for gap in gaps for p in gap), len(text)]
    kept = [(a, b) for a, b in list(pairwise(edges))[::2]]
    places = [i for a, b in kept for i in range(a, b)]
    return "".join(text[a:b] for a, b in kept), [*places, len(text)]
