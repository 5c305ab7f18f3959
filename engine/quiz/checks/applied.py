"""Options that are places of standards (第七条第（六）项; 重大，5.2.7): the one whose clauses are about what was found.

What tells them apart is asked of several: the words of the stem in each clause, the nets, and what the engine makes of
the finding. At least two must point at one place, and none at another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.clauses import DECISIVE, OPEN
from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.checks.named_places import clauses_of, without_names
from engine.quiz.claims import BLANK, core
from engine.quiz.cloze import asks_outside
from engine.quiz.findings import finding_of
from engine.quiz.polarity import level_of, wants_false
from engine.quiz.statements import pairs
from kb.models import Clause

_WORDS = 12.0  # the weight of the words of a stem that a clause must have
_CLEARLY = 1.5  # times what the next place has
_OF_NETS = ((0.02, 1.5), (0.3, 2.0))  # the same of each net
_AGREED = 2  # how many must point at one place


def check(asked: Asked, found: Found) -> None:
    """The place keyed against the one that what is told points at."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or asks_outside(item.stem) or wants_false(item.stem):
        return
    options = [o for o in item.options if level_of(o) is not False]
    places = clauses_of(asked.book, item.stem, options, asked.industry, asked.on)
    key = item.right[0]
    if len(places) < 2 or not places.get(key):
        return
    best = _pointed_at(asked, {o: c for o, c in places.items() if c})
    if best is None or {c.id for c in places[best]} & {c.id for c in places[key]}:
        if best == key and not asked.levels:
            found.agreed.append(f"{best}：{asked.book.cite(places[best][0])}")
        return
    clause = places[best][0]
    reason = f"应为{best}，不是{key}，规定是：{clause.restatement}"
    found.alarms.append(Alarm(ARTICLE, reason, asked.book.cite(clause)))


def _pointed_at(asked: Asked, places: Mapping[str, list[Clause]]) -> str | None:
    """The one option that enough of the ways to tell point at, none of them at another.

    Two that point at it clearly are enough, or one that does where all that have anything to say lean to it.
    """
    told = finding_of(asked.item.stem) or core(asked.item.stem)
    ids = {o: [c.id for c in held] for o, held in places.items()}
    ways = [_by_words(asked, places), *_by_nets(asked, told, ids), _by_engine(asked, told, ids)]
    clear = [o for way in ways if (o := way.clear) is not None]
    leaning = [o for way in ways if (o := way.best) is not None]
    if len(set(clear)) != 1:
        return None
    return clear[0] if len(clear) >= _AGREED or (len(leaning) > _AGREED and len(set(leaning)) == 1) else None


@dataclass(frozen=True)
class _Way:
    """How far one way to tell leans to each option. `least`, `clearly`: from which share, and times the next, it points at one."""

    shares: Mapping[str, float]
    least: float
    clearly: float

    @property
    def best(self) -> str | None:
        """The option it leans to more than to any other; None where to none."""
        first, next_ = self._first_two
        return first[0] if first[1] > next_ else None

    @property
    def clear(self) -> str | None:
        first, next_ = self._first_two
        return first[0] if first[1] >= self.least and first[1] >= self.clearly * next_ else None

    @property
    def _first_two(self) -> tuple[tuple[str, float], float]:
        (first, best), *rest = sorted(self.shares.items(), key=lambda p: -p[1])
        return (first, best), rest[0][1] if rest else 0.0


def _by_words(asked: Asked, places: Mapping[str, Sequence[Clause]]) -> _Way:
    """By the words of the stem that a clause has: rare ones weigh more."""
    said = pairs(without_names(BLANK.sub("", asked.item.stem)))
    weigh = asked.statements.weigh_known
    shares = {
        o: max(weigh(said & pairs(f"{c.title}。{c.restatement}")) for c in held) for o, held in places.items()
    }
    return _Way(shares, _WORDS, _CLEARLY)


def _by_nets(asked: Asked, told: str, ids: Mapping[str, Sequence[str]]) -> list[_Way]:
    """By what each net makes of the finding, among the clauses the options name."""
    among = {i for held in ids.values() for i in held}
    out = []
    for net, (least, clearly) in zip(asked.engine.nets, _OF_NETS, strict=False):
        beliefs = dict(net.propose(told, among))
        shares = {o: max(beliefs.get(i, 0.0) for i in held) for o, held in ids.items()}
        out.append(_Way(shares, least, clearly))
    return out


def _by_engine(asked: Asked, told: str, ids: Mapping[str, Sequence[str]]) -> _Way:
    """By the one place whose clauses the finding makes hold, or touches."""
    verdict = judged(asked, told)
    touched = {r.clause.id for r in verdict.results if r.status in (*DECISIVE, *OPEN)}
    return _Way(
        {o: float(not verdict.fault and bool(touched & set(own))) for o, own in ids.items()}, 1.0, 2.0
    )
