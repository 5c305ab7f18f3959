"""What the checks of the knowledge base look at: everything read once, and where each word is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.valuation import Attributes
from kb.conditions import Atom, Condition, atoms
from kb.errors import Problem
from kb.loader import load_cases, read_sources
from kb.models import Case, Clause, KnowledgeBase, Standard
from kb.units import dimension
from ontology.facts import Fact, build_facts, clause_atoms
from ontology.lexicon import Lexicon, read_lexicon

SCOPE = "标准适用范围"
_PROSE = re.compile(r"\s*(- )?(ref|title|restatement|source|reason|checked_on|#)")
_NEXT = re.compile(r"\s*- (\{\s*)?ref:")


class Places:
    """Finds the line on which a word is written; 0 when it is nowhere."""

    def __init__(self, *bases: Path) -> None:
        self._bases = bases
        self._held: dict[str, list[str]] = {}

    def lines(self, file: str) -> list[str]:
        if file not in self._held:
            path = next((b / file for b in self._bases if (b / file).is_file()), None)
            self._held[file] = path.read_text("utf-8").splitlines() if path else []
        return self._held[file]

    def find(self, file: str, word: str) -> int:
        """The first line of a file that has the word."""
        return next((n for n, line in enumerate(self.lines(file), 1) if word in line), 0)

    def _in_conditions(self, file: str, word: str, start: int, stop: int) -> int:
        """The same among lines start to stop, leaving out titles, restatements and the like."""
        for number, line in enumerate(self.lines(file)[start - 1 : stop], start):
            if word in line and not _PROSE.match(line):
                return number
        return 0

    def in_clause(self, clause: Clause, word: str) -> int:
        """Where a clause's own conditions, or those of its article, have the word; else the clause's line."""
        lines = self.lines(clause.file)
        after = (n for n in range(clause.line, len(lines)) if _NEXT.match(lines[n]))
        own = self._in_conditions(clause.file, word, clause.line, next(after, len(lines)))
        head = next((n for n, line in enumerate(lines) if _NEXT.match(line)), 0)
        return own or self._in_conditions(clause.file, word, 1, head) or clause.line


@dataclass
class Material:
    """The knowledge base, lexicon and cases, with what could not be read.

    `faulty`: files the loader complains about. Checks that would only repeat such a fault in other words
    leave out what stands in those files. `tables` are the files of the lexicon, `wordings` those of kb/facts.
    `only`: the standards whose clauses and cases are looked at; empty: all.
    """

    kb: KnowledgeBase
    lexicon: Lexicon
    cases: list[Case]
    problems: list[Problem]
    places: Places
    tables: list[str]
    wordings: list[str]
    only: frozenset[str] = frozenset()

    @classmethod
    def read(cls, root: Path, concepts: Path, only: frozenset[str] = frozenset()) -> Material:
        kb, problems = read_sources(root)
        cases, more = load_cases(kb, root)
        cases = [c for c in cases if not only or c.standard in only]
        lexicon = read_lexicon(concepts)
        over = concepts.parent.parent
        return cls(
            kb,
            lexicon,
            cases,
            problems=[*problems, *more, *lexicon.problems],
            places=Places(root.parent, over),
            tables=[p.relative_to(over).as_posix() for p in sorted(concepts.glob("*.txt"))],
            wordings=[p.relative_to(root.parent).as_posix() for p in sorted(root.glob("facts/*.yaml"))],
            only=only,
        )

    @cached_property
    def faulty(self) -> frozenset[str]:
        return frozenset(p.file for p in self.problems)

    @cached_property
    def foundations_faulty(self) -> bool:
        """Whether a meta.yaml or a table of attributes is at fault: then little else can be said."""
        return any(f.endswith("/meta.yaml") or "/facts/" in f for f in self.faulty)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return build_facts(self.kb, self.lexicon)

    @cached_property
    def attributes(self) -> Attributes:
        return Attributes(self.kb.attributes)

    @cached_property
    def values(self) -> dict[str, frozenset[str]]:
        """Attribute -> every value of its tree."""
        return {name: frozenset(a.ancestors()) for name, a in self.kb.attributes.items()}

    @cached_property
    def standards(self) -> dict[str, Standard]:
        return {s.id: s for s in self.kb.standards}

    @cached_property
    def asked_by(self) -> dict[str, Clause]:
        """Fact -> the first clause that asks it."""
        found: dict[str, Clause] = {}
        for clause in self.kb.clauses():
            for atom in clause_atoms(clause):
                found.setdefault(atom.fact, clause)
        return found

    def sound_clauses(self) -> Iterator[Clause]:
        """Clauses looked at, of files without a fault."""
        clauses = (c for c in self.kb.clauses() if not self.only or c.standard in self.only)
        return (c for c in clauses if c.file not in self.faulty)

    def articles_faulty(self, standard: Standard) -> bool:
        """Whether some article of a standard could not be read whole: its list of clauses may lack one."""
        folder = standard.file.rpartition("/")[0]
        return any(f.startswith(f"{folder}/") and not f.endswith(".cases.yaml") for f in self.faulty)

    def unit(self, atom: Atom) -> str:
        """The unit a number is asked in."""
        return self.facts[atom.fact].unit

    def dimension_of(self, atom: Atom) -> str | None:
        return dimension(self.unit(atom))

    def place_of(self, files: list[str], pattern: str) -> tuple[str, int]:
        """File and line of the first line that begins like the pattern."""
        for file in files:
            for number, line in enumerate(self.places.lines(file), 1):
                if re.match(pattern, line):
                    return file, number
        return files[0] if files else "", 0

    def problem(self, kind: str, clause: Clause, message: str, word: str = "") -> Problem:
        """A fault of a clause, on the line of the word where it is written."""
        line = self.places.in_clause(clause, word) if word else clause.line
        return Problem(clause.file, line, f"{clause.ref}：{message}", kind)


def parts(clause: Clause, scope: Condition | None = None) -> list[tuple[str, Condition]]:
    """域, 前提, 情形 and 除外 one by one, with the name the file gives them."""
    named = [(SCOPE, scope)] if scope is not None else []
    named.append(("域", clause.scope))
    for field, conditions in (("前提", clause.premises), ("情形", clause.limbs), ("除外", clause.exceptions)):
        many = len(conditions) > 1
        named += [(f"{field}第{i}条" if many else field, c) for i, c in enumerate(conditions, 1)]
    return [(name, c) for name, c in named if any(atoms(c))]
