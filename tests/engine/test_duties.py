"""Duties that follow a finding: whose, in which industries, and by which day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.duties import add_months, add_working_days, chain, due, next_day
from kb.national import Every
from kb.registers import load_registers

DAY = date(2026, 9, 28)
REGISTERS = load_registers()
MAJOR = "重大事故隐患"


def ids(level: str, *industries: str, on: date = DAY) -> set[str]:
    return {d.duty.id for d in chain(REGISTERS.duties, level, frozenset(industries), on)}


def test_the_three_recheck_terms_are_never_mixed() -> None:
    general, coal, special = ids(MAJOR, "机械"), ids(MAJOR, "煤矿"), ids(MAJOR, "特种设备")
    assert "HAZ-016" in general and "COA-003" not in general and "HAZ-034" not in general
    assert "COA-003" in coal and "HAZ-016" not in coal
    assert "HAZ-034" in special and "HAZ-016" not in special


def test_their_days_are_ten_days_twenty_days_and_ten_working_days() -> None:
    event = date(2026, 9, 28)
    day = {id: due(REGISTERS.duty[id], DAY, {id: event}).day for id in ("HAZ-016", "COA-003", "HAZ-034")}
    assert day["HAZ-016"] == date(2026, 10, 8)
    assert day["COA-003"] == date(2026, 10, 18)
    # National Day holidays of 2026 (1 to 7 October) and their make-up working day are not ordinary days
    assert day["HAZ-034"] == add_working_days(event, 10)[0] and day["HAZ-034"] > date(2026, 10, 12)


def test_a_term_whose_event_has_not_happened_has_no_day_but_says_from_when() -> None:
    held = due(REGISTERS.duty["HAZ-016"], DAY, {})
    assert held.day is None and held.when == "自收到恢复生产书面申请之日起10日内"


def test_what_is_due_at_once_is_due_on_the_day_of_the_finding() -> None:
    assert due(REGISTERS.duty["HAZ-020"], DAY, {}).day == DAY


def test_a_term_that_the_department_sets_has_no_day() -> None:
    held = due(REGISTERS.duty["HAZ-006"], DAY, {})
    assert held.day is None and held.when == "立即或限期"


def test_promptly_has_no_day_because_the_law_sets_none() -> None:
    assert due(REGISTERS.duty["HAZ-004"], DAY, {}).day is None


def test_the_double_report_follows_only_a_major_hazard() -> None:
    assert "HAZ-004" in ids(MAJOR, "机械") and "HAZ-004" not in ids("一般隐患", "机械")


def test_nothing_follows_where_the_level_is_not_settled() -> None:
    assert not ids("需核实", "机械")


def test_a_duty_of_one_industry_does_not_hold_when_no_industry_is_known() -> None:
    assert not {"COA-002", "HAZ-034", "HAZ-032"} & ids(MAJOR)


@pytest.mark.parametrize("side", ["企业", "部门", "属地"])
def test_a_major_hazard_leaves_none_of_the_three_sides_without_a_duty(side: str) -> None:
    assert any(d.duty.side == side for d in chain(REGISTERS.duties, MAJOR, frozenset({"机械"}), DAY))


def test_every_duty_tells_its_basis_and_whether_it_was_checked() -> None:
    for held in chain(REGISTERS.duties, MAJOR, frozenset({"煤矿"}), DAY):
        row = held.to_json()
        assert row["basis"] and row["unverified"] == (held.duty.confidence != "verified")


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_adding_months_goes_that_many_months_on(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months and later.day <= day.day


def test_a_year_whose_holidays_are_not_announced_counts_weekends_and_says_so() -> None:
    day, known = add_working_days(date(2031, 1, 3), 5)  # a Friday
    assert (day, known) == (date(2031, 1, 10), False)


def test_a_recurring_duty_is_due_again_after_its_period() -> None:
    assert next_day(Every(every=1, unit="季度"), date(2026, 8, 31)) == date(2026, 11, 30)
    assert next_day(Every(every=15, unit="日"), date(2026, 2, 20)) == date(2026, 3, 7)
    assert next_day(Every(every=2, unit="小时"), date(2026, 2, 20)) is None


def test_the_campaign_duty_ends_with_its_campaign() -> None:
    campaign = REGISTERS.duty["HAZ-029"]
    assert campaign.until == date(2026, 12, 31)


def test_what_must_be_done_after_a_finding_is_answered_from_the_law() -> None:
    from engine.responsibility import open_responsibility

    who = open_responsibility()
    general = who.answer("这条重大隐患查出来之后，企业、部门、属地各要做什么，几天之内？", on=DAY)
    coal = who.answer("煤矿查出重大隐患以后各方要做什么？", on=DAY)
    assert general.answered and any(v.startswith("〔属地〕") for v in general.values)
    assert any("20日" in v for v in coal.values) and not any("20日" in v for v in general.values)
