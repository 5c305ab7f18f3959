"""Parts of a bound that is named (桩径的一半), against a clause that is about what goes beyond it (超过桩径)."""

from __future__ import annotations

import re

from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import core
from engine.quiz.polarity import wants_false, wants_outside
from engine.quiz.statements import Segment

_PART = re.compile(
    r"(?P<bound>[\u4e00-\u9fff]{2,6})的(?:一半|半数|[二三四五]分之[一二三四]|(?:百分之[一二三四五六七八九]?十[一二三四五六七八九]?|\d{1,2}(?:\.\d+)?[%％]))"
    r"(?![以之]上)"
)
_LIKE = 0.25  # likeness of the sentence to what is said
_MAJOR = re.compile(r"(?<![不非])(?:判定为|构成|属于|认定为|算)")


def check(asked: Asked, found: Found) -> None:
    """What is keyed as enough though it is only a part of the bound, and what is rightly left out."""
    item = asked.item
    if item.holds is not None:
        told = [(item.stem, item.holds)] if _MAJOR.search(item.stem) else []
    elif wants_false(item.stem) or wants_outside(item.stem):
        return
    else:
        told = [(o, o in item.right) for o in item.options]
    for text, keyed in told:
        segment = _beyond(asked, text)
        if segment is not None and keyed:
            reason = f"“{text}”没有达到界限，规定是：{segment.whole}{segment.pending}"
            found.alarms.append(Alarm(FIGURE, reason, segment.citation))


def _beyond(asked: Asked, text: str) -> Segment | None:
    """The sentence about the same that wants more than the whole of the bound of which a text has a part."""
    part = _PART.search(text)
    if part is None:
        return None
    words = part["bound"]
    for score, segment in asked.statements.like(core(text), asked.industries)[:5]:
        bounds = [words[i:] for i in range(len(words) - 1)]  # 深度达到桩径: 桩径
        if score >= _LIKE and any(
            re.search(rf"(?:超过|大于|达到|不小于){b}(?!的|\d|百分|一半)", segment.text) for b in bounds
        ):
            return segment
    return None
