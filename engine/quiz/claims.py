"""What a question of a bank says: statements with the key filled in, and findings keyed to a level.

Polarity (不构成, 不应据此…判定, 除外的是, 错误的是, double negatives) is read by `engine.quiz.polarity`, by nothing else:
`level_of` of an option, `wants_outside` and `wants_false` of a stem, `denied_at` of a place in a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.quiz.amounts import tokens
from engine.quiz.bank import Item
from engine.quiz.findings import AFTERWORD, BY_REASON, LEFT, SAYS, SPEAKER, finding_of, found_on_site
from engine.quiz.findings import BLANK as BLANK
from engine.quiz.polarity import level_of, said, wants_outside
from engine.quiz.tails import ONE_OF, unframed

DATED = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_ISSUED = re.compile(r"日?(?:由[^，。；]{2,16}?)?(?:联合|正式)?(?:印发|发布|公布|颁布|出台|通过|修订|修正)")
_BEGAN = re.compile(r"日?(?:之日)?起?(?:正式|开始|同时)?(?:施行|实施|生效|废止|失效)")
_SUCH = re.compile(
    r"(?:下列|以下|哪)[^。]*?(不属于|不构成|不是|不应|不判定为?|不认定为?|不列为|不作为|属于|构成|达到|判定为|认定为|应为|应判为?|按|为|属(?=[^，。]{0,8}重大))[^。]*?重大[^。]*?(?:的(?:是|有)|[（(？?。]|$)"
)
_DENIED = re.compile("不(?:属于|构成|判定|认定|列)")
_SUCH_OF = re.compile(
    r"^(?P<about>[^。；]{2,40}?)[，,]?(?:时|中)?[，,]?(?:应当?)?(?:属于|构成|判定为|认定为|列为|作为)[^。；，]{0,24}?重大[^。；，]{0,6}隐患的[^。；，]{0,6}(?:有|是|包括)"
    r"|^(?P<about2>[^。；]{2,30}?)(?:的)?重大(?:事故|安全)?隐患(?:情形)?(?:包括|有)"
)
_ASKED = re.compile(
    r"(?:多久|多长时间|哪天)|(?:多少|几)(?:个)?(?P<unit>工作日|小时|学时|个月|年|月|日|天|次|人|米|倍|元|台|级)?(?=$|[^多几])|哪(?:几|一|些)?(?:个|种|类|项)?[^，。？?；]{0,6}?(?=[？?，,的]|$)|谁|什么"
)
_WHETHER_MINOR = re.compile(r"(?:能不能|能否|可否|可不可以|是否|是不是|算不算)[^，。；重]*一般[^，。；重]*$")
_YES_OR_NO = re.compile(r"(?:不能|不可以?|不是|不属于|不算|否|能|可以?|是|属于|算)[，,。]?[^重般]*")
_OPEN_END = re.compile(r"(?:未|没有?|缺少?|无|漏)(?:建立|设置|安装|配备|制定|采取|履行|落实|建)?$")
_EVEN_IF = re.compile(r"(?:即使|即便|哪怕|就算|尽管|虽然)([^，。；]*)(?:[，,](?:也|仍然?|都|但)?|$)")
_ENOUGH = re.compile(
    r"[，,](?:但)?(?:只要|只须|只需)(?=[^，。；]*[，,](?:就|便|即)?(?:可以?不|无需|无须|不必))"
)
_SPARED = re.compile(r"(?<=[，,])(?:就|便|即|也)?(?:可以不再?|可不|无需|无须|不必)(?=[^，。；]*$)")
_ONLY_IF = re.compile(r"(?:只有|仅|唯有|必须|同时)[^。；]*才")
_RULE = re.compile(
    r"(?:任何|所有|一切|全部)(?:事故|安全)?(?:隐患|问题)(?:均|都|也|就|一律)|以[^。；，]{2,40}?(?:为|作为)(?:构成|判定|认定)?的?(?:前提|条件|必要条件|要件)|(?:前提|条件|要件)是"
)
_CITED_AFTER = re.compile(r"[（(][^（）()]*(?:号|条|项|(?:GB|AQ) ?\d|\d\.\d)[^（）()]*[）)]$")
_NAMED = re.compile(
    '(?<=[条项号])[“"][^”"]{2,20}[”"](?=[^，。；]{0,6}判)'
)  # 依第十六条“双回路供电系统”判定为
_TITLE = re.compile("《[^》]*》")
_LEVEL_AFTER = re.compile(
    "重大|一般|第[一二三四五六七八九十百]+[条项]|[（(][一二三四五六七八九十]+[）)]|\\d\\.\\d|所列"
)
_SAVE = re.compile(
    r"（(?P<inside>[^（）]{2,40}?)的?(?:除外|例外)）|[，,；](?:但是?|不过)?(?P<aside>[^，。；（）]{2,40}?)的?(?:除外|例外)的?(?=$|[，,])"
)
_IS_NOT = re.compile(r"（(?:不属于|不是|不含|不包括|并非|非(?![法常]))([^（）]{2,30})）")
_OF_ITEM = re.compile(
    r"(?P<no>不(?:属于|适用|是|在))“(?P<item>[^“”]{8,48})”(?:的|这一)?(?:判定|所列)?(?:情形)?(?:的)?(?:范围|之列)?(?:之?内)?(?=$|[，；。])"
    r"|(?P<yes>(?<!不)属于)“(?P<own>[^“”]{8,48})”(?:的|这一|所列)*(?:判定)?情形(?=$|[，；。])"
)
_UNDER = re.compile(
    r"(?:按照?|依照?|依据|以|属于|构成)[^，。；“”]{0,30}“(?P<item>[^“”]{5,40})”(?:这?一项|的?(?=[^，。；“”]{0,6}重大))"
)  # 仍构成“没有撤出作业人员”的重大隐患
_NOT_WITHIN = re.compile(
    r"不在(?:[^，。；]{0,30}(?:号|标准|准则|指南|》))[^，。；]{0,4}(?:判定|适用)的?范围(?:之?内)?(?=$|[，；。])"
)
_BY_DOCUMENT = re.compile(
    r"(?:适用|改用|采用|沿用|按照?|依据|依照|执行|使用)[^，。；]{0,40}(?:号|标准|准则|指南|》|\d{4})[^，。；]{0,4}(?:进行|来)?(?:判定|认定|排查)(?:重大(?:事故|安全)?隐患)?$"
)
_ELSE = re.compile(r"否则|不然|(?<![，,])(?:因|由于|鉴于)[^，。；]{0,24}$")
_NEGATED = (("属于", "不属于"), ("是", "不是"), ("有", "没有"), ("在", "不在"), ("能", "不能"), ("符合", "不符合"), ("具备", "不具备"),
            ("存在", "不存在"), ("导致", "没有导致"), ("造成", "没有造成"), ("影响", "不影响"))  # fmt: skip
_IRRELEVANT = re.compile(
    r"^(.+?)[，,](?:对[^，,]*?)?(?:(?:该|这一?|此|其)(?:情形|情况|行为|问题)?)?(?:本身)?((?:应当?|即|均|都|也|就|一律|直接)[^，,]*)[，,]与[^，,是]*是否([^，,]+?)无关$"
)
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_AFTER_LEVEL = 14  # characters a statement may say after its level
_LEAD = re.compile(
    r"^(?:根据|依据|依照|按照?|对照)(?![^，,：:。《》]{0,6}规定(?:需要?|应当?|必?须))[^，,：:。]{2,40}[，,：:]|^(?:我国|国家)?[^，,。]{0,16}(?:标准|规定|条例|办法|准则|法)》?(?:明确)?(?:规定|要求)[，,：:]"
)
_CLOSE = re.compile(
    r"[，,]?(?:的[，,]?)?(?:即|就|才|都|均|一律|现)?(?:应当?|可以|可|要|须)?(?:直接|依法)?(?:被)?(?:按|判定为?|认定为?|判为|定性为|属于|(?<![金附下所隶归])属|构成|列为|视为|是|为|算)[^，。；]{0,14}(?:重大|一般)[^，。；]*(?:隐患|问题)[^，。；]*[。？?]?$"
)
_TITLES = re.compile(
    r"《[^》]*》(?:[（(][^）)]*[）)])?|[（(][^（）()]{0,24}(?:号|版|GB|AQ)[^（）()]{0,10}[）)]"
)
_SUBJECTS = re.compile(
    r"金属非金属(?:地下|露天)?矿山|非煤(?:地下|露天)?矿山|房屋(?:建筑)?(?:和)?市政(?:基础设施)?工程(?:施工)?中?|(?:城镇)?燃气经营(?:企业|者)|"
    r"(?:某|在)?(?:工贸|化工|危险化学品|烟花爆竹|民用爆炸物品|冶金|有色|建材|轻工|纺织|烟草|商贸|煤矿|矿山|道路运输|邮政|快递|生产经营)(?:行业|生产)*(?:经营)?(?:企业|单位)"
)
_QUESTION = re.compile(
    r"^(?:下列|以下)(?:各项|选项|哪些?|哪一?[项个种])?(?:[^，。]{0,4}中)?[，,]?(?:不属于|不是|不包括|属于|是)(?=[^，。]{3,})|(?:情形|内容|措施|范围)?的(?:是|有)[：:]?$|"
    r"(?:下列|以下)?(?:各|选)?(?:哪(?:一?[项种个些])?|各项|选项|说法|表述|情形|装置|措施)?中?[，,]?(?:不(?:属于|包括)|属于|包括|不正确|正确|错误|有误|符合规定|不符合规定)的?(?:的是|是|有|哪[^，。]*)?[：:]?$"
)
_WHICH_THING = re.compile(r"哪(?:辆|台|座|处|家|艘|条)([\u4e00-\u9fff]{2,10}?)(?=属于|构成|不|判定|的|$)")
_SPEAKERS = re.compile(r"(甲|乙|丙|丁)(?:说|认为|判定为|认定为?|主张)[:：“]?([^，。；甲乙丙丁]+)")
_EITHER_OF = re.compile(r"(不论|无论|不管)([^，,。；是有否]{1,14}?)(是否|是不是|有没有|有无)(?=[^，,。；])")
_DONE_OR_NOT = re.compile(
    r"(不论|无论|不管)([\u4e00-\u9fff]{2,4}?)(?:了)?(?:没有|没|不|还是(?:没有|没|不))\2(?:了)?"
)  # 不管处理没有处理
EITHER = re.compile(r"[，,]?(?:的[，,]?)?(?:不论|无论|不管)(?:是否|是不是|有没有|有无)([^，,。；]+)")
_OF_TWO = re.compile(
    r"[，,]?(?:的[，,]?)?(?:不论|无论|不管)(?:是|属于)?([^，。；是否]{2,16}?)(?:还是|或者?是?)([^，。；]{2,16}?)(?=[，。；]|$)"
)
_CONTEXT = re.compile(r"^(?:根据|依据|按照?)?(?:《[^》]*》)?(.*?)(?:[，,：:]|时|中|方面|有)?(?:下列|以下|哪)")
_PLACE_OF = re.compile(
    r"(?:下列|以下|哪)(?:哪?些|哪?几[种项个]|哪一?[种类项个]|[（(][\s　]*[）)])?"
    r"(?:(?:情形|情况|行为|做法|现象|内容|场所|地点|部位|系统|设备|装置|设施|物料|物质|介质|气体|粉尘|化学品|工程|项目|单位|企业|人员|证照|作业|工艺|尾矿库|矿井|车辆|船舶|[^，。的未没不（）]{0,8}预兆)(?:或工位)?(?:之一)?)?"
)
_LEADS_ON = re.compile(r"(?:[将把在对使用按向]|关闭|拆卸|设置|进入|使用|开展|发生|出现|存在|存放|储存)$")
_SAYS_DEFECT = re.compile(r"[未没缺混超穿]|无(?!水)|不(?!同|锈)|失|擅自|缺失|用于|进行|吊运")
_FORBIDS = re.compile(r"(?:不得|不应|不准|严禁|禁止)(?=[^，。；]{2,6}$)")
_DOCUMENT = re.compile(r"^[^，。；]*(?:号|条|标准|规定|\d{4}(?!年)[^，。；]{0,8})(?:的?[\d.]+)?(?:，|$)")
_NAME, _PHRASE = 6, 10  # characters of the longest option that is a name; that a verb leads on to
_QUOTED_LEVEL = re.compile("“[^”]*(?:即为?|属于?|构成|判定为?|认定为?)重大[^”]*”")
_OF_GRADE = re.compile(
    r"[（(][\s　]*[）)](?:等?级|类别?)(?!别)"
)  # which grade is asked: the options are no findings
_CITES = re.compile(r"第[一二三四五六七八九十]+条|号|\d{4}")
DENIES = re.compile(r"(?:不|未|尚不|不会)(?:构成|属于)")
VALUED = re.compile(
    r"[。，](?:括号内)?为?(?:下列|以下)(?:哪|何|各)[^。，]*(?:时|的)?，?(?:即|应|尚不|不|才)?(?:构成|属于|判定)[^。]*重大.*$"
)


@dataclass(frozen=True)
class Claim:
    """What a key says is so (or not so). `asked`: the characters the key filled in."""

    text: str
    holds: bool
    asked: tuple[int, int] | None = None


def claims_of(item: Item) -> Iterator[Claim]:
    """The statements an item makes with its key filled in."""
    if item.holds is not None:
        yield Claim(BLANK.sub("", item.stem), item.holds)
        return
    yield from (filled(item.stem, right) for right in item.right)


def filled(stem: str, answer: str) -> Claim:
    """A stem with an answer in its blank, in the place of its question word (多少, 哪种), or at its end."""
    blanks = list(BLANK.finditer(stem))
    answers = [a for a in re.split(r"[；;、，,/]\s*", answer) if a]
    if len(blanks) > 1 and len(answers) in (1, len(blanks)):
        return _all_filled(stem, blanks, answers if len(answers) > 1 else answers * len(blanks))
    if len(blanks) == 1 and re.search(r"[？?]\s*$", stem[: blanks[0].start()]) and _ASKED.search(stem):
        stem, blanks = (
            stem[: blanks[0].start()].rstrip("？? "),
            [],
        )  # the question word is asked, the blank is for the label
    blank = blanks[0] if blanks else _ASKED.search(stem)
    if blank is None:
        return Claim(stem + answer, True, (len(stem), len(stem) + len(answer)))
    unit = blank.groupdict().get("unit") or ""
    said = answer + (unit if unit and unit not in answer else "")
    rest = BLANK.sub("", stem[blank.end() :])
    return Claim(stem[: blank.start()] + said + rest, True, (blank.start(), blank.start() + len(said)))


def _all_filled(stem: str, blanks: list[re.Match[str]], answers: list[str]) -> Claim:
    """Every blank of a stem filled; asked is all from the first to the last."""
    text, at, start = "", 0, 0
    for blank, answer in zip(blanks, answers, strict=True):
        text += stem[at : blank.start()]
        start = start if at else len(text)
        text, at = text + answer, blank.end()
    return Claim(text + stem[at:], True, (start, len(text)))


def core(text: str) -> str:
    """What a statement says, without the document it names and the level it ends on.

    >>> core("根据《工贸企业重大事故隐患判定标准》，速冻间内超过9人的，判定为重大事故隐患。")
    '速冻间内超过9人'
    """
    plain = _LEAD.sub("", text.strip())
    plain = _CLOSE.sub("", _TITLES.sub("", plain)).strip("，。：； ？?")
    for frame in (_QUESTION, _SUBJECTS):
        shorter = frame.sub("", plain).strip("，。：； ")
        plain = shorter if len(shorter) > 3 else plain
    return plain if len(plain) > 3 else text


def level_claims(item: Item) -> Iterator[tuple[str, bool]]:
    """(finding, keyed as 重大) where an item is about the level of a finding."""
    if item.holds is not None:
        found = statement(item.stem)
        if found is not None and not ONE_OF.search(found[0]):
            finding, major = found
            yield finding, major is item.holds
        return
    if _QUOTED_LEVEL.search(item.stem) and level_of(_QUOTED_LEVEL.sub("", item.stem)) is None:
        return  # a rule quoted, not a finding to be judged
    asked = VALUED.search(item.stem)
    if asked and BLANK.search(item.stem[: asked.start()]) and all(tokens(o) for o in item.options):
        yes = not DENIES.search(item.stem)
        told = [
            (found_on_site(BLANK.sub(o, item.stem[: asked.start()], count=1)), o in item.right)
            for o in item.options
        ]
        yield from ((f, right is yes) for f, right in sorted(told, key=lambda t: not t[1]))
        return
    if _SUCH.search(item.stem) and not _OF_GRADE.search(item.stem):
        yes = not wants_outside(item.stem)
        yield from ((with_context(item.stem, o), yes) for o in item.right if len(o) > 1)
        yield from ((with_context(item.stem, o), not yes) for o in item.wrong if len(o) > 1)
        return
    of = _SUCH_OF.search(BLANK.sub("", item.stem))
    of = None if of and (_DENIED.search(of[0]) or _of_thing(of[0], item.options)) else of
    if (
        of
        and not any(level_of(o) is not None for o in item.options)
        and all(len(o) > 4 for o in item.options)
    ):
        about = _TITLES.sub("", core_of(of["about"] or of["about2"] or ""))
        about += "" if len(about) < 2 or _OPEN_END.search(about) else "，"
        yield from ((about + o, True) for o in item.right)
        yield from ((about + o, False) for o in item.wrong)
        return
    if several := _several(item):
        yield from several
        return
    said = dict(_SPEAKERS.findall(item.stem)) if len(item.right) == 1 else {}
    if item.right and item.right[0] in said:
        before, said_level = item.stem[: item.stem.index("甲")], level_of(said[item.right[0]])
        if said_level is not None and len(before) > 5:
            yield before.strip("，。：； "), said_level
        return
    finding = finding_of(item.stem)
    levels = {answered(item.stem, r) for r in item.right}
    if finding and len(levels) == 1 and (level := levels.pop()) is not None:
        yield finding, level


def _several(item: Item) -> list[tuple[str, bool]]:
    """The findings a 多选 makes of a stem with each option in its blank (锅炉有（ ）情形仍使用的，判定为重大)."""
    blank = list(BLANK.finditer(item.stem))
    if len(item.right) < 2 or len(blank) != 1 or wants_outside(item.stem):
        return []
    if any(level_of(o) is not None for o in item.options):
        return []
    told = [(statement(_set_in(item.stem, blank[0], o)), o in item.right) for o in item.options]
    if any(found is None or not found[1] for found, _ in told):
        return []
    return sorted(((f[0], right) for f, right in told if f), key=lambda t: not t[1])


def _set_in(stem: str, blank: re.Match[str], option: str) -> str:
    """A stem with an option in its blank, without the words that lead a whole finding in (存在（ ）情形)."""
    before, after = stem[: blank.start()], stem[blank.end() :]
    if _SAYS_DEFECT.search(option) and len(option) > _NAME // 2:
        before = re.sub("(?:存在|出现|有|发生)(?:下列|以下)?$", "，", before)
        after = re.sub("^(?:等)?(?:情形|情况|行为|之一)?", "", after)
    return f"{before}{option}{after}"


def answered(stem: str, answer: str) -> bool | None:
    """The level an answer calls; 不能 to 「能否降为一般隐患」 is 重大.

    >>> answered("能否降为一般隐患？", "不能"), answered("能否降为一般隐患？", "不能，属于重大事故隐患")
    (True, True)
    """
    level = level_of(answer)
    minor = _WHETHER_MINOR.search(stem)
    return not level if level is not None and minor and _YES_OR_NO.fullmatch(answer) else level


def _of_thing(asked: str, options: tuple[str, ...]) -> bool:
    """Whether what is asked is of which things it holds (…的高边坡是: 一级高边坡): the options are no findings."""
    thing = re.search("的([\u4e00-\u9fff]{2,6}?)(?:有|是|包括)$", asked)
    return thing is not None and all(o.endswith(thing[1]) for o in options)


def with_context(stem: str, option: str) -> str:
    """An option as a finding: in the place of what is asked for, with what the stem says before it and after it.

    >>> with_context("某纸厂污水池清淤作业，有下列哪些情形的，判定为重大事故隐患？", "没有审批")
    '某纸厂污水池清淤作业，没有审批'
    >>> with_context("纺织企业将下列哪些物料与禁忌物料混放，属于重大事故隐患？", "双氧水")
    '纺织企业将双氧水与禁忌物料混放'
    """
    plain = _TITLES.sub("", stem)
    match = _CONTEXT.match(plain)
    about = match[1].strip("，,：: ") if match else ""
    thing = _WHICH_THING.search(stem)
    if thing and not level_of(thing[1]):
        about += ("，" if about else "") + thing[1]
        return about + option
    told = len(about) > 3 and not level_of(about) and not about.endswith(("标准", "规定"))
    about = _FORBIDS.sub("", _DOCUMENT.sub("", about)).rstrip("，的") if told else ""
    place = _PLACE_OF.search(plain)
    rest = _told_after(plain[place.end() :]) if place else ""
    whole = len(option) > _NAME and _SAYS_DEFECT.search(option)
    joined = (
        not about
        or _OPEN_END.search(about)
        or (not whole and len(option) <= _PHRASE and _LEADS_ON.search(about))
    )
    if rest and not whole:
        same = next((n for n in range(min(len(option), 4), 1, -1) if rest.startswith(option[-n:])), 0)
        rest = rest[same:]
    elif rest:
        rest = f"，{rest.lstrip('，的')}"
    return f"{about}{'' if joined else '，'}{option}{rest}"


def _told_after(text: str) -> str:
    """What a stem says of each option after it, before the level (未设应急道路); empty where that is no defect."""
    ends = said(text)
    rest = re.split("[。？?]", text[: ends[0].start] if ends else text)[0]
    parts = [p for p in re.split("[，,]", rest) if _SAYS_DEFECT.search(p) and not _CITES.search(p)]
    told = LEFT.sub("", "，".join(parts)).removesuffix("的") if parts and ends else ""
    return f"{told}得" if told.endswith("取") else told


_PART_OF_ONE = re.compile(
    "不适用|不足$"
)  # what stands before the level says already what to make of it (不足以判定)

_HENCE_NOT = re.compile(
    "(?:因此|所以|(?<!事)故|因而)[^。；]*不适用"
)  # whom a document is for, by a reason of its own


def statement(text: str) -> tuple[str, bool] | None:
    """What a statement finds and the level it calls it; None where it sets a condition, a rule for all, or no level."""
    plain = _SAVE.sub("", _COMMA.sub("，", text.strip()).rstrip("。？?"))
    plain = AFTERWORD.sub("", _CITED_AFTER.sub("", _IS_NOT.sub(r"，不是\1", plain)))
    plain = _of_item(_masked(plain))
    told = said(plain)
    if (
        not told
        or told[-1].only
        or EITHER.search(either_way(plain))
        or _OF_TWO.search(plain)
        or len(plain) - told[-1].end > _AFTER_LEVEL
    ):
        return None
    first = next(s for s in told if all(t.major is s.major for t in told if t.start >= s.start))
    if any(s.major is not first.major and not s.only for s in told if s.start < first.start):
        return None  # of two matters one is and one is not
    before = plain[: first.start]
    if _RULE.search(plain) or _ELSE.search(before) or _ONLY_IF.search(before):
        return None
    if _BY_DOCUMENT.search(plain) and not _SAYS_DEFECT.search(before):
        return None  # which document is to be gone by, not a finding
    finding = _bare(
        unframed(_SPARED.sub("未", _ENOUGH.sub("，", _EVEN_IF.sub(r"但\1，", before.rstrip("，")))))
    )
    finding = unframed(finding)
    if any(s.major is not first.major and not s.only for s in said(finding)):
        return None  # two sayings of two things
    if _PART_OF_ONE.search(finding) or _HENCE_NOT.search(plain) or finding.count("“") != finding.count("”"):
        return None
    return (finding, first.major) if len(finding) > 3 else None


def _of_item(text: str) -> str:
    """A text with a saying of an item it quotes, or of the bounds of a document, put as one of the level.

    >>> _of_item("管道在园区内，不属于“管道穿越厂区以外的公共区域”"), _of_item("船舶不足10人，缺救生衣，不在农渔发〔2022〕11号的判定范围内")
    ('管道在园区内，不构成重大隐患', '船舶不足10人，缺救生衣，不构成重大隐患')
    """
    text = _OF_ITEM.sub(lambda m: "不构成重大隐患" if m["no"] else "构成重大隐患", text)
    text = re.sub("(?<=构成)“[^“”]{5,40}”的?(?=重大)|[，,]这(?=[仍也还即就]?(?:属于|构成))", "", text)
    found = _NOT_WITHIN.search(text)
    if found and _SAYS_DEFECT.search(text[: found.start()]):
        text = text[: found.start()] + "不构成重大隐患" + text[found.end() :]
    return text


def quoted_item(text: str) -> str:
    """The item that a statement quotes and puts a finding under, or not; empty where it quotes none."""
    found = _OF_ITEM.search(text.strip().rstrip("。？?"))
    under = _UNDER.search(text)
    return (found["item"] or found["own"]) if found else under["item"] if under else ""


def saves(text: str) -> list[str]:
    """What a statement itself excepts from the rule it tells.

    >>> saves("用电钻探水（循环放水除外）的，属于重大隐患"), saves("把井巷发包，井筒除外，属于重大隐患")
    (['循环放水'], ['井筒'])
    """
    return [m["inside"] or m["aside"] for m in _SAVE.finditer(text.strip().rstrip("。？?"))]


def regardless(text: str) -> tuple[tuple[str, str], bool] | None:
    """What a statement says of both cases (不论是否X，均构成): the finding with X and without, and the level it calls both.

    >>> regardless("基坑土方超挖的，不论是否采取有效措施，一律判定为重大事故隐患。")
    (('基坑土方超挖，采取有效措施', '基坑土方超挖，未采取有效措施'), True)
    """
    plain = either_way(_masked(text.strip().rstrip("。？?")))
    told = said(plain)
    if (two := _OF_TWO.search(plain)) and told and not told[-1].only and two.end() <= told[-1].start:
        before = _bare(plain[: two.start()])
        return ((f"{before}，{two[1]}", f"{before}，{two[2]}"), told[-1].major) if len(before) > 3 else None
    both = EITHER.search(plain)
    if both is None or not told or told[-1].only or told[-1].start < both.end() - 1:
        return None
    before = _bare(plain[: both.start()])
    so = both[1][: told[-1].start - both.start(1)].rstrip("都均也，的")
    denied = next((to + so[len(word) :] for word, to in _NEGATED if so.startswith(word)), f"未{so}")
    return ((f"{before}，{so}", f"{before}，{denied}"), told[-1].major) if len(before) > 3 and so else None


def either_way(text: str) -> str:
    """「不论积尘是否严重」 and 「与积尘是否严重无关」 as 「不论是否积尘严重」.

    >>> either_way("没有清理的，不论积尘是否严重，均构成"), either_way("没有清理的，本身就构成，与企业是否备案无关")
    ('没有清理的，不论是否积尘严重，均构成', '没有清理的，不论是否备案，就构成')
    """
    text = _DONE_OR_NOT.sub(r"\1是否\2", text)
    return _EITHER_OF.sub(r"\1\3\2", _IRRELEVANT.sub(r"\1，不论是否\3，\2", text))


def _masked(text: str) -> str:
    """A text whose titles are blank, where what follows them still says the level: their own words say none.

    >>> _masked("按《煤矿重大事故隐患判定标准》判定为重大事故隐患")
    '按《＿＿＿＿＿＿＿＿＿＿＿＿》判定为重大事故隐患'
    """

    def mask(match: re.Match[str]) -> str:
        after = re.split("[。；]", text[match.end() :])[0]
        return f"《{'＿' * (len(match[0]) - 2)}》" if _LEVEL_AFTER.search(after) else match[0]

    return _TITLE.sub(mask, _NAMED.sub("", text))


def _bare(told: str) -> str:
    """What a statement tells before its level, without who says so and the words that lead over to it."""
    plain = BY_REASON.sub("", SAYS.sub("", told.strip("，。：； ")))
    plain = found_on_site(SPEAKER.sub("", _LEAD.sub("", plain)))
    plain = re.sub(
        r"[，。；](?:对)?(?:该|此|上述|这(?:一|种)?)(?:情形|问题|隐患|行为|情况|做法|用户|企业|单位)?$",
        "",
        plain,
    )
    return LEFT.sub("", plain.strip("，。：； ")).removesuffix("的")


def core_of(about: str) -> str:
    """What a question is about, without the document it names (按AQ 3067-2026，作业安全类)."""
    plain = re.sub(r"^(?:根据|依据|依照|按照?|对照)[^，,]{2,40}(?:[，,]|$)", "", about)
    plain = re.sub(r"(?:下列|以下)?(?:哪些?|哪一?[项种个])(?:[^，。；]{0,8})?$", "", plain)
    return LEFT.sub("", plain.strip("，,：: 的"))


def core_end(text: str) -> str:
    """The end of a statement, where it says the level."""
    return text.rstrip("。？?）)")[-24:]


def day_of(stem: str, on: date) -> date:
    """The day a stem sets, else the day of the audit; the day a document was issued or began sets none.

    >>> day_of("2024年12月印发的某标准", date(2026, 1, 1)), day_of("2024年12月检查发现", date(2026, 1, 1))
    (datetime.date(2026, 1, 1), datetime.date(2024, 12, 1))
    """
    match = next(
        (
            m
            for m in DATED.finditer(stem)
            if not (_ISSUED.match(stem, m.end()) or _BEGAN.match(stem, m.end()))
        ),
        None,
    )
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1)) if match else on
    except ValueError:
        return on
