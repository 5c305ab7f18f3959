"""「下列说法正确（错误）的是」: each option checked as a statement by itself, by every check."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.bank import Item
from engine.quiz.checks.asked import Asked

_VIEWS = re.compile(
    r"(?:说法|表述|做法|描述|理解|叙述|判断|观点|认识|要求)[^，。]{0,8}?[，,]?(?:不正确|正确|错误|有误|不符合|符合|不准确|准确|不妥|不对)[^，。]{0,6}?(?:的是|的有|[（(])"
)
_ABOUT = re.compile(
    r"(?:关于|有关|对于?|就)([^，。《》]{2,20}?)(?:的)?[，,]?(?:以下|下列)?(?:哪[^，。]{0,4})?(?=说法|表述|做法|描述|理解|叙述|观点|要求)"
)
_DOCUMENT = re.compile(r"令第|号|GB|AQ|标准|规定|条例|办法|法$")
_WRONG_ONES = re.compile("不正确|错误|有误|不符合|不准确|不妥|不对")


def check(asked: Asked, found: Found) -> None:
    """The options keyed must be those that hold (or, where wrong ones are asked, those that do not)."""
    views = _VIEWS.search(asked.item.stem)
    if views is None or asked.item.holds is not None:
        return
    yes = not _WRONG_ONES.search(views[0])
    told = {o: _tried(asked, o) for o in asked.item.options}
    wrong = [o for o in asked.item.options if told[o].alarms]
    for option in wrong:
        if (option in asked.item.right) is yes:
            found.alarms.append(
                replace(told[option].alarms[0], reason=f"“{option}”：{told[option].alarms[0].reason}")
            )
            return
    if not yes and not wrong and len(asked.item.right) == 1 and told[asked.item.right[0]].agreed:
        reason = f"“{asked.item.right[0]}”与规定一致，不是错误的说法：{told[asked.item.right[0]].agreed[0]}"
        found.alarms.append(Alarm(TERM, reason, told[asked.item.right[0]].agreed[0].rpartition("：")[2]))
    if wrong and not yes and set(wrong) <= set(asked.item.right):
        found.agreed += [told[o].alarms[0].reason for o in wrong]
    elif yes and asked.item.right and all(told[o].agreed for o in asked.item.right):
        left = [o for o in asked.item.wrong if told[o].agreed]
        if left and len(asked.item.right) > 1:
            reason = told[left[0]].agreed[0]
            found.alarms.append(Alarm(TERM, f"漏选“{left[0]}”：{reason}", reason.rpartition("：")[2]))
        elif not left:
            found.agreed += [a for o in asked.item.right for a in told[o].agreed]


def _tried(asked: Asked, option: str) -> Found:
    """An option as a statement by itself; where that tells nothing, with what the stem says it is about."""
    titles = "".join(re.findall("《[^》]*》", asked.item.stem))
    plain = f"根据{titles}，{option}" if titles else option
    about = _ABOUT.search(asked.item.stem)
    ways = [plain, f"{about[1]}{option}"] if about and not _DOCUMENT.search(about[1]) else [plain]
    found = Found()
    for way in ways:
        if not found.alarms and not found.agreed:
            found = asked.again(Item(asked.item.place, way, (), "对", topic=asked.industry))
    return found
