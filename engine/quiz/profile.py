"""What a document is: who issued it, of what kind it is, from when it holds, what it replaces, how much it lists, to whom it applies.

Held of every standard in force and of those only known to exist, as they say it of themselves (scope, readings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from engine.quiz.documents import squash
from engine.quiz.editions import Editions
from engine.quiz.instruments import Instrument, Instruments
from engine.quiz.phrase import TRADE
from engine.quiz.statements import pairs
from kb.conditions import Has, atoms
from kb.models import KnownStandard, Standard

_ORGANS = {
    "应急": "应急管理部", "住房": "住房和城乡建设部", "住建": "住房和城乡建设部", "交通运输": "交通运输部", "市场监": "市场监督管理总局",
    "市监": "市场监督管理总局", "标准化": "市场监督管理总局", "质量监督": "市场监督管理总局", "消防": "消防救援局", "公安": "公安部",
    "民政": "民政部", "教育": "教育部", "卫生健康": "卫生健康委", "卫健": "卫生健康委", "疾": "疾控局", "文化和旅游": "文化和旅游部",
    "文旅": "文化和旅游部", "农业农村": "农业农村部", "水利": "水利部", "能源": "能源局", "自然资源": "自然资源部", "工业和信息化": "工业和信息化部",
    "工信": "工业和信息化部", "生态环境": "生态环境部", "邮政": "邮政局", "海事": "海事局", "体育": "体育总局", "林业": "林草局",
    "林草": "林草局", "国家铁路局": "铁路局", "铁路集团": "铁路集团", "民用航空": "民航局", "民航": "民航局", "矿山安全": "矿山安全监察局",
    "矿监": "矿山安全监察局", "粮食": "粮食和储备局", "发展和改革": "发展改革委", "发展改革": "发展改革委", "发改委": "发展改革委",
    "安全生产监督": "安全监管总局", "安全监管总局": "安全监管总局", "安监总局": "安全监管总局", "气象": "气象局", "人力资源": "人力资源社会保障部",
    "国务院": "国务院", "全国人": "全国人大", "商务": "商务部",
}  # fmt: skip
_OUT = re.compile(
    r"不(?:直接)?(?:适用于|及于|覆盖|约束)|不自动扩展到|(?<![^，；])不含"
)  # the things that follow are out
_OUT_BEFORE = re.compile(r"(?P<what>[^，；。]{2,40}?)不(?:直接)?(?:适用(?!于)|在(?:本标准)?(?:适用)?范围)")
_NOT_IN = re.compile("不在(.+?)(?:之?内|之中|中)")
_EDITION = re.compile("（(?:\\d{4}版|试行|暂行)）$")
_OF_ITEM = re.compile(r"^第[一二三四五六七八九十]+条|情形|[）)]项|\d\.\d")
_ASIDE = re.compile("（[^（）]*）")
_GENERIC = re.compile("生产|经营|企业|单位|行业|领域|机构|场所|等|各类|的|使用|设备|设施|工程|[（）()含、和]")
_LISTED = "[、和及]|以及"
_MOST = 0.8  # share of what is said to be out that a text must have
_WITHIN = 0.9  # share of a text that the scope must have


@dataclass(frozen=True)
class Profile:
    """A document by what it says of itself. `kind`: 部门规章, 规范性文件, 国家标准 …, empty where unknown."""

    title: str
    number: str
    issuer: str
    kind: str = ""
    begins: date | None = None
    said: str = ""
    replaces: tuple[str, ...] = ()
    standard: Standard | None = None

    @property
    def name(self) -> str:
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"

    @property
    def called(self) -> str:
        """Its title without what tells the edition, as people say it."""
        return _EDITION.sub("", self.title)

    @property
    def binding(self) -> str:
        """Whether a technical standard is 强制性 or 推荐性; empty where that is not told, or it is none."""
        if "标准" not in self.kind:
            return ""
        if self.number.startswith(("GB/T", "AQ/T")):
            return "推荐性"
        return "强制性" if self.number.startswith(("GB", "AQ")) or "强制性" in self.said else ""

    @cached_property
    def _sentences(self) -> list[str]:
        """Its sentences that are of the whole of it, not of one of its items."""
        whole = (s for s in re.split("[。；]", _ASIDE.sub("", self.said)) if s)
        return [s for s in whole if not _OF_ITEM.search(s)]

    @cached_property
    def _out(self) -> list[frozenset[str]]:
        """What it says it is not for, each by its pairs of characters."""
        told: list[str] = []
        for sentence in self._sentences:
            for match in _OUT.finditer(sentence):
                told += re.split(_LISTED, re.split("[，；]", sentence[match.end() :])[0])
            before = (m["what"] for m in _OUT_BEFORE.finditer(sentence))
            told += [p for what in before for p in ([what] if "不" in what else re.split(_LISTED, what))]
        return [p for t in told if not re.search(r"\d", t) and (p := pairs(t))]

    @cached_property
    def trades(self) -> frozenset[str]:
        """The trades its scope names."""
        scope = self.standard.scope if self.standard else None
        named = (a for a in (atoms(scope) if scope is not None else ()) if isinstance(a, Has))
        return frozenset(v for a in named if a.attribute == TRADE for v in a.values)

    def covers(self, what: str, tree: dict[str, tuple[str, ...]]) -> bool | None:
        """Whether it is for a thing: None where it can't be told. `tree`: every trade with the wider ones."""
        said = pairs(_NOT_IN.sub(r"不属于\1", what))
        if not said or any(len(said & out) >= _MOST * len(out) for out in self._out):
            return False if said else None
        named = [t for t in tree if t in what]
        within = [
            t
            for t in named
            if {t, *tree[t]} & self.trades or any(t in tree.get(own, ()) for own in self.trades)
        ]
        if self.trades and named and not within:
            return False
        plain = _GENERIC.sub("", what)
        if any(plain == _GENERIC.sub("", t) for t in within):
            return True
        held = [p for p in re.split("[。；，（）]", self.said) if not re.search("不|除|没有", p)]
        whole = any(plain and plain in s and len(said & pairs(s)) >= _WITHIN * len(said) for s in held)
        return True if whole and not re.search(r"\d", what) else None


