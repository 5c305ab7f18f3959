"""A blank for the word that joins two conditions (且, 或者), against the clause that says whether both are needed."""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, core
from engine.quiz.statements import Segment, pairs

_BOTH = re.compile(r"并且|且|并(?=没有|未|不)|同时")
_EITHER = re.compile(r"或者|或")
_BOTH_NEEDED = re.compile(
    r"(?:两者|两项|两个条件|二者)?(?:都要|须|必须|应当?)?同时(?:具备|满足|存在|成立)|都没有|都要"
)
_ONE_ENOUGH = re.compile(r"有(?:其)?一(?:种|项|个)?即|任一(?:种|项|个)?(?:即|不|没有)|缺(?:任)?一|有下列之一")
_WORDS = re.compile(r"[，,]?(?:并且|而且|且|并|以及同时|同时|或者|或|和（或）|和/或|及/或)")
_SHARE = 0.3  # share of the stem's words that a clause must have
_SIDE = 0.5  # share of the words on each side of the blank that must stand on the same side in the clause
_LEADS_IN = re.compile("有下列(?:情形)?之一[:：——]*")  # of limbs, each of which may ask for two things
_SAME = 0.75  # share of the words of each of two things that a rule must have to join just these
_TELLS = 2  # pairs of characters that a thing must have
_PART = re.compile(r"[，。；]")
_NOTHING = re.compile(r"没有|尚未|未|没|应当?|判定|构成|属于|的")


def check(asked: Asked, found: Found) -> None:
    """A key 或者 where the clause wants both, a key 且 where one of the two is enough."""
    item = asked.item
    blanks = list(BLANK.finditer(item.stem))
    keys = item.right or (item.key,)
    if item.holds is not None or len(blanks) != 1 or len(keys) != 1:
        return
    both = _joins(keys[0])
    if both is None or (
        item.options and not any(_joins(o) is not both and _joins(o) is not None for o in item.options)
    ):
        return
    left, right = item.stem[: blanks[0].start()], item.stem[blanks[0].end() :]
    for segment in _near(asked):
        needed = needs_both(left, right, segment.whole)
        if needed is None:
            continue
        if needed is both:
            found.agreed.append(f"{keys[0]}：{segment.citation}")
        else:
            reason = f"{'须同时具备' if needed else '有其一即可'}，不是“{keys[0]}”，规定是：{segment.whole}"
            found.alarms.append(Alarm(TERM, reason, segment.citation))
        return


def _joins(word: str) -> bool | None:
    """Whether a word joins what is needed together; None where it is no such word.

    >>> _joins("且"), _joins("或者"), _joins("因而")
    (True, False, None)
    """
    word = re.sub(r"[\s“”]", "", word)
    return not _EITHER.search(word) and "或" not in word if _WORDS.fullmatch(word) else None


def needs_both(left: str, right: str, rule: str) -> bool | None:
    """Whether a clause wants both of what stands beside a blank; None where it does not have the two side by side.

    >>> needs_both("没有建立台账，", "没有公示的", "台账没有建立，并且没有公示。")
    True
    """
    one = pairs(_NOTHING.sub("，", _PART.split(left.rstrip("，、"))[-1]))
    two = pairs(_NOTHING.sub("，", _PART.split(right)[0]))
    if not one or not two:
        return None
    told = {
        joins
        for joins, word in ((True, _BOTH), (False, _EITHER))
        for m in word.finditer(rule)
        if _share(one, re.split("[；。]", rule[: m.start()])[-1]) >= _SIDE
        and _share(two, _PART.split(rule[m.end() :])[0]) >= _SIDE
    }
    told |= (
        {True}
        if _BOTH_NEEDED.search(rule) and told != {False} and _share(one | two, rule) >= _SIDE
        else set()
    )
    if _ONE_ENOUGH.search(rule) and True in told:
        return None
    return told.pop() if len(told) == 1 else None


def either_said(left: str, right: str, rule: str) -> bool:
    """Whether a limb of a rule joins by 并且 just what a statement joins by 或者, and none by 或者.

    >>> either_said("没有建立台账", "没有公示", "没有建立台账，并且没有公示。")
    True
    >>> either_said("没有建立台账", "没有公示", "没有建立台账，或者没有公示。")
    False
    """
    one, two = pairs(_PART.split(left.rstrip("，、"))[-1]), pairs(_PART.split(right)[0])
    if len(one) < _TELLS or len(two) < _TELLS:
        return False
    told = {
        word is _BOTH and not _ONE_ENOUGH.search(limb)
        for limb in re.split("[；。]", _LEADS_IN.sub("", rule))
        for word in (_BOTH, _EITHER)
        for m in word.finditer(limb)
        if _share(one, limb[: m.start()]) >= _SAME
        and _share(two, _PART.split(limb[m.end() :].lstrip("，"))[0]) >= _SAME
    }
    return told == {True}


def either_listed(left: str, right: str, rule: str) -> bool:
    """Whether a rule joins by 或者 just the two things that a statement wants both of, and not by 并且 anywhere.

    >>> either_listed("没有建立台账", "没有公示栏", "没有建立台账；或者没有公示栏。")
    True
    >>> either_listed("没有建立台账", "没有公示栏", "没有建立台账，并且没有公示栏。")
    False
    """
    sides = [_things(s) for s in (_PART.split(left.rstrip("，、"))[-1], _PART.split(right)[0])]
    if _BOTH.search(rule):
        return False
    for match in _EITHER.finditer(rule):
        before = _things(re.split("[；。]", rule[: match.start()].rstrip("，；"))[-1])
        after = _things(_PART.split(rule[match.end() :].lstrip("，"))[0])
        for one, two in (sides, sides[::-1]):
            own, other = one - two - (before & after), two - one - (before & after)
            if min(len(own), len(other)) >= _TELLS and all(
                len(told & held) >= _SIDE * len(told) for told, held in ((own, before), (other, after))
            ):
                return True
    return False


def _things(text: str) -> frozenset[str]:
    """What a part is about, without what only joins or denies."""
    return pairs(_NOTHING.sub("，", re.sub("的(?=[\u4e00-\u9fff])", "", text).replace("设置", "设")))


def _share(words: frozenset[str], text: str) -> float:
    return len(words & pairs(text)) / len(words)


def _near(asked: Asked) -> list[Segment]:
    """The clauses cited, else the one most like the stem."""
    statements = asked.statements
    if asked.hinted:
        held = [s for s in statements.segments if s.source in asked.hinted_ids]
        return list({s.source: s for s in held}.values())
    stem = core(BLANK.sub("", asked.item.stem))
    ranked = [s for n, s in statements.like(stem, asked.industries)[:1] if n >= _SHARE and s.kind == "条款"]
    return ranked
