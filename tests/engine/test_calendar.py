"""履职日历: which duties come round, how often, when next, and that no day is invented."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from engine import Engine
from engine.calendar import DUE, OVERDUE, Entry, calendar, calendar_table, midnight, to_ics
from engine.consequences import CROSS
from engine.profile import load_profile, read_profile, understand
from kb import BadInput
from kb.national import Duty
from kb.registers import load_registers

ON = date(2026, 11, 28)
EXAMPLES = Path(__file__).parent.parent.parent / "kb" / "examples"


# groups that cut across industries, which a profile states like any tag
GROUPS = {
    "金属冶炼", "中型以上", "危险物品", "人员密集场所经营单位", "机关团体事业单位", "公众聚集场所", "消防安全重点单位",
    "爆炸和火灾危险环境场所", "高度超过100米的高层公共建筑",
}  # fmt: skip


@pytest.fixture(scope="module")
def duties() -> tuple[Duty, ...]:
    return load_registers().duties


def entries(engine: Engine, duties: tuple[Duty, ...], on: date = ON, **said: object) -> dict[str, Entry]:
    site = understand(read_profile(said), engine, duties)
    return {e.key: e for e in calendar(site, duties, on)}


def certain(found: dict[str, Entry], prefix: str) -> list[str]:
    return sorted(k for k, e in found.items() if k.startswith(prefix) and e.applies)


def test_duties_name_only_industries_and_known_groups(engine: Engine, duties: tuple[Duty, ...]) -> None:
    known = {*engine.kb.attributes["行业"].ancestors(), *CROSS, *GROUPS}
    named = {n for d in duties for p in (d, *d.calendar) for n in (*p.industries, *p.except_industries)}
    assert named - known == set()


def test_the_head_leads_a_check_each_month_in_dangerous_trades_each_quarter_elsewhere(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    assert certain(entries(engine, duties, 行业=["煤矿"]), "HAZ-029") == ["HAZ-029/高危行业领域"]
    found = entries(engine, duties, 行业=["医疗卫生"])
    assert certain(found, "HAZ-029") == ["HAZ-029/其他行业领域"]
    assert found["HAZ-029/其他行业领域"].frequency == "每季度1次"


def test_a_duty_of_a_campaign_ends_with_it(engine: Engine, duties: tuple[Duty, ...]) -> None:
    last = {"HAZ-029/其他行业领域": date(2026, 11, 1)}
    entry = entries(engine, duties, 行业=["纺织"], 属性={"金属冶炼企业": "否"}, 上次完成=last)[
        "HAZ-029/其他行业领域"
    ]
    assert entry.next is None and "2026-12-31" in entry.status
    assert not any(k.startswith("HAZ-029") for k in entries(engine, duties, date(2027, 1, 1), 行业=["纺织"]))


def test_units_of_three_kinds_drill_each_half_year_others_each_year(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    chemical = entries(engine, duties, 行业=["危险化学品"])
    assert chemical["EMG-001"].frequency == "每半年1次" and "EMG-002/综合或者专项预案演练" not in chemical
    furniture = entries(
        engine, duties, 行业=["木制品加工"], 物质=["无 危险物品"], 场所设施=["无 人员密集场所经营单位"]
    )
    assert certain(furniture, "EMG-00") == ["EMG-002/现场处置方案演练", "EMG-002/综合或者专项预案演练"]


def test_a_public_body_checks_for_fire_each_quarter_an_enterprise_each_month(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    public = entries(engine, duties, 行业=["医疗卫生"], 性质="机关团体事业单位")
    assert certain(public, "FIR-004") == ["FIR-004/机关、团体、事业单位"]
    assert certain(entries(engine, duties, 行业=["机械"]), "FIR-004") == ["FIR-004/企业等其他单位"]


def test_the_next_day_is_counted_from_the_last_and_overdue_is_said(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    last = {"PER-005": date(2026, 10, 31), "TRN-001": date(2026, 3, 10)}
    found = entries(engine, duties, 行业=["木制品加工"], 设备=["叉车"], 上次完成=last)
    assert (found["PER-005"].next, found["PER-005"].status) == (date(2026, 11, 30), DUE)
    assert (found["TRN-001"].next, found["TRN-001"].status) == (date(2027, 3, 10), DUE)
    last["PER-005"] = date(2026, 10, 20)
    again = entries(engine, duties, 行业=["木制品加工"], 设备=["叉车"], 上次完成=last)
    assert again["PER-005"].status == OVERDUE


def test_a_licence_is_renewed_three_months_before_it_ends(engine: Engine, duties: tuple[Duty, ...]) -> None:
    entry = entries(engine, duties, 行业=["烟花爆竹"], 上次完成={"PER-001": date(2024, 6, 30)})["PER-001"]
    assert entry.next == date(2027, 3, 30) and "届满前3个月" in entry.frequency


@pytest.mark.parametrize(
    ("key", "last", "due"),
    [
        ("HAZ-009/季度统计表", date(2026, 10, 20), date(2027, 1, 15)),
        ("HAZ-009/季度统计表", date(2026, 7, 3), date(2026, 10, 15)),
        ("HAZ-009/年度统计表", date(2026, 1, 20), date(2027, 1, 31)),
    ],
)
def test_a_return_is_due_on_its_day_after_the_period(
    engine: Engine, duties: tuple[Duty, ...], key: str, last: date, due: date
) -> None:
    assert entries(engine, duties, 行业=["机械"], 上次完成={key: last})[key].next == due


def test_without_the_last_day_no_day_is_invented(engine: Engine, duties: tuple[Duty, ...]) -> None:
    found = entries(engine, duties, 行业=["危险化学品"], 设备=["电梯", "锅炉"])
    assert found and all(e.next is None and e.last is None for e in found.values())
    assert "填写上次完成日期" in found["PER-005"].status
    assert "证书" in found["PER-006"].status


def test_what_the_profile_does_not_say_is_undecided_and_says_what_is_wanting(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    entry = entries(engine, duties, 行业=["机械"])["FIR-002"]
    assert entry.applies is None and "消防安全重点单位" in entry.why
    assert "FIR-002" not in entries(engine, duties, 行业=["机械"], 场所设施=["无 消防安全重点单位"])


def test_entries_from_memory_are_marked(engine: Engine, duties: tuple[Duty, ...]) -> None:
    found = entries(engine, duties, 行业=["机械"], 设备=["锅炉"])
    assert found["PER-012/锅炉外部检验"].unverified and not found["PER-005"].unverified
    rows = {r[0]: r for r in calendar_table(found.values()).rows}
    assert "待核" in rows["PER-012/锅炉外部检验"][-1] and "待核" not in rows["PER-005"][-1]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_entry_cites_its_basis_and_its_reason(
    engine: Engine, duties: tuple[Duty, ...], path: Path
) -> None:
    found = calendar(understand(load_profile(path), engine, duties), duties, ON)
    assert len(found) > 15 and len({e.key for e in found}) == len(found)
    assert all(e.duty.basis and e.frequency and e.why and e.status for e in found)


def test_a_wrong_last_day_is_refused_with_what_was_expected(engine: Engine, duties: tuple[Duty, ...]) -> None:
    with pytest.raises(BadInput, match="没有周期义务 'FIR-004'；应为 FIR-004/企业等其他单位"):
        entries(engine, duties, 行业=["机械"], 上次完成={"FIR-004": date(2026, 1, 1)})
    with pytest.raises(BadInput, match="2027-01-01 在今天"):
        entries(engine, duties, 行业=["机械"], 上次完成={"TRN-001": date(2027, 1, 1)})


def test_the_calendar_file_holds_events_with_a_day_and_tasks_without(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    found = entries(
        engine, duties, 行业=["木制品加工"], 设备=["叉车"], 上次完成={"PER-005": date(2026, 11, 20)}
    )
    made = Calendar.from_ical(to_ics(found.values(), "v1", midnight(ON)))
    events, tasks = made.walk("VEVENT"), made.walk("VTODO")
    assert [(str(e["uid"]), e["dtstart"].dt) for e in events] == [("PER-005@panding", date(2026, 12, 20))]
    assert len(tasks) == len(found) - 1
    assert all("依据：" in str(t["description"]) and "v1" in str(t["description"]) for t in tasks)
    assert any(str(t["summary"]).startswith("【待核】") for t in tasks)


def test_of_a_duty_that_may_not_apply_the_first_thing_is_to_find_out(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    found = entries(engine, duties, 行业=["家具制造"])
    open_ = [
        e for e in found.values() if e.applies is None and e.next is None and not e.last and e.duty.calendar
    ]
    assert open_ and all(e.status.startswith("先核实是否适用") for e in open_)
    assert not any("核实是否适用" in e.status for e in found.values() if e.applies)
