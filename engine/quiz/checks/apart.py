"""多选: the option that stands apart from all the rules (员工年终奖), and the one left out that the rule of those keyed has as well.

An option stands apart where half of its own words are in no sentence of the knowledge base at all while the others are all told
there: whoever writes a question takes from the rule what is right, and from elsewhere what is not.
"""

from __future__ import annotations

import re

from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.sets import Tried
from engine.quiz.checks.told import EACH, TELLS, Options
from engine.quiz.enumerations import Place, excepted_text, place
from engine.quiz.polarity import other_side, wants_excepted, wants_outside
from engine.quiz.statements import Segment, pairs
from engine.quiz.wordings import all_well

_VIEWS = re.compile("说法|表述|描述|理解|观点|叙述")
_COUNTED = re.compile("“([二三四五六七八九])[^“”]{1,6}”")
_NUMERALS = "零一二三四五六七八九"
_HARDLY = 0.25  # share of an option that a rule may have which does not tell of it
_NONE = 0.1  # of one that a rule surely does not tell of
_EXCEPTED = 0.4  # of one that an exception names
_OF_EXCEPTION = 0.25  # share of a stem that a clause has of whose exception is asked
_SURELY = 0.6  # of one that was left out, and of those beside which another is surely not told of


def check(asked: Asked, found: Found) -> None:
    """A keyed option of which no rule tells, beside those of one rule; else one left out that the same rule has."""
    item = asked.item
    if item.holds is not None or len(item.right) < 2 or len(item.options) < 3:
        return
    if _VIEWS.search(item.stem) or asked.of_levels_or_documents:
        return
    options = Options(asked)
    outside = wants_outside(item.stem) or wants_excepted(item.stem)
    alarm = _of_exception(options) if outside else _too_many(options) or _left_out(options)
    if alarm is not None:
        found.agreed.clear()
        found.alarms.append(alarm)


def _too_many(options: Options) -> Alarm | None:
    asked = options.asked
    right = asked.item.right
    if len(right) < 3:
        return None
    extra = options.apart(right)
    alone = extra and extra == options.apart(asked.item.options)
    if alone or (extra and options.unknown[extra] >= _SURELY):
        others = [o for o in right if o != extra]
        for whole in (False, True):
            rule = next(iter(options.rules(others, whole)), None)
            if rule is not None and options.has(extra, rule) <= (_HARDLY if alone else _NONE):
                return None if _read(asked, extra) else _alarm(options, extra, others, rule)
    for extra in right if not asked.item.wrong else ():
        others = [o for o in right if o != extra]
        rule = next(iter(options.rules(others)), None)
        if (
            rule is not None
            and (options.has(extra, rule) <= _NONE or place(extra, _text(rule)) is Place.FOREIGN)
            and "等" not in rule[0].whole
            and min(options.has(o, rule) for o in others) >= TELLS
        ):
            return _alarm(options, extra, others, rule)
    return None


def _of_exception(options: Options) -> Alarm | None:
    """Of what a clause excepts: a keyed option of which the exception says nothing, or one left out that it names."""
    asked = options.asked
    ranked = []
    for s in {s.whole: s for s in asked.statements.allowed(asked.industries) if s.kind == "条款"}.values():
        if not (kept := pairs(excepted_text(s.whole))):
            continue
        shares = {o: options.weighed(o, kept) for o in asked.item.options}
        told = [o for o in asked.item.options if shares[o] >= _EXCEPTED]
        if len(told) > 1 and (stem := options.stem([s])) >= _OF_EXCEPTION:
            ranked.append((len(told) + stem, s, shares))
    if not ranked:
        return None
    _, segment, shares = max(ranked, key=lambda r: r[0])
    others = {o for o in shares if shares[o] <= _NONE}
    extra = [o for o in asked.item.right if o in others]
    rest = [o for o in asked.item.right if o not in others]
    if len(extra) == 1 and len(rest) > 1 and all(shares[o] >= _EXCEPTED for o in rest):
        return Alarm(TERM, f"多选“{extra[0]}”：不在除外之列，规定是：{segment.whole}", segment.citation)
    left = [o for o in asked.item.wrong if o not in others]
    if not extra and len(left) == 1 and others and shares[left[0]] >= _SURELY:
        return Alarm(TERM, f"漏选“{left[0]}”：{segment.whole}", segment.citation)
    return None


def _text(rule: tuple[Segment, ...]) -> str:
    return f"{rule[0].holder}。{rule[0].whole}。{rule[0].reach}"


def _read(asked: Asked, option: str) -> bool:
    """Whether the engine reads an option as something that a clause is about."""
    tried = Tried(asked, option)
    return bool(tried.deciding or tried.touched or tried.probe.agreed)


def _alarm(options: Options, extra: str, others: list[str], rule: tuple[Segment, ...]) -> Alarm:
    first = max(rule, key=lambda s: sum(options.has(o, [s]) for o in others))
    reason = f"多选“{extra}”：没有规定提到，其余各项见：{first.whole}{first.pending}"
    return Alarm(TERM, reason, first.citation)


def _left_out(options: Options) -> Alarm | None:
    """An option left out that the rule of those keyed has as well, or another clause of their standard, beside one that none has."""
    asked = options.asked
    right, wrong = asked.item.right, asked.item.wrong
    apart = options.apart(asked.item.options) in wrong and len(wrong) > 1
    for whole in (False, True) if apart else (False,) if wrong else ():
        rule = next(iter(options.rules(right, whole)), None)
        if rule is None:
            continue
        shares = {o: options.has(o, rule) for o in wrong}
        best = max(shares, key=lambda o: shares[o])
        if _full(options, rule) or (
            len(wrong) > 1
            and all(n <= _HARDLY for o, n in shares.items() if o != best)
            and shares[best] >= max(_SURELY, min(options.has(o, rule) for o in right))
            and not (tokens(best) or all_well(best) or Tried(asked, best).probe.alarms)
        ):
            segment = max(rule, key=lambda s: options.has(best, [s]))
            text = _text((segment,))
            if not other_side(best, text) and place(best, text) is not Place.EXCEPTED:
                return Alarm(TERM, f"漏选“{best}”：{segment.whole}{segment.pending}", segment.citation)
    return None


def _full(options: Options, rule: tuple[Segment, ...]) -> bool:
    """Whether a term that counts its parts (五落实) counts as many as there are options, all of which its rule has."""
    item = options.asked.item
    counted = _COUNTED.search(item.stem)
    if counted is None or counted[0] not in _text(rule):
        return False
    every = _NUMERALS.index(counted[1]) == len(item.options)
    return every and all(options.has(o, rule) >= EACH for o in item.options)
