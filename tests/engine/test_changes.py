"""What a new edition changes."""

from dataclasses import replace
from datetime import date

from engine import Engine
from engine.changes import compare, moved_verdicts
from kb.conditions import TRUE


def test_clauses_removed_added_and_changed_are_told_apart_and_moved_verdicts_listed(engine: Engine) -> None:
    old = engine.standards["gongmao-2023"]
    switch = date(2099, 1, 1)
    kept = [replace(c, standard="gongmao-2099") for c in old.clauses if c.ref != "第十一条第（六）项"]
    kept[0] = replace(kept[0], limbs=(TRUE,))
    items = tuple(c.ref for c in kept)
    new = replace(old, id="gongmao-2099", effective=switch, clauses=tuple(kept), items=items)
    before = replace(old, expired=switch)
    changes = compare(before, new)
    assert (changes.removed, changes.added) == (("第十一条第（六）项",), ())
    assert changes.changed == (kept[0].ref,)
    kb = replace(engine.kb, standards=(before, new))
    both = Engine(kb, engine.lexicon, crosscheck=False)
    dust = {"finding": "木工车间布袋除尘器灰斗下未装锁气卸灰装置", "sector": "工贸"}
    same = {"finding": "速冻间有12人作业", "sector": "工贸-液氨"}
    moved = moved_verdicts(both, before, new, [dust, same])
    assert [(m.before, m.before_refs, m.after) for m in moved] == [
        ("重大事故隐患", "第十一条第（六）项", "一般隐患")
    ]
