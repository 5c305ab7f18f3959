"""What a verdict leads to: who is responsible under 三管三必须, and the duties that follow with their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from engine.duties import Due, chain
from kb.errors import BadInput
from kb.models import Attribute
from kb.national import UNSETTLED, Department, NationalRegisters

if TYPE_CHECKING:
    from engine.responsibility import Responsibility
    from engine.verdict import Verdict
    from kb.values import FactValue
    from ontology.domains import Domains

INDUSTRY = "行业"
CROSS = ("特种设备", "消防")  # domains of standards that every industry shares
PRESUMED = "行业系推定"
BY_PLACE = "按场所"
LOCAL = "文件所载"
FEW_DUTIES = 2  # of each side, where not all are asked for
TRADE = ("管行业", "监管", "管业务")


@dataclass(frozen=True)
class Responsible:
    """One unit's part. `role` in the words of 三管三必须; `pending`: not checked against a source."""

    role: str
    unit: str
    basis: str
    source: str
    pending: bool = False
    note: str = ""

    @property
    def marked(self) -> str:
        """The unit with what is doubtful of it."""
        doubts = (
            (UNSETTLED, UNSETTLED in self.note),
            (PRESUMED, PRESUMED in self.note),
            ("待核", self.pending),
        )
        return self.unit + "".join(f"（{doubt}）" for doubt, held in doubts if held)

    def to_json(self) -> dict[str, Any]:
        return {
            "role": self.role, "unit": self.unit, "basis": self.basis, "source": self.source,
            "unverified": self.pending, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True)
class After:
    responsible: tuple[Responsible, ...] = ()
    duties: tuple[Due, ...] = ()


def lineage(industry: Attribute, name: str) -> frozenset[str]:
    """An industry with its broader ones; a cross-cutting domain (特种设备, 消防) stands alone. Raises BadInput."""
    above = industry.ancestors()
    if name not in above and name not in CROSS:
        raise BadInput(f"没有行业 {name!r}，应为 {'、'.join([*above, *CROSS])} 之一")
    return frozenset((name, *above.get(name, ())))


