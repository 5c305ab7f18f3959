"""The lexicon as SKOS: what is exported can be asked again with SPARQL."""

from rdflib import Graph
from rdflib.namespace import RDF, SKOS

from ontology import read_lexicon
from ontology.skos import concept_uri, to_skos


def test_every_concept_and_its_words_survive_the_round_trip() -> None:
    lexicon = read_lexicon()
    graph = Graph().parse(data=to_skos(lexicon).serialize(format="turtle"), format="turtle")
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(lexicon.concepts)
    lock = concept_uri("锁气卸灰装置")
    assert str(graph.value(lock, SKOS.prefLabel)) == "锁气卸灰装置"
    assert "星型卸灰阀" in {str(o) for o in graph.objects(lock, SKOS.altLabel)}
    broad = "SELECT ?l WHERE { ?c skos:prefLabel '中频炉'@zh ; skos:broader+/skos:prefLabel ?l }"
    found = {str(row[0]) for row in graph.query(broad, initNs={"skos": SKOS})}  # type: ignore[index]
    assert found == lexicon.above("中频炉") - {"中频炉"}
