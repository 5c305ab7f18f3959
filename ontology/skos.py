"""The lexicon as SKOS, for exchange and open queries. Generated, never edited.

Concept types become skos:Collection members; 属于 becomes pd:partOf; facets become pd:介质 and so on.
"""

from __future__ import annotations

from urllib.parse import quote

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

from ontology.lexicon import Lexicon

PD = Namespace("urn:panding:")
SCHEME = PD["concepts"]


def concept_uri(name: str) -> URIRef:
    """The stable name of a concept in the graph."""
    return URIRef(f"{PD}concept:{quote(name)}")


def to_skos(lexicon: Lexicon) -> Graph:
    """Every concept with labels, broader terms, parts and facets."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("pd", PD)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((SCHEME, DCTERMS.title, Literal("判定概念表", lang="zh")))
    for c in lexicon.concepts.values():
        uri = concept_uri(c.name)
        graph.add((uri, RDF.type, SKOS.Concept))
        graph.add((uri, SKOS.inScheme, SCHEME))
        graph.add((uri, SKOS.prefLabel, Literal(c.name, lang="zh")))
        graph.add((uri, PD["type"], Literal(c.type)))
        for label in c.labels[1:]:
            if "…" not in label and "{" not in label:
                graph.add((uri, SKOS.altLabel, Literal(label, lang="zh")))
        for broad in c.broader:
            graph.add((uri, SKOS.broader, concept_uri(broad)))
        for whole in c.part_of:
            graph.add((uri, PD["partOf"], concept_uri(whole)))
        for facet, value in c.facets:
            graph.add((uri, PD[quote(facet)], Literal(value, lang="zh")))
    return graph
