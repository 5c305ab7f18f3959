"""What a sentence lists and what it excepts (A、B和C；D除外), and whether a name is in the list, excepted, or foreign to it.

A name that is neither word for word in a sentence nor clearly foreign to it is UNCLEAR: nothing follows from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from engine.quiz import aligned
from engine.quiz.documents import squash
from engine.quiz.statements import full, pairs


class Place(Enum):
    """Where a name stands in a sentence."""

    LISTED = "列入"
    EXCEPTED = "除外"
    FOREIGN = "不在其列"
    UNCLEAR = "不明"


_SAME = 0.85  # share of a name's pairs that one item must have to be the same name in other words
_FOREIGN = 0.2  # share of a name's pairs that a sentence it is foreign to may have
_SUBJECT = 0.6  # share of a subject's pairs by which a stem names it
_SHORT = 2  # characters of the shortest name that tells
_SENTENCES = re.compile(r"[；。]")
_PARTS = re.compile(r"[，：]")
_PARTS_OF = re.compile(r"[；。，：]|或者")
_DEFECT = re.compile(r"没有|未(?!列)|或者")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_ASIDE = re.compile(r"〈[^〈〉]*〉")  # brackets within brackets
_AND = re.compile(r"以及|及其|或者|[和及或与]")
_ONE_OF = re.compile("下列|之一|任一")
_EXCEPTS = re.compile(
    r"除外|不在此列|不(?:构成|适用|计入|算|属于|包括|含|判定)|^除.*外|以外(?!的[^，。；]{2})"
)
_OPEN = re.compile(
    r"等(?!级|级别|于|离|效|同|[^，。；]{0,12}(?:任[何意]?一[种类项]|之一|[二三四五六七八九\d][种类项个]))"
)  # 等三类, 等措施中的任一种: those that are told are all
_DENIAL = re.compile(r"[不非未无没]")
_KINDS = (
    r"(?:生产经营)?(?:单位|企业|地点|场所|部位|装置|设备|设施|保护|措施|区域|工程|作业|间|的?地方|"
    r"物质|物料|气体|预警|人员|部门|系统|情形|情况|内容)"
)
_NOUN, _KIND = re.compile(f"{_KINDS}$"), re.compile(_KINDS)
_DOES = re.compile(r"^(?:从事|进行|做)(?=.{2})")
_TERMS = re.compile("(?:“[^“”]+”、?){2,}")  # told one by one, each as it is written
_COUNT = re.compile("[一二三四五六七八九]")


@dataclass(frozen=True)
class Listing:
    """Names set side by side in one sentence. `open`: it says 等, so that there may be more."""

    items: tuple[str, ...]
    excepted: bool
    open: bool


@lru_cache(maxsize=8192)
def listings(text: str) -> tuple[Listing, ...]:
    """Every run of names in a sentence, those in brackets by themselves.

    >>> [(x.items, x.excepted) for x in listings("没有设置甲、乙和丙的，丁炉、戊炉除外。")]
    [(('没有设置甲', '乙', '丙的'), False), (('丁炉', '戊炉'), True)]
    """
    text = _ASIDE.sub("", text).replace("”“", "”、“").replace("》《", "》、《")
    out = [Listing(limbs, False, False) for s in text.split("。") if len(limbs := _limbs(s)) > 1]
    inside = [m[1] for m in _BRACKETS.finditer(text)]
    for sentence in (p for t in (_BRACKETS.sub("", text), *inside) for p in _SENTENCES.split(t)):
        excepted = excepted_text(sentence)
        for part in _PARTS.split(sentence):
            items = tuple(i for piece in part.split("、") for i in _AND.split(piece) if i)
            if len(items) > 1:
                out.append(
                    Listing(
                        tuple(_EXCEPTS.sub("", i) for i in items), part in excepted, bool(_OPEN.search(part))
                    )
                )
    return tuple(out)


def _limbs(sentence: str) -> tuple[str, ...]:
    """The limbs of 「…，有下列之一：甲；乙」."""
    lead, mark, limbs = sentence.partition("：")
    return tuple(p for p in limbs.split("；") if p) if mark and _ONE_OF.search(lead) else ()


def excepted_text(text: str) -> str:
    """The parts of a text that say what it leaves out: the sentence that ends so, without the defect told before it."""
    out = []
    for sentence in _SENTENCES.split(text):
        parts = _PARTS.split(sentence)
        if _EXCEPTS.search(parts[-1]):
            told = max((n for n, p in enumerate(parts[:-1]) if _DEFECT.search(p)), default=-1)
            out += parts[told + 1 :]
    return "，".join(out)


def names(text: str) -> tuple[str, ...]:
    """A name without marks and brackets, then without the words for its kind (矿山企业: 矿山), the longest first.

    >>> names("爆破作业地点"), names("更衣室（含澡堂）")
    (('爆破作业地点', '爆破作业', '爆破'), ('更衣室',))
    """
    forms = [_DOES.sub("", re.sub(r"[\s“”\"《》、，；。：]", "", _BRACKETS.sub("", full(text))))]
    while len(short := _NOUN.sub("", forms[-1])) >= _SHORT and short != forms[-1]:
        forms.append(short)
    return tuple(forms)


def in_listing(option: str, listing: Listing) -> bool:
    """Whether a name is one of the items: the same, in other words, or at the inner end of the first or the last of them."""
    return any(_is_item(option, i) or aligned.in_words(option, i) for i in listing.items)


def _is_item(option: str, item: str) -> bool:
    one, other = names(option), names(item)
    if any(len(n) < _SHORT for n in (*one, *other)):
        return False
    if set(one) & set(other) or _same(one[0], other[0]):
        return True
    told = [n for n in one if n == one[0] or len(n) > _SHORT]
    kind = [
        n for n in one if any(o.startswith(n) and _KIND.match(o[len(n) :]) for o in other)
    ]  # 防雷: 防雷设备设施
    return bool(kind) or any(_ends(o, n) or o.startswith(n) for o in other for n in told)


def _ends(item: str, wanted: str) -> bool:
    """Whether an item ends in a name that is not denied there (不带…)."""
    return item.endswith(wanted) and not _DENIAL.search(item[: -len(wanted)][-1:])


def _same(one: str, other: str) -> bool:
    """Whether two names are the same but for small words, none of them denied or numbered otherwise."""
    if one == other:
        return True
    a, b = pairs(one), pairs(other)
    if min(len(a), len(b)) < 3 or _marks(one) != _marks(other):
        return False
    common = len(a & b)
    return common >= _SAME * len(a) or common >= _SAME * len(b)


def _turned(one: str, other: str) -> bool:
    """Whether two names differ in nothing but a denial (带, 不带) or a number (一氧化碳, 二氧化碳)."""
    if len(one) > 3 and _COUNT.match(one) and not other.endswith(one):
        return re.search(f"{_COUNT.pattern}{re.escape(one[1:])}$", other) is not None
    if len(_DENIAL.findall(one)) == len(_DENIAL.findall(other)):
        return False
    return len(one) > 3 and _DENIAL.sub("", one) == _DENIAL.sub("", other)


def _turned_in(option: str, text: str) -> bool:
    """Whether a text lists a name with its denial or its number turned."""
    return any(_turned(names(option)[0], names(i)[0]) for run in listings(text) for i in run.items)


def _one_more(option: str, text: str) -> bool:
    """Whether a text has what a name begins and ends with around a closed list that has not what the name has between.

    >>> _one_more("分管经营的副矿长", "配备分管安全、生产、机电的副矿长"), _one_more("分管生产的副矿长", "配备分管安全、生产、机电的副矿长")
    (True, False)
    """
    name = _plain(option)
    head = next((n for n in range(len(name) - 2 * _SHORT, _SHORT - 1, -1) if name[:n] in text), 0)
    tail = next((n for n in range(len(name) - head - _SHORT, _SHORT - 1, -1) if name[-n:] in text), 0)
    own = name[head : len(name) - tail].strip("的")
    if not head or not tail or len(own) < _SHORT or pairs(own) & pairs(text) or _DENIAL.search(name):
        return False
    around = re.search(f"{re.escape(name[:head])}([^，；。：]+?){re.escape(name[-tail:].lstrip('的'))}", text)
    return around is not None and "、" in around[1] and not _OPEN.search(around[1])


def _marks(text: str) -> tuple[int, tuple[str, ...]]:
    """What turns a name into another: its denials and its numbers."""
    return len(_DENIAL.findall(text)), tuple(
        re.findall(r"\d+(?:\.\d+)?|[一二三四五六七八九十甲乙丙丁]级?", text)
    )


def kind_listed(option: str, text: str) -> bool:
    """Whether a text lists what an option is a kind of (为公众服务的电梯, where 电梯 are listed).

    >>> kind_listed("道路运输单位", "矿山、建筑施工、运输单位"), kind_listed("非运输单位", "矿山、建筑施工、运输单位")
    (True, False)
    """
    _, of, kind = option.rpartition("的")
    named = [n for r in listings(text) if not r.excepted for i in r.items for n in names(i)]
    if of and kind in named:
        return True
    return any(
        len(n) > _SHORT + 1 and option.endswith(n) and not _DENIAL.search(option[: -len(n)]) for n in named
    )


def place(option: str, text: str) -> Place:
    """Where a name stands in a sentence."""
    runs = listings(text)
    if re.search(rf"{re.escape(option)}[^，；、。）)]{{0,2}}除外", text):
        return Place.EXCEPTED
    if any(r.excepted and in_listing(option, r) for r in runs):
        return Place.EXCEPTED
    if any(not r.excepted and in_listing(option, r) for r in runs):
        return Place.LISTED
    if _said(option, excepted_text(text)):
        return Place.EXCEPTED
    if _said(option, text):
        return Place.LISTED
    parts = tuple(p for p in _PARTS_OF.split(text) if p)
    if any(aligned.in_words(option, p) for p in parts):
        return Place.EXCEPTED if _in_excepted(option, text) else Place.LISTED
    if kind_listed(option, text):
        return Place.UNCLEAR
    if _turned_in(option, text) or _one_more(option, text) or _TERMS.search(text):
        return Place.FOREIGN
    if foreign(option, text) and not any(aligned.near(names(option)[-1], p) for p in parts):
        return Place.FOREIGN
    return Place.UNCLEAR


def _in_excepted(option: str, text: str) -> bool:
    """Whether it is in what a text excepts that a name stands in other words."""
    return any(aligned.in_words(option, p) for p in _PARTS_OF.split(excepted_text(text)) if p)


def of_other_subject(option: str, run: Listing, text: str, stem: str) -> bool:
    """Whether a name stands only in a limb about something else (露天煤矿没有…) than the limb of the list the stem names."""
    limbs = [p for p in _SENTENCES.split(text) if p]
    own = next((p for p in limbs if run in listings(p)), "")
    others = [p for p in limbs if p != own and _said(option, p)]
    return (
        bool(others)
        and not _said(option, own)
        and _about(own, stem) is True
        and all(_about(p, stem) is False for p in others)
    )


def _about(limb: str, stem: str) -> bool | None:
    """Whether a stem names what a limb says it is about before its defect; None where the limb names nothing."""
    subject = pairs(_DEFECT.split(limb.removeprefix("或者").removeprefix("，"))[0])
    return None if len(subject) < 2 else len(subject & pairs(stem)) >= _SUBJECT * len(subject)


def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"《》、，；。：]", "", full(text))


def _said(option: str, text: str) -> bool:
    """Whether a name stands in a text word for word, not denied there."""
    held, wanted = squash(_plain(text)), squash(_plain(option))
    return len(wanted) > _SHORT and any(
        not _DENIAL.search(held[: m.start()][-1:]) for m in re.finditer(re.escape(wanted), held)
    )


def foreign(option: str, text: str) -> bool:
    """Whether a sentence has next to nothing of a name (without the word for its kind), or has it only with its denial or its number turned."""
    if _turned_in(option, text):
        return True
    held = pairs(text)
    said = pairs(names(option)[-1])
    return bool(said) and len(said & held) <= _FOREIGN * len(said)
