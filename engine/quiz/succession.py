"""Which document a text says to have ended, or to apply still, read as (document, ended): 甲随乙施行废止, 丙仍可作为依据.

What a text says stands when every such saying does, against the editions and the replaced documents of the knowledge base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.quiz.documents import Repealed, squash
from engine.quiz.editions import Editions, name_of
from kb.models import Standard

_NOT = r"(?P<no>(?:并未|并没有|没有|尚未|并不|未|不)(?:被|因[^，。；]*?而|随[^，。；]*?而)?)?"
_ENDS = re.compile(
    _NOT + r"(?:已经?|同时|随即|即时?|随之|一并|明示|宣布|予以|自动|均|也|被|就|而|即行)*"
    r"(?P<end>废止|失效|作废|停止(?:执行|使用|适用)|不再(?:作为|适用|使用|有效|执行|用于|沿用)|"
    r"(?:不得|不能|不应|不可)再?(?:作为|用于|适用|使用|引用|沿用)|(?:不得|不能)再用(?=$|，)|停用)(?!前|之前|以前|的(?!$))"
)
_TAKEN = re.compile(
    r"(?P<no>并未|没有|尚未|未)?(?:已经?)?(?:由|被)[^，。；]{2,60}?(?:取代|代替|替代)(?!前|之前|以前)"
)
_GOES_ON = re.compile(
    _NOT + r"(?:仍然?|依然|继续|尚|至今)(?:可以?|然|应当?|需要?|须|继续|一并)*(?:在)?"
    r"(?:有效|并用|并行|适用|使用|作为|执行|可用|用于|用作|施行)(?!于)|(?:仍然?|为|是|属于|目前)现行(?:有效|依据|标准|$)|现行有效|并列有效"
)
_WITH = re.compile(
    r"(?P<no>不得|不能|不应|不再)?(?:仍|还|应当?|须|可以?|要|继续)*[与同和](?P<other>[^，。；]{2,60}?)(?:一并|同时|并列|并行|共同|配套|一起|继续|可以)*(?:并用|适用|使用|执行|有效|作为依据)"
)
_CALLED = re.compile(r"[\u4e00-\u9fff]{2,24}?判定(?:标准|准则|清单|指南|规则)")
_TRIAL = re.compile("名称[^，]*(?:试行|带|有)|试行期|不(?:替代|代替|取代|废止)(?:主文|原文|其)?")
_ALSO = re.compile(
    r"(?P<no>)(?:还|另|也|同时|继续|仍)(?:应当?|要|须|需要?|可以?|得|必须)+(?:一并|同时|继续)?(?:依据|依照|按照?|执行|适用|引用)(?:《[^《》]*》)?[《“]?$"
)
_YEAR = re.compile(r"(?<![\d《])((?:19|20)\d{2})年?版")
_AGENT = re.compile(r"(?:由|被|随着?|因|根据|依照?|按照?|自|以|有了|在)[《“]?$")
_CAUSE = re.compile(
    r"[》”]?(?:的)?(?:正式|开始)?(?:施行|实施|印发|发布|出台|公布|生效)(?!的)(?:之?后|以来|以后|之日起?|起|时)?|(?:公告|通知|令)?(?:明示)?(?=废止|取代|代替)"
)
_TAKES = re.compile(r"(?:同时|并)?(?:废止|取代|代替|替代)了?(?:并废止了?)?[《“]?$")
_PART = re.compile(r"[。；]")
_BESIDE = re.compile(r"》?(?:印发|发布|公布)?(?:中|附件)?的?[《“]?")
_AFTER = 10  # characters after a number that tell which part of a document is meant
_QUOTED = re.compile(r"[“「][^”」]*[”」]")
_THING = re.compile("装置|设施|设备|系统|仪|器|证书?|资格|许可|预案|前提|条件|人员|企业|单位")
_TOLD = re.compile(
    "，(?:但|而|不过)?(?:目前|现在|现|至今|试行期[^，]*)$|，(?:但|而|不过)$|(?:废止|失效|作废|取代)[^，]*，[^，]*$|，[^，]*(?:施行|实施|印发|发布|公布)后?$"
)
_DAY = re.compile("(?:自|从)?\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:起|后|以后|之后)?")
_GOES_BY = re.compile("一并|并用|施行|实施|印发|发布|生效|执行|依据|按照?|适用")
_BOTH = re.compile(
    "(?:两者|二者|两个文件|两份文件|两件)?(?:应当?|须|可以?|都|均|仍|要|现)*(?:一并|同时|并行|结合|配合|配套)(?:使用|适用|执行|有效)"
    "|不(?:替代|取代|代替)(?:主文|正文|前者|后者|原标准)?"
)
_OF_CASE = re.compile("^[^再]*(?:不得|不能|不应|不可)(?!再)")  # may be said of a case that it is not for
_HISTORY = re.compile("当时|此前|曾经|以前的|前的检查|历史")


@dataclass(frozen=True)
class Named:
    """A document that a text names at [start, end), and whether it is over on the day."""

    start: int
    end: int
    name: str
    over: bool
    domain: str = ""


def told(text: str, editions: Editions, repealed: list[Repealed], on: date) -> list[tuple[Named, bool]]:
    """(document, said to be over) for every saying of the kind; empty where one of them can't be told of a document."""
    out: list[tuple[Named, bool]] = []
    domains = _domains(text, editions)
    for part in _PART.split(_QUOTED.sub("", squash(text))):
        named = list(_named(part, editions, repealed, on, domains))
        out += [(n, False) for n in named if n.name and n.over and _ALSO.search(part[: n.start])]
        both = [m for m in _WITH.finditer(part) if any(m.start() <= n.start < m.end() for n in named)]
        out += [
            (n, m["no"] is not None)
            for m in both
            for n in named
            if n.name and (m.start() <= n.start < m.end() or n is _subject(part, named, m.start(), m.end()))
        ]
        for pattern, over in ((_ENDS, True), (_TAKEN, True), (_GOES_ON, False)):
            for match in pattern.finditer(part):
                document = _subject(part, named, match.start(), match.end())
                if any(m.start() < match.end() and match.start() < m.end() for m in both):
                    continue
                if document is None or not _of_document(part, document, match):
                    continue  # a device may fail as well
                if (
                    not document.name
                    or _HISTORY.search(part)
                    or (_OF_CASE.search(match[0]) and not document.over)
                ):
                    return []
                out.append((document, over is (match.groupdict().get("no") is None)))
    return out


