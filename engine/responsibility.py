"""Who is responsible: answers a question from the region packs, the national departments beside it.

Outcomes and how an answer reads: engine/answer.py; how slots are filled: engine/slots.py; comparisons and counts: engine/across.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, cached_property

from corpus.questions import EVERYDAY, WEAK, Question, read_question, tail_of
from engine.across import Counted, busiest, conclusion, count_all, count_tasks, named_pack, title_words
from engine.answer import Answer, Outcome, Reference, department_json
from engine.duties import asks_what_follows, chain
from engine.retrieval import (
    ASPECTS,
    BROADER,
    FIRE,
    INFERRED,
    TITLE_BONUS,
    VERBATIM,
    Asked,
    Hit,
    Index,
    pairs,
    passages,
    rest_of,
)
from engine.several import Part, clauses_apart, things_apart
from engine.slots import RECEIVES, Filled, facts_of, fill
from kb.national import Department
from kb.registers import Often, Region, RegionPack, Registers, Task, When
from ontology.domains import Domains, Mention, fold
from ontology.places import prefectures

__all__ = [
    "Answer",
    "Outcome",
    "Reference",
    "Responsibility",
    "department_json",
    "open_responsibility",
]

FOUND = 0.42  # below this share of the question a passage is not what was asked about
ACT_SHARE = 0.4  # of the words beside an act of authority that its passage must have
SAID = 0.6  # and below this one a region does not say what is asked of all regions
BESIDE = 0.6  # words beside a thing, when only the responsible unit is asked
TITLE_HINT = 0.05  # what a title counts for when not (only) the responsible unit is asked
STAGE = re.compile(r"第([一二三四五六七八])个?(?:工作)?阶段")
POST_BONUS = 0.25  # a sentence about the post asked for
DOCUMENT_BONUS = 0.1  # a passage of the document the question names
AN_ACT = 4  # so many characters beside a thing, in words of two, are an act of its own
SHORT_QUESTION = 24  # a thing alone, without a question, asks who is responsible
LONG_QUESTION = 400  # characters read of a question
SEAT = re.compile(r"(?<!建)设[在于]")
SEAT_ASKED = re.compile(r"(?<!建)设[在于]|办公室(?:放|挂)?在哪|办公室(?:放|挂)在")
MOST_TASKS = re.compile(r"(?:任务|工作|项目?)(?:数量?)?最多")
TASKS = re.compile(r"(?:多少|几)(?:项|个|条)(?:重点)?(?:工作)?任务")
NEW_TRADES = "新业态"
SEVERAL_TRADES = 3  # an item whose things belong to so many of its units is a list of several trades
SEVERALLY = re.compile(r"分别|各(?:由|归|是|属|找)|呢[？?]?$")
PLURAL = re.compile(r"哪些|哪几|分别")  # asks for all that are named
LONG_LIST = 4  # from so many units on, the one whose trade it is is pointed out
YEARS = re.compile(r"[\d年至（）()-]+")
POSTS = re.compile(r"常务副组长|副组长|组长|副主任|主任|主席|副总指挥|总指挥")
CLAUSE = 4  # so many characters between two regions are a clause of their own
TITLE_WORDS = 5  # so many characters of a document's title name the document, not what is asked of it
OTHER_REGION = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西"
    r"|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|香港|澳门|台湾)(?:省|市(?!政|场|容)|自治区)?"
    r"|^[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|市(?!政|场|容)|县|旗|盟)"
)


SENTENCES = re.compile(r"[？?；;。]\s*\w")
GREETING = re.compile(r"^(?:请问|想问(?:一下|下)?|问一下|我想知道|我们是?|咱们?|我是|在|位于)+[，, ]*")


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
        self.title_words = cache(lambda region: title_words(by_region[region]))
        self.title_parts = cache(lambda region: _title_parts(by_region[region]))

    def _indexed(self, region: str) -> Index:
        return Index(self.packs[region], self.domains)

    @cached_property
    def region_names(self) -> dict[str, Region]:
        """Every written form of a region's name."""
        return {n: r for r in self.registers.regions.values() for n in (r.name, *r.labels)}

    def regions_of(self, text: str) -> list[Region]:
        """The regions a text names, in order of mention; 各地、两地、哪个地区 mean all."""
        return list(dict.fromkeys(r for _, _, r in self._spans(text)))

    def _spans(self, text: str) -> list[tuple[int, int, Region]]:
        """Where a text names regions: begin, end, region, left to right."""
        spans: list[tuple[int, int, Region]] = []
        rest = text
        for name in sorted(self.region_names, key=len, reverse=True):
            while (at := rest.find(name)) >= 0:
                spans.append((at, at + len(name), self.region_names[name]))
                rest = rest[:at] + "　" * len(name) + rest[at + len(name) :]
        return sorted(spans, key=lambda s: s[0])

    def answer(self, text: str, region: str = "", on: date | None = None) -> Answer:
        """The answer to a question. `region`: names of regions, used when the question names none.

        Several things asked about side by side are answered each; of several clauses, those that the question
        taken as a whole leaves open.
        """
        read = text.strip()[:LONG_QUESTION]
        whole = self._whole(read, region, on)
        spans = self._spans(read)
        things = things_apart(read, self.domains, read[slice(*spans[0][:2])] if spans else "")
        if things and self._asks_apart(read, whole, len(things)):
            each = [replace(self._whole(p.text, region, on), about=p.about) for p in things]
            if any(a.answered for a in each):
                return each[0] if len({(a.units, a.outcome) for a in each}) == 1 else _each(read, each)
        clauses = clauses_apart(read)
        each = [
            self._whole(p.about if self.regions_of(p.about) else p.text, region, on) for p in clauses
        ]  # fmt: skip
        if each and SENTENCES.search(read) and all(a.answered and not a.parts for a in each):
            return _together(read, each)
        if each and _same_slot(clauses) and all(a.answered and not a.parts for a in each):
            return _together(read, each)
        more = [a for p, a in zip(clauses, each, strict=True) if a.answered and _is_open(p.text, whole)]
        return _together(read, [whole, *more]) if more else whole

    def _asks_apart(self, text: str, whole: Answer, things: int) -> bool:
        """Whether several things are asked about, each for itself: not where one sentence names them together."""
        asked = read_question(text, tuple(self.region_names))
        if not asked.only_who or asked.count:
            return False
        remit = _is_remit(asked, asked.content, self._things(asked.content))
        apart = not whole.answered or (SEVERALLY.search(text) and len(set(whole.named)) < things)
        return remit or bool(apart)

    def _whole(self, read: str, region: str, on: date | None) -> Answer:
        """The answer to a text read as one question."""
        asked = read_question(read, tuple(self.region_names))
        mentions = self._things(asked.content)
        department = self._department(Asked(asked.content, mentions, False))
        if not asked.understood and mentions and len(read) <= SHORT_QUESTION:
            asked = replace(asked, slots=frozenset({"who"}), supervise=True)
        level = asks_what_follows(read)
        if level:
            told = self._what_follows(asked, level, department, on or date.today())
            return self._with_units(told, mentions, region or read, on) if mentions else told
        regions = self.regions_of(read) or self.regions_of(region)
        other = region.strip() or _other_region(read)
        if not regions and other:
            return self._unheld(asked, other, department)
        everywhere = not regions
        regions = regions or list(self.registers.regions.values())
        day = on or date.today()
        called = {r.name: read[i:j] for i, j, r in self._spans(read)}
        apart = self._apart(read) if len(regions) > 1 else {}
        if apart:
            return _joined(asked, [self._whole(apart[r.id], r.name, day) for r in regions], called)
        answers = [self._in_region(asked, r, mentions, department, day) for r in regions]
        if everywhere and not asked.regions:
            return self._everywhere(asked, answers, department)
        return answers[0] if len(answers) == 1 else _joined(asked, answers, called)

    def _what_follows(self, asked: Question, level: str, department: Department | None, on: date) -> Answer:
        """What enterprise, department and territory must do after a finding, by law; no document is needed for it."""
        industries = frozenset(department.industries) if department else frozenset()
        found = chain(self.registers.duties, level, industries, on)
        notes = [f"按{level}、{on.isoformat()}查出计算；法律只写“及时”“定期”的不推算日期"]
        if department is None:
            notes.append("没有说明行业，煤矿、特种设备等另有期限，见 panding duties --industry")
        return Answer(
            asked.text,
            Outcome.DOCUMENTED,
            values=tuple(d.line() for d in found),
            basis="法律法规",
            department=department,
            notes=tuple(notes),
        )

    def _with_units(self, told: Answer, mentions: list[Mention], region: str, on: date | None) -> Answer:
        """What follows by law, with the units that the documents of a region name for the thing."""
        names = "、".join(r.name for r in self.regions_of(region))
        local = self._whole(f"{names}{mentions[-1].words}的安全由谁监管？", "", on) if names else None
        other = _other_region(region)
        if local is None and other:
            return replace(told, notes=(*told.notes, self._not_held(other)))
        if local is None or not local.answered:
            return told
        notes = (*told.notes, *local.mapping(), *local.notes)
        return replace(
            local,
            question=told.question,
            values=told.values,
            notes=notes,
            facts=(),
            parts=(),
            department=told.department,
        )

    def _things(self, content: str) -> list[Mention]:
        """The things a question names; “平安农机” is a campaign."""
        return [m for m in self.domains.find(content) if not content[: m.start].endswith("平安")]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The character pairs of all documents."""
        texts = (p.own for pack in self.registers.packs for p in passages(pack))
        return frozenset(pair for text in texts for pair in pairs(text))

    def _known(self, search: Asked) -> bool:
        """Whether any document, of whatever region, has a word of the question: then this one is silent on it."""
        return any(p in self.vocabulary and not set(p) & set(WEAK) for c in rest_of(search) for p in pairs(c))

    def _apart(self, text: str) -> dict[str, str]:
        """For each region its own question, when a text asks different things of several; empty when it does not."""
        spans = self._spans(text)
        if len(spans) < 2 or len({r.id for _, _, r in spans}) < len(spans):
            return {}
        ends = [*(at for at, _, _ in spans[1:]), len(text)]
        clauses = [
            text[end:stop].strip("和与跟及、，,的 ") for (_, end, _), stop in zip(spans, ends, strict=True)
        ]
        tail = tail_of(clauses[-1])
        if not tail or any(len(c) < CLAUSE for c in (*clauses[:-1], clauses[-1].removesuffix(tail))):
            return {}
        return {
            r.id: c if tail_of(c) else c + tail for (_, _, r), c in zip(spans, clauses, strict=True)
        }  # fmt: skip

    def _department(self, search: Asked) -> Department | None:
        heads = search.heads or tuple(search.mentions)
        ids = (self.domains.department(m.domain) for m in reversed(heads))
        return next((self.departments[i] for i in ids if i in self.departments), None)

    def _not_held(self, region: str) -> str:
        known = "、".join(r.name for r in self.registers.regions.values())
        return f"没有收录“{region}”的文件，已收录：{known}"

    def _unheld(self, asked: Question, region: str, department: Department | None) -> Answer:
        """A region whose documents are not held."""
        note = self._not_held(region)
        if department is None or not asked.understood:
            return Answer(asked.text, Outcome.UNREAD, notes=(note,))
        outcome = Outcome.CONTESTED if department.contested else Outcome.SILENT
        return Answer(asked.text, outcome, department=department, notes=(note,))

    def _everywhere(self, asked: Question, answers: list[Answer], department: Department | None) -> Answer:
        """No region named: what each document says, when any of them says something."""
        told = [a for a in answers if a.answered]
        if asked.understood and told:
            note = "没有说明是哪个地区，以下按已收录的各地文件分别列出"
            return replace(_joined(asked, told, {}), notes=(note,), department=department)
        known = "、".join(r.name for r in self.registers.regions.values())
        note = f"没有说明是哪个地区，已收录文件的地区：{known}"
        outcome = Outcome.UNREAD
        if asked.understood and department is not None:
            outcome = Outcome.CONTESTED if department.contested else Outcome.SILENT
        unknown = tuple(
            dict.fromkeys(w for a in answers for w in a.unknown if all(w in b.unknown for b in answers))
        )
        return Answer(asked.text, outcome, department=department, notes=(note,), unknown=unknown)

    def _in_region(
        self,
        asked: Question,
        region: Region,
        mentions: list[Mention],
        department: Department | None,
        on: date,
    ) -> Answer:
        index, packs = self.index(region.id), self.packs[region.id]
        asked = _stage_named(asked, packs)
        rest, faint = _without(asked.content, self.title_parts(region.id))
        mentions = [m for m in mentions if rest[m.start] != "　"]
        parts = Asked(asked.content, mentions, False, who=asked.only_who)
        if parts.places and not any(map(index.holds, parts.heads)):
            mentions = list(parts.places)  # what no document names is taken with its place: 火车站的货场
        search = Asked(
            asked.content,
            mentions,
            remit=_is_remit(asked, rest, mentions),
            title=TITLE_BONUS if asked.only_who else TITLE_HINT,
            who=asked.only_who,
            faint=faint,
        )
        blank = Answer(
            asked.text, Outcome.UNREAD, region.name, department=department, unknown=index.unknown(search)
        )
        document = named_pack(asked.text, self.title_words(region.id))
        if asked.count and (counted := count_tasks(asked, packs, document)):
            return _counted(asked, region, counted, on)
        if MOST_TASKS.search(asked.text) and "who" in asked.slots:
            return _busiest(asked, region, busiest(asked, packs, document), on)
        beside = BESIDE if mentions and asked.only_who else 1.0
        hits = _preferred(asked, index.search(search, beside), document)
        near = tuple(dict.fromkeys(_place(h.passage.pack, h.passage.task, on) for h in hits[:3]))
        blank = replace(blank, near=near)
        if not asked.understood or not (hits or mentions or self._known(search)):
            return blank
        if self._undone(asked, index):
            return replace(blank, outcome=Outcome.SILENT)
        fitting = _of_the_act(index, search, [h for h in hits if _answers(asked, search, h)])
        if asked.regions and not asked.slots:
            return replace(_said(asked, fitting[:1], on) or blank, region=region.name)
        filled = fill(asked, fitting, search.remit) if fitting else None
        every = count_all(packs, document) if filled is None and TASKS.search(asked.text) else None
        if every is not None:
            return _counted(asked, region, Counted(every[0], "", every[1]), on)
        if filled is None:
            named = bool(fitting) and fitting[0].basis == VERBATIM and bool(fitting[0].named)
            contested = department is not None and department.contested and "who" in asked.slots and not named
            return replace(blank, outcome=Outcome.CONTESTED if contested else Outcome.SILENT)
        answer = _answer(asked, filled, on)
        contested = department is not None and department.contested
        if answer.basis == BROADER and (contested or self._only_new(answer.named)):
            return replace(blank, outcome=Outcome.CONTESTED, near=answer.refs)
        answer = replace(answer, region=region.name, department=department)
        heads = [] if PLURAL.search(asked.text) else [m for m in search.heads if not _is_aspect(m)]
        return self._nearest(answer, filled, heads)

    def _only_new(self, named: tuple[str, ...]) -> bool:
        """Whether a thing was found only as one of the new trades (新业态), whose department is still to be named."""
        return {m.domain.name for words in named for m in self.domains.find(words)} == {NEW_TRADES}

    def _undone(self, asked: Question, index: Index) -> bool:
        """Whether what the unit is to do (付费, 认定) is in no document of the region."""
        known = (any(p in index.postings for p in pairs(fold(d))) for d in asked.deeds)
        return bool(asked.deeds) and not any(known) and not any(map(self.domains.find, asked.deeds))

    def _leads(self, m: Mention, filled: Filled) -> frozenset[str]:
        """The units among those found whose trade a thing is."""
        department = self.departments.get(self.domains.department(m.domain))
        kinds = filled.main.passage.pack.by_name
        return frozenset(
            a.u for a in filled.agents if department and kinds[a.u].kind in department.industry_lead
        )

    def _nearest(self, answer: Answer, filled: Filled, heads: list[Mention]) -> Answer:
        """Of a long list that the document does not divide, the one unit whose trade it is, said as an inference.

        Where the item is about several trades with a unit each, that unit alone answers; else it is pointed out.
        """
        own = frozenset(u for m in heads for u in self._leads(m, filled))
        if len(filled.agents) < LONG_LIST or len(own) != 1:
            return answer
        (unit,) = own
        passage = filled.main.passage
        things = self.domains.find(passage.task_text + "　" + passage.own)
        each = {u for m in things if len(leads := self._leads(m, filled)) == 1 for u in leads}
        above = {d.name for m in heads for level in self.domains.levels(m.domain) for d in level}
        titled = any(m.domain.name in above for m in self.domains.find(passage.task.title))
        if len(each) < SEVERAL_TRADES or titled:
            return replace(
                answer, notes=(*answer.notes, f"原文列出多个单位，未逐一对应；业务最接近的是{unit}（推断）")
            )
        listed = "、".join(answer.units)
        return replace(
            answer,
            units=(unit,),
            roles=tuple(r for r in answer.roles if r[0] == unit),
            open_list=False,
            basis=INFERRED,
            notes=(
                *answer.notes,
                *answer.mapping(),
                f"原文对多个行业一并列出{listed}，未逐一对应；按业务相近推断为{unit}",
            ),
        )


def _is_aspect(m: Mention) -> bool:
    return m.domain.name in ASPECTS or FIRE in m.domain.broader


def _same_slot(clauses: tuple[Part, ...]) -> bool:
    """Whether two clauses each ask when, how often or how much."""
    asked = [s for p in clauses for s in read_question(p.about).slots & {"when", "often", "value"}]
    return len(set(asked)) < len(asked)


def _is_open(clause: str, whole: Answer) -> bool:
    """Whether an answer leaves open what one clause of its question asks."""
    asked = read_question(clause)
    held = {
        "who": bool(whole.units),
        "post": bool(whole.values),
        "to": any(role == RECEIVES for _, role in whole.roles),
        "when": any(isinstance(f, When) for f in whole.facts),
        "often": any(isinstance(f, Often) for f in whole.facts),
    }
    return any(not held.get(slot, bool(whole.values)) for slot in asked.slots)


def _each(text: str, each: list[Answer]) -> Answer:
    """One answer over several things, each with its own beside it."""
    told = [a for a in each if a.answered]
    return Answer(
        text,
        Outcome.DOCUMENTED,
        told[0].region,
        units=tuple(dict.fromkeys(u for a in told for u in a.units)),
        roles=tuple(dict.fromkeys(r for a in told for r in a.roles)),
        values=tuple(dict.fromkeys(v for a in told for v in a.values)),
        basis=told[0].basis,
        refs=tuple(dict.fromkeys(r for a in told for r in a.refs)),
        tasks=tuple(t for a in told for t in a.tasks),
        parts=tuple(each),
    )


def _together(text: str, each: list[Answer]) -> Answer:
    """One answer of what several clauses ask of one thing."""
    told = [a for a in each if a.answered]
    if len({a.region for a in told}) > 1:
        return _each(text, told)
    return replace(
        told[0],
        question=text,
        units=tuple(dict.fromkeys(u for a in told for u in a.units)),
        roles=tuple(dict.fromkeys(r for a in told for r in a.roles)),
        values=tuple(dict.fromkeys(v for a in told for v in a.values)),
        refs=tuple(dict.fromkeys(r for a in told for r in a.refs)),
        notes=tuple(dict.fromkeys(n for a in told for n in a.notes)),
        tasks=tuple(t for a in told for t in a.tasks),
        facts=tuple(dict.fromkeys(f for a in told for f in a.facts)),
    )


def _other_region(text: str) -> str:
    """A region that a question begins with and whose documents are not held; empty when it names none."""
    said = GREETING.sub("", text)
    found = OTHER_REGION.match(said)
    if found:
        return found.group()
    return next((said[:n] for n in range(6, 1, -1) if said[:n] in prefectures()), "")


def _title_parts(packs: list[RegionPack]) -> frozenset[str]:
    """Every run of words of the documents' titles long enough to name the document."""
    titles = {fold(p.document.title) for p in packs}
    runs = {
        t[i:j] for t in titles for i in range(len(t)) for j in range(i + TITLE_WORDS, len(t) + 1)
    }  # fmt: skip
    return frozenset(r for r in runs if not YEARS.fullmatch(r))


