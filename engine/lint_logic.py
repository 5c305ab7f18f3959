"""The solver part of `panding check`: can a clause be reached, refuted, left open, and is it needed.

Unknown is a value here. Each fact of a query picks one of the values it can have, 不详 among them, and the
reference evaluator itself says what every atom makes of every value; z3 only searches the combinations.
So what is proved here holds for the evaluator that judges. Queries stay small: a clause meets its own
facts only, and is compared only with clauses of the same scope that share a fact of the defect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

import z3

from engine.clauses import Status, whole
from engine.lint_material import SCOPE, Material, parts
from engine.valuation import Valuation
from kb.conditions import ATOMS, All, AnyOf, Atom, Compare, Condition, Exceeds, Has, Not, atoms
from kb.errors import Problem
from kb.models import Clause, Standard
from kb.units import convert, dimension
from kb.values import FactValue, Interval, State
from ontology.facts import clause_atoms

PATIENCE = 2000  # milliseconds for one query; none of the shipped ones takes more than a few
_COUNTED = ("人数", "数量")
_SIGNED = ("温度", "角度")
Pair = tuple[Any, Any]  # z3 expressions: is true, is false; neither: unknown


def check_logic(m: Material) -> Iterator[Problem]:
    sound = [c for c in m.sound_clauses() if c.limbs and is_sound(m, c)]
    dead: set[str] = set()
    for clause in sound:
        question = Question(m, m.standards[clause.standard], clause)
        problem = unreachable(m, clause, question)
        if problem:
            dead.add(clause.id)
            yield problem
            continue
        alive, problems = unreachable_limbs(m, clause, question)
        yield from problems
        yield from shadowed_limbs(m, clause, question, alive)
        yield from never_refuted(m, clause, question)
        yield from never_open(m, clause, question)
    yield from shadowed_clauses(m, [c for c in sound if c.id not in dead])


def is_sound(m: Material, clause: Clause) -> bool:
    """Whether every attribute and unit of a clause is declared; the check of names says what is not."""
    for atom in clause_atoms(clause):
        if isinstance(atom, Has) and not set(atom.values) <= m.values.get(atom.attribute, frozenset()):
            return False
        if isinstance(atom, Compare) and convert(1, atom.unit, m.unit(atom)) is None:
            return False
    return True


def example(m: Material, clause: Clause, status: Status) -> dict[str, str] | None:
    """Facts, as a case gives them, that bring a clause to 命中, 不成立 or 待核实; None: there are none."""
    if not clause.limbs or not is_sound(m, clause):
        return None
    return Question(m, m.standards[clause.standard], clause).example(clause, status)


class Question:
    """The facts of one or two clauses of a standard, as variables of a solver."""

    def __init__(self, m: Material, standard: Standard, *clauses: Clause) -> None:
        self._m, self._standard = m, standard
        self._solver = z3.Solver()
        self._solver.set("timeout", PATIENCE)
        self._truth: dict[Atom, Pair] = {}
        self._noticed: dict[Atom, Any] = {}
        self._choices: dict[str, list[tuple[Any, FactValue | None]]] = {}
        self._encoded: dict[Condition, Pair] = {}
        groups: dict[str, dict[Atom, None]] = defaultdict(dict)
        for clause in clauses:
            for atom in atoms(whole(clause, standard.scope)):
                groups[atom.fact][atom] = None
        for fact, held in groups.items():
            self._declare(fact, list(held))
        self._relate([a for held in groups.values() for a in held if isinstance(a, Exceeds)])

    def _declare(self, fact: str, held: list[Atom]) -> None:
        """One variable for each value that the atoms tell apart; exactly one is chosen."""
        kinds: dict[tuple[Any, ...], FactValue | None] = {}
        for value in [None, *_values(self._m, held)]:
            known = {fact: value} if value else {}
            valuation = Valuation(self._m.kb, self._m.lexicon, self._m.attributes, self._standard, known, {})
            readings = (valuation.read(a) for a in held)
            kinds.setdefault(tuple((r.truth, r.noticed) for r in readings), value)
        choices = [(z3.Bool(f"{fact}#{i}"), value) for i, value in enumerate(kinds.values())]
        self._solver.add(z3.PbEq([(chosen, 1) for chosen, _ in choices], 1))
        self._choices[fact] = choices
        for place, atom in enumerate(held):
            said = [(chosen, kind[place]) for (chosen, _), kind in zip(choices, kinds, strict=True)]
            self._truth[atom] = (
                _any(chosen for chosen, (truth, _) in said if truth is True),
                _any(chosen for chosen, (truth, _) in said if truth is False),
            )
            self._noticed[atom] = _any(chosen for chosen, (_, noticed) in said if noticed)

    def _relate(self, comparisons: list[Exceeds]) -> None:
        """Q > R and Q <= R are two facts about one difference."""
        for i, a in enumerate(comparisons):
            difference = z3.Real(f"{a.quantity}-{a.reference}@{a.host}")
            says = {">": difference > 0, ">=": difference >= 0, "<": difference < 0, "<=": difference <= 0}
            if any(
                (a.quantity, a.reference, a.host) == (b.quantity, b.reference, b.host)
                for j, b in enumerate(comparisons) if j != i
            ):  # fmt: skip
                true, false = self._truth[a]
                self._solver.add(z3.Implies(true, says[a.cmp]), z3.Implies(false, z3.Not(says[a.cmp])))

    def truth(self, condition: Condition) -> Pair:
        """Strong Kleene logic, as `engine.logic` has it."""
        held = self._encoded.get(condition)
        if held is None:
            held = self._encoded[condition] = self._encode(condition)
        return held

    def _encode(self, condition: Condition) -> Pair:
        if isinstance(condition, ATOMS):
            return self._truth[condition]
        if isinstance(condition, Not):
            true, false = self.truth(condition.part)
            return false, true
        pairs = [self.truth(p) for p in condition.parts]
        true, false = [t for t, _ in pairs], [f for _, f in pairs]
        if isinstance(condition, All):
            return _every(true), _any(false)
        if isinstance(condition, AnyOf):
            return _any(true), _every(false)
        return z3.AtLeast(*true, condition.n), z3.AtLeast(*false, len(pairs) - condition.n + 1)

    def touched(self, limb: Condition) -> Any:
        """As `engine.clauses` has it: a limb of attributes only must be true, others must be spoken to."""
        if all(isinstance(a, Has) for a in atoms(limb)):
            return self.truth(limb)[0]
        return self._spoken_to(limb)

    def _spoken_to(self, condition: Condition) -> Any:
        """A true or noticed fact in what is not false; attributes are no defect by themselves."""
        if isinstance(condition, Has):
            return z3.BoolVal(False)
        if isinstance(condition, Not):
            if all(isinstance(a, Has) for a in atoms(condition.part)):
                return z3.BoolVal(False)
            return self.truth(condition.part)[1]
        alive = z3.Not(self.truth(condition)[1])
        if isinstance(condition, ATOMS):
            return z3.And(alive, z3.Or(self._truth[condition][0], self._noticed[condition]))
        return z3.And(alive, _any(self._spoken_to(p) for p in condition.parts))

    def possible(self, *wanted: Any) -> bool:
        """Whether some assignment meets all that is wanted. A query given up counts as possible: no alarm."""
        self._solver.push()
        self._solver.add(*wanted)
        answer = self._solver.check()
        self._solver.pop()
        return bool(answer != z3.unsat)

    def facts(self, *wanted: Any) -> dict[str, str] | None:
        """An assignment that meets all that is wanted, with as few known facts as it can do with."""
        self._solver.push()
        try:
            self._solver.add(*wanted)
            if self._solver.check() != z3.sat:
                return None
            for choices in self._choices.values():
                unknown = next(chosen for chosen, value in choices if value is None)
                if self.possible(unknown):
                    self._solver.add(unknown)
            self._solver.check()
            model = self._solver.model()
            return {
                fact: value.shown()
                for fact, choices in self._choices.items()
                for chosen, value in choices
                if value is not None and z3.is_true(model.eval(chosen, model_completion=True))
            }
        finally:
            self._solver.pop()

    def example(self, clause: Clause, status: Status) -> dict[str, str] | None:
        """The smallest facts that bring the clause to a status."""
        true, false = self.truth(whole(clause, self._standard.scope))
        touched = _any(self.touched(limb) for limb in clause.limbs)
        if status is Status.HIT:
            return self.facts(true)
        if status is Status.REFUTED:
            scope = [c for name, c in parts(clause, self._standard.scope) if name in (SCOPE, "域")]
            addressed = [z3.Not(self.truth(c)[1]) for c in scope]
            plain = self.facts(self.truth(clause.situation)[1], *addressed)
            return plain or self.facts(touched, false, *addressed)
        return self.facts(touched, z3.Not(true), z3.Not(false), *self._settled())

    def _settled(self) -> Iterator[Any]:
        """No presumption may fill a gap: what could be presumed is known."""
        for fact, choices in self._choices.items():
            attribute = self._m.kb.attributes.get(fact)
            if attribute and attribute.presume:
                yield z3.Not(next(chosen for chosen, value in choices if value is None))


def _any(of: Iterable[Any]) -> Any:
    return z3.Or(z3.BoolVal(False), *of)


def _every(of: Iterable[Any]) -> Any:
    return z3.And(z3.BoolVal(True), *of)


def _values(m: Material, held: Sequence[Atom]) -> list[FactValue]:
    """Every known value worth telling apart for the atoms of one fact."""
    first = held[0]
    if isinstance(first, Has):
        values = m.kb.attributes[first.attribute].ancestors()
        return [FactValue(first.fact, values=frozenset({v})) for v in values]
    if isinstance(first, Compare):
        unit = m.unit(first)
        bounds = {convert(a.value, a.unit, unit) or 0.0 for a in held if isinstance(a, Compare)}
        points = (Interval.exactly(n) for n in _numbers(bounds, unit))
        return [FactValue(first.fact, interval=p, unit=unit) for p in points]
    states = (State.MISSING, State.THERE, State.WORKING, State.FAILED, State.DOUBTFUL)
    return [FactValue(first.fact, state=s) for s in states]


def _numbers(bounds: Iterable[float], unit: str) -> list[float]:
    """The bounds, one number between each two, one below and one above: no comparison tells more apart.

    People and pieces are whole; only temperature and angle go below zero.
    """
    ordered = sorted(bounds)
    counted, signed = dimension(unit) in _COUNTED, dimension(unit) in _SIGNED
    step = 1.0 if counted else max(abs(ordered[-1]) / 2, 1.0)
    inside = [a + 1 if counted else (a + b) / 2 for a, b in pairwise(ordered)]
    below = ordered[0] - step
    if not signed and below < 0 < ordered[0]:
        below = 0.0
    found = {*ordered, *inside, below, ordered[-1] + step}
    return sorted(n for n in found if signed or n >= 0)


def _shown(facts: dict[str, str] | None) -> str:
    return "，".join(f"{fact}={value}" for fact, value in (facts or {}).items()) or "一切不详"


def unreachable(m: Material, clause: Clause, q: Question) -> Problem | None:
    """A clause that no facts can make 命中; the message names the smallest set of parts that clash.

    A 前提 that clashes with 域 or 情形 is reported as a contradiction.
    """
    standard = m.standards[clause.standard]
    named = [(n, c) for n, c in parts(clause, standard.scope) if not n.startswith(("情形", "除外"))]
    required = [(n, q.truth(c)[0]) for n, c in named]
    required.append(("情形", q.truth(clause.situation)[0]))
    required += [(n, q.truth(c)[1]) for n, c in parts(clause) if n.startswith("除外")]
    if q.possible(*(t for _, t in required)):
        return None
    for item in list(required):
        rest = [r for r in required if r is not item]
        if not q.possible(*(t for _, t in rest)):
            required = rest
    core = [name for name, _ in required]
    if len(core) == 1:
        return m.problem("unreachable", clause, f"{core[0]}自相矛盾，本条不可能命中")
    clash = any(name.startswith("前提") for name in core)
    message = f"{'与'.join(core)}互相矛盾，本条不可能命中"
    return m.problem("contradiction" if clash else "unreachable", clause, message)


def _around(m: Material, clause: Clause, q: Question) -> list[Any]:
    """域, 前提 and 除外 as 命中 needs them."""
    named = parts(clause, m.standards[clause.standard].scope)
    return [
        q.truth(c)[1 if name.startswith("除外") else 0] for name, c in named if not name.startswith("情形")
    ]


def unreachable_limbs(m: Material, clause: Clause, q: Question) -> tuple[list[int], list[Problem]]:
    """Limbs that can't be true together with 域, 前提 and 除外. Returns the places of the others too."""
    around = _around(m, clause, q)
    dead = [i for i, limb in enumerate(clause.limbs) if not q.possible(q.truth(limb)[0], *around)]
    problems = [
        m.problem(
            "unreachable", clause, f"情形第{i + 1}条“{clause.limbs[i]}”与域、前提或除外矛盾，不可能成立",
            next(_words(clause.limbs[i]), ""),
        )
        for i in dead
    ]  # fmt: skip
    return [i for i in range(len(clause.limbs)) if i not in dead], problems


