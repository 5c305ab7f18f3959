"""The outline of a document: every usual numbering, what is run together or broken, what is misnumbered."""

import doctest

import pytest

from corpus import agents, outline, periods, rosters, units
from corpus.documents import Line
from corpus.outline import Outline, read_outline


def outlined(text: str) -> Outline:
    return read_outline(Line(n, f"第{n}行", line.strip("　 ")) for n, line in enumerate(text.splitlines(), 1))


def refs(text: str) -> list[str]:
    return [i.ref for i in outlined(text).root.walk() if i.parent]


def doubts(text: str) -> list[str]:
    found = outlined(text)
    return [*found.doubts, *(d for i in found.root.walk() for d in i.doubts)]


@pytest.mark.parametrize("module", [agents, outline, periods, rosters, units])
def test_the_examples_of_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_all_levels_are_put_into_one_ref() -> None:
    text = "第一章 总则\n一、任务\n（一）行动\n1.责任\n（1）教育。全面开展。\n（2）检查。全面开展。\n附件3\n安全方案\n一、任务\n1、检查。全面开展。"
    assert refs(text)[-4:] == ["第一章 一（一）1.（2）", "附件3", "附件3 一", "附件3 一 1"]


def test_numbers_that_run_on_over_headings_are_in_order() -> None:
    assert (
        doubts("一、任务\n（一）甲项\n1.检查。每月检查。\n2.演练。每年演练。\n（二）乙项\n3.培训。每年培训。")
        == []
    )


def test_items_run_into_one_paragraph_are_taken_apart() -> None:
    assert refs("一、任务\n1.检查加油站；2.检查烟花店；3.检查粮库。") == ["一", "一 1", "一 2", "一 3"]


def test_a_number_of_another_form_between_its_neighbours_is_put_right_and_said() -> None:
    text = "一、治理\n（一）消防。开展整治。\n（二）交通。开展整治。\n2、科技\n（一）研发。支持研发。\n三、救援\n建设队伍。"
    assert "二（一）" in refs(text)
    assert doubts(text) == ["序号印作“2”，按上下文应为“二”"]


def test_the_first_of_its_level_in_another_form_is_put_right_and_said() -> None:
    text = "一、任务\n（1）学习。组织学习。\n（二）整治。组织整治。"
    assert refs(text) == ["一", "一（一）", "一（二）"]
    assert doubts(text) == ["序号印作“（1）”，按上下文应为“（一）”"]


def test_a_lost_first_chapter_takes_in_what_stands_before_the_second() -> None:
    text = "一、现状\n情况较好。\n二、形势\n仍然严峻。\n第二章 要求\n一、思想\n坚持预防为主。"
    assert refs(text) == ["第一章", "第一章 一", "第一章 二", "第二章", "第二章 一"]
    assert doubts(text) == ["第一章的标题缺失，其各节按第一章编列"]


def test_an_unnumbered_paragraph_behind_the_last_item_closes_the_part() -> None:
    text = "三、安排\n（一）部署。六月至七月动员部署。\n（二）整治。七月至年底整治。\n各单位每年报送总结。"
    assert refs(text)[-1] == "三（末段）"


def test_a_line_broken_in_mid_sentence_is_joined_over_a_blank_line() -> None:
    text = "一、任务\n1.检查。全面检查城市道路、\n\n桥梁和隧道。\n2.演练。每年演练。"
    assert doubts(text) == ["正文断行，已接上"]
    assert "道路、桥梁" in next(i for i in outlined(text).root.walk() if i.ref == "一 1").text


def test_headings_and_the_text_below_them_are_not_joined() -> None:
    assert doubts("一、任务\n（一）抓好重点行业\n开展检查，落实责任。\n（二）夯实基础\n开展培训。") == []


def test_annexes_listed_and_not_there_are_said() -> None:
    text = "一、任务\n开展检查。\n附件：1.检查表\n2.统计表\n附件1\n检查表\n一、说明\n逐项填写。"
    assert doubts(text) == ["附件2（统计表）列在目录中，正文没有"]
