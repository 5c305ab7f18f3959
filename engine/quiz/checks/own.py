"""Questions in the words of our own (`engine.quiz.clauses`), whoever set their key: what each option claims is read back and proven again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.logic import Truth
from engine.quiz.alarms import FIGURE, LEVEL, TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.clauses import ELSE
from engine.quiz.model import Test
from engine.quiz.prove import duty_holds
from engine.quiz.readback import Situation
from engine.quiz.registers import cite
from engine.quiz.texts import UNLISTED
from engine.quiz.trials import Limit, answers, limit_of, limit_test, settling_test
from engine.verdict import Level

_AMOUNT = re.compile(r"^\D+")
_BLANK = re.compile(r"（\s*）")
_WIDE = str.maketrans("()", "（）")
_UNIT = r"^(?P<head>某[^，。：]{1,16}?)"
_BESIDE = f"(?:（{ELSE}）)?$"
_EACH = "（每项单独出现，其他方面均符合要求），"
_GRADE = "(?P<grade>[^，。？]+?)"


@dataclass(frozen=True)
class Proven:
    """What an option claims, tried; where it was tried."""

    option: str
    keyed: bool
    truth: Truth
    rule: str = ""
    citation: str = ""


def check(asked: Asked, found: Found) -> bool:
    """Whether the item is one of ours and was proven: then no other check has anything to add."""
    stem = asked.item.stem.translate(_WIDE).strip()
    for form, kind, prove in _FORMS:
        if m := form.match(stem):
            return _told(list(prove(asked, m)), found, kind)
    return _told(list(_duty(asked, stem.rstrip("。"))), found, FIGURE)


def _told(proofs: list[Proven], found: Found, kind: str) -> bool:
    """The key against what was proven; what could not be proven tells nothing."""
    for p in proofs:
        if p.truth is not None and p.truth is not p.keyed:
            what = "不成立" if p.keyed else "成立，答案没有选"
            found.alarms.append(Alarm(kind, f"“{p.option}”{what}，规定是：{p.rule}", p.citation))
    keyed = [p for p in proofs if p.keyed]
    one = len(keyed) == 1 and keyed[0].truth  # the one that holds; of several each other must be refuted
    if proofs and not found.alarms and (one or all(p.truth is p.keyed for p in proofs)):
        found.agreed.extend(f"{p.option}：{p.citation}" for p in keyed or proofs)
    return any(p.truth is not None for p in proofs)


def _proven(asked: Asked, option: str, keyed: bool, tried: Iterable[tuple[Situation, Test]]) -> Proven:
    """Tried on every clause whose situations it may state: one bears it out, or all refute it."""
    truths = [(asked.book.prover.truth(test), s) for s, test in tried]
    best = next((p for p in truths if p[0]), None)
    refuted = bool(truths) and all(t is False for t, _ in truths)
    if best is None and not refuted:
        return Proven(option, keyed, None)
    clause = (best or truths[0])[1].clause
    return Proven(option, keyed, best is not None, clause.restatement, asked.book.cite(clause))


def _situations(asked: Asked, m: re.Match[str], text: str, beside: str = "") -> Iterator[Situation]:
    """The situations that a text may state, all of them told, in standards that give them the grade asked for."""
    for s in asked.book.readback(asked.on).situations(m["head"], text, beside):
        if asked.engine.standards[s.clause.standard].grade == m["grade"]:
            yield s


def _tests(asked: Asked, found: Iterable[Situation]) -> Iterator[tuple[Situation, Test]]:
    for s in found:
        if not s.left:
            yield s, _test(asked, s)


def _test(asked: Asked, s: Situation) -> dict[str, object]:
    return {"test": "situation", "clause": s.clause.id, "facts": s.facts, "on": asked.on.isoformat()}


def _choice(asked: Asked, m: re.Match[str]) -> Iterator[Proven]:
    """「下列情形中，应当判定为…的是（ ）」: each option is a situation, with what the stem states."""
    item, known = asked.item, m["told"] or ""
    for option in item.options:
        found = _situations(asked, m, f"{known}，{option}", "。".join(item.options))
        yield _proven(asked, option, option in item.right, _tests(asked, found))


def _statement(asked: Asked, m: re.Match[str]) -> Iterator[Proven]:
    """「…。该情形应当判定为…」, keyed as 对 or 错."""
    if asked.item.holds is not None:
        yield _proven(asked, m["told"], asked.item.holds, _tests(asked, _situations(asked, m, m["told"])))


def _number(asked: Asked, m: re.Match[str]) -> Iterator[Proven]:
    """「…为（ ）。括号内填入下列哪一数值，（尚不）构成…？」"""
    for option in asked.item.options:
        found = _situations(asked, m, _BLANK.sub(option, m["told"]))
        tests = ((s, t if not m["short"] else {"test": "not", "of": t}) for s, t in _tests(asked, found))
        yield _proven(asked, option, option in asked.item.right, tests)


def _limit(asked: Asked, m: re.Match[str]) -> Iterator[Proven]:
    """「…（ ）的，构成…」: each option is a limit (达到或者超过2%), tried on the numbers around all of them."""
    options = asked.item.options
    for option in options:
        amount = _AMOUNT.sub("", option)
        stated = [
            s
            for text in (f"{m['told']}为{amount}", f"{m['told']}{amount}")
            for s in _situations(asked, m, text)
        ]
        tests = [
            (s, limit_test(_test(asked, s), atom, limits[option], limits.values()))
            for s in stated
            for atom in s.measured(amount)
            if not s.left and len(limits := _limits(options, atom.unit)) == len(options)
        ]
        yield _proven(asked, option, option in asked.item.right, tests)


def _limits(options: Iterable[str], unit: str) -> dict[str, Limit]:
    return {o: limit for o in options if (limit := limit_of(o, unit)) is not None}


def _gap(asked: Asked, m: re.Match[str]) -> Iterator[Proven]:
    """「仅凭这些还不能认定…，还须核实的是（ ）」: knowing it settles the clause, knowing another leaves it open."""
    engine, item = asked.engine, asked.item
    by_question: dict[str, list[str]] = {}
    for fact in engine.facts.values():
        by_question.setdefault(fact.question, []).append(fact.id)
    lacking = [s for s in _situations(asked, m, m["told"]) if len(s.left) == 1]
    for option in item.options:
        tests = [
            (s, settling_test(_test(asked, s), fact, s.values(fact) or answers(engine, fact)))
            for s in lacking
            for fact in by_question.get(option, ())
        ]
        yield _proven(asked, option, option in item.right, tests)


def _case(asked: Asked, m: re.Match[str]) -> Iterator[Proven]:
    """「…的检查记录写明：“…”。依据《…》，正确的判定是（ ）」: each option is a level with the clause that decides it."""
    titled = [s for s in asked.book.in_force(asked.on) if s.title == m["title"]]
    clauses = {f"{c.title}{place}": c for s in titled for c in s.clauses for place in (c.ref, f"（{c.ref}）")}
    trade = asked.book.readback(asked.on).trade(m["head"]) or asked.industry
    for option in asked.item.options:
        level, _, at = option.partition("：")
        clause = clauses.get(at)
        if option != UNLISTED and clause is None:
            continue
        test = {"test": "verdict", "finding": m["told"], "industry": trade, "on": asked.on.isoformat(),
                "level": Level.GENERAL.value if clause is None else level, "clause": clause.id if clause else ""}  # fmt: skip
        rule, citation = (
            (clause.restatement, asked.book.cite(clause)) if clause else (option, f"《{m['title']}》")
        )
        yield Proven(option, option in asked.item.right, asked.book.prover.truth(test), rule, citation)


def _duty(asked: Asked, stem: str) -> Iterator[Proven]:
    """A sentence of the register of duties, number for number or with another number in it, keyed as 对 or 错."""
    if asked.item.holds is None:
        return
    for says in (stem, *(stem[m.end() :] for m in re.finditer("：", stem))):  # with whom it binds before it
        for duty in asked.book.duties_worded(says):
            if duty_holds(duty, asked.on):
                truth = asked.book.prover.truth({"test": "duty", "duty": duty.id, "says": says})
                cited = cite(duty.id, duty.basis[0], duty.note).text
                yield Proven(stem, asked.item.holds, truth, duty.duty, cited)
                return


_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[Asked, re.Match[str]], Iterator[Proven]]], ...] = tuple(
    (re.compile(_UNIT + pattern), kind, prove)
    for pattern, kind, prove in (
        (rf"(?:检查发现：(?P<told>.+?)。|的|出现)下列情形(?:中，|{_EACH})应当判定为{_GRADE}的[是有]（\s*）。{_BESIDE}", LEVEL, _choice),
        (rf"检查发现：(?P<told>.+?)。(?:{ELSE}。)?该情形应当判定为{_GRADE}。$", LEVEL, _statement),
        (rf"(?:检查发现：|的)(?P<told>.+?)。括号内填入下列哪一数值，(?P<short>尚不)?构成{_GRADE}？{_BESIDE}", FIGURE, _number),
        (rf"(?:检查发现：|的)(?P<told>.+?)（\s*）的，构成{_GRADE}。{_BESIDE}", FIGURE, _limit),
        (r"的检查记录写明：“(?P<told>.+?)”。依据《(?P<title>[^《》]+)》，正确的判定是（\s*）。$", LEVEL, _case),
        (rf"的检查记录写明：(?P<told>.+?)。仅凭这些还不能认定是否构成{_GRADE}，还须核实的是（\s*）。（其他方面均符合要求）$", TERM, _gap),
    )
)  # fmt: skip
