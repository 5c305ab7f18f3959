"""What an inspector gets for a finding."""

import random
from dataclasses import replace
from datetime import date

import pytest

from engine import Engine, Finding, Level
from engine.clauses import Status, judge_clause
from engine.given import given_facts
from engine.sampling import random_value
from engine.valuation import presumptions
from engine.wording import worded
from kb.errors import BadInput

WOOD = "木工车间砂光工段布袋除尘器灰斗下未装锁气卸灰装置"
DAY = date(2026, 11, 24)


def test_a_wood_dust_collector_without_lock_valve_is_major_under_article_11_item_6(engine: Engine) -> None:
    verdict = engine.judge(Finding(text=WOOD, industry="工贸", on=DAY))
    assert verdict.level is Level.MAJOR
    assert verdict.citation(verdict.decisive[0]) == (
        "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十一条第（六）项"
    )
    assert [s.text for s in verdict.decisive[0].support[0].spans] == ["未装", "锁气卸灰装置"]


def test_without_the_wood_it_asks_which_dust(engine: Engine) -> None:
    verdict = engine.judge(Finding(text=WOOD.removeprefix("木工"), industry="工贸", on=DAY))
    assert verdict.level is Level.VERIFY
    assert verdict.questions[0].fact == "粉尘种类"
    assert {"木质粉尘", "铝镁等金属粉尘"} <= set(verdict.questions[0].options)


def test_answering_the_question_settles_it(engine: Engine) -> None:
    finding = Finding(text=WOOD.removeprefix("木工"), industry="工贸", on=DAY)
    assert engine.judge(replace(finding, facts={"粉尘种类": "木质粉尘"})).level is Level.MAJOR
    assert engine.judge(replace(finding, facts={"粉尘种类": "不可燃粉尘"})).level is Level.GENERAL


def test_a_presumption_is_shown_and_can_be_switched_off(engine: Engine) -> None:
    finding = Finding(text="木工车间除尘系统未装锁气卸灰装置", industry="工贸", on=DAY)
    verdict = engine.judge(finding)
    assert verdict.level is Level.MAJOR
    assert verdict.decisive[0].status is Status.PRESUMED
    assert [v.fact for v in verdict.presumed] == ["除尘方式"]
    without = engine.judge(replace(finding, without=frozenset({"除尘方式"})))
    assert without.level is Level.VERIFY
    assert "除尘方式" in [q.fact for q in without.questions]


def test_evidence_in_the_text_beats_a_presumption(engine: Engine) -> None:
    verdict = engine.judge(Finding(text="木工车间湿式除尘器未装锁气卸灰装置", industry="工贸", on=DAY))
    assert verdict.level is Level.GENERAL
    refuted = {r.clause.ref: r.refuted_by for r in verdict.results if r.status is Status.REFUTED}
    assert refuted["第十一条第（六）项"] == ("除尘方式",)


def test_a_finding_before_the_standard_took_effect_is_not_judged_by_it(engine: Engine) -> None:
    last_day, first_day = date(2023, 5, 14), date(2023, 5, 15)
    before = engine.judge(Finding(text=WOOD, industry="工贸", on=last_day))
    after = engine.judge(Finding(text=WOOD, industry="工贸", on=first_day))
    assert "gongmao-2023" not in {r.clause.standard for r in before.results}
    assert after.level is Level.MAJOR


def test_two_values_for_one_fact_are_reported_as_a_contradiction(engine: Engine) -> None:
    verdict = engine.judge(
        Finding(text=WOOD, facts={"锁气卸灰装置@除尘系统": "有效"}, industry="工贸", on=DAY)
    )
    assert [c.fact for c in verdict.contradictions] == ["锁气卸灰装置@除尘系统"]
    assert verdict.level is Level.VERIFY


def test_a_rectified_or_sound_state_is_no_hazard(engine: Engine) -> None:
    for text in (
        "木工车间布袋除尘器已安装锁气卸灰装置",
        "布袋除尘器灰斗下未装锁气卸灰装置，已整改完毕",
        "检查除尘系统，未发现异常",
    ):
        assert engine.judge(Finding(text=text, industry="工贸", on=DAY)).level is Level.NONE, text


def test_nothing_is_general_by_silence(engine: Engine) -> None:
    assert engine.judge(Finding(text="天气晴", industry="工贸", on=DAY)).level is Level.VERIFY
    assert engine.judge(Finding(text="天气晴", industry="工贸", on=DAY)).read == "未读懂"
    assert engine.judge(Finding(text="照明灯损坏", on=DAY)).level is Level.VERIFY
    assert engine.judge(Finding(text="照明灯损坏", industry="民航", on=DAY)).level is Level.UNCOVERED
    assert engine.judge(Finding(text="照明灯损坏", industry="工贸", on=DAY)).level is Level.GENERAL


def test_every_fact_read_can_be_traced_to_its_characters(engine: Engine) -> None:
    verdict = engine.judge(Finding(text=WOOD, industry="工贸", on=DAY))
    read = [v for v in verdict.facts if v.source == "文本"]
    assert read
    for value in read:
        assert value.spans
        assert all(WOOD[s.start : s.end] == s.text for s in value.spans)


