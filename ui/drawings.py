"""Pictures and tables as HTML: they wrap at 360 px, print, and are read aloud, with no chart library to load.

Every text is escaped; what a colour says is said in words or numbers too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

_SHORT = 11  # characters of a cell that is not broken into lines


class Html(str):
    """Markup of our own making: what it holds of others was escaped when it was made."""


def _text(value: object) -> str:
    return value if isinstance(value, Html) else escape("" if value is None else str(value))


def draw(inner: str, *styles: str) -> None:
    st.html(f'<div class="{" ".join(("pd", *styles))}">{inner}</div>')


def details(summary: str, inner: str, *, open: bool = False) -> Html:
    """Words that unfold without asking the server. `summary` is text, `inner` HTML."""
    shown = " open" if open else ""
    return Html(f"<details{shown}><summary>{escape(summary)}</summary>{inner}</details>")


def first_of(title: str, rows: list[str], most: int, more: str = "还有") -> None:
    """A headed list of HTML rows: the first ones, the others unfold."""

    def listed(some: list[str]) -> str:
        return f'<ul class="pd-duties">{"".join(some)}</ul>' if some else ""

    rest = rows[most:]
    unfolds = details(f"{more} {len(rest)} 项", listed(rest)) if rest else ""
    draw(f"<h2>{escape(title)}</h2>{listed(rows[:most])}{unfolds}")


def _cell(column: str, value: object, short: bool) -> str:
    inner = _text(value)
    held = f"<div>{inner}</div>" if inner else ""
    return f'<td data-label="{escape(column)}"{" class=pd-short" if short else ""}>{held}</td>'


def table(rows: Sequence[Mapping[str, object]], empty: str = "（无）") -> None:
    """Rows under the keys of the first; on a phone each row is a card with its headings."""
    draw(table_html(rows) if rows else f"<p>{escape(empty)}</p>")


def table_html(rows: Sequence[Mapping[str, object]]) -> Html:
    columns = list(rows[0])
    short = {c: all(len(str(r[c] or "")) <= _SHORT for r in rows) for c in columns}
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in columns)
    body = "".join(f"<tr>{''.join(_cell(c, row[c], short[c]) for c in columns)}</tr>" for row in rows)
    return Html(f'<table class="pd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def legend(shades: Mapping[str, str]) -> Html:
    """What each shade stands for; a shade is the name of a CSS class."""
    return Html(
        '<div class="pd-legend">'
        + "".join(f'<span><i class="pd-swatch {style}"></i>{escape(name)}</span>' for name, style in shades.items())
        + "</div>"
    )  # fmt: skip


def bar(counts: Mapping[str, int], shades: Mapping[str, str], of: int) -> Html:
    """One bar of stacked counts, drawn to the scale of `of`; the counts beside it in figures."""
    parts = "".join(
        f'<i class="{shades[name]}" style="width:{100 * n / max(1, of):.2f}%"></i>' for name, n in counts.items() if n
    )  # fmt: skip
    said = "，".join(f"{name} {n}" for name, n in counts.items() if n) or "0"
    figures = " / ".join(str(n) for n in counts.values() if n) or "0"
    return Html(
        f'<span class="pd-bar" role="img" aria-label="{escape(said)}" title="{escape(said)}">{parts}</span>'
        f' <span class="pd-figures" aria-hidden="true">{figures}</span>'
    )


def bars(rows: Mapping[str, Mapping[str, int]], shades: Mapping[str, str]) -> None:
    """Label -> counts by kind, one bar a label, all to one scale."""
    most = max((sum(c.values()) for c in rows.values()), default=1)
    lines = "".join(
        f"<dt>{_text(label)}</dt><dd>{bar(counts, shades, most)}</dd>" for label, counts in rows.items()
    )
    draw(f'{legend(shades) if len(shades) > 1 else ""}<dl class="pd-bars">{lines}</dl>')


def time_line(
    rows: Iterable[tuple[str, date, date | None, str]], shades: Mapping[str, str], today: date
) -> None:
    """(label, from, until, state) on one line of years; a bar without end runs to the right edge."""
    held = list(rows)
    first = date(min((start.year for _, start, _, _ in held), default=today.year), 1, 1)
    last = date(
        max((d.year for _, a, b, _ in held for d in (a, b, today) if d), default=today.year) + 1, 1, 1
    )
    whole = (last - first).days

    def place(day: date) -> float:
        return 100 * (day - first).days / whole

    years = "".join(
        f'<span style="left:{place(date(y, 1, 1)):.2f}%">{y}</span>' for y in range(first.year, last.year)
    )
    mark = f'<i class="pd-today" style="left:{place(today):.2f}%"></i>'
    lines = "".join(
        f'<dt>{escape(label)}</dt><dd><span class="pd-track">{mark}<i class="pd-span {shades[state]}"'
        f' style="left:{place(start):.2f}%;width:{place(until or last) - place(start):.2f}%"></i></span>'
        f"<small>{escape(state)}：{start} 起{f'，至 {until} 前' if until else ''}</small></dd>"
        for label, start, until, state in held
    )
    draw(
        f'{legend({**shades, "今天": "pd-today"})}<div class="pd-years" aria-hidden="true">{years}</div>'
        f'<dl class="pd-time">{lines}</dl>'
    )


def chain(
    root: str,
    branches: Iterable[tuple[str, str]],
    inner: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> None:
    """A graph from one box: branches (label of the line, box), and from a box those of `inner`."""
    draw(f'<div class="pd-chain"><b class="pd-node">{escape(root)}</b>{_boughs(branches, inner or {})}</div>')


def _boughs(branches: Iterable[tuple[str, str]], inner: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    items = "".join(
        f'<li><span class="pd-role">{escape(label)}</span><span class="pd-node">{escape(box)}</span>'
        f"{_boughs(inner[box], {}) if box in inner else ''}</li>"
        for label, box in branches
    )
    return f"<ul>{items}</ul>"
