"""Where a standard deals with a matter: the article or section keyed, against the one whose clauses are about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.quiz.alarms import ARTICLE, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK
from engine.quiz.documents import squash
from engine.quiz.editions import name_of
from engine.quiz.phrase import TRADE
from engine.quiz.statements import pairs
from kb.conditions import Has, atoms
from kb.models import Clause, Standard

_REF = re.compile(
    r"第[一二三四五六七八九十百]+条(?:第?（?[一二三四五六七八九十]+）?项)?|\d+\.\d+(?:\.\d+)*(?: ?[a-z]\)?)?"
)
_WHERE = re.compile(
    r"(?:条款|条号|条文|条目|规定|章节|位置|情形|标准)[^，。；]{0,10}?(?:是|为|在|位于|见|于)[（(\s　_：:]*"
    r"|(?:位于|规定在|列在|载于|见于?|出自|属于)[（(\s　_]*第?[（(\s　_]|哪(?:一|几)?(?:条|节|章|款)"
)
_FRAME = re.compile(
    r"专门|规定|存在|情形|条款|条号|条文|位于|有关|相关|关于|方面|重大|生产|安全|事故|隐患|企业|行业|依据|按照|根据|判定"
)
_CLEARLY = 1.6  # how many times the next best place the best one must be about the matter


def check(asked: Asked, found: Found) -> None:
    """Options (or a 判断 of one place) that are places of the one standard named."""
    item = asked.item
    stem = BLANK.sub("（）", item.stem)
    refs = [_REF.fullmatch(squash_ref(o)) for o in item.options]
    if (
        item.holds is not None
        or len(item.right) != 1
        or len(refs) < 2
        or not all(refs)
        or not _WHERE.search(stem)
    ):
        return
    named = [s for s in asked.book.editions.named(item.stem) if s.in_force(asked.on)]
    if len(named) != 1:
        return
    (standard,) = named
    scores = _about(asked, standard, item.options)
    ranked = sorted(item.options, key=lambda o: -scores[o])
    best, next_ = scores[ranked[0]], scores[ranked[1]]
    if best <= 0 or best < _CLEARLY * next_:
        return
    if ranked[0] == item.right[0]:
        found.agreed.append(f"{ranked[0]}：{name_of(standard)}")
    else:
        title = next(c.title for c in _within(standard, ranked[0]))
        reason = f"在{ranked[0]}（“{title}”等），不在{item.right[0]}"
        found.alarms.append(Alarm(ARTICLE, reason, name_of(standard)))


def squash_ref(text: str) -> str:
    return re.sub(r"[\s　]", "", text.replace("(", "（").replace(")", "）"))


def _within(standard: Standard, ref: str) -> list[Clause]:
    """The clauses of a place; 4.1 is not 4.10."""
    place = re.compile(re.escape(squash(ref)) + r"(?![.\d])")
    return [c for c in standard.clauses if place.match(squash(c.ref))]


def _about(asked: Asked, standard: Standard, refs: Iterable[str]) -> dict[str, float]:
    """How far each place is about what the stem is about: the words of the stem that its clauses have, and others have not."""
    stem = asked.item.stem
    for name in (standard.title, standard.doc_no):
        stem = stem.replace(name, "")
    words = pairs(_FRAME.sub("，", BLANK.sub("", stem)))
    held = {c.id: pairs(c.title + c.restatement + _trades(c)) for c in standard.clauses}
    share = {p: sum(p in h for h in held.values()) / len(held) for p in words}
    weight = {p: (1 - n) * asked.statements.weigh([p]) for p, n in share.items() if n}
    out = {}
    for ref in refs:
        own = _within(standard, ref)
        out[ref] = (
            sum(w * sum(p in held[c.id] for c in own) / len(own) for p, w in weight.items()) if own else 0.0
        )
    return out


def _trades(clause: Clause) -> str:
    if clause.scope is None:
        return ""
    return "、".join(
        v for a in atoms(clause.scope) if isinstance(a, Has) and a.attribute == TRADE for v in a.values
    )
