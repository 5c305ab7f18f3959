"""How well findings are read and judged: python bench/reading.py [FILE.jsonl …] [--misses]

The set (bench/findings) is our own, each batch written before the words that read it. By trade: right verdicts,
重大 recall and precision, clause first, share of 需核实 and whether it asks for the missing fact; beside two
baselines (bench/baselines.py) and the engine without its nets.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from baselines import Bm25, Keywords, pairs, thresholds

from corpus.likeness import Likeness
from engine import Engine, Finding, open_engine
from engine.evaluation import LEVELS, ref_key
from engine.verdict import Level

FOLDER = Path(__file__).parent / "findings"
Row = dict[str, Any]


@dataclass(frozen=True)
class Got:
    """What one judge made of one row."""

    level: Level
    clause: str
    asks: tuple[str, ...] = ()


def rows(files: Iterable[Path]) -> list[Row]:
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines() if line.strip()]


def by_engine(engine: Engine) -> Callable[[Row], Got]:
    def judge(row: Row) -> Got:
        v = engine.judge(Finding(row["finding"], industry=row["sector"], on=day(row)))
        bases = [f"{r.clause.standard}/{r.clause.ref}" for r in (*v.decisive, *v.open)]
        asks = (*(f"{q.fact}{q.question}" for q in v.questions), *v.lookups)
        return Got(v.level, bases[0] if bases else "", asks)

    return judge


def day(row: Row) -> date:
    return date.fromisoformat(row.get("date") or "2026-11-28")


def right_clause(row: Row, got: Got) -> bool:
    standard, _, ref = got.clause.partition("/")
    return standard == row["standard"] and ref_key(ref) == ref_key(row["ref"])


def asks_for(row: Row, got: Got) -> bool:
    """Whether some question speaks of a missing fact: half of its character pairs are in it."""
    asked = {p for a in got.asks for p in pairs(a)}
    return any(
        (own := set(pairs(word))) and 2 * len(own & asked) >= len(own) for word in row.get("missing") or ()
    )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def figures(found: list[tuple[Row, Got]]) -> list[str]:
    want = [LEVELS[r["level"]] for r, _ in found]
    right = sum(w is g.level for w, (_, g) in zip(want, found, strict=True))
    major = [(r, g) for w, (r, g) in zip(want, found, strict=True) if w is Level.MAJOR]
    called = sum(g.level is Level.MAJOR for _, g in found)
    hit = sum(g.level is Level.MAJOR for _, g in major)
    lost = sum(g.level in (Level.GENERAL, Level.NONE) for _, g in major)
    named = [(r, g) for r, g in found if r.get("ref") and g.level in (Level.MAJOR, Level.VERIFY)]
    open_ = [(r, g) for w, (r, g) in zip(want, found, strict=True)
             if w is Level.VERIFY and g.level is Level.VERIFY and r.get("missing")]  # fmt: skip
    return [
        str(len(found)), share(right, len(found)), share(hit, len(major)), share(hit, called), str(lost),
        share(sum(right_clause(r, g) for r, g in named), len(named)),
        share(sum(g.level is Level.VERIFY for _, g in found), len(found)),
        share(sum(asks_for(r, g) for r, g in open_), len(open_)),
    ]  # fmt: skip


HEAD = (
    "",
    "n",
    "verdict",
    "重大 recall",
    "重大 precision",
    "重大 as 一般/未见",
    "clause first",
    "需核实",
    "asks for it",
)


def table(title: str, groups: dict[str, list[tuple[Row, Got]]]) -> None:
    print(f"\n### {title}\n\n| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    for name, found in groups.items():
        print(f"| {' | '.join([name, *figures(found)])} |")


def tuned(engine: Engine, data: list[Row]) -> Bm25:
    """BM25 with the threshold that suits this very set best: the most it could do."""
    bm25 = Bm25(engine, 0)
    scored = [
        (bm25.best(r["finding"], r["sector"], day(r))[0], LEVELS[r["level"]] is Level.MAJOR) for r in data
    ]
    bm25.threshold = max(
        thresholds(s for s, _ in scored),
        key=lambda t: sum((s >= t) is major for s, major in scored),
    )
    return bm25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(FOLDER.glob("*.jsonl")))
    parser.add_argument("--misses", action="store_true", help="print every row judged wrongly")
    options = parser.parse_args()
    data = rows(options.files)
    engine = open_engine(crosscheck=False)
    bare = open_engine(crosscheck=False)
    bare.nets = ()
    alike = open_engine(crosscheck=False)
    alike.nets = (Likeness(),)
    judge = by_engine(engine)
    judge(data[0])
    start = time.perf_counter()
    got = [(r, judge(r)) for r in data]
    spent = time.perf_counter() - start
    groups: dict[str, list[tuple[Row, Got]]] = {"all": got}
    groups["hard"] = [(r, g) for r, g in got if r.get("hard")]
    trades: dict[str, list[tuple[Row, Got]]] = defaultdict(list)
    for r, g in got:
        trades[r["sector"].split("-")[0]].append((r, g))
    table(f"Panding {engine.version}, {60 * len(data) / spent:,.0f} findings a minute", groups | dict(trades))
    others = {"without any net": by_engine(bare), "with likeness alone": by_engine(alike)}
    for name, base in (("keyword lists", Keywords(engine)), ("BM25", tuned(engine, data))):

        def of(row: Row, base: Any = base) -> Got:
            answer = base.judge(row["finding"], row["sector"], day(row))
            return Got(answer.level, answer.clause)

        others[name] = of
    table("Beside it", {name: [(r, judge(r)) for r in data] for name, judge in others.items()})
    if options.misses:
        for r, g in got:
            wrong_clause = r.get("ref") and g.level is Level.MAJOR and not right_clause(r, g)
            if LEVELS[r["level"]] is not g.level or wrong_clause:
                print(
                    f"{r['id']} {r['sector']} 应为 {r['level']} {r['standard']}/{r['ref']}，实为 {g.level} {g.clause}"
                )
                print(f"    {r['finding']}\n    {r['reason']}")


if __name__ == "__main__":
    main()
