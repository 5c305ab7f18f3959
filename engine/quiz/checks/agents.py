"""Who does something: the one a statement names after 由 or as its subject, against the one the sentence about it names."""

from __future__ import annotations

import re

from engine.quiz.alarms import UNIT, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import core, filled
from engine.quiz.cloze import asks_outside
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
OPEN = re.compile(r"由[^，；]*(?:其他|有关)")
_BY_ONE = re.compile("由([^，。；、]{2,8}?(?:部门|机构|单位|政府|负责人|人员|总监|工会|机关))")
_ASKS = re.compile("由＿|责任主体[^，。；]{0,3}＿")
_FAILS = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:没有|未|不)")
_SURELY = 0.34  # likeness of the sentence that says who does what is asked
_AROUND = (
    0.35  # of a question that a sentence must have where the act reads on alike (由应急管理部门|书面报告)
)
_SHARE = 0.5  # of what a statement says without the agent that the sentence must have
_SAYS = 0.25


def kinds(text: str) -> frozenset[str]:
    """The kinds of people and units a text names."""
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(text))


def check(asked: Asked, found: Found) -> None:
    """A statement of one sentence that says by whom a thing is done; of options, the one that does it."""
    if asked.item.holds is None:
        _of_options(asked, found)
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
        elif named & kinds(segment.whole + segment.holder):
            return  # he does another of the things it tells
        elif holds and segment.verified:
            reason = f"不是由{by[1]}，规定是：{segment.holder}：{segment.whole}"
            found.alarms.append(Alarm(UNIT, reason, segment.citation))
        elif not holds:
            found.agreed.append(f"{segment.whole}：{segment.citation}")
        return


def _of_options(asked: Asked, found: Found) -> None:
    """「应当由（ ）报告…」: of options that name each another, the one that the likest sentence has do it."""
    item = asked.item
    named = {o: kinds(o) for o in item.options}
    text = core(filled(item.stem, "＿").text)
    if len(item.right) != 1 or asked.levels or not _ASKS.search(text) or asks_outside(item.stem):
        return
    statements, said = asked.statements, pairs(text)
    total = statements.weigh_known(said) or 1.0
    score, segment = next(iter(statements.like(text, asked.industries)), (0.0, None))
    if segment is None or segment.kind not in ("职责", "条款") or not segment.verified or score < _SURELY:
        return
    right, by = _done_by(segment, text), _by_whom(segment, text)
    does = [o for o, who in named.items() if who and who == right]
    same_act = bool(by) and f"{by}{text.partition('＿')[2][:2]}" in segment.text
    if len(does) != 1 or statements.weigh(said & segment.pairs) / total < (_AROUND if same_act else _SHARE):
        return
    if does[0] in item.right:
        found.agreed.append(f"{does[0]}：{segment.citation}")
    elif not named[item.right[0]] & kinds(segment.whole + ("" if by else segment.holder)):
        reason = f"不是{item.right[0]}，规定是：{segment.whole}"
        found.alarms.append(Alarm(UNIT, reason, segment.citation))


def _done_by(segment: Segment, text: str) -> frozenset[str]:
    """Who does a thing or fails to by a sentence: the one named after 由, or a clause's subject (建设单位没有…)."""
    if segment.kind == "条款":
        subject = _FAILS.match(segment.text)
        return kinds(subject[1]) if subject else frozenset()
    return kinds(_by_whom(segment, text))


def _by_whom(segment: Segment, text: str) -> str:
    """The part of a duty like a text that names someone after 由, from there on to the act."""
    said = pairs(text)
    for part in re.split("[，；、]", segment.text.removeprefix(segment.holder)):
        by = _BY_ONE.search(part)
        if by and len(said & pairs(part)) > 1 and not OPEN.search(part):
            return by[1]
    return ""


def _agents(segment: Segment, text: str) -> frozenset[str]:
    """Who does it by a sentence: the one its likest part names after 由, else the one the duty is put on."""
    said = pairs(text)
    parts = [
        p for p in re.split("[，；、]", segment.text.removeprefix(segment.holder)) if "由" in p and kinds(p)
    ]
    best = max(parts, key=lambda p: len(said & pairs(p)), default="")
    if OPEN.search(best):
        return frozenset()  # 应急管理部门和其他监管部门: whoever else may be meant
    return kinds(best) if len(said & pairs(best)) > 1 else kinds(segment.holder)
