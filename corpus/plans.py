"""A government plan (txt, docx, pdf with text, html) as a draft region pack, for review.

Every task with its place, units, dates and quantities; what is doubtful is flagged, never filled in. A draft is marked
unreviewed (`reviewed: null`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from corpus.agents import Given, Named, read_agents, read_given
from corpus.documents import Line, Text, read_document
from corpus.heads import Head, read_head
from corpus.outline import Item, Outline, flattened, read_outline
from corpus.periods import impossible_dates
from corpus.plan_tables import rows_as_items
from corpus.rosters import read_roster
from corpus.statements import Segment, nouns, segments, statements, topic
from corpus.units import ENDINGS, Names, plain
from kb.registers import Assigned, Document, Region, RegionPack, Task, TaskKind, Unit

_KINDS: tuple[tuple[TaskKind, str], ...] = (
    ("阶段", "阶段|步骤|进度|时间安排|工作安排"),
    ("机构", "领导小组|组成人员|工作组名单|名单|专题组|整治组|组织机构"),
    ("职责", "职责|任务分工|责任分工"),
    ("现状", "现状|形势|成效|机遇|挑战|基本情况"),
    ("保障", "保障|工作要求|组织领导|有关要求"),
    ("目标", "目标|指导思想|总体要求|总体思路|基本原则"),
)
_TITLE = 24  # characters a title may have
_LONGEST = 30_000  # characters an item may have
_DATED = 1000  # deadlines compared with each other; no plan has as many
_SAME = 0.6  # share of character pairs two acts must have in common to be one thing
_ACT = re.compile("[，、。]|^(?:强化|加强|建设|落实|健全|完善|推进|开展|压实|抓好|规范|建立)")
_REFERRED = re.compile(r"(?:见|详见|按照|填写|参照|根据)[^，。；（）]{0,8}?附\s*[件表]\s*(\d{1,2})")


@dataclass(frozen=True)
class Draft:
    """A draft pack beside what it was read from. `notes`: doubts about the document as a whole."""

    pack: RegionPack
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """Every doubt with the place of its task."""
        return [(t.ref, d) for t in self.pack.tasks for d in t.doubts]


@dataclass(frozen=True)
class Register:
    """A region with the units that are known of it already."""

    region: Region
    units: tuple[Unit, ...]


def read_plan(path: Path, region: str = "", known: Register | None = None) -> Draft:
    """The draft of one document. `region`: its name, where the document doesn't tell; `known`: its register. Raises BadInput."""
    text = read_document(path)
    outline = read_outline(text.lines)
    head = read_head(outline, known.region.name if known else region, path)
    if known is not None:
        head = replace(head, region=known.region)
    return _Reader(text, outline, head, known.units if known else ()).draft()


def known_register(region: str, packs: Iterable[RegionPack]) -> Register | None:
    """The register of a region by name or label, from the packs that ship."""
    for pack in packs:
        if region in (pack.region.name, pack.region.id, *pack.region.labels):
            return Register(pack.region, pack.units)
    return None


@dataclass
class _Drafted:
    """One task in the making."""

    item: Item
    task: Task
    given: list[Given]
    found: list[Segment] = field(default_factory=list)


