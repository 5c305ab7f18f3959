"""「未列入某标准的是」: the one option of which no clause of the standard says anything, where the clauses say the others."""

from __future__ import annotations

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.editions import name_of
from engine.quiz.polarity import wants_outside
from engine.quiz.statements import Segment, pairs
from kb.models import Standard

_SAID, _UNSAID = (
    0.6,
    0.35,
)  # share of an option's words that a clause of the standard must have, and may have at most
_CITED_SAID, _CITED_UNSAID = (
    0.6,
    0.45,
)  # where the clause itself is cited, so that what is like it stands in it
_FEWEST = 3


def check(asked: Asked, found: Found) -> None:
    """Of options of which all but one are in the standard that the stem names, that one must be keyed."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or len(item.options) < _FEWEST:
        return
    standard = _named(asked) if wants_outside(item.stem) else None
    if standard is None or not standard.complete:
        return
    ids = asked.hinted_ids or {c.id for c in standard.clauses}
    rules = [s for s in asked.statements.segments if s.source in ids]
    shares = {o: _share(asked, o, rules) for o in item.options}
    said, unsaid = (_CITED_SAID, _CITED_UNSAID) if asked.hinted_ids else (_SAID, _UNSAID)
    out = [o for o, share in shares.items() if share < unsaid]
    if len(out) != 1 or any(share < said for o, share in shares.items() if o not in out):
        return
    name = name_of(standard)
    if out[0] in item.right:
        found.agreed.append(f"{out[0]}没有列入{name}")
    else:
        found.alarms.append(Alarm(TERM, f"没有列入的是“{out[0]}”，不是“{item.right[0]}”", name))


def _named(asked: Asked) -> Standard | None:
    """The one standard in force that a stem names, or that is of the trade it speaks of."""
    stem = asked.item.stem
    named = [s for s in asked.book.standards_named(stem) if s.in_force(asked.on)]
    domain = asked.book.editions.about(stem) if not named and "标准" in stem else ""
    named = named or [s for s in asked.book.in_force(asked.on) if domain and s.domain == domain]
    return named[0] if len(named) == 1 else None


def _share(asked: Asked, option: str, rules: list[Segment]) -> float:
    """The largest share of an option's words that one clause has."""
    said = pairs(option)
    total = asked.statements.weigh(said) or 1.0
    return max((asked.statements.weigh(said & pairs(s.whole)) / total for s in rules), default=0.0)
