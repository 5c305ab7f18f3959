"""The page 标准库: what is held, clauses by words and date, facts, what a new edition changed, one's own official text beside ours.

A clause has an address: ?clause=STANDARD/REF.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path

import altair as alt
import streamlit as st

from engine.changes import compare
from engine.coverage import coverage
from kb import BadInput
from kb.models import Clause, KnowledgeBase, Standard
from ui.components import EXECUTABILITY, md, page_head, picture, section_head, shared_engine

COLUMNS = {
    "title": "标准",
    "doc_no": "文号",
    "domain": "领域",
    "effective": "施行",
    "expired": "失效",
    "items": "项数",
    "full": "可自动判定",
    "judgement": "需专业认定",
    "blocked": "原文不全",
    "not_encoded": "未编入",
    "unheld": "其余未收录",
    "checked_on": "核对日期",
}
SHARES = {"可自动判定": "#1f5aa6", "需专业认定": "#b26a00", "原文不全": "#6b5b95", "未编入": "#8a8f98"}
MOST_CLAUSES = 60
MOST_FACTS = 80
MEGABYTE = 1_000_000
MOST_BYTES = 10 * MEGABYTE
KINDS = ["docx", "pdf", "html", "htm", "txt"]


def name_of(standard: Standard) -> str:
    return f"《{standard.title}》（{standard.doc_no}）"


def table(kb: KnowledgeBase) -> None:
    """The coverage table, the same as `panding coverage`, and the same as a picture."""
    rows = [{COLUMNS[k]: v for k, v in asdict(r).items() if k in COLUMNS} for r in coverage(kb)]
    st.dataframe(rows, hide_index=True, width="stretch")
    st.caption(f"合计 {len(rows)} 个标准，{sum(r['项数'] for r in rows)} 项。没有列出的就是没有收录。")
    counted = [
        {"标准": f"{r['领域']} {r['文号']}", "程度": share, "项": r[share]}
        for r in rows
        for share in SHARES
        if r[share]
    ]
    chart = alt.Chart(alt.Data(values=counted)).mark_bar().encode(
        x=alt.X("项:Q", title="项数"),
        y=alt.Y("标准:N", title=None, sort=None, axis=alt.Axis(labelLimit=150)),
        color=alt.Color("程度:N", scale=alt.Scale(domain=list(SHARES), range=list(SHARES.values())), legend=alt.Legend(orient="top", title=None)),
        tooltip=["标准:N", "程度:N", "项:Q"],
    )  # fmt: skip
    with st.expander("收录程度（图）"):
        picture(chart)
    if kb.catalogue:
        with st.expander(f"已知而未收录的标准 {len(kb.catalogue)} 个"):
            st.dataframe(
                [
                    {"领域": k.domain, "标准": k.title, "文号": k.doc_no, "施行": k.effective, "说明": k.note}
                    for k in kb.catalogue
                ],
                hide_index=True,
                width="stretch",
            )


def matches(clause: Clause, words: str) -> bool:
    return all(w in f"{clause.ref}{clause.title}{clause.restatement}" for w in words.split())


def clauses(kb: KnowledgeBase) -> None:
    """Clauses by standard, day and words; those addressed in the link first."""
    everywhere = "全部标准"
    names = {name_of(s): s for s in kb.standards}
    left, right = st.columns([3, 1])
    chosen = left.selectbox("标准", [everywhere, *names])
    on = right.date_input("这一天有效", value=None, format="YYYY-MM-DD", help="留空就不按日期筛选")
    words = st.text_input("查找", placeholder="条号或关键词，如 锁气卸灰", max_chars=100)
    held = [names[chosen]] if chosen in names else list(kb.standards)
    held = [s for s in held if not isinstance(on, date) or s.in_force(on)]
    if chosen in names:
        st.caption(names[chosen].scope_text)
    found = [(s, c) for s in held for c in s.clauses if matches(c, words)]
    if chosen == everywhere and not words:
        st.caption("写几个字来查找，或者选一个标准。")
        return
    st.caption(f"{len(found)} 条" + (f"，先列 {MOST_CLAUSES} 条" if len(found) > MOST_CLAUSES else ""))
    for standard, clause in found[:MOST_CLAUSES]:
        clause_box(standard, clause, named=chosen == everywhere)
    for s in held:
        if s.not_encoded and chosen != everywhere:
            with st.expander(f"未编入的 {len(s.not_encoded)} 项"):
                st.dataframe([{"条号": n.ref, "原因": n.reason} for n in s.not_encoded], hide_index=True)


def clause_box(standard: Standard, clause: Clause, *, named: bool = False, opened: bool = False) -> None:
    """One clause: restatement, official wording when bound, source, its own address."""
    label = f"{clause.ref}　{clause.title}" + (f"　〔{standard.domain} {standard.doc_no}〕" if named else "")
    with st.expander(md(label), expanded=opened):
        official = st.session_state.get("official", {}).get(standard.id, {}).get(clause.ref)
        if official:
            ours, theirs = st.columns(2)
            ours.caption("本库复述")
            ours.text(clause.restatement)
            theirs.caption("您绑定的官方文本")
            theirs.text(official)
        else:
            st.text(clause.restatement)
        until = f"至 {standard.expired} 前" if standard.expired else "现行"
        st.caption(
            md(
                f"{name_of(standard)}　{standard.effective} 起，{until}；来源 {clause.source}；"
                f"核对于 {clause.checked_on}{EXECUTABILITY[clause.executability]}"
            )
        )
        st.code(f"?clause={standard.id}/{clause.ref}", language=None)


def addressed(kb: KnowledgeBase) -> None:
    """The clause of the link, opened."""
    wanted = st.query_params.get("clause", "")
    if not wanted:
        return
    for standard in kb.standards:
        for clause in standard.clauses:
            if clause.id == wanted:
                section_head("所指条款")
                clause_box(standard, clause, named=True, opened=True)
                return
    st.warning(
        md(f"没有条款 {wanted}；条款的地址写作 标准编号/条号，如 gongmao-2023/第十一条第（六）项"),
        icon=":material/link_off:",
    )


def versions(kb: KnowledgeBase) -> None:
    """When each edition held, and what changed from one to the next."""
    today = date.today()
    rows = [
        {
            "标准": f"{s.domain} {s.doc_no}",
            "起": s.effective.isoformat(),
            "止": (s.expired or date(today.year + 1, 1, 1)).isoformat(),
            "现状": "现行" if s.in_force(today) else "未施行" if s.effective > today else "已失效",
        }
        for s in kb.standards
    ]  # fmt: skip
    shades = {"现行": "#1f5aa6", "未施行": "#b26a00", "已失效": "#8a8f98"}
    chart = alt.Chart(alt.Data(values=rows)).mark_bar(height=10).encode(
        x=alt.X("起:T", title=None), x2="止:T",
        y=alt.Y("标准:N", title=None, sort=None, axis=alt.Axis(labelLimit=150)),
        color=alt.Color("现状:N", scale=alt.Scale(domain=list(shades), range=list(shades.values())), legend=alt.Legend(orient="top", title=None)),
        tooltip=["标准:N", "起:T", "止:T", "现状:N"],
    )  # fmt: skip
    picture(chart)
    names = {f"{s.id}　{name_of(s)}": s for s in kb.standards}
    pairs = [
        (old, new)
        for old in names for new in names
        if names[old].domain == names[new].domain and (names[old].expired or date.max) <= names[new].effective
    ]  # fmt: skip
    if not pairs:
        return
    old, new = st.selectbox(
        "比较两版",
        pairs,
        format_func=lambda p: f"{names[p[0]].doc_no} → {names[p[1]].doc_no}（{names[p[1]].domain}）",
    )
    changes = compare(names[old], names[new])
    for told, refs in (
        ("只在旧版", changes.removed),
        ("只在新版", changes.added),
        ("同号而内容不同", changes.changed),
    ):
        with st.expander(f"{told} {len(refs)} 条"):
            held = names[old] if told == "只在旧版" else names[new]
            titles = {c.ref: c.title for c in held.clauses}
            st.dataframe(
                [{"条号": r, "内容": titles.get(r, "")} for r in refs], hide_index=True, width="stretch"
            )
    st.caption(f"哪些检查记录的结论会变：panding diff {names[old].id} {names[new].id}")


def facts() -> None:
    """The facts that clauses ask: question, how to verify it on site."""
    engine = shared_engine()
    words = st.text_input("查找事实", placeholder="如 除尘、审批", max_chars=60)
    found = [f for f in engine.facts.values() if all(w in f"{f.id}{f.question}" for w in words.split())]
    st.caption(f"{len(found)} 个事实" + (f"，先列 {MOST_FACTS} 个" if len(found) > MOST_FACTS else ""))
    st.dataframe(
        [{"事实": f.id, "问题": f.question, "怎么核实": f.how, "单位": f.unit} for f in found[:MOST_FACTS]],
        hide_index=True,
        width="stretch",
    )


def official(kb: KnowledgeBase) -> None:
    """Bind one's own official text: read, laid beside our restatement, kept for this session only."""
    from corpus.documents import read_document
    from corpus.official import bind

    st.caption(
        "上传您持有的官方文本，在条款里与本库复述并排对照。文本只在这次打开的页面里使用，不上传、不保存，也不参与判定。"
    )
    names = {name_of(s): s for s in kb.standards}
    chosen = names[st.selectbox("标准", list(names), key="official/standard")]
    given = st.file_uploader(
        "官方文本（docx、pdf、html、txt，不超过 10 MB）", type=KINDS, key="official/file"
    )
    if given is None:
        return
    if given.size > MOST_BYTES:
        st.error(f"文件 {given.size / MEGABYTE:.1f} MB，应不超过 {MOST_BYTES // MEGABYTE} MB")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"official{Path(given.name).suffix.lower()}"
        path.write_bytes(given.getvalue())
        try:
            lines = [line.text for line in read_document(path).lines]
        except BadInput as error:
            st.error(md(str(error).replace(str(path), given.name)), icon=":material/error:")
            return
    bound = bind({c.ref: c.restatement for c in chosen.clauses}, lines)
    st.session_state.setdefault("official", {})[chosen.id] = bound.texts
    st.success(f"对上 {len(bound.texts)} 条，没有对上 {len(bound.missing)} 条。", icon=":material/link:")
    if bound.missing:
        st.caption(md("没有对上的：" + "、".join(bound.missing[:30])))
    for clause in chosen.clauses:
        if clause.ref in bound.texts:
            clause_box(chosen, clause)


kb = shared_engine().kb
page_head("标准库", "收录了哪些判定标准，每条收录到什么程度")
addressed(kb)
overview, found, times, asked, own = st.tabs(["收录情况", "条款", "版本", "事实", "绑定官方文本"])
with overview:
    table(kb)
with found:
    clauses(kb)
with times:
    versions(kb)
with asked:
    facts()
with own:
    official(kb)
