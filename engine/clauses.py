"""Judging one clause: its status, what settled it, what is missing, what refutes it, and the trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.logic import Truth
from engine.memo import by_identity
from engine.valuation import Valuation
from kb.conditions import (
    All,
    AnyOf,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Has,
    Not,
    Unlinked,
    atoms,
    is_atom,
    of_attributes,
)
from kb.models import Clause
from kb.values import FactValue, State


class Status(StrEnum):
    HIT = "命中"
    PRESUMED = "推定命中"
    OPEN = "待核实"
    EXPERT = "需专业认定"
    REFUTED = "不成立"
    OUT_OF_SCOPE = "不适用"
    HANDED_OVER = "另有规定"
    UNTOUCHED = "未触及"


Spoken = tuple[Atom, FactValue, str]  # an atom, the value that gave it, the general rule used
DECISIVE = (Status.HIT, Status.PRESUMED)
OPEN = (Status.OPEN, Status.EXPERT)
_LACKING = (State.MISSING, State.FAILED)


@dataclass(frozen=True)
class Trace:
    """One node of the reasons: the condition in words, its value, what gave it, and its parts."""

    text: str
    truth: Truth
    noticed: bool = False
    rule: str = ""
    value: FactValue | None = None
    parts: tuple[Trace, ...] = ()


@dataclass(frozen=True)
class ClauseResult:
    """What one clause makes of the facts.

    `missing`: smallest set of facts that would make an open clause hold. `refuted_by`: facts that make it
    fail. `presumed`: presumed facts it stands on. `support`: facts that make it hold or touch it.
    `rules`: general rules used. `strength` orders clauses of one status, stronger first. `clue_for`: the
    edition in force, not wholly held, for which this earlier clause is only a clue. `suspected`: nothing read
    touches it, the net proposed it: a question, never more.
    """

    clause: Clause
    status: Status
    missing: tuple[str, ...] = ()
    refuted_by: tuple[str, ...] = ()
    presumed: tuple[FactValue, ...] = ()
    support: tuple[FactValue, ...] = ()
    rules: tuple[str, ...] = ()
    strength: tuple[int, ...] = ()
    definite: Truth = None
    with_presumptions: Truth = None
    clue_for: str = ""
    suspected: float = 0.0


@by_identity
def whole(clause: Clause, standard_scope: Condition | None = None, /) -> Condition:
    """The clause as one condition: 域 且 前提 且 情形 且 非除外. Both evaluators judge this."""
    parts: list[Condition] = [] if standard_scope is None else [standard_scope]
    parts += [clause.scope, *clause.premises, clause.situation]
    parts += map(_unless, clause.exceptions)
    return All(parts=tuple(parts))


@by_identity
def _scope(clause: Clause, standard_scope: Condition | None, /) -> Condition:
    """Whom the clause addresses: 域 of the standard and its own."""
    return clause.scope if standard_scope is None else All(parts=(standard_scope, clause.scope))


@by_identity
def _unless(exception: Condition, /) -> Condition:
    return Not(part=exception)


def trace(condition: Condition, valuation: Valuation) -> Trace:
    """The full trace of a condition."""
    if is_atom(condition):
        r = valuation.read(condition)
        return Trace(str(condition), r.truth, r.noticed, r.rule, r.value)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    text = f"至少{condition.n}项" if isinstance(condition, AtLeast) else condition.op
    return Trace(text, valuation(condition), parts=tuple(trace(p, valuation) for p in parts))


def support(condition: Condition, wanted: bool, valuation: Valuation) -> frozenset[str] | None:
    """The smallest set of unknown facts that could give a condition the wanted value; None: can't be."""
    truth = valuation(condition)
    if truth is not None:
        return frozenset() if truth is wanted else None
    if is_atom(condition):
        return frozenset({condition.fact})
    if valuation.silent_on(condition):
        return _support_unsaid(condition, wanted, valuation=valuation)
    return _support(condition, wanted, valuation)


def _support(
    condition: All | AnyOf | Not | AtLeast, wanted: bool, valuation: Valuation
) -> frozenset[str] | None:
    if isinstance(condition, Not):
        return support(condition.part, not wanted, valuation)
    need = len(condition.parts) if isinstance(condition, All) is wanted else 1
    if isinstance(condition, AtLeast):
        need = condition.n if wanted else len(condition.parts) - condition.n + 1
    found = [(not touches(p, valuation)[0], support(p, wanted, valuation)) for p in condition.parts]
    ranked = sorted((len(f) > 0, quiet, len(f), sorted(f)) for quiet, f in found if f is not None)
    possible = [f for *_, f in ranked]  # what holds already, then what the finding speaks of
    if len(possible) < need:
        return None
    return frozenset(f for chosen in possible[:need] for f in chosen)


