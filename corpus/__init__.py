"""Reading Chinese text. Imports ontology and kb.

Front door: `open_reader(kb, lexicon, facts).read(text)` gives a `TextReading`; `Industries` reads an industry label.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from corpus.industry import Industries
from corpus.reading import INDUSTRY, PERMIT, Instance, TextReading

if TYPE_CHECKING:
    from corpus.reader import Reader
    from kb.models import KnowledgeBase
    from ontology.facts import Fact
    from ontology.lexicon import Lexicon

__all__ = ["INDUSTRY", "PERMIT", "Industries", "Instance", "TextReading", "open_reader"]


def open_reader(kb: KnowledgeBase, lexicon: Lexicon, facts: Mapping[str, Fact]) -> Reader:
    """The finding reader, with its tables built."""
    from corpus.reader import Reader  # late: a judgement on given facts must not wait for it

    return Reader(kb, lexicon, facts)
