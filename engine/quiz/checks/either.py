"""「两项同时具备才构成」 said of a clause that lists each of the two on its own, 「具备其一」 of one that asks for both."""

from __future__ import annotations

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.levels import settle
from engine.quiz.claims import statement
from engine.quiz.lifted import both_needed, each_of
from engine.quiz.literal import either_enough, needless


def check(asked: Asked, found: Found) -> None:
    """A statement that asks for both where one is enough, or for one where both are needed."""
    if asked.item.holds is None:
        return
    if (free := needless(asked.statements, asked.item.stem)) is not None:
        segment, wanted = free
        rule = f"不以此为条件，规定是：{segment.whole}"
        if wanted is asked.item.holds:
            found.alarms.append(Alarm(LEVEL, rule, segment.citation))
        else:
            found.agreed.append(rule)
        return
    told = statement(asked.item.stem)
    both = both_needed(asked.statements, told[0]) if told and told[1] else None
    either = both or either_enough(asked.statements, asked.item.stem)
    if either is None:
        if told and told[1] and not asked.item.holds:
            _each_alone(asked, each_of(told[0]), found)
        return
    rule = f"{'须同时具备才构成' if both else '有其一即构成'}，规定是：{either.whole}"
    if asked.item.holds:
        found.alarms.append(Alarm(LEVEL, rule, either.citation))
    else:
        found.agreed.append(rule)


def _each_alone(asked: Asked, parts: tuple[str, ...], found: Found) -> None:
    """「甲或者乙，有其一即构成」 keyed as wrong, where each of them alone is a hazard."""
    tried = [Found() for _ in parts]
    for part, one in zip(parts, tried, strict=True):
        settle(asked, part, False, one)
    if len(parts) > 1 and all(one.alarms for one in tried):
        found.alarms.append(tried[0].alarms[0])