def _without(content: str, parts: frozenset[str]) -> tuple[str, frozenset[str]]:
    """What is asked with words of the documents' titles blanked, and the pairs of those words."""
    rest, faint, at = "", set[str](), 0
    while at < len(content):
        end = at + TITLE_WORDS
        if content[at:end] not in parts:
            rest, at = rest + content[at], at + 1
            continue
        while end < len(content) and content[at : end + 1] in parts:
            end += 1
        faint.update(pairs(fold(content[at:end])))
        rest, at = rest + "　" * (end - at), end
    return rest, frozenset(faint)


def _is_remit(asked: Question, content: str, mentions: list[Mention]) -> bool:
    """Whether all that is asked is whose a thing is: nothing said beside the thing."""
    if not mentions or not asked.only_who or asked.role or asked.acts:
        return False
    bare = Asked(EVERYDAY.sub(lambda m: "　" * len(m.group()), content), mentions, False)
    beside = [c.strip(WEAK) for c in rest_of(bare)]
    return not any(len(c) > 2 for c in beside) and sum(map(len, beside)) < AN_ACT


def _preferred(asked: Question, hits: list[Hit], document: RegionPack | None) -> list[Hit]:
    """Passages about the post asked for, and of the document named, come forward."""
    post = POSTS.search(asked.text) if "post" in asked.slots else None

    def bonus(h: Hit) -> float:
        about = POST_BONUS if post and _names_post(h, post.group()) else 0.0
        return about + (DOCUMENT_BONUS if h.passage.pack is document else 0.0)

    if post is None and document is None:
        return hits
    raised = [replace(h, score=h.score + bonus(h)) for h in hits]
    return sorted(raised, key=lambda h: -h.score)


