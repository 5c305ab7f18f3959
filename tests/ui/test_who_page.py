"""The page 谁负责, and the router with every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

UI = Path(__file__).parents[2] / "ui"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(UI / "app_pages" / "who.py"), default_timeout=120).run()


def shown(page: AppTest) -> str:
    return "".join(h.value for h in page.html if not h.value.startswith("<style>"))


def test_an_example_is_answered_with_units_basis_and_a_graph(page: AppTest) -> None:
    next(b for b in page.button if b.label == "克州的敬老院安全归谁管？").click().run()
    assert not page.exception and "民政局" in shown(page) and "依据：《" in shown(page)
    (graph,) = [h.value for h in page.html if "pd-chain" in h.value]
    assert graph.index("所问事项") < graph.index("载于") < graph.index("民政局") and "管行业" in graph


def test_a_thing_that_is_picked_becomes_the_question(page: AppTest) -> None:
    page.text_input(key="question").set_value("克州的敬老院安全归谁管？").run()
    page.selectbox(key="who/region").set_value("达拉特旗")
    page.selectbox(key="who/thing").set_value("加油站")
    next(b for b in page.button if b.label == "查").click().run()
    assert page.text_input(key="question").value == "达拉特旗加油站由谁负责？"
    assert page.selectbox(key="who/thing").value == ""


def test_another_address_asks_its_question_and_none_keeps_the_last(page: AppTest) -> None:
    page.text_input(key="question").set_value("克州的敬老院安全归谁管？").run()
    page.query_params["q"] = "义隆永镇的黑车由谁查处？"
    page.run()
    assert page.text_input(key="question").value == "义隆永镇的黑车由谁查处？" and "义隆永镇" in shown(page)


def test_a_question_has_an_address() -> None:
    page = AppTest.from_file(str(UI / "app_pages" / "who.py"), default_timeout=120)
    page.query_params["q"] = "克州的敬老院安全归谁管？"
    page.run()
    assert page.text_input(key="question").value == "克州的敬老院安全归谁管？" and "民政局" in shown(page)


def test_markup_in_a_question_is_shown_as_text(page: AppTest) -> None:
    page.text_input(key="question").set_value("<img src=x>克州的敬老院归谁管？").run()
    assert not page.exception and "<img" not in shown(page)


def test_the_duties_after_a_hazard_are_listed_by_side_with_their_basis(page: AppTest) -> None:
    assert "采取措施消除事故隐患" in shown(page) and "安全生产法" in shown(page)


def test_a_fault_of_a_page_is_told_in_chinese_without_a_stack_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("ui.components.shared_engine", broken)
    page = AppTest.from_file(str(UI / "app.py"), default_timeout=60).run()
    (error,) = page.error
    assert not page.exception and "内部故障" in error.value and "secret" not in error.value


def test_every_page_has_a_link_in_the_one_bar() -> None:
    page = AppTest.from_file(str(UI / "app.py"), default_timeout=60).run()
    files = {p.stem for p in (UI / "app_pages").glob("*.py")} - {"__init__"}
    assert not page.exception and len(page.get("page_link")) == len(files)
