"""Words that begin with how many there are ({数}处连墙件): any number reads as one, in words or in figures."""

import pytest

from corpus.terms import TermFinder
from ontology.lexicon import Concept, Lexicon

FINDER = TermFinder(
    Lexicon({
        "拉杆": Concept("拉杆", "物", ("拉杆",)),
        "部分拉杆": Concept("部分拉杆", "物", ("部分拉杆", "{数}根拉杆"), ("拉杆",)),
    })
)  # fmt: skip


@pytest.mark.parametrize("many", ["三", "两", "几", "多", "十几", "1", "12"])
def test_any_number_of_things_is_one_word_and_hides_the_thing_alone(many: str) -> None:
    text = f"缺少{many}根拉杆"
    assert [(t.concept, t.text) for t in FINDER.find(text) if t.concept] == [("部分拉杆", f"{many}根拉杆")]


def test_the_thing_without_a_number_is_the_thing_itself() -> None:
    assert [t.concept for t in FINDER.find("缺少拉杆") if t.concept] == ["拉杆"]