def _stage_named(asked: Question, packs: list[RegionPack]) -> Question:
    """第三个阶段 as its document calls it."""
    number = STAGE.search(asked.content)
    if number is None:
        return asked
    stages = (
        t for p in packs for t in p.tasks if t.kind == "阶段" and t.ref.endswith(f"（{number.group(1)}）")
    )
    title = next((t.title for t in stages), number.group())
    return replace(asked, content=asked.content.replace(number.group(), title))


def _names_post(h: Hit, post: str) -> bool:
    return h.passage.says is not None and re.search(f"(?<!副){post}", h.passage.says.what) is not None


def _answers(asked: Question, search: Asked, h: Hit) -> bool:
    """Whether a passage is about what was asked: the thing, the act of authority, the post."""
    heads = [m.words for m in search.heads]
    named = heads or [m.words for m in search.mentions]
    if h.score < FOUND or (named and all(w in h.missing for w in named)):
        return False
    sided = len(heads) > 1 and any(m.domain.name in ASPECTS for m in search.heads)
    if sided and h.basis == BROADER and not h.titled:  # 加油站消防 is not 危险化学品 and 消防 of a hospital
        return False
    if named and not heads and not any(p in h.passage.own for c in rest_of(search) for p in pairs(c)):
        return False
    if not named and not _tells(search, h):
        return False
    if not _in_years(asked.text, h):
        return False
    if (asked.acts or asked.money) and not _has_act(asked, search, h):
        return False
    post = POSTS.search(asked.text) if "post" in asked.slots else None
    if SEAT_ASKED.search(asked.text) and (h.passage.says is None or not SEAT.search(h.passage.says.what)):
        return False
    return post is None or _names_post(h, post.group())


