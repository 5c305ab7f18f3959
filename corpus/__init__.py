"""Reading Chinese text. Imports ontology and kb.

Front door: `Reader(kb, lexicon, facts).read(text)` gives a `TextReading`.
"""

from corpus.reader import Instance, Reader, TextReading

__all__ = ["Instance", "Reader", "TextReading"]
