"""Wordings: how inspectors put each limb of each clause into words, as templates that expand.

A file for each standard under corpus/wordings: `[ref]` or `[ref#limb]` opens the wordings of a limb (counted
from 1), `[无]` those of near misses and ordinary defects. `{a|b|}` are alternatives, the last one nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from kb.errors import BadInput, Problem

FOLDER = Path(__file__).parent / "wordings"
NONE = "无"
_SECTION = re.compile(r"\[(?P<ref>[^\]#]+)(?:#(?P<limb>\d+))?\]")
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """One template: the clause it speaks of (standard/ref, or 无), the limb (0: not said), its text and place."""

    clause: str
    limb: int
    template: str
    file: str
    line: int

    def expand(self) -> list[str]:
        """Every wording, in order.

        >>> Wording("s/r", 1, "{机房|库房}没装{报警器|}", "", 0).expand()
        ['机房没装报警器', '机房没装', '库房没装报警器', '库房没装']
        """
        pieces = _SLOT.split(self.template)
        choices = [p.split("|") if i % 2 else [p] for i, p in enumerate(pieces)]
        return ["".join(parts) for parts in product(*choices)]


def read_wordings(folder: Path = FOLDER) -> list[Wording]:
    """Every template. Raises BadInput naming each line that is not of the form."""
    found: list[Wording] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.txt")):
        clause, limb = "", 0
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            section = _SECTION.fullmatch(text)
            if section:
                ref = section["ref"].strip()
                clause, limb = NONE if ref == NONE else f"{path.stem}/{ref}", int(section["limb"] or 0)
            elif not clause:
                problems.append(Problem(f"corpus/wordings/{path.name}", number, "前面没有 [条号]"))
            elif _SLOT.sub("", text).strip("}{") != _SLOT.sub("", text):
                problems.append(Problem(f"corpus/wordings/{path.name}", number, f"括号不成对：{text!r}"))
            else:
                found.append(Wording(clause, limb, text, f"corpus/wordings/{path.name}", number))
    if problems:
        raise BadInput(problems)
    return found


def sampled(wordings: list[Wording], most: int, seed: int) -> Iterator[tuple[str, str]]:
    """(text, clause) pairs, at most so many of each template, drawn by the seed."""
    draw = random.Random(seed)
    for wording in wordings:
        texts = list(dict.fromkeys(wording.expand()))
        for text in texts if len(texts) <= most else draw.sample(texts, most):
            yield text, wording.clause
