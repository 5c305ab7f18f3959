"""Whether a word that would set an attribute is asked about, or stands under a negation: then it is not said."""

from __future__ import annotations

import re

# 是不是|联合布置
_ASKED = re.compile(r"(?:是不是|是否|有没有|可能是|像是|好像|不知道?是)(?:属于?|为|还|仍)?在?$")
_MEMBERS = r"(?:[\u4e00-\u9fffa-z\d]{1,6}[、和及或与])*[\u4e00-\u9fffa-z\d]{0,6}?等?的?"
# 不存在硫化氢、一氧化碳等|中毒风险: every member of the list is denied, whatever is said behind it
_NO_SUCH = re.compile(
    r"(?:不存在|[不未]涉及|不会?产生|不含有?|[未不没]使用|不属于?|不构成|并非|不是)" + _MEMBERS + "$"
)
_NOT = r"(?<!是)(?:[未没不]|尚未|并未|从未|[均都仍还]未|还没|没有)"
_SINCE = r"(?:曾|再|提前|擅自|实际|正式|直接|完全|立即|及时|继续|仍|有|被|能|予以|重新)*"
# 未提前|拆除模板: the verb itself is denied, with all that it takes
_NOT_DONE = re.compile(_NOT + _SINCE + "$")
# 未采用|强制送风, 未进入|探水线: where the word is the whole object
_NOT_OF = re.compile(
    rf"(?:{_NOT}{_SINCE}(?:设置?|采用|安装|使用|配备|进入|用于|进行|开展|实施|从事|处于|作为|发生|接触|投入)|没有|无)$"
)
_WHOLE = re.compile(r"[,;。、)\s]|等|的|时|之?前|$")


def is_asked(text: str, start: int, at: int) -> bool:
    """Whether a word at a place of a scene that begins at `start` is only asked about."""
    return _ASKED.search(text, max(start, at - 8), at) is not None


def is_no_such(text: str, start: int, at: int) -> bool:
    """Whether what a word names is said not to be there at all."""
    return _NO_SUCH.search(text, max(start, at - 24), at) is not None


def is_undone(text: str, start: int, at: int, end: int) -> bool:
    """Whether what a word from `at` to `end` names was not done, used or entered."""
    before = _NOT_DONE.search(text, start, at)
    if before is not None and not before[0].startswith("没有"):
        return True
    return _WHOLE.match(text, end) is not None and (
        before is not None or _NOT_OF.search(text, start, at) is not None
    )
