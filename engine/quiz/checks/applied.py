"""Options that are places of standards (第七条第（六）项; 重大，5.2.7): the one whose clauses are about what was found."""

from __future__ import annotations

from collections.abc import Sequence

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.named_places import clauses_of
from engine.quiz.checks.pointing import pointed_at, ways
from engine.quiz.cloze import asks_outside
from engine.quiz.polarity import level_of, wants_false
from engine.quiz.statements import pairs
from kb.models import Clause


def check(asked: Asked, found: Found) -> None:
    """The place keyed against the one that what is told points at."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or asks_outside(item.stem) or wants_false(item.stem):
        return
    options = [o for o in item.options if level_of(o) is not False]
    places = {
        o: held
        for o, held in clauses_of(asked.book, item.stem, options, asked.industry, asked.on).items()
        if held
    }
    key = item.right[0]
    if len(places) < 2 or key not in places:
        return
    best = pointed_at(ways(asked, places))
    if best is None or {c.id for c in places[best]} & {c.id for c in places[key]}:
        if best == key and not asked.levels:
            found.agreed.append(f"{best}：{asked.book.cite(_likest(asked, places[best]))}")
        return
    clause = _likest(asked, places[best])
    reason = f"应为{best}，不是{key}，规定是：{clause.restatement}"
    found.alarms.append(Alarm(ARTICLE, reason, asked.book.cite(clause)))


def _likest(asked: Asked, clauses: Sequence[Clause]) -> Clause:
    """Of the clauses at a place (a whole article) the one that says most of what the stem says."""
    said = pairs(asked.item.stem)
    return max(clauses, key=lambda c: asked.statements.weigh(said & pairs(f"{c.title}。{c.restatement}")))
