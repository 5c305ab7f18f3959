"""Sentences of the knowledge base that a question's statement can be held against: duties and clauses, by likeness.

Numbers are compared only between a statement and the part of a sentence that says the same; where several parts are
about as like, one that agrees is enough: what can't be told apart is not an error.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from engine.judge import Engine
from engine.quiz.amounts import MARKS, Token, equivalent, tokens
from engine.quiz.phrase import TRADE
from engine.quiz.prove import duty_holds
from engine.quiz.registers import cite
from kb.conditions import Condition, Has, atoms
from kb.national import Duty
from kb.registers import Registers

_PREDICATE = re.compile(r"应当?|至少|每|对|不得|须|不[少低超多大小]")
_URL = re.compile(r"（[^（）]*(?:https?://|\.gov\.cn|…/)[^（）]*）")
_ASIDE = re.compile(r"（[^（）]*不(?:构成|属于|计入|算)[^（）]*）")
_INCLUSIVE = re.compile(r"（(?:含|不含)[^（）]{0,4}）")
_PLACE = re.compile("第[一二三四五六七八九十百]+条(?:第（[一二三四五六七八九十]+）项)?")
_UNSET = re.compile(r"(?:法律|规章|法规)未定")
_AUTHORITY = re.compile("政府|部门|机关|乡镇|街道|[^企]机构|国务院")
_APPLIES = re.compile("申请|提出|提交|受理|收到|报送")  # who has to act on it is another
_FIRM = re.compile("企业|公司|(?<!有关)单位|厂|矿|从业人员|场所")
_WEAK = frozenset("的了和或者与及其在有为对应当必须不得进行开展单位企业生产安全事故隐患重大规定要求")
FROM_MEMORY = "（该规定凭记忆收录，待核）"
LIKE = 0.3  # likeness at least of what is about the same thing
SURE = 0.5  # of what surely is
SAME = 0.62  # of what says just that
CLAUSE = 0.42  # of a clause: several list the same thing with other numbers
_FRAME = 0.25  # of the weight of the rarest pair
_OPTION = 0.7  # share of an option's words that a clause must have to bear it out
_FITS = 0.75  # share of the stem's words in one clause that another must have to be asked for as well
CLOSE = 0.85  # the share of the best that is as like


@dataclass(frozen=True)
class Segment:
    """One part of a sentence of the knowledge base. `unset`: the law sets no term, and says so. `reach`: for whom a duty is, `occasion`: when."""

    text: str
    source: str
    citation: str
    whole: str
    kind: str
    industries: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    verified: bool = True
    unset: str = ""
    holder: str = ""
    entire: bool = True
    reach: str = ""
    occasion: str = ""
    side: str = ""

    @property
    def pending(self) -> str:
        """What to mind about the sentence itself, in words."""
        if not self.verified:
            return FROM_MEMORY
        return "" if self.entire else "（该条文收录不全，请核对原文）"

    @cached_property
    def pairs(self) -> frozenset[str]:
        return pairs(self.text)

    @cached_property
    def wholly(self) -> frozenset[str]:
        """The pairs of the whole clause or duty, with its holder."""
        return pairs(f"{self.holder}。{self.whole}")

    @cached_property
    def known(self) -> frozenset[str]:
        """The pairs of all that is held of it: the whole, its holder, for whom it is and when, and where it stands."""
        return self.wholly | pairs(f"{self.text}。{self.reach}。{self.occasion}。{self.citation}")

    @cached_property
    def own(self) -> str:
        """The sentence without the holder put before it, and without what it adds on taking the number in (以上（含）)."""
        return _INCLUSIVE.sub("", self.text.removeprefix(self.holder))

    @cached_property
    def _people(self) -> frozenset[str]:
        return people(self.holder + self.text)

    def speaks_of(self, text: str) -> bool:
        """Whether the kinds of people a text and a duty name are not wholly others."""
        said = people(text)
        return self.kind != "职责" or not said or not self._people or bool(said & self._people)

    def of_another_side(self, text: str) -> bool:
        """Whether a duty is of authorities alone where a text has firms alone do something, or the other way round."""
        told = "" if _APPLIES.search(text) else _side(text)
        return bool(self.side and told) and self.side != told

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.text)

    def about(self, said: str, token: Token) -> list[Token]:
        """The numbers to hold a token against: where the sentence has several, those of the part that says the same."""
        found = [t for t in self.tokens if t.family == token.family]
        if len(found) < 2:
            return found
        if sum(t.family == token.family for t in tokens(said)) > 1:
            said = token.around
        parts = self._parts(token.family)
        by_subject = _only_best(parts, pairs(_PREDICATE.split(said)[0]))
        if (
            by_subject is not None
        ):  # the part whose subject is that of the statement, and the one that reads on alike
            beside = _only_best(parts, pairs(token.around))
            return [*by_subject, *(beside if beside is not None and beside is not by_subject else [])]
        kept: list[Token] = []
        for words in (pairs(said), pairs(token.around)):
            scores = [len(words & pairs(part)) for part, _ in parts]
            best = max(scores, default=0)
            if best < 2:
                continue
            kept += [
                t for (_, inside), score in zip(parts, scores, strict=True) if score == best for t in inside
            ]
        return kept or found

    def _parts(self, family: str) -> list[tuple[str, list[Token]]]:
        """The parts with a number of a family, each with the names listed before it (机关、团体、事业单位至少每季度1次)."""
        pieces = re.split(f"({MARKS})", self.text.removeprefix(self.holder))
        out: list[tuple[str, list[Token]]] = []
        before = ""
        for part, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            inside = [t for t in tokens(part) if t.family == family]
            if inside:
                out.append((before + part, inside))
            before = before + part if mark == "、" and not inside else ""
        return out


def _only_best(parts: list[tuple[str, list[Token]]], words: frozenset[str]) -> list[Token] | None:
    """The numbers of the one part that has most of some words; None where none has two, or several as many."""
    shares = [len(words & pairs(part)) for part, _ in parts]
    best = max(shares)
    return parts[shares.index(best)][1] if best > 1 and shares.count(best) == 1 else None


def beside_same(text: str, token: Token, segment: Segment) -> bool:
    """Whether of a sentence's numbers the one before which most of the same words stand is the one told."""
    said = pairs(_lead(text, token))
    shares = [
        (len(said & pairs(_lead(segment.text, t))), t) for t in segment.tokens if t.family == token.family
    ]
    best = max((n for n, _ in shares), default=0)
    return best > 1 and all(equivalent(text, token, segment.text, t) for n, t in shares if n == best)


