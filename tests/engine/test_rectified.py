"""What has been put right is no longer a hazard; what has not stays one, whatever stands beside it."""

from datetime import date

import pytest

from engine import Engine, Finding
from engine.verdict import Level

DAY = date(2026, 11, 28)
MAJOR = [
    ("木工车间布袋除尘器灰斗下未装锁气卸灰装置", "工贸"),
    ("电工未持证上岗", "工贸"),
    ("煤气加压机房未设置固定式CO报警器", "冶金"),
]
# said behind it, and speaking of something else or of no rectification yet
HARMLESS = [
    "灯具损坏已更换", "接地线松动已修复", "灭火器过期问题已整改", "其余问题均已整改", "绿化带杂草已清理", "整改完毕前停用",
    "并未整改完成", "预计月底整改完毕", "警示标识缺失的问题已整改到位", "故障报警灯已修复",
]  # fmt: skip


def level(engine: Engine, text: str, industry: str) -> Level:
    return engine.judge(Finding(text, industry=industry, on=DAY)).level


@pytest.mark.parametrize(("text", "industry"), MAJOR)
@pytest.mark.parametrize("behind", HARMLESS)
def test_another_things_rectification_takes_nothing_away(
    engine: Engine, text: str, industry: str, behind: str
) -> None:
    assert level(engine, f"{text}，{behind}", industry) is Level.MAJOR


@pytest.mark.parametrize(("text", "industry"), MAJOR)
@pytest.mark.parametrize("behind", ["，已整改", "的问题已整改", "，现场已整改完毕"])
def test_its_own_rectification_leaves_no_hazard(
    engine: Engine, text: str, industry: str, behind: str
) -> None:
    assert level(engine, f"{text}{behind}", industry) is Level.NONE


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("煤气加压机房固定式CO报警器已设置，未接电", "冶金"),
        ("煤气加压机房固定式CO报警器符合要求，但实际处于停用状态", "冶金"),
        ("建设项目安全设施未经验收，已投运", "危化"),
        ("没有一个特种作业人员持证", "工贸"),
    ],
)
def test_a_good_word_before_a_bad_one_is_not_compliance(engine: Engine, text: str, industry: str) -> None:
    assert level(engine, text, industry) in (Level.MAJOR, Level.VERIFY)


@pytest.mark.parametrize(
    "text",
    [
        "特种作业人员没有未持证上岗的", "未发现污水池有限空间作业未审批", "特种作业人员未取得操作证的现象不存在",
        "杜绝特种作业人员未持证上岗", "快速冻结作业间内作业人员12人，已整改",
    ],
)  # fmt: skip
def test_what_is_denied_forbidden_or_put_right_is_never_major(engine: Engine, text: str) -> None:
    assert level(engine, text, "工贸-液氨") in (Level.NONE, Level.VERIFY)
