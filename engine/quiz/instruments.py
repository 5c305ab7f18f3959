"""Laws, rules and standards by title and number, as the knowledge base itself pairs the two (…规定（…令第16号，…施行）).

What is asked by the title is so found where a duty cites the number, and the number of a title is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.quiz.documents import squash
from kb.models import KnowledgeBase
from kb.national import Duty
from kb.replaced import read_replaced

_PAIRED = re.compile(
    r"(?:^|[《；，。：])([\u4e00-\u9fff、]{3,40}?(?:法|条例|规定|办法|规程|规则|细则|意见|通知))》?（([^（）]*)）"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]*令第\d+号|[\u4e00-\u9fff]+〔\d{4}〕\d+号|(?:GB|AQ|TSG)(?:/T)? ?\d+[-—]\d{4}"
)
_BEGINS = re.compile(r"(\d{4})-(\d{2})-(\d{2})起?(?:施行|实施)")
_BARE = re.compile(r"^原?(?:国家)?(?:安全生产监督管理总局|安全监管总局|安监总局|总局)?(?=令第)")
_LED = re.compile("^(?:我国)?(?:现行的?)?(?:中华人民共和国)?")
_STATE = "中华人民共和国"


_LAW = re.compile(
    r"(?<![\u4e00-\u9fff])(?:根据|依据|依照|按照?)?(?P<law>(?:中华人民共和国)?[\u4e00-\u9fff]{1,10}?(?<![办本该依方违])法)(?:的?规定|明确|要求|第)"
)


def of_other_law(text: str, citation: str) -> bool:
    """Whether a text goes by a law named without 《》 that a citation is not of.

    >>> of_other_law("消防法规定，应当设置机构", "安全生产法（2021修正）第二十四条"), of_other_law("依法规定设置", "消防法第十六条")
    (True, False)
    """
    named = {m["law"].removeprefix(_STATE) for m in _LAW.finditer(text)}
    return bool(named) and not any(n in citation for n in named)


@dataclass(frozen=True)
class Instrument:
    """A document: its title, its number (empty where unknown), and from when and till when it holds."""

    title: str
    number: str
    begins: date | None = None
    ends: date | None = None

    def numbered_in(self, text: str) -> bool:
        """Whether a text has its number, with or without the issuer.

        >>> Instrument("某规定", "应急管理部令第10号").numbered_in("应急部令10号"), Instrument("某准则", "GB 4-2024").numbered_in("GB/T 4-2024")
        (True, False)
        """
        order = re.search(r"令第(\d+)号", self.number)
        form = (
            f"令第?{order[1]}号|(?<!\\d){order[1]}号令"
            if order
            else rf"{re.escape(squash(self.number))}(?!\d)"
        )
        return bool(self.number) and re.search(form, squash(text)) is not None

    @property
    def bare(self) -> str:
        """The number without the issuer that registers leave out (总局令第16号: 令第16号)."""
        return _BARE.sub("", self.number)


class Instruments:
    """Every pair of title and number that the standards, the duties and the list of repealed documents hold."""

    def __init__(self, kb: KnowledgeBase, duties: Iterable[Duty]) -> None:
        self.all = [Instrument(s.title, s.doc_no, s.effective, s.expired) for s in kb.standards]
        held = {i.title for i in self.all}
        self.all += [Instrument(k.title, k.doc_no) for k in kb.catalogue if k.doc_no and k.title not in held]
        texts = [t for d in duties for t in (*d.basis, d.note, *(p.basis for p in d.penalty))]
        texts += [r.by for r in read_replaced()]
        by_title: dict[str, Instrument] = {}
        for title, inside in (m.groups() for t in texts for m in _PAIRED.finditer(t)):
            number, begins = _NUMBER.search(inside), _BEGINS.search(inside)
            old = by_title.get(title, Instrument(title, ""))
            by_title[title] = Instrument(
                title,
                old.number or (number[0] if number else ""),
                old.begins or (date(*map(int, begins.groups())) if begins else None),
            )
        self.all += [i for i in by_title.values() if i.number or i.begins]

    def titled(self, text: str) -> list[Instrument]:
        """The documents whose title a text has between 《》, all editions of each; the whole title, not a part of it."""
        names = {squash(n.removeprefix(_STATE)) for n in re.findall("《([^》]*)》", text)}
        return [i for i in self.all if squash(i.title) in names]

    def named(self, text: str) -> list[Instrument]:
        """The documents a text names: by title, else by number in full."""
        plain = squash(text)
        return self.titled(text) or [i for i in self.all if i.number and squash(i.number) in plain]

    def plainly(self, text: str) -> list[Instrument]:
        """The document of the longest title that a text begins with, without 《》."""
        plain = _LED.sub("", squash(text))
        held = [i for i in self.all if plain.startswith(squash(i.title))]
        longest = max((len(squash(i.title)) for i in held), default=0)
        return [i for i in held if len(squash(i.title)) == longest]

    def also_written(self, title: str) -> tuple[str, ...]:
        """What a document is called where it is not called by its title: its number, without the issuer."""
        plain = squash(title.removeprefix(_STATE))
        return tuple(i.bare for i in self.all if i.bare and squash(i.title) == plain)
