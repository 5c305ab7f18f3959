"""Names of units: what a document writes, resolved to full names within its region.

A register is built from the document itself: the full forms it uses. An abbreviation is resolved where it stands in
order of characters in exactly one of them (住建局 in 住房和城乡建设局); else, with a doubt, in the only usual full name of its
kind; else it stays as written, with a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kb.errors import BadInput, Problem
from kb.registers import Region, Unit

KINDS = Path(__file__).parent / "unit_kinds.txt"
LEVELS = ("自治州", "自治县", "苏木", "街道", "新区", "旗", "县", "市", "区", "镇", "乡", "州", "盟")
# what a unit's name ends in; the longest that fits is its class
ENDINGS = (
    "委员会办公室", "人民政府", "管理委员会", "委员会", "办公室", "办事处",
    "管委会", "安委会", "政府", "总工会", "工会", "联合会", "综合执法大队",
    "救援支队", "救援大队", "支队", "大队", "中队", "分局", "中心",
    "分中心", "供电公司", "公司", "集团", "党校", "行政学院", "派出所",
    "司法所", "国土所", "卫生院", "医院", "火车站", "监管分局", "局",
    "委", "办", "部", "党组织", "社会组织", "社团组织", "社区组织", "群团组织", "基层组织", "协会", "联合社", "社",
    "部门", "机构", "机关", "单位", "企业", "领导小组", "工作组",
    "工作专班", "指挥部", "联席会议", "人民银行", "学院", "学校", "支行",
    "管理站", "救护队", "救援队", "妇联", "编办", "团委", "站", "院",
    "所", "处", "队",
)  # fmt: skip
_CLASS = {
    "委": "委员会",
    "管委会": "管理委员会",
    "办": "办公室",
    "政府": "人民政府",
    "安委会": "安全生产委员会",
}
_PARTY = re.compile("组织部|宣传部|统战部|政法委|机构编制|编办|党校|网信|巡察|老干部")
_PARTY_OFFICE = re.compile(r"(?:党委|委)办(?:公室)?$")
_SPELT = (
    (re.compile("安委会办公室|安委办"), "安全生产委员会办公室"),
    (re.compile("安委会"), "安全生产委员会"),
    (re.compile("管委会"), "管理委员会"),
    (re.compile("^政府办(?:公室)?$"), "人民政府办公室"),
    (re.compile("(?<!人民)政府$"), "人民政府"),
    (re.compile("(?<!大)委办$"), "委办公室"),
)
_MEMBERS = re.compile("(?:各)?(?:有关|相关)?(?:各)?成员单位$")
GENERIC = re.compile(
    "^(?:各|有关|相关|其他|负有|行业|职能|主管|重点行业)*.{0,16}(?:部门|机构|机关|单位|部门和单位|部门单位)$"
)
_OPERATOR = re.compile(
    "企业|学校|高校|科研|生产经营单位|公司|负责人|从业人员|使用单位|(?:建设|施工|监理|发包|承包)单位|机构$|物业|法定代表人|实际控制人|管理人员|员工$|(?<!行)业主(?!管)"
)
_COLLECTIVE = re.compile("^(?:全[旗县市区镇乡州])?各|成员单位|^有关|^相关|部门和单位$|^其他")


@cache
def kinds(path: Path = KINDS) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Kind, the words that tell it, usual full names. Raises BadInput where a line is not of that form."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [p.split() for p in line.split("|")]
        if not 2 <= len(parts) <= 3 or len(parts[0]) != 1 or not parts[1]:
            problem = f"应为“类 | 词 … | 全称 …”，实为 {line!r}"
            raise BadInput([Problem(f"corpus/{path.name}", number, problem)])
        rows.append((parts[0][0], tuple(parts[1]), tuple(parts[2]) if len(parts) > 2 else ()))
    return tuple(rows)


def kind_of_unit(name: str) -> str:
    """Which kind a unit is; 其他 where its name does not tell.

    >>> kind_of_unit("云岭县住房和城乡建设局")
    '住房城乡建设'
    """
    if _OPERATOR.search(name) and not re.search("局|委员会|政府|办公室|供电公司", name):
        return "从业人员" if re.search("人员$|员工$", name) else "企业"
    if re.search("(?:书记|主席|部长|院长|站长|[局旗县区市州镇乡所队]长|苏木长|主任|经理|参谋|干事)$", name):
        return "岗位"
    short = name.replace("人民政府", "政府")  # 人民政府 is no 民政
    return next((kind for kind, words, _ in kinds() if any(w in short for w in words)), "其他")


def abbreviates(short: str, full: str) -> bool:
    """Whether one form is the other shortened: same first character, same class of unit, in order of characters.

    >>> abbreviates("住建局", "住房和城乡建设局"), abbreviates("工信局", "公安局")
    (True, False)
    """
    if len(short) >= len(full) or short[0] != full[0] or _ending(short) != _ending(full):
        return False
    rest = iter(full)
    return all(ch in rest for ch in short)


def _ending(form: str) -> str:
    found = next((e for e in sorted(ENDINGS, key=len, reverse=True) if form.endswith(e)), "")
    found = _CLASS.get(found, found)
    for wide in ("局", "委员会", "办公室", "支队", "大队", "中心"):
        if found.endswith(wide) and "分" not in found:
            return wide
    return found


def plain(form: str) -> str:
    """A form without spaces and quotes, brackets in one width."""
    form = form.replace("各各", "各")
    return re.sub(r"[\s“”\"]", "", form.translate(str.maketrans("()", "（）")))


@dataclass
class Names:
    """The units of one document within its region. `forms`: stems (without region) with how often they stand there."""

    region: Region
    known: tuple[Unit, ...] = ()
    forms: Counter[str] = field(default_factory=Counter)
    used: dict[str, Unit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._written = {plain(w): u for u in self.known for w in (u.name, *u.written)}

    # the region

    @property
    def level(self) -> str:
        """旗, 县, 镇 …: what the document calls the region by itself."""
        return next((e for e in LEVELS if self.region.name.endswith(e)), "")

    @property
    def proper(self) -> bool:
        """Whether the region has a name of its own (not only 自治州)."""
        return self.region.name not in LEVELS

    @property
    def stem(self) -> str:
        """The name without its level: 达拉特."""
        return self.region.name.removesuffix(self.level) if self.proper else ""

    def strip(self, form: str) -> str:
        """A form without the region before it: 旗教育体育局, 自治州住建局, 全县 …"""
        names = sorted({self.region.name, *self.region.labels}, key=len, reverse=True)
        for name in names:
            if form.startswith(name) and len(form) > len(name):
                return form[len(name) :]
        short = "州" if self.level == "自治州" else self.level
        if form == f"{short}委":
            return "委"
        if short and re.match(rf"(?:我|全|本)?{short}(?!域|级)", form) and len(form) > len(short) + 1:
            return re.sub(rf"^(?:我|全|本)?{short}", "", form)
        return form

    def elsewhere(self, form: str) -> bool:
        """Whether a form names another place of its own: 鄂尔多斯市…大队, 达拉特经济开发区."""
        if self.stem and form.startswith(self.stem):
            return True
        place = re.match("([\\u4e00-\\u9fff]{2,8}?)(?:自治区|自治州|市|州|县|旗|区|镇)(?=.{2,})", form)
        return (
            bool(place)
            and not re.match("各|城市|市场|社区|地区|园区|辖区|开发区|市政|城镇|乡镇", form)
            and not re.search("开发|工业|行政|产业|功能", place[1] if place else "")
        )

    # the register

    def learn(self, forms: Iterable[str]) -> None:
        """Forms the document uses, counted; what they stand for is settled when all are known."""
        for form in forms:
            stem = self.strip(plain(form))
            if 2 <= len(stem) <= 24:
                self.forms[stem] += 1

    def full(self, form: str) -> tuple[str, str | None]:
        """The full name of a form, and what is doubtful about it.

        A form the register knows, else the region's own name before the form spelt out.
        """
        written = plain(form)
        if written in self._written:
            return self._written[written].name, None
        stem = self.strip(written)
        if stem in self._written:
            return self._written[stem].name, None
        name, doubt = self._resolved(stem, stem != written)
        return name, doubt

    def _resolved(self, stem: str, prefixed: bool) -> tuple[str, str | None]:
        if upper := self._upper(stem):
            return upper, None
        spelt = _spelt(stem)
        if _MEMBERS.search(stem) or "成员单位" in stem:
            head, _, post = stem.removeprefix("各").partition("成员单位")
            body = re.sub("(?:各|有关|相关|其他)+$", "", head)
            some = re.sub("各", "", head[len(body) :]).replace("相关", "有关")
            return self._with_region(f"{_spelt(body or '安委会')}{some}成员单位{post}"), None
        spelt, doubt = self._without_stray(spelt)
        if re.match("安全生产委员会|党委|委(?!员)", spelt):
            return self._with_region(spelt), doubt
        if self.stem and self.stem + stem in self.forms:  # 供电公司, elsewhere 达拉特供电公司
            return self.stem + stem, None
        if _OPERATOR.search(stem) and _ending(stem) not in ("局", "委员会", "大队", "支队"):
            return stem, None
        if self.elsewhere(stem) and not prefixed:
            return spelt, None
        if GENERIC.match(stem) or stem.startswith("各"):
            return (self._with_region(spelt) if prefixed or stem.startswith("各") else stem), None
        longer, unsure = self._longer(spelt)
        doubt = doubt or unsure
        if _PARTY.match(longer):
            return self._with_region(self._party() + longer), None
        return self._with_region(longer) if _ending(longer) or prefixed else longer, doubt

    def _upper(self, stem: str) -> str:
        """A unit of a region above: 旗安委办 in a document of a town of that banner."""
        for name in self.region.within:
            level = next((e for e in LEVELS if name.endswith(e)), "")
            if (
                level
                and level != self.level
                and re.match(f"{level}(?!域|级|场|民|政(?!府))", stem)
                and len(stem) > 2
            ):
                return name + _spelt(stem[len(level) :])
        return ""

    def _longer(self, stem: str) -> tuple[str, str | None]:
        """The full form a stem abbreviates, where exactly one fits."""
        if (
            len(stem) > 6
            or not _ending(stem)
            or stem == "人民政府"
            or stem.endswith(("部门", "机构", "单位", "企业"))
        ):
            return stem, None
        own = [f for f in self._spelt_forms() if abbreviates(stem, f)]
        own = [f for f in own if not any(abbreviates(f, g) for g in own)]
        if len(own) == 1:
            return own[0], None
        if len(own) > 1:
            return stem, f"“{stem}”可能是{'、'.join(own)}，未定"
        usual, rivals = _usual(stem)
        if stem in usual:
            return stem, None
        if len(usual) == len(rivals) == 1 and len(stem) > 2:
            return usual[0], f"“{stem}”文中没有全称，按通称“{usual[0]}”"
        if usual:
            return stem, f"“{stem}”可能是{'、'.join(usual)}，文中没有全称"
        return stem, None if len(stem) > 4 or _PARTY.search(stem) else f"“{stem}”不知全称，照印"

    def _without_stray(self, stem: str) -> tuple[str, str | None]:
        """安委会办公室局: a character too many behind a name that is used elsewhere."""
        spelt = self._spelt_forms()
        if stem[:-1] in spelt and spelt[stem[:-1]] > spelt.get(stem, 0) and stem[-1] in "局部委办":
            return stem[:-1], f"“{stem}”疑多一字，按“{stem[:-1]}”"
        return stem, None

    def _spelt_forms(self) -> dict[str, int]:
        if getattr(self, "_spelt_size", None) != self.forms.total():
            self._spelt_size = self.forms.total()
            self._spelt: Counter[str] = Counter()
            for form, count in self.forms.items():
                self._spelt[_spelt(form)] += count
        return self._spelt

    def _party(self) -> str:
        """党委 or 委, as the document writes it."""
        return "党委" if any(f.startswith("党委") for f in self.forms) else "委"

    def _with_region(self, stem: str) -> str:
        if stem.startswith("各") and not self.proper:
            return stem
        return f"{self.region.name}{stem}"

    def unit(self, form: str) -> tuple[Unit, str | None]:
        """The unit a form names; it enters the register with the form."""
        name, doubt = self.full(form)
        held = self.used.get(name) or next((u for u in self.known if u.name == name), None)
        held = held or Unit(
            name=name, kind=kind_of_unit(name), collective=bool(_COLLECTIVE.search(self.strip(plain(form))))
        )
        if form not in held.written and form != name:
            held = held.model_copy(update={"written": (*held.written, form)})
        self.used[name] = held
        return held, doubt


def _usual(stem: str) -> tuple[list[str], list[str]]:
    """The usual full names a stem may stand for, and all of that class their kinds have: reform left several in some."""
    fits: set[str] = set()
    rivals: set[str] = set()
    for _, _, names in kinds():
        if here := {f for f in names if f == stem or abbreviates(stem, f)}:
            fits |= here
            rivals |= {f for f in names if _ending(f) == _ending(stem)}
    return sorted(fits), sorted(rivals)


def _spelt(stem: str) -> str:
    """安委办, 管委会, 政府 spelt out."""
    for pattern, full in _SPELT:
        changed = pattern.sub(full, stem)
        if changed != stem:
            return changed
    return stem
