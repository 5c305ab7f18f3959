"""The 标准库 page: coverage, clauses by words, addresses, versions, facts, one's own official text."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from engine.coverage import coverage
from kb import load

PAGE = Path(__file__).parents[2] / "ui" / "app_pages" / "standards.py"
GONGMAO = "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）"


def page(view: str = "", **address: str) -> AppTest:
    at = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, value in address.items():
        at.query_params[name] = value
    at.run()
    return at.segmented_control(key="view").set_value(view).run() if view else at


def shown(at: AppTest) -> str:
    assert not at.exception
    return "".join(h.value for h in at.html)


def test_the_table_is_the_coverage_of_the_knowledge_base() -> None:
    text = shown(page())
    for row in coverage(load()):
        assert row.title in text and row.doc_no in text
        assert row.full == 0 or f"可自动判定 {row.full}" in text
    assert text.count("<tr>") >= len(load().standards) + 1


def test_a_word_finds_the_clauses_that_speak_of_it() -> None:
    at = page("条款")
    at.selectbox(key="clauses/standard").select(GONGMAO)
    at.text_input(key="clauses/words").input("锁气卸灰").run()
    assert shown(at).count("<details>") == 1 and "第十一条第（六）项　铝镁、木质粉尘" in shown(at)


def test_an_example_searches_with_one_click_and_a_word_nobody_wrote_says_so() -> None:
    at = page("条款")
    next(b for b in at.button if b.label == "锁气卸灰").click().run()
    assert "第十一条第（六）项" in shown(at)
    at.text_input(key="clauses/words").input("某某某某").run()
    assert "<details>" not in shown(at) and any("一条也没有" in c.value for c in at.caption)


def test_a_clause_has_an_address_that_opens_it() -> None:
    at = page(clause="gongmao-2023/第十一条第（六）项")
    assert "铝镁等金属粉尘、木质粉尘的干式除尘系统" in shown(at)
    assert at.code[0].value.endswith("?clause=gongmao-2023/第十一条第（六）项")


def test_an_address_of_no_clause_says_how_one_is_written() -> None:
    at = page(clause="gongmao-2023/<b>")
    assert not at.exception and "标准编号" in at.warning[0].value and "<b>" not in at.warning[0].value


def test_the_versions_lie_on_a_line_of_years_and_a_new_edition_shows_what_it_changed() -> None:
    at = page("版本")
    text = shown(at)
    assert "pd-time" in text and "已失效：2017-11-30 起，至 2023-05-15 前" in text
    assert any(e.label.startswith("只在新版") for e in at.expander)
    assert "没有设置锁气卸灰装置" in shown(
        at.selectbox[0]
        .select_index(next(i for i, o in enumerate(at.selectbox[0].options) if o.startswith("工贸")))
        .run()
    )


def test_facts_are_found_by_words_and_told_with_how_to_verify_them() -> None:
    at = page("事实")
    at.text_input[0].input("锁气卸灰").run()
    assert "锁气卸灰装置@除尘系统" in shown(at) and "怎么核实" in shown(at)


def test_ones_own_official_text_stands_beside_the_restatement() -> None:
    at = page("绑定官方文本")
    at.selectbox(key="official/standard").select(GONGMAO).run()
    text = "第十一条 存在粉尘爆炸危险的工贸企业有下列情形之一的：\n（六）自己持有的<b>原文</b>，未设置锁气卸灰装置的；\n"
    at.file_uploader(key="official/file").upload("令.txt", text.encode()).run()
    assert "对上" in at.success[0].value
    assert "自己持有的&lt;b&gt;原文" in shown(at) and "<b>原文" not in shown(at)
