"""The things people ask about (网吧, 敬老院, 扶梯): their words, the broader terms documents use, the national department.

Edited as a table, ontology/domains.txt: 名称 | 同义词 | 上位类 | 部门对照id.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.errors import BadInput, Problem

TABLE = Path(__file__).parent / "domains.txt"
ROOMS = frozenset({"单位食堂", "员工宿舍", "学校实验室"})  # rooms that any house may have


@dataclass(frozen=True, eq=False)
class Domain:
    """One thing. `labels` starts with its name; `department` the id of its own national entry, if it has one."""

    name: str
    labels: tuple[str, ...]
    broader: tuple[str, ...]
    department: str
    line: int


@dataclass(frozen=True)
class Mention:
    """A domain found in a text, with the words that name it."""

    domain: Domain
    start: int
    end: int
    words: str


class Domains:
    """All domains, found in text by their longest label."""

    def __init__(self, rows: tuple[Domain, ...]) -> None:
        self.rows = {d.name: d for d in rows}
        self.by_label = {fold(label): d for d in rows for label in d.labels}

    @cached_property
    def _sizes(self) -> dict[str, list[int]]:
        """How long the labels are that begin with a character, longest first."""
        sizes: dict[str, set[int]] = {}
        for label in self.by_label:
            sizes.setdefault(label[0], set()).add(len(label))
        return {first: sorted(found, reverse=True) for first, found in sizes.items()}

    def find(self, text: str) -> list[Mention]:
        """The things a text names, left to right, longest label first, none inside another."""
        folded, out, at = fold(text), [], 0
        while at < len(folded):
            for size in self._sizes.get(folded[at], ()):
                domain = self.by_label.get(folded[at : at + size]) if at + size <= len(folded) else None
                if domain is not None:
                    out.append(Mention(domain, at, at + size, text[at : at + size]))
                    at += size - 1
                    break
            at += 1
        return out

    def levels(self, domain: Domain) -> Iterator[tuple[Domain, ...]]:
        """The thing itself, then its broader things, one step at a time; each thing once."""
        seen: set[str] = {domain.name}
        level: tuple[Domain, ...] = (domain,)
        while level:
            yield level
            names = dict.fromkeys(b for d in level for b in d.broader if b not in seen)
            seen |= names.keys()
            level = tuple(self.rows[n] for n in names)

    def department(self, domain: Domain) -> str:
        """The id of the nearest national entry, of the thing itself or a broader one; empty when none."""
        return next((d.department for level in self.levels(domain) for d in level if d.department), "")


def fold(text: str) -> str:
    """Lower case, full-width letters and digits made half-width; one character stays one character."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" and c.isalnum() else c for c in text).lower()


def _split(cell: str) -> tuple[str, ...]:
    return tuple(p for p in (p.strip() for p in cell.split("、")) if p)


def _faults(rows: list[Domain], file: str) -> Iterator[Problem]:
    names, seen = {d.name for d in rows}, dict[str, Domain]()
    for d in rows:
        for label in d.labels:
            other = seen.setdefault(fold(label), d)
            if other is not d:
                yield Problem(
                    file, d.line, f"“{label}”已是第 {other.line} 行“{other.name}”的词，一个词只能属于一行"
                )
        for broader in d.broader:
            if broader not in names:
                yield Problem(file, d.line, f"上位类“{broader}”不在表中")


def read_domains(path: Path = TABLE) -> Domains:
    """The table. Raises BadInput with every faulty line."""
    rows, problems = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [c.strip() for c in line.split("|")]
        if len(cells) != 4 or not cells[0]:
            problems.append(
                Problem(path.name, number, f"应有 4 栏（名称、同义词、上位类、部门），实有 {len(cells)} 栏")
            )
            continue
        name, words, broader, department = cells
        rows.append(Domain(name, (name, *_split(words)), _split(broader), department, number))
    problems += _faults(rows, path.name)
    if problems:
        raise BadInput(problems)
    return Domains(tuple(rows))
