"""Proving a question: each option claims something the engine or the registers can try; unknown proves nothing.

A test is plain data, kept with the question, so that anyone can prove it again on a later knowledge base.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from engine.clauses import OPEN, ClauseResult, Status
from engine.judge import Engine, Finding
from engine.logic import Truth
from engine.quiz.model import LABELS, Question, Test
from engine.quiz.phrase import number
from engine.verdict import Level, Verdict
from kb.national import Department, Duty
from kb.registers import Registers, Task, load_registers

DENIED = (Status.REFUTED, Status.OUT_OF_SCOPE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Prover:
    """Tries claims. Verdicts are kept: the options of one question ask much the same."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._verdicts: dict[tuple[Any, ...], Verdict] = {}
        self._tests: dict[str, Callable[[Test], Truth]] = {
            "situation": self._situation,
            "verdict": self._verdict_is,
            "limit": self._limit,
            "settles": self._settles,
            "edition": self._edition,
            "duty": self._duty,
            "holder": self._holder,
            "department": self._department,
            "task": self._task,
            "not": lambda t: None if (truth := self.truth(t["of"])) is None else not truth,
        }

    @cached_property
    def registers(self) -> Registers:
        return load_registers()

    def truth(self, test: Test) -> Truth:
        """Whether what an option claims is so; None where it can't be told."""
        return self._tests[test["test"]](test)

    def faults(self, question: Question) -> list[str]:
        """Why a question is not proven; empty when it is."""
        if not question.citation.ref and not question.citation.doc_no:
            return ["没有出处"]
        if len(set(question.options)) != len(question.options):
            return ["选项重复"]
        if len(question.tests) != len(question.options):
            return ["选项没有都附证明"]
        out = []
        for label, test in zip(LABELS, question.tests, strict=False):
            truth = self.truth(test)
            if truth is not (label in question.key):
                said = {True: "成立", False: "不成立", None: "不能确定"}[truth]
                out.append(f"{label}项{said}，答案却是{question.key}")
        return out

    def judge(self, test: Mapping[str, Any], facts: Mapping[str, str] | None = None) -> Verdict:
        """The verdict on what a test describes."""
        given = test.get("facts") or {} if facts is None else facts
        text, trade, on = test.get("finding", ""), test.get("industry", ""), date.fromisoformat(test["on"])
        key = (text, trade, on, tuple(sorted(given.items())))
        if key not in self._verdicts:
            if len(self._verdicts) > 4096:
                self._verdicts.clear()
            self._verdicts[key] = self.engine.judge(Finding(text=text, facts=given, industry=trade, on=on))
        return self._verdicts[key]

    # -- clauses -------------------------------------------------------------------------------------------

    def _situation(self, test: Test) -> Truth:
        """The facts given are what the clause lists: 命中; refuted only where nothing else stays open or holds."""
        verdict = self.judge(test)
        result = _result(verdict, test["clause"])
        if result is None or verdict.fault:
            return None
        if result.status is Status.HIT:
            return True
        settled = verdict.level not in (Level.MAJOR, Level.VERIFY) and not verdict.open
        return False if result.status in DENIED and settled else None

    def _verdict_is(self, test: Test) -> Truth:
        """The finding as stated has this level, and this clause decides it (no clause named: none does)."""
        verdict = self.judge(test)
        if verdict.level not in (Level.MAJOR, Level.GENERAL, Level.NONE) or verdict.fault:
            return None
        if verdict.level.value != test["level"]:
            return False
        if not test.get("clause"):
            return True
        result = _result(verdict, test["clause"])
        if result is not None and result.status is Status.HIT:
            return True
        closed = result is None or result.status in (*DENIED, Status.UNTOUCHED)
        return False if closed else None

    def _limit(self, test: Test) -> Truth:
        """The clause begins to hold exactly where the option says: it agrees with the engine on every number tried."""
        agreed = True
        for value in test["probes"]:
            given = {**test["facts"], test["fact"]: f"{number(value)}{test['unit']}"}
            held = self._situation({**test, "facts": given})
            if held is None:
                return None
            agreed = agreed and held is compares(value, test["cmp"], test["value"])
        return agreed

    def _settles(self, test: Test) -> Truth:
        """Knowing this fact decides the clause: one answer makes it hold, another refutes it."""
        before = _result(self.judge(test), test["clause"])
        if before is None or before.status is not Status.OPEN:
            return None
        given = test.get("facts") or {}
        after = [
            _result(self.judge(test, {**given, test["fact"]: v}), test["clause"]) for v in test["values"]
        ]
        found = {None if r is None else r.status for r in after}
        if found == {Status.OPEN}:
            return False
        return True if Status.HIT in found and found & {*DENIED} and not found & {*OPEN} else None

    def _edition(self, test: Test) -> Truth:
        """The standard is in force on the day."""
        standard = self.engine.standards.get(test["standard"])
        return None if standard is None else standard.in_force(date.fromisoformat(test["on"]))

    # -- registers -----------------------------------------------------------------------------------------

    def _duty(self, test: Test) -> Truth:
        """The sentence is what the register says of a duty; it is refuted where only a number differs."""
        duty = self.registers.duty.get(test["duty"])
        if duty is None or duty.confidence != "verified":
            return None
        held = {duty.duty, duty.timing}
        if test["says"] in held:
            return True
        alike = any(_NUMBER.sub("#", s) == _NUMBER.sub("#", test["says"]) for s in held)
        return False if alike else None

    def _holder(self, test: Test) -> Truth:
        """The duty is this one's; it is another's only where that one stands on another side."""
        duty = self.registers.duty.get(test["duty"])
        other = self.registers.duty.get(test["as"])
        if duty is None or other is None or duty.confidence != "verified":
            return None
        if duty.holder == other.holder:
            return True
        apart = duty.side != other.side and not _share(duty.holder, other.holder)
        return False if apart else None

    def _department(self, test: Test) -> Truth:
        """The department supervises (or leads) the sector; another does not where no column of the sector names it."""
        found = {d.id: d for d in self.registers.departments}.get(test["department"])
        column = test.get("column", "supervision")
        if found is None or found.contested or column not in found.checked:
            return None
        if test["unit"] in (found.supervision if column == "supervision" else (found.industry_lead,)):
            return True
        return False if not _share(test["unit"], "、".join(columns(found))) else None

    def _task(self, test: Test) -> Truth:
        """The region's document gives the unit this task; a closed list without it refutes."""
        for pack in self.registers.packs:
            for task in pack.tasks if pack.document.id == test["document"] else ():
                if task.ref == test["ref"] and pack.region.id == test["region"]:
                    return _assigned(task, test["unit"])
        return None


