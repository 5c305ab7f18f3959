"""A limit that only an edition repealed has (月产量超过10%), said of what its successor sets other limits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.clauses import DECISIVE, Status
from engine.quiz.alarms import OUTDATED, Alarm
from engine.quiz.amounts import Token, comparison, equivalent, tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judge
from engine.quiz.editions import name_of
from engine.quiz.prove import compares
from engine.quiz.statements import LIKE, Segment
from kb.conditions import Compare, atoms
from kb.models import Clause, Standard

_TOUCHED = (*DECISIVE, Status.EXPERT)


def former(asked: Asked, finding: str) -> Alarm | None:
    """Why a finding is no hazard now, though a number of it made it one by the edition before.

    The quantity must be one that no clause in force for the matter compares, and the successor must set another limit for
    what is likest to it, which the number found does not reach: then its list has no place for it.
    """
    for old, heirs in _successions(asked):
        for clause, token, met in _held_before(asked, finding, old):
            if any(a.fact in met for s in heirs for c in s.clauses for a in _compared(c)):
                continue
            near = [s for n, s in asked.likest(finding, 4) if n >= LIKE and _of(s, heirs)]
            limits = [(s, t) for s in near for t in tokens(s.text) if t.unit == token.unit]
            if limits and not any(_reached(finding, token, s, t) for s, t in limits):
                rule = limits[0][0]
                reason = f"“{finding}”只见于已废止的{name_of(old)}{clause.ref}，现行规定是：{rule.whole}"
                return Alarm(OUTDATED, reason, rule.citation)
    return None


def _successions(asked: Asked) -> Iterator[tuple[Standard, list[Standard]]]:
    """Every edition that has ended, with those now in force for the same matter."""
    for old in asked.book.kb.standards:
        if old.expired is not None and old.expired <= asked.on:
            yield old, [s for s in asked.book.in_force(asked.on) if s.domain == old.domain]


def _held_before(asked: Asked, finding: str, old: Standard) -> Iterator[tuple[Clause, Token, frozenset[str]]]:
    """The clauses of an edition that a finding touched on its last day, with the number and the quantities of theirs it is read as."""
    if old.expired is None or not (asked.industry or asked.hinted):
        return
    before = judge(asked.book, finding, asked.industry, old.expired - timedelta(days=1))
    touched = [r.clause for r in before.results
               if r.clause.standard == old.id and r.status in _TOUCHED and not r.suspected]  # fmt: skip
    for token in tokens(finding) if touched and not before.fault else ():
        read = {v.fact for v in before.facts if any(s.start <= token.start < s.end for s in v.spans)}
        for clause in touched:
            own = [a for a in _compared(clause) if a.fact in read and a.unit == token.unit]
            if met := frozenset(a.fact for a in own if _meets(finding, token, a)):
                yield clause, token, met


def _meets(finding: str, token: Token, limit: Compare) -> bool:
    """Whether a number meets a limit, or a rule sets the very limit (大于10%: > 10%)."""
    said = comparison(finding, token)
    return compares(token.value, limit.cmp, limit.value) is True or (
        bool(said) and token.value == limit.value and said[0] == limit.cmp[0]
    )


def _compared(clause: Clause) -> list[Compare]:
    return [a for limb in clause.limbs for a in atoms(limb) if isinstance(a, Compare)]


def _of(segment: Segment, heirs: list[Standard]) -> bool:
    """Whether a sentence is of a clause of one of some standards."""
    ids = {c.id for s in heirs for c in s.clauses}
    return segment.kind == "条款" and segment.entire and segment.source in ids


def _reached(finding: str, token: Token, segment: Segment, limit: Token) -> bool:
    """Whether a number meets a limit of a sentence in force, or sets the same one."""
    sign = comparison(segment.text, limit)
    return (
        not sign
        or equivalent(finding, token, segment.text, limit)
        or compares(token.value, sign, limit.value) is not False
    )
