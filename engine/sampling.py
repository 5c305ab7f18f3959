"""Random facts over what the clauses ask, for property tests and benchmarks. Seeded by the caller."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

from kb.conditions import Compare, atoms
from kb.models import Clause, KnowledgeBase
from kb.units import convert
from kb.values import FactValue, Interval, State
from ontology.facts import Fact, clause_atoms


def edges(kb: KnowledgeBase) -> dict[str, list[float]]:
    """Fact id of each quantity -> its thresholds, in the fact's unit."""
    found: dict[str, list[float]] = {}
    for clause in kb.clauses():
        for atom in (a for part in clause.limbs for a in atoms(part)):
            if isinstance(atom, Compare):
                unit = kb.quantities[atom.quantity].unit if atom.quantity in kb.quantities else atom.unit
                bound = convert(atom.value, atom.unit, unit)
                found.setdefault(atom.fact, []).append(atom.value if bound is None else bound)
    return found


def random_value(
    fact: Fact, kb: KnowledgeBase, thresholds: Mapping[str, list[float]], rng: random.Random
) -> FactValue:
    """A value a fact could have, numbers on and beside their thresholds."""
    if fact.kind == "属性":
        values = list(kb.attributes[fact.id].ancestors())
        return FactValue(fact.id, values=frozenset({rng.choice(values)}))
    if fact.kind == "数量":
        bound = rng.choice(thresholds.get(fact.id) or [1.0])
        low = bound * rng.choice([0.5, 1, 1, 1.5])
        high = rng.choice([low, low, bound * 2])
        return FactValue(
            fact.id, interval=Interval(low, max(low, high), low_open=rng.random() < 0.2), unit=fact.unit
        )
    return FactValue(fact.id, state=rng.choice(list(State)), loose=rng.random() < 0.1)


def random_facts(
    facts: Mapping[str, Fact],
    kb: KnowledgeBase,
    rng: random.Random,
    clauses: Iterable[Clause] = (),
    density: float = 0.15,
) -> dict[str, FactValue]:
    """A random world: some of all facts, and most facts of the clauses named, so that they come close."""
    thresholds = edges(kb)
    near = {a.fact for c in clauses for a in clause_atoms(c)}
    return {
        f.id: random_value(f, kb, thresholds, rng)
        for f in facts.values()
        if f.question and rng.random() < (0.8 if f.id in near else density)
    }


def typical_row(
    facts: Mapping[str, Fact],
    kb: KnowledgeBase,
    rng: random.Random,
    clauses: Sequence[Clause],
    thresholds: Mapping[str, list[float]],
) -> dict[str, str]:
    """Given facts as a row of a checklist holds them: one defect of one clause, most of what surrounds it, and
    now and then something else; numbers on and beside their thresholds, written as people type them."""
    clause = rng.choice(clauses)
    limb = rng.choice(clause.limbs)
    near = {a.fact: 0.9 for a in atoms(limb)}
    for part in (clause.scope, *clause.premises, *clause.exceptions):
        near |= {a.fact: 0.6 for a in atoms(part) if a.fact not in near}
    few = dict(list(near.items())[:6])
    other = rng.choice(tuple(facts)) if rng.random() < 0.3 else ""
    chosen = [f for f, likely in few.items() if rng.random() < likely] + [other] * bool(other)
    return {f: as_typed(random_value(facts[f], kb, thresholds, rng)) for f in chosen if f in facts}


def as_typed(value: FactValue) -> str:
    """A value as `--fact` takes it; of an interval its lower end."""
    if value.state is not None:
        return value.state.value
    if value.interval is not None:
        return f"{'>' if value.interval.low_open else ''}{value.interval.low:g}{value.unit}"
    return "|".join(sorted(value.values))
