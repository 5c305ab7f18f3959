"""`panding check`: what is wrong with the knowledge base, with file and line.

Each check is a function of its own; its docstring says what it finds and why. They live in
lint_names (words), lint_standards (items, units, dates), lint_logic (the solver) and lint_cases.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import kb.loader
import ontology.lexicon
from engine.judge import Engine
from engine.lint_cases import check_cases, run_cases
from engine.lint_logic import check_logic
from engine.lint_material import Material
from engine.lint_names import check_names
from engine.lint_standards import check_standards
from kb.errors import Problem

__all__ = ["run_cases", "run_check"]


def run_check(
    root: Path = kb.loader.ROOT,
    concepts: Path = ontology.lexicon.CONCEPTS,
    today: date | None = None,
    only: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Every problem of a knowledge base and its lexicon, by file and line; empty when all is well.

    `only`: standards whose logic and cases are checked (names and dates always are); empty: all of them.

    `root` holds standards/ and facts/, `concepts` the tables of the lexicon. What can't be read is
    reported and left out of the other checks; where a meta.yaml or a file of facts can't be read, there
    are no others.
    """
    m = Material.read(root, concepts, only)
    problems = list(m.problems)
    if not m.foundations_faulty:
        problems += check_names(m)
        problems += check_standards(m, today or date.today())
        problems += check_logic(m)
        problems += check_cases(m)
        engine = Engine(m.kb, m.lexicon, crosscheck=False, nets=())
        problems += run_cases(engine, readable_cases(m))
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.kind, p.message))


def readable_cases(m: Material) -> list[kb.models.Case]:
    """Cases whose article could be read too."""
    return [c for c in m.cases if c.file.replace(".cases.yaml", ".yaml") not in m.faulty]
