"""Answers across documents and regions: which is earlier, stricter or higher, and how many tasks a unit has.

Compared are normalised dates, periods and numbers; what cannot be normalised is not compared.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.questions import Question
from engine.retrieval import pairs
from engine.slots import Fact, show, tasks_of
from kb.registers import Often, RegionPack, Task, Value, When
from ontology.domains import fold

DAYS = {"日": 1, "周": 7, "旬": 10, "半月": 15, "月": 30, "季度": 91, "半年": 182, "年": 365}
ROLES = ("牵头", "配合", "责任")
NUMBERED = re.compile(r"\d+）?$")
SHORTEST = 3  # a written form of a unit shorter than this is not looked for


@dataclass(frozen=True)
class Counted:
    """How many tasks of one document a unit has."""

    pack: RegionPack
    unit: str
    tasks: tuple[Task, ...]


def title_words(packs: Sequence[RegionPack]) -> tuple[tuple[RegionPack, frozenset[str]], ...]:
    """For each document of a region the pairs of its title that no other title has."""
    titles = [frozenset(pairs(fold(p.document.title))) for p in packs]
    held = Counter(pair for t in titles for pair in t)
    return tuple((p, frozenset(x for x in t if held[x] == 1)) for p, t in zip(packs, titles, strict=True))


def named_pack(text: str, titles: tuple[tuple[RegionPack, frozenset[str]], ...]) -> RegionPack | None:
    """The document a question names by words that only its title has among those of the region."""
    if len(titles) < 2:
        return None
    asked = set(pairs(fold(text)))
    best, second = heapq.nlargest(2, (len(asked & own) for _, own in titles))
    return next(p for p, own in titles if len(asked & own) == best) if best > max(1, second) else None


def count_tasks(asked: Question, packs: Sequence[RegionPack], named: RegionPack | None) -> Counted | None:
    """The tasks of the unit the question names, in the document named or else where it has most."""
    role = asked.role if asked.role in ROLES else ""
    best: tuple[int, Counted] | None = None
    for pack in [named] if named else packs:
        for unit in pack.units:
            forms = [f for f in (unit.name, *unit.written) if len(f) >= SHORTEST and f in asked.text]
            tasks = tasks_of(pack, unit.name, role) if forms else []
            size = max(map(len, forms), default=0)
            if tasks and (best is None or (size, len(tasks)) > (best[0], len(best[1].tasks))):
                best = (size, Counted(pack, unit.name, tuple(tasks)))
    return best[1] if best else None


def count_all(
    packs: Sequence[RegionPack], named: RegionPack | None
) -> tuple[RegionPack, tuple[Task, ...]] | None:
    """All tasks of the document named, or of the only one of a region; headings of numbered tasks are none."""
    pack = named or (packs[0] if len(packs) == 1 else None)
    if pack is None:
        return None
    tasks = [t for t in pack.tasks if t.kind == "任务"]
    numbered = [t for t in tasks if NUMBERED.search(t.ref)]
    return pack, tuple(numbered or tasks)


def busiest(asked: Question, packs: Sequence[RegionPack], named: RegionPack | None) -> tuple[Counted, ...]:
    """The units that have most tasks of a document, in the role asked."""
    pack = named or packs[0]
    role = asked.role if asked.role in ROLES else ""
    counted = [Counted(pack, u.name, tuple(tasks_of(pack, u.name, role))) for u in pack.units]
    most = max((len(c.tasks) for c in counted), default=0)
    return tuple(c for c in counted if len(c.tasks) == most > 0)


def conclusion(better: str, told: Sequence[tuple[str, Sequence[Fact]]]) -> str:
    """Which of several regions is earlier, stricter … by what each says; empty when fewer than two can be compared."""
    ranked = [(region, *first) for region, facts in told if (first := _first(better, facts)) is not None]
    if len(ranked) < 2:
        return ""
    best = min(key for _, key, _ in ranked)
    ahead = [(region, f) for region, key, f in ranked if key == best]
    if len(ahead) == len(ranked):
        return f"各地相同：{show(ahead[0][1])}"
    return f"更{better}：" + "、".join(f"{region}（{show(f)}）" for region, f in ahead)


def _first(better: str, facts: Sequence[Fact]) -> tuple[float, Fact] | None:
    """The fact by which a region is compared, with a key of which the least is ahead; a deadline before other dates."""
    deadlines = [f for f in facts if isinstance(f, When) and (f.by or f.on)]
    others = [f for f in facts if not isinstance(f, When)]
    keyed = [
        (key, f)
        for f in ([*deadlines, *others] if deadlines else facts)
        if (key := _key(better, f)) is not None
    ]
    return min(keyed, key=lambda k: k[0]) if keyed else None


def _key(better: str, f: Fact) -> float | None:
    if better in ("早", "晚") and isinstance(f, When):
        day = f.by or f.on or f.end or f.start
        return None if day is None else float(day.toordinal()) * (1 if better == "早" else -1)
    if better == "严" and isinstance(f, Often):
        return f.every * DAYS[f.unit] if f.every and f.unit in DAYS else None
    if better == "严" and isinstance(f, When):
        return _key("早", f)
    if better in ("高", "低") and isinstance(f, Value) and f.n is not None:
        return f.n * (-1 if better == "高" else 1)
    return None
