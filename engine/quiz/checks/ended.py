"""Statements of documents that have ended or apply still, each against the editions held (甲随乙施行废止, 不得再用于新的判定)."""

from __future__ import annotations

import re

from engine.quiz import succession
from engine.quiz.alarms import OUTDATED, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK
from engine.quiz.documents import squash
from engine.quiz.editions import name_of

_ENDED = re.compile(
    r"(?:废止|取代|代替)(?:了)?的?(?:旧|原)?(?:文件|标准|规定|办法|规则|准则|通知)?(?:是|为|[:：]|$)"
)


def check(asked: Asked, found: Found) -> None:
    """A 判断 all of whose sayings of documents stand, or one of which does not; of options, the one that a document ended."""
    if asked.item.holds is None:
        _of_options(asked, found)
        return
    told = succession.told(asked.item.stem, asked.book.editions, asked.book.repealed, asked.on)
    wrong = [(n, over) for n, over in told if n.over is not over]
    if not told:
        return
    named, _ = (wrong or told)[0]
    rule = f"{named.name}{'已经废止或者被取代' if named.over else '现行有效，没有废止'}"
    if bool(wrong) is not asked.item.holds:
        found.agreed.append(rule)
    elif found.told(OUTDATED):
        return  # a document that has ended is told once
    elif wrong or succession.nothing_else(
        asked.item.stem, asked.book.editions, asked.book.repealed, asked.on
    ):
        why = rule if wrong else f"该说法与规定一致，不应判为错误：{rule}"
        found.alarms.append(Alarm(OUTDATED, why, named.name))


def _of_options(asked: Asked, found: Found) -> None:
    """「令第10号施行，同时废止的文件是」: the option that the document named has taken the place of."""
    item = asked.item
    if len(item.right) != 1 or not _ENDED.search(BLANK.sub("", item.stem).rstrip("。？? ")):
        return
    named = [s for s in asked.book.editions.named(item.stem) if s.in_force(asked.on)]
    if len(named) != 1:
        return
    number = squash(named[0].doc_no)
    old = {
        o: r
        for o in item.options
        for r in asked.book.repealed
        if number in squash(r.by) and r.pattern.search(squash(o))
    }
    if len(old) != 1:
        return
    ((option, document),) = old.items()
    if option in item.right:
        found.agreed.append(f"{document.name}由{name_of(named[0])}取代")
    else:
        reason = f"由{name_of(named[0])}取代的是{document.name}，不是“{item.right[0]}”"
        found.alarms.append(Alarm(OUTDATED, reason, name_of(named[0])))
