"""A finding against the very words of a clause, for what the engine asks more about: does it say one of its limbs?"""

from __future__ import annotations

import re

from engine.quiz.amounts import comparison, tokens
from engine.quiz.claims import EITHER, core, either_way
from engine.quiz.enumerations import Listing, listings
from engine.quiz.lifted import names_as, of_other_grade, of_other_kind
from engine.quiz.statements import Segment, Statements, pairs

SAID = 0.7  # share of a limb's words that a finding must have to say it
_ITEM = 0.6  # share of an item's words by which it is said
_MORE = 2  # characters a name may have more than the shortest of its list
_LIKE = 0.25  # likeness of the sentence to the part of a finding that is a defect
_SHORT = 240  # characters of a clause of one matter
_HALF = 0.3  # share of the words of what is in order that the other condition must have
_OWN = 0.5  # share of a finding's words that the clause must have
_NOT = re.compile(r"(?:没有|尚未|并未|未能|从未|未曾|未|没)(?:进行|做到?|设置|安装|装设|配备|配置|采取)?")
_DENIAL = re.compile(r"未|不|无")
_DEFECT = re.compile("[未没不无缺漏超违坏旧仍]|失|擅自|大于|小于|高于|低于|少于|多于|积|堵|用")
_TURNS = re.compile(r"但|已经?|除|不过|仅|只")
_LEADS_IN = re.compile(
    r"(?:之一|情形|任一种?|几种)的?[:：]?$"
)  # 甲、乙有下列之一: what follows are the limbs
_LIMBS = re.compile(r"[；。]|或者|(?<=有下列之一[:：])|\d\.\s|（\d）")
_THOUGH = re.compile("，却(?:不按|没有|未)[^，。；：（]+")
_BOTH = re.compile(r"并且|且没有|，又|，(?:并|因而)?(?:造成|导致|致使)")


_BELOW = re.compile("(?:低于|少于|不足|不到)(?=[^，。；]{0,20}\\d)")  # of a number; 不到 denies nothing


def _plain(text: str) -> str:
    return _NOT.sub("未", _BELOW.sub("小于", text))


def said_limb(statements: Statements, finding: str, clause: str) -> Segment | None:
    """The part of a clause, one of whose limbs the finding says word for word; None where it says less or otherwise."""
    told = _plain(core(finding))
    words = pairs(told)
    total = statements.weigh(words) or 1.0
    for segment in statements.segments:
        if segment.source != clause or segment.kind != "条款" or not segment.entire:
            continue
        whole = _plain(segment.text)
        if statements.weigh(words & pairs(_plain(segment.whole))) / total < _OWN:
            continue
        for limb in filter(None, _LIMBS.split(whole)):
            has = pairs(limb)
            share = statements.weigh(words & has) / (statements.weigh(has) or 1.0)
            same = len(_DENIAL.findall(limb)) == len(_DENIAL.findall(told))
            if (
                len(has) > 3
                and share >= SAID
                and same
                and (_TURNS.search(limb) or not _TURNS.search(told))
                and _numbers(limb, told)
                and _one_of_each(whole, limb, words)
                and not of_other_kind(limb, told)
                and not of_other_grade(limb, told)
                and not names_as(whole, told)
                and not _LEADS_IN.search(limb)
            ):
                return segment
    return None


def _one_of_each(whole: str, limb: str, words: frozenset[str]) -> bool:
    """Whether a finding says an item of every list of a limb; of all the sentence's, where the limb is no defect by itself."""
    runs = [r for r in listings(limb if _DEFECT.search(limb) else whole) if not r.excepted]
    return all(
        any((has := pairs(i)) and len(has & words) >= _ITEM * len(has) for i in _names(r)) for r in runs
    )


def _names(run: Listing) -> tuple[str, ...]:
    """The items of a list, the first without what leads up to it and the last without what is said of all (硫化氢气体管道穿越厂区)."""
    most = min(map(len, run.items)) + _MORE
    first, *between, last = run.items
    first = first[-most:] if len(first) > 2 * most else first
    return (first, *between, last[:most] if len(last) > 2 * most else last)


def _numbers(limb: str, told: str) -> bool:
    """Whether every number of a limb is said as it stands there; one found on site is for the engine to compare."""
    return all(any(t.same(o) and comparison(told, o) == comparison(limb, t) for o in tokens(told))
               for t in tokens(limb))  # fmt: skip


