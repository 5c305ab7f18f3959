"""The page 逢查必考, run by Streamlit's own tester: a paper made, practised, sat and reviewed; a bank audited."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.quiz.model import Citation, Paper, Question

PAGE = Path(__file__).parents[2] / "ui" / "app_pages" / "quiz.py"
CITED = Citation("gongmao-2023", "工贸企业重大事故隐患判定标准", "应急管理部令第10号", "第十一条第（六）项")


def question(n: int, kind: str, options: tuple[str, ...], key: str) -> Question:
    return Question(
        kind, f"第 {n} 题<b>题干</b>", options, key, "解析", CITED, None, None, (), frozenset({str(n)})
    )


QUESTIONS = (
    question(1, "单选", ("甲", "乙", "丙"), "B"),
    question(2, "判断", ("正确", "错误"), "A"),
    question(3, "多选", ("甲", "乙", "丙"), "AC"),
)


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=180).run()


@pytest.fixture
def papered(page: AppTest) -> AppTest:
    page.session_state.paper = Paper("考核试卷", QUESTIONS, date(2026, 11, 24), 1)
    return page


def step(page: AppTest, name: str) -> AppTest:
    return page.segmented_control(key="quiz/step").set_value(name).run()


def click(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def shown(page: AppTest) -> str:
    return "".join(h.value for h in page.html if not h.value.startswith("<style>"))


def fine(page: AppTest) -> bool:
    return not page.exception and not page.error


def test_a_paper_for_the_site_is_made_with_one_click_and_can_be_taken_along(page: AppTest) -> None:
    next(b for b in page.button if b.label.startswith("用示例试一试")).click().run()
    assert fine(page) and len(page.session_state.paper.questions) == 10
    labels = {b.label for b in page.get("download_button")}
    assert labels == {"试卷（docx）", "答案与解析（docx）", "试卷数据（json）"}


def test_without_a_paper_practice_and_examination_say_where_to_get_one(page: AppTest) -> None:
    for name in ("练习", "考试"):
        step(page, name)
        assert "先在“出卷”里出一份" in page.info[0].value


def test_practice_tells_right_or_wrong_with_the_clause_after_each_answer(papered: AppTest) -> None:
    page = step(papered, "练习")
    assert next(b for b in page.button if b.label == "看答案").disabled
    page.radio(key="practice/0").set_value("A").run()
    click(page, "看答案")
    assert fine(page) and "答 A，应为 B" in shown(page) and "第十一条第（六）项" in shown(page)
    click(page, "下一题")
    page.radio(key="practice/1").set_value("A").run()
    click(page, "看答案")
    assert "答对了" in shown(page)


def test_an_examination_is_graded_and_wrong_answers_are_reviewed_with_the_clause(papered: AppTest) -> None:
    page = click(step(papered, "考试"), "开始考试")
    assert "剩余" in shown(page) and "应为" not in shown(page)
    page.radio(key="exam/1/1").set_value("B").run()
    page.radio(key="exam/1/2").set_value("B").run()
    page.checkbox(key="exam/1/3/A").check().run()
    page.checkbox(key="exam/1/3/C").check().run()
    click(page, "交卷")
    assert fine(page) and page.session_state.graded.score == 66.7
    assert "得分 66.7，不合格" in shown(page) and "答 B，应为 A" in shown(page)
    assert "第十一条第（六）项" in shown(page) and "答 A，应为 B" not in shown(page)


def test_answers_outlive_a_look_at_another_part_of_the_page(papered: AppTest) -> None:
    page = click(step(papered, "考试"), "开始考试")
    page.radio(key="exam/1/1").set_value("B").run()
    step(page, "成绩汇总")
    click(step(page, "考试"), "交卷")
    assert fine(page) and page.session_state.graded.reviews[0].given == "B"


def test_when_time_is_up_the_paper_is_handed_in_as_it_stands(papered: AppTest) -> None:
    page = click(step(papered, "考试"), "开始考试")
    page.session_state.exam = time.monotonic() - 1
    page.run()
    assert fine(page) and page.session_state.graded.score == 0


def test_stems_are_shown_as_text_never_as_markup(papered: AppTest) -> None:
    page = step(papered, "练习")
    assert "<b>题干" not in shown(page) and "&lt;b&gt;题干" in shown(page)


def test_a_saved_paper_is_taken_up_again(page: AppTest) -> None:
    data = json.dumps([q.to_json() for q in QUESTIONS], ensure_ascii=False).encode()
    page.file_uploader(key="quiz/file").upload("卷.json", data).run()
    assert fine(page) and [q.key for q in page.session_state.paper.questions] == ["B", "A", "AC"]


def test_a_file_that_is_no_paper_is_refused_by_its_own_name(page: AppTest) -> None:
    page.file_uploader(key="quiz/file").upload("坏.json", b"{").run()
    said = page.error[0].value.replace("\\", "")
    assert "坏.json" in said and "不是 JSON" in said and "/tmp" not in said


def test_results_of_several_people_are_summed_by_unit_and_post(page: AppTest) -> None:
    page = step(page, "成绩汇总")
    row = {
        "unit": "甲厂",
        "post": "安全员",
        "on": "2026-11-24",
        "paper": "卷",
        "passed": True,
        "absent": False,
        "wrong": [],
    }
    files = [("a.jsonl", json.dumps(row | {"score": s}).encode(), "application/jsonl") for s in (90.0, 80.0)]
    page.file_uploader(key="quiz/results").set_value(files).run()
    assert fine(page) and '<td data-label="平均分" class=pd-short><div>85.0</div>' in shown(page)


def test_who_of_the_roster_has_no_result_is_absent(page: AppTest) -> None:
    page = step(page, "成绩汇总")
    row = {
        "unit": "甲厂",
        "post": "电工",
        "on": "2026-11-24",
        "paper": "卷",
        "passed": True,
        "score": 90.0,
        "wrong": [],
    }
    page.file_uploader(key="quiz/results").set_value(
        [("a.jsonl", json.dumps(row).encode(), "application/jsonl")]
    ).run()
    page.text_area(key="quiz/roster").set_value("甲厂，电工，3\n乙厂 班组长").run()
    assert fine(page) and "记缺考 3 人" in "".join(c.value for c in page.caption)
    page.text_area(key="quiz/roster").set_value("甲厂").run()
    assert "只有一栏" in page.error[0].value


def test_the_time_of_a_paper_is_the_time_of_its_examination(page: AppTest) -> None:
    page.session_state.paper = Paper("考核试卷", QUESTIONS, date(2026, 11, 24), 1, minutes=3)
    page.run()
    assert "限时 3 分钟" in shown(page)
    assert step(page, "考试").number_input(key="quiz/minutes").value == 3


def test_what_could_not_be_checked_of_a_bank_says_why(page: AppTest) -> None:
    bank = "题干,选项A,选项B,答案\n月球上有几座山（　　）,一座,两座,A\n"
    page = step(page, "审查题库")
    page.file_uploader(key="quiz/bank").upload("题库.csv", bank.encode("utf-8")).run()
    assert fine(page) and "无法核对 1" in shown(page)
    (row,) = [h.value for h in page.html if "月球上有几座山" in h.value]
    assert re.search(r'data-label="原因"[^>]*><div>[^<]+', row)


def test_a_bank_with_a_wrong_key_is_told_with_reason_and_basis(page: AppTest) -> None:
    bank = "题干,选项A,选项B,答案\n木工车间布袋除尘器未装锁气卸灰装置，属于（　　）,一般隐患,重大事故隐患,A\n"
    page = step(page, "审查题库")
    page.file_uploader(key="quiz/bank").upload("题库.csv", bank.encode("utf-8")).run()
    assert fine(page) and "有问题 1" in shown(page)
    assert "第十一条第（六）项" in shown(page)
    (row,) = [h.value for h in page.html if "锁气卸灰装置" in h.value]
    assert re.search(r'data-label="核对得上的"[^>]*><div>B<', row)


def test_the_example_bank_shows_a_wrong_key_with_one_click(page: AppTest) -> None:
    page = step(page, "审查题库")
    next(b for b in page.button if b.label == "用示例题库试一试").click().run()
    assert fine(page) and "共 2 题：有问题 1" in shown(page)
