"""What a word of putting right (已整改, 已更换, 已清理) can put right, and of what it speaks.

A word of rectification in general reaches all that was said; one of cleaning, replacing or restoring reaches
one thing, and undoes no act that was left undone or gone on with.
"""

from __future__ import annotations

import re

from kb.values import State

_EVERY = re.compile(r"以上|上述|所有|全部|各项|均|都|问题|隐患")
_AT_LARGE = re.compile(r"整改|闭环|销号|纠正|改正|复查|验收")
_BY_HAND = re.compile(r"更换|[换更]新|换好|修[复好]|维修|疏通|[开解拆]锁|拆除|标定|加装|补装|补设")
_CLEARED = re.compile(r"清[理除空运走]|[搬移]走|搬离|[抽排][干净走]|抽排")
_RESTORED = re.compile(r"恢复")
# what can be cleared away, and what it is in the way of
_CLEARABLE = re.compile(r"[堆积放存堵占杂物水泥尘灰油垢料遮埋封挡停障渣污脏草冰雪粉碎散落乱]")
_GONE_ON = re.compile(r"仍|继续|照常|照样|擅自|冒险|带病|违[章规]")
# said behind such a word of how far it was done, not of what it was done to
_HOW_FAR = re.compile(
    r"(?:完毕|完成|干净|到位|彻底|合格|正常|畅通|有效|良好|原状|[了过好]|投用|使用|运行|供[电气水])+"
)
# nothing more, another act, or a new one of the same
_NOTHING = re.compile(r"[并且后但,;。:、()]|$")
_NEW = re.compile(r"全?新(?:的|件|品|配件|备件)?|同型号|同规格|合格的?")
# 更换为|普通灯具: by what it was replaced; only one as good mends
_BY_WHAT = re.compile(r"了?[成为]了?")
_AS_GOOD = re.compile(r"(?<!非)防爆|合格|新|同型|同规格|符合|达标|标准|正规|阻燃|防火|耐火")
# a device replaced or repaired is not thereby opened, connected or put to use
_PUT_OUT = re.compile(r"关闭|关死|旁路|短接|短路|屏蔽|摘除|切除|解除|未接入|没接入|未接|未投用|断开|停用")
_LOCKED = re.compile(r"锁|焊死|封死")
_HAN = re.compile(r"[\u4e00-\u9fff]")
FILLERS = re.compile(
    r"均|都|全部|全|现场|现|已|目前|问题|隐患|以上|上述|该|此|处|立即|当场|企业|单位|并|且|后"
)


def is_filler(said: str) -> bool:
    """Whether words name nothing (现场均, 以上问题)."""
    return _HAN.search(FILLERS.sub("", said)) is None


def reaches_all(before: str, word: str) -> bool:
    """Whether a word with nothing named before it puts right all that was said (均已更换, 已整改)."""
    return _EVERY.search(before + word) is not None or _AT_LARGE.search(word) is not None


def object_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the thing is named that stands behind such a word (已更换|标志牌), up to the end of its part."""
    done = _HOW_FAR.match(text, start, end)
    start = done.end() if done else start
    new = _NEW.match(text, start, end)
    start = new.end() if new else start
    if start >= end or _NOTHING.match(text, start, end) or not _HAN.match(text, start, end):
        return None
    return start, end


def by_another_kind(word: str, behind: str) -> bool:
    """Whether a word and what stands behind it tell that a thing was replaced by one of another kind (更换为|普通灯具)."""
    named = _BY_WHAT.match(behind)
    if named is None and word[-1] not in "成为":
        return False
    return _AS_GOOD.search(re.split(r"[,;。]", behind)[0]) is None


def can_mend(word: str, kind: str, state: State, said: str) -> bool:
    """Whether a word can put right a thing of a kind (物, 行 …) in a state, said in these words."""
    if _AT_LARGE.search(word):
        return True
    if _RESTORED.search(word):
        return _GONE_ON.search(said) is None
    if _CLEARED.search(word):
        lacking = state is State.MISSING and kind in ("物", "行", "文", "人")
        return not lacking and _CLEARABLE.search(said) is not None and _LOCKED.search(said) is None
    if _BY_HAND.search(word):
        undone = "拆" in word or "锁" in word
        return (
            kind not in ("行", "人")
            and _GONE_ON.search(said) is None
            and (undone or _PUT_OUT.search(said) is None)
        )
    return True
