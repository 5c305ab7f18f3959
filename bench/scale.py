"""Whole tables: python bench/scale.py [--rows N] [--text N] [--growth] [--only NAME ...]

One run prints rows a second and ratios of every way of judging the same rows, memory, cold start, growth with
clauses and rows, and how far the columnar backend is from reading the file. See README.md for what it means.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import polars as pl

from corpus.reader import INDUSTRY
from corpus.tables import fact_and_value
from engine import Engine, Finding, open_engine
from engine.batch import flat_cells
from engine.clauses import whole
from engine.columnar_rows import ColumnarRows
from engine.durable import DurableEvaluator
from engine.sampling import edges, typical_row
from engine.valuation import presumptions
from kb import load_cases
from kb.conditions import Compare, Failed, Has, Missing, Present, atoms
from kb.models import Clause, KnowledgeBase

DAY = date(2026, 11, 24)
ROOT = Path(__file__).parent.parent
INDUSTRIES = (
    "",
    "工贸",
    "轻工",
    "煤矿",
    "危险化学品",
    "非煤矿山",
    "消防",
    "特种设备",
    "冶金",
    "建筑施工",
    "电力",
)


# -- rows


def table(engine: Engine, rows: int, seed: int, path: Path) -> None:
    """A parquet file of given facts: region, industry, date and what a row of a checklist holds."""
    rng, thresholds = random.Random(seed), edges(engine.kb)
    clauses = [c for c in engine.kb.clauses() if c.limbs]
    held = []
    for i in range(rows):
        facts = typical_row(engine.facts, engine.kb, rng, clauses, thresholds) or {INDUSTRY: "煤矿"}
        on = date(2023, 1, 1) + timedelta(days=rng.randrange(1400))
        said = "；".join(f"{k}={v}" for k, v in facts.items())
        held.append((i, f"区{rng.randrange(20)}", rng.choice(INDUSTRIES), on, said))
    pl.DataFrame(held, schema=["id", "地区", "行业", "日期", "已知事实"], orient="row").write_parquet(path)


def findings(frame: pl.DataFrame) -> list[Finding]:
    return [
        Finding(facts=dict(map(fact_and_value, r["已知事实"].split("；"))), industry=r["行业"], on=r["日期"])
        for r in frame.iter_rows(named=True)
    ]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of this process's processors."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


class Report:
    """Lines of one table: rows a second by processor time, the ratio to the first line, and by the clock."""

    def __init__(self, title: str) -> None:
        self.base = 0.0
        print(
            f"\n## {title}\n\n| way | rows | rows / cpu s | ratio | rows / s on the clock |\n|---|---|---|---|---|"
        )

    def add(self, name: str, rows: int, work: Callable[[], object]) -> None:
        clock, cpu = timed(work)
        rate = rows / cpu
        self.base = self.base or rate
        print(
            f"| {name} | {rows:,} | {rate:,.0f} | {rate / self.base:.1f} | {rows / clock:,.0f} |", flush=True
        )


# -- everything encoded


def structured(engine: Engine, rows: int, seed: int, folder: Path) -> None:
    path = folder / "facts.parquet"
    table(engine, rows, seed, path)
    frame = pl.read_parquet(path)
    sample = findings(frame.sample(min(2000, rows), seed=seed))
    report = Report(f"Given facts over all {len(engine.kb.clauses())} clauses")
    report.add("reference", len(sample), lambda: [engine.judge(f) for f in sample])
    judging = ColumnarRows(engine, Finding(on=DAY))
    warm = min(10_000, rows)
    report.add("columnar, first rows (compiles)", warm, lambda: judging.frame(frame.head(warm)))

    def by_columns() -> None:
        for start in range(0, rows, 50_000):
            judging.frame(frame.slice(start, 50_000))

    report.add("columnar, warm", rows, by_columns)
    few = sample[:200]
    with suppress(ImportError), DurableEvaluator({s.id: {c.id: whole(c, s.scope) for c in s.clauses}
                                                  for s in engine.kb.standards}, timeout=60) as durable:  # fmt: skip
        report.add("durable-rules (truth of all clauses in force; its worker's time on the clock)", len(few),
                   lambda: [by_durable(engine, durable, f) for f in few])  # fmt: skip
    report.add("scanning the file", rows, lambda: pl.read_parquet(path).select(pl.all().hash().sum()))
    memory(folder, path, rows)


def by_durable(engine: Engine, durable: DurableEvaluator, finding: Finding) -> None:
    situation = engine.situations(finding).situations[0]
    on = finding.on or DAY
    for standard in (s for s in engine.kb.standards if s.in_force(on) and s.clauses):
        valuation = engine.valuations(
            standard, situation.facts, presumptions(engine.kb, on, situation.facts)
        )[1]
        every = {a for c in standard.clauses for a in atoms(whole(c, standard.scope))}
        durable.evaluate({str(a): valuation(a) for a in every}, [standard.id])


def memory(folder: Path, path: Path, rows: int) -> None:
    """Peak memory and time of the command itself, at a tenth of the rows and at all."""
    print("\n| command | rows | seconds | peak MB |\n|---|---|---|---|")
    for count in (rows // 10, rows):
        part = folder / f"{count}.parquet"
        pl.read_parquet(path).head(count).write_parquet(part)
        command = [sys.executable, "-m", "ui.cli", "judge", "--in", str(part), "--out", str(folder / "out.parquet"),
                   "--backend", "列式", "--jobs", "1"]  # fmt: skip
        seconds, peak = measured(command)
        print(f"| judge --in (列式, one process) | {count:,} | {seconds:.1f} | {peak:.0f} |", flush=True)
    seconds, peak = measured(
        [sys.executable, "-m", "ui.cli", "judge", "--fact", "锁气卸灰装置@除尘系统=未设"]
    )
    print(f"| cold start: one judgement on given facts | 1 | {seconds:.2f} | {peak:.0f} |")


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak memory of a command, by a process that starts only it."""
    script = (
        "import resource, subprocess, sys, time; t = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, *command], cwd=ROOT, capture_output=True, text=True)
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


# -- text


def texts(engine: Engine, rows: int, seed: int) -> None:
    cases, _ = load_cases(engine.kb)
    held = [Finding(text=c.finding, industry=c.industry, on=c.on or DAY) for c in cases if c.finding]
    chosen = random.Random(seed).sample(held, k=min(rows, len(held)))
    rows = len(chosen)
    report = Report("Free text (findings of the cases, none twice)")
    engine.judge(chosen[0])
    report.add("reference", rows, lambda: [engine.judge(f) for f in chosen])
    both = open_engine()
    both.judge(chosen[0])
    few = chosen[: max(rows // 4, 1)]
    report.add(
        "reference and durable-rules, as in the interface", len(few), lambda: [both.judge(f) for f in few]
    )
    if both.crosscheck:
        both.crosscheck.close()


# -- a subset that other tools can hold: clauses of plain leaves joined by and / or, facts that are known


def plain_clauses(kb: KnowledgeBase) -> list[Clause]:
    """Clauses made of 缺, 有, 失效, 数 and 属性 alone, without exceptions, of standards in force on the day."""

    def plain(clause: Clause) -> bool:
        leaves = [a for p in (clause.scope, *clause.premises, *clause.limbs) for a in atoms(p)]
        simple = all(isinstance(a, Missing | Present | Failed | Compare | Has) for a in leaves)
        flat = all(
            p.op != "至少" and "非" not in str(p) for p in (clause.scope, *clause.premises, *clause.limbs)
        )
        return simple and flat and not clause.exceptions and bool(clause.limbs)

    return [c for s in kb.standards if s.in_force(DAY) for c in s.clauses if plain(c)]


class Subset:
    """The truth of plain clauses over atoms worked out beforehand: columns of true and false, unknown as false."""

    def __init__(self, engine: Engine, rows: int, seed: int) -> None:
        self.clauses = plain_clauses(engine.kb)
        self.conditions = {c.id: whole(c, engine.standards[c.standard].scope) for c in self.clauses}
        self.atoms = list(dict.fromkeys(a for c in self.conditions.values() for a in atoms(c)))
        self.names = {a: f"a{i}" for i, a in enumerate(self.atoms)}
        rng, thresholds = random.Random(seed), edges(engine.kb)
        self.rows: list[dict[str, bool]] = []
        for _ in range(rows):
            facts = typical_row(engine.facts, engine.kb, rng, self.clauses, thresholds)
            known = engine.situations(Finding(facts=facts, on=DAY)).situations[0].facts
            valuation = engine.valuations(engine.standards[self.clauses[0].standard], known, {})[0]
            self.rows.append({n: valuation(a) is True for a, n in self.names.items()})

    def text(self, condition: Any, both: str, either: str) -> str:
        """A condition in another language's words for and / or."""
        if condition in self.names:
            return self.names[condition]
        parts = [self.text(p, both, either) for p in condition.parts]
        if not parts:
            return "true" if condition.op == "且" else "false"
        return "(" + (both if condition.op == "且" else either).join(parts) + ")"


def subset(engine: Engine, rows: int, seed: int) -> None:
    held = Subset(engine, rows, seed)
    report = Report(f"The same {len(held.clauses)} plain clauses over {len(held.atoms)} true/false columns")
    expected = pandas_masks(held, report)
    reference = polars_kleene(held, report)
    print(f"\nhits: pandas {expected}, Polars {reference}", end="")
    for name, tool in (("zen-engine", zen), ("clipspy", clips)):
        try:
            hits, seconds = tool(held, min(rows, 500))
            print(f"; {name} {hits} on {min(rows, 500)} rows in {seconds:.1f} s", end="")
        except ImportError:
            print(f"; {name} skipped: not installed (pip install 'panding[bench]')", end="")
    print()


def pandas_masks(held: Subset, report: Report) -> int:
    """What people write by hand: one mask a clause."""
    import pandas as pd

    frame = pd.DataFrame(held.rows)
    masks = {k: compile(held.text(c, " & ", " | ").replace("true", "True").replace("false", "False"), k, "eval")
             for k, c in held.conditions.items()}  # fmt: skip
    columns = {n: frame[n] for n in held.names.values()}
    found: list[int] = []
    report.add("pandas masks", len(frame),
               lambda: found.extend(int(pd.Series(eval(m, {}, columns)).sum()) for m in masks.values()))  # fmt: skip
    return sum(found)


def polars_kleene(held: Subset, report: Report) -> int:
    """The expressions of the columnar backend."""
    from engine.kleene import truth

    frame = pl.DataFrame(held.rows)
    exprs = [truth(c, lambda a: pl.col(held.names[a])).sum().alias(k) for k, c in held.conditions.items()]
    found: list[int] = []
    report.add("Polars, Kleene expressions", len(frame), lambda: found.extend(frame.select(exprs).row(0)))
    return sum(found)


def zen(held: Subset, rows: int) -> tuple[int, float]:
    import zen

    exprs = [(zen.compile_expression(held.text(c, " and ", " or ")), {held.names[a] for a in atoms(c)})
             for c in held.conditions.values()]  # fmt: skip
    hits, start = 0, time.perf_counter()
    for row in held.rows[:rows]:
        hits += sum(e.evaluate({n: row[n] for n in names}) is True for e, names in exprs)
    return hits, time.perf_counter() - start


def clips(held: Subset, rows: int) -> tuple[int, float]:
    import clips

    environment = clips.Environment()
    slots = " ".join(f"(slot {n} (default FALSE))" for n in held.names.values())
    environment.build(f"(deftemplate row {slots})")
    environment.build("(deftemplate hit (slot clause))")

    def test(condition: Any) -> str:
        if condition in held.names:
            return f"(eq ?{held.names[condition]} TRUE)"
        if len(condition.parts) == 1:
            return test(condition.parts[0])
        parts = " ".join(test(p) for p in condition.parts)
        return (
            f"({'and' if condition.op == '且' else 'or'} {parts})"
            if parts
            else str(condition.op == "且").upper()
        )

    for i, condition in enumerate(held.conditions.values()):
        used = dict.fromkeys(held.names[a] for a in atoms(condition))
        binding = " ".join(f"({n} ?{n})" for n in used)
        environment.build(
            f"(defrule r{i} (row {binding}) (test {test(condition)}) => (assert (hit (clause {i}))))"
        )
    template = environment.find_template("row")
    hits, start = 0, time.perf_counter()
    for row in held.rows[:rows]:
        environment.reset()
        template.assert_fact(**{n: clips.Symbol("TRUE" if v else "FALSE") for n, v in row.items() if v})
        hits += int(environment.run() or 0)
    return hits, time.perf_counter() - start


# -- growth


def growth(engine: Engine, rows: int, seed: int, folder: Path) -> None:
    """Ten times the rows, and ten times the clauses (the knowledge base with nine copies of every standard)."""
    from engine.judge import Engine as Judging

    print("\n| growth | reference ms a row | columnar µs a row (warm) |\n|---|---|---|")
    big = Judging(tenfold(engine.kb), engine.lexicon, crosscheck=False)
    for name, one, count in (("as encoded", engine, rows), ("ten times the rows", engine, rows * 10),
                             ("ten times the clauses", big, rows)):  # fmt: skip
        path = folder / f"{name}.parquet"
        table(one, count, seed, path)
        frame = pl.read_parquet(path)
        sample = findings(frame.head(500))
        [one.judge(f) for f in sample[:20]]
        single = timed(lambda o=one, s=sample: [o.judge(f) for f in s])[1] / len(sample)
        judging = ColumnarRows(one, Finding(on=DAY))
        judging.frame(frame.head(count // 2))
        many = timed(lambda j=judging, f=frame: j.frame(f))[1] / count
        print(f"| {name} ({count:,} rows, {len(one.kb.clauses())} clauses) | {single * 1e3:.2f} | {many * 1e6:.0f} |",
              flush=True)  # fmt: skip


def tenfold(kb: KnowledgeBase) -> KnowledgeBase:
    """Every standard ten times, the copies about things and trades of their own, so that rows touch one of them."""
    copies = []
    for n in range(10):
        for s in kb.standards:
            if n:
                copy = _renamed(s, f"·{n}")
                clauses = tuple(replace(c, standard=f"{s.id}-{n}") for c in copy.clauses)
                copies.append(replace(copy, id=f"{s.id}-{n}", clauses=clauses, clues_from=""))
            else:
                copies.append(s)
    return replace(kb, standards=tuple(copies))


def _renamed(held: Any, mark: str) -> Any:
    """Records and conditions with their things and quantities renamed."""
    if isinstance(held, tuple):
        return tuple(_renamed(h, mark) for h in held)
    if not is_dataclass(held) or isinstance(held, type):
        return held
    values = {f.name: getattr(held, f.name) for f in fields(held)}
    named = {k: v + mark for k, v in values.items() if k in ("thing", "quantity") and isinstance(v, str)}
    return replace(held, **{k: _renamed(v, mark) for k, v in values.items()} | named)


def check(engine: Engine, rows: int, seed: int, folder: Path) -> None:
    """The verdicts of both backends on a sample, cell by cell."""
    path = folder / "check.parquet"
    table(engine, rows, seed + 1, path)
    frame = pl.read_parquet(path)
    said = ColumnarRows(engine, Finding(on=DAY)).frame(frame)[0]
    different = 0
    for finding, row in zip(findings(frame), said.iter_rows(named=True), strict=True):
        different += any(row[k] != v for k, v in flat_cells(engine.judge(finding)).items())
    print(f"\n{rows:,} rows by both backends, seed {seed + 1}: {different} different")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--text", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", nargs="*", default=[], choices=["structured", "text", "subset", "growth", "check"]
    )
    options = parser.parse_args()
    wanted = set(options.only) or {"structured", "text", "subset", "growth", "check"}
    print(f"Python {platform.python_version()}, {platform.machine()}, {Path('/proc/loadavg').read_text().split()[0]} load, "
          f"seed {options.seed}; " + ", ".join(f"{p} {_version(p)}" for p in
          ("polars", "numpy", "pandas", "pyarrow", "durable-rules", "zen-engine", "clipspy", "pyspark")))  # fmt: skip
    engine = open_engine(crosscheck=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "check" in wanted:
            check(engine, 10_000, options.seed, folder)
        if "structured" in wanted:
            structured(engine, options.rows, options.seed, folder)
        if "subset" in wanted:
            subset(engine, min(options.rows, 2000), options.seed)
        if "text" in wanted:
            texts(engine, options.text, options.seed)
        if "growth" in wanted:
            growth(engine, min(options.rows // 10, 10_000), options.seed, folder)
    print(f"\npeak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    main()
