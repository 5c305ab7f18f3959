"""The option that the sentence about the same has in the very place of the blank, word for word."""

from __future__ import annotations

import re

from engine.quiz.alarms import FIGURE, TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, filled
from engine.quiz.cloze import ALARMED, asks_outside, is_defect
from engine.quiz.gaps import between, says
from engine.quiz.polarity import wants_false, wants_outside
from engine.quiz.statements import Segment

_OUGHT = re.compile(r"(?:应当?|必须|须)(?:使用|采用|选用|用)$")
_FEWEST = 3  # options of which one is asked


def check(asked: Asked, found: Found) -> None:
    """Of options of which one is what stands there, that one must be the one keyed."""
    item = asked.item
    if len(item.right) != 1 or len(item.options) < _FEWEST or item.holds is not None:
        return
    if asked.levels or asked.of_levels_or_documents or len(BLANK.findall(item.stem)) > 1:
        return
    if asks_outside(item.stem) or wants_outside(item.stem) or wants_false(item.stem):
        return
    told = [
        (o, s)
        for share, s in asked.cloze.near
        if share >= ALARMED and (o := _there(item.stem, item.options, s)) is not None
    ]
    if any(o in item.right for o, _ in told):
        segment = next(s for o, s in told if o in item.right)
        found.agreed.append(f"{item.right[0]}：{segment.citation}")
    elif told and len({o for o, _ in told}) == 1 and told[0][1].verified and told[0][1].entire:
        option, segment = told[0]
        kind = FIGURE if re.search(r"\d", option) else TERM
        reason = f"应为“{option}”，不是“{item.right[0]}”，规定是：{segment.whole}"
        found.alarms.append(Alarm(kind, reason, segment.citation))


def _there(stem: str, options: tuple[str, ...], segment: Segment) -> str | None:
    """The one option that stands in the place of the blank; None where none does, or the sentence forbids it."""
    claim = filled(stem, "＿")
    if claim.asked is None:
        return None
    left, right = claim.text[: claim.asked[0]], claim.text[claim.asked[1] :]
    for text in (segment.text, segment.whole):
        there = between(left, right, text)
        held = [o for o in options if says(o, there)] if there else []
        if len(held) == 1:
            return None if _OUGHT.search(left) and is_defect(held[0], segment) else held[0]
    return None