def _lead(text: str, token: Token) -> str:
    """What stands before a number, as far as the number or mark before."""
    return re.split(r"[\d，,；;。：:]", text[max(0, token.start - 8) : token.start])[-1]


_FULL = {"安管人员": "安全生产管理人员", "安管机构": "安全生产管理机构", "监管职责": "监督管理职责", "监管部门": "监督管理部门",
         "负有监督": "负有安全生产监督", "职代会": "职工代表大会", "双报告": "报告",
         "综掘": "综合机械化掘进"}  # fmt: skip


PEOPLE = {
    "主要负责人": "主要负责人", "安全生产管理人员": "安管人员", "安管人员": "安管人员", "安全管理人员": "安管人员", "从业人员": "员工",
    "新上岗": "员工", "新员工": "员工", "员工": "员工", "特种作业人员": "特种作业人员",
}  # fmt: skip


def people(text: str) -> frozenset[str]:
    """The kinds of people of a unit that a text names."""
    return frozenset(kind for word, kind in PEOPLE.items() if word in text)


def _side(text: str) -> str:
    """Whether a text speaks of authorities or of firms; empty where it speaks of both, or of none."""
    authority, firm = _AUTHORITY.search(text), _FIRM.search(text)
    return "" if bool(authority) is bool(firm) else "政府" if authority else "企业"


def full(text: str) -> str:
    """Common short forms written out, so that both sides say the same."""
    for short, long in _FULL.items():
        text = text.replace(short, long)
    return text


def pairs(text: str) -> frozenset[str]:
    """Pairs of characters that tell, without numbers and marks."""
    plain = re.sub(r"[\d.%％（）()\s]+", "", full(text))
    parts = re.split(r"[，。；：、“”《》？?！,;:/—\-]+", plain)
    found = {p[i : i + 2] for p in parts for i in range(len(p) - 1)}
    return frozenset(f for f in found if not set(f) <= _WEAK)


