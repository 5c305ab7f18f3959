"""A term that has run out, told by a date: 「检验有效期止于9月，11月仍在跑」 says what 「检验已过期」 says.

Such a date is put into words, so that every term that says it in words serves the date too. A date that is not
past, or after which the paper was renewed, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DATE = (
    r"(?:(?P<year>20\d\d)[-./](?P<month>1[0-2]|0?[1-9])(?:[-./](?P<day>\d{1,2}))?(?!\d)"
    r"|(?:(?P<written>20\d\d|去|今|本|上)年)?(?P<of>(?<!\d)(?:1[0-2]|0?[1-9]))月份?(?:(?P<at>\d{1,2})[日号])?)(?:底|末|初)?"
)
_UNTIL = re.compile(
    r"(?:有效期限?|合格期限?|有效日期|有效期间|期限|(?:下次|下一次|应)[检校审][验定测]?(?:日期|时间)?)"
    r"(?:仅|只|已)?(?:止于|截止(?:于|到|至|日期)?|截至|到|至|为|止|是|:)+(?:了|的是)?" + _DATE + r"为?止?"
)
_RAN_OUT = re.compile(
    r"(?:已?于|在|到)?" + _DATE + r"(?:已|就|便|即)?(?:到期|期满|届满|过期|失效|过了期)(?!前|以?前)"
)
_ANY_DATE = re.compile(_DATE)
# after the date: that it is still used, or that time has passed
_SINCE = re.compile(
    r"仍|还(?!款)|至今|到现在|目前|继续|照常|照样|一直|之后|以后|以来|依旧|现(?:场|在)?|当[天日班月]|检查[时当]|未(?:换|续|延|复|重新|再|办)|没(?:有)?(?:换|续|延|复|再|办)"
)
_RENEWED = re.compile(
    r"(?<![未没不])(?<!没有)(?<!未能)(?<!未经)(?:已经?|重新|及时|又)(?:[\u4e00-\u9fff]{0,4}?)(?:换[发证领]|续[期办展]|延[期续]|复[检审]|办理|检验合格|年检|[年\d]*度检验|更换|停用|停驶|停运|封存|停止)|未到期|没到期|(?<![未没])(?:即将|将于|将要|快要?|临近)到?期?"
)
# a new paper, or a holder who is no longer there
_ANEW = re.compile(
    r"(?<![无未没])新证|(?<![未没不])(?:取得|领取|领到|拿到)新|延续后|(?:已|已经)(?:离职|离场|离岗|调离|调岗|辞职|退场|退休|报废|淘汰)"
)
_ARRANGED = re.compile(r"安排|申请|计划|准备|联系|报名|约")
_OF_OTHERS = re.compile(r"其余|其他|其它|另外?[一二两三四五\d有]|别的")
_TERM = re.compile(r"(?:至|到|为|延长到|延至)" + _DATE)
_MANNER = re.compile(r"(?:现场|经查?|显示|标注|标明|记载|证载|载明|铭牌|上|的|为|于|已|均|,|:|其|,)+$")
_WORDS = ("已过期", "过期", "到期", "超过有效期", "有效期已过")


@dataclass(frozen=True)
class Expired:
    """A stretch that tells that a term has run out, what of, and the words it amounts to."""

    start: int
    end: int
    of: str
    wordings: tuple[str, ...]


def expired(text: str, on: date | None = None) -> Iterator[Expired]:
    """Every date of a normalised text by which something has run out on a day.

    A date without a year is past only where the text goes on to say what happened since; one with a year where it lies
    before the day, or, without a day, before another date of the text.
    """
    for sentence in re.finditer(r"[^;。\n]+", text):
        start, end = sentence.span()
        for pattern in (_UNTIL, _RAN_OUT):
            for m in pattern.finditer(text, start, end):
                after = text[m.end() : end]
                if _renewed(after, on) or _RENEWED.search(text, max(start, m.start() - 6), m.start()):
                    continue
                if _is_past(m, after, on):
                    yield _worded(text, start, m)


def _renewed(after: str, on: date | None) -> bool:
    """Whether what follows tells that the paper was renewed or its holder has gone, or gives a later term."""
    for m in _RENEWED.finditer(after):
        if not (_ARRANGED.search(m[0]) or _OF_OTHERS.search(after, 0, m.start())):
            return True
    if _ANEW.search(after):
        return True
    terms = (_day(m, on) for pattern in (_UNTIL, _TERM) for m in pattern.finditer(after))
    return on is not None and any(d >= on.timetuple()[:3] for d in terms)


def _is_past(m: re.Match[str], after: str, on: date | None) -> bool:
    until = _day(m, on)
    later = [d for found in _ANY_DATE.finditer(after) if (d := _day(found, on, until[0]))]
    if (m["year"] or m["written"]) is not None:
        return until < (on.timetuple()[:3] if on else max(later, default=until))
    return bool(_SINCE.search(after)) or any(until < d for d in later)


def _day(m: re.Match[str], on: date | None, year: int = 0) -> tuple[int, int, int]:
    """Year, month and day of a date as written; a month runs to its end, a date without a year is of that given."""
    this = on.year if on else year
    written = m["year"] or m["written"] or ""
    if written in ("去", "上"):
        this -= 1
    elif written.isdigit():
        this = int(written)
    elif not written:
        this = year or this
    return this, int(m["month"] or m["of"]), int(m["day"] or m["at"] or 31)


def _worded(text: str, start: int, m: re.Match[str]) -> Expired:
    what = _MANNER.sub("", text[max(start, m.start() - 24) : m.start()])
    return Expired(m.start(), m.end(), what, tuple(f"{what}{w}" for w in _WORDS))
