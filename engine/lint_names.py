"""Checks of names: every word a condition or concept uses is declared, once, and under one name."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from corpus.normalize import normalize
from engine.lint_material import Material
from kb.conditions import Atom, Compare, Condition, Exceeds, Has, Missing, Present, Unlinked, atoms
from kb.errors import Problem
from ontology.facts import Fact, clause_atoms
from ontology.lexicon import Concept, FacetValue


def check_names(m: Material) -> Iterator[Problem]:
    yield from undeclared_in_clauses(m)
    yield from undeclared_in_standards(m)
    yield from undeclared_in_derivations(m)
    yield from undeclared_in_concepts(m)
    yield from circular_concepts(m)
    yield from shared_labels(m)
    yield from negated_labels(m)
    yield from labels_twice(m)
    yield from unused_attributes(m)
    yield from unused_questions(m)
    yield from near_duplicates(m)


def _near(word: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"；相近的有：{'、'.join(found)}" if found else ""


def _no_concept(m: Material, name: str) -> str:
    return f"{name} 不是词典（ontology/concepts）中的概念{_near(name, m.lexicon.concepts)}"


def _no_attribute(m: Material, name: str) -> str:
    return f"属性 {name} 未在 kb/facts 中定义{_near(name, m.values)}"


def concepts_of(atom: Atom) -> Iterator[str]:
    """The names in an atom that must be concepts."""
    if isinstance(atom, Has):
        return
    if isinstance(atom, Compare | Exceeds):
        yield atom.quantity
    else:
        yield atom.thing
    if isinstance(atom, Exceeds):
        yield atom.reference
    if isinstance(atom, Unlinked):
        yield atom.partner
    if atom.host:
        yield atom.host


def _faults(m: Material, atom: Atom) -> Iterator[tuple[str, str]]:
    """Undeclared words of an atom, each with what to say of it."""
    if isinstance(atom, Has):
        if atom.attribute not in m.values:
            yield atom.attribute, _no_attribute(m, atom.attribute)
            return
        for value in atom.values:
            if value not in m.values[atom.attribute]:
                near = _near(value, m.values[atom.attribute])
                yield value, f"属性 {atom.attribute} 没有值 {value}{near}"
    for name in concepts_of(atom):
        if name not in m.lexicon.concepts:
            yield name, f"{atom} 中的 {_no_concept(m, name)}"


def undeclared_in_clauses(m: Material) -> Iterator[Problem]:
    """A thing, host, partner or quantity that no concept names, an attribute or value that kb/facts has not.

    The reader could never see it, so the clause could never be reached from text.
    """
    for clause in m.kb.clauses():
        said = {word: message for atom in clause_atoms(clause) for word, message in _faults(m, atom)}
        for word, message in said.items():
            yield m.problem("unknown_name", clause, message, word)


def undeclared_in_standards(m: Material) -> Iterator[Problem]:
    """The same in a standard's own scope, and in the concepts its general rules apply to."""
    for standard in m.kb.standards:
        scope: Condition | None = standard.scope
        words = dict(f for a in atoms(scope) for f in _faults(m, a)) if scope is not None else {}
        for rule in standard.rules:
            for name in rule.applies_to:
                if name not in m.lexicon.concepts:
                    words[name] = f"{rule.ref} 的 applies_to：{_no_concept(m, name)}"
        for word, message in words.items():
            yield Problem(standard.file, m.places.find(standard.file, word), message, "unknown_name")


def undeclared_in_derivations(m: Material) -> Iterator[Problem]:
    """The same in the rules of kb/derived.yaml, and an attribute or value they settle that there is not."""
    for d in m.kb.derivations:
        settled = Has(attribute=d.attribute, values=(d.value,))
        for atom in (settled, *atoms(d.when)):
            for _, message in _faults(m, atom):
                yield Problem(d.file, d.line, f"{d.attribute}={d.value}：{message}", "unknown_name")


def _targets(m: Material, concept: Concept) -> Iterator[str]:
    concepts = m.lexicon.concepts
    for column, names in (("上位", concept.broader), ("属于", concept.part_of)):
        for name in names:
            if name not in concepts:
                yield f"{column} {_no_concept(m, name)}"
    for facet, value in concept.facets:
        held = m.lexicon.facet_values.get(value)
        if held is None or held.facet != facet:
            known = [v.value for v in m.lexicon.facet_values.values() if v.facet == facet]
            yield f"{facet}={value}：没有这个面值{_near(value, known)}"
    for column, settings in (("意味", concept.implies), ("推定", concept.suggests)):
        for attribute, value in settings:
            if attribute not in m.values:
                yield f"{column}={attribute}:{value}：{_no_attribute(m, attribute)}"
            elif value not in m.values[attribute]:
                yield f"{column}={attribute}:{value}：没有这个值{_near(value, m.values[attribute])}"