def _of_the_act(index: Index, search: Asked, hits: list[Hit]) -> list[Hit]:
    """Where sentences about the thing itself have every word said beside it, only their tasks answer."""
    if search.remit or not search.heads:
        return hits
    said = (p for c in rest_of(search) for x in EVERYDAY.split(c) for p in pairs(x))
    words = {p for p in said if p in index.postings}
    saying = [
        h.passage.task for h in hits
        if len(words) > 1 and h.direct and h.named and h.basis == VERBATIM and all(w in h.passage.own for w in words)
    ]  # fmt: skip
    return [h for h in hits if not saying or any(h.passage.task is t for t in saying)]


def _tells(search: Asked, h: Hit) -> bool:
    """Whether a passage has more of the question's words than those said of anything (专项治理)."""
    telling = [p for c in rest_of(search) for x in EVERYDAY.split(c) for p in pairs(x)]
    return not telling or any(p in h.passage.own or p in h.passage.task_text for p in telling)


def _in_years(text: str, h: Hit) -> bool:
    """Whether the years a question names are in the period of the document or printed in the task."""
    years = re.findall(r"20\d\d", text)
    if not years:
        return True
    d, task = h.passage.pack.document, h.passage.task
    printed = "".join([*task.about, *(f.printed for s in task.says for f in facts_of(s))])

    def known(year: str) -> bool:
        within = d.start is not None and d.end is not None and d.start.year <= int(year) <= d.end.year
        return within or year in printed

    return all(known(y) for y in years)


