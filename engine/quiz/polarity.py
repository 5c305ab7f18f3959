"""Polarity: what a sentence says of a level, and what a stem asks for, with every negation counted.

- `said(text)`: the predicates on a level (不应据此依…第（三）项判定为重大事故隐患), each with where it starts and `major`.
- `level_of(text)`: what an option or the end of a statement says: 重大 True, not 重大 False, nothing (or both) None.
- `wants_outside(stem)`: those asked for are what the rule does not list (不属于…的是, 除外的是, 未列入).
- `wants_false(stem)`: those asked for are the wrong statements (错误的是, 不正确的是).
- `denied_at(text, at)`: what stands at `at` is said not to be so (没有规定24小时, 不得再以…为依据).
Checks of numbers, members and conditions look for a negation beside what they compare by patterns of their own.
Two negations of one verb affirm (不得不认定, 不能不判定). Whether the key denies the whole statement is not read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEG = r"(?:并非|并不|并未|绝非|从未|尚不|尚未|没有|未曾|不|非|未|没|勿)"
_MODAL = (
    r"(?:应当|应该|应|可以|可|能够|能|得|会|需要|需|必须|必然|当然|宜|再|直接|一律|均|都|也|还|仍然|仍|就|便|即|据此|依此|因此|由此|"
    r"仅仅|仅|只|自动|被|将其|将|简单|轻易|单独|立即|随意|要|予以|予|作出|作|做|依法|认为|说|才|方|算是|够|碰|完全|同样|照样|已经|已)"
)
_PLACE = (
    r"(?:第?[一二三四五六七八九十百]+[条项款目]|第\d+目|第?[（(][一二三四五六七八九十\d]+[）)][项目种]?|"
    r"\d+(?:\.\d+)+(?: ?[a-z][）)]?)?|[该本此]项|此|这一项|该条|本条|该目|(?:清单|标准|准则)所列)"
)
_BY = (
    r"(?:按照?|依照?|依据|根据|据|适用|套用|以|凭)“[^”]{2,48}”(?:这一)?(?:的?情形|的?规定|一?项|[项点]|为由)?"
    r"|(?:依照|依据|按照|根据|适用|援引|依|据|按|以|凭)(?:(?!一般|重大)[^，,。；;不]){0,40}?"
    r"(?:项|条|款|目|种|号|标准|规定|版|准则|清单|规则|问题|情形|事实|》|[)）]|\d|此)(?:[的之]?规定|情形)?"
    r"|(?:仅|单)?因(?!此)为?(?:“[^”]{2,30}”|(?:(?!一般|重大)[^，。；“”]){2,24}?)(?:这一[项点])?(?:而|就|即)?(?=(?:直接|被|再|就)?(?:判|认定|定性|构成|属于|列)|$)"
    r"|按(?!设计|规定|要求|照|[期时])(?:(?!一般|重大)[^，。；不未没无“”]){3,16}?(?=判定|认定)"
)
_CHAIN = rf"(?:{_NEG}|{_MODAL}|{_BY})*"
_VERB = (
    r"(?:判定成?为?|判成?为?|认定为?|定性为|定为|定成|列为|列入|列作|纳入|作为|构成|属于|视为|视作|算作|算|归为|归入|升格为|触及|处理为|"
    r"作(?=重大|一般)|在(?=[^，。；]{0,24}重大[^，。；]{0,10}(?:列举|清单|范围|之列|之内))|适用(?=[^，。；]{0,24}重大[^，。；]{0,8}判定)|"
    r"(?<![金附下所隶归])属|按|是|为)"
)
_OF = r"(?:(?:生产安全|安全生产|火灾|电力安全|电力|消防安全)?(?:事故|安全)?隐患)"
_RULE = r"(?!的?(?:判定|认定|排查|治理|整改|报告)?(?:标准|依据|准则|方法|规则|情况|方案|责任|制度))"
_MAJOR = rf"重大{_OF}?(?!{_OF}|危险源|事故|火灾|责任|危险|伤亡|变更|险情|活动|技改|修){_RULE}"
_MINOR = r"一般(?:的)?(?:生产安全|安全)?(?:事故|性)?(?:隐患|问题|缺陷)|一般(?=[，,。；;（(]|$)"
_OBJECT = r"(?:(?!重大|一般)[^，,。；;不未无]){0,44}?"
_ON_LEVEL = re.compile(
    rf"(?P<chain>{_CHAIN}){_VERB}{_OBJECT}(?:(?P<major>{_MAJOR})|(?P<minor>{_MINOR}))(?:判定|认定|处理|论处|上报|对待)?"
)
_END = r"(?=[，,。；;：:（(]|$)"
_ON_PLACE = re.compile(
    rf"(?P<chain>{_CHAIN})(?:构成|属于|踩|触及|触发|(?<!应当)(?<!应)(?<!须)满足|符合(?=[^，。；]*(?:构成条件|所列|情形))|(?<=不)适用)"
    rf"{_OBJECT}(?:{_PLACE})+(?:“[^”]*”|[^，。；;不未无]){{0,14}}?{_END}"
)
_BARE = re.compile(rf"(?P<chain>{_CHAIN})(?:判定|认定|构成|踩线|(?<=[项目条）)])判|(?<=据此)判)(?:的)?{_END}")
_NONE = re.compile(
    rf"(?P<chain>)(?P<minor>(?:不|未|并不)(?:构成|属于|是|算|认定为)(?:任何)?(?:事故|安全)?隐患){_END}"
)
_SHORT_MAJOR = re.compile(
    rf"(?:^[^，。；不未无没存因如有才方构属判定认为是]{{0,12}}|(?<=[，,])|(?<=否则)|(?<=即为)|(?<=就是))(?P<chain>)(?P<major>重大{_OF}?){_END}"
)
_SHORT_MINOR = re.compile(
    rf"(?:^|(?<=[，,]))(?P<chain>)(?P<minor>一般(?:(?:事故|安全)?(?:隐患|问题|缺陷))?){_END}"
)
_NO = re.compile(r"^(?:不算|不能|不踩|不判|不定|不构成|不属于|不是|不适用|否)(?=[，,。；]|$)")
_YES = re.compile(r"^(?:算|能|踩|判|属于|构成|是)(?=[，,。；]|$)")
_EXISTS = re.compile(rf"^(?P<chain>不|未|并不)?存在重大{_OF}?(?=[，,。]|$)")
_LOOSE = re.compile(r"(?:因|由于|鉴于|认为|称|说|以[^，。；]{0,12}为由|用来|用于|对)[^，。；]{0,14}$")
_CITED = re.compile(
    r"第[一二三四五六七八九十百]+[条项]|[（(][一二三四五六七八九十]+[）)]项?|\d\.\d|[该本此]项|据此|依此"
)
_NEGS = re.compile(_NEG)
_AT_ONCE = 3  # characters before the level that an answer names after its yes or no


@dataclass(frozen=True)
class Said:
    """A predicate on a level: [start, end) in the text; `only`: said under a condition (才, 方可)."""

    start: int
    end: int
    major: bool
    only: bool = False


def negations(chain: str) -> int:
    """How many times a chain of modals and places denies its verb; 不得不 twice.

    >>> negations("不应据此依令第10号第十一条第（三）项"), negations("不得不")
    (1, 2)
    """
    without = re.sub(_BY, "", chain)
    return len(_NEGS.findall(without))


def said(text: str) -> list[Said]:
    """Every predicate on a level in a text, in order.

    >>> [s.major for s in said("甲烷超限的，不应据此依令第10号第十一条第（三）项判定为重大事故隐患")]
    [False]
    >>> [s.major for s in said("该情形不能不认定为重大事故隐患")]
    [True]
    >>> [s.major for s in said("不依第五条第（三）项判定")], [s.major for s in said("属于一般隐患，不构成重大隐患")]
    ([False], [False, False])
    """
    found: list[Said] = []
    for pattern in (_SHORT_MAJOR, _SHORT_MINOR, _NONE, _ON_LEVEL, _ON_PLACE, _BARE):
        for match in pattern.finditer(text):
            if any(s.start < match.end() and match.start() < s.end for s in found):
                continue
            denied = negations(match["chain"]) % 2 == 1
            minor = bool(match.groupdict().get("minor"))
            if pattern is _BARE and not (
                denied or "构成" in match[0] or "踩" in match[0] or _CITED.search(match["chain"])
            ):
                continue
            only = bool(re.search("才|方", match["chain"]))
            found.append(Said(*match.span(), denied is minor, only))
    return sorted(found, key=lambda s: s.start)


def level_of(text: str) -> bool | None:
    """What an option or a statement says of the level; None where it says nothing, or two things, or only 「…才」.

    >>> level_of("不作重大判定，因未超过200 m"), level_of("不依该项构成，该项限于班线客车"), level_of("重大，没走设计")
    (False, False, True)
    >>> level_of("属于一般事故隐患，不是重大"), level_of("须造成后果才构成"), level_of("停产整顿") is None
    (False, None, True)
    """
    plain = text.strip("。？?）) ")
    if plain.startswith("以上"):
        return None
    if answer := _NO.match(plain) or _YES.match(plain):
        rest = plain[answer.end() :].lstrip("，, ")
        first = next(iter(said(rest)), None)  # 不能，属于重大事故隐患
        return first.major if first and first.start < _AT_ONCE else not _NO.match(plain)
    if exists := _EXISTS.match(plain):
        return not exists["chain"]
    told = {s.major for s in said(plain) if not s.only and not _LOOSE.search(plain[: s.start])}
    return told.pop() if len(told) == 1 else None


_EXCEPTED = re.compile(
    r"(?:除外|例外|不计入|不在此列|(?:可以不|无需|不必|无须)[^，。；？?]{0,20})的?(?:情形)?的?(?:是|有|包括)?[（(：:？?\s]*[）)]?[？?。]?$"
    r"|(?:哪[一些几]?[^，。；？?]{0,14}|[（(][\s　]*[）)]|_{2,})(?:情形)?(?:除外|例外|不在此列)"
    r"|(?:属于|是|为|在)[^，。；？?]{0,16}(?:例外|除外|(?:明确|规定|所)排除)(?=[、，的之])"
)
_UNLISTED = re.compile(
    r"未(?!按|依|经|办|进|设|装|采)(?:被|将)?[^，。；？?]{0,24}?(?:列入|列为|纳入|列明|包括|规定)"
    r"|没有(?:被|将|把)[^，。；？?]{0,24}?(?:列|纳)"
)
_NOT_SO = re.compile(
    r"(?:不|非)(?:属于|是|包括|包含|应?当?列入|适用|需要?|必|要求|计入|在)|可以不|无需|无须|不必"
)
_ASKED_FALSE = re.compile(
    r"(?:错误|不正确|有误|不符|不准确|不妥|不恰当|不当|不成立|(?<!对)不对)的?(?:一?项|说法|表述)?(?:是|有|为)?[（(：:？?\s]*[）)]?[。]?$"
)
_PICKS = re.compile(r"下列|以下|哪|各项|选项|[（(][\s　]*[）)]|_{2,}|的(?:是|有)[：:]?$|包括[：:]?$")


_LEFT_OUT = re.compile(
    "(?:情形)?的?[，,]?(?:但|其中)?(?:不包括|不包含|不含|未包括)"
)  # …属重大事故隐患的，不包括（ ）
_ASKS_AFTER = re.compile("[，。；](?:下列|以下)[^，。；]{0,10}(?:未|没有)(?:被)?(?:列|纳)")


def wants_outside(stem: str) -> bool:
    """Whether a stem asks for what a rule does not list, or excepts.

    >>> wants_outside("未设置应急水源但依令第10号第五条第（四）项不按重大事故隐患判定的是（　）。")
    True
    >>> wants_outside("铸造环节未设置应急储存设施的应判定为重大事故隐患，但下列哪些炉型除外？（ ）")
    True
    >>> wants_outside("未将下列哪种物料列入应当使用万向管道充装系统的情形？（　）")
    True
    >>> wants_outside("煤磨收尘器未设置（　）的，应当判定为重大事故隐患。")
    False
    >>> wants_outside("没有使用万向管道充装系统的，属于重大事故隐患的有（ ）。")
    False
    """
    if not _PICKS.search(stem):
        return False
    if re.search(r"除外|例外|不在此列|(?:明确|规定|所)排除", stem):
        return bool(_EXCEPTED.search(stem))
    ends = [s for s in said(stem) if not s.only]
    if ends and _LEFT_OUT.match(stem, ends[-1].end):
        return ends[-1].major
    if ends and not _ASKS_AFTER.search(stem, ends[-1].end):
        return not ends[-1].major
    tail = re.split("[，。；]", stem.rstrip("。 "))[-1]
    return bool(_UNLISTED.search(stem) or _NOT_SO.search(tail))


def wants_excepted(stem: str) -> bool:
    """Whether a stem asks for what the rule itself excepts, and not for whatever else it does not list.

    >>> wants_excepted("下列炉型属于条文明确除外的有（　）。"), wants_excepted("不属于特种设备的是（ ）。")
    (True, False)
    """
    return bool(_EXCEPTED.search(stem) or "不计入" in re.split("[，。；]", stem.rstrip("。 "))[-1])


def wants_false(stem: str) -> bool:
    """Whether a stem asks for the wrong statements.

    >>> wants_false("关于有限空间，下列说法错误的是（ ）。"), wants_false("下列说法正确的是（ ）")
    (True, False)
    """
    return bool(_PICKS.search(stem) and _ASKED_FALSE.search(stem.strip()))


_DENIES = re.compile(
    r"(?:没有|并未|未|不再|不得再?|不应再?|不能再?|并不|不)(?:再|继续|明确|直接|作出)?"
    r"(?:规定|要求|设定|限定|以|把|将|适用|引用|采用|按|依据|是|为)[^，。；]*$"
)


def denied_at(text: str, at: int) -> bool:
    """Whether what stands at a place of a text is denied by what stands before it in the same part.

    >>> text = "报告应当及时，法律没有规定24小时的时限"
    >>> denied_at(text, text.index("24")), denied_at("应当在24小时内报告", 3)
    (True, False)
    """
    part = re.split("[，。；]", text[:at])[-1]
    return bool(_DENIES.search(part))


# what a text says is as it ought to be
IN_ORDER = re.compile(
    "(?<![不未无])合格|(?<!不)齐全|有效期内|(?<!不)(?:符合|满足|达到)[^，。；]{0,8}(?:要求|规定|标准|条件)|经[^，。；]{0,12}(?:批准|同意|验收)|已经?(?:采取|落实|整改|消除|治理)"
)
_UNDER = re.compile("等于|低于|小于|少于|(?:不|未|没有)(?:超过|高于|大于|达到)")
_OVER = re.compile("超过|高于|大于|多于")


def other_side(said: str, rule: str) -> bool:
    """Whether a text has a measure on one side of a bound and a rule has it on the other alone.

    >>> other_side("实际作业人数等于核定人数", "实际作业人数超过核定人数"), other_side("压力超过设计值", "压力高于设计值")
    (True, False)
    """
    sides = [(bool(_UNDER.search(t)), bool(_OVER.search(_UNDER.sub("", t)))) for t in (said, rule)]
    (under, over), (rule_under, rule_over) = sides
    return (under and not over and rule_over and not rule_under) or (
        over and not under and rule_under and not rule_over
    )
