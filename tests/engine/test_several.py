"""Findings of several statements: heads of lists, counting over the items, persons added up, sentences that only describe."""

from datetime import date

import pytest

from engine import Engine, Finding
from engine.verdict import Level

DAY = date(2026, 11, 28)
EARLIER = date(2025, 8, 1)  # GB 35181-2017 was in force
FIRE = ["消防车道被货车堵塞", "防火间距被棚子占用", "泡沫灭火系统不能正常运行"]


def judged(engine: Engine, text: str, industry: str, on: date = DAY):  # type: ignore[no-untyped-def]
    return engine.judge(Finding(text, industry=industry, on=on))


def test_the_head_of_a_list_is_the_place_of_every_item(engine: Engine) -> None:
    items = "木工车间除尘系统存在以下问题：①滤袋破损；②未装锁气卸灰装置"
    assert judged(engine, items, "工贸").level is Level.MAJOR
    assert judged(engine, "滤袋破损；未装锁气卸灰装置", "工贸").level is Level.VERIFY


def test_what_a_list_lacks_between_its_items_is_joined(engine: Engine) -> None:
    items = ["未办理有限空间作业审批", "作业人员未进行专项安全教育培训", "未通风、未检测即下井"]
    joined = "污水检查井清淤：" + "；".join(f"{n}.{i}" for n, i in enumerate(items, 1))
    assert judged(engine, joined, "房屋市政").level is Level.MAJOR
    assert all(judged(engine, i, "房屋市政").level is not Level.MAJOR for i in items)


def test_elements_are_counted_over_the_whole_finding(engine: Engine) -> None:
    three = judged(engine, "乙醇库区：" + "；".join(FIRE), "消防-易燃易爆", EARLIER)
    assert three.level is Level.MAJOR
    assert any(r.clause.ref.startswith("5.3.3") for r in three.decisive)
    assert judged(engine, "乙醇库区：" + "；".join(FIRE[:2]), "消防-易燃易爆", EARLIER).level is Level.VERIFY


@pytest.mark.parametrize(
    ("persons", "level"),
    [
        ("操作工6人、检修工2人、搬运工2人", Level.MAJOR),
        ("操作工6个、搬运工4个", Level.MAJOR),
        ("操作工5人、检修工2人、搬运工2人", Level.VERIFY),
        ("操作工6人、检修工2人，共8人", Level.VERIFY),
    ],
)
def test_persons_of_several_kinds_are_added_up(engine: Engine, persons: str, level: Level) -> None:
    assert judged(engine, f"单冻机作业间内有{persons}", "工贸-液氨").level is level


def test_the_norm_beside_what_was_found_is_no_count(engine: Engine) -> None:
    text = "井下无轨运人车核载{}人，实际拉了{}人"
    assert judged(engine, text.format(22, 26), "非煤矿山-地下").level is Level.MAJOR
    assert judged(engine, text.format(26, 22), "非煤矿山-地下").level is not Level.MAJOR


def test_a_sentence_that_only_describes_asks_nothing_beside_a_defect(engine: Engine) -> None:
    assert judged(engine, "木工车间正在生产；灭火器过期", "工贸").level is Level.GENERAL
    assert judged(engine, "木工车间正在生产", "工贸").level is Level.VERIFY


def test_an_industry_against_the_text_is_a_contradiction_and_an_unknown_one_is_said(engine: Engine) -> None:
    verdict = judged(engine, "机械加工厂绝缘胶垫缺失", "电力")
    assert [c.fact for c in verdict.contradictions] == ["行业"]
    assert any("不认识的行业" in n for n in judged(engine, "灭火器过期", "星际航行").notes)
    assert not judged(engine, "灭火器过期", "商场").notes
