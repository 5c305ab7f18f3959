"""How long a verdict takes, warm, from the shipped cases: python bench/judging.py [--times N] [--fuzz N [--standard ID]]

Prints medians and 95th percentiles of: reading, engine alone, a full verdict with and without the second
evaluator, and their ratios; with --times also what N times the clauses cost; with --fuzz also N verdicts
of both evaluators compared.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import Engine, Finding, open_engine
from engine.clauses import whole
from engine.durable import DurableEvaluator
from engine.sampling import random_facts
from engine.valuation import presumptions
from kb import KnowledgeBase, Standard, load_cases
from kb.conditions import All, AnyOf, AtLeast, Condition, Has, Not, atoms

DAY = date(2026, 11, 24)


def timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1e3


def show(name: str, times: list[float], base: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[18]
    ratio = statistics.median(times) / statistics.median(base)
    print(f"| {name} | {statistics.median(times):.2f} | {p95:.2f} | {ratio:.1f} |")


def verdicts(engine: Engine, both: Engine, most: int, seed: int) -> None:
    cases, _ = load_cases(engine.kb)
    findings = [
        Finding(text=c.finding, industry=c.industry or "工贸", on=c.on or DAY) for c in cases if c.finding
    ]
    rng = random.Random(seed)
    findings = rng.sample(findings, min(most, len(findings)))
    given_cases = [c for c in cases if c.facts]
    given_cases = rng.sample(given_cases, min(most, len(given_cases)))
    for e in (engine, both):
        e.judge(findings[0])
    reading = [timed(lambda f=f: engine.reader.read(f.text)) for f in findings]
    full = [timed(lambda f=f: engine.judge(f)) for f in findings]
    crossed = [timed(lambda f=f: both.judge(f)) for f in findings]
    given = [
        timed(lambda f=f: engine.judge(f))
        for f in (Finding(facts={k: str(v) for k, v in c.facts.items()}, on=DAY) for c in given_cases)
    ]
    print(f"{len(engine.kb.clauses())} clauses, {len(findings)} findings\n")
    print("| step | median ms | p95 ms | ratio to reading |\n|---|---|---|---|")
    show("reading the text", reading, reading)
    show("engine alone, facts given", given, reading)
    show("full verdict from text, reference alone", full, reading)
    show("full verdict from text, both evaluators", crossed, reading)


def growth(engine: Engine, times: int, most: int, seed: int) -> None:
    """What a finding costs when there are many times the clauses, beside what it costs now."""
    cases = [c for c in load_cases(engine.kb)[0] if c.finding]
    cases = random.Random(seed).sample(cases, min(most, len(cases)))
    findings = [Finding(text=c.finding, industry=c.industry or "工贸", on=c.on or DAY) for c in cases]
    print(f"\n| {len(findings)} findings, reference alone | clauses | mean ms | ratio |\n|---|---|---|---|")
    base = 0.0
    kinds = (("as it is", engine.kb), (f"{times} times, other things", grown(engine.kb, times, True)),
             (f"{times} times, the same things in other trades", grown(engine.kb, times, False)))  # fmt: skip
    for name, kb in kinds:
        grown_engine = Engine(kb, engine.lexicon, crosscheck=False)
        for f in findings:  # what is worked out at first sight is not what is asked here
            grown_engine.judge(f)
        mean = statistics.mean(timed(lambda f=f, e=grown_engine: e.judge(f)) for f in findings)
        base = base or mean
        print(f"| {name} | {len(kb.clauses())} | {mean:.2f} | {mean / base:.2f} |")


def grown(kb: KnowledgeBase, times: int, renamed: bool) -> KnowledgeBase:
    """The knowledge base with copies of its standards for trades of their own, in other things or the same."""
    trades = [f"第{n}行业" for n in range(2, times + 1)]
    industry = kb.attributes["行业"]
    tree = industry.values | {t: {} for t in trades}
    attributes = kb.attributes | {"行业": replace(industry, values=tree)}
    copies = [copied(s, t, f"-{n}", renamed) for n, t in enumerate(trades, 2) for s in kb.standards]
    return replace(kb, standards=(*kb.standards, *copies), attributes=attributes)


def copied(standard: Standard, trade: str, mark: str, renamed: bool) -> Standard:
    def other(condition: Condition) -> Condition:
        if not renamed:
            return condition
        if isinstance(condition, Not):
            return Not(part=other(condition.part))
        if isinstance(condition, All | AnyOf | AtLeast):
            return replace(condition, parts=tuple(map(other, condition.parts)))
        named = [n for n in ("thing", "quantity") if hasattr(condition, n)]
        return replace(condition, **{n: getattr(condition, n) + mark for n in named})

    clauses = tuple(
        replace(c, standard=standard.id + mark, limbs=tuple(map(other, c.limbs))) for c in standard.clauses
    )
    scope = Has(attribute="行业", values=(trade,))
    return replace(standard, id=standard.id + mark, scope=scope, clauses=clauses, clues_from="")


def fuzz(engine: Engine, wanted: int, seed: int, standard: str) -> None:
    rng = random.Random(seed)
    kb = engine.kb
    standards = [s for s in kb.standards if standard in ("", s.id)]
    if not standards:
        raise SystemExit(f"没有标准 {standard}；现有：{'、'.join(s.id for s in kb.standards)}")
    rules = {s.id: {c.id: whole(c, s.scope) for c in s.clauses} for s in standards}
    keys = {s: {str(a): a for c in r.values() for a in atoms(c)} for s, r in rules.items()}
    seen = different = 0
    spent = {"reference": 0.0, "durable": 0.0}
    with DurableEvaluator(rules, timeout=60) as durable:
        while seen < wanted:
            for s in standards:
                facts = random_facts(engine.facts, kb, rng, rng.sample(s.clauses, k=min(3, len(s.clauses))))
                valuation = engine.valuations(s, facts, presumptions(kb, DAY, facts))[1]
                start = time.perf_counter()
                expected = {id: valuation(c) for id, c in rules[s.id].items()}
                spent["reference"] += time.perf_counter() - start
                values = {k: valuation(a) for k, a in keys[s.id].items()}
                start = time.perf_counter()
                got = durable.evaluate(values, [s.id])
                spent["durable"] += time.perf_counter() - start
                seen += len(expected)
                different += sum(got[id] is not v for id, v in expected.items())
    print(f"\n{seen} fuzzed verdicts, seed {seed}: {different} different; durable-rules takes "
          f"{spent['durable'] / spent['reference']:.1f} times the reference evaluator")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fuzz", type=int, default=0, metavar="N")
    parser.add_argument("--standard", default="", metavar="ID", help="fuzz this one only")
    parser.add_argument("--times", type=int, default=1, metavar="N", help="also with N times the clauses")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=int, default=600, metavar="N", help="how many are timed; 0: none")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    engine = open_engine(crosscheck=False)
    if options.findings:
        verdicts(engine, open_engine(), options.findings, options.seed)
    if options.times > 1:
        growth(engine, options.times, options.findings, options.seed)
    if options.fuzz:
        fuzz(engine, options.fuzz, options.seed, options.standard)


if __name__ == "__main__":
    main()
