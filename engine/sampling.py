"""Random facts over what the clauses ask, for property tests and benchmarks. Seeded by the caller."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

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
