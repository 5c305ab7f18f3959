"""Who is responsible: answers a question from the region packs, the national departments beside it.

Four outcomes (DESIGN section 7): 文件所载, 须由属地按业务相近原则指定, 文件未规定, 未识别所问.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from corpus.questions import Question, read_question
from engine.retrieval import BROADER, VERBATIM, Hit, Index
from kb.registers import (
    Assigned,
    Department,
    Often,
    Region,
    RegionPack,
    Registers,
    Statement,
    Task,
    Value,
    When,
)
from ontology.domains import Domains, Mention, fold

FOUND = 0.42  # below this share of the question a passage is not what was asked about
BESIDE = 0.6  # words beside a thing, when only the responsible unit is asked
NEAR = 0.85  # statements within this share of the best also answer
POST = "岗位"
ROLE_BONUS = 0.1  # a sentence that names its own agent in the role asked
EACH = "分别"
OPERATORS = frozenset(
    {"企业", "从业人员", "社会"}
)  # they run a business: never the answer to who supervises it


class Outcome(StrEnum):
    DOCUMENTED = "文件所载"
    CONTESTED = "须由属地按业务相近原则指定"
    SILENT = "文件未规定"
    UNREAD = "未识别所问"


@dataclass(frozen=True)
class Reference:
    """A place in a document."""

    doc: str
    title: str
    ref: str
    doc_no: str | None = None
    expired: date | None = None


@dataclass(frozen=True)
class Answer:
    """One answer. `units` full names; `roles` unit and role; `values` as printed.

    `department`: the national entry beside it; `near`: the nearest passages when nothing answers.
    """

    question: str
    outcome: Outcome
    region: str = ""
    units: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    open_list: bool = False
    values: tuple[str, ...] = ()
    basis: str = ""
    named: tuple[str, ...] = ()
    refs: tuple[Reference, ...] = ()
    department: Department | None = None
    near: tuple[Reference, ...] = ()
    notes: tuple[str, ...] = ()
    tasks: tuple[tuple[RegionPack, Task], ...] = field(default=(), repr=False)
    parts: tuple[Answer, ...] = ()

    @property
    def answered(self) -> bool:
        return self.outcome is Outcome.DOCUMENTED

    def text(self) -> str:
        """The answer in a few Chinese sentences."""
        return "".join(_sentences(self))

    def to_json(self) -> dict[str, Any]:
        """Plain data of the command line's contract."""
        d = self.department
        return {
            "question": self.question,
            "answered": self.answered,
            "outcome": self.outcome.value,
            "region": self.region,
            "units": list(self.units),
            "roles": [{"unit": u, "role": r} for u, r in self.roles],
            "open_list": self.open_list,
            "values": list(self.values),
            "basis": self.basis,
            "named": list(self.named),
            "refs": [_reference(r) for r in self.refs],
            "near": [_reference(r) for r in self.near],
            "national": department_json(d) if d else None,
            "notes": list(self.notes),
            "parts": [p.to_json() for p in self.parts],
            "answer": self.text(),
        }


def _reference(r: Reference) -> dict[str, Any]:
    return {
        "doc": r.doc, "title": r.title, "ref": r.ref, "doc_no": r.doc_no,
        "expired": r.expired.isoformat() if r.expired else None,
    }  # fmt: skip


def department_json(d: Department) -> dict[str, Any]:
    """One national entry; what was not checked against a source is marked 待核."""
    return {
        "id": d.id, "sector": d.sector, "industry_lead": d.industry_lead, "supervision": list(d.supervision),
        "business": list(d.business), "comprehensive": d.comprehensive, "basis": list(d.basis),
        "confidence": d.confidence, "checked": d.checked, "contested": d.contested, "note": d.note,
        "unverified": unverified(d),
    }  # fmt: skip


def unverified(d: Department) -> list[str]:
    """Which columns of a national entry are from memory: shown as 待核."""
    checked = d.checked.split("+")
    columns = {"industry_lead": "管行业", "supervision": "监管"}
    return [*(shown for column, shown in columns.items() if column not in checked), "管业务"]


