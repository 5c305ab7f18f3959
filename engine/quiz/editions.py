"""Questions about documents themselves: which edition applies, from what day, and which one is no longer in force."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

from engine.quiz.alarms import FIGURE, OUTDATED, Alarm, Found
from engine.quiz.amounts import comparison, tokens
from engine.quiz.bank import Item
from engine.quiz.claims import BLANK, DENIES, Claim, claims_of
from engine.quiz.documents import squash
from engine.quiz.prove import compares
from engine.quiz.statements import pairs
from kb.models import KnowledgeBase, Standard
from kb.replaced import read_replaced

_DAY = re.compile(r"((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_BEGINS = re.compile(r"(?:起|开始)?(?:施行|实施|生效|执行|管事)")
_ACT_BEGINS = re.compile(_DAY.pattern + r"[^，。；]{0,3}?(?:施行|实施|生效)")
_ENDED = re.compile(
    r"(?:已经?|同时|同步|日起?|起)(?:被)?(?:废止|失效|作废|取代|代替)|不再(?:执行|施行|实施|适用|生效|有效|使用)|停止(?:执行|施行|实施|适用|使用)"
)
_ASKS_WHICH = re.compile(
    r"依据|按照|按哪|用哪|引用|采用|文号|标准编号|标准号|现行|执行|适用|哪个文件|(?:标准|准则|清单|规定)[》]?(?:应当?)?(?:是|为)"
)
_BEGINS_ONLY = re.compile(r"[^，。；]*自?[^，。；]*日起?(?:开始|正式)?(?:施行|实施|生效|执行)。?")
_APPLIES_TO = re.compile(
    r"(?P<not>不(?:再|应当?)?)?(?:适用(?:范围|于|本|该|《|[，。]|$)|(?:属于|在)[^，。；]{0,30}适用范围|按照?《[^》]*》[^，。；]{0,20}判定)"
)
_CURRENT = re.compile(r"[^，。；]*(?:现行|目前)[^，。；]*(?:是|为)[^，。；]*。?")
_NUMBER = re.compile(r"[^，。是为]*(?:第?\d+号|〔\d{4}〕\d+号|GB ?\d+-\d{4}|AQ ?\d+-\d{4})")
_DOCUMENT = re.compile(r"令第?\d+号|〔\d{4}〕\d+号|(?:GB|AQ|TSG)(?:/T)? ?[A-Z]?\d+")
_COMMON = pairs("生产安全重大事故隐患判定标准企业行业单位指南清单")


def name_of(standard: Standard) -> str:
    return f"《{standard.title}》（{standard.doc_no}）"


class Editions:
    """The standards held, by the ways people name them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    @cached_property
    def _numbers(self) -> list[tuple[Standard, re.Pattern[str]]]:
        return [(s, _number(s.doc_no, s.expired is None)) for s in self.kb.standards]

    def written(self, standard: Standard) -> re.Pattern[str]:
        """The number or the title of a standard as it stands in a squashed text."""
        return self._written[standard.id]

    @cached_property
    def _written(self) -> dict[str, re.Pattern[str]]:
        numbers = {s.id: pattern.pattern for s, pattern in self._numbers}
        return {s.id: re.compile(f"{re.escape(squash(s.title))}|{numbers[s.id]}") for s in self.kb.standards}

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {s.id: pairs(s.title + s.domain) - _COMMON for s in self.kb.standards}

    def numbered(self, text: str) -> list[Standard]:
        """Standards whose number a text has."""
        plain = squash(text)
        return [s for s, pattern in self._numbers if pattern.search(plain)]

    def named(self, text: str) -> list[Standard]:
        """Standards a text names, by number, else by title (all editions of it)."""
        plain = squash(text)
        return self.numbered(text) or [s for s in self.kb.standards if squash(s.title) in plain]

    def _titled(self, text: str) -> list[Standard]:
        """Standards whose whole title a text has."""
        plain = squash(text)
        return [s for s in self.kb.standards if f"《{squash(s.title)}》" in plain]

    def about(self, text: str) -> str:
        """The domain whose standards' titles have most of the words of a text; empty where two have as many."""
        said = pairs(text) - _COMMON
        scores: dict[str, int] = {}
        for s in self.kb.standards:
            scores[s.domain] = max(scores.get(s.domain, 0), len(said & self._words[s.id]))
        best = max(scores.values())
        first = [d for d, n in scores.items() if n == best]
        said_itself = [d for d in first if re.search(f"(?<!非){d}", text)]
        first = said_itself if len(said_itself) == 1 else first
        return first[0] if best and len(first) == 1 else ""

    def check(self, item: Item, on: date, found: Found) -> None:
        """What an item says of the day a standard begins, of its end, or of which one applies on a day."""
        if DENIES.search(item.stem):
            return
        self._begins(item, found)
        if item.holds is not None:
            self._current(item, on, found)
            self._size(item, on, found)
        elif len(item.right) == 1:
            self._which(item, on, found)

    def _begins(self, item: Item, found: Found) -> None:
        """「《X》自某日起施行」"""
        for claim in claims_of(item):
            days = _DAY.findall(claim.text)
            held = self.named(claim.text)
            if not held:
                _act_begins(claim, found)
            if len(days) != 1 or not _BEGINS.search(claim.text) or not held or _ENDED.search(claim.text):
                continue
            if len({s.domain for s in held}) != 1:
                continue
            try:
                day = date(*map(int, days[0]))
            except ValueError:
                continue
            right = [s for s in held if s.effective == day]
            told = BLANK.sub("", item.stem)
            if item.wrong and days == _DAY.findall(told) and held == self.named(told) and right:
                continue  # the stem alone says so, whatever the key is
            if bool(right) is claim.holds and (right or len(held) == 1):
                found.agreed.append(f"施行日：{name_of((right or held)[0])}")
            elif right and not claim.holds and _BEGINS_ONLY.fullmatch(claim.text):
                s = right[0]
                reason = f"{name_of(s)}自{s.effective.isoformat()}起施行，该说法与此一致，不应判为错误"
                found.alarms.append(Alarm(FIGURE, reason, name_of(s)))
            elif claim.holds and not right:
                s = held[-1]
                reason = f"{name_of(s)}自{s.effective.isoformat()}起施行，不是{day.isoformat()}"
                found.alarms.append(Alarm(FIGURE, reason, name_of(s)))

    def _current(self, item: Item, on: date, found: Found) -> None:
        """「现行的某标准是某号」"""
        held = self.numbered(item.stem)
        if len(held) != 1 or not _CURRENT.fullmatch(item.stem.strip()):
            return
        (s,) = held
        if not s.in_force(on) or self.about(re.sub(_NUMBER, "", item.stem)) != s.domain:
            return
        if item.holds:
            found.agreed.append(f"{name_of(s)}现行")
        else:
            reason = f"{name_of(s)}现行有效，该说法与此一致，不应判为错误"
            found.alarms.append(Alarm(OUTDATED, reason, name_of(s)))

    def _size(self, item: Item, on: date, found: Found) -> None:
        """「核定载员10人的渔船适用某标准」: whether the size told is within the scope of the standard."""
        held = [s for s in self.named(item.stem) if s.in_force(on)]
        told = [t for t in tokens(item.stem) if not comparison(item.stem, t)]
        said = _applies(item.stem, told[0].end) if len(told) == 1 else None
        if len(held) != 1 or said is None:
            return
        (s,) = held
        bounds = [
            b
            for b in tokens(s.scope_text)
            if comparison(s.scope_text, b) and any(t.unit == b.unit for t in told)
        ]
        if not bounds or pairs(item.stem[: told[0].start][-6:]).isdisjoint(pairs(s.scope_text)):
            return
        inside = compares(told[0].value, comparison(s.scope_text, bounds[0]), bounds[0].value)
        claimed = (said["not"] is None) is item.holds
        if claimed is inside:
            found.agreed.append(f"{told[0].text}：{s.scope_text}{name_of(s)}")
        else:
            reason = f"“{told[0].text}”{'在' if inside else '不在'}适用范围内，规定是：{s.scope_text}"
            found.alarms.append(Alarm(FIGURE, reason, name_of(s)))

    def _which(self, item: Item, on: date, found: Found) -> None:
        """Options that are numbers of documents: the one in force of what the stem is about."""
        options = {o: self.numbered(o) for o in item.options}
        known = sum(bool(v) for v in options.values())
        alone = known == 1 and "判定" in item.stem and all(_DOCUMENT.search(o) for o in item.options)
        if (known < 2 and not alone) or not _ASKS_WHICH.search(item.stem):
            return
        titled = self._titled(item.stem)
        titled = [s for s in titled if s.in_force(on)] or titled
        domain = self.about(BLANK.sub("", item.stem))
        fits = {o: [s for s in held if (s in titled if titled else s.domain == domain and s.in_force(on))]
                for o, held in options.items()}  # fmt: skip
        right = [o for o, held in fits.items() if held]
        if not (titled or domain) or len(right) != 1 or _ENDED.search(item.stem):
            return
        s = fits[right[0]][0]
        if right[0] in item.right:
            found.agreed.append(f"{on.isoformat()}：{name_of(s)}")
        else:
            when = "" if titled else f"{on.isoformat()}适用的"
            reason = f"{when}是{name_of(s)}，不是{item.right[0]}"
            found.alarms.append(Alarm(OUTDATED, reason, name_of(s)))


