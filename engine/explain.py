"""Why a verdict is what it is: each clause's trace, what refutes it, what is missing; and all of it in words.

Pure: the terminal prints the lines, the web page may use the structures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.batch import parse_date
from engine.clauses import DECISIVE, OPEN, ClauseResult, Status, Trace, judge_clause, trace
from engine.consequences import FEW_DUTIES, duty_lines, responsible_lines
from engine.judge import Engine, Finding
from engine.logic import Truth
from engine.valuation import Valuation, presumptions
from engine.verdict import DISCLAIMER, Part, Question, Verdict
from kb.conditions import Condition
from kb.errors import BadInput
from kb.models import Clause, Standard
from kb.values import FactValue
from ontology.facts import clause_atoms

_READ = {"全部": "文字全部读懂", "部分": "文字只读懂一部分", "未读懂": "文字没有读懂"}
MARKS: dict[Truth, str] = {True: "✓", False: "✗", None: "?"}


@dataclass(frozen=True)
class Section:
    """One part of a clause (适用行业, 域, 前提, 情形, 除外) with the trace of each of its conditions."""

    name: str
    traces: tuple[Trace, ...]


@dataclass(frozen=True)
class ClauseExplanation:
    """One clause: its result, the trace by section, and what is known of the facts that refute it."""

    standard: Standard
    result: ClauseResult
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    refuting: tuple[FactValue, ...]
    in_force: bool

    @property
    def citation(self) -> str:
        return f"《{self.standard.title}》（{self.standard.doc_no}）{self.result.clause.ref}"


def replay(data: object) -> Finding:
    """The finding a saved verdict was about. Raises BadInput when the data is not a saved verdict."""
    if not isinstance(data, dict) or "verdict" not in data:
        raise BadInput("不是保存的判定结果：应为 panding judge --json 或 --save 写出的 JSON 对象")
    text = data.get("finding") or ""
    given = data.get("given")
    if not isinstance(given, dict):
        held = data.get("facts") if isinstance(data.get("facts"), list) else []
        given = {
            f["fact"]: str(f["value"]).replace("或", "|")
            for f in held or []
            if isinstance(f, dict) and f.get("source") == "给定"
        }
    if not isinstance(text, str) or not (text.strip() or given):
        raise BadInput("判定结果里没有 finding（隐患描述）也没有 given（给定事实），无法解释")
    return Finding(
        text=text,
        facts={str(k): str(v) for k, v in given.items()},
        industry=str(data.get("industry") or data.get("sector") or ""),
        facility=str(data.get("facility") or ""),
        region=str(data.get("region") or ""),
        on=parse_date(str(data["on"])) if data.get("on") else None,
        without=frozenset(map(str, data.get("without") or ())),
        corrected=frozenset(map(str, data.get("corrected") or ())),
    )


def find_clauses(engine: Engine, ref: str, on: date) -> tuple[Clause, ...]:
    """Clauses by reference in any written form, or standard/reference; those in force on a date, else all.

    Raises BadInput naming clauses that do exist.
    """
    from engine.evaluation import ref_key  # late: a verdict is printed without looking for clauses

    standard, _, wanted = ref.rpartition("/")
    key = ref_key(wanted)
    found = [
        c
        for c in engine.kb.clauses()
        if ref_key(c.ref) == key and standard in ("", c.standard)
    ]  # fmt: skip
    if not found:
        near = [c.id for c in engine.kb.clauses() if ref_key(c.ref).split("条")[0] == key.split("条")[0]][:5]
        hint = f"；相近的有：{'、'.join(near)}" if near else ""
        raise BadInput(f"没有条款 {ref!r}{hint}")
    return tuple(c for c in found if engine.standards[c.standard].in_force(on)) or tuple(found)


def explain(
    engine: Engine, finding: Finding, verdict: Verdict, ref: str = ""
) -> tuple[ClauseExplanation, ...]:
    """Every clause the finding speaks to, strongest first; with `ref`, that clause alone, touched or not."""
    if ref:
        clauses = find_clauses(engine, ref, verdict.on)
        return tuple(_explain(engine, finding, verdict, c, _held(verdict, c)) for c in clauses)
    return tuple(
        _explain(engine, finding, verdict, r.clause, r)
        for r in verdict.results
        if r.status is not Status.UNTOUCHED
    )


def _held(verdict: Verdict, clause: Clause) -> ClauseResult | None:
    return next((r for r in verdict.results if r.clause.id == clause.id), None)


def _explain(
    engine: Engine, finding: Finding, verdict: Verdict, clause: Clause, result: ClauseResult | None
) -> ClauseExplanation:
    standard = engine.standards[clause.standard]
    part = _part(verdict, clause, result)
    known = {v.fact: v for v in part.facts}
    definite, presuming = _valuations(engine, finding, verdict, standard, known)
    result = result or judge_clause(
        clause, standard.scope, definite, presuming, engine.distinctive(standard.id)
    )
    shown = presuming if result.status in (Status.PRESUMED, *OPEN) else definite
    return ClauseExplanation(
        standard=standard,
        result=result,
        sections=tuple(_sections(clause, standard, shown)),
        questions=tuple(engine.question(f) for f in result.missing),
        refuting=tuple(known[f] for f in result.refuted_by if f in known),
        in_force=standard.in_force(verdict.on),
    )


def _part(verdict: Verdict, clause: Clause, result: ClauseResult | None) -> Part:
    """The instance whose result stands for the clause; the first one when none speaks to it."""
    for part in verdict.parts:
        if any(r is result for r in part.results):
            return part
    for part in verdict.parts:
        if any(r.clause.id == clause.id for r in part.results):
            return part
    return verdict.parts[0]


def _valuations(
    engine: Engine,
    finding: Finding,
    verdict: Verdict,
    standard: Standard,
    known: Mapping[str, FactValue],
) -> tuple[Valuation, Valuation]:
    """Definite facts alone, and with what is presumed."""
    firm = {f: v for f, v in known.items() if not v.presumed}
    soft = {v.fact: v for v in verdict.facts if v.presumed and v.fact not in finding.without}
    soft = presumptions(engine.kb, verdict.on, known, finding.without) | soft
    make = (engine.kb, engine.lexicon, engine.attributes, standard, firm)
    return Valuation(*make, {}), Valuation(*make, soft)


def _sections(clause: Clause, standard: Standard, valuation: Valuation) -> Iterator[Section]:
    scope: tuple[Condition, ...] = () if standard.scope is None else (standard.scope,)
    for name, conditions in (
        ("适用范围", scope),
        ("域", (clause.scope,)),
        ("前提", clause.premises),
        ("情形（有一即可）" if len(clause.limbs) > 1 else "情形", clause.limbs),
        ("除外（成立则不构成）", clause.exceptions),
    ):
        traces = tuple(t for c in conditions if (t := trace(c, valuation)).parts or t.value or not _empty(t))
        if traces:
            yield Section(name, traces)


def _empty(node: Trace) -> bool:
    """恒真: a clause without 域 of its own."""
    return node.text in ("且", "或") and not node.parts


# -- in words --------------------------------------------------------------------------------------------


def verdict_lines(verdict: Verdict, why: bool = False) -> Iterator[str]:
    """A verdict for people: level, citations, facts and words, presumptions, questions, what was not read."""
    yield f"【{verdict.level}】{'；'.join(verdict.reasons) if not verdict.decisive else ''}"
    for result in verdict.decisive:
        yield f"  {verdict.citation(result)}　{result.status}"
        yield f"    {result.clause.restatement}"
    if verdict.open:
        yield from _block("可能涉及", _open_lines(verdict))
    yield from _block("分项", _part_lines(verdict))
    yield from _block("依据事实", (fact_line(v) for v in _telling(verdict)))
    yield from _block(
        "推定（可用 --without-presumption 关闭）",
        (f"{v.fact}：{v.shown()}——{v.presumed}" for v in verdict.presumed),
    )
    yield from _block("相互矛盾", (str(c) for c in verdict.contradictions))
    yield from _block("需核实的问题", question_lines(verdict.questions))
    yield from _block("需专业认定的", verdict.lookups)
    yield from _block("未读懂的词", (f"「{s.text}」" for s in verdict.unread))
    if why:
        yield from _block("不成立、不适用", _why_lines(verdict))
    if verdict.after:
        yield from _block("由谁负责", responsible_lines(verdict.after))
        told = duty_lines(verdict.after, None if why else FEW_DUTIES)
        yield from _block(f"接下来要做什么{'' if why else '（--why 全部列出）'}", told)
    yield from _block("说明", verdict.notes)
    yield ""
    read = _READ.get(verdict.read, verdict.read)
    yield f"判定日期 {verdict.on}；{read}；知识库 {verdict.kb_version}；{verdict.evaluators}"
    yield DISCLAIMER


def _block(title: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    if held:
        yield title
        yield from (f"  {line}" for line in held)


def _open_lines(verdict: Verdict) -> Iterator[str]:
    for result in verdict.open:
        yield f"{verdict.citation(result)}　{result.status}"
        yield f"  {result.clause.restatement}"


def _part_lines(verdict: Verdict) -> Iterator[str]:
    if len(verdict.parts) > 1:
        for i, part in enumerate(verdict.parts, 1):
            refs = "、".join(r.clause.ref for r in part.results if r.status in (*DECISIVE, *OPEN))
            yield f"{i}. 【{part.level}】{part.text.strip()}{f'（{refs}）' if refs else ''}"


def _telling(verdict: Verdict) -> list[FactValue]:
    """Definite facts that the clauses shown ask about; every fact when no clause is shown."""
    asked = {a.fact for r in (*verdict.decisive, *verdict.open) for a in clause_atoms(r.clause)}
    held = [v for v in verdict.facts if not v.presumed and (not asked or v.fact in asked)]
    return sorted(held, key=lambda v: (v.spans[0].start if v.spans else -1, v.fact))


def fact_line(v: FactValue) -> str:
    """锁气卸灰装置@除尘系统：未设　←「未装锁气卸灰装置」"""
    words = "、".join(f"「{s.text}」" for s in v.spans)
    origin = f"　←{words}" if words else f"　（{v.source}）"
    loose = "（未读出在何处）" if v.loose else ""
    return f"{v.fact}：{v.shown()}{loose}{origin}{f'　{v.note}' if v.note else ''}"


def question_lines(questions: Iterable[Question]) -> Iterator[str]:
    for i, q in enumerate(questions, 1):
        options = f"（{' / '.join(q.options)}）" if 0 < len(q.options) <= 6 else ""
        yield f"{i}. {q.question}{options}　[{q.fact}]"
        if q.how:
            yield f"   怎么核实：{q.how}"


def _why_lines(verdict: Verdict) -> Iterator[str]:
    for r in verdict.results:
        if r.status in (Status.REFUTED, Status.OUT_OF_SCOPE, Status.HANDED_OVER):
            because = f"，因为 {'、'.join(r.refuted_by)}" if r.refuted_by else ""
            yield f"{verdict.citation(r)}　{r.status}{because}"


def explanation_lines(verdict: Verdict, clauses: Iterable[ClauseExplanation]) -> Iterator[str]:
    """The whole explanation for people."""
    yield f"【{verdict.level}】{'；'.join(verdict.reasons)}"
    if verdict.text:
        yield f"  {verdict.text}"
    yield from _block("事实与出处", (_fact_source(v) for v in verdict.facts))
    yield from _block("相互矛盾", (str(c) for c in verdict.contradictions))
    yield from _block("未读懂的词", (f"「{s.text}」第 {s.start + 1}–{s.end} 字" for s in verdict.unread))
    for clause in clauses:
        yield ""
        yield from _clause_lines(clause)
    yield ""
    yield f"判定日期 {verdict.on}；知识库 {verdict.kb_version}；{verdict.evaluators}"
    yield DISCLAIMER


def _fact_source(v: FactValue) -> str:
    where = "、".join(f"「{s.text}」第 {s.start + 1}–{s.end} 字" for s in v.spans) or v.source
    presumed = f"，推定：{v.presumed}" if v.presumed else ""
    return f"{v.fact}：{v.shown()}{'（未读出在何处）' if v.loose else ''}　←{where}{presumed}"


def _clause_lines(c: ClauseExplanation) -> Iterator[str]:
    r = c.result
    yield f"{c.citation}　{r.status}{'' if c.in_force else '（判定日期不在施行期内）'}"
    yield f"  {r.clause.title}：{r.clause.restatement}"
    for section in c.sections:
        yield f"  {section.name}"
        for node in section.traces:
            yield from _tree(node, "    ")
    if r.rules:
        yield f"  并依{'、'.join(r.rules)}"
    if r.status in (Status.REFUTED, Status.OUT_OF_SCOPE):
        yield from (f"  不成立的原因　{fact_line(v)}" for v in c.refuting)
    yield from (f"  推定　{v.fact}：{v.shown()}——{v.presumed}" for v in r.presumed)
    if c.questions:
        yield "  还缺"
        yield from (f"    {line}" for line in question_lines(c.questions))


def _tree(node: Trace, indent: str) -> Iterator[str]:
    what = "（已提及，未确定）" if node.noticed and node.truth is None else ""
    source = ""
    if node.value is not None:
        words = "、".join(f"「{s.text}」" for s in node.value.spans)
        given = f"推定：{node.value.presumed}" if node.value.presumed else words or node.value.source
        source = f"　←{node.value.shown()}（{given}）"
    rule = f"　依{node.rule}" if node.rule else ""
    yield f"{indent}{MARKS[node.truth]} {node.text}{what}{source}{rule}"
    for part in node.parts:
        yield from _tree(part, indent + "  ")
