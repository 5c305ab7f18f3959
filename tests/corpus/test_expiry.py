"""A term that has run out, told by a date."""

from datetime import date

import pytest

from corpus.expiry import expired
from corpus.normalize import normalize

ON = date(2026, 11, 28)


def _said(text: str, on: date | None = ON) -> list[str]:
    return [e.wordings[0] for e in expired(normalize(text), on)]


@pytest.mark.parametrize(
    "text",
    [
        "2辆大客车检验有效期止于2026年9月，10月仍有班次",
        "罐车检验有效期至2026-08",
        "安全阀校验有效期到今年5月",
        "检验证书于6月30日到期，7月以后仍营运",
        "许可证8月31日到期没有换证",
        "操作证2025年3月1日到期",
    ],
)
def test_a_date_that_is_past_says_that_the_term_has_run_out(text: str) -> None:
    said = _said(text)
    assert len(said) == 1
    assert said[0].endswith("已过期")


@pytest.mark.parametrize(
    "text",
    [
        "安全阀校验有效期至2027年3月，仍在用",
        "检验证书于6月30日到期，已换证",
        "许可证5月到期前申请延续",
        "操作证有效期至12月",
        "灭火器8月检查一次",
        "证书即将于2026年12月到期",
    ],
)
def test_a_date_to_come_or_a_paper_renewed_says_nothing(text: str) -> None:
    assert _said(text) == []


def test_the_day_of_the_finding_decides() -> None:
    text = "检验有效期至2026年9月"
    assert _said(text, date(2026, 9, 30)) == []
    assert _said(text, date(2026, 10, 1)) == ["检验已过期"]


def test_without_a_day_another_date_of_the_text_decides() -> None:
    assert _said("检验有效期至2026年9月，2026年11月仍在用", None) == ["检验已过期"]
    assert _said("检验有效期至2026年9月", None) == []