def _applies(text: str, at: int) -> re.Match[str] | None:
    """What is said of whether a standard applies to the size told at a place: beside it, else first after it, else before."""
    said = list(_APPLIES_TO.finditer(text))
    start = max(text.rfind(mark, 0, at) for mark in "，；") + 1
    end = min((e for mark in "，；" if (e := text.find(mark, at)) >= 0), default=len(text))
    if own := [m for m in said if start <= m.start() < end]:
        return own[0]
    return next((m for m in said if m.start() >= at), said[-1] if said else None)


def _act_begins(claim: Claim, found: Found) -> None:
    """「某法自某日起施行」, of a law or rule that took the place of another."""
    text, told = squash(claim.text), _ACT_BEGINS.search(claim.text)
    acts = {r.by: r.since for r in read_replaced() if squash(r.by.split("（")[0]) in text}
    if told is None or len(acts) != 1:
        return
    ((name, since),) = acts.items()
    if since is None:
        return
    rule = f"{name}自{since.isoformat()}起施行"
    right = (since.year, since.month, since.day) == tuple(map(int, told.groups()))
    if right is claim.holds:
        found.agreed.append(rule)
    elif claim.holds:
        found.alarms.append(Alarm(FIGURE, rule, name))
    elif _BEGINS_ONLY.fullmatch(claim.text):
        found.alarms.append(Alarm(FIGURE, f"{rule}，该说法与此一致，不应判为错误", name))


