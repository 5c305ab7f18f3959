"""Review of a draft region pack: a person's edits taken in; reviewed only when every task was accepted.

Units are resolved against the draft's own register as the reader resolves them; what is doubtful stays said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from corpus.plans import Draft
from corpus.units import Names
from kb.errors import BadInput, Problem
from kb.registers import Assigned, Role, Task, TaskKind

KINDS: tuple[str, ...] = get_args(TaskKind)
ROLES: tuple[str, ...] = get_args(Role)
_UNIT = re.compile(r"\s*(?P<name>[^（(]+?)\s*(?:[（(](?P<role>[^）)]*)[）)])?\s*$")


@dataclass(frozen=True)
class Edit:
    """What a person made of one task. `units` as `unit_words` writes them; not `kept`: it is taken out."""

    title: str
    kind: str
    units: str
    accepted: bool = False
    kept: bool = True


def unit_words(task: Task) -> str:
    """The units of a task as one line: 旗住建局（牵头）、旗应急局."""
    return "、".join(a.u if a.role == "责任" else f"{a.u}（{a.role}）" for a in task.units)


def edit_of(task: Task) -> Edit:
    """A task as it stands, not accepted."""
    return Edit(task.title, task.kind, unit_words(task))


def review(draft: Draft, edits: Mapping[str, Edit], on: date) -> Draft:
    """The draft with the edits (task ref -> edit). Raises BadInput naming task and field.

    The document is marked reviewed on that day only when every task left in it was accepted.
    """
    names = Names(draft.pack.region, draft.pack.units)
    kept: list[Task] = []
    problems: list[Problem] = []
    accepted = True
    for task in draft.pack.tasks:
        edit = edits.get(task.ref, edit_of(task))
        if not edit.kept:
            continue
        accepted = accepted and edit.accepted
        try:
            kept.append(_edited(task, edit, names))
        except BadInput as error:
            problems += [replace(p, message=f"{task.ref}：{p.message}") for p in error.problems]
    if problems:
        raise BadInput(problems)
    units = {u.name: u for u in (*draft.pack.units, *names.used.values())}
    document = draft.pack.document.model_copy(update={"reviewed": on if kept and accepted else None})
    update = {"tasks": tuple(kept), "units": tuple(units.values()), "document": document}
    return replace(draft, pack=draft.pack.model_copy(update=update))


def _edited(task: Task, edit: Edit, names: Names) -> Task:
    if edit.kind not in KINDS:
        raise BadInput(f"类别 {edit.kind!r} 应为 {'、'.join(KINDS)} 之一")
    if not edit.title.strip():
        raise BadInput("标题是空的")
    if edit == replace(edit_of(task), accepted=edit.accepted):
        return task if not edit.accepted else task.model_copy(update={"doubts": ()})
    held: dict[tuple[str, str], Assigned] = {(a.u, a.role): a for a in task.units}
    units: list[Assigned] = []
    doubts = [] if edit.accepted else list(task.doubts)
    for words in filter(None, map(str.strip, re.split("[、，,；;]", edit.units))):
        match = _UNIT.match(words)
        role = (match["role"] or "责任") if match else ""
        if match is None or role not in ROLES:
            raise BadInput(f"单位 {words!r} 应写作 单位名称 或 单位名称（角色），角色为 {'、'.join(ROLES)}")
        same = held.get((match["name"], role))
        unit, doubt = names.unit(match["name"])
        doubts += [doubt] if doubt and not edit.accepted else []
        units.append(same or Assigned.model_validate({"u": unit.name, "as": match["name"], "role": role}))
    changed = {"title": edit.title.strip(), "kind": edit.kind, "units": tuple(units), "doubts": tuple(doubts)}
    return task.model_copy(update=changed)
