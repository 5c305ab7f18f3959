"""Audit of a question bank: keys that contradict the standards and duties in force, or cite what was repealed.

Each check answers with an alarm, an agreement, or nothing. What nothing can be said of is 无法核对, never an alarm.
A new kind of check is a module of `engine.quiz.checks` and its place in `ORDER`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from engine.judge import Engine
from engine.quiz import spoken, unchecked
from engine.quiz.alarms import AGREES, UNKNOWN, WRONG, Alarm, Found
from engine.quiz.bank import Item, read_bank
from engine.quiz.checks import (
    agents,
    apart,
    applied,
    articles,
    authored,
    belongs,
    blanks,
    cased,
    classes,
    conditions,
    counted,
    dated,
    deciders,
    departments,
    duties,
    edges,
    either,
    ended,
    entailed,
    fills,
    fined,
    fractions,
    gapped,
    governing,
    graded,
    grades,
    inclusive,
    joined,
    kinds,
    levels,
    likest,
    members,
    norms,
    numbered,
    numbers,
    options,
    otherwise,
    own,
    penalised,
    placed,
    predicated,
    profiled,
    ranks,
    reaches,
    referred,
    regardless,
    repealed,
    sets,
    sided,
    steps,
    subjects,
    swapped,
    swapped_fields,
    tried,
    unlisted,
    unproven,
    whence,
)
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.checks.rulebook import Rulebook
from engine.quiz.claims import day_of
from engine.quiz.model import LABELS
from engine.quiz.statements import FROM_MEMORY

Check = Callable[[Asked, Found], None]
When = Callable[[Found], bool]


def always(_: Found) -> bool:
    return True


def unsettled(found: Found) -> bool:
    return not found.settled


def no_alarm(found: Found) -> bool:
    return not found.alarms and not found.settled


def nothing_yet(found: Found) -> bool:
    return not found.alarms and not found.agreed


# Rounds in turn. Whether a round runs is told by what was found before it; all checks of a round run.
ORDER: tuple[tuple[When, tuple[Check, ...]], ...] = (
    (always, (belongs.check, classes.check, fractions.check, kinds.check, numbered.check, profiled.check, ranks.check, reaches.check, swapped.check)),
    (nothing_yet, (levels.check, regardless.check, otherwise.check, unproven.check)),
    (nothing_yet, (graded.check,)),
    (nothing_yet, (gapped.check,)),
    (always, (repealed.check, ended.check)),
    (unsettled, (
        dated.check,
        inclusive.check,
        placed.check,
        deciders.check,
        counted.check,
        grades.check,
        numbers.check,
        departments.check,
        duties.check,
        articles.check,
        fined.check,
    )),
    (no_alarm, (conditions.check,)),
    (nothing_yet, (applied.check, governing.check)),
    (nothing_yet, (cased.check, tried.check, unlisted.check, whence.check, authored.check, referred.check)),
    (no_alarm, (norms.check, subjects.check)),
    (nothing_yet, (agents.check,)),
    (nothing_yet, (entailed.check,)),
    (no_alarm, (swapped_fields.check,)),
    (no_alarm, (sided.check,)),
    (no_alarm, (options.check,)),
    (unsettled, (either.check,)),
    (nothing_yet, (edges.check,)),
    (no_alarm, (joined.check,)),
    (nothing_yet, (penalised.check, steps.check)),
    (nothing_yet, (fills.check,)),
    (nothing_yet, (
        members.check,
        blanks.check,
    )),
    (nothing_yet, (predicated.check,)),
    (no_alarm, (sets.check,)),
    (no_alarm, (apart.check,)),
    (nothing_yet, (likest.check,)),
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """One question of the bank and what the audit made of it.

    `agreed`: what bears the key out, with its place. `why`: why it could not be checked, empty where it was.
    `should_be`: of a 单选 with an alarm the one other label that the checks bear out, empty where they know none.
    """

    place: str
    stem: str
    key: str
    alarms: tuple[Alarm, ...] = ()
    agreed: tuple[str, ...] = ()
    why: str = ""
    should_be: str = ""

    @property
    def state(self) -> str:
        return WRONG if self.alarms else AGREES if self.agreed else UNKNOWN

    def to_json(self) -> dict[str, Any]:
        return {"place": self.place, "stem": self.stem, "key": self.key, "state": self.state,
                "alarms": [a.to_json() for a in self.alarms], "agreed": list(self.agreed), "why": self.why,
                "should_be": self.should_be}  # fmt: skip


def audit_bank(engine: Engine, path: Path, on: date) -> list[Checked]:
    """Every question of a bank, checked. Raises BadInput when the file can't be read as a bank."""
    auditor = Auditor(engine, on)
    return [_checked(auditor, item) for item in read_bank(path)]


def _checked(auditor: Auditor, item: Item) -> Checked:
    """One row of a bank: what a check stumbles over is said of that row, and the rest of the bank is checked all the same."""
    try:
        return auditor.check(item)
    except Exception as error:  # a row of another's bank may hold anything
        return Checked(item.place, item.stem, item.key, why=unchecked.stumbled(error))


class Auditor:
    """Checks items against what is in force on a day, or on the day an item itself names."""

    def __init__(self, engine: Engine, on: date) -> None:
        self.book, self.on = Rulebook(engine), on

    def check(self, item: Item) -> Checked:
        """One item by every check."""
        if why := unchecked.unfit(item):
            return Checked(item.place, item.stem, item.key, why=why)
        asked = self._asked(item)
        found = _run(asked)
        return Checked(
            item.place,
            item.stem,
            "；".join(item.right) or item.key,
            tuple(dict.fromkeys(found.alarms)),
            tuple(dict.fromkeys(found.agreed)),
            _why(asked) if nothing_yet(found) else "",
            self._should_be(item, found) if found.alarms else "",
        )

    def _should_be(self, item: Item, keyed: Found) -> str:
        """The one other label of a 单选 that the checks bear out, with no alarm but what the stem itself gives with any key."""
        if item.holds is not None or len(item.right) != 1:
            return ""
        others = [c for c, o in zip(LABELS, item.options, strict=False) if o not in item.right]
        tried = {c: _run(self._asked(replace(item, key=c))) for c in others}
        own = set(keyed.alarms)
        borne = [c for c, f in tried.items() if f.agreed and set(f.alarms) < own]
        return borne[0] if len(borne) == 1 else ""

    def _asked(self, item: Item) -> Asked:
        if (
            len(item.explanation) + len(item.basis) > unchecked.MOST
        ):  # read for what it cites; not worth minutes
            item = replace(item, explanation="", basis="")
        plain = spoken.plain(item)
        return Asked(plain, day_of(plain.stem, self.on), self.book, lambda other: _run(self._asked(other)))


def _run(asked: Asked) -> Found:
    found = Found()
    if own.check(asked, found):
        return found
    for when, checks in ORDER:
        if when(found):
            for check in checks:
                check(asked, found)
    found.alarms = [a for a in found.alarms if FROM_MEMORY not in a.reason]  # no ground to call a key wrong
    return found


def _why(asked: Asked) -> str:
    """Why nothing could be said of an item."""
    if asked.levels:
        finding = asked.levels[0][0]
        return unchecked.of_verdict(judged(asked, finding), finding)
    return unchecked.of_statements(asked.item, asked.statements, asked.industries)
