"""Options against the sentences of the knowledge base: which of them does the sentence most like the stem bear out?

An alarm needs a sentence that has one of the other options in the very place where the key stands and that has the
key nowhere; a sentence that has both, or none, tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.quiz.alarms import FIGURE, TERM, Alarm, Found
from engine.quiz.bank import Item
from engine.quiz.claims import BLANK, DENIES, Claim, core, filled
from engine.quiz.documents import squash
from engine.quiz.statements import Segment, Statements, Token, full, pairs, tokens

AGREED = 0.42  # share of what the stem says that a sentence must have to bear a key out
ALARMED = 0.48  # to alarm
_RIVAL = 0.75  # a sentence this much as like that bears the key out keeps an alarm back
_DENIES = re.compile(
    r"不(?:属于|包括|是|正确|应|得|准|允许|需要|必)|错误|(?<!除)外的?是|无关|以外(?!，?还)|除[^，。]{1,20}外(?!，?(?:还|也|另))"
)
_SHORT = 2  # characters of the shortest answer that tells


@dataclass(frozen=True)
class Borne:
    """A sentence that bears an option out, and the share of the stem it has."""

    share: float
    segment: Segment


class Cloze:
    """Tries the options of one item on every sentence about the same."""

    def __init__(
        self,
        statements: Statements,
        item: Item,
        industries: frozenset[str],
        names: frozenset[str] = frozenset(),
    ) -> None:
        """`names`: the knowledge base's own names of the things the stem calls otherwise."""
        self.item = item
        said = pairs(core(BLANK.sub("", item.stem)))
        total = statements.weigh_known(said) or 1.0
        more = frozenset(p for n in names for p in pairs(n)) - said
        allowed = [s for s in statements.allowed(industries) if s.speaks_of(item.stem)]
        shares = [
            (min(1.0, (statements.weigh(said & s.pairs) + 0.5 * statements.weigh(more & s.pairs)) / total), s)
            for s in allowed
        ]
        self.near = sorted((p for p in shares if p[0] >= AGREED), key=lambda p: -p[0])

    def borne(self, option: str) -> Borne | None:
        """The likest sentence that has the option in the place asked for."""
        claim = filled(self.item.stem, option)
        told = _asked(claim)
        for share, segment in self.near:
            if bears(segment, claim, told, option):
                return Borne(share, segment)
        return None

    def check(self, found: Found) -> None:
        if _DENIES.search(self.item.stem) or DENIES.search(self.item.stem):
            return
        if len(self.item.right) > 1:
            self._several(found)
        elif self.item.options:
            self._one(found)
        elif self.item.holds is None:
            self._blank(found)

    def _one(self, found: Found) -> None:
        right, *_ = self.item.right
        key = self.borne(right)
        others = [(o, b) for o in self.item.wrong if (b := self.borne(o)) is not None]
        best, rival = max(others, key=lambda p: p[1].share, default=("", None))
        if key and (rival is None or key.share > rival.share):
            found.agreed.append(f"{right}：{key.segment.citation}")
        elif rival and rival.share >= ALARMED and (key is None or key.share < rival.share * _RIVAL):
            ties = [o for o, b in others if b.share == rival.share]
            if len(ties) == 1:
                found.alarms.append(_alarm(right, best, rival.segment))

    def _several(self, found: Found) -> None:
        """Options of one sentence: one that it has and the key leaves out is missing in the key."""
        held = {o: self.borne(o) for o in self.item.options}
        keyed = [b for o in self.item.right if (b := held[o]) is not None]
        if len(keyed) < len(self.item.right):
            return
        sources = {b.segment.source for b in keyed}
        left = [(o, b) for o in self.item.wrong if (b := held[o]) is not None and b.segment.source in sources]
        if left and max(b.share for _, b in left) >= ALARMED:
            option, borne = left[0]
            found.alarms.append(Alarm(TERM, f"漏选“{option}”：{borne.segment.whole}", borne.segment.citation))
        elif not left:
            found.agreed.append(f"{'、'.join(self.item.right)}：{keyed[0].segment.citation}")

    def _blank(self, found: Found) -> None:
        """填空: a key that the likest sentence has."""
        key = self.borne(self.item.key)
        if key is not None:
            found.agreed.append(f"{self.item.key}：{key.segment.citation}")


def _alarm(right: str, other: str, segment: Segment) -> Alarm:
    kind = FIGURE if re.search(r"\d", other) else TERM
    return Alarm(
        kind, f"应为“{other}”，不是“{right}”，规定是：{segment.whole}{segment.pending}", segment.citation
    )


def _asked(claim: Claim) -> list[Token]:
    """The numbers of a claim that stand where the key was filled in."""
    if claim.asked is None:
        return []
    start, end = claim.asked
    return [t for t in tokens(claim.text) if t.start < end and start < t.end]


def bears(segment: Segment, claim: Claim, told: Sequence[Token], option: str) -> bool:
    """Whether a sentence has what an option says: every number of it, or its words."""
    if told:
        return all(any(t.same(h) for h in segment.about(core(claim.text), t) or segment.tokens) for t in told)
    if re.search(r"\d", option):
        return squash(option) in squash(segment.text)
    plain = _words(option)
    if len(plain) < _SHORT:
        return False
    if plain in _words(segment.text):
        return True
    said = pairs(option)
    return len(said) > 3 and len(said & segment.pairs) >= 0.8 * len(said)


def _words(text: str) -> str:
    return re.sub(r"[\s，。；、：“”（）()《》]", "", full(text)).replace("或者", "或").removesuffix("等")