def test_the_failure_rule_is_cited_with_the_item_it_serves(engine: Engine) -> None:
    verdict = engine.judge(Finding(text="木工车间布袋除尘器锁气卸灰装置损坏失效", industry="工贸", on=DAY))
    assert verdict.level is Level.MAJOR
    assert verdict.citation(verdict.decisive[0]).endswith("第十一条第（六）项（并依第十四条）")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"锁气卸灰阀@除尘系统": "未设"}, "相近的有"),
        ({"锁气卸灰装置@除尘系统": "大概"}, "应为 有效"),
        ({"粉尘种类": "灰尘"}, "应为"),
        ({"人数@快速冻结作业间": "很多"}, "不是数"),
        ({"人数@快速冻结作业间": "12米"}, "单位"),
    ],
)
def test_a_wrong_fact_is_refused_with_what_was_expected(
    engine: Engine, facts: dict[str, str], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        engine.judge(Finding(facts=facts, on=DAY))


@pytest.mark.parametrize(("people", "level"), [("8", "不成立"), ("9", "不成立"), ("10", "命中")])
def test_nine_people_in_a_quick_freezing_room_are_allowed_and_ten_are_not(
    engine: Engine, people: str, level: str
) -> None:
    facts = {"人数@快速冻结作业间": people, "液氨制冷": "是", "单独作业间@快速冻结装置": "有效"}
    verdict = engine.judge(Finding(facts=facts, industry="工贸", on=DAY))
    assert {r.clause.ref: r.status.value for r in verdict.results}["第十二条第（二）项"] == level


def test_every_limb_given_as_facts_is_a_hit_and_more_facts_never_change_that(engine: Engine) -> None:
    rng = random.Random(7)
    missed = []
    for standard in engine.kb.standards:
        for clause in standard.clauses:
            for way in worded(clause, standard, engine.kb, engine.lexicon):
                facts = given_facts(way.all_facts, engine.facts, engine.kb)
                more = {
                    f.id: random_value(f, engine.kb, {}, rng)
                    for f in engine.facts.values()
                    if f.question and rng.random() < 0.1
                } | facts
                for known in (facts, more):
                    presumed = presumptions(engine.kb, DAY, known)
                    both = engine.valuations(standard, known, presumed)
                    status = judge_clause(clause, standard.scope, *both, frozenset()).status
                    wanted = Status.HIT if clause.executability == "full" else Status.EXPERT
                    if status is not wanted:
                        missed.append((clause.id, way.all_facts, status))
    assert missed == []


def test_a_corrected_fact_replaces_what_was_read_and_contradicts_nothing(engine: Engine) -> None:
    finding = Finding(text=WOOD, industry="工贸", on=DAY, facts={"锁气卸灰装置@除尘系统": "有效"})
    disputed = engine.judge(finding)
    assert [c.fact for c in disputed.contradictions] == ["锁气卸灰装置@除尘系统"]
    corrected = engine.judge(replace(finding, corrected=frozenset({"锁气卸灰装置@除尘系统"})))
    assert corrected.contradictions == () and corrected.level is not Level.MAJOR
    held = next(v for v in corrected.facts if v.fact == "锁气卸灰装置@除尘系统")
    assert (held.shown(), held.source, held.spans) == ("有效", "给定", ())


def test_a_corrected_attribute_replaces_the_one_that_a_word_settled(engine: Engine) -> None:
    finding = Finding(text=WOOD, industry="工贸", on=DAY, facts={"粉尘种类": "铝镁等金属粉尘"})
    corrected = engine.judge(replace(finding, corrected=frozenset({"粉尘种类"})))
    assert corrected.contradictions == () and corrected.level is Level.MAJOR
    assert [v.shown() for v in corrected.facts if v.fact == "粉尘种类"] == ["铝镁等金属粉尘"]


def test_a_correction_without_a_value_changes_nothing(engine: Engine) -> None:
    finding = Finding(text=WOOD, industry="工贸", on=DAY)
    named = replace(finding, corrected=frozenset({"粉尘种类"}))
    assert engine.judge(named).results == engine.judge(finding).results


@pytest.mark.parametrize(
    "text",
    ["煤矿通风系统不完善、不可靠", "煤矿有严重水患，未采取有效措施", "煤矿自然发火严重，未采取有效措施"],
)
def test_what_a_standard_calls_a_whole_article_is_no_level_yet(engine: Engine, text: str) -> None:
    verdict = engine.judge(Finding(text, on=date(2026, 8, 1)))
    assert verdict.level is Level.VERIFY
    assert "总称" in verdict.reasons[0]


def test_beside_one_of_its_items_the_name_of_an_article_hinders_nothing(engine: Engine) -> None:
    verdict = engine.judge(Finding("煤矿通风系统不完善，没有备用主要通风机", on=date(2026, 8, 1)))
    assert verdict.level is Level.MAJOR
