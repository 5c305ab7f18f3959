"""Responsibility drawn: the chain as a graph, units and citations, duties as a dated list. Text is escaped, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from engine.duties import SIDES, Due
from engine.responsibility import Answer, Outcome
from ui.components import md

if TYPE_CHECKING:
    from engine.consequences import After, Responsible

ICONS = {
    Outcome.DOCUMENTED: "check_circle",
    Outcome.CONTESTED: "how_to_vote",
    Outcome.SILENT: "help",
    Outcome.UNREAD: "error",
}
STYLES = {
    Outcome.DOCUMENTED: "pd-general",
    Outcome.CONTESTED: "pd-verify",
    Outcome.SILENT: "pd-uncovered",
    Outcome.UNREAD: "pd-verify",
}
_WIDE = 14  # characters to a line inside a box of the graph


def answer_card(a: Answer) -> None:
    """Outcome, units by role, values, places: the answer in one glance."""
    lines = [
        f'<div class="pd-level" role="status"><span class="pd-icon" aria-hidden="true">{ICONS[a.outcome]}</span>'
        f"<span>{escape(a.outcome.value)}</span></div>"
    ]
    for role in dict.fromkeys(r for _, r in a.roles):
        units = "、".join(escape(u) for u, r in a.roles if r == role)
        more = "（原文为开放列举）" if a.open_list else ""
        lines.append(f'<p class="pd-cite">{escape(role)}：{units}{more}</p>')
    lines += [f'<p class="pd-cite">{escape(v)}</p>' for v in a.values]
    lines += [f"<p>{escape(line)}。</p>" for line in a.mapping()]
    lines += [f"<p>依据：{escape(_place(r.title, r.doc_no, r.ref))}</p>" for r in a.refs]
    if not a.answered:
        lines += [f"<p>最接近的段落：{escape(_place(r.title, r.doc_no, r.ref))}</p>" for r in a.near]
    lines += [f'<p class="pd-why">{escape(n)}</p>' for n in a.notes]
    st.html(f'<div class="pd pd-card {STYLES[a.outcome]}">{"".join(lines)}</div>')


def _place(title: str, doc_no: str | None, ref: str) -> str:
    return f"《{title}》{f'（{doc_no}）' if doc_no else ''}{ref}"


def national_entry(a: Answer) -> None:
    """The national map beside the answer; unchecked columns are marked 待核."""
    d = a.department
    if d is None:
        return
    pending = d.unverified
    rows = (
        ("管行业", d.industry_lead),
        ("监管", "；".join(d.supervision)),
        ("管业务", "；".join(d.business)),
        ("综合监管", d.comprehensive),
        ("依据", "；".join(d.basis)),
        ("说明", d.note),
    )
    body = "".join(
        f"<dt>{name}{'（待核）' if name in pending else ''}</dt><dd>{escape(value)}</dd>"
        for name, value in rows
        if value
    )
    contested = "<p>国家层面没有单一指定，须由属地按业务相近原则指定。</p>" if d.contested else ""
    st.html(f'<div class="pd"><h2>国家层面对照：{escape(d.sector)}</h2>{contested}<dl>{body}</dl></div>')


def answer_graph(a: Answer) -> str:
    """The chain of an answer in DOT: thing, document, units with their roles."""
    edges = [("所问事项", _place(r.title, r.doc_no, r.ref), "载于") for r in a.refs[:3]]
    place = edges[0][1] if edges else "所问事项"
    edges += [(place, unit, role) for unit, role in a.roles]
    if a.department:
        d = a.department
        edges += [("所问事项", d.industry_lead, "管行业"), *(("所问事项", s, "监管") for s in d.supervision)]
        edges.append(("所问事项", d.comprehensive, "综合监管"))
    return dot(edges)


def after_graph(responsible: Iterable[Responsible]) -> str:
    """The chain of a verdict in DOT: the hazard, and each unit by its role."""
    return dot([("这条隐患", r.unit, r.role) for r in responsible if r.role != "管业务"])


def dot(edges: Iterable[tuple[str, str, str]]) -> str:
    """Edges (from, to, label) as a left-to-right graph; every name quoted and broken into lines."""
    names: dict[str, str] = {}
    lines = []
    for start, end, label in edges:
        for name in (start, end):
            names.setdefault(name, f"n{len(names)}")
        lines.append(f'{names[start]} -> {names[end]} [label="{_quoted(label)}"];')
    nodes = [f'{id} [label="{_quoted(_broken(name))}"];' for name, id in names.items()]
    font = 'fontname="sans-serif"'
    style = f'rankdir=LR; node [shape=box, style=rounded, margin="0.3,0.12", fontsize=11, {font}]; edge [fontsize=10, {font}];'
    return f"digraph {{ {style} {' '.join([*nodes, *lines])} }}"


def _broken(text: str) -> str:
    return "\n".join(text[i : i + _WIDE] for i in range(0, len(text), _WIDE))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def duty_list(dues: Iterable[Due]) -> None:
    """Duties by side, each with its day, basis and penalty."""
    held = list(dues)
    for side in SIDES:
        rows = [d for d in held if d.duty.side == side]
        if not rows:
            continue
        items = "".join(_duty(d) for d in rows)
        st.html(f'<div class="pd"><h2>{side}</h2><ul class="pd-duties">{items}</ul></div>')


def _duty(d: Due) -> str:
    day = f"<time>{d.day.isoformat()}</time>　{escape(d.when)}" if d.day else f"<b>{escape(d.when)}</b>"
    pending = ' <b class="pd-unknown">待核</b>' if d.duty.confidence != "verified" else ""
    penalty = "".join(
        f'<div class="pd-from">罚则：{escape(p.basis)}：{escape(p.measure)}</div>' for p in d.duty.penalty
    )
    return (
        f"<li>{day}　{escape(d.duty.holder)}：{escape(d.duty.duty)}{pending}"
        f'<div class="pd-from">依据：{escape("；".join(d.duty.basis))}</div>{penalty}</li>'
    )


def after_section(after: After) -> None:
    """Who is responsible for a finding, and what follows: for the page 判定."""
    from engine.consequences import responsible_lines

    with st.expander("由谁负责、接下来要做什么", icon=":material/account_tree:"):
        for line in responsible_lines(after):
            st.text(line)
        if after.responsible:
            st.graphviz_chart(after_graph(after.responsible), width="stretch")
        if after.duties:
            st.caption(md("期限从检查日期或者所写事件起算；法律没有定时限的不推算日期。"))
            duty_list(after.duties)
