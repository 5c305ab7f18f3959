"""A verdict tells who is responsible and what follows, each with its source."""

from datetime import date

import pytest

from engine import Engine, Finding, open_engine
from engine.consequences import duty_lines, responsible_lines
from engine.responsibility import Outcome

DAY = date(2026, 11, 24)
MAJOR = "木工车间砂光工段布袋除尘器灰斗下未装锁气卸灰装置"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_engine(crosscheck=False)


def after(engine: Engine, text: str, industry: str, region: str = ""):  # type: ignore[no-untyped-def]
    return engine.judge(Finding(text, industry=industry, region=region, on=DAY)).after


def test_a_major_hazard_names_enterprise_lead_supervisor_and_territory(engine: Engine) -> None:
    roles = {r.role for r in after(engine, MAJOR, "轻工").responsible}
    assert {"管生产经营", "管行业", "监管", "综合监管", "属地"} <= roles


def test_what_is_known_from_memory_only_is_marked(engine: Engine) -> None:
    held = after(engine, MAJOR, "轻工").responsible
    assert all(r.pending for r in held if r.role == "管业务")


def test_a_region_with_a_plan_adds_its_own_units_with_the_place(engine: Engine) -> None:
    local = [r for r in after(engine, MAJOR, "工贸", "达拉特旗").responsible if r.role.startswith("文件所载")]
    assert [r.unit for r in local] == ["达拉特旗应急管理局"]
    assert "二（一）2.（13）" in local[0].basis


def test_what_a_region_says_of_an_industry_is_whose_trade_it_is(engine: Engine) -> None:
    local = [
        r
        for r in after(engine, "甲醇储罐区未设防火堤", "危险化学品", "克州").responsible
        if r.role.startswith("文件所载")
    ]
    assert [r.unit for r in local] == ["自治州应急管理局"]


def test_a_long_list_that_the_document_does_not_divide_says_so(engine: Engine) -> None:
    lines = responsible_lines(after(engine, "渔船灭火器过期", "渔业船舶", "达拉特旗"))
    local = next(x for x in lines if x.startswith("文件所载"))
    assert "未逐一对应" in local and "上位类" in local


@pytest.mark.parametrize("label", ["危险化学品", "危化"])
def test_an_industry_that_was_stated_has_its_department_though_no_clause_asked_for_it(
    engine: Engine, label: str
) -> None:
    held = after(engine, "甲醇储罐区未设防火堤", label).responsible
    assert {r.unit for r in held if r.role == "监管"} == {"应急管理部门"}


def test_special_equipment_in_a_plant_has_its_own_department_too(engine: Engine) -> None:
    held = after(engine, "液氨储罐未设安全阀", "危险化学品").responsible
    assert {r.unit for r in held if r.role == "监管"} == {"应急管理部门", "市场监督管理部门"}


def test_a_fire_finding_without_an_industry_goes_to_those_who_supervise_fire_safety(engine: Engine) -> None:
    held = after(engine, "部分灭火器钢瓶过期", "消防").responsible
    assert any("消防救援机构" in r.unit for r in held if r.role == "监管")


def test_an_industry_only_presumed_is_marked(engine: Engine) -> None:
    text = "加油站卸油口未设静电接地"
    assert any("行业系推定" in x for x in responsible_lines(after(engine, text, "")))
    assert not any("行业系推定" in x for x in responsible_lines(after(engine, text, "危险化学品")))


def follows(engine: Engine, text: str, industry: str) -> set[str]:
    return {d.duty.id for d in after(engine, text, industry).duties}


BOILER = "在用锅炉安全阀缺失"


def test_a_special_equipment_hazard_has_its_own_clock_instead_of_the_general_one(engine: Engine) -> None:
    held = follows(engine, BOILER, "机械")
    assert "HAZ-034" in held and not held & {"HAZ-015", "HAZ-016"}


