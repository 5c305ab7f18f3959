"""Levels of cases: a finding the key calls 重大 or not, against the verdict of the engine and the words of the clauses.

The ways to settle one are tried from the surest: a condition denied, the places cited, the verdict, a limit, not listed.
"""

from __future__ import annotations

import re

from engine.clauses import Status
from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.edges import on_edge
from engine.quiz.checks.judging import among_likest, judged
from engine.quiz.checks.limits import beside_limit
from engine.quiz.checks.listed import borne_out, by_place, not_major, said_in_words, unlisted
from engine.quiz.claims import VALUED
from engine.quiz.lifted import one_in_order, outside
from engine.quiz.literal import denies_condition, half_only
from engine.verdict import Level

_NEGATES = re.compile(r"[不非未没无除免]")
_OUT_OF_USE = re.compile("停用|不再使用|封存|报停|停止使用|没有使用|未使用|断了?电")


def check(asked: Asked, found: Found) -> None:
    """The findings of an item. Of options with one key, the engine must tell the one keyed from the others."""
    if VALUED.search(asked.item.stem) and on_edge(asked, found):
        return
    if len(asked.levels) > 1 and len(asked.item.right) == 1:
        said = {judged(asked, f).level for f, _ in asked.levels}
        if len(said) == 1 and Level.VERIFY not in said:
            return
    for finding, major in asked.levels:
        settle(asked, finding, major, found)
    if (
        len(asked.item.right) == 1
        and len(asked.levels) > 1
        and any(asked.levels[0][0] in a for a in found.agreed)
    ):
        found.alarms.clear()  # the one keyed is right: others that differ by a word are not held against it


def settle(asked: Asked, finding: str, major: bool, found: Found) -> None:
    """One finding keyed to a level, by the first way that settles it."""
    verdict = judged(asked, finding)
    if verdict.fault or (
        not major and _OUT_OF_USE.search(finding) and any(r.presumed for r in verdict.decisive)
    ):
        return  # presumed in use, told otherwise
    half = (
        half_only(asked.statements, finding, asked.hinted_ids) if verdict.level is not Level.MAJOR else None
    )
    half = half or (
        None if verdict.level is Level.MAJOR else one_in_order(asked.statements, finding, asked.hinted_ids)
    )
    if half is not None:
        rule = f"须同时具备才构成，规定是：{half.whole}"
        if major:
            found.alarms.append(Alarm(LEVEL, f"“{finding}”{rule}", half.citation))
        else:
            found.agreed.append(f"“{finding}”{rule}")
        return
    beyond = outside(asked.statements, finding, asked.hinted_ids)
    if beyond is not None and verdict.level is not Level.MAJOR:
        rule = f"不在该项之内，规定是：{beyond.whole}"
        if major:
            found.alarms.append(Alarm(LEVEL, f"“{finding}”{rule}", beyond.citation))
        else:
            found.agreed.append(f"“{finding}”{rule}")
        return
    if by_place(asked, asked.hinted or asked.of_kind, finding, major, verdict, found):
        return
    if verdict.level in (Level.VERIFY, Level.UNCOVERED):
        if not said_in_words(asked, finding, verdict, major, found):
            beside_limit(asked, finding, major, found)
        return
    is_major = verdict.level is Level.MAJOR
    unread = "".join(finding[u.start : u.end] for u in verdict.unread)
    partly = verdict.read != "全部" and not is_major
    if (is_major and not major and _NEGATES.search(unread)) or (partly and not major):
        said_in_words(asked, finding, verdict, major, found)
        return  # what was not read may lift it, or make it
    if is_major and not major and verdict.read != "全部" and not among_likest(asked, verdict, finding):
        return
    if is_major is major:
        found.agreed.append(f"“{finding}”：{verdict.level.value}")
    elif is_major:
        decisive = verdict.decisive[0]
        if denies_condition(finding, decisive.clause.restatement):
            beside_limit(asked, finding, major, found)
            return
        presumed = "、".join(f"{v.fact}为{'、'.join(sorted(v.values))}" for v in decisive.presumed)
        found.alarms.append(Alarm(
            LEVEL, f"“{finding}”应为重大事故隐患：{decisive.clause.restatement}{f'（推定{presumed}）' if presumed else ''}",
            verdict.citation(decisive)))  # fmt: skip
    elif (alarm := not_major(asked, finding, verdict)) is not None:
        refuted = next((r for r in verdict.results if r.status is Status.REFUTED), None)
        if not borne_out(asked, finding, refuted):
            found.alarms.append(alarm)
    elif not beside_limit(asked, finding, major, found) and verdict.read == "全部":
        unlisted(asked, finding, verdict, found)
