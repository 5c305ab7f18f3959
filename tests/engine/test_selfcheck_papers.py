"""What the papers of a self-check say: measures for every defect, the right addressees, plain sentences, checked bases."""

from datetime import date

import pytest

from engine import Engine
from engine.paper import Paper, Table
from engine.plainly import sentence
from engine.profile import read_profile
from engine.selfcheck import CLEARED, FOUND, GATE, SelfCheck, new_check
from engine.selfpapers import congress_report, department_report, remarks, self_report, supervisors
from engine.selfreport import Hazard, Result, result
from kb.conditions import atoms
from kb.national import Duty
from kb.registers import load_registers
from kb.values import FactValue, State

ON = date(2026, 11, 28)
COLD = {
    "行业": ["水产加工"], "场所设施": ["冷库", "快速冻结装置"], "设备": ["压力容器"], "属性": {"液氨制冷": "是"},
}  # fmt: skip
FOUND_THERE = {
    "有限空间中毒风险": "是", "辨识@有限空间": "无", "安全管理台账@有限空间": "无", "安全警示标志@有限空间": "无",
    "人数@快速冻结作业间": "12人", "特种设备使用状态": "在用", "安全阀@压力容器": "失效",
}  # fmt: skip
PAINT = {"行业": ["家具制造"], "场所设施": ["喷漆室", "调漆间"]}
DETECTOR, FAN = "固定式可燃气体监测报警装置@喷漆室", "通风设施@喷漆室"


@pytest.fixture(scope="module")
def duties() -> tuple[Duty, ...]:
    return load_registers().duties


def checked(engine: Engine, duties: tuple[Duty, ...], profile: dict, answers: dict[str, str]) -> SelfCheck:
    check = SelfCheck(engine, new_check(engine, read_profile(profile), ON, duties), duties)
    for id, value in answers.items():
        check.answer(id, value)
    return check


@pytest.fixture(scope="module")
def cold(engine: Engine, duties: tuple[Duty, ...]) -> Result:
    return result(checked(engine, duties, COLD, FOUND_THERE))


@pytest.fixture(scope="module")
def paint(engine: Engine, duties: tuple[Duty, ...]) -> SelfCheck:
    return checked(engine, duties, PAINT, {"漆类": "非水性漆", DETECTOR: "失效"})


def hazard(found: Result, ref: str) -> Hazard:
    return next(h for h in found.hazards if h.stand.held.clause.ref == ref)


def lines(paper: Paper) -> list[str]:
    cells = [c for t in paper.tables() for row in t.rows for c in row]
    return [*(b.text for b in paper.blocks if not isinstance(b, Table)), *cells]


# -- measures ------------------------------------------------------------------------------------------


def test_the_measures_put_right_every_defect_found_not_only_as_many_as_lift_the_clause(cold: Result) -> None:
    space = hazard(cold, "第十三条第（一）项")
    for said in ("有限空间已经辨识", "建立安全管理台账", "设置安全警示标志"):
        assert said in space.measure
    (least,) = space.less
    assert least.plain == "有限空间已经设置安全警示标志"
    assert any("只使本条不再成立" in x and least.plain in x for x in lines(self_report(cold)))
    assert any(
        x.startswith("3. 治理方案") and "建立安全管理台账" in x for x in lines(department_report(cold))
    )


def test_after_the_measures_no_clause_is_known_to_hold_any_more(cold: Result, paint: SelfCheck) -> None:
    for found in (cold, result(paint)):
        assert found.hazards
        for h in found.hazards:
            assert h.mended is not None
            changed = {
                c.fact: next(v for v in _values(found, c.fact) if v.shown() == c.then)
                for c in h.mended.changes
            }
            assert found.check.view.but(changed).truth(h.stand.held) is not True


def _values(found: Result, fact: str) -> list[FactValue]:
    from engine.lifting import _options

    every = [c for h in found.hazards for c in (*h.stand.held.clause.limbs, *h.stand.held.clause.exceptions)]
    return _options(found.check.view, every)[fact]


# -- addressees ----------------------------------------------------------------------------------------


def test_each_hazard_is_addressed_to_who_supervises_its_matter(cold: Result) -> None:
    assert supervisors(cold, hazard(cold, "4.3 c)")) == ("市场监督管理部门",)
    assert supervisors(cold, hazard(cold, "第二十五条第（三）项")) == ("市场监督管理部门",)
    (unit,) = supervisors(cold, hazard(cold, "第十二条第（二）项"))
    assert unit.startswith("应急管理部门")
    said = lines(department_report(cold))
    heads = [x for x in said if x.startswith("报送：") and "项" in x]
    assert len(heads) == 2 and any(
        "市场监督管理部门" in x and "安全附件、安全保护装置缺失" in x for x in heads
    )