def needs_both(statements: Statements, finding: str) -> Segment | None:
    """The sentence by which 「不论是否X」 is wrong: it lists the defect only together with X not done."""
    finding = either_way(finding)
    match = EITHER.search(finding)
    if match is None:
        return None
    rest = finding[: match.start()] + finding[match.end() :]
    condition = pairs(match[1].replace("了", ""))
    for score, segment in statements.like(core(rest), frozenset())[:5]:
        _, mark, after = segment.text.partition(m[0]) if (m := _BOTH.search(segment.text)) else ("", "", "")
        if mark and score >= 0.25 and condition and len(condition & pairs(after)) >= 0.6 * len(condition):
            return segment
        found = _THOUGH.search(segment.whole)  # 检查时发现下列情形，却不按规定采取措施：
        whole, lack = pairs(segment.whole), pairs(found[0]) if found else frozenset()
        if score >= 0.25 and len(condition & lack) >= 2 and len(condition & whole) >= 0.6 * len(condition):
            return segment
    return None


_AND = re.compile(
    r"并且|且没有|，又没有|，也没有|(?<=[、和])[^，。；]{2,16}[都均](?:不|没有?|未)|两者同时|两个条件都要|同时具备|同时小于|同时大于|同时低于|同时不"
)
_BUT = re.compile(
    r"[，,；]?(?:但|然而|不过|而(?!且))(?:是)?|[。；](?=[^，。；未没不无]{0,12}(?:已经?|[均都])[^，。；未没不无]*$)|[，、](?:仅仅?|只是|只有)(?=[^，。；]*(?:[未没不无缺]|[大小高低少多]于|失))"
)
_ONLY_ONE = re.compile("[仅只](?=[^，。；、]*(?:[未没不无缺]|[大小高低少多]于|失))")  # 仅甲小于设计值、乙满足
_KEPT = re.compile("[，、](?=[^，。；、未没不无]*(?:满足|符合|达到|完好|合格|正常)[^，。；、未没不无]*$)")
_GOOD = re.compile(
    r"满足|符合|达到|完好|(?<!不)合格|可用|正常|具备|做了|[均都][设装配]|[设装配]好|[设装置]了|做过|设有|都有|均有|已|可靠|(?<!没)有(?!下列)"
)


def half_only(statements: Statements, finding: str, only: frozenset[str] = frozenset()) -> Segment | None:
    """The sentence that lists a defect only together with another, of which a finding says that it is in order.

    `only`: the clauses the question cites.
    """
    before, *after = _BUT.split(finding, maxsplit=1)
    if not after and _ONLY_ONE.search(finding):
        before, *after = _KEPT.split(finding, maxsplit=1)
    rest = after[0] if after else ""
    merely = "仅" in finding[len(before) :][:3] or "只" in finding[len(before) :][:3]
    if (_DENIAL.search(rest) and not _DENIAL.search(before)) or (
        _GOOD.search(before) and not _GOOD.search(rest)
    ):
        before, rest = rest, before  # 已经辨识，但没有标志
    if len(before) < 4 or len(rest) < 4 or _DENIAL.search(rest) or not _GOOD.search(rest):
        return None
    near = [(n, s) for n, s in statements.like(core(before), frozenset())[: None if only else 5]
            if s.kind == "条款" and (s.source in only if only else n >= _LIKE)]  # fmt: skip
    for _, segment in near:
        both = _AND.search(segment.whole)
        if both is None or not segment.entire or len(segment.whole) > _SHORT:
            continue
        other = pairs(segment.whole) - pairs(before)
        if len(pairs(rest) & other) >= max(2, _HALF * len(pairs(rest)) * merely):
            return segment
    return None


_TOGETHER = re.compile(
    r"(?:两(?:个条件|项|者)|同时)[^。；]{0,8}(?:满足|具备|存在|成立|出现)?[^。；]{0,4}才|(?:只有|必须|须|要)[^。；]{0,24}既[^。；]*(?:又|且|也)[^。；]*才"
    r"|[，、]?(?:并且|而且|且)[^。；]{4,}才"
)

_FRAME = re.compile(
    "(?:只有|必须|应当?|须|要)?(?:这?[两二](?:项|者|个|种)(?:指标|条件|情形)?)?(?:同时|都|均)|必须|须|既|^[^，]*(?:规定|后半句|第[^，]{1,12}[条项目])，|[”“]"
)
_JOIN = re.compile(
    "[，、]?并(?=造成|导致|致使)|并且|而且|[，、]?且|[，、]?(?:又|也)(?=[未没无不])|[，、]?并(?=[未没无不])"
)
_LESS = re.compile("低于|少于|不足|不到")
_WITHOUT = re.compile("无(?=具有|[带火])|没有|未|无(?!关|效|证|轨)")


