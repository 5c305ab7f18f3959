"""The page 履职日历: the dated duties of one unit, when each is next due, and the calendar to take along."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from pathlib import Path

import streamlit as st

from engine.calendar import OVERDUE, Entry, calendar, calendar_table, midnight, to_ics
from engine.profile import Profile, dumped, load_profile, understand
from kb import BadInput
from ui import components as ui
from ui import profile_form
from ui.drawings import first_of
from ui.office import xlsx
from ui.record import XLSX

LAST, NEXT = "上次完成", "下次到期"
SOON = 30  # days
LATE, NEAR, FAR, UNDATED = "已逾期", f"{SOON} 天内到期", "以后到期", "还没有填上次完成的日期"
MOST_LISTED = 6
state = st.session_state


def main() -> None:
    engine, duties = ui.shared_engine(), ui.duties()
    ui.page_head("履职日历", "一个单位要按期做的事：多久一次、谁做、依据什么、下次哪天到期。")
    if "profile" not in state:
        if profile_form.example(engine, duties) or profile_form.form(engine, duties, "排出日历"):
            st.rerun()
        with st.expander("载入企业情况文件", icon=":material/upload_file:"):
            kinds = ["yaml", "yml", "json"]
            held = profile_form.uploaded("企业情况", kinds, "calendar/file", load_profile)
            if held is not None and profile_form.take(engine, duties, held):
                st.rerun()
        return
    profile: Profile = state.profile
    on = st.date_input("今天是", date.today(), format="YYYY-MM-DD", key="calendar/on")
    try:
        site = understand(profile, engine, duties)
        entries = calendar(site, duties, on)
    except BadInput as error:
        st.error(ui.md(str(error)), icon=":material/error:")
        st.button("清除上次完成日期", on_click=_forget_days)
        return
    profile_form.tell_unread(site, engine, duties)
    _counts(profile, entries)
    _record(entries, on)
    _agenda(entries, on)
    many = st.expander(
        "一次填很多：上次完成日期的表", icon=":material/edit_calendar:", key="calendar/many", on_change="rerun"
    )  # fmt: skip
    if many.open:
        with many:
            _table(entries)
    _take_along(profile, entries, engine.version, on)
    with st.expander("单位情况", icon=":material/factory:"):
        if profile_form.form(engine, duties, "更新单位情况"):
            st.rerun()
    ui.foot("法律只写“及时”“定期”的，不推算日期；标“待核”的凭记忆收录，使用前请核对原文。")


def _forget_days() -> None:
    state.profile = state.profile.model_copy(update={"last_done": {}})


def _counts(profile: Profile, entries: list[Entry]) -> None:
    late = sum(e.status == OVERDUE for e in entries)
    told = f"{profile.name or '本单位'}：按期的事 {len(entries)} 项，"
    told += f"{late} 项已逾期" if late else "没有已知的逾期"
    undated = sum(e.next is None for e in entries)
    ui.conclusion_card(f"{told}；{undated} 项填了上次完成日期才能算出下次。", bool(late), bool(undated))


def _agenda(entries: list[Entry], on: date) -> None:
    """What is late, what is near, what is far, and what has no day yet."""
    soon = on + timedelta(days=SOON)
    groups: dict[str, list[Entry]] = {LATE: [], NEAR: [], FAR: [], UNDATED: []}
    for e in entries:
        if e.next is None:
            groups[UNDATED].append(e)
        else:
            groups[LATE if e.status == OVERDUE else NEAR if e.next <= soon else FAR].append(e)
    for title, held in groups.items():
        if held:
            first_of(f"{title}（{len(held)}）", [_line(e) for e in held], MOST_LISTED)


def _line(e: Entry) -> str:
    day = f"<time>{e.next.isoformat()}</time>　" if e.next else ""
    doubts = "".join(
        f' <b class="pd-unknown">{doubt}</b>'
        for doubt, held in (("是否适用待定", e.applies is None), ("待核", e.unverified)) if held
    )  # fmt: skip
    last = f"；上次 {e.last}" if e.last else ""
    return (
        f"<li>{day}{escape(e.title)}{doubts}<div>{escape(e.frequency)}；{escape(e.duty.holder)}{last}</div>"
        f'<div class="pd-from">依据：{escape("；".join(e.duty.basis))}</div></li>'
    )


def _record(entries: list[Entry], on: date) -> None:
    """One thing done: which, on which day; the next day is worked out at once."""
    titles = {e.key: f"{e.title}（{e.frequency}）" for e in entries}
    with st.form("calendar/done", border=True):
        left, right = st.columns([3, 1])
        key = left.selectbox(
            "做完了哪一件", list(titles), index=None, format_func=lambda k: titles.get(k, k), placeholder="选一件"
        )  # fmt: skip
        day = right.date_input("哪天做完", on, max_value=on, format="YYYY-MM-DD")
        if st.form_submit_button("记下，算出下次", width="stretch") and key:
            _keep({key: day})


def _keep(days: dict[str, date]) -> None:
    """The days last done, kept in the profile."""
    state.profile = state.profile.model_copy(update={"last_done": {**state.profile.last_done, **days}})
    st.rerun()


def _table(entries: list[Entry]) -> None:
    """The duties as a table in which many last days are filled in at once."""
    rows = [
        {"做什么": e.title, LAST: e.last.isoformat() if e.last else "", NEXT: e.next.isoformat() if e.next else "", "频次": e.frequency}
        for e in entries
    ]  # fmt: skip
    held = tuple((e.key, e.last) for e in entries)
    edited = st.data_editor(
        rows, hide_index=True, width="stretch", height=420, key=f"calendar/{hash(held)}", disabled=[c for c in rows[0] if c != LAST],
        column_config={
            LAST: st.column_config.TextColumn(help="写成 2026-03-01", validate=r"^(\d{4}-\d{2}-\d{2})?$"),
            "做什么": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    days: dict[str, date] = {}
    for e, row in zip(entries, edited, strict=True):
        written = str(row[LAST] or "").strip()
        if written and written != str(e.last):
            try:
                days[e.key] = date.fromisoformat(written)
            except ValueError:
                st.error(ui.md(f"{e.title}：没有 {written} 这一天"), icon=":material/error:")
    gone = {e.key for e, row in zip(entries, edited, strict=True) if e.last and not row[LAST]}
    if gone:
        kept = {k: d for k, d in state.profile.last_done.items() if k not in gone}
        state.profile = state.profile.model_copy(update={"last_done": kept})
    if days or gone:
        _keep(days)


def _take_along(profile: Profile, entries: list[Entry], version: str, on: date) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "日历文件（ics）",
            lambda: to_ics(entries, version, midnight(on)),
            "履职日历.ics",
            "text/calendar",
            icon=":material/event:",
            type="primary",
            on_click="ignore",
            help="手机和电脑的日历都能打开",
        )
        st.download_button(
            "表格（xlsx）",
            lambda: xlsx([calendar_table(entries)]),
            "履职日历.xlsx",
            XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "企业情况文件",
            lambda: dumped(profile.to_data(), Path("a.yaml")),
            "企业情况.yaml",
            "application/yaml",
            icon=":material/save:",
            help="含已填的日期，下次载入",
            on_click="ignore",
        )


main()
