"""What a new edition changes: which clauses, and the verdict of which recorded findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from engine.clauses import whole
from engine.judge import Engine, Finding
from engine.verdict import Verdict
from kb.models import Clause, Standard


@dataclass(frozen=True)
class Changes:
    """Refs only in the old edition, only in the new one, and in both with another content."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Moved:
    """A finding whose verdict or clauses differ between the last day of one edition and the first of the next."""

    text: str
    before: str
    before_refs: str
    after: str
    after_refs: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(old: Standard, new: Standard) -> Changes:
    """Clauses by their refs and conditions; editions that renumber show as removed and added."""
    before = {c.ref: c for c in old.clauses}
    after = {c.ref: c for c in new.clauses}
    both = [ref for ref in before if ref in after]
    return Changes(
        removed=tuple(r for r in before if r not in after),
        added=tuple(r for r in after if r not in before),
        changed=tuple(r for r in both if _content(before[r]) != _content(after[r])),
    )


def _content(clause: Clause) -> str:
    return f"{whole(clause)}|{clause.executability}"


def moved_verdicts(
    engine: Engine, old: Standard, new: Standard, findings: Iterable[Mapping[str, str]]
) -> list[Moved]:
    """Findings (finding, sector) judged on the last day of the old edition and the first of the new one."""
    first = new.effective
    last = (old.expired or first) - timedelta(days=1)
    out = []
    for row in findings:
        finding = Finding(text=row["finding"], industry=row.get("sector", ""), on=last)
        before, after = engine.judge(finding), engine.judge(Finding(**(finding.__dict__ | {"on": first})))
        shown = Moved(finding.text, before.level.value, _refs(before), after.level.value, _refs(after))
        touched = {old.id, new.id} & {
            r.clause.standard for v in (before, after) for r in (*v.decisive, *v.open)
        }
        if touched and (shown.before, shown.before_refs) != (shown.after, shown.after_refs):
            out.append(shown)
    return out


def _refs(verdict: Verdict) -> str:
    return "、".join(r.clause.ref for r in (*verdict.decisive, *verdict.open)) or "无"
