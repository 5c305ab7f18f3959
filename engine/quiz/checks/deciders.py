"""Who decides or approves a thing: the one keyed, against the one that the duty names.

A duty that names several (行政处罚由…决定；关闭由政府决定) goes from the general to the special: the last that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from engine.quiz.alarms import UNIT, Alarm, Found
from engine.quiz.checks.agents import kinds
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.departments import units
from engine.quiz.claims import Claim
from engine.quiz.polarity import denied_at
from engine.quiz.prove import duty_holds
from engine.quiz.statements import pairs
from kb.national import Duty

_ACT = "决定|批准|审批|同意|组织核查处理|组织验收|组织制定"
_BY = re.compile(rf"(?:由|经|报)(?P<who>[^，。；、]{{2,24}}?)(?P<act>{_ACT})")
_ROLE = re.compile(
    r"(?P<what>[^，。；、（）]{2,8})（(?P<who>安全总监|安全员|主要负责人|班组长|车间主任)"
)  # 周排查（安全总监每周）
_DOES = re.compile(r"由(?P<who>[^，。；、]{2,12}?)(?P<act>负责(?!人)|实施|组织|开展|主持|完成)")
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
_OPEN = re.compile("其他|有关|等")
_SHARE = 0.25  # share of what a statement says that the duty must have
_OFFICE = re.compile(r"办公厅|综合司|^原|国家|中华人民共和国|和")


@dataclass(frozen=True)
class Decided:
    """By whom a thing is decided, as a duty says it."""

    what: str
    who: str
    act: str
    duty: Duty


def check(asked: Asked, found: Found) -> None:
    """A claim that names who does such an act, where the key (or a whole statement) says who."""
    if asked.levels or len(asked.item.right) > 1:
        return
    for claim in asked.claims:
        if told := _told(claim, _BY) or _told(claim, _DOES):
            _decider(asked, claim, told, found)
        elif claim.asked is None:
            _each(asked, claim, found)


def _each(asked: Asked, claim: Claim, found: Found) -> None:
    """A statement of several acts (关闭由…决定，拘留由…决定): wrong where one of them is, else nothing is said of it."""
    for part in re.split("[，；。]", claim.text):
        one = Claim(part, claim.holds)
        if (told := _told(one, _BY)) is not None:
            tried = Found()
            _decider(asked, one, told, tried)
            found.alarms += tried.alarms if claim.holds else []
            found.agreed += [] if claim.holds else tried.agreed


def _told(claim: Claim, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The act of a claim whose doer the key filled in; of a statement its only one."""
    told = [m for m in pattern.finditer(claim.text) if not denied_at(claim.text, m.start())]
    if claim.asked is not None:
        told = [m for m in told if m.start("who") <= claim.asked[0] and claim.asked[1] <= m.end("who")]
    return told[0] if len(told) == 1 else None


def decided(duties: list[Duty]) -> Iterator[Decided]:
    for duty in duties:
        for part in re.split("[；;。]", duty.duty):
            for match in _ROLE.finditer(part):
                yield Decided(match["what"], match["who"], "", duty)
            for match in _BY.finditer(part):
                own = re.split("，", part[: match.start()])[-1]  # 关闭由政府决定，拘留由公安机关决定
                what = own or part[: match.start()] + part[match.end() :]
                yield Decided(what, match["who"], match["act"], duty)


def _decider(asked: Asked, claim: Claim, told: re.Match[str], found: Found) -> None:
    text = claim.text[: told.start()] + claim.text[told.end() :]
    said, statements = pairs(text), asked.statements
    total = statements.weigh_known(said) or 1.0
    duties = [
        d for d in asked.book.registers.duties if d.confidence == "verified" and duty_holds(d, asked.on)
    ]
    fits = []
    for held in decided(duties):
        words = pairs(held.what)
        common, cited = said & words, _cites(text, held.duty)
        told_all = bool(words) and words <= said
        enough = cited or told_all or statements.weigh(common) / total >= _SHARE
        if (held.act == told["act"] and common and enough) or (not held.act and told_all):
            fits.append((cited, held))
    fits = [f for f in fits if f[0]] or fits
    if not fits or len({h.duty.id for _, h in fits}) != 1:
        return
    held = _last_told([h for _, h in fits], text[: told.start()])
    rule, citation = held.duty.duty, "；".join(held.duty.basis)
    _compare(asked, claim, told["who"], held.who, f"规定是：{rule}", citation, found)


def _last_told(fits: list[Decided], before: str) -> Decided:
    """Of several, those told in the phrase before the doer (日管控、周排查、月调度中，周排查由…); of these the most special (关闭的行政处罚由…)."""
    phrase = re.split("[，。；、]", before)[-1]
    return ([held for held in fits if held.what in phrase] or fits)[-1]


def _compare(asked: Asked, claim: Claim, said: str, who: str, rule: str, citation: str, found: Found) -> None:
    """Whether the one named is the one who does it. Of options, another must surely be that one."""
    if _OPEN.search(who) and not asked.item.options:
        return  # 应急管理部门和其他监管部门: whoever else may be meant
    if same(said, who):
        if claim.holds:
            found.agreed.append(f"{said}：{citation}")
        return
    if not claim.holds:
        found.agreed.append(f"不是{said}：{rule}")
        return
    others = [o for o in asked.item.wrong if same(o, who)]
    surely = (
        len(others) == 1
        if asked.item.options
        else _apart(kinds(said), kinds(who)) or _apart(units(said), units(who))
    )
    if surely and not kinds(said) & kinds(who) - kinds("主要负责人"):
        found.alarms.append(Alarm(UNIT, f"不是{said}，{rule}", citation))


def _apart(one: Set[str], other: Set[str]) -> bool:
    """Whether both are known and have nothing in common."""
    return bool(one and other and not one & other)


def same(one: str, other: str) -> bool:
    """Whether two names are of the same unit or person: one within the other, or the same kind."""
    first, second = (_OFFICE.sub("", t.strip().replace("监督管理", "监管")) for t in (one, other))
    return first in second or second in first


def _cites(text: str, duty: Duty) -> bool:
    """Whether a text names the law and the article of a duty."""
    for basis in duty.basis:
        title = re.split("[（第]", basis)[0].strip()
        if title in text and set(_ARTICLE.findall(basis)) & set(_ARTICLE.findall(text)):
            return True
    return False
