"""What takes a finding out of a clause by the clause's own words: an exception, a condition denied, one of two limbs in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.quiz.claims import core
from engine.quiz.statements import Segment, Statements, pairs
from engine.quiz.tails import ONE_OF

_ABOUT = 0.3  # likeness of a clause to what a statement is about
_NAMED = 0.6  # share of a condition's words that an exception must have
_SHORT = 240  # characters of a clause of one matter
_EXCEPTS = re.compile(r"[^。；，（]*(?:除外|不在此列|不计入|不受此限|不适用)")
_BUT_FOR = re.compile("除[^，。；]{2,30}外")
_AND = re.compile(r"[，,]?(?:并且|而且|且|同时|，又|，却)(?:没有|未)?")
_OR = re.compile(r"[，,]?或者?")
_LEADING = re.compile(r"^(?:属于|是|有|经过?|处于|在)")
_LACK = re.compile(r"未|没|无|不|缺")
_BUT_NOT = re.compile(r"[，,]?(?:但|却|只是|不过)(?:是)?([^，。；]{4,})$")
_FILLING = re.compile(r"[其的也均都并]|(?<=能)够")
_WITH_RESULT = re.compile(r"(?<![未没不有曾])(?:造成|导致|致使|引起|引发)([^，。；（）]{4,})")
_NO_RESULT = re.compile(
    r"(?:并未|没有|未曾|未|不)(?:因此|由此|会|实际)?(?:造成|导致|致使|引起|引发)([^，。；]{4,})"
)
_NOT_INCLUDED = re.compile(r"(?:不含|不包括)([^，。；（）\d]{2,16}?)(?:在内)?(?=[，。；）])")
_APART = re.compile(r"(?:(?:非|不是|不属于?|没有|并未|未|无|不因|排除)[^，。；]{0,6}|不)$")
_CONTRARY = (("露天", "井工"), ("井工", "露天"), ("露天", "地下"), ("地下", "露天"), ("室外", "室内"), ("室内", "室外"),
             ("固定式", "移动式"), ("移动式", "固定式"), ("客运", "货运"), ("货运", "客运"), ("分库", "同库"), ("分间", "同间"))  # fmt: skip
_GRADES = ("一二三四五", "12345", "ABCD", "甲乙丙丁")
_GRADED = re.compile(
    r"(?<![0-9一二三四五六七八九十、或])[一二三四五12345ABCD甲乙丙丁][级类](?![一-鿿]?[、或])"
)
_DENIED = re.compile(r"(?:不是|不属于|没有|不采用|未采用|非|无|不用)([\u4e00-\u9fff]{2,4})")


def excepts(statements: Statements, about: str, condition: str) -> Segment | None:
    """The sentence that excepts a condition from a clause on what a statement is about (经备案的联合试运转除外)."""
    told = _LEADING.sub("", condition)
    said, denied = pairs(told), _LACK.match(told)
    for score, segment in statements.like(core(about), frozenset())[:6]:
        if segment.kind != "条款" or score < _ABOUT or not said:
            continue
        # 不带保温炉的 is not what 带保温炉的…除外 excepts
        named = [pairs(m[0]) for m in _EXCEPTS.finditer(segment.whole) if not denied or told[:2] in m[0]]
        if any(len(said & words) >= _NAMED * len(said) for words in named):
            return segment
    return None


def exceptions(rule: str) -> str:
    """The parts of a rule that say what it excepts.

    >>> exceptions("预混燃烧的窑炉（煤气窑炉除外），没有装报警装置")
    '煤气窑炉除外'
    """
    return "，".join(m[0] for pattern in (_EXCEPTS, _BUT_FOR) for m in pattern.finditer(rule))


def both_needed(statements: Statements, finding: str) -> Segment | None:
    """The sentence by which 「甲或者乙，具备其一」 is wrong: it lists the two only together."""
    alone = ONE_OF.search(finding)
    parts = _OR.split(finding[: alone.start()]) if alone else []
    if alone is None or len(parts) < 2:
        return None
    first, second = pairs(parts[0]), pairs(parts[-1])
    for score, segment in statements.like(core(finding[: alone.start()]), frozenset())[:3]:
        both = _AND.search(segment.text)
        if segment.kind != "条款" or score < _ABOUT or both is None or len(segment.whole) > _SHORT:
            continue
        before, after = pairs(segment.text[: both.start()]), pairs(segment.text[both.end() :])
        only_first, only_second = first - second, second - first
        if (
            len(only_first & before) >= 2
            and len(only_second & after) >= 2
            and not only_second & (before - after)
        ):
            return segment
    return None


def each_of(finding: str) -> tuple[str, ...]:
    """The cases of 「甲或者乙，有其一」, each with the thing they are about; none where it does not say so.

    >>> each_of("塔吊没有验收，或者没有办理登记，有其一")
    ('塔吊没有验收', '塔吊没有办理登记')
    """
    alone = ONE_OF.search(finding)
    parts = _OR.split(finding[: alone.start()]) if alone else []
    lack = _LACK.search(parts[0]) if len(parts) > 1 else None
    thing = parts[0][: lack.start()] if lack else ""
    return (
        tuple(p if i == 0 or not _LACK.match(p) else thing + p for i, p in enumerate(parts))
        if len(parts) > 1
        else ()
    )


def one_in_order(statements: Statements, finding: str, only: frozenset[str]) -> Segment | None:
    """The cited sentence that asks for two lacks together, of which the finding says one is not there.

    `only`: the clauses a question cites; without them nothing is said.
    """
    parts = [p for p in re.split("[，。；,]|但是?", finding) if len(p) > 3]
    fine = [p for p in parts if not _LACK.search(p)]
    for segment in statements.segments:
        if (
            segment.source not in only
            or segment.kind != "条款"
            or not segment.entire
            or len(segment.whole) > _SHORT
        ):
            continue
        both = _AND.search(segment.text)
        if (
            both is None
            or not _LACK.search(both[0])
            or len(_AND.findall(segment.text)) > 1
            or "或者" in segment.text
        ):
            continue
        wanted = pairs(segment.text[both.end() :].split("：")[0]) - pairs(segment.text[: both.start()])
        told = [p for p in fine if len(pairs(p) & wanted) >= 2]
        if told and not any(len(pairs(p) & wanted) >= 2 for p in parts if p not in fine):
            return segment
    return None


def outside(statements: Statements, finding: str, only: frozenset[str]) -> Segment | None:
    """The cited sentence of which a finding denies the condition (无强制送风: 强制送风的燃烧装置), unless it is one (非水性漆)."""
    words = {
        (m[1][:n], m[0][: m.start(1) - m.start() + n])
        for m in _DENIED.finditer(finding)
        for n in (4, 3)
        if len(m[1]) >= n
    }
    rest = _DENIED.sub("", finding)
    for segment in statements.segments:
        if segment.source in only and segment.kind == "条款" and segment.entire:
            lack = _LACK.search(segment.text)
            whole = (
                "" if "或者" in segment.text or _says_beside(statements, segment, finding) else segment.text
            )
            condition = segment.text[: lack.start()] if lack else whole
            if any(w in condition and no not in condition and w not in rest for w, no in words):
                return segment
    return None


def _says_beside(statements: Statements, segment: Segment, finding: str) -> bool:
    """Whether a finding has words of another part of the clause a sentence is of: that one may hold."""
    words = pairs(finding) - segment.pairs
    return any(
        len(words & s.pairs) > 2
        for s in statements.segments
        if s.source == segment.source and s is not segment
    )


def _compact(text: str) -> str:
    return _FILLING.sub("", text)


def there_but(segments: Iterable[Segment], finding: str) -> Segment | None:
    """The sentence one of whose alternatives is a thing that is there but does not serve, which a finding says of it."""
    told = _compact(finding)
    for segment in segments:
        for limb in re.split("[；。]|或者", segment.text):
            fails = _BUT_NOT.search(limb)
            if fails is None or not _LACK.search(fails[1]):
                continue
            at = told.find(_compact(fails[1]))
            before = pairs(told[: max(at, 0)])
            if at > 0 and len(before & segment.pairs) >= _ABOUT * len(before):
                return segment
    return None


def excepted(rule: str, finding: str) -> bool:
    """Whether a finding has for its cause or kind what a rule excepts by name (停电停风、打钻喷孔造成的除外).

    >>> rule = "瓦斯浓度达到3.0%以上的。停电停风、打钻喷孔造成的除外"
    >>> excepted(rule, "打钻时发生喷孔，浓度达到3.2%"), excepted(rule, "并非打钻喷孔所致，浓度达到3.2%")
    (True, False)
    """
    if any(w in finding and not _APART.search(finding[: finding.find(w)]) for w in _left_out(rule)):
        return True
    for match in _EXCEPTS.finditer(rule):
        for part in re.split("、|或者?|以及|和", re.sub("(?:等|造成|引起|导致|情形|的)*除外$", "", match[0])):
            at = finding.find(part)
            halves = part.split("的") if "的" in part else [part[:2], part[2:]] if len(part) == 4 else []
            if (
                at < 0
                and len(halves) > 1
                and min(map(len, halves)) > 1  # 经备案的联合试运转: 经备案进行联合试运转
                and (apart := re.search("[^，。；]{1,4}".join(map(re.escape, halves)), finding))
            ):
                at = apart.start()
            if len(part) > 2 and at >= 0 and not _APART.search(finding[:at]):
                return True
    return False


def _left_out(rule: str) -> list[str]:
    """The kinds a rule says it does not include (不含包车等)."""
    names = [n for m in _NOT_INCLUDED.finditer(rule) for n in re.split("、|或者?|以及|和", m[1])]
    return [n.removesuffix("等") for n in names if len(n.removesuffix("等")) > 1]


def no_result(segments: Iterable[Segment], finding: str) -> Segment | None:
    """The sentence that asks for a result of which a finding says that it did not come about (但未导致…)."""
    denied = [pairs(m[1]) for m in _NO_RESULT.finditer(finding)]
    for segment in segments:
        if "或者" in segment.text or _NO_RESULT.search(segment.whole):
            continue  # 未造成人员伤亡的…; another cause will do as well
        for wanted in _WITH_RESULT.finditer(segment.text):
            words = pairs(wanted[1])
            if any(len(d & words) >= _NAMED * min(len(d), len(words)) for d in denied if d):
                return segment
    return None


def contraries(finding: str) -> Iterator[tuple[str, str, str]]:
    """A finding's kind, the contrary kind, and the finding as it would be of that one (露天, 井工; 三级, 二级)."""
    for kind, other in _CONTRARY:
        if kind in finding and other not in finding:
            yield kind, other, finding.replace(kind, other)
    grades = {m[0] for m in _GRADED.finditer(finding)}
    for kind in grades if len(grades) == 1 else ():
        row = next(r for r in _GRADES if kind[0] in r)
        yield from ((kind, g + kind[1], finding.replace(kind, g + kind[1])) for g in row if g != kind[0])


