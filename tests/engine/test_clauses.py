"""What a clause still needs: nothing once it is settled, and enough to settle it where it is open."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.clauses import support
from engine.valuation import Attributes, Valuation
from kb import KnowledgeBase
from kb.conditions import All, AnyOf, AtLeast, Not, Present, atoms
from kb.values import FactValue, State
from ontology.lexicon import Lexicon

EMPTY = KnowledgeBase(version="", standards=(), attributes={}, quantities={}, questions={})


def trees():
    """Conditions in which every atom asks a fact of its own."""

    def grown(inner):
        several = st.lists(inner, min_size=1, max_size=4).map(tuple)
        return (
            several.map(lambda p: All(parts=p))
            | several.map(lambda p: AnyOf(parts=p))
            | inner.map(lambda p: Not(part=p))
            | st.tuples(st.integers(1, 4), several).map(lambda x: AtLeast(n=min(x[0], len(x[1])), parts=x[1]))
        )

    return st.recursive(st.just(Present(thing="甲")), grown, max_leaves=8).map(numbered)


def numbered(condition):
    count = iter(range(100))

    def walk(c):
        if isinstance(c, Present):
            return Present(thing=f"物{next(count)}")
        if isinstance(c, Not):
            return Not(part=walk(c.part))
        return replace(c, parts=tuple(walk(p) for p in c.parts))

    return walk(condition)


def valued(condition, letters):
    """A valuation of the atoms, in order: t, f or unknown."""
    states = {"t": State.WORKING, "f": State.MISSING}
    facts = {
        a.fact: FactValue(fact=a.fact, state=states[x])
        for a, x in zip(atoms(condition), letters, strict=False)
        if x in states
    }
    return Valuation(EMPTY, Lexicon(), Attributes({}), None, facts, {})


@given(trees(), st.text("tfu", min_size=8, max_size=8), st.booleans())
def test_a_settled_condition_needs_nothing_and_a_refuted_one_cannot_be_had(tree, letters, wanted):
    valuation = valued(tree, letters)
    truth = valuation(tree)
    needed = support(tree, wanted, valuation)
    if truth is wanted:
        assert needed == frozenset()
    elif truth is not None:
        assert needed is None
    else:
        assert needed


@given(trees(), st.text("tfu", min_size=8, max_size=8), st.booleans())
def test_what_an_open_condition_needs_is_enough_to_settle_it(tree, letters, wanted):
    needed = support(tree, wanted, valued(tree, letters))
    if not needed:
        return
    free = [i for i, a in enumerate(atoms(tree)) if a.fact in needed]
    for choice in range(2 ** len(free)):
        tried = list(letters.ljust(8, "u"))
        for bit, i in enumerate(free):
            tried[i] = "t" if choice >> bit & 1 else "f"
        if valued(tree, tried)(tree) is wanted:
            return
    raise AssertionError(f"{tree}: {needed} settle nothing")


def test_of_several_counted_items_those_that_hold_already_are_not_asked_again():
    tree = numbered(AtLeast(n=2, parts=(Present(thing="甲"),) * 3))
    assert support(tree, True, valued(tree, "tuu")) in ({"物1"}, {"物2"})
