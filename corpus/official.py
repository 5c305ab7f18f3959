"""Binds the official text a user holds (docx, pdf, html, txt) to the items of a standard, to be read beside our restatement.

What a user binds stays with the user: it is shown, never judged by, and never part of the project.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NUMERAL = "一二三四五六七八九十百零〇"
# marks from the broadest to the narrowest; each yields its bare number
_MARKS = (
    re.compile(rf"第([{NUMERAL}\d]+)条\s*"),
    re.compile(rf"([{NUMERAL}]+)\s*、\s*"),
    re.compile(r"(\d+(?:\.\d+)+)\s*"),
    re.compile(rf"[（(]([{NUMERAL}]+)[）)]\s*"),
    re.compile(r"(\d+)\s*[.．、](?!\d)\s*"),
    re.compile(r"[（(](\d+)[）)]\s*"),
    re.compile(r"([a-z])\s*[)）]\s*"),
)
_REF = re.compile(
    rf"第([{NUMERAL}\d]+)条|第?[（(]([{NUMERAL}\d]+)[）)]项?|第([{NUMERAL}\d]+)[项目]|([{NUMERAL}]+)、|(\d+(?:\.\d+)+)|([a-z])[)）]"
)
LEAST_LIKENESS = 0.12  # below this share of common character pairs two texts speak of different things


@dataclass(frozen=True)
class Bound:
    """`texts`: item -> its official wording; `missing`: items the document does not have."""

    texts: dict[str, str]
    missing: tuple[str, ...]


def bind(refs: Mapping[str, str], lines: Iterable[str]) -> Bound:
    """Finds each item in the lines of a document by its number; `refs` maps an item to our restatement.

    The same number may stand several times (two lists in one document): the wording most like the restatement is
    taken, and none where none is like it.
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, text in _items(lines):
        for size in range(1, len(path) + 1):
            found[path[-size:]].append(text)
    texts = {}
    for ref, restatement in refs.items():
        likest = max(
            ((likeness(restatement, text), text) for text in found.get(path_of(ref), ())), default=(0.0, "")
        )
        if likest[0] >= LEAST_LIKENESS:
            texts[ref] = likest[1]
    return Bound(texts, tuple(r for r in refs if r not in texts))


def path_of(ref: str) -> tuple[str, ...]:
    """The numbers of an item, from the broadest.

    >>> path_of("第四条第（一）项")
    ('四', '一')
    >>> path_of("5.3.3 a)")
    ('5.3.3', 'a')
    """
    return tuple(next(g for g in m.groups() if g) for m in _REF.finditer(ref))


def _items(lines: Iterable[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    """Every numbered item with the numbers above it; lines without a number go on the item before."""
    path: list[tuple[int, str]] = []
    held: list[str] = []
    for line in lines:
        rest = line.strip()
        opened = False
        while (mark := _mark(rest)) is not None:
            level, number, end = mark
            if path and held:
                yield tuple(n for _, n in path), "".join(held)
            path = [(above, n) for above, n in path if above < level] + [(level, number)]
            held, rest, opened = [], rest[end:], True
        if rest and (path or opened):
            held.append(rest)
    if path and held:
        yield tuple(n for _, n in path), "".join(held)


def _mark(text: str) -> tuple[int, str, int] | None:
    for level, pattern in enumerate(_MARKS):
        found = pattern.match(text)
        if found:
            return level, found[1], found.end()
    return None


def likeness(a: str, b: str) -> float:
    """Share of common character pairs (Dice), 0 to 1."""
    first, second = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
