"""「两项同时具备才构成」 said of a clause that lists each of the two on its own."""

from __future__ import annotations

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.literal import either_enough


def check(asked: Asked, found: Found) -> None:
    """A statement that asks for both where one is enough."""
    if asked.item.holds is None or (either := either_enough(asked.statements, asked.item.stem)) is None:
        return
    rule = f"有其一即构成，规定是：{either.whole}"
    if asked.item.holds:
        found.alarms.append(Alarm(LEVEL, rule, either.citation))
    else:
        found.agreed.append(rule)
