"""That nobody stopped a thing, or that a ban was disregarded, denies nothing of what was found."""

from __future__ import annotations

from datetime import date

import pytest

from engine import Engine, Finding
from engine.verdict import Level

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("电力", "燃煤电厂贮灰场安全管理范围内有人取土，危及贮灰场安全，电厂没有制止"),
        ("电力", "贮灰场安全管理范围内有人采石，危及贮灰场安全，无人制止"),
    ],
)
def test_what_nobody_stopped_goes_on(engine: Engine, industry: str, text: str) -> None:
    assert engine.judge(Finding(text=text, industry=industry, on=DAY)).level is Level.MAJOR


def test_a_ban_disregarded_is_not_a_ban_kept(engine: Engine) -> None:
    told = Finding(text="内河客船无视禁航要求冒险开航", industry="水路运输", on=DAY)
    assert engine.judge(told).level in (Level.MAJOR, Level.VERIFY)
