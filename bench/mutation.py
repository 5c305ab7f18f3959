"""Mutation of the knowledge base: which changes of a clause do its own cases notice?

python bench/mutation.py [standard id] prints the share caught per standard and every survivor.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import open_engine
from engine.mutants import survivors
from kb import load_cases


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    engine = open_engine(crosscheck=False)
    cases, _ = load_cases(engine.kb)
    total: Counter[str] = Counter()
    alive: Counter[str] = Counter()
    for clause in engine.kb.clauses():
        if wanted and clause.standard != wanted:
            continue
        count, left = survivors(engine, clause, cases)
        total[clause.standard] += count
        alive[clause.standard] += len(left)
        for mutant in left:
            print(f"{clause.id}: {mutant.change}")
    for standard, count in total.items():
        print(f"{standard}: {count} mutants, {1 - alive[standard] / count:.1%} caught")


if __name__ == "__main__":
    main()
