"""Derived facts: attributes that other facts settle by a rule of its own (高瓦斯矿井, 重大危险源).

They are derived before any clause is judged, so that both evaluators see the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.valuation import Attributes, Valuation
from engine.verdict import Contradiction
from kb.conditions import atoms
from kb.models import Derivation
from kb.values import FactValue, Span

DERIVED = "推导"


def derive(
    facts: Mapping[str, FactValue],
    derivations: tuple[Derivation, ...],
    attributes: Attributes,
    valuation: Callable[[Mapping[str, FactValue]], Valuation],
) -> tuple[dict[str, FactValue], list[Contradiction]]:
    """The facts with what follows from them, and where what follows denies what was said.

    Where a derived value excludes what was said or given, that is a contradiction and either may hold.
    """
    known, clashes = dict(facts), []
    clashed: set[str] = set()
    for _ in derivations:  # a derivation may rest on another one: at most this many rounds
        added = False
        definite = valuation({k: v for k, v in known.items() if not v.presumed})
        for rule in derivations:
            if rule.attribute in clashed or definite(rule.when) is not True:
                continue
            value = FactValue(
                rule.attribute, values=frozenset({rule.value}), source=DERIVED, spans=_spans(rule, known),
                note=f"{rule.restatement}（{rule.source}）",
            )  # fmt: skip
            held = known.get(rule.attribute)
            if held is not None and held.values & set(rule.beside):
                continue
            if held is not None and attributes.exclude(rule.attribute, held.values, value.values):
                clashed.add(rule.attribute)
                clashes.append(Contradiction(rule.attribute, held, value))
                known[rule.attribute] = replace(held, values=held.values | value.values)
            elif held is None or attributes.holds(rule.attribute, held.values, value.values) is not True:
                known[rule.attribute] = value
                added = True
        if not added:
            break
    return known, clashes


def _spans(rule: Derivation, known: Mapping[str, FactValue]) -> tuple[Span, ...]:
    """The characters of the facts that the rule stands on."""
    values = (known[a.fact] for a in atoms(rule.when) if a.fact in known)
    return tuple(dict.fromkeys(s for v in values for s in v.spans))
