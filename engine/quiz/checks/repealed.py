"""Repealed editions and documents: cited by the stem, the key or the explanation though something has taken their place."""

from __future__ import annotations

from engine.quiz.alarms import OUTDATED, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.documents import squash, tells_history


def check(asked: Asked, found: Found) -> None:
    """A document cited by the stem, the key or the explanation that no longer applies."""
    said = squash(" ".join((asked.item.stem, *asked.item.right, asked.item.explanation, asked.item.basis)))
    if tells_history(said) or asked.item.holds is False:
        return
    cited = (r for r in asked.book.repealed if asked.on >= r.until and r.pattern.search(said))
    old = next((r for r in cited if not any(k in said for k in r.kept)), None)
    if old is not None:
        reason = f"引用{old.name}，自{old.until.isoformat()}起已由{old.by}取代"
        found.alarms.append(Alarm(OUTDATED, reason, old.by))
