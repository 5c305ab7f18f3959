"""标准库: which standards are held, how far each item is encoded, and what each clause says."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from engine.coverage import coverage
from kb.models import Clause, KnowledgeBase
from ui.components import EXECUTABILITY, md, page_head, shared_engine

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


def table(kb: KnowledgeBase) -> None:
    """The coverage table, the same as `panding coverage`."""
    rows = [{COLUMNS[k]: v for k, v in asdict(r).items() if k in COLUMNS} for r in coverage(kb)]
    st.dataframe(rows, hide_index=True, width="stretch")
    st.caption(f"合计 {len(rows)} 个标准，{sum(r['项数'] for r in rows)} 项。没有列出的就是没有收录。")
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
    """One standard's clauses, searchable."""
    names = {f"《{s.title}》（{s.doc_no}）": s for s in kb.standards}
    chosen = names[st.selectbox("标准", list(names))]
    words = st.text_input("查找", placeholder="条号或关键词，如 锁气卸灰", max_chars=100)
    st.caption(chosen.scope_text)
    found = [c for c in chosen.clauses if matches(c, words)]
    st.caption(f"{len(found)} 条")
    for clause in found:
        with st.expander(md(f"{clause.ref}　{clause.title}")):
            st.text(clause.restatement)
            st.caption(
                md(f"来源 {clause.source}；核对于 {clause.checked_on}{EXECUTABILITY[clause.executability]}")
            )
    if chosen.not_encoded:
        with st.expander(f"未编入的 {len(chosen.not_encoded)} 项"):
            st.dataframe([{"条号": n.ref, "原因": n.reason} for n in chosen.not_encoded], hide_index=True)


kb = shared_engine().kb
page_head("标准库", "收录了哪些判定标准，每条收录到什么程度")
table(kb)
st.subheader("条款")
clauses(kb)
