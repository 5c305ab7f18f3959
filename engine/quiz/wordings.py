"""Options as plain words, and what one of them says more than another: a number, or a denial.

An option is held against a sentence without its marks and the words that only frame it (本单位, 有关).
"""

from __future__ import annotations

import re

from engine.quiz.polarity import IN_ORDER
from engine.quiz.statements import Segment, full

_DUTIED = re.compile("负有(?:安全生产)?(?:监督管理|监管)职责的部门")
_SHORT = 2  # characters of the shortest answer that tells
_NUMBER = re.compile(
    r"的?(?:百分之)?[\d一二三四五六七八九十百两.]+(?:%|％|人|名|倍|个|台|日|天|年|米|m|吨|t)?(?:以上|以下)?"
)
AMISS = re.compile(
    "[未没不无缺失超逾坏漏旧废非仍虽]|擅自|违|过期|伪|假|前|但|却|达到报废|低于|少于|小于|大于|高于|多于"
)
_WELL = re.compile(
    "分库|分开存放|分别存放|专库|(?<![未没不])按照?(?:批准|核准|设计|规定|要求|周期)|以内|与设计(?:要求)?一致|齐全|[均都]正常|全程|每日检查|合法|统一(?:协调|管理)"
)  # said beside what is amiss with the others
DENIAL = re.compile(r"[不非未无].")  # with what it denies (不带)


def words(text: str) -> str:
    """An option or a sentence without marks and the words that only frame it.

    >>> words("有关主管部门"), words("“本单位”的从业人员")
    ('主管部门', '从业人员')
    """
    plain = (
        re.sub(r"[\s，。；、：“”（）()《》]", "", full(_DUTIED.sub("监管部门", text)))
        .replace("或者", "或")
        .removesuffix("等")
    )
    own = re.sub("^(?:(?:本|该)?(?:生产经营)?(?:单位|企业)(?:的)?|(?:有关|相关)(?=主管))", "", plain)
    own = re.sub("(?<=[\u4e00-\u9fff]{2})(?:单位|企业)$", "", own)
    return own if len(own) > _SHORT else plain


def all_well(option: str) -> bool:
    """Whether an option says that all is well with a thing, and nothing amiss.

    >>> all_well("入库药剂在核定数量以内"), all_well("没有按设计留设平台"), all_well("压力表失灵")
    (True, False, False)
    """
    well = IN_ORDER.search(option) or _WELL.search(option)
    return bool(well) and not AMISS.search(option)


def shortened(option: str, text: str) -> bool:
    """Whether a sentence has an option in a shorter form: the same first and last two characters (暂时停止施工: 暂停施工)."""
    if len(option) < 5:
        return False
    middle = "".join(f"{re.escape(c)}?" for c in option[1:-2])
    found = re.search(f"{re.escape(option[0])}{middle}{re.escape(option[-2:])}", text)
    return found is not None and len(found[0]) >= max(4, 0.6 * len(option))


def inside(short: str, long: str, text: str) -> bool:
    """Whether a sentence has an option only as a part of a longer one (符合要求 in 不符合要求)."""
    told, part, more = words(text), words(short), words(long)
    return told.count(more) > 0 and told.count(part) <= told.count(more) * more.count(part)


def part_of_pair(short: str, long: str, text: str) -> bool:
    """Whether a sentence joins an option to what another option has besides it (班组级 of 车间和班组级).

    >>> part_of_pair("班组级", "车间级和班组级", "重新接受车间和班组级培训"), part_of_pair("甲级", "甲级和乙级", "由甲级单位设计")
    (True, False)
    """
    part, more, told = words(short), words(long), words(text)
    near = re.search(f"(..)[和及与]{re.escape(part)}|{re.escape(part)}[和及与](..)", told)
    return near is not None and part in more and part != more and (near[1] or near[2]) in more


def adds_number(right: str, other: str, segment: Segment) -> Segment | None:
    """The clause by which a key asks a number more than it does (超过核定人数20%: 超过核定人数)."""
    rest = words(right).removeprefix(words(other))
    if rest == words(right) or not _NUMBER.fullmatch(rest) or segment.kind != "条款":
        return None
    at = words(segment.whole).find(words(other))
    follows = words(segment.whole)[at + len(words(other)) :][:2]
    return segment if at >= 0 and not re.match(r"的?[\d一二三四五六七八九十百两]", follows) else None


def denies_more(right: str, other: str, segment: Segment) -> bool:
    """Whether a key narrows what a whole clause says by a denial that the clause has nowhere (非故意泄漏: 泄漏)."""
    rest = words(right).removesuffix(words(other))
    denied = DENIAL.findall(rest)
    return (
        segment.kind == "条款"
        and segment.entire
        and rest != words(right)
        and bool(denied)
        and all(d not in segment.whole for d in denied)
    )
