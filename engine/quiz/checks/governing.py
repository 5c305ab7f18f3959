"""Options that are 判定标准: the one whose clauses and scope are about what the stem tells of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.named_places import standards_of, trades_of, without_names
from engine.quiz.checks.pointing import WORDS, Way, by_words, pointed_at, ways
from engine.quiz.claims import BLANK
from engine.quiz.cloze import asks_outside
from engine.quiz.editions import name_of
from engine.quiz.polarity import wants_false
from engine.quiz.statements import pairs
from kb.models import Standard

_ASKED = re.compile("依据|依照|按照?|根据|适用|引用|选用|哪")
_NUMBER = re.compile("文号|编号|标准号|发布|印发|施行|实施|废止|取代|代替")
_LONG = 60  # characters of an option that says more than a document
_FRAME = pairs(
    "检查发现判定认定属于构成重大生产安全事故隐患应当依据适用引用哪份文件企业单位标准规定情形管理部门有关"
)
_TELLING = 3.0  # the weight of a pair of characters that tells something (没有 has less)
_OTHERS = re.compile("不适用|不包括|不属于|除外|适用[^。；]*标准")


def check(asked: Asked, found: Found) -> None:
    """The document keyed against the one that what is told points at, all ways leaning to it."""
    item = asked.item
    held = _standards(asked)
    if (
        len(item.right) != 1
        or item.right[0] not in held
        or len({s.domain for s in held.values()}) < len(held)
    ):
        return
    found_ways = [*_ways(asked, held), _by_scope(asked, held)]
    best, key = pointed_at(found_ways), item.right[0]
    if best is None or {w.leaning for w in found_ways} - {best, None} or _of_another(asked, held, best):
        return
    right = name_of(held[best])
    if best == key:
        found.agreed.append(right)
    else:
        found.alarms.append(Alarm(ARTICLE, f"这类情形适用{right}，不是{name_of(held[key])}", right))


def likely(asked: Asked) -> str | None:
    """The option whose clauses are about what is told, whatever the sector."""
    held = _standards(asked)
    return pointed_at(_ways(asked, held)) if held else None


def _ways(asked: Asked, held: Mapping[str, Standard]) -> list[Way]:
    return ways(asked, {o: s.clauses for o, s in held.items()})


def _standards(asked: Asked) -> dict[str, Standard]:
    """The standard each option is, of those that are one; none where less than two are, or no standard is asked for."""
    item, stem = asked.item, asked.item.stem
    if item.holds is not None or asks_outside(stem) or wants_false(stem) or not _ASKED.search(stem):
        return {}
    if _NUMBER.search(stem) or any(len(o) > _LONG for o in item.options):
        return {}
    named = {o: standards_of(asked.book, (o,), "", asked.on) for o in item.options}
    held = {o: n.standards[0] for o, n in named.items() if n.sure and len(n.standards) == 1}
    return held if len(held) > 1 else {}


def _parts(standard: Standard, others: bool) -> str:
    parts = re.split("[。；，]", standard.scope_text)
    return "。".join(p for p in parts if bool(_OTHERS.search(p)) is others)


def _own_scope(standard: Standard) -> str:
    return f"{standard.title}。{standard.domain}。{_parts(standard, others=False)}"


def _by_scope(asked: Asked, held: Mapping[str, Standard]) -> Way:
    return by_words(asked, {o: [_own_scope(s)] for o, s in held.items()})


def _of_another(asked: Asked, held: Mapping[str, Standard], best: str) -> bool:
    """Whether a stem tells of a sector that is not that of a standard: the same defect is listed for several.

    A standard of no trade (特种设备) is for every sector.
    """
    standard, stem = held[best], BLANK.sub("", asked.item.stem)
    own = trades_of(standard)
    if not own:
        return False
    above = {asked.industry, *asked.book.trades.get(asked.industry, ())}
    if asked.industry and not own & above:
        return True
    if any(s.domain in stem and s.domain != standard.domain for s in held.values()):
        return True
    said = pairs(without_names(stem)) - _FRAME
    weigh = asked.statements.weigh_known
    shares = {o: weigh(said & pairs(_own_scope(s))) for o, s in held.items()}
    left = weigh(said & pairs(_parts(standard, others=True)))
    return max(shares.values()) > shares[best] + _TELLING or (left >= WORDS and left >= shares[best])
