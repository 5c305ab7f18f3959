"""The pages 企业自查 and 履职日历, run by Streamlit's own tester."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from docx import Document
from streamlit.testing.v1 import AppTest

from engine.calendar import calendar
from engine.profile import understand
from kb.registers import load_registers
from ui.components import open_shared_engine
from ui.office import docx

PAGES = Path(__file__).parents[2] / "ui" / "app_pages"


def opened(name: str) -> AppTest:
    return AppTest.from_file(str(PAGES / name), default_timeout=120).run()


@pytest.fixture
def page() -> AppTest:
    return opened("selfcheck.py")


def click(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def fine(page: AppTest) -> bool:
    return not page.exception and not page.error


def answer(page: AppTest, value: str) -> str:
    """Answers the first question shown that offers this value; its id."""
    radio = next(r for r in page.radio if value in r.options and r.key and r.key.startswith("check/"))
    radio.set_value(value).run()
    return radio.key.removeprefix("check/")


def test_the_empty_page_asks_for_the_profile_and_offers_an_example(page: AppTest) -> None:
    assert fine(page) and page.multiselect(key="profile/industries").value == []
    assert any(b.label == "用示例单位试一试" for b in page.button)


def test_a_profile_without_an_industry_is_refused_and_says_which_field(page: AppTest) -> None:
    click(page, "开始自查")
    assert ["行业：至少要写一个行业" in e.value for e in page.error] == [True]
    assert "selfcheck" not in page.session_state


def test_the_example_starts_a_walk_with_questions_of_one_place(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    check = page.session_state.selfcheck
    here, ids = page.session_state.walk
    assert fine(page) and 0 < len(ids) <= 5
    assert {check.question(id).place for id in ids} == {here}


def test_an_answer_is_kept_at_once_and_the_question_stays_where_it_was(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    before = page.session_state.walk
    id = answer(page, "无")
    check = page.session_state.selfcheck
    assert fine(page) and check.check.answers[id].value == "无" and page.session_state.walk == before


def test_a_note_and_a_photo_are_kept_with_the_answer(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    id = answer(page, "有")
    page.text_input(key=f"check/{id}/note").set_value("东侧一台").run()
    page.text_input(key=f"check/{id}/photo").set_value("IMG_0007").run()
    held = page.session_state.selfcheck.check.answers[id]
    assert (held.value, held.note, held.photo) == ("有", "东侧一台", "IMG_0007")


def test_a_group_skipped_is_put_again_later(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    _, first = page.session_state.walk
    click(page, "跳过这一组")
    _, second = page.session_state.walk
    assert not set(first) & set(second)
    assert set(first) <= {q.id for q in page.session_state.selfcheck.pending()}


def test_things_of_a_place_are_looked_at_as_one_list_and_what_is_ticked_is_still_asked(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    check = page.session_state.selfcheck
    place = next(q.place for q in check.pending() if len(check.together(q.place)) >= 3)
    listed = [q.id for q in check.together(place)]
    page.session_state.walk = (place, (listed[0],))
    page.run()
    page.checkbox(key=f"together/{listed[0]}").check().run()
    click(page, f"其余 {len(listed) - 1} 项都看过，没有问题")
    answers = page.session_state.selfcheck.check.answers
    assert fine(page) and listed[0] not in answers and set(listed[1:]) <= set(answers)


def test_a_hazard_answered_is_in_the_result_with_clause_and_way_out(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    check = page.session_state.selfcheck
    for id, value in (("粉尘种类", "木质粉尘"), ("除尘方式", "干式"), ("锁气卸灰装置@除尘系统", "无")):
        check.answer(id, value)
    page.segmented_control(key="selfcheck/step").set_value("结果和报告").run()
    shown = "".join(h.value for h in page.html)
    assert fine(page) and "构成重大事故隐患1项" in shown
    assert "第十一条第（六）项" in shown and "整改措施" in shown and "已设置锁气卸灰装置" in shown
    assert {"自查报告（docx）", "隐患清单（xlsx）", "报监管部门（docx）", "报职代会（docx）"} <= {
        b.label for b in page.get("download_button")
    }


def test_nothing_unanswered_is_shown_as_in_order(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    page.segmented_control(key="selfcheck/step").set_value("结果和报告").run()
    assert any("待核实" in h.value and "pd-verify" in h.value for h in page.html if "pd-card" in h.value)


def test_a_saved_check_is_taken_up_again_where_it_was(page: AppTest) -> None:
    click(page, "用示例单位试一试")
    id = answer(page, "无")
    saved = yaml.safe_dump(page.session_state.selfcheck.check.to_data(), allow_unicode=True)
    again = opened("selfcheck.py")
    again.file_uploader(key="selfcheck/file").upload("自查.yaml", saved.encode()).run()
    assert fine(again) and again.session_state.selfcheck.check.answers[id].value == "无"


def test_a_file_that_is_no_check_is_refused_by_its_own_name(page: AppTest) -> None:
    page.file_uploader(key="selfcheck/file").upload("别的.yaml", "甲: 1\n".encode()).run()
    said = page.error[0].value.replace("\\", "")
    assert "别的.yaml" in said and "不是自查文件" in said and "/tmp" not in said


def test_markup_in_the_profile_is_shown_as_text(page: AppTest) -> None:
    page.multiselect(key="profile/industries").set_value(["木制品加工"])
    next(t for t in page.text_input if t.label == "单位名称（可不填）").set_value("<b>甲</b>")
    click(page, "开始自查")
    page.segmented_control(key="selfcheck/step").set_value("结果和报告").run()
    assert fine(page) and not any("<b>甲" in h.value for h in page.html)


def test_a_word_of_the_profile_that_nobody_knows_brings_words_like_it(page: AppTest) -> None:
    page.multiselect(key="profile/industries").set_value(["机械"])
    next(t for t in page.text_input if t.label == "场所设施").set_value("除尘系充")
    click(page, "开始自查")
    told = [w.value.replace("\\", "") for w in page.warning if "没有认出" in w.value]
    assert fine(page) and len(told) == 1 and "除尘系充" in told[0] and "除尘系统" in told[0]


def test_the_calendar_lists_the_duties_of_the_example_and_invents_no_day() -> None:
    page = opened("calendar.py")
    click(page, "用示例单位试一试")
    told = "".join(h.value for h in page.html)
    assert fine(page) and told.count("依据：") > 10 and "<time>" not in told


def test_a_thing_recorded_as_done_gets_its_next_day_at_once() -> None:
    page = opened("calendar.py")
    click(page, "用示例单位试一试")
    done = next(s for s in page.selectbox if s.label == "做完了哪一件")
    done.set_value(next(o for o in done.options if "每年" in o))
    click(page, "记下，算出下次")
    told = "".join(h.value for h in page.html)
    assert fine(page) and "以后到期（1）" in told and f"上次 {date.today()}" in told


def test_a_day_last_done_gives_the_next_and_what_is_late_is_told() -> None:
    page = opened("calendar.py")
    click(page, "用示例单位试一试")
    duties, engine = load_registers().duties, open_shared_engine()
    site = understand(page.session_state.profile, engine, duties)
    key = next(e.key for e in calendar(site, duties, date.today()) if "每年" in e.frequency)
    long_ago = date.today() - timedelta(days=800)
    page.session_state.profile = page.session_state.profile.model_copy(update={"last_done": {key: long_ago}})
    page.run()
    assert fine(page) and "1 项已逾期" in "".join(h.value for h in page.html)


def test_the_report_says_the_conclusion_and_the_disclaimer_once(page: AppTest) -> None:
    from engine.selfpapers import self_report
    from engine.selfreport import result
    from engine.verdict import DISCLAIMER

    click(page, "用示例单位试一试")
    found = result(page.session_state.selfcheck)
    body = "\n".join(p.text for p in Document(io.BytesIO(docx(self_report(found)))).paragraphs)
    assert found.conclusion in body and body.count(DISCLAIMER) == 1
