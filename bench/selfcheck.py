"""How long a self-check is: questions asked against clauses settled, for each example enterprise.

python bench/selfcheck.py [--runs N] rehearses the check with sites of which everything is known (96 facts of 100 in
order, the attributes at random, a third of the places that the profile does not name missing) and compares the outcome
with that of the full truth.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import open_engine
from engine.profile import load_profile
from engine.rehearsal import full_view, hidden, rehearse
from engine.selfcheck import GATE, SelfCheck, new_check
from kb.registers import load_registers

EXAMPLES = Path(__file__).parent.parent / "kb" / "examples"
ON = date(2026, 11, 28)
SOUND, GONE = 0.96, 0.33


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    engine, duties = open_engine(crosscheck=False), load_registers().duties
    print("| profile | clauses | settled by the profile | questions that could be asked | asked | of them whether "
          "there at all | left open | verdicts other than the full truth |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for path in sorted(EXAMPLES.glob("*.yaml")):
        profile = load_profile(path)
        asked, gates, left, wrong = [], [], [], 0
        for seed in range(runs):
            check = SelfCheck(engine, new_check(engine, profile, ON), duties)
            truth = hidden(check, random.Random(seed), sound=SOUND, gone=GONE)
            asked.append(rehearse(check, truth))
            gates.append(sum(id.startswith(GATE) for id in check.check.answers))
            left.append(len(check.open_clauses()))
            full = full_view(check, truth)
            wrong += sum(check.view.truth(h) is not full.truth(h) for h in check.clauses)
        start = SelfCheck(engine, new_check(engine, profile, ON), duties)
        print(
            f"| {path.stem} | {len(start.clauses)} | {start.settled:.0%} | {len(start.pending())} "
            f"| {median(asked):g} ({min(asked)}–{max(asked)}) | {median(gates):g} | {median(left):g} | {wrong} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
