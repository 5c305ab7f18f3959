"""履职日历: the dated duties of one enterprise, each with frequency, basis, penalty and the day it is next due.

A next day is worked out only from the day it was last done; without one it is left to be filled in, never invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from engine.duties import MONTHS, add_months, next_day
from engine.logic import Truth
from engine.paper import Table
from engine.profile import EVERYONE, FIELDS, Site, duty_applies
from kb.errors import BadInput

if TYPE_CHECKING:
    from kb.national import Duty, Every

ON_CERTIFICATE = "定期评估检测检验"  # the category of duties whose day stands on a certificate or report
HEADER = ("编号", "做什么", "责任人", "频次", "上次完成", "下次到期", "状态", "依据", "罚则", "适用", "备注")
_WIDTHS = (2, 9, 4, 4, 3, 3, 4, 7, 7, 4, 5)
OVERDUE, DUE, FIRST, FILL = "已逾期", "未到期", "首次应尽快", "填写上次完成日期后计算"
VERIFY = "先核实是否适用"  # of a duty of which the profile does not say whether it falls on the unit
_UNITS = {"季度": "每季度", "半年": "每半年", "半月": "每半月"}


@dataclass(frozen=True)
class Entry:
    """One recurring act. `key` is what `last_done` names it by; `applies` is None where the profile does not say.

    `next` is None where the last day, or the period, is not known; `status` says which.
    """

    key: str
    duty: Duty
    frequency: str
    who: str
    last: date | None
    next: date | None
    status: str
    applies: Truth
    why: str

    @property
    def unverified(self) -> bool:
        return self.duty.confidence != "verified"

    @property
    def title(self) -> str:
        return f"{self.duty.duty}{f'（{self.who}）' if self.who else ''}"

    def to_json(self) -> dict[str, Any]:
        d = self.duty
        return {
            "key": self.key, "id": d.id, "duty": d.duty, "who": self.who, "holder": d.holder,
            "frequency": self.frequency, "last": self.last.isoformat() if self.last else None,
            "next": self.next.isoformat() if self.next else None, "status": self.status,
            "applies": {True: "适用", None: "待定"}.get(self.applies, "不适用"), "why": self.why,
            "basis": list(d.basis), "penalty": [{"basis": p.basis, "measure": p.measure} for p in d.penalty],
            "unverified": self.unverified, "note": d.note,
        }  # fmt: skip


def calendar(site: Site, duties: Iterable[Duty], on: date) -> list[Entry]:
    """Every recurring duty that falls on a unit, or may: certain ones first, the soonest first, those without a day last.

    Raises BadInput where `last_done` of the profile names no such duty, or a day after `on`.
    """
    found = [e for d in duties if d.side in ("企业", "人员") and not d.follows for e in _entries(site, d, on)]
    found += [
        e for d in duties if d.follows and d.calendar and d.side == "企业" for e in _entries(site, d, on)
    ]
    _check_last(site, duties, on)
    return sorted(found, key=lambda e: (e.applies is None, e.next is None, e.next or on, e.key))


def key_of(duty: Duty, every: Every | None = None) -> str:
    """What a profile names a recurring act by: the duty, and where it has several periods, of what or by whom."""
    several = every is not None and len(duty.calendar) > 1
    return f"{duty.id}/{every.who}" if every is not None and several else duty.id


def _entries(site: Site, duty: Duty, on: date) -> Iterator[Entry]:
    whole, why = duty_applies(site, duty, on)
    if whole is False:
        return
    for every in duty.calendar:
        applies, narrower = duty_applies(site, every)
        if applies is False:
            continue
        truth: Truth = True if whole and applies else None
        said = dict.fromkeys(
            w for w, t in ((why, whole), (narrower, applies)) if t is truth and w != EVERYONE
        )
        yield _dated(site, duty, every, on, truth, "；".join(said) or EVERYONE)
    if not duty.calendar and duty.category == ON_CERTIFICATE:
        status = "按证书、报告载明的日期，由企业填写"
        yield Entry(duty.id, duty, duty.timing, "", _last(site, duty.id), None, status, whole, why)


def _last(site: Site, key: str) -> date | None:
    return site.profile.last_done.get(key)


def _dated(site: Site, duty: Duty, every: Every, on: date, truth: Truth, why: str) -> Entry:
    key = key_of(duty, every)
    last = _last(site, key)
    due = next_due(every, last) if last else None
    if last is None:
        status = f"{FIRST}；{FILL}" if truth else f"{VERIFY}；适用的，{FIRST}；{FILL}"
    elif due and duty.until and due > duty.until:
        due, status = None, f"规定到 {duty.until.isoformat()} 为止，此后是否延续待核"
    elif due is None:
        status = "法定周期不能换算成日期"
    else:
        status = OVERDUE if due < on else DUE
    return Entry(key, duty, frequency(every), every.who, last, due, status, truth, why)


def next_due(every: Every, last: date) -> date | None:
    """The last day for the next time: a period after the last one, before its end, or by the day a rule names."""
    if every.by and every.unit in ("季度", "年"):
        months = MONTHS[every.unit]
        start = date(
            last.year, (last.month - 1) // months * months + 1, 1
        )  # of the period it was last done in
        month, day = map(int, every.by.split("-"))
        after = add_months(start, months + month - 1)
        return after.replace(day=day)
    due = next_day(every, last)
    return add_months(due, -every.ahead) if due is not None and every.ahead else due


def frequency(every: Every) -> str:
    """A period in words: 每季度1次, 每3年1次（提前3个月）."""
    number = f"{every.every:g}"
    unit = _UNITS.get(every.unit, f"每{every.unit}") if number == "1" else f"每{number}{_counted(every.unit)}"
    ahead = f"，届满前{every.ahead}个月办理" if every.ahead else ""
    if every.by:
        month, day = map(int, every.by.split("-"))
        ahead = f"，期满后第{month}个月{day}日前"
    return f"{unit}{every.count}次{ahead}"


def _counted(unit: str) -> str:
    return f"个{unit}" if unit in ("月", "季度", "小时", "半年", "工作日") else unit


def _check_last(site: Site, duties: Iterable[Duty], on: date) -> None:
    known = {key_of(d, e) for d in duties for e in d.calendar} | {d.id for d in duties if not d.calendar}
    problems = []
    for key, day in site.profile.last_done.items():
        if key not in known:
            near = [k for k in sorted(known) if k.partition("/")[0] == key.partition("/")[0]]
            hint = f"；应为 {'、'.join(near)}" if near else "；编号见 panding duties calendar 各行开头"
            problems.append(f"{FIELDS['last_done']}：没有周期义务 {key!r}{hint}")
        elif day > on:
            problems.append(
                f"{FIELDS['last_done']}：{key} 的日期 {day.isoformat()} 在今天（{on.isoformat()}）之后"
            )
    if problems:
        raise BadInput("\n".join(problems))


def calendar_table(entries: Iterable[Entry]) -> Table:
    """The calendar as a sheet."""
    rows = tuple(
        (
            e.key, e.title, e.duty.holder, e.frequency,
            e.last.isoformat() if e.last else "", e.next.isoformat() if e.next else "", e.status,
            "；".join(e.duty.basis), "；".join(f"{p.basis}：{p.measure}" for p in e.duty.penalty),
            e.why if e.applies else f"待定：{e.why}",
            "；".join(x for x in ("待核：凭记忆收录" if e.unverified else "", e.duty.note) if x),
        )
        for e in entries
    )  # fmt: skip
    return Table("履职日历", HEADER, rows, _WIDTHS)


def to_ics(entries: Iterable[Entry], version: str, stamp: datetime) -> bytes:
    """The calendar as iCalendar: a whole-day event with a reminder where the day is known, a task where it is not."""
    from icalendar import Alarm, Calendar, Event, Todo

    made = Calendar()
    made.add("prodid", "-//Panding//履职日历//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", "安全生产履职日历")
    for e in entries:
        item = Event() if e.next else Todo()
        item.add("uid", f"{e.key}@panding")
        item.add("dtstamp", stamp.astimezone(UTC))
        mark = "【待核】" if e.unverified else ""
        item.add("summary", f"{mark}{e.duty.duty}{f'（{e.who}）' if e.who else ''}")
        item.add("description", "\n".join(_said(e, version)))
        if e.next:
            item.add("dtstart", e.next)
            item.add("dtend", e.next + timedelta(days=1))
            item.add("transp", "TRANSPARENT")
            reminder = Alarm()
            reminder.add("action", "DISPLAY")
            reminder.add("description", e.duty.duty)
            reminder.add("trigger", timedelta(days=-7))
            item.add_component(reminder)
        made.add_component(item)
    return bytes(made.to_ical())


def _said(e: Entry, version: str) -> Iterator[str]:
    yield f"频次：{e.frequency}"
    yield f"责任人：{e.duty.holder}"
    yield f"状态：{e.status}" + (f"（上次 {e.last.isoformat()}）" if e.last else "")
    yield f"依据：{'；'.join(e.duty.basis)}"
    yield from (f"罚则：{p.basis}：{p.measure}" for p in e.duty.penalty)
    if e.applies is None:
        yield f"是否适用待定：{e.why}"
    if e.unverified:
        yield "待核：凭记忆收录，使用前核对原文"
    yield f"知识库版本：{version}"


def midnight(day: date) -> datetime:
    """A day as a moment, for a calendar that must come out the same for the same day."""
    return datetime.combine(day, time(), UTC)
