"""Shared by all tests: one engine over the shipped knowledge base."""

from datetime import date

import pytest

from engine import Engine, open_engine
from engine.quiz.audit import Auditor


@pytest.fixture(scope="session")
def engine() -> Engine:
    return open_engine(crosscheck=False)


@pytest.fixture(scope="session")
def auditor(engine: Engine) -> Auditor:
    """The audit of question banks on one day."""
    return Auditor(engine, date(2026, 11, 29))
