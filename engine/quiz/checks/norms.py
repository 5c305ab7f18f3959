"""判断 statements with a norm (可以, 不得, 无需) against what the engine judges and what the sentences say.

What a clause lists as a hazard can't be allowed; what a duty forbids can't be either; what a clause misses can't be spared.
"""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import among_likest, judged
from engine.quiz.claims import core
from engine.quiz.polarity import said as said_of_level
from engine.quiz.statements import Segment, pairs
from engine.verdict import Level

_WAIVES = re.compile(r"可以不再?|可不|不必|无需|无须|不需要?|不用(?=[^于])|没有必要|不要求")
_FORBIDS = re.compile(r"不得|不应当?|严禁|禁止|不准|不能|不可以?|不允许")
_PERMITS = re.compile(r"可以|允许|准许|(?<![不许认])可(?=[在用由将把按与不设使直])")
_REQUIRES = re.compile(r"应当?(?!急)|必须|须")
_NO_MORE = re.compile(r"(?:不再|取消|免予|免除)([\u4e00-\u9fff]{2})")
_HEDGED = re.compile(r"经.{0,12}(?:批准|同意|审批|论证)|除外|特殊情况|条件下|的前提下|但|只要|如果|若|必要时")
_ENOUGH = re.compile(
    "[，]?(?:只要|只需)[^，。；]{2,20}，(?=[^，。；]*(?:不必|无需|无须|不用))|[，]?(?:只要|只需)[^，。；]{2,20}，(?:就|便|即)?(?=[^，。；]*可以?)"
)  # is to lift a ban that has no exception
_SAME_HOUSE = re.compile("(?:设置?|建)?(?:在|于)?同一[座栋幢个]?(?:建筑物?|楼房?|厂房)[之以]?[内里中]?")
_KIND = re.compile("危险|易燃|易爆|剧毒|有毒|放射|高层|人员密集|重大|特种")
_ONLY = re.compile("[才方](?=[可能应会构属判算])")
_CONDITION = re.compile(r"(?:条件|前提|要件)[。]?$")  # 不要求…这一条件: of what makes a hazard, no norm
_SPARED = re.compile(r"不再|除外|免|不.{0,2}要求|可以")
_DENIAL = re.compile(r"未|不|没有?|无|缺")
HOLDS = 0.48  # share of what a statement says that a sentence must have
NO_MORE = 0.4  # where the sentence says that the very thing is asked no more
SAYS = 0.3  # likeness of the two
LISTS = 0.2  # where it says so of that very thing: few sentences do


def check(asked: Asked, found: Found) -> None:
    """Whether a statement allows or spares what the sentences forbid or ask, or forbids what they forbid."""
    if asked.item.holds is None or asked.levels:
        return
    text = _SAME_HOUSE.sub("同楼", _ENOUGH.sub("", core(_without_level(asked.item.stem))))
    kind, rest = _norm(text)
    spared = _spared(text) if kind == "免除" else frozenset()
    if (
        not kind
        or (kind == "免除" and _CONDITION.search(text))
        or _HEDGED.search(_spare(text) if kind == "免除" else text)
        or _ONLY.search(asked.item.stem)
        or len(re.split("[。；]", text)) > 1
    ):
        return
    against = _against(asked, kind, rest, spared)
    if against is None:
        return
    rule, citation = against
    contradicts = kind != "禁止"
    if contradicts is not asked.item.holds:
        found.agreed.append(f"{rule}：{citation}")
    elif contradicts:
        found.alarms.append(Alarm(TERM, f"与规定相反，规定是：{rule}", citation))
    elif not tokens(text):
        found.alarms.append(Alarm(TERM, f"该说法与规定一致，不应判为错误，规定是：{rule}", citation))


def _without_level(text: str) -> str:
    """A statement without what it says of the level: 可按…判定 permits nothing."""
    for told in reversed(said_of_level(text)):
        text = text[: told.start] + text[told.end :]
    return text


def _norm(text: str) -> tuple[str, str]:
    """The kind of norm a statement of one norm sets, and what it is about."""
    for kind, pattern in (("免除", _WAIVES), ("禁止", _FORBIDS), ("允许", _PERMITS), ("要求", _REQUIRES)):
        if len(pattern.findall(text)) == 1:
            return kind, pattern.sub("未" if kind == "免除" else "", text)
        if pattern.search(text):
            return "", text
    return "", text


def _spare(text: str) -> str:
    """A statement without what it spares: a consent that is not needed (不必经审查同意) hedges nothing."""
    return re.sub(f"(?:{_WAIVES.pattern})经[^，。；]*", "", text)


def _spared(text: str) -> frozenset[str]:
    """What a statement spares, where it names it after the waiver (证书有效期内无需|复审)."""
    return pairs(re.split("[，。；]", _WAIVES.split(text)[-1])[0])


def _against(asked: Asked, kind: str, rest: str, spared: frozenset[str]) -> tuple[str, str] | None:
    """What makes the act (or the omission) a breach: the engine's verdict on it, or a sentence that says so."""
    verdict = _listed(asked, rest) if kind != "要求" else None
    if verdict is not None:
        return verdict
    statements, said = asked.statements, pairs(rest.removeprefix("未"))
    total = statements.weigh_known(said) or 1.0
    for score, segment in statements.like(rest, asked.industries)[:4]:
        of = segment.wholly if kind == "要求" else segment.pairs
        share = statements.weigh(said & of) / total
        if spared and not spared & segment.wholly:
            continue  # of the same people, but of something else
        kinds = set(_KIND.findall(_FORBIDS.split(segment.text)[0])) if kind == "允许" else set()
        if kinds and not kinds & set(_KIND.findall(rest)):
            continue  # a ban of what is dangerous bans nothing else
        if (
            score >= (LISTS if kind == "要求" else SAYS)
            and share >= (NO_MORE if kind == "要求" else HOLDS)
            and _breach(segment, kind, rest)
        ):
            return segment.whole, segment.citation
    return None


def _listed(asked: Asked, finding: str) -> tuple[str, str] | None:
    """Restatement and citation of the clause by which a finding is 重大; None where it is not, or not surely."""
    verdict = judged(asked, finding)
    if verdict.fault or verdict.level is not Level.MAJOR or not among_likest(asked, verdict, finding):
        return None
    decisive = verdict.decisive[0]
    return decisive.clause.restatement, verdict.citation(decisive)


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
