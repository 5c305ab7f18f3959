"""Whether one of two things a statement names is enough by itself for a clause, by the clause's own conditions.

Each of the two is led to the atoms of the limbs that it says and the other does not. With these true and those of the
other false the limbs have a value: true, false, or unknown where the clause asks for something else beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.logic import Truth, disjunction, evaluate
from engine.quiz.statements import pairs
from engine.quiz.tails import ONE_OF
from kb.conditions import Atom, Has, Missing, atoms
from kb.models import Clause

_TELLS = 2  # pairs of characters of a condition that can be led to an atom
_AND_OR = re.compile("、|，|以及|并且?|或者?|和|(?:是否|有没有|有无)")
_OPERATORS = re.compile("缺|失效|未联锁|未接入|属性|（须有事实）|=|\\|| ")
_SAYS = 0.6  # share of the words of an atom that a part must have to say it
_LACK = re.compile("[未没无不缺]")
_OR = re.compile("[，,；]?(?:或者|或(?!许|多))")
_ONLY = re.compile(
    "[，,]?(?:的话)?(?:才|方)(?:可以?|能|应当?|会|算)?(?:被)?(?:直接)?(?:按|判|构成|属于|认定|算|是|满足)[^，。；]*(?:重大|情形|[条项目]）?)"
)
_AT_ONCE = re.compile(
    "[，,](?:上述|这)?(?:[两二][个项者条样种](?:条件|情形)?)?[^，。；]{0,4}(?:同时|都|均|全)[^，。；]{0,6}$|[，,]?缺一不可$"
)
_ASIDE = re.compile(
    "(?P<of>[^。；]*?)[，,]?(?:只有|仅|仅仅)(?:在|当|有)?[^，。；]{2,30}?(?:时|的|情况下)?[，,]?(?:才|方)(?:能|可以?|会|应当?)?(?:算|构成|属于|判定?为?|是|为|列为|认定为)[^，。；不]*重大[^，。；不]*"
    "[，,；](?:而|至于)?(?P<out>[^，。；]{4,30}?)的?[，,]?(?:则|就|并|都|均|一律)?(?:不(?:在[^，。；]*(?:列|内|范围)|算(?:在内)?|构成|属于|判|是|列)|除外)[^，。；]{0,14}$"
)
_FRAME = re.compile("^(?:.*(?:标准|准则|规定|号|条|[）)]项|目)[^，。；]{0,4}[，,]|只有|必须|须)+|既|同时")
_JOINS = re.compile("[，,]?(?:而且|并且|且|或者|或|又|既|也|同时)")


@dataclass(frozen=True)
class Joint:
    """Of two things named: is each of them enough without the other?"""

    clause: Clause
    one: Truth
    two: Truth
    only: bool  # no limb is without either of them

    @property
    def both(self) -> bool:
        """Whether the clause asks for the two together."""
        return self.one is False and self.two is False

    @property
    def either(self) -> bool:
        """Whether each of the two is enough."""
        return self.one is True and self.two is True


def either_of(finding: str) -> tuple[str, ...]:
    """The two of 「甲或者乙，有其一」; empty where a finding does not say so of just two.

    >>> either_of("塔吊没有验收，或者没有登记，占一样"), either_of("塔吊没有验收，占一样")
    (('塔吊没有验收', '没有登记'), ())
    """
    alone = ONE_OF.search(finding)
    parts = _OR.split(finding[: alone.start()]) if alone else []
    return tuple(parts) if len(parts) == 2 else ()


def both_of(stem: str) -> tuple[str, ...]:
    """The two of 「甲，并且乙，才构成重大」; empty where a statement does not ask for just two.

    >>> both_of("依第九条，塔吊既没有验收，又没有登记，两条都占才判重大隐患"), both_of("塔吊没有验收才构成重大隐患")
    (('塔吊没有验收', '没有登记'), ())
    """
    only = _ONLY.search(stem)
    told = _FRAME.sub("", _AT_ONCE.sub("", stem[: only.start()])) if only else ""
    parts = [p.strip("，、的") for p in re.split("[，,；]?(?:并且|而且|且|又|也(?=[未没无不])|同时)", told)]
    return tuple(parts) if len(parts) == 2 and all(len(p) > 3 for p in parts) else ()


def put_aside(stem: str) -> str:
    """What a statement puts aside of a thing by 「只有甲才算重大，乙的不在其列」: 乙 with what it is of; empty where it says no such thing.

    >>> put_aside("塔吊只有“没有验收”时才算重大事故隐患，没有登记的不在判定之列。")
    '塔吊没有登记'
    """
    match = _ASIDE.search(stem.rstrip("。"))
    return match["of"].strip("，“”") + match["out"] if match else ""


def joint(clause: Clause, one: str, two: str) -> Joint | None:
    """How a clause has two things that a statement names; None where it does not tell each by atoms of its own."""
    if clause.executability != "full":
        return None
    held = {a for limb in clause.limbs for a in atoms(limb) if not isinstance(a, Has)}
    parts = [_JOINS.sub("，", p) for p in (one, two)]
    first, second = (_said(held, parts[i], parts[1 - i]) for i in (0, 1))
    if not first or not second or first & second:
        return None
    only = all({*atoms(limb)} & (first | second) for limb in clause.limbs)
    return Joint(clause, _value(clause, first, second), _value(clause, second, first), only)


def hangs_on(clause: Clause, rest: str, condition: str) -> bool:
    """Whether a clause lists what a statement tells only with a condition that the statement spares, or not with it.

    The condition is led to the atoms that have its words. With these not so, or so where they are an exception, the limbs
    that say the rest must be false; where no limb says the rest, it is the premises and exceptions alone that tell.
    """
    told = [w for p in _AND_OR.split(condition) if len(w := pairs(p)) >= _TELLS]
    if clause.executability != "full" or not told:
        return False

    def named(atom: Atom) -> bool:
        words = pairs(_OPERATORS.sub("", str(atom)).replace("@", "，"))
        return any(len(w & words) >= max(_TELLS, _SAYS * min(len(w), len(words))) for w in told)

    own = {a for limb in clause.limbs for a in atoms(limb) if not isinstance(a, Has) and not named(a)}
    said = {a for a in own if _share(a, rest) >= _SAYS}
    if any(
        named(a) and not isinstance(a, Has) and _share(a, rest) >= 1
        for limb in clause.limbs
        for a in atoms(limb)
    ):
        return False  # it tells that very thing besides

    def kept(atom: Atom) -> Truth:
        return False if named(atom) else True if atom in said else None

    around = [evaluate(p, kept) for p in clause.premises]
    lifted = [evaluate(e, lambda a: not named(a)) is False for e in clause.exceptions]
    touched = [limb for limb in clause.limbs if said & {*atoms(limb)}] or clause.limbs
    return False in around or True in lifted or all(evaluate(limb, kept) is False for limb in touched)


def _said(held: Iterable[Atom], part: str, other: str) -> set[Atom]:
    """The atoms that a part says and the other part does not."""
    out = {a for a in held if (n := _share(a, part)) >= _SAYS and _share(a, other) < min(n, _SAYS)}
    told = {a: len(pairs(a.fact.partition("@")[2]) & (pairs(part) | pairs(other))) for a in out}
    return {a for a in out if all(told[a] >= told[b] for b in out if _thing(a) == _thing(b))}


def _thing(atom: Atom) -> str:
    """What an atom asks, wherever it is (水平防护措施, of 水平防护措施@电梯井道)."""
    return atom.fact.partition("@")[0]


def _share(atom: Atom, part: str) -> float:
    """The share of an atom's own words that a part has; none of what is to lack where the part lacks nothing."""
    words = pairs(_thing(atom))
    if not words or (isinstance(atom, Missing) and not _LACK.search(part)):
        return 0.0
    return len(words & pairs(part)) / len(words)


def _value(clause: Clause, so: set[Atom], not_so: set[Atom]) -> Truth:
    """The limbs that ask for either, with the one so and the other not; what describes the place is given."""

    def value_of(atom: Atom) -> Truth:
        return True if atom in so else False if atom in not_so else True if isinstance(atom, Has) else None

    touched = [limb for limb in clause.limbs if {*atoms(limb)} & (so | not_so)]
    return disjunction(evaluate(limb, value_of) for limb in touched)
