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


def test_a_clause_has_an_address_that_opens_it() -> None:
    at = AppTest.from_file("../../ui/app_pages/standards.py", default_timeout=60)
    at.query_params["clause"] = "gongmao-2023/第十一条第（六）项"
    at.run()
    assert not at.exception and "第十一条第（六）项" in at.expander[0].label.replace("\\", "")


def test_an_address_of_no_clause_says_how_one_is_written() -> None:
    at = AppTest.from_file("../../ui/app_pages/standards.py", default_timeout=60)
    at.query_params["clause"] = "gongmao-2023/<b>"
    at.run()
    assert not at.exception and "标准编号" in at.warning[0].value and "<b>" not in at.warning[0].value


def test_ones_own_official_text_stands_beside_the_restatement() -> None:
    at = page()
    at.selectbox(key="official/standard").select(
        "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）"
    ).run()
    text = "第十一条 存在粉尘爆炸危险的工贸企业有下列情形之一的：\n（六）自己持有的原文，未设置锁气卸灰装置的；\n"
    at.file_uploader(key="official/file").upload("令.txt", text.encode()).run()
    assert not at.exception and "对上" in at.success[0].value
    assert any("自己持有的原文" in t.value for t in at.text)
