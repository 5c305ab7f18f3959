"""How every clause stands for one site: true, false or unknown of the whole enterprise, with the reason.

A site may have several kinds of a thing side by side (a dry and a wet dust collector, two trades): a clause holds if it
holds for one of them and fails only if it fails for all. What is not there at all can't be defective.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from corpus import INDUSTRY
from engine.clauses import whole
from engine.derive import derive
from engine.logic import Truth, disjunction
from engine.plainly import fact_name, sentence, wanted
from engine.profile import APPLIES, NOT, UNDECIDED, Site, duty_applies
from engine.valuation import Reading, Valuation, presumptions
from kb.conditions import All, Atom, Compound, Condition, Has, Not, Present, atoms, is_atom
from kb.models import Clause, Standard
from kb.values import FactValue
from ontology.facts import Fact

if TYPE_CHECKING:
    from engine.judge import Engine
    from engine.verdict import Contradiction
    from kb.national import Duty

_NOT_THERE = Reading(False)
_MANY = 64  # combinations of kinds side by side; beyond, the clause is left unknown


class SiteValuation(Valuation):
    """Reads atoms as the reference evaluator does; one that asks what is not there is false."""

    absent: frozenset[str] = frozenset()

    def without(self, absent: frozenset[str]) -> SiteValuation:
        self.absent = absent
        return self

    def silent_on(self, condition: Compound) -> bool:
        return super().silent_on(condition) and condition.needs.isdisjoint(self.absent)

    def read(self, atom: Atom) -> Reading:
        return _NOT_THERE if atom.fact in self.absent else super().read(atom)


@dataclass(frozen=True)
class Held:
    """A clause to be checked. `heir`: the edition in force for which this earlier clause is only a clue."""

    clause: Clause
    standard: Standard
    heir: Standard | None = None

    @cached_property
    def condition(self) -> Condition:
        return whole(self.clause, self.standard.scope)

    @cached_property
    def addressed(self) -> Condition:
        """Whom and in what circumstances: scope of the standard, 域 and 前提."""
        scope = () if self.standard.scope is None else (self.standard.scope,)
        return All(parts=(*scope, self.clause.scope, *self.clause.premises))

    @cached_property
    def asks(self) -> frozenset[str]:
        return frozenset(a.fact for a in atoms(self.condition))

    @property
    def expert(self) -> bool:
        """Whether a human must judge even when all facts are there."""
        return self.heir is not None or self.clause.executability != "full"

    @property
    def citation(self) -> str:
        s = self.heir or self.standard
        if self.heir:
            return f"《{s.title}》（{s.doc_no}）（线索：前一版{self.standard.doc_no} {self.clause.ref}）"
        return f"《{s.title}》（{s.doc_no}）{self.clause.ref}"

    def to_json(self) -> dict[str, Any]:
        return {
            "clause": self.clause.id, "standard": (self.heir or self.standard).id, "ref": self.clause.ref,
            "title": self.clause.title, "restatement": self.clause.restatement, "citation": self.citation,
            "grade": self.standard.grade, "clue": self.heir is not None,
        }  # fmt: skip


def cited(held: Iterable[Held]) -> tuple[str, ...]:
    """Citations of several clauses, each standard named once."""
    found: dict[tuple[str, bool], list[Held]] = {}
    for h in held:
        row = found.setdefault((h.standard.id, h.heir is not None), [])
        if h not in row:
            row.append(h)
    return tuple("、".join((row[0].citation, *(h.clause.ref for h in row[1:]))) for row in found.values())


class View:
    """The facts of a site as the clauses read them. `absent`: fact -> why it can't arise there."""

    def __init__(
        self,
        engine: Engine,
        on: date,
        facts: Mapping[str, FactValue],
        several: Iterable[str] = (),
        absent: Mapping[str, str] | None = None,
    ) -> None:
        self.engine, self.on = engine, on
        self.several = frozenset(several)
        self.absent = {f: why for f, why in (absent or {}).items() if f not in facts}
        self.given = facts
        found, clashes = derive(facts, engine.kb.derivations, engine.attributes, engine.neutral)
        self.facts: Mapping[str, FactValue] = found
        self.contradictions: tuple[Contradiction, ...] = tuple(clashes)
        self._live: dict[str, set[str]] = {}
        self._valuations: dict[tuple[str, tuple[tuple[str, str], ...], bool], SiteValuation] = {}

    def but(self, changed: Mapping[str, FactValue]) -> View:
        """The same site with some facts changed."""
        absent = {f: why for f, why in self.absent.items() if f not in changed}
        several = self.several - changed.keys()
        return View(self.engine, self.on, {**self.given, **changed}, several, absent)

    @cached_property
    def _presumed(self) -> Mapping[str, FactValue]:
        return presumptions(self.engine.kb, self.on, self.facts)

    def _valuation(
        self, standard: Standard, world: tuple[tuple[str, str], ...], presume: bool
    ) -> SiteValuation:
        key = (standard.id, world, presume)
        if key not in self._valuations:
            chosen = {f: replace(self.facts[f], values=frozenset({v})) for f, v in world}
            e = self.engine
            made = SiteValuation(
                e.kb, e.lexicon, e.attributes, standard, {**self.facts, **chosen}, self._presumed if presume else {}
            )  # fmt: skip
            self._valuations[key] = made.without(frozenset(self.absent))
        return self._valuations[key]

    def worlds(self, held: Held, presume: bool = False) -> Iterator[SiteValuation]:
        """One valuation for every combination of kinds side by side that the clause asks about."""
        return self._worlds(held.standard, held.asks, presume)

    def _worlds(
        self, standard: Standard, asked: frozenset[str], presume: bool = False
    ) -> Iterator[SiteValuation]:
        split = sorted(f for f in self.several & asked if f in self.facts)
        choices = [[(f, v) for v in sorted(self.facts[f].values)] for f in split]
        combinations = list(product(*choices))
        for world in combinations if len(combinations) <= _MANY else [()]:
            yield self._valuation(standard, world, presume)

    def truth(self, held: Held, condition: Condition | None = None, presume: bool = False) -> Truth:
        """Whether a clause (or a part of it) holds for one of the site's kinds."""
        asked = held.condition if condition is None else condition
        return disjunction([v(asked) for v in self.worlds(held, presume)])

    def scope(self, standard: Standard) -> Truth:
        """Whether a standard addresses the site, by any of its trades."""
        if standard.scope is None:
            return True
        asked = frozenset(a.fact for a in atoms(standard.scope))
        return disjunction([v(standard.scope) for v in self._worlds(standard, asked)])

    def live(self, held: Held) -> set[str]:
        """Facts that can still change what is open about a clause."""
        found = self._live.get(held.clause.id)
        if found is None:
            found = self._live[held.clause.id] = {
                f for v in self.worlds(held) if v(held.condition) is None for f in _live(held.condition, v)
            }
        return found

    def beside(self, held: Held) -> tuple[str, ...]:
        """Facts not known by which a true clause would hold too: its other forms, and the same form at other places."""
        found = (
            f for v in self.worlds(held) if v(held.condition) is True
            for limb in held.clause.limbs for f in _other_forms(limb, v)
        )  # fmt: skip
        return tuple(dict.fromkeys(f for f in found if f not in self.facts and f not in self.absent))

    def why_not(self, held: Held) -> tuple[str, ...]:
        """Why a false clause is false, in words."""
        return self._why(held, False)

    def why(self, held: Held) -> tuple[str, ...]:
        """What makes a true clause true, in words."""
        return self._why(held, True)

    def _why(self, held: Held, truth: bool) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._say(a, v, truth) for a, v in self._settling(held, truth)))

    def told(self, held: Held, truth: bool) -> tuple[str, ...]:
        """What makes a clause true or false, in plain sentences."""
        return tuple(dict.fromkeys(self._tell(a, v, truth) for a, v in self._settling(held, truth)))

    def rules(self, held: Held) -> tuple[str, ...]:
        """General rules of the standard on which a true clause rests: 令第10号 第十四条, by which 失效 counts as 没有."""
        return tuple(dict.fromkeys(r for a, v in self._settling(held, True) if (r := v.read(a).rule)))

    def makes(self, held: Held) -> frozenset[str]:
        """The facts that make a true clause true."""
        return frozenset(a.fact for a, _ in self._settling(held, True))

    def _settling(self, held: Held, truth: bool) -> Iterator[tuple[Atom, SiteValuation]]:
        for valuation in self.worlds(held):
            if valuation(held.condition) is truth:
                yield from ((a, valuation) for a in _settling(held.condition, truth, valuation))

    def _say(self, atom: Atom, valuation: SiteValuation, holds: bool) -> str:
        if atom.fact in self.absent:
            return self.absent[atom.fact]
        value = valuation.read(atom).value or self.facts[atom.fact]
        if isinstance(atom, Present):
            return f"{fact_name(atom.fact)}：{seen(value.shown())}"
        meant = f"（条款针对{'或'.join(atom.values)}）" if isinstance(atom, Has) and not holds else ""
        return f"{fact_name(atom.fact)}：{value.shown()}{meant}"

    def _tell(self, atom: Atom, valuation: SiteValuation, holds: bool) -> str:
        if atom.fact in self.absent:
            return self.absent[atom.fact]
        kb, lexicon = self.engine.kb, self.engine.lexicon
        said = sentence(atom, valuation.read(atom).value or self.facts[atom.fact], kb, lexicon)
        if isinstance(atom, Has) and valuation.read(atom).truth is False and not holds:
            return f"{said}（条款针对的情形：{wanted(atom, kb, lexicon)}）"
        return said


