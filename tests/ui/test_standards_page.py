"""The 标准库 page shows the coverage table and finds clauses."""

from streamlit.testing.v1 import AppTest

from engine.coverage import coverage
from kb import load


def page() -> AppTest:
    return AppTest.from_file("../../ui/app_pages/standards.py", default_timeout=60).run()


def test_the_table_is_the_coverage_of_the_knowledge_base() -> None:
    at = page()
    assert not at.exception
    rows = coverage(load())
    assert list(at.dataframe[0].value["项数"]) == [r.items for r in rows]
    assert list(at.dataframe[0].value["可自动判定"]) == [r.full for r in rows]


def test_a_word_finds_the_clauses_that_speak_of_it() -> None:
    at = page()
    at.selectbox[0].select("《工贸企业重大事故隐患判定标准》（应急管理部令第10号）")
    at.text_input[0].input("锁气卸灰").run()
    assert [e.label for e in at.expander if "第十一条" in e.label] == [
        "第十一条第（六）项　铝镁、木质粉尘干式除尘系统无锁气卸灰装置"
    ]
