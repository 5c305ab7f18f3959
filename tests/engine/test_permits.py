"""To do business without a permit is an offence that no 判定标准 grades: it is asked, not called 一般."""

import pytest

from engine import Finding, Level
from engine.judge import UNLICENSED


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("烟花爆竹", "居民楼储藏室堆放烟花爆竹120箱，未取得经营许可"),
        ("烟花爆竹", "民房内非法储存烟花爆竹"),
        ("", "面包车流动加油，无证经营汽油"),
        ("工贸", "危险化学品经营许可证已过期"),
    ],
)
def test_business_without_a_permit_is_asked_about(engine, industry, text):
    verdict = engine.judge(Finding(text, industry=industry))
    assert verdict.level is Level.VERIFY
    assert UNLICENSED in verdict.reasons


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("工贸", "安全生产许可证未上墙"),
        ("危化", "危险化学品经营许可证未悬挂在经营场所"),
        ("烟花爆竹", "烟花爆竹零售许可证未公示"),
    ],
)
def test_a_permit_that_is_only_not_on_the_wall_is_there(engine, industry, text):
    assert engine.judge(Finding(text, industry=industry)).level is Level.GENERAL


def test_a_clause_that_lists_the_missing_permit_still_decides(engine):
    verdict = engine.judge(Finding("未取得燃气经营许可证从事瓶装燃气经营", industry="城镇燃气"))
    assert verdict.level is Level.MAJOR
