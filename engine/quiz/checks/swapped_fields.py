"""判断 statements that have all of a duty but one field: its number, or the one who acts or is acted on."""

from __future__ import annotations

from engine.quiz import fielded
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.agents import OPEN
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.entailed import likest, of_document, says


def check(asked: Asked, found: Found) -> None:
    """A statement that no sentence says, and a duty does with its own number or its own agent in one place.

    That the number is right bears out no statement that names another for the act. A duty open to others (由…和其他…) refutes nobody.
    """
    item = asked.item
    if item.holds is None or asked.levels:
        return
    near = [s for s in likest(asked) if of_document(asked, s)]
    if any(says(s, item.stem) for s in near):
        return
    for segment in (s for s in near if s.verified and not OPEN.search(s.whole)):
        if told := fielded.told_otherwise(segment, item.stem):
            if item.holds:
                found.agreed.clear()
                reason = f"不是“{told}”，规定是：{segment.holder}：{segment.whole}"
                found.alarms.append(Alarm(TERM, reason, segment.citation))
            elif not found.agreed:
                found.agreed.append(f"{segment.whole}：{segment.citation}")
            return