class _Reader:
    def __init__(self, text: Text, outline: Outline, head: Head, known: tuple[Unit, ...]) -> None:
        self.text, self.outline, self.head = text, outline, head
        self.names = Names(head.region, known)
        for item in list(outline.root.walk()):
            rows_as_items(item)
        self.items = [i for i in outline.root.walk() if i.parent is not None]

    def draft(self) -> Draft:
        self._learn()
        drafted = [self._task(i) for i in self.items if i.body]
        drafted = self._without_units(drafted)
        drafted = _with_conflicts(drafted)
        head = self.head
        document = Document.model_validate(
            {
                "id": f"{head.region.id}-{self.text.path.stem}", "title": head.title, "doc_no": head.doc_no,
                "issuer": head.issuer, "issued": head.issued, "from": head.start, "to": head.end,
                "file": self.text.path.name, "sha256": self.text.sha256, "reviewed": None,
            }
        )  # fmt: skip
        pack = RegionPack(
            region=head.region,
            units=tuple(self.names.used.values()),
            document=document,
            tasks=tuple(_unique(d.task for d in drafted)),
        )
        return Draft(pack, self.text.lines, (*head.doubts, *self.text.notes, *self.outline.doubts))

    # names

    def _learn(self) -> None:
        """Every form of a unit the document uses, before any is resolved."""
        for item in self.items:
            text = item.text[:_LONGEST]
            self.names.learn(u.name for g in read_given(text) for u in g.units)
            self.names.learn(a.name for a in read_agents(text) if a.name.endswith(ENDINGS))
            self.names.learn(_unit_of(p.name) for p in read_roster(p.text for p in item.body)[0])
            if self._is_unit(item.title):
                self.names.learn([item.title])

    def _is_unit(self, title: str) -> bool:
        """Whether a heading is the name of a unit (a list of duties by department)."""
        stem = self.names.strip(plain(title))
        named = stem != plain(title) or title.startswith("各")
        return len(title) <= 20 and title.endswith(ENDINGS) and named and not _ACT.search(stem)

    def _resolve(self, doubts: list[str]) -> _Resolver:
        return _Resolver(self.names, doubts)

    # tasks

    def _task(self, item: Item) -> _Drafted:
        doubts = list(item.doubts)
        resolve = self._resolve(doubts)
        posts, taken = read_roster(p.text for p in item.body)
        rest = [p for n, p in enumerate(item.body) if n not in taken]
        prose = "\n".join(p.text for p in rest)
        if len(prose) > _LONGEST:
            doubts.append(f"本项文字多于{_LONGEST}字，其后没有读")
            prose = prose[:_LONGEST]
        given = read_given(prose)
        bare = _cut(prose, given)
        units = self._units(item, given, posts, bare, resolve)
        kind = self._kind(item, bool(posts))
        doubts += self._doubts(item, prose, given, bool(posts))
        task = Task(
            ref=item.ref + (" （前言）" if item.style == "附件" and not posts else ""),
            line=item.place.number,
            title=_short(item.title or (item.parent.title if item.parent else "")),
            kind=kind,
            about=tuple(nouns(f"{item.title}\n{bare}")[:40]),
            units=units,
            open=any(g.open for g in given),
            says=tuple(statements(bare, resolve)),
            doubts=tuple(dict.fromkeys(doubts)),
        )
        return _Drafted(item, task, given, list(segments(bare)))

    def _units(
        self, item: Item, given: list[Given], posts: list[Named], bare: str, resolve: _Resolver
    ) -> tuple[Assigned, ...]:
        """From the bracket or line; else the unit of the heading; else who acts in the prose."""
        named = [u for g in given for u in g.units] or posts
        if not named and self._is_unit(item.title):
            named = [Named(item.title, item.title, "责任")]
        if not named:
            named = read_agents(bare)
        return tuple({(a.u, a.role): a for a in map(resolve, named)}.values())

    def _kind(self, item: Item, roster: bool) -> TaskKind:
        if roster:
            return "机构"
        if self._is_unit(item.title):
            return "职责"
        for part in (item, *(a for a in item.above() if a.style != "附件")):
            for kind, words in _KINDS:
                outer = kind != "保障" or part.style in (
                    "一、",
                    "章",
                )  # 提升保障能力 below is a task like others
                if outer and len(part.title) <= _TITLE and re.search(words, part.title):
                    return kind
        return "任务"

    # doubts

    def _doubts(self, item: Item, prose: str, given: list[Given], roster: bool) -> Iterator[str]:
        if any(p.broken for p in item.body):
            yield "正文断行，已接上"
        if any(not g.closed for g in given) or prose.count("（") > prose.count("）"):
            yield "括号没有闭合"
        if any(not g.units for g in given):
            yield "责任单位的括注里没有读出单位"
        if not roster and flattened([p.text for p in item.body]):
            yield "疑为表格散成的短行，数值请对照原表"
        if any(p.line.cells for p in item.body):
            yield "含表格，按行读出，请核对"
        yield from (f"没有这个日期：{d}" for d in impossible_dates(prose))
        there = {c.number for c in self.outline.root.children if c.style == "附件"}
        listed = {n for n, _ in self.outline.annexes}
        for found in _REFERRED.finditer(prose):
            if int(found[1]) not in there | listed:
                yield f"所称附件{found[1]}，文中没有"

    def _without_units(self, drafted: list[_Drafted]) -> list[_Drafted]:
        """A task whose like all name their units and which names none."""
        out = []
        for d in drafted:
            like = [
                o
                for o in drafted
                if o.task.kind == "任务" and o.item.style == d.item.style and _part(o.item) is _part(d.item)
            ]
            bracketed = sum(bool(o.given) for o in like)
            if (
                d.task.kind == "任务"
                and not d.task.units
                and not d.item.closing
                and bracketed * 2 > len(like)
            ):
                d.task = d.task.model_copy(update={"doubts": (*d.task.doubts, "没有写明责任单位")})
            out.append(d)
        return out


