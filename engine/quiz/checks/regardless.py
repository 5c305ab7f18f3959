"""「不论是否X，均构成」: one rule for both cases, which the clause may tell apart."""

from __future__ import annotations

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.levels import settle
from engine.quiz.claims import regardless
from engine.quiz.lifted import excepts
from engine.quiz.literal import needs_both


def check(asked: Asked, found: Found) -> None:
    """A rule for both cases (不论是否X): wrong where one of them is otherwise, borne out where both are so."""
    if asked.item.holds is None or (told := regardless(asked.item.stem)) is None:
        return
    findings, major = told
    about, condition = findings[0].rsplit("，", 1)
    both = needs_both(asked.statements, asked.item.stem) or excepts(asked.statements, about, condition)
    if major and both is not None:
        rule = f"不能不论条件一律判为重大事故隐患，规定是：{both.whole}"
        if asked.item.holds:
            found.alarms.append(Alarm(LEVEL, rule, both.citation))
        else:
            found.agreed.append(rule)
        return
    against: list[Alarm] = []
    sure = True
    for finding in findings:
        tried, denied = Found(), Found()
        settle(asked, finding, major, tried)
        settle(asked, finding, not major, denied)
        against += [] if denied.agreed and not tried.alarms else tried.alarms
        sure = sure and bool(denied.alarms)
    if asked.item.holds and against:
        found.alarms.append(against[0])
    elif not asked.item.holds and against:
        found.agreed.append(against[0].reason)
    elif sure and asked.item.holds:
        found.agreed.append(f"“{findings[0]}”“{findings[1]}”都是")
    elif sure:
        settle(asked, findings[0], not major, found)
