"""Every interactive verdict by a second evaluator: durable-rules fires the same clauses.

If it is missing or breaks, the answer stands on the reference evaluator alone and says so.
If the two differ, the verdict is withheld by the caller.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from engine.clauses import ClauseResult, whole
from engine.durable import DurableEvaluator, DurableUnavailable
from engine.logic import Truth
from engine.valuation import Valuation
from kb.conditions import Atom, atoms
from kb.models import KnowledgeBase, Standard

log = logging.getLogger(__name__)


class CrossCheck:
    """Compares the reference evaluator with durable-rules, clause by clause."""

    def __init__(self, kb: KnowledgeBase) -> None:
        conditions = {s.id: {c.id: whole(c, s.scope) for c in s.clauses} for s in kb.standards}
        self._atoms: dict[str, dict[str, Atom]] = {
            s: {str(a): a for c in rules.values() for a in atoms(c)} for s, rules in conditions.items()
        }
        self._durable = DurableEvaluator(conditions)
        self._alone = ""

    def agrees(
        self,
        standard: Standard,
        results: Sequence[ClauseResult],
        definite: Valuation,
        presuming: Valuation,
    ) -> tuple[bool, str]:
        """Whether both evaluators give these clauses the same values; and a note for the user, if any."""
        batch = [self._values(standard.id, definite), self._values(standard.id, presuming)]
        try:
            firm, likely = self._durable.evaluate_many(batch, [standard.id])
        except DurableUnavailable as error:
            self._alone = f"durable-rules 判定器不可用（{error}），本次只用参考判定器"
            log.warning("%s", self._alone)
            return True, self._alone
        self._alone = ""
        for r in results:
            if (
                firm[r.clause.id] != r.definite
                or _settled(r.definite, likely[r.clause.id]) != r.with_presumptions
            ):
                log.error("evaluators differ on %s: %s", r.clause.id, batch)
                return False, ""
        return True, self._durable.note or ""

    def _values(self, standard: str, valuation: Valuation) -> dict[str, Truth]:
        return {key: valuation(atom) for key, atom in self._atoms[standard].items()}

    def describe(self) -> str:
        """Which evaluators stand behind the latest verdict, for the user."""
        return "仅参考判定器" if self._alone else "参考判定器与 durable-rules 一致"

    def close(self) -> None:
        self._durable.close()


def _settled(definite: Truth, likely: Truth) -> Truth:
    return True if definite is True else likely
