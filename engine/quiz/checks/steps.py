"""「…拒不停工的，监理单位下一步应当（ ）」: the one option that a duty sets for the case told, against the one keyed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.quiz import aligned
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK
from engine.quiz.polarity import level_of, wants_false, wants_outside
from engine.quiz.statements import Segment

_ASKS = re.compile(
    r"(?:应当?|应该|必须|须|要)(?:立即|首先|及时|依法|如何|怎么|怎样|采取)*(?:做|处理|处置|办|措施)?[是为]?[：:]?$"
    r"|(?:下一步|正确的)(?:做法|处置|处理|措施)?[^，。；]{0,6}$"
)
_LIKEST = 4  # sentences tried
_ABOUT = 0.2  # likeness of the sentence to what is told
_SAID, _OTHER = (
    0.7,
    0.55,
)  # share of an option's characters that a duty has, of the right one and at most of another
_CASE = 0.55  # share of the words of a case by which a stem tells it
_SHORT = 4  # characters of the shortest option and the shortest case
_FEWEST = 3  # options of which one is asked


@dataclass(frozen=True)
class _Step:
    option: str
    told: float
    segment: Segment


def check(asked: Asked, found: Found) -> None:
    """What must be done by the duty likest to the case: one option says it, and none of the others comes near it."""
    item = asked.item
    stem = BLANK.sub("", item.stem).strip("。？?：: ")
    if (
        item.holds is not None
        or len(item.right) != 1
        or len(item.options) < _FEWEST
        or not _ASKS.search(stem)
    ):
        return
    if (
        wants_false(item.stem)
        or wants_outside(item.stem)
        or any(level_of(o) is not None for o in item.options)
    ):
        return
    steps = [s for s in (_of(limb, stem, item.options) for limb in _limbs(asked, stem)) if s is not None]
    if not steps:
        return
    best = max(steps, key=lambda s: s.told)
    if len({s.option for s in steps if s.told >= best.told}) > 1:
        return
    if best.option in item.right:
        found.agreed.append(f"{best.option}：{best.segment.citation}")
    elif best.segment.verified:
        reason = f"应为“{best.option}”，不是“{item.right[0]}”，规定是：{best.segment.whole}"
        found.alarms.append(Alarm(TERM, reason, best.segment.citation))


def _limbs(asked: Asked, stem: str) -> list[Segment]:
    """The parts of duties likest to a stem."""
    ranked = asked.statements.like(stem, asked.industries)[:_LIKEST]
    return [s for score, s in ranked if s.kind == "职责" and score >= _ABOUT]


def _of(segment: Segment, stem: str, options: tuple[str, ...]) -> _Step | None:
    """The one option a part of a duty says, where the rest of that part is a case the stem tells."""
    rule = aligned.plain(segment.own)
    shares = {o: aligned.lay(aligned.plain(o), rule).share for o in options}
    best = max(options, key=shares.__getitem__)
    if len(best) < _SHORT or shares[best] < _SAID or any(s >= _OTHER for o, s in shares.items() if o != best):
        return None
    said = aligned.lay(aligned.plain(best), rule)
    used = {i for _, b, n in said.parts for i in range(b, b + n)}
    rest = "".join(c if i not in used else "，" for i, c in enumerate(rule))
    case = max(re.split("[，。；：]", rest), key=len)
    if len(case) < _SHORT:
        return None
    told = _told(case, aligned.plain(stem))
    return _Step(best, told, segment) if told >= _CASE else None


def _told(case: str, stem: str) -> float:
    """How much of a case a stem tells; of 「甲或乙」 one of the two told whole is enough."""
    either = [p.removesuffix("的") for p in case.split("或")]
    if len(either) > 1 and any(len(p) > 1 and p in stem for p in either):
        return _CASE
    return aligned.lay(case, stem).share
