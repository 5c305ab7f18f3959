"""A trial that failed says that the thing tried doesn't work."""

import pytest

from corpus.shown import failures, unanswered


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("行车制动踩到底仍滑行约4m", "踩到底仍滑行"),
        ("急停按钮按下后车辆照常行走", "按下后车辆照常行走"),
        ("按下急停按钮,机器仍在运转", "机器仍在运转"),
        ("安全压杠压下后不能锁住", "压下后不能锁住"),
        ("水位报警通电试验不报警", "通电试验不报警"),
    ],
)
def test_what_went_on_all_the_same_is_a_failure(text: str, shown: str) -> None:
    assert [text[a:b] for a, b in failures(text)] == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "未按规定停产",
        "按时未停",
        "急停按钮测试正常",
        "试验合格后仍运行",
        "按下按钮后梯级立即停止",
        "未做联动试验",
    ],
)
def test_what_answered_or_was_not_tried_is_none(text: str) -> None:
    assert not list(failures(text))


def test_what_did_not_follow_is_a_lacking_link() -> None:
    (start, end, stop), *_ = unanswered("二氧化碳报警器报警后事故风机不启动")
    assert (start, end, stop) == (7, 10, 17)
    assert not list(unanswered("报警后事故风机自动启动"))
