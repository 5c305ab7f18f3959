"""「下列情形中，不以…为前提的是（ ）」: each option with what is asked of it, checked as a statement by itself by every check."""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.bank import Item
from engine.quiz.checks.asked import Asked

_ASKS = re.compile(
    r"^(?P<lead>(?:根据|依据|按照?|依照)[^，。；]{2,40}[，,])?(?:下列|以下)(?P<kind>[^，。；（(《]{1,12}?)(?:中|里)[，,]?"
    r"(?P<document>(?:GB|AQ) ?\d+(?:[-—]\d{4})?(?:规定)?[，,]?)?(?P<said>[^。；（(_]{4,60}?)"
    r"的(?:一项|情形)?(?:是|有|为)[：:\s　]*(?:[（(][\s　]*[）)]|_{2,})?[。？]?$"
)
_FEWEST = 3  # options of which one is asked


def check(asked: Asked, found: Found) -> None:
    """The one option of which the statement is borne out, and its denial alarmed, must be the one keyed."""
    item = asked.item
    told = _ASKS.match(item.stem.strip())
    if told is None or asked.levels or item.holds is not None:
        return
    if len(item.right) != 1 or len(item.options) < _FEWEST:
        return
    lead = (told["lead"] or "") + (f"按{told['document'].strip('，,')}，" if told["document"] else "")
    said = {o: f"{lead}{o}{told['said']}。" for o in item.options}
    so = [o for o in item.options if _tried(asked, said[o], "对").agreed]
    if len(so) != 1:
        return
    (option,) = so
    against = _tried(asked, said[option], "错").alarms
    if option in item.right:
        found.agreed += _tried(asked, said[option], "对").agreed
    elif against:
        reason = f"应为“{option}”，不是“{item.right[0]}”：{against[0].reason}"
        found.alarms.append(Alarm(TERM, reason, against[0].citation))


def _tried(asked: Asked, statement: str, key: str) -> Found:
    """A statement by itself; nothing where it is alarmed as well as borne out."""
    found = asked.again(Item(asked.item.place, statement, (), key, topic=asked.industry))
    return Found() if found.alarms and found.agreed else found