def _sentences(a: Answer) -> list[str]:
    out: list[str] = []
    if a.parts:
        return [f"{p.region}：{p.text()}" for p in a.parts] + [f"{n}。" for n in a.notes]
    if a.answered:
        by_role: dict[str, list[str]] = {}
        for unit, role in a.roles:
            by_role.setdefault(role, []).append(unit)
        out += [
            f"{role}：{'、'.join(units)}{'（原文为开放列举）' if a.open_list else ''}。"
            for role, units in by_role.items()
        ]
        if a.values:
            out.append(f"{'；'.join(a.values)}。")
        if a.basis == BROADER:
            out.append(f"文件没有写明所问的事物，按上位类“{'、'.join(a.named)}”对应。")
        out += [f"依据：《{r.title}》{r.ref}。" for r in a.refs]
    else:
        out.append(f"{a.outcome.value}。")
        out += [f"最接近的段落：《{r.title}》{r.ref}。" for r in a.near]
    if a.department and not a.answered:
        d = a.department
        pending = unverified(d)
        out.append(
            f"国家层面对照（{d.sector}）：管行业：{d.industry_lead}；监管：{'；'.join(d.supervision)}；综合监管：{d.comprehensive}"
            + (f"（{'、'.join(pending)}待核）。" if pending else "。")
        )
    return out + [f"{n}。" for n in a.notes]


class Responsibility:
    """Answers questions over the registers."""

    def __init__(self, registers: Registers, domains: Domains) -> None:
        self.registers = registers
        self.domains = domains
        self.departments = {d.id: d for d in registers.departments}
        by_region: dict[str, list[RegionPack]] = {}
        for pack in registers.packs:
            by_region.setdefault(pack.region.id, []).append(pack)
        self.packs = by_region
        self.index = cache(self._indexed)  # a region's plans are indexed when it is first asked about

    def _indexed(self, region: str) -> Index:
        return Index(self.packs[region], self.domains)

    @cached_property
    def region_names(self) -> dict[str, Region]:
        """Every written form of a region's name."""
        return {n: r for r in self.registers.regions.values() for n in (r.name, *r.labels)}

    def regions_of(self, text: str) -> list[Region]:
        """The regions a text names, in order of mention; 各地、两地、哪个地区 mean all."""
        spans: list[tuple[int, Region]] = []
        rest = text
        for name in sorted(self.region_names, key=len, reverse=True):
            while (at := rest.find(name)) >= 0:
                spans.append((at, self.region_names[name]))
                rest = rest[:at] + "　" * len(name) + rest[at + len(name) :]
        return list(dict.fromkeys(r for _, r in sorted(spans, key=lambda s: s[0])))

    def answer(self, text: str, region: str = "", on: date | None = None) -> Answer:
        """The answer to one question. `region`: names of regions, used when the question names none."""
        asked = read_question(text, tuple(self.region_names))
        regions = self.regions_of(text) or self.regions_of(region)
        if not regions and asked.compare:
            regions = list(self.registers.regions.values())
        mentions = self.domains.find(asked.content)
        department = self._department(mentions)
        if not regions:
            return self._without_region(text, asked, region, department)
        answers = [self._in_region(asked, r, mentions, department, on or date.today()) for r in regions]
        return answers[0] if len(answers) == 1 else _joined(text, asked, answers)

    def _department(self, mentions: list[Mention]) -> Department | None:
        ids = (self.domains.department(m.domain) for m in reversed(mentions))
        return next((self.departments[i] for i in ids if i in self.departments), None)

    def _without_region(
        self, text: str, asked: Question, region: str, department: Department | None
    ) -> Answer:
        known = "、".join(r.name for r in self.registers.regions.values())
        note = (
            f"没有收录“{region}”的文件，已收录：{known}"
            if region
            else f"没有说明是哪个地区，已收录文件的地区：{known}"
        )
        if department is None:
            return Answer(text, Outcome.UNREAD, notes=(note,))
        outcome = Outcome.CONTESTED if department.contested else Outcome.SILENT
        return Answer(text, outcome, department=department, notes=(note,))

    def _in_region(
        self,
        asked: Question,
        region: Region,
        mentions: list[Mention],
        department: Department | None,
        on: date,
    ) -> Answer:
        blank = Answer(asked.text, Outcome.SILENT, region.name, department=department)
        index = self.index(region.id)
        if asked.count and (counted := self._counted(asked, region)):
            return counted
        beside = BESIDE if mentions and asked.slots <= {"who", "post"} else 1.0
        hits = index.search(asked.content, mentions, beside)
        near = tuple(dict.fromkeys(_place(h.passage.pack, h.passage.task, on) for h in hits[:3]))
        if not asked.understood or not hits:
            return replace(blank, outcome=Outcome.UNREAD, near=near, department=department)
        fitting = [
            h for h in hits if h.score >= FOUND and not (h.missing and len(h.missing) == len(mentions))
        ]
        if fitting and any(a not in _all_text(fitting[0]) for a in asked.acts):
            fitting = []
        filled = _fill(asked, fitting, on) if fitting else None
        if filled is None:
            named = bool(fitting) and fitting[0].basis == VERBATIM and bool(fitting[0].named)
            contested = department is not None and department.contested and "who" in asked.slots and not named
            return replace(blank, outcome=Outcome.CONTESTED if contested else Outcome.SILENT, near=near)
        if filled.basis == BROADER and department is not None and department.contested:
            return replace(blank, outcome=Outcome.CONTESTED, near=filled.refs)
        return replace(filled, region=region.name, department=department)

    def _counted(self, asked: Question, region: Region) -> Answer | None:
        """How many tasks one unit has in a role: counted over the document where it has most."""
        best: tuple[int, RegionPack, str, list[Task]] | None = None
        for pack in self.packs[region.id]:
            for unit in pack.units:
                forms = [f for f in (unit.name, *unit.written) if len(f) > 2 and f in asked.text]
                if not forms:
                    continue
                role = asked.role if asked.role in ("牵头", "配合", "责任") else ""
                tasks = [
                    t for t in pack.tasks
                    if t.kind == "任务" and any(a.u == unit.name and (not role or a.role == role) for a in t.units)
                ]  # fmt: skip
                size = max(map(len, forms))
                if tasks and (best is None or (size, len(tasks)) > (best[0], len(best[3]))):
                    best = (size, pack, unit.name, tasks)
        if best is None:
            return None
        _, pack, name, tasks = best
        return Answer(
            asked.text,
            Outcome.DOCUMENTED,
            region.name,
            values=(f"{len(tasks)}项",),
            basis=VERBATIM,
            refs=tuple(_place(pack, t, date.today()) for t in tasks),
            notes=(f"按文件所列任务计数，单位：{name}",),
            tasks=tuple((pack, t) for t in tasks),
        )