class Statements:
    """All segments in force on a day."""

    def __init__(self, engine: Engine, registers: Registers, on: date) -> None:
        self.segments = [*_of_duties(registers.duties, on), *_of_clauses(engine, on)]
        self.penalties = [*_of_penalties(registers.duties, on), *_of_standards(engine, on)]
        tree = engine.kb.attributes[TRADE].ancestors()
        self._ups = tree
        self._trades = {t: {*up, *(k for k, ups in tree.items() if t in ups)} for t, up in tree.items()}
        counts = Counter(p for s in self.segments for p in s.pairs)
        self._weight = {p: math.log(1 + len(self.segments) / n) for p, n in counts.items()}
        self._rare = math.log(1 + len(self.segments))

    @cached_property
    def known(self) -> frozenset[str]:
        """The pairs that any sentence has, with for whom, when and by what it holds."""
        beside = (f"{s.reach}。{s.occasion}。{s.citation}" for s in self.segments)
        whole = (s.wholly for s in (*self.segments, *self.penalties))
        return frozenset[str]().union(*whole, *map(pairs, beside))

    def weigh(self, found: Iterable[str]) -> float:
        return sum(self._weight.get(p, self._rare) for p in found)

    def weigh_known(self, found: Iterable[str]) -> float:
        """As `weigh`, with little for pairs that no sentence has: they frame a question, they are not its matter."""
        return sum(self._weight.get(p, self._rare * _FRAME) for p in found)

    def about(self, text: str, segment: Segment) -> float:
        """The share of what a text says that the whole of a segment has."""
        said = pairs(text)
        return self.weigh_known(said & segment.wholly) / (self.weigh_known(said) or 1.0)

    def allowed(self, industries: frozenset[str], *, penalties: bool = False) -> list[Segment]:
        """Segments without the duties of other industries, and without the clauses of other trades."""
        named = industries & self._trades.keys()
        trades = {
            t for t in named if not any(t in self._ups[o] for o in named)
        }  # 机械, not 工贸 that holds it
        around = trades.union(*(self._trades[t] for t in trades))
        if not industries:
            return [*self.segments, *(self.penalties if penalties else [])]
        return [s for s in (*self.segments, *(self.penalties if penalties else ()))
                if not industries & set(s.unless) and (
                    not s.industries or (not trades and s.kind == "条款")
                    or (around if s.kind == "条款" else industries) & set(s.industries))]  # fmt: skip

    def borne_beside(self, option: str, segment: Segment, stem: str) -> bool:
        """Whether another clause of the same article has an option of a list, and as much of the stem as the clause of the list."""
        said = pairs(option)
        about = pairs(stem) - said
        fits = _FITS * self.weigh_known(about & (pairs(segment.whole) - said))
        article = _article(segment.citation)
        return bool(said) and any(
            s.source != segment.source
            and s.kind == "条款" == segment.kind
            and _article(s.citation) == article
            and len(said & pairs(s.whole)) >= _OPTION * len(said)
            and self.weigh_known(about & pairs(s.whole)) >= fits
            for s in self.segments
        )

    def like(self, text: str, industries: frozenset[str]) -> list[tuple[float, Segment]]:
        """Segments about what a text says, the likest first; those of other industries left out."""
        said = pairs(text)
        total = self.weigh(said) or 1.0
        out = []
        for segment in self.allowed(industries):
            common = self.weigh(said & segment.pairs)
            if common:
                score = 0.5 * common / total + 0.5 * common / (self.weigh(segment.pairs) or 1.0)
                out.append((score, segment))
        out.sort(key=lambda p: -p[0])
        return out


def _article(citation: str) -> str:
    """A citation without the item within its article (4.7 d): 4.7; 第八条第（二）项: 第八条)."""
    return re.sub(r"(?:第（[^（）]+）项|\s*[a-z]\))+$", "", citation)


