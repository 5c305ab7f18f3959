"""Audit of question banks written by strangers: python bench/unseen.py BANK.csv … [--flips] [--show] [--out FILE.json]

Beside each BANK.csv lies BANK.truth.csv (序号, 状态 right or wrong, 正确答案, 说明), written together with it. Prints how many of
the wrong keys were found and how many of the right ones alarmed; with --flips also how many right keys, each made wrong
once, are noticed and how many of those falsehoods are said to agree.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import open_engine
from engine.quiz import LABELS
from engine.quiz.alarms import AGREES, WRONG
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item, read_bank

DAY = date(2026, 11, 28)


@dataclass(frozen=True)
class Truth:
    """What the writer of a bank says of one key."""

    right: bool
    key: str
    proof: str


def truths(bank: Path) -> list[Truth]:
    with bank.with_suffix(".truth.csv").open(encoding="utf-8-sig", newline="") as rows:
        return [Truth(r["状态"] == "right", r["正确答案"], r["说明"]) for r in csv.DictReader(rows)]


def falsified(item: Item, rng: random.Random) -> Item | None:
    """A right key made wrong: the other answer, another letter, one letter left out or one too many."""
    if item.holds is not None:
        return replace(item, key="错" if item.holds else "对", explanation="")
    labels, key = LABELS[: len(item.options)], item.letters
    others = [c for c in labels if c not in key]
    if len(key) == 1 and others:
        return replace(item, key=rng.choice(others), explanation="")
    keys = [*(key.replace(c, "") for c in key if len(key) > 2), *("".join(sorted(key + c)) for c in others)]
    return replace(item, key=rng.choice(keys), explanation="") if keys else None


def counts(checked: Iterable[Checked]) -> str:
    states = Counter(c.state for c in checked)
    return f"{states[WRONG]} noticed, {states[AGREES]} said to agree, of {states.total()}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("banks", nargs="+", type=Path)
    parser.add_argument("--flips", action="store_true", help="also each right key made wrong")
    parser.add_argument("--show", action="store_true", help="every miss and false alarm")
    parser.add_argument("--out", type=Path, help="all misses, false alarms and unnoticed flips as JSON")
    given = parser.parse_args()
    auditor = Auditor(open_engine(crosscheck=False), DAY)
    rows: list[dict[str, object]] = []

    def kept(bank: Path, what: str, item: Item, truth: Truth, found: Checked) -> None:
        row = {"bank": bank.stem, "what": what, "place": item.place, "stem": item.stem, "options": item.options,
               "key": item.key, "right": truth.key, "proof": truth.proof, "why": found.why,
               "agreed": found.agreed, "alarms": [a.reason for a in found.alarms]}  # fmt: skip
        rows.append(row)
        if given.show and what != "flip":
            print(json.dumps(row, ensure_ascii=False))

    for bank in given.banks:
        pairs = list(zip(read_bank(bank), truths(bank), strict=True))
        found = [auditor.check(item) for item, _ in pairs]
        for (item, truth), c in zip(pairs, found, strict=True):
            if truth.right == bool(c.alarms):
                kept(bank, "false" if truth.right else "miss", item, truth, c)
        wrong = [c for (_, t), c in zip(pairs, found, strict=True) if not t.right]
        right = [c for (_, t), c in zip(pairs, found, strict=True) if t.right]
        print(f"{bank.stem}: wrong keys {counts(wrong)}; right keys {counts(right)}", end="", flush=True)
        if given.flips:
            rng = random.Random(1)
            flips = [(f, t) for i, t in pairs if t.right and (f := falsified(i, rng)) is not None]
            flipped = [auditor.check(f) for f, _ in flips]
            for (item, truth), c in zip(flips, flipped, strict=True):
                if not c.alarms:
                    kept(bank, "flip", item, truth, c)
            print(f"; falsified {counts(flipped)}", end="")
        print(flush=True)
    if given.out:
        given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
