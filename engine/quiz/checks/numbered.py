"""The number of a document asked for by its title, and the day from which it applies, by what the knowledge base pairs."""

from __future__ import annotations

import re
from datetime import date

from corpus.quantities import chinese_number
from engine.quiz.alarms import FIGURE, OUTDATED, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, filled
from engine.quiz.documents import squash, tells_history
from engine.quiz.instruments import Instrument

_B = BLANK.pattern
_NUMBER_ASKED = re.compile(rf"文号|令号|标准编?号|发文字号|编号|令第?(?:{_B})号|〔?(?:{_B})〕?号")
_DAY_ASKED = re.compile(
    rf"自(?:{_B})起?[^，。；]{{0,4}}(?:施行|实施|生效)|(?:施行|实施|生效)(?:日期|时间|之日)?(?:是|为|[（(：:_])"
)
_CALLED = re.compile(
    rf"》(?:[（(]\d{{4}}版[）)])?(?:(?:的?依据)?(?:是|为|即)以?|[是系]?[由以])(?:{_B})(?!\w*联合)"
)
_NUMBERS = re.compile(r"令第?\d+号|〔\d{4}〕|(?:GB|AQ)(?:/T)? ?\d")
_DAY = re.compile(r"((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_IN_WORDS = re.compile(
    r"([二一〇零○O]?[一二三四五六七八九〇零○]{3,4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TITLED = re.compile("《[^《》]*》")


def check(asked: Asked, found: Found) -> None:
    """A question of one document: the option (or the words filled in) that has its number, or its day."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1:
        return
    if _edition(asked, found):
        return
    number, day = bool(_NUMBER_ASKED.search(item.stem)), bool(_DAY_ASKED.search(item.stem))
    called = _CALLED.search(item.stem) and sum(bool(_NUMBERS.search(o)) for o in item.options) > 1
    number = bool(number or called)
    held = _meant(asked) if number or day else None
    if held is None:
        return
    said = item.options or (item.right[0],)
    if number and not day and held.numbered_in(_TITLED.sub("", item.stem)):
        return  # its own number is told: what is asked is that of another
    if number or any(held.numbered_in(o) for o in item.options):
        kept = [o for o in said if held.numbered_in(_TITLED.sub("", filled(item.stem, o).text))]
        if not held.number or (not kept and item.options):
            return
    else:
        kept = list(said)
    if held.begins and any(days_in(o) for o in said):
        kept = [o for o in kept if days_in(o) == [held.begins]]
    elif not number:
        return
    ended = any(r.pattern.search(squash(item.right[0])) for r in asked.book.repealed if asked.on >= r.until)
    _tell(item.right[0], kept, bool(item.options), held, OUTDATED if ended else FIGURE, found)


def _edition(asked: Asked, found: Found) -> bool:
    """「现行的是《…标准（ 版）》」: the edition in force of a title with a blank in it."""
    title = _TITLED.search(BLANK.sub("＿", asked.item.stem))
    if title is None or "＿" not in title[0] or tells_history(asked.item.stem):
        return False
    form = re.compile(re.escape(squash(title[0].strip("《》"))).replace("＿", "(.+)"))
    now = [m[1] for s in asked.book.in_force(asked.on) if (m := form.fullmatch(squash(s.title)))]
    if len(now) == 1 and len(BLANK.findall(asked.item.stem)) == 1:
        said = squash(asked.item.right[0]).removesuffix("版").removesuffix("年")
        if said == now[0].removesuffix("版").removesuffix("年"):
            found.agreed.append(f"{title[0].replace('＿', now[0])}现行")
        else:
            reason = f"现行的是{title[0].replace('＿', now[0])}，不是“{asked.item.right[0]}”"
            found.alarms.append(Alarm(OUTDATED, reason, title[0].replace("＿", now[0])))
    return len(now) == 1


def _tell(key: str, kept: list[str], options: bool, held: Instrument, kind: str, found: Found) -> None:
    """The key against what fits the document. `kind`: what a key that does not is, a figure or an ended document's."""
    since = f"，{held.begins.isoformat()}起施行" if held.begins else ""
    name = f"《{held.title}》（{held.number or '文号未收录'}{since}）"
    if key in kept:
        found.agreed.append(f"{key}：{name}")
    elif len(kept) == 1 or not options:
        found.alarms.append(Alarm(kind, f"应为{name}，不是“{key}”", name))


def _meant(asked: Asked) -> Instrument | None:
    """The one document a stem names, of several editions the one in force; None where it speaks of what was."""
    stem = asked.item.stem
    held = asked.book.instruments.named(stem) or asked.book.instruments.plainly(stem)
    if tells_history(re.sub("起施行", "", stem)) or len({i.title for i in held}) != 1:
        return None
    now = [
        i
        for i in held
        if (i.begins is None or i.begins <= asked.on) and (i.ends is None or asked.on < i.ends)
    ]
    held = now or held
    return held[0] if len(held) == 1 else None


def days_in(text: str) -> list[date]:
    """The days a text names, in figures or in words.

    >>> days_in("GB 1-2025，2025年11月1日"), days_in("二〇二六年七月一日")
    ([datetime.date(2025, 11, 1)], [datetime.date(2026, 7, 1)])
    """
    found = [tuple(map(int, m)) for m in _DAY.findall(text)]
    for year, month, day in _IN_WORDS.findall(text):
        digits = year.translate(_DIGITS)
        if len(digits) == 4:
            found.append((int(digits), int(chinese_number(month) or 0), int(chinese_number(day) or 0)))
    out = []
    for year_, month_, day_ in found:
        try:
            out.append(date(year_, month_, day_))
        except ValueError:
            continue
    return out
