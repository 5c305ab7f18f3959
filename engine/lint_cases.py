"""Checks of cases: what every clause must have, what a case may say, and whether the engine agrees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from corpus.normalize import normalize
from corpus.quantities import quantities
from engine.clauses import Status
from engine.given import given_facts
from engine.judge import Engine, Finding
from engine.lint_logic import example
from engine.lint_material import Material
from engine.verdict import Level, Verdict
from kb.conditions import Compare
from kb.errors import BadInput, Problem
from kb.loader import load_cases
from kb.models import Case, Clause, KnowledgeBase
from kb.units import convert
from kb.values import Interval
from ontology.facts import clause_atoms

STATUSES = tuple(s.value for s in Status)
LEVELS = tuple(v.value for v in Level)
# what a clause must have: the name of the case, the statuses that count, the status of a ready example
WANTED = (
    ("命中（或推定命中）", (Status.HIT, Status.PRESUMED), Status.HIT),
    ("不成立（或不适用、未触及）", (Status.REFUTED, Status.OUT_OF_SCOPE, Status.UNTOUCHED), Status.REFUTED),
    ("待核实", (Status.OPEN,), Status.OPEN),
)


def check_cases(m: Material) -> Iterator[Problem]:
    yield from unfit_cases(m)
    yield from missing_cases(m)
    yield from missing_numbers(m)


def target(case: Case, ref: str) -> str:
    """The clause id that a case means: a ref of its own standard, or `standard/ref`."""
    return ref if "/" in ref else f"{case.standard}/{ref}"


def unfit_cases(m: Material) -> Iterator[Problem]:
    """A case that names a clause, fact, value, status or verdict that there is not, or that tests nothing."""
    clauses = {c.id for c in m.kb.clauses()}
    names = Counter((c.file, c.name) for c in m.cases)
    for case in m.cases:
        for message in _unfit(m, case, clauses):
            yield Problem(case.file, case.line, f"案例“{case.name}”：{message}", "case")
        if names[case.file, case.name] > 1:
            yield Problem(case.file, case.line, f"案例“{case.name}”：同一文件中名称重复", "case")


def _unfit(m: Material, case: Case, clauses: set[str]) -> Iterator[str]:
    if not case.finding and not case.facts:
        yield "finding 和 facts 都没有，应至少有一项"
    if not case.expect and not case.verdict:
        yield "expect 和 verdict 都没有，应至少有一项"
    for ref, status in case.expect.items():
        standard = target(case, ref).partition("/")[0]
        whole = standard in m.standards and not m.articles_faulty(m.standards[standard])
        if target(case, ref) not in clauses and whole:
            yield f"没有条款 {ref}"
        if status not in STATUSES:
            yield f"{ref} 的状态 {status!r} 不认识，应为 {'、'.join(STATUSES)}"
    if case.verdict and case.verdict not in LEVELS:
        yield f"verdict {case.verdict!r} 不认识，应为 {'、'.join(LEVELS)}"
    try:
        given_facts({f: v for f, v in _typed(case).items() if not _undeclared(m, f)}, m.facts, m.kb)
    except BadInput as error:
        yield from (p.message for p in error.problems)


def _undeclared(m: Material, fact: str) -> bool:
    """Whether a clause asks an attribute that kb/facts has not: the check of names says so already."""
    return fact in m.facts and m.facts[fact].kind == "属性" and fact not in m.kb.attributes


def _typed(case: Case) -> dict[str, str]:
    return {fact: str(value) for fact, value in case.facts.items()}


def _cases_of(m: Material) -> dict[str, list[tuple[Case, str]]]:
    found: dict[str, list[tuple[Case, str]]] = defaultdict(list)
    for case in m.cases:
        for ref, status in case.expect.items():
            found[target(case, ref)].append((case, status))
    return found


def _examined(m: Material) -> Iterator[Clause]:
    """Clauses that must have cases, where neither they nor their cases could not be read."""
    for clause in m.sound_clauses():
        if clause.executability == "full" and clause.file.replace(".yaml", ".cases.yaml") not in m.faulty:
            yield clause


def missing_cases(m: Material) -> Iterator[Problem]:
    """A clause without a case that holds, one that fails or one that stays open; with facts to make it of.

    What no facts can bring about is not asked for: the solver reports that by itself.
    """
    cases = _cases_of(m)
    for clause in _examined(m):
        held = {status for _, status in cases[clause.id]}
        for name, statuses, sample in WANTED:
            if held.isdisjoint(statuses):
                facts = example(m, clause, sample)
                if facts is not None:
                    ready = ", ".join(f"{f}: {v}" for f, v in facts.items())
                    message = f"没有应为{name}的案例；可用 facts: {{{ready}}}"
                    yield m.problem("missing_case", clause, message)


def missing_numbers(m: Material) -> Iterator[Problem]:
    """A threshold without cases above it, below it and exactly on it, where alone > and >= differ."""
    cases = _cases_of(m)
    for clause in _examined(m):
        found: dict[tuple[str, str, float, str], list[Compare]] = defaultdict(list)
        for atom in clause_atoms(clause):
            if isinstance(atom, Compare):
                found[atom.quantity, atom.cmp, atom.value, atom.unit].append(atom)
        for held in found.values():
            atom = held[0]
            if convert(1, atom.unit, m.unit(atom)) is None:
                continue
            sides = {s for case, _ in cases[clause.id] for a in held for s in _sides(m, case, a)}
            for side, word in ((1, "大于"), (-1, "小于"), (0, "正好等于")):
                if side not in sides:
                    message = f"{atom}：没有数值{word} {atom.value:g} {atom.unit} 的案例"
                    yield m.problem("missing_case", clause, message, atom.quantity)


def _sides(m: Material, case: Case, atom: Compare) -> Iterator[int]:
    """On which side of a threshold the numbers of a case lie: 1 above, 0 on it, -1 below."""
    unit = m.unit(atom)
    bound = convert(atom.value, atom.unit, unit)
    assert bound is not None
    for interval in _intervals(m, case, atom, unit):
        if interval.low > bound or (interval.low == bound and interval.low_open):
            yield 1
        elif interval.high < bound or (interval.high == bound and interval.high_open):
            yield -1
        elif interval.low == interval.high:
            yield 0


def _intervals(m: Material, case: Case, atom: Compare, unit: str) -> Iterator[Interval]:
    if atom.fact in case.facts:
        try:
            value = given_facts({atom.fact: str(case.facts[atom.fact])}, m.facts, m.kb)[atom.fact]
        except BadInput:
            return
        if value.interval is not None:
            yield value.interval
    for term in quantities(normalize(case.finding)):
        low, high = (convert(n, term.unit, unit) for n in (term.interval.low, term.interval.high))
        if low is not None and high is not None:
            yield Interval(low, high, term.interval.low_open, term.interval.high_open)


def run_cases(engine: Engine, cases: Iterable[Case] | None = None) -> list[Problem]:
    """Judges every case and reports each status and verdict that is not the expected one.

    A case without a date is judged today, or on the first day of its standard when that is not in force
    today. Cases that can't be judged as they stand are left to `unfit_cases`.
    """
    if cases is None:
        cases, _ = load_cases(engine.kb)
    problems = []
    for case in cases:
        try:
            verdict = engine.judge(
                Finding(case.finding, _typed(case), industry=case.industry, on=_day(engine.kb, case))
            )
        except BadInput:
            continue
        for message in _differences(case, verdict):
            problems.append(Problem(case.file, case.line, f"案例“{case.name}”：{message}", "wrong_status"))
    return problems


def _day(kb: KnowledgeBase, case: Case) -> date:
    today = date.today()
    held = [s for s in kb.standards if s.id == case.standard]
    if case.on or not held or held[0].in_force(today):
        return case.on or today
    return held[0].effective


def _differences(case: Case, verdict: Verdict) -> Iterator[str]:
    results = {r.clause.id: r for r in verdict.results}
    for ref, expected in case.expect.items():
        result = results.get(target(case, ref))
        got = result.status if result else Status.UNTOUCHED
        if got != expected and expected in STATUSES:
            why = ""
            if result and result.missing:
                why = f"（还缺：{'、'.join(result.missing)}）"
            if result and result.refuted_by:
                why = f"（依据：{'、'.join(result.refuted_by)}）"
            yield f"{ref} 应为{expected}，实为{got}{why}"
    if case.verdict in LEVELS and verdict.level != case.verdict:
        yield f"结论应为{case.verdict}，实为{verdict.level}（{'；'.join(verdict.reasons)}）"
