"""Options that are numbers of standards, of which a clause names one: the one it refers to (升级管理: GB 30871)."""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.named_places import standards_of
from engine.quiz.checks.pointing import by_words
from engine.quiz.cloze import asks_outside
from engine.quiz.documents import squash
from kb.models import Clause

_NUMBER = re.compile(r"(?:GB|AQ|TSG|JGJ)(?:/T)?[A-Z]?\d+")
_FEWEST = 3  # options of which one is asked


def check(asked: Asked, found: Found) -> None:
    """The one option whose number the clause cited has must be the one keyed."""
    item = asked.item
    numbers = {o: m[0] for o in item.options if (m := _NUMBER.match(squash(o)))}
    if len(item.right) != 1 or len(numbers) < max(_FEWEST, len(item.options)):
        return
    clause = asked.hinted[0] if len(asked.hinted) == 1 else _likest(asked)
    if clause is None or asks_outside(item.stem):
        return
    named = set(_NUMBER.findall(squash(clause.restatement)))
    held = [o for o, n in numbers.items() if n in named]
    if len(held) != 1:
        return
    citation = asked.book.cite(clause)
    if held[0] in item.right:
        found.agreed.append(f"{held[0]}：{citation}")
    else:
        reason = f"应为“{held[0]}”，不是“{item.right[0]}”，规定是：{clause.restatement}"
        found.alarms.append(Alarm(TERM, reason, citation))


def _likest(asked: Asked) -> Clause | None:
    """Of the one standard a stem names the clause that clearly has most of its words."""
    named = standards_of(asked.book, (asked.item.stem,), "", asked.on)
    if not named.sure or len(named.standards) != 1:
        return None
    clauses = {c.id: c for c in named.standards[0].clauses}
    best = by_words(asked, {i: [f"{c.title}。{c.restatement}"] for i, c in clauses.items()}).clear
    return clauses[best] if best else None
