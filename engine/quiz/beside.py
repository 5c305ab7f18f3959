"""What stands around an option in a stem and in a sentence: which of several places of one sentence the blank asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.quiz.amounts import Token, equivalent, tokens
from engine.quiz.claims import Claim
from engine.quiz.statements import Segment, pairs

PART_END = re.compile("[，；。：]")
_ONCE = re.compile("^(?:至少|应当?|必须)*(?:组织|开展|进行)?(?:1|一)次")  # is no other number to stop at
_BESIDE = 12  # characters on each side that tell where an option stands
_AFTER_SAME = 9  # pairs that a number after the same number counts for (180日内3次)


def beside(segment: Segment, claim: Claim, told: Sequence[Token], option: str) -> int:
    """How many pairs of characters around an option are those around it in the sentence."""
    if claim.asked is None:
        return 0
    start, end = claim.asked
    around = _around(claim.text, start, end)
    if told:
        same = [t for t in segment.tokens if equivalent(claim.text, told[0], segment.text, t)]
        first = _before(tokens(claim.text), told[0])
        follows = [t for t in same if first and (b := _before(segment.tokens, t)) and first.same(b)]
        if first and follows:
            return _AFTER_SAME
        places = [(t.start, t.end) for t in same]
    else:
        loose = "".join(
            f"{re.escape(c)}(?:者)?" if c == "或" else re.escape(c) for c in option.replace("或者", "或")
        )
        places = [m.span() for m in re.finditer(loose, segment.text)]
    return max((len(around & _around(segment.text, a, b)) + _touching(claim.text, claim.asked, segment.text, (a, b))
                for a, b in places), default=0)  # fmt: skip


def equal(claim: Claim, told: Sequence[Token], segment: Segment) -> list[Token]:
    """The numbers of a sentence that are the first one told."""
    return [t for t in segment.tokens if told and equivalent(claim.text, told[0], segment.text, t)]


def after(claim: Claim, segment: Segment, token: Token) -> int:
    """How many pairs of what follows a number of a sentence, as far as the next mark, follow the key in the stem."""
    end = claim.asked[1] if claim.asked else len(claim.text)
    said, held = (PART_END.split(_ONCE.sub("", t))[0] for t in (claim.text[end:], segment.text[token.end :]))
    return len(pairs(said) & pairs(held))


def _around(text: str, start: int, end: int) -> frozenset[str]:
    """The pairs of characters on both sides, as far as the next number."""
    before, after = text[max(0, start - _BESIDE) : start], _ONCE.sub("", text[end:])[:_BESIDE]
    return pairs(re.split(r"\d", before)[-1]) | pairs(re.split(r"\d", after)[0])


def _touching(one: str, here: tuple[int, int], other: str, there: tuple[int, int]) -> int:
    """How many of the two characters that touch an option are the same in both texts (由…组织)."""
    before = here[0] and there[0] and one[here[0] - 1] == other[there[0] - 1]
    after = one[here[1] : here[1] + 1] == other[there[1] : there[1] + 1] != ""
    return bool(before) + after


def _before(found: Sequence[Token], token: Token) -> Token | None:
    """The number before a number."""
    return max((t for t in found if t.end <= token.start), key=lambda t: t.end, default=None)
