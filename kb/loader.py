"""Reads the YAML under kb/ into models, gathering every fault with its file and line.

The compiled bundle is what runs; it is rebuilt whenever a source file has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.conditions import TRUE, All, Condition, as_stated
from kb.errors import BadInput, Problem
from kb.kept import keep, mark_of, read_kept
from kb.models import (
    Attribute,
    Case,
    Clause,
    Derivation,
    KnowledgeBase,
    KnownStandard,
    Presumption,
    Quantity,
    Standard,
    Wording,
)

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ROOT = Path(__file__).parent


class Located(dict[str, Any]):
    """A YAML mapping that remembers the line of itself and of its keys."""

    line: int = 0
    lines: dict[str, int]


def _mapping(loader: Any, node: Any) -> Located:
    from yaml.constructor import ConstructorError

    loader.flatten_mapping(node)
    out = Located()
    out.line = node.start_mark.line + 1
    out.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        key = str(key) if not isinstance(key, str) else key
        if key in out:
            raise ConstructorError(None, None, f"键 {key!r} 重复，应只写一次", key_node.start_mark)
        out[key] = loader.construct_object(value_node, deep=True)
        out.lines[key] = key_node.start_mark.line + 1
    return out


@cache
def _yaml_loader() -> Any:
    """YAML as it is written here; made when first needed, for the compiled bundle needs none of it."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # 是/否/yes/no stay words: only true/false are booleans, and nothing here is a boolean.
    resolvers = {
        k: [(tag, rx) for tag, rx in v if tag != "tag:yaml.org,2002:bool"]
        for k, v in safe.yaml_implicit_resolvers.items()
    }
    loader: Any = type("_Loader", (safe,), {"yaml_implicit_resolvers": resolvers})
    loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    return loader


