"""A site of which everything is known, answering a self-check: for property tests and benchmarks. Seeded by the caller."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.expected import is_defect, is_sound
from engine.given import given_facts
from engine.sampling import as_typed, edges, random_value
from engine.selfcheck import AND, DOES_NOT_APPLY, GATE, NOT_THERE, THERE, SelfCheck
from engine.standing import View, falls_away
from kb.values import FactValue, Interval, State

if TYPE_CHECKING:
    from engine.judge import Engine

_DEEP = 3  # kinds of kinds of places
_GONE = 0.4  # share of places and equipment that a site does not have


@dataclass(frozen=True)
class Hidden:
    """The truth of one site: every fact of the check as it would be answered, and the places that are not there."""

    answers: dict[str, str]
    gone: frozenset[str]

    def says(self, engine: Engine, question: str) -> str:
        """The honest answer to a question of the check."""
        if question.startswith(GATE):
            concepts = question.removeprefix(GATE).split(AND)
            return NOT_THERE if all(self._is_gone(engine, c) for c in concepts) else THERE
        return self.answers.get(question, DOES_NOT_APPLY)

    def _is_gone(self, engine: Engine, concept: str) -> bool:
        return bool(engine.lexicon.within(concept) & self.gone)


def hidden(check: SelfCheck, rng: random.Random, *, sound: float = 0.0, gone: float = _GONE) -> Hidden:
    """A random truth that agrees with the profile. `sound`: share of facts as a sound site would have them."""
    engine, site = check.engine, check.site
    asked = sorted({f for h in check.clauses for f in h.asks})
    hosts = sorted({h for f in asked for h in check.places_of(f)})
    missing = {
        h for h in hosts
        if rng.random() < gone and not any(h in engine.lexicon.within(p) for p in site.present)
    } | site.denied  # fmt: skip
    thresholds = edges(engine.kb)
    answers: dict[str, str] = {}
    for id in asked:
        fact = engine.facts[id]
        if falls_away(engine, fact, lambda c: min(engine.lexicon.within(c) & missing, default="")):
            continue
        if id in check.same:
            answers[id] = "否" if id in missing else "是"
        elif rng.random() < sound and (usual := check.usual(id)):
            answers[id] = as_typed(rng.choice(usual))
        else:
            answers[id] = as_typed(
                replace(_certain(random_value(fact, engine.kb, thresholds, rng)), loose=False)
            )
    return Hidden(_agreeing(check, _of_kinds(check, answers)), frozenset(missing))


def _certain(value: FactValue) -> FactValue:
    """A number as one number: a site has one, however it was measured."""
    if value.interval is None:
        return value
    return replace(value, interval=Interval.exactly(value.interval.low))


def _of_kinds(check: SelfCheck, answers: dict[str, str]) -> dict[str, str]:
    """The truth with what is wrong at a narrower kind of place wrong at the broader one too."""
    facts = check.engine.facts
    for _ in range(_DEEP):
        for broad, narrow, lack in check.pairs:
            if broad not in answers or narrow not in answers:
                continue
            above, below = (
                given_facts({f: answers[f]}, facts, check.engine.kb)[f].state for f in (broad, narrow)
            )
            if is_defect(below, lack) and (
                above is not State.MISSING if lack else not is_defect(above, lack)
            ):
                answers[broad] = answers[narrow]
            elif is_sound(above, lack) and not is_sound(below, lack):
                answers[narrow] = answers[broad]
    return answers


def _agreeing(check: SelfCheck, answers: dict[str, str]) -> dict[str, str]:
    """The truth with what follows from it: a derived attribute is what its rule says it is."""
    engine = check.engine
    for _ in engine.kb.derivations:
        facts = {**given_facts(answers, engine.facts, engine.kb), **check.site.facts}
        neutral = engine.neutral(facts)
        for rule in engine.kb.derivations:
            if neutral(rule.when) is True and rule.attribute in answers:
                answers[rule.attribute] = rule.value
    return answers


def full_view(check: SelfCheck, truth: Hidden) -> View:
    """The site as one who knew everything would judge it."""
    engine = check.engine
    facts = {**given_facts(truth.answers, engine.facts, engine.kb), **check.site.facts}
    absent = {
        f: "不存在" for h in check.clauses for f in h.asks
        if f not in truth.answers and f not in check.site.facts
    }  # fmt: skip
    return View(engine, check.check.on, facts, check.site.several, absent)


def rehearse(check: SelfCheck, truth: Hidden, most: int = 2000) -> int:
    """Answers every question the check puts, honestly; how many there were."""
    count, place = 0, ""
    while (question := check.next(place)) is not None and count < most:
        check.answer(question.id, truth.says(check.engine, question.id))
        count, place = count + 1, question.place
    return count