# where nothing is known of any of its facts, it is the same in every valuation
_support_unsaid = by_identity(_support)


def touches(condition: Condition, valuation: Valuation) -> tuple[bool, bool]:
    """Whether the finding speaks to a condition that is not false; and whether only loosely (host unread)."""
    if is_atom(condition):
        return _spoken_of(condition, valuation)
    if valuation.silent_on(condition):
        return False, False
    held = valuation.touched.get(id(condition))
    if held is None:
        held = valuation.touched[id(condition)] = (condition, _touches(condition, valuation))
    return held[1]


def _spoken_of(atom: Atom, valuation: Valuation) -> tuple[bool, bool]:
    if isinstance(atom, Has):
        return False, False  # an attribute alone is no defect
    r = valuation.read(atom)
    speaks = r.truth is True or (r.truth is None and r.noticed)
    return speaks, speaks and r.value is not None and r.value.loose


def _touches(condition: All | AnyOf | Not | AtLeast, valuation: Valuation) -> tuple[bool, bool]:
    if valuation(condition) is False:
        return False, False
    if isinstance(condition, Not):
        return not of_attributes(condition.part) and valuation(condition.part) is False, False
    found = [touches(p, valuation) for p in condition.parts]
    speaks = any(t for t, _ in found)
    return speaks, speaks and all(loose for t, loose in found if t)


def judge_clause(
    clause: Clause,
    standard_scope: Condition | None,
    definite: Valuation,
    presuming: Valuation,
    distinctive: frozenset[str],
) -> ClauseResult:
    """The status of one clause under definite facts and under presumptions.

    `distinctive`: things that only this kind of clause speaks of, which may touch without their host.
    """
    condition = whole(clause, standard_scope)
    truth = definite(condition)
    likely = presuming(condition) if truth is None else truth  # what is presumed never unsettles
    scope = _scope(clause, standard_scope)
    ours = standard_scope is None or presuming(standard_scope) is True
    touched = [
        limb for limb in clause.limbs if _is_touched(limb, scope, definite, presuming, distinctive, ours)
    ]
    status = _status(clause, truth, likely, definite(scope), bool(touched))
    return tell(clause, standard_scope, status, touched, definite, presuming, truth, likely)


def tell(
    clause: Clause,
    standard_scope: Condition | None,
    status: Status,
    touched: list[Condition],
    definite: Valuation,
    presuming: Valuation,
    truth: Truth = None,
    likely: Truth = None,
) -> ClauseResult:
    """What there is to say of a clause whose status and touched limbs are known, and its truth where it is."""
    scope = _scope(clause, standard_scope)
    chosen = presuming if status is Status.PRESUMED else definite
    spoken = _spoken([limb for limb in touched if chosen(limb) is True] or touched, chosen)
    return ClauseResult(
        clause=clause,
        status=status,
        missing=_missing(clause, scope, touched, definite, presuming) if status in OPEN else (),
        refuted_by=_refuting(whole(clause, standard_scope), definite) if truth is False else (),
        presumed=_presumed(whole(clause, standard_scope), presuming) if status is Status.PRESUMED else (),
        support=tuple({v.fact: v for _, v, _ in spoken}.values()),
        rules=tuple(dict.fromkeys(rule for _, _, rule in spoken if rule)),
        strength=_strength(spoken, chosen(scope) is True),
        definite=truth,
        with_presumptions=likely,
    )


def suspect(
    clause: Clause,
    standard_scope: Condition | None,
    definite: Valuation,
    presuming: Valuation,
    belief: float,
) -> ClauseResult | None:
    """A clause that nothing read touches, as a question; None where facts already deny it or it is elsewhere."""
    condition = whole(clause, standard_scope)
    scope = _scope(clause, standard_scope)
    truth, likely = definite(condition), presuming(condition)
    if truth is not None or presuming(scope) is False:
        return None
    if any(_denied_by_words(limb, definite) for limb in clause.limbs):
        return None  # what it asks about was spoken of, and is as it should be
    missing = _missing(clause, scope, list(clause.limbs), definite, presuming)
    return ClauseResult(
        clause, Status.OPEN if clause.executability == "full" else Status.EXPERT, missing=missing,
        definite=truth, with_presumptions=likely, suspected=belief,
    )  # fmt: skip


