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
_LACKS = re.compile("没有?|未|(?<!得)不(?!得)|拒|无")
_HEAVY, _SOME, _FAR = (
    30.0,
    0.3,
    1.7,
)  # weight and share of what was not done, and times the next, to be the one meant
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
    settled = _of_breach(asked, laws[0], breach) or _of_lack(asked, laws[0])
    if settled is None:
        return
    duty, fits = settled
    law = f"《{laws[0]}》{fits}"
    if fits in item.right:
        found.agreed.append(f"{fits}：{law}")
    else:
        found.alarms.append(
            Alarm(ARTICLE, f"应为{fits}，不是{item.right[0]}，罚的是没有做到：{duty.duty}", law)
        )


def _of_breach(asked: Asked, law: str, breach: frozenset[str]) -> tuple[Duty, str] | None:
    """The duty that has most of a breach told in a phrase, and the one option that punishes it."""
    ranked = sorted(_punished(asked, law, breach), key=lambda p: -p[0])
    if not ranked or ranked[0][0] < _SHARE:
        return None
    share, duty, given = ranked[0]
    best = breach & pairs(duty.duty)
    for n, other, articles in ranked[1:]:
        if n >= _CLEAR * share and not given & articles and not breach & pairs(other.duty) < best:
            return None  # it has something of the breach that the best has not
    fits = [o for o in asked.item.options if squash(o) in given]
    return (duty, fits[0]) if len(fits) == 1 and duty.confidence == "verified" else None


def _of_lack(asked: Asked, law: str) -> tuple[Duty, str] | None:
    """Of a breach told as a story the duty that has what was not done, where those of the other options have far less of it."""
    parts = re.split("[，。；]", BLANK.sub("", asked.item.stem))
    lack = pairs(_FRAME.sub("，", "，".join(p for p in parts if _LACKS.search(p))))
    punished = sorted(_punished(asked, law, lack), key=lambda p: -p[0])
    best: dict[str, tuple[float, Duty]] = {}
    for share, duty, given in reversed(punished):
        best |= {o: (share, duty) for o in asked.item.options if any(_within(a, squash(o)) for a in given)}
    ranked = sorted(best.items(), key=lambda p: -p[1][0])
    if len(ranked) < 2 or any(duty.confidence != "verified" for _, (_, duty) in ranked[:1]):
        return None
    (option, (share, duty)), (_, (next_, _)) = ranked[:2]
    heavy = asked.statements.weigh_known(lack & pairs(duty.duty)) >= _HEAVY
    return (duty, option) if heavy and share >= _SOME and share >= _FAR * next_ else None


def _within(article: str, place: str) -> bool:
    """Whether an article is a place, or stands within it (第九十七条第五项: 第九十七条)."""
    return article == place or article.startswith(f"{place}第")


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