def said_together(statements: Statements, finding: str, segment: Segment) -> bool:
    """Whether a limb of a sentence asks for two things together, just those that a statement tells together.

    What the statement tells beside must be of the sentence: a third condition is none of it.
    """
    if not (_AND.search(finding) or _JOIN.search(finding) or _FRAME.search(finding)):
        return False
    words = pairs(_as_told(finding))
    total = statements.weigh(words) or 1.0
    whole = pairs(_as_told(segment.whole))
    parts = re.split("[，、]|[和及]", _as_told(finding))
    if not words or statements.weigh(words & whole) / total < _NOTHING_ELSE:
        return False
    if any(p and len(p & whole) < _OWN * len(p) for p in map(pairs, parts)):
        return False
    if not all(_BEGINS.sub("", p)[:2] in segment.whole for p in parts[1:]):
        return False
    for limb in filter(None, re.split(r"；|。|或者|\d\.\s|（\d）", segment.text)):
        if not _AND.search(limb):
            continue
        sides = [pairs(p) for p in re.split("，", _as_told(limb))]
        has = frozenset().union(*sides)
        if (
            len(has) > 3
            and statements.weigh(words & has) / (statements.weigh(has) or 1.0) >= SAID
            and all(len(words & s) >= _OWN * len(s) for s in sides)
            and _numbers(limb, finding)
        ):
            return True
    return False


def _as_told(text: str) -> str:
    """A text without what joins its parts, its words for less and for lacking made one."""
    return _WITHOUT.sub("未", _LESS.sub("小于", _JOIN.sub("，", _FRAME.sub("", _plain(text)))))


_BEGINS = re.compile("^(?:未|具有|带有?|做|有|设置?|按)+")
_NOTHING_ELSE = 0.75  # share of a statement's words that the sentence must have
_TELLS = 4  # pairs of characters by which a part of a statement tells a limb; half of a short one
_ALL_AT_ONCE = re.compile(
    r"[，,](?:上述)?(?:两|二)(?:个条件|项|者)[^，。；]{0,4}同时[^，。；]{0,6}(?=[，,]?才)"
)


def either_enough(statements: Statements, text: str) -> Segment | None:
    """The sentence by which 「两项同时具备才…」 is wrong: it lists each of the two on its own."""
    if not _TOGETHER.search(text):
        return None
    text = _ALL_AT_ONCE.sub("", text)  # the frame is like every clause that asks for both
    parts = re.split("，?(?:并且|而且|且|同时|又)|，", text)
    for score, segment in statements.like(core(text), frozenset())[:3]:
        limbs = [pairs(x) for x in re.split("[；;]|，?或者", segment.whole)]
        if segment.kind != "条款" or score < _LIKE or _AND.search(segment.whole) or len(limbs) < 2:
            continue
        own = [limb - frozenset().union(*limbs[:i], *limbs[i + 1 :]) for i, limb in enumerate(limbs)]
        told = {
            i
            for p in parts[:3]
            for i, limb in enumerate(limbs)
            if len(pairs(p) & limb) >= min(_TELLS, max(2, len(limb) / 2)) and len(pairs(p) & own[i]) >= _MORE
        }
        if len(told) > 1:
            return segment
    return None


_PREREQUISITE = re.compile(
    r"(?P<no2>不)再?要求(?:满足|具备|有)?[“「](?P<what2>[^，。；”」]{2,30})[”」](?:这一|的|为)?(?:判定|构成|认定)?(?:前提|必要条件|条件|要件|情节|情形)|"
    r"(?P<no>不再?(?:要求|需要?|必)?|无须|无需)?(?:须|应当?|要)?以[“「]?(?P<what>[^，。；”」]{2,30})[”」]?(?:为|作为)(?:其)?(?:判定|构成|认定)?的?(?:前提|必要条件|条件|要件)"
)


