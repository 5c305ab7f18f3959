"""Knowledge as data, and its loader. Imports nothing of ours.

Front door: `load()` gives the `KnowledgeBase`; `read_sources()` and `load_cases()` are for the checks.
"""

from kb.errors import BadInput, Problem
from kb.loader import load, load_cases, read_sources
from kb.models import Case, Clause, KnowledgeBase, Standard

__all__ = [
    "BadInput",
    "Case",
    "Clause",
    "KnowledgeBase",
    "Problem",
    "Standard",
    "load",
    "load_cases",
    "read_sources",
]