_SEEN = {"有效": "有", "失效": "有", "存疑": "疑似有", "未设": "没有"}


def seen(shown: str) -> str:
    """A value in words, of a thing or act that should not be there: nobody calls it 有效.

    >>> seen("有效"), seen("12m")
    ('有', '12m')
    """
    return _SEEN.get(shown, shown)


def _live(condition: Condition, valuation: Valuation) -> Iterator[str]:
    if valuation(condition) is not None:
        return
    if is_atom(condition):
        yield condition.fact
        return
    for part in (condition.part,) if isinstance(condition, Not) else condition.parts:
        yield from _live(part, valuation)


def _other_forms(condition: Condition, valuation: Valuation) -> Iterator[str]:
    """Facts of the alternatives in a condition that are open, one of them being true."""
    if valuation(condition) is None:
        yield from _live(condition, valuation)
    elif valuation(condition) is True and not is_atom(condition) and not isinstance(condition, Not):
        for part in condition.parts:
            yield from _other_forms(part, valuation)


def _settling(condition: Condition, truth: bool, valuation: Valuation) -> Iterator[Atom]:
    """Atoms that give a condition its value. Of several parts each of which makes it false, the first is enough."""
    if is_atom(condition):
        yield condition
        return
    if isinstance(condition, Not):
        yield from _settling(condition.part, not truth, valuation)
        return
    parts = [p for p in condition.parts if valuation(p) is truth]
    enough = not truth and condition.op == "且"  # every form that a hazard has is told
    for part in parts[:1] if enough else parts:
        yield from _settling(part, truth, valuation)


