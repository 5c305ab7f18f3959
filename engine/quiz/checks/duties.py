"""Duties: who must do something, against the one the register of duties puts it on."""

from __future__ import annotations

import re

from engine.quiz.alarms import UNIT, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK
from engine.quiz.statements import SURE, full

_WHOSE = re.compile(
    r"(?:由|是).{0,4}(?:谁|哪)|谁(?:承担|负责)|(?:职责|义务|责任)(?:主体)?(?:由|是|为)|由[（(]"
)


def check(asked: Asked, found: Found) -> None:
    """Who must do something: keyed to one the duty does not name, while another option is the one it names."""
    if (
        asked.levels
        or asked.item.holds is not None
        or len(asked.item.right) != 1
        or not _WHOSE.search(asked.item.stem)
    ):
        return
    ranked = asked.statements.like(BLANK.sub("", asked.item.stem), asked.industries)
    if not ranked or ranked[0][0] < SURE or ranked[0][1].kind != "职责":
        return
    duty = asked.book.registers.duty[ranked[0][1].source]
    named = [o for o in asked.item.options if o == duty.holder or full(o) == full(duty.holder)]
    if named and asked.item.right[0] in named:
        found.agreed.append(f"{duty.duty}：{duty.holder}")
    elif named and duty.confidence == "verified":
        reason = f"应由{duty.holder}承担，不是{asked.item.right[0]}：{duty.duty}"
        found.alarms.append(Alarm(UNIT, reason, "；".join(duty.basis)))
