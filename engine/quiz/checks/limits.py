"""A number found on site against the limit in the clauses that say the same, where reading the finding settles nothing."""

from __future__ import annotations

import re

from engine.quiz import governed
from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.amounts import Token, comparison, limits, tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.numbers import part_of
from engine.quiz.prove import compares
from engine.quiz.statements import CLOSE, LIKE, SURE, Segment, pairs
from kb.conditions import Compare, Has, atoms

_RATED = re.compile("(?:核[载定]|额定|定员|限[载员]|设计)[^，。；\\d]{0,6}$")
_NOT = re.compile("没有|尚未|未能?|没")
_LACK = re.compile("未|没|不|无|缺")
_NOT_SO_MUCH = re.compile(r"(?:没有|未)(?:能)?(?:高于|大于|高出|达到)[^，。；\d]*$")  # 没有高于地面7 m以上
_DEMANDS = re.compile(r"(?:不符合|没有达到|不满足|未达到)(?:下列|以下)[^：。]*[:：]")
_SAYS = 0.4  # share of another limb's words that a finding must have to say it


def beside_limit(asked: Asked, finding: str, major: bool, found: Found) -> bool:
    """Whether the only number of a finding settles it: every limit of the likest clauses is reached, or none is."""
    told = [t for t in tokens(finding) if not limits(finding, t) and not _RATED.search(finding[: t.start])]
    cites = asked.hinted_ids
    if len(told) != 1:
        return False
    token = told[0]
    part = (
        finding
        if "，" not in finding or not cites
        else next(p for p in finding.split("，") if token.text in p)
    )
    ranked = _clauses(asked, part, token) or _clauses(asked, finding, token)
    best = ranked[0][0] if ranked else 0.0
    near = [
        s for score, s in ranked
        if score >= max(best * CLOSE, LIKE if not cites else 0.0) and not governed.elsewhere(finding, token, s.text)
    ]  # fmt: skip
    held = []
    for segment in near:
        case = governed.set_for(finding, token, segment.own)
        about = segment.about(part_of(part, tokens(part)[0]) if tokens(part) else part, token)
        for limit in about if case is None else [case]:
            sign = comparison(segment.text if case is None else segment.own, limit)
            if not sign and case is not None and case.same(token) and _denies_as(segment.own, finding):
                held.append((segment, limit, True))  # said as it stands there (相距20 m前)
            elif sign and limit.unit == token.unit:
                met = compares(token.value, sign, limit.value)
                short = _NOT_SO_MUCH.search(segment.text[: limit.start]) is not None
                held.append((segment, limit, met is not (_demanded(segment) or short)))
    if not held or (any(h for _, _, h in held) is not all(h for _, _, h in held)):
        return False
    segment, limit, reached = held[0]
    if not reached and _says_another(asked, finding, segment):
        return False
    if reached is major:
        found.agreed.append(f"{token.text}：{segment.citation}")
        return True
    if major or best >= SURE or cites or _of_its_own(asked, finding, segment, limit):
        said = "不符合规定" if _demanded(segment) and reached else "达到界限" if reached else "没有达到界限"
        reason = f"“{token.text}”{said}，{'构成' if reached else '不构成'}重大事故隐患：{segment.text}"
        found.alarms.append(Alarm(LEVEL, reason, segment.citation))
        return True
    return False


def _clauses(asked: Asked, text: str, token: Token) -> list[tuple[float, Segment]]:
    """The clauses (those cited, if any) about what a text says that have a number in the unit of a token."""
    cites = asked.hinted_ids
    return [(score, s) for score, s in asked.statements.like(text, frozenset())
            if s.kind == "条款" and any(t.unit == token.unit for t in s.tokens) and (not cites or s.source in cites)]  # fmt: skip


def _says_another(asked: Asked, finding: str, segment: Segment) -> bool:
    """Whether a finding may say another limb of the clause: the lack it tells of is one that another part lists."""
    statements = asked.statements
    lacks = pairs("，".join(p for p in re.split("[，；。]", finding) if _LACK.search(p)))
    others = (s for s in statements.segments if s.source == segment.source and s.text != segment.text)
    return any(
        _LACK.search(s.text) and statements.weigh(lacks & s.pairs) >= _SAYS * statements.weigh(s.pairs)
        for s in others
    )


def _of_its_own(asked: Asked, finding: str, segment: Segment, limit: Token) -> bool:
    """Whether a limit is a limb by itself of the clause that a finding surely is about, by whichever of its sentences."""
    clause = asked.book.clauses[segment.source]
    alone = (limb for limb in clause.limbs if all(isinstance(a, Compare | Has) for a in atoms(limb)))
    return any(n >= SURE and s.source == segment.source for n, s in asked.likest(finding, 1)) and any(
        isinstance(a, Compare) and a.value == limit.value for limb in alone for a in atoms(limb)
    )


def _demanded(segment: Segment) -> bool:
    """Whether a sentence is one of the demands that a clause is about not meeting (不符合下列任一规定：…不小于10 m)."""
    return bool(_DEMANDS.search(segment.whole[: max(segment.whole.find(segment.text), 0)]))


def _denies_as(one: str, other: str) -> bool:
    """Whether two texts deny as often as each other."""
    return len(_NOT.findall(one)) == len(_NOT.findall(other))