def _all_text(hit: Hit) -> str:
    task = hit.passage.task
    return fold(
        hit.passage.own + hit.passage.task_text + "".join(s.what + "".join(s.about) for s in task.says)
    )


def _place(pack: RegionPack, task: Task, on: date) -> Reference:
    d = pack.document
    return Reference(d.file, d.title, task.ref, d.doc_no, d.end if d.end and d.end < on else None)


def _fill(asked: Question, hits: list[Hit], on: date) -> Answer | None:
    """Fills the slots asked from the best passages; None when none of them can be filled."""
    best = hits[0]
    values: list[str] = []
    agents: list[Assigned] = []
    used: list[Hit] = []
    open_list = False
    for slot in ("often", "value", "when"):
        if slot in asked.slots:
            found = _values(slot, asked, hits)
            if found:
                values += [v for v in found[1] if v not in values]
                used.append(found[0])
    if "who" in asked.slots or "post" in asked.slots:
        who = _agents(asked, hits)
        if who:
            agents = who[1]
            open_list = who[0].passage.task.open and not (who[0].passage.says and who[0].passage.says.who)
            used.append(who[0])
    posts = (
        [a for a in agents if hits[0].passage.pack.by_name[a.u].kind == POST] if "post" in asked.slots else []
    )
    values += [a.u for a in posts if a.u not in values]
    agents = [a for a in agents if a not in posts]
    if not values and not agents:
        return None
    if asked.role == EACH and len({a.role for a in agents}) > 1:
        values += [f"{a.role}：{a.u}" for a in agents]
    refs = tuple(dict.fromkeys(_place(h.passage.pack, h.passage.task, on) for h in used))
    notes = [f"《{r.title}》期限已届满（{r.expired.isoformat()}）" for r in refs if r.expired]
    notes += [f"存疑：{d}" for h in used for d in h.passage.task.doubts]
    return Answer(
        asked.text,
        Outcome.DOCUMENTED,
        units=tuple(dict.fromkeys(a.u for a in agents)),
        roles=tuple(dict.fromkeys((a.u, a.role) for a in agents)),
        open_list=open_list,
        values=tuple(values),
        basis=best.basis,
        named=best.named,
        refs=refs,
        notes=tuple(dict.fromkeys(notes)),
        tasks=tuple((h.passage.pack, h.passage.task) for h in used),
    )


