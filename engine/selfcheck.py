"""企业自查: the fewest questions that settle every clause for one site, in the order of a walk round it.

First whether places and dangerous conditions are there at all, then place by place. What is not answered stays 待核实.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.checkfile import Check
from engine.plainly import unseen_name
from engine.profile import Profile, understand
from engine.selfanswers import AND, DOES_NOT_APPLY, GATE, NOT_THERE, THERE
from engine.selfquestions import Question, Questions
from engine.standing import Held, View

if TYPE_CHECKING:
    from engine.judge import Engine
    from kb.national import Duty

__all__ = [
    "AND", "CLEARED", "DOES_NOT_APPLY", "EXPERT", "FOUND", "GATE", "NOT_THERE", "OPEN", "THERE", "UNUSED", "Question",
    "SelfCheck", "Stand", "new_check",
]  # fmt: skip

UNUSED = "没有采用的答案："
FOUND, EXPERT, OPEN, CLEARED = "构成", "需专业认定", "待核实", "排除"


@dataclass(frozen=True)
class Stand:
    """How one clause stands: 构成, 需专业认定, 待核实 or 排除, with the reason in words.

    `wanting`: questions still to be answered. `presumed`: it would hold on the declared presumptions.
    `beside`: what other forms of the same clause turn on and was not looked at, one having been found.
    `facts`: those that make a clause hold. `said`: the reason in plain sentences, for papers. `rules`: general rules of
    the standard by which alone it holds.
    """

    held: Held
    status: str
    why: tuple[str, ...] = ()
    wanting: tuple[str, ...] = ()
    presumed: bool = False
    beside: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()
    said: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        """The clause, with the general rule where it holds by one (令第10号 第十四条: 失效 is judged as 没有)."""
        return self.held.citation + (f"（并依{'、'.join(self.rules)}）" if self.rules else "")

    def to_json(self) -> dict[str, Any]:
        return {
            **self.held.to_json(), "citation": self.citation, "status": self.status, "why": list(self.why),
            "wanting": list(self.wanting), "presumed": self.presumed, "beside": list(self.beside), "rules": list(self.rules),
        }  # fmt: skip


def new_check(
    engine: Engine, profile: Profile, on: date, duties: Iterable[Duty] = (), *, clues: bool = False
) -> Check:
    """An empty check. Raises BadInput on industries and attributes that are not known."""
    understand(profile, engine, duties)
    return Check(profile=profile, on=on, kb_version=engine.version, clues=clues)


class SelfCheck(Questions):
    """One check over a knowledge base: what to ask next, and how every clause stands.

    Answers of a file that fit no question are set aside (`unfit`), those given one by one are refused with BadInput.
    """

    def stand(self, held: Held) -> Stand:
        truth = self._truth[held.clause.id]
        if truth is False:
            return Stand(held, CLEARED, self.view.why_not(held), said=self.view.told(held, False))
        if truth is None:
            wanting = tuple(sorted(self.view.live(held)))
            likely = self.view.truth(held, presume=True) is True
            return Stand(held, OPEN, wanting=wanting, presumed=likely)
        return Stand(
            held,
            EXPERT if held.expert else FOUND,
            self.view.why(held),
            beside=tuple(unseen_name(self.engine.facts[f]) for f in self._beside(held)),
            facts=self.view.makes(held),
            said=self.view.told(held, True),
            rules=self.view.rules(held),
        )

    def stands(self) -> list[Stand]:
        """Every clause of the check: found ones first, then those for an expert, open and cleared ones."""
        order = (FOUND, EXPERT, OPEN, CLEARED)
        return sorted(map(self.stand, self.clauses), key=lambda s: order.index(s.status))

    @property
    def settled(self) -> float:
        """Share of clauses that the facts settle."""
        return 1 - len(self.open_clauses()) / len(self.clauses) if self.clauses else 1.0

    @cached_property
    def by_profile(self) -> int:
        """Clauses that the profile alone settles, before any answer."""
        start = View(self.engine, self.check.on, self.site.facts, self.site.several, self._absent)
        return sum(start.truth(h) is not None for h in self.clauses)

    @property
    def progress(self) -> str:
        """How far the check is, in one line."""
        known = f"，其中{self.by_profile}条由企业情况即可判明" if self.by_profile else ""
        return (
            f"适用标准共 {len(self.clauses)} 条，已查清（含不适用） {self.settled:.0%}{known}，"
            f"待核实 {len(self.open_clauses())} 条"
        )

    def notes(self) -> list[str]:
        """What the user must be told: another knowledge base, answers it does not know, contradictions, unread words."""
        said = []
        if self.check.kb_version != self.engine.version:
            said.append(
                f"自查表是按知识库 {self.check.kb_version} 做的，现在是 {self.engine.version}：已按现在的条款重新判定，请复核"
            )
        if self._state.unknown:
            said.append(f"知识库中已没有这些问题，回答保留但未使用：{'、'.join(self._state.unknown)}")
        said += [f"{UNUSED}{message}" for message in self._state.unfit.values()]
        said += self._state.clashes
        said += [str(c) for c in self.view.contradictions]
        if self.site.unread:
            said.append(
                f"企业情况中没有认出或者没有用上：{'、'.join(self.site.unread)}（未认出的请换成台账用语，现在当作没有说明）"
            )
        return said

    def beyond(self) -> list[str]:
        """What this check can't reach, whatever is answered: items an authority decides. Said once, at the start."""
        return [
            f"{h.citation}（{h.clause.title}）：{h.clause.reason}；不在自查之内，不能据此排除"
            for h in self.left_to_others
        ]
