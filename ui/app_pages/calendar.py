"""The page 履职日历: the dated duties of one unit, when each is next due, and the calendar to take along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from engine.calendar import OVERDUE, Entry, calendar, calendar_table, midnight, to_ics
from engine.profile import Profile, dumped, load_profile, understand
from kb import BadInput
from ui import components as ui
from ui import profile_form
from ui.office import xlsx
from ui.record import XLSX

LAST, NEXT = "上次完成", "下次到期"
state = st.session_state


def main() -> None:
    engine, duties = ui.shared_engine(), ui.duties()
    ui.page_head("履职日历", "一个单位要按期做的事：多久一次、谁做、依据什么、下次哪天到期。")
    if "profile" not in state:
        if profile_form.form(engine, duties, "排出日历") or profile_form.example(engine, duties):
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
    if site.unread:
        st.warning(ui.md(f"企业情况中没有认出：{'、'.join(site.unread)}"), icon=":material/info:")
    _counts(profile, entries)
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


def _table(entries: list[Entry]) -> None:
    """The duties as a table in which the last day is filled in; the next is worked out at once."""
    rows = [
        {
            NEXT: e.next.isoformat() if e.next else "", LAST: e.last, "做什么": e.title, "频次": e.frequency, "责任人": e.duty.holder,
            "状态": e.status if e.applies else f"是否适用待定；{e.status}", "依据": "；".join(e.duty.basis),
            "待核": "待核" if e.unverified else "",
        }
        for e in entries
    ]  # fmt: skip
    held = tuple((e.key, e.last) for e in entries)
    edited = st.data_editor(
        rows, hide_index=True, width="stretch", height=520, key=f"calendar/{hash(held)}", disabled=[c for c in rows[0] if c != LAST],
        column_config={
            LAST: st.column_config.DateColumn(format="YYYY-MM-DD", help="在这一栏填日期"),
            "做什么": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    days = {e.key: row[LAST] for e, row in zip(entries, edited, strict=True) if row[LAST]}
    if days != {e.key: e.last for e in entries if e.last}:
        kept = {k: d for k, d in state.profile.last_done.items() if k not in {e.key for e in entries}}
        state.profile = state.profile.model_copy(update={"last_done": {**kept, **days}})
        st.rerun()


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
