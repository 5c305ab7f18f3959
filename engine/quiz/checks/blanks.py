"""Words in the blank: the option that the sentence about the same has in that place, and the others have not."""

from __future__ import annotations

from engine.quiz.alarms import Found
from engine.quiz.checks.asked import Asked


def check(asked: Asked, found: Found) -> None:
    """Every option tried on the sentences most like the stem."""
    if not asked.answers_yes_or_no and not asked.of_levels_or_documents and not asked.of_several_trades:
        asked.cloze.check(found)
