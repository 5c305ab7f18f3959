"""「甲或者乙」 said of what a clause lists only as 「甲，并且乙」, 「甲且乙，才」 of what it lists as 「甲，或者乙」."""

from __future__ import annotations

import re

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.joined import either_listed, either_said
from engine.quiz.checks.judging import judged
from engine.quiz.statements import CLAUSE, Segment
from engine.verdict import Level

_BOTH = re.compile("[，、；]?(?:并且|而且|且)")
_ONLY = re.compile(
    "(?:的)?[，,]?(?:才|方)(?:可以?|能|应当?|会|算)?(?:被)?(?:判定|构成|属于|认定|判为|是)[^，。；不非]*重大"
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
        for match in _EITHER.finditer(finding):
            left, right = finding[: match.start()], finding[match.end() :]
            segment = next((s for s in _near(asked, finding) if either_said(left, right, s.whole)), None)
            if segment is None or all(_alone(asked, part) for part in (left, right)):
                continue
            rule = f"须同时具备才构成，规定是：{segment.whole}"
            if major:
                found.alarms.append(Alarm(LEVEL, rule, segment.citation))
            else:
                found.agreed.append(rule)
            return


def _both(asked: Asked, finding: str, found: Found) -> None:
    """「甲且乙的，才判定」, where the clause likest to it joins the two by 或者: one is enough."""
    for match in _BOTH.finditer(finding):
        left, right = finding[: match.start()], finding[match.end() :]
        segment = next((s for s in _near(asked, finding) if either_listed(left, right, s.whole)), None)
        if segment is None:
            continue
        rule = f"有其一即构成，规定是：{segment.whole}"
        if asked.item.holds:
            found.alarms.append(Alarm(LEVEL, rule, segment.citation))
        else:
            found.agreed.append(rule)
        return


def _near(asked: Asked, finding: str) -> list[Segment]:
    """The clauses cited or likest to a finding, wholly held."""
    near = [s for n, s in asked.likest(finding, 3) if n >= CLAUSE]
    cited = [s for s in asked.statements.segments if s.source in asked.hinted_ids]
    return [s for s in (*cited, *near) if s.kind == "条款" and s.entire]


def _alone(asked: Asked, part: str) -> bool:
    """Whether a half is a hazard by itself, by another clause."""
    verdict = judged(asked, part)
    return verdict.level is Level.MAJOR and verdict.read == "全部"
