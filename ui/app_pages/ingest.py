"""The page 文件入库: a plan read into a table beside its own text, doubts flagged, edited, accepted, taken away as a pack."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import streamlit as st

from corpus.packs import write_pack
from corpus.plans import Draft, known_register, read_plan
from engine.review import KINDS, Edit, edit_of, review
from kb import BadInput
from kb.registers import Task
from ui import components as ui
from ui.drawings import table

KIND = ["docx", "pdf", "html", "htm", "txt"]
MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE  # as in .streamlit/config.toml
MOST_LINES = 3000
EXAMPLE = """关于印发《青河县燃气安全专项治理实施方案》的通知
青政办发〔2025〕12号

各乡镇人民政府，县直有关部门：
现将《青河县燃气安全专项治理实施方案》印发给你们，请认真组织实施。
青河县人民政府办公室
2025年3月20日

青河县燃气安全专项治理实施方案
为做好全县燃气安全专项治理工作，制定本方案。
一、工作目标
到2025年12月底，餐饮等场所可燃气体报警装置安装率达到100%。
二、主要任务
（一）整治餐饮企业燃气安全。排查瓶装液化石油气用户，督促安装可燃气体报警装置，2025年6月底前完成。（县商务局牵头，县住建局、县消防救援大队配合）
（二）整治燃气管网带病运行。对运行满20年的管道开展评估，2025年9月底前完成更新改造。（县住建局负责）
（三）整治燃气具质量。每季度开展一次监督抽查。（县市场监管局、燃管办负责）
三、保障措施
（一）加强组织领导。各乡镇每月至少检查一次。
"""  # a place and plan of our own
TITLE, KIND_, UNITS, KEPT, ACCEPTED, DOUBTS = "标题", "类别", "单位", "保留", "采纳", "存疑"
state = st.session_state


def main() -> None:
    ui.wide()
    ui.page_head(
        "文件入库", "把地方的方案读成一张表：任务、单位、期限、存疑之处；人核对、修改、采纳以后才算审过。"
    )
    given = st.file_uploader(
        f"方案文件（docx、带文字的 pdf、html、txt，不超过 {MOST_BYTES // MEGABYTE} MB）",
        type=KIND,
        key="ingest/file",
    )
    region = st.text_input("地区（文件里写明的不用填）", max_chars=50, key="ingest/region")
    with st.container(horizontal=True):
        start = st.button("读取", type="primary", disabled=given is None)
        example = st.button("用示例文件试一试", icon=":material/description:")
    if example:
        _read("示例方案.txt", EXAMPLE.encode(), region)
    elif start and given is not None:
        if given.size > MOST_BYTES:
            st.error(f"文件 {given.size / MEGABYTE:.0f} MB，应不超过 {MOST_BYTES // MEGABYTE} MB")
        else:
            _read(given.name, given.getvalue(), region)
    if "draft" in state:
        _show(state.draft)


def _read(name: str, content: bytes, region: str) -> None:
    state.pop("draft", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        try:
            with st.spinner("正在读取……"):
                known = known_register(region, ui.shared_responsibility().registers.packs) if region else None
                state.draft = read_plan(path, region, known)
            state.read = state.get("read", 0) + 1
        except BadInput as error:
            st.error(ui.md(str(error).replace(str(path), name)), icon=":material/error:")


def _show(draft: Draft) -> None:
    pack, doubtful = draft.pack, sum(bool(t.doubts) for t in draft.pack.tasks)
    d = pack.document
    ui.hazard_box(
        d.title,
        d.doc_no or "文号未印",
        [
            ("地区", pack.region.name),
            ("制定机关", d.issuer or "未印"),
            ("日期", str(d.issued or "未印")),
            ("读出", f"{len(pack.tasks)} 项，单位 {len(pack.units)} 个，{doubtful} 项有存疑"),
            ("全文存疑", "；".join(draft.notes)),
        ],
        "pd-general",
    )
    text, right = st.columns([2, 3])
    with text:
        ui.section_head("原文")
        ui.numbered("原文", [(line.place, line.text) for line in draft.lines[:MOST_LINES]])
    with right:
        ui.section_head("读出的表（可改）")
        edits = _table(draft)
        doubts = [{"位置": t.ref, DOUBTS: "；".join(t.doubts)} for t in pack.tasks if t.doubts]
        with st.expander(f"存疑 {len(doubts)} 项，请对照原文", expanded=bool(doubts)):
            table(doubts)
    _result(draft, edits)


def _table(draft: Draft) -> dict[str, Edit]:
    """The tasks to be edited and accepted one by one."""
    held = [(t, edit_of(t)) for t in draft.pack.tasks]
    rows = [
        {
            "位置": t.ref, ACCEPTED: False, TITLE: e.title, UNITS: e.units, "期限": _dates(t), KIND_: e.kind,
            DOUBTS: "；".join(t.doubts), "行": t.line, KEPT: True,
        }
        for t, e in held
    ]  # fmt: skip
    edited = st.data_editor(
        rows, hide_index=True, width="stretch", height=min(560, 38 + 35 * len(rows)), key=f"ingest/table/{state.read}",
        disabled=["位置", "行", DOUBTS, "期限"],
        column_config={
            KIND_: st.column_config.SelectboxColumn(options=list(KINDS), required=True),
            ACCEPTED: st.column_config.CheckboxColumn(help="核对过原文，采纳这一项"),
            KEPT: st.column_config.CheckboxColumn(help="去掉勾选，这一项就不入库"),
            UNITS: st.column_config.TextColumn(width="medium", help="用顿号隔开，角色写在括号里，如 县住建局（牵头）"),
        },
    )  # fmt: skip
    return {
        t.ref: Edit(
            str(row[TITLE] or ""),
            str(row[KIND_]),
            str(row[UNITS] or ""),
            bool(row[ACCEPTED]),
            bool(row[KEPT]),
        )
        for (t, _), row in zip(held, edited, strict=True)
    }


def _dates(task: Task) -> str:
    return "；".join(
        [w.printed for s in task.says for w in s.when] + [o.printed for s in task.says for o in s.often]
    )


def _result(draft: Draft, edits: dict[str, Edit]) -> None:
    try:
        done = review(draft, edits, date.today())
    except BadInput as error:
        st.error(ui.md(str(error)), icon=":material/error:")
        return
    left = sum(e.kept and not e.accepted for e in edits.values())
    reviewed = done.pack.document.reviewed
    told = (
        f"全部 {len(done.pack.tasks)} 项已采纳，标为 {reviewed} 审过。"
        if reviewed
        else f"还有 {left} 项没有采纳：下载的仍是未审的草稿。"
    )
    ui.conclusion_card(told, False, reviewed is None)
    name = f"{done.pack.document.id}{'' if reviewed else '-未审'}.zip"
    st.download_button(
        "下载地区包（yaml）",
        lambda: _zipped(done),
        name,
        "application/zip",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption("解开后放进 kb/regions 的一个文件夹，“谁负责”就会用到它。文件只在这次打开的页面里使用。")


def _zipped(draft: Draft) -> bytes:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in write_pack(draft, Path(folder) / draft.pack.region.id):
            archive.write(path, f"{draft.pack.region.id}/{path.name}")
    return out.getvalue()


main()