def _of_duties(duties: Iterable[Duty], on: date) -> Iterable[Segment]:
    for duty in duties:
        if not duty_holds(duty, on):
            continue
        text = duty.duty
        unset = duty.timing if _UNSET.search(duty.timing) else ""
        common = dict(
            source=duty.id, citation=cite(duty.id, duty.basis[0], duty.note).text, whole=duty.duty, kind="职责",
            industries=duty.industries, unless=duty.except_industries, verified=duty.confidence == "verified", unset=unset,
            holder=duty.holder, reach=duty.applies_to, occasion=f"{duty.trigger}，{duty.timing}",
            side=_side(duty.holder),
        )  # fmt: skip
        term = f"{duty.within.of}{duty.within.within:g}{duty.within.unit}" if duty.within else ""
        parts = [p for p in re.split(r"[；;]", text) if len(p) > 3]
        for part in parts:
            yield Segment(text=f"{duty.holder if len(duty.holder) < 20 else ''}{part}{term}", **common)  # type: ignore[arg-type]


def _of_penalties(duties: Iterable[Duty], on: date) -> Iterable[Segment]:
    """Breaches and crimes, each with what it costs."""
    for duty in duties:
        if not duty_holds(duty, on):
            continue
        for p in duty.penalty:
            text = f"{duty.duty}：{p.measure}"
            yield Segment(text, duty.id, p.basis, text, "罚则", duty.industries, duty.except_industries,
                          duty.confidence == "verified", side=_side(duty.holder))  # fmt: skip


def _of_standards(engine: Engine, on: date) -> Iterable[Segment]:
    """What the standards say of themselves: scope, how many parts, general rules, hand-offs, official answers."""
    for s in engine.kb.standards:
        if not s.in_force(on):
            continue
        name = f"《{s.title}》（{s.doc_no}）"
        told = [
            ("", s.scope_text),
            *((r.ref, r.restatement) for r in s.rules),
            *((h.ref, h.restatement) for h in s.handoffs),
            *(("", t) for t in _together([h.restatement for h in s.handoffs])),
        ]
        parts = [(ref, p) for ref, t in told for p in t.split("。")]
        for ref, text in (*parts, *(("", t) for t in s.readings)):
            sentence = _URL.sub("", text).rstrip("。")
            if len(sentence) > 5:
                place = ref if _PLACE.fullmatch(ref) else ""
                yield Segment(f"{s.title}：{sentence}", s.id, f"{name}{place}", sentence, "标准",
                              verified=s.confidence != "memory")  # fmt: skip


def _together(sentences: list[str]) -> list[str]:
    """Sentences that differ in one place put into one (涉及甲的…, 涉及乙的…: 涉及甲、乙的…).

    >>> _together(["涉及燃气的，适用其规定。", "涉及锅炉的，适用其规定。"])
    ['涉及燃气、锅炉的，适用其规定。']
    """
    if len(sentences) < 2:
        return []
    start = _shared(sentences)
    end = _shared([s[start:][::-1] for s in sentences])
    middle = [s[start : len(s) - end] for s in sentences]
    return (
        [f"{sentences[0][:start]}{'、'.join(middle)}{sentences[0][len(sentences[0]) - end :]}"]
        if start > 1 and end > 1
        else []
    )


def _shared(sentences: list[str]) -> int:
    """How many characters sentences begin with alike."""
    return len(list(takewhile(lambda column: len(set(column)) == 1, zip(*sentences, strict=False))))


def _of_clauses(engine: Engine, on: date) -> Iterable[Segment]:
    for standard in engine.kb.standards:
        if not standard.in_force(on):
            continue
        for clause in standard.clauses:
            if clause.restatement.startswith("（只知"):
                continue
            citation = f"《{standard.title}》（{standard.doc_no}）{clause.ref}"
            trades = _trades(clause.scope) or _trades(standard.scope)
            for part in re.split(r"[；;。]", _ASIDE.sub("", clause.restatement)):
                if len(part) > 3:
                    yield Segment(
                        part,
                        clause.id,
                        citation,
                        clause.restatement,
                        "条款",
                        trades,
                        entire=clause.executability != "blocked",
                    )


def _trades(scope: Condition | None) -> tuple[str, ...]:
    """The trades a scope names."""
    named = (
        [a for a in atoms(scope) if isinstance(a, Has) and a.attribute == TRADE] if scope is not None else []
    )
    return tuple(v for a in named for v in a.values)
