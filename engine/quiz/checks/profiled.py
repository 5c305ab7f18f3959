"""What an item says of a document itself, against what the document is: issuer, kind, number, days, what it replaces, scope.

A statement is right where every part of it is borne out, and wrong where one part is contradicted; of options that is told
of each with the stem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from engine.quiz import sizes
from engine.quiz.alarms import FIGURE, OUTDATED, TERM, UNIT, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, filled
from engine.quiz.documents import squash
from engine.quiz.polarity import wants_false
from engine.quiz.profile import Profile, organs, parts

Told = tuple[bool, str, str]  # whether a part is right, the rule, the kind of alarm
Tell = Callable[[Asked, str, Profile], Told | None]

_ISSUE = "(?:联合|制定|统一|正式|修订)*(?:发布|印发|公布|颁布|制定|出台|颁发)"
_ISSUED = (
    re.compile(rf"^D(?:的)?(?:是|系|于[\d年月日]+)?(?P<no>不是|并非)?(?:经)?由(?P<who>[^由]{{2,24}}?)(?:以[^由]{{0,12}}形式)?{_ISSUE}(?:的|的?文件)?$"),
    re.compile(rf"^D(?:的)?{_ISSUE}(?:机关|单位|部门|主体|机构)(?P<no>不)?(?:是|为)(?P<who>.{{2,24}})$"),
    re.compile(rf"^D(?P<no>不)?是(?P<who>[^由]{{2,24}}?)(?:以[^由]{{0,12}}形式)?{_ISSUE}的(?:文件|(?:强制性|推荐性)?(?:国家|行业)?标准|部门规章|规章|规范性文件)?$"),
    re.compile(rf"^D(?P<no>不)?(?:是)?以(?P<who>[^由]{{2,20}}?)令(?:的)?形式{_ISSUE}(?:的)?$"),
)  # fmt: skip
_NATURE = re.compile(
    r"^D(?:的)?(?:(?:标准|文件|文种|法律)?(?:性质|属性|效力(?:层级|等级|级别|位阶)?|层级|类别|类型|种类))?(?P<no>不|并不|并非)?(?:属于?|是|为|系)+"
    r"(?:一[部项个种类份])?(?:现行)?(?P<what>[^，]{0,24}?(?:标准|规章|法规|法律|规范性文件))$"
)
_KINDS = (
    "国家标准", "行业标准", "地方标准", "团体标准", "企业标准",
    "部门规章", "政府规章", "行政法规", "地方性法规", "法律", "规范性文件",
)  # fmt: skip
_NUMBER = re.compile(
    r"^D(?:的)?(?:现行)?(?:发文|标准)?(?:文号|编号|字号|令号|标准号)(?P<no>不)?(?:是|为)(?P<number>.{4,24})$"
)
_DAY = r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
_BEGINS = re.compile(
    rf"^D(?:的)?(?:正式)?(?:(?:施行|实施|生效)(?:日期?|时间)(?:是|为)|(?:已)?[自从于]|){_DAY}(?P<verb>起?(?:正式|开始)?(?:施行|实施|生效|执行))?$"
)
_REPLACES = re.compile(
    r"^D(?:同时|一并|并)*(?:代替|取代|替代|废止)了?(?:的(?:旧)?(?:文件|标准)?是?)?(?P<old>[^D]{4,60})$"
)
_DOCUMENT = re.compile(r"《|\d号|(?:GB|GA|AQ)\d+-\d{4}")
_ADVERB = "(?:也|均|都|同样|应当?|可以?|直接|一律|仍|继续|须|全部)"
_APPLIES = re.compile(
    rf"^D{_ADVERB}*(?P<no>不再?)?{_ADVERB}*(?P<only>仅|只)?(?:适用(?:于|的?(?:范围|对象|行业|企业)(?:包括|是|有|为)*)|约束|覆盖|及于|用于)(?P<what>[^D]{{2,60}})$"
)
_GOES_BY = re.compile(
    rf"^D?(?P<what>[^D]{{2,40}}?){_ADVERB}*(?P<no>不再?)?{_ADVERB}*(?P<only>只)?(?:适用|按照?|依据|依照|执行|改用|纳入)D(?:的?(?:适用)?范围|的?(?:任何|全部|所有)?(?:条款|规定|情形)|(?:进行)?(?:判定|认定|执行|管理)(?:重大(?:事故|安全)?隐患)?)?$"
)
_ASKED = re.compile(
    r"^D?(?:下列|以下)?[^D]{0,20}?(?P<no>不再?)?(?:适用|执行)D(?:的[^D]{0,6}?)?(?:包括|是|有)(?P<only>)(?P<what>[^D]{2,40})$"
)
_HANDED = re.compile(
    "另有[^。]{0,24}规定[^。]{0,8}(?:适用|从|依照?|按照?)(?:其|该|那些|有关|相关)?(?:有关)?规定"
)
_KEPT = re.compile(
    "(?:一律|仍|只能|全部|均|都)(?:应当?|须|直接)?(?:按照?|依据|适用|执行)D|"
    "不再?(?:适用|从|考虑|执行)(?:其他|另|那些|有关|其规定|专门)"
)
_SUCH = re.compile(
    r"^(?:下列|以下)[^，属由按是自以不]{0,16}?[，]?(?P<told>(?:不?属于|不?是由|由|自|是).{3,40}?)的?(?:文件|标准)?(?:是|有|为|包括)?[。？?：:]?$"
)
_LEADS = re.compile("^(?:在)?(?:下列|以下)[^，]{0,12}?中")
_OF_WHAT = re.compile(
    "(?:内|中)?的?(?:重大)?(?:事故|安全)?隐患$|(?:进行)?(?:判定|认定)$|等?(?:重大事故隐患)?的?判定$"
)


def check(asked: Asked, found: Found) -> None:
    """One document in force named, and something told of it."""
    item = asked.item
    if wants_false(item.stem) or found.alarms:  # one fault is told once
        return
    sizes.check(item, asked.on, asked.book.editions, found)
    profiles = asked.book.profiles(asked.on)
    held = profiles.named(item.stem)
    if not held and len(item.options) > 2:
        _which(asked, found)
    if len(held) != 1:
        return
    profile = held[0]
    if item.holds is not None:
        _statement(asked, profile, found)
        return
    told = {
        o: _verdict(_told(asked, filled(item.stem, o).text, profile)) for o in (*item.options, *item.right)
    }
    _options(asked, told, found)


def _which(asked: Asked, found: Found) -> None:
    """「下列属于部门规章的是」: options that are documents, each held against what the stem says of it."""
    profiles, said = asked.book.profiles(asked.on), _SUCH.match(squash(BLANK.sub("", asked.item.stem)))
    named = {o: profiles.named(o) for o in asked.item.options}
    if said is None or any(len(held) > 1 for held in named.values()) or sum(map(len, named.values())) < 2:
        return
    told: dict[str, Told | None] = {}
    for option, held in named.items():
        text = f"{option if '《' in option else f'《{held[0].title}》' if held else option}{said['told']}"
        told[option] = _verdict(_told(asked, text, held[0])) if held else None
    _options(asked, told, found)


def _statement(asked: Asked, profile: Profile, found: Found) -> None:
    stem = BLANK.sub("", asked.item.stem)
    told = _verdict(_told(asked, stem, profile)) or _handed(asked, stem, profile)
    if told is None:
        return
    right, rule, kind = told
    if right is asked.item.holds:
        found.agreed.append(rule)
        found.settled = True
    elif not found.alarms:
        why = f"该说法与规定一致，不应判为错误：{rule}" if right else f"与规定不符，{rule}"
        found.alarms.append(Alarm(kind, why, profile.name))
        found.settled = True


def _handed(asked: Asked, stem: str, profile: Profile) -> Told | None:
    """Whether a statement leaves a matter to the standard it is handed to (燃气另有规定的，适用其规定), or keeps it."""
    handoffs = profile.standard.handoffs if profile.standard else ()
    over = [h for h in handoffs if h.domain in stem or (h.domain == "消防" and "火灾" in stem)]
    text = asked.book.profiles(asked.on).stand_in(stem, profile)
    if not over or "涉及" not in stem:
        return None
    if _KEPT.search(text):
        return False, over[0].restatement, TERM
    return (True, over[0].restatement, TERM) if _HANDED.search(text) else None


def _options(asked: Asked, told: dict[str, Told | None], found: Found) -> None:
    """The key against the options that are right and those that are wrong."""
    right = {o for o, t in told.items() if t and t[0]}
    wrong = {o: t for o, t in told.items() if t and not t[0]}
    key = set(asked.item.right)
    others = set(asked.item.options) - key
    if key and key <= right and not others & right:
        found.agreed.append(next(t for o, t in told.items() if o in key and t)[1])
        found.settled = len(key) == 1
        return
    bad = [o for o in asked.item.right if o in wrong]
    single = len(key) == 1
    left = [o for o in asked.item.options if o in others & right]
    if bad and (not asked.item.options or (len(left) == 1 if single else right & key)):
        _, rule, kind = wrong[bad[0]]
        found.alarms.append(Alarm(kind, f"不是“{bad[0]}”，{rule}", rule))
        found.settled = True
    elif left and not bad and (right & key if not single else len(left) == 1 and "不适用" in asked.item.stem):
        _, rule, kind = told[left[0]] or (True, "", FIGURE)
        said = f"不是“{asked.item.right[0]}”，是" if single else "漏选"
        found.alarms.append(Alarm(kind, f"{said}“{left[0]}”，{rule}", rule))
        found.settled = True


def _told(asked: Asked, text: str, profile: Profile) -> Iterator[Told | None]:
    """What each part of a statement is: wrong where one thing told of it is."""
    for part in parts(asked.book.profiles(asked.on).stand_in(text, profile)):
        told = [t for tell in _TELLS if (t := tell(asked, part, profile))]
        yield next((t for t in told if not t[0]), told[0] if told else None)


def _verdict(told: Iterator[Told | None]) -> Told | None:
    """Wrong where a part is, right where all are; else nothing."""
    every = list(told)
    if contradicted := [t for t in every if t and not t[0]]:
        return contradicted[0]
    return every[0] if every and all(every) else None


def _issuer(_: Asked, part: str, profile: Profile) -> Told | None:
    match = next((m for p in _ISSUED if (m := p.search(part))), None)
    who, own = organs(match["who"]) if match else frozenset(), organs(profile.issuer)
    if match is None or not who or not own:
        return None
    same = bool(who & own)
    if not same and profile.kind == "国家标准":
        return None  # who proposed one is often called its issuer
    if same and "令的" in part and "令第" not in profile.number:
        return None
    return same is not bool(match["no"]), f"{profile.name}由{profile.issuer}发布", UNIT


def _nature(_: Asked, part: str, profile: Profile) -> Told | None:
    match = _NATURE.search(part)
    kind = next((k for k in _KINDS if match and k in match["what"]), "")
    if match is None or not profile.kind:
        return None
    force = re.search("强制性|推荐性", match["what"])
    if not kind and not force and match["what"] != "规章":
        return None
    same = (not kind or kind == profile.kind) and (match["what"] != "规章" or profile.kind == "部门规章")
    if same and force:
        if not profile.binding:
            return None
        same = force[0] == profile.binding
    return same is not bool(match["no"]), f"{profile.name}是{profile.binding}{profile.kind}", FIGURE


def _number(_: Asked, part: str, profile: Profile) -> Told | None:
    match = _NUMBER.search(part)
    if match is None or not profile.number:
        return None
    same = match["number"].strip("“”") in ("D", squash(profile.number))
    if not same and not re.search(r"号$|\d$", match["number"]):
        return None
    return same is not bool(match["no"]), f"{profile.name}的文号是{profile.number}", FIGURE


def _begins(_: Asked, part: str, profile: Profile) -> Told | None:
    match = _BEGINS.search(part)
    if match is None or profile.begins is None or not re.search("施行|实施|生效|执行", part):
        return None
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return day == profile.begins, f"{profile.name}自{profile.begins.isoformat()}起施行", FIGURE


def _replaces(_: Asked, part: str, profile: Profile) -> Told | None:
    match = _REPLACES.search(part)
    if match is None or len(profile.replaces) != 1 or not _DOCUMENT.search(match["old"]):
        return None
    old = squash(profile.replaces[0])
    said = re.split("[是为]", match["old"])[-1].strip("《》“”")
    same = (
        said in old
        or old in said
        or bool((n := re.search(r"(?:GB|GA|AQ)\d+-\d{4}|[^（）]*\d+号", said)) and n[0] in old)
    )
    return same, f"{profile.name}取代的是{profile.replaces[0]}", OUTDATED


def _scope(asked: Asked, part: str, profile: Profile) -> Told | None:
    match = _APPLIES.search(part) or _ASKED.search(part) or _GOES_BY.search(part)
    if match is None:
        return None
    things = re.split("[、和及]", _OF_WHAT.sub("", _LEADS.sub("", match["what"])))
    told = [profile.covers(t, asked.book.trades) for t in things if t]
    inside = False if False in told else True if told and all(told) else None
    if match["no"] and len(told) > 1 and len(set(told)) > 1:
        return None
    if inside is None or (inside and match["only"]):
        return None
    said = profile.standard.scope_text if profile.standard else profile.said
    return (
        inside is not bool(match["no"]),
        f"{profile.name}{'适用' if inside else '不适用'}于{'、'.join(things)}，适用范围：{said}",
        TERM,
    )


_TELLS: tuple[Tell, ...] = (_issuer, _nature, _number, _begins, _replaces, _scope)