def _denied_by_words(limb: Condition, definite: Valuation) -> bool:
    """Whether facts make a limb false, or a number it asks lies on the safe side."""
    if definite(limb) is False and not of_attributes(limb):
        return True
    return any(isinstance(a, Compare) and definite(a) is False for a in atoms(limb))


def _is_touched(
    limb: Condition,
    scope: Condition,
    definite: Valuation,
    presuming: Valuation,
    distinctive: frozenset[str],
    ours: bool,
) -> bool:
    """Whether the finding speaks of a limb. `ours`: the unit is one whom the standard addresses.

    A link that is lacking is known by its two ends: in such a unit it is spoken of wherever the clause may hold.
    """
    if of_attributes(limb):
        return definite(limb) is True
    speaks, loosely = touches(limb, definite)
    if not speaks:
        speaks, loosely = touches(limb, presuming)
    if not speaks:
        return False
    if not loosely or presuming(scope) is True:
        return True
    noticed = [(a, r.value) for a in atoms(limb) if (r := definite.read(a)).noticed]
    if any(getattr(a, "thing", None) in distinctive for a, _ in noticed):
        return True
    lacking = any(isinstance(a, Unlinked) and v is not None and v.state in _LACKING for a, v in noticed)
    return lacking and ours and presuming(scope) is not False


def _status(clause: Clause, truth: Truth, likely: Truth, scope: Truth, touched: bool) -> Status:
    if scope is False:
        return Status.OUT_OF_SCOPE
    if truth is False:
        return Status.REFUTED
    if not touched:
        return Status.UNTOUCHED
    if clause.executability != "full":
        return Status.EXPERT
    if truth is True:
        return Status.HIT
    return Status.PRESUMED if likely is True else Status.OPEN


def _missing(
    clause: Clause,
    scope: Condition,
    touched: list[Condition],
    definite: Valuation,
    presuming: Valuation,
) -> tuple[str, ...]:
    """The facts still to be known, those of the defect first, the industry last.

    Presumptions save questions; where one stands against the clause it is asked after all: it never refutes.
    """
    limbs: list[frozenset[str]] = [s for limb in touched if (s := support(limb, True, presuming)) is not None]
    smallest = min(limbs, key=lambda s: (len(s), sorted(s)), default=frozenset[str]())
    ordered = sorted(smallest)
    around = [*clause.premises, *map(_unless, clause.exceptions), scope]
    for condition in around:
        needed = support(condition, True, presuming)
        ordered += sorted(needed if needed is not None else support(condition, True, definite) or ())
    return tuple(dict.fromkeys(ordered))


def _refuting(condition: Condition, valuation: Valuation) -> tuple[str, ...]:
    """The facts whose values make a false condition false."""
    if is_atom(condition):
        return (condition.fact,) if valuation(condition) is False else ()
    if isinstance(condition, Not):
        return tuple(dict.fromkeys(a.fact for a in atoms(condition.part) if valuation(a) is not None))
    parts: Iterable[Condition] = condition.parts
    if isinstance(condition, All):
        parts = [p for p in condition.parts if valuation(p) is False][:1]
    return tuple(dict.fromkeys(f for p in parts for f in _refuting(p, valuation)))


def _presumed(condition: Condition, presuming: Valuation) -> tuple[FactValue, ...]:
    found: dict[str, FactValue] = {}
    for atom in atoms(condition):
        r = presuming.read(atom)
        if r.value is not None and r.value.presumed and r.truth is not None:
            found[r.value.fact] = r.value
    return tuple(found.values())


def _spoken(limbs: Iterable[Condition], valuation: Valuation) -> list[Spoken]:
    """The atoms that the finding speaks of."""
    out = []
    for limb in limbs:
        for atom in atoms(limb):
            r = valuation.read(atom)
            if r.value is not None and (r.truth is True or r.noticed):
                out.append((atom, r.value, r.rule))
    return out


def _strength(spoken: list[Spoken], in_scope: bool) -> tuple[int, ...]:
    """More facts spoken of, with their host, in a settled scope, come first."""
    firm = sum(1 for _, v, _ in spoken if not v.loose)
    hosted = sum(1 for a, v, _ in spoken if getattr(a, "host", None) and not v.loose)
    characters = sum(s.end - s.start for _, v, _ in spoken for s in v.spans)
    return (in_scope, firm, hosted, characters)
