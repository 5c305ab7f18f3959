"""Options that are names of things, against the kinds of thing a clause is about: 操作室 is one of the 人员聚集场所."""

from __future__ import annotations

import re

from engine.judge import Engine
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.polarity import wants_outside
from kb.models import Clause
from ontology.facts import clause_atoms

_DENIED = re.compile(r"不(?:包括|属于|含|在)|(?<!除)外的?是|除外")
_ASKED = re.compile(r"包括|属于|含|列|有|是")
_LONG = 10  # characters of the longest option that can be a name


def check(asked: Asked, found: Found) -> None:
    """One option that is none of the things the clause names (or alone is one) must be the one keyed.

    The clause is the one the question cites, else the one most like its stem.
    """
    item = asked.item
    clauses = [] if asked.of_levels_or_documents else asked.hinted or asked.near_clause
    if len(item.right) != 1 or len(item.options) < 3 or not _ASKED.search(item.stem):
        return
    if any(len(o) > _LONG for o in item.options) or len(clauses) != 1:
        return
    held = [o for o in item.options if is_member(o, clauses[0], asked.engine)]
    if _DENIED.search(item.stem) or wants_outside(item.stem):
        wanted = [o for o in item.options if o not in held] if len(held) == len(item.options) - 1 else []
    else:
        wanted = held if len(held) == 1 else []
    if len(wanted) != 1:
        return
    citation = asked.book.cite(clauses[0])
    if wanted[0] in item.right:
        found.agreed.append(f"{wanted[0]}：{citation}")
    else:
        reason = f"应为“{wanted[0]}”，不是“{item.right[0]}”，规定是：{clauses[0].restatement}"
        found.alarms.append(Alarm(TERM, reason, citation))


def is_member(option: str, clause: Clause, engine: Engine) -> bool:
    """Whether an option names a thing, or a kind of a thing, that a clause is about."""
    named = {
        t.concept
        for t in engine.reader.terms.find(option)
        if t.concept and t.end - t.start >= len(option) - 1
    }
    wanted = {
        n
        for a in clause_atoms(clause)
        for n in (getattr(a, "thing", ""), getattr(a, "host", ""), getattr(a, "to", ""))
        if n
    }
    return any(engine.lexicon.is_a(n, w) for n in named for w in wanted if w in engine.lexicon.concepts)
