"""Of options that grade a case (重大…, 一般隐患, 不属于隐患), the one keyed that plays down what a clause lists.

The standards tell what is 重大 from what is not, never an ordinary hazard from none. Who offers both beside 重大 asks
whether a clause lists the case: where it is like one, and tells of a defect that nothing lifts, neither of the two can be it.
"""

from __future__ import annotations

import re

from engine.clauses import Status
from engine.quiz import cited
from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.claims import core
from engine.quiz.findings import finding_of
from engine.quiz.governed import alike
from engine.quiz.lifted import excepted, excepted_in_words, exceptions
from engine.quiz.polarity import IN_ORDER, level_of, other_side
from engine.quiz.statements import LIKE, Segment, pairs
from engine.quiz.wordings import AMISS
from engine.verdict import Level, Verdict
from kb.models import Clause

_ORDINARY = re.compile("一般(?:事故|安全|火灾|生产安全)*隐患|一般(?=$|[，,])")
_NO_HAZARD = re.compile("(?:不(?:属于?|构成|算|是)|无)(?:[^，重大]{0,4}(?:隐患)|(?=$|[，,]))")
_OF_PLACE = re.compile(
    "重大|该[项条款]|此[项条]|第[一二三四五六七八九十]+[条项]|\\d\\.\\d|前提|继续使用|停用"
)
_CITED, _ANY = 0.2, LIKE  # likeness of a case to a clause that an option cites, and to any
_CITED_OF_BOTH = 0.1  # the same where both grades below 重大 are offered
_READ_OF_BOTH = 0.14  # to one that the engine reads in it
_SHORT = 8  # characters of the shortest case
_SAVED = 3  # pairs of what a clause excepts from which a case may be it
_LIFTED = re.compile(
    "停用|停炉|封存|停机|停产|已(?:经)?(?:撤|整改|落实|采取|修复|更换|封闭|关闭|拆除|批准|备案)"
    "|均符合|全部符合|不足|未达|未超|没有超|没超|以内|(?<!不)正常(?!生产|作业|运行)"
)


def check(asked: Asked, found: Found) -> None:
    """A 单选 of a case with both grades below 重大, keyed to one of them."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or len(item.options) < 3:
        return
    kinds = {o: _kind(o) for o in item.options}
    told = set(kinds.values())
    if kinds[item.right[0]] not in ("一般", "无") or not {"一般", "重大"} <= told or "该条" in told:
        return
    finding = asked.levels[0][0] if asked.levels else finding_of(item.stem)
    if len(finding) < _SHORT or _LIFTED.search(finding) or IN_ORDER.search(finding):
        return
    both = "无" in told
    if not AMISS.search(finding) and not (both and kinds[item.right[0]] == "一般"):
        return  # it may tell of nothing that is amiss
    verdict = judged(asked, finding)
    segment = _listing(asked, finding, [o for o, k in kinds.items() if k == "重大"], both, verdict)
    if segment is None or not _may_hold(verdict, segment.source, finding) or _taken_out(finding, segment):
        return
    reason = f"“{finding}”是判定标准所列的情形，不是“{item.right[0]}”：{segment.whole}"
    found.alarms.append(Alarm(LEVEL, reason, segment.citation))


def _kind(option: str) -> str:
    """What an option calls a case: 重大, 一般, no hazard at all, or only not what a clause lists."""
    level = level_of(option)
    if level is True:
        return "重大"
    if _ORDINARY.search(option):
        return "一般"
    if _NO_HAZARD.search(option) and not _OF_PLACE.search(option):
        return "无"
    return "该条" if level is False else ""


def _listing(asked: Asked, finding: str, options: list[str], both: bool, verdict: Verdict) -> Segment | None:
    """The sentence a case is like: of the clauses that the options cite, else of all."""
    places: list[Clause] = []
    for option in options:
        places += cited.clauses(f"{asked.item.stem}，{option}", asked.book.editions, asked.on)
    ids = {c.id for c in places}
    ranked = [(n, s) for n, s in asked.statements.like(core(finding), asked.industries) if s.kind == "条款"]
    if ids:
        ranked = [(n, s) for n, s in ranked if s.source in ids]
        least = _CITED_OF_BOTH if both else _CITED
    else:
        read = {r.clause.id for r in (*verdict.decisive, *verdict.open) if not r.suspected}
        of_read = both and ranked and ranked[0][1].source in read
        least = _READ_OF_BOTH if of_read else _ANY
    return next((s for n, s in ranked[:1] if s.entire and n >= least), None)


def _may_hold(verdict: Verdict, id: str, finding: str) -> bool:
    """Whether nothing read of a case speaks against a clause."""
    own = next((r for r in verdict.results if r.clause.id == id), None)
    if own is not None and own.status in (Status.REFUTED, Status.OUT_OF_SCOPE):
        return False
    return not (verdict.read == "全部" and verdict.level in (Level.GENERAL, Level.NONE))


def _taken_out(finding: str, segment: Segment) -> bool:
    """Whether a case may be what a clause excepts, or its number on the side that is no hazard."""
    rule = segment.whole
    if excepted(rule, finding) or excepted_in_words(rule, finding) or other_side(finding, rule):
        return True
    if len(pairs(exceptions(rule)) & pairs(finding)) >= _SAVED:
        return True
    limits, told = (
        tokens(rule),
        tokens(finding),
    )  # 每3个月 too is a limit of what was last done two months ago
    if any(limit.unit == "%" for limit in limits) and told:
        return True  # a share of what the case tells, which is for the engine to reckon
    return any(alike(t, limit) for t in told for limit in limits)
