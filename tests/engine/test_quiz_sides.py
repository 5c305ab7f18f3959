"""What a sentence leaves out is not taken in by a statement; a condition it spares is not asked for."""

from __future__ import annotations

import pytest

from engine.quiz import needed, within


def taken(statement: str, sentence: str) -> list[bool | None]:
    return [
        within.says(statement)
        for out in (*within.left_out(sentence), *within.only(sentence, statement))
        if within.has(statement, out.thing)
    ]


def test_a_thing_left_out_is_found_however_the_sentence_leaves_it_out() -> None:
    for sentence in ("备用泵不计入台数", "台数不含备用泵", "备用泵除外"):
        assert taken("备用泵也应当计入台数", sentence)[0] is True
        assert taken("备用泵不计入台数", sentence)[0] is False


def test_another_thing_is_not_the_one_left_out() -> None:
    assert taken("主水泵应当计入台数", "备用泵不计入台数") == []


def test_what_is_for_one_kind_alone_leaves_out_the_others() -> None:
    rule = "双机提升的情形只针对竖井提升"
    assert taken("双机提升的情形也适用于斜井提升", rule) == [True]
    assert taken("双机提升的情形适用于竖井提升", rule) == []


@pytest.mark.parametrize(
    ("asked", "spared"),
    [
        ("擅自充装的，须造成后果才构成。", "擅自充装（不以造成后果为条件）"),
        ("该罪以发生火灾为构成要件。", "该罪无须发生火灾"),
        ("放射工作人员有3个月宽限。", "放射工作人员无证上岗，没有3个月宽限"),
        ("驾驶限制只管叉车和吊车。", "酒后驾驶（不限叉车和吊车）"),
    ],
)
def test_a_condition_is_the_one_a_sentence_spares(asked: str, spared: str) -> None:
    assert any(needed.same(a, s) for a in needed.needs(asked) for s in needed.spares(spared))


def test_another_condition_is_not_the_one_spared() -> None:
    assert not needed.same("须经过检验", "造成后果")
    assert needed.needs("该罪不以发生火灾为要件。") == []


def test_what_is_asked_of_another_case_is_spared_of_this_one() -> None:
    rule = "甲板货须达到“明显”，舱内货超高即可"
    assert needed.spared_for(rule, "舱内货明显超高才构成") == ["“明显”"]
    assert needed.spared_for(rule, "甲板货明显超高才构成") == []
