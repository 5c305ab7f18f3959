"""Audit of a question bank seeded with wrong keys: python bench/quiz_bank.py [--seed N] [--format csv|xlsx|docx]

200 questions: those of bench/bank (written by hand in the style of real banks) and proven ones of our own; of 40
wrong keys more than half are written by hand, the rest are a proven question keyed to an option the engine refutes.
Prints how many wrong keys were found and how many right ones were alarmed.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import Engine, open_engine
from engine.quiz import LABELS, Source, audit_bank
from engine.quiz.model import CASE, GAP, MULTIPLE, NUMBER, SINGLE, TRUE_FALSE, WHO, Question

DAY = date(2026, 11, 28)
SIZE, WRONG = 200, 40
FOLDER = Path(__file__).parent / "bank"


@dataclass(frozen=True)
class Line:
    """One question of the bank and whether its key is right."""

    stem: str
    options: tuple[str, ...]
    key: str
    explanation: str
    right: bool


def by_hand(path: Path, right: bool) -> list[Line]:
    out = []
    for text in path.read_text("utf-8").splitlines():
        if text.strip() and not text.startswith("#"):
            stem, options, key, explanation = [c.strip() for c in text.split("|")][:4]
            out.append(Line(stem, tuple(o for o in options.split("；") if o), key, explanation, right))
    return out


def proven(engine: Engine, count: int, rng: random.Random) -> list[Question]:
    """Questions of our own, of the kinds a bank has, each proven."""
    source = Source(engine, DAY)
    kinds = (SINGLE, TRUE_FALSE, CASE, NUMBER, WHO, GAP, MULTIPLE)
    made = [source.stream(k, random.Random(f"{rng.random()}/{k}")) for k in kinds]
    streams = [(q for q in s if not source.prover.faults(q)) for s in made]
    return [q for n in range(count) if (q := next(streams[n % len(streams)], None)) is not None]


def line_of(question: Question, right: bool, rng: random.Random) -> Line:
    """As a bank prints it, with its own key or one that the engine refutes."""
    labels = LABELS[: len(question.options)]
    other = [c for c in labels if c not in question.key]
    if question.kind == MULTIPLE:
        other = ["".join(sorted({*question.key} ^ {c})) for c in labels if {*question.key} != {c}]
    key = question.key if right else rng.choice(other)
    if question.kind == TRUE_FALSE:
        return Line(question.stem, (), {"A": "对", "B": "错"}[key], "", right)
    return Line(question.stem, question.options, key, "", right)


def bank(engine: Engine, seed: int, part: int) -> list[Line]:
    """200 questions in an order drawn, 40 of them wrong."""
    rng = random.Random(seed)
    end = f"_{part}.txt" if part > 1 else ".txt"
    lines = [
        x
        for right in (False, True)
        if part
        for x in by_hand(FOLDER / f"{'right' if right else 'wrong'}{end}", right)
    ]
    made = proven(engine, SIZE + WRONG, rng)
    wrong = WRONG - sum(not line.right for line in lines)
    lines += [line_of(q, False, rng) for q in made[:wrong]]
    lines += [line_of(q, True, rng) for q in made[wrong : wrong + SIZE - len(lines)]]
    rng.shuffle(lines)
    return lines


def write(lines: list[Line], path: Path) -> None:
    head = ["序号", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析"]
    rows = [
        [str(n), x.stem, *(*x.options, "", "", "", "")[:4], x.key, x.explanation]
        for n, x in enumerate(lines, 1)
    ]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([head, *rows])
    elif path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        for row in (head, *rows):
            book.worksheets[0].append(row)
        book.save(path)
    else:
        import docx

        document = docx.Document()
        for n, x in enumerate(lines, 1):
            document.add_paragraph(f"{n}．{x.stem}")
            for label, option in zip(LABELS, x.options, strict=False):
                document.add_paragraph(f"{label}．{option}")
            document.add_paragraph(f"答案：{x.key}")
            if x.explanation:
                document.add_paragraph(f"解析：{x.explanation}")
        document.save(str(path))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--set", type=int, choices=[0, 1, 2, 3], default=1, help="which hand-written questions; 0: none"
    )
    parser.add_argument("--format", choices=["csv", "xlsx", "docx"], default="xlsx")
    parser.add_argument("--show", action="store_true", help="every miss and false alarm")
    given = parser.parse_args()
    engine = open_engine(crosscheck=False)
    lines = bank(engine, given.seed, given.set)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"bank.{given.format}"
        write(lines, path)
        start = time.perf_counter()
        found = audit_bank(engine, path, DAY)
    took = time.perf_counter() - start
    pairs = list(zip(lines, found, strict=True))
    caught = [c for x, c in pairs if not x.right and c.alarms]
    false = [(x, c) for x, c in pairs if x.right and c.alarms]
    missed = [x for x, c in pairs if not x.right and not c.alarms]
    states = {s: sum(c.state == s for x, c in pairs if x.right) for s in ("相符", "无法核对")}
    print(
        f"{len(lines)} questions, {WRONG} wrong: found {len(caught)}, false alarms {len(false)}, {took:.1f} s"
    )
    print(f"right keys: {states}")
    if given.show:
        for x in missed:
            print("missed:", x.stem, x.options, x.key)
        for x, c in false:
            print("false:", x.stem, x.options, x.key, [a.reason for a in c.alarms])


if __name__ == "__main__":
    main()