def nothing_else(text: str, editions: Editions, repealed: list[Repealed], on: date) -> bool:
    """Whether every part of a text is such a saying, a day, or names a document in force as the one to go by."""
    domains = _domains(text, editions)
    return all(
        _ENDS.search(p) or _TAKEN.search(p) or _GOES_ON.search(p) or _DAY.fullmatch(p) or _BOTH.fullmatch(p)
        or _TRIAL.search(p)
        or (_GOES_BY.search(p) and any(n.name and not n.over for n in _named(p, editions, repealed, on, domains)))
        for p in re.split("[，。；]", squash(text)) if p
    )  # fmt: skip


def _subject(part: str, named: list[Named], start: int, end: int) -> Named | None:
    """The one document a predicate is of: that named last before it that is no cause of it, else the first after it."""
    before = [n for n in named if n.end <= start and not _is_cause(part, n, start)]
    after = [n for n in named if n.start >= end]
    if before and after and _TAKES.search(part[: after[0].start]):
        return after[0]  # 甲代替并废止了乙
    if before:
        return before[-1]
    return after[0] if len(after) == 1 and after[0].start <= end + 1 else None


def _of_document(part: str, document: Named, match: re.Match[str]) -> bool:
    """Whether a predicate is of the document itself: with nothing else between them that may end, in its own part of the sentence."""
    if document.start >= match.end():
        return True
    between = part[document.end : match.start()]
    return not _THING.search(between) and (
        "，" not in between or not between.rpartition("，")[2] or bool(_TOLD.search(between))
    )


def _is_cause(part: str, named: Named, start: int) -> bool:
    """Whether a document is what made the other end (由甲废止, 随甲施行)."""
    if _AGENT.search(part[: named.start]):
        return True
    return _CAUSE.match(part, named.end) is not None and named.end < start


def _domains(text: str, editions: Editions) -> set[str]:
    """The domains of the documents a text names, whose editions it may name by their year alone (2022版)."""
    return {s.domain for s in editions.named(text)} or {editions.about(text)}


def _of_year(standard: Standard, year: str) -> bool:
    return f"（{year}版）" in standard.title or standard.doc_no.endswith(f"-{year}")


def _named(
    part: str, editions: Editions, repealed: list[Repealed], on: date, domains: set[str]
) -> Iterator[Named]:
    """The documents named in a part, in order; a title with the number beside it is one of them."""
    found = [
        Named(*m.span(), name_of(s), s.expired is not None and s.expired <= on, s.domain)
        for s in editions.kb.standards
        for m in editions.written(s).finditer(part)
    ]
    found += [Named(*m.span(), r.name, r.until <= on) for r in repealed for m in r.pattern.finditer(part)]
    found += [
        Named(*m.span(), name_of(s), s.expired is not None and s.expired <= on, s.domain)
        for m in _YEAR.finditer(part)
        if not any(n.start < m.end() and m.start() < n.end for n in found)
        for s in editions.kb.standards
        if s.domain in domains and _of_year(s, m[1])
    ]
    found = found or list(_called(part, editions))
    group: list[Named] = []
    for n in sorted(found, key=lambda n: (n.start, n.end)):
        end = max((m.end for m in group), default=0)
        if group and n.start > end and not _BESIDE.fullmatch(part[end : n.start]):
            yield _one(group, part)
            group = []
        group.append(n)
    if group:
        yield _one(group, part)


def _called(part: str, editions: Editions) -> Iterator[Named]:
    """The document a part names by what it is about, where there is only one such, of whatever edition."""
    for match in () if "《" in part else _CALLED.finditer(part):
        domain = editions.about(match[0])
        held = [s for s in editions.kb.standards if domain and s.domain == domain]
        if len(held) == 1:
            yield Named(*match.span(), name_of(held[0]), held[0].expired is not None, domain)


def _one(group: list[Named], part: str) -> Named:
    """The document that one place of a text names; without a name where several may be meant, not all of them over."""
    start, end = group[0].start, max(n.end for n in group)
    spans = {n.name: {(m.start, m.end) for m in group if m.name == n.name} for n in group}
    most = max(map(len, spans.values()))
    held = [n for n in group if len(spans[n.name]) == most]
    held = [n for n in held if n.domain and n.domain in part[end : end + _AFTER]] or held
    return Named(start, end, held[0].name if len({n.over for n in held}) == 1 else "", held[0].over)