def _has_act(asked: Question, search: Asked, h: Hit) -> bool:
    """Whether a passage has the act of authority or particular by name, and what it is of."""
    own = h.passage.own if h.passage.says else h.passage.own + "".join(s.what for s in h.passage.task.says)
    of = {p for c in rest_of(search) for p in pairs(c)} - {p for a in asked.acts for p in pairs(a)}
    held = sum(p in own or p in h.passage.task_text for p in of)
    named = bool(h.named) and not h.missing and h.basis == VERBATIM
    return all(a in own for a in asked.acts) and (named or (bool(of) and held >= len(of) * ACT_SHARE))


def _place(pack: RegionPack, task: Task, on: date) -> Reference:
    d = pack.document
    return Reference(d.file, d.title, task.ref, d.doc_no, d.end if d.end and d.end < on else None)


def _answer(asked: Question, filled: Filled, on: date) -> Answer:
    refs = tuple(
        dict.fromkeys(_place(h.passage.pack, h.passage.task, on) for h in (*filled.used, *filled.also))
    )
    notes = [f"《{r.title}》期限已届满（{r.expired.isoformat()}）" for r in refs if r.expired]
    notes += [f"存疑：{d}" for h in filled.used for d in h.passage.task.doubts]
    roles = [*((a.u, a.role) for a in filled.agents), *((u, RECEIVES) for u in filled.receivers)]
    return Answer(
        asked.text,
        Outcome.DOCUMENTED,
        units=tuple(dict.fromkeys(u for u, _ in roles)),
        roles=tuple(dict.fromkeys(roles)),
        open_list=filled.open_list,
        values=tuple(filled.values(asked.role)),
        basis=filled.main.basis,
        named=filled.main.named,
        refs=refs,
        notes=tuple(dict.fromkeys(notes)),
        tasks=tuple((h.passage.pack, h.passage.task) for h in filled.used),
        facts=filled.facts,
    )


