"""The whole graph: concepts, standards and clauses, departments, duties, and what local plans say. For validation, export, open queries.

Generated from the reviewed sources, never edited; schema.ttl says what it speaks of, shapes.ttl what must hold.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

from kb.models import Clause, KnowledgeBase, Tree
from kb.national import Department, Duty
from kb.registers import Assigned, RegionPack, Registers, Statement, Task
from ontology.domains import Domains
from ontology.facts import clause_atoms
from ontology.lexicon import Lexicon
from ontology.skos import PD, concept_uri, to_skos

ELI = Namespace("http://data.europa.eu/eli/ontology#")
HERE = Path(__file__).parent
CLASSES = {
    "物": "Equipment", "所": "Facility", "象": "Situation", "行": "Operation", "文": "Paper",
    "人": "Person", "量": "Measure", "词": "Word", "业": "Industry",
}  # fmt: skip


def uri(kind: str, *parts: str) -> URIRef:
    """The stable name of a thing: urn:panding:kind:part/part."""
    return URIRef(f"{PD}{kind}:{'/'.join(quote(p) for p in parts)}")


def schema() -> Graph:
    return Graph().parse(HERE / "schema.ttl", format="turtle")


def shapes() -> Graph:
    return Graph().parse(HERE / "shapes.ttl", format="turtle")


def build_graph(kb: KnowledgeBase, lexicon: Lexicon, registers: Registers, domains: Domains) -> Graph:
    """Everything that is held, with the schema."""
    builder = _Builder(to_skos(lexicon) + schema())
    for prefix, namespace in (("pd", PD), ("skos", SKOS), ("org", ORG), ("eli", ELI), ("prov", PROV)):
        builder.graph.bind(prefix, namespace)
    for c in lexicon.concepts.values():
        builder.a(concept_uri(c.name), CLASSES[c.type])
    builder.industries(kb, registers)
    builder.standards(kb, lexicon)
    builder.domains(domains)
    for department in registers.departments:
        builder.department(department)
    for duty in registers.duties:
        builder.duty(duty)
    for pack in registers.packs:
        builder.pack(pack)
    return builder.graph


def whole_graph() -> Graph:
    """The graph of everything shipped. Raises kb.BadInput where a source is faulty."""
    from kb import load
    from kb.registers import load_registers
    from ontology.domains import read_domains
    from ontology.lexicon import read_lexicon

    return build_graph(load(), read_lexicon(), load_registers(), read_domains())


class _Builder:
    """Adds what is held to a graph, kind by kind."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def a(self, subject: URIRef, name: str) -> URIRef:
        self.graph.add((subject, RDF.type, PD[name]))
        return subject

    def say(self, subject: URIRef, predicate: URIRef, *values: object) -> None:
        """Literals: dates and numbers typed, text in Chinese where it is a label; empty and None are left out."""
        for value in values:
            if value is None or value == "":
                continue
            if isinstance(value, URIRef):
                self.graph.add((subject, predicate, value))
            else:
                self.graph.add((subject, predicate, Literal(value)))

    def label(self, subject: URIRef, text: str, *others: str) -> None:
        self.graph.add((subject, SKOS.prefLabel, Literal(text, lang="zh")))
        for other in others:
            if other != text:
                self.graph.add((subject, SKOS.altLabel, Literal(other, lang="zh")))

    def industries(self, kb: KnowledgeBase, registers: Registers) -> None:
        codes = {i: d.gbt4754 for d in registers.departments for i in d.industries}

        def walk(tree: Tree, above: URIRef | None) -> None:
            for name, below in tree.items():
                industry = self.a(uri("industry", name), "Industry")
                self.graph.add((industry, RDF.type, SKOS.Concept))
                self.label(industry, name)
                self.say(industry, PD["gbt4754"], *codes.get(name, ()))
                if above is not None:
                    self.say(industry, SKOS.broader, above)
                walk(below, industry)

        if "行业" in kb.attributes:
            walk(kb.attributes["行业"].values, None)

    def standards(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        for s in kb.standards:
            standard = self.a(uri("standard", s.id), "Standard")
            self.graph.add((standard, RDF.type, ELI.LegalResource))
            self.say(standard, ELI.title, s.title)
            self.say(standard, ELI.id_local, s.doc_no)
            self.say(standard, ELI.first_date_entry_in_force, s.effective)
            self.say(standard, ELI.date_no_longer_in_force, s.expired)
            self.say(standard, PD["grade"], s.grade)
            self.say(standard, DCTERMS.source, *s.sources)
            for c in s.clauses:
                self.clause(standard, c, lexicon)

    def clause(self, standard: URIRef, c: Clause, lexicon: Lexicon) -> None:
        clause = self.a(uri("clause", c.standard, c.ref), "Clause")
        self.say(clause, PD["ref"], c.ref)
        self.say(clause, ELI.title, c.title)
        self.say(clause, ELI.is_part_of, standard)
        self.say(clause, DCTERMS.description, c.restatement)
        self.say(clause, DCTERMS.source, c.source)
        self.say(clause, PD["executability"], c.executability)
        for atom in clause_atoms(c):
            for name in (getattr(atom, "thing", None), getattr(atom, "host", None)):
                if isinstance(name, str) and name in lexicon.concepts:
                    self.say(clause, PD["about"], concept_uri(name))

    def domains(self, domains: Domains) -> None:
        for d in domains.rows.values():
            domain = self.a(uri("domain", d.name), "Domain")
            self.graph.add((domain, RDF.type, SKOS.Concept))
            self.label(domain, *d.labels)
            self.say(domain, SKOS.broader, *(uri("domain", b) for b in d.broader))
            if d.department:
                self.say(domain, PD["supervisedUnder"], uri("department", d.department))

    def department(self, d: Department) -> None:
        entry = self.a(uri("department", d.id), "DepartmentEntry")
        self.label(entry, d.sector)
        for predicate, values in (
            ("industryLead", (d.industry_lead,)),
            ("supervision", d.supervision),
            ("business", d.business),
            ("comprehensive", (d.comprehensive,)),
            ("basis", d.basis),
            ("gbt4754", d.gbt4754),
            ("confidence", (d.confidence,)),
            ("businessConfidence", (d.business_confidence,)),
            ("contested", (d.contested,)),
        ):
            self.say(entry, PD[predicate], *values)
        self.say(entry, DCTERMS.source, d.source)
        self.say(entry, PD["about"], *(uri("industry", i) for i in d.industries))

    def duty(self, d: Duty) -> None:
        duty = self.a(uri("duty", d.id), "Duty")
        self.label(duty, d.duty)
        for predicate, value in (
            ("holder", d.holder), ("trigger", d.trigger), ("timing", d.timing), ("side", d.side),
            ("confidence", d.confidence), ("category", d.category),
        ):  # fmt: skip
            self.say(duty, PD[predicate], value)
        self.say(duty, PD["basis"], *d.basis)
        self.say(duty, DCTERMS.source, d.source)
        for i, p in enumerate(d.penalty, 1):
            penalty = self.a(uri("penalty", d.id, str(i)), "Penalty")
            self.say(penalty, PD["basis"], p.basis)
            self.say(penalty, DCTERMS.description, p.measure)
            self.say(duty, PD["penalty"], penalty)

    def pack(self, pack: RegionPack) -> None:
        region = self.a(uri("region", pack.region.id), "Region")
        self.label(region, pack.region.name, *pack.region.labels)
        for u in pack.units:
            unit = self.a(uri("unit", pack.region.id, u.name), "Unit")
            self.graph.add((unit, RDF.type, ORG.Organization))
            self.label(unit, u.name, *u.written)
            self.say(unit, PD["kind"], u.kind)
            self.say(unit, PD["inRegion"], region)
        d = pack.document
        plan = self.a(uri("plan", d.id), "Plan")
        self.say(plan, ELI.title, d.title)
        self.say(plan, ELI.id_local, d.doc_no)
        self.say(plan, PD["issuer"], d.issuer)
        self.say(plan, DCTERMS.issued, d.issued)
        self.say(plan, PD["from"], d.start)
        self.say(plan, PD["to"], d.end)
        self.say(plan, PD["file"], d.file)
        self.say(plan, PD["sha256"], d.sha256)
        self.say(plan, PD["reviewed"], d.reviewed)
        self.say(plan, PD["inRegion"], region)
        for task in pack.tasks:
            self.task(pack, plan, task)

    def task(self, pack: RegionPack, plan: URIRef, t: Task) -> None:
        task = self.a(uri("task", pack.document.id, t.ref), "Task")
        self.label(task, t.title)
        self.say(task, PD["ref"], t.ref)
        self.say(task, PD["kind"], t.kind)
        self.say(task, PD["line"], t.line)
        self.say(task, PD["openList"], t.open)
        self.say(task, PD["term"], *t.about)
        self.say(task, PD["doubt"], *t.doubts)
        self.say(task, ELI.is_part_of, plan)
        self.say(task, PROV.wasDerivedFrom, plan)
        self.assign(pack, task, t.units)
        for i, s in enumerate(t.says, 1):
            self.statement(pack, task, f"{t.ref}#{i}", s)

    def assign(self, pack: RegionPack, subject: URIRef, units: tuple[Assigned, ...]) -> None:
        for i, a in enumerate(units, 1):
            node = self.a(URIRef(f"{subject}/unit{i}"), "Assignment")
            self.say(node, PD["unit"], uri("unit", pack.region.id, a.u))
            self.say(node, PD["role"], a.role)
            self.say(node, PD["printed"], a.printed)
            self.say(subject, PD["assigned"], node)

    def statement(self, pack: RegionPack, task: URIRef, ref: str, s: Statement) -> None:
        node = self.a(uri("statement", pack.document.id, ref), "Statement")
        self.say(node, PD["what"], s.what)
        self.say(node, PD["term"], *s.about)
        self.say(node, PROV.wasDerivedFrom, task)
        self.say(task, PD["says"], node)
        self.assign(pack, node, s.who)
        for i, w in enumerate(s.when, 1):
            self.dated(node, i, w.printed, w.by or w.on)
        for i, o in enumerate(s.often, 1):
            often = self.a(URIRef(f"{node}/often{i}"), "Frequency")
            self.say(often, PD["printed"], o.printed)
            self.say(node, PD["frequency"], often)
        for i, v in enumerate(s.values, 1):
            value = self.a(URIRef(f"{node}/value{i}"), "Target")
            self.say(value, PD["printed"], v.printed)
            self.say(value, PD["number"], v.n)
            self.say(value, PD["unitOfMeasure"], v.unit)
            self.say(value, PD["of"], v.of)
            self.say(node, PD["target"], value)

    def dated(self, node: URIRef, i: int, printed: str, by: date | None) -> None:
        deadline = self.a(URIRef(f"{node}/when{i}"), "Deadline")
        self.say(deadline, PD["printed"], printed)
        if by is not None:
            self.graph.add((deadline, PD["by"], Literal(by, datatype=XSD.date)))
        self.say(node, PD["deadline"], deadline)


def validate(graph: Graph) -> tuple[bool, str]:
    """Whether the graph meets shapes.ttl, and the report in words."""
    from pyshacl import validate as shacl

    conforms, _, text = shacl(
        graph, shacl_graph=shapes(), ont_graph=schema(), inference="none", advanced=False
    )
    return bool(conforms), str(text)
