"""Judging findings. Imports corpus, ontology and kb.

Front door: `open_engine()` gives an `Engine`; `Engine.judge(Finding(...))` gives a `Verdict`.
"""

from engine.judge import Engine, Finding
from engine.verdict import Level, Verdict

__all__ = ["Engine", "Finding", "Level", "Verdict", "open_engine"]


def open_engine(*, crosscheck: bool = True) -> Engine:
    """The engine over the shipped knowledge base. Raises kb.BadInput when the knowledge base is faulty."""
    from engine.crosscheck import CrossCheck
    from kb import BadInput, load
    from kb.national import load_national
    from ontology import read_lexicon

    kb = load()
    second = CrossCheck(kb) if crosscheck else None
    if second:
        second.prepare()  # its process starts while the words are read
    lexicon = read_lexicon()
    if lexicon.problems:
        raise BadInput(lexicon.problems)
    return Engine(kb, lexicon, crosscheck=second or False, registers=load_national)
