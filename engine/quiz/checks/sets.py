"""多选: the set keyed against the whole of a rule: one foreign to all of it is too many; agreed only where the sets are the same.

The whole is that standard (or that one duty) which has every other option keyed. A name that the lexicon knows as a
kind of what a clause is about is not foreign to it, nor is a finding that touches a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.clauses import ClauseResult, Status
from engine.quiz import aligned, frames
from engine.quiz.alarms import LEVEL, TERM, Alarm, Found
from engine.quiz.amounts import tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.belongs import VIEWS
from engine.quiz.checks.judging import judged
from engine.quiz.checks.levels import says, settle
from engine.quiz.checks.listed import borne_out
from engine.quiz.checks.members import is_member
from engine.quiz.checks.told import TELLS, Options
from engine.quiz.enumerations import Place, kind_listed, names, place
from engine.quiz.polarity import IN_ORDER, wants_outside
from engine.quiz.statements import Segment, pairs
from engine.quiz.wordings import AMISS, all_well
from engine.verdict import Level

_FOREIGN = 0.3  # share of an option's words that a whole rule it is foreign to may have
_PART = 0.4  # of the share that a rule has at least of the others: what says all in its own words is foreign to nothing
_SAID = 0.6  # share that one sentence of it must have of an option it lists
_NEGLECT = re.compile("[未没]")
_UNSAID = 3  # characters together that a clause has not, from which an option names another thing
_LIKEST = 6  # sentences most like a finding among which its clause must be
_SAID_OF_CRIME = 0.25
_CRIME = re.compile("([\u4e00-\u9fff]{3,12}罪)(?=[（：])")
_CASES = re.compile("([^。；]{4,40}?)[，,](?:属于|构成|符合)[^。；，]*情形的?(?:有|是|包括)")
_HALF = 0.5  # share of what a limb is about that a stem must have
_TOLD = 6  # characters of the shortest option that is a limb
_EXCEPTS = re.compile("除外|以外|不(?:计入|算|包括|含|适用|在此)")
_OR = re.compile("或者?")
_UNDONE = re.compile("(?:没有|尚未|未)(?:经过?|对其进行|进行|按照?)?")
_RUN = 4  # characters of a name that tells
_COMMON = re.compile("安全|生产|规定|使用|单位|企业|作业|管理")  # of nothing in particular
_NAME = 4  # characters of the longest option that names a thing, which is no finding
_LEFT, _LESS = (
    0.34,
    0.1,
)  # share of an option left out that no rule has, and how much more of it than of one keyed
_TELLS = 3  # pairs of the shortest option whose words tell that it is foreign


def check(asked: Asked, found: Found) -> None:
    """An option too many; else whether what was agreed with is the whole set."""
    item = asked.item
    if item.holds is not None or len(item.right) < 2 or len(item.options) < 3 or _of_views(asked):
        return
    if wants_outside(item.stem) or asked.of_levels_or_documents:
        return
    tried = {o: Tried(asked, o) for o in item.options}
    framed = frozenset.intersection(*(t.touched for t in tried.values()))
    for option in item.right:
        others = [tried[o] for o in item.right if o != option]
        rules = list(_rules(asked, others)) if len(others) > 1 else []
        rule = next((r for r in rules if r.lacks(tried[option], others, framed)), None)
        if rule is not None and not any(r.has(tried[option]) for r in rules) and not _told(asked, option):
            found.alarms.append(rule.alarm(option))
            return
    if (alarm := _odd(asked, tried) or _in_order(asked, tried)) is not None:
        found.alarms.append(alarm)
    elif (left := _left_out(asked, tried) or _unkeyed_limb(asked, tried)) is not None:
        found.alarms.append(left)
    elif found.agreed and not _same(asked, tried):
        found.agreed.clear()


def _of_views(asked: Asked) -> bool:
    """Whether statements are asked for; ways of doing things that may be hazards are none."""
    views = VIEWS.search(asked.item.stem)
    return views is not None and not (views[0] == "做法" and asked.levels)


@dataclass(frozen=True)
class Tried:
    """One option by itself: its finding where levels are asked for, and what the engine makes of it."""

    asked: Asked
    option: str

    @cached_property
    def finding(self) -> str:
        told = [f for f, _ in self.asked.levels if self.option in f]
        cases = _CASES.match(self.asked.item.stem) if self.asked.hinted and not told else None
        if cases and len(self.option) > _NAME:
            return f"{cases[1]}，{self.option}"
        return min(told, key=len, default="")

    @cached_property
    def probe(self) -> Found:
        """What is found of it as 重大."""
        out = Found()
        if self.finding:
            settle(self.asked, self.finding, True, out)
        return out

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The clauses by which it is 重大."""
        verdict = judged(self.asked, self.finding) if self.finding else None
        major = verdict is not None and verdict.level is Level.MAJOR and not verdict.fault
        return frozenset(r.clause.id for r in verdict.decisive) if verdict and major else frozenset()

    @cached_property
    def touched(self) -> frozenset[str]:
        """The clauses its own words touch."""
        verdict = judged(self.asked, self.finding) if self.finding else None
        aside = (Status.UNTOUCHED, Status.OUT_OF_SCOPE, Status.REFUTED)
        results = verdict.results if verdict else ()
        return frozenset(r.clause.id for r in results if r.status not in aside and not r.suspected)

    @cached_property
    def suspected(self) -> frozenset[str]:
        """The clauses that may be meant by what of it was not read."""
        verdict = judged(self.asked, self.finding) if self.finding else None
        return frozenset(r.clause.id for r in verdict.results if r.suspected) if verdict else frozenset()

    @cached_property
    def open(self) -> tuple[ClauseResult, ...]:
        """The clauses it would meet but for facts it does not tell; none where it was not read in full."""
        verdict = judged(self.asked, self.finding) if self.finding else None
        if verdict is None or verdict.level is not Level.VERIFY or verdict.fault:
            return ()
        return tuple(r for r in verdict.open if not r.suspected and r.missing and r.support)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words without those of the stem, where enough are left to tell."""
        said = pairs(names(self.option)[0])
        own = said - pairs(self.asked.item.stem)
        return own if len(own) >= _TELLS else said


@dataclass(frozen=True)
class Rule:
    """The whole of a standard, or one duty."""

    asked: Asked
    segments: tuple[Segment, ...]

    def share(self, tried: Tried, segments: Iterable[Segment]) -> float:
        """The most of an option's words that one of some sentences has."""
        weigh = self.asked.statements.weigh
        total = weigh(tried.words) or 1.0
        return max((weigh(tried.words & s.wholly) / total for s in segments), default=0.0)

    @property
    def open(self) -> bool:
        """Whether a duty says 等: of things, or acts, there may be more, but no neglect is one of them."""
        return self.segments[0].kind == "职责" and "等" in self.segments[0].whole

    @property
    def crime(self) -> bool:
        """Whether it is the crime that the stem names, which is told in brief."""
        name = _CRIME.match(self.segments[0].whole)
        return name is not None and name[1] in self.asked.item.stem

    def has(self, tried: Tried) -> bool:
        sources = {s.source for s in self.segments}
        enough = _SAID_OF_CRIME if self.crime else _SAID
        return bool(sources & tried.deciding) or self.share(tried, self.segments) >= enough

    def lacks(self, tried: Tried, others: Iterable[Tried], framed: frozenset[str] = frozenset()) -> bool:
        """Whether an option is foreign to all of it beside others: no word, no kind of a thing named, no clause touched.

        `framed`: the clauses that all options touch, which the stem touches and not they.
        """
        clauses = self.asked.book.clauses
        sources = {s.source for s in self.segments}
        if self.open and not _NEGLECT.match(tried.option):
            return False
        if (
            len(tried.words) < _TELLS
            or tried.deciding
            or (sources & tried.touched) - framed
            or tried.probe.agreed
            or any(tried.suspected & o.deciding for o in others)
        ):
            return False
        if any(_shares_name(tried.option, s.whole, self.asked.item.stem) for s in self.segments):
            return False
        known = (clauses[s] for s in sources if s in clauses)
        if any(is_member(tried.option, c, self.asked.engine) for c in known):
            return False
        duties = [s.whole for s in self.segments if s.kind == "职责"]
        if any(place(tried.option, d) is Place.LISTED or kind_listed(tried.option, d) for d in duties):
            return False
        like = min((self.share(o, self.segments) for o in others), default=0.0)
        return self.share(tried, self.segments) < min(_FOREIGN, _PART * like)

    def alarm(self, option: str) -> Alarm:
        first = self.segments[0]
        if first.kind == "条款":
            where = first.citation.partition("）")[0] + "）"
            return Alarm(LEVEL, f"多选“{option}”：没有列入{where}", where)
        return Alarm(TERM, f"多选“{option}”：{first.whole}", first.citation)


