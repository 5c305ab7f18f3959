"""Facts and their questions, generated from the clauses' own leaves.

A fact that two clauses ask is one fact, because its id is what it asks (`kb.conditions`).
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.conditions import Atom, Compare, Exceeds, Has, Present, Unlinked, atoms
from kb.models import Attribute, Clause, KnowledgeBase
from ontology.lexicon import Lexicon

STATE_OPTIONS = ("有效", "失效", "未设")


@dataclass(frozen=True)
class Fact:
    """One askable fact. `kind` is 状态, 关联, 数量, 比较 or 属性; `options` are the answers offered.

    `type` is the concept type of its thing (物, 行 …), empty where there is none. `only`: the kinds of its place at
    which it can arise, empty for every kind.
    """

    id: str
    kind: str
    thing: str
    host: str | None = None
    partner: str | None = None
    unit: str = ""
    question: str = ""
    how: str = ""
    options: tuple[str, ...] = ()
    type: str = ""
    only: tuple[str, ...] = ()


def _state_question(
    kind: str, thing: str, host: str | None, wanted: bool | None
) -> tuple[str, tuple[str, ...]]:
    """`wanted`: whether the clauses ask for it (True) or list it as a hazard (False); None where they do both."""
    at = f"{host}处" if host and kind in ("象",) else (host or "")
    match kind:
        case "行":
            words = {
                True: f"是否做到“{thing}”？",
                False: f"是否有“{thing}”的行为？",
                None: f"是否做到（存在）“{thing}”？",
            }
            return (host or "") + words[wanted], ("有", "未设")
        case "文":
            return f"{host or ''}是否有“{thing}”并已落实？", ("有效", "未设")
        case "人":
            return f"{host or ''}是否有{thing}在岗履职？", ("有效", "未设")
        case "象":
            return f"{at}是否存在“{thing}”的情形？", ("有", "未设")
        case "所":
            return f"{host or ''}是否设有{thing}？", ("有", "未设")
        case _:
            return f"{host or ''}是否设有{thing}，且正常有效？", STATE_OPTIONS


def _attribute_options(attribute: Attribute) -> tuple[str, ...]:
    """Every value, broad ones before what they contain."""
    return tuple(attribute.ancestors())


def _make(asking: list[Atom], kb: KnowledgeBase, lexicon: Lexicon) -> Fact:
    """The fact that some atoms ask; all have the same id."""
    atom = asking[0]
    if isinstance(atom, Has):
        attribute = kb.attributes.get(atom.attribute)
        if attribute is None:
            return Fact(atom.fact, "属性", atom.attribute)
        return Fact(
            atom.fact,
            "属性",
            atom.attribute,
            question=attribute.question,
            how=attribute.how,
            options=_attribute_options(attribute),
        )
    if isinstance(atom, Compare):
        quantity = kb.quantities.get(atom.quantity)
        unit = quantity.unit if quantity else atom.unit
        asked = quantity.question if quantity and quantity.question else ""
        question = asked or f"{atom.host or ''}{atom.quantity}是多少（{unit}）？"
        return Fact(
            atom.fact, "数量", atom.quantity, atom.host, unit=unit, question=question,
            how=quantity.how if quantity else "",
        )  # fmt: skip
    if isinstance(atom, Exceeds):
        words = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于"}[atom.cmp]
        question = f"{atom.host or ''}{atom.quantity}是否{words}{atom.reference}？"
        return Fact(
            atom.fact,
            "比较",
            atom.quantity,
            atom.host,
            atom.reference,
            question=question,
            options=("是", "否"),
        )
    if isinstance(atom, Unlinked):
        verb = "联锁" if atom.op == "未联锁" else "接入"
        joined = f"与{atom.partner}联锁" if verb == "联锁" else f"接入{atom.partner}"
        question = f"{atom.host or ''}{atom.thing}是否{joined}，且正常有效？"
        return Fact(
            atom.fact, "关联", atom.thing, atom.host, atom.partner, question=question, options=STATE_OPTIONS
        )
    concept = lexicon.concepts.get(atom.thing)
    sides = {not isinstance(a, Present) for a in asking}
    wanted = sides.pop() if len(sides) == 1 else None
    question, options = _state_question(concept.type if concept else "物", atom.thing, atom.host, wanted)
    kind = concept.type if concept else ""
    return Fact(atom.fact, "状态", atom.thing, atom.host, question=question, options=options, type=kind)


def clause_atoms(clause: Clause) -> list[Atom]:
    """Every atom of a clause: 域, 前提, 情形, 除外."""
    parts = (clause.scope, *clause.premises, *clause.limbs, *clause.exceptions)
    return [a for part in parts for a in atoms(part)]


def build_facts(kb: KnowledgeBase, lexicon: Lexicon) -> dict[str, Fact]:
    """Every fact that any clause or derivation asks, by id. Hand-written wordings of kb/facts win."""
    found: dict[str, Fact] = {}
    every = [a for c in kb.clauses() for a in clause_atoms(c)]
    every += [a for s in kb.standards if s.scope is not None for a in atoms(s.scope)]
    every += [a for d in kb.derivations for a in atoms(d.when)]
    asking: dict[str, list[Atom]] = {}
    for atom in every:
        asking.setdefault(atom.fact, []).append(atom)
    for id, asked in asking.items():
        fact = _make(asked, kb, lexicon)
        wording = kb.questions.get(id)
        if wording:
            own = {"question": wording.question, "how": wording.how or fact.how, "only": wording.only}
            fact = Fact(**(fact.__dict__ | own))
        found[id] = fact
    return found
