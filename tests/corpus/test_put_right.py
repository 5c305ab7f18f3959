"""What a word of putting right mends and what stays; papers renewed and papers run out; trials that succeeded."""

from __future__ import annotations

from datetime import date

import pytest

from engine import Engine, Finding

DAY = date(2026, 11, 29)
GRAVE, ASKED, ORDINARY, NONE = "重大事故隐患", "需核实", "一般隐患", "未见隐患"

STAYS = [
    ("机械", "熔炼炉炉坑积水未抽干", {GRAVE}),
    ("食品制造", "压力表检定合格期已过", {ORDINARY, ASKED}),
    ("特种设备", "锅炉安全阀失灵，已更换新压力表", {GRAVE}),
    ("特种设备", "叉车制动失灵，已更换新轮胎", {GRAVE}),
    ("危险化学品", "甲类车间防爆开关损坏，已更换成普通开关", {GRAVE, ASKED}),
    ("危险化学品", "甲类仓库防爆灯损坏，已更换为普通灯具", {GRAVE, ASKED}),
    ("危险化学品", "泵房防爆电机已更换为普通电机", {GRAVE, ASKED}),
    ("危险化学品", "储罐安全阀根部阀处于关闭状态，安全阀已更换", {GRAVE, ASKED}),
    ("危险化学品", "液氨储罐紧急切断阀处于旁路状态，切断阀已维修", {GRAVE, ASKED}),
    ("特种设备", "起重机急停按钮被短接，按钮已更换", {GRAVE, ASKED}),
    ("消防", "安全出口堆放杂物并用铁链锁闭，杂物已清理", {ASKED}),
    ("工贸", "煤气报警器故障，已维修，复查时仍不报警", {GRAVE, ASKED, ORDINARY}),
    ("工贸", "煤气报警器故障，已维修，三天后又失灵", {GRAVE, ASKED, ORDINARY}),
    ("农业机械", "2台拖拉机检验有效期至2026年6月仍作业，另1台已检验合格", {GRAVE, ASKED}),
    ("危险化学品", "特种作业人员操作证有效期至2026年9月，企业已安排复审培训，目前仍上岗", {GRAVE, ASKED}),
    ("特种设备", "扶梯按下红色停止按钮后梯级继续运转，仍对外开放", {GRAVE, ASKED}),
]
GONE = [
    ("特种设备", "停用的压力容器安全阀失效", {ORDINARY}),
    ("特种设备", "压力容器停用中，安全阀失效", {ORDINARY}),
    ("机械", "熔炼炉炉坑有积水，已抽干", {NONE}),
    ("特种设备", "锅炉安全阀失灵，已更换新安全阀", {NONE}),
    ("危险化学品", "甲类仓库防爆灯损坏，已更换为防爆灯", {NONE}),
    ("消防", "疏散楼梯间堆放杂物，杂物已清理", {NONE}),
    ("民用爆炸物品", "生产许可证有效期至2026年9月，新证有效期至2029年9月", {NONE, ORDINARY, ASKED}),
    ("危险化学品", "特种作业人员操作证有效期至2026年9月，新证已下发", {NONE, ORDINARY, ASKED}),
    ("危险化学品", "特种作业人员操作证有效期至2026年9月，该员工已离职", {NONE, ORDINARY, ASKED}),
    (
        "房屋市政工程",
        "项目经理B证有效期至2026年6月，延续后有效期至2029年6月，资料未更新",
        {NONE, ORDINARY, ASKED},
    ),
    ("特种设备", "按下急停按钮扶梯立即停止，复位后继续运行", {NONE, ORDINARY, ASKED}),
]


@pytest.mark.parametrize(("industry", "text", "levels"), STAYS)
def test_what_was_done_to_something_else_or_in_vain_leaves_the_defect(
    engine: Engine, industry: str, text: str, levels: set[str]
) -> None:
    assert engine.judge(Finding(text, industry=industry, on=DAY)).level.value in levels


@pytest.mark.parametrize(("industry", "text", "levels"), GONE)
def test_what_was_replaced_by_its_like_renewed_or_found_working_is_no_grave_defect(
    engine: Engine, industry: str, text: str, levels: set[str]
) -> None:
    assert engine.judge(Finding(text, industry=industry, on=DAY)).level.value in levels
