"""Responsibility drawn: the chain as a graph, units and citations, duties as a dated list. Text is escaped, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from engine.consequences import FEW_DUTIES, LOCAL
from engine.duties import SIDES, Due
from engine.responsibility import Answer, Outcome
from ui.drawings import chain, draw, first_of

if TYPE_CHECKING:
    from engine.consequences import After

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
MOST_PLACES = 3
MOST_BOXES = 3  # of one role; more stand in one box


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
    draw("".join(lines), "pd-card", STYLES[a.outcome])


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
    draw(f"<h2>国家层面对照：{escape(d.sector)}</h2>{contested}<dl>{body}</dl>")


def answer_graph(a: Answer) -> None:
    """The chain of an answer: thing, documents with the units they name, and the national map beside."""
    places = [_place(r.title, r.doc_no, r.ref) for r in a.refs[:MOST_PLACES]]
    branches = [("载于", place) for place in places]
    units = [(role, unit) for unit, role in a.roles]
    if a.department:
        d = a.department
        branches += [("管行业", d.industry_lead), *(("监管", s) for s in d.supervision)]
        branches.append(("综合监管", d.comprehensive))
    chain("所问事项", branches if places else [*units, *branches], {places[0]: units} if places else {})


def duty_list(dues: Iterable[Due]) -> None:
    """Duties by side, each with its day, basis and penalty; the first ones, the others unfold."""
    held = list(dues)
    for side in SIDES:
        rows = [_duty(d) for d in held if d.duty.side == side]
        if rows:
            first_of(side, rows, FEW_DUTIES, f"{side}还有")


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


def after_graph(after: After) -> None:
    """The chain of a verdict: the hazard, each role with its units, and the document that says so."""
    roles: dict[str, dict[str, str]] = {}
    for r in after.responsible:
        roles.setdefault(r.role, {})[r.marked] = r.basis if r.role.startswith(LOCAL) else ""
    branches = [
        (role, unit)
        for role, units in roles.items()
        for unit in (units if len(units) <= MOST_BOXES else ["；".join(units)])
    ]
    places = {unit: [("载于", at)] for units in roles.values() for unit, at in units.items() if at}
    chain("这条隐患", branches, places)


def after_section(after: After) -> None:
    """Who is responsible for a finding, and what follows: for the page 判定."""
    with st.expander("由谁负责、接下来要做什么", icon=":material/account_tree:"):
        if after.responsible:
            after_graph(after)
        if after.duties:
            st.caption("期限从检查日期或者所写事件起算；法律没有定时限的不推算日期。")
            duty_list(after.duties)