def test_of_several_trades_the_one_that_the_standard_is_for_supervises(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    profile = {**PAINT, "行业": ["家具制造", "煤矿"]}
    found = result(checked(engine, duties, profile, {"漆类": "非水性漆", DETECTOR: "无"}))
    units = supervisors(found, hazard(found, "第八条第（六）项"))
    assert units and not any("矿" in u for u in units)


# -- bases ---------------------------------------------------------------------------------------------


def test_a_basis_kept_from_memory_is_told_to_the_manager_and_stands_in_no_letter(cold: Result) -> None:
    for paper in (department_report(cold), congress_report(cold)):
        assert not any("凭记忆" in x for x in lines(paper))
        assert any("第四十一条第二款" in x for x in lines(paper))
    assert all("凭记忆" in r and "没有写进报告正文" in r for r in remarks(cold))
    assert all(r in lines(self_report(cold)) for r in remarks(cold))


def test_a_hit_that_rests_on_the_general_rule_for_failed_devices_cites_it(
    engine: Engine, duties: tuple[Duty, ...], paint: SelfCheck
) -> None:
    failed = hazard(result(paint), "第八条第（六）项")
    assert failed.stand.citation.endswith("第八条第（六）项（并依第十四条）")
    assert failed.to_json()["rules"] == ["第十四条"]
    assert any("（并依第十四条）" in x for x in lines(department_report(result(paint))))
    lacking = checked(engine, duties, PAINT, {"漆类": "非水性漆", DETECTOR: "无"})
    assert hazard(result(lacking), "第八条第（六）项").stand.rules == ()


# -- what else there is to mend ------------------------------------------------------------------------


def test_after_one_defect_the_rest_of_the_room_can_be_answered_and_the_next_room_is_asked(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = checked(engine, duties, PAINT, {"漆类": "非水性漆", DETECTOR: "失效"})
    unseen = {"固定式可燃气体监测报警装置@调漆间", "通风设施@调漆间"}
    assert unseen <= {q.id for q in check.pending()}
    (held,) = (s for s in check.stands() if s.held.clause.ref == "第八条第（六）项")
    assert {"调漆间的固定式可燃气体监测报警装置", "喷漆室的通风设施"} <= set(held.beside)
    assert check.in_order("喷漆室") == [FAN]
    check.answer("固定式可燃气体监测报警装置@调漆间", "无")
    measure = hazard(result(check), "第八条第（六）项").measure
    assert "喷漆室" in measure and "调漆间" in measure


# -- sentences -----------------------------------------------------------------------------------------


def test_no_paper_speaks_in_facts_and_arrows(cold: Result, paint: SelfCheck) -> None:
    for found in (cold, result(paint)):
        for paper in (self_report(found), department_report(found), congress_report(found)):
            said = "\n".join(lines(paper))
            assert "→" not in said and "：有；" not in said and "（条款针对是）" not in said
    (cleared, *_) = (s for s in result(paint).cleared if any("条款针对" in x for x in s.said))
    assert cleared.status == CLEARED


def test_a_sentence_says_no_more_than_is_known(engine: Engine, paint: SelfCheck) -> None:
    (held,) = (s.held for s in paint.stands() if s.status == FOUND)
    atom = next(a for a in atoms(held.condition) if a.fact == DETECTOR)

    def said(state: State) -> str:
        return sentence(atom, FactValue(DETECTOR, state=state), engine.kb, engine.lexicon)

    assert said(State.FAILED) == "喷漆室的固定式可燃气体监测报警装置失效"
    assert said(State.MISSING) == "喷漆室未设置固定式可燃气体监测报警装置"
    assert "有效" in said(State.WORKING) and "未查明" in said(State.THERE) and "存疑" in said(State.DOUBTFUL)


def test_a_place_not_known_to_be_there_is_asked_before_what_else_may_be_wrong_in_it(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    profile = {"行业": ["家具制造"], "场所设施": ["喷漆室"]}
    check = checked(engine, duties, profile, {"漆类": "非水性漆", DETECTOR: "无"})
    ids = {q.id for q in check.pending()}
    assert GATE + "调漆间" in ids and "通风设施@调漆间" not in ids
