"""Dates, frequencies and quantities of plans, as printed and computed; nothing inside titles and numbers of documents."""

from datetime import date

import pytest

from corpus.periods import read_periods
from kb.registers import Often, Value, When


def only(text: str) -> When | Often | Value:
    (found,) = read_periods(text)
    return found.what


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("2024年底前完成整改", date(2024, 12, 31)),
        ("到 2025 年，明显提高", date(2025, 12, 31)),
        ("2025年6月底前完成", date(2025, 6, 30)),
        ("于2024年12月20日前消除", date(2024, 12, 20)),
        ("2024年2月底前", date(2024, 2, 29)),
    ],
)
def test_a_deadline_is_computed_to_its_last_day(text: str, by: date) -> None:
    found = only(text)
    assert isinstance(found, When)
    assert found.by == by


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020年6月至7月", date(2020, 6, 1), date(2020, 7, 31)),
        ("2024年10月-2024年11月", date(2024, 10, 1), date(2024, 11, 30)),
        ("2024年3月12日至12月底", date(2024, 3, 12), date(2024, 12, 31)),
        ("2021年", date(2021, 1, 1), date(2021, 12, 31)),
        ("2027 年 1 月起长期推进", date(2027, 1, 1), None),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, start: date, end: date | None) -> None:
    found = only(text)
    assert isinstance(found, When)
    assert (found.start, found.end, found.by) == (start, end, None)


def test_a_month_without_its_end_is_kept_as_printed_and_not_computed() -> None:
    found = only("2024年6月前完成")
    assert isinstance(found, When)
    assert found.by is None


@pytest.mark.parametrize(
    ("text", "printed", "every", "unit"),
    [
        ("每季度带队至少开展1次检查", "每季度至少1次", 1, "季度"),
        ("每半年组织一次演练", "每半年一次", 1, "半年"),
        ("每两年评估一次", "每两年一次", 2, "年"),
        ("要求企业每周上报", "每周", 1, "周"),
    ],
)
def test_a_frequency_has_its_period(text: str, printed: str, every: int, unit: str) -> None:
    found = only(text)
    assert isinstance(found, Often)
    assert (found.printed, found.every, found.unit) == (printed, every, unit)


def test_a_frequency_in_a_bracket_says_for_whom() -> None:
    first, second = (f.what for f in read_periods("每季度至少1次（矿山等高危行业领域每月至少1次）"))
    assert isinstance(second, Often)
    assert second.printed == "高危行业领域每月至少1次"
    assert second.to == "矿山等高危行业领域"
    assert first.printed == "每季度至少1次"


def test_a_day_of_each_year_is_a_frequency_and_a_date() -> None:
    assert {f.what.printed for f in read_periods("每年12月10日前报送总结")} == {"每年", "每年12月10日前"}


@pytest.mark.parametrize(
    ("text", "printed", "n"),
    [
        ("拿出不少于10%的职数", "不少于10%", 10),
        ("推动12家企业运行", "12家", 12),
        ("死亡率累计降幅20％", "累计降幅20％", 20),
        ("管网占比<8%", "<8%", 8),
        ("打造2个试点", "2个", 2),
        ("落实十五条硬措施", "十五条硬措施", 15),
    ],
)
def test_a_quantity_is_kept_as_printed_with_its_number(text: str, printed: str, n: float) -> None:
    found = only(text)
    assert isinstance(found, Value)
    assert (found.printed, found.n) == (printed, n)


def test_a_grade_is_a_value() -> None:
    assert [f.what.printed for f in read_periods("达到三级以上标准化")] == ["三级以上标准化"]


def test_years_in_titles_and_numbers_of_documents_are_no_dates() -> None:
    assert read_periods("按照《三年行动方案（2024-2026年）》（安委〔2024〕2号）要求") == []
