"""What one look at a place may answer: never of equipment that nobody knows to be there."""

from datetime import date

import pytest

from engine import Engine
from engine.profile import read_profile
from engine.selfcheck import CLEARED, GATE, OPEN, SelfCheck, new_check
from kb import BadInput

ON = date(2026, 11, 28)
RESULT, VALVE, PIPE_VALVE = "检验结论不合格@特种设备", "安全阀@特种设备", "安全阀@压力管道"


def workshop(engine: Engine, **more: object) -> SelfCheck:
    """A furniture factory with a forklift and a lift; of other special equipment it says nothing."""
    profile = read_profile({"行业": ["家具制造"], "设备": ["叉车", "电梯"], **more})
    return SelfCheck(engine, new_check(engine, profile, ON))


def stand(check: SelfCheck, ref: str) -> str:
    return next(s.status for s in check.stands() if s.held.clause.ref == ref)


def test_what_hangs_on_equipment_that_may_be_there_is_not_answered_with_the_rest_of_a_place(
    engine: Engine,
) -> None:
    check = workshop(engine)
    check.answer(GATE + "压力管道", "不清楚")
    left = check.left_out("特种设备")
    assert {"压力管道", "气瓶"} <= set(left[RESULT])  # one answered with 不清楚, one not at all
    told = check.in_order("特种设备")
    assert told and RESULT not in told and VALVE not in told
    assert not [f for f in check.view.facts if f.endswith(("@压力管道", "@气瓶", "@锅炉"))]
    assert stand(check, "4.4 a)") == stand(check, "4.4 b)") == OPEN


def test_once_it_is_known_what_equipment_there_is_the_rest_is_answered_at_one_go(engine: Engine) -> None:
    check = workshop(engine)
    for kind in ("锅炉", "压力容器", "压力管道"):
        check.answer(GATE + kind, "无")
    assert VALVE not in check.left_out("特种设备")
    assert stand(check, "4.4 b)") == CLEARED


def test_what_is_in_order_with_all_special_equipment_says_nothing_of_a_kind_that_may_not_be_there(
    engine: Engine,
) -> None:
    check = workshop(engine)
    check.answer(GATE + "压力管道", "不清楚")
    check.answer(VALVE, "有效")
    assert PIPE_VALVE not in check.view.facts and stand(check, "4.4 b)") == OPEN
    check.answer(GATE + "压力管道", "有")
    assert check.view.facts[PIPE_VALVE].shown() == "有效"


def test_one_who_names_a_place_knows_it_is_there_unless_he_said_he_did_not(engine: Engine) -> None:
    check = SelfCheck(engine, new_check(engine, read_profile({"行业": ["木制品加工"]}), ON))
    assert "爆炸防控措施@除尘系统" in {q.id for q in check.together("除尘系统")}
    check.answer(GATE + "除尘系统", "不清楚")
    with pytest.raises(BadInput, match="还不知道有没有除尘系统"):
        check.in_order("除尘系统")


def test_what_no_unit_of_a_trade_usually_has_is_asked_about_in_one_question_first(engine: Engine) -> None:
    check = workshop(engine)
    first = check.together_asked
    assert {"客运索道", "氧舱", "大型游乐设施"} <= set(first.removeprefix(GATE).split("、"))
    ids = {q.id for q in check.pending()}
    assert first in ids and not any(q.endswith(("客运索道", "@氧舱", "@大型游乐设施")) for q in ids - {first})
    assert "过山车" in check.question(first).question  # in words people know
    check.answer(first, "无")
    assert check.view.absent["急停按钮@客运索道"] == "没有客运索道"
    assert not any("氧舱" in q.id for q in check.pending())


@pytest.mark.parametrize("answer", ["有", "不清楚"])
def test_where_any_of_it_may_be_there_each_is_asked_about(engine: Engine, answer: str) -> None:
    check = workshop(engine)
    check.answer(check.together_asked, answer)
    assert not check.view.absent.keys() & {"急停按钮@客运索道", "检验结论不合格@氧舱"}
    assert {GATE + "客运索道", GATE + "大型游乐设施"} <= {q.id for q in check.pending()}


def test_what_the_profile_states_or_the_trade_usually_has_is_not_among_it(engine: Engine) -> None:
    check = workshop(engine, 场所设施=["氧舱"])
    assert "氧舱" not in check.together_asked and "锅炉" not in check.rare
    assert "检验结论不合格@氧舱" in {q.id for q in check.pending()}
    foundry = SelfCheck(engine, new_check(engine, read_profile({"行业": ["铸造"]}), ON))
    assert "炼钢炉" not in foundry.rare  # an electric arc furnace is one
