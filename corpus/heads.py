"""The head of a plan: region, title, number, issuer, date and period, as far as they are printed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.outline import DAY, Outline
from corpus.units import ENDINGS, LEVELS
from kb.errors import BadInput, Problem
from kb.registers import Region

_PLACE = re.compile(
    "(?:^|(?<=[《<〈，。、（：“\\s于在对]))(?P<name>(?:[\u4e00-\u9fff]{2,8}?(?:自治州|自治县|[旗县市区镇乡])|自治州))"
    "(?=[\u4e00-\u9fff《])(?!域|级|场|政)"
)
_NO_PLACE = re.compile(
    "盲区|误区|自治区|开发区|园区|景区|社区|地区|辖区|山区|库区|林区|牧区|矿区|功能区|聚集区|城市|乡镇|城镇|市场|各|全|本|我|该|"
    "等|和|及|为|按|安全|工作|行动|关于|根据|贯彻|落实|结合|推动|印发"
)
_NUMBER = re.compile("[\u4e00-\u9fff]{1,16}〔\\d{4}〕\\s*\\d{1,4}\\s*号")
_TITLE = re.compile("方案|规划|计划|办法|意见|规定|细则|清单|要点")
_YEARS = re.compile(r"(?P<from>20\d\d)\s*年?\s*[-—–~至到]\s*(?P<to>20\d\d)\s*年")
_MONTHS = re.compile(
    r"从?(?P<y1>20\d\d)年(?P<m1>\d{1,2})月[^，。]{0,4}?(?:至|到)(?P<y2>20\d\d)年(?P<m2>\d{1,2})月"
)
_DEPTH = {
    level: i
    for i, level in enumerate(
        ("州", "自治州", "盟", "市", "自治县", "县", "旗", "区", "新区", "镇", "乡", "苏木", "街道")
    )
}


@dataclass(frozen=True)
class Head:
    """What is printed about the document; None where it is not."""

    region: Region
    title: str
    doc_no: str | None
    issuer: str | None
    issued: date | None
    start: date | None
    end: date | None
    doubts: tuple[str, ...] = ()


def read_head(outline: Outline, region: str, path: Path) -> Head:
    """The head of a document; `region` overrules what it says itself. Raises BadInput where no region is to be found."""
    front = [p.text for p in outline.front]
    body = "\n".join(i.text for i in outline.root.walk())
    titles = [*front, *(i.title for i in outline.root.children if i.style == "附件")]
    everything = "\n".join([*titles, body])
    found = _region(region, titles, everything, path)
    title = _title(front, [i.title for i in outline.root.children], path)
    doubts = [] if title else ["没有印出标题"]
    short = [t for t in front if len(t) <= 60]
    signed = [*short, *(p.text.strip() for p in outline.foot)]
    number = next((m[0] for t in short if (m := _NUMBER.search(t.replace("〔〕", "")))), None)
    issued = _issued(signed)
    start, end = _period(title, front, body)
    return Head(found, title or path.stem, number, _issuer(signed), issued, start, end, tuple(doubts))


# -- region ----------------------------------------------------------------------------------------------


def _region(given: str, titles: list[str], text: str, path: Path) -> Region:
    counts = Counter(m["name"] for t in titles for m in _PLACE.finditer(t) if not _NO_PLACE.search(m["name"]))
    named = [n for n in counts if text.count(n) >= 2] or [
        n for n in counts if any(t.startswith(n) for t in titles)
    ]
    name = given or (max(named, key=lambda n: (_depth(n), text.count(n))) if named else "")
    if not name:
        raise BadInput(
            [Problem(str(path), 0, "没有认出这份文件是哪个地区的，请用 --region 写明，如 --region 云岭县")]
        )
    level = next((e for e in LEVELS if name.endswith(e)), "")
    above = [n for n in _uppers(text) if n != name and _depth(n) < _depth(name) and n not in name]
    labels = [
        w for w in (f"{name[0]}{level}",) if len(name) > len(level) + 1 and text.count(w) >= 2 and w != name
    ]
    return Region(id=_ascii(name), name=name, labels=tuple(labels), kind=level, within=tuple(above))


def _depth(name: str) -> int:
    return next(
        (d for level, d in sorted(_DEPTH.items(), key=lambda i: -len(i[0])) if name.endswith(level)), -1
    )


def _uppers(text: str) -> list[str]:
    """Other places the document names, one of each level, the most frequent."""
    counts = Counter(m["name"] for m in _PLACE.finditer(text) if not _NO_PLACE.search(m["name"]))
    best: dict[int, str] = {}
    for name, _ in counts.most_common():
        name = name.removeprefix("中共")
        if re.search(f"{name}(?:人民政府|政府|党委|委|安委|安全|应急|总体|重大)", text):
            best.setdefault(_depth(name), name)
    return [best[d] for d in sorted(best, reverse=True)]


def _ascii(name: str) -> str:
    """An id in ascii; the reviewer gives it a better one."""
    return "r" + "".join(f"{ord(c):x}" for c in name[:4])


# -- title, issuer, dates --------------------------------------------------------------------------------


def _title(front: list[str], headings: list[str], path: Path) -> str:
    """The document that is issued; else the last line of the front that reads like a title."""
    for text in front:
        if re.search("印发|已经|审议", text) and (
            m := re.search("《([^》]*(?:方案|规划|计划|办法|意见|规定|细则)[^》]*)》", text)
        ):
            return m[1]
    lines = [(n, t) for n, t in enumerate(front) if _TITLE.search(t) and len(t) <= 50 and "。" not in t]
    if lines:
        n, text = lines[-1]
        after = front[n + 1] if n + 1 < len(front) else ""
        return text + (after if re.fullmatch(r"（20\d\d\s*[-—至]\s*20\d\d年?）", after) else "")
    return ""


def _issuer(short: list[str]) -> str | None:
    for n, text in enumerate(short):
        if m := re.search(r"发文(?:单位|机关|机构)\s*[|｜：]\s*([\u4e00-\u9fff]{4,30})", text):
            return m[1]
        follows = n + 1 < len(short) and DAY.fullmatch(short[n + 1].strip())
        if follows and text.endswith(ENDINGS) and len(text) <= 30:
            return text
    return None


def _issued(short: list[str]) -> date | None:
    for text in short:
        m = re.search("(?:成文|印发|发文)(?:日期|时间)[^\\d]{0,6}", text)
        found = DAY.match(text, m.end()) if m else DAY.fullmatch(text.strip())
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def _period(title: str, front: list[str], body: str) -> tuple[date | None, date | None]:
    if (m := _MONTHS.search(body)) and 1 <= int(m["m1"]) <= 12 and 1 <= int(m["m2"]) <= 12:
        months = date(int(m["y1"]), int(m["m1"]), 1), _last(int(m["y2"]), int(m["m2"]))
    else:
        months = None
    for text in (title, *front):
        if years := _YEARS.search(text):
            return date(int(years["from"]), 1, 1), date(int(years["to"]), 12, 31)
    return months or (None, None)


def _last(year: int, month: int) -> date:
    import calendar

    return date(year, month, calendar.monthrange(year, month)[1])
