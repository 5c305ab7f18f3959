"""Findings judged for a question: in its trade, or in the one trade that can be meant where it tells none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.clauses import Status
from engine.judge import Finding
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.rulebook import Rulebook
from engine.quiz.checks.trades import trade_of
from engine.quiz.claims import core
from engine.quiz.misread import misread
from engine.quiz.phrase import TRADE
from engine.quiz.statements import CLOSE, LIKE
from engine.verdict import Level, Verdict
from kb.conditions import Has, atoms

_OF_TRADE = 2  # sentences of its own trade that a finding is most like
_NEAREST = 0.25  # likeness of a clause that a finding of no trade is about


def judge(book: Rulebook, finding: str, industry: str, on: date) -> Verdict:
    """The verdict; where only the trade is missing and every trade it can be gives 重大, one of those."""
    verdict = book.engine.judge(Finding(text=finding, industry=industry, on=on))
    if verdict.level is not Level.VERIFY or industry:
        return verdict
    ranked = book.statements(on).like(core(finding), frozenset())[:3]
    likest = {s.source for n, s in ranked if n >= max(_NEAREST, CLOSE * ranked[0][0])}
    if any(r.clause.id in likest and r.status is Status.REFUTED and r.refuted_by for r in verdict.results):
        return verdict  # in the trade it is most likely of it is none
    only = [r for r in verdict.open if r.missing == (TRADE,)]
    trades = {v for r in only for a in atoms(r.clause.scope) if isinstance(a, Has) and a.attribute == TRADE
              for v in a.values}  # fmt: skip
    tried = [book.engine.judge(Finding(text=finding, industry=t, on=on)) for t in sorted(trades)]
    if tried and all(v.level is Level.MAJOR for v in tried):
        return tried[0]
    return _as_likest(book, finding, on) or verdict


def _as_likest(book: Rulebook, finding: str, on: date) -> Verdict | None:
    """The verdict in the trade of the clause most like a finding of no trade, where that very clause decides or refutes it.

    Of the likest clause also what is read only in part, and where no defect is told.
    """
    ranked = book.statements(on).like(core(finding), frozenset())[:6]
    for rank, (_, segment) in enumerate(p for p in ranked if p[1].kind == "条款" and p[0] >= LIKE):
        clause = book.clauses[segment.source]
        if not (trade := trade_of(book, clause)):
            continue
        verdict = book.engine.judge(Finding(text=finding, industry=trade, on=on))
        if verdict.fault or (verdict.read != "全部" and (rank or verdict.read == "未读懂")):
            continue
        if verdict.level is Level.MAJOR and any(r.clause.id == clause.id for r in verdict.decisive):
            return verdict
        own = next((r for r in verdict.results if r.clause.id == clause.id), None)
        denied = own is not None and own.status in (Status.REFUTED, Status.OUT_OF_SCOPE) and own.refuted_by
        if rank == 0 and not verdict.open and (denied or verdict.level is Level.VERIFY):
            return verdict
    return None


def judged(asked: Asked, finding: str) -> Verdict:
    """The verdict on a finding in the trade and on the day of its question; withheld where words beside what was read turn it."""
    verdict = judge(asked.book, finding, asked.industry, asked.on)
    return replace(verdict, fault=True) if misread(finding, verdict) else verdict


def among_likest(asked: Asked, verdict: Verdict, finding: str) -> bool:
    """Whether a deciding clause is among the sentences most like a finding that was read only in part, of all or of its trade."""
    of_trade = asked.statements.like(core(finding), asked.industries)[:_OF_TRADE] if asked.industry else []
    near = {s.source for _, s in (*asked.likest(finding, 6), *of_trade)}
    return any(r.clause.id in near for r in verdict.decisive)
