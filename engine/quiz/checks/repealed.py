"""Repealed editions and documents: cited by the stem, the key or the explanation though something has taken their place."""

from __future__ import annotations

import re
from datetime import date

from engine.quiz.alarms import OUTDATED, Alarm, Found
from engine.quiz.bank import Item
from engine.quiz.checks.asked import Asked
from engine.quiz.documents import Repealed, set_aside, squash, tells_history
from engine.quiz.editions import name_of
from engine.quiz.polarity import wants_false

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!版|度|修|\d{1,2}月)")

_STILL = re.compile(
    r"至今(?:仍然?)?有效|(?<![不否])仍(?:然)?(?:有效|适用|现行)|(?<!不)继续(?:有效|适用|执行)|(?:未|没有)(?:被)?废止"
)
_ITSELF = re.compile(
    "(?:发文|发布|印发|制定|公布|颁布)(?:的)?(?:机关|单位|部门|主体|日期|时间)|(?:文号|标准号|全称|名称)(?:是|为)|由[^，。]{0,6}(?:印发|发布|公布|制定)"
)
_NOW = re.compile("现行|目前|当前|现在|如今|仍|继续|至今|以来")


def check(asked: Asked, found: Found) -> None:
    """A document cited by the stem, the key or the explanation that no longer applies, and is not called so."""
    item = asked.item
    stem = squash(" ".join((item.stem, *item.right)))
    said = squash(" ".join((item.stem, *item.right, item.explanation, item.basis)))
    bare = _bare(asked, said, said)
    cited = [
        r for r in asked.book.repealed if asked.on >= r.until and (r.pattern.search(said) or r.name in bare)
    ]
    old = next((r for r in cited if not any(k in said for k in r.kept)), None)
    if old is None or _of_then(item.stem, old.until) or wants_false(item.stem) or _of_itself(item):
        return
    place = old.pattern.search(stem)
    if place is not None and set_aside(stem, *place.span()):
        _denied(asked, stem, old, found)
    elif (
        place is None
        and old.name not in _bare(asked, stem, said)
        and _names_heir(asked, squash(f"{item.explanation} {item.basis}"), old, numbered=True)
    ):
        return  # an explanation that sets one beside the other
    elif (
        item.holds is not False
        and (_still(item) or not tells_history(said if place is None else stem))
        and not _names_heir(asked, stem, old)
        and not found.told(OUTDATED)
    ):
        reason = f"引用{old.name}，自{old.until.isoformat()}起已由{old.by}取代"
        found.alarms.append(Alarm(OUTDATED, reason, old.by))


def _of_itself(item: Item) -> bool:
    """Whether it is asked who issued a document, when or under which number, which holds of a repealed one too."""
    return bool(_ITSELF.search(squash(item.stem)) and item.options and not _NOW.search(item.stem))


def _still(item: Item) -> bool:
    """Whether the key, or a statement keyed as right, says that what it cites is in force to this day, beside what it tells of then."""
    return bool(_STILL.search(item.stem if item.holds else "".join(item.right)))


def _denied(asked: Asked, stem: str, old: Repealed, found: Found) -> None:
    """「不得再以旧标准为依据」: right as it stands, wrong to call it wrong where it says nothing else."""
    reason = f"{old.name}自{old.until.isoformat()}起已由{old.by}取代，不再适用"
    if asked.item.holds is not False:
        found.agreed.append(reason)
    elif not [
        s
        for s in asked.book.editions.named(old.pattern.sub("", stem))
        if squash(s.doc_no) not in squash(old.by)
    ]:
        found.alarms.append(Alarm(OUTDATED, f"该说法不应判为错误：{reason}", old.by))


def _of_then(said: str, until: date) -> bool:
    """Whether a text speaks of a year in which the document still applied."""
    years = {int(y) for y in _YEAR.findall(said)}
    return bool(years) and max(years) < until.year and not _NOW.search(said)


def _bare(asked: Asked, text: str, said: str) -> set[str]:
    """The documents of which a text has the bare number (令第4号, of a coal mine)."""
    return {name_of(s) for s in asked.book.editions.numbered(text) if s.domain in said}


def _names_heir(asked: Asked, text: str, old: Repealed, *, numbered: bool = False) -> bool:
    """Whether a text tells of the document and of the one that took its place (两版的名称分别为…).

    `numbered`: it must have the number of that one, however it is written.
    """
    heirs = [s for s in asked.book.editions.named(old.by) if s.in_force(asked.on)]
    if numbered:
        return any(s in asked.book.editions.numbered(text) for s in heirs)
    return any(
        squash(s.doc_no) in text or (squash(s.title) in text and squash(s.title) not in squash(old.name))
        for s in heirs
    )
