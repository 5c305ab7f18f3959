"""Dates, frequencies and quantities of a plan, as printed and normalised.

「2024年底前」 is a deadline (`by`), 「2024年3月12日至12月底」 a period (`from`, `to`), 「每季度至少1次」 a frequency,
「不少于10%」 a value. A date is computed only where the print settles it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.quantities import chinese_number
from kb.national import PeriodUnit
from kb.registers import Often, Value, When

_N = r"\d{1,3}"
_DAY = r"(?P<y{0}>(?:19|20)\d\d)\s*年(?:\s*(?P<m{0}>1[0-2]|0?[1-9])\s*月(?:份)?(?:\s*(?P<d{0}>[12]\d|3[01]|0?[1-9])\s*日)?)?"
_END = r"(?P<e{0}>底|末|年底|月底|上半年)?"
_LATER = rf"(?:(?P<y2>(?:19|20)\d\d)\s*年)?(?:\s*(?P<m2>1[0-2]|0?[1-9])\s*月(?:\s*(?P<d2>[12]\d|3[01]|0?[1-9])\s*日)?)?{_END.format(2)}"
_WHEN = re.compile(
    rf"(?P<lead>对比|截至|截止|力争到|到|自|从)?\s*{_DAY.format(1)}{_END.format(1)}"
    rf"(?:\s*(?:开始)?\s*(?:至|到|-|—|－|~)\s*(?P<later>{_LATER}))?(?P<before>\s*(?:之前|以前|及以前|前))?(?P<since>\s*(?:开始|起))?"
)
_PRINTED = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*(?:以|之)内)(?:\s*(?P<d>\d{1,2})\s*日)?"
)
_QUOTED = re.compile("《[^》]*》|〔[^〕]*〕|[（(][^（）()]{0,12}〔[^〕]*〕[^（）()]{0,12}[）)]|\\[\\d{4}\\]")
_UNITS: dict[str, tuple[float, PeriodUnit]] = {
    "日": (1, "日"), "天": (1, "日"), "周": (1, "周"), "星期": (1, "周"), "旬": (1, "旬"), "半月": (1, "半月"),
    "月": (1, "月"), "季度": (1, "季度"), "季": (1, "季度"), "半年": (1, "半年"), "年": (1, "年"), "年度": (1, "年"),
}  # fmt: skip
_NEAR = 90  # characters looked at before a date or number
_PERIOD = "季度|年度|半年|半月|星期|季|年|月|周|旬|日|天"
_TIMES = r"(?:至少|不少于|不低于)?\s*(?:开展|组织|召开|进行)?\s*(?P<times>\d{1,3}|[一二两三四五六七八九十])\s*(?P<measure>次|轮|遍|期|场)"
_OFTEN = re.compile(
    rf"每(?P<n>\d{{1,2}}|[一两二三四五六])?个?(?P<unit>{_PERIOD})(?![度]?(?:一|1)个)(?P<day>(?:最后一个月(?:的)?)?\s*\d{{0,2}}\s*(?:月|日)?\s*(?:\d{{1,2}}\s*日|底|末)?(?:之前|前)?)?"
    rf"(?P<gap>[^，。；：（）每]{{0,40}}?(?:{_TIMES}))?"
)
_HABIT = re.compile(
    r"(?:按|逐)(?P<unit>季度|半年|季|年|月|周|旬|日)(?:度)?(?=[\u4e00-\u9fff])|(?<![每一本上下])(?P<unit2>季度|月度|年度)(?=检查|述职|例会|通报|调度)"
)
_COMPARE = "不少于|不低于|不超过|不高于|不得超过|不得低于|高于|低于|超过|达到|达|小于|大于|少于|至少|至多|累计降幅|降幅|下降|提高|增长|降低|>|<|≥|≤|≥"
_MEASURE = (
    "个百分点|百分点|％|%|‰|万元|亿元|元|公里|千米|平方米|米|吨|小时|分钟|工作日|个工作日|个月|周岁|岁|座|"
    "个|家|项|人次|人|名|次|起|处|条|类|支|台|辆|套|批|期|场|所|户|级|天|倍|村|件|部|块|种|大类|成"
)
_VALUE = re.compile(
    rf"(?P<cmp>{_COMPARE})?\s*(?<!\d)(?P<n>\d{{1,9}}(?:\.\d{{1,4}})?)(?:\s*[-~—至]\s*(?P<high>\d{{1,9}}(?:\.\d{{1,4}})?))?\s*(?P<unit>{_MEASURE})(?P<after>以上|以下|以内|内)?"
)
_LEVEL = re.compile(
    r"(?:反应工艺危险度)?(?<![\u4e00-\u9fff])?(?P<level>[一二三四五甲乙丙1-5A-D])(?:[、和][一二三四五甲乙丙])?级(?P<after>及?以上|及?以下)?(?P<of>[（(][^（）()]{1,8}[）)]|安全生产标准化|标准化(?:管理)?|重大危险源|医院|网格|堤防|预警|响应|项目|建设)?"
)
_COUNT = re.compile(
    "(?<![第党的届“])(?P<n>[二两三四五六七八九十百]{1,4})(?P<m>个|项|条|名|家|大(?!型|队|中|学|[”以精])|类|种|起|处|级|支)(?P<of>[\u4e00-\u9fff]{1,8})?"
)
_WITHIN = re.compile(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十半]{1,2})\s*个?(?P<unit>小时|工作日|日|天|周|月|年)(?:之内|以内|内|时间)"
)


@dataclass(frozen=True)
class Found:
    """What was read and where: `start` and `end` in the text."""

    start: int
    end: int
    what: When | Often | Value


def read_periods(text: str) -> list[Found]:
    """Every date, frequency and quantity of a text, in order; none twice; not those inside titles of documents.

    >>> [f.what.printed for f in read_periods("2024年底前建成12家，每季度至少1次。")]
    ['2024年底前', '12家', '每季度至少1次']
    """
    taken = [m.span() for m in _QUOTED.finditer(text)]
    found: list[Found] = []
    for read in (_oftens, _whens, _withins, _levels, _values, _counts):
        for item in read(text):
            if not any(item.start < b and a < item.end for a, b in taken):
                found.append(item)
        taken += [(f.start, f.end) for f in found]
    return sorted(found, key=lambda f: f.start)


# -- dates -----------------------------------------------------------------------------------------------


def _whens(text: str) -> list[Found]:
    return [
        Found(m.start(), m.end(), _when(m))
        for m in _WHEN.finditer(text)
        if not re.match(r"\s*(?:行动|版|修订|第\d)", text[m.end() :]) or m["before"]
    ]


def _when(m: re.Match[str]) -> When:
    """A date as printed, with what it settles."""
    first = _span(m["y1"], m["m1"], m["d1"], m["e1"])
    printed = " ".join(m[0].split()).replace(" ", "")
    if m["lead"] in ("对比",):
        return When.model_validate({"as": printed})
    if m["later"]:
        last = _span(m["y2"] or m["y1"], m["m2"], m["d2"], m["e2"])
        return When.model_validate({"as": printed, "from": first[0], "to": last[1]})
    if m["since"] or m["lead"] in ("自", "从"):
        return When.model_validate({"as": printed, "from": first[0]})
    if m["before"] or m["e1"] or m["lead"] in ("到", "力争到", "截至", "截止"):
        open_month = m["before"] and not m["d1"] and not m["e1"] and m["lead"] not in ("到", "力争到")
        return When.model_validate({"as": printed} if open_month else {"as": printed, "by": first[1]})
    if m["d1"]:
        return When.model_validate({"as": printed, "on": first[0]})
    return When.model_validate({"as": printed, "from": first[0], "to": first[1]})


def _span(year: str, month: str | None, day: str | None, end: str | None) -> tuple[date, date]:
    """First and last day of what a date names."""
    y, half = int(year), end == "上半年"
    if not month:
        return date(y, 1, 1), date(y, 6, 30) if half else date(y, 12, 31)
    last = calendar.monthrange(y, int(month))[1]
    if day:
        d = date(y, int(month), min(int(day), last))
        return d, d
    return date(y, int(month), 1), date(y, int(month), last)


def impossible_dates(text: str) -> list[str]:
    """Dates that no calendar has: misprints.

    >>> impossible_dates("2026年13月底前完成，2026年2月30日总结，2024年2月29日部署。")
    ['2026年13月', '2026年2月30日']
    """
    out = []
    for m in _PRINTED.finditer(text):
        year, month, day = int(m["y"]), int(m["m"]), int(m["d"] or 1)
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
            out.append(re.sub(r"\s", "", m[0]))
    return out


def _withins(text: str) -> list[Found]:
    """Terms counted from an event: 一年内, 3个工作日内."""
    return [
        Found(m.start(), m.end(), When.model_validate({"as": m[0]}))
        for m in _WITHIN.finditer(text)
        if not re.search(r"[年月第]$", text[max(0, m.start() - _NEAR) : m.start()])
    ]


# -- frequencies -----------------------------------------------------------------------------------------


def _oftens(text: str) -> list[Found]:
    found = []
    for m in _OFTEN.finditer(text):
        found.append(Found(m.start(), m.end(), _often(m, text)))
        if re.search(r"\d|底|末", m["day"] or ""):  # 每年12月10日前: a day of each year
            found.append(
                Found(
                    m.start(),
                    m.end("day"),
                    When.model_validate({"as": re.sub(r"\s", "", text[m.start() : m.end("day")])}),
                )
            )
    for m in _HABIT.finditer(text):
        unit = (m["unit"] or m["unit2"]).replace("度", "").replace("季", "季度")
        every, name = _UNITS[unit]
        found.append(
            Found(m.start(), m.end(), Often.model_validate({"as": m[0], "every": every, "unit": name}))
        )
    return found


def _often(m: re.Match[str], text: str) -> Often:
    """A frequency; what stands between period and count is left out of the print: 每季度…至少1次.

    In a bracket, whom it holds for comes first: （高危行业领域每月至少1次）.
    """
    every, unit = _UNITS[m["unit"]]
    number = (chinese_number(m["n"]) if m["n"] else None) or 1
    printed = re.sub(r"\s", "", text[m.start() : m.end("unit")])
    if m["gap"]:
        least = re.search("至少|不少于|不低于", m["gap"])
        printed += f"{least[0] if least else ''}{m['times']}{m['measure']}"
    whom = re.search("（([^（）。；]{2,80})$", text[max(0, m.start() - _NEAR) : m.start()])
    if whom:
        printed = re.sub("^.*(?:等|、)", "", whom[1]) + printed
    values = {"as": printed, "every": number * every, "unit": unit, "for": whom[1] if whom else ""}
    return Often.model_validate(values)


# -- quantities ------------------------------------------------------------------------------------------


def _values(text: str) -> list[Found]:
    out = []
    for m in _VALUE.finditer(text):
        if (
            re.search(r"[第〔\dA-Za-z年月]$|[A-Z]/?T?$", text[max(0, m.start() - _NEAR) : m.start()])
            and not m["cmp"]
        ):
            continue
        printed = re.sub(r"\s", "", m[0])
        of = _of(text, m.start(), m.end(), m["unit"])
        out.append(Found(m.start(), m.end(), _value(printed, m["n"] if not m["high"] else "", m["unit"], of)))
    return out


def _value(printed: str, n: str, unit: str, of: str) -> Value:
    number = chinese_number(n) if n else None
    return Value.model_validate({"as": printed, "n": number, "unit": unit, "of": of})


def _of(text: str, start: int, end: int, unit: str) -> str:
    """What is counted: behind a measure word (12家重大危险源企业), before a percentage (覆盖率100%)."""
    if unit in ("%", "％", "‰", "个百分点", "百分点", "成", "倍"):
        head = re.search(r"([\u4e00-\u9fff（）()“”、]{2,24})$", text[max(0, start - _NEAR) : start].rstrip())
        return re.sub(r"^.*[，。；：、]", "", head[1])[-20:] if head else ""
    tail = re.match(r"[\u4e00-\u9fff]{1,10}", text[end:])
    return tail[0] if tail else ""


def _levels(text: str) -> list[Found]:
    """Grades: 三级以上标准化, 二级标准化, D级."""
    out = []
    for m in _LEVEL.finditer(text):
        before = text[max(0, m.start() - 1) : m.start()]
        if before in ("第", "上", "下", "各", "逐", "分") or (
            m["level"] in "一二三" and not (m["of"] or m["after"])
        ):
            continue
        of = (m["of"] or "").strip("（）()")
        out.append(Found(m.start(), m.end(), Value.model_validate({"as": m[0], "unit": "级", "of": of})))
    return out


def _counts(text: str) -> list[Found]:
    return [Found(m.start(), m.end("m"), _count(m)) for m in _COUNT.finditer(text)]


def _count(m: re.Match[str]) -> Value:
    of = (m["of"] or "").strip()
    return _value(f"{m['n']}{m['m']}{of[:4]}", m["n"], m["m"].replace("大", "个"), of)


Kind = Literal["when", "often", "values"]


def kind_of(found: Found) -> Kind:
    """Under which key of a statement it stands."""
    if isinstance(found.what, When):
        return "when"
    return "often" if isinstance(found.what, Often) else "values"