def test_a_region_names_its_own_supervisor_of_special_equipment_beside_that_of_the_industry(
    engine: Engine,
) -> None:
    held = {
        r.unit for r in after(engine, BOILER, "煤矿", "达拉特旗").responsible if r.role.startswith("文件所载")
    }
    assert {"达拉特旗能源局", "达拉特旗市场监督管理局"} <= held


def test_beside_a_hazard_of_the_industry_itself_the_general_clock_stays(engine: Engine) -> None:
    assert {"HAZ-034", "HAZ-016"} <= follows(engine, f"{MAJOR}；{BOILER}", "轻工")


def test_what_no_coal_standard_lists_does_not_bring_the_penalty_for_listed_coal_hazards(
    engine: Engine,
) -> None:
    assert "COA-002" in follows(engine, "采煤工作面需风量1200m³/min，实测供风量890m³/min", "煤矿")
    held = follows(engine, BOILER, "煤矿")
    assert "COA-002" not in held and {"COA-003", "HAZ-034"} <= held and "HAZ-016" not in held


def test_nothing_follows_where_all_is_in_order(engine: Engine) -> None:
    held = engine.judge(Finding("现场检查未发现问题", industry="轻工", on=DAY)).after
    assert held is not None and not held.responsible and not held.duties


def test_a_contested_industry_is_marked_for_the_territory_to_settle(engine: Engine) -> None:
    held = after(engine, "后厨燃气报警器失效", "餐饮").responsible
    assert any(Outcome.CONTESTED.value in r.note for r in held if r.role == "监管")


def test_the_json_of_a_verdict_carries_both(engine: Engine) -> None:
    data = engine.judge(Finding(MAJOR, industry="轻工", on=DAY)).to_json()
    assert data["responsible"] and data["duties"]
    assert all(d["basis"] for d in data["duties"]) and all(r["role"] for r in data["responsible"])


def test_a_special_equipment_clause_brings_in_its_own_supervisor(engine: Engine) -> None:
    verdict = engine.judge(Finding("叉车未经检验仍在使用", industry="机械", on=DAY))
    assert verdict.after is not None
    domains = {verdict.standards[r.clause.standard].domain for r in (*verdict.decisive, *verdict.open)}
    supervisors = {r.unit for r in verdict.after.responsible if r.role == "监管"}
    assert ("特种设备" in domains) == any("市场监督管理" in u for u in supervisors)


def test_the_place_of_a_finding_adds_its_own_department_and_local_units(engine: Engine) -> None:
    finding = Finding("安全出口上锁", facility="网吧", region="达拉特旗", on=DAY)
    held = engine.judge(finding).after.responsible
    assert any(r.role == "管行业" and r.unit == "文化和旅游部门" and "网吧" in r.note for r in held)
    assert any(r.unit == "达拉特旗文化和旅游局" for r in held)


def test_a_place_that_names_nothing_known_adds_nothing(engine: Engine) -> None:
    with_place = engine.judge(Finding(MAJOR, industry="轻工", facility="东头", on=DAY)).after.responsible
    assert [r.unit for r in with_place] == [r.unit for r in after(engine, MAJOR, "轻工").responsible]


def test_a_place_whose_authority_is_named_differently_from_region_to_region_adds_it_too(
    engine: Engine,
) -> None:
    place = "储能电站"
    roles = engine.judge(Finding(MAJOR, industry="机械", facility=place, on=DAY)).after.responsible
    assert any(place in r.note for r in roles)


def test_of_a_long_chain_of_duties_the_first_of_each_side_and_how_many_are_left(engine: Engine) -> None:
    held = after(engine, MAJOR, "工贸")

    few, every = duty_lines(held, 1), duty_lines(held)
    sides = {d.duty.side for d in held.duties}
    assert len(few) == len(sides) + 1 and few[-1].startswith("此外还有：企业 ")
    assert len(every) == len(held.duties) and not any("此外还有" in line for line in every)
