"""A clause's own limbs put as findings: the words an inspector could use, and the facts around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.valuation import Attributes
from kb.conditions import (
    ATOMS,
    All,
    AnyOf,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Exceeds,
    Failed,
    Has,
    Missing,
    Not,
    Present,
    Unlinked,
    atoms,
)  # fmt: skip
from kb.models import Clause, KnowledgeBase, Standard
from ontology.lexicon import Lexicon

_ABSENT = {"行": "未落实", "文": "未建立", "人": "未安排"}


@dataclass(frozen=True)
class Worded:
    """One way for a clause to hold: a finding with the facts given beside it; or everything as facts."""

    clause: Clause
    text: str
    facts: dict[str, str]
    all_facts: dict[str, str]


def say(atom: Atom, lexicon: Lexicon) -> str:
    """One atom as an inspector's sentence (true)."""
    host = getattr(atom, "host", None) or ""
    if isinstance(atom, Compare):
        step = -1 if atom.cmp.startswith("<") else 1
        value = atom.value + step if abs(atom.value) >= 2 else atom.value * (1 + step / 2)
        return f"{host}{atom.quantity}为{value:g}{atom.unit}"
    if isinstance(atom, Exceeds):
        return f"{host}{atom.quantity}{'高于' if atom.cmp.startswith('>') else '低于'}{atom.reference}"
    if isinstance(atom, Unlinked):
        joined = f"未与{atom.partner}联锁" if atom.op == "未联锁" else f"未接入{atom.partner}"
        return f"{host}{atom.thing}{joined}"
    if isinstance(atom, Has):
        return ""
    concept = lexicon.concepts.get(atom.thing)
    kind = concept.type if concept else "物"
    if isinstance(atom, Missing):
        return f"{host}{_ABSENT.get(kind, '未设置')}{atom.thing}"
    if isinstance(atom, Present):
        return f"{host}有{atom.thing}"
    return f"{host}{atom.thing}失效"


def ways(condition: Condition) -> Iterator[tuple[Atom, ...]]:
    """Sets of atoms that make a condition true; for 至少 n 项, the first n."""
    if isinstance(condition, ATOMS):
        yield (condition,)
    elif isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from ways(part)
    elif isinstance(condition, All):
        yield from _product([list(ways(p)) for p in condition.parts])
    elif isinstance(condition, AtLeast):
        yield from _product([list(ways(p))[:1] for p in condition.parts[: condition.n]])
    else:
        yield ()


def _product(choices: list[list[tuple[Atom, ...]]]) -> Iterator[tuple[Atom, ...]]:
    if not choices:
        yield ()
        return
    for first in choices[0]:
        for rest in _product(choices[1:]):
            yield (*first, *rest)


def _avoid(condition: Condition, kb: KnowledgeBase, attributes: Attributes) -> dict[str, str]:
    """Facts that make an exception false."""
    out: dict[str, str] = {}
    for atom in atoms(condition):
        if isinstance(atom, Has) and atom.attribute in kb.attributes:
            leaves = [
                v
                for top in kb.attributes[atom.attribute].values
                for v in attributes.leaves(atom.attribute, top)
            ]
            other = [v for v in leaves if attributes.holds(atom.attribute, [v], atom.values) is False]
            if other:
                out[atom.attribute] = other[0]
        elif isinstance(atom, Present):
            out[atom.fact] = "未设"
        elif isinstance(atom, Missing | Unlinked):
            out[atom.fact] = "有效"
    return out


def _grant(
    condition: Condition, attributes: Attributes, fixed: dict[str, str] | None = None
) -> dict[str, str]:
    """Facts that make a surrounding condition true, in a way that agrees with attributes already fixed."""
    out: dict[str, str] = {}
    held = fixed or {}

    def agrees(way: tuple[Atom, ...]) -> bool:
        return all(
            attributes.holds(a.attribute, [held[a.attribute]], a.values) is True
            for a in way if isinstance(a, Has) and a.attribute in held
        )  # fmt: skip

    every = list(ways(condition))
    for atom in next((w for w in every if agrees(w)), every[0] if every else ()):
        if isinstance(atom, Has):
            out[atom.attribute] = atom.values[0]
        elif isinstance(atom, Missing | Unlinked):
            out[atom.fact] = "未设"
        elif isinstance(atom, Present):
            out[atom.fact] = "有"
        elif isinstance(atom, Failed):
            out[atom.fact] = "失效"
        elif isinstance(atom, Compare):
            step = -1 if atom.cmp.startswith("<") else 1
            out[atom.fact] = f"{atom.value + step:g}{atom.unit}"
        elif isinstance(atom, Exceeds):
            out[atom.fact] = "是"
    return out


def _denied(condition: Condition) -> Iterator[Condition]:
    """What a limb says must not be so."""
    if isinstance(condition, Not):
        yield condition.part
    elif isinstance(condition, All | AnyOf | AtLeast):
        for part in condition.parts:
            yield from _denied(part)


def worded(clause: Clause, standard: Standard, kb: KnowledgeBase, lexicon: Lexicon) -> Iterator[Worded]:
    """Every way a clause's limbs can hold, as findings with the surrounding facts given."""
    attributes = Attributes(kb.attributes)
    for limb in clause.limbs:
        for chosen in ways(limb):
            stated = {a.attribute: a.values[0] for a in chosen if isinstance(a, Has)}
            around: dict[str, str] = {}
            for condition in (standard.scope, clause.scope, *clause.premises):
                if condition is not None:
                    around |= _grant(condition, attributes, stated)
            for exception in clause.exceptions:
                for k, v in _avoid(exception, kb, attributes).items():
                    if k not in around or (k in kb.attributes and v in attributes.leaves(k, around[k])):
                        around[k] = v
            facts = around | stated
            for denied in _denied(limb):
                facts = _avoid(denied, kb, attributes) | facts
            said = {a.fact for a in chosen if not isinstance(a, Has)}
            facts = {k: v for k, v in facts.items() if k not in said}  # what the text says is not given too
            text = "，".join(s for a in chosen if (s := say(a, lexicon)))
            yield Worded(
                clause, text, facts, facts | {k: v for a in chosen for k, v in _grant(a, attributes).items()}
            )
