"""Thousands of questions over all industries, every key proven: python bench/quiz.py [-n 10000] [--sample FILE]

Prints counts by kind, difficulty and industry, how many are not proven, double or without citation, and seconds;
with --sample a hundred of them, drawn, for a trainer to read; with --both N so many proven again by both evaluators.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import open_engine
from engine.quiz import LABELS, Prover, Source
from engine.quiz.model import TRUE_FALSE, Question
from engine.quiz.texts import CaseMaker, Findings

DAY = date(2026, 11, 28)
WORDINGS = 8  # of one template
CASES, ORDINARY = 4, 15  # findings of one clause, ordinary ones of one standard, in each drawing


def every(source: Source, passes: int = 12) -> Iterator[Question]:
    """Questions of every clause, finding, duty, department, task and edition, in several drawings."""
    maker = source.maker
    findings = Findings(maker, frozenset(c.standard for c in source.clauses), seed=1, each=WORDINGS)
    cases = CaseMaker(maker, findings)
    told = {c.id: cases.from_clause(c, random.Random(c.id)) for c in source.clauses}
    ordinary = {
        id: cases.ordinary(id, random.Random(id)) for id in sorted({c.standard for c in source.clauses})
    }
    for number in range(passes):
        rng = random.Random(number)
        for duty in source.duties:
            yield from source.registers.from_duty(duty, rng)
        if number == 0:
            for department in source.prover.registers.departments:
                yield from source.registers.from_department(department, rng)
            for pack in source.prover.registers.packs:
                for task in pack.tasks:
                    yield from source.registers.from_task(pack, task, rng)
        for standard in source.engine.kb.standards:
            question = maker.edition(standard, rng)
            if question is not None:
                yield question
        for clause in rng.sample(source.clauses, len(source.clauses)):
            both = zip_longest(maker.from_clause(clause, rng), islice(told[clause.id], CASES))
            yield from (q for pair in both for q in pair if q is not None)
        for questions in ordinary.values():
            yield from islice(questions, ORDINARY)


def show(question: Question) -> str:
    options = "".join(f"\n    {c} {o}" for c, o in zip(LABELS, question.options, strict=False))
    return (
        f"〔{question.kind}·{question.difficulty}〕{question.stem}{options}\n    答案 {question.key}\n"
        f"    {question.explanation}\n    {question.citation.text}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=10_000)
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--both", type=int, default=0)
    given = parser.parse_args()
    engine = open_engine(crosscheck=False)
    source = Source(engine, DAY)
    again = Prover(engine)  # proves from the tests alone, sharing nothing with the makers
    start = time.perf_counter()
    found: dict[str, Question] = {}
    unproven: list[tuple[Question, list[str]]] = []
    double = 0
    for question in every(source):
        if question.id in found:
            double += 1
            continue
        faults = again.faults(question)
        if faults:
            unproven.append((question, faults))
        else:
            found[question.id] = question
            if len(found) % 1000 == 0:
                print(f"{len(found)} … {time.perf_counter() - start:.0f} s", file=sys.stderr)
        if len(found) >= given.n:
            break
    took = time.perf_counter() - start
    held = list(found.values())
    print(
        f"{len(held)} questions in {took:.0f} s; {len(unproven)} not proven and thrown out, {double} drawn twice and dropped"
    )
    print(f"without citation {sum(not (q.citation.ref or q.citation.doc_no) for q in held)}, "
          f"double stems with the same options {len(held) - len({(q.stem, tuple(sorted(q.options))) for q in held})}")  # fmt: skip
    for name, count in (
        ("kind", Counter(q.kind for q in held)),
        ("difficulty", Counter(q.difficulty for q in held)),
        ("key of 判断", Counter(q.key for q in held if q.kind == TRUE_FALSE)),
        ("industry", Counter(q.industries[0] if q.industries else "各行业" for q in held)),
    ):
        print(f"{name}: " + "、".join(f"{k} {v}" for k, v in count.most_common()))
    for question, faults in unproven[:5]:
        print("not proven:", question.stem, faults)
    rng = random.Random(7)
    if given.both:
        both = Prover(open_engine())
        some = rng.sample(held, min(given.both, len(held)))
        print(f"by both evaluators: {sum(not both.faults(q) for q in some)} of {len(some)} proven")
    if given.sample:
        given.sample.write_text("\n".join(show(q) for q in rng.sample(held, min(100, len(held)))), "utf-8")


if __name__ == "__main__":
    main()
