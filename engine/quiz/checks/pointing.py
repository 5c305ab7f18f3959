"""Which of several options what is told points at, where each stands for some clauses: asked of several ways to tell.

The ways are the words of the stem in each clause, the nets, and what the engine makes of the finding. A way points at an
option that it leans to clearly. Two must point at one option, or one alone that leaves
no doubt, and none at another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.clauses import DECISIVE, OPEN
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.checks.named_places import without_names
from engine.quiz.claims import BLANK, core
from engine.quiz.findings import finding_of
from engine.quiz.statements import pairs
from kb.models import Clause

WORDS = 12.0  # the weight of the words of a stem that a text must have
CLEARLY = 1.5  # times what the next option has
_OF_NETS = ((0.02, 1.5), (0.3, 2.0))  # the same of each net
_AGREED = 2  # how many must point at one option
_ALONE = 3.0  # times the words asked for that are enough alone, where no other option has a third of them


@dataclass(frozen=True)
class Way:
    """How far one way to tell leans to each option. `least`, `clearly`: from which share, and times the next, it points at one."""

    shares: Mapping[str, float]
    least: float
    clearly: float

    @property
    def best(self) -> str | None:
        """The option it leans to more than to any other; None where to none."""
        first, share, next_ = self._first_two
        return first if share > next_ else None

    @property
    def clear(self) -> str | None:
        first, share, next_ = self._first_two
        return first if share >= self.least and share >= self.clearly * next_ else None

    @property
    def alone(self) -> bool:
        """Whether it points at an option so clearly that no other way is needed: words do, beliefs never."""
        _, share, next_ = self._first_two
        return self.least == WORDS and share >= _ALONE * max(self.least, next_)

    @property
    def leaning(self) -> str | None:
        """The option it leans to, where it has enough to say."""
        return self.best if self._first_two[1] >= self.least else None

    @property
    def _first_two(self) -> tuple[str, float, float]:
        (first, share), *rest = sorted(self.shares.items(), key=lambda p: -p[1])
        return first, share, rest[0][1] if rest else 0.0


def ways(asked: Asked, held: Mapping[str, Sequence[Clause]]) -> list[Way]:
    """Every way to tell which option is meant, each of which stands for some clauses."""
    told = finding_of(asked.item.stem) or core(asked.item.stem)
    ids = {o: [c.id for c in clauses] for o, clauses in held.items()}
    texts = {o: [f"{c.title}。{c.restatement}" for c in clauses] for o, clauses in held.items()}
    return [by_words(asked, texts), *_by_nets(asked, told, ids), _by_engine(asked, told, ids)]


def pointed_at(found: Sequence[Way]) -> str | None:
    """The one option that enough of the ways point at, none of them at another.

    Two that point at it are enough, or overwhelming words, or one that does where more than two have something to say and all lean to it.
    """
    clear = [o for way in found if (o := way.clear) is not None]
    if len(set(clear)) != 1:
        return None
    leaning = [o for way in found if (o := way.best) is not None]
    sure = len(clear) >= _AGREED or any(way.alone for way in found)
    sure = sure or (len(leaning) > _AGREED and len(set(leaning)) == 1)
    return clear[0] if sure else None


def by_words(asked: Asked, texts: Mapping[str, Sequence[str]]) -> Way:
    """By the words of the stem that a text has: rare ones weigh more."""
    said = pairs(without_names(BLANK.sub("", asked.item.stem)))
    weigh = asked.statements.weigh_known
    shares = {o: max((weigh(said & pairs(t)) for t in own), default=0.0) for o, own in texts.items()}
    return Way(shares, WORDS, CLEARLY)


def _by_nets(asked: Asked, told: str, ids: Mapping[str, Sequence[str]]) -> list[Way]:
    """By what each net makes of the finding, among the clauses the options stand for."""
    among = {i for own in ids.values() for i in own}
    out = []
    for net, (least, clearly) in zip(asked.engine.nets, _OF_NETS, strict=False):
        beliefs = dict(net.propose(told, among))
        out.append(Way({o: max(beliefs.get(i, 0.0) for i in own) for o, own in ids.items()}, least, clearly))
    return out


def _by_engine(asked: Asked, told: str, ids: Mapping[str, Sequence[str]]) -> Way:
    """By the one option of whose clauses the finding makes one hold, or touches one."""
    verdict = judged(asked, told)
    touched = {r.clause.id for r in verdict.results if r.status in (*DECISIVE, *OPEN)}
    return Way({o: float(not verdict.fault and bool(touched & set(own))) for o, own in ids.items()}, 1.0, 2.0)
