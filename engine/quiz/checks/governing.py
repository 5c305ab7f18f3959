"""Options that are 判定标准: the one whose clauses and scope are about what the stem tells of."""

from __future__ import annotations

import re

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.named_places import standards_of, without_names
from engine.quiz.checks.pointing import WORDS, by_words, pointed_at, ways
from engine.quiz.claims import BLANK
from engine.quiz.cloze import asks_outside
from engine.quiz.editions import name_of
from engine.quiz.polarity import wants_false
from engine.quiz.statements import pairs
from kb.models import Standard

_ASKED = re.compile("依据|依照|按照?|根据|适用|引用|选用|哪")
_NUMBER = re.compile("文号|编号|标准号|发布|印发|施行|实施|废止|取代|代替")
_LONG = 60  # characters of an option that says more than a document
_OTHERS = re.compile("不适用|不包括|不属于|除外|适用[^。；]*标准")


def check(asked: Asked, found: Found) -> None:
    """The document keyed against the one that what is told points at, all ways leaning to it."""
    item, stem = asked.item, asked.item.stem
    if item.holds is not None or len(item.right) != 1 or asks_outside(stem) or wants_false(stem):
        return
    if not _ASKED.search(stem) or _NUMBER.search(stem) or any(len(o) > _LONG for o in item.options):
        return
    named = {o: standards_of(asked.book, (o,), "", asked.on) for o in item.options}
    held = {o: n.standards[0] for o, n in named.items() if n.sure and len(n.standards) == 1}
    key = item.right[0]
    if key not in held or len({s.domain for s in held.values()}) < max(2, len(held)):
        return
    by_scope = by_words(asked, {o: [_own_scope(s)] for o, s in held.items()})
    found_ways = [*ways(asked, {o: s.clauses for o, s in held.items()}), by_scope]
    best = pointed_at(found_ways)
    if best is None or {w.leaning for w in found_ways} - {best, None} or _left_out(asked, held[best]):
        return
    right = name_of(held[best])
    if best == key:
        found.agreed.append(right)
    else:
        found.alarms.append(Alarm(ARTICLE, f"这类情形适用{right}，不是{name_of(held[key])}", right))


def _parts(standard: Standard, others: bool) -> str:
    parts = re.split("[。；，]", standard.scope_text)
    return "。".join(p for p in parts if bool(_OTHERS.search(p)) is others)


def _own_scope(standard: Standard) -> str:
    return f"{standard.title}。{standard.domain}。{_parts(standard, others=False)}"


def _left_out(asked: Asked, standard: Standard) -> bool:
    """Whether a stem speaks of what a standard leaves to others more than of its own scope."""
    said = pairs(without_names(BLANK.sub("", asked.item.stem)))
    weigh = asked.statements.weigh_known
    left = weigh(said & pairs(_parts(standard, others=True)))
    return left >= WORDS and left >= weigh(said & pairs(_own_scope(standard)))
