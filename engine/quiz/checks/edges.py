"""Options that are numbers, of which the stem asks which make a hazard: the threshold by name, or each one judged."""

from __future__ import annotations

from engine.quiz import cited
from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.amounts import comparison, tokens
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.claims import BLANK, DENIES, core_end, filled
from engine.quiz.findings import finding_of
from engine.quiz.polarity import level_of
from engine.quiz.prove import compares
from engine.quiz.statements import pairs
from engine.verdict import Level
from kb.conditions import atoms
from kb.models import Clause

_ABOUT = 2  # pairs of characters a stem must share with what a clause takes for granted


def check(asked: Asked, found: Found) -> None:
    """Numbers of which the first that makes a hazard is asked (到…就构成): each put into the stem and judged."""
    told = [tokens(o) for o in asked.item.options]
    _by_premise(asked, found)
    if (
        len(asked.item.right) != 1
        or len(told) < 3
        or any(len(t) != 1 for t in told)
        or DENIES.search(asked.item.stem)
    ):
        return
    said: dict[str, bool] = {}
    decisive = None
    for option in asked.item.options:
        claim = filled(asked.item.stem, option)
        token = next(
            (
                t
                for t in tokens(claim.text)
                if claim.asked and t.start < claim.asked[1] and claim.asked[0] < t.end
            ),
            None,
        )
        finding = finding_of(claim.text)
        if (
            token is None
            or comparison(claim.text, token) not in ("", ">=", "<=")
            or level_of(core_end(claim.text)) is not True
        ):
            return
        verdict = judged(asked, finding)
        if verdict.fault or verdict.level in (Level.VERIFY, Level.UNCOVERED) or verdict.read != "全部":
            return
        said[option] = verdict.level is Level.MAJOR
        decisive = verdict.decisive[0] if said[option] else decisive
    order = sorted(asked.item.options, key=lambda o: tokens(o)[0].value)
    held = [said[o] for o in order]
    if decisive is None or all(held) or held not in (sorted(held), sorted(held, reverse=True)):
        return
    right = order[held.index(True)] if held[-1] else order[len(held) - 1 - held[::-1].index(True)]
    if right in asked.item.right:
        found.agreed.append(f"{right}：{decisive.clause.ref}")
    else:
        found.alarms.append(
            Alarm(
                FIGURE,
                f"到“{right}”即构成，不是“{asked.item.right[0]}”：{decisive.clause.restatement}",
                asked.book.cite(decisive.clause),
            )
        )


def _by_premise(asked: Asked, found: Found) -> None:
    """Numbers of which the stem asks the one that the article it cites is conditioned on (适用于…以上的电站)."""
    item = asked.item
    values = [tokens(o) for o in item.options]
    if (
        len(item.right) != 1
        or len(values) < 3
        or any(len(v) != 1 for v in values)
        or DENIES.search(item.stem)
    ):
        return
    unit, words = values[0][0].unit, pairs(BLANK.sub("", item.stem))
    places = cited.clauses(item.stem, asked.book.editions, asked.on)
    ids = {c.id for c in places if not any(t.unit == unit for t in tokens(c.restatement))}
    held = {
        (a.cmp, a.value): c
        for c, a in asked.book.thresholds(asked.on)
        if c.id in ids and a.unit == unit and len(words & _premises(c)) >= _ABOUT
    }
    if len(held) != 1 or len(ids) != len(places):
        return
    ((sign, value), clause), *_ = held.items()
    fits = [
        o for o, (t,) in zip(item.options, values, strict=True)
        if t.unit == unit and t.value == value and comparison(o, t) in ("", sign)
    ]  # fmt: skip
    if len(fits) != 1:
        return
    if fits[0] in item.right:
        found.agreed.append(f"{fits[0]}：{asked.book.cite(clause)}")
    else:
        reason = f"应为“{fits[0]}”，不是“{item.right[0]}”：{clause.ref}以此为前提"
        found.alarms.append(Alarm(FIGURE, reason, asked.book.cite(clause)))


def _premises(clause: Clause) -> frozenset[str]:
    """The words of what a clause takes for granted."""
    return pairs("，".join(str(a) for p in clause.premises for a in atoms(p)))


def on_edge(asked: Asked, found: Found) -> bool:
    """Options that are numbers of a quantity the knowledge base knows by name: which of them reach its threshold."""
    blank, wants = BLANK.search(asked.item.stem), not DENIES.search(asked.item.stem)
    values = [tokens(o) for o in asked.item.options]
    if blank is None or any(len(v) != 1 for v in values):
        return False
    before = asked.item.stem[: blank.start()].removesuffix("为")
    atoms_ = [
        (c, a)
        for c, a in asked.book.thresholds(asked.on)
        if before.endswith(a.quantity) and a.unit == values[0][0].unit
    ]
    atoms_ = [(c, a) for c, a in atoms_ if before.endswith((a.host or "") + a.quantity)] or atoms_
    words = pairs(asked.item.stem)
    share = {c.id: len(words & pairs(c.title + c.restatement)) for c, _ in atoms_}
    atoms_ = [
        (c, a) for c, a in atoms_ if share[c.id] == max(share.values())
    ]  # the clause most like the stem
    sets = {tuple(compares(v[0].value, a.cmp, a.value) for v in values) for _, a in atoms_}
    if len(sets) != 1:
        return False
    reached = sets.pop()
    right = [o for o, r in zip(asked.item.options, reached, strict=True) if r is wants]
    clause, atom = atoms_[0]
    citation = asked.book.cite(clause)
    if len(right) != 1:
        return False
    if tuple(right) == asked.item.right:
        found.agreed.append(f"{right[0]}：{citation}")
    else:
        said = f"{'构成' if wants else '尚不构成'}的是{right[0]}，不是{asked.item.right[0]}"
        found.alarms.append(Alarm(FIGURE, f"{said}：界限是{atom}", citation))
    return True
