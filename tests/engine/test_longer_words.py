"""A longer ordinary word that has another word inside it is read as what it says, not as what is inside."""

from datetime import date

import pytest

from engine import Engine, Finding
from engine.verdict import Level

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("工贸", "黄酒库未设置乙醇浓度报警装置"),
        ("轻工", "葡萄酒厂酒库未设固定式乙醇蒸气报警装置"),
        ("危险化学品", "丙烯酸储罐未使用万向节管道充装系统"),
        ("危险化学品", "三氯乙烯装车使用软管"),
    ],
)
def test_what_is_listed_for_one_product_is_not_found_in_another_that_has_its_name_inside(
    engine: Engine, industry: str, text: str
) -> None:
    assert engine.judge(Finding(text, industry=industry, on=DAY)).level is Level.GENERAL


@pytest.mark.parametrize(
    ("industry", "text"),
    [("工贸", "白酒库未设置乙醇浓度报警装置"), ("危险化学品", "丙烯储罐未使用万向节管道充装系统")],
)
def test_the_listed_product_itself_still_is(engine: Engine, industry: str, text: str) -> None:
    assert engine.judge(Finding(text, industry=industry, on=DAY)).level is Level.MAJOR


def test_where_both_products_are_made_it_is_asked_which(engine: Engine) -> None:
    verdict = engine.judge(Finding("白酒和黄酒企业酒库未设乙醇蒸气报警", industry="工贸", on=DAY))
    assert (verdict.level, [q.fact for q in verdict.questions]) == (Level.VERIFY, ["行业"])


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("阀门厂打磨车间照明不足", "粉尘种类"),
        ("面包车停放在通道上", "道路客运类型"),
        ("吨包大包装袋堆放占用通道", "行业"),
        ("成品入库单未填写", "人员进入"),
        ("聚丙烯编织袋堆放过高", "行业"),
    ],
)
def test_a_word_inside_a_longer_word_sets_nothing(engine: Engine, text: str, attribute: str) -> None:
    assert attribute not in {v.fact for v in engine.judge(Finding(text, on=DAY)).facts}


@pytest.mark.parametrize("industry", ["工贸-冶金", "工贸-机械", "工贸-有色", "工贸", ""])
@pytest.mark.parametrize("defect", ["制动器失效", "起升高度限位器失效", "未设双制动", "钢丝绳断丝超标"])
def test_the_crane_that_lifts_molten_metal_gets_one_verdict_whatever_it_is_called(
    engine: Engine, industry: str, defect: str
) -> None:
    names = (
        "铸造起重机",
        "铸造行车",
        "冶金铸造起重机",
        "吊运熔融金属的起重机",
        "吊运钢水的行车",
        "吊运铝水的起重机",
    )
    verdicts = [engine.judge(Finding(n + defect, industry=industry, on=DAY)) for n in names]
    assert len({v.level for v in verdicts}) == 1
    assert not any(f.fact == "炉用途" for v in verdicts for f in v.facts)
