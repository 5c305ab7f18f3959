"""Strong Kleene logic: unknown is a value, and more facts never unsettle what is settled."""

from hypothesis import given
from hypothesis import strategies as st

from engine.logic import Truth, at_least, conjunction, disjunction, evaluate, negation
from kb.conditions import All, AnyOf, AtLeast, Condition, Not, Present, atoms

truths = st.sampled_from([True, False, None])
leaves: st.SearchStrategy[Condition] = st.sampled_from([Present(thing=n) for n in "甲乙丙丁戊"])
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda p: All(parts=tuple(p)), st.lists(inner, max_size=3)),
        st.builds(lambda p: AnyOf(parts=tuple(p)), st.lists(inner, max_size=3)),
        st.builds(lambda p: Not(part=p), inner),
        st.builds(
            lambda p: AtLeast(n=min(2, len(p)), parts=tuple(p)), st.lists(inner, min_size=1, max_size=4)
        ),
    ),
    max_leaves=8,
)
worlds = st.fixed_dictionaries({n: truths for n in "甲乙丙丁戊"})


def value(condition: Condition, world: dict[str, Truth]) -> Truth:
    return evaluate(condition, lambda a: world[a.fact])


@given(st.lists(truths, max_size=6))
def test_且_and_或_are_duals(values: list[Truth]) -> None:
    assert negation(conjunction(values)) == disjunction(negation(v) for v in values)


@given(conditions, worlds, worlds)
def test_more_facts_never_change_a_settled_value(
    condition: Condition, world: dict[str, Truth], more: dict[str, Truth]
) -> None:
    before = value(condition, world)
    after = value(condition, {k: more[k] if v is None else v for k, v in world.items()})
    assert before is None or after == before


@given(conditions, worlds)
def test_without_unknowns_everything_is_settled(condition: Condition, world: dict[str, Truth]) -> None:
    settled = {k: v is True for k, v in world.items()}
    assert value(condition, settled) is not None  # type: ignore[arg-type]


@given(st.lists(truths, min_size=1, max_size=6), st.integers(1, 6))
def test_至少_agrees_with_counting_every_completion(values: list[Truth], n: int) -> None:
    fewest, most = values.count(True), values.count(True) + values.count(None)
    expected = True if fewest >= n else False if most < n else None
    assert at_least(n, values) == expected


@given(conditions)
def test_a_condition_reads_only_its_own_atoms(condition: Condition) -> None:
    asked: set[str] = set()

    def note(atom: object) -> Truth:
        asked.add(atom.fact)  # type: ignore[attr-defined]
        return None

    evaluate(condition, note)
    assert asked <= {a.fact for a in atoms(condition)}
