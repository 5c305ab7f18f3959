"""Options that are laws and rules, of which the stem asks in which one a duty stands: the one the register has it from."""

from __future__ import annotations

import re

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, DENIES
from engine.quiz.documents import squash
from engine.quiz.prove import duty_holds
from engine.quiz.statements import SURE, Segment
from kb.national import Duty

_ASKED = re.compile("规定|出自|依据|来源|来自|见于|源于|哪[部一个]|要求")
_PUNISHED = re.compile("处罚|罚款|罪|追究|处以")
_TITLE = re.compile(
    "《?((?:中华人民共和国)?[\u4e00-\u9fff、]{2,40}(?:法|条例|规定|办法|规程|规则|意见|通知))》?(?:（[^（）]*）)?"
)
_STATE = "中华人民共和国"
_AS_LIKE = 0.75  # the share of the likest duty's likeness from which another may be meant


def check(asked: Asked, found: Found) -> None:
    """The document keyed, against those of the duties that say what the stem says."""
    item = asked.item
    titles = {o: m[1].removeprefix(_STATE) for o in item.options if (m := _TITLE.fullmatch(o.strip()))}
    if item.holds is not None or len(item.right) != 1 or len(titles) < max(3, len(item.options) - 1):
        return
    stem = BLANK.sub("", item.stem)
    if DENIES.search(stem) or _PUNISHED.search(stem) or not _ASKED.search(stem):
        return
    near = [(n, s) for n, s in asked.statements.like(stem, asked.industries)[:8] if s.kind == "职责"]
    if not near or near[0][0] < SURE or not near[0][1].verified:
        return
    about = [s for n, s in near if n >= _AS_LIKE * near[0][0]]
    fits = {o for s in about for o, title in titles.items() if _stands(asked, title, s)}
    first = near[0][1]
    if item.right[0] in fits:
        found.agreed.append(f"{item.right[0]}：{first.citation}")
    elif len(fits) == 1:
        reason = f"见{first.citation}，不是{item.right[0]}：{first.whole}"
        found.alarms.append(Alarm(ARTICLE, reason, first.citation))


def _stands(asked: Asked, title: str, segment: Segment) -> bool:
    """Whether a duty is from the document of a title, by its title or by its number."""
    duty: Duty = asked.book.registers.duty[segment.source]
    names = (title, *asked.book.instruments.also_written(title))
    return duty_holds(duty, asked.on) and any(
        re.search(f"(?:^|[《；，]|{_STATE}){re.escape(squash(n))}(?![法条规办])", squash(b)) is not None
        for b in duty.basis
        for n in names
    )
