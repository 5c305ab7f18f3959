"""The form of 企业情况, shared by 企业自查 and 履职日历: filled in once a session, or taken from a file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from engine import Engine
from engine.profile import (
    ENTERPRISE,
    FIELDS,
    LISTS,
    PUBLIC_BODY,
    Profile,
    Site,
    duty_tags,
    read_profile,
    understand,
    unread_lines,
)
from kb import BadInput
from kb.national import Duty
from ui import components as ui

MEGABYTE = 1_000_000
MOST_BYTES = 2 * MEGABYTE
T = TypeVar("T")
INDUSTRY = "行业"
HINTS = {
    "facilities": "如 木工车间、除尘系统、喷漆室；没有的写“无 有限空间”",
    "equipment": "如 叉车、储气罐、行车",
    "substances": "如 木质粉尘、油漆、液氨",
    "operations": "如 有限空间作业、特种作业、危险作业",
    "contractors": "如 承包单位、承租单位",
}
EXAMPLE = {
    "名称": "示例木业", "性质": "企业", "行业": ["木制品加工"], "从业人数": 120,
    "场所设施": ["木工车间", "除尘系统", "喷漆室", "无 锅炉", "无 电梯"],
    "设备": ["叉车", "储气罐"], "高危作业": ["有限空间作业"],
}  # fmt: skip
state = st.session_state


def form(engine: Engine, duties: tuple[Duty, ...], label: str) -> Profile | None:
    """The form; the profile just handed in, understood by the engine, or None."""
    held: Profile | None = state.get("profile")
    paths = ui.industry_paths(engine)
    with st.form("profile-form", border=False):
        industries = st.multiselect(
            "行业（必填，可选几个）", list(paths), default=list(held.industries) if held else [],
            format_func=lambda v: paths.get(v, v), placeholder="选行业", key="profile/industries",
        )  # fmt: skip
        left, right = st.columns(2)
        name = left.text_input("单位名称（可不填）", held.name if held else "", max_chars=100)
        region = right.text_input("地区（可不填）", held.region if held else "", max_chars=100)
        count = left.number_input(
            "从业人数", 0, 1_000_000, held.headcount if held else None, placeholder="不清楚就留空"
        )
        kinds = (ENTERPRISE, PUBLIC_BODY)
        kind = right.selectbox("单位性质", kinds, index=kinds.index(held.kind) if held else 0)
        lists = {
            n: st.text_input(FIELDS[n], "、".join(getattr(held, n)) if held else "", placeholder=HINTS[n], max_chars=1000)
            for n in LISTS
        }  # fmt: skip
        st.caption("用顿号隔开。没有提到的不当作没有，会在检查时问到。")
        if not st.form_submit_button(label, type="primary", width="stretch"):
            return None
    written = {FIELDS[n]: text for n, text in lists.items() if text.strip()}
    given: dict[str, object] = {
        "名称": name,
        "地区": region,
        "性质": kind,
        "行业": industries,
        "从业人数": count,
    }
    if held:
        given |= {FIELDS["attributes"]: held.attributes, FIELDS["last_done"]: held.last_done}
    given |= written
    return take(engine, duties, given)


def take(engine: Engine, duties: tuple[Duty, ...], data: object) -> Profile | None:
    """A profile (or its data), kept for the session; what is wrong with it is shown."""
    try:
        profile = data if isinstance(data, Profile) else read_profile(data)
        understand(profile, engine, duties)
    except BadInput as error:
        st.error(ui.md(str(error)), icon=":material/error:")
        return None
    state.profile = profile
    return profile


def example(engine: Engine, duties: tuple[Duty, ...]) -> Profile | None:
    """The example, where its button was pressed."""
    return take(engine, duties, EXAMPLE) if st.button("用示例单位试一试", icon=":material/factory:") else None


def tell_unread(site: Site, engine: Engine, duties: tuple[Duty, ...]) -> None:
    """Entries that no word is known for, with the words that may be meant."""
    for line in unread_lines(site, engine, duty_tags(duties)):
        st.warning(ui.md(line), icon=":material/info:")


def uploaded(label: str, kinds: list[str], key: str, read: Callable[[Path], T]) -> T | None:
    """What was read of an uploaded file; None where there is none, or what is wrong with it was shown."""
    given = st.file_uploader(
        f"{label}（{'、'.join(kinds)}，不超过 {MOST_BYTES // MEGABYTE} MB）", type=kinds, key=key
    )
    if given is None:
        return None
    if given.size > MOST_BYTES:
        st.error(f"文件 {given.size / MEGABYTE:.1f} MB，应不超过 {MOST_BYTES // MEGABYTE} MB")
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(given.name).suffix.lower()}"
        path.write_bytes(given.getvalue())
        try:
            return read(path)
        except BadInput as error:
            st.error(ui.md(str(error).replace(str(path), given.name)), icon=":material/error:")
            return None
