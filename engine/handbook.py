"""检查手册: what to look at in one industry on a day, place by place, with the question, the evidence and the clause.

Printed from the clauses in force, so that it can't say anything else than they do.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from engine.checkfile import Check
from engine.consequences import CROSS
from engine.interview import UNSURE
from engine.paper import Block, Heading, Paper, Table, Text
from engine.profile import Profile, understand
from engine.selfcheck import GATE, Question, SelfCheck
from engine.standing import Held, View, held_clauses
from engine.verdict import DISCLAIMER
from engine.walkround import walk
from kb.errors import BadInput
from kb.models import Standard

if TYPE_CHECKING:
    from engine.judge import Engine

_LINES = ("序号", "看什么、问什么", "怎么核实、查什么证据", "依据（条款）", "结果")
_WIDTHS = (1, 8, 8, 8, 3)
_BOXES = 6


def handbook(engine: Engine, industry: str, on: date, *, clues: bool = False) -> Paper:
    """The handbook of an industry, or of a field all industries share (特种设备, 消防). Raises BadInput.

    `clues`: with the clauses of an earlier edition where the text of the one in force is not held.
    """
    check = _check(engine, industry, on, clues)
    if not check.clauses:
        partly = "、".join(f"《{s.title}》" for s in check.uncovered) or "判定标准"
        raise BadInput(f"{industry}在 {on.isoformat()} 没有可列的条款：{partly}的条文没有收录")
    questions = [check.question(q, held) for q, held in _asked(check).items()]
    places = walk(questions, {})
    blocks: list[Block] = [Text(_scope(check, on))]
    number = 0
    for place, group in groupby(places, key=lambda q: q.place):
        rows = []
        for q in group:
            number += 1
            rows.append(_line(number, q))
        blocks += [Heading(place, 1), Table(place, _LINES, tuple(rows), _WIDTHS)]
    blocks += [Heading("条款", 1), _clauses(check), Heading("说明", 1), *_notes(engine, check, on)]
    return Paper(f"{industry}重大事故隐患检查手册", tuple(blocks), engine.version, wide=True)


def _check(engine: Engine, industry: str, on: date, clues: bool) -> SelfCheck:
    if industry in CROSS:
        return _Field(engine, industry, on, clues)
    profile = Profile(industries=(industry,))
    understand(profile, engine)
    return _Trade(engine, Check(profile=profile, on=on, kb_version=engine.version, clues=clues))


class _Trade(SelfCheck):
    """The clauses of one trade's own standards; fields that all trades share have a handbook of their own."""

    def _clauses(self) -> list[Held]:
        return [h for h in super()._clauses() if h.standard.scope is not None and self._may_hold(h)]

    @property
    def uncovered(self) -> list[Standard]:
        return [s for s in super().uncovered if s.scope is not None]

    def _may_hold(self, held: Held) -> bool:
        return View(self.engine, self.check.on, self.site.facts).truth(held) is not False


class _Field(SelfCheck):
    """The clauses of a field that all trades share."""

    def __init__(self, engine: Engine, field: str, on: date, clues: bool) -> None:
        self.field = field
        anyone = Profile(industries=tuple(engine.kb.attributes["行业"].values))
        super().__init__(engine, Check(profile=anyone, on=on, kb_version=engine.version, clues=clues))

    def _clauses(self) -> list[Held]:
        return [
            h for h in held_clauses(self.engine, self.check.on)
            if (h.heir or h.standard).domain == self.field and (h.heir is None or self.check.clues)
        ]  # fmt: skip

    @property
    def uncovered(self) -> list[Standard]:
        return [s for s in super().uncovered if s.domain == self.field]


def _asked(check: SelfCheck) -> dict[str, list[Held]]:
    """Every fact that the clauses ask and the trade itself does not settle, with those clauses."""
    found: dict[str, list[Held]] = {}
    for held in check.clauses:
        for fact in sorted(check.view.live(held)):
            found.setdefault(fact, []).append(held)
    return {q: held for q, held in found.items() if not q.startswith(GATE)}


def _line(number: int, q: Question) -> tuple[str, ...]:
    boxes = [f"□{o}" for o in q.options if o != UNSURE]
    blank = f"　　　　{q.unit}" if q.unit else " ".join(boxes) if len(boxes) <= _BOXES else "（写明）"
    return (str(number), q.question, q.how, "；".join(q.refs), blank)


def _clauses(check: SelfCheck) -> Table:
    rows = tuple(
        (h.citation, h.clause.title, h.clause.restatement, "须专业认定" if h.expert else "") for h in check.clauses
    )  # fmt: skip
    return Table("条款", ("条款", "情形", "内容（转述）", "备注"), rows, (6, 5, 12, 2))


def _scope(check: SelfCheck, on: date) -> str:
    held = dict.fromkeys(
        f"《{s.title}》（{s.doc_no}）" for h in check.clauses for s in (h.heir or h.standard,)
    )
    return f"按 {on.isoformat()} 有效的{'、'.join(held)}编印，共 {len(check.clauses)} 条。每处设施逐台、逐处检查；有几台的分别记录。"


def _notes(engine: Engine, check: SelfCheck, on: date) -> list[Block]:
    said = [
        f"《{s.title}》（{s.doc_no}）未完整收录：{s.unheld or '部分条文未取得'}。未收录的情形不在本手册之内。"
        for s in check.uncovered
    ]  # fmt: skip
    if isinstance(check, _Trade):
        said.append(f"{'、'.join(CROSS)}等各行业共同的标准另有手册。")
    return [Text(s) for s in (*said, f"{DISCLAIMER}知识库版本：{engine.version}。")]
