"""Days of standards: which edition applies on a day, from when, till when, and which one holds now."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.quiz.alarms import FIGURE, OUTDATED, Alarm, Found
from engine.quiz.checks import governing
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import DATED, core
from engine.quiz.documents import set_aside, squash
from engine.quiz.polarity import level_of

_APPLIES = re.compile(r"应当?(?:按照?|依据|适用|依照|执行)|适用")
_OF_DOCUMENTS = frozenset((FIGURE, OUTDATED))
_BESIDES = re.compile(
    "除[^，。；]{2,30}(?:之|以)?外"
)  # 除令第21号外，还应依据…: of that one nothing is asked
_INSTEAD = re.compile("(?:代替|取代|替代)了?[^，。；《》]{2,40}的(?=《|[新现]行?[^，。；]{0,4}标准)")
_TITLED = re.compile("《[^《》]*》")


def check(asked: Asked, found: Found) -> None:
    """What a stem says of standards and their days, then the edition a day is judged by: one thing wrong is enough to be wrong."""
    own = Found()
    stem = _INSTEAD.sub("", asked.item.stem)  # what the document asked of took the place of
    asked.book.editions.check(replace(asked.item, stem=stem), asked.on, own)
    if (own.alarms or own.agreed) and (meant := governing.likely(asked)):  # a boiler in a mine
        own.alarms = [] if meant in asked.item.right else own.alarms
        own.agreed = own.agreed if meant in asked.item.right else []
    if asked.item.holds is not False or not own.agreed:
        _by_edition(asked, own)
    found.agreed += own.agreed
    told = {t for a in found.alarms if a.kind in _OF_DOCUMENTS for t in _TITLED.findall(a.citation)}
    found.alarms += [a for a in own.alarms if not told & set(_TITLED.findall(a.citation))]  # one fault, once


def _by_edition(asked: Asked, found: Found) -> None:
    """A stem that sets a day and says by which edition that day is judged."""
    if (
        not DATED.search(asked.item.stem)
        or not _APPLIES.search(asked.item.stem)
        or "起施行" in asked.item.stem
    ):
        return
    said = squash(_BESIDES.sub("", " ".join((asked.item.stem, *asked.item.right))))
    named = [s for s in asked.book.kb.standards if squash(s.doc_no) in said]
    named = [
        s for s in asked.book.editions.numbered(said) if s.domain in said
    ] or named  # one number, two parts
    named = named or [s for s in asked.book.kb.standards if squash(s.title) in said]
    if len(named) != 1 or level_of(core(asked.item.stem)) is not None:
        return
    on = asked.on
    standard, keyed = named[0], asked.item.holds is not False
    own = asked.book.editions.written(standard).search(said)
    if own is not None and set_aside(said, *own.span()):
        keyed = not keyed  # 不得再适用旧标准
    name = f"《{standard.title}》（{standard.doc_no}）"
    if standard.in_force(on) is keyed:
        found.agreed.append(f"{on.isoformat()}：{name}")
        return
    until = f"至{standard.expired.isoformat()}止" if standard.expired else "起有效"
    reason = f"{name}自{standard.effective.isoformat()}{until}，{on.isoformat()}{'适用' if standard.in_force(on) else '不适用'}"
    found.alarms.append(Alarm(OUTDATED, reason, name))
