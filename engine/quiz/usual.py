"""What an industry usually has: an examination of a trade does not ask about things it never sees (`kb/usual.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from engine.valuation import Attributes
from kb.loader import ROOT, read_yaml

TRADE = "行业"


@dataclass(frozen=True)
class Row:
    """Words, and the industries (with all narrower ones) that have what they name."""

    words: re.Pattern[str]
    industries: tuple[str, ...]
    without: tuple[str, ...]


@lru_cache(maxsize=1)
def _rows() -> tuple[Row, ...]:
    found = read_yaml(ROOT / "usual.yaml", "usual.yaml")
    return tuple(
        Row(re.compile(str(row["words"])), tuple(row["industries"]), tuple(row.get("except", ())))
        for row in found
    )


def unusual(text: str, industries: Iterable[str], attributes: Attributes) -> bool:
    """Whether a text speaks of something that none of the industries usually has. No industry: nothing is unusual."""
    known = list(industries)
    return bool(known) and any(
        row.words.search(text) and not any(_has(row, i, attributes) for i in known) for row in _rows()
    )


def usual_in(text: str) -> tuple[str, ...]:
    """The industries that usually have what a text speaks of, widest first; none where nothing is said of it.

    >>> usual_in("冷库涉氨")[0]
    '食品制造'
    """
    return next((row.industries for row in _rows() if row.words.search(text)), ())


def _has(row: Row, industry: str, attributes: Attributes) -> bool:
    holds = attributes.holds
    if not row.industries or holds(TRADE, [industry], row.industries) is False:
        return False
    return not (row.without and holds(TRADE, [industry], row.without) is True)
