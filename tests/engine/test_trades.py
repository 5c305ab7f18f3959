"""Trades: whose words are read, whose clauses are looked at, and what is known when only a broad trade is."""

from datetime import date

import pytest

from engine import Engine, Finding
from engine.clauses import Status
from engine.verdict import Level, Verdict

DAY = date(2026, 11, 28)


def judge(engine: Engine, text: str, industry: str = "") -> Verdict:
    return engine.judge(Finding(text, industry=industry, on=DAY))


@pytest.mark.parametrize(("industry", "unread"), [("煤矿", False), ("工贸", True)])
def test_a_trades_own_word_is_read_in_that_trade_only(engine: Engine, industry: str, unread: bool) -> None:
    reading = engine.reader.read("采煤机停运", industries=frozenset({industry}))
    assert ("采煤机" in [s.text for s in reading.unread]) is unread


def test_what_every_trade_it_can_be_lists_is_decided_and_the_presumption_shown(engine: Engine) -> None:
    verdict = judge(engine, "使用国家明令淘汰的危及生产安全的设备", "非煤矿山")
    assert verdict.level is Level.MAJOR
    assert {r.status for r in verdict.decisive} == {Status.PRESUMED}
    assert any("尾矿库" in v.presumed for v in verdict.presumed)


def test_what_only_one_of_the_trades_lists_is_asked(engine: Engine) -> None:
    verdict = judge(engine, "安全设施设计未经批准就开工建设", "非煤矿山")
    assert verdict.level is Level.VERIFY
    assert "行业" in [q.fact for q in verdict.questions]


def test_words_of_an_underground_mine_narrow_the_trade_the_user_gave(engine: Engine) -> None:
    verdict = judge(engine, "水文地质条件中等，未配备防治水专业技术人员", "非煤矿山")
    assert verdict.level is Level.MAJOR
    assert any(v.fact == "行业" and v.values == {"地下矿山"} for v in verdict.presumed)


@pytest.mark.parametrize("text", ["一处室内消火栓被遮挡", "灭火器压力不足", "应急照明灯不亮"])
def test_not_knowing_the_trade_opens_no_trades_clause_when_the_user_named_a_field(
    engine: Engine, text: str
) -> None:
    verdict = judge(engine, text, "消防")
    assert verdict.level is Level.GENERAL


@pytest.mark.parametrize("place", ["医院", "学校", "养老院", "港口"])
@pytest.mark.parametrize("text", ["灭火器压力不足", "疏散通道堆放杂物", "应急照明损坏"])
def test_a_defect_of_the_field_the_user_named_is_judged_by_that_field_and_it_is_said_that_the_trade_is_not_held(
    engine: Engine, place: str, text: str
) -> None:
    verdict = judge(engine, text, f"消防-{place}")
    assert verdict.level is Level.GENERAL
    assert any("只就消防而言" in r for r in verdict.reasons)


@pytest.mark.parametrize(
    ("industry", "text"), [("消防-医院", "手术室氧气瓶未固定"), ("医院", "灭火器压力不足")]
)
def test_without_the_field_named_or_of_another_matter_a_trade_held_in_part_covers_nothing(
    engine: Engine, industry: str, text: str
) -> None:
    assert judge(engine, text, industry).level is Level.UNCOVERED


@pytest.mark.parametrize("text", ["未检验叉车", "未检电梯", "使用未检锅炉", "电梯未经检验"])
def test_equipment_not_inspected_leads_with_the_standard_of_special_equipment(
    engine: Engine, text: str
) -> None:
    verdict = judge(engine, text)
    assert verdict.level is Level.VERIFY
    assert verdict.open[0].clause.standard == "gb45067-2024"


def test_a_trade_that_words_make_likely_opens_no_other_trades_clause_where_a_field_was_named(
    engine: Engine,
) -> None:
    assert not judge(engine, "吊运钢水的行车检验超期", "特种设备").open
