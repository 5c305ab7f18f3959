"""Laws, rules and technical codes that another has replaced, beside the editions of 判定标准 themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kb.errors import BadInput
from kb.loader import ROOT, Reader
from kb.models import Record


@dataclass(frozen=True, kw_only=True)
class Replaced(Record):
    """One document that no longer applies from `until` on. `names` are its own only; `numbers` as people write them.

    `since`: the day on which `by` took effect, where it was checked.
    """

    by: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    until: date
    source: str
    since: date | None = None


@cache
def read_replaced(root: Path = ROOT) -> tuple[Replaced, ...]:
    """Every replaced document. Raises BadInput with each faulty entry."""
    reader, path = Reader(root), root / "replaced.yaml"
    built = (reader.build(Replaced, dict(row), reader.name(path), row) for row in reader.listed(path))
    found = tuple(r for r in built if r is not None)
    if reader.problems:
        raise BadInput(reader.problems)
    return found
