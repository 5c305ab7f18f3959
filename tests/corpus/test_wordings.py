"""The wordings the learned net is trained on: form, completeness, and clauses that exist."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.wordings import NONE, Wording, read_wordings, sampled
from kb import BadInput, load


def test_alternatives_expand_to_every_combination() -> None:
    wording = Wording("s/r", 1, "{机房|库房}没装{报警器|}", "", 0)
    assert wording.expand() == ["机房没装报警器", "机房没装", "库房没装报警器", "库房没装"]


def test_the_same_seed_draws_the_same_wordings() -> None:
    held = [Wording("s/r", 1, "{一|二|三|四}{五|六|七|八}", "", 0)]
    assert list(sampled(held, 5, 1)) == list(sampled(held, 5, 1))
    assert len(list(sampled(held, 5, 1))) == 5


def test_a_line_before_any_section_or_with_a_broken_slot_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("没有节\n[r]\n{a|b\n", "utf-8")
    with pytest.raises(BadInput) as error:
        read_wordings(tmp_path)
    assert [p.line for p in error.value.problems] == [1, 3]


def test_every_wording_speaks_of_a_clause_that_there_is() -> None:
    clauses = {c.id: len(c.limbs) for c in load().clauses()}
    for wording in read_wordings():
        where = f"{wording.file}:{wording.line}"
        assert wording.clause == NONE or wording.clause in clauses, where
        assert wording.clause == NONE or wording.limb <= clauses[wording.clause], where


def test_every_limb_of_a_standard_with_wordings_has_at_least_twenty() -> None:
    counts: Counter[tuple[str, int]] = Counter()
    for w in read_wordings():
        counts[w.clause, w.limb or 1] += len(set(w.expand()))
    begun = {c.partition("/")[0] for c, _ in counts if c != NONE}
    short = {
        (c.id, limb): counts[c.id, limb]
        for c in load().clauses() if c.standard in begun
        for limb in range(1, len(c.limbs) + 1) if counts[c.id, limb] < 20
    }  # fmt: skip
    assert short == {}
