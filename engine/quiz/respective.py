"""Numbers keyed for several things one by one (甲、乙浓度分别达到1.0%、1.5%), as one statement for each thing."""

from __future__ import annotations

import re

from engine.quiz.amounts import tokens
from engine.quiz.claims import Claim

_RESPECTIVELY = re.compile(r"分别")
_NAMES = re.compile(r"[^，。；：:（）()、]+(?:(?:[、和与及]|以及)[^，。；：:（）()、]+)+$")
_AND = re.compile(r"、|以及|[和与及]")


def each(claim: Claim) -> list[Claim]:
    """A claim whose key names as many numbers as the stem names things, one claim a thing; else the claim itself.

    >>> [c.text for c in each(Claim("甲矿、乙矿间距分别不小于20 m、50 m", True, (13, 22)))]
    ['甲矿不小于20 m', '乙矿间距不小于50 m']
    """
    if claim.asked is None or not claim.holds:
        return [claim]
    text, (start, end) = claim.text, claim.asked
    marks = [m for m in _RESPECTIVELY.finditer(text, 0, start)]
    told = [t for t in tokens(text) if start <= t.start and t.end <= end]
    if not marks or len(told) < 2:
        return [claim]
    mark = marks[-1]
    run = _NAMES.search(text[: mark.start()])
    names = _AND.split(run[0]) if run else []
    if run is None or len(names) != len(told):
        return [claim]
    out = []
    for name, token in zip(names, told, strict=True):
        lead = text[: run.start()] + name + text[mark.end() : start]
        number = text[token.start : token.end]
        out.append(Claim(lead + number + text[end:], True, (len(lead), len(lead) + len(number))))
    return out