def _said(asked: Question, hits: list[Hit], on: date) -> Answer | None:
    """One region among those asked about: it says so when a passage has nearly all the words asked."""
    if not hits or hits[0].score < SAID:
        return None
    h = hits[0]
    s = h.passage.says
    words = set(pairs(fold(asked.text)))
    printed = [f.printed for f in facts_of(s) if words & set(pairs(fold(f.printed)))] if s else []
    place = _place(h.passage.pack, h.passage.task, on)
    return Answer(
        asked.text, Outcome.DOCUMENTED, values=tuple(printed), basis=h.basis, named=h.named, refs=(place,),
        tasks=((h.passage.pack, h.passage.task),),
    )  # fmt: skip


def _counted(asked: Question, region: Region, counted: Counted, on: date) -> Answer:
    return Answer(
        asked.text,
        Outcome.DOCUMENTED,
        region.name,
        values=(f"{len(counted.tasks)}项",),
        basis=VERBATIM,
        refs=tuple(_place(counted.pack, t, on) for t in counted.tasks),
        notes=(
            f"按《{counted.pack.document.title}》所列任务计数"
            + (f"，单位：{counted.unit}" if counted.unit else ""),
        ),
        tasks=tuple((counted.pack, t) for t in counted.tasks),
    )


def _busiest(asked: Question, region: Region, counted: tuple[Counted, ...], on: date) -> Answer:
    parts = [_counted(asked, region, c, on) for c in counted]
    if not parts:
        return Answer(asked.text, Outcome.SILENT, region.name)
    role = asked.role or "责任"
    return replace(
        parts[0],
        units=tuple(c.unit for c in counted),
        roles=tuple((c.unit, role) for c in counted),
        refs=tuple(dict.fromkeys(r for p in parts for r in p.refs)),
        notes=(f"按《{counted[0].pack.document.title}》所列任务计数",),
    )


