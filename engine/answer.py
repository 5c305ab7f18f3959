"""What an answer about responsibility holds: outcome, units by role, values, places, and how it reads in Chinese.

Four outcomes (DESIGN section 7): 文件所载, 须由属地按业务相近原则指定, 文件未规定, 未识别所问.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from engine.retrieval import BROADER
from engine.slots import Fact
from kb.national import UNSETTLED, Department
from kb.registers import RegionPack, Task


class Outcome(StrEnum):
    DOCUMENTED = "文件所载"
    CONTESTED = UNSETTLED
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

    `department`: the national entry beside it; `near`: the nearest passages when nothing answers;
    `unknown`: words of the question that neither the table of things nor the documents have; `facts` behind the values;
    `about`: the thing it is about, where several were asked about.
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
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    unknown: tuple[str, ...] = ()
    about: str = ""

    @property
    def head(self) -> str:
        """What tells this answer from others beside it: the thing, or the region."""
        return self.about or self.region

    @property
    def answered(self) -> bool:
        return self.outcome is Outcome.DOCUMENTED

    def mapping(self) -> tuple[str, ...]:
        """How what was asked was found in a document that does not name it; empty when it does."""
        if not self.answered or self.basis != BROADER:
            return ()
        return (f"文件没有写明所问的事物，按上位类“{'、'.join(dict.fromkeys(self.named))}”对应",)

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
            "unknown": list(self.unknown),
            "about": self.about,
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
        "unverified": list(d.unverified),
    }  # fmt: skip


def _sentences(a: Answer) -> list[str]:
    out: list[str] = []
    if a.parts:
        return [f"{p.head}：{p.text()}" for p in a.parts] + [f"{n}。" for n in a.notes]
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
        out += [f"{line}。" for line in a.mapping()]
        out += [f"依据：《{r.title}》{r.ref}。" for r in a.refs]
    else:
        out.append(f"{a.outcome.value}。")
        out += [f"最接近的段落：《{r.title}》{r.ref}。" for r in a.near]
        if a.unknown and a.outcome is Outcome.UNREAD:
            out.append(f"不认识的词：{'、'.join(a.unknown)}。")
    if a.department and not a.answered:
        d = a.department
        pending = d.unverified
        out.append(
            f"国家层面对照（{d.sector}）：管行业：{d.industry_lead}；监管：{'；'.join(d.supervision)}；综合监管：{d.comprehensive}"
            + (f"（{'、'.join(pending)}待核）。" if pending else "。")
        )
    return out + [f"{n}。" for n in a.notes]
