"""Places of standards as options name them (第七条第（六）项; 88号文尾矿库第（十）项; 5.2.7), and the clauses that stand there.

The standard is the one an option names, else the stem, by number, by title or by the short name of its trade (工贸标准);
where neither names one, those for the trade of the question, else every one that has all the places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.quiz.checks.rulebook import Rulebook
from engine.quiz.checks.trades import trade_of
from engine.quiz.documents import squash
from engine.quiz.phrase import TRADE
from engine.quiz.statements import pairs
from kb.conditions import Has, atoms
from kb.models import Clause, Standard

_NUMERAL = "[一二三四五六七八九十百零]+"
_ARABIC = r"\d{1,3}"
PLACE = re.compile(
    rf"(?:(?<!{_NUMERAL[:-1]})[一二三四]、)?(?:第{_NUMERAL}条第?[（(]{_NUMERAL}[）)]项?|(?:第{_NUMERAL}条)?(?:第?[（(]{_NUMERAL}[）)][项条]|第{_NUMERAL}项))(?:第?\d+目)?"
    rf"|第{_NUMERAL}条|第{_ARABIC}条(?:第?[（(]?{_ARABIC}[）)]?项)?|第{_ARABIC}项"
    r"|(?<![\d.])\d\.\d+(?:\.\d+)*(?:[ （(]{0,2}[a-g](?![\w]))?"
)
_AMOUNT = re.compile(r"^\s*\d+(?:\.\d+)?\s*(?:$|[^\s\d.a-g）)条款号])")  # 0.95倍, 1.5: no place
_SHORT = re.compile(r"[\u4e00-\u9fff、]{2,24}?(?:(?<!国家)标准(?![气化件值])|准则|指南|清单|规则|部分)")
_LAW = re.compile("《[^《》]*(?:法|条例)》|(?:安全生产|消防|刑|建筑|劳动|安全|防治|应对|许可)法|条例")
_MENTION = re.compile(
    r"《[^《》]*》|[\u4e00-\u9fff]{0,12}(?:判定|认定)?(?:标准|准则|指南|清单)(?:[（(][^（）()]*[）)])?|[^，。；]{0,12}\d+号(?:文|令)?"
)
_PART = {"一": "第一部分", "二": "第二部分", "三": "第三部分"}


@dataclass(frozen=True)
class Named:
    """A standard as a text names it. `sure`: by its number or title, or the name of its trade; else by the trade told."""

    standards: tuple[Standard, ...]
    sure: bool


def clauses_of(
    book: Rulebook, stem: str, options: Sequence[str], trade: str, on: date
) -> dict[str, list[Clause]]:
    """The clauses at the places each option names, of the options that name one."""
    places = {o: m for o in options if not _AMOUNT.match(o) and (m := PLACE.findall(o))}
    named = {o: standards_of(book, (o, stem), trade, on) for o in places}
    if _LAW.search(stem) and not all(n.sure for n in named.values()):
        return {}  # articles of a law
    out: dict[str, list[Clause]] = {}
    for option, refs in places.items():
        found = named[option]
        held = {s.id: [c for r in refs for c in s.clauses if stands(r, c.ref)] for s in found.standards}
        if not found.sure:  # only where every option has its place
            held = {i: cs for i, cs in held.items() if all(_has(book, i, r) for r in places.values())} or held
        clauses = [c for cs in held.values() for c in cs]
        out[option] = [c for c in clauses if _of_part(book, c, f"{option} {stem}", trade)] or clauses
    return out


def _has(book: Rulebook, standard: str, refs: list[str]) -> bool:
    return any(stands(r, c.ref) for r in refs for c in book.engine.standards[standard].clauses)


def _of_part(book: Rulebook, clause: Clause, text: str, trade: str) -> bool:
    """Of a standard in parts (地下矿山, 露天矿山, 尾矿库), whether a text speaks of the part a clause stands in."""
    own = trade_of(book, clause)
    part = _PART.get(clause.ref[0], "") if "、" in clause.ref[:2] else ""
    return bool(part) and (part in text or own in text or own == trade)


def stands(place: str, ref: str) -> bool:
    """Whether a clause stands at a place.

    >>> stands("第（二）项", "一、第（二）项"), stands("第二项", "第十二项"), stands("4.3 d", "4.3 d)"), stands("5.2", "5.2.1")
    (True, False, True, False)
    >>> stands("第7条第6项", "第七条第（六）项"), stands("第七条（六）", "第七条第（六）项"), stands("4.3(d", "4.3 d)")
    (True, True, True)
    """
    plain, own = _plain(place), _plain(ref)
    if re.fullmatch(_NUMERAL, own):  # listed by its numeral alone
        return re.fullmatch(f"第?{own}[项条]?", plain) is not None
    at = re.compile(rf"(?:^|[一二三四]、){re.escape(plain)}(?![\d.一二三四五六七八九十])")
    return at.search(own) is not None


def _plain(place: str) -> str:
    """A place without blanks and brackets, its numbers in Chinese, each item with its 项 (第7条（6）: 第七条第六项)."""
    place = re.sub(rf"(?<=条)第?[（(]?({_NUMERAL}|{_ARABIC})[）)]?项?", r"第\1项", place)
    place = re.sub(rf"第({_ARABIC})(?=[条项])", lambda m: f"第{_chinese(int(m[1]))}", place)
    return squash(place)


def _chinese(number: int) -> str:
    """A number up to 999 as it stands in a citation.

    >>> _chinese(7), _chinese(12), _chinese(20), _chinese(104), _chinese(134)
    ('七', '十二', '二十', '一百零四', '一百三十四')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    digit = "零一二三四五六七八九"
    ten = f"{digit[tens] if tens > 1 or hundreds else ''}十" if tens else "零" if hundreds and ones else ""
    return f"{digit[hundreds] + '百' if hundreds else ''}{ten}{digit[ones] if ones else ''}"


