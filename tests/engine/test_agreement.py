"""The two evaluators mean the same: fuzzed over every clause with a fixed seed."""

import random
from datetime import date

import pytest

from engine import Engine
from engine.clauses import whole
from engine.durable import DurableEvaluator
from engine.logic import evaluate
from engine.sampling import random_facts
from engine.valuation import presumptions
from kb.conditions import Atom, atoms

pytest.importorskip(
    "durable", reason="durable-rules is not built here: Panding runs on the reference evaluator alone"
)

VERDICTS = 100_000


def test_reference_and_durable_rules_agree_on_a_hundred_thousand_verdicts(engine: Engine) -> None:
    rng = random.Random(20261124)
    kb = engine.kb
    rules = {s.id: {c.id: whole(c, s.scope) for c in s.clauses} for s in kb.standards}
    keys: dict[str, dict[str, Atom]] = {
        s: {str(a): a for c in conditions.values() for a in atoms(c)} for s, conditions in rules.items()
    }
    seen, different, values = 0, [], {True: 0, False: 0, None: 0}
    with DurableEvaluator(rules, timeout=20) as durable:
        while seen < VERDICTS:
            for standard in kb.standards:
                near = rng.sample(standard.clauses, k=min(3, len(standard.clauses)))
                facts = random_facts(engine.facts, kb, rng, near)
                both = engine.valuations(standard, facts, presumptions(kb, date(2026, 11, 24), facts))
                batch = [{k: v(a) for k, a in keys[standard.id].items()} for v in both]
                for valuation, answers in zip(both, durable.evaluate_many(batch, [standard.id]), strict=True):
                    for id, condition in rules[standard.id].items():
                        expected = evaluate(condition, valuation)
                        values[expected] += 1
                        seen += 1
                        if answers[id] is not expected:
                            different.append((id, expected, answers[id]))
    assert different == []
    assert min(values.values()) > 0, values
