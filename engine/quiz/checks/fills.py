"""Words and bare numbers filled into a blank: what the likest sentence has between the same words on both sides."""

from __future__ import annotations

import re

from corpus.quantities import chinese_number
from engine.judge import Engine
from engine.quiz.alarms import FIGURE, TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, core
from engine.quiz.documents import squash
from engine.quiz.enumerations import names
from engine.quiz.gaps import HAVING
from engine.quiz.statements import Segment, pairs

_SHARE = 0.55  # share of the stem's words that a clause must have
_CLOSE = 0.75  # the share of the best that is as like
_LONGEST, _FEWEST, _MOST = (
    14,
    2,
    8,
)  # characters of a gap; of the words beside it that must be, and that are, compared
_DOCUMENT = re.compile(r"(?:第|〕|令)\s*$")
_EVERY = re.compile("每$")
_PART = re.compile(r"[，。；：、（）]")
_ALIKE = (
    (re.compile(r"未能?|尚未|没有?(?:能)?"), "没"),
    HAVING,
    (re.compile(r"(?<=没)装"), "设"),
    (re.compile(r"应当"), "应"),
    (re.compile(r"[《》“”\s]"), ""),
)
_STANDARD = re.compile(r"(?:GB|AQ|TSG|JGJ|AQ)(?:/T)? ?[A-Z]?\d+(?:[-—]\d{4})?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百]+")


def check(asked: Asked, found: Found) -> None:
    """A key that is not what stands in that place, and that no sentence about the same has."""
    item = asked.item
    blanks = list(BLANK.finditer(item.stem))
    if item.options or item.holds is not None or len(blanks) != 1 or asked.levels:
        return
    if _DOCUMENT.search(item.stem[: blanks[0].start()]) and item.stem[blanks[0].end() :].startswith("号"):
        return  # the number of a document is none of what a sentence says
    if _EVERY.search(item.stem[: blanks[0].start()]):
        return  # how often is a number: engine.quiz.checks.numbers compares it for its case
    left, right = _alike(item.stem[: blanks[0].start()]), _alike(item.stem[blanks[0].end() :])
    near = _near(asked)
    gaps = [(s, g) for s in near if (g := gap(left, right, _alike(s.text)))]
    key = _alike(item.key)
    if not gaps:
        return
    segment, there = gaps[0]
    if any(_says(key, g) for _, g in gaps):
        found.agreed.append(f"{item.key}：{segment.citation}")
        return
    numbers = bool(_NUMBER.fullmatch(key)), bool(_NUMBER.fullmatch(there))
    elsewhere = any(squash(key) in squash(_alike(s.whole)) for s in near)
    if len({g for _, g in gaps}) > 1 or numbers[0] is not numbers[1] or not segment.verified:
        return
    if numbers[0] or (not elsewhere and _other(asked.engine, key, there)):
        reason = f"应为“{there}”，不是“{item.key}”，规定是：{segment.whole}{segment.pending}"
        found.alarms.append(Alarm(FIGURE if numbers[0] else TERM, reason, segment.citation))


def _alike(text: str) -> str:
    """A text with the words for having and lacking made one."""
    for pattern, word in _ALIKE:
        text = pattern.sub(word, text)
    return text


def _says(key: str, there: str) -> bool:
    one, other = chinese_number(key), chinese_number(there)
    return one == other if one is not None and other is not None else key in there or there in key


def _other(engine: Engine, key: str, there: str) -> bool:
    """Whether two words name different things: known by other names, none a kind of the other, or with nothing in common."""
    if _STANDARD.fullmatch(key) and _STANDARD.fullmatch(there):
        return True  # neither says the other, so they are of two numbers
    one, two = _concepts(engine, key), _concepts(engine, there)
    if one and two:
        return not any(engine.lexicon.is_a(a, b) or engine.lexicon.is_a(b, a) for a in one for b in two)
    return not pairs(names(key)[-1]) & pairs(names(there)[-1])


def _concepts(engine: Engine, text: str) -> set[str]:
    """What the whole of a text is known as."""
    found = engine.reader.terms.find(text)
    return {t.concept for t in found if t.concept and t.end - t.start == len(text)}


def gap(left: str, right: str, text: str) -> str:
    """What a text has between the last words before a blank and the first after it; empty where that is not one thing.

    >>> gap("浓度超过", "%的停风区", "甲烷浓度超过3.0%的停风区"), gap("没设", "的", "没设紧急切断阀")
    ('3.0', '紧急切断阀')
    """
    before, after = _PART.split(left)[-1], _PART.split(right)[0].removesuffix("的")
    after = after.removeprefix("的")[:_FEWEST] if not after.startswith(("且", "并", "，")) else ""
    for length in range(min(_MOST, len(before)), _FEWEST - 1 if len(before) >= _FEWEST else 0, -1):
        found = set()
        for match in re.finditer(re.escape(before[-length:]), text):
            part = _PART.split(text[match.end() :])[0]
            end = part.find(after) if after else len(part)
            if end < 0 and length > _FEWEST:
                end = part.find(after[0])  # 差监测: 差等监测
            there = part[:end].removesuffix("的") if end > 0 else ""
            if 0 < len(there) <= _LONGEST:
                found.add(there)
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _near(asked: Asked) -> list[Segment]:
    """The sentences of the clauses cited, else of those that have most of the stem."""
    statements, stem = asked.statements, core(BLANK.sub("", asked.item.stem))
    if asked.hinted:
        return [s for s in statements.segments if s.source in asked.hinted_ids]
    said = pairs(stem)
    total = statements.weigh_known(said) or 1.0
    shares = [
        (statements.weigh(said & pairs(s.whole)) / total, s) for s in statements.allowed(asked.industries)
    ]
    ranked = sorted((p for p in shares if p[0] >= _SHARE), key=lambda p: -p[0])
    return [s for n, s in ranked if n >= _CLOSE * ranked[0][0]]
