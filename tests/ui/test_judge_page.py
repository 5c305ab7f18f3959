"""The page 判定, run by Streamlit's own tester over the shipped knowledge base; and what it lets people keep."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from engine import Engine, Finding, open_engine
from engine.batch import MAX_TEXT
from engine.verdict import DISCLAIMER
from ui.components import condition_words, marked_text, md
from ui.record import LIST_COLUMNS, docx_list, docx_record, fact_line, fact_name, list_rows, plain_text
from ui.table_io import xlsx_bytes

APP = Path(__file__).parents[2] / "ui" / "app.py"
EXAMPLE = "木工车间砂光工段布袋除尘器灰斗下未装锁气卸灰装置"
WITHOUT_DUST = "布袋除尘器灰斗下未装锁气卸灰装置"
OTHERS = "其他……"
CITATION = "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十一条第（六）项"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60).run()


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_engine()


def judge(page: AppTest, text: str, industry: str = "", on: date | None = None) -> AppTest:
    page.text_area(key="text").set_value(text)
    page.selectbox(key="industry").set_value(industry)
    if on:
        page.date_input(key="on").set_value(on)
    return next(b for b in page.button if b.label == "判定").click().run()


def html(page: AppTest) -> str:
    """All HTML of the page but its style sheet."""
    return "\n".join(h.value for h in page.html if not h.value.startswith("<style>"))


def card(page: AppTest) -> str:
    return next(h.value for h in page.html if "pd-card" in h.value and not h.value.startswith("<style>"))


def asked(page: AppTest) -> list[str]:
    """The facts the page asks for, in order of the kinds of widgets."""
    widgets = [*page.radio, *page.selectbox, *page.number_input]
    return [w.key.split("/", 2)[2] for w in widgets if w.key and w.key.startswith("answer/")]


def answer(page: AppTest, fact: str, value: str) -> AppTest:
    def widget() -> Any:
        return next(w for w in (*page.radio, *page.selectbox) if w.key and w.key.endswith(f"/{fact}"))

    if isinstance(widget(), Radio) and OTHERS in widget().options and value not in widget().options:
        widget().set_value(OTHERS).run()
    return widget().set_value(value).run()


def test_the_empty_page_shows_the_form_and_no_verdict(page: AppTest) -> None:
    assert not page.exception
    assert page.date_input(key="on").value == date.today()
    assert page.text_area(key="text").max_chars == MAX_TEXT
    assert "pd-card" not in html(page)


def test_the_example_is_shown_as_major_with_its_citation_and_restatement(page: AppTest) -> None:
    judge(page, EXAMPLE, "工贸")
    assert not page.exception
    shown = card(page)
    assert "重大事故隐患" in shown and CITATION in shown
    assert "没有设置锁气卸灰装置" in shown
    assert "理由：除尘系统的锁气卸灰装置：未设" in shown


def test_an_example_button_judges_at_once(page: AppTest) -> None:
    next(b for b in page.button if b.key and b.key.startswith("example/")).click().run()
    assert "重大事故隐患" in card(page)


def test_a_missing_fact_is_asked_and_its_answer_changes_the_verdict_and_can_be_taken_back(
    page: AppTest,
) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    assert "需核实" in card(page) and f"可能涉及：{CITATION}" in card(page)
    assert asked(page) == ["粉尘种类"]
    answer(page, "粉尘种类", "木质粉尘")
    assert "重大事故隐患" in card(page) and CITATION in card(page)
    assert asked(page) == ["粉尘种类"]
    assert [t.value for t in page.toast] == ["结论变为：重大事故隐患"]
    answer(page, "粉尘种类", "不清楚")
    assert "需核实" in card(page)


def test_an_answer_that_excludes_the_clause_shows_it_as_refuted_with_the_fact(page: AppTest) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    answer(page, "粉尘种类", "不可燃粉尘")
    assert "重大事故隐患" not in card(page)
    assert "粉尘种类：不可燃粉尘（给定）" in html(page)


def test_of_many_answers_those_the_clause_names_are_one_tap_away_and_the_others_two(page: AppTest) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    (offered,) = [r for r in page.radio if r.key.endswith("/粉尘种类")]
    assert offered.options == ["可燃性粉尘", "木质粉尘", "铝镁等金属粉尘", OTHERS, "不清楚"]
    offered.set_value(OTHERS).run()
    assert "需核实" in card(page)
    (every,) = [s for s in page.selectbox if s.key.endswith("/粉尘种类")]
    assert len(every.options) > len(offered.options)


def test_a_trade_that_was_given_is_not_offered_as_an_answer(page: AppTest) -> None:
    judge(page, "喷漆房未安装可燃气体报警器", "工贸")
    (offered,) = [r for r in page.radio if r.key.endswith("/行业")]
    assert "机械" in offered.options and "工贸" not in offered.options


def test_a_quantity_is_asked_as_a_number(page: AppTest) -> None:
    judge(page, "氨制冷速冻车间快速冻结装置作业间内有5人以上同时作业", "工贸")
    assert asked(page) == ["人数@快速冻结作业间"]
    page.number_input[0].set_value(12.0).run()
    assert not page.exception
    assert page.session_state.interview.answers == (("人数@快速冻结作业间", "12.0"),)


def test_a_presumption_switched_off_changes_the_verdict_and_can_be_switched_on_again(page: AppTest) -> None:
    judge(page, EXAMPLE)
    assert "推定命中" in card(page)
    box = next(c for c in page.checkbox if c.label.startswith("**行业"))
    box.uncheck().run()
    assert "需核实" in card(page)
    next(c for c in page.checkbox if c.label.startswith("**行业")).check().run()
    assert "推定命中" in card(page)


def test_markup_in_the_finding_is_shown_as_text(page: AppTest) -> None:
    judge(page, "<script>alert(1)</script><img src=x onerror=alert(1)>" + EXAMPLE, "工贸")
    assert not page.exception
    assert "<script>" not in html(page) and "<img" not in html(page)
    assert "&lt;" in html(page) and "onerror" in html(page)


def test_an_empty_text_gets_a_friendly_hint(page: AppTest) -> None:
    judge(page, "  \n ")
    assert [e.value for e in page.error] == [md("请先写下现场看到的情况，例如缺什么、坏了什么、超了多少。")]
    assert "pd-card" not in html(page)


def test_an_industry_whose_standard_is_not_held_is_uncovered_and_says_so(page: AppTest) -> None:
    judge(page, "安全帽佩戴不规范，井下巷道积水", "养老")
    assert "未覆盖" in card(page) and "养老" in card(page)


def test_a_date_before_the_standard_took_effect_does_not_cite_it(page: AppTest) -> None:
    judge(page, EXAMPLE, "工贸", on=date(2020, 1, 1))
    assert CITATION not in html(page)


def test_a_text_nothing_is_read_of_says_so_and_is_never_general(page: AppTest) -> None:
    judge(page, "今天天气很好")
    assert "需核实" in card(page)
    assert "文字读懂程度：<b>未读懂</b>" in html(page)


def test_unread_words_are_dotted_and_explained(page: AppTest) -> None:
    judge(page, EXAMPLE + "，鬼画符", "工贸")
    assert ">鬼画符</span>" in html(page)
    assert "没有读懂、未用于判定的词" in html(page)


def test_the_disclaimer_stands_on_the_page_once_beside_the_version(page: AppTest) -> None:
    judge(page, EXAMPLE, "工贸")
    assert html(page).count(DISCLAIMER) == 1
    assert "知识库版本" in html(page)


def test_another_text_starts_without_the_old_answers(page: AppTest) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    answer(page, "粉尘种类", "木质粉尘")
    judge(page, "袋式除尘器未装锁气卸灰装置", "工贸")
    assert page.session_state.interview.answers == ()
    assert "需核实" in card(page)


def test_deciding_words_are_marked_and_the_rest_is_not(engine: Engine) -> None:
    marked = marked_text(engine.judge(Finding(EXAMPLE, industry="工贸")))
    assert "<mark>木工车间" in marked and "</mark>灰斗下<mark>未装锁气卸灰装置</mark>" in marked


def test_the_sheet_holds_level_citation_facts_words_version_and_disclaimer(engine: Engine) -> None:
    verdict = engine.judge(Finding(EXAMPLE, industry="工贸", on=date(2026, 11, 24)))
    sheet = Document(io.BytesIO(docx_record(verdict)))
    cells = [[c.text for c in row.cells] for row in sheet.tables[0].rows]
    assert ["检查日期", "2026-11-24"] in cells
    assert ["所见情况", EXAMPLE] in cells and ["判定结果", "重大事故隐患"] in cells
    body = "\n".join(p.text for p in sheet.paragraphs)
    assert body.startswith("现场检查判定记录")
    assert CITATION in body and "粉尘种类：木质粉尘（由原文“木工车间" in body
    assert DISCLAIMER in body and verdict.kb_version in body


def test_the_sheet_takes_characters_that_xml_cannot_hold(engine: Engine) -> None:
    verdict = engine.judge(Finding(f"\x00\x0b{EXAMPLE}\ufffe", industry="工贸"))
    assert docx_record(verdict).startswith(b"PK")


def test_the_plain_text_opens_with_the_level_and_cites(engine: Engine) -> None:
    text = plain_text(engine.judge(Finding(EXAMPLE, industry="工贸")))
    assert text.startswith("【重大事故隐患】")
    assert CITATION in text and text.endswith(DISCLAIMER)


def test_the_open_questions_stand_in_the_plain_text(engine: Engine) -> None:
    text = plain_text(engine.judge(Finding(WITHOUT_DUST, industry="工贸")))
    assert "尚待核实：\n　1. 现场产生的是哪一种粉尘？" in text


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("锁气卸灰装置@除尘系统", "除尘系统的锁气卸灰装置"),
        ("粉尘种类", "粉尘种类"),
        ("报警装置~排放阀@熔炼炉", "熔炼炉的报警装置与排放阀的关联"),
    ],
)
def test_a_fact_id_is_said_in_words(fact: str, words: str) -> None:
    assert fact_name(fact) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("缺 锁气卸灰装置@除尘系统", "缺：除尘系统的锁气卸灰装置"),
        ("数 人数@快速冻结作业间 > 9 人", "快速冻结作业间的人数 > 9 人"),
        ("粉尘种类=木质粉尘|煤粉", "粉尘种类：木质粉尘或煤粉"),
        ("且", "同时满足"),
    ],
)
def test_a_condition_is_said_in_words(condition: str, words: str) -> None:
    assert condition_words(condition) == words


def test_every_markdown_mark_is_disarmed_in_labels() -> None:
    assert md("![x](http://a) :red[b] $c$ 第（一）项") == (
        r"\!\[x\]\(http\:\/\/a\) \:red\[b\] \$c\$ 第（一）项"
    )


# -- what to do, what changes, what is kept ----------------------------------------------------------------


def click(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def correct(page: AppTest, fact: str, value: str) -> AppTest:
    serial = page.session_state.serial
    page.selectbox(key=f"change/{serial}").set_value(fact).run()
    widgets = [*page.radio, *page.selectbox]
    return next(w for w in widgets if w.key == f"correct/{serial}/{fact}").set_value(value).run()


def test_the_card_says_what_to_do_now(page: AppTest) -> None:
    judge(page, EXAMPLE, "工贸")
    assert "现在要做" in card(page) and "企业：立即或限期，采取措施消除事故隐患" in card(page)
    judge(page, WITHOUT_DUST, "工贸")
    assert "核实：现场产生的是哪一种粉尘？" in card(page)


def test_a_corrected_fact_replaces_the_reading_and_the_page_says_what_changed(page: AppTest) -> None:
    judge(page, EXAMPLE, "工贸")
    correct(page, "粉尘种类", "不可燃粉尘")
    assert not page.exception and not page.warning
    assert "重大事故隐患" not in card(page)
    assert any("由 重大事故隐患（第十一条第（六）项）" in i.value.replace("\\", "") for i in page.info)
    answer(page, "粉尘种类", "不清楚")
    assert "重大事故隐患" in card(page)


def test_another_date_is_judged_by_what_was_in_force_then(page: AppTest) -> None:
    judge(page, EXAMPLE, "工贸")
    page.date_input(key=f"change-date/{page.session_state.serial}").set_value(date(2020, 1, 1)).run()
    assert CITATION not in card(page)
    assert page.session_state.interview.finding.on == date(2020, 1, 1)


def test_a_clause_one_fact_away_is_shown_and_one_already_asked_is_not(page: AppTest) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    assert not any("再有一项即构成" in e.label for e in page.expander)
    answer(page, "粉尘种类", "不可燃粉尘")
    assert any("再有一项即构成" in e.label for e in page.expander)
    assert "现为“不可燃粉尘”" in html(page) and "即构成" in html(page)


def test_an_address_opens_judged_with_its_answers(page: AppTest) -> None:
    page.query_params["text"] = WITHOUT_DUST
    page.query_params["industry"] = "工贸"
    page.query_params["on"] = "2026-11-24"
    page.query_params["fact"] = "粉尘种类=木质粉尘"
    page.run()
    assert "重大事故隐患" in card(page) and CITATION in card(page)
    assert page.date_input(key="on").value == date(2026, 11, 24)


def test_a_broken_address_says_what_is_wrong_and_does_not_break_the_page(page: AppTest) -> None:
    page.query_params["text"] = EXAMPLE
    page.query_params["on"] = "2026-02-30"
    page.run()
    assert any("2026" in e.value and "应如" in e.value for e in page.error)
    assert "pd-card" not in html(page)


def test_a_verdict_has_an_address_that_holds_text_industry_and_answers(page: AppTest) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    answer(page, "粉尘种类", "木质粉尘")
    link = {k: page.query_params[k] for k in ("text", "industry", "fact")}
    assert link == {"text": WITHOUT_DUST, "industry": "工贸", "fact": "粉尘种类=木质粉尘"}


def test_findings_are_kept_updated_by_later_answers_and_taken_out(page: AppTest) -> None:
    judge(page, WITHOUT_DUST, "工贸")
    click(page, "记入今天的清单")
    judge(page, EXAMPLE, "工贸")
    click(page, "记入今天的清单")
    assert "今天的清单（2 条）" in html(page)
    assert [v.level for v in page.session_state.findings.values()] == ["需核实", "重大事故隐患"]
    judge(page, EXAMPLE + "，鬼画符", "工贸")
    click(page, "记入今天的清单")
    next(b for b in page.button if b.label == "移出").click().run()
    assert "今天的清单（2 条）" in html(page)


def test_after_a_finding_is_kept_the_next_starts_with_an_empty_text_and_the_same_industry(
    page: AppTest,
) -> None:
    judge(page, EXAMPLE, "工贸")
    click(page, "记入今天的清单")
    click(page, "已记入（清单共 1 条），判定下一条")
    assert not page.exception and page.text_area(key="text").value == ""
    assert page.selectbox(key="industry").value == "工贸" and "今天的清单（1 条）" in html(page)
    assert "pd-card" not in html(page)


def test_the_record_of_a_list_holds_every_finding_with_level_and_citation(engine: Engine) -> None:
    verdicts = [engine.judge(Finding(t, industry="工贸")) for t in (EXAMPLE, WITHOUT_DUST)]
    document = Document(io.BytesIO(docx_list(verdicts, [("被检查单位", "=甲厂"), ("检查人员", "")])))
    cells = [[c.text for c in row.cells] for table in document.tables for row in table.rows]
    assert ["被检查单位", "=甲厂"] in cells and all(row[0] != "检查人员" for row in cells)
    assert ["判定结果", "重大事故隐患"] in cells and ["判定结果", "需核实"] in cells
    assert cells.count(["依据", CITATION]) == 2
    assert "\n".join(p.text for p in document.paragraphs).count(DISCLAIMER) == 1


def test_the_workbook_of_a_list_runs_nothing_that_was_typed(engine: Engine) -> None:
    verdict = engine.judge(Finding("=HYPERLINK(1) " + EXAMPLE, industry="工贸"))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(LIST_COLUMNS, list_rows([verdict]))))
    header, row = book.active.iter_rows(values_only=True)
    assert header == LIST_COLUMNS and row[1].startswith("'=") and CITATION in row[3]


def test_a_fact_that_stands_nowhere_in_the_text_is_never_called_its_words(engine: Engine) -> None:
    airflow = engine.judge(Finding("采煤工作面需风量1200m³/min，实测供风量890m³/min", industry="煤矿"))
    lines = {v.fact: fact_line(v) for v in airflow.facts}
    assert "74.1667%（由原文“" in lines["采掘工作面供风量占需风量比例"]
    crowd = engine.judge(Finding("速冻车间快速冻结装置作业间内有12人同时作业", industry="工贸"))
    assert any("12人（原文“" in fact_line(v) for v in crowd.facts)


def test_excluded_clauses_stand_together_and_each_unfolds_its_reasons(page: AppTest) -> None:
    judge(page, "喷漆房未安装可燃气体报警器", "工贸")
    (box,) = [e for e in page.expander if "排除的条款" in e.label]
    told = "".join(h.value for h in box.html)
    assert told.count("<details>") >= 2 and "不适用　〔" in told and "逐项判断" in told


def test_the_text_to_copy_has_the_first_duties_and_says_how_many_are_left_the_docx_has_all(
    engine: Engine,
) -> None:
    verdict = engine.judge(Finding(EXAMPLE, industry="工贸"))
    assert verdict.after is not None and len(verdict.after.duties) > 6
    copied = plain_text(verdict)
    assert "此外还有：企业" in copied
    whole = "\n".join(p.text for p in Document(io.BytesIO(docx_record(verdict))).paragraphs)
    assert "此外还有" not in whole and all(d.duty.duty in whole for d in verdict.after.duties)
