"""The lexicon: concepts, the words inspectors use for them, facets and what excludes what.

Edited as tables (ontology/concepts/*.txt, see kb/NOTATION.md); everything else is derived from them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.errors import Problem
from kb.kept import code_stamp, keep, mark_of, read_kept

CONCEPTS = Path(__file__).parent / "concepts"
KEPT = Path(__file__).parent / "_build" / "lexicon.pickle"
_CODE = code_stamp(Path(__file__).parent)
TYPES = ("物", "所", "象", "行", "文", "人", "量", "词", "业")
KINDS = ("室", "设备", "区")
FUNCTIONS = ("防护", "监测报警", "联锁")
FLAGS = (*KINDS, *FUNCTIONS, "通用", "头", "告示")  # 告示: worn, faded or askew, it is still there


@dataclass(frozen=True)
class Concept:
    """A thing of the field. `labels` starts with the preferred one; `facets` maps facet to value.

    `industries`: the trades whose word it is (用于); empty: everyone's.
    """

    name: str
    type: str
    labels: tuple[str, ...]
    broader: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    facets: tuple[tuple[str, str], ...] = ()
    implies: tuple[tuple[str, str], ...] = ()
    suggests: tuple[tuple[str, str], ...] = ()
    part_of: tuple[str, ...] = ()
    antonyms: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    domain: str = ""
    industries: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def generic(self) -> bool:
        return "通用" in self.flags


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet (介质: 一氧化碳) with its words."""

    facet: str
    value: str
    words: tuple[str, ...]
    broader: tuple[str, ...]


