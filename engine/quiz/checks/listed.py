"""Whether clauses list a finding: those a question cites, those whose words it says, none, or only an old edition."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.clauses import DECISIVE, ClauseResult, Status
from engine.quiz import cited
from engine.quiz.alarms import LEVEL, OUTDATED, Alarm, Found
from engine.quiz.aligned import lay, plain
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judge
from engine.quiz.checks.trades import trade_of
from engine.quiz.lifted import excepted
from engine.quiz.literal import said_limb
from engine.quiz.phrase import TRADE
from engine.quiz.polarity import other_side
from engine.quiz.statements import CLAUSE, LIKE, SURE
from engine.verdict import Level, Verdict
from kb.conditions import atoms
from kb.models import Clause

_DENIED = (Status.REFUTED, Status.OUT_OF_SCOPE)
UNLIKE = 0.3  # likeness to every clause below which a defect is listed by none
_THING, _TWO = 2, 2  # characters of a thing, and how many of them
_BROKEN = re.compile("失效|失灵|无效")  # as good as missing by some standards
_LACKS = re.compile("[漏少停未没无不失坏断缺废]")
_PROVISION = re.compile(
    "(?:没有|没|未|缺少?|无)[^，。；]*(?:措施|装置|设施|设备|系统|制度|预案|方案|人员|证书|资格|器材|标志|仪器?)(?:的|$|[，。；])"
)  # what is to be there and lacks conforms to nothing (没有防氢气积聚的措施)
_DEFECT = re.compile("[未没不无缺漏超违坏旧仍]|失|擅自|大于|小于|高于|低于|少于|多于|积|堵|用")


def by_place(
    asked: Asked, places: list[Clause], finding: str, major: bool, verdict: Verdict, found: Found
) -> bool:
    """Whether the clauses the stem cites settle the finding: one lists it, or all that it touches are refuted."""
    held = cited.holds(verdict, places)
    if held is None or (not held and major and not _surely_denied(finding, verdict, places)):
        return False
    if not held and verdict.level is Level.MAJOR and asked.item.holds is not None and places == asked.hinted:
        stem = cited.clauses(asked.item.stem, asked.book.editions, asked.on)
        if not {c.id for c in places} & {c.id for c in stem}:
            return False  # what an explanation cites beside is not what the statement is about
    result = next(r for r in cited.results(verdict, places) if r.status in (DECISIVE if held else _DENIED))
    standard = asked.engine.standards[result.clause.standard]
    if not held and TRADE in result.refuted_by and standard not in asked.book.editions.named(asked.item.stem):
        return False  # a place without its document, in a standard of another trade
    if held is major:
        found.agreed.append(f"“{finding}”：{verdict.citation(result)}{'列入' if held else '不适用'}")
        return True
    if major and borne_out(asked, finding, result):
        return True
    why = f"（{'、'.join(result.refuted_by)}）" if result.refuted_by and not held else ""
    reason = (
        f"“{finding}”{'' if held else '不'}构成{result.clause.ref}所列情形{why}：{result.clause.restatement}"
    )
    found.alarms.append(Alarm(LEVEL, reason, verdict.citation(result)))
    return True


def _surely_denied(finding: str, verdict: Verdict, places: list[Clause]) -> bool:
    """Whether what was read of a finding denies the clauses: all of it, or that it is what they except."""
    if verdict.read == "全部" and _DEFECT.search(finding):
        return True
    unread = "".join(finding[u.start : u.end] for u in verdict.unread)
    told = [r for r in cited.results(verdict, places) if r.status in _DENIED]
    excepts = all(set(r.refuted_by) & {a.fact for e in r.clause.exceptions for a in atoms(e)} for r in told)
    return bool(told) and excepts and not _LACKS.search(unread)


def borne_out(asked: Asked, finding: str, refuted: ClauseResult | None = None) -> bool:
    """Whether a clause that a question cites, or is most like it, says just what was found: then no reading denies it.

    `refuted`: what the engine refutes; a condition of its scope or an exception that fails stays failed.
    """
    if refuted is not None:
        clause = refuted.clause
        parts = (
            asked.engine.standards[clause.standard].scope,
            clause.scope,
            *clause.premises,
            *clause.exceptions,
        )
        conditions = "、".join(str(a) for p in parts if p is not None for a in atoms(p))
        if any(name.split("@")[0] in conditions for name in refuted.refuted_by):
            return False
    near = [s.source for score, s in asked.likest(finding, 1) if s.kind == "条款" and score >= SURE]
    ids = dict.fromkeys((*asked.hinted_ids, *near))
    return any(said_limb(asked.statements, finding, id) is not None for id in ids)


def said_in_words(asked: Asked, finding: str, verdict: Verdict, major: bool, found: Found) -> bool:
    """Whether a finding says in its own words what a clause it touches lists, though the engine asks more."""
    likest = [s.source for score, s in asked.likest(finding, 3)
              if s.kind == "条款" and score >= CLAUSE]  # fmt: skip
    touched = [r.clause.id for r in (*verdict.decisive, *verdict.open) if not r.suspected]
    refuted = {r.clause.id for r in verdict.results if r.status in _DENIED}
    for id in dict.fromkeys((*touched, *likest)):
        clause = asked.book.clauses[id]
        if clause.executability != "full" or id in refuted:
            continue
        segment = said_limb(asked.statements, finding, clause.id)
        if segment is None or excepted(segment.whole, finding) or other_side(finding, segment.whole):
            continue
        if major:
            found.agreed.append(f"“{finding}”：{segment.citation}")
        else:
            reason = f"“{finding}”是判定标准列明的重大事故隐患：{segment.whole}"
            found.alarms.append(Alarm(LEVEL, reason, segment.citation))
        return True
    return False


def not_major(asked: Asked, finding: str, verdict: Verdict) -> Alarm | None:
    """Keyed as 重大 though nothing in force lists it: an alarm where a clause refutes it or an old edition listed it."""
    refuted = [
        r for r in verdict.results
        if (r.status is Status.REFUTED and (r.support or r.refuted_by))
        or (r.status is Status.OUT_OF_SCOPE and r.refuted_by and TRADE not in r.refuted_by
            and r.clause.id in {s.source for _, s in asked.likest(finding, 1)})
    ]  # fmt: skip
    if verdict.level is Level.NONE and verdict.read == "全部" and verdict.results:
        if _PROVISION.search(finding) or _otherwise_in_trade(asked, finding):
            return None
        reason = f"“{finding}”说的是符合要求，不构成重大事故隐患"
        return Alarm(LEVEL, reason, verdict.citation(verdict.results[0]))
    likest = [s.source for _, s in asked.likest(finding, 3)]
    refuted.sort(key=lambda r: likest.index(r.clause.id) if r.clause.id in likest else len(likest))
    first = asked.likest(finding, 1)
    if first and first[0][0] >= LIKE and first[0][1].source not in {r.clause.id for r in refuted}:
        refuted = [r for r in refuted if r.clause.id in likest]  # the clause it is about is another
    if refuted and (verdict.read == "全部" or (refuted[0].refuted_by and refuted[0].clause.id in likest)):
        return _denied(finding, verdict, refuted[0])
    for old in asked.book.kb.standards:
        if old.expired is None or old.expired > asked.on:
            continue
        before = judge(asked.book, finding, asked.industry, old.expired - timedelta(days=1))
        listed = [r for r in before.decisive if r.clause.standard == old.id and r.status in DECISIVE]
        if listed:
            heirs = [s for s in asked.book.in_force(asked.on) if s.domain == old.domain]
            by = f"《{heirs[0].title}》（{heirs[0].doc_no}）" if heirs else "现行标准"
            return Alarm(OUTDATED, f"“{finding}”只见于已废止的《{old.title}》（{old.doc_no}）{listed[0].clause.ref}，"
                                   f"{by}没有列入", by)  # fmt: skip
    return None


def _otherwise_in_trade(asked: Asked, finding: str) -> bool:
    """Whether what conforms by what applies to no trade does not in that of the clause most like it."""
    first = next((s.source for n, s in asked.likest(finding, 1) if s.kind == "条款" and n >= LIKE), None)
    trade = trade_of(asked.book, asked.book.clauses[first]) if first is not None else ""
    return (
        not asked.industry
        and trade != ""
        and judge(asked.book, finding, trade, asked.on).level not in (Level.NONE, Level.GENERAL)
    )


def denied(asked: Asked, finding: str, verdict: Verdict) -> Alarm | None:
    """Keyed as 重大, though of the clauses most like it (or cited, or quoted in the stem) one is refuted by what was found and none is open."""
    near = {s.source for score, s in asked.likest(finding, 3) if s.kind == "条款" and score >= LIKE}
    about = asked.hinted_ids or near or {c.id for c in asked.near_clause}
    told = [
        r
        for r in verdict.results
        if r.clause.id in about
        and r.status is not Status.UNTOUCHED
        and not r.suspected
        and not (r.status is Status.OUT_OF_SCOPE and TRADE in r.refuted_by)
    ]
    refuted = [r for r in told if r.status in _DENIED and r.refuted_by]
    unread = "".join(finding[u.start : u.end] for u in verdict.unread)
    if (
        not refuted
        or len(refuted) < len(told)
        or _LACKS.search(unread)
        or borne_out(asked, finding, refuted[0])
    ):
        return None
    return _denied(finding, verdict, refuted[0])


def _denied(finding: str, verdict: Verdict, result: ClauseResult) -> Alarm:
    why = f"（{'、'.join(result.refuted_by)}）" if result.refuted_by else ""
    reason = f"“{finding}”不构成重大事故隐患{why}：{result.clause.restatement}"
    return Alarm(LEVEL, reason, verdict.citation(result))


def _spoken_of(asked: Asked, finding: str) -> bool:
    """Whether a clause like a finding has two of the things its last part names: it may list the defect in other words."""
    told = plain(finding.split("，")[-1])
    return any(
        len([n for _, _, n in lay(told, plain(s.text)).parts if n >= _THING]) >= _TWO
        for _, s in asked.likest(finding, 4)
        if s.kind == "条款"
    )


def unlisted(asked: Asked, finding: str, verdict: Verdict, found: Found) -> None:
    """Keyed as 重大, read in full, and nothing in force lists it: an ordinary defect by standards held in full."""
    ranked = [n for n, s in asked.likest(finding, 8) if s.kind == "条款"]
    places = (
        asked.hinted
        if asked.hinted and cited.places(asked.item.stem, asked.engine.standards[asked.hinted[0].standard])
        else []
    )
    if tokens(finding) or _BROKEN.search(finding) or not (asked.industry or places):
        return  # numbers are compared with something, a rule for all is of no trade
    if verdict.level is not Level.GENERAL or (max(ranked, default=0.0) >= UNLIKE and not places):
        return
    if not places and _spoken_of(asked, finding):
        return
    where = asked.book.cite(places[0]) if places else "现行判定标准"
    found.alarms.append(Alarm(LEVEL, f"“{finding}”没有列入{where}，按一般隐患", where))
