"""再有一项即构成: what one fact more would make of a finding."""

from datetime import date

from engine import Engine, Finding, Level
from engine.nearmiss import NearMiss, near_misses

DAY = date(2026, 11, 24)
NO_VALVE = "布袋除尘器灰斗下未装锁气卸灰装置"


def near(engine: Engine, text: str, **given: str) -> dict[str, NearMiss]:
    finding = Finding(text, industry="工贸", on=DAY, facts=given)
    return {n.clause.ref: n for n in near_misses(engine, finding, engine.judge(finding))}


def test_a_clause_that_lacks_one_unknown_fact_is_near_with_the_values_that_would_do(engine: Engine) -> None:
    found = near(engine, NO_VALVE)["第十一条第（六）项"]
    assert found.question.fact == "粉尘种类" and found.now is None
    assert found.would == ("木质粉尘", "铝镁等金属粉尘")


def test_a_clause_refuted_by_one_fact_is_near_and_says_what_is_known(engine: Engine) -> None:
    found = near(engine, NO_VALVE, 粉尘种类="不可燃粉尘")["第十一条第（六）项"]
    assert found.now is not None and found.now.shown() == "不可燃粉尘"


def test_every_value_told_does_make_the_clause_hold(engine: Engine) -> None:
    for value in near(engine, NO_VALVE)["第十一条第（六）项"].would:
        verdict = engine.judge(Finding(NO_VALVE, industry="工贸", on=DAY, facts={"粉尘种类": value}))
        assert verdict.level is Level.MAJOR


def test_a_number_just_below_its_bound_is_near(engine: Engine) -> None:
    found = near(engine, "液氨制冷速冻车间快速冻结装置作业间内有9人同时作业")["第十二条第（二）项"]
    assert found.now is not None and found.now.shown() == "9人" and found.would == (">9人",)
    assert "第十二条第（二）项" not in near(engine, "液氨制冷速冻车间快速冻结装置作业间内有10人同时作业")


def test_a_clause_two_facts_away_is_not_near(engine: Engine) -> None:
    assert "第十二条第（二）项" not in near(engine, "速冻车间快速冻结装置作业间内有9人同时作业")


def test_an_ordinary_defect_is_near_nothing(engine: Engine) -> None:
    assert near(engine, "配电箱门未关闭") == {}
