"""Options that are places (第四十一条, 第（三）项): the one where the sentence stands that says what the stem says."""

from __future__ import annotations

import re

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.cloze import ALARMED, asks_outside
from engine.quiz.documents import squash
from engine.quiz.statements import Segment

_NUMERAL = "[一二三四五六七八九十百零]+"
_PLACE = re.compile(
    rf"第?(?:{_NUMERAL}条)?(?:第?{_NUMERAL}款)?(?:第?{_NUMERAL}项)?|\d+(?:\.\d+)+(?: ?[a-z])?"
)
_NUMBERED = re.compile(r"第\s*(?:[（(][\s　_＿]*[）)]|[_＿]{2,})\s*条")
_NAMED = re.compile("《[^《》]+》")
_ARTICLE = re.compile(rf"第{_NUMERAL}条")
_AS_LIKE = 0.8  # the share of the likest's share that is as like


def check(asked: Asked, found: Found) -> None:
    """The place of the likest sentence of the document named; silent where as like a one stands in another place asked of."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or asked.levels:
        return
    if not item.options:
        _filled_in(asked, found)
        return
    places = {o: squash(o) for o in item.options}
    places = {o: p for o, p in places.items() if p and _PLACE.fullmatch(p)}
    few = len(item.options) < 3 or len(places) < len(item.options) - 1  # 不在列 may be one of them
    if few or asks_outside(item.stem):
        return
    near = [(n, s) for n, s in asked.cloze_of_all.near if _placed(s)]
    near = [(n, s) for n, s in near if near[0][0] >= ALARMED and n >= _AS_LIKE * near[0][0]]
    article = _ARTICLE.search(item.stem)
    told = {
        o
        for _, s in near
        for o, p in places.items()
        if _stands(p, squash(s.citation)) and (article is None or article[0] in s.citation)
    }
    if len(told) != 1 or not near or not near[0][1].verified:
        return
    (right,), segment = told, near[0][1]
    if not _stands(places[right], squash(segment.citation)):
        return
    if right in item.right:
        found.agreed.append(f"{right}：{segment.citation}")
    else:
        reason = f"见{segment.citation}，不是{item.right[0]}：{segment.whole}"
        found.alarms.append(Alarm(ARTICLE, reason, segment.citation))


def _filled_in(asked: Asked, found: Found) -> None:
    """「规定在第（　）条」: the article of the likest sentence of the document named, where it is far the likest."""
    stem, key = asked.item.stem, squash(asked.item.right[0]).removeprefix("第").removesuffix("条")
    if not _NUMBERED.search(stem) or not re.fullmatch(_NUMERAL, key) or not _NAMED.search(stem):
        return
    near = [(n, s) for n, s in asked.cloze_of_all.near if _placed(s) and s.verified]
    near = [(n, s) for n, s in near if near[0][0] >= ALARMED and n >= _AS_LIKE * near[0][0]]
    articles = {a[0] for _, s in near if (a := _ARTICLE.search(s.citation))}
    if f"第{key}条" in articles:
        found.agreed.append(f"第{key}条：{near[0][1].citation}")
    elif len(articles) == 1:
        segment = near[0][1]
        reason = f"见{segment.citation}，不是第{key}条：{segment.whole}"
        found.alarms.append(Alarm(ARTICLE, reason, segment.citation))


def _placed(segment: Segment) -> bool:
    """Whether a sentence has a place of its own: of a clause, a duty, or a general rule of a standard."""
    return segment.kind in ("条款", "职责") or (
        segment.kind == "标准" and bool(_ARTICLE.search(segment.citation))
    )


def _stands(place: str, citation: str) -> bool:
    """Whether a citation is of a place: the very number, not one that ends or goes on from it (四条, 第十四条; 第四条, 第四条之一)."""
    inner = r"\d.一二三四五六七八九十百零"
    return re.search(rf"(?<![{inner}]){re.escape(place)}(?![\d.]|之{_NUMERAL})", citation) is not None
