"""Measuring verdicts against findings labelled by others: levels, clauses, and every miss. Pure.

A labelled case has `finding`, `level` (重大, 一般, 需核实), `label_confidence` and `official_basis`; the
clause expected is parsed out of the basis.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.batch import Judged
from engine.clauses import ClauseResult
from engine.verdict import GRAVITY, Level, Verdict
from kb.errors import BadInput, Problem
from kb.models import Standard

if TYPE_CHECKING:
    from corpus.tables import Row  # tables are read by those who have one

LEVELS = {
    "重大": Level.MAJOR, "一般": Level.GENERAL, "需核实": Level.VERIFY, "未覆盖": Level.UNCOVERED,
    "未见隐患": Level.NONE,
} | {level.value: level for level in Level}  # fmt: skip
_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2} | {str(i): i for i in range(10)}
)
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零〇一二两三四五六七八九十百千0-9]+"
_REF = rf"第{_NUMERAL}条(?:之{_NUMERAL})?(?:第?[（(]?{_NUMERAL}[）)]?(?:、[（(]?{_NUMERAL}[）)]?)*[款项目])*"
_TOKEN = re.compile(
    rf"《(?P<title>[^》]+)》|(?P<doc>令第?\d+号|\d+号令)|(?P<old>旧版|原标准)|(?P<now>现行|对应)|(?P<ref>{_REF})"
)


def number(text: str) -> int:
    """A Chinese or Arabic numeral below ten thousand.

    >>> number("二十一"), number("十"), number("8")
    (21, 10, 8)
    """
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for c in text:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


def ref_key(ref: str) -> str:
    """A reference in one written form, so that 第十一条第八项 and 第十一条第（八）项 are the same.

    >>> ref_key("第十一条第八项") == ref_key("第十一条第（八）项") == ref_key("第11条第8项")
    True
    """
    plain = re.sub(r"[\s（）()第]", "", ref)
    return re.sub(f"({_NUMERAL})(?=[章条款项目]|$)", lambda m: str(number(m[1])), plain)


def _refs(ref: str) -> list[str]:
    """第十一条第三、六项 is two references."""
    head, sign, tail = ref.partition("、")
    if not sign:
        return [ref]
    start = re.match(rf"(.*?)[（(]?({_NUMERAL})[）)]?$", head)
    unit = tail[-1]
    if start is None:
        return [ref]
    items = [start[2], *re.split("、", tail[:-1])]
    return [f"{start[1]}{item}{unit}" for item in items]


@dataclass(frozen=True)
class Expected:
    """A clause a label names: its reference key, and the title or number of the document, if said."""

    ref: str
    title: str = ""
    doc: str = ""

    def is_clause(self, standard: Standard, ref: str) -> bool:
        """Whether this is that clause of that standard; a whole article covers its items."""
        key = ref_key(ref)
        if key != self.ref and not (self.ref.endswith("条") and key.startswith(self.ref)):
            return False
        if not self.title and not self.doc:
            return True
        by_number = bool(self.doc) and self.doc == _doc(standard.doc_no)
        return by_number or _title(self.title) == _title(standard.title)


def _title(title: str) -> str:
    return re.sub(r"[（(].*?[)）]|\s", "", title)


def _doc(text: str) -> str:
    found = re.search(r"令第?(\d+)号|(\d+)号令", text)
    return (found[1] or found[2]) if found else ""


def expected_clauses(basis: str) -> tuple[Expected, ...]:
    """The clauses of 判定标准 that a basis names; not those of laws or of standards since replaced."""
    found: list[Expected] = []
    title = doc = ""
    usable = False
    for token in _TOKEN.finditer(basis):
        if token["title"]:
            title, doc = token["title"], ""
            usable = "判定" in title
        elif token["doc"]:
            if not usable:
                title = ""
            doc, usable = _doc(token["doc"]), True
        elif token["old"]:
            usable = False
        elif token["now"]:
            if not usable:
                title = doc = ""
            usable = True
        elif usable:
            found += [Expected(ref_key(r), title, doc) for r in _refs(token["ref"])]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Outcome:
    """One labelled case beside its verdict.

    `first` and `anywhere`: the expected clause is the first basis, or any of them.
    """

    id: str
    sector: str
    text: str
    confidence: str
    expected: Level
    got: Level
    clauses: tuple[Expected, ...]
    bases: tuple[str, ...]
    first: bool
    anywhere: bool
    read: str

    @property
    def right(self) -> bool:
        return self.expected is self.got


def outcome(judged: Judged) -> Outcome:
    """A case compared. Raises BadInput when its row could not be judged or has no usable label."""
    columns = judged.row.columns
    if judged.verdict is None:
        raise BadInput([Problem("", judged.row.number, judged.error)])
    level = LEVELS.get(str(columns.get("level", "")))
    if level is None:
        allowed = "、".join(k for k in LEVELS)
        raise BadInput([Problem("", judged.row.number, f"level 为 {columns.get('level')!r}，应为 {allowed}")])
    verdict = judged.verdict
    clauses = expected_clauses(str(columns.get("official_basis") or ""))
    bases = (*verdict.decisive, *verdict.open)
    return Outcome(
        id=str(columns.get("id", judged.row.number)),
        sector=str(judged.row.fields.get("industry", "")),
        text=verdict.text,
        confidence=str(columns.get("label_confidence") or "unstated"),
        expected=level,
        got=verdict.level,
        clauses=clauses,
        bases=tuple(verdict.citation(r) for r in bases),
        first=bool(bases) and _is_one_of(bases[0], clauses, verdict),
        anywhere=any(_is_one_of(r, clauses, verdict) for r in bases),
        read=verdict.read,
    )


def _is_one_of(result: ClauseResult, clauses: tuple[Expected, ...], verdict: Verdict) -> bool:
    standard = verdict.standards[result.clause.standard]
    return any(c.is_clause(standard, result.clause.ref) for c in clauses)


@dataclass(frozen=True)
class Report:
    """Figures over outcomes. `problems`: rows that could not be compared."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...] = ()

    def groups(self) -> dict[str, tuple[Outcome, ...]]:
        """By confidence of the label, official first, then all of them as 合计."""
        order = ["official", "stated-level-only", "derived"]
        names = sorted(
            {o.confidence for o in self.outcomes},
            key=lambda n: (order.index(n) if n in order else len(order), n),
        )
        found = {n: tuple(o for o in self.outcomes if o.confidence == n) for n in names}
        return found | {"合计": self.outcomes}

    @property
    def misses(self) -> tuple[Outcome, ...]:
        """Wrong levels, the most dangerous kind first: 重大 called less, then 重大 called wrongly."""
        wrong = [o for o in self.outcomes if not o.right]
        return tuple(sorted(wrong, key=_danger))

    def to_json(self) -> dict[str, Any]:
        return {
            "cases": len(self.outcomes),
            "groups": {name: _figures(found) for name, found in self.groups().items()},
            "misses": [_miss(o) for o in self.misses],
            "clause_misses": [_miss(o) for o in self.outcomes if o.right and o.clauses and not o.first],
            "problems": [{"line": p.line, "message": p.message} for p in self.problems],
        }


