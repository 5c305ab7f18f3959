"""What a duty asks of a unit of the size told (100人: 100人以下可配兼职; 超过100人的配专职), against what a statement allows or asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.amounts import Token, comparison, tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.prove import compares
from engine.quiz.statements import pairs
from kb.national import Duty

_FORBIDS = re.compile(r"(?:不得|不能|不可以?|不应|不许)[^，。；]*$")
_PERMITS = re.compile(r"(?:可以?|允许|准许)[^，。；]*$")
_ASKS = re.compile(r"应当?|必须|须")
_ANY_NUMBER = re.compile("不论人数|不分人数")
_SPARES = re.compile(
    r"(?:可以?|允许|准许)只?(?:配备?|设置?|由)?(?:(?!专职)[^，。；]){0,6}兼职|(?<!不)(?:可以?不|不必|无需|无须)(?:再)?(?:配备?|设置?|设立)[^，。；]{0,10}(?:专职|机构)"
)
_SPARES_BOTH = re.compile(
    r"(?:可以?不|不必|无需|无须)(?:再)?(?:配备?|设置?)[^，。；]{0,4}专职(?:和|或者?|、|以及)兼职"
)
_ASKS_ALL = re.compile(
    r"(?<!不)(?:应当?|必须|须|需|要)[^，。；不]{0,4}(?:配备?|设置?|设立)[^，。；]{0,14}机构[^，。；]{0,6}或(?:者)?[^，。；]{0,4}专(?:职|门)"
)
_DANGEROUS = ("危险物品", "危险(?:物品|化学品)的?")
_ARTICLE = re.compile(".*第[一二三四五六七八九十百]+条")
_HIGH_RISK = re.compile("矿|冶|化工|化学品|爆|施工|燃气|运输")
_ABOUT = 3  # pairs of characters a statement must share with the duty


@dataclass(frozen=True)
class Band:
    """One part of a duty: for which numbers it is, and what it asks."""

    limit: Token
    sign: str
    asks: str


def bands(duty: Duty) -> list[Band]:
    """The parts of a duty that divide one number in two; empty where it is not so divided."""
    out = []
    for part in re.split("[；;]", duty.duty):
        told = tokens(part)
        if len(told) == 1 and (sign := comparison(part, told[0])):
            out.append(Band(told[0], sign, part[told[0].end :]))
    complement = {(">", "<="), ("<=", ">"), (">=", "<"), ("<", ">=")}
    return (
        out
        if len(out) == 2 and (out[0].sign, out[1].sign) in complement and out[0].limit.same(out[1].limit)
        else []
    )


def check(asked: Asked, found: Found) -> None:
    """Statements that tell the number of a unit and what it may or must do."""
    for claim in () if asked.levels or asked.item.holds is None else asked.claims:
        for token in tokens(claim.text):
            if not comparison(claim.text, token):
                _count(asked, claim.text, claim.holds, token, found)
        if tokens(claim.text) and not found.alarms:
            _whatever_number(asked, claim.text, claim.holds, found)


def _whatever_number(asked: Asked, text: str, holds: bool, found: Found) -> None:
    """A statement that spares those of few people what a duty asks of their trade whatever their number (不论人数), or asks it."""
    if asked.industries == {"一般"}:
        return
    spares = _SPARES.search(text) is not None
    if spares is (_ASKS_ALL.search(text) is not None):
        return
    for duty in asked.book.registers.duties:
        said = pairs(duty.duty) & pairs(text)
        if duty.confidence != "verified" or not _ANY_NUMBER.search(duty.duty) or len(said) < _ABOUT:
            continue
        kinds = [_kind(k.removesuffix("单位")) for k in re.split("[、，]", duty.holder)]
        if not any(len(k) > 1 and re.search(f"(?<!非){k}", text) for k in kinds):
            continue
        citation = "；".join(duty.basis)
        if holds is spares:
            why = "与规定相反" if holds else "该说法与规定一致"
            found.alarms.append(Alarm(TERM, f"{why}，规定是：{duty.duty}（{duty.holder}）", citation))
        else:
            found.agreed.append(f"{duty.duty}：{citation}")
        return


def _kind(holder: str) -> str:
    """A pattern for one of those a duty names: 危险物品生产经营储存装卸 is any of the four, of hazardous chemicals too."""
    things, of_them = _DANGEROUS
    does = re.findall("生产|经营|储存|装卸", holder) if holder.startswith(things) else []
    return f"{of_them}(?:{'|'.join(does)})" if does else holder


def _count(asked: Asked, text: str, holds: bool, token: Token, found: Found) -> None:
    for duty in asked.book.registers.duties:
        held = bands(duty) if duty.confidence == "verified" else []
        if not held or held[0].limit.unit != token.unit or len(pairs(text) & pairs(duty.duty)) < _ABOUT:
            continue
        if "其他" in duty.holder and asked.industries != {"一般"} and _of_another(asked, duty, text):
            continue
        mine = next(b for b in held if compares(token.value, b.sign, b.limit.value))
        other = next(b for b in held if b is not mine)
        right = _right(text[token.end :], mine, other)
        if right is None:
            continue
        rule, citation = f"规定是：{duty.duty}", "；".join(duty.basis)
        if right is holds:
            found.agreed.append(f"{token.text}：{citation}")
        else:
            found.alarms.append(
                Alarm(
                    TERM, f"{'该说法不对' if holds else '该说法与规定一致'}，{token.text}的，{rule}", citation
                )
            )
        return


def _of_another(asked: Asked, duty: Duty, text: str) -> bool:
    """Whether a text names one of those that the same article deals with before 其他生产经营单位, or a trade that may be one."""
    article = [a for b in duty.basis for a in _ARTICLE.findall(b)]
    others = [
        d
        for d in asked.book.registers.duties
        if d.id != duty.id and any(a in b for b in d.basis for a in article)
    ]
    named = pairs(text) & frozenset().union(*(pairs(d.holder) for d in others if d.holder))
    return bool(named - pairs(duty.holder)) or bool(_HIGH_RISK.search(text))


def _right(said: str, mine: Band, other: Band) -> bool | None:
    """Whether what is said of a unit fits what its part asks; None where that can't be told.

    The part for the smaller numbers is the milder: what only it names (兼职) is what it allows.
    """
    if _SPARES_BOTH.search(said):
        return False
    mild, strict = (mine, other) if mine.sign[0] == "<" else (other, mine)
    word = next((w for w in _choices(mild.asks) - _choices(strict.asks) if w in said), "")
    if word:
        before = said[: said.index(word)]
        if _FORBIDS.search(before):
            return mine is strict
        return mine is mild if _PERMITS.search(before) else None
    asks = _ASKS.search(said) and any(w in said for w in _choices(strict.asks))
    return mine is strict if asks else None


def _choices(asks: str) -> frozenset[str]:
    """The choices a part names: 配专职或兼职."""
    return frozenset(w for w in re.findall("专职|兼职|委托|机构", asks))
