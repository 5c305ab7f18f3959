"""The journeys of three users in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import openpyxl
from docx import Document

if TYPE_CHECKING:
    from tests.ui.browser.conftest import Visit

PHONE, TABLET, DESK, WALL = 360, 768, 1280, 1920
FINDINGS = (
    "木工车间砂光工段布袋除尘器灰斗下未装锁气卸灰装置",
    "布袋除尘器灰斗下未装锁气卸灰装置",
    "配电箱门未关闭",
)
PAGES = ("批量判定", "企业自查", "履职日历", "逢查必考", "谁负责", "文件入库", "标准库", "判定")
At = Callable[[int], "Visit"]


def body(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_an_inspector_judges_three_findings_on_a_phone_answers_a_question_and_takes_the_record(
    visit: At,
) -> None:
    at = visit(PHONE).open()
    for number, finding in enumerate(FINDINGS):
        if number:
            at.press("判定下一条")
        at.page.get_by_label("所见情况", exact=True).fill(finding)
        at.pick("行业", "工贸")
        at.page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
        at.settle()
        if number == 1:
            at.sees("可能涉及").choose("木质粉尘").sees("由 需核实 变为 重大事故隐患")
        at.press("记入今天的清单").sees(f"今天的清单（{number + 1} 条）")
    assert at.sideways <= 0
    at.page.get_by_label("被检查单位（可不填）").fill("示例木业")
    at.page.keyboard.press("Tab")
    at.settle()
    record = body(at.download("检查记录（docx）"))
    assert "示例木业" in record and all(f in record for f in FINDINGS)
    assert record.count("第十一条第（六）项") >= 2 and "一般隐患" in record
    sheet = openpyxl.load_workbook(io.BytesIO(at.download("清单（xlsx）"))).active
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "重大事故隐患", "重大事故隐患", "一般隐患",
    ]  # fmt: skip


def test_a_manager_fills_the_profile_does_a_check_takes_the_reports_and_sees_the_calendar(visit: At) -> None:
    at = visit(DESK).open("/selfcheck")
    at.pick("行业（必填，可选几个）", "木制品加工")
    at.page.keyboard.press("Escape")
    at.page.get_by_label("单位名称（可不填）").fill("示例木业")
    at.page.get_by_label("场所设施").fill("木工车间、除尘系统、无 锅炉、无 电梯")
    at.press("开始自查").sees("已查清")
    for group in at.page.get_by_role("radiogroup").all()[1:4]:
        group.get_by_text("无", exact=True).first.click()
        at.settle()
    at.sees("已回答 3 问").press("下一组问题")
    at.choose("结果和报告").sees("共查")
    report = body(at.download("自查报告（docx）"))
    assert "示例木业安全生产自查报告" in report and "待核实" in report
    assert at.download("隐患清单（xlsx）").startswith(b"PK")
    at.page.get_by_role("link", name="履职日历").click()
    at.settle()
    at.sees("示例木业：按期的事").pick("做完了哪一件", "防火检查").press("记下，算出下次").sees(
        "天内到期（1）"
    )
    assert at.download("日历文件（ics）").count(b"BEGIN:VEVENT") >= 1
    kept = at.page.get_by_role("link", name="企业自查")
    kept.click()
    at.settle()
    saved = at.download("保存自查文件")
    at.press("另做一次").page.get_by_text("接着上次的做").click()
    upload = {"name": "自查.yaml", "mimeType": "application/yaml", "buffer": saved}
    at.page.locator("input[type=file]").set_input_files(upload)
    at.sees("已回答 3 问")


def test_a_trainer_makes_a_paper_someone_sits_it_and_the_result_is_reviewed(visit: At) -> None:
    at = visit(TABLET).open("/quiz")
    at.press("用示例试一试").sees("（10 题，限时 3 分钟）")
    key = body(at.download("答案与解析（docx）"))
    assert "出处" in key and "答案与解析" not in body(at.download("试卷（docx）"))
    at.choose("考试").press("开始考试").sees("剩余")
    for group in at.page.get_by_role("radiogroup").all()[1:]:
        group.get_by_text("A．").first.click()
    at.settle().press("交卷").sees("得分")
    assert "错题和出处" in at.text and "应为" in at.text


def test_no_page_is_wider_than_the_window_none_is_broken_and_none_asks_anything_of_the_internet(
    visit: At,
) -> None:
    at = visit(PHONE)
    asked: list[str] = []
    at.page.on("request", lambda request: asked.append(request.url))
    at.open()
    for page in PAGES:
        at.page.set_viewport_size({"width": PHONE, "height": 800})
        at.page.get_by_role("link", name=page, exact=True).click()
        at.page.locator(".pd-head h1", has_text=page).wait_for()
        assert at.settle().sideways <= 0, page
        at.page.set_viewport_size({"width": WALL, "height": 1000})
        assert at.settle().sideways <= 0, page
        assert "内部故障" not in at.text, page
    assert not [url for url in asked if not url.startswith((at.address, "ws:", "data:", "blob:"))]


def test_on_a_phone_a_table_is_cards_and_the_graph_of_who_answers_fits(visit: At) -> None:
    at = visit(PHONE).open("/standards")
    row = at.page.locator(".pd-table tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "block" and at.sideways <= 0
    at.open("/who?" + urlencode({"q": "达拉特旗的城镇燃气专项治理由谁负责？"})).sees("综合监管")
    box = at.page.locator(".pd-chain").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE and at.sideways <= 0


def test_the_browsers_back_leads_to_the_question_before(visit: At) -> None:
    at = visit(DESK).open("/who?" + urlencode({"q": "克州的敬老院安全归谁管？"})).sees("民政局")
    at.press("义隆永镇的黑车由谁查处？").sees("义隆永镇公安派出所")
    at.page.go_back()
    at.settle().sees("民政局")
    assert at.page.get_by_label("问题", exact=True).input_value() == "克州的敬老院安全归谁管？"


def test_a_fact_and_the_day_are_changed_and_the_answer_says_what_it_was(visit: At) -> None:
    at = visit(PHONE).open("/?" + urlencode({"text": FINDINGS[0], "industry": "工贸", "on": "2026-11-24"}))
    at.choose("读错了、情况变了？改一个事实或日期，看结论怎么变")
    at.pick("哪一项事实", "锁气卸灰装置").choose("有，且有效").sees("由 重大事故隐患")
    assert "重大事故隐患" not in at.page.locator(".pd-level").inner_text()


def test_a_refused_upload_says_so_in_chinese(visit: At) -> None:
    at = visit(PHONE).open("/batch")
    at.page.locator("input[type=file]").set_input_files(
        {"name": "a.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    )
    chip = at.page.locator('[data-testid="stFileChip"][aria-invalid="true"]')
    chip.wait_for()
    assert "没有接受" in chip.evaluate("e => getComputedStyle(e, '::after').content")


def test_an_address_opens_judged_and_on_paper_there_are_no_buttons(visit: At) -> None:
    at = visit(DESK).open("/?" + urlencode({"text": FINDINGS[0], "industry": "工贸", "on": "2026-11-24"}))
    assert "重大事故隐患" in at.text and "现在要做" in at.text
    at.page.emulate_media(media="print")
    assert at.page.locator(".pd-card").first.is_visible()
    for hidden in (".st-key-nav", ".stDownloadButton", ".stButton"):
        assert not any(b.is_visible() for b in at.page.locator(hidden).all())


def test_the_keyboard_alone_leads_from_the_text_to_the_verdict(visit: At) -> None:
    at = visit(DESK).open()
    at.page.get_by_label("所见情况", exact=True).focus()
    at.page.keyboard.type(FINDINGS[0])
    at.page.keyboard.press("Control+Enter")
    assert "重大事故隐患" in at.sees("现在要做").text
