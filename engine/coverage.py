"""What is encoded of each standard, and how far: the table of `panding coverage` and of the web page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.models import KnowledgeBase, Standard


@dataclass(frozen=True)
class Row:
    """One standard in numbers: items listed, and how many are full, judgement, blocked, not encoded.

    `unheld`: what is known of items that are not listed, because not even their numbers are held.
    """

    standard: str
    title: str
    doc_no: str
    domain: str
    grade: str
    effective: str
    expired: str
    checked_on: str
    items: int
    full: int
    judgement: int
    blocked: int
    not_encoded: int
    unheld: str


def covered(standard: Standard) -> dict[str, Any]:
    """A standard and how far each of its items is encoded (full, judgement, blocked)."""
    clauses = {c.ref: c for c in standard.clauses}
    left_out = {n.ref: n for n in standard.not_encoded}
    items = []
    for ref in dict.fromkeys((*standard.items, *clauses, *left_out)):
        held = clauses.get(ref) or left_out.get(ref)
        items.append(
            {
                "ref": ref,
                "executability": held.executability if held else "blocked",
                "encoded": ref in clauses,
                "reason": held.reason if held else "未说明",
            }
        )
    return {
        "standard": standard.id,
        "title": standard.title,
        "doc_no": standard.doc_no,
        "domain": standard.domain,
        "grade": standard.grade,
        "effective": standard.effective.isoformat(),
        "expired": standard.expired.isoformat() if standard.expired else None,
        "checked_on": standard.checked_on.isoformat(),
        "items": items,
        "unheld": standard.unheld,
    }


def coverage(kb: KnowledgeBase) -> list[Row]:
    """One row for each standard, in the order of the knowledge base."""
    rows = []
    for standard in kb.standards:
        table = covered(standard)
        grades = [i["executability"] for i in table["items"] if i["encoded"]]
        rows.append(
            Row(
                standard=standard.id,
                title=standard.title,
                doc_no=standard.doc_no,
                domain=standard.domain,
                grade=standard.grade,
                effective=table["effective"],
                expired=table["expired"] or "",
                checked_on=table["checked_on"],
                items=len(table["items"]),
                full=grades.count("full"),
                judgement=grades.count("judgement"),
                blocked=grades.count("blocked"),
                not_encoded=sum(not i["encoded"] for i in table["items"]),
                unheld=standard.unheld,
            )
        )
    return rows
