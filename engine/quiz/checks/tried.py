"""「…未设置（ ）的，判定为重大」, 「…应当设置（ ）」: each option put into the blank and judged; the one that makes the hazard is asked for."""

from __future__ import annotations

import re

from engine.clauses import ClauseResult
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.claims import BLANK, filled, statement
from engine.quiz.polarity import wants_outside
from engine.verdict import Level, Verdict

_FEWEST = 3  # options of which one is asked
_ORDERED = re.compile(
    r"\d|[甲乙丙丁一二三四五六七八九十]级|以[上下]"
)  # 没有由丙级单位设计: any more is a lack too
_OUGHT = re.compile(
    r"^(?:(?:依据|根据|按照?)?《[^《》]*》[^，]{0,12}，)?(.{4,}?)(?:均|都)?(?:应当?|必须|须)"
    r"(设置|设有|设|安装|装设|装|配备|配置)[（(][\s　_＿]*[）)](?:装置|设施|系统|设备)?[。？?]?$"
)
_NEAR = 6  # sentences most like the stem among which the deciding clause must be


def check(asked: Asked, found: Found) -> None:
    """The one option that meets the clause the stem is about must be the one keyed; 重大 by another clause is no matter."""
    item = asked.item
    if asked.levels or item.holds is not None or len(item.right) != 1 or len(item.options) < _FEWEST:
        return
    if len(BLANK.findall(item.stem)) != 1 or wants_outside(item.stem):
        return
    if any(_ORDERED.search(o) for o in item.options):
        return
    told = {o: statement(filled(item.stem, o).text) or _lacking(item.stem, o) for o in item.options}
    if any(t is None or not t[1] for t in told.values()):
        return
    verdicts = {o: judged(asked, t[0]) for o, t in told.items() if t}
    best = _of_stem(asked, verdicts)
    if best is None:
        return
    option, decisive = best
    key, citation = verdicts[item.right[0]], verdicts[option].citation(decisive)
    if option in item.right:
        found.agreed.append(f"{option}：{citation}")
    elif not key.fault and key.level is not Level.MAJOR and not _open(key, decisive):
        rule = decisive.clause.restatement
        reason = f"应为“{option}”，不是“{item.right[0]}”，规定是：{rule}"
        found.alarms.append(Alarm(TERM, reason, citation))


def _lacking(stem: str, option: str) -> tuple[str, bool] | None:
    """A duty to have what stands in the blank, as the finding that it is lacking.

    >>> _lacking("干燥室应当设置（ ）。", "超温报警装置")
    ('干燥室没有设置超温报警装置', True)
    """
    ought = _OUGHT.match(stem)
    return (f"{ought[1]}没有{ought[2]}{option}", True) if ought else None


def _of_stem(asked: Asked, verdicts: dict[str, Verdict]) -> tuple[str, ClauseResult] | None:
    """The one option that meets the clause most like the stem of those met; None where several do, or it is unlike."""
    near = list(dict.fromkeys(s.source for _, s in asked.likest(BLANK.sub("", asked.item.stem), _NEAR)))
    met = [
        (near.index(r.clause.id), o, r)
        for o, v in verdicts.items()
        if v.level is Level.MAJOR and not v.fault
        for r in v.decisive
        if r.clause.id in near
    ]
    first = min((n for n, *_ in met), default=0)
    held = [(o, r) for n, o, r in met if n == first]
    return held[0] if len(held) == 1 else None


def _open(verdict: Verdict, decisive: ClauseResult) -> bool:
    """Whether the clause may yet be met, were more known."""
    return any(r.clause.id == decisive.clause.id and not r.suspected for r in verdict.open)