def undeclared_in_concepts(m: Material) -> Iterator[Problem]:
    """A concept's 上位, 属于, facet, 意味 or 推定 that points nowhere: the relation would be lost."""
    for concept in m.lexicon.concepts.values():
        for message in _targets(m, concept):
            yield Problem(concept.file, concept.line, f"{concept.name}：{message}", "unknown_name")
        for industry in concept.industries:
            if industry not in m.values.get("行业", ()):
                message = f"用于 {industry}：行业没有这个值{_near(industry, m.values.get('行业', ()))}"
                yield Problem(concept.file, concept.line, message, "unknown_name")
    for value in m.lexicon.facet_values.values():
        for broader in value.broader:
            held = m.lexicon.facet_values.get(broader)
            if held is None or held.facet != value.facet:
                file, line = _facet_place(m, value)
                yield Problem(file, line, f"面值 {value.value}：上位值 {broader} 不存在", "unknown_name")


def _facet_place(m: Material, value: FacetValue) -> tuple[str, int]:
    return m.place_of(m.tables, rf"面\s*[|｜]\s*{re.escape(value.value)}\s*([|｜]|$)")


def circular_concepts(m: Material) -> Iterator[Problem]:
    """A concept broader than itself: every statement on it would hold for the whole circle."""
    concepts = m.lexicon.concepts
    for concept in concepts.values():
        seen: set[str] = set()
        queue = list(concept.broader)
        while queue:
            name = queue.pop()
            if name not in seen and name in concepts:
                seen.add(name)
                queue += concepts[name].broader
        if concept.name in seen:
            yield Problem(concept.file, concept.line, f"{concept.name}：上位关系成环", "circular")


def shared_labels(m: Material) -> Iterator[Problem]:
    """One label of two concepts: the reader could not tell which is meant.

    词 and 业 only set attributes, and facet words compose: these may share; so may a 量, which speaks only
    where a number stands with it, and what is no 量, or a ratio of it; so may a trade's own concept (用于) and one of another
    trade or of everyone: the industry of a finding tells them apart.
    """
    held: dict[str, list[Concept]] = defaultdict(list)
    for concept in m.lexicon.concepts.values():
        if concept.type in ("词", "业"):
            continue
        for label in dict.fromkeys(normalize(x) for x in concept.labels):
            rivals = [
                c
                for c in held[label]
                if (c.type == "量") is (concept.type == "量")
                and not _part_of_ratio(m, c.name, concept.name)
                and not _other_trades(m, c, concept)
            ]
            held[label].append(concept)
            for first in rivals[:1]:
                where = f"{first.name}（{first.file}:{first.line}）"
                message = f"{concept.name}：“{label}”也是 {where}的词，应只归一个概念"
                yield Problem(concept.file, concept.line, message, "shared_label")


def _part_of_ratio(m: Material, a: str, b: str) -> bool:
    """Whether one quantity is a ratio of the other: 限员规定 names both the norm and what exceeds it."""
    ratios = ((x, m.kb.quantities[y].ratio or ()) for x, y in ((a, b), (b, a)) if y in m.kb.quantities)
    return any(part in ratio for part, ratio in ratios)


def _other_trades(m: Material, a: Concept, b: Concept) -> bool:
    """Whether no industry reads a word as both concepts: a trade's own meaning goes before everyone's."""
    if not (a.industries and b.industries):
        return bool(a.industries or b.industries)
    return all(m.attributes.exclude("行业", [x], [y]) for x in a.industries for y in b.industries)


# 未/无/缺 as part of a name, not as a statement that something is missing
_ABSENT = re.compile(
    "未(?!成年)|没|缺(?!氧)|无(?!线|人机|机|缝|菌|轨|损|尘|水|氧|烟|极|纺|焰|火焰|油|心|齿|铅|功|励磁|刷)"
)


def negated_labels(m: Material) -> Iterator[Problem]:
    """A label that begins with a word of absence: the reader reads 未设, 无, 缺少 as states of their own.

    Swallowed by a label, the state would be lost and the thing read as there. 词 state an attribute, so
    「未使用液氨」 is a word of its own; in the name of a place, 「未带保温炉的…」 says which is meant; a 象, and a 行
    that clauses ask about as done (瓦斯检查漏检), is the wrong itself: what was left undone is part of it.
    """
    atoms_asked = [a for c in m.kb.clauses() for a in clause_atoms(c)]
    lacked = {a.thing for a in atoms_asked if isinstance(a, Missing)}
    wrongs = {a.thing for a in atoms_asked if isinstance(a, Present)} - lacked
    for concept in m.lexicon.concepts.values():
        wrong = concept.type == "象" or (concept.type == "行" and concept.name in wrongs)
        for label in concept.labels if concept.type not in ("词", "业") and not wrong else ():
            if _ABSENT.match(label) and not (concept.type == "所" and "的" in label):
                message = (
                    f"{concept.name}：“{label}”以否定词开头；应写被否定之物，否定由读取器识别，或放入 反="
                )
                yield Problem(concept.file, concept.line, message, "negated_label")


