"""Likeness of a text to the wordings of each clause: a net that proposes which clause a text may touch.

What it proposes is asked, never decided. Runs of two and three characters are weighed by how rare they are;
a wording counts as far as it shares more of the text than any wording of ordinary defects and near misses does.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Protocol

from corpus.normalize import normalize, squeeze
from corpus.wordings import FOLDER, NONE, read_wordings
from kb.kept import write_atomically

_APART = re.compile(r"[^\u4e00-\u9fffa-z0-9]+")
_SLOT = re.compile(r"[{}]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
RUNS = (2, 3)


def runs(text: str) -> set[str]:
    """Every run of two or three characters of a normalised text, across no punctuation; numbers made alike.

    >>> sorted(runs("没装泄爆"))
    ['泄爆', '没装', '没装泄', '装泄', '装泄爆']
    """
    parts = _APART.split(_DIGITS.sub("0", text))
    return {part[i : i + n] for part in parts for n in RUNS for i in range(len(part) - n + 1)}


def template_runs(template: str) -> set[str]:
    """The runs of all wordings of a template, without expanding it.

    >>> sorted(template_runs("{甲|}乙丙"))
    ['乙丙', '甲乙', '甲乙丙']
    """
    found: set[str] = set()
    ends = {""}  # the last two characters of what stands before
    for choices in (piece.split("|") for piece in _SLOT.split(template)):
        for choice in choices:
            found |= runs(choice)
            for end in ends:
                found |= runs(end + choice[:2])
        ends = {(end + choice)[-2:] for end in ends for choice in choices}
    return found


class Net(Protocol):
    """What proposes clauses for a text. `version` names all it was made of.

    Below `least` nothing is asked, nor below `sure` where every word of the text was read; None: there it is never asked.
    """

    least: float
    sure: float | None

    @property
    def version(self) -> str: ...

    def propose(self, text: str, among: Collection[str]) -> list[tuple[str, float]]:
        """Clauses among those that may apply, with the share of belief each gets, strongest first."""
        ...


class Likeness:
    """Proposes clauses by their wordings, read when first asked."""

    # how much more alike a clause's wording must be to be asked about, and where every word was read; what
    # both cost is in bench/README.md
    least: float = 0.08
    sure: float | None = 0.3

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def version(self) -> str:
        """A digest of the wordings; empty where there are none."""
        files = sorted(self._folder.glob("*.txt"))
        return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:6] if files else ""

    @cached_property
    def _clauses(self) -> list[str]:
        return [w.clause for w in read_wordings(self._folder)]

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        """Run -> the numbers of the wordings that have it; kept beside the wordings until they change."""
        held = self._folder / "_build" / f"{self.version}.json"
        try:
            found: dict[str, list[int]] = json.loads(held.read_text("utf-8"))
        except (OSError, ValueError):
            found = self._indexed()
            write_atomically(held, json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())
        return found

    def _indexed(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(read_wordings(self._folder)):
            for run in template_runs(normalize(wording.template)):
                found[run].append(number)
        return dict(found)

    def propose(self, text: str, among: Collection[str]) -> list[tuple[str, float]]:
        """Clauses among those that may apply, by how much more alike their wordings are, strongest first."""
        if not among or not self._clauses:
            return []
        most = math.log(len(self._clauses))
        shared: dict[int, float] = defaultdict(float)
        whole = 0.0
        for run in sorted(runs(normalize(squeeze(text)[0]))):  # in one order: sums of floats depend on it
            having = self._having.get(run, ())
            weight = most - math.log(max(len(having), 1))
            whole += weight
            for number in having:
                shared[number] += weight
        best: dict[str, float] = defaultdict(float)
        for number, amount in shared.items():
            clause = self._clauses[number]
            if clause == NONE or clause in among:
                best[clause] = max(best[clause], amount / whole)
        ordinary = best.pop(NONE, 0.0)
        alike = ((clause, share - ordinary) for clause, share in best.items() if share > ordinary)
        return sorted(alike, key=lambda p: (-p[1], p[0]))
