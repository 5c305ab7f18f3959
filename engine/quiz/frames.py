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
_ACCORDING = re.compile("^(?:根据|依据|按照?|依照)[^，]*，|《[^《》]*》(?:（[^（）]*）)?")
_LEVEL = re.compile(
    "(?:可以?|应当?)?(?:判定|认定|列)?(?:属于|构成|为)(?:特种设备(?=重大))?|所列|(?:(?<=，)[^，。；]{2,6}|生产安全)?(?:重大|严重)(?:生产安全)?(?:事故|安全)?隐患(?:的(?:情形)?(?:有|是)?|包括)?|有?情形(?:之一)?"
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


def subject(stem: str) -> str:
    """What a stem says its options are about, without the words that ask and the level asked for.

    >>> subject("下列属于燃煤发电厂贮灰场重大隐患的有（ ）。"), subject("下列起重机械有所列情形仍继续使用，应判定为特种设备重大事故隐患的有（ ）。")
    ('燃煤发电厂贮灰场', '起重机械仍继续使用')
    """
    told = _LEVEL.sub("", _ASKS.sub("", _ACCORDING.sub("", BLANK.sub("", stem)).rstrip("。 ，")))
    return re.sub(r"[\s，：（）。“”]", "", told)


def answers(statements: Statements, stem: str, options: tuple[str, ...], segment: Segment) -> bool:
    """Whether a sentence speaks of just what is asked."""
    text = squash(segment.citation + segment.holder + segment.whole + segment.reach)
    quoted = _QUOTED.findall(stem)
    titles = [t.removeprefix("中华人民共和国") for t in _TITLE.findall(stem)]
    of = bool(titles) and all(t in segment.citation for t in titles)
    least = _NAMED if quoted else _OF_DOCUMENT if of else _SHARE
    return all(squash(q) in text for q in quoted) and share(statements, stem, options, segment) >= least
