"""Asking what is still needed, one question at a time. Pure: the terminal and the web page both use it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from engine.clauses import whole
from engine.given import given_facts
from engine.judge import Engine, Finding
from engine.verdict import Question, Verdict
from kb.conditions import Has, atoms

UNSURE = "不清楚"


@dataclass(frozen=True)
class Interview:
    """A finding with the answers so far (in order) and the facts the user could not tell."""

    finding: Finding
    answers: tuple[tuple[str, str], ...] = ()
    unsure: frozenset[str] = field(default_factory=frozenset)

    @property
    def so_far(self) -> Finding:
        """The finding with every answer as a given fact."""
        return replace(self.finding, facts={**self.finding.facts, **dict(self.answers)})

    def next(self, verdict: Verdict) -> Question | None:
        """The open question that settles most, of those not yet put; None when none is left.

        `verdict` is the verdict on `so_far`, so a question that no longer matters is not in it.
        """
        put = {fact for fact, _ in self.answers} | self.unsure
        return next((q for q in verdict.questions if q.fact not in put), None)

    def answer(self, engine: Engine, question: Question, value: str) -> Interview:
        """With one more answer. Raises kb.BadInput, saying what is allowed, when the value does not fit."""
        if value.strip() == UNSURE:
            return replace(self, unsure=self.unsure | {question.fact})
        given_facts({question.fact: value}, engine.facts, engine.kb)
        kept = tuple(a for a in self.answers if a[0] != question.fact)
        return replace(self, answers=(*kept, (question.fact, value)), unsure=self.unsure - {question.fact})

    def correct(self, engine: Engine, question: Question, value: str) -> Interview:
        """With an answer that replaces what the text was read to say. Raises kb.BadInput like `answer`."""
        held = self.answer(engine, question, value)
        finding = replace(held.finding, corrected=held.finding.corrected | {question.fact})
        return replace(held, finding=finding)

    def undo(self, fact: str) -> Interview:
        """Without the answer or correction on one fact: it is asked again, or read from the text again."""
        return replace(
            self,
            finding=replace(self.finding, corrected=self.finding.corrected - {fact}),
            answers=tuple(a for a in self.answers if a[0] != fact),
            unsure=self.unsure - {fact},
        )


def named_values(verdict: Verdict, question: Question) -> tuple[str, ...]:
    """Of the options of a question about an attribute, those that the clauses of the verdict name, in their order.

    What is known already is no answer and left out.
    """
    known = {x for v in verdict.facts if v.fact == question.fact and not v.presumed for x in v.values}
    named = {
        value
        for r in (*verdict.decisive, *verdict.open)
        for a in atoms(whole(r.clause, verdict.standards[r.clause.standard].scope))
        if isinstance(a, Has) and a.fact == question.fact
        for value in a.values
    }
    return tuple(o for o in question.options if o in named - known)


def option(question: Question, typed: str) -> str:
    """The answer meant by what was typed: an option's number counted from 1, or the words themselves."""
    text = typed.strip()
    choices = (*question.options, UNSURE)
    if question.options and text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    return text
