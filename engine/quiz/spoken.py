"""A question as trainers talk (踩线, 怎么定, 88号一、（二十）) put into the words and places of the standards, before it is checked."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.quiz.bank import Item

_MAJOR = "重大事故隐患"
_SAID = (
    # levels; what denies comes first
    (r"(?:够|算|碰|踩)不(?:上|着|到)(?:了)?重大(?:的线)?(?!事故|隐患|火灾|安全|生产)", f"不构成{_MAJOR}"),
    (r"不踩(?:重大的?)?线", f"不构成{_MAJOR}"),
    (r"不(?:算|判|定)(?:为|成)?重大(?!事故|隐患|火灾|安全|生产)", f"不构成{_MAJOR}"),
    (r"没有?(?:判|列)(?:为|成)?重大(?!事故|隐患|火灾|安全|生产)", f"不判定为{_MAJOR}"),
    (r"不在[^，。；（]{0,14}重大(?:事故)?隐患清单(?:里|内|中)?", f"不属于{_MAJOR}"),
    (r"(?:踩不踩|踩没踩|算不算|判不判|定不定)(?:重大|线)?(?!事故|隐患)", "应如何认定"),
    (r"应?当?该?(?:怎么|如何|怎样|咋)(?:定|算|判|认定|定性|处理)(?=[？?（(。，]|$)", "应如何认定"),
    (r"踩了?(?:重大)?的?线", f"属于{_MAJOR}"),
    (r"(?:够得?上|触及|碰了?)重大(?!事故|隐患|火灾|安全|生产)", f"构成{_MAJOR}"),
    (r"(?:判|算|定)(?:为|成|作)?重大(?!事故|隐患|火灾|安全|生产)", f"判定为{_MAJOR}"),
    (r"(?:就|即|也|都|才)?(?:是|属于|属|为|构成)重大(?=[，。；？?（(的]|$)", f"属于{_MAJOR}"),
    # trades
    (r"(?:金属)?地下矿(?!山)|地下金属矿(?!山)", "地下矿山"),
    (
        r"(?<=地下)(?:黄金|铅锌|石膏|萤石|石灰石|[铁铜金银锌铅钨锡锑镍钼锰磷])矿(?![山石体脉区])",
        "矿山",
    ),
    (r"露天金属矿(?:山)?|(?<!非)金属露天矿(?:山)?|露天矿[（(]金属非金属[）)]", "露天矿山"),
    (r"(?<!非)金属矿山", "金属非金属矿山"),
    # omissions and things
    (r"下面|下述", "下列"),
    (r"kW[·•]h", "kWh"),
    # places: 九条（四）, 一、（二十）5目, 4.6 c
    (
        r"(?<![第\d一二三四五六七八九十])([一二三四五六七八九十]{1,3})条[（(]([一二三四五六七八九十]+)[）)](?:项)?",
        r"第\1条第（\2）项",
    ),
    (
        r"(?<![\d第一二三四五六七八九十])([一二三])、[（(]([一二三四五六七八九十]+)[）)](?:项)?",
        r"\1、第（\2）项",
    ),
    (r"(?<=号)([一二三四五六七八九十]{1,3})条", r"第\1条"),
    (r"(?<![\d.])(\d\.\d{1,2}) ?([a-g])(?![\w)])", r"\1 \2)"),
)
_RULES = tuple((re.compile(pattern), put) for pattern, put in _SAID)
_NOT_BY = re.compile(r"不踩(?=第)")
_ABOUT = re.compile(
    r"(?:[（(](?:只看|针对|就)[^（）()]*[）)])|就[^，。；？]{1,20}(?:而言|来说|来看|这一点)[，,]?"
)
_PLACE = re.compile(r"第[一二三四五六七八九十]+条|[（(][一二三四五六七八九十]+[）)]项|\d+\.\d+\.\d")
_BLANK = r"(?:[（(][\s　_＿]*[）)]|[_＿]{2,})"
_DAY = re.compile(rf"{_BLANK}\s*年\s*{_BLANK}\s*月(?:\s*{_BLANK}\s*日)?")  # one day, three blanks
_ANSWER = re.compile(
    r"(?<=[。；]|[\u4e00-\u9fff”》）])[（(][\s　]*[）)][。]?$"
)  # the place for √ or × after a statement
_LABEL = re.compile(
    r"^(?:[【\[（(〔]?(?:案例|情景|情境|场景|案情|背景)(?:分析|判断|描述|资料|材料|题)?[一二三四五六七八九十\d]{0,2}[】\]）)〕：:]+|[【\[][^】\]]{1,8}[】\]])[：:]?\s*"
)  # what kind of question it is
_REST = re.compile(
    r"[（(]?除(?:所述|上述)[^，。；]{0,6}外[，,]其(?:他|余)[^，。；（）]*(?:符合|正常)[^，。；（）]*[）)]?。?"
)  # the rest is in order
_SAVE = re.compile(r"[（(][^（）()＿_]{2,30}除外[）)]")  # an exception named in passing is not what was found
_LABEL = re.compile(
    r"^(?:[【\[][^【】\[\]]{1,8}[】\]]|[（(]?(?:案例|情景|情境|场景|案情)(?:分析|判断|描述|资料|材料|题)?[一二三四五六七八九十\d]{0,2}[）)：:]+)[：:]?\s*"
)  # what kind of question it is (【案例】)
_GIVEN = re.compile(
    r"((?:核定|设计|额定)[^，。；]{1,16}?\d+(?:\.\d+)?\s*(?![\d.%％‰])[^，。；]{1,8})。(?=[^。]{2,})"
)  # what a number found is measured by belongs to what was found
_ASIDE = re.compile(r"[（(](?:继续使用|井工|在用|除外)[）)](?=[（(]|$|。)")


def formal(text: str) -> str:
    """A text in the words of the standards.

    >>> formal("工地脚手架踩线的有")
    '工地脚手架属于重大事故隐患的有'
    >>> formal("88号一、（二十）5目，第九条（四）")
    '88号一、第（二十）项5目，第九条（四）'
    """
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return _NOT_BY.sub("不构成", text)


def _placed(about: re.Match[str]) -> str:
    """What a statement is said to be about alone: kept where that is a place of a document."""
    return about[0] if _PLACE.search(about[0]) else ""


def plain(item: Item) -> Item:
    """An item with its stem (without its label), options and explanation put into such words; its key as it stands."""
    asked = _LABEL.sub("", item.stem.strip())
    asked = asked if item.holds is None else _ANSWER.sub("", asked)
    asked = _ABOUT.sub(_placed, _REST.sub("", _DAY.sub("（　）", asked)))
    if item.holds is None and item.options:  # of a statement it is part of what is so or not
        asked = _SAVE.sub("", asked)
    stem = formal(_GIVEN.sub(r"\1，", _ASIDE.sub("", asked)))
    options = tuple(formal(o) for o in item.options)
    key = formal(item.key) if item.key in item.options else item.key
    changed = replace(
        item,
        stem=stem,
        options=options,
        key=key,
        explanation=formal(item.explanation),
        basis=formal(item.basis),
    )
    return changed if changed != item else item