def _joined(asked: Question, answers: list[Answer], names: dict[str, str]) -> Answer:
    """One answer over several regions: what each document says, side by side, and which is ahead when asked.

    `names`: what the question calls them.
    """
    answered = [a for a in answers if a.answered]
    called = {a.region: names.get(a.region, a.region) for a in answered}
    values = [f"{called[a.region]}：{v}" for a in answered for v in a.values]
    if asked.regions and asked.slots <= {"value", "often", "when"}:
        values += [called[a.region] for a in answered if not a.values]
    if asked.better:
        values += filter(None, [conclusion(asked.better, [(called[a.region], a.facts) for a in answered])])
    return Answer(
        asked.text,
        Outcome.DOCUMENTED if answered else answers[0].outcome,
        "、".join(a.region for a in answers),
        units=tuple(dict.fromkeys(u for a in answered for u in a.units)),
        roles=tuple(dict.fromkeys(r for a in answered for r in a.roles)),
        values=tuple(values),
        basis=answered[0].basis if answered else "",
        refs=tuple(dict.fromkeys(r for a in answered for r in a.refs)),
        near=() if answered else tuple(dict.fromkeys(r for a in answers for r in a.near)),
        department=answers[0].department,
        tasks=tuple(t for a in answered for t in a.tasks),
        parts=tuple(answers),
    )


def open_responsibility() -> Responsibility:
    """Over the shipped registers. Raises kb.BadInput when they are faulty."""
    from kb.registers import load_registers
    from ontology.domains import read_domains

    return Responsibility(load_registers(), read_domains())