def held_clauses(engine: Engine, on: date) -> list[Held]:
    """Every clause in force on a day, and those of an earlier edition that are clues for one in force."""
    found = []
    for s in engine.kb.standards:
        heir = engine.heir(s.id, on)
        if s.in_force(on) or heir:
            found += [Held(c, s, heir) for c in s.clauses]
    return found


# -- what applies ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Applies:
    """One standard, clause or duty with 适用, 不适用 or 待定, and why.

    `checked`: whether a self-check can look at it; an item that an authority decides lists nothing to look at.
    `lacking`: what of a standard's text is not held; empty where all of it is.
    """

    id: str
    title: str
    standing: str
    why: str
    citation: str = ""
    checked: bool = True
    lacking: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "title": self.title, "standing": self.standing, "why": self.why, "citation": self.citation,
            "checked": self.checked, "lacking": self.lacking,
        }  # fmt: skip


@dataclass(frozen=True)
class Applicability:
    standards: tuple[Applies, ...]
    clauses: tuple[Applies, ...]
    duties: tuple[Applies, ...]
    unread: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "standards": [a.to_json() for a in self.standards],
            "clauses": [a.to_json() for a in self.clauses],
            "duties": [a.to_json() for a in self.duties],
            "unread": list(self.unread),
        }


def may_be_missing(engine: Engine, fact: Fact) -> bool:
    """Whether a fact falls away with its host. A protective device that is not there is a defect, no excuse."""
    concept = engine.lexicon.concepts.get(fact.host or "")
    return concept is not None and concept.type not in ("物", "文")


