"""Whose duty a statement makes something (监理单位应当…), against the one that the duty saying the same is put on."""

from __future__ import annotations

import re

from engine.quiz import aligned
from engine.quiz.alarms import UNIT, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.entailed import of_document
from engine.quiz.statements import Segment, pairs

_SUBJECT = re.compile(
    "(?:^|[，：])(?P<who>[\u4e00-\u9fff]{2,14}?)(?P<modal>应当|必须|不得|应(?!急|力|用)|须)"
)
# Kinds no one of which is a part of another
_SIDES = {
    "政府": "政府",
    "工会": "工会",
    "协会": "协会",
    "部门": "部门|消防救援机构|公安机关|监察机构",
    "机构": "(?:评价|检测|检验|认证|检验检测|评估)机构",
    "单位": "(?:生产经营|使用|建设|施工|监理|承包|承租|发包|维护保养|维保|救护)单位|企业|公司|矿山|煤矿",
    "人员": "负责人|人员|员工|职工",
}
_PATTERNS = {side: re.compile(words) for side, words in _SIDES.items()}
_END = {side: re.compile(f"(?:{words})$") for side, words in _SIDES.items()}
_WHOSE = frozenset({"单位", "人员"})  # a unit acts by its people
_OTHERS = re.compile("等|任何|其他|有关|相关|个人|和|与|及|、|/|谁|——")
_OVERSEES = re.compile("督促|监督|检查|协助|指导|参与|审查|支持|统计|报告")  # an act on what another does
_HOLDS = 0.75  # share of the words of a statement that a duty must have
_ALONE = 0.9  # of the share of the best, from which another duty may be meant as well


def check(asked: Asked, found: Found) -> None:
    """A statement of one sentence, whose subject is of another kind than the holder of the one duty that says the same."""
    item = asked.item
    if item.holds is None or asked.levels or len(re.split("[。；]", item.stem.rstrip("。； "))) > 1:
        return
    subject = _SUBJECT.search(aligned.without_lead(item.stem))
    side = _side(subject["who"]) if subject else ""
    if subject is None or not side:
        return
    rest = aligned.without_lead(item.stem).replace(subject["who"], "", 1)
    said = pairs(aligned.plain(rest))
    ranked = _ranked(asked, said)
    if not ranked or ranked[0][0] < _HOLDS:
        return
    near = [s for n, s in ranked if n >= ranked[0][0] * _ALONE]
    told = [t for t in tokens(item.stem) if t.unit != "次"]
    if told and not any(t.same(held) for t in told for held in tokens(near[0].whole)):
        return  # another duty, with another number, may be meant
    if any(word not in near[0].whole for word in _OVERSEES.findall(item.stem)):
        return
    if _kinds(rest) & _kinds(near[0].holder):
        return  # it speaks of what the holder does as well
    if any(_may_be(side, s) for s in near) or not near[0].verified or not item.holds:
        return
    reason = f"不是{subject['who']}的职责，规定是：{near[0].holder}：{near[0].whole}"
    found.alarms.append(Alarm(UNIT, reason, near[0].citation))


def _side(who: str) -> str:
    """The one kind that a subject is of; empty where it is of none or names several."""
    if _OTHERS.search(who):
        return ""
    return next((side for side, pattern in _END.items() if pattern.search(who)), "")


def _ranked(asked: Asked, said: frozenset[str]) -> list[tuple[float, Segment]]:
    """The duties by their share of the words of a statement."""
    total = asked.statements.weigh_known(said) or 1.0
    held = [
        s for s in asked.statements.allowed(asked.industries) if s.kind == "职责" and of_document(asked, s)
    ]
    shares = [(asked.statements.weigh(said & s.pairs) / total, s) for s in held]
    return sorted(shares, key=lambda p: -p[0])


def _may_be(side: str, segment: Segment) -> bool:
    """Whether a duty may be one of a kind: its holder or its words name it, or its holder is of no known kind."""
    held = _kinds(segment.holder)
    if not held or side in held | _kinds(segment.whole):
        return True
    return side in _WHOSE and bool(held & _WHOSE)


def _kinds(text: str) -> set[str]:
    """The kinds of people, units and offices that a text names."""
    return {kind for kind, pattern in _PATTERNS.items() if pattern.search(text)}
