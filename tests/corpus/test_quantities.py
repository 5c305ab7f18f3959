"""Quantities in findings are intervals with a unit."""

import pytest

from corpus.normalize import normalize
from corpus.quantities import quantities
from kb.values import Interval


@pytest.mark.parametrize(
    ("text", "interval", "unit"),
    [
        ("作业间内有12人", Interval(12, 12), "人"),
        ("超过9人", Interval(9, low_open=True), "人"),
        ("不超过9人", Interval(high=9), "人"),
        ("十二名", Interval(12, 12), "名"),
        ("最厚处4cm", Interval(4, 4), "cm"),
        ("不足30kPa", Interval(high=30, high_open=True), "kPa"),
        ("仅25ｋＰａ", Interval(25, 25), "kPa"),
        ("9人以上", Interval(low=9), "人"),
        ("3-5米", Interval(3, 5), "米"),
    ],
)
def test_a_quantity_is_read_with_comparator_and_unit(text: str, interval: Interval, unit: str) -> None:
    found = list(quantities(normalize(text)))
    assert [(q.interval, q.unit) for q in found] == [(interval, unit)]


def test_normalising_keeps_every_character_in_its_place() -> None:
    text = "ＣＯ报警（１号），İ"
    assert len(normalize(text)) == len(text)