def standards_of(book: Rulebook, texts: Sequence[str], trade: str, on: date) -> Named:
    """The standards in force that the first of some texts to name any does, else those for a trade, else all."""
    held = [s for s in book.in_force(on) if s.clauses]
    for text in texts:
        if found := _numbered(book, text, held):
            return Named(tuple(found), sure=True)
    for text in texts:
        for short in _SHORT.findall(text):
            plain = [s for s in held if re.search(f"(?<!非){s.domain}", short)]
            domain = plain[0].domain if plain else book.editions.about(short) if "判定" in short else ""
            if found := [s for s in held if domain and s.domain == domain]:
                return Named(tuple(found), sure=True)
    wider = {trade, *book.trades.get(trade, ())} if trade else set()
    found = [s for s in held if wider & trades_of(s)]
    return Named(tuple(found or held), sure=False)


def _numbered(book: Rulebook, text: str, held: list[Standard]) -> list[Standard]:
    """By number (121号文 of either edition) or title; of two with one number that of the trade or part told (化工部分)."""
    named = [s for s in book.editions.named(text) if s in held]
    short = {s.id: re.search(r"〔\d{4}〕(\d{2,3})号", s.doc_no) for s in held}
    for s in held:
        number = short[s.id]
        if s not in named and number and re.search(rf"(?<![\d第〕年令]){number[1]}号(?!令|\d)", text):
            named.append(s)
    if len(named) < 2:
        return named
    told = [s for s in named if s.domain in text or any(t in text for t in trades_of(s))]
    parts = pairs(" ".join(_SHORT.findall(text)))
    told = told or [s for s in named if pairs(s.title + s.domain) & parts]
    return told or named


def trades_of(standard: Standard) -> set[str]:
    """The trades a standard is for; none where it is for all."""
    if standard.scope is None:
        return set()
    return {v for a in atoms(standard.scope) if isinstance(a, Has) and a.attribute == TRADE for v in a.values}


def without_names(text: str) -> str:
    """A text without the standards it names."""
    return _MENTION.sub("，", text)
