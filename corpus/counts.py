"""Which of the numbers of a statement count: those stated as facts, persons of several kinds added up.

「操作工6人、检修2人」 is eight persons; 「核载22人，实际26人」 is twenty-six, the first being the norm.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from corpus.observe import Mood, Scene
from corpus.quantities import QuantityTerm
from corpus.terms import Term
from kb.units import dimension
from kb.values import Interval

NORM = re.compile(r"(?:核载|核定|额定|定员|定额|设计|规定|标准|规范|要求|应当?|允许|限)[^,;。\d]{0,6}$")
_KIND = re.compile(r"[、和及]?[\u4e00-\u9fff]{1,6}$")  # what stands between two counts of a list
_NO_KIND = re.compile(r"其中|共|计|定员|核|实际|实有|应|限|超")
_WHOLE = re.compile(r"(?:共计?|合计|总计|总共|一共)\D{0,4}$")
_BESIDES = re.compile(r"(?:其中|另外?|另有)$")  # part of a count before it, or beside it
_PIECE = ("台", "个", "套", "条", "处", "部")
# 有1台在检修: some of them, not how many there are
_PART = re.compile(r"(?:正?在|已|因)?[^,;。\d]{0,4}(?:检修|维修|大修|损坏|故障|坏了)")
_PERSON = ("工", "员", "人", "手")
_PIECES = re.compile(r"(\d+)[个位](?=[、,;。和及]|$)")


def stated(scene: Scene, numbers: list[QuantityTerm], persons: list[Term]) -> list[QuantityTerm]:
    """The numbers of a scene that state a fact of it. `persons`: its words for kinds of persons."""
    text = scene.text
    inside = [q for q in numbers if scene.start <= q.start < scene.end]
    inside = [q for q in inside if scene.mood(q.start) is Mood.STATED]
    inside = [q for q in inside if not _BESIDES.search(text, max(0, q.start - 2), q.start)]
    inside = [q for q in inside if not (q.unit in _PIECE and _PART.match(text, q.end))]
    inside = sorted([*inside, *_by_piece(scene, persons)], key=lambda q: q.start)
    return _summed(inside, text)


def _by_piece(scene: Scene, persons: list[Term]) -> list[QuantityTerm]:
    """「操作工6个、搬运工4个」: after a word for persons, pieces are persons, to the end of the list."""
    found: list[QuantityTerm] = []
    for m in _PIECES.finditer(scene.text, scene.start, scene.end):
        after_person = any(t.end == m.start() and t.text.endswith(_PERSON) for t in persons)
        goes_on = bool(found) and _KIND.fullmatch(scene.text, found[-1].end, m.start()) is not None
        if after_person or goes_on:
            count = Interval.exactly(float(m[1]))
            found.append(QuantityTerm(m.start(), m.end(), m[0], count, "人"))
    return found


def norms(numbers: list[QuantityTerm], text: str) -> set[QuantityTerm]:
    """Of several counts of one kind, those that are the norm and not what was found (核载22人, 实际26人; 应设3台, 仅2台)."""
    found: set[QuantityTerm] = set()
    counts = [q for q in numbers if q.unit in _PIECE or dimension(q.unit) == "人数"]
    for kind in {dimension(q.unit) for q in counts}:
        alike = [q for q in counts if dimension(q.unit) == kind]
        norm = {q for q in alike if NORM.search(text, max(0, q.start - 10), q.start)}
        found |= norm if len(norm) < len(alike) else set()
    return found


def _summed(numbers: list[QuantityTerm], text: str) -> list[QuantityTerm]:
    """Counts of several kinds of persons in one list as one count; a total that is stated goes before."""
    persons = [q for q in numbers if dimension(q.unit) == "人数" and q.interval.low == q.interval.high]
    whole = [q for q in persons if _WHOLE.search(text, max(0, q.start - 8), q.start)]
    if len(whole) == 1:
        return [q for q in numbers if q not in persons or q is whole[0]]
    runs: list[list[QuantityTerm]] = [persons[:1]] if persons else []
    for a, b in pairwise(persons):
        between = text[a.end : b.start]
        if _KIND.fullmatch(between) and not _NO_KIND.search(between):
            runs[-1].append(b)
        else:
            runs.append([b])
    out = [q for q in numbers if q not in persons]
    for run in runs:
        first, last = run[0], run[-1]
        count = Interval.exactly(sum(q.interval.low for q in run))
        whole_text = text[first.start : last.end]
        joined = len(run) > 1
        out.append(
            replace(first, end=last.end, text=whole_text, interval=count, unit="人") if joined else first
        )
    return sorted(out, key=lambda q: q.start)
