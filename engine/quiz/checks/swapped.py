"""「甲或者乙」 said of what a clause lists only as 「甲，并且乙」, 「甲且乙，才」 of what it lists as 「甲，或者乙」."""

from __future__ import annotations

import re

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.either import clause_of
from engine.quiz.checks.joined import either_listed, either_said
from engine.quiz.checks.judging import judged
from engine.quiz.joint import joint
from engine.quiz.literal import said_together
from engine.quiz.statements import CLAUSE, Segment
from engine.verdict import Level

_BOTH = re.compile("[，、；]?(?:并且|而且|且)")
_ONLY = re.compile(
    "(?:的)?[，,]?(?:才|方)(?:可以?|能|应当?|会|算)?(?:被)?(?:判定|构成|属于|认定|判为|是)[^，。；不非]*(?:重大|情形|项)"
)
_ONE_OF_BOTH = re.compile(
    "(?:(?:只要|只需)?(?:有|任|其中)(?:其中)?一(?:项|个|种|者|方面)|任意一项)(?!以上)(?=[^，。；]{2})"
)
_EITHER = re.compile("[，、；]?(?:或者|或(?=[没未不无有]))")


def check(asked: Asked, found: Found) -> None:
    """A finding of two things joined by 或者, where the clause likest to it joins the very same by 并且."""
    if asked.item.holds is None:
        return
    if (only := _ONLY.search(asked.item.stem)) is not None:
        _both(asked, asked.item.stem[: only.start()], found)
        return
    for finding, major in asked.levels:
        joined = _ONE_OF_BOTH.sub("同时", finding)
        segment = _said_together(asked, joined) if joined != finding else None
        if segment is not None:
            _tell(f"须同时具备才构成，规定是：{segment.whole}", segment.citation, not major, found)
            return
    for finding, major in asked.levels:
        for match in _EITHER.finditer(finding):
            left, right = finding[: match.start()], finding[match.end() :]
            segment = next((s for s in _near(asked, finding) if either_said(left, right, s.whole)), None)
            if all(_alone(asked, part) for part in (left, right)):
                continue
            if segment is not None:
                _tell(f"须同时具备才构成，规定是：{segment.whole}", segment.citation, not major, found)
                return
            clause = clause_of(asked, finding)
            held = joint(clause, left, right) if clause is not None else None
            if clause is not None and held is not None and held.both:
                rule = f"须同时具备才构成，规定是：{clause.restatement}"
                _tell(rule, asked.book.cite(clause), not major, found)
                return


def _both(asked: Asked, finding: str, found: Found) -> None:
    """「甲且乙的，才判定」: wrong where the clause likest to it joins the two by 或者, right where it joins them by 并且."""
    for match in _BOTH.finditer(finding):
        left, right = finding[: match.start()], finding[match.end() :]
        segment = next((s for s in _near(asked, finding) if either_listed(left, right, s.whole)), None)
        if segment is None:
            continue
        _tell(f"有其一即构成，规定是：{segment.whole}", segment.citation, asked.item.holds is False, found)
        return
    if (segment := _said_together(asked, finding)) is not None:
        rule = f"该说法与规定一致，须同时具备才构成，规定是：{segment.whole}"
        _tell(rule, segment.citation, asked.item.holds is True, found)


def _said_together(asked: Asked, finding: str) -> Segment | None:
    """The clause likest to a finding, one of whose limbs asks for just the two things together that it tells."""
    return next((s for s in _near(asked, finding) if said_together(asked.statements, finding, s)), None)


def _tell(rule: str, citation: str, right: bool, found: Found) -> None:
    if right:
        found.agreed.append(rule)
    else:
        found.alarms.append(Alarm(LEVEL, rule, citation))


def _near(asked: Asked, finding: str) -> list[Segment]:
    """The clauses cited or likest to a finding, wholly held."""
    near = [s for n, s in asked.likest(finding, 3) if n >= CLAUSE]
    cited = [s for s in asked.statements.segments if s.source in asked.hinted_ids]
    return [s for s in (*cited, *near) if s.kind == "条款" and s.entire]


def _alone(asked: Asked, part: str) -> bool:
    """Whether a half is a hazard by itself, by another clause."""
    verdict = judged(asked, part)
    return verdict.level is Level.MAJOR and verdict.read == "全部"
