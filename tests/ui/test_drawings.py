"""Pictures and tables as HTML: what others wrote is text, what a colour says is said in figures too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ui import drawings
from ui.drawings import Html, bar, bars, chain, table, table_html, time_line

HOSTILE = '<img src=x onerror="alert(1)">'
SHADES = {"已回答": "pd-a", "还要问": "pd-d"}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the page."""
    sent: list[str] = []
    monkeypatch.setattr(drawings.st, "html", sent.append)
    return sent


@pytest.mark.parametrize(
    "picture",
    [
        lambda: table([{HOSTILE: HOSTILE}]),
        lambda: bars({HOSTILE: {"已回答": 1, "还要问": 2}}, SHADES),
        lambda: chain(HOSTILE, [(HOSTILE, HOSTILE)], {HOSTILE: [(HOSTILE, HOSTILE)]}),
        lambda: time_line([(HOSTILE, date(2020, 1, 1), None, "现行")], {"现行": "pd-a"}, date(2026, 1, 1)),
    ],
)
def test_markup_of_others_is_drawn_as_text(picture: Callable[[], None], drawn: list[str]) -> None:
    picture()
    assert "<img" not in drawn[0] and "&lt;img" in drawn[0]


def test_a_table_tells_each_cell_its_heading_for_narrow_screens_and_keeps_empty_cells_empty() -> None:
    html = table_html([{"条款": "第一条", "情况": None}])
    assert '<td data-label="条款" class=pd-short><div>第一条</div></td>' in html
    assert '<td data-label="情况" class=pd-short></td>' in html


def test_an_empty_table_says_so(drawn: list[str]) -> None:
    table([], "一条也没有。")
    assert "一条也没有。" in drawn[0] and "<table" not in drawn[0]


def test_a_bar_says_its_counts_in_words_and_figures_and_is_drawn_to_scale() -> None:
    html = bar({"已回答": 1, "还要问": 3}, SHADES, 4)
    assert 'aria-label="已回答 1，还要问 3"' in html and ">1 / 3</span>" in html
    assert "width:25.00%" in html and "width:75.00%" in html


def test_a_bar_of_nothing_is_nought() -> None:
    assert ">0</span>" in bar({"已回答": 0, "还要问": 0}, SHADES, 0)


def test_an_edition_that_ended_ends_on_the_line_of_years(drawn: list[str]) -> None:
    lived = ("旧版", date(2020, 1, 1), date(2022, 1, 1), "已失效")
    time_line(
        [lived, ("新版", date(2022, 1, 1), None, "现行")],
        {"现行": "pd-a", "已失效": "pd-d"},
        date(2023, 1, 1),
    )
    assert "已失效：2020-01-01 起，至 2022-01-01 前" in drawn[0] and "现行：2022-01-01 起<" in drawn[0]
    assert "left:0.00%;width:50.03%" in drawn[0]


def test_our_own_markup_is_kept() -> None:
    assert "<b>重大</b>" in table_html([{"结论": Html("<b>重大</b>")}])
