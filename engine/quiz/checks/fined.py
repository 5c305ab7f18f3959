"""Fines and other penalties: the amount keyed, against the measures the register sets for that breach."""

from __future__ import annotations

from engine.quiz.alarms import Found
from engine.quiz.checks.asked import Asked


def check(asked: Asked, found: Found) -> None:
    """Amounts of money and time, by the measures for the breach told."""
    asked.book.fines.check(asked.item, asked.statements, found)