def _words(condition: Condition) -> Iterator[str]:
    for atom in atoms(condition):
        yield getattr(atom, "thing", "") or getattr(atom, "quantity", "") or getattr(atom, "attribute", "")


def _facts_of(condition: Condition) -> set[str]:
    return {a.fact for a in atoms(condition)}


def shadowed_limbs(m: Material, clause: Clause, q: Question, alive: list[int]) -> Iterator[Problem]:
    """A limb that is true only when another limb of the clause is true as well: it can never matter."""
    around = _around(m, clause, q)
    shadowed: set[int] = set()
    for i in reversed(alive):
        for j in alive:
            mine, other = clause.limbs[i], clause.limbs[j]
            if i == j or j in shadowed or not _facts_of(mine) & _facts_of(other):
                continue
            if not q.possible(q.truth(mine)[0], z3.Not(q.truth(other)[0]), *around):
                shadowed.add(i)
                message = f"情形第{i + 1}条“{mine}”多余：它成立时第{j + 1}条“{other}”必已成立"
                alone = q.facts(q.truth(other)[0], z3.Not(q.truth(mine)[0]), *around)
                if alone is not None:
                    message += f"；反之不然，例：{_shown(alone)}"
                yield m.problem("shadowed_limb", clause, message, next(_words(mine), ""))
                break