def _told(asked: Asked, option: str) -> bool:
    """Whether another rule (one cited, if any) tells of all that are keyed, or one that rules tell less of was left out already."""
    options = Options(asked)
    left = max((options.unknown[o] for o in asked.item.wrong), default=0.0)
    if left >= max(_LEFT, options.unknown[option] + _LESS):
        return True
    rules = [r for r in options.rules(asked.item.right) if r[0].source in (asked.hinted_ids or {r[0].source})]
    return any(options.has(option, rule) >= TELLS for rule in rules)


def _shares_name(option: str, text: str, stem: str) -> bool:
    """Whether a text has a long name of an option, whatever stands around it (危险物品建设项目, 生产危险物品的建设项目)."""
    parts = re.split("[的、和及或]", option)
    runs = (p[i : i + _RUN] for p in parts for i in range(len(p) - _RUN + 1))
    return any(r in text and r not in stem and not _COMMON.search(r) for r in runs)


def _rules(asked: Asked, others: list[Tried]) -> Iterator[Rule]:
    """The standards and duties in force that have all of some options."""
    whole: dict[str, list[Segment]] = {}
    clauses = asked.book.clauses
    cited = [s for s in asked.statements.segments if s.source in asked.hinted_ids]
    if cited:
        whole["所引"] = cited
    for s in asked.statements.allowed(asked.industries):
        key = clauses[s.source].standard if s.source in clauses else s.source
        if (asked.levels and s.kind == "条款") or (
            s.kind == "职责"
            and (
                Rule(asked, (s,)).crime
                or frames.answers(asked.statements, asked.item.stem, asked.item.options, s)
            )
        ):
            whole.setdefault(key, []).append(s)
    one = bool(_common(others))
    for segments in whole.values():
        rule = Rule(asked, tuple(segments))
        if all(rule.has(o) for o in others) and all((s.entire or one) and s.verified for s in segments):
            yield rule


