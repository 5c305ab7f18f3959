"""A finding that has a thing of the kind a clause lists, but none of those listed: 操作室, where 会议室 to 更衣室 are listed."""

from __future__ import annotations

import re

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.trades import trade_of
from engine.quiz.enumerations import Listing, foreign, listings, names
from engine.quiz.statements import pairs
from kb.models import Clause

_ITEMS = 3  # names of a list at least
_REST = 0.6  # share of the clause's other words that the finding must say
_TELLS = 3  # pairs of characters by which a part tells something
_OR = re.compile("或者?")
_KIND = 1  # characters in which all names of a kind end


def check(asked: Asked, found: Found) -> None:
    """A statement with one finding keyed to a level by the one clause it cites."""
    if asked.item.holds is None or len(asked.levels) != 1 or len(asked.hinted) > 1:
        return
    finding, major = asked.levels[0]
    clause = asked.hinted[0] if asked.hinted else _of_trade(asked, finding)
    if clause is None or clause.executability != "full":
        return
    for run in listings(clause.restatement):
        other = _other_of_kind(asked, finding, clause, run)
        if other and major:
            reason = f"“{other}”不在所列之内，规定是：{clause.restatement}"
            found.alarms.append(Alarm(LEVEL, reason, asked.book.cite(clause)))
        elif other:
            found.agreed.append(f"“{other}”不在所列之内：{asked.book.cite(clause)}")
        if other:
            return


def _of_trade(asked: Asked, finding: str) -> Clause | None:
    """The clause most like a finding, where it is one for the very trade the question tells."""
    first = next(
        (asked.book.clauses[s.source] for _, s in asked.likest(finding, 1) if s.kind == "条款"), None
    )
    return first if first and asked.industry and trade_of(asked.book, first) == asked.industry else None


def _other_of_kind(asked: Asked, finding: str, clause: Clause, run: Listing) -> str:
    """The one thing of a finding that is named as the listed are and is none of them; empty where there is none."""
    inner = [names(i)[0] for i in run.items[1:-1]]
    if run.open or run.excepted or len(run.items) < _ITEMS or len({i[-_KIND:] for i in inner}) != 1:
        return ""
    end = inner[0][-_KIND:]
    found = {t.text for t in asked.engine.reader.terms.find(finding) if t.concept and t.text.endswith(end)}
    others = [t for t in found if foreign(t, clause.restatement)]
    said = any(names(i)[0] in finding or i[-len(end) - 2 :] in finding for i in run.items)
    return (
        others[0]
        if len(others) == 1 and not said and _covers(clause.restatement, run, pairs(finding))
        else ""
    )


def _covers(rule: str, run: Listing, said: frozenset[str]) -> bool:
    """Whether a finding says the rest of a rule beside its list: of every part one of its alternatives."""
    listed = frozenset(p for i in run.items for p in pairs(i))
    parts = ([pairs(x) - listed for x in _OR.split(part)] for part in re.split("[，；。]", rule))
    told = [ways for part in parts if (ways := [w for w in part if len(w) >= _TELLS])]
    return bool(told) and all(any(len(w & said) >= _REST * len(w) for w in ways) for ways in told)
