"""Levels of cases: a finding the key calls 重大 or not, against the verdict of the engine and the words of the clauses.

The ways to settle one are tried from the surest: a condition denied, the places cited, the verdict, a limit, not listed.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.clauses import Status
from engine.quiz import aligned, cited
from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.edges import on_edge
from engine.quiz.checks.former import former
from engine.quiz.checks.judging import among_likest, judged
from engine.quiz.checks.limits import beside_limit
from engine.quiz.checks.listed import borne_out, by_place, denied, not_major, said_in_words, unlisted
from engine.quiz.checks.members import is_member
from engine.quiz.checks.ruled import given, premise_denied, premised, settled
from engine.quiz.checks.short import short
from engine.quiz.claims import VALUED, quoted_item, saves
from engine.quiz.cloze import GRADES
from engine.quiz.lifted import (
    OUT_OF_USE,
    contraries,
    excepted,
    excepted_in_words,
    exceptions,
    in_brackets,
    no_result,
    not_meant,
    one_in_order,
    out_of_use,
    outside,
    there_but,
    within,
)
from engine.quiz.literal import denies_condition, half_only, lone, said_limb
from engine.quiz.phrase import TRADE
from engine.quiz.polarity import level_of
from engine.quiz.statements import CLAUSE, LIKE, Segment, pairs
from engine.verdict import Level, Verdict
from kb.conditions import atoms
from kb.models import Clause

_NEAREST = 0.25  # likeness of the clause by which what is used no more is judged
_SAVED = 0.6  # share of the words of an exception or item told that the clause must have
_NEGATES = re.compile(r"[不非未没无除免]")
_UNSAID = 4  # characters in a row of which a clause has none: an option says something else than it lists
_SEVERAL = re.compile("哪些")
_OUT_OF_USE = re.compile(f"{OUT_OF_USE.pattern}|没有使用|未使用|断了?电")


def check(asked: Asked, found: Found) -> None:
    """The findings of an item. Of options with one key, the engine must tell the one keyed from the others."""
    if VALUED.search(asked.item.stem) and on_edge(asked, found):
        return
    if len(asked.levels) > 1 and len(asked.item.right) == 1:
        said = {judged(asked, f).level for f, _ in asked.levels}
        if len(said) == 1 and Level.VERIFY not in said:
            return
    borne_out_of = set()
    for finding, major in asked.levels:
        if asked.item.holds is not None and (
            _save_for_its_own(asked, finding, major, found) or not _as_told(asked, finding)
        ):
            continue
        before, alarms = len(found.agreed), len(found.alarms)
        settle(asked, finding, major, found)
        if len(asked.item.right) > 1 and not major and not _listed(asked, finding):
            del found.alarms[alarms:]  # read as what a clause lists, which says nothing of it
        if len(found.agreed) > before:
            borne_out_of.add(finding)
    if (
        len(asked.item.right) == 1
        and len(asked.levels) > 1
        and not _SEVERAL.search(asked.item.stem)
        and any(asked.levels[0][0] in a for a in found.agreed)
    ):
        found.alarms.clear()  # the one keyed is right: others that differ by a word are not held against it
    if _of_one_level(asked) or not _bears_out_key(asked, borne_out_of):
        found.agreed.clear()  # which of the reasons is right, the level does not tell


def _as_told(asked: Asked, finding: str) -> bool:
    """Whether a clause that decides a finding is of the item a statement quotes, and excepts what the statement does."""
    decisive = [r.clause for r in judged(asked, finding).decisive]
    item = pairs(quoted_item(asked.item.stem))
    if (
        item
        and decisive
        and not any(len(item & pairs(c.restatement)) >= _SAVED * len(item) for c in decisive)
    ):
        return False
    told = [pairs(s) for s in saves(asked.item.stem)]
    rules = [pairs(_left_out_of(c)) for c in decisive if told]
    return all(any(len(t & rule) >= _SAVED * len(t) for rule in rules) for t in told)


def _save_for_its_own(asked: Asked, finding: str, major: bool, found: Found) -> bool:
    """Whether a statement excepts what a clause does, by which alone the rest of it is open."""
    told = [pairs(s) for s in saves(asked.item.stem)]
    verdict = judged(asked, finding)
    for result in verdict.open if told and verdict.read == "全部" else ():
        clause = result.clause
        own = {a.fact for c in clause.exceptions for a in atoms(c)} | {TRADE}
        rule = pairs(_left_out_of(clause))
        if set(result.missing) <= own and all(len(t & rule) >= _SAVED * len(t) for t in told):
            words = f"“{finding}”：{clause.restatement}"
            if major:
                found.agreed.append(words)
            else:
                found.alarms.append(Alarm(LEVEL, words, asked.book.cite(clause)))
            return True
    return False


def _left_out_of(clause: Clause) -> str:
    """What a clause excepts, in its words and by its conditions."""
    conditions = (*clause.exceptions, *clause.premises)
    return "，".join((exceptions(clause.restatement), *(str(a) for c in conditions for a in atoms(c))))


def _listed(asked: Asked, finding: str) -> bool:
    """Whether one of the clauses by which an option is 重大 has its words."""
    option = next((o for o in asked.item.options if o in finding), finding)
    decisive = judged(asked, finding).decisive
    return not decisive or any(says(asked, option, r.clause) for r in decisive)


def says(asked: Asked, option: str, clause: Clause) -> bool:
    """Whether a clause has the words of an option but for a short one, and every grade of it; or a kind of thing that it names."""
    if any(grade not in clause.restatement for grade in GRADES.findall(option)):
        return False
    said = aligned.foreign_run(option, clause.restatement) < _UNSAID
    return said or is_member(option, clause, asked.engine)


def _bears_out_key(asked: Asked, agreed: Collection[str]) -> bool:
    """Whether the findings agreed with bear out the key: of options those keyed, or all the others."""
    options = asked.item.options
    told = [f for f, _ in asked.levels if any(f.endswith(o) for o in options)]
    keyed = {f for f in told if any(f.endswith(o) for o in asked.item.right)}
    return len(told) < 2 or not keyed or bool(keyed & set(agreed)) or set(told) - keyed <= set(agreed)


def _of_one_level(asked: Asked) -> bool:
    """Whether another option calls the same level as the one keyed, for another reason."""
    item = asked.item
    if item.holds is not None or len(item.right) != 1 or len(asked.levels) != 1:
        return False
    level = level_of(item.right[0])
    return level is not None and any(level_of(o) is level for o in item.options if o not in item.right)


def settle(asked: Asked, finding: str, major: bool, found: Found) -> None:
    """One finding keyed to a level, by the first way that settles it."""
    verdict = judged(asked, finding)
    if verdict.fault or (
        not major and _OUT_OF_USE.search(finding) and any(r.presumed for r in verdict.decisive)
    ):
        return  # presumed in use, told otherwise
    if settled(asked, finding, major, verdict, found) or _by_words(asked, finding, major, verdict, found):
        return
    half = (
        half_only(asked.statements, finding, asked.hinted_ids) if verdict.level is not Level.MAJOR else None
    )
    half = half or (
        None if verdict.level is Level.MAJOR else one_in_order(asked.statements, finding, asked.hinted_ids)
    )
    if half is not None:
        rule = f"须同时具备才构成，规定是：{half.whole}"
        if major:
            found.alarms.append(Alarm(LEVEL, f"“{finding}”{rule}", half.citation))
        else:
            found.agreed.append(f"“{finding}”{rule}")
        return
    beyond = outside(asked.statements, finding, asked.hinted_ids)
    if beyond is not None and verdict.level is not Level.MAJOR:
        rule = f"不在该项之内，规定是：{beyond.whole}"
        if major:
            found.alarms.append(Alarm(LEVEL, f"“{finding}”{rule}", beyond.citation))
        else:
            found.agreed.append(f"“{finding}”{rule}")
        return
    if by_place(
        asked, asked.hinted or asked.of_kind or asked.of_named(finding), finding, major, verdict, found
    ):
        return
    if verdict.level in (Level.VERIFY, Level.UNCOVERED):
        if (
            said_in_words(asked, finding, verdict, major, found)
            or premised(asked, finding, major, found)
            or premise_denied(asked, finding, major, verdict, found)
            or _by_half(asked, finding, major, verdict, found)
            or short(asked, finding, major, verdict, found)
            or beside_limit(asked, finding, major, found)
        ):
            return
        if (alarm := denied(asked, finding, verdict) or former(asked, finding)) is not None:
            if major:
                found.alarms.append(alarm)
            else:
                found.agreed.append(alarm.reason)
        return
    is_major = verdict.level is Level.MAJOR
    unread = "".join(finding[u.start : u.end] for u in verdict.unread)
    partly = verdict.read != "全部" and not is_major
    if short(asked, finding, major, verdict, found):
        return
    if (is_major and not major and _NEGATES.search(unread)) or (partly and not major):
        said_in_words(asked, finding, verdict, major, found)
        return  # what was not read may lift it, or make it
    if is_major and not major and verdict.read != "全部" and not among_likest(asked, verdict, finding):
        return
    if not is_major and asked.item.holds is not None and said_in_words(asked, finding, verdict, major, found):
        return  # what a clause lists word for word, though it was not read so
    if verdict.level is Level.GENERAL and _by_half(asked, finding, major, verdict, found):
        return  # the engine does not read the half that is a limb
    if is_major is major:
        if is_major or not quoted_item(asked.item.stem):  # ordinary, but is it so by the item quoted?
            by = f"，{verdict.citation(verdict.decisive[0])}" if is_major and verdict.decisive else ""
            found.agreed.append(f"“{finding}”：{verdict.level.value}{by}")
    elif is_major:
        decisive = verdict.decisive[0]
        if denies_condition(finding, decisive.clause.restatement):
            beside_limit(asked, finding, major, found)
            return
        presumed = "、".join(f"{v.fact}为{'、'.join(sorted(v.values))}" for v in decisive.presumed)
        found.alarms.append(Alarm(
            LEVEL, f"“{finding}”应为重大事故隐患：{decisive.clause.restatement}{f'（推定{presumed}）' if presumed else ''}",
            verdict.citation(decisive)))  # fmt: skip
    elif (alarm := not_major(asked, finding, verdict)) is not None:
        refuted = next((r for r in verdict.results if r.status is Status.REFUTED), None)
        if not borne_out(asked, finding, refuted):
            found.alarms.append(alarm)
    elif not beside_limit(asked, finding, major, found) and verdict.read == "全部":
        unlisted(asked, finding, verdict, found)


def _by_words(asked: Asked, finding: str, major: bool, verdict: Verdict, found: Found) -> bool:
    """Whether the words of the clause settle what no reading does: there but of no use, excepted, without result, of another kind."""
    aside = {r.clause.id for r in verdict.results if r.status is Status.OUT_OF_SCOPE}
    decisive = {r.clause.id for r in verdict.decisive}
    near = {s.source for score, s in asked.likest(finding, 3) if s.kind == "条款" and score >= CLAUSE}
    item = quoted_item(asked.item.stem)
    quoted = (
        {s.source for score, s in asked.likest(item, 1) if s.kind == "条款" and score >= LIKE}
        if item
        else set()
    )
    about = (asked.hinted_ids or quoted or near) - aside
    segments = [s for s in asked.statements.segments if s.kind == "条款" and s.entire and s.source in about]
    if (segment := there_but(segments, finding)) is not None:
        _tell(segment, "构成", finding, True, major, found)
        return True
    held = decisive | asked.hinted_ids or {c.id for c in asked.near_clause}
    of_key = _cited_by_key(asked)
    if (
        segment := _used_no_more(asked, finding, decisive or about or of_key or _likest(asked, finding))
    ) is not None:
        _tell(segment, "已不再使用，不构成", finding, False, major, found)
        return True
    of = decisive or (set() if _NEGATES.search(finding) else quoted)
    meant = [s for s in asked.statements.segments if s.source in of and not_meant(s.whole, finding)]
    if meant and {s.source for s in meant} == of:
        _tell(meant[0], "不在该条所指之内，不构成", finding, False, major, found)
        return True
    if decisive - about:
        return False
    like = {s.source for score, s in asked.likest(finding, 1) if score >= LIKE}
    inside = [s for s in asked.statements.segments if s.kind == "条款" and s.entire and s.source in like]
    if (segment := next((s for s in (*segments, *inside) if within(s.text, finding)), None)) is not None:
        _tell(segment, "不在该条所说的范围，不构成", finding, False, major, found)
        return True
    excepting = [s for s in segments if excepted_in_words(s.whole, finding)]
    excepting += [s for s in inside if in_brackets(s.text, finding)]
    if (segment := next(iter(excepting), None)) is not None:
        _tell(segment, "属于除外情形，不构成", finding, False, major, found)
        return True
    if (segment := no_result(segments, finding)) is not None:
        _tell(segment, "没有造成所要求的结果，不构成", finding, False, major, found)
        return True
    of_held = [
        s for s in asked.statements.segments if s.kind == "条款" and s.entire and s.source in held - aside
    ]
    if (segment := next((s for s in of_held if excepted(s.whole, finding)), None)) is not None:
        _tell(segment, "属于除外情形，不构成", finding, False, major, found)
        return True
    if verdict.level is Level.MAJOR or any(said_limb(asked.statements, finding, id) for id in about):
        return False
    told = {id: asked.book.clauses[id].restatement for id in about | near}
    for own, kind, otherwise in contraries(finding):
        for id in (i for i in about | (near & aside) if kind in told[i] and own not in told[i]):
            segment = said_limb(asked.statements, otherwise, id) or _said_if(asked, otherwise, id, kind)
            if segment is not None and kind in segment.text:
                _tell(segment, f"该情形限于{kind}，不构成", finding, False, major, found)
                return True
    return False


def _said_if(asked: Asked, otherwise: str, id: str, kind: str) -> Segment | None:
    """The sentence of a clause for one kind, by which the engine decides a finding put as of that kind."""
    clause = asked.book.clauses[id]
    if asked.item.holds is None or clause.executability != "full" or given(asked, clause, otherwise) is None:
        return None
    return next((s for s in asked.statements.segments if s.source == id and kind in s.text), None)


def _cited_by_key(asked: Asked) -> set[str]:
    """The clauses of the document of the stem that the one option keyed cites."""
    item = asked.item
    text = f"{item.stem}，{item.right[0]}" if item.options and len(item.right) == 1 else ""
    return {c.id for c in cited.clauses(text, asked.book.editions, asked.on)} if text else set()


def _likest(asked: Asked, finding: str) -> set[str]:
    """The clause most like a finding."""
    return {s.source for n, s in asked.likest(finding, 1) if s.kind == "条款" and n >= _NEAREST}


def _used_no_more(asked: Asked, finding: str, ids: Collection[str]) -> Segment | None:
    """The sentence of what is used on, where all that may decide a finding are such and it is of what is used no more."""
    held = [s for s in asked.statements.segments if s.source in ids]
    of = [next((s for s in held if s.source == id and out_of_use(s.text, finding)), None) for id in ids]
    return of[0] if of and all(of) else None


def _by_half(asked: Asked, finding: str, major: bool, verdict: Verdict, found: Found) -> bool:
    """Whether the half of 「甲已有，但没有乙」 that is a defect is one by itself, which the other half does not lift."""
    half = lone(finding) if asked.item.holds is not None else ""
    if not half:
        return False
    denied = {r.clause.id for r in verdict.results if r.status in (Status.REFUTED, Status.OUT_OF_SCOPE)}
    near = {s.source for score, s in asked.likest(finding, 3) if s.kind == "条款" and score >= LIKE} - denied
    alone = judged(asked, half)
    held = {r.clause.id for r in alone.decisive} & near if alone.read == "全部" else set()
    said = (said_limb(asked.statements, half, id) for id in near)
    segment = next((s for s in asked.statements.segments if s.source in held), None) or next(
        filter(None, said), None
    )
    if segment is not None and asked.book.clauses[segment.source].exceptions:
        return False  # the other half may be what it excepts
    if segment is not None:
        _tell(segment, "仍在所列情形之内", finding, True, major, found)
    return segment is not None


def _tell(segment: Segment, why: str, finding: str, so: bool, major: bool, found: Found) -> None:
    """A sentence by which a finding is so or not, against the level keyed."""
    rule = f"“{finding}”{why}，规定是：{segment.whole}"
    if so is major:
        found.agreed.append(rule)
    else:
        found.alarms.append(Alarm(LEVEL, rule, segment.citation))