@dataclass
class Lexicon:
    """All concepts by name. Relations are answered from closed-over tables; `version` is a digest of the words."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    facet_values: dict[str, FacetValue] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    version: str = ""

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        """Concept -> itself and everything broader."""
        out: dict[str, frozenset[str]] = {}

        def walk(name: str, seen: tuple[str, ...]) -> frozenset[str]:
            if name in out:
                return out[name]
            found = {name}
            concept = self.concepts.get(name)
            for parent in concept.broader if concept else ():
                if parent not in seen:
                    found |= walk(parent, (*seen, name))
            return frozenset(found)

        for name in self.concepts:
            out[name] = walk(name, ())
        return out

    @cached_property
    def _within(self) -> dict[str, frozenset[str]]:
        """Concept -> itself, everything broader, and everything it is part of."""
        out: dict[str, frozenset[str]] = {}
        for start in self.concepts:
            found: set[str] = set()
            queue = [start]
            while queue:
                name = queue.pop()
                if name in found:
                    continue
                found.add(name)
                concept = self.concepts.get(name)
                if concept:
                    queue += [*concept.broader, *concept.part_of]
            out[start] = frozenset(found)
        return out

    @cached_property
    def narrower(self) -> dict[str, frozenset[str]]:
        """Concept -> everything narrower, itself left out."""
        out: dict[str, set[str]] = defaultdict(set)
        for name, above in self._above.items():
            for a in above - {name}:
                out[a].add(name)
        return {k: frozenset(v) for k, v in out.items()}

    @cached_property
    def _facet_above(self) -> dict[str, frozenset[str]]:
        out: dict[str, frozenset[str]] = {}
        for value in self.facet_values:
            found: set[str] = set()
            queue = [value]
            while queue:
                v = queue.pop()
                if v not in found:
                    found.add(v)
                    queue += self.facet_values[v].broader if v in self.facet_values else ()
            out[value] = frozenset(found)
        return out

    def above(self, name: str) -> frozenset[str]:
        return self._above.get(name, frozenset({name}))

    def within(self, name: str) -> frozenset[str]:
        return self._within.get(name, frozenset({name}))

    def is_a(self, name: str, broad: str) -> bool:
        return broad in self.above(name)

    @cached_property
    def inside(self) -> dict[str, frozenset[str]]:
        """Host -> itself, and every narrower kind or part of it."""
        out: dict[str, set[str]] = defaultdict(set)
        for name, within in self._within.items():
            for host in within:
                out[host].add(name)
        return {k: frozenset(v) for k, v in out.items()}

    def is_at(self, place: str, host: str) -> bool:
        """Whether a place is the host, a narrower kind of it or a part of it."""
        return host in self.within(place)

    def exclude(self, a: str, b: str) -> bool:
        """Whether two places are declared to be different: same kind, and neither contains the other."""
        return a in self.others(b)

    def others(self, place: str) -> frozenset[str]:
        """The places declared to be different from one: of its kind, neither containing the other."""
        if place not in self._others:
            concept = self.concepts.get(place)
            kinds = concept.flags & set(KINDS) if concept else ()
            same = frozenset[str]().union(*(self._of_kind[k] for k in kinds))
            self._others[place] = frozenset(a for a in same if self._apart(a, place))
        return self._others[place]

    @cached_property
    def _others(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _of_kind(self) -> dict[str, frozenset[str]]:
        """Flag that tells kinds of places apart -> the concepts that have it."""
        return {k: frozenset(c.name for c in self.concepts.values() if k in c.flags) for k in KINDS}

    def _apart(self, a: str, place: str) -> bool:
        # a host that belongs to the other through a common narrower kind is not excluded
        if self.is_at(a, place) or self.is_at(place, a) or self._part_of_such(a, place):
            return False
        return self._below(a).isdisjoint(self._below(place))

    def _part_of_such(self, part: str, whole: str) -> bool:
        """Whether a thing is part of what another is a kind of (an oxygen lance, seen from a converter)."""
        above = self.above(whole)
        return any(
            p in above for n in self.above(part) if n in self.concepts for p in self.concepts[n].part_of
        )

    def _below(self, name: str) -> frozenset[str]:
        return self.narrower.get(name, frozenset()) | {name}

    def facet_matches(self, seen: str, wanted: str) -> bool:
        """Whether a facet value read is the wanted one or narrower."""
        return wanted in self._facet_above.get(seen, frozenset({seen}))


def _split(text: str) -> tuple[str, ...]:
    return tuple([word for part in text.split("、") if (word := part.strip())]) if text else ()


def _extras(text: str) -> tuple[dict[str, list[str]], set[str], list[str]]:
    """The last column: key=value pairs, flags, and what is neither."""
    pairs: dict[str, list[str]] = defaultdict(list)
    flags: set[str] = set()
    unknown: list[str] = []
    for part in (p.strip() for p in text.replace(";", "；").split("；")):
        if not part:
            continue
        if "=" in part:
            key, _, value = part.partition("=")
            pairs[key.strip()].append(value.strip())
        elif part in FLAGS:
            flags.add(part)
        else:
            unknown.append(part)
    return pairs, flags, unknown


_FACETS = ("介质", "参量", "安装")
_KEYS = {"意味", "推定", "属于", "反", "疑", "领域", *_FACETS}


def _settings(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """意味=属性:值 (either colon)."""
    halves = (v.replace("：", ":").partition(":") for v in values)
    return tuple([(name.strip(), value.strip()) for name, _, value in halves])


_FOR = "用于"


def _read_line(
    line: str, file: str, number: int, into: Lexicon, industries: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """One line into the lexicon. Returns the trades that the following lines are for."""
    columns = [column.strip() for column in line.replace("｜", "|").split("|")]
    if columns[0] == _FOR:
        return _split("|".join(columns[1:]))
    if 2 <= len(columns) <= 5:
        _read_concept(columns, file, number, into, industries)
    else:
        into.problems.append(Problem(file, number, f"应有 2 到 5 栏，实有 {len(columns)} 栏：{line!r}"))
    return industries


def _read_concept(
    columns: list[str], file: str, number: int, into: Lexicon, industries: tuple[str, ...]
) -> None:
    kind, name, words, broader, extra = (*columns, "", "", "")[:5]
    pairs, flags, unknown = _extras(extra) if extra else ({}, set(), [])
    if kind == "面":
        facet = pairs.get("面", [""])[0]
        if facet not in _FACETS:
            into.problems.append(
                Problem(file, number, f"{name}：面= 应为 {'、'.join(_FACETS)}，实为 {facet!r}")
            )
        into.facet_values[name] = FacetValue(facet, name, (name, *_split(words)), _split(broader))
        return
    if kind not in TYPES:
        into.problems.append(Problem(file, number, f"类型 {kind!r} 不认识，应为 {'、'.join(TYPES)} 或 面"))
        return
    for part in [*unknown, *(pairs.keys() - _KEYS)]:
        into.problems.append(
            Problem(
                file,
                number,
                f"{name}：其他栏的 {part!r} 不认识，应为 {'、'.join(sorted(_KEYS | set(FLAGS)))}",
            )
        )
    if name in into.concepts:
        held = into.concepts[name]
        into.problems.append(
            Problem(file, number, f"概念 {name} 已在 {held.file}:{held.line} 写过，应只写一次", "duplicate")
        )
        return
    synonyms = _split(words)
    short = [w for w in synonyms if len(w) == 1]
    if short:
        into.problems.append(
            Problem(
                file, number, f"{name}：同义词 {'、'.join(short)} 只有一个字，会误认；词内不能有顿号", "label"
            )
        )
        synonyms = tuple(w for w in synonyms if len(w) > 1)
    into.concepts[name] = Concept(
        name,
        kind,
        tuple(dict.fromkeys((name, *synonyms))),
        _split(broader),
        frozenset(flags),
        **(_relations(pairs) if pairs else {}),
        industries=industries,
        file=file,
        line=number,
    )


def _relations(pairs: dict[str, list[str]]) -> dict[str, Any]:
    """The fields of a concept that stand in its last column."""
    names = {key: tuple([p for v in values for p in _split(v)]) for key, values in pairs.items()}
    return {
        "facets": tuple([(f, v) for f in _FACETS for v in pairs.get(f, ())]),
        "implies": _settings(pairs.get("意味", ())),
        "suggests": _settings(pairs.get("推定", ())),
        "part_of": names.get("属于", ()),
        "antonyms": names.get("反", ()),
        "doubts": names.get("疑", ()),
        "domain": pairs["领域"][0] if "领域" in pairs else "",
    }


def read_lexicon(folder: Path = CONCEPTS) -> Lexicon:
    """All tables of a folder. Faults are gathered in `problems`, the good lines are kept.

    The shipped tables are kept as read until one of them changes.
    """
    tables = sorted(folder.glob("*.txt"))
    if folder != CONCEPTS:
        return _read_tables(folder, tables)
    mark = f"{_CODE}-{mark_of([folder.parent / 'states.txt', *tables])}"
    held = read_kept(KEPT, mark)
    if isinstance(held, Lexicon):
        return held
    lexicon = _read_tables(folder, tables)
    if not lexicon.problems:
        keep(KEPT, mark, lexicon)
    return lexicon


def _read_tables(folder: Path, tables: list[Path]) -> Lexicon:
    lexicon = Lexicon()
    digest = hashlib.sha256()
    states = folder.parent / "states.txt"
    if states.exists():
        digest.update(states.read_bytes())
    for path in tables:
        digest.update(path.read_bytes())
        file = path.relative_to(folder.parent.parent).as_posix()
        industries: tuple[str, ...] = ()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                industries = _read_line(line, file, number, lexicon, industries)
    lexicon.version = digest.hexdigest()[:8]
    return lexicon
