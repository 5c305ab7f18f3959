"""Region packs as YAML: written in the form people edit (kb/regions), never over a file that is there.

A folder holds `units.yaml` (the region and its register) and one file per document. New units of a further document are added at
the end of the register that is there, under a note.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from corpus.plans import Draft, Register, known_register, read_plan
from kb.errors import BadInput, Problem, unwritable
from kb.registers import Assigned, Region, RegionPack, Statement, Task, Unit

UNITS = "units.yaml"


class _Flow(dict[str, Any]):
    """A mapping written in one line."""


class _List(list[Any]):
    """A list written in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Flow, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v.items(), flow_style=True)
)
_Dumper.add_representer(_List, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True))


def _dump(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)


def write_pack(draft: Draft, folder: Path) -> list[Path]:
    """Writes a draft into a folder; the files written. Raises BadInput where the document's file is there already."""
    document = folder / f"{draft.pack.document.id}.yaml"
    if document.exists():
        raise BadInput([Problem(str(document), 0, "已有这个文件，不覆盖；要重新读取请先移走")])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        register = _write_units(draft, folder / UNITS)
        document.write_text(document_text(draft), "utf-8")
    except OSError as error:
        raise BadInput([Problem(str(folder), 0, unwritable(error))]) from None
    return [register, document]


def _write_units(draft: Draft, path: Path) -> Path:
    if not path.exists():
        path.write_text(units_text(draft.pack), "utf-8")
        return path
    held = {u.name for u in read_register(path).units}
    fresh = [u for u in draft.pack.units if u.name not in held]
    if fresh:
        text = path.read_text("utf-8").rstrip("\n")
        rows = "".join(f"  - {_line(_unit(u))}\n" for u in fresh)
        path.write_text(f"{text}\n  # 以下待核：{draft.pack.document.id}\n{rows}", "utf-8")
    return path


def read_register(path: Path) -> Register:
    """The register of a file. Raises BadInput when it is not one."""
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        region = Region.model_validate(data["region"])
        return Register(region, tuple(Unit.model_validate(u) for u in data["units"]))
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        raise BadInput([Problem(str(path), 0, "不是单位登记表，应有 region 和 units")]) from None


def place_for(document: Path) -> Path:
    """Where a draft goes when nothing is said: a folder beside the document, else in the current one."""
    parent = document.parent if os.access(document.parent, os.W_OK) else Path.cwd()
    return parent / f"{document.stem}.pack"


def ingest(
    document: Path, region: str, out: Path | None, packs: Iterable[RegionPack]
) -> tuple[Draft, list[Path]]:
    """Reads one document and writes its draft. The register in the folder comes first, then the shipped one of the region."""
    folder = out or place_for(document)
    held = folder / UNITS
    known = read_register(held) if held.exists() else known_register(region, packs) if region else None
    draft = read_plan(document, region, known)
    return draft, write_pack(draft, folder)


def units_text(pack: RegionPack) -> str:
    """The register as YAML."""
    region = pack.region.model_dump(by_alias=True, exclude_defaults=True)
    rows = "".join(f"  - {_line(_unit(u))}\n" for u in pack.units)
    return (
        f"region: {_line(_flow(region))}\nunits:\n{rows}"
        if rows
        else f"region: {_line(_flow(region))}\nunits: []\n"
    )


def document_text(draft: Draft) -> str:
    """The document and its tasks as YAML; doubts about the whole of it first, as comments."""
    document = draft.pack.document.model_dump(mode="python", by_alias=True)
    notes = "".join(f"# 待核：{note}\n" for note in draft.notes)
    return notes + _dump({"document": document, "tasks": [_task(t) for t in draft.pack.tasks]})


def _line(value: Any) -> str:
    return _dump(value).strip()


def _flow(value: Any) -> Any:
    """Every mapping and list of a value in one line."""
    if isinstance(value, dict):
        return _Flow({k: _flow(v) for k, v in value.items() if v not in (None, "", (), [])})
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _List(_flow(v) for v in value) if isinstance(value, list | tuple) else value


def _unit(unit: Unit) -> _Flow:
    flow: _Flow = _flow(unit.model_dump(exclude_defaults=True))
    return flow


def _assigned(units: tuple[Assigned, ...]) -> list[_Flow]:
    return [_Flow(u=a.u, **{"as": a.printed}, role=a.role) for a in units]


def _task(task: Task) -> dict[str, Any]:
    rows: dict[str, Any] = {"ref": task.ref, "line": task.line, "title": task.title, "kind": task.kind}
    if task.about:
        rows["about"] = _List(task.about)
    if task.units:
        rows["units"] = _assigned(task.units)
    if task.open:
        rows["open"] = True
    if task.says:
        rows["says"] = [_said(s) for s in task.says]
    if task.doubts:
        rows["doubts"] = _List(task.doubts)
    return rows


def _said(said: Statement) -> dict[str, Any]:
    rows: dict[str, Any] = {"what": said.what}
    if said.about:
        rows["about"] = _List(said.about)
    if said.who:
        rows["who"] = _List(_assigned(said.who))
    for key in ("when", "often", "values"):
        items = [_flow(i.model_dump(by_alias=True, exclude_defaults=True)) for i in getattr(said, key)]
        if items:
            rows[key] = _List(items)
    return rows


def summary_lines(draft: Draft) -> list[str]:
    """What was read, for a person: the document, its tasks by kind, and every doubt."""
    pack, document = draft.pack, draft.pack.document
    named = f"{document.title}（{document.doc_no}）" if document.doc_no else document.title
    counts: dict[str, int] = {}
    for task in pack.tasks:
        counts[task.kind] = counts.get(task.kind, 0) + 1
    lines = [
        f"{document.file}：{named}",
        f"  地区 {pack.region.name}，制定机关 {document.issuer or '未印'}，日期 {document.issued or '未印'}，"
        f"期限 {document.start or '未印'} 至 {document.end or '未印'}",
        f"  {len(pack.tasks)} 项（{'，'.join(f'{k} {n}' for k, n in counts.items())}），单位 {len(pack.units)} 个",
    ]
    lines += [
        f"  {t.ref}　{t.title}　{_units_of(t)}　{'；'.join(_dates_of(t))}".rstrip("　") for t in pack.tasks
    ]
    lines += [f"  存疑　{note}" for note in draft.notes]
    lines += [f"  存疑　{ref}：{doubt}" for ref, doubt in draft.doubts]
    return lines


def _units_of(task: Task) -> str:
    names = [f"{a.u}（牵头）" if a.role == "牵头" else a.u for a in task.units[:4]]
    return "、".join(names) + ("等" if len(task.units) > 4 or task.open else "")


def _dates_of(task: Task) -> list[str]:
    found = [w.printed for s in task.says for w in s.when] + [o.printed for s in task.says for o in s.often]
    return [*dict.fromkeys(found)][:4]
