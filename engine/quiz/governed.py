"""Of several numbers of one sentence, the one it sets for the case a statement tells of (综掘巷道50米、其他巷道20米).

A case is told by words that only its part of the sentence has, by a number beside it (全高50米以上), or by denying the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.quiz.amounts import Token, comparison, tokens
from engine.quiz.prove import compares
from engine.quiz.statements import PEOPLE, pairs, people

_BREAK = re.compile(r"[，,；;。：:]|或者")
_KIND = re.compile(r"(?:以上|以下|以内)(?:的)?([^，,；;。：:（）\d]{2,}?)(?=或者|[，,；;。：:（）\d]|$)")
_AFTER = re.compile(r"([^，,；;。：:（）、\d]*)")
_HOW_OFTEN = re.compile(
    r"((?:至少|不得?少于)?[\d一二两三四]*次?[^，,；;。：:（）、\d]*)"
)  # 每年|至少1次综合演练
_OTHERS = re.compile("其他|其余|别的|^一般(?=，)")
_DENIED = re.compile(
    r"(?:而?不是|并非|(?<!除)非(?!金属|煤)|不属于)((?:(?!的)[\u4e00-\u9fff]){2,12})|除([^，。；]{2,30}?)(?:以外|之外|外)"
    r"|([^，。；：（）()除]{2,30}?)(?:除外|例外|不在此限|不适用此)"
)
_REST = re.compile("^(?:其他|其余)([\u4e00-\u9fff]{1,4}?)(?=发生|应|至少|不|每|自|由|的|\\d)")
_TWO = re.compile(
    r"(?:[一两二1-2]个|[一某]处)?([\u4e00-\u9fff]{2}?)([\u4e00-\u9fff]{2,6}?)(?:之间)?[与和](?:[一另]个|另?[一某]处)?([\u4e00-\u9fff]{2})\2"
)  # 采煤工作面与掘进工作面: 采煤与掘进工作面
_PREDICATE = re.compile(r"应当?|至少|每|对|不得|须|不[少低超多大小]")
_RANGE = re.compile(r"\s*(?:以上)?\s*(?:至|到|～|~|-|—)\s*")
_WITHIN = re.compile(r"(?:之|以)?内?(?:[^，。；、或\d]{0,24})")
_PEOPLE = re.compile("|".join(sorted(PEOPLE, key=len, reverse=True)))
_NEAR = 8  # characters before a number that say what it measures
_WHOLE, _HALF = 0.8, 0.6
_KIND_NAME = 6  # characters of the longest name of a kind
_TELLS = 2  # pairs of characters by which words tell a case; fewer where they are half of its words


@dataclass(frozen=True)
class Case:
    """One number with the words and numbers beside it that say for what it is set; `near`: the words just before it."""

    words: frozenset[str]
    limit: Token
    beside: tuple[tuple[Token, str], ...]
    others: bool
    near: frozenset[str] = frozenset()
    general: bool = False


def alike(one: Token, other: Token) -> bool:
    """Whether two numbers measure the same, a frequency (每3个月) taken as a time."""
    return one.family == other.family or {one.family, other.family} == {"时间", "每"}


def cases(text: str, like: Token) -> list[Case]:
    """The numbers of a sentence in the family of a token, each with what it is for; empty where there is but one."""
    held = [t for t in tokens(text) if alike(t, like)]
    ranges = any(_RANGE.fullmatch(text[a.end : b.start]) for a, b in pairwise(held))
    if ranges or len({(t.value, t.unit) for t in held}) < 2:
        return []
    kinds = [m[1] if (m := _KIND.match(text, t.end)) else "" for t in held]
    told = kinds if all(kinds) else _own([_told(text, held, i) for i in range(len(held))])
    words = [pairs(_subject(t)) for t in told]
    near = [
        pairs(text[max(0, t.start - _NEAR, held[i - 1].end if i else 0) : t.start])
        for i, t in enumerate(held)
    ]
    return [
        Case(
            words[i].difference(*(w for j, w in enumerate(words) if j != i)),
            t,
            tuple(
                (o, sign) for o in tokens(told[i])
                if not alike(o, like) and (sign := comparison(told[i], o))
            ),
            bool(_OTHERS.search(told[i])),
            near[i].difference(*(w for j, w in enumerate(near) if j != i)),
            told[i].startswith("一般，"),
        )
        for i, t in enumerate(held)
    ]  # fmt: skip


def _told(text: str, held: Sequence[Token], i: int) -> str:
    """What stands beside a number: back to the number or break before it, and on to the next break."""
    token, before = held[i], held[i - 1].end if i else 0
    last = [m.end() for m in _BREAK.finditer(text, before, token.start)]
    after = (_HOW_OFTEN if token.unit == "每" else _AFTER).match(text, token.end)
    return (
        text[max([before, *last]) : token.start]
        + ("每" if token.unit == "每" else "，")
        + (after[1] if after else "")
    )


def _own(told: list[str]) -> list[str]:
    """The parts without whom the first names for all of them (主要负责人初次…，每年再培训…: both are his)."""
    first = _PEOPLE.sub("", told[0])
    if any(people(t) for t in told[1:]) or len(pairs(_subject(first))) < _TELLS:
        return told  # 新上岗人员不少于…，每年再培训…: whom it names is the case itself
    return [first, *told[1:]]


def _subject(told: str) -> str:
    """Whom or what a part is about, where it goes on with what must be done (公众聚集场所|至少每半年)."""
    subject = _PREDICATE.split(told)[0]
    return subject if len(pairs(subject)) else told


def set_for(statement: str, asked: Token, sentence: str) -> Token | None:
    """The number the sentence sets for the case of a statement; None where it has one number, or no case is surely told."""
    held = cases(sentence, asked)
    if not held or asked.unit == "次":
        return None
    beside = [t for t in tokens(statement) if alike(t, asked)]
    said = statement if len(beside) < 2 else _told(statement, beside, beside.index(asked))
    said = _TWO.sub(r"\1与\3\2", said)
    denied = [pairs(m[1] or m[2] or m[3]) for m in _DENIED.finditer(said)]
    plain = _DENIED.sub("", said)
    fits = [c for c in held if _agrees(c, said) and not any(_named(c, d) for d in denied)]
    near = pairs(statement[max(0, asked.start - _NEAR) : asked.start])
    closest = [c for c in fits if len(near & c.near) >= _TELLS]
    for words in (pairs(_PREDICATE.split(plain)[0]), pairs(plain)):
        if (only := _only(fits, words)) is not None:
            beside_other = len(closest) == 1 and closest[0] is not only and not denied and len(beside) < 2
            return closest[0].limit if beside_other and only.limit is held[0].limit else only.limit
    if len(closest) == 1 and not denied:
        return closest[0].limit
    if denied and len(fits) == 1 and fits[0].others:
        return fits[0].limit
    if len(fits) == 1 < len(held) and not denied:
        return fits[0].limit
    return _generally(held, pairs(said)) if not denied else None


def of_another_case(rule: str, whole: str, text: str) -> bool:
    """Whether a part of a rule is for a case that a text is not: for the others, of which it names one told apart.

    >>> whole = "其他事故30日内补报；道路交通事故、火灾事故发生7日内补报"
    >>> of_another_case("其他事故30日内补报", whole, "仓库火灾后（ ）日内补报")
    True
    """
    parts = [p for p in re.split("[；;]", whole) if p]
    rest = next((m for p in parts if (m := _REST.match(p))), None) if len(parts) > 1 else None
    if rest is None:
        return False
    names = {n for p in parts if not _REST.match(p) for n in _kinds(p, rest[1])}
    told = {n for n in names if n in _DENIED.sub("", text)}
    if _REST.match(rule):
        return bool(told)
    return not told and any(n in rule for n in names) and any(n in text for n in names)


def _kinds(part: str, noun: str) -> list[str]:
    """The kinds a part names before what all have in common (道路交通事故、火灾事故发生…, of 事故)."""
    head = part[: part.rfind(noun) + len(noun)] if noun in part else ""
    kinds = (k.strip().removesuffix(noun) for k in re.split("[、和或及]", head))
    return [k for k in kinds if 1 < len(k) <= _KIND_NAME]


def _generally(held: Sequence[Case], words: frozenset[str]) -> Token | None:
    """What holds in general (一般30日内，道路交通事故7日内) where a statement touches no other case."""
    general = [c for c in held if c.general]
    others = [c for c in held if not c.general]
    return general[0].limit if len(general) == 1 and not any(words & c.words for c in others) else None


def set_for_rest(statement: str, asked: Token, sentence: str, holder: str) -> Token | None:
    """The number for 其他单位, where a statement is of a kind of holder that the sentence names none of (企业, of 机关、企业).

    >>> rule, checks = "防火检查：机关至少每季度1次，其他单位至少每月1次", "企业的防火检查每季度一次"
    >>> set_for_rest(checks, tokens(checks)[0], rule, "机关、企业").text
    '每月'
    """
    rest = [c for c in cases(sentence, asked) if c.others]
    kinds = [k for k in holder.split("、") if k and k in statement]
    if len(rest) != 1 or not kinds or any(k in sentence for k in kinds):
        return None
    return rest[0].limit


def paired(statement: str, asked: Token, sentence: str) -> Token | None:
    """What a sentence has in a number's place beside the one that goes with it in a statement (180日内3次或1年内4次).

    None where the statement pairs the number with none, or the sentence has no such pair, or two of them.
    """
    mate = _mate(statement, tokens(statement), asked)
    if mate is None or (mate.unit == "次" and mate.value == 1):
        return None  # 每年至少1次: the once goes with any time
    held = tokens(sentence)
    both = [(t, m) for t in held if t.unit == asked.unit and (m := _mate(sentence, held, t)) is not None]
    if same := next((t for t, m in both if t.same(asked) and m.same(mate)), None):
        return same
    other = [t for t, m in both if m.same(mate)] if asked.unit == "次" else []
    return other[0] if len(other) == 1 else None


def _mate(text: str, held: Sequence[Token], token: Token) -> Token | None:
    """The count within a time, or the time of a count, in the same part of a sentence."""
    for a, b in pairwise(held):
        if b.unit == "次" and a.family == "时间" and _WITHIN.fullmatch(text[a.end : b.start]):
            if (a.start, a.end) == (token.start, token.end):
                return b
            if (b.start, b.end) == (token.start, token.end):
                return a
    return None


def elsewhere(statement: str, asked: Token, sentence: str) -> bool:
    """Whether a sentence is as a whole for another case, by the numbers before its first (±660千伏线路)."""
    first = next((t for t in tokens(sentence) if alike(t, asked)), None)
    if first is None:
        return False
    head = sentence[: max((m.end() for m in _BREAK.finditer(sentence, 0, first.start)), default=0)]
    bounds = tokens(head)
    for token in tokens(statement):
        same = [b for b in bounds if b.unit == token.unit and not alike(token, asked)]
        if same and not any(
            _reached(token, comparison(statement, token), b, comparison(head, b)) for b in same
        ):
            return True
    return False


def _reached(told: Token, own: str, limit: Token, sign: str) -> bool:
    if own or not sign:
        return told.same(limit)
    return compares(told.value, sign, limit.value)


def _only(fits: Sequence[Case], words: frozenset[str]) -> Case | None:
    """The one case that words tell: no other is touched, or it is said in full and the others by half at most."""
    named = [c for c in fits if _named(c, words)]
    if len(named) == 1 and not any(words & c.words for c in fits if c is not named[0]):
        return named[0]
    shares = sorted(((len(words & c.words) / len(c.words), c) for c in fits if c.words), key=lambda p: -p[0])
    if (
        len(shares) > 1
        and shares[0][0] >= _WHOLE
        and shares[1][0] <= _HALF
        and len(shares[0][1].words) > _TELLS
    ):
        return shares[0][1]
    return None


def _named(case: Case, words: frozenset[str]) -> bool:
    hits = len(words & case.words)
    return hits >= min(_TELLS, max(1, len(case.words) / 2))


def _agrees(case: Case, said: str) -> bool:
    """Whether no number told (全高60米) is against one that the case asks for (50米以下)."""
    told = tokens(said)
    for limit, sign in case.beside:
        same = [t for t in told if t.unit == limit.unit]
        if len(same) != 1:
            continue
        own = comparison(said, same[0])
        if own and not (own[0] == sign[0] and same[0].value == limit.value):
            return False
        if not own and not compares(same[0].value, sign, limit.value):
            return False
    return True
