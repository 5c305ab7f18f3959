"""A question about the level of a finding whose key says none: wrong where an option says the level the finding has."""

from __future__ import annotations

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.checks.levels import settle
from engine.quiz.findings import finding_of
from engine.quiz.polarity import level_of

_SHORT = 6  # characters of the shortest finding


def check(asked: Asked, found: Found) -> None:
    """The finding settled by itself, then the options held against that."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or asked.levels or level_of(item.right[0]) is not None:
        return
    if asked.answers_yes_or_no:
        return  # of what someone did, not of the level
    said = {o: level_of(o) for o in item.options}
    if set(said.values()) < {True, False}:
        return
    finding = finding_of(item.stem)
    if len(finding) < _SHORT:
        return
    tried = Found()
    settle(asked, finding, True, tried)
    major = True if tried.agreed and not tried.alarms else False if tried.alarms else None
    wanted = [o for o, level in said.items() if level is major] if major is not None else []
    if len(wanted) == 1 or (wanted and major):
        why, citation = (tried.agreed[0], "") if major else (tried.alarms[0].reason, tried.alarms[0].citation)
        verdict = judged(asked, finding)
        citation = citation or (
            verdict.citation(verdict.decisive[0]) if verdict.decisive else why.rpartition("：")[2]
        )
        found.alarms.append(Alarm(LEVEL, f"应为“{wanted[0]}”，不是“{item.right[0]}”：{why}", citation))
