"""Duties and their dates: what follows a verdict, for whom, counted from which day.

A term is counted only from an event whose day is known; 立即 is the day itself; 及时 has no date in law and gets none,
nor has 限期, whose day the department sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kb.national import Duty, Every, Within

MONTHS = {"月": 1, "季度": 3, "半年": 6, "年": 12}
DAYS = {"日": 1, "周": 7, "旬": 10, "半月": 15}
SIDES = ("企业", "机构", "部门", "属地", "人员", "社会")


@dataclass(frozen=True)
class Due:
    """One duty with its day. `day` is None when the law sets none or its event has not happened; `when` says which."""

    duty: Duty
    day: date | None
    when: str

    def line(self) -> str:
        """Whose it is, by when, what, on what basis; what is from memory marked 待核."""
        d = self.duty
        day = f"{self.day.isoformat()}（{self.when}）" if self.day else self.when
        pending = "" if d.confidence == "verified" else "；待核"
        return f"〔{d.side}〕{day}　{d.holder}：{d.duty}（{d.basis[0]}{pending}）"

    def to_json(self) -> dict[str, Any]:
        d = self.duty
        return {
            "id": d.id,
            "side": d.side,
            "holder": d.holder,
            "duty": d.duty,
            "due": self.day.isoformat() if self.day else None,
            "when": self.when,
            "basis": list(d.basis),
            "penalty": [{"basis": p.basis, "measure": p.measure} for p in d.penalty],
            "confidence": d.confidence,
            "unverified": d.confidence != "verified",
            "note": d.note,
        }


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def add_working_days(day: date, count: int) -> tuple[date, bool]:
    """The last day of a term of working days, the first day not counted; whether public holidays are known for it."""
    from chinese_calendar import is_workday

    known = True
    while count:
        day += timedelta(days=1)
        try:
            working = is_workday(day)
        except NotImplementedError:
            known, working = False, day.weekday() < 5
        count -= working
    return day, known


def last_day(event: date, within: Within) -> tuple[date | None, str]:
    """The last day of a term from an event, and a remark. Hours give no day."""
    count = int(within.within)
    if within.unit == "工作日":
        day, known = add_working_days(event, count)
        return day, "" if known else "法定节假日安排尚未公布，仅扣除周末"
    if within.unit in DAYS:
        return event + timedelta(days=count * DAYS[within.unit]), ""
    if within.unit in MONTHS:
        return add_months(event, count * MONTHS[within.unit]), ""
    return None, ""


def due(duty: Duty, on: date, events: Mapping[str, date]) -> Due:
    """The day of one duty after a finding of `on`. `events`: duty id to the day its own event happened."""
    if duty.within is not None:
        term = f"自{duty.within.of}之日起{duty.within.within:g}个{duty.within.unit}内".replace(
            "个日", "日"
        ).replace("个小时", "小时")
        if duty.id not in events:
            return Due(duty, None, term)
        day, remark = last_day(events[duty.id], duty.within)
        return Due(duty, day, f"{term}{f'（{remark}）' if remark else ''}")
    if ("立即" in duty.timing or "当场" in duty.timing) and "限期" not in duty.timing:
        return Due(duty, on, duty.timing)
    return Due(duty, None, duty.timing if duty.timing != "—" else duty.trigger)


def applies(duty: Duty, industries: frozenset[str], on: date, also: frozenset[str] = frozenset()) -> bool:
    """Whether a duty holds in these industries on a day. No industry known: those of particular industries do not.

    `also`: domains whose duties come on top of the industries' own, without taking the place of any.
    """
    if (duty.since and on < duty.since) or (duty.until and on > duty.until):
        return False
    if duty.industries and not (industries | also) & set(duty.industries):
        return False
    return not industries & set(duty.except_industries)


def chain(
    duties: Iterable[Duty],
    level: str,
    industries: frozenset[str],
    on: date,
    events: Mapping[str, date] | None = None,
    also: frozenset[str] = frozenset(),
) -> list[Due]:
    """What follows a finding of this level, in order: enterprise, others, department, territory."""
    follow = [d for d in duties if level in d.follows and applies(d, industries, on, also)]
    follow.sort(key=lambda d: (SIDES.index(d.side), d.step))
    return [due(d, on, events or {}) for d in follow]


_FOUND = re.compile(r"(?:查出|查到|发现|判定|认定|检查出|存在)(?:来)?|隐患.{0,6}(?:之后|以后|后)")
_WHAT_NOW = re.compile(
    r"做(?:些)?什么|干什么|怎么办|怎么做|怎么处理|如何处理|怎么处置|如何处置|该怎么|要履行|什么程序|什么流程"
)


def asks_what_follows(text: str) -> str:
    """The level a question about what must be done after a finding speaks of; empty for other questions.

    >>> asks_what_follows("这条重大隐患查出来之后，企业、部门、属地各要做什么？")
    '重大事故隐患'
    >>> asks_what_follows("电梯查出严重事故隐患怎么办？")
    '重大事故隐患'
    >>> asks_what_follows("发现一般隐患怎么处理？")
    '一般隐患'
    >>> asks_what_follows("重大事故隐患数据库由谁牵头？")
    ''
    """
    if "隐患" not in text or not _FOUND.search(text) or not _WHAT_NOW.search(text):
        return ""
    return "重大事故隐患" if re.search("重大|严重", text) else "一般隐患"


def with_own_terms(duties: Iterable[Duty], level: str) -> tuple[str, ...]:
    """The industries and domains that have duties of their own after a finding of this level."""
    return tuple(dict.fromkeys(i for d in duties if level in d.follows for i in d.industries))


def next_day(every: Every, last: date) -> date | None:
    """When a recurring duty is due again after it was last done; hours and 每次 give no day."""
    count = int(every.every)
    if every.unit in MONTHS:
        return add_months(last, count * MONTHS[every.unit])
    if every.unit in DAYS:
        return last + timedelta(days=count * DAYS[every.unit])
    return None
