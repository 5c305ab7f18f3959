"""Options that are classes (20区, 一级、二级, 橙色), against those the clause about the same names."""

from __future__ import annotations

import re

from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, core
from engine.quiz.cloze import common_suffix
from engine.quiz.codes import Code, codes, only
from engine.quiz.documents import squash
from engine.quiz.polarity import wants_outside
from engine.quiz.statements import Segment, pairs

_SHARE = 0.3  # share of the stem's words that a clause must have
_CLOSE = 0.75  # the share of the best that is as like
_AFTER = re.compile(rf"(?:{BLANK.pattern})\s*([区级类色]?(?:(?:及|含)?以[上下])?)")
_FEWEST = 3  # options with names of their own
_NAMED = 2  # characters of the shortest name
_UNITS = ("区", "级", "类", "色")
_LOWEST = re.compile(
    r"[从自][^，。；]{0,12}起|起点|最低"
)  # 从哪一级别起: 橙色及以上 is asked for by its lowest
_BREAK = re.compile("[；。，：（）]")
_PARTS = re.compile(r"[；。，]")


def check(asked: Asked, found: Found) -> None:
    """Classes asked for by themselves, or each with what it is the class of."""
    if not _each_named(asked, found):
        _alone(asked, found)


def _each_named(asked: Asked, found: Found) -> bool:
    """Whether each option is a name with its class (大雾橙色), and one clause lists every name with its own: those as it has them."""
    item = asked.item
    if item.holds is not None or len(item.options) < _FEWEST or wants_outside(item.stem):
        return False
    told = [codes(o) for o in item.options]
    if any(len(c) != 1 for c in told) or len({c[0].family for c in told}) > 1:
        return False
    names = [o[: c.start] for o, (c,) in zip(item.options, told, strict=True)]
    if len(set(names)) < _FEWEST or any(len(n) < _NAMED for n in names):
        return False
    held: dict[str, list[tuple[Segment, list[Code]]]] = {}
    for segment in asked.statements.allowed(asked.industries):
        rules = [c for c in codes(segment.text) if c.family == told[0][0].family]
        held.setdefault(segment.source, []).append((segment, rules))
    for parts in held.values():
        own = [[c for s, rules in parts for c in rules if n in _leads(s.text, c)] for n in names]
        if not all(len(c) == 1 for c in own):
            continue
        segment = parts[0][0]
        right = {
            o for o, (c,), (rule,) in zip(item.options, told, own, strict=True)
            if c.values <= rule.values and c.more in ("", rule.more)
        }  # fmt: skip
        if right == set(item.right):
            found.agreed.append(f"{'、'.join(item.right)}：{segment.citation}")
            found.settled = True
        elif right and segment.verified and (len(item.right) > 1 or len(right) == 1):
            reason = f"应为“{'”“'.join(o for o in item.options if o in right)}”，规定是：{segment.whole}{segment.pending}"
            found.alarms.append(Alarm(FIGURE, reason, segment.citation))
        return True
    return False


def _alone(asked: Asked, found: Found) -> None:
    """The classes keyed, as one set, against those of the likest sentence; of several there, those beside the same words."""
    item = asked.item
    suffix, after = common_suffix(item.options), _AFTER.search(item.stem)
    tail = after[1] if after else ""  # （ ）区, （ ）级以上
    if not tail and _LOWEST.search(item.stem):
        tail = "及以上"
    if tail in _UNITS and all(only(o.removesuffix(suffix)) for o in item.options):
        tail = ""  # 橙色, of （ ）级别
    told = [only(o.removesuffix(suffix) + tail) for o in (*item.options, *item.right)]
    if item.holds is not None or not told or wants_outside(item.stem):
        return
    read = [c for c in told if c is not None]
    if len(read) < len(told) or len({c.family for c in read}) > 1:
        return
    right = [c for c in (only(r.removesuffix(suffix) + tail) for r in item.right) if c is not None]
    values = frozenset(v for c in right for v in c.values)
    near = _near(asked, right[0].family)
    if not near:
        return
    for _, segment, rule in near:
        if rule.values == values and {c.more for c in right} == {rule.more}:
            found.agreed.append(f"{'、'.join(item.right)}：{segment.citation}")
            return
    _, segment, rule = near[0]
    if (
        segment.verified
        and all(r.same(rule) for *_, r in near)
        and _offered(rule, read, single=len(item.right) == 1)
    ):
        said = segment.text[rule.start : rule.end]
        if len(item.right) == 1 and not item.options and squash(item.right[0]) in squash(said):
            return  # a part of it is filled in, the rest stands in the stem
        reason = f"应为“{said}”，不是“{'、'.join(item.right)}”，规定是：{segment.whole}{segment.pending}"
        found.alarms.append(Alarm(FIGURE, reason, segment.citation))


def _offered(rule: Code, read: list[Code], *, single: bool) -> bool:
    """Whether the classes of the rule are among the options, where there are any."""
    options = read[:-1] if single else read
    return not options or any(c.same(rule) for c in options) or (
        not single and rule.values <= {v for c in options for v in c.values}
    )  # fmt: skip


def _near(asked: Asked, family: str) -> list[tuple[float, Segment, Code]]:
    """The classes of a family by each clause cited, else by those most like the stem and about as like, the likest first."""
    statements, stem = asked.statements, core(BLANK.sub("", asked.item.stem))
    said = pairs(stem)
    total = statements.weigh_known(said) or 1.0
    by_source: dict[str, list[Segment]] = {}
    for segment in statements.segments if asked.hinted else statements.allowed(asked.industries):
        if not asked.hinted or segment.source in asked.hinted_ids:
            by_source.setdefault(segment.source, []).append(segment)
    found = []
    for segments in by_source.values():
        share = min(1.0, statements.weigh(said & pairs(segments[0].whole)) / total)
        rule = _rule(stem, segments, family) if asked.hinted or share >= _SHARE else None
        if rule is not None:
            found.append((share, *rule))
    found.sort(key=lambda f: -f[0])
    return [f for f in found if f[0] >= _CLOSE * found[0][0]]


def _rule(stem: str, segments: list[Segment], family: str) -> tuple[Segment, Code] | None:
    """The one run of a family in a clause; of several, the one whose part has most of the stem's words."""
    held = [
        (s, c)
        for s in segments
        for c in codes(s.text)
        if c.family == family and s.text[: c.start][-1:] != "含"
    ]
    named = [(s, c) for s, c in held if any(n in stem for n in _leads(s.text, c))]
    if len({(c.values, c.more) for _, c in named}) == 1 < len(held):
        return named[0]
    said = pairs(stem)
    shares = [(len(said & pairs(_part(s.text, c))), s, c) for s, c in held]
    best = max((n for n, *_ in shares), default=0)
    likest = [(s, c) for n, s, c in shares if n == best or len(held) == 1]
    alike = {(c.values, c.more) for _, c in likest}
    return likest[0] if len(alike) == 1 else None


def _leads(text: str, code: Code) -> list[str]:
    """The names listed right before a run of classes (大风、道路结冰红色)."""
    return [n for n in re.split("[、和或]", _BREAK.split(text[: code.start])[-1]) if len(n) > 1]


def _part(text: str, code: Code) -> str:
    """The part of a sentence in which a run stands."""
    before = _PARTS.split(text[: code.start])[-1]
    return before + _PARTS.split(text[code.end :])[0]
