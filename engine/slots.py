"""Fills what a question asks (who, to whom, when, how often, how much) from the passages found, best first.

An explicit agent of a sentence goes before the list of its task; a value must be of the kind asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.questions import ASKED, Question
from engine.retrieval import BROADER, OPERATORS, VERBATIM, Hit, pairs, statement_text
from kb.registers import Assigned, Often, RegionPack, Statement, Task, Value, When
from ontology.domains import fold

NEAR = 0.85  # passages within this share of the best also answer
EQUAL = 0.97  # and this one is as good as the best
WHOLE_TITLE = 0.6  # a question with so much of a task's title asks about all of it
MORE_THAN_TITLE = 4  # unless it has so many character pairs of one sentence beyond the title
FURTHER, SURE = 0.55, 0.55  # a value further off: within this share of the best, and this fit at least
SAYS_TOO, PLACES = 0.75, 2  # places further off that say the same, and how many of them
SAME_TASK = 0.65  # and within this share those of the same task
POST = "岗位"
ROLE_BONUS = 0.1  # a sentence that names its own agent in the role asked
EACH = "分别"
ASIDE_ROLES = ("配合", "参加")  # who only helps is not who is responsible
PAST = "现状"  # what has been done is no one's task
HELPS = "配合"  # what others lead and the region only helps with is not its remit
RECEIVES = "接收"
ONE_FIRM, EVERY_FIRM = re.compile("哪一?[家个](?:公司|企业)"), ("企业", "生产经营单位")  # asks for its name
REPORTS = re.compile("(?:及时|定期|按时|总结)?(?:报送|上报|汇报|报告|向)")
FAR_RARER = 2  # times as often the other thing is named
SHORT = 3  # a written form shorter than this is not looked for in running words
AT = re.compile(r"[年月日时点底]")
REPEATED = re.compile(r"每|次|定期|常态|年度")
BOTH = re.compile(r"呢|一般|普通|其他|其它|分别|各|和")

ALIKE = (("人", "名", "位"), ("家", "户", "个"), ("项", "条", "件"), ("支", "队"), ("阶段", "个"))
LEVEL_ASKED = re.compile(r"级|标准化")
DAY_ASKED = re.compile(r"几[号日]|哪一?[天日]")
HOUR_ASKED, HOUR_GIVEN = re.compile(r"几点"), re.compile(r"[时点]")
DAY_GIVEN = re.compile(r"[日号]")

Fact = When | Often | Value


@dataclass(frozen=True)
class Filled:
    """What was found: `agents` with roles, `receivers`, `facts` behind the values, the passages used and the main
    one of them; `also`: further passages that say the same."""

    agents: tuple[Assigned, ...]
    receivers: tuple[str, ...]
    posts: tuple[str, ...]
    facts: tuple[Fact, ...]
    used: tuple[Hit, ...]
    also: tuple[Hit, ...]
    main: Hit
    open_list: bool

    def values(self, role: str) -> list[str]:
        """Values as printed; with several roles asked, each unit with its role."""
        printed = [*map(show, self.facts), *self.posts]
        if role == EACH and len({a.role for a in self.agents}) > 1:
            printed += [f"{a.role}：{a.u}" for a in self.agents]
        return list(dict.fromkeys(printed))


def show(f: Fact) -> str:
    """A value as printed, a frequency with whom it holds for."""
    if isinstance(f, Often) and f.to and f.to[-SHORT:] not in f.printed:
        return f"{f.to}{f.printed}"
    return f.printed


def fill(asked: Question, hits: list[Hit], remit: bool) -> Filled | None:
    """Fills the slots asked; None when none of them can be filled. `remit`: all that is asked is whose a thing is."""
    facts: list[Fact] = []
    used: list[Hit] = []
    also: list[Hit] = []
    who = _agents(asked, hits, remit) if asked.slots & {"who", "post"} else None
    if who:
        hits = _led_by(who[0], {a.u for a in who[1]}, hits)
    for slot in ("often", "value", "when", "base"):
        found = _facts(slot, asked, hits) if slot in asked.slots else None
        if found:
            facts += [f for f in found[1] if f not in facts]
            if asked.twice and slot == "when":
                facts += [f for f in _beside(found[0], hits) if f not in facts]
            used.append(found[0])
            also += _elsewhere(found[0], found[1], hits)
    for slot, told in (("items", _items), ("outcome", _outcome)):
        said = told(hits) if slot in asked.slots else None
        if said and said[1] not in facts:
            facts.append(said[1])
            used.append(said[0])
    receivers = _receivers(hits) if "to" in asked.slots else None
    if receivers:
        used.append(receivers[0])
    agents = who[1] if who else []
    if who:
        used.append(who[0])
        also += _led_elsewhere(who[0], who[1], hits)
    posts = [a for a in agents if "post" in asked.slots and who and _kind(who[0], a) == POST]
    if not facts and not agents and not receivers:
        return None
    return Filled(
        agents=tuple(a for a in agents if a not in posts),
        receivers=tuple(receivers[1]) if receivers else (),
        posts=tuple(a.u for a in posts),
        facts=tuple(facts),
        used=tuple(used),
        also=tuple(also),
        main=who[0] if who else used[0],
        open_list=bool(who) and _is_open(who[0]) if who else False,
    )


def _beside(h: Hit, hits: list[Hit]) -> list[Fact]:
    """The dates of the other sentence of the same task that fits as well: two were asked for."""
    task = h.passage.task
    others = [
        x.passage.says for x in hits if x.passage.task is task and x is not h and x.score >= h.score * NEAR
    ]
    return next((list(s.when) for s in others if s and s.when), [])


def _items(hits: list[Hit]) -> tuple[Hit, Value] | None:
    """What the best sentence lists."""
    found = next(((h, s.about) for h in _near(hits) if (s := h.passage.says) and len(s.about) > 1), None)
    return (found[0], Value.model_validate({"as": "、".join(found[1])})) if found else None


def _outcome(hits: list[Hit]) -> tuple[Hit, Value] | None:
    """What the best sentence says is done."""
    found = next(((h, h.passage.says.what) for h in _near(hits) if h.passage.says), None)
    return (found[0], Value.model_validate({"as": found[1]})) if found else None


def _led_by(h: Hit, acting: set[str], hits: list[Hit]) -> list[Hit]:
    """Sentences of the same task with the same agents come first: what else is asked is asked of them."""

    def same(x: Hit) -> bool:
        says = x.passage.says
        return says is not None and x.passage.task is h.passage.task and {a.u for a in says.who} == acting

    return [
        *(replace(x, score=max(x.score, hits[0].score)) for x in hits if same(x)),
        *(x for x in hits if not same(x)),
    ]


def _elsewhere(h: Hit, found: list[Fact], hits: list[Hit]) -> list[Hit]:
    """Other tasks that say the same: named as places too."""
    said = [
        x
        for x in hits
        if x.passage.says and x.score >= h.score * SAYS_TOO and x.passage.task is not h.passage.task
    ]
    same = [
        x
        for x in said
        if x.passage.says and any(_same(f, g) for f in facts_of(x.passage.says) for g in found)
    ]
    return same[:PLACES]


def _led_elsewhere(h: Hit, agents: list[Assigned], hits: list[Hit]) -> list[Hit]:
    """Other tasks that give the same to the same: named as places too."""
    units = {a.u for a in agents}

    def same(x: Hit) -> bool:
        acting = (x.passage.says.who if x.passage.says else ()) or bracket_of(x.passage.task)
        return {a.u for a in acting} == units and x.passage.task is not h.passage.task

    return [x for x in hits if x.score >= h.score * SAYS_TOO and same(x)][:PLACES]


def _same(f: Fact, g: Fact) -> bool:
    """Whether two facts are the same date, number or frequency."""
    if isinstance(f, When) and isinstance(g, When):
        return f.printed == g.printed or (f.by is not None and f.by == g.by)
    if isinstance(f, Value) and isinstance(g, Value):
        return f.n is not None and (f.n, f.unit) == (g.n, g.unit)
    return type(f) is type(g) and f.printed == g.printed


def _is_open(h: Hit) -> bool:
    return h.passage.task.open and not (h.passage.says and h.passage.says.who)


def _kind(h: Hit, a: Assigned) -> str:
    return h.passage.pack.by_name[a.u].kind


def _near(hits: list[Hit]) -> Iterator[Hit]:
    """The passages close enough to the best to answer too."""
    best = hits[0]
    for h in hits:
        share = SAME_TASK if h.passage.task is best.passage.task else NEAR
        if h.score >= best.score * share:
            yield h


def _facts(slot: str, asked: Question, hits: list[Hit]) -> tuple[Hit, list[Fact]] | None:
    """The values of the best passage that has one of the kind asked; in the best sentence another may stand for it."""
    said = [(h, h.passage.says) for h in hits if h.passage.says is not None]
    near = [(h, h.passage.says) for h in _near(hits) if h.passage.says is not None]
    if "who" not in asked.slots:
        near.sort(key=lambda x: not (x[0].named and x[0].direct and not x[0].missing))
    if slot == "when" and DAY_ASKED.search(asked.text):
        days = _first(near, lambda f: DAY_GIVEN.search(f.printed) is not None)
        if days:
            return days[0], _narrow(days[1], asked)
    for h, s in near:
        fitting = (_is_kind, _stands_for) if h.score >= near[0][0].score * EQUAL else (_is_kind,)
        for fits in fitting:
            found = [
                f for f in facts_of(s) if fits(slot, asked, f) and not (h.basis == BROADER and _vague(f))
            ]
            if found:
                return h, _narrow(found, asked)
    further = [(h, s) for h, s in said if h.score >= max(hits[0].score * FURTHER, SURE)]
    last = _first(near, lambda f: _stands_for(slot, asked, f)) or _first(
        further, lambda f: _is_kind(slot, asked, f)
    )
    return (last[0], _narrow(last[1], asked)) if last else None


def _vague(f: Fact) -> bool:
    """定期、常态化 said of a broader thing tell nothing about the narrower one."""
    return isinstance(f, Often) and f.every is None


def _first(said: list[tuple[Hit, Statement]], fits: Callable[[Fact], bool]) -> tuple[Hit, list[Fact]] | None:
    """The first sentence with facts that fit."""
    return next(((h, found) for h, s in said if (found := [f for f in facts_of(s) if fits(f)])), None)


def facts_of(s: Statement) -> tuple[Fact, ...]:
    """Every frequency, quantity and date of a sentence."""
    return (*s.often, *s.values, *s.when)


def _is_kind(slot: str, asked: Question, f: Fact) -> bool:
    if slot == "often":
        return isinstance(f, Often)
    if slot == "base":
        return "对比" in f.printed
    if "对比" in f.printed:
        return False
    if slot == "when":
        return isinstance(f, When) and not (
            HOUR_ASKED.search(asked.text) and not HOUR_GIVEN.search(f.printed)
        )
    return isinstance(f, Value) and _fits(asked, f)


def _stands_for(slot: str, asked: Question, f: Fact) -> bool:
    """A yearly date answers when and how often; hours of the day may be printed as a quantity."""
    if slot == "base":
        return False
    if slot == "often":
        return bool(REPEATED.search(f.printed))
    if slot == "when":
        given = HOUR_GIVEN if HOUR_ASKED.search(asked.text) else AT
        if DAY_ASKED.search(asked.text) and not re.search("[日号底前]", f.printed):
            return False
        return bool(given.search(f.printed))
    return not asked.money and not asked.measures and not asked.percent and isinstance(f, Often)


def _fits(asked: Question, v: Value) -> bool:
    if asked.money:
        return "元" in v.printed
    if asked.measures:
        return any(m in v.printed or m in v.unit for measure in asked.measures for m in _alike(measure))
    if v.unit in ("级", "") and "级" in v.printed and not LEVEL_ASKED.search(asked.text):
        return False
    return not asked.percent or any(sign in v.printed for sign in "%％倍") or "百分" in v.printed


def _alike(measure: str) -> set[str]:
    """Measure words that count the same things: 几个人 and 几名."""
    return next((set(g) for g in ALIKE if measure in g), {measure})


def _narrow(found: list[Fact], asked: Question) -> list[Fact]:
    """Of several values those whose own words the question has; of two groups of operators the one it names."""
    if all(isinstance(f, Often) for f in found):
        risky = [f for f in found if "高危" in show(f)]
        both = BOTH.search(asked.text) or len(ASKED.findall(asked.text)) > 2
        return risky if risky and "高危" in asked.text and not both else found
    words = set(pairs(fold(asked.text)))
    shared = {id(f): len(words & set(pairs(fold(f.of + f.printed)))) for f in found}
    most = max(shared.values())
    least = most / 2 if BOTH.search(asked.text) or len(asked.measures) > 1 else most
    return [f for f in found if shared[id(f)] >= least] if most > 1 else found


def _receivers(hits: list[Hit]) -> tuple[Hit, list[str]] | None:
    """Units that a sentence names without making them act: those something is sent to."""
    for h in _near(hits):
        if h.passage.says is None:
            continue
        acting = {a.u for a in h.passage.says.who}
        names = [u for u in _written(h.passage.pack, h.passage.own) if u not in acting]
        if names:
            return h, names
    return next(((h, names) for h in _near(hits) if (names := _reported_to(h))), None)


def _reported_to(h: Hit) -> list[str]:
    """Whom another sentence of the same task has something reported to."""
    reports = (s for s in h.passage.task.says if REPORTS.match(s.what))
    for s in reports:
        acting = {a.u for a in s.who}
        names = [u for u in _written(h.passage.pack, statement_text(s)) if u not in acting]
        if names:
            return names
    return []


def _written(pack: RegionPack, text: str) -> list[str]:
    """The units a text names, the longer written form first, no form inside another."""
    forms = {fold(f): u.name for u in pack.units for f in (u.name, *u.written) if len(f) >= SHORT}
    out: list[str] = []
    for form in sorted(forms, key=len, reverse=True):
        if form in text:
            out.append(forms[form])
            text = text.replace(form, "　")
    return list(dict.fromkeys(out))


def _agents(asked: Question, hits: list[Hit], remit: bool) -> tuple[Hit, list[Assigned]] | None:
    """Who acts: an explicit agent of the act asked about, else the units of its task.

    A passage further off answers only where it names the thing itself. Whose a thing is, is told by units of its
    own before everyone's (各地, 各有关部门).
    """
    near = {id(h) for h in _near(hits)}
    vague: tuple[Hit, list[Assigned]] | None = None

    def fit(h: Hit) -> float:
        acting = (h.passage.says.who if h.passage.says else ()) or bracket_of(h.passage.task)
        return h.score + (ROLE_BONUS if any(a.role == asked.role for a in acting) else 0.0)

    for h in sorted(hits, key=fit, reverse=True):
        if h.passage.task.kind == PAST and (remit or asked.role):
            continue
        if id(h) not in near and not (h.named and h.direct and h.basis == VERBATIM):
            continue
        for named in _acting(h, hits, asked, remit):
            kept = _allowed(asked, h.passage.pack, named, remit)
            if kept and not (remit and _is_vague(h, kept)):
                return h, kept
            vague = vague or ((h, kept) if kept else None)
    return vague


def _acting(h: Hit, hits: list[Hit], asked: Question, remit: bool) -> Iterator[tuple[Assigned, ...]]:
    """Who may be meant by a passage, the likelier first. Whose a thing is, is not told by a sentence about another
    thing of the same task."""
    says = h.passage.says
    aside = remit and says is not None and (says.what.startswith(HELPS) or not (h.direct or h.titled))
    own = says.who if says and not aside else ()
    bracket = bracket_of(h.passage.task)
    whole = "责任单位" in asked.text and _whole_title(asked, h.passage.task)
    yield from (bracket, own) if (remit and h.titled) or whole else (own, bracket)
    yield tuple(_gathered(h, hits, asked, remit))


def _whole_title(asked: Question, task: Task) -> bool:
    title = set(pairs(fold(task.title)))
    return len(title & set(pairs(fold(asked.text)))) >= len(title) * WHOLE_TITLE


def bracket_of(task: Task) -> tuple[Assigned, ...]:
    """The units a task is given to as a whole; none when its list only gathers who acts in its several sentences."""
    acting = [{a.u for a in s.who} for s in task.says if s.who]
    gathered = len({frozenset(a) for a in acting}) > 1 and {a.u for a in task.units} <= set().union(*acting)
    return () if gathered else task.units


def _is_vague(h: Hit, agents: list[Assigned]) -> bool:
    return all(_kind(h, a) == "集合" or a.u == "各地" for a in agents)


def _naming_alone(h: Hit) -> list[Assigned]:
    """Of a task found by two things (商场 and 消防), the agents of the few sentences that name the rarer of them."""
    texts = [(s, statement_text(s)) for s in h.passage.task.says]
    naming = [[s for s, text in texts if fold(w) in text] for w in dict.fromkeys(h.named)]
    counted = sorted((n for n in naming if n), key=len)
    if len(counted) < 2 or len(counted[0]) * FAR_RARER > len(counted[1]):
        return []
    return list(dict.fromkeys(a for s in counted[0] for a in s.who))


def _gathered(h: Hit, hits: list[Hit], asked: Question, remit: bool) -> list[Assigned]:
    """A task without units of its own: the agents of all its sentences when the task as such is asked about,
    else of those that fit best."""
    task = h.passage.task
    if bracket_of(task) or h.passage.says is not None:
        return []
    if own := _naming_alone(h):
        return own
    said = [
        x for x in hits
        if x.passage.task is task and x.passage.says and x.passage.says.who and (x.named or not h.named)
        and not x.passage.says.what.startswith(HELPS) and (x.direct or x.titled or not remit)
    ]  # fmt: skip
    title, words = set(pairs(fold(task.title))), set(pairs(fold(asked.text)))
    further = max((len(words & (set(pairs(x.passage.own)) - title)) for x in said), default=0)
    whole = len(title & words) >= len(title) * WHOLE_TITLE and further < MORE_THAN_TITLE
    best = max((x.score for x in said), default=0.0)
    kept = [x.passage.says for x in said if x.score >= (h.score * SAME_TASK if whole else best * EQUAL)]
    return list(dict.fromkeys(a for s in kept if s for a in s.who))


def _allowed(asked: Question, pack: RegionPack, named: tuple[Assigned, ...], remit: bool) -> list[Assigned]:
    kinds = pack.by_name
    post = "post" in asked.slots
    kept = [a for a in named if post or kinds[a.u].kind not in OPERATORS | {POST}]
    if asked.operators or (not kept and not asked.supervise and not asked.role and not remit):
        kept = list(named)
    if ONE_FIRM.search(asked.text):
        kept = [a for a in kept if a.u not in EVERY_FIRM]
    if "上级" not in asked.text:
        kept = [a for a in kept if not a.u.startswith("上级")]
    if (
        (remit or asked.supervise or asked.role in ("牵头", "责任"))
        and asked.role != "配合"
        and all(a.role in ASIDE_ROLES for a in kept)
    ):
        return []
    roles = {a.role for a in kept}
    wanted = asked.role
    if wanted in roles:
        return [a for a in kept if a.role == wanted]
    if wanted == "" and "牵头" in roles and roles & {"责任", "配合"}:
        return [a for a in kept if a.role == "牵头"]
    return kept


def tasks_of(pack: RegionPack, unit: str, role: str) -> list[Task]:
    """The tasks of a document that one unit has, in a role when one is given."""
    return [
        t for t in pack.tasks
        if t.kind == "任务" and any(a.u == unit and (not role or a.role == role) for a in t.units)
    ]  # fmt: skip
