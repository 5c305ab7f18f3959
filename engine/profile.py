"""The enterprise profile: what a unit says it has and has not, and which standards, clauses and duties therefore apply.

Neither stated nor denied is unknown: such a clause or duty stays, marked 待定, and is never dropped in silence.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml
from pydantic import Field, ValidationError

from corpus import INDUSTRY, Industries
from engine.consequences import CROSS
from engine.given import given_facts
from engine.logic import Truth
from engine.quiz.usual import usual_in
from kb.errors import BadInput, Problem, unreadable
from kb.loader import Located, read_yaml
from kb.values import FactValue, State
from kb.written import Written
from ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from engine.judge import Engine
    from kb.national import Duty, Every

YES_NO = {"是", "否"}
EVERYONE = "所有单位"
SMELTING = "金属冶炼"
SMELTERS = ("冶金", "有色", "机械")  # trades of 金属冶炼目录: smelting, alloys, and foundries of both kinds
ENTERPRISE, PUBLIC_BODY = "企业", "机关团体事业单位"
# field -> what the file calls it
FIELDS = {
    "name": "名称", "kind": "性质", "region": "地区", "industries": "行业", "headcount": "从业人数",
    "facilities": "场所设施", "equipment": "设备", "substances": "物质", "operations": "高危作业",
    "contractors": "承包承租", "attributes": "属性", "last_done": "上次完成",
}  # fmt: skip
LISTS = ("facilities", "equipment", "substances", "operations", "contractors")
_LIKE, _SHOWN = 0.5, 3  # likeness of a word that may be meant, and how many are offered
_TRIED = 12  # words like a trade of which those that are none are left out
_DENIED = re.compile(r"(?:没有|不存在|不涉及|不使用|未使用|未设|不设|不含|无)\s*(.+)")
_BETWEEN = re.compile("[、，,；;和及或]")


class Profile(Written):
    """What a unit tells of itself. Only the industries are required; a name never is.

    Entries of the lists are concept names, tags of duties or free words; 「无 有限空间」 denies. `attributes`: attribute
    -> its value, several joined by 、 where the site has several kinds side by side. `last_done`: duty (ID or ID/谁) ->
    the day it was last done.
    """

    name: str = ""
    kind: Literal["企业", "机关团体事业单位"] = "企业"
    region: str = ""
    industries: tuple[str, ...] = Field(min_length=1)
    headcount: int | None = Field(default=None, ge=0)
    facilities: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    contractors: tuple[str, ...] = ()
    attributes: dict[str, str] = Field(default_factory=dict)
    last_done: dict[str, date] = Field(default_factory=dict)

    @property
    def entries(self) -> tuple[str, ...]:
        return tuple(e for name in LISTS for e in getattr(self, name))

    def to_data(self) -> dict[str, Any]:
        """The profile as a file holds it: Chinese field names, nothing empty."""
        held = self.model_dump(mode="json")
        return {FIELDS[k]: v for k, v in held.items() if v not in ("", None, [], {})}


def read_profile(data: object, file: str = "") -> Profile:
    """A profile from the mapping of a file. Raises BadInput with each field by its name in the file."""
    if not isinstance(data, dict):
        raise BadInput([Problem(file, 1, f"企业情况应是键值表（如 行业: [机械]），实为 {data!r}")])
    english = {v: k for k, v in FIELDS.items()}
    values = {english.get(str(k), str(k)): _listed(english.get(str(k), str(k)), v) for k, v in data.items()}
    try:
        return Profile(**values)
    except ValidationError as error:
        lines = data.lines if isinstance(data, Located) else {}
        raise BadInput([_problem(e, file, lines) for e in error.errors()]) from None


def _listed(name: str, value: Any) -> Any:
    """One word where a list is meant is a list of one; an attribute may have a list of values."""
    if name in ("industries", *LISTS):
        return _split(value) if isinstance(value, str) else [] if value is None else value
    if name == "attributes" and isinstance(value, dict):
        return {k: "、".join(map(str, v)) if isinstance(v, list) else v for k, v in value.items()}
    return value


def _split(text: str) -> list[str]:
    return [p for p in map(str.strip, re.split("[、，,；;]", text)) if p]


def _problem(error: Any, file: str, lines: Mapping[str, int]) -> Problem:
    first = str(error["loc"][0])
    name = FIELDS.get(first, first)
    where = "".join(f"的“{p}”" if isinstance(p, str) else f"第 {p + 1} 项" for p in error["loc"][1:])
    said = {
        "missing": "缺少这一栏",
        "too_short": "至少要写一个行业",
        "extra_forbidden": f"没有这一栏，应为 {'、'.join(FIELDS.values())}",
        "literal_error": f"应为 {ENTERPRISE} 或 {PUBLIC_BODY}",
        "int_parsing": "应是整数",
        "int_type": "应是整数",
        "greater_than_equal": "不能是负数",
        "string_type": "应是文字",
        "tuple_type": "应是列表",
        "dict_type": "应是键值表",
    }.get(error["type"], "应是日期，如 2026-11-01" if error["type"].startswith("date") else error["msg"])
    found = "" if error["type"] == "missing" else f"，实为 {error['input']!r}"
    return Problem(file, lines.get(name, lines.get(first, 0)), f"{name}{where}：{said}{found}")


def load_profile(path: Path) -> Profile:
    """A profile from a YAML or JSON file. Raises BadInput naming file, line and field."""
    try:
        if path.suffix.lower() == ".json":
            return read_profile(json.loads(path.read_text("utf-8")), str(path))
        return read_profile(read_yaml(path, str(path)), str(path))
    except OSError as error:
        raise BadInput([Problem(str(path), 0, unreadable(error))]) from None
    except ValueError as error:
        if isinstance(error, BadInput):
            raise
        line = getattr(error, "lineno", 0)
        raise BadInput(
            [Problem(str(path), line, "不是 UTF-8 编码的 JSON，多半是这里少了逗号、引号或者括号")]
        ) from None


def save_profile(profile: Profile, path: Path) -> None:
    """Writes YAML, or JSON where the name says so."""
    path.write_text(dumped(profile.to_data(), path), "utf-8")


def dumped(data: Mapping[str, Any], path: Path) -> str:
    if path.suffix.lower() == ".json":
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=110)


@dataclass(frozen=True)
class Site:
    """A profile understood. `present`, `denied`: concepts and duty tags, as named (closures are asked of the lexicon).

    `facts`: what the profile settles; `several`: attributes of which the site has several values side by side.
    `unread`: entries of which no word is known: they are told, never dropped. `asking`: entries that are known but
    settle nothing by themselves, with the attributes that must still be answered (液氨: whether it cools).
    """

    profile: Profile
    industries: tuple[str, ...]
    tags: frozenset[str]
    present: frozenset[str]
    denied: frozenset[str]
    facts: Mapping[str, FactValue]
    several: frozenset[str]
    unread: tuple[str, ...]
    lexicon: Lexicon = field(repr=False, compare=False)
    tree: Mapping[str, tuple[str, ...]] = field(repr=False, compare=False)
    asking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def absent(self, concept: str) -> str:
        """The denied concept by which this one is not there; empty when nothing denies it."""
        return next((d for d in sorted(self.denied) if d in self.lexicon.within(concept)), "")

    def has(self, tag: str) -> Truth:
        """Whether the unit has what a tag names: stated (or a kind or part of it), denied, or unknown."""
        if tag in self.tags or any(tag in self.lexicon.within(p) for p in self.present):
            return True
        if tag in self.tree:  # trades are told in full; only how narrow one is may be left open
            return None if set(self.tree[tag]) & set(self.industries) else False
        return False if self.absent(tag) else None


def understand(profile: Profile, engine: Engine, duties: Iterable[Duty] = ()) -> Site:
    """What a profile says, in the words of the knowledge base. Raises BadInput on unknown industries and attributes."""
    tree = engine.kb.attributes[INDUSTRY].ancestors()
    industries = _industries(profile, engine)
    trades = frozenset(x for i in industries for x in (i, *tree.get(i, ())))
    known = duty_tags(duties) - tree.keys()
    present: set[str] = set()
    denied: set[str] = set()
    unread: list[str] = []
    asking: dict[str, tuple[str, ...]] = {}
    for entry in filter(None, map(str.strip, profile.entries)):
        denial = None if _named(entry, engine, trades, known) else _DENIED.fullmatch(entry)
        for word in filter(None, map(str.strip, _BETWEEN.split(denial[1]))) if denial else (entry,):
            found = _named(word, engine, trades, known)
            if not found and not denial:
                found = _read(word, engine, industries)
            hinted = () if found else _hinted(word, engine, trades)
            if hinted and not denial:
                asking[word] = hinted
            elif not found:
                unread.append(entry)
            (denied if denial else present).update(found)
    given = given_facts(profile.attributes, engine.facts, engine.kb)
    facts = _yes_no(present, denied, engine) | given
    facts |= _things(present, denied, engine) | given
    facts[INDUSTRY] = FactValue(INDUSTRY, values=frozenset(industries), source="企业情况")
    several = frozenset(f for f, v in facts.items() if len(v.values) > 1)
    smelts = facts["金属冶炼企业"].values == frozenset({"是"}) if "金属冶炼企业" in facts else None
    tags = trades | present | {profile.kind} | ({SMELTING} if smelts else set())
    possible = trades & set(SMELTERS) or any(set(tree[s]) & set(industries) for s in SMELTERS)
    if smelts is False or not possible:
        denied.add(SMELTING)
    if profile.kind == ENTERPRISE:
        denied.add(PUBLIC_BODY)
    return Site(
        profile, industries, tags, frozenset(present), frozenset(denied), facts, several,
        tuple(dict.fromkeys(unread)), engine.lexicon, tree, {w: a for w, a in asking.items() if not facts.keys() & set(a)},
    )  # fmt: skip


def _hinted(word: str, engine: Engine, trades: frozenset[str]) -> tuple[str, ...]:
    """Yes-or-no attributes that this very word speaks of without naming anything: a substance, told with no use of it."""
    held = (
        c for c in engine.lexicon.concepts.values()
        if c.type == "词" and word in c.labels and (not c.industries or trades & set(c.industries))
    )  # fmt: skip
    asked = dict.fromkeys(a for c in held for a, v in c.implies if v == "是" and a in engine.kb.attributes)
    return tuple(asked)


def unread_lines(site: Site, engine: Engine, known: Iterable[str] = ()) -> Iterator[str]:
    """Entries that no word is known for, each with what may be meant, or with the trades that alone ask about it.

    First those that are known and leave a question open.
    """
    known = tuple(known)
    for word, attributes in site.asking.items():
        for a in attributes:
            asked = engine.kb.attributes[a].question
            yield f"企业情况中的“{word}”已记下，还要回答：{asked}（是的，写作 {FIELDS['attributes']}: {{{a}: 是}}，或者自查时回答）"
    for word in site.unread:
        trades = _asked_in(word, engine, site)
        if trades:
            tags = difflib.get_close_matches(word, known, n=_SHOWN, cutoff=_LIKE)
            also = f"；本单位要查的相近的有：{'、'.join(tags)}" if tags else ""
            yield f"企业情况中的“{word}”没有用上：只有{'、'.join(trades)}的条款问到它，本单位的行业没有{also}"
            continue
        near = suggestions(word, engine, site, known)
        hint = f"；相近的有：{'、'.join(near)}" if near else ""
        yield f"企业情况中没有认出“{word}”，当作没有说明{hint}"


def _asked_in(word: str, engine: Engine, site: Site) -> tuple[str, ...]:
    """The trades whose standards alone have a word; empty where a standard of the site's own may have it, or none."""
    held = [c for c in engine.lexicon.concepts.values() if word in c.labels and c.type not in ("业", "量")]
    if any(not c.industries or site.tags & set(c.industries) for c in held):
        return ()
    return tuple(sorted({i for c in held for i in c.industries}))


