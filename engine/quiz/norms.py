"""判断 statements with a norm (可以, 不得, 无需) against what the engine judges and what the sentences say.

What a clause lists as a hazard can't be allowed; what a duty forbids can't be either; what a clause misses can't be spared.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.claims import core
from engine.quiz.statements import Segment, Statements, pairs, tokens

_WAIVES = re.compile(r"可以不再?|可不|不必|无需|无须|不需要?|不用(?=[^于])|没有必要|不要求")
_FORBIDS = re.compile(r"不得|不应当?|严禁|禁止|不准|不能|不可以?|不允许")
_PERMITS = re.compile(r"可以|允许|准许|(?<![不许认])可(?=[在用由将把按与不设使直])")
_REQUIRES = re.compile(r"应当?(?!急)|必须|须")
_NO_MORE = re.compile(r"(?:不再|取消|免予|免除)([\u4e00-\u9fff]{2})")
_HEDGED = re.compile(r"经.{0,12}(?:批准|同意|审批|论证)|除外|特殊情况|条件下|的前提下|但|只要|如果|若|必要时")
_SPARED = re.compile(r"不再|除外|免|不.{0,2}要求|可以")
_DENIAL = re.compile(r"未|不|没有?|无|缺")
HOLDS = 0.48  # share of what a statement says that a sentence must have
NO_MORE = 0.4  # where the sentence says that the very thing is asked no more
SAYS = 0.3  # likeness of the two

Listed = Callable[[str], tuple[str, str] | None]  # of a finding: (restatement, citation) where it is 重大


def check(
    stem: str, holds: bool, statements: Statements, industries: frozenset[str], listed: Listed, found: Found
) -> None:
    """Whether a statement allows or spares what the sentences forbid or ask, or forbids what they forbid."""
    text = core(stem)
    kind, rest = _norm(text)
    if not kind or _HEDGED.search(text) or len(re.split("[。；]", text)) > 1:
        return
    against = _against(kind, rest, statements, industries, listed)
    if against is None:
        return
    rule, citation = against
    contradicts = kind != "禁止"
    if contradicts is not holds:
        found.agreed.append(f"{rule}：{citation}")
    elif contradicts:
        found.alarms.append(Alarm(TERM, f"与规定相反，规定是：{rule}", citation))
    elif not tokens(text):
        found.alarms.append(Alarm(TERM, f"该说法与规定一致，不应判为错误，规定是：{rule}", citation))


def _norm(text: str) -> tuple[str, str]:
    """The kind of norm a statement of one norm sets, and what it is about."""
    for kind, pattern in (("免除", _WAIVES), ("禁止", _FORBIDS), ("允许", _PERMITS), ("要求", _REQUIRES)):
        if len(pattern.findall(text)) == 1:
            return kind, pattern.sub("未" if kind == "免除" else "", text)
        if pattern.search(text):
            return "", text
    return "", text


def _against(
    kind: str, rest: str, statements: Statements, industries: frozenset[str], listed: Listed
) -> tuple[str, str] | None:
    """What makes the act (or the omission) a breach: the engine's verdict on it, or a sentence that says so."""
    verdict = listed(rest) if kind != "要求" else None
    if verdict is not None:
        return verdict
    said = pairs(rest.removeprefix("未"))
    total = statements.weigh_known(said) or 1.0
    for score, segment in statements.like(rest, industries)[:4]:
        share = statements.weigh(said & segment.pairs) / total
        if score >= SAYS and share >= (NO_MORE if kind == "要求" else HOLDS) and _breach(segment, kind, rest):
            return segment.whole, segment.citation
    return None


def _breach(segment: Segment, kind: str, rest: str) -> bool:
    """Whether a sentence makes doing (or omitting) the thing a breach."""
    if not segment.verified or not segment.entire:
        return False
    if segment.kind == "条款":
        return kind != "要求" and len(_DENIAL.findall(segment.text)) == len(_DENIAL.findall(rest))
    if kind == "要求":
        return any(word in rest for word in _NO_MORE.findall(segment.text))
    forbids = bool(_FORBIDS.search(segment.text))
    return forbids if kind != "免除" else not forbids and not _SPARED.search(segment.whole)