class Consequences:
    """Answers are kept by level, industries, domains, region and date: batches ask the same ones again."""

    def __init__(self, registers: NationalRegisters, industry: Attribute) -> None:
        self.registers = registers
        self.industry = industry
        self._after = lru_cache(maxsize=4096)(self._compute)

    @cached_property
    def who(self) -> Responsibility:
        """What answers questions about regions; needed only where a region is given."""
        from engine.responsibility import open_responsibility

        return open_responsibility()

    @cached_property
    def things(self) -> Domains:
        """The things people ask about; needed only where the place of a finding is given."""
        from ontology.domains import read_domains

        return read_domains()

    def of(self, verdict: Verdict, stated: Mapping[str, FactValue], labelled: frozenset[str]) -> After:
        """Who is responsible and what follows. Nothing follows where no hazard was found.

        `stated`, `labelled`: attributes and domains that the user's label of the industry settles.
        """
        held = [v for v in verdict.facts if v.fact == INDUSTRY]
        held += [stated[INDUSTRY]] if INDUSTRY in stated else []
        touched = verdict.decisive or verdict.open
        domains = {verdict.standards[r.clause.standard].domain for r in touched} or set(labelled)
        return self._after(
            verdict.level.value,
            tuple(sorted({x for v in held for x in v.values})),
            bool(held) and all(v.presumed for v in held),
            tuple(d for d in CROSS if d in domains),
            bool(domains) and domains <= set(CROSS),
            verdict.region,
            verdict.facility,
            verdict.on,
        )

    def _compute(
        self,
        level: str,
        industries: tuple[str, ...],
        presumed: bool,
        cross: tuple[str, ...],
        only_cross: bool,
        region: str,
        facility: str,
        on: date,
    ) -> After:
        """`only_cross`: all clauses are of domains that every industry shares, none of the industry's own."""
        if level == "未见隐患":
            return After()
        own = frozenset(t for i in industries for t in lineage(self.industry, i))
        shared = frozenset(cross)
        duties = (d for d in self.registers.duties if not (only_cross and d.listed))
        followed = chain(duties, level, own | shared if only_cross else own, on, also=shared)
        rows = self._responsible(industries, cross, region, facility, on)
        if presumed:
            rows = [
                replace(r, note="；".join(filter(None, (PRESUMED, r.note))))
                if r.role in TRADE and not r.note.startswith(BY_PLACE)
                else r
                for r in rows
            ]
        return After(tuple(rows), tuple(followed))

    def department(self, industry: str) -> Department | None:
        """The national entry of an industry or the nearest broader one."""
        for name in (industry, *self.industry.ancestors().get(industry, ())):
            for d in self.registers.departments:
                if name in d.industries:
                    return d
        return None

    def _responsible(
        self, industries: tuple[str, ...], cross: tuple[str, ...], region: str, facility: str, on: date
    ) -> list[Responsible]:
        duty = self.registers.duty
        out = [
            Responsible(
                "管生产经营", "生产经营单位：主要负责人全面负责，其他负责人对分管范围负责",
                "；".join(duty["ENT-003"].basis), duty["ENT-003"].source,
            )
        ]  # fmt: skip
        found = {d.id: d for i in (*industries, *cross) if (d := self.department(i)) is not None}
        for d in found.values():
            out += _national(d)
        thing, own = self._facility(facility)
        if own is not None and own.id not in found:
            out += [
                replace(r, note="；".join(filter(None, (f"{BY_PLACE}“{thing}”", r.note))))
                for r in _national(own)[:-1]
            ]
        if region:
            out += self._local(industries, cross, region, thing, on)
        territory = duty["GOV-002"]
        out.append(Responsible("属地", territory.holder, "；".join(territory.basis), territory.source))
        return out

    def _facility(self, facility: str) -> tuple[str, Department | None]:
        """The thing that the place of a finding is, in its own words, and the national entry of it."""
        if not facility:
            return "", None
        from ontology.domains import ROOMS

        found = [m for m in self.things.find(facility) if m.domain.name not in ROOMS]
        if not found:
            return "", None
        id = self.things.department(found[-1].domain)
        return found[-1].words, next((d for d in self.registers.departments if d.id == id), None)

    def _local(
        self, industries: tuple[str, ...], cross: tuple[str, ...], region: str, thing: str, on: date
    ) -> list[Responsible]:
        out: dict[tuple[str, str, str], Responsible] = {}  # two trades of one unit at one place are told once
        above = self.industry.ancestors()
        lines = [*((i, *above.get(i, ())) for i in industries), *((c,) for c in cross)]
        known = (next((n for n in line if self.who.domains.find(n)), "") for line in lines)
        for industry in filter(None, dict.fromkeys((*known, thing))):
            answer = self.who.answer(f"{region}{industry}的安全由谁监管？", region, on)
            if not answer.answered:
                continue
            place = "；".join(f"《{r.title}》{r.ref}" for r in answer.refs)
            note = "；".join((*answer.mapping(), *answer.notes))
            for unit, role in answer.roles:
                told = Responsible(f"{LOCAL}（{role}）", unit, place, place, note=note)
                out.setdefault((role, unit, place), told)
        return list(out.values())


def _national(d: Department) -> list[Responsible]:
    pending, basis = d.unverified, "；".join(d.basis)
    note = f"{UNSETTLED}；{d.note}" if d.contested else d.note
    rows = [("管行业", (d.industry_lead,)), ("监管", d.supervision), ("管业务", d.business)]
    out = [
        Responsible(role, unit, basis, d.source, role in pending, note)
        for role, units in rows
        for unit in units
    ]
    return [*out, Responsible("综合监管", d.comprehensive, "安全生产法（2021修正） 第十条第一款", d.source)]


def responsible_lines(after: After) -> list[str]:
    """One line for each role, what is from memory marked 待核."""
    by_role: dict[str, list[Responsible]] = {}
    for r in after.responsible:
        by_role.setdefault(r.role, []).append(r)
    lines = []
    for role, rows in by_role.items():
        units = "；".join(dict.fromkeys(r.unit for r in rows))
        pending = "（待核：凭记忆收录）" if any(r.pending for r in rows) else ""
        contested = f"（{UNSETTLED}）" if any(UNSETTLED in r.note for r in rows) else ""
        presumed = f"（{PRESUMED}）" if any(PRESUMED in r.note for r in rows) else ""
        place = dict.fromkeys(x for r in rows for x in (r.basis, r.note) if x)
        local = f"　{'；'.join(place)}" if role.startswith(LOCAL) else ""
        lines.append(f"{role}：{units}{contested}{presumed}{pending}{local}")
    return lines


def duty_lines(after: After, most: int | None = None) -> list[str]:
    """One line for each duty that follows: whose, by when, what, on what basis.

    `most`: at most so many of each side; how many of which are left out is said in a last line.
    """
    sides: Counter[str] = Counter()
    lines = []
    for due in after.duties:
        sides[due.duty.side] += 1
        if most is None or sides[due.duty.side] <= most:
            lines.append(due.line())
    left = "、".join(f"{side} {n - most} 项" for side, n in sides.items() if most is not None and n > most)
    return [*lines, f"此外还有：{left}"] if left else lines
