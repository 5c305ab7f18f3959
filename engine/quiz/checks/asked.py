"""One question with its key, as every check sees it: what it claims, in which trade, and which clauses it is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from engine.judge import Engine
from engine.quiz import cited
from engine.quiz.alarms import Found
from engine.quiz.amounts import Token, tokens
from engine.quiz.bank import Item
from engine.quiz.checks import trades
from engine.quiz.checks.rulebook import Rulebook
from engine.quiz.claims import BLANK, Claim, claims_of, core, level_claims
from engine.quiz.cloze import Cloze
from engine.quiz.polarity import level_of
from engine.quiz.statements import LIKE, Segment, Statements, pairs
from kb.models import Clause

_YES_OR_NO = re.compile(
    "(?:不)?(?:成立|正确|恰当|妥当|可以|能|对|应当?|属于|构成|合法|准确)[，,；;。]|错误?[，,；;。]|[是否][，,；;。]"
)
_HINTED = 3  # pairs of characters that a clause an explanation cites must share with the question
_FINDING = 6  # characters of an option that may be a finding
_KIND = re.compile(
    r"(?:为|属于?|构成|按|是)([\u4e00-\u9fff]{2,8}?)(?:生产安全)?重大(?:生产安全)?(?:事故|安全)?隐患"
)


@dataclass(frozen=True)
class Asked:
    """`on`: the day the stem sets, else that of the audit. `again`: checks another item, such as an option by itself."""

    item: Item
    on: date
    book: Rulebook
    again: Callable[[Item], Found]

    @property
    def engine(self) -> Engine:
        return self.book.engine

    @property
    def statements(self) -> Statements:
        """The sentences in force on the day of the question."""
        return self.book.statements(self.on)

    @cached_property
    def claims(self) -> list[Claim]:
        """The statements made with the key filled in."""
        return list(claims_of(self.item))

    @cached_property
    def levels(self) -> list[tuple[str, bool]]:
        """(finding, keyed as 重大); empty where the question is not about the level of a finding."""
        return list(level_claims(self.item))

    @cached_property
    def industry(self) -> str:
        """The trade to judge its findings in; empty where it tells of none."""
        return trades.industry(self.book, self.item, self.hinted) or self._of_options

    @property
    def _of_options(self) -> str:
        """The trade that the options of one stem share, where most of them are like a clause of it."""
        told = [o for o in self.item.options if len(o) >= _FINDING]
        near = [next((s for n, s in self.likest(o, 1) if n >= LIKE and s.kind == "条款"), None) for o in told]
        clauses = [self.book.clauses[s.source] for s in near if s is not None]
        return trades.shared(self.book, clauses) if len(clauses) > max(1, len(told) // 2) else ""

    @cached_property
    def industries(self) -> frozenset[str]:
        """The trades it speaks of, for what applies to it."""
        return trades.industries(self.book, self.item)

    def industries_of(self, claim: Claim, token: Token) -> frozenset[str]:
        """The trades for a number: without those of a later part that sets its own (不少于24学时；危险化学品企业不少于72学时)."""
        first, *later = re.split("(?<=[；;。])", claim.text[token.end :])
        kept = [p for p in later if not any(t.unit == token.unit for t in tokens(p))]
        if len(kept) == len(later):
            return self.industries
        stem = claim.text[: token.end] + first + "".join(kept)
        return trades.industries(self.book, replace(self.item, stem=stem))

    @property
    def of_several_trades(self) -> bool:
        """Whether another part of a statement has the number of a trade of its own: only as numbers can the two be told apart."""
        told = ((c, t) for c in self.claims for t in tokens(c.text))
        return any(self.industries_of(c, t) != self.industries for c, t in told)

    @cached_property
    def hinted(self) -> list[Clause]:
        """The clauses a stem cites, else those its explanation does, where they are about what the stem is."""
        item, editions = self.item, self.book.editions
        if held := cited.clauses(item.stem, editions, self.on):
            return held
        whole = f"{item.stem} {item.explanation} {item.basis}"
        hinted = cited.clauses(whole, editions, self.on) or cited.likely(whole, editions, self.on)
        said = pairs(core(BLANK.sub("", item.stem)) + "".join(item.options))
        return [c for c in hinted if len(said & pairs(c.restatement)) >= _HINTED]

    @cached_property
    def hinted_ids(self) -> frozenset[str]:
        return frozenset(c.id for c in self.hinted)

    @cached_property
    def near_clause(self) -> list[Clause]:
        """The clause that says most of what the stem says; empty where none is like it or a duty is more so."""
        clauses = self.book.clauses
        ranked = self.statements.like(core(BLANK.sub("", self.item.stem)), self.industries)[:1]
        return [
            clauses[s.source] for n, s in ranked if s.kind == "条款" and n >= LIKE and s.source in clauses
        ]

    @cached_property
    def cloze(self) -> Cloze:
        """Its options against the sentences about the same, those of the clauses it cites where it cites any."""
        return self._cloze(self.hinted_ids)

    @cached_property
    def cloze_of_all(self) -> Cloze:
        """Its options against every sentence about the same, whatever clauses an explanation cites."""
        return self._cloze(frozenset())

    def _cloze(self, only: frozenset[str]) -> Cloze:
        """`only`: where to look."""
        return Cloze(self.statements, self.item, self.industries, self.names, only, self.documents)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents the stem names, by title and number."""
        titles = re.findall("《([^《》]+)》", self.item.stem)
        also = [n for t in titles for n in self.book.instruments.also_written(t)]
        plain = [] if titles else [s.title for s in self.book.titled_plainly(self.item.stem, self.on)]
        return (*titles, *also, *plain)

    @cached_property
    def of_kind(self) -> list[Clause]:
        """The clauses of the standard in force whose kind of hazard the stem names (特种设备重大事故隐患)."""
        kind = _KIND.search(self.item.stem)
        domain = self.book.editions.about(kind[1]) if kind else ""
        return [c for s in self.book.in_force(self.on) if domain and s.domain == domain for c in s.clauses]

    def of_named(self, finding: str) -> list[Clause]:
        """The clauses like a finding of the one standard in force that the stem names (依据GB 45067-2024)."""
        named = [s for s in self.book.standards_named(self.item.stem) if s.in_force(self.on)]
        near = {s.source for score, s in self.likest(finding, 3) if score >= LIKE}
        return [c for c in named[0].clauses if c.id in near] if len(named) == 1 else []

    @cached_property
    def names(self) -> frozenset[str]:
        """The knowledge base's names of the things the stem calls by another name (速冻机: 快速冻结装置)."""
        known = self.engine.lexicon.concepts
        return frozenset(
            t.concept
            for t in self.engine.reader.terms.find(self.item.stem)
            if t.concept in known and known[t.concept].type != "词" and t.concept != t.text
        )

    @cached_property
    def of_levels_or_documents(self) -> bool:
        """Whether its options are levels or standards, which are no words of a sentence to look for."""
        levels = bool(self.levels) and any(level_of(o) is not None for o in self.item.options)
        return levels or sum(bool(self.book.editions.numbered(o)) for o in self.item.options) > 1

    @property
    def answers_yes_or_no(self) -> bool:
        """Whether every option is a yes or no, with a reason: no words of a sentence stand in their place."""
        return len(self.item.options) > 1 and all(_YES_OR_NO.match(o) for o in self.item.options)

    def likest(self, text: str, first: int) -> list[tuple[float, Segment]]:
        """The sentences of any trade most like a finding, with their likeness."""
        return self.statements.like(core(text), frozenset())[:first]
