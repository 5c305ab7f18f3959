"""Of options on a level, the one that denies it for want of what the clause asks and the case does not tell (须经营者发现而未告知)."""

from __future__ import annotations

import re

from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.phrase import TRADE
from engine.quiz.polarity import level_of
from engine.quiz.statements import pairs
from engine.verdict import Level

_OPEN = re.compile("不能|不足以|无法|尚未?不|还(?:须|需|应)|需要?进一步|查明|核实|不构成|不成立|不判定")
_FOR_WANT = re.compile("须|需|只有|缺少?|没有|未|尚|前提|条件|同时|还|才")
_NAMES = 0.5  # share of the words of a fact that an option must have to name it


def check(asked: Asked, found: Found) -> None:
    """A case of one finding whose clause stays open: 重大 is not borne out where another option names what is missing."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or len(item.options) < 2 or len(asked.levels) != 1:
        return
    finding, _ = asked.levels[0]
    verdict = judged(asked, finding)
    if verdict.level is not Level.VERIFY or verdict.fault or verdict.read != "全部":
        return
    touched = [r for r in verdict.open if not r.suspected and set(r.missing) - {TRADE}]
    hinted = [r for r in touched if r.clause.id in asked.hinted_ids] or touched
    naming = [
        o
        for o in item.options
        if _denies(o) and hinted and all(_named(o, finding, r.missing) for r in hinted)
    ]
    if len(naming) != 1:
        return
    result = hinted[0]
    rule = f"题干没有写明该条要的事实，规定是：{result.clause.restatement}"
    if naming[0] in item.right:
        found.agreed.append(rule)
    elif level_of(item.right[0]) is True:
        found.alarms.append(Alarm(LEVEL, f"不能据此判定，{rule}", asked.book.cite(result.clause)))


def _denies(option: str) -> bool:
    """Whether an option says that the level is not borne out, for want of something."""
    return level_of(option) is not True and bool(_OPEN.search(option)) and bool(_FOR_WANT.search(option))


def _named(option: str, finding: str, missing: tuple[str, ...]) -> bool:
    """Whether an option names one of the facts that a clause still asks for, of which the finding has no word."""
    said, told = pairs(option), pairs(finding)
    facts = [pairs(m.replace("@", "，")) for m in missing if m != TRADE]
    return any(len(f & said) >= _NAMES * len(f) > len(f & told) for f in facts if f)
