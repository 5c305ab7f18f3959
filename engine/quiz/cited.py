"""The standard and the places of it that an item names: where to look, in which trade, and what those places make of it."""

from __future__ import annotations

import re
from datetime import date

from engine.clauses import DECISIVE, OPEN, ClauseResult, Status
from engine.quiz.documents import squash
from engine.quiz.editions import Editions
from engine.quiz.phrase import TRADE
from engine.quiz.statements import pairs
from engine.verdict import Verdict
from kb.conditions import Has, atoms
from kb.models import Clause, Standard

_REF = re.compile(r"第[一二三四五六七八九十百零]+条(?:第?（?[一二三四五六七八九十]+）?项)?")
_ALSO = re.compile(r"((\d+(?:\.\d+)+) ?[a-z][)）]?)((?:[、,，和及] ?[a-z][)）])+)")  # 4.5 a)、b)
_SHARED, _CLEARLY = (
    4,
    1.5,
)  # pairs of characters a place must share with a text, and how many times the next best
_NUMERAL = re.compile("[一二三四五六七八九十]+")  # （一）, cited only in its brackets
_DENIED = (Status.REFUTED, Status.OUT_OF_SCOPE)


def places(text: str, standard: Standard) -> list[str]:
    """Places of a standard that a text cites, the narrowest: its own numbering, or an article or item it lists."""
    text = _ALSO.sub(lambda m: m[1] + re.sub("[a-z]", lambda i: f"{m[2]} {i[0]}", m[3]), text)
    plain = squash(text)
    held = [squash(i) for i in standard.items]
    own = [r for r in held if _cites(r, plain, text)]
    named = (squash(r) for r in _REF.findall(text))
    found = [*own, *(r for r in named if not any(r in o for o in own) and any(h.startswith(r) for h in held))]
    return [r for r in found if not any(r != o and r in o for o in found)]


def _cites(ref: str, plain: str, text: str) -> bool:
    """Whether a text has a place; one that is a numeral alone only in its brackets."""
    if _NUMERAL.fullmatch(ref):
        return re.search(f"[（(]{ref}[）)]", text) is not None
    return any(re.search(rf"(?<![\d.]){re.escape(ref)}(?![\d.])", t) for t in (plain, text))


def clauses(text: str, editions: Editions, on: date) -> list[Clause]:
    """The clauses a text cites by document and place; none where it names several documents in force, or none."""
    named = [s for s in editions.named(text) if s.in_force(on)]
    if (
        len(named) > 1
    ):  # 41号: of two documents, the one whose domain the text is about, or that has such a place
        named = [s for s in named if s.domain == editions.about(text)] or [
            s for s in named if places(text, s)
        ]
    if len(named) != 1:
        return []
    cited = places(text, named[0])
    return [c for c in named[0].clauses if any(squash(c.ref).startswith(r) for r in cited)]


def likely(text: str, editions: Editions, on: date) -> list[Clause]:
    """The clauses of a place named without its document, in the one standard where that place is about the same.

    A place is looked for in the documents a text numbers, where it numbers any.
    """
    said, named, kb = pairs(text), editions.numbered(text), editions.kb
    found = []
    for s in (s for s in kb.standards if s.in_force(on)):
        if named and s not in named:
            continue
        refs = places(text, s)
        own = [c for c in s.clauses if any(squash(c.ref).startswith(r) for r in refs)]
        if own:
            found.append((max(len(said & pairs(c.restatement + c.title)) for c in own), own))
    found.sort(key=lambda f: -f[0])
    clear = found and found[0][0] >= _SHARED and (len(found) < 2 or found[0][0] >= _CLEARLY * found[1][0])
    return found[0][1] if clear else []


def trades(found: list[Clause], standards: dict[str, Standard]) -> frozenset[str]:
    """The trades the clauses are for."""
    scopes = [(c.scope, standards[c.standard].scope) for c in found]
    out: set[str] = set()
    for own, whole in scopes:
        said = [v for s in (own, whole) if s is not None for a in atoms(s)
                if isinstance(a, Has) and a.attribute == TRADE for v in a.values]  # fmt: skip
        out |= set(said[:1])
    return frozenset(out)


def results(verdict: Verdict, found: list[Clause]) -> list[ClauseResult]:
    ids = {c.id for c in found}
    return [r for r in verdict.results if r.clause.id in ids]


def holds(verdict: Verdict, found: list[Clause]) -> bool | None:
    """What the clauses cited make of a finding: one decides it, all that it touches are refuted, or neither."""
    mine = results(verdict, found)
    if any(r.status in DECISIVE for r in mine):
        return True
    told = [r for r in mine if r.status is not Status.UNTOUCHED and not r.suspected]
    if not told or any(r.status in OPEN for r in told):
        return None
    return False if all(r.status in _DENIED for r in told) else None
