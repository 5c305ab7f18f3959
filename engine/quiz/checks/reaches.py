"""An article said to be of 重大 hazards alone, or of ordinary ones too, against what the register has it for."""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked

_ALONE = re.compile(
    r"(?:只|仅)(?:适用于?|处罚|针对|罚|管|限于?|能?用于)[^，。；]{0,14}重大(?:事故|安全)?隐患|(?<!不)限于[^，。；]{0,8}重大(?:事故|安全)?隐患"
)
_ALSO = re.compile(
    r"(?:即使|即便|哪怕|不论|无论|不管)[^，。；]{0,20}(?:重大|一般)(?:事故|安全)?隐患[^。；]*?(?:也|同样|均|都|仍)(?![^，。；]{0,6}不)"
    r"|(?:并不|不)限于[^，。；]{0,8}重大(?:事故|安全)?隐患"
)
_ARTICLE = re.compile("第[一二三四五六七八九十百零]+条")
_LAW = re.compile("^《?([^（《》]{2,20}?)》?(?:（[^）]*）)? *(第[一二三四五六七八九十百零]+条)")


def check(asked: Asked, found: Found) -> None:
    """A 判断 on the reach of one article that punishes or asks something of hazards."""
    stem = asked.item.stem
    alone, also = _ALONE.search(stem) is not None, _ALSO.search(stem) is not None
    articles = set(_ARTICLE.findall(stem))
    if asked.item.holds is None or alone is also or len(articles) != 1:
        return
    told = _told(asked, articles.pop())
    if not told or any("隐患" not in rule or "重大" in rule for rule, _ in told):
        return  # of 重大 by itself, or of something else beside
    rule, citation = told[0]
    if also is asked.item.holds:
        found.agreed.append(f"{rule}：{citation}")
    else:
        why = "不限于重大事故隐患" if alone else "该说法与规定一致，不应判为错误"
        found.alarms.append(Alarm(TERM, f"{why}，规定是：{rule}", citation))


def _told(asked: Asked, article: str) -> list[tuple[str, str]]:
    """What the register has an article of the law named in a stem for, each with where it stands."""
    out = []
    for duty in asked.book.registers.duties:
        for penalty in duty.penalty:
            law = _LAW.match(penalty.basis)
            if law and law[2] == article and law[1] in asked.item.stem:
                out.append((f"{duty.duty}：{penalty.measure}", penalty.basis))
    return out