def _values(slot: str, asked: Question, hits: list[Hit]) -> tuple[Hit, list[str]] | None:
    """The values of the best passage that has one of the kind asked."""
    for h in hits:
        if h.score < hits[0].score * NEAR or h.passage.says is None:
            continue
        found = _slot(slot, asked, h.passage.says)
        if found:
            return h, found
    return None


def _slot(slot: str, asked: Question, s: Statement) -> list[str]:
    if slot == "often":
        return [_often(o) for o in s.often]
    if slot == "when":
        return [_when(w) for w in s.when]
    return [v.printed for v in s.values if _fits(asked, v)]


def _often(o: Often) -> str:
    return o.printed if not o.to or o.to in o.printed else f"{o.to}{o.printed}"


def _when(w: When) -> str:
    return w.printed


def _fits(asked: Question, v: Value) -> bool:
    if asked.money:
        return "元" in v.printed
    return not asked.measure or asked.measure in v.printed or asked.measure in v.unit


def _agents(asked: Question, hits: list[Hit]) -> tuple[Hit, list[Assigned]] | None:
    """Who acts: an explicit agent of the act asked about, else the units of its task.

    A passage further off answers only where it names the thing itself.
    """
    best = hits[0].score

    def fit(h: Hit) -> float:
        explicit = h.passage.says.who if h.passage.says else ()
        return h.score + (ROLE_BONUS if any(a.role == asked.role for a in explicit) else 0.0)

    for h in sorted(hits, key=fit, reverse=True):
        if h.score < best * NEAR and not (h.named and h.direct and h.basis == VERBATIM):
            continue
        explicit = h.passage.says.who if h.passage.says else ()
        for named in (explicit, h.passage.task.units):
            kept = _allowed(asked, h.passage.pack, named)
            if kept:
                return h, kept
    return None


def _allowed(asked: Question, pack: RegionPack, named: tuple[Assigned, ...]) -> list[Assigned]:
    kinds = pack.by_name
    kept = [a for a in named if "post" in asked.slots or kinds[a.u].kind not in OPERATORS | {POST}]
    roles = {a.role for a in kept}
    wanted = asked.role
    if wanted in roles:
        return [a for a in kept if a.role == wanted]
    if wanted == "" and "牵头" in roles and roles & {"责任", "配合"}:
        return [a for a in kept if a.role == "牵头"]
    return kept


def _joined(text: str, asked: Question, answers: list[Answer]) -> Answer:
    """One answer over several regions: what each document says, side by side."""
    answered = [a for a in answers if a.answered]
    outcome = Outcome.DOCUMENTED if answered else answers[0].outcome
    return Answer(
        text,
        outcome,
        "、".join(a.region for a in answers),
        units=tuple(dict.fromkeys(u for a in answered for u in a.units)),
        roles=tuple(dict.fromkeys(r for a in answered for r in a.roles)),
        values=tuple(f"{a.region}：{v}" for a in answered for v in a.values),
        basis=answered[0].basis if answered else "",
        refs=tuple(dict.fromkeys(r for a in answered for r in a.refs)),
        tasks=tuple(t for a in answered for t in a.tasks),
        parts=tuple(answers),
    )


def open_responsibility() -> Responsibility:
    """Over the shipped registers. Raises kb.BadInput when they are faulty."""
    from kb.registers import load_registers
    from ontology.domains import read_domains

    return Responsibility(load_registers(), read_domains())
