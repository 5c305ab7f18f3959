"""The page 批量判定: a file in, the same file back with verdict columns."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).parents[2] / "ui" / "app_pages" / "batch.py"
HIT = "木工车间砂光工段布袋除尘器灰斗下未装锁气卸灰装置"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=120).run()


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judge(page: AppTest, name: str, content: bytes) -> AppTest:
    page.file_uploader(key="batch/file").upload(name, content).run()
    return next(b for b in page.button if b.label == "开始判定").click().run()


def told(page: AppTest) -> str:
    return "".join(e.value for e in (*page.warning, *page.error, *page.info)).replace("\\", "")


def test_the_empty_page_says_what_a_file_must_hold(page: AppTest) -> None:
    assert not page.exception and "问题描述" in told(page)
    assert next(b for b in page.button if b.label == "开始判定").disabled


def test_the_example_is_judged_with_one_click(page: AppTest) -> None:
    next(b for b in page.button if b.label == "用示例试一试").click().run()
    assert not page.exception and page.session_state.batch.counts["重大事故隐患"] == 2


def test_a_workbook_comes_back_with_its_columns_and_chinese_verdict_columns(page: AppTest) -> None:
    judge(page, "清单.xlsx", workbook(["编号", "问题描述", "行业"], ["甲-1", HIT, "工贸"]))
    assert not page.exception
    done = page.session_state.batch
    header, row = openpyxl.load_workbook(io.BytesIO(done.output)).active.iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert found["编号"] == "甲-1" and found["判定结果"] == "重大事故隐患"
    assert done.output_name == "清单-判定结果.xlsx"


def test_a_bad_row_is_apart_with_its_reason_and_the_others_are_judged(page: AppTest) -> None:
    judge(page, "a.xlsx", workbook(["问题描述", "日期"], [HIT, "2026-02-30"], [HIT, "2026-11-24"]))
    done = page.session_state.batch
    assert len(done.rows) == 1 and [b["行"] for b in done.bad] == ["2"]
    assert "不认识" in done.bad[0]["原因"] and "1 行没有判定" in told(page)


def test_an_unknown_industry_is_told_with_how_many_rows_have_it(page: AppTest) -> None:
    judge(page, "a.csv", f"问题描述,行业\n{HIT},占星\n{HIT},占星\n{HIT},工贸\n".encode())
    assert "行业“占星”没有认出，按文字判断行业（2 行）" in told(page)


def test_a_file_without_a_finding_column_is_refused_with_the_name_the_user_knows(page: AppTest) -> None:
    judge(page, "无问题.csv", "甲,乙\n1,2\n".encode())
    (error,) = page.error
    said = error.value.replace("\\", "")
    assert "无问题.csv" in said and "/tmp" not in said and "隐患描述" in said


def test_markup_and_formulas_of_a_file_come_back_as_text(page: AppTest) -> None:
    judge(page, "a.xlsx", workbook(["问题描述", "备注"], [f"<b>{HIT}</b>", "'=1+1"]))
    sheet = openpyxl.load_workbook(io.BytesIO(page.session_state.batch.output)).active
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
    assert not any("<b>" in h.value for h in page.html if not h.value.startswith("<style>"))


def test_an_industry_written_a_little_otherwise_brings_those_written_alike(page: AppTest) -> None:
    judge(page, "a.xlsx", workbook(["问题描述", "行业"], [HIT, "金属冶练"]))
    assert "行业“金属冶练”没有认出，按文字判断行业；相近的有 金属冶炼" in told(page)
