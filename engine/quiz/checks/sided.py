"""判断 statements that take a thing in or leave it out, against the sentence that says on which side it is."""

from __future__ import annotations

import re

from engine.quiz import aligned, within
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.entailed import likest, of_document
from engine.quiz.documents import squash
from engine.quiz.statements import Segment, pairs

_PLACE = re.compile(
    "第[一二三四五六七八九十百]+条?(?:第?[（(][一二三四五六七八九十]+[）)])?[条项](?!情形)|第\\d+\\.\\d+[^，。；\u4e00-\u9fff]*条?"
)
_ABOUT = 0.4  # share of the words of a statement that names no document which a sentence must have
_WHOLE = 0.7  # share of a statement that a sentence must have to bear it out
_HEDGED = re.compile("本数|除外|但|如果|若|只有|才|[仅只](?:适用|限|管)")


def check(asked: Asked, found: Found) -> None:
    """A statement not about a level, against what the sentences about the same leave out."""
    if asked.item.holds is None or asked.levels:
        return
    stem = asked.item.stem
    if _alone(asked, found):
        return
    for segment in likest(asked):
        if segment.kind == "罚则" or not of_document(asked, segment) or not _about(asked, segment):
            continue
        taken = _taken(stem, segment)
        if taken is None or (not taken and not _whole(stem, segment)):
            continue
        if taken is not asked.item.holds:
            found.agreed.append(f"{segment.whole}：{segment.citation}")
        elif segment.verified and segment.entire:
            found.alarms.append(Alarm(TERM, f"与规定不符，规定是：{segment.whole}", segment.citation))
        return


def _alone(asked: Asked, found: Found) -> bool:
    """Whether a sentence gives another beside the one that a statement says it is alone of, or sends part of it elsewhere."""
    stem = asked.item.stem
    for segment in likest(asked):
        if not segment.verified or not of_document(asked, segment):
            continue
        if not within.narrows(segment.whole, stem) and not within.against_elsewhere(segment.whole, stem):
            continue
        if asked.item.holds:
            found.alarms.append(Alarm(TERM, f"不限于此，规定是：{segment.whole}", segment.citation))
        else:
            found.agreed.append(f"{segment.whole}：{segment.citation}")
        return True
    return False


def _about(asked: Asked, segment: Segment) -> bool:
    """Whether a sentence is of the document a statement names, or about what the statement is."""
    if segment.kind in ("条款", "标准") and asked.book.editions.named(asked.item.stem):
        return True
    statements, said = asked.statements, pairs(asked.item.stem)
    share = statements.weigh(said & pairs(segment.whole + segment.text)) / (
        statements.weigh_known(said) or 1.0
    )
    return share >= _ABOUT


def _taken(stem: str, segment: Segment) -> bool | None:
    """Whether a statement takes in a thing that a sentence leaves out; None where it tells of none, or of both."""
    told = {
        taken
        for out in (*within.left_out(segment.whole), *within.only(segment.whole, stem))
        for clause in re.split("[，；]", stem)
        if within.has(clause, out.thing) and (taken := _said(stem, clause, out.act)) is not None
    }
    return told.pop() if len(told) == 1 and not _HEDGED.search(stem) else None


def _said(stem: str, clause: str, act: str) -> bool | None:
    """What the part that names a thing says of it, else the part after."""
    said = within.says(clause, act)
    if said is None:
        after = stem[stem.index(clause) + len(clause) :].strip("，；")
        said = within.says(re.split("[，；]", after)[0], act) if after else None
    return said


def _whole(stem: str, segment: Segment) -> bool:
    """Whether a sentence has all that a statement says but small words."""
    places = _PLACE.findall(stem)
    if all(squash(p) in squash(segment.citation + segment.whole) for p in places):
        stem = _PLACE.sub("", stem)
    said, rule = aligned.plain(stem), aligned.plain(segment.whole)
    return aligned.lay(said, rule).share >= _WHOLE and aligned.numbers_held(said, rule)
