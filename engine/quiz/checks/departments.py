"""Departments: which one supervises a sector, against the register of departments."""

from __future__ import annotations

import re

from engine.quiz.alarms import UNIT, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.rulebook import Rulebook
from engine.quiz.claims import Claim
from engine.quiz.prove import SHORT_UNITS
from engine.quiz.statements import pairs
from kb.national import Department

_LEAD = re.compile("主管部门")
_ACTS = re.compile(r"许可|审批|颁发|核发|发证|批准|发布|印发|公布|制定")
_SAVE = re.compile("（(?P<act>[^（）为归]{3,16})[为归](?P<unit>[^（）]+)）")  # （水电站大坝为能源监管机构）
_OF = re.compile("的[一-鿿]{0,4}")
_HEAD = re.compile(
    "等?(?:的|实施|进行|开展)(?:日常|直接|行业|安全|生产|质量|运行|使用)*(?:监督管理|监管|监察)"
)
_MATTER = re.compile("(?:(?:的)?(?:施工|作业|建设|生产|运营|经营|消防)?(?:安全|质量)(?:生产)?(?:工作)?)?")
_ITS_ACT = 0.6  # share of an act's pairs that a question of it has
_TITLED = re.compile("《[^《》]*》")
_PLAIN_WHO = re.compile(
    r"[^，。；]*由[^，。；、和与]*?(?:实施|负责)?[^，。；、和与]*(?:监管|监督管理|负责)。?"
    r"|[^，。；、和与]{2,16}部门(?:负责)?对[^，。；、和与]*?(?:安全)?(?:工作)?(?:实施|进行)(?:安全)?监督管理。?"
)
_WHO = re.compile(
    r"由.{0,8}部门|监管|监督管理|主管部门|哪个部门|谁负责|由.{0,8}负责|负责.{0,18}的(?:部门)?是|负责.{2,18}的(?:部门|机构)|管理(?:部门|机构)"
)
_TAIL_OF = re.compile("(?:内河|水上|海上|航道|航空|轨道|管道)$")  # 内河交通 is not 交通
_UNIT_WORDS = (
    "应急管理", "住房城乡建设", "住建", "交通运输", "市场监督管理", "市场监管", "消防救援", "公安", "民政", "教育", "卫生健康", "卫健",
    "文化和旅游", "文旅", "农业农村", "水利", "能源", "自然资源", "工业和信息化", "工信", "生态环境", "商务", "气象", "邮政管理", "海事",
    "燃气管理", "城市管理", "城管", "体育", "林草", "铁路", "民航", "民用航空", "港口", "矿山安全监察", "粮食和储备", "通信管理", "人防", "文物",
    "发展改革", "人力资源",
)  # fmt: skip
_AS_UNIT = re.compile(
    f"(?:{'|'.join(_UNIT_WORDS)})(?:（[^（）]*）)?(?:和|行政|主管|监督|监管|管理|执法|监察|运输)*(?:部门|局|机构|机关|厅|委|署|部)"
)
_DOES = re.compile(f"{_AS_UNIT.pattern}(?:负责|实施|组织|开展)")


def check(asked: Asked, found: Found) -> None:
    """Every claim of a question that is not about a level."""
    documents = bool(asked.item.options) and all("《" in o for o in asked.item.options)
    for claim in () if asked.levels or documents else asked.claims:
        _claim(asked, claim, found)


def _claim(asked: Asked, claim: Claim, found: Found) -> None:
    """One claim that names who supervises a sector, or has the key name it."""
    named = units(claim.text[slice(*claim.asked)]) if claim.asked else _named(claim.text)
    stem = _TITLED.sub("", asked.item.stem)
    act = _ACTS.search(stem)
    if not (named or asked.item.wrong) or not (_WHO.search(stem) or act or _DOES.match(stem)):
        return
    parts = [p for p in re.split("[；。]", stem.rstrip("；。 ")) if p.strip()]
    part = next((p for p in reversed(parts) if _WHO.search(p) or _ACTS.search(p)), parts[-1])
    department = _department(asked.book, _withoutunits(part))
    if department is None or department.contested:
        return
    if _LEAD.search(stem) and not act and "industry_lead" in department.checked:
        _leads(asked, claim, department, named, found)
    if "supervision" not in department.checked:
        return
    if act:
        _permitted(claim, department, act[0], named, found)
        return  # who permits a thing need not be who supervises it
    listed = _listed(department, part)
    mine = _for_act(listed, part)
    if not mine and not _WHO.search(stem):
        return  # 某部门负责某事: only of an act that the register names
    right = units("、".join(mine or [u for u in listed if "（" not in u] or listed))
    every = right if mine else units("；".join((department.industry_lead, *listed)))
    if not right:
        return
    says = f"{department.sector}的监管部门是{'、'.join(mine or department.supervision)}"
    if named & right:
        if claim.holds and (claim.asked or _offices(claim.text) & right):
            found.agreed.append(says)
        elif not claim.holds and named <= right and _PLAIN_WHO.fullmatch(claim.text):
            reason = f"该说法与规定一致，不应判为错误：{says}"
            found.alarms.append(Alarm(UNIT, reason, "；".join(department.basis)))
        return
    if claim.asked and units("、".join(_DOING.findall(stem))) & right:
        return  # who is right stands in the stem itself, for something else: another is asked of
    if not claim.holds or named & every or re.search("综合监(?:管|督)", asked.item.stem):
        return
    if named or any(units(o) & right for o in asked.item.wrong):
        said = "；".join(asked.item.right) if asked.item.options else f"{'、'.join(sorted(named))}部门"
        found.alarms.append(Alarm(UNIT, f"{says}，不是{said}", "；".join(department.basis)))


