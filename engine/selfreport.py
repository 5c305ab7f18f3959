"""What a self-check comes to: hazards with their way out, what is open, what was cleared, the duties that follow.

Plain data, ready for json.dumps, for the reports and the page. Deadlines are the law's own or left to be filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from engine.consequences import CROSS
from engine.duties import SIDES, Due, chain
from engine.lifting import Lift, lifts, mend
from engine.selfcheck import CLEARED, EXPERT, FOUND, OPEN, SelfCheck, Stand
from engine.verdict import DISCLAIMER, Level
from engine.walkround import FIRST
from kb.conditions import atoms

WHOLE = "本单位"


@dataclass(frozen=True)
class Hazard:
    """A clause that holds (or needs an expert), its ways out, and the notes and photos of the answers behind it.

    `mended`: every defect found put right; `lifts`: the least that would make the clause hold no more.
    """

    stand: Stand
    lifts: tuple[Lift, ...]
    places: tuple[str, ...]
    notes: tuple[str, ...]
    photos: tuple[str, ...]
    mended: Lift | None = None

    @property
    def measure(self) -> str:
        """How everything found should be, in words; where nothing found can be mended, the first way out."""
        first = self.mended or (self.lifts[0] if self.lifts else None)
        return f"整改后，{first.plain}" if first else ""

    @property
    def less(self) -> tuple[Lift, ...]:
        """Ways out that leave some of what was found as it is."""
        mended = {c.fact for c in self.mended.changes} if self.mended else set()
        return tuple(x for x in self.lifts if {c.fact for c in x.changes} != mended)

    def to_json(self) -> dict[str, Any]:
        return {
            **self.stand.to_json(), "lifts": [x.to_json() for x in self.lifts], "places": list(self.places),
            "notes": list(self.notes), "photos": list(self.photos), "measure": self.measure,
        }  # fmt: skip


@dataclass(frozen=True)
class Result:
    """Everything a report says."""

    check: SelfCheck
    hazards: tuple[Hazard, ...]
    open: tuple[Stand, ...]
    cleared: tuple[Stand, ...]
    duties: tuple[Due, ...]
    notes: tuple[str, ...]

    @property
    def uncovered(self) -> tuple[str, ...]:
        """What the check could not reach: items left to an authority, standards not wholly held."""
        return (*self.check.beyond(), *_uncovered(self.check))

    @property
    def found(self) -> tuple[Hazard, ...]:
        return tuple(h for h in self.hazards if h.stand.status == FOUND)

    @property
    def doubtful(self) -> tuple[Hazard, ...]:
        return tuple(h for h in self.hazards if h.stand.status == EXPERT)

    @property
    def conclusion(self) -> str:
        """The result in one sentence."""
        grades = Counter(h.stand.held.standard.grade for h in self.found)
        said = [f"构成{grade}{n}项" for grade, n in grades.items()]
        said += [f"需专业认定{len(self.doubtful)}项"] if self.doubtful else []
        said += [f"待核实{len(self.open)}项"] if self.open else []
        known = self.check.by_profile
        by_profile = f"（{known}条由企业情况即可判明）" if known else ""
        return f"共查{len(self.check.clauses)}条{by_profile}：{'，'.join(said) or '未见构成'}，排除{len(self.cleared)}条。"

    def to_json(self) -> dict[str, Any]:
        checked = self.check
        return {
            "name": checked.check.profile.name, "industries": list(checked.site.industries),
            "on": checked.check.on.isoformat(), "conclusion": self.conclusion,
            "settled": round(checked.settled, 4), "clauses": len(checked.clauses),
            "answers": len(checked.check.answers.keys() - checked.unfit.keys()),
            "found": [h.to_json() for h in self.found], "expert": [h.to_json() for h in self.doubtful],
            "open": [s.to_json() for s in self.open], "cleared": [s.to_json() for s in self.cleared],
            "duties": [d.to_json() for d in self.duties], "notes": list(self.notes),
            "uncovered": [f"《{s.title}》（{s.doc_no}）" for s in checked.uncovered],
            "kb_version": checked.engine.version, "disclaimer": DISCLAIMER,
        }  # fmt: skip


def result(check: SelfCheck) -> Result:
    """What the answers so far come to."""
    stands = check.stands()
    hazards = [_hazard(check, s) for s in stands if s.status in (FOUND, EXPERT)]
    major = [h for h in hazards if h.stand.status == FOUND and h.stand.held.standard.grade == Level.MAJOR]
    notes = [*check.notes(), *check.beyond(), *_uncovered(check)]
    return Result(
        check, tuple(hazards),
        tuple(s for s in stands if s.status == OPEN), tuple(s for s in stands if s.status == CLEARED),
        tuple(_follow(check, major)), tuple(notes),
    )  # fmt: skip


def _uncovered(check: SelfCheck) -> list[str]:
    def why(id: str, unheld: str) -> str:
        asked = any((h.heir or h.standard).id == id for h in check.clauses)
        return (unheld or "部分条文未取得") if asked else "条文未取得，没有列入本次自查"

    return [
        f"《{s.title}》（{s.doc_no}）未完整收录：{why(s.id, s.unheld)}；未收录的情形不能据本次自查排除"
        for s in check.uncovered
    ]


def _hazard(check: SelfCheck, stand: Stand) -> Hazard:
    asked = sorted(stand.facts & check.check.answers.keys())
    answers = [check.check.answers[f] for f in asked]
    forms = {a.fact for limb in stand.held.clause.limbs for a in atoms(limb)}
    limbs = (stand.facts & forms & check.check.answers.keys()) or (stand.facts & forms) or set(asked)
    return Hazard(
        stand, tuple(_of_this_site(check, x) for x in lifts(check.view, stand.held)),
        _where(check.place(f) for f in sorted(limbs)),
        tuple(dict.fromkeys(a.note for a in answers if a.note)),
        tuple(dict.fromkeys(a.photo for a in answers if a.photo)),
        None if (put_right := mend(check.view, stand.held)) is None else _of_this_site(check, put_right),
    )  # fmt: skip


def _of_this_site(check: SelfCheck, lift: Lift) -> Lift:
    """A way out without the single devices of equipment that is not known to be there: that equipment is named instead."""
    facts, lexicon = check.engine.facts, check.engine.lexicon
    hosts = {h for c in lift.changes if (h := facts[c.fact].host)}
    of_kinds = [
        f for f in lift.open
        if facts[f].only or any(facts[f].host != h and lexicon.is_a(facts[f].host or "", h) for h in hosts)
    ]  # fmt: skip
    lacking = {f: ks for f in of_kinds if (ks := check.may_lack(f))}
    kinds = dict.fromkeys(k for row in lacking.values() for k in row)
    return replace(lift, open=tuple(f for f in lift.open if f not in lacking), kinds=tuple(kinds))


def _where(places: Iterable[str]) -> tuple[str, ...]:
    """The places of a hazard. What is asked before the walk is at none of them: of nothing else, it is the whole unit's."""
    return tuple(p for p in dict.fromkeys(places) if p != FIRST) or (WHOLE,)


def _follow(check: SelfCheck, hazards: Iterable[Hazard]) -> list[Due]:
    """Duties that begin with the 重大事故隐患 found, in order. Which they are depends on what each hazard is in."""
    site, on = check.site, check.check.on
    trades = site.tags - set(CROSS)
    domains = {h.stand.held.standard.domain for h in hazards}
    found: dict[str, Due] = {}
    for domain in sorted(domains):
        tags = trades | ({domain} & set(CROSS))
        found |= {d.duty.id: d for d in chain(check.duties, Level.MAJOR.value, frozenset(tags), on)}
    return sorted(found.values(), key=lambda d: (SIDES.index(d.duty.side), d.duty.step))
