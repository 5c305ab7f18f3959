"""How far the rules tell of the options of an item: by the words of each option that the stem has not said already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.quiz import frames
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.belongs import without_stem
from engine.quiz.statements import Segment, pairs

_JOINS = re.compile("[和及与或的、]|以及|并且?")
_QUOTED = re.compile("“[^“”]{2,12}”")
_APART = 0.34  # share of an option's own words that no sentence has
_MORE = 0.2  # of it more than any other option
TELLS = 0.5  # share that a rule has of those it tells of, taken together
EACH = 0.25  # of each of them
_STEM = 0.15  # share of a stem that a rule about the same has
_ABOUT = 0.8  # that and the share of the options together


@dataclass(frozen=True)
class Options:
    """The options of one item with their words, without those of the stem."""

    asked: Asked

    @cached_property
    def own(self) -> dict[str, frozenset[str]]:
        stem = self.asked.item.stem
        said = {o: pairs(_JOINS.sub("，", without_stem(o, stem) or o)) for o in self.asked.item.options}
        return {o: (words - pairs(stem)) or words or pairs(o) for o, words in said.items()}

    @cached_property
    def unknown(self) -> dict[str, float]:
        """The share of each option's words that no sentence has."""
        known = self.asked.statements.known
        return {o: len(words - known) / (len(words) or 1) for o, words in self.own.items()}

    def apart(self, among: Iterable[str]) -> str:
        """The one of some options that stands apart; empty where none does."""
        first, second = sorted(among, key=lambda o: -self.unknown[o])[:2]
        far = self.unknown[first] >= max(_APART, self.unknown[second] + _MORE)
        return first if far else ""

    def weighed(self, option: str, words: frozenset[str]) -> float:
        """The share of an option's words that are among some."""
        weigh = self.asked.statements.weigh
        return weigh(self.own[option] & words) / (weigh(self.own[option]) or 1.0)

    def has(self, option: str, segments: Iterable[Segment]) -> float:
        """The most of an option's words that one of some sentences has."""
        return max((self.weighed(option, s.wholly | pairs(s.reach)) for s in segments), default=0.0)

    def _quotes(self, segments: Iterable[Segment]) -> int:
        """How many of the terms that the stem quotes one of some sentences has."""
        return max(sum(q in s.whole for q in _QUOTED.findall(self.asked.item.stem)) for s in segments)

    def stem(self, segments: Iterable[Segment]) -> float:
        """The most of the stem that one of some sentences has."""
        item = self.asked.item
        return max(frames.share(self.asked.statements, item.stem, item.options, s) for s in segments)

    def rules(self, told: Iterable[str], whole: bool = False) -> list[tuple[Segment, ...]]:
        """The duties and clauses (or standards, `whole`) that tell of all of some options, the likest first."""
        asked, told = self.asked, list(told)
        held: dict[str, list[Segment]] = {}
        for s in asked.statements.allowed(asked.industries, penalties=True):
            if s.verified and s.kind != "罚则":
                of = (
                    s.whole if s.kind == "标准" else s.source
                )  # what a standard says of itself is of many matters
                key = asked.book.clauses[s.source].standard if whole and s.kind == "条款" else of
                held.setdefault(key, []).append(s)
        ranked = []
        for segments in held.values():
            shares = [self.has(o, segments) for o in told]
            mean = sum(shares) / len(shares)
            if min(shares) >= EACH and mean >= TELLS:
                stem = self.stem(segments)
                if mean >= 1 or (stem >= _STEM and mean + stem >= _ABOUT):
                    ranked.append((self._quotes(segments) + mean + stem, segments))
        ranked.sort(key=lambda r: -r[0])
        return [tuple(segments) for _, segments in ranked]
