"""What the industry field of a finding settles, read from the sector concepts (type 业) alone.

Apart from the reader: a label needs none of its tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from corpus.reading import INDUSTRY
from kb.models import KnowledgeBase
from kb.values import FactValue
from ontology.lexicon import Concept, Lexicon

_FIRM = re.compile(
    "(?:有限|责任|股份)*公司$|[工]?厂$|企业$|行业$|业$"
)  # says that it is a firm, not of which trade
_ALIKE = 0.5  # of difflib's ratio: one character of two


class Industries:
    """Reads industry labels and loose hints."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self._kb = kb
        self._sectors = [c for c in lexicon.concepts.values() if c.type == "业"]

    def context(self, industry: str) -> tuple[dict[str, FactValue], frozenset[str]]:
        """What an industry label or loose hint (工贸-粉尘) settles: attributes, and domains of standards."""
        words = [w for w in re.split(r"[-—_/、,，\s（）()]+", industry) if w]
        found: dict[str, list[FactValue]] = defaultdict(list)
        domains: set[str] = set()
        tree = self._kb.attributes.get(INDUSTRY)
        if tree and industry.strip() in tree.ancestors():
            return {
                "行业": FactValue("行业", values=frozenset({industry.strip()}), source="给定")
            }, frozenset()
        whole = [c for c in self._sectors if industry.strip() in c.labels]
        for sectors in [whole] if whole else map(self._sector, words):
            for concept in sectors:
                if concept.domain:
                    domains.add(concept.domain)
                for name, value in concept.implies:
                    said = FactValue(name, values=frozenset({value}), source="给定")
                    # of two trades in one hint (燃气-餐饮) the later word is the narrower
                    found[name] = [v for v in found[name] if not self._other(name, v.values, value)] + [said]
        return {k: joined(v, self._kb) for k, v in found.items()}, frozenset(domains)

    def nearest(self, label: str, most: int = 3) -> tuple[str, ...]:
        """Words for industries that are written much like a label nobody knows, the likest first."""
        tree = self._kb.attributes.get(INDUSTRY)
        known = [*(tree.ancestors() if tree else ()), *(name for c in self._sectors for name in c.labels)]
        word = _FIRM.sub("", label.strip()) or label.strip()
        return tuple(get_close_matches(word, dict.fromkeys(known), n=most, cutoff=_ALIKE))

    def _other(self, attribute: str, held: frozenset[str], value: str) -> bool:
        """Whether a value excludes those held: neither the same nor broader nor narrower."""
        tree = self._kb.attributes.get(attribute)
        above = tree.ancestors() if tree else {}
        return all(
            value != h and value not in above.get(h, ()) and h not in above.get(value, ()) for h in held
        )

    def _sector(self, word: str) -> Iterable[Concept]:
        """The sector concepts (type 业) of a word, else those inside it."""
        exact = [c for c in self._sectors if word in c.labels]
        return exact or [c for c in self._sectors if any(label in word for label in c.labels)]


def joined(values: list[FactValue], kb: KnowledgeBase) -> FactValue:
    """Several words for one attribute: all their values, narrowest only, and all their characters."""
    if len(values) == 1 and len(values[0].values) == 1 and len(values[0].spans) < 2:
        return values[0]
    names = frozenset().union(*(v.values for v in values))
    tree = kb.attributes.get(values[0].fact)
    above = tree.ancestors() if tree else {}
    narrow = frozenset(n for n in names if not any(n in above.get(o, ()) for o in names))
    kept = [v for v in values if v.values & narrow]
    every = dict.fromkeys(s for v in kept for s in v.spans)
    spans = tuple(
        s for s in every if not any(o != s and o.start <= s.start and s.end <= o.end for o in every)
    )
    return replace(kept[0], values=narrow, spans=spans)
