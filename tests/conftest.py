"""Shared by all tests: one engine over the shipped knowledge base."""

import pytest

from engine import Engine, open_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    return open_engine(crosscheck=False)
