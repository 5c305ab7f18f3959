"""Every clause's own limbs, put as findings, come back as that clause."""

from engine import Engine, Finding, Level
from engine.clauses import DECISIVE
from engine.wording import Worded, worded
from kb import load
from ontology import read_lexicon


def every_limb() -> list[Worded]:
    kb, lexicon = load(), read_lexicon()
    return [
        w
        for s in kb.standards
        for c in s.clauses
        if c.executability == "full"
        for w in worded(c, s, kb, lexicon)
        if w.text
    ]


def test_every_limb_put_as_a_finding_is_judged_to_its_clause(engine: Engine) -> None:
    missed = []
    for limb in every_limb():
        standard = engine.standards[limb.clause.standard]
        verdict = engine.judge(Finding(text=limb.text, facts=limb.facts, on=standard.effective))
        held = {v.fact: v.values for v in verdict.facts if v.values}
        if any(held.get(f, frozenset({v})) != {v} for f, v in limb.facts.items()):
            continue  # the generated sentence itself says another value than the fact given beside it
        hits = [r.clause.id for r in verdict.results if r.status in DECISIVE]
        graver = standard.grade == Level.MAJOR.value
        if limb.clause.id not in hits or (graver and verdict.level is not Level.MAJOR):
            missed.append(f"{limb.clause.id} {limb.text} -> {verdict.level} {hits}")
    assert missed == []
