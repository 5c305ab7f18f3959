"""What a sentence leaves out (不计入, 不含, 不适用于, 除外), or takes in alone (只针对井工煤矿), and whether a statement takes it in.

What a sentence lists as its own is no matter of this module: there a statement may say anything of a thing that is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from engine.quiz.aligned import entails, lay, plain
from engine.quiz.statements import pairs

_NOT = r"(?:不再?|并不|并非|未(?:被)?|没有(?:被)?|不应当?|无)"
_VERB = r"(?:适用|计入|计算|算入|算进|列入|纳入|包括|包含|含(?![有量义])|属于?(?!$)|用于|覆盖|及于|约束)"
_AFTER = re.compile(rf"(?P<not>{_NOT})?(?P<verb>{_VERB})(?:于|有|对)?(?P<thing>[^，；。：（）]{{2,60}})")
_BEFORE = re.compile(
    rf"(?P<thing>[^，；。：（）或]{{2,40}}?)(?:的)?(?:(?P<not>{_NOT})(?:计入|计算|适用|列入|纳入|属于?(?:须|应当?)?(?P<act>[^，；。：（）]{{2,4}})的|包括在内|在此列)|(?P<out>除外|例外))"
)
_KIND = re.compile(r"(?:生产)?(?:经营)?(?:单位|企业|部门|者)$|等$|各类")
_SIDES = re.compile("[、，]|以及|和(?!、)|及(?!以|其)|与|或者?")
_WHEN = re.compile("^[^，。；]*(?:期间|时|之内)的")
_SAID = (
    rf"(?P<not>{_NOT}|不得|不能|不)?(?:应当?|须|也|同样|可以?|要|再|都|均|一并|一律|直接|必须|全部|得|受到?|被|将其|继续|改){{0,4}}"
    rf"(?:适用|计入|计算|算入|算进|算在|加在一起|加到一起|加进|合并计|合在一起|列入|纳入|包括|包含|含(?![有量义])|属于?|用于|覆盖|及于|约束|沿用|改用|受(?=[^，。；]*约束)|"
    rf"(?:以[^，。；]{{2,30}}为)?(?:依据|按照?)[^，。；]*(?:判定|认定)|在[^，。；]*(?:之内|之列|范围)"
)
_ONLY = re.compile(
    r"只(?:针对|适用于?|指|限于?|及)(?P<kind>[\u4e00-\u9fff]{2})(?P<head>[\u4e00-\u9fff]{2})(?=$|[，的])"
)
_ALONE = re.compile("[仅只](?:限于?|限定于?|指|是|包括|针对)|^[^，“”]{2,30}所称(?!“)")
_OR = re.compile("^[、，]?或|或$")
_ELSEWHERE = re.compile(
    "(?P<thing>[^；。，：]{4,40}?)的?，[^；。，]{0,12}另有规定(?:时|的，?)(?:适用其|从其)规定"
)
_ALL_BY_IT = re.compile(
    r"(?:一律|全部|统一|均|都|只|直接|仍)(?:应当?|须)?(?:按照?|依据|依照|适用|执行)[^，。；]*《"
)
_ABOUT = 2  # pairs of characters by which a statement is about what a sentence restricts
_COVERS = 0.85  # share of a thing's characters that a statement must have


@dataclass(frozen=True)
class Out:
    """A thing a sentence leaves out. `act`: what need not be done with it (不属于须撤出的人员)."""

    thing: str
    act: str = ""


def left_out(text: str) -> list[Out]:
    """What a sentence leaves out, the longest first.

    >>> [o.thing for o in left_out("检修台位不计入台数；不适用于试验车间、仓库；用于设备")]
    ['试验车间、仓库', '检修台位', '试验车间', '仓库']
    """
    out: list[Out] = []
    for part in re.split("[；。（）：]", text):
        before = [m for m in _BEFORE.finditer(part) if m["not"] or m["out"]]
        for m in before:
            out += [Out(t, m["act"] or "") for t in _things(m["thing"])]
        for m in () if before else _AFTER.finditer(part):
            out += [Out(t) for t in _things(m["thing"])] if m["not"] else []
    return sorted(out, key=lambda o: -len(o.thing))


def only(text: str, statement: str) -> list[Out]:
    """What a sentence leaves out by naming another of its kind alone, where it is about what the statement is.

    >>> [o.thing for o in only("超速的情形只针对定线客船", "超速的情形也适用于旅游客船")]
    ['旅游客船']
    """
    out = []
    for part in re.split("[；。（）：]", text):
        for m in _ONLY.finditer(part):
            about = pairs(part[: m.start()]) & pairs(statement)
            others = re.findall(f"[\u4e00-\u9fff]{{{len(m['kind'])}}}{m['head']}", statement)
            out += [Out(o) for o in others if o not in text and len(about) >= _ABOUT]
    return out


def _things(text: str) -> list[str]:
    whole = text.strip("的等")
    several = [t.strip("的等") for t in _SIDES.split(text)]
    several += [short for t in several if (short := _WHEN.sub("", t)) != t]
    return [t for t in dict.fromkeys((whole, *several)) if len(t) > 1]


def narrows(sentence: str, statement: str) -> bool:
    """Whether a statement says of one alone what a sentence says of it or another.

    >>> narrows("遇大风（气象部门蓝色或者黄色预警）的停止吊装", "大风仅指气象部门蓝色预警")
    True
    >>> narrows("遇大风（气象部门蓝色或者黄色预警）的停止吊装", "大风指气象部门蓝色或者黄色预警")
    False
    """
    alone = re.search("[仅只]", statement)
    rest = _ALONE.sub(lambda m: "" if m[0][0] in "仅只" else m[0].removesuffix("所称"), statement)
    if alone is None or re.search("[仅只]", rest) or not entails(sentence, rest):
        return False
    rule = plain(sentence)
    parts = sorted((there, there + n) for _, there, n in lay(plain(rest), rule).parts)
    between = [rule[a:b] for (_, a), (b, _) in pairwise((*parts, (len(rule), 0)))]
    return any(_OR.search(b) for b in between[:-1]) or between[-1].startswith("或")


def against_elsewhere(sentence: str, statement: str) -> bool:
    """Whether a statement has all judged by a document of which a sentence says that other rules go before it.

    >>> against_elsewhere("港口内涉及燃气的，判定另有规定时适用其规定", "港口内涉及燃气的隐患，一律按《港口标准》判定")
    True
    """
    told = _ALL_BY_IT.search(statement)
    return told is not None and any(
        has(statement[: told.start()], m["thing"]) for m in _ELSEWHERE.finditer(sentence)
    )


def has(statement: str, thing: str) -> bool:
    """Whether a statement tells of a thing, whole, in these words or without the word for its kind."""
    bare = _KIND.sub("", thing)
    name = plain(bare if len(bare) > 2 else thing)
    return len(name) > 1 and lay(name, plain(statement)).share >= _COVERS


def says(clause: str, act: str = "") -> bool | None:
    """Whether a part of a statement takes something in; None where it says neither, or both.

    >>> says("也应当计入台数"), says("不适用该标准"), says("共有三台"), says("不属于必须撤出的人员", "撤出")
    (True, False, None, False)
    """
    clause = clause.replace("“", "").replace("”", "")
    words = _SAID + (f"|{re.escape(act)}(?!的))" if act else ")")
    found = {not m["not"] for m in re.finditer(words, clause)}
    return found.pop() if len(found) == 1 else None
