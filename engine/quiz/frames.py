"""Does a sentence answer the question of a stem? It must have the terms the stem quotes and most of what the stem says beside its options.

A list laid against a sentence about something else proves nothing, however many of the options stand in it.
"""

from __future__ import annotations

import re

from engine.quiz.claims import BLANK, core
from engine.quiz.documents import squash
from engine.quiz.statements import Segment, Statements, pairs

_QUOTED = re.compile("“([^“”]{2,12})”")
_TITLE = re.compile("《([^《》]+)》")
_ASKS = re.compile(
    r"(?:下列|以下)?哪(?:一?[些种类项个]|几[种类项个])?(?:[情场人行][形景所员为])?|下列|以下|(?:情形|内容|单位|人员)?的(?:有|是)(?=[：:（(]|$)|包括(?=[：:（(]|$)|多选|分别"
)
_SHARE = 0.5  # share of what a stem says that a sentence must have to answer it
_OF_DOCUMENT = 0.4  # of one of the document that it names
_NAMED = 0.25  # of one that quotes its term


def share(statements: Statements, stem: str, options: tuple[str, ...], segment: Segment) -> float:
    """The share of a stem's own words, without those of its options, that a sentence has."""
    frame = _ASKS.sub("，", core(BLANK.sub("，", stem)).rstrip("。 ，"))
    said = pairs(frame) - frozenset(p for o in options for p in pairs(o))
    has = segment.wholly | pairs(segment.citation) | pairs(segment.reach)
    return statements.weigh_known(said & has) / (statements.weigh_known(said) or 1.0)


def answers(statements: Statements, stem: str, options: tuple[str, ...], segment: Segment) -> bool:
    """Whether a sentence speaks of just what is asked."""
    text = squash(segment.citation + segment.holder + segment.whole + segment.reach)
    quoted = _QUOTED.findall(stem)
    titles = [t.removeprefix("中华人民共和国") for t in _TITLE.findall(stem)]
    of = bool(titles) and all(t in segment.citation for t in titles)
    least = _NAMED if quoted else _OF_DOCUMENT if of else _SHARE
    return all(squash(q) in text for q in quoted) and share(statements, stem, options, segment) >= least
