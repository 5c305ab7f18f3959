"""Statements of documents that have ended or apply still, each against the editions held (甲随乙施行废止, 不得再用于新的判定)."""

from __future__ import annotations

from engine.quiz import succession
from engine.quiz.alarms import OUTDATED, Alarm, Found
from engine.quiz.checks.asked import Asked


def check(asked: Asked, found: Found) -> None:
    """A 判断 all of whose sayings of documents stand, or one of which does not."""
    if asked.item.holds is None:
        return
    told = succession.told(asked.item.stem, asked.book.editions, asked.book.repealed, asked.on)
    wrong = [(n, over) for n, over in told if n.over is not over]
    if not told:
        return
    named, _ = (wrong or told)[0]
    rule = f"{named.name}{'已经废止或者被取代' if named.over else '现行有效，没有废止'}"
    if bool(wrong) is not asked.item.holds:
        found.agreed.append(rule)
    elif wrong or succession.nothing_else(
        asked.item.stem, asked.book.editions, asked.book.repealed, asked.on
    ):
        why = rule if wrong else f"该说法与规定一致，不应判为错误：{rule}"
        found.alarms.append(Alarm(OUTDATED, why, named.name))
