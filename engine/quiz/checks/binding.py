"""Whether a standard binds or is only recommended, as its number says: GB and AQ bind, those with /T are recommended."""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import Claim
from engine.quiz.editions import name_of
from engine.quiz.polarity import denied_at

_SAID = re.compile("强制性?|推荐性?")
_COMMON = re.compile("(?:强制|推荐)性?(?:国家|行业)?(?:标准|条款|要求)")
_IS = re.compile(
    r"(?:《[^《》]*》|(?:GB|AQ) ?\d+(?:[-—]\d{4})?)[）)》]*(?:这一标准|标准|准则)?(?:并?不|并非)?(?:是|属于?|为|系)[^，。；]{0,2}$"
)  # of the standard itself, not of what a clause asks for
_SPOKEN_OF = re.compile("说法|观点|认为|理解")
_PLAIN = re.compile("[^，。；]*")
_BINDS = re.compile(r"(?:GB|AQ) ?\d")


def check(asked: Asked, found: Found) -> None:
    """Claims that call one standard binding or recommended, which the question names by its number or title."""
    for claim in () if asked.levels or len(asked.item.right) > 1 else asked.claims:
        if _COMMON.search(claim.text) and not _SPOKEN_OF.search(claim.text):
            _claim(asked, claim, found)


def _claim(asked: Asked, claim: Claim, found: Found) -> None:
    """One claim: what it calls the standard, against what the number says."""
    named = [s for s in asked.book.editions.named(claim.text) if s.in_force(asked.on)]
    told = list(_SAID.finditer(claim.text))
    if claim.asked is not None:
        told = [m for m in told if claim.asked[0] <= m.start() < claim.asked[1]]
    told = [m for m in told if (i := _IS.search(claim.text[: m.start()])) and asked.book.editions.named(i[0])]
    if len(named) != 1 or len(told) != 1 or not _BINDS.match(named[0].doc_no):
        return
    name = name_of(named[0])
    binding = told[0][0].startswith("强制") is not denied_at(claim.text, told[0].start())
    if binding is claim.holds:
        found.agreed.append(f"强制性标准：{name}")
    elif claim.holds:
        found.alarms.append(Alarm(TERM, f"{name}是强制性标准，不是推荐性标准", name))
    elif _PLAIN.fullmatch(claim.text.rstrip("。")):
        found.alarms.append(Alarm(TERM, f"{name}是强制性标准，该说法与此一致，不应判为错误", name))
