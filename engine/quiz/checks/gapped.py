"""The option that the sentence about the same has in the very place of the blank, word for word."""

from __future__ import annotations

import re

from engine.quiz.alarms import FIGURE, TERM, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, core, filled
from engine.quiz.cloze import ALARMED, asks_outside, is_defect
from engine.quiz.gaps import placed, says
from engine.quiz.polarity import wants_false, wants_outside
from engine.quiz.statements import Segment

_OUGHT = re.compile(r"(?:应当?|必须|须)(?:使用|采用|选用|用)$")
_EQUAL = re.compile(rf"[与和]({BLANK.pattern})(?:相等|相同)的?")  # 与（ ）相等范围: 等于（ ）的范围
_FEWEST = 3  # options of which one is asked
_CLEARLY = 3  # more characters beside it by which one place is asked of rather than another


def check(asked: Asked, found: Found) -> None:
    """Of options of which one is what stands there, that one must be the one keyed."""
    item = asked.item
    if len(item.right) != 1 or len(item.options) < _FEWEST or item.holds is not None:
        return
    if asked.levels or asked.of_levels_or_documents or len(BLANK.findall(item.stem)) > 1:
        return
    if asked.of_several_trades:
        return  # another part has the number of a trade of its own: engine.quiz.checks.numbers tells them apart
    if asks_outside(item.stem) or wants_outside(item.stem) or wants_false(item.stem):
        return
    told = [
        (*there, s)
        for share, s in asked.cloze.near
        if share >= ALARMED and (there := _there(item.stem, item.options, s)) is not None
    ]
    best = max((n for n, *_ in told), default=0)
    mine = max((n for n, o, _ in told if o in item.right), default=0)
    if mine and best - mine >= _CLEARLY:  # it stands where something else is spoken of
        told = [(n, o, s) for n, o, s in told if n == best]
    if any(o in item.right for _, o, _ in told):
        segment = next(s for _, o, s in told if o in item.right)
        found.agreed.append(f"{item.right[0]}：{segment.citation}")
    elif told and len({o for _, o, _ in told}) == 1 and told[0][2].verified and told[0][2].entire:
        _, option, segment = told[0]
        kind = FIGURE if re.search(r"\d", option) else TERM
        if kind is FIGURE and _elsewhere(asked, item.right[0], segment):
            return
        if _more_like(asked, segment):
            return
        reason = f"应为“{option}”，不是“{item.right[0]}”，规定是：{segment.whole}"
        found.alarms.append(Alarm(kind, reason, segment.citation))


def _more_like(asked: Asked, segment: Segment) -> bool:
    """Whether a sentence more like the stem than the one of the place bears the key out."""
    key = asked.cloze.borne(asked.item.right[0])
    own = next((share for share, s in asked.cloze.near if s == segment), 0.0)
    return key is not None and key.segment != segment and key.share > own


def _elsewhere(asked: Asked, key: str, segment: Segment) -> bool:
    """Whether a sentence more like the stem with its key has that very number (several lists of one thing at several places)."""
    claim = filled(asked.item.stem, key)
    near = asked.statements.like(core(claim.text), asked.industries)[:3]
    told = [t for t in tokens(claim.text) if claim.asked and claim.asked[0] <= t.start < claim.asked[1]]
    first = next((i for i, (_, s) in enumerate(near) if s is segment or s == segment), len(near))
    return any(t.same(h) for _, s in near[:first] for t in told for h in s.tokens)


def _there(stem: str, options: tuple[str, ...], segment: Segment) -> tuple[int, str] | None:
    """The one option that stands in the place of the blank, and how much beside it is the same.

    None where none stands there, or the sentence forbids it.
    """
    claim = filled(_EQUAL.sub(r"等于\1的", stem), "＿")
    if claim.asked is None:
        return None
    left, right = claim.text[: claim.asked[0]], claim.text[claim.asked[1] :]
    for text in (segment.text, segment.whole):
        alike, there = placed(left, right, text)
        held = [o for o in options if says(o, there)] if there else []
        if len(held) == 1:
            return None if _OUGHT.search(left) and is_defect(held[0], segment) else (alike, held[0])
    return None
