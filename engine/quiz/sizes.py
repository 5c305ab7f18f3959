"""How many items, groups or articles a document lists (某标准共列出几项), by its items and by what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.quantities import chinese_number
from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.bank import Item
from engine.quiz.claims import DENIES, Claim, claims_of
from engine.quiz.documents import squash
from engine.quiz.editions import Editions, name_of
from kb.models import KnownStandard, Standard

_NUMERAL = r"\d+|[一二三四五六七八九十]+"
_COUNT = re.compile(
    rf"(?:共|列|规定了?(?!的)|包括|有|分为?|划为|归纳为?|归为|概括为?|涵盖|从)[^，。；第]{{0,20}}?(?<![第\d（])({_NUMERAL})\s*(?:个|大|余)?(项|种|条|类|方面|情形)"
    r"(?!(?:之一|以上)?(?:的)?[即就便才则])"  # 有一种即判定: how many are enough
)
_COUNT_ONLY = re.compile(r"[^，。；]*")
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
_OWN = re.compile(rf"(?<![第\d（])({_NUMERAL})(?:个|大)?(项|种|条|类|方面)(?!的)")
_GROUP = re.compile(r"([^，。；、（）：\d的为]{2,10})（(\d+)项）")
_GROUPS = frozenset(("类", "方面"))


def check(item: Item, on: date, editions: Editions, found: Found) -> None:
    """「某标准共列出几项」: how many items, articles or groups the document has, or the part of it that is named."""
    for claim in () if DENIES.search(item.stem) else claims_of(item):
        for told in _told(claim):
            held = _document(editions, claim.text, on)
            if held is None:
                continue
            name = name_of(held) if isinstance(held, Standard) else f"《{held.title}》"
            right = sizes(held, _own_part(claim.text, told.end()), told[2], _beside(claim.text, told))
            _compare(item, claim, told, name, right, found)


def _told(claim: Claim) -> Iterator[re.Match[str]]:
    """The counts of a claim; the one its key filled in, where it did."""
    told = _COUNT.finditer(claim.text)
    if claim.asked is None:  # 其中任何一种, 有一条管道: no document lists but one
        yield from (m for m in told if chinese_number(m[1]) != 1)
    else:
        yield from (m for m in told if m.start(1) < claim.asked[1] and claim.asked[0] < m.end())


def _beside(text: str, told: re.Match[str]) -> str:
    """What stands before a count, as far as the count before it."""
    before = [m.end() for m in _OWN.finditer(text[: told.start(1)])]
    return text[before[-1] if before else 0 : told.end()]


def _compare(
    item: Item, claim: Claim, told: re.Match[str], name: str, right: set[float], found: Found
) -> None:
    said = chinese_number(told[1])
    if said in right:
        if claim.holds:
            found.agreed.append(f"{told[1]}{told[2]}：{name}")
            found.settled = not item.wrong or not any(_number(o) in right for o in item.wrong)
        elif _COUNT_ONLY.fullmatch(claim.text.rstrip("。")):
            found.alarms.append(Alarm(FIGURE, f"{name}确有{told[1]}{told[2]}，不应判为错误", name))
        return
    offered = not item.options or any(_number(o) in right for o in item.wrong)
    if claim.holds and right and offered:
        every = "、".join(f"{n:g}" for n in sorted(right))
        found.alarms.append(Alarm(FIGURE, f"{name}列有{every}{told[2]}，不是{told[1]}{told[2]}", name))
    elif right and item.holds is False:
        found.agreed.append(f"不是{told[1]}{told[2]}：{name}")


def _number(option: str) -> float | None:
    return chinese_number(re.sub("个?(?:项|种|条|类|方面)?$", "", option))


def _document(editions: Editions, text: str, on: date) -> Standard | KnownStandard | None:
    """The one document a text counts the items of; an old edition only by its number."""
    old = [s for s in editions.numbered(text) if not s.in_force(on)]
    held: list[Standard] = [s for s in editions.named(text) if s.in_force(on)]
    held = [s for s in held if not any(squash(s.title) in squash(o.title) != squash(s.title) for o in held)]
    if not held and not old:
        known = [k for k in editions.kb.catalogue if squash(k.title) in squash(text)]
        if known:
            return known[0] if len(known) == 1 else None
    held = held or old or _by_domain(editions, text, on)
    return held[0] if len(held) == 1 else None


def _by_domain(editions: Editions, text: str, on: date) -> list[Standard]:
    """The standards of the kind of hazard a text tells of, where it names no law or rule that lists them itself."""
    titles = re.findall("《([^《》]+)》", text)
    if titles and not any(re.search("判定|标准|准则|清单|指南", t) for t in titles):
        return []
    domain = editions.about(text) if re.search("判定|隐患|[^国业地]标准", text) else ""
    return [
        s for s in editions.kb.standards if s.domain == domain and s.in_force(on) and "补充" not in s.title
    ]


def _own_part(text: str, end: int) -> str:
    """What tells of which part of a standard a count is, of several: as far back as the last article named before it.

    >>> _own_part("第五条共列13项，第十一条共列10项", 20), _own_part("第三条至第九条共列40项", 12)
    ('第十一条共列10项', '第三条至第九条共列40项')
    """
    articles = list(_ARTICLE.finditer(text[:end]))
    if not articles:
        return text[:end] if _ARTICLE.search(text) else text
    if len(articles) > 1 and text[articles[-2].end() : articles[-1].start()] in (
        "至",
        "到",
        "-",
        "—",
        "、",
        "和",
    ):
        return text
    return text[articles[-1].start() : end]


def sizes(document: Standard | KnownStandard, text: str, unit: str, beside: str) -> set[float]:
    """How many of a unit a document has, or its part that a text names (or that stands `beside` the count); empty where unknown."""
    if isinstance(document, KnownStandard):
        return _own(document.note, unit)
    own = "。".join((document.scope_text, *document.readings))
    groups = [(m[1].removeprefix("金属非金属"), float(m[2])) for m in _GROUP.finditer(own)]
    for part in (p.replace(document.title, "") for p in (beside, text)):
        named = {(len(g), n) for g, n in groups if g in part}
        if named and unit not in _GROUPS:
            return {max(named)[1]}
    if re.search("一类|[“”]", beside) and unit not in _GROUPS:
        return set()  # of a part by a name that is not held
    if unit in _GROUPS and (told := _own(own, unit)):
        return told
    if document.unheld or any("未核" in i or "部分" in i for i in document.items):
        return _own(own, unit)
    items = [squash(i) for i in document.items]
    cited = _ARTICLE.findall(squash(text))
    if len(cited) == 1 and any(i.startswith(cited[0]) for i in items):
        return {float(n) for n in [sum(i.startswith(cited[0]) for i in items)] if n > 1}
    articles = {m[0] for i in items if (m := re.match("第[一二三四五六七八九十百]+条", i))}
    return {float(len(items)), *([float(len(articles))] if articles else [])}


def _own(said: str, unit: str) -> set[float]:
    """How many a document says itself that it has: of groups (类, 方面), or of items (项, 种, 条)."""
    return {
        n
        for m in _OWN.finditer(said)
        if (m[2] in _GROUPS) is (unit in _GROUPS) and (n := chinese_number(m[1])) is not None
    }
