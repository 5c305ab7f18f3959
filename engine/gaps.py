"""Words of findings that no concept knows: what the lexicon still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.tables import Row
from engine.judge import Engine


@dataclass(frozen=True)
class Gap:
    """A stretch of text not read, how often it occurs, and the first finding it stands in."""

    word: str
    count: int
    example: str


def gaps(engine: Engine, rows: Iterable[Row]) -> list[Gap]:
    """What was not read in the findings of rows, most frequent first; rows without a finding are passed over."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for row in rows:
        text = row.fields.get("finding")
        if not isinstance(text, str):
            continue
        context, _ = engine.reader_context(str(row.fields.get("industry", "")))
        industries = context["行业"].values if "行业" in context else frozenset[str]()
        for span in engine.reader.read(text, str(row.fields.get("facility", "")), industries).unread:
            counts[span.text] += 1
            examples.setdefault(span.text, text[:60])
    return [Gap(word, count, examples[word]) for word, count in counts.most_common()]