def _leads(asked: Asked, claim: Claim, department: Department, named: set[str], found: Found) -> None:
    """Which department the trade is led by, where that is what is asked (行业主管部门) and was checked by itself."""
    right = units(department.industry_lead)
    says = f"{department.sector}的行业主管部门是{department.industry_lead}"
    if not right or not claim.asked or not claim.holds:
        return
    if named and named <= right:
        found.agreed.append(says)
    elif not named & (right | units("、".join(department.supervision))) and any(
        units(o) & right for o in asked.item.wrong
    ):
        found.alarms.append(Alarm(UNIT, f"{says}，不是{asked.item.right[0]}", "；".join(department.basis)))


def _permitted(claim: Claim, department: Department, act: str, named: set[str], found: Found) -> None:
    """Who permits a thing, where the register says of one unit that it does: 公安机关（大型活动安全许可）."""
    listed = re.split("；", "；".join((department.industry_lead, *department.supervision)))
    right = units("、".join(u for u in listed if (q := re.search("（(.+)）", u)) and act in q[1]))
    if len(right) != 1 or not claim.holds or not (named or claim.asked):
        return
    says = f"{department.sector}的{act}由{'、'.join(right)}负责"
    if named == right:
        found.agreed.append(says)
    elif not named & right:
        said = claim.text[slice(*claim.asked)] if claim.asked else "、".join(sorted(named))
        found.alarms.append(Alarm(UNIT, f"{says}，不是{said}", "；".join(department.basis)))


def _department(book: Rulebook, text: str) -> Department | None:
    """The sector a text is about, by its own words; of two in one compound the last (危险化学品道路运输), else the first."""
    held = [(m, d) for m in book.domains.find(text)
            if (d := book.departments.get(book.domains.department(m.domain))) is not None]  # fmt: skip
    if (head := _HEAD.search(text)) and (
        own := [d for m, d in held if _MATTER.fullmatch(text[m.end : head.start()])]
    ):
        return own[-1]  # 钢铁企业在用起重机械的安全监督管理, 对该工地施工安全实施监管
    led = {m.start: t[0] for m, _ in held if (t := _TAIL_OF.search(text[: m.start]))}
    held = [(m, d) for m, d in held if m.start not in led or led[m.start] in d.sector]
    if held:
        (first, department), *more = held
        end = first.end
        for mention, other in more:
            if mention.start != end and not _OF.fullmatch(text[end : mention.start]):
                break  # of 厂房的消防验收 the last is meant too
            end, department = mention.end, other
        return department
    every = book.registers.departments
    own = [d for d in every if any(word in d.sector for word in led.values())]  # 内河交通: that of 内河航运
    return (
        own[0]
        if len(own) == 1
        else next((d for d in every if d.sector and d.sector.split("（")[0] in text), None)
    )


def _listed(department: Department, asked: str) -> list[str]:
    """The units of a matter, without what each does not have (水利部门（水电站大坝为能源监管机构）) where that is not asked of."""
    every = re.split("；", "；".join(department.supervision))
    return [_SAVE.sub(lambda m: m[0] if pairs(m["act"]) & pairs(asked) else "", u) for u in every]


def _for_act(supervision: list[str], asked: str) -> list[str]:
    """Of several units, those whose own act is asked of: 公安机关（购买、运输、爆破作业）; empty where no such act is."""
    for unit in supervision:
        own = _SAVE.search(unit)
        if own and len(pairs(own["act"]) & pairs(asked)) >= _ITS_ACT * len(pairs(own["act"])):
            return [own["unit"]]
    acts = {
        u: [w for w in re.split("[、，]", q[1]) if w in asked]
        for u in supervision
        if (q := re.search("（(.+)）", u))
    }
    return [u for u, words in acts.items() if words]


def units(text: str) -> set[str]:
    """The kinds of department a text names."""
    plain = re.sub("(?<=发展|住房)和(?=改革|城乡)", "", text.replace("人民政府", "政府"))  # no 民政 in it
    return {SHORT_UNITS.get(w, w) for w in _UNIT_WORDS if w in plain}


_OFFICES = re.compile("|".join(f"{w}(?:行政|主管|监督)?(?:管理)?(?:部门|局|机构|机关)" for w in _UNIT_WORDS))


def _offices(text: str) -> set[str]:
    """The units a text names as offices (铁路安全由水利部门监管: 水利), all words for them where it names none so."""
    return units("、".join(_OFFICES.findall(text))) or units(text)


_DOING = re.compile(f"(?:{_OFFICES.pattern})(?=对|负责|承担)")


def _named(text: str) -> set[str]:
    """The kinds of department a statement names as such, not as what the matter is about (铁路运输由铁路监管部门负责)."""
    return units("、".join(_AS_UNIT.findall(text))) or units(text)


def _withoutunits(text: str) -> str:
    return _OFFICES.sub("", text)
