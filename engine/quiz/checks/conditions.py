"""判断 statements that ask for a condition (须造成伤亡才构成) against the sentence that says it is not needed, and the reverse."""

from __future__ import annotations

import re

from engine.quiz import needed
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.entailed import likest, of_document
from engine.quiz.checks.judging import judged
from engine.quiz.statements import Segment, pairs

_OF_TRADE = re.compile(
    "^[^，。；]{2,12}(?:行业)?(?:企业|单位|行业)的?(?=.{4})"
)  # whose trade a clause leaves unsaid
_FIRST = 4  # sentences tried
_CRIME = re.compile("[\u4e00-\u9fff、]{2,24}?罪(?![责名犯行])")
_LEADS = re.compile(
    "^.*(?:[百十一二三四五六七八九]条(?:之[一二三四])?的?|构成|以|按照?|追究|属于|本法|对于|中的?|规定的?)(?=[\u4e00-\u9fff]{3})"
)
_LIKE = 0.2  # likeness of the clause that a finding is most like
_SUBJECT = 0.5  # share of the words of a subject that the other must have
_ABOUT = 0.3  # share of the words of a statement that a sentence must have


def check(asked: Asked, found: Found) -> None:
    """A statement with a condition, against the sentences about the same that say whether it is one."""
    if asked.item.holds is None:
        return
    stem = asked.item.stem
    parts = [p for p in re.split("[；。]", stem) if needed.needs(p) or needed.spares(p)]
    if not parts:
        return
    near = [s for s in likest(asked)[:_FIRST] if _about(asked, s)]
    for segment in (*near, *_touched(asked)):
        if not of_document(asked, segment):
            continue
        if not _same_subject(stem, segment.whole):
            continue
        contradicted = any(_contradicts(p, segment.whole) for p in parts)
        agreed = not any(map(needed.needs, parts)) and any(_agrees(p, segment.whole) for p in parts)
        if not contradicted and not agreed:
            continue
        if contradicted is not asked.item.holds:
            found.agreed.append(f"{segment.whole}：{segment.citation}")
        elif segment.verified and segment.entire:
            spares_only = not any(map(needed.needs, parts))
            why = "以此为条件" if spares_only else "不以此为条件"
            reason = f"{why if contradicted else '该说法与规定一致，不应判为错误'}，规定是：{segment.whole}"
            found.alarms.append(Alarm(TERM, reason, segment.citation))
        return


def _touched(asked: Asked) -> list[Segment]:
    """The clauses that a finding of their trade touches, or is most like, though they say more beside."""
    ids = {r.clause.id for f, _ in asked.levels for r in judged(asked, f).open if asked.industry}
    ids |= {s.source for f, _ in asked.levels for n, s in asked.likest(f, 1) if n >= _LIKE}
    return [s for s in asked.statements.segments if s.source in ids]


def _same_subject(stem: str, sentence: str) -> bool:
    """Whether a sentence is of the crime, duty or thing that a statement is of: a rule of one is no rule of another."""
    crimes = [{_LEADS.sub("", m[0]) for m in _CRIME.finditer(text)} for text in (stem, sentence)]
    if any(crimes) and not (
        crimes[1] and all(c in stem for c in crimes[1]) and all(c in sentence for c in crimes[0])
    ):
        return False
    said, told = pairs(stem), [pairs(p) for h in needed.heads(sentence) for p in (h, h.split("、")[-1])]
    if told and not any(len(h & said) >= _SUBJECT * len(h) for h in told):
        return False
    rule, own = pairs(sentence), [pairs(_OF_TRADE.sub("", h)) for h in needed.heads(stem)]
    return not own or any(len(h & rule) >= _SUBJECT * len(h) for h in own)


def _contradicts(part: str, sentence: str) -> bool:
    """Whether a part of a statement asks for what a sentence spares, or spares what it asks for."""
    asked = ((needed.needs(part), needed.spared_for), (needed.spares(part), needed.wanted_for))
    return any(needed.same(a, s) for said, other in asked for a in said for s in other(sentence, part))


def _agrees(part: str, sentence: str) -> bool:
    spared = needed.spared_for(sentence, part)
    return any(needed.same(a, s) for a in needed.spares(part) for s in spared)


def _about(asked: Asked, segment: Segment) -> bool:
    statements, said = asked.statements, pairs(asked.item.stem)
    share = statements.weigh(said & pairs(segment.whole)) / (statements.weigh_known(said) or 1.0)
    return share >= _ABOUT
