"""Facts of a site as plain sentences, for papers that people read who never saw a question of the check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.quiz.phrase import TRADE, says
from kb.conditions import Atom, Compare, Exceeds, Failed, Has, Missing, Present, Unlinked
from kb.values import FactValue, State

if TYPE_CHECKING:
    from kb.models import KnowledgeBase
    from ontology.facts import Fact
    from ontology.lexicon import Lexicon

_BOUNDS = {"为≤": "不超过", "为≥": "不少于", "为＞": "大于", "为＜": "小于"}
_SEEN = {State.MISSING: "未设", State.DOUBTFUL: ""}  # of what should not be there; any other state is 有
_LISTED = re.compile(r"（[^（）]{12,}）")  # what a question lists for one who does not know the word
_ASKED = re.compile(r"（[^（）]*）|[？?]$")


def fact_name(fact: str) -> str:
    """A fact id as people say it.

    >>> fact_name("锁气卸灰装置@除尘系统"), fact_name("特种设备安全附件@特种设备")
    ('除尘系统的锁气卸灰装置', '特种设备的安全附件')
    """
    thing, _, host = fact.partition("@")
    if "~" in thing:
        thing = "与".join(thing.split("~")) + "的关联"
    rest = thing.removeprefix(host) if host and len(thing) > len(host) + 1 else thing
    return f"{host}的{rest}" if host else thing


def unseen_name(fact: Fact) -> str:
    """What is still to be looked at, as people say it: an attribute by its question, anything else by its name."""
    return fact.question.rstrip("？?") if fact.kind == "属性" else fact_name(fact.id)


def sentence(atom: Atom, value: FactValue, kb: KnowledgeBase, lexicon: Lexicon) -> str:
    """What is known of an atom's fact, in a sentence. Never more than is known."""
    if isinstance(atom, Has):
        return _attribute(atom, value.values, kb, lexicon)
    if isinstance(atom, Compare):
        return _number(atom, value, kb, lexicon)
    if value.state in (None, State.DOUBTFUL):
        return f"{fact_name(atom.fact)}存疑"
    if isinstance(atom, Exceeds):
        return says(atom, "否" if value.state is State.MISSING else "是", kb, lexicon) or _named(atom, value)
    if isinstance(atom, Present):
        return says(atom, _SEEN.get(value.state or State.THERE, "有"), kb, lexicon) or _named(atom, value)
    return _device(atom, value, kb, lexicon) or _named(atom, value)


def wanted(atom: Has, kb: KnowledgeBase, lexicon: Lexicon) -> str:
    """What an attribute would have to be, in words."""
    return "，或者".join(_attribute(atom, frozenset({v}), kb, lexicon) for v in atom.values)


def _attribute(atom: Has, values: frozenset[str], kb: KnowledgeBase, lexicon: Lexicon) -> str:
    shown = "、".join(sorted(values))
    if atom.attribute == TRADE:
        return f"行业为{shown}"
    said = says(atom, shown, kb, lexicon) if len(values) == 1 else None
    if said is not None:
        return _LISTED.sub("", said)
    held = kb.attributes.get(atom.attribute)
    if held is not None and set(held.values) == {"是", "否"}:
        return f"“{_ASKED.sub('', held.question)}”的回答：{shown}"
    return f"{atom.attribute}为{shown}"


def _number(atom: Compare, value: FactValue, kb: KnowledgeBase, lexicon: Lexicon) -> str:
    said = says(atom, value.shown(), kb, lexicon) or f"{fact_name(atom.fact)}为{value.shown()}"
    for sign, word in _BOUNDS.items():
        said = said.replace(sign, word)
    return said


def _device(atom: Atom, value: FactValue, kb: KnowledgeBase, lexicon: Lexicon) -> str | None:
    """A thing, paper or act that should be there: lacking, there and in order, or broken."""
    if value.state is State.THERE:
        return None  # whether it works is not said
    if isinstance(atom, Unlinked) and value.state is State.FAILED:
        return None
    if isinstance(atom, Failed) and value.state is State.MISSING:
        return None
    if isinstance(atom, Missing | Failed) and value.state is State.FAILED:
        concept = lexicon.concepts.get(atom.thing)
        if concept is None or concept.type == "物":
            return f"{fact_name(atom.fact)}失效"
    return says(atom, value.state.value if value.state else "", kb, lexicon)


_STATES = {
    State.WORKING: "齐全有效", State.THERE: "已有，是否有效未查明", State.MISSING: "没有", State.FAILED: "失效",
}  # fmt: skip


def _named(atom: Atom, value: FactValue) -> str:
    """A fact by its name, where no better sentence is known."""
    name, state = fact_name(atom.fact), value.state or State.DOUBTFUL
    if isinstance(atom, Present | Exceeds):
        return f"没有{name}的情况" if state is State.MISSING else f"有{name}的情况"
    return f"没有{name}" if state is State.MISSING else f"{name}{_STATES.get(state, state.value)}"
