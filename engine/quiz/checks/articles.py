"""Clauses and articles cited for a finding, against the clause that decides it."""

from __future__ import annotations

import re

from engine.clauses import DECISIVE, OPEN
from engine.quiz import cited
from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.documents import squash
from engine.quiz.findings import finding_of
from engine.quiz.polarity import said
from engine.verdict import Verdict

_WITHIN = re.compile(r"第[一二三四五六七八九十百]+条(?=第?[（(_＿\s　几哪]|的?哪)")
_ITEM_ONLY = re.compile(r"第[（(][一二三四五六七八九十]+[）)]项")


def check(asked: Asked, found: Found) -> None:
    """The article cited for a finding is not the one that decides it."""
    told = " ".join((*asked.item.right, asked.item.explanation, asked.item.basis))
    if asked.item.holds is not None:
        told = f"{asked.item.stem} {told}"
    elif not asked.levels or len(asked.levels) > 1:
        told = " ".join(asked.item.right)  # an explanation may cite another place in passing
    article = _WITHIN.search(asked.item.stem)
    if article and len(asked.item.right) == 1 and _ITEM_ONLY.fullmatch(asked.item.right[0]):
        told = article[0] + told  # 第十一条第几项
    named = [s for s in asked.book.standards_named(f"{asked.item.stem} {told}") if s.in_force(asked.on)]
    if len(named) != 1 or asked.item.holds is False:
        return
    standard = named[0]
    cited_refs = cited.places(told, standard)
    if not cited_refs:
        return
    told = " ".join((asked.item.stem, *asked.item.right))
    in_passing = not set(cited.places(told, standard)) & set(cited_refs)
    found_on_site = finding_of(asked.item.stem)
    findings = [f for f, major in asked.levels if major]
    if not asked.levels and found_on_site:  # where a level is denied, so is the place
        findings = [found_on_site]
    for finding in findings:
        verdict = judged(asked, finding)
        hits = [r for r in verdict.decisive if r.clause.standard == standard.id]
        if not hits and verdict.read == "全部":
            hits = [r for r in verdict.open if r.clause.standard == standard.id and not r.suspected]
        if not hits or len(hits) > 2:
            continue
        refs = [squash(r.clause.ref) for r in hits]
        if any(ref.startswith(c) for ref in refs for c in cited_refs):
            if asked.item.holds is not None and said(asked.item.stem):
                continue  # that the place is right bears out no level
            found.agreed.append(f"条号{hits[0].clause.ref}")
        elif in_passing and _touched(verdict, standard.id, cited_refs):
            continue  # only the explanation cites it, and it may hold as well
        elif _most_like(asked, finding, verdict, cited_refs):
            continue  # the engine goes by a general clause, the words are those of the special one cited
        else:
            found.alarms.append(Alarm(ARTICLE, f"“{finding}”应依据{hits[0].clause.ref}，不是{'、'.join(cited_refs)}："
                                      f"{hits[0].clause.restatement}", verdict.citation(hits[0])))  # fmt: skip


def _most_like(asked: Asked, finding: str, verdict: Verdict, refs: list[str]) -> bool:
    """Whether a finding is most like a clause at one of some places that nothing refutes."""
    near = asked.likest(finding, 1)
    own = next((r for r in verdict.results if near and r.clause.id == near[0][1].source), None)
    return own is not None and not own.refuted_by and any(squash(own.clause.ref).startswith(c) for c in refs)


def _touched(verdict: Verdict, standard: str, refs: list[str]) -> bool:
    """Whether a clause at some places of a standard holds for what was found, or may."""
    return any(
        r.clause.standard == standard
        and r.status in (*DECISIVE, *OPEN)
        and any(squash(r.clause.ref).startswith(c) for c in refs)
        for r in verdict.results
    )
