"""What a question of a bank says: statements with the key filled in, and findings keyed to a level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.quiz.bank import Item
from engine.quiz.statements import tokens

BLANK = re.compile(r"[（(【\[][\s　_＿]*[）)】\]]|[_＿]{2,}")
DATED = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_MAJOR = re.compile(r"重大(?:生产安全)?(?:事故|安全|火灾|电力安全)?隐患|(?<![不非])重大$")
_MINOR = re.compile(r"一般(?:事故|安全)?隐患|(?:不|非)(?:构成|属于|是|应判定为|判定为)?重大|未见隐患|^一般$")
_ASKS_LEVEL = re.compile(r"判定|认定|属于|构成|定性|应为|是(?:否)?|等级|级别")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{5,})[”\"」]")
_FOUND = re.compile(
    r"^.*?(?:检查(?:中|时|组|人员)?发现|检查记录写明|现场发现|发现|查明|经查|如下|情形)[:：，,]?\s*"
)
_TAIL = re.compile(
    r"[，,。；;]?\s*(?:根据|依据|按照?)?(?:《[^》]*》(?:[（(][^）)]*[）)])?)?[^，。；]{0,12}?(?:该|此|上述|这(?:一|种)?|其|对此)?(?:情形|问题|隐患|行为|情况|做法)?"
    r"(?:应当?|可以|可|一律|已经?)?(?:直接|依法)?(?:被)?(?:判定为?|认定为?|定性为|属于?|构成|是|为)(?:是)?[^，。；]*$"
)
_SUCH = re.compile(
    r"(?:下列|以下|哪)[^。]*?(不属于|不构成|不是|不应|属于|构成|判定为|认定为|应为)[^。]*?重大[^。]*?(?:的(?:是|有)|[（(])"
)
DENIES = re.compile(r"(?:不|未|尚不|不会)(?:构成|属于)")
VALUED = re.compile(
    r"[。，](?:括号内)?为?(?:下列|以下)(?:哪|何|各)[^。，]*(?:时|的)?，?(?:即|应|尚不|不|才)?(?:构成|属于|判定)[^。]*重大.*$"
)


@dataclass(frozen=True)
class Claim:
    """What a key says is so (or not so). `asked`: the characters the key filled in."""

    text: str
    holds: bool
    asked: tuple[int, int] | None = None


def claims_of(item: Item) -> Iterator[Claim]:
    """The statements an item makes with its key filled in."""
    if item.holds is not None:
        yield Claim(BLANK.sub("", item.stem), item.holds)
        return
    for right in item.right:
        blank = BLANK.search(item.stem)
        if blank is None:
            text = item.stem + right
            yield Claim(text, True, (len(item.stem), len(text)))
        else:
            text = item.stem[: blank.start()] + right + item.stem[blank.end() :]
            yield Claim(text, True, (blank.start(), blank.start() + len(right)))


def level_claims(item: Item) -> Iterator[tuple[str, bool]]:
    """(finding, keyed as 重大) where an item is about the level of a finding."""
    if item.holds is not None:
        level = level_of(item.stem[-24:])
        finding = finding_of(item.stem)
        if level is not None and finding and _ASKS_LEVEL.search(item.stem):
            yield finding, level is item.holds
        return
    asked = VALUED.search(item.stem)
    if asked and all(tokens(o) for o in item.options):
        yes = not DENIES.search(item.stem)
        told = [
            (_FOUND.sub("", BLANK.sub(o, item.stem[: asked.start()], count=1)), o in item.right)
            for o in item.options
        ]
        yield from ((f, right is yes) for f, right in sorted(told, key=lambda t: not t[1]))
        return
    such = _SUCH.search(item.stem)
    if such:
        yes = "不" not in such[1]
        yield from ((o, yes) for o in item.right if len(o) > 5)
        yield from ((o, not yes) for o in item.wrong if len(o) > 5)
        return
    finding = finding_of(item.stem)
    levels = {level_of(r) for r in item.right}
    if finding and len(levels) == 1 and (level := levels.pop()) is not None:
        yield finding, level


def level_of(text: str) -> bool | None:
    if _MINOR.search(text):
        return False
    return True if _MAJOR.search(text) else None


def finding_of(stem: str) -> str:
    """What was found on site, without what frames it; empty where a stem tells of nothing found."""
    text = BLANK.sub("", stem).strip()
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1]
    text = re.sub(r"^(?:根据|依据|按照?)?《[^》]*》(?:[（(][^）)]*[）)])?(?:的?规定)?[，,:：]?", "", text)
    text = _TAIL.sub("", text.rstrip("。？?"))
    return _FOUND.sub("", text).strip("，。：； ")


def day_of(stem: str, on: date) -> date:
    """The day a stem sets, else the day of the audit."""
    match = DATED.search(stem)
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1)) if match else on
    except ValueError:
        return on