def labels_twice(m: Material) -> Iterator[Problem]:
    """A word that stands twice in one concept, as its name, its absence (反) or a doubt of it (疑): only one can hold."""
    for concept in m.lexicon.concepts.values():
        columns = (("同义词", concept.labels), ("反=", concept.antonyms), ("疑=", concept.doubts))
        held: dict[str, str] = {}
        for column, labels in columns:
            for label in dict.fromkeys(normalize(x) for x in labels):
                if label in held:
                    message = f"{concept.name}：“{label}”既在{held[label]}又在{column}，应只取其一"
                    yield Problem(concept.file, concept.line, message, "label_twice")
                held.setdefault(label, column)


def unused_attributes(m: Material) -> Iterator[Problem]:
    """An attribute that no clause asks and no concept sets: nothing can come of it."""
    used = {a.attribute for c in m.kb.clauses() for a in clause_atoms(c) if isinstance(a, Has)}
    scopes = [s.scope for s in m.kb.standards if s.scope is not None]
    used |= {a.attribute for s in scopes for a in atoms(s) if isinstance(a, Has)}
    concepts = m.lexicon.concepts.values()
    used |= {attribute for c in concepts for attribute, _ in (*c.implies, *c.suggests)}
    for attribute in m.kb.attributes.values():
        if attribute.name not in used:
            file, _, line = attribute.file.rpartition(":")
            message = f"属性 {attribute.name} 没有条款使用，也没有词设定"
            yield Problem(file, int(line), message, "unused_attribute")


def unused_questions(m: Material) -> Iterator[Problem]:
    """A hand-written question of a fact that no clause asks (mostly a fact since renamed), or only of kinds its place has not."""
    for id in m.kb.questions:
        if id not in m.facts:
            file, line = m.place_of(m.wordings, rf"\s+['\"]?{re.escape(id)}['\"]?\s*[:：]")
            message = f"questions：没有条款问事实 {id}{_near(id, m.facts)}"
            yield Problem(file, line, message, "unused_question")
            continue
        host = m.facts[id].host or ""
        for kind in m.facts[id].only:
            if not m.lexicon.is_a(kind, host):
                file, line = m.place_of(m.wordings, rf"\s+['\"]?{re.escape(id)}['\"]?\s*[:：]")
                message = f"questions：{id} 的 only 应是 {host} 的种类，{kind} 不是"
                yield Problem(file, line, message, "unknown_name")


_FILLER = re.compile("装置|设施|设备|系统")


def _core(name: str | None) -> str:
    """A name without words that add nothing, itself when nothing else is left."""
    return _FILLER.sub("", name or "") or (name or "")


def _composed(m: Material, name: str) -> tuple[object, ...] | None:
    """What a composed device is made of: its type, heads and facets."""
    concept = m.lexicon.concepts.get(name)
    if concept is None or not concept.facets:
        return None
    return concept.type, concept.broader, frozenset(concept.facets)


def _keys(m: Material, fact: Fact) -> Iterator[tuple[object, ...]]:
    around = fact.kind, _core(fact.host), _core(fact.partner)
    yield *around, _core(fact.thing)
    composed = _composed(m, fact.thing)
    if composed:
        yield *around, composed


def near_duplicates(m: Material) -> Iterator[Problem]:
    """Two facts that ask the same thing in different words, so that two clauses would not share the answer.

    Names that differ by 装置, 设施, 设备, 系统 only, or devices composed of the same head and facets.
    """
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in m.facts.values():
        for key in _keys(m, fact):
            groups[key].append(fact)
    said: set[tuple[str, str]] = set()
    for first, *others in groups.values():
        for fact in others:
            pair = (first.id, fact.id)
            if _same_relation(first, fact) or pair in said or fact.id not in m.asked_by:
                continue
            said.add(pair)
            clause = m.asked_by[fact.id]
            where = m.asked_by[first.id].ref if first.id in m.asked_by else "适用范围"
            message = f"事实 {fact.id} 与 {first.id}（{where}）问的似是同一件事，应用同一个名称"
            yield m.problem("near_duplicate", clause, message, fact.thing)


def _same_relation(first: Fact, second: Fact) -> bool:
    """Whether two comparisons of the same quantities only differ by their sign (> and <=)."""
    names = [(f.thing, f.host, f.partner) for f in (first, second)]
    return names[0] == names[1]