_BARE = r"(?<![部局院委厅会署国])"  # 按令第10号; not 国务院令第10号


def _number(doc_no: str, current: bool = True) -> re.Pattern[str]:
    """A document's number with or without its issuer (应急管理部令第10号, 令第10号, 令10号); years of GB and AQ kept."""
    order = re.fullmatch(r"(.+?)令第(\d+)号(?:（.*）)?", doc_no)
    if order:
        issuer = re.escape(squash(order[1])) + ("|发改委|国家发改委" if "发展改革委" in order[1] else "")
        return re.compile(
            f"(?:{issuer}|应急部)(?:20\\d\\d年)?令?第?{order[2]}号令?|{_BARE}令第?{order[2]}号|(?<![\\u4e00-\\u9fff]){order[2]}号令"
        )
    whole = re.escape(squash(re.sub("（烟花.*）", "", doc_no)))
    short = re.search(r"〔\d{4}〕(\d{2,3})号", doc_no)
    standard = re.match(r"(GB|AQ) ?(\d+)-\d{4}", doc_no)
    forms = [rf"{whole}(?!\d)"]
    if current and short:  # 88号, 234号文
        forms.append(rf"(?<![\d第〕年]){short[1]}号(?!令|[\d])")
    if current and standard:  # AQ 3067
        forms.append(rf"{standard[1]}{standard[2]}(?![-\d])")
    return re.compile("|".join(forms))
