"""Editions by date: a new one whose text is not held takes its clues from the one before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine import Engine, Finding, Level
from engine.clauses import Status
from kb import Case, KnowledgeBase, load_cases

DAY = timedelta(days=1)
SWITCH = date(2099, 1, 1)
DUST = "木工车间布袋除尘器灰斗下未装锁气卸灰装置"


@pytest.fixture(scope="module")
def later(engine: Engine) -> Engine:
    """The 工贸 standard with an invented later edition of which nothing is held."""
    old = engine.standards["gongmao-2023"]
    heir = replace(
        old,
        id="gongmao-2099",
        doc_no="试验令第1号",
        effective=SWITCH,
        clues_from=old.id,
        clauses=(),
        items=("第一条",),
    )
    standards = (replace(old, expired=SWITCH), heir)
    return Engine(replace(engine.kb, standards=standards), engine.lexicon, crosscheck=False)


def test_the_day_before_the_switch_the_old_edition_decides(later: Engine) -> None:
    verdict = later.judge(Finding(text=DUST, industry="工贸", on=date(2098, 12, 31)))
    assert verdict.level is Level.MAJOR


def test_from_the_switch_on_an_old_clause_is_only_a_clue(later: Engine) -> None:
    verdict = later.judge(Finding(text=DUST, industry="工贸", on=SWITCH))
    assert verdict.level is Level.VERIFY
    assert verdict.reasons[0].startswith("疑似，待按试验令第1号人工判定")
    clue = verdict.open[0]
    assert (clue.status, clue.clue_for) == (Status.EXPERT, "gongmao-2099")
    assert "线索：前一版应急管理部令第10号 第十一条第（六）项" in verdict.citation(clue)


def test_a_defect_that_touches_nothing_is_general_on_a_named_presumption(later: Engine) -> None:
    verdict = later.judge(Finding(text="照明灯损坏", industry="工贸", on=SWITCH))
    assert verdict.level is Level.GENERAL
    assert any("推定《" in r and "未列入" in r for r in verdict.reasons)
    assert [p["fact"] for p in verdict.to_json()["presumed"]] == ["新版未列入"]


def test_without_an_earlier_edition_a_partly_held_standard_leaves_a_defect_uncovered(engine: Engine) -> None:
    partial = replace(engine.standards["gongmao-2023"], items=("第三条第（一）项", "没有收录的一项"))
    kb = replace(engine.kb, standards=(partial,))
    alone = Engine(kb, engine.lexicon, crosscheck=False)
    assert alone.judge(Finding(text="照明灯损坏", industry="工贸")).level is Level.UNCOVERED


def test_another_grade_is_never_shown_as_major(engine: Engine) -> None:
    grave = replace(engine.standards["gongmao-2023"], grade="严重事故隐患")
    kb = replace(engine.kb, standards=(grave,))
    verdict = Engine(kb, engine.lexicon, crosscheck=False).judge(Finding(text=DUST, industry="工贸"))
    assert verdict.level is Level.GENERAL
    assert "严重事故隐患" in verdict.reasons[0]
    assert verdict.to_json()["bases"][0]["grade"] == "严重事故隐患"


def _shown(kb: KnowledgeBase) -> dict[str, Case]:
    """For each standard, a case of its own that decides or touches it by its words."""
    cases, _ = load_cases(kb)
    shown: dict[str, Case] = {}
    for case in cases:
        told = [r for r, s in case.expect.items() if s in ("命中", "推定命中") and "/" not in r]
        asked = [r for r, s in case.expect.items() if s == "需专业认定" and "/" not in r]
        if case.finding and not case.facts and (told or (asked and case.standard not in shown)):
            held = shown.get(case.standard)
            if held is None or (told and "命中" not in "".join(held.expect.values())):
                shown[case.standard] = case
    return shown


def test_each_standard_speaks_from_its_first_day_to_its_last_and_on_no_other(engine: Engine) -> None:
    shown = _shown(engine.kb)
    for standard in engine.kb.standards:
        if not standard.clauses:
            continue
        case = shown[standard.id]
        last = standard.expired - DAY if standard.expired else None
        within = [standard.effective, *([last] if last else [])]
        outside = [standard.effective - DAY, *([standard.expired] if standard.expired else [])]
        for on, speaks in [*((d, True) for d in within), *((d, False) for d in outside)]:
            verdict = engine.judge(Finding(case.finding, industry=case.industry, on=on))
            own = [r for r in (*verdict.decisive, *verdict.open) if r.clause.standard == standard.id]
            assert bool([r for r in own if not r.clue_for]) is speaks, (standard.id, on, case.finding)


def test_an_earlier_edition_does_not_make_a_thing_point_less_to_its_clause(engine):
    """泄爆口 speaks of dust explosion alone, in the edition in force; the one before it lists it too."""
    verdict = engine.judge(Finding(text="未见泄爆口", industry="工贸", on=date(2026, 11, 1)))
    assert "gongmao-2023/第十一条第（三）项" in {r.clause.id for r in verdict.open}


def test_what_an_expert_must_look_up_is_said_where_no_fact_would_settle_it(engine):
    verdict = engine.judge(
        Finding(text="全压力式丙烯球罐未设注水设施", industry="危化", on=date(2026, 11, 1))
    )
    assert verdict.level is Level.VERIFY
    assert any("AQ 3067-2026原文是否列有" in line for line in verdict.lookups)
    asked = verdict.to_json()["ask"]
    assert [q["question"] for q in asked if not q["fact"]] == list(verdict.lookups)
