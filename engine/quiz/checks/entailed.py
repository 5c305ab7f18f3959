"""判断 statements that a sentence of the knowledge base says whole: keyed 错误 though they are so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.quiz import aligned, fielded
from engine.quiz.alarms import TERM, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.denials import denials
from engine.quiz.documents import squash
from engine.quiz.instruments import of_other_law
from engine.quiz.statements import Segment, pairs

_LIKEST = 12  # sentences tried
_NAMED = 0.6  # share of the words for such a one
_SEVERAL = re.compile("[/、，]")
_EXCEPTS = re.compile("除[^，。；]*外|另有|例外")  # what such a sentence says is not so of all
_CONCLUDES = re.compile("[，；](?:所以|因此|因而|故(?!意)|可见|这?说明|也就是说|于是)")
_ASIDE = re.compile("（[^（）]*）")  # may say the contrary, of another
_OTHER = re.compile(r"《|〔|第\d+号|GB|AQ|[^，。；]法")
_NAMES = re.compile("^[^，的]{0,8}(?:负责人|部门|机构|政府|人员|单位|企业)")  # whom a limb names itself
_TITLE = re.compile("《([^《》]+)》")


def check(asked: Asked, found: Found) -> None:
    """A statement not about a level, against the limbs of the sentences likest to it."""
    if asked.item.holds is None or asked.levels:
        return
    concludes = _CONCLUDES.search(asked.item.stem)  # what is concluded from a rule is no part of it
    for segment in () if concludes else (*likest(asked), *_of_themselves(asked)):
        if not of_document(asked, segment) or not any(says(segment, s) for s in _stems(asked, segment)):
            continue
        if asked.item.holds:
            found.agreed.append(f"{segment.whole}：{segment.citation}")
        elif segment.verified and segment.entire:
            reason = f"该说法与规定一致，不应判为错误，规定是：{segment.whole}"
            found.alarms.append(Alarm(TERM, reason, segment.citation))
        return
    _contradicted(asked, found)


def says(segment: Segment, statement: str) -> bool:
    """Whether a sentence says a statement whole, by one of its limbs or by the fields of a duty."""
    limbs = _limbs(segment)
    return any(aligned.entails(limb, statement, segment.whole) for limb in limbs) or fielded.borne(
        segment, statement
    )


def _contradicted(asked: Asked, found: Found) -> None:
    """A statement whose denial a sentence of the knowledge base says whole (适用于选矿厂本体: 不适用于选矿厂本体)."""
    for segment in (*likest(asked), *_of_themselves(asked)):
        if segment.kind == "条款" or not segment.verified or not of_document(asked, segment):
            continue
        limbs = [_ASIDE.sub("", limb) for limb in _limbs(segment) if not _EXCEPTS.search(limb)]
        said = (d for stem in _stems(asked, segment) for d in denials(stem))
        if any(aligned.entails(limb, d) for d in said for limb in limbs):
            if asked.item.holds:
                reason = f"与规定相反，规定是：{segment.whole}"
                found.alarms.append(Alarm(TERM, reason, segment.citation))
            else:
                found.agreed.append(f"{segment.whole}：{segment.citation}")
            return


def _of_themselves(asked: Asked) -> list[Segment]:
    """What the documents that a statement names say of themselves."""
    ids = {s.id for s in asked.book.editions.named(asked.item.stem)}
    return [s for s in asked.statements.penalties if s.kind == "标准" and s.source in ids]


def _stems(asked: Asked, segment: Segment) -> Iterator[str]:
    """The statement, and what it says of the document whose sentence it is held against, without the name."""
    yield asked.item.stem
    if segment.kind != "标准":
        return
    profiles = asked.book.profiles(asked.on)
    held = [p for p in profiles.named(asked.item.stem) if p.standard and p.standard.id == segment.source]
    if len(held) == 1 and (bare := profiles.stand_in(asked.item.stem, held[0])) != asked.item.stem:
        yield re.sub("^在?D(?:中的?|里的?|的|规定)?[，：]?|D", "", bare)


def likest(asked: Asked) -> list[Segment]:
    """The sentences that have most of the words of a statement, of duties, standards and penalties."""
    statements, said = asked.statements, pairs(aligned.plain(asked.item.stem))
    held = statements.allowed(asked.industries, penalties=True)
    held = [
        s for s in held
        if not s.industries or s.kind == "条款" or asked.industries & set(s.industries) or _of_holder(s, said)
    ]  # fmt: skip
    shares = [(statements.weigh(said & s.pairs), n) for n, s in enumerate(held)]
    return [held[n] for share, n in sorted(shares, key=lambda p: (-p[0], p[1]))[:_LIKEST] if share]


def _of_holder(segment: Segment, said: frozenset[str]) -> bool:
    """Whether a statement names the one on whom a duty of some trades is put."""
    holders = (pairs(aligned.plain(h)) for h in re.split("[/、，]|等", segment.holder))
    return segment.kind == "职责" and any(h and len(h & said) >= _NAMED * len(h) for h in holders)


def _limbs(segment: Segment) -> list[str]:
    """The parts a sentence can be held against by themselves, each with the one it is put on; the whole where it is one."""
    limbs = [p for p in re.split("[；;。]", segment.whole) if len(p) > 3]
    if not segment.holder:
        return limbs
    if not _SEVERAL.search(segment.holder):
        return [limb if limb.startswith(segment.holder) else f"{segment.holder}：{limb}" for limb in limbs]
    unnamed = [limb for limb in limbs if len(limbs) == 1 or not _NAMES.search(limb.split("，")[0])]
    return limbs + [
        f"{h}：{limb}" for h in (segment.holder, *re.split("[/，]", segment.holder)) for limb in unnamed
    ]


def of_document(asked: Asked, segment: Segment) -> bool:
    """Whether a sentence is of a document the statement names, where it names any."""
    stem = asked.item.stem
    named = asked.book.editions.named(stem)
    if segment.kind == "标准" and not named:  # what a document says of itself is of no other
        domain = asked.engine.standards[segment.source].domain
        spoken = f"(?<!非){domain}" + ("(?:行业|领域)?(?:企业|单位)" if "适用" in stem else "")
        return not _OTHER.search(stem) and (
            re.search(spoken, stem) is not None or asked.book.editions.about(stem) == domain
        )
    if segment.kind in ("条款", "标准"):
        return not named or any(squash(s.doc_no) in squash(segment.citation) for s in named)
    titles = [t.removeprefix("中华人民共和国") for t in _TITLE.findall(stem)]
    if of_other_law(stem, segment.citation):
        return False
    return not named and (not titles or any(t in segment.citation for t in titles))
