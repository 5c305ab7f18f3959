"""Short names of prefectures (包头, 呼市), so that a region is seen where a text leaves out 市 or 州. Edited in places.txt."""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "places.txt"


@cache
def prefectures() -> frozenset[str]:
    """Every short name of the table."""
    lines = TABLE.read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
