"""The whole graph: valid by its shapes, the same in another store, and able to answer the documented queries."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from ontology.graph import shapes, uri, validate, whole_graph
from ontology.skos import PD

QUERIES = sorted((Path(__file__).parents[2] / "docs" / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return whole_graph()


@pytest.fixture(scope="module")
def other_store(graph: Graph) -> Store:
    store = Store()
    store.bulk_load(input=graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    return store


def small(*triples: tuple[URIRef, URIRef, object]) -> Graph:
    graph = Graph()
    for s, p, o in triples:
        graph.add((s, p, o if isinstance(o, URIRef) else Literal(o)))
    return graph


def test_everything_that_enters_meets_the_shapes(graph: Graph) -> None:
    valid, report = validate(graph)
    assert valid, report


def test_a_task_without_a_place_or_a_source_is_refused() -> None:
    task = uri("task", "x", "1")
    valid, report = validate(small((task, RDF.type, PD["Task"])))
    assert not valid and "任务应有位置" in report and "任务应有出处" in report


def test_a_duty_without_legal_basis_is_refused() -> None:
    valid, report = validate(small((uri("duty", "X"), RDF.type, PD["Duty"])))
    assert not valid and "义务应有依据" in report


def test_an_assignment_to_a_unit_outside_the_register_is_refused() -> None:
    node = uri("assignment", "x")
    valid, report = validate(
        small(
            (node, RDF.type, PD["Assignment"]),
            (node, PD["unit"], uri("unit", "x", "无此单位")),
            (node, PD["role"], "责任"),
        )
    )
    assert not valid and "承担者应在地区单位表中" in report


def test_every_shape_speaks_of_a_class_the_graph_has(graph: Graph) -> None:
    sh_target = URIRef("http://www.w3.org/ns/shacl#targetClass")
    for target in shapes().objects(None, sh_target):
        assert (None, RDF.type, target) in graph, target


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_documented_queries_answer_the_same_in_two_stores(
    path: Path, graph: Graph, other_store: Store
) -> None:
    query = path.read_text("utf-8")
    here = [tuple(str(v) for v in row) for row in graph.query(query)]  # type: ignore[union-attr]
    there = [tuple(v.value for v in row) for row in other_store.query(query)]  # type: ignore[union-attr]
    assert here and sorted(here) == sorted(there)


def test_a_thing_is_led_up_to_its_department(graph: Graph) -> None:
    named = graph.subjects(SKOS.altLabel, Literal("KTV", lang="zh"))
    ktv = next(s for s in named if (s, RDF.type, PD["Domain"]) in graph)
    above = set(graph.transitive_objects(ktv, SKOS.broader))
    assert any((d, PD["supervisedUnder"], None) in graph for d in above)