def never_refuted(m: Material, clause: Clause, q: Question) -> Iterator[Problem]:
    """情形 that no fact refutes (always true), 前提 or 域 that say nothing, 除外 that never apply."""
    standard = m.standards[clause.standard]
    named = [(n, c) for n, c in parts(clause, standard.scope) if not n.startswith("情形")]
    for name, condition in [*named, ("情形", clause.situation)]:
        lifts = name.startswith("除外")
        true, false = q.truth(condition)
        if not q.possible(true if lifts else false):
            said = "永远不能成立" if lifts else "永远不会不成立，等于没有限定"
            word = next(_words(condition), "")
            yield m.problem("always_true", clause, f"{name}“{condition}”{said}", word)


def never_open(m: Material, clause: Clause, q: Question) -> Iterator[Problem]:
    """A clause that no finding can leave 待核实: nothing is ever asked, so what is not known decides it."""
    if clause.executability == "full" and q.example(clause, Status.OPEN) is None:
        yield m.problem("never_open", clause, "没有一种已知情况会使本条待核实，缺少的事实永远问不到")


def shadowed_clauses(m: Material, clauses: list[Clause]) -> Iterator[Problem]:
    """A clause that holds only when another of its standard and scope holds as well."""
    groups: dict[tuple[str, str], list[Clause]] = defaultdict(list)
    for clause in clauses:
        groups[clause.standard, str(clause.scope)].append(clause)
    for group in groups.values():
        for a, b in combinations(group, 2):
            if _facts_of(a.situation) & _facts_of(b.situation):
                yield from _compare(m, a, b)


def _compare(m: Material, a: Clause, b: Clause) -> Iterator[Problem]:
    standard = m.standards[a.standard]
    q = Question(m, standard, a, b)
    first, second = (q.truth(whole(c, standard.scope))[0] for c in (a, b))
    only_a, only_b = q.possible(first, z3.Not(second)), q.possible(second, z3.Not(first))
    if not only_a and not only_b:
        yield m.problem("shadowed_clause", b, f"与 {a.ref} 完全等价，两条总是同时命中")
    elif not only_a or not only_b:
        inner, outer = (a, b) if not only_a else (b, a)
        wide = (second, z3.Not(first)) if inner is a else (first, z3.Not(second))
        message = f"命中时 {outer.ref} 必已命中；反之不然，例：{_shown(q.facts(*wide))}"
        yield m.problem("shadowed_clause", inner, message)