def needless(statements: Statements, text: str) -> tuple[Segment, bool] | None:
    """The sentence that lists a case whether or not what a statement takes for its condition is there; does the statement deny it?"""
    match = _PREREQUISITE.search(text)
    if match is None:
        return None
    rest = core(text[: match.start()].strip("，,的"))
    for score, segment in statements.like(rest, frozenset())[:2]:
        own = _PREREQUISITE.search(segment.text)
        if segment.kind == "条款" and score >= _LIKE and own is not None and own["no"]:
            asked, said = pairs(match["what"] or match["what2"]), pairs(own["what"])
            if asked and len(asked & said) >= _ITEM * len(asked):
                return segment, not (match["no"] or match["no2"])
    return None


_COMPARED = frozenset(
    ["超过", "大于", "小于", "达到", "低于", "高于", "少于", "多于"]
)  # numbers are for the engine
_DENIED_WORD = re.compile(r"(?:不|没有?|未|非)(?:是|属于|采用|做|用)?((?:(?!的)[\u4e00-\u9fff]){2,})")
_SAID_WHOLE = 0.9  # share of an alternative by which a finding says all of it
_NAMED_SO = 0.6  # share of a denied name that a limb must have from its start


def denies_condition(finding: str, rule: str) -> bool:
    """Whether a finding denies what the limb it says takes for granted (没有联合布置: 采用联合布置的…没有设专用回风巷).

    >>> denies_condition("速冻机没有单独作业间，没有超过9人", "速冻机没有单独作业间；或者人员超过9人")
    False
    """
    parts = re.split("[，。；]", finding)
    for match in _DENIED_WORD.finditer(finding):
        name, word = match[1], match[1][:2]
        if word in _COMPARED:
            continue
        rest = "，".join(p for p in parts if word not in p) or finding
        limb = _limb_of(rest, rule)
        said = next(n for n in range(len(name), -1, -1) if name[:n] in limb)
        if said < max(2, _NAMED_SO * len(name)) and name[-2:] not in limb:
            continue  # 没有特种作业操作证 denies no 特种作业人员
        if _by_another(word, rest, rule):
            continue
        if word not in limb or re.search(f"(?:不|没有?|未|非|缺|无)[^，。；]{{0,12}}{word}", limb):
            continue
        if not _beside_another(word, limb, finding):
            return True
    return False


def _by_another(word: str, rest: str, rule: str) -> bool:
    """Whether what is denied is one alternative of a rule, and the rest of a finding says another (没有超载: 超载，或者安全锁失效)."""
    limbs, said = [x.strip("，") for x in _LIMBS.split(rule) if x.strip("，")], pairs(rest)
    own = [x for x in limbs if word in x]
    others = [has for x in limbs if word not in x and (has := pairs(x))]
    return (
        len(own) == 1
        and not re.search("[，：:]", limbs[0])
        and any(len(has) >= _MORE + 1 and len(has & said) >= _SAID_WHOLE * len(has) for has in others)
    )


def _beside_another(word: str, limb: str, finding: str) -> bool:
    """Whether a word is one item of a list of which a finding says another (未使用明火, 用蒸气: 使用蒸气、明火)."""
    runs = [r.items for r in listings(limb) if any(word in i for i in r.items)]
    return any(i[-2:] in finding and word not in i for items in runs for i in items)


def _limb_of(told: str, rule: str) -> str:
    """The alternative of a rule that says most of what is told, with the subject the first one has."""
    words, limbs = pairs(told), [x for x in _LIMBS.split(rule) if x]
    if not limbs:
        return rule
    best = max(limbs, key=lambda x: len(words & pairs(x)))
    subject, comma, _ = limbs[0].rstrip("，").partition("，")
    return best if best is limbs[0] or not comma else f"{subject}，{best}"


_LACKING = re.compile("[未不无没]")


def lone(finding: str) -> str:
    """The half of 「甲已有，但没有乙」 that is a defect, with its subject; empty where a finding is not so made.

    >>> lone("喷漆室，设有报警装置但没有通风设施"), lone("使用登记未办理，但已经验收合格")
    ('喷漆室，没有通风设施', '使用登记未办理')
    """
    halves = _BUT.split(finding, maxsplit=1)
    if len(halves) < 2 or len(halves[1]) < 4:
        return ""
    before, rest = halves
    good, bad = (before, rest) if _LACKING.search(rest) else (rest, before)
    there = _GOOD.search(good)
    if there is None or _LACKING.search(good) or not _LACKING.search(bad):
        return ""
    subject = good[: there.start()].strip("，") if bad is rest else ""
    return f"{subject}，{bad}" if len(subject) > 1 else bad