def _common(options: list[Tried]) -> frozenset[str]:
    """The clauses by which each of several options is 重大."""
    return frozenset.intersection(*(o.deciding for o in options)) if len(options) > 1 else frozenset()


def _odd(asked: Asked, tried: dict[str, Tried]) -> Alarm | None:
    """An option keyed that was read in full and is 一般, where all the others are 重大 by one clause."""
    for option in asked.item.right:
        own, others = tried[option], [tried[o] for o in asked.item.right if o != option]
        common = _common(others)
        verdict = judged(asked, own.finding) if own.finding and common else None
        if verdict is None or verdict.fault or verdict.level is not Level.GENERAL or own.probe.agreed:
            continue
        clause = asked.book.clauses[min(common)]
        if place(option, clause.restatement) is Place.LISTED:
            continue  # named there, though it was not read so
        if verdict.read == "全部" and not borne_out(asked, own.finding):
            where = asked.book.cite(clause)
            return Alarm(LEVEL, f"多选“{option}”：不在该条所列，规定是：{clause.restatement}", where)
    return None


def _in_order(asked: Asked, tried: dict[str, Tried]) -> Alarm | None:
    """An option keyed that says itself that all is well (检验合格的…), where all the others are 重大.

    Where it was read as 重大 all the same, the others must be so by one clause that says nothing of it. Where all the options
    are keyed, that all the others tell of something amiss is enough.
    """
    if not asked.item.wrong and (alarm := _well_among_all(asked, tried)) is not None:
        return alarm
    for option in asked.item.right:
        own, others = tried[option], [tried[o] for o in asked.item.right if o != option]
        if not IN_ORDER.search(option) or AMISS.search(own.finding or asked.item.stem + option):
            continue
        if len(others) < 2 or not all(o.deciding for o in others):
            continue
        common = _common(others)
        ids = common or frozenset[str]().union(*(o.deciding for o in others))
        rules = [asked.book.clauses[i] for i in sorted(ids)]
        if (own.probe.agreed or own.deciding) and not common:
            continue
        if any(IN_ORDER.search(r.restatement) or place(option, r.restatement) is Place.LISTED for r in rules):
            continue
        reason = f"多选“{option}”：这是符合要求的情形，规定是：{rules[0].restatement}"
        return Alarm(LEVEL, reason, asked.book.cite(rules[0]))
    return None


