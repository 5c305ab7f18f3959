"""「两项同时具备才构成」 said of a clause that lists each of the two on its own, 「具备其一」 of one that asks for both."""

from __future__ import annotations

from dataclasses import replace

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.levels import settle
from engine.quiz.claims import statement
from engine.quiz.joint import both_of, either_of, joint, put_aside
from engine.quiz.lifted import both_needed, each_of
from engine.quiz.literal import either_enough, needless
from engine.quiz.statements import LIKE
from kb.models import Clause


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
    if aside := put_aside(asked.item.stem):
        _aside(asked, aside, found)
        return
    told = statement(asked.item.stem)
    both = both_needed(asked.statements, told[0]) if told and told[1] else None
    either = both or either_enough(asked.statements, asked.item.stem)
    if either is None and _by_conditions(asked, told[0] if told and told[1] else "", found):
        return
    if either is None:
        if told and told[1] and not asked.item.holds:
            _each_alone(asked, each_of(told[0]), found)
        return
    rule = f"{'须同时具备才构成' if both else '有其一即构成'}，规定是：{either.whole}"
    if asked.item.holds:
        found.alarms.append(Alarm(LEVEL, rule, either.citation))
    else:
        found.agreed.append(rule)


def _aside(asked: Asked, finding: str, found: Found) -> None:
    """「只有甲才算，乙不算」 where 乙 is a hazard as well."""
    tried = asked.again(replace(asked.item, stem=f"{finding}，不构成重大事故隐患。", key="对"))
    if tried.alarms and asked.item.holds:
        found.alarms.append(tried.alarms[0])
    elif tried.alarms:
        found.agreed.append(tried.alarms[0].reason)


def _by_conditions(asked: Asked, finding: str, found: Found) -> bool:
    """Whether the conditions of the clause a statement is about tell how it has the two things joined."""
    either, both = either_of(finding), both_of(asked.item.stem)
    two = either or both
    clause = clause_of(asked, "，".join(two)) if two else None
    held = joint(clause, *two) if two and clause is not None else None
    if clause is None or held is None:
        return False
    so = held.either if either else held.both
    if not so and bool(both) not in (held.one, held.two):
        return False
    needed = so is bool(both)
    rule = f"{'须同时具备才构成' if needed else '有其一即构成'}，规定是：{clause.restatement}"
    if so is asked.item.holds:
        found.agreed.append(rule)
    elif asked.item.holds or either or held.only:
        found.alarms.append(Alarm(LEVEL, rule, asked.book.cite(clause)))
    else:
        return False
    return True


def clause_of(asked: Asked, told: str) -> Clause | None:
    """The one clause that a question cites, or the one most like what it tells."""
    if len(asked.hinted) == 1:
        return asked.hinted[0]
    near = [s.source for n, s in asked.likest(told, 1) if s.kind == "条款" and n >= LIKE]
    near = [id for id in near if not asked.hinted or id in asked.hinted_ids]
    return asked.book.clauses[near[0]] if near else None


def _each_alone(asked: Asked, parts: tuple[str, ...], found: Found) -> None:
    """「甲或者乙，有其一即构成」 keyed as wrong, where each of them alone is a hazard."""
    tried = [Found() for _ in parts]
    for part, one in zip(parts, tried, strict=True):
        settle(asked, part, False, one)
    if len(parts) > 1 and all(one.alarms for one in tried):
        found.alarms.append(tried[0].alarms[0])
