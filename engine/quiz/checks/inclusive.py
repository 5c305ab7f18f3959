"""Whether 以上, 以下 and 超过 take the number itself in: what a statement says of it, against the rule a standard sets."""

from __future__ import annotations

import re

from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.editions import name_of
from kb.models import Standard

_WORD = re.compile("以上|以下|以内|超过|不足|不满|低于|高于|大于|小于|达到")
_TAKES = re.compile(
    r"(?P<not>不|不再|不应|未|并不)?(?:应当?|均|都|也|全部)*(?P<not2>不)?(?:包含|包括|含(?!量)|计入)(?:有)?"
    r"(?:其)?(?:本数|该数|等于|\d+(?:\.\d+)?[^，。；\d]{0,6}本身|\d+(?:\.\d+)?(?=[，。；]|$))"
)
_QUOTED = re.compile('[“"][^”"]*[”"]')
_RULE = re.compile(r"[^。]*本数[^。]*")


def check(asked: Asked, found: Found) -> None:
    """Every claim that says of such words whether they take the number in."""
    for claim in asked.claims:
        told = said(claim.text)
        standard = _standard(asked, claim.text) if told else None
        if standard is None:
            continue
        text = next((m[0] for t in _told_by(standard) for m in _RULE.finditer(t)), "")
        rule = said(text)
        if not rule or not told.keys() <= rule.keys():
            continue
        so = all(rule[word] is takes for word, takes in told.items())
        if so is claim.holds:
            found.agreed.append(f"{text}：{name_of(standard)}")
        else:
            reason = f"规定是：{text}" if claim.holds else f"该说法与规定一致，不应判为错误，规定是：{text}"
            found.alarms.append(Alarm(FIGURE, reason, name_of(standard)))


def said(text: str) -> dict[str, bool]:
    """Which words take the number in, and which do not, as a text says; empty where it says two things of one.

    >>> said("“以上”“超过”都含本数，“以下”不含本数")
    {'以上': True, '超过': True, '以下': False}
    """
    out: dict[str, bool] = {}
    start = 0
    for match in _TAKES.finditer(text):
        takes = not (match["not"] or match["not2"])
        before = text[start : match.start()]
        words = _WORD.findall("".join(_QUOTED.findall(before)) or before)
        if any(out.get(w, takes) is not takes for w in words):
            return {}
        out.update(dict.fromkeys(words, takes))
        start = match.end()
    return out


def _standard(asked: Asked, text: str) -> Standard | None:
    """The standard in force that a text names, or that is about what it is about; None where it is not surely one."""
    editions = asked.book.editions
    held = [s for s in editions.named(text) if s.in_force(asked.on)]
    if not held and (domain := editions.about(text)):
        held = [s for s in asked.book.in_force(asked.on) if s.domain == domain]
    return held[0] if len(held) == 1 else None


def _told_by(standard: Standard) -> list[str]:
    return [*standard.readings, *(r.restatement for r in standard.rules)]