def of_other_kind(limb: str, finding: str) -> bool:
    """Whether a limb is of the contrary kind of what a finding is about (井工煤矿: 露天煤矿).

    >>> of_other_kind("井工煤矿一个季度的产量", "露天煤矿一个季度的产量"), of_other_kind("煤矿全年产量", "露天煤矿全年产量")
    (True, False)
    """
    return any(
        other in limb and kind not in limb
        for kind, other in _CONTRARY
        if kind in finding and other not in finding
    )


_GRADE = re.compile("[一二三四五六七八九甲乙丙丁]级")
_NON = re.compile("非(?![法标常电])([\u4e00-\u9fff]{2,6})")
_BRACKETS = re.compile("（[^（）]*）")


def of_other_grade(limb: str, finding: str) -> bool:
    """Whether a limb is of other grades than a finding.

    >>> rule = "一级、二级高边坡没有监测"
    >>> of_other_grade(rule, "三级高边坡没有监测"), of_other_grade(rule, "二级高边坡没有监测")
    (True, False)
    """
    grades, told = set(_GRADE.findall(limb)), set(_GRADE.findall(finding))
    return bool(grades and told) and not told & grades


def names_as(one: str, other: str) -> bool:
    """Whether one of two texts is only of what is not something that the other names as it is (非钢芯钢丝绳: 钢芯钢丝绳).

    >>> names_as("使用非钢芯钢丝绳", "使用钢芯钢丝绳"), names_as("使用非钢芯钢丝绳", "使用非钢芯钢丝绳")
    (True, False)
    """
    for a, b in ((_BRACKETS.sub("", one), other), (other, _BRACKETS.sub("", one))):
        for match in _NON.finditer(a):
            name = next((match[1][:n] for n in range(len(match[1]), 1, -1) if match[1][:n] in b), "")
            if name and f"非{name}" not in b and a.count(name) == a.count(f"非{name}"):
                return True
    return False


