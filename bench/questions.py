"""Answers to questions about responsibility: unit F1, silence, places and values on a set of rows, rewordings, and speed.

Usage: python bench/questions.py [FILE.jsonl …] [--misses] [--reword FILE] [--grow N]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine.responsibility import Answer, Outcome, Responsibility
from kb.registers import RegionPack, Registers, load_registers
from ontology.domains import fold, read_domains

HERE = Path(__file__).parent / "questions"
SILENT = (Outcome.SILENT, Outcome.CONTESTED)


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def unit_f1(row: dict[str, Any], units: Sequence[str]) -> float | None:
    """The better of gold and acceptable units; None when the row asks for no unit."""
    if not row["answer_units"]:
        return None
    best = 0.0
    for gold in filter(None, (row["answer_units"], row.get("acceptable_units"))):
        both = len(set(gold) & set(units))
        best = max(best, 2 * both / (len(set(gold)) + len(set(units))))
    return best


def bare(text: str) -> str:
    """Without spaces, punctuation and the words around a bound."""
    kept = fold(text).replace("％", "%")
    for word in (
        " ",
        "，",
        "、",
        "至少",
        "开展",
        "组织",
        "带队",
        "不少于",
        "不低于",
        "要",
        "的",
        "一次",
        "1次",
        "前",
        "底",
    ):
        kept = kept.replace(word, "")
    return kept


def values_hit(row: dict[str, Any], values: Sequence[str]) -> bool | None:
    """Whether every gold value is among the values (in words); None when the row has none."""
    gold = [v for v in row["answer_values"] if v != "文件未规定"]
    if not gold:
        return None
    told = [bare(v) for v in values]
    return all(any(bare(g) in t or (t and t in bare(g)) for t in told) for g in gold)


def refs_hit(row: dict[str, Any], answer: Answer) -> bool | None:
    gold = {(r["doc"], r["ref"]) for r in row["refs"]}
    return bool(gold & {(r.doc, r.ref) for r in answer.refs}) if gold else None


def marks(row: dict[str, Any], a: Answer) -> dict[str, float | bool | None]:
    """What one answer is worth."""
    if row["kind"] == "unanswerable":
        return {"silent": a.outcome in SILENT}
    return {
        "units": unit_f1(row, a.units),
        "values": values_hit(row, a.values),
        "refs": refs_hit(row, a),
    }


def score(engine: Responsibility, rows: list[dict[str, Any]], misses: bool) -> None:
    """Prints the means by kind of question, and the misses when asked."""
    kept: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        a = engine.answer(row["question"], row["region"])
        got = {k: float(v) for k, v in marks(row, a).items() if v is not None}
        for name, value in got.items():
            kept[row["kind"]][name].append(value)
        if misses and any(v < 1 for v in got.values()):
            print(f"{row['id']} {row['kind']} {row['question']}  {got}")
            print("   gold", row["answer_units"], row["answer_values"], [r["ref"] for r in row["refs"]])
            print(
                "   got ", a.outcome.value, list(a.units), list(a.values), [r.ref for r in a.refs or a.near]
            )
    for kind, columns in kept.items():
        shown = "  ".join(f"{n} {statistics.mean(v):.3f} ({len(v)})" for n, v in columns.items())
        print(f"{kind:13} {shown}")


def told(a: Answer) -> tuple[str, frozenset[str], frozenset[str]]:
    """What may not change when a question is put in other words."""
    return a.outcome.value, frozenset(a.units), frozenset(a.values)


def reworded(engine: Responsibility, rows: list[dict[str, Any]], misses: bool) -> None:
    """How many rewordings ({"question", "rewordings": […]}) change the answer."""
    changed = total = 0
    for row in rows:
        first = told(engine.answer(row["question"]))
        for other in row["rewordings"]:
            total += 1
            second = told(engine.answer(other))
            if second != first:
                changed += 1
                if misses:
                    print(f"{row['question']}\n   {other}\n   {first}\n   {second}")
    print(f"rewordings    {changed} of {total} changed")


def grown(registers: Registers, times: int) -> Registers:
    """Every document `times` times, under other names, in its own region."""
    return replace(registers, packs=tuple(_copies(registers.packs, times)))


def _copies(packs: Sequence[RegionPack], times: int) -> Iterator[RegionPack]:
    for i in range(times):
        for p in packs:
            named = {"id": f"{p.document.id}-{i}", "title": f"{p.document.title}（{i}）"}
            yield p.model_copy(update={"document": p.document.model_copy(update=named)})


def timed(
    engine: Responsibility, rows: list[dict[str, Any]], clock: Callable[[], float], rounds: int = 5
) -> tuple[float, float]:
    """Median and 95th percentile of one warm answer, in milliseconds."""
    took = []
    for i in range(rounds + 1):
        for row in rows:
            start = clock()
            engine.answer(row["question"], row["region"])
            if i:
                took.append((clock() - start) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--reword", type=Path, default=HERE / "rewordings.jsonl")
    parser.add_argument("--grow", type=int, default=0, help="also time with every document this many times")
    options = parser.parse_args()
    registers, domains = load_registers(), read_domains()
    engine = Responsibility(registers, domains)
    rows = [row for f in options.files or [HERE / "own.jsonl"] for row in read_rows(f)]
    score(engine, rows, options.misses)
    if options.reword.exists():
        reworded(engine, read_rows(options.reword), options.misses)
    for name, clock in (("elapsed", time.perf_counter), ("processor", time.thread_time)):
        median, p95 = timed(engine, rows, clock)
        print(f"warm, {name}  median {median:.2f} ms, p95 {p95:.2f} ms")
        if options.grow:
            many = timed(Responsibility(grown(registers, options.grow), domains), rows, clock)
            ratios = f"{many[0] / median:.2f} and {many[1] / p95:.2f} times"
            print(f"documents x{options.grow}  median {many[0]:.2f} ms, p95 {many[1]:.2f} ms ({ratios})")


if __name__ == "__main__":
    main()
