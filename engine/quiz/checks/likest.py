"""Of options that are numbers, classes, terms or units the one that the rule likest to the stem has, where no rule about as like has another.

A rule is a clause or a duty with all it says: who, for whom, on what occasion, at what cost. A stem need not say much of
it; what counts is that no other rule has nearly as much of the stem, unless it answers the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.quiz import fines, governed
from engine.quiz.alarms import FIGURE, TERM, Alarm, Found
from engine.quiz.amounts import Token, tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.departments import units
from engine.quiz.claims import BLANK, Claim, core, filled
from engine.quiz.cloze import asks_outside, bears
from engine.quiz.codes import Code, codes, only
from engine.quiz.polarity import wants_false, wants_outside
from engine.quiz.statements import Segment, pairs
from engine.quiz.wordings import words

_FEWEST = 3  # options of which one is asked
_SHARE = 0.3  # share of the stem's words that the rule must have
_SHARE_OF_NAMED = 0.15  # the same where it names the document
_MONEY_SHARE = 0.5  # the same where money is asked: many breaches cost the same
_FEW, _FEW_OF_WORDS = 4, 6  # pairs of the stem that it must have, where a number is asked or words are
_AS_LIKE = 0.75  # the share of the best that is as like
_NAMED = 3  # pairs of those for whom a duty of one trade is that a stem of no trade must have
_REST = 2  # pairs of an option, beside its number, that the rule need not have
_BREAK = re.compile(r"[，；。：、\d]|或者?")
_DENIED = re.compile("(?:不是|不含|不包括|并非|而非)$")
_PLACE = re.compile(r"第[（(]?[一二三四五六七八九十百\d]+[）)]?[条款项目]|^\d+(?:\.\d+)+")
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
_NUMBERED = re.compile(r"(?:GB|AQ|TSG)[ /A-Z]*\d+(?:[-—]\d{4})?")
_TITLED = re.compile("《[^》]*》")
_OFFICE = re.compile("(?:政府|部门|机关|机构)$")
_MONEY = re.compile("罚|元|倍|徒刑|收入")


@dataclass(frozen=True)
class Option:
    """An option, the statement it makes in the stem, and what it is: numbers, ranges of money, a class; else words.

    `rest`: the pairs of what it says beside its numbers.
    """

    text: str
    claim: Claim
    numbers: tuple[Token, ...]
    money: tuple[tuple[float, float, str], ...]
    code: Code | None
    rest: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """The parts of one clause or duty, the share of the stem that all of it has, and how many pairs of it."""

    parts: tuple[Segment, ...]
    share: float
    common: int


def check(asked: Asked, found: Found) -> None:
    """The one option that the likest rule has, against the key."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or len(item.options) < _FEWEST:
        return
    told = answer(asked)
    if told is None:
        return
    option, rule = told
    segment = next(p for p in rule.parts if _has(p, option))
    if option.text in item.right:
        found.agreed.append(f"{option.text}：{segment.citation}")
    elif _OFFICE.search(item.right[0]) and item.right[0][-2:] in segment.whole:
        return  # 人民政府, where the rule says 政府 of one of two matters
    elif segment.verified and all(p.entire for p in rule.parts):
        kind = FIGURE if option.numbers or option.money or option.code else TERM
        told_by = segment.whole if segment.kind != "罚则" else segment.text
        reason = f"应为“{option.text}”，不是“{item.right[0]}”，规定是：{told_by}"
        found.alarms.append(Alarm(kind, reason, segment.citation))


def answer(asked: Asked) -> tuple[Option, Rule] | None:
    """The option that the likest rule has and the others have not; None where a rule about as like has only another."""
    item = asked.item
    if asked.levels or asked.of_levels_or_documents or len(BLANK.findall(item.stem)) > 1:
        return None
    if asks_outside(item.stem) or wants_outside(item.stem) or wants_false(item.stem):
        return None
    if asked.answers_yes_or_no or any(_PLACE.search(o) for o in item.options):
        return None  # a verdict, or where it stands: for other checks
    near = _near(asked)
    if not near or near[0].share < (_SHARE_OF_NAMED if asked.documents else _SHARE):
        return None
    options = [_option(item.stem, o) for o in item.options]
    rule, *others = near
    held = _held(item.stem, options, rule)
    if len(held) != 1 or rule.common < (_FEW if held[0].numbers or asked.documents else _FEW_OF_WORDS):
        return None
    if _asks_money(item.stem, options) and rule.share < _MONEY_SHARE:
        return None
    if not _touched(asked, rule.parts[0]):
        return None
    if rule.parts[0].kind == "条款" and all(units(o.text) for o in options):
        return None  # that a clause names a department says not what it does besides
    if any((h := _held(item.stem, options, r)) and held[0] not in h for r in others):
        return None
    return None if _by_number(item.stem, rule) else (held[0], rule)


def _asks_money(stem: str, options: Sequence[Option]) -> bool:
    """Whether it is asked what something costs, in whatever way the sums are written (10万元以上)."""
    return any(o.money for o in options) or ("罚" in stem and any("元" in o.text for o in options))


def _touched(asked: Asked, segment: Segment) -> bool:
    """Whether a stem names one of those whose duty or for whom it is, where that is not everyone."""
    if segment.kind != "职责":
        return True
    named = len(pairs(asked.item.stem) & pairs(f"{segment.holder}，{segment.reach}"))
    if segment.industries and not asked.industries:
        return named >= _NAMED  # what holds in one trade, where none is told
    ordinary = "一般" in asked.industries and segment.reach.startswith("一般")  # of no trade in particular
    return named > 0 or ordinary or segment.reach in ("", "全部")