@dataclass
class _Resolver:
    """Forms to assigned units; doubts about a form are kept once."""

    names: Names
    doubts: list[str]

    def __call__(self, named: Named) -> Assigned:
        unit, doubt = self.names.unit(named.name)
        if doubt and doubt not in self.doubts:
            self.doubts.append(doubt)
        return Assigned.model_validate({"u": unit.name, "as": named.printed, "role": named.role})


def _cut(text: str, given: list[Given]) -> str:
    for g in reversed(given):
        text = text[: g.start] + text[g.end :]
    return text


def _short(title: str) -> str:
    title = re.sub("^开展|[（(][^（）()]*$", "", title) if len(title) > _TITLE else title
    return title[:_TITLE]


def _unit_of(post: str) -> str:
    """The unit of a post: 旗民政局 of 旗民政局局长."""
    return re.sub(
        "(?:党[委组]|党工委)?(?:第一)?(?:常务)?副?(?:书记|主席|主任|[局旗县区市州镇乡所队院站]长|部长|总?经理)(?:、.*)?$",
        "",
        post,
    )


def _part(item: Item) -> Item:
    """The annex or chapter an item stands in, else the document."""
    return next((a for a in item.above() if a.style in ("附件", "章")), list(item.above())[-1])


def _unique(tasks: Iterable[Task]) -> Iterator[Task]:
    seen: dict[str, int] = {}
    for task in tasks:
        seen[task.ref] = seen.get(task.ref, 0) + 1
        yield (
            task
            if seen[task.ref] == 1
            else task.model_copy(update={"ref": f"{task.ref}（又{seen[task.ref]}）"})
        )


# -- two dates for one thing -----------------------------------------------------------------------------


def _with_conflicts(drafted: list[_Drafted]) -> list[_Drafted]:
    """Deadlines that differ for what reads like the same act, said at both places."""
    dated = [(d, s, by) for d in drafted for s in d.found if (by := _deadline(s)) and len(topic(s)) >= 8]
    for n, (one, a, first) in enumerate(dated[:_DATED]):
        for other, b, second in dated[n + 1 : _DATED]:
            if first[0] != second[0] and _alike(topic(a), topic(b)) and not _followed(a, b):
                for here, there, mine, theirs in ((one, other, first, second), (other, one, second, first)):
                    doubt = f"同一事项两个期限：此处{mine[1]}，{there.task.ref}为{theirs[1]}"
                    if doubt not in here.task.doubts:
                        here.task = here.task.model_copy(update={"doubts": (*here.task.doubts, doubt)})
    return drafted


def _deadline(segment: Segment) -> tuple[date, str] | None:
    for found in segment.found:
        by = getattr(found.what, "by", None)
        if by is not None:
            return by, found.what.printed
    return None


def _followed(a: Segment, b: Segment) -> bool:
    """Whether the numbers differ too: steps of one target, not a contradiction."""
    return re.findall(r"\d+(?:\.\d+)?[%％家个项]", a.text) != re.findall(r"\d+(?:\.\d+)?[%％家个项]", b.text)


def _alike(a: str, b: str) -> bool:
    one, two = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (a, b))
    return len(one & two) >= _SAME * len(one | two)
