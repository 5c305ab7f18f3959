"""Whether the words beside what the engine read of a finding say otherwise than it read them.

The reader takes what is there (超过控制值) and what lacks (没有定位终端) by the words themselves. What stands right before or
after them may turn them: 未超过控制值, 按规定搭载人员, 没有定位终端领用台账. A verdict on such a reading proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.clauses import ClauseResult
from engine.verdict import Verdict
from kb.values import FactValue, State

_TURNED = re.compile(
    r"(?:未|没有|没|并不|不|尚未|从未)(?:会|再|曾|能)?$|(?<!未)(?<!没有)(?<!不)按(?:照)?(?:有关|相关|国家)?(?:规定|要求|设计|方案)(?:地)?$"
)
_PAPER = re.compile(
    r"的?[\u4e00-\u9fff]{0,4}(?:台账|档案|编号|标签|铭牌|说明书|合格证|登记表|登记簿|手册|清单|图纸|照片|交接表)(?=$|[，。；、（）]|的|或|和|及)"
)


def misread(finding: str, verdict: Verdict) -> bool:
    """Whether every clause that decides stands on something that the words beside it turn into something else."""
    return bool(verdict.decisive) and all(_turned(finding, r) for r in verdict.decisive)


def _turned(finding: str, result: ClauseResult) -> bool:
    return any(turned(finding, v) for v in result.support)


def turned(finding: str, value: FactValue) -> bool:
    """Whether what is said to be there is denied right before it, or what is said to lack is only the first half of a paper's name."""
    spans = [s for s in value.spans if finding[s.start : s.end] == s.text]
    if not spans or len(spans) != len(value.spans):
        return False
    if value.state is State.THERE:
        return _denied(finding, [s.start for s in spans])
    return value.state is State.MISSING and bool(_PAPER.match(finding, max(s.end for s in spans)))


def _denied(finding: str, starts: Iterable[int]) -> bool:
    before = re.split("[，。；]", finding[: min(starts)])[-1]
    return bool(_TURNED.search(before))
