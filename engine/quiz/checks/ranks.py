"""Two grades of hazard said to be one: what a document of its own calls a grade (严重事故隐患) is not 重大事故隐患."""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.polarity import negations

MAJOR = "重大事故隐患"
_SAME = re.compile(
    r"(?P<chain>(?:不|非|并非|并不|不能|不得|不可|不应|不宜|未必|能|可以?|应当?|得|是|直接|自动|简单|完全|必然|当然|一律|也|均|都|即|就|两者|二者|的?含义|并)*)"
    r"(?:就是|即是|即为|等同|等于|相同|同义|一回事|同一(?:概念|等级|含义)|一样|没有区别|无区别|视为|视同|认定为|判定为|属于)"
)
_NOT = re.compile("未必|区分|区别|不同|并行|不能混同|不得混同")
_DO_NOT = re.compile("(?:不得|不能|不应|不可|不宜|不要|不)当?再?(?:将|把|以)[“”]?$")
_FRAME = re.compile(
    r"《[^》]*》|[（(][^（）()]*[）)]|[“”]|"
    r"(?:国家)?市场监(?:督管理|管)(?:总局|部门)|监督检查|检查|认定|(?:令第)?\d+号令?|GB ?[\d-]+|第[一二三四五六七八九十]+条|"
    r"特种设备|领域|行业|监管|规定|所称|所指|称|属于|构成|认定为|判定为|列为|凡是?|只要|关于|根据|依据|按照?|一旦|被|里|中|上|内|对|是|与|和|的|在|，"
)
_OTHER = 3  # characters before the grades that may tell of something else, such as a case


def check(asked: Asked, found: Found) -> None:
    """A statement of two grades that it calls the same, or not."""
    if asked.item.holds is None:
        return
    for standard in asked.book.in_force(asked.on):
        if standard.grade == MAJOR or standard.grade not in asked.item.stem:
            continue
        if (same := equated(asked.item.stem, standard.grade)) is None:
            continue
        rule = f"“{standard.grade}”与“{MAJOR}”并行，不能等同：{standard.scope_text}"
        if same is asked.item.holds:
            found.alarms.append(Alarm(TERM, rule, f"《{standard.title}》（{standard.doc_no}）"))
        else:
            found.agreed.append(rule)
        return


def equated(text: str, grade: str) -> bool | None:
    """Whether a text calls a grade the same as 重大事故隐患 (True) or not (False); None where it says neither, or both.

    >>> equated("严重事故隐患就是重大事故隐患，可直接等同。", "严重事故隐患")
    True
    >>> equated("严重事故隐患与重大事故隐患不能自动等同。", "严重事故隐患")
    False
    >>> equated("不得将严重事故隐患等同于重大事故隐患", "严重事故隐患")
    False
    >>> equated("安全阀失效仍使用的，既属于严重事故隐患，也属于重大事故隐患", "严重事故隐患") is None
    True
    >>> equated("发现严重事故隐患、重大事故隐患，应当报告。", "严重事故隐患") is None
    True
    """
    if grade not in text or MAJOR not in text.replace(grade, ""):
        return None
    at = min(text.index(grade), text.index(MAJOR))
    before = text[:at]
    denied = _DO_NOT.search(before)
    if len(_FRAME.sub("", before[: denied.start()] if denied else before)) > _OTHER:
        return None
    said = {(negations(m["chain"]) % 2 == 0) is (denied is None) for m in _SAME.finditer(text, at)}
    if _NOT.search(text):
        said = {s for s in said if not s} if True not in said else set()
    return said.pop() if len(said) == 1 else None
