"""A number found on site that does not reach what the clause about it asks (作业间内9人: 超过9人), as the engine reads it."""

from __future__ import annotations

import re

from engine.clauses import OPEN
from engine.logic import Truth
from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.trades import trade_of
from engine.quiz.phrase import TRADE
from engine.quiz.statements import LIKE
from engine.valuation import Valuation
from engine.verdict import Level, Verdict
from kb.conditions import Compare, Condition, Exceeds, atoms
from kb.models import Clause

_LACKS = re.compile("[漏少停未没无失坏断缺废]|不(?!超|足|到|满|达|大|多|高|属)")
_DENIES = re.compile("不能|无法|没有|未(?!来)|不足|不到|不满|小于|低于|少于|大于|高于")


def short(asked: Asked, finding: str, major: bool, verdict: Verdict, found: Found) -> bool:
    """Whether all that a finding tells of the clauses it is about is a number on the side that is no hazard."""
    unread = "".join(finding[u.start : u.end] for u in verdict.unread)
    if (
        verdict.level not in (Level.VERIFY, Level.GENERAL)
        or verdict.read == "未读懂"
        or _LACKS.search(unread)
        or any(not r.suspected for r in verdict.open)
    ):
        return False
    near = {s.source for score, s in asked.likest(finding, 3) if s.kind == "条款" and score >= LIKE}
    told = {
        c.id: _told(asked, verdict, c) for c in map(asked.book.clauses.__getitem__, asked.hinted_ids or near)
    }
    denied = [id for id, truth in told.items() if truth is False]
    if not denied or any(told.values()) or _withheld(finding, verdict):
        return False
    clause = asked.book.clauses[denied[0]]
    rule = f"“{finding}”没有达到界限，不构成重大事故隐患：{clause.restatement}"
    if major:
        found.alarms.append(Alarm(LEVEL, rule, asked.book.cite(clause)))
    else:
        found.agreed.append(rule)
    return True


def _told(asked: Asked, verdict: Verdict, clause: Clause) -> Truth:
    """What the numbers of a finding make of a clause: False where they deny a limb and nothing speaks for another."""
    engine = asked.engine
    trade = trade_of(asked.book, clause)
    if any(r.clause.id == clause.id and r.status in OPEN for r in verdict.results):
        return True
    facts = {f.fact: f for f in verdict.facts}
    known = facts.get(TRADE)
    if trade and known and engine.attributes.holds(TRADE, known.values, (trade,)) is False:
        return None
    value = Valuation(
        engine.kb, engine.lexicon, engine.attributes, engine.standards[clause.standard], facts, {}
    )
    denied = False
    for limb in clause.limbs:
        truth = value(limb)
        numbers = [a for a in atoms(limb) if isinstance(a, Compare | Exceeds) and value(a) is not None]
        if truth is False and any(value(a) is False for a in numbers):
            denied = True
        elif truth is True or (truth is None and _touched(limb, value)):
            return True
    return False if denied else None


def _withheld(finding: str, verdict: Verdict) -> bool:
    """Whether a number of a finding is one that it denies (不能保持2个安全出口), or a bound in words between (小于需风量75%)."""
    ends = [s.start for f in verdict.facts if f.interval is not None for s in f.spans]
    return any(_DENIES.search(re.split("[，。；]", finding[:end])[-1]) for end in ends)


def _touched(limb: Condition, value: Valuation) -> bool:
    return any(value(a) is True for a in atoms(limb) if not hasattr(a, "attribute"))
