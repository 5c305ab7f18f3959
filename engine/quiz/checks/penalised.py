"""Options that are articles, of which the stem asks by which a breach is punished: the one the register gives for that breach."""

from __future__ import annotations

import re

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK
from engine.quiz.documents import squash
from engine.quiz.prove import duty_holds
from engine.quiz.statements import pairs
from kb.national import Duty

_OUTSIDE = re.compile(
    r"不(?:适用|属于|包括|应|能|得)[^，。；]{0,6}(?:依据|依照|按照?|处罚|《)|(?<!以)外|错误|不正确"
)
_ASKED = re.compile(r"处罚|罚则|罚款|法律责任")
_PLACE = re.compile(
    r"第[零一二三四五六七八九十百]+条(?:之[一二三])?(?:第[一二三四五六七八九十]+款)?(?:第[一二三四五六七八九十]+项)?"
)
_FRAME = re.compile(
    r"《[^《》]*》|处罚依据|依据|应当?|(?:没有|未|不)(?:按照?|依照?)?规定|给予|处罚|罚款|生产经营单位|企业|的|是|由"
)
_SHARE = 0.5  # share of the breach told that a duty must have
_CLEAR = 0.8  # the share of the best that a duty with another penalty must not reach


def check(asked: Asked, found: Found) -> None:
    """The article keyed against those of the one duty that the breach is about."""
    item = asked.item
    places = {o: _PLACE.fullmatch(squash(o)) for o in item.options}
    if len(item.right) != 1 or len(places) < 3 or not all(places.values()):
        return
    if not _ASKED.search(item.stem) or _OUTSIDE.search(item.stem):
        return
    breach = pairs(_FRAME.sub("，", BLANK.sub("", item.stem)))
    laws = re.findall("《([^《》]+)》", item.stem)
    if len(laws) != 1 or not breach:
        return
    ranked = sorted(_punished(asked, laws[0], breach), key=lambda p: -p[0])
    if not ranked or ranked[0][0] < _SHARE:
        return
    share, duty, given = ranked[0]
    best = breach & pairs(duty.duty)
    for n, other, articles in ranked[1:]:
        if n >= _CLEAR * share and not given & articles and not breach & pairs(other.duty) < best:
            return  # it has something of the breach that the best has not
    fits = [o for o in item.options if squash(o) in given]
    if len(fits) != 1 or duty.confidence != "verified":
        return
    law = f"《{laws[0]}》{fits[0]}"
    if fits[0] in item.right:
        found.agreed.append(f"{fits[0]}：{law}")
    else:
        found.alarms.append(
            Alarm(ARTICLE, f"应为{fits[0]}，不是{item.right[0]}，罚的是没有做到：{duty.duty}", law)
        )


def _punished(asked: Asked, law: str, breach: frozenset[str]) -> list[tuple[float, Duty, frozenset[str]]]:
    """The duties in force that a law sets penalties for, with their share of the breach and the articles."""
    out, weigh = [], asked.statements.weigh
    for duty in asked.book.registers.duties:
        given = frozenset(
            place[0]
            for p in duty.penalty
            if law.removeprefix("中华人民共和国") in p.basis and (place := _PLACE.search(squash(p.basis)))
        )
        if given and duty_holds(duty, asked.on):
            out.append((weigh(breach & pairs(duty.duty)) / (weigh(breach) or 1.0), duty, given))
    return out