def _well_among_all(asked: Asked, tried: dict[str, Tried]) -> Alarm | None:
    """Of options all keyed as hazards the one that says that all is well, where every other tells of something amiss."""
    for option in asked.item.right if asked.levels else ():
        others = [tried[o] for o in asked.item.right if o != option]
        if not all_well(option) or tried[option].deciding or not all(_amiss(o) for o in others):
            continue
        ids = [i for o in others for i in (*o.deciding, *(r.clause.id for r in o.open))]
        ids += [s.source for _, s in asked.likest(others[0].finding or others[0].option, 1)]
        clause = next((asked.book.clauses[i] for i in ids if i in asked.book.clauses), None)
        if clause is not None:
            reason = f"多选“{option}”：这是符合要求的情形，规定是：{clause.restatement}"
            return Alarm(LEVEL, reason, asked.book.cite(clause))
    return None


def _amiss(tried: Tried) -> bool:
    """Whether an option tells of something amiss, in words or as it is read."""
    return bool(tried.deciding) or (
        not all_well(tried.option) and bool(AMISS.search(tried.option) or tried.open or tried.probe.agreed)
    )


def _left_out(asked: Asked, tried: dict[str, Tried]) -> Alarm | None:
    """An option left out that meets a clause cited as those keyed do, or that wants no fact to meet its clause but what they want as well."""
    right = [tried[o] for o in asked.item.right]
    of = asked.hinted_ids if all(o.deciding & asked.hinted_ids for o in right) else _common(right)
    for option in (tried[o] for o in asked.item.wrong):
        for id in sorted(option.deciding & of):
            clause = asked.book.clauses[id]
            if aligned.foreign_run(option.option, clause.restatement) < _UNSAID and says(
                asked, option.option, clause
            ):
                return Alarm(LEVEL, f"漏选“{option.option}”：{clause.restatement}", asked.book.cite(clause))
    given = {fact for o in right if not o.deciding for r in o.open for fact in r.missing}
    if not given or not all(o.deciding or o.open or o.probe.agreed for o in right):
        return None
    standards = {r.clause.standard for o in right for r in o.open}
    for option in (tried[o] for o in asked.item.wrong):
        for result in option.open:
            said = [s for s in asked.statements.segments if s.source == result.clause.id]
            listed = Rule(asked, tuple(said)).share(option, said) >= _SAID
            if listed and set(result.missing) <= given and result.clause.standard in standards:
                rule = result.clause.restatement
                return Alarm(LEVEL, f"漏选“{option.option}”：{rule}", asked.book.cite(result.clause))
    return None


