"""A word that decides keeps to the thing it is about: what merely shares its words is something else."""

from __future__ import annotations

from datetime import date

import pytest

from engine import Engine, Finding
from engine.clauses import DECISIVE

DAY = date(2026, 11, 28)
GRAVE = "重大事故隐患"

# industry, a grave defect, an ordinary one in much the same words
PAIRS = [
    ("煤矿", "甲烷传感器断电值大于规定", "高压开关断电值大于规定"),
    ("煤矿", "甲烷传感器报警值设置过高", "烟雾传感器报警值设置过高"),
    ("煤矿", "井下电焊作业无专人监护", "选煤厂气割作业无专人看护"),
    ("煤矿", "使用明令淘汰的局部通风机", "淘汰的局部通风机已升井，台账未更新"),
    ("煤矿", "采区同时布置3个采煤工作面生产", "采区先后布置3个采煤工作面，目前仅1个生产"),
    ("煤矿", "在矿区范围外采煤", "矿区范围外采石场道路扬尘"),
    ("城镇燃气", "液化气站未取得燃气经营许可证", "燃气管道旁第三方施工未取得许可"),
    ("特种设备", "索道吊厢门锁不住，仍在载客", "索道售票室门锁不住"),
    ("特种设备", "叉车驻车制动失效，仍在使用", "叉车制动故障灯不亮"),
    ("电力", "擅自关闭安全监控系统", "拆除的旧报警装置堆放杂乱"),
    ("道路运输", "营运客车未年度审验仍在营运", "驾驶员未年度审验"),
    ("养老", "养老院内设医务室没有医疗机构执业许可证，也未备案", "养老院医务室护士无执业许可证"),
    ("铝加工深井铸造", "深井铸造机未落实钢丝绳检查更换制度", "深井铸造车间未建立灭火器检查更换制度"),
    ("地下矿山", "总工程师非采矿相关专业", "机电副矿长下井带班次数不足，非机电专业班组无交底"),
    ("地下矿山", "设计要求喷锚支护的巷道未支护", "设计要求不支护，巷道未支护"),
    ("房屋市政工程", "人工挖孔桩孔内作业无专人监护", "电梯井内作业无专人监护"),
    ("房屋市政工程", "塔吊与建筑物安全距离不足", "塔吊与围墙距离小于10米"),
]


@pytest.mark.parametrize(("industry", "grave", "ordinary"), PAIRS)
def test_what_shares_the_words_of_a_grave_defect_is_not_grave(
    engine: Engine, industry: str, grave: str, ordinary: str
) -> None:
    assert engine.judge(Finding(grave, industry=industry, on=DAY)).level.value in (GRAVE, "需核实")
    assert engine.judge(Finding(ordinary, industry=industry, on=DAY)).level.value != GRAVE


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("工贸-粉尘", "木屑转运站干式除尘系统未采取爆炸防控措施"),
        ("工贸-粉尘", "镁合金压铸件清砂打磨干式除尘器灰斗未设锁气卸灰装置"),
        ("煤矿", "监控主机损坏，系统瘫痪"),
        ("煤矿", "安全监控系统监控主机关闭"),
        ("煤矿", "带式输送机无烟雾报警"),
        ("房屋市政工程", "施工升降机防坠器失效"),
        ("工贸-粉尘", "面粉车间桥架积灰、电机积灰严重未清理"),
        ("危险化学品", "受限空间作业票缺少审批人签字"),
    ],
)
def test_a_grave_defect_named_by_a_part_or_a_place_is_not_ordinary(
    engine: Engine, industry: str, text: str
) -> None:
    assert engine.judge(Finding(text, industry=industry, on=DAY)).level.value in (GRAVE, "需核实")


SEVERE = "tezhong-yanzhong-2022"


@pytest.mark.parametrize(
    ("text", "severe"),
    [
        ("电梯缓冲器缺失，继续使用", True),
        ("客梯层门门锁装置失灵，仍在使用", True),
        ("电梯超速保护失效，仍在使用", True),
        ("电梯限速器失灵，已停用", False),
        ("电梯未设安全钳，已停止使用", False),
        ("无机房电梯安全钳完好，仍在使用", False),
        ("桥式起重机缓冲器缺失，仍在使用", False),
    ],
)
def test_a_lift_lacks_its_own_safety_gear_only_while_in_use(engine: Engine, text: str, severe: bool) -> None:
    verdict = engine.judge(Finding(text, industry="特种设备", on=DAY))
    held = [r for r in verdict.results if r.clause.standard == SEVERE and r.status in DECISIVE]
    assert bool(held) is severe


def test_a_governor_of_no_lift_is_not_taken_for_special_equipment(engine: Engine) -> None:
    verdict = engine.judge(Finding("电动自行车限速器被拆除", industry="工贸", on=DAY))
    assert "特种设备" not in {f.fact for f in verdict.facts if f.source != "推定"}