def _near(asked: Asked) -> list[Rule]:
    """The rule that has most of what the stem says beside its options, and those that have about as much."""
    item, statements = asked.item, asked.statements
    said = pairs(core(BLANK.sub("", item.stem))) - frozenset(p for o in item.options for p in pairs(o))
    total = statements.weigh_known(said) or 1.0
    rules = []
    for parts in _rules(asked):
        has = frozenset[str]().union(*(p.known for p in parts))
        rules.append(Rule(tuple(parts), statements.weigh_known(said & has) / total, len(said & has)))
    rules.sort(key=lambda r: -r.share)
    return [r for r in rules if r.share >= _AS_LIKE * rules[0].share]


def _rules(asked: Asked) -> Iterator[list[Segment]]:
    """The clauses and duties that may be asked of, each with all its parts: those of the document and the article named."""
    stem, statements = asked.item.stem, asked.statements
    documents, articles = _documents(asked), _ARTICLE.findall(_TITLED.sub("", stem))
    of_numbers = all(re.search(r"\d", o) or tokens(f"每{o}") for o in asked.item.options)
    every = [*statements.segments, *statements.penalties]
    found: dict[tuple[str, str], list[Segment]] = {}
    for s in every if documents else statements.allowed(asked.industries, penalties=True):
        if not governed.of_another_case(s.own, s.whole, stem):
            found.setdefault((s.source, s.whole if s.kind == "标准" else ""), []).append(s)
    for parts in found.values():
        if not all(p.speaks_of(stem) for p in parts) or (
            of_numbers and any(p.of_another_side(stem) for p in parts)
        ):
            continue
        if documents and not any(d in p.citation or d in p.whole for d in documents for p in parts):
            continue
        if articles and parts[0].kind != "标准" and not any(a in parts[0].citation for a in articles):
            continue
        yield parts


def _documents(asked: Asked) -> tuple[str, ...]:
    """The documents a stem names, by title or number, whether they are held or not."""
    stem = asked.item.stem
    named = asked.book.standards_named(stem)
    return (
        *asked.documents,
        *(n for s in named for n in (s.doc_no, s.title)),
        *_NUMBERED.findall(stem),
    )


def _option(stem: str, text: str) -> Option:
    claim = filled(stem, text)
    start, end = claim.asked or (0, 0)
    numbers = [t for t in tokens(claim.text) if t.start < end and start < t.end]
    if any(t.unit != "次" for t in numbers):  # 每季度一次: once goes with any time
        numbers = [t for t in numbers if (t.unit, t.value) != ("次", 1)]
    money = [a.size for a, _, _ in fines.amounts(text)] if _MONEY.search(stem + text) else []
    blank = BLANK.search(stem)
    code = only(text) or (only(text + stem[blank.end() :][:1]) if blank else None)
    rest = text
    for told in tokens(text):
        rest = rest.replace(told.text, "，")
    return Option(text, claim, tuple(numbers), tuple(money), code, pairs(rest))


def _held(stem: str, options: Sequence[Option], rule: Rule) -> list[Option]:
    """The options a rule has; of several numbers the one for the case told."""
    held = [o for o in options if any(_has(p, o) for p in rule.parts)]
    if len(held) < 2 or not all(len(o.numbers) == 1 for o in options):
        return held
    told = [
        limit
        for p in rule.parts
        for o in held
        if (limit := governed.set_for(o.claim.text, o.numbers[0], p.own)) is not None
    ]
    if told:
        return [o for o in held if any(o.numbers[0].same(t) for t in told)] or held
    return _beside(stem, held, rule) or held


def _beside(stem: str, held: Sequence[Option], rule: Rule) -> list[Option]:
    """Of several numbers the one beside which alone a rule has words of the stem that it has beside no other (生产矿山, 基建矿山)."""
    around: dict[str, frozenset[str]] = {}
    for option in held:
        leads = [
            _raw(_BREAK.split(p.text[: t.start])[-1])
            for p in rule.parts
            for t in p.tokens
            if option.numbers[0].same(t)
        ]
        around[option.text] = frozenset[str]().union(*leads)
    said = _raw(stem)
    named = [
        o
        for o in held
        if around[o.text].difference(*(w for other, w in around.items() if other != o.text)) & said
    ]
    return named if len(named) == 1 else []


def _has(segment: Segment, option: Option) -> bool:
    """Whether a sentence has what an option says: its sums, its class, its numbers and most of the rest, or its words."""
    if option.money:
        held = {a.size for a, _, _ in fines.amounts(segment.text)}
        return all(m in held for m in option.money)
    if option.code:
        return any(option.code.same(c) for c in codes(segment.text))
    if option.numbers and len(option.rest - segment.known) > _REST:
        return False
    return bears(segment, option.claim, option.numbers, option.text) and not _only_denied(
        option.text, segment
    )


def _only_denied(option: str, segment: Segment) -> bool:
    """Whether a sentence says of an option only that it is not it (是经营者，不是用户)."""
    text, plain = words(segment.text), words(option)
    at = [m.start() for m in re.finditer(re.escape(plain), text)] if plain else []
    return bool(at) and all(_DENIED.search(text[:n]) for n in at)


def _by_number(stem: str, rule: Rule) -> bool:
    """Whether the answer hangs on a number that the stem tells and the rule has none the same of (日产量3000t, of a table)."""
    held = [t for p in rule.parts for t in tokens(p.whole)]
    return any(
        any(t.unit == h.unit for h in held) and not any(t.same(h) for h in held)
        for t in tokens(BLANK.sub("＿", stem))
    )


def _raw(text: str) -> frozenset[str]:
    """Every pair of characters of a text, the common ones too."""
    parts = re.findall("[\u4e00-\u9fff]+", text)
    return frozenset(p[i : i + 2] for p in parts for i in range(len(p) - 1))