def _unkeyed_limb(asked: Asked, tried: dict[str, Tried]) -> Alarm | None:
    """An option left out that says with the stem a whole limb of a clause of the standard the keyed ones are of, or the stem names.

    The limb must have the option in its very words: what the reader makes of it is no matter then.
    """
    right = [tried[o] for o in asked.item.right]
    clauses, statements = asked.book.clauses, asked.statements
    named = {s.id for s in asked.book.standards_named(asked.item.stem) if s.in_force(asked.on)}
    of = [{clauses[i].standard for i in o.deciding or {r.clause.id for r in o.open}} for o in right]
    standards = set.intersection(*of) if asked.levels else named
    if len(standards) != 1 or not all(_of_standard(o, asked, standards) for o in right):
        return None
    about = frames.subject(asked.item.stem)
    for option in asked.item.wrong:
        if IN_ORDER.search(option) or tokens(option):
            continue
        finding = f"{about}{option}"
        for id in dict.fromkeys(s.source for _, s in asked.likest(finding, _LIKEST)):
            if id not in clauses or clauses[id].standard not in standards:
                continue
            if _EXCEPTS.search(clauses[id].restatement) or id in _refuted(tried[option]):
                continue
            if any(
                _worded(about, option, s.text) for s in statements.segments if s.source == id and s.entire
            ):
                return Alarm(
                    LEVEL, f"漏选“{option}”：{clauses[id].restatement}", asked.book.cite(clauses[id])
                )
    return None


def _refuted(tried: Tried) -> frozenset[str]:
    """The clauses that an option by itself refutes, so that it is none of their limbs."""
    verdict = judged(tried.asked, tried.finding) if tried.finding else None
    return (
        frozenset(r.clause.id for r in verdict.results if r.status is Status.REFUTED)
        if verdict
        else frozenset()
    )


def _of_standard(tried: Tried, asked: Asked, standards: set[str]) -> bool:
    """Whether an option keyed is surely of a standard: read so, or in the words of one of its clauses."""
    clauses = asked.book.clauses
    if any(clauses[i].standard in standards for i in tried.deciding) or tried.open:
        return True
    said = [
        s
        for s in asked.statements.segments
        if s.source in clauses and clauses[s.source].standard in standards
    ]
    return Rule(asked, tuple(said)).share(tried, said) >= _SAID if said else False


def _worded(about: str, option: str, limb: str) -> bool:
    """Whether a limb says an option in its own words, denies no more than it does, and is about what the stem is about.

    >>> _worded("起重机械", "急停开关缺失或失效", "起重机械急停开关缺失或者失效，仍继续使用")
    True
    >>> _worded("起重机械", "紧急停止开关缺失或失效", "自动扶梯、自动人行道紧急停止开关缺失或者失效，仍继续使用")
    False
    """
    said, rule = (aligned.plain(_OR.sub("", _UNDONE.sub("未", t))) for t in (option, limb))
    head, mark, _ = rule.partition(said)
    if (
        not mark
        or len(said) < _TOLD
        or not _NEGLECT.sub("", said)
        or head.endswith(("未", "没", "不", "非", "无"))
    ):
        return False
    subject = pairs(head)
    return len(subject & pairs(about)) >= _HALF * len(subject)


def _same(asked: Asked, tried: dict[str, Tried]) -> bool:
    """Whether every option keyed is in a rule and every other is not."""
    right = [tried[o] for o in asked.item.right]
    wrong = [tried[o] for o in asked.item.wrong]
    if any(o.deciding for o in right) and not all(o.deciding or o.probe.agreed for o in right):
        return False  # the words of one may be those of a clause about something else
    return any(all(_not_in(rule, o, right) for o in wrong) for rule in _rules(asked, right))


def _not_in(rule: Rule, tried: Tried, right: list[Tried]) -> bool:
    text = "。".join(dict.fromkeys(s.whole for s in rule.segments if rule.share(tried, [s]) >= _FOREIGN))
    return (
        rule.lacks(tried, right)
        or (not tried.probe.agreed and bool(tried.probe.alarms))
        or place(tried.option, text) in (Place.FOREIGN, Place.EXCEPTED)
    )