def organs(text: str) -> frozenset[str]:
    """The ministries and the like a text names, whatever their names are shortened to."""
    return frozenset(organ for word, organ in _ORGANS.items() if word in text)


class Profiles:
    """Every document by name: those in force on a day, and those only known."""

    def __init__(self, editions: Editions, instruments: Instruments, on: date) -> None:
        self.editions, self.instruments, self.on = editions, instruments, on
        kb = editions.kb
        self._held = {s.id: _of_standard(s) for s in kb.standards if s.in_force(on)}
        self._known = [_of_known(k) for k in kb.catalogue if k.issuer]

    def named(self, text: str) -> list[Profile]:
        """The documents in force that a text names: by whole title, else by number, else by what it is about."""
        plain = squash(text)
        titled = [p for p in (*self._held.values(), *self._known) if squash(p.called) in plain]
        titled = [
            p
            for p in titled
            if not any(
                o is not p and squash(p.called) in squash(o.called) != squash(p.called) for o in titled
            )
        ]
        numbered = self.editions.numbered(text)
        titled = [p for p in titled if not self._of_old(p, text, numbered)]
        if titled:
            return titled
        if numbered:
            return [self._held[s.id] for s in numbered if s.id in self._held]
        known = [p for p in self._known if p.number and squash(p.number) in plain]
        known = known or [p for i in self.instruments.titled(text) if (p := _of_order(i))]
        if known or "《" in text or not (_CALLED.search(text) or _HANDED.search(text)):
            return known
        domain = self.editions.about(text)
        held = [p for p in self._held.values() if p.standard is not None and p.standard.domain == domain]
        held = [p for p in held if "补充" not in p.title and p.kind != ""]
        return held if len(held) == 1 and domain else []

    def _of_old(self, profile: Profile, text: str, numbered: list[Standard]) -> bool:
        """Whether a text means an edition before this one, of the same title: by its number or its year."""
        if any(s.id in self._held for s in numbered) or profile.standard is None:
            return False
        old = [s for s in numbered if s.domain == profile.standard.domain]
        years = set(re.findall(r"((?:19|20)\d\d)年?版", text))
        same = [s for s in old if _EDITION.sub("", s.title) == profile.called]
        return bool(same) or (bool(years) and not any(y in profile.title for y in years))

    def stand_in(self, text: str, profile: Profile) -> str:
        """A text without blanks and brackets, with D for the document's name."""
        forms = [re.escape(squash(f)) for f in (profile.title, profile.called, profile.number) if f]
        written = [self.editions.written(profile.standard).pattern] if profile.standard else []
        name = f"(?:《?(?:{'|'.join([*written, *forms])})(?:试行|暂行|20\\d\\d版)?》?(?:20\\d\\d版)?)"
        plain = re.sub(f"{name}(?:的?{name})*", "D", squash(text))
        return plain if "D" in plain or "《" in plain else _CALLED.sub("D", plain)


_CALLED = re.compile(
    r"[\u4e00-\u9fff、]{2,30}判定(?:标准|准则|清单|指南|规则)(?:名称|试行)*|(?:工贸|化工|电力|煤矿|非煤矿山|房屋市政|城镇?燃气|民爆|烟花爆竹|渔船|农机|特种设备)标准"
)
_ORDER = re.compile(
    "(?!中华人民共和国主席|[^令]*(?<!市场监管)(?<!市场监督管理)总局)([\u4e00-\u9fff]{3,})令第"
)
_HANDED = re.compile("另有[^，。]{0,20}规定")
_LEADS = re.compile("^(?:因此|所以|故|现行|目前|现在|也|均|并且?|而且|且|同时|但是?|而)+")
_ITEM = re.compile("第[一二三四五六七八九十]+[条项]|[一二三四五六七八九十]项|情形|\\d\\.\\d")
_FROM = re.compile("在?(?:下列|以下)[^，]*中")


def _of_standard(s: Standard) -> Profile:
    said = "。".join((s.scope_text, *s.readings, *(h.restatement for h in s.handoffs)))
    number = "" if "未核" in s.doc_no else s.doc_no
    return Profile(s.title, number, s.issuer, s.kind, s.effective, said, s.supersedes, s)


def _of_known(k: KnownStandard) -> Profile:
    issuer = "" if "推定" in k.issuer else k.issuer
    begins = date.fromisoformat(k.effective) if k.effective else None
    return Profile(k.title, k.doc_no, issuer, "", begins, k.note)


def _of_order(i: Instrument) -> Profile | None:
    """A rule of which no more is held than the number of the order, which tells who issued it (应急管理部令第13号)."""
    order = _ORDER.match(i.number)
    return Profile(i.title, i.number, order[1]) if order else None


def parts(text: str) -> Iterator[str]:
    """The parts of a sentence, each with the document for its subject where it names none and no item of it was named before."""
    subject = "D"
    for part in re.split("[，。；？?]", text):
        plain = _LEADS.sub("", part)
        if plain and not _FROM.fullmatch(plain):
            yield plain if "D" in plain else f"{subject}{plain}"
        if _ITEM.search(part):
            subject = ""
