"""Who does something: the one a statement names after 由 or as its subject, against the one the sentence about it names."""

from __future__ import annotations

import re

from engine.quiz.alarms import UNIT, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import core
from engine.quiz.statements import Segment, pairs

_KINDS = {
    "主要负责人": "主要负责人|法定代表人|实际控制人",
    "安管": "安全生产管理人员|安全管理人员|安管人员|安全生产管理机构|安全管理部门|安管机构|安全科",
    "员工": "从业人员|员工|职工(?!大会|代表)|作业人员",
    "安全总监": "安全总监",
    "安全员": "安全员",
    "车间": "车间|分厂|区队|班组",
    "建设单位": "建设单位",
    "施工单位": "施工单位|总承包单位",
    "监理单位": "监理",
    "设计单位": "设计单位",
    "维保单位": "维保单位|维护保养单位",
    "检验机构": "检验机构|检测机构",
    "评价机构": "评价机构",
    "工会": "工会",
    "政府": "人民政府|(?<!人民)政府",
    "应急": "应急管理部门",
    "公安": "公安",
    "住建": "住房城乡建设|住建",
    "市场监管": "市场监督管理|市场监管",
    "消防": "消防救援机构|消防机构",
}
_PATTERNS = {kind: re.compile(words) for kind, words in _KINDS.items()}
_BY = re.compile(
    r"(?:应当?|可以|必须|直接|一律)?由([^，。；]{2,24}?)(?=负责|组织|决定|制定|实施|立即|批准|承担|进行|整改|召开|签字|验收|编制|建立|审核|$|，)"
)
_OPEN = re.compile(r"由[^，；]*(?:其他|有关)")
_SHARE = 0.5  # of what a statement says without the agent that the sentence must have
_SAYS = 0.25


def kinds(text: str) -> frozenset[str]:
    """The kinds of people and units a text names."""
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(text))


def check(asked: Asked, found: Found) -> None:
    """A statement of one sentence that says by whom a thing is done."""
    if asked.item.holds is None:
        return
    text, holds, statements = core(asked.item.stem), asked.item.holds, asked.statements
    by = _BY.search(text)
    if by is None or len(re.split("[。；]", text)) > 1:
        return
    named = kinds(by[1])
    if len(named) != 1:
        return
    said = pairs(text.replace(by[1], ""))
    total = statements.weigh_known(said) or 1.0
    for score, segment in statements.like(text, asked.industries)[:3]:
        if segment.kind != "职责" or score < _SAYS or statements.weigh(said & segment.pairs) / total < _SHARE:
            continue
        right = _agents(segment, text)
        if not right:
            return
        if named <= right:
            if holds:
                found.agreed.append(f"{segment.whole}：{segment.citation}")
        elif holds and segment.verified and not named & kinds(segment.whole + segment.holder):
            reason = f"不是由{by[1]}，规定是：{segment.holder}：{segment.whole}"
            found.alarms.append(Alarm(UNIT, reason, segment.citation))
        elif not holds:
            found.agreed.append(f"{segment.whole}：{segment.citation}")
        return


def _agents(segment: Segment, text: str) -> frozenset[str]:
    """Who does it by a sentence: the one its likest part names after 由, else the one the duty is put on."""
    said = pairs(text)
    parts = [
        p for p in re.split("[，；、]", segment.text.removeprefix(segment.holder)) if "由" in p and kinds(p)
    ]
    best = max(parts, key=lambda p: len(said & pairs(p)), default="")
    if _OPEN.search(best):
        return frozenset()  # 应急管理部门和其他监管部门: whoever else may be meant
    return kinds(best) if len(said & pairs(best)) > 1 else kinds(segment.holder)