def read_yaml(path: Path, name: str) -> Any:
    """One YAML file: Located mappings and lists. Raises BadInput with the line of the fault."""
    import yaml

    try:
        return yaml.load(path.read_bytes().decode("utf-8"), Loader=_yaml_loader())
    except UnicodeDecodeError as error:
        raise BadInput([Problem(name, 0, f"不是 UTF-8 编码（第 {error.start} 字节）")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise BadInput([Problem(name, line, f"YAML 写法有误：{_in_words(error)}")]) from None
    except yaml.YAMLError:
        raise BadInput([Problem(name, 0, "YAML 写法有误：有不能用的字符")]) from None


_FAULTS = (
    (
        "mapping values are not allowed",
        "冒号的位置不对：值里面有冒号的要加引号，或者上一行少了冒号、缩进不齐",
    ),
    ("could not find expected ':'", "这里缺少冒号，或者冒号后面少了空格"),
    ("found character '\\t'", "用了制表符，缩进应用空格"),
    ("found unexpected end of stream", "引号没有成对"),
    ("expected ',' or ']'", "方括号没有成对，或者少了逗号"),
    ("expected ',' or '}'", "花括号没有成对，或者少了逗号"),
    ("expected <block end>", "缩进不齐，或者列表项和键混在一起"),
    ("found undefined alias", "星号开头的文字要加引号"),
    ("found character", "以特殊符号开头的文字要加引号"),
)


def _in_words(error: Any) -> str:
    """What is wrong with a YAML line, for people."""
    if error.problem and not error.problem.isascii():
        return str(error.problem)  # our own words
    said = f"{error.problem or ''} {error.context or ''}"
    return next(
        (why for word, why in _FAULTS if word in said), "这一行附近的写法不合 YAML（看缩进、冒号和引号）"
    )


@cache
def adapter(model: type) -> TypeAdapter[Any]:
    """What validates rows of one model; made when first needed, for the compiled bundle needs none of it."""
    from pydantic import TypeAdapter

    return TypeAdapter(model)


class Reader:
    """Reads YAML files into models. Gathers problems over all files instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def name(self, path: Path) -> str:
        return path.relative_to(self.root.parent).as_posix()

    def load(self, path: Path, shape: type = Located) -> Any:
        try:
            data = read_yaml(path, self.name(path))
        except BadInput as error:
            self.problems += error.problems
            return None
        if isinstance(data, shape):
            return data
        expected = "键值表" if shape is Located else "列表"
        self.problems.append(Problem(self.name(path), 1, f"应是{expected}，实为 {type(data).__name__}"))
        return None

    def listed(self, path: Path) -> Iterator[Located]:
        """The rows of a file that is one list; none where there is no such file."""
        for row in (self.load(path, list) or []) if path.exists() else []:
            if isinstance(row, Located):
                yield row
            else:
                self.problems.append(Problem(self.name(path), 0, f"每一项应是键值表，实为 {row!r}"))

    def condition(self, text: object, file: str, line: int, field: str) -> Condition | None:
        from kb.grammar import NotationError, parse_condition  # late: the compiled bundle needs no parser

        if not isinstance(text, str):
            self.problems.append(Problem(file, line, f"{field}：应是一行写法，实为 {text!r}"))
            return None
        try:
            return parse_condition(text)
        except NotationError as error:
            self.problems.append(Problem(file, line, f"{field}：{error}"))
            return None

    def conditions(self, row: Located, field: str, file: str) -> tuple[Condition, ...]:
        value = row.get(field, [])
        if not isinstance(value, list):
            self.problems.append(
                Problem(file, row.lines.get(field, row.line), f"{field}：应是列表，实为 {value!r}")
            )
            return ()
        line = row.lines.get(field, row.line)
        found = (self.condition(v, file, line, field) for v in value)
        return tuple(c for c in found if c is not None)

    def build(self, model: type, values: dict[str, Any], file: str, row: Located) -> Any:
        from pydantic import ValidationError

        try:
            return adapter(model).validate_python(values)
        except ValidationError as error:
            for e in error.errors():
                field = ".".join(str(p) for p in e["loc"])
                line = row.lines.get(str(e["loc"][0]), row.line) if e["loc"] else row.line
                self.problems.append(Problem(file, line, _say(field, e)))
            return None


_MESSAGES = {
    "missing": "缺少这一栏",
    "extra_forbidden": "没有这一栏（可能是拼写错误）",
    "unexpected_keyword_argument": "没有这一栏（可能是拼写错误）",
    "dataclass_type": "应是键值表",
    "literal_error": "取值不在允许范围",
    "date_from_datetime_parsing": "应是日期 YYYY-MM-DD",
    "string_type": "应是文字",
}


def _say(field: str, error: Any) -> str:
    said = _MESSAGES.get(error["type"], error["msg"])
    expected = error.get("ctx", {}).get("expected")
    tail = f"，应为 {expected}" if expected else ""
    found = "" if error["type"] == "missing" else f"，实为 {error['input']!r}"
    return f"{field}：{said}{tail}{found}"


_CLAUSE_KEYS = {"域": "scope", "前提": "premises", "情形": "limbs", "除外": "exceptions"}


def _join(*parts: Condition | None) -> Condition:
    kept = tuple(p for p in parts if p is not None and p != TRUE)
    return TRUE if not kept else kept[0] if len(kept) == 1 else All(parts=kept)


def _rows(reader: Reader, data: Located, key: str, file: str) -> Iterator[Located]:
    rows = data.get(key, [])
    if not isinstance(rows, list):
        reader.problems.append(Problem(file, data.lines.get(key, 1), f"{key}：应是列表"))
        return
    for row in rows:
        if isinstance(row, Located):
            yield row
        else:
            reader.problems.append(Problem(file, data.lines[key], f"{key}：每一项应是键值表，实为 {row!r}"))


def _clauses(reader: Reader, path: Path, standard: str) -> Iterator[Clause]:
    file = reader.name(path)
    data = reader.load(path)
    if data is None:
        return
    for key in data:
        if key not in {"article", "域", "前提", "clauses", "notes"}:
            reader.problems.append(
                Problem(file, data.lines[key], f"没有 {key} 这一栏，应为 article、域、前提、clauses")
            )
    above = reader.condition(data["域"], file, data.lines["域"], "域") if data.get("域") is not None else None
    shared = reader.conditions(data, "前提", file) if "前提" in data else ()
    for row in _rows(reader, data, "clauses", file):
        values = {k: v for k, v in row.items() if k not in _CLAUSE_KEYS}
        own = reader.condition(row["域"], file, row.lines["域"], "域") if row.get("域") else None
        limbs = reader.conditions(row, "情形", file)
        if not limbs and row.get("executability", "full") == "full":
            reader.problems.append(Problem(file, row.line, f"{row.get('ref')}：情形为空，应至少一条"))
        clause = reader.build(
            Clause,
            values
            | {
                "standard": standard,
                "scope": _join(above, own),
                "premises": (*shared, *reader.conditions(row, "前提", file)),
                "limbs": tuple(as_stated(limb) for limb in limbs),
                "exceptions": reader.conditions(row, "除外", file),
                "file": file,
                "line": row.line,
            },
            file,
            row,
        )
        if clause is not None:
            yield clause


def _standard(reader: Reader, folder: Path) -> Standard | None:
    path = folder / "meta.yaml"
    file = reader.name(path)
    data = reader.load(path)
    if data is None:
        return None
    values: dict[str, Any] = dict(data)
    if data.get("scope") is not None:
        values["scope"] = reader.condition(data["scope"], file, data.lines["scope"], "scope")
    articles = sorted(p for p in folder.glob("article_*.yaml") if not p.name.endswith(".cases.yaml"))
    clauses = [c for p in articles for c in _clauses(reader, p, str(data.get("id")))]
    order = {ref: i for i, ref in enumerate(data.get("items") or [])}
    clauses.sort(key=lambda c: order.get(c.ref, len(order)))
    values |= {"clauses": tuple(clauses), "file": file}
    standard: Standard | None = reader.build(Standard, values, file, data)
    return standard


def _facts(
    reader: Reader, path: Path
) -> tuple[dict[str, Attribute], dict[str, Quantity], dict[str, Wording]]:
    file = reader.name(path)
    data = reader.load(path) or Located()
    out: dict[str, dict[str, Any]] = {"attributes": {}, "quantities": {}, "questions": {}}
    models: dict[str, type] = {
        "attributes": Attribute,
        "quantities": Quantity,
        "questions": Wording,
    }
    for section, rows in data.items():
        if section not in models:
            reader.problems.append(
                Problem(file, data.lines[section], f"没有 {section} 这一节，应为 {'、'.join(models)}")
            )
            continue
        for name, row in (rows or {}).items():
            if not isinstance(row, Located):
                reader.problems.append(Problem(file, rows.lines[name], f"{name}：应是键值表，实为 {row!r}"))
                continue
            values: dict[str, Any] = dict(row)
            if section != "questions":
                values |= {"name": name, "file": f"{file}:{rows.lines[name]}"}
            if section == "attributes" and isinstance(row.get("presume"), Located):
                values["presume"] = reader.build(Presumption, dict(row["presume"]), file, row["presume"])
            built = reader.build(models[section], values, file, row)
            if built is not None:
                out[section][name] = built
    return out["attributes"], out["quantities"], out["questions"]


def _catalogue(reader: Reader, path: Path) -> Iterator[KnownStandard]:
    """Standards known and not held; a knowledge base may have none."""
    file = reader.name(path)
    for row in reader.listed(path):
        known = reader.build(KnownStandard, dict(row), file, row)
        if known is not None:
            yield known


def _derivations(reader: Reader, path: Path) -> Iterator[Derivation]:
    """Rules that settle an attribute from other facts; a knowledge base may have none."""
    file = reader.name(path)
    for row in reader.listed(path):
        values = dict(row) | {"file": file, "line": row.line}
        if "when" in row:
            values["when"] = reader.condition(row["when"], file, row.lines["when"], "when") or TRUE
        derivation = reader.build(Derivation, values, file, row)
        if derivation is not None:
            yield derivation


def sources(root: Path = ROOT) -> list[Path]:
    """Every file the bundle is compiled from, in a fixed order (cases are not part of it)."""
    standards = (p for p in root.glob("standards/*/*/*.yaml") if not p.name.endswith(".cases.yaml"))
    return sorted(
        [*standards, *root.glob("facts/*.yaml"), *root.glob("derived.yaml"), *root.glob("catalogue.yaml")]
    )


def read_sources(root: Path = ROOT) -> tuple[KnowledgeBase, list[Problem]]:
    """Parse all YAML. Returns what could be read and every problem found."""
    reader = Reader(root)
    attributes: dict[str, Attribute] = {}
    quantities: dict[str, Quantity] = {}
    questions: dict[str, Wording] = {}
    for path in sorted(root.glob("facts/*.yaml")):
        for into, found in zip((attributes, quantities, questions), _facts(reader, path), strict=True):
            for name in found.keys() & into.keys():  # type: ignore[attr-defined]
                reader.problems.append(
                    Problem(reader.name(path), 0, f"{name} 已在别的文件中定义，应只写一次")
                )
            into.update(found)  # type: ignore[attr-defined]
    standards = []
    for meta in sorted(root.glob("standards/*/*/meta.yaml")):
        standard = _standard(reader, meta.parent)
        if standard is not None:
            standards.append(standard)
    return (
        KnowledgeBase(
            version=digest(sources(root), root),
            standards=tuple(standards),
            attributes=attributes,
            quantities=quantities,
            questions=questions,
            derivations=tuple(_derivations(reader, root / "derived.yaml")),
            catalogue=tuple(_catalogue(reader, root / "catalogue.yaml")),
        ),
        reader.problems,
    )


def digest(paths: Iterable[Path], root: Path) -> str:
    """A short digest of names and contents."""
    h = hashlib.sha256()
    for path in paths:
        h.update(path.relative_to(root).as_posix().encode())
        h.update(path.read_bytes())
    return h.hexdigest()[:12]


def load(root: Path = ROOT) -> KnowledgeBase:
    """The knowledge base, from the compiled bundle when it is fresh, else compiled now. Its _build is trusted as code is.

    Raises BadInput with every problem when the YAML is faulty.
    """
    bundle = root / "_build" / "kb.pickle"
    mark = mark_of(sources(root))
    held = read_kept(bundle, mark)
    if isinstance(held, KnowledgeBase):
        return held
    kb, problems = read_sources(root)
    if problems:
        raise BadInput(problems)
    keep(bundle, mark, kb)
    return kb


def load_cases(
    kb: KnowledgeBase, root: Path = ROOT, standards: frozenset[str] | None = None
) -> tuple[list[Case], list[Problem]]:
    """Every case beside its article (or those of some standards only), with problems."""
    reader = Reader(root)
    cases: list[Case] = []
    for path in sorted(root.glob("standards/*/*/*.cases.yaml")):
        file = reader.name(path)
        standard = path.parent.name
        if standards is not None and standard not in standards:
            continue
        for row in reader.load(path, list) or []:
            if not isinstance(row, Located):
                reader.problems.append(Problem(file, 0, f"每个案例应是键值表，实为 {row!r}"))
                continue
            values = dict(row) | {"standard": standard, "file": file, "line": row.line}
            case = reader.build(Case, values, file, row)
            if case is not None:
                cases.append(case)
    return cases, reader.problems