_OUTSIDE = re.compile(r"([\u4e00-\u9fff、（）]{2,20})以外的")
_WITHIN = "(?:范围)?(?:之)?[内里](?:部)?(?!外)"


def within(rule: str, finding: str) -> bool:
    """Whether a finding is inside of what a rule is only about the outside of (厂区（包括园区）以外的公共区域).

    >>> rule = "管道穿越厂区（包括化工园区）以外的公共区域"
    >>> within(rule, "管道在化工园区内穿越道路"), within(rule, "化工园区内的管道穿越园区以外的道路")
    (True, False)
    """
    for match in _OUTSIDE.finditer(rule):
        names = [n for n in re.split("[、（）]|包括|穿越|穿（跨）越|或者?", match[1]) if len(n) > 1]
        held = [n for n in names if re.search(n + _WITHIN, finding)]
        away = [m[2] for m in _AWAY.finditer(finding) if not m[1]]
        if held and not any(a.endswith(n[-2:]) for a in away for n in held):
            return True
    return False


_AWAY = re.compile(
    r"(未|没有|不)?(?:[^，。；未没不]{0,4}?)((?:(?![未没不])[\u4e00-\u9fff]){2,6})(?:以外|之外)"
)
_IN_WORDS = re.compile(r"([^。；（]*?)(?:的?除外|的?不在此列)")
_HEAD = re.compile("(?:[两\\d]+个?|特殊情况|确需|经过?)*([\u4e00-\u9fff]{2})")  # 全岩 of 2个全岩掘进工作面
_NOT_MEANT = re.compile(
    r"(?:^|[，。；])([^，。；]+?)不属于(?:须|应当?|需要?)[^，。；]{2,12}(?:人员|单位|企业|设备|场所)(?=[，。；]|$)"
)
_LIST = re.compile("、|和|以及|或者|期间的?|时的")
_WHOLE = 0.65  # share of an exception's words by which a finding says it


