"""JSON schemas of the YAML files people edit, for completion and hints in their editors.

`python -m engine.schema` writes them to kb/schema/. They are derived from the models the loader uses; only
the keys that the files spell differently (域, 前提, 情形, 除外) are named here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import kb.loader
from kb.loader import adapter
from kb.models import Attribute, Case, Clause, Quantity, Standard, Wording

Schema = dict[str, Any]
FOLDER = kb.loader.ROOT / "schema"
NOTATION = "条件，写法见 kb/NOTATION.md，如：缺 爆炸防控措施 @ 除尘系统"
_CONDITION: Schema = {"type": "string", "description": NOTATION}
_CONDITIONS: Schema = {"type": "array", "items": _CONDITION}
_SCOPE: Schema = {"anyOf": [_CONDITION, {"type": "null"}]}


def _plain(node: Any) -> Any:
    """Without pydantic's generated titles, which only repeat the key."""
    if isinstance(node, dict):
        return {k: _plain(v) for k, v in node.items() if not (k == "title" and isinstance(v, str))}
    return [_plain(n) for n in node] if isinstance(node, list) else node


def _of(
    model: type, given: tuple[str, ...] = (), instead: dict[str, tuple[str, Schema]] | None = None
) -> tuple[Schema, Schema]:
    """The schema of a model as files write it, and the definitions it needs.

    `given`: fields that the loader fills in. `instead`: field -> the key in the file, and its schema.
    """
    whole = _plain(adapter(model).json_schema())
    instead = instead or {}
    properties: Schema = {}
    for field, schema in whole["properties"].items():
        if field not in given:
            key, as_written = instead.get(field, (field, schema))
            properties[key] = as_written
    required = [instead.get(f, (f,))[0] for f in whole.get("required", []) if f not in given]
    out: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        out["required"] = required
    if "description" in whole:
        out["description"] = whole["description"].split("\n\n")[0]
    return out, _needed(properties, whole.get("$defs", {}))


def _needed(node: Any, definitions: Schema) -> Schema:
    """The definitions that a schema refers to, directly or through others."""
    found: Schema = {}
    queue = [json.dumps(node)]
    while queue:
        text = queue.pop()
        for name, definition in definitions.items():
            if name not in found and f'"#/$defs/{name}"' in text:
                found[name] = definition
                queue.append(json.dumps(definition))
    return found


def _file(body: Schema, definitions: Schema, title: str) -> Schema:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **body, **({"$defs": definitions} if definitions else {})}


def _article() -> Schema:
    written = {
        "scope": ("域", _SCOPE),
        "premises": ("前提", _CONDITIONS),
        "limbs": ("情形", _CONDITIONS),
        "exceptions": ("除外", _CONDITIONS),
    }
    clause, definitions = _of(Clause, ("standard", "file", "line"), written)
    clause["required"].remove("情形")  # a clause whose text is not held may have none
    clause["if"] = {"properties": {"executability": {"const": "full"}}}
    clause["then"] = {"required": ["情形"], "properties": {"情形": {"minItems": 1}}}
    body = {
        "type": "object",
        "properties": {
            "article": {"type": "string"},
            "域": _SCOPE,
            "前提": _CONDITIONS,
            "clauses": {"type": "array", "items": clause},
            "notes": {"type": "string"},
        },
        "additionalProperties": False,
        "required": ["clauses"],
    }
    return _file(body, definitions, "判定标准的一条：article_NN.yaml")


def _meta() -> Schema:
    body, definitions = _of(Standard, ("clauses", "file"), {"scope": ("scope", _SCOPE)})
    return _file(body, definitions, "判定标准的一个版本：meta.yaml")


def _facts() -> Schema:
    sections: Schema = {}
    definitions: Schema = {}
    for section, model in (("attributes", Attribute), ("quantities", Quantity), ("questions", Wording)):
        entry, needed = _of(model, () if model is Wording else ("name", "file"))
        sections[section] = {"type": "object", "additionalProperties": entry}
        definitions |= needed
    body = {"type": "object", "properties": sections, "additionalProperties": False}
    return _file(body, definitions, "属性、数量和问法：kb/facts/*.yaml")


def _cases() -> Schema:
    case, definitions = _of(Case, ("standard", "file", "line"))
    return _file({"type": "array", "items": case}, definitions, "条款的案例：article_NN.cases.yaml")


def schemas() -> dict[str, str]:
    """File name -> its text."""
    made = {"article": _article(), "meta": _meta(), "facts": _facts(), "cases": _cases()}
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def write(folder: Path = FOLDER) -> None:
    """Write every schema."""
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
