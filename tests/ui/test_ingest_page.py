"""The page 文件入库: a plan beside what was read of it; nothing unreviewed is called reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).parents[2] / "ui" / "app_pages" / "ingest.py"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=120).run()


def click(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def shown(page: AppTest) -> str:
    return "".join(h.value for h in page.html if not h.value.startswith("<style>"))


def test_the_example_stands_beside_its_text_and_is_unreviewed(page: AppTest) -> None:
    click(page, "用示例文件试一试")
    assert not page.exception and not page.error
    assert "青河县燃气安全专项治理实施方案" in shown(page) and "整治燃气具质量" in shown(page)
    assert "没有采纳：下载的仍是未审的草稿" in shown(page)
    assert page.session_state.draft.pack.document.reviewed is None


def test_every_task_of_the_example_names_its_units_and_place(page: AppTest) -> None:
    click(page, "用示例文件试一试")
    tasks = {t.ref: t for t in page.session_state.draft.pack.tasks}
    first = tasks["二（一）"].units[0]
    assert (first.u, first.role) == ("青河县商务局", "牵头")


def test_markup_in_a_document_is_shown_as_text(page: AppTest) -> None:
    text = "甲县方案\n一、主要任务\n（一）整治<script>alert(1)</script>。由县应急局负责。\n"
    page.file_uploader(key="ingest/file").upload("甲.txt", text.encode()).run()
    page.text_input(key="ingest/region").set_value("甲县").run()
    click(page, "读取")
    assert not page.exception and "<script>" not in shown(page)


def test_a_file_that_cannot_be_read_is_refused_by_its_own_name(page: AppTest) -> None:
    page.file_uploader(key="ingest/file").upload("坏.pdf", b"not a pdf").run()
    click(page, "读取")
    said = page.error[0].value.replace("\\", "")
    assert "坏.pdf" in said and "/tmp" not in said
