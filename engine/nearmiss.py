"""再有一项即构成: clauses that one fact more, or one fact otherwise, would make hold.

Never a verdict: only what to look at next. Each is tried with the reference evaluator before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus import INDUSTRY
from engine.clauses import DECISIVE, whole
from engine.given import given_facts
from engine.judge import Engine, Finding, Situation
from engine.valuation import Valuation
from engine.verdict import Question, Verdict
from kb.conditions import All, AtLeast, Compare, Condition, Has, Not, is_atom
from kb.models import Clause, Standard
from kb.values import FactValue
from ontology.facts import clause_atoms

MOST = 8


@dataclass(frozen=True)
class NearMiss:
    """A clause one fact away. `now`: what is known of the fact, if anything; `would`: values (as `engine.given`
    takes them) with which it holds.
    """

    clause: Clause
    standard: Standard
    question: Question
    now: FactValue | None
    would: tuple[str, ...]

    @property
    def citation(self) -> str:
        return f"《{self.standard.title}》（{self.standard.doc_no}）{self.clause.ref}"


def near_misses(engine: Engine, finding: Finding, verdict: Verdict) -> tuple[NearMiss, ...]:
    """Clauses in force, not decided by the verdict, that exactly one fact would make hold; a bound just missed first."""
    settled = {r.clause.id for r in verdict.results if r.status in DECISIVE}
    found: dict[str, tuple[int, NearMiss]] = {}
    for situation in engine.situations(finding).situations:
        for clause in _speaking(engine, situation, verdict):
            if clause.id not in settled and clause.id not in found:
                near = _near(engine, situation, clause)
                if near:
                    found[clause.id] = near
    ranked = sorted(found.values(), key=lambda n: (n[1].now is None or n[1].now.interval is None, -n[0]))
    return tuple(near for _, near in ranked[:MOST])


@lru_cache(maxsize=4)
def _by_fact(engine: Engine) -> Mapping[str, tuple[Clause, ...]]:
    """Fact -> clauses that ask it anywhere, the scope of the standard apart."""
    found: dict[str, list[Clause]] = {}
    for clause in engine.kb.clauses():
        if clause.executability == "full":
            for fact in {a.fact for a in clause_atoms(clause)}:
                found.setdefault(fact, []).append(clause)
    return {f: tuple(c) for f, c in found.items()}


def _speaking(engine: Engine, situation: Situation, verdict: Verdict) -> Iterator[Clause]:
    """Clauses in force that ask a fact known of the site, other than its trade."""
    known = _by_fact(engine)
    clauses = {c.id: c for f in situation.facts if f != INDUSTRY for c in known.get(f, ())}
    yield from (c for c in clauses.values() if engine.standards[c.standard].in_force(verdict.on))


def _near(engine: Engine, situation: Situation, clause: Clause) -> tuple[int, NearMiss] | None:
    """How many of its conditions are met, and the near miss; None where it is not one."""
    standard = engine.standards[clause.standard]
    definite, presuming = engine.valuations(standard, situation.facts, situation.presumed)
    condition = whole(clause, standard.scope)
    lacking = _lacking(condition, True, presuming)
    if len(lacking) != 1 or INDUSTRY in lacking:
        return None
    (fact,) = lacking
    now = situation.facts.get(fact)
    met = [a for a in clause_atoms(clause) if a.fact not in (fact, INDUSTRY) and definite(a) is True]
    if not met and (now is None or now.interval is None):
        return None

    def holds(typed: str) -> bool:
        facts = {**situation.facts, **given_facts({fact: typed}, engine.facts, engine.kb)}
        return engine.valuations(standard, facts, situation.presumed)[1](condition) is True

    would = tuple(v for v in _candidates(engine, clause, fact) if holds(v))
    return (len(met), NearMiss(clause, standard, engine.question(fact), now, would)) if would else None


def _candidates(engine: Engine, clause: Clause, fact: str) -> Iterator[str]:
    """Values that may make the clause hold: those it names, else those offered as answers."""
    asked = [a for a in clause_atoms(clause) if a.fact == fact]
    bounds = [a for a in asked if isinstance(a, Compare)]
    named = [v for a in asked if isinstance(a, Has) for v in a.values]
    if bounds:
        yield from dict.fromkeys(
            f"{cmp}{a.value:g}{a.unit}" for a in bounds for cmp in (a.cmp, _OTHER[a.cmp])
        )
    else:
        yield from named or engine.facts[fact].options


_OTHER = {">": "<=", "<=": ">", "<": ">=", ">=": "<"}


def _lacking(condition: Condition, wanted: bool, valuation: Valuation) -> frozenset[str]:
    """The smallest set of facts, unknown or known otherwise, that would have to be different."""
    if is_atom(condition):
        return frozenset() if valuation(condition) is wanted else frozenset({condition.fact})
    if isinstance(condition, Not):
        return _lacking(condition.part, not wanted, valuation)
    found = sorted(
        (_lacking(p, wanted, valuation) for p in condition.parts), key=lambda f: (len(f), sorted(f))
    )
    if isinstance(condition, AtLeast):
        need = condition.n if wanted else len(condition.parts) - condition.n + 1
    else:
        need = len(condition.parts) if isinstance(condition, All) is wanted else min(1, len(condition.parts))
    return frozenset(f for chosen in found[:need] for f in chosen)
