"""「不论是否X，均构成」: one rule for both cases, which the clause may tell apart."""

from __future__ import annotations

import re

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.levels import settle
from engine.quiz.claims import EITHER, core, either_way, regardless
from engine.quiz.joint import hangs_on
from engine.quiz.lifted import excepts
from engine.quiz.literal import needs_both
from kb.models import Clause

_OUTCOME = re.compile(
    "(?:造成|导致|引发|引起|发生|出现|酿成)[^，。；]{0,8}(?:事故|后果|伤亡|损失|爆炸|火灾|中毒|伤害)"
)
_NEAREST = 0.25  # likeness of the clause that a statement without its condition is about


def check(asked: Asked, found: Found) -> None:
    """A rule for both cases (不论是否X): wrong where one of them is otherwise, borne out where both are so."""
    if asked.item.holds is None or (told := regardless(asked.item.stem)) is None:
        return
    findings, major = told
    about, condition = findings[0].rsplit("，", 1)
    if major and (rule := _otherwise(asked, about, condition)):
        why = f"不能不论条件一律判为重大事故隐患，规定是：{rule[0]}"
        if asked.item.holds:
            found.alarms.append(Alarm(LEVEL, why, rule[1]))
        else:
            found.agreed.append(why)
        return
    if _OUTCOME.search(condition):
        findings = (about, about)  # what came of it is no condition of what is found
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


def _otherwise(asked: Asked, about: str, condition: str) -> tuple[str, str] | None:
    """The rule, and where it stands, by which not both cases are so."""
    both = needs_both(asked.statements, asked.item.stem) or excepts(asked.statements, about, condition)
    if both is not None:
        return both.whole, both.citation
    clause = _hanging(asked)
    return (clause.restatement, asked.book.cite(clause)) if clause is not None else None


def _hanging(asked: Asked) -> Clause | None:
    """The clause a statement is about, which lists what it tells only with the condition it spares."""
    text = either_way(asked.item.stem)
    match = EITHER.search(text)
    if match is None:
        return None
    rest = text[: match.start()] + text[match.end() :]
    ranked = asked.statements.like(core(rest), asked.industries)[:1]
    near = [
        s.source for n, s in ranked if s.kind == "条款" and (n >= _NEAREST or s.source in asked.hinted_ids)
    ]
    clauses = asked.hinted if len(asked.hinted) == 1 else [asked.book.clauses[id] for id in near]
    return next((c for c in clauses if hangs_on(c, rest, match[1])), None)
