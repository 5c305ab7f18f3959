"""Why a question of a bank could not be checked, in words for the one who keeps the bank."""

from __future__ import annotations

import re

from engine.quiz.amounts import tokens
from engine.quiz.bank import Item
from engine.quiz.claims import BLANK, core
from engine.quiz.statements import Segment, Statements
from engine.verdict import Level, Verdict

NO_KEY = "没有答案"
_TRUE_FALSE = re.compile("判断|是非")
_NEAR = 0.3  # likeness from which a sentence is named as the nearest
MOST = 1000  # characters beyond which a question is none: laying it beside sentences would take too long


def unfit(item: Item) -> str:
    """Why an item is not to be checked at all: no right key, or longer than a question is; empty where it is fit."""
    if not item.right:
        return no_key(item)
    if fault := _misfit(item):
        return fault
    size = sum(map(len, (item.stem, item.key, *item.options)))
    return f"题干过长（连选项共 {size} 字，超过 {MOST} 字），不作核对" if size > MOST else ""


def _misfit(item: Item) -> str:
    """A key that does not fit the kind of question: a letter twice, several letters of a 单选, a 判断 that is neither 对 nor 错."""
    letters = item.letters
    if item.options and len(item.right) == len(letters) > len(set(letters)):
        return f"答案“{item.key}”中字母重复"
    if "单" in item.kind and item.options and len(item.right) > 1:
        return f"单选题的答案“{item.key}”有 {len(item.right)} 个"
    if _TRUE_FALSE.search(item.kind) and not item.options and item.holds is None:
        return f"判断题的答案“{item.key}”既不是对，也不是错"
    return ""


def stumbled(error: Exception) -> str:
    """A check failed on a row: the kind of failure alone, not what was in hand."""
    return f"核对这一题时程序出错（{type(error).__name__}），其余各题不受影响"


def no_key(item: Item) -> str:
    """The key column is empty, or names none of the options, or there are none that its letters could name."""
    if not item.key.strip():
        return f"{NO_KEY}，填上后再查"
    if not item.options:
        return f"没有选项，答案“{item.key}”只是选项的字母"
    return f"答案“{item.key}”不在选项之内（选项只有 {len(item.options)} 个），也不是对、错"


def of_verdict(verdict: Verdict, finding: str) -> str:
    """What keeps a level from being told."""
    if verdict.fault:
        return "引擎对题干的读法不可靠（两个评估器不一致，或者紧挨着的字改变了意思），不据此报错"
    if verdict.level is Level.UNCOVERED:
        return "所属行业的判定标准没有收录或者收录不全，定不了级"
    asked = "；".join(q.question for q in verdict.questions[:2])
    if asked:
        return f"题干没有写明定级要的事实：{asked}"
    unread = "、".join(f"“{finding[u.start : u.end]}”" for u in verdict.unread[:3])
    if unread:
        return f"题干的情形没有全部读懂（{unread}），不据此报错"
    return "现行判定标准里没有能确定这一情形等级的条款"


def of_statements(item: Item, statements: Statements, industries: frozenset[str]) -> str:
    """Which sentence comes nearest, and what it lacks; or that there is none."""
    text = core(BLANK.sub("", item.stem))
    ranked = statements.like(text, industries)
    if not ranked or ranked[0][0] < _NEAR:
        return "知识库里没有讲这件事的规定（只收录判定标准、履职义务和部门分工）"
    segment: Segment = ranked[0][1]
    numbers = any(tokens(a) for a in item.right) or bool(tokens(item.stem))
    lacks = "数字" if numbers else "用语"
    return f"最接近的规定是{segment.citation}，但没有可以与答案直接比对的{lacks}"