def _result(verdict: Verdict, clause: str) -> ClauseResult | None:
    return next((r for r in verdict.results if r.clause.id == clause), None)


def compares(value: float, cmp: str, bound: float) -> bool:
    """Whether a number stands on that side of a bound."""
    return {">": value > bound, ">=": value >= bound, "<": value < bound, "<=": value <= bound}[cmp]


def _assigned(task: Task, unit: str) -> Truth:
    named = {a.u for a in task.units} | {a.u for s in task.says for a in s.who}
    if unit in {a.u for a in task.units}:
        return True
    return None if task.open or unit in named else False


def columns(d: Department) -> tuple[str, ...]:
    """Every unit an entry names, whatever for."""
    return (d.industry_lead, *d.supervision, *d.business, d.comprehensive)


_GENERIC = re.compile(
    r"部门|机构|机关|管理|监督|监管|主管|行政|及其?|派出|单位|人员|县级以上|地方|人民政府|国务院|有关|国家|地区|的|等"
)


SHORT_UNITS = {"住建": "住房城乡建设", "市场监管": "市场监督管理", "卫健": "卫生健康", "文旅": "文化和旅游", "工信": "工业和信息化",
               "城管": "城市管理", "民航": "民用航空"}  # fmt: skip


def full_units(text: str) -> str:
    """Departments by their full names."""
    for short, name in SHORT_UNITS.items():
        text = text.replace(short, name)
    return text


def _share(first: str, second: str) -> bool:
    """Whether two lists of units may name the same one: some telling word of one stands in the other."""
    first, second = full_units(first), full_units(second)
    words = [w for w in re.split(r"[、/；;，,（）()或和与]", _GENERIC.sub("、", first)) if len(w) > 1]
    return any(w in second for w in words) or not words


def duty_holds(duty: Duty, on: date) -> bool:
    """Whether a duty is in force on a day."""
    return not ((duty.since and on < duty.since) or (duty.until and on > duty.until))
