"""What a sentence leaves out (不计入, 不含, 不适用于, 除外), or takes in alone (只针对井工煤矿), and whether a statement takes it in.

What a sentence lists as its own is no matter of this module: there a statement may say anything of a thing that is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.quiz.aligned import lay, plain
from engine.quiz.statements import pairs

_NOT = r"(?:不再?|并不|并非|未(?:被)?|没有(?:被)?|不应当?|无)"
_VERB = r"(?:适用|计入|计算|算入|算进|列入|纳入|包括|包含|含(?![有量义])|属于?(?!$)|用于|覆盖|及于|约束)"
_AFTER = re.compile(rf"(?P<not>{_NOT})?(?P<verb>{_VERB})(?:于|有|对)?(?P<thing>[^，；。：（）]{{2,60}})")
_BEFORE = re.compile(
    rf"(?P<thing>[^，；。：（）或]{{2,40}}?)(?:的)?(?:(?P<not>{_NOT})(?:计入|计算|适用|列入|纳入|属于?(?:须|应当?)?(?P<act>[^，；。：（）]{{2,4}})的|包括在内|在此列)|(?P<out>除外|例外))"
)
_KIND = re.compile(r"(?:生产)?(?:经营)?(?:单位|企业|部门|者)$|等$|各类")
_SIDES = re.compile("[、，]|以及|和(?!、)|及(?!以|其)|与|或者?")
_SAID = (
    rf"(?P<not>{_NOT}|不得|不能|不)?(?:应当?|须|也|同样|可以?|要|再|都|均|一并|一律|直接|必须|全部|得|受到?|被|将其|继续|改){{0,4}}"
    rf"(?:适用|计入|计算|算入|算进|算在|列入|纳入|包括|包含|含(?![有量义])|属于?|用于|覆盖|及于|约束|沿用|改用|受(?=[^，。；]*约束)|"
    rf"(?:以[^，。；]{{2,30}}为)?(?:依据|按照?)[^，。；]*(?:判定|认定)|在[^，。；]*(?:之内|之列|范围)"
)
_ONLY = re.compile(
    r"只(?:针对|适用于?|指|限于?|及)(?P<kind>[\u4e00-\u9fff]{2})(?P<head>[\u4e00-\u9fff]{2})(?=$|[，的])"
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
    return [t for t in dict.fromkeys((whole, *several)) if len(t) > 1]


def has(statement: str, thing: str) -> bool:
    """Whether a statement tells of a thing, whole, in these words or without the word for its kind."""
    bare = _KIND.sub("", thing)
    name = plain(bare if len(bare) > 2 else thing)
    return len(name) > 1 and lay(name, plain(statement)).share >= _COVERS


def says(clause: str, act: str = "") -> bool | None:
    """Whether a part of a statement takes something in; None where it says neither, or both.

    >>> says("也应当计入台数"), says("不适用该标准"), says("共有三台")
    (True, False, None)
    """
    words = _SAID + (f"|{re.escape(act)})" if act else ")")
    found = {not m["not"] for m in re.finditer(words, clause)}
    return found.pop() if len(found) == 1 else None