def falls_away(engine: Engine, fact: Fact, absent: Callable[[str], str]) -> str:
    """What is not there, so that a fact can't arise: its place, or every kind of place it can be of. Empty: it may arise.

    `absent`: concept -> the one by which it is not there, empty where it may be there.
    """
    host = absent(fact.host) if fact.host and may_be_missing(engine, fact) else ""
    kinds = [absent(k) for k in fact.only]
    return host or ("、".join(dict.fromkeys(kinds)) if all(kinds) else "")


def absent_facts(engine: Engine, site: Site) -> dict[str, str]:
    """Facts about places and things that the profile denies, each with the words for it."""
    out = {}
    for fact in engine.facts.values():
        denied = falls_away(engine, fact, site.absent)
        if denied:
            out[fact.id] = f"没有{denied}（企业情况）"
    return out


def view_of(engine: Engine, site: Site, on: date) -> View:
    """What the profile alone settles."""
    return View(engine, on, site.facts, site.several, absent_facts(engine, site))


def applicable(
    engine: Engine, site: Site, duties: Iterable[Duty], on: date, *, clues: bool = False
) -> Applicability:
    """Which standards, clauses and duties apply to a unit on a day, and why each does or does not.

    `clues`: with the clauses of an earlier edition where the text of the one in force is not held.
    """
    view = view_of(engine, site, on)
    standards = [_standard(view, s) for s in engine.kb.standards if s.in_force(on)]
    apply = {a.id for a in standards if a.standing != NOT}
    clauses = [
        _clause(view, h) for h in held_clauses(engine, on)
        if (h.heir or h.standard).id in apply and (clues or h.heir is None)
    ]  # fmt: skip
    enterprise = (d for d in duties if d.side in ("企业", "人员"))
    return Applicability(
        tuple(standards), tuple(clauses), tuple(_duty(site, d, on) for d in enterprise), site.unread
    )


def _standard(view: View, standard: Standard) -> Applies:
    head = (standard.id, f"《{standard.title}》（{standard.doc_no}）")
    if standard.scope is None:
        why = f"不限行业：{standard.scope_text}"
        return Applies(*head, APPLIES, why, standard.doc_no, lacking=_lacking(standard))
    trades = "、".join(sorted(view.facts[INDUSTRY].values))
    why = f"行业为{trades}；适用范围：{standard.scope_text}"
    return Applies(*head, _word(view.scope(standard)), why, standard.doc_no, lacking=_lacking(standard))


def _lacking(standard: Standard) -> str:
    """What of a standard's text is not held, in words."""
    if standard.complete:
        return ""
    if not standard.clauses:
        return "条文没有收录，不能据以判断，也没有列入自查"
    return f"只收录了一部分：{standard.unheld or '部分条文未取得'}"


def _clause(view: View, held: Held) -> Applies:
    head, checked = (held.clause.id, held.clause.title), bool(held.clause.limbs)
    if view.truth(held) is False:
        return Applies(*head, NOT, "；".join(view.why_not(held)), held.citation, checked)
    addressed = view.truth(held, held.addressed)
    if addressed:
        return Applies(*head, APPLIES, "行业和前提都符合", held.citation, checked)
    open_ = sorted({f for v in view.worlds(held) for f in _live(held.addressed, v)})
    return Applies(*head, UNDECIDED, f"尚不知道{'、'.join(map(fact_name, open_))}", held.citation, checked)


def _duty(site: Site, duty: Duty, on: date) -> Applies:
    truth, why = duty_applies(site, duty, on)
    return Applies(duty.id, duty.duty, _word(truth), why, "；".join(duty.basis))


def _word(truth: Truth) -> str:
    return UNDECIDED if truth is None else APPLIES if truth else NOT
