"""Every interactive verdict by a second evaluator: durable-rules fires the same clauses.

If it is missing or breaks, the answer stands on the reference evaluator alone and says so.
If the two differ, the verdict is withheld by the caller.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from engine.clauses import ClauseResult, whole
from engine.durable import DurableEvaluator, DurableUnavailable
from engine.logic import Truth
from engine.valuation import Valuation
from kb.conditions import Atom, Condition, atoms
from kb.models import Clause, KnowledgeBase

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """One comparison: whether the two agreed (None: the second gave no answer), and a note for the user."""

    agreed: bool | None
    note: str = ""


def describe(checks: Sequence[Checked], asked: bool) -> str:
    """Which evaluators stand behind a verdict, for the user."""
    if not checks:
        return "没有触及任何条款，无须比对" if asked else "仅参考判定器"
    agreed = all(c.agreed is True for c in checks)
    return "参考判定器与 durable-rules 一致" if agreed else "仅参考判定器"


def _shard(clause: Clause) -> str:
    """The rules that are fired together: an article, so that one finding does not pay for a whole standard."""
    return f"{clause.standard}/{clause.file}"


class CrossCheck:
    """Compares the reference evaluator with durable-rules, clause by clause. Keeps no state of its own."""

    def __init__(self, kb: KnowledgeBase) -> None:
        shards: dict[str, dict[str, Condition]] = defaultdict(dict)
        for standard in kb.standards:
            for clause in standard.clauses:
                shards[_shard(clause)][clause.id] = whole(clause, standard.scope)
        self._conditions = dict(shards)
        self._durable = DurableEvaluator(shards)
        self._atoms = cache(self._atoms_of)  # the comparer's own: goes when it goes

    def prepare(self) -> None:
        """Start the second evaluator's process without waiting for it."""
        self._durable.prepare()

    def _atoms_of(self, shard: str) -> dict[str, Atom]:
        """The atoms of a shard by what they ask."""
        return {str(a): a for c in self._conditions[shard].values() for a in atoms(c)}

    def compare(
        self,
        results: Sequence[ClauseResult],
        definite: Valuation,
        presuming: Valuation,
    ) -> Checked:
        """Whether both evaluators give these clauses the same values."""
        shards = list(dict.fromkeys(_shard(r.clause) for r in results))
        batch = [self._values(shards, definite), self._values(shards, presuming)]
        try:
            firm, likely = self._durable.evaluate_many(batch, shards)
        except DurableUnavailable as error:
            log.warning("durable-rules unavailable: %s", error)
            return Checked(None, f"durable-rules 判定器不可用（{error}），本次只用参考判定器")
        for r in results:
            settled = True if r.definite is True else likely[r.clause.id]
            if firm[r.clause.id] != r.definite or settled != r.with_presumptions:
                log.error("evaluators differ on %s: %s", r.clause.id, batch)
                return Checked(False)
        return Checked(True, self._durable.note or "")

    def _values(self, shards: Iterable[str], valuation: Valuation) -> dict[str, Truth]:
        return {key: valuation(atom) for s in shards for key, atom in self._atoms(s).items()}

    def close(self) -> None:
        self._durable.close()
