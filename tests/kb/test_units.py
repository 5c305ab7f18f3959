"""Units: what converts, and what does not."""

import pytest

from kb.units import convert


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [(4, "厘米", "m", 0.04), (30, "kPa", "MPa", 0.03), (2, "小时", "min", 120), (12, "名", "人", 12)],
)
def test_a_number_is_converted_within_its_dimension(
    value: float, unit: str, into: str, expected: float
) -> None:
    assert convert(value, unit, into) == expected


def test_another_dimension_or_an_unknown_unit_is_not_converted() -> None:
    assert convert(1, "m", "kg") is None
    assert convert(1, "石", "kg") is None