_BRACKETED = re.compile(r"（(?:两|\d+)?([^（），；、未没无不]{4,20}?)(?:之间|的)?除外）")


def excepted_in_words(rule: str, finding: str) -> bool:
    """Whether a finding says in full what a rule excepts (确需穿过且已采取有效防护措施的除外).

    >>> rule = "管道设在管沟内；确需穿过且已采取有效防护措施的除外"
    >>> excepted_in_words(rule, "管道确需穿过管沟，已采取有效防护措施"), excepted_in_words(rule, "管道设在管沟内，确需穿过")
    (True, False)
    >>> excepted_in_words("两座料仓相距小于5 m（2座钢制料仓之间除外）", "两座钢制料仓相距3 m")
    True
    """
    told = pairs(finding)
    if in_brackets(rule, finding):
        return True
    for match in _IN_WORDS.finditer(rule):
        words = pairs(match[1])
        near = [
            p
            for p in re.split("[，。；]", finding)
            if len(pairs(p) & words) > min(len(pairs(p)), len(words)) / 2
        ]
        denied = bool(_LACK.search(match[1])) is not any(_LACK.search(p) for p in near)
        kind = _HEAD.match(match[1])
        other = (
            rule[match.start() - 1 : match.start()] == "（" and kind is not None and kind[1] not in finding
        )
        if len(words) > 6 and len(words & told) >= _WHOLE * len(words) and not denied and not other:
            return True
    return False


def in_brackets(rule: str, finding: str) -> bool:
    """Whether a finding is of what a rule excepts by name in brackets.

    >>> in_brackets("两座料仓相距小于5 m（2座钢制料仓之间除外）", "两座钢制料仓相距3 m")
    True
    """
    return any(m[1] in finding for m in _BRACKETED.finditer(rule))


def not_meant(rule: str, finding: str) -> bool:
    """Whether a finding is of those of whom a rule says that it does not mean them.

    >>> rule = "人员没有撤出；现场巡查人员和抢险人员不属于须撤出的人员"
    >>> not_meant(rule, "现场巡查的人员没有撤出"), not_meant(rule, "作业人员没有撤出")
    (True, False)
    """
    told = _compact(finding)
    names = (_compact(n) for m in _NOT_MEANT.finditer(rule) for n in _LIST.split(m[1]))
    return any(len(n) > 4 and n in told for n in names)


_IN_USE = re.compile("(?<!以仍)(?<!以)(?:仍|还)?继续使用")
OUT_OF_USE = re.compile(
    "停用|停炉|(?:已经?|立即)停梯|停梯(?=封|待|等|检修|维修)|封门|停运|不再使用|未再使用|封存|报停|停止使用"
)


def out_of_use(rule: str, finding: str) -> bool:
    """Whether a finding is of what is used no more, a rule of what is used on.

    >>> out_of_use("安全阀失效，仍继续使用", "安全阀失效，已经停用"), out_of_use("错装介质（不以仍继续使用为条件）", "错装介质，已经停用")
    (True, False)
    """
    used = OUT_OF_USE.search(finding)
    return bool(
        used and _IN_USE.search(rule) and not _LACK.search(finding[max(0, used.start() - 2) : used.start()])
    )
