"""A verdict tells who is responsible and what follows, each with its source."""

from datetime import date

import pytest

from engine import Engine, Finding, open_engine
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
