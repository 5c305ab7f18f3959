"""A link (联锁, 接入) that is lacking, named by its two ends without the place: never an ordinary defect."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from engine import Engine, Finding
from engine.verdict import Level
from kb.conditions import Has, Unlinked, atoms
from kb.models import Clause

DAY = date(2026, 11, 28)
_KIND = re.compile(r"(?:(?:监测|检测)?报警)?(?:装置|系统|设施)?$")


def _trade(engine: Engine, clause: Clause) -> str:
    scopes = (clause.scope, engine.standards[clause.standard].scope)
    told = [a for s in scopes if s is not None for a in atoms(s) if isinstance(a, Has)]
    return next((a.values[0] for a in told if a.attribute == "行业"), "")


def _said(engine: Engine) -> Iterator[tuple[str, str]]:
    """Each link of the standards in force, its ends shortened or in full, with the trade it is listed for."""
    for clause in engine.kb.clauses():
        trade = _trade(engine, clause)
        if not trade or not engine.standards[clause.standard].in_force(DAY):
            continue
        for link in (a for limb in clause.limbs for a in atoms(limb) if isinstance(a, Unlinked)):
            word = "联锁" if link.op == "未联锁" else "接入"
            yield (
                trade,
                f"{link.thing}未与{link.partner}联锁"
                if word == "联锁"
                else f"{link.thing}未接入{link.partner}",
            )
            if word == "联锁":
                yield trade, f"{_KIND.sub('', link.thing)}与{link.partner}没有联锁"


def test_a_link_named_by_its_two_ends_is_never_called_ordinary(engine: Engine) -> None:
    said = dict.fromkeys(_said(engine))
    ordinary = [
        (trade, text)
        for trade, text in said
        if engine.judge(Finding(text, industry=trade, on=DAY)).level not in (Level.MAJOR, Level.VERIFY)
    ]
    assert said
    assert not ordinary


@pytest.mark.parametrize(
    "text", ["流槽液位未与快速切断阀联锁", "液位报警没有和应急排放阀联锁", "流槽液位与倾动控制系统未联锁"]
)
def test_what_the_furnace_is_is_asked_where_the_link_at_the_launder_is_lacking(
    engine: Engine, text: str
) -> None:
    verdict = engine.judge(Finding(text, industry="工贸-有色", on=DAY))
    assert verdict.level is Level.VERIFY
    assert {r.clause.ref for r in verdict.open} & {"第五条第（八）项", "第五条第（九）项"}


def test_in_another_trade_such_a_link_is_not_asked_about(engine: Engine) -> None:
    assert engine.judge(Finding("液位报警未与应急排放阀联锁", industry="纺织", on=DAY)).level is Level.GENERAL
