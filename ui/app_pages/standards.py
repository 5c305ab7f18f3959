"""The page 标准库: what is held, clauses by words and date, facts, what a new edition changed, one's own official text beside ours.

A clause has an address: ?clause=STANDARD/REF. So has each view: ?view=版本.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from engine.changes import compare
from engine.coverage import Row, coverage
from kb import BadInput
from kb.models import Clause, KnowledgeBase, Standard
from ui.components import EXECUTABILITY, md, page_head, section_head, shared_engine
from ui.drawings import Html, bar, details, draw, legend, table, time_line

SHARES = {"可自动判定": "pd-a", "需专业认定": "pd-b", "原文不全": "pd-c", "未编入": "pd-d"}
STATES = {"现行": "pd-a", "未施行": "pd-b", "已失效": "pd-d"}
EXAMPLES = ("锁气卸灰", "瓦斯 传感器", "安全出口", "有限空间")
EVERYWHERE = "全部标准"
MOST_CLAUSES = 60
MOST_FACTS = 80
MEGABYTE = 1_000_000
MOST_BYTES = 10 * MEGABYTE
KINDS = ["docx", "pdf", "html", "htm", "txt"]
state = st.session_state


def name_of(standard: Standard) -> str:
    return f"《{standard.title}》（{standard.doc_no}）"


def standing(standard: Standard, today: date) -> str:
    return "现行" if standard.in_force(today) else "未施行" if standard.effective > today else "已失效"


def held(kb: KnowledgeBase) -> None:
    """What is held of each standard, and how far: the table of `panding coverage`."""
    today = date.today()
    by_id = {s.id: s for s in kb.standards}
    rows = sorted(coverage(kb), key=lambda r: (r.domain, r.effective))
    st.caption(f"合计 {len(rows)} 个标准，{sum(r.items for r in rows)} 项。没有列出的就是没有收录。")
    draw(legend(SHARES))
    table(
        [
            {"领域": r.domain, "标准": _titled(r), "现状": standing(by_id[r.standard], today), "项": r.items, "收录程度": _extent(r)}
            for r in rows
        ]
    )  # fmt: skip
    if kb.catalogue:
        with st.expander(f"已知而未收录的标准 {len(kb.catalogue)} 个"):
            table(
                [
                    {"领域": k.domain, "标准": k.title, "文号": k.doc_no, "施行": k.effective, "说明": k.note}
                    for k in kb.catalogue
                ]
            )


def _titled(row: Row) -> Html:
    until = f"，至 {row.expired} 前" if row.expired else ""
    unheld = details("还有未收录的项", f"<small>{escape(row.unheld)}</small>") if row.unheld else ""
    return Html(
        f"{escape(row.title)}<br><small>{escape(row.doc_no)}；{row.effective} 起{until}；"
        f"核对于 {row.checked_on}</small>{unheld}"
    )


def _extent(row: Row) -> Html:
    counts = dict(zip(SHARES, (row.full, row.judgement, row.blocked, row.not_encoded), strict=True))
    return bar(counts, SHARES, row.items)


def matches(clause: Clause, words: str) -> bool:
    return all(w in f"{clause.ref}{clause.title}{clause.restatement}" for w in words.split())


def clauses(kb: KnowledgeBase) -> None:
    """Clauses by standard, day and words."""
    names = {name_of(s): s for s in kb.standards}
    words = st.text_input("查找", placeholder="条号或关键词，如 锁气卸灰", max_chars=100, key="clauses/words")
    with st.container(horizontal=True):
        for example in EXAMPLES:
            st.button(example, key=f"clauses/{example}", on_click=_seek, args=(example,))
    left, right = st.columns([3, 1])
    chosen = left.selectbox("标准", [EVERYWHERE, *names], key="clauses/standard")
    on = right.date_input("这一天有效", value=None, format="YYYY-MM-DD", help="留空就不按日期筛选")
    among = [names[chosen]] if chosen in names else list(kb.standards)
    among = [s for s in among if not isinstance(on, date) or s.in_force(on)]
    if chosen == EVERYWHERE and not words:
        st.caption("写几个字来查找，或者选一个标准。")
        return
    found = [(s, c) for s in among for c in s.clauses if matches(c, words)]
    if chosen in names:
        st.caption(md(names[chosen].scope_text))
    listed = f"{len(found)} 条" if found else "一条也没有：少写几个字，或者换一个说法、标准、日期。"
    st.caption(listed + (f"，先列 {MOST_CLAUSES} 条" if len(found) > MOST_CLAUSES else ""))
    boxes(found[:MOST_CLAUSES])
    for s in among:
        if s.not_encoded and chosen != EVERYWHERE:
            with st.expander(f"未编入的 {len(s.not_encoded)} 项"):
                table([{"条号": n.ref, "原因": n.reason} for n in s.not_encoded])


def _seek(words: str) -> None:
    state["clauses/words"] = words


def boxes(found: Iterable[tuple[Standard, Clause]]) -> None:
    """Clauses, each unfolding what it says."""
    lines = (
        details(
            f"〔{s.domain} {s.doc_no}〕{c.ref}　{c.title}",
            f'{clause_html(s, c)}<p class="pd-from">地址：<code>{escape(address(c))}</code></p>',
        )
        for s, c in found
    )
    draw("".join(lines), "pd-boxes")


def clause_html(standard: Standard, clause: Clause) -> Html:
    """One clause: restatement, official wording when bound, source."""
    official = state.get("official", {}).get(standard.id, {}).get(clause.ref)
    theirs = f"<div><b>您绑定的官方文本</b><p>{escape(official)}</p></div>" if official else ""
    ours = f"<div>{'<b>本库复述</b>' if official else ''}<p>{escape(clause.restatement)}</p></div>"
    until = f"至 {standard.expired} 前" if standard.expired else "现行"
    return Html(
        f'<div class="pd-beside">{ours}{theirs}</div>'
        f'<p class="pd-from">{escape(name_of(standard))}　{standard.effective} 起，{until}；'
        f"核对于 {clause.checked_on}{escape(EXECUTABILITY[clause.executability])}<br>"
        f"来源：{escape(clause.source)}</p>"
    )


def address(clause: Clause) -> str:
    """What to send for a clause: it opens this page there."""
    page = (st.context.url or "").split("?")[0]
    return f"{page}?clause={clause.id}"


def addressed(kb: KnowledgeBase) -> None:
    """The clause of the link, opened."""
    wanted = st.query_params.get("clause", "")
    if not wanted:
        return
    for standard in kb.standards:
        for clause in standard.clauses:
            if clause.id == wanted:
                section_head(f"{clause.ref}　{clause.title}")
                draw(clause_html(standard, clause), "pd-text")
                st.code(address(clause), language=None, wrap_lines=True)
                return
    st.warning(
        md(f"没有条款 {wanted}；条款的地址写作 标准编号/条号，如 gongmao-2023/第十一条第（六）项"),
        icon=":material/link_off:",
    )


def versions(kb: KnowledgeBase) -> None:
    """When each edition held, and what changed from one to the next."""
    today = date.today()
    ordered = sorted(kb.standards, key=lambda s: (s.domain, s.effective))
    pairs = [
        (old, new)
        for old in ordered for new in ordered
        if old.domain == new.domain and (old.expired or date.max) <= new.effective
    ]  # fmt: skip
    if pairs:
        section_head("新版改了什么")
        old, new = st.selectbox(
            "比较两版", pairs, format_func=lambda p: f"{p[0].domain}：{p[0].doc_no} → {p[1].doc_no}"
        )
        _compared(old, new)
    section_head("各版的时间")
    time_line(
        [(f"{s.domain}　{s.doc_no}", s.effective, s.expired, standing(s, today)) for s in ordered], STATES, today
    )  # fmt: skip


def _compared(old: Standard, new: Standard) -> None:
    changes = compare(old, new)
    before, after = ({c.ref: c for c in s.clauses} for s in (old, new))

    def one(held: Mapping[str, Clause]) -> Callable[[str], dict[str, object]]:
        return lambda ref: {"条号": ref, "内容": held[ref].restatement}

    def both(ref: str) -> dict[str, object]:
        return {"条号": ref, "旧版": before[ref].restatement, "新版": after[ref].restatement}

    for told, refs, row in (
        ("同号而内容不同", changes.changed, both),
        ("只在新版", changes.added, one(after)),
        ("只在旧版", changes.removed, one(before)),
    ):
        with st.expander(f"{told} {len(refs)} 条"):
            table([row(ref) for ref in refs])
    st.caption("按条号比较，内容为本库复述；重新编号的条款两边都会列出。")


def facts(kb: KnowledgeBase) -> None:
    """The facts that clauses ask: question, how to verify it on site."""
    engine = shared_engine()
    words = st.text_input("查找事实", placeholder="如 除尘、审批", max_chars=60)
    found = [f for f in engine.facts.values() if all(w in f"{f.id}{f.question}" for w in words.split())]
    st.caption(f"{len(found)} 个事实" + (f"，先列 {MOST_FACTS} 个" if len(found) > MOST_FACTS else ""))
    table(
        [
            {"问题": f.question, "怎么核实": f.how, "单位": f.unit, "编号": f.id}
            for f in found[:MOST_FACTS]
        ],
        "没有这样的事实，换一个词试试。",
    )  # fmt: skip


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
    state.setdefault("official", {})[chosen.id] = bound.texts
    st.success(f"对上 {len(bound.texts)} 条，没有对上 {len(bound.missing)} 条。", icon=":material/link:")
    if bound.missing:
        st.caption(md("没有对上的：" + "、".join(bound.missing[:30])))
    boxes((chosen, clause) for clause in chosen.clauses if clause.ref in bound.texts)


def main() -> None:
    kb = shared_engine().kb
    page_head("标准库", "收录了哪些判定标准，每条收录到什么程度，新版改了什么。")
    addressed(kb)
    views = {"收录情况": held, "条款": clauses, "版本": versions, "事实": facts, "绑定官方文本": official}
    view = st.segmented_control(
        "看什么", list(views), default="收录情况", required=True, key="view", bind="query-params", label_visibility="collapsed"
    )  # fmt: skip
    views[view](kb)


main()