def suggestions(word: str, engine: Engine, site: Site, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Words for what a unit of its trades may have, written most like an unknown one; none where nothing is like it."""
    labels = {
        label: c.name for c in engine.lexicon.concepts.values()
        if c.type in ("所", "物") and (not c.industries or site.tags & set(c.industries))
        for label in c.labels if "…" not in label and "{" not in label
    }  # fmt: skip
    yes_no = (n for n, a in engine.kb.attributes.items() if set(a.ancestors()) == YES_NO)
    labels |= {k: k for k in (*known, *yes_no)}
    near = difflib.get_close_matches(word, labels, n=2 * _SHOWN, cutoff=_LIKE)
    return tuple(dict.fromkeys(labels[n] for n in near))[:_SHOWN]


def _industries(profile: Profile, engine: Engine) -> tuple[str, ...]:
    """The trades of a profile by their names in the tree."""
    tree = engine.kb.attributes[INDUSTRY].ancestors()
    found: list[str] = []
    problems = []
    for label in profile.industries:
        context, _ = engine.reader_context(label)
        values = [label] if label in tree else sorted(context[INDUSTRY].values) if INDUSTRY in context else []
        found += values
        if not values:
            allowed = f"应为 {'、'.join(tree)} 之一"
            message = f"{FIELDS['industries']}：没有行业 {label!r}{_industry_hint(engine, label)}；{allowed}"
            problems.append(Problem("", 0, message))
    if problems:
        raise BadInput(problems)
    return tuple(dict.fromkeys(found))


def _industry_hint(engine: Engine, label: str) -> str:
    """Trades written much like a word that is none; of a substance or facility, where it belongs and who has it."""
    settled = engine.reader_context(label)[0]
    usual = [i for i in usual_in(label) if i in engine.kb.attributes[INDUSTRY].ancestors()]
    trade = "行业写本单位所属的" + (f"，如 {'、'.join(usual)}" if usual else "")
    if settled:
        said = "、".join(f"{a}: {'、'.join(sorted(v.values))}" for a, v in settled.items())
        return f"；这不是行业，写作 {FIELDS['attributes']}: {{{said}}}，{trade}"
    types = {c.type for c in engine.lexicon.concepts.values() if label in c.labels}
    if types & {"所", "物"}:
        return f"；这不是行业，写在{FIELDS['facilities']}、{FIELDS['equipment']}或者{FIELDS['substances']}一栏，{trade}"
    words = Industries(engine.kb, engine.lexicon).nearest(label, most=_TRIED)
    near = [w for w in words if INDUSTRY in engine.reader_context(w)[0]][:_SHOWN]
    return f"；相近的有 {'、'.join(near)}" if near else ""


def duty_tags(duties: Iterable[Duty]) -> frozenset[str]:
    """Every word by which some duty says on whom it falls."""
    duties = tuple(duties)
    parts: list[Duty | Every] = [*duties, *(e for d in duties for e in d.calendar)]
    return frozenset(t for p in parts for t in (*p.industries, *p.except_industries, *p.profile))


def _named(word: str, engine: Engine, trades: frozenset[str], tags: frozenset[str]) -> frozenset[str]:
    """Concepts of things, places and acts that bear this very word, a yes-or-no attribute, or a duty's tag."""
    held = [
        c for c in engine.lexicon.concepts.values()
        if c.type not in ("业", "词", "量") and word in c.labels and (not c.industries or trades & set(c.industries))
    ]  # fmt: skip
    found = {c.name for c in held}
    if word in tags or word in engine.kb.attributes:
        found.add(word)
    return frozenset(found)


def _read(text: str, engine: Engine, industries: tuple[str, ...]) -> frozenset[str]:
    """Concepts that the reader finds in free words. Words that only set an attribute name no facility."""
    reading = engine.reader.read(text, "", frozenset(industries), False)
    named = frozenset[str]().union(*(i.named for i in reading.instances))
    concepts = engine.lexicon.concepts
    return frozenset(n for n in named if n in concepts and concepts[n].type not in ("业", "词", "量"))


def _yes_no(present: Iterable[str], denied: Iterable[str], engine: Engine) -> dict[str, FactValue]:
    """Yes-or-no attributes: stated by their name, by a thing of that name, or by a thing that implies 是."""
    asked = {n for n, a in engine.kb.attributes.items() if set(a.ancestors()) == YES_NO}
    said: dict[str, str] = {}
    for name in denied:
        if name in asked:
            said[name] = "否"
    for name in present:
        for above in engine.lexicon.above(name):
            concept = engine.lexicon.concepts.get(above)
            implied = [a for a, v in concept.implies if v == "是"] if concept else []
            said.update((a, "是") for a in (above, *implied) if a in asked)
    return {a: FactValue(a, values=frozenset({v}), source="企业情况") for a, v in said.items()}


def _things(present: Iterable[str], denied: set[str], engine: Engine) -> dict[str, FactValue]:
    """Facts that ask no more than whether a thing, place or act is there at all."""
    out = {}
    for fact in engine.facts.values():
        if fact.kind != "状态" or fact.host or fact.thing != fact.id:
            continue
        if fact.thing in denied:
            out[fact.id] = FactValue(fact.id, state=State.MISSING, source="企业情况")
        elif fact.thing in present:
            out[fact.id] = FactValue(fact.id, state=State.THERE, source="企业情况")
    return out


# -- what applies ----------------------------------------------------------------------------------------

APPLIES, NOT, UNDECIDED = "适用", "不适用", "待定"


def duty_applies(site: Site, part: Duty | Every, on: date | None = None) -> tuple[Truth, str]:
    """Whether a duty (or one of its periods) falls on a unit, and why. Unknown where a tag is neither stated nor denied."""
    since, until = getattr(part, "since", None), getattr(part, "until", None)
    if on is not None and ((since and on < since) or (until and on > until)):
        return False, f"{on.isoformat()} 不在有效期内"
    excepted = [x for x in part.except_industries if x not in CROSS]  # those go by what the hazard is in
    for excluded in excepted:
        if site.has(excluded):
            return False, f"属“{excluded}”，另有规定"
    reasons, unknown = [], []
    for names, what in ((part.industries, "行业类别"), (part.profile, "情形")):
        no_smelting = SMELTING in names and site.absent(SMELTING)
        held = {n: site.has(n) for n in names if not (no_smelting and n in SMELTERS)}
        hit = [n for n, t in held.items() if t]
        open_ = [n for n, t in held.items() if t is None]
        if hit:
            reasons.append(f"{what}：{'、'.join(hit)}")
        elif open_:
            unknown.append(f"未说明是否有（属于）{'、'.join(open_)}")
        elif names:
            return False, f"不属于（没有）{'、'.join(names)}"
    doubtful = [x for x in excepted if site.has(x) is None]
    if doubtful:
        unknown.append(f"未说明是否有（属于）{'、'.join(doubtful)}，有的另有规定")
    return (None, "；".join(unknown)) if unknown else (True, "；".join(reasons) or EVERYONE)
