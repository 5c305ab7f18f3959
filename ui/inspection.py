"""Today's list on the page 判定: findings kept for this session, and the inspection record made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from engine.verdict import Verdict
from ui import components as ui
from ui.record import DOCX, LIST_COLUMNS, XLSX, docx_list, list_rows
from ui.table_io import xlsx_bytes

HEAD = ("被检查单位", "检查地点", "检查人员")
state = st.session_state


def add_button(serial: int, verdict: Verdict, go_on: Callable[[], None]) -> None:
    """One tap keeps the verdict, the next goes on to another finding; a later answer replaces what was kept."""
    held: dict[int, Verdict] = state.setdefault("findings", {})
    if held.get(serial) == verdict:
        label = f"已记入（清单共 {len(held)} 条），判定下一条"
        st.button(label, icon=":material/playlist_add_check:", on_click=go_on, width="stretch")
        return
    label = "更新清单里的这一条" if serial in held else "记入今天的清单"
    st.button(label, icon=":material/playlist_add:", on_click=_add, args=(serial, verdict), width="stretch")


def _add(serial: int, verdict: Verdict) -> None:
    state.findings[serial] = verdict


def _drop(serial: int) -> None:
    state.findings.pop(serial, None)


def show() -> None:
    """The list, and the record of it to take along."""
    held: dict[int, Verdict] = state.get("findings", {})
    if not held:
        return
    ui.section_head(f"今天的清单（{len(held)} 条）")
    for number, (serial, verdict) in enumerate(held.items(), 1):
        with st.container(horizontal=True, vertical_alignment="center", key=f"kept-{serial}"):
            ui.finding_line(number, verdict)
            st.button(
                "移出",
                key=f"drop/{serial}",
                help="从清单中去掉这一条",
                on_click=_drop,
                args=(serial,),
                width="content",
            )
    with st.expander("导出检查记录", icon=":material/description:", expanded=True):
        head = [
            (
                name,
                st.text_input(
                    f"{name}（可不填）", key=f"head/{name}", max_chars=100, persist_state="session"
                ),
            )
            for name in HEAD
        ]
        _downloads(list(held.values()), head)
        st.caption("清单只留在这个打开的页面里，关掉页面就没有了，请及时导出。")


def _downloads(verdicts: Sequence[Verdict], head: list[tuple[str, str]]) -> None:
    name = f"检查记录-{date.today()}"
    days = "、".join(dict.fromkeys(v.on.isoformat() for v in verdicts))
    with st.container(horizontal=True):
        st.download_button(
            "检查记录（docx）",
            lambda: docx_list(verdicts, [*head, ("检查日期", days)]),
            f"{name}.docx",
            DOCX,
            key="list/docx",
            icon=":material/download:",
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            "清单（xlsx）",
            lambda: xlsx_bytes(LIST_COLUMNS, list_rows(verdicts), "检查记录"),
            f"{name}.xlsx",
            XLSX,
            key="list/xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
