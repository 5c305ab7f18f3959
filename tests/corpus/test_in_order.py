"""What a finding says to be in order, excepted or another's affair denies the clause; its contrary does not."""

from datetime import date

import pytest

from engine import Engine, Finding, Level

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("industry", "major", "not_major"),
    [
        ("煤矿", "用风锤探放水，不属限压循环放水", "限压循环放水时用风锤探放水"),
        ("煤矿", "新建煤矿建设期间组织采煤，未经备案进行联合试运转", "新建煤矿建设期间组织采煤，经备案进行联合试运转"),
        ("煤矿", "综掘巷道贯通相距30 m时，停掘的工作面已停止通风", "综掘巷道贯通相距30 m时，停掘的工作面保持正常通风"),
        ("尾矿库", "湿式尾矿库防洪高度和干滩长度均小于设计值", "湿式尾矿库防洪高度达到设计值，干滩长度小于设计值"),
        ("房屋市政", "电梯井道内贯通，未设水平防护，井口没有防护门", "电梯井道内贯通，未设水平防护，每层井口都装了防护门"),
        ("城镇燃气", "燃气公司入户检查发现灶具设在卧室，未书面告知，用户未整改", "燃气公司入户检查发现灶具设在卧室，已书面告知，用户未整改"),
    ],
)  # fmt: skip
def test_the_contrary_of_what_a_clause_lists_is_not_major(
    engine: Engine, industry: str, major: str, not_major: str
) -> None:
    levels = [engine.judge(Finding(t, industry=industry, on=DAY)).level for t in (major, not_major)]
    assert levels[0] is Level.MAJOR
    assert levels[1] is not Level.MAJOR
