"""Concepts, facts and (later) the responsibility graph. Imports kb only.

Front door: `read_lexicon()` and `build_facts(kb, lexicon)`.
"""

from ontology.facts import Fact, build_facts, clause_atoms
from ontology.lexicon import Concept, Lexicon, read_lexicon

__all__ = ["Concept", "Fact", "Lexicon", "build_facts", "clause_atoms", "read_lexicon"]
