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

_SAYS = 0.6  # share of the words of an atom that a part must have to say it
_LACK = re.compile("[未没无不缺]")
_OR = re.compile("[，,；]?(?:或者|或(?!许|多))")
_ONLY = re.compile(
    "[，,]?(?:的话)?(?:才|方)(?:可以?|能|应当?|会|算)?(?:被)?(?:直接)?(?:按|判|构成|属于|认定|算|是|满足)[^，。；]*(?:重大|情形|[条项目]）?)"
)
_AT_ONCE = re.compile(
    "[，,](?:上述|这)?(?:[两二][个项者条样种](?:条件|情形)?)?[^，。；]{0,4}(?:同时|都|均|全)[^，。；]{0,6}$|[，,]?缺一不可$"
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


def _said(held: Iterable[Atom], part: str, other: str) -> set[Atom]:
    """The atoms that a part says and the other part does not."""
    out = set()
    for atom in held:
        mine, others = _share(atom, part), _share(atom, other)
        if mine >= _SAYS and others < min(mine, _SAYS):
            out.add(atom)
    return out


def _share(atom: Atom, part: str) -> float:
    """The share of an atom's own words that a part has; none of what is to lack where the part lacks nothing."""
    words = pairs(atom.fact.split("@")[0])
    if not words or (isinstance(atom, Missing) and not _LACK.search(part)):
        return 0.0
    return len(words & pairs(part)) / len(words)


def _value(clause: Clause, so: set[Atom], not_so: set[Atom]) -> Truth:
    """The limbs that ask for either, with the one so and the other not; what describes the place is given."""

    def value_of(atom: Atom) -> Truth:
        return True if atom in so else False if atom in not_so else True if isinstance(atom, Has) else None

    touched = [limb for limb in clause.limbs if {*atoms(limb)} & (so | not_so)]
    return disjunction(evaluate(limb, value_of) for limb in touched)