def _danger(o: Outcome) -> tuple[int, int, int]:
    kind = 0 if o.expected is Level.MAJOR else 1 if o.got is Level.MAJOR else 2
    return kind, -GRAVITY.index(o.got), GRAVITY.index(o.expected)


def _figures(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    pairs = Counter((o.expected, o.got) for o in outcomes)
    named = [o for o in outcomes if o.clauses]
    return {
        "cases": len(outcomes),
        "right": sum(o.right for o in outcomes),
        "confusion": {
            e.value: {g.value: pairs[e, g] for g in Level if pairs[e, g]}
            for e in Level
            if any(pairs[e, g] for g in Level)
        },
        "clauses": {
            "cases": len(named),
            "first": sum(o.first for o in named),
            "anywhere": sum(o.anywhere for o in named),
        },
        "read": dict(Counter(o.read for o in outcomes)),
    }


def _miss(o: Outcome) -> dict[str, Any]:
    return {
        "id": o.id, "sector": o.sector, "finding": o.text, "expected": o.expected.value, "got": o.got.value,
        "expected_refs": [c.ref for c in o.clauses], "bases": list(o.bases), "read": o.read,
        "label_confidence": o.confidence,
    }  # fmt: skip


def of_sector(rows: Iterable[Row], prefix: str) -> Iterator[Row]:
    """Rows whose sector starts with a prefix."""
    return (r for r in rows if str(r.fields.get("industry", "")).startswith(prefix))


def report(judged: Iterable[Judged]) -> Report:
    """Compare labelled rows."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    for one in judged:
        try:
            outcomes.append(outcome(one))
        except BadInput as error:
            problems += error.problems
    return Report(tuple(outcomes), tuple(problems))
