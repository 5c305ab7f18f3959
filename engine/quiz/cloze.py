"""Options against the sentences of the knowledge base: which of them does the sentence most like the stem bear out?

An alarm needs a sentence that has one of the other options in the very place where the key stands and that has the
key nowhere; a sentence that has both, or none, tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.quiz.alarms import FIGURE, TERM, Alarm, Found
from engine.quiz.amounts import Token, comparison, counts_otherwise, equivalent, tokens
from engine.quiz.bank import Item
from engine.quiz.beside import PART_END, after, beside, equal
from engine.quiz.claims import BLANK, DENIES, Claim, core, filled
from engine.quiz.denials import done_no_more
from engine.quiz.documents import squash
from engine.quiz.enumerations import Place, kind_listed, place
from engine.quiz.governed import of_another_case
from engine.quiz.polarity import wants_outside
from engine.quiz.statements import Segment, Statements, pairs
from engine.quiz.wordings import DENIAL, adds_number, denies_more, inside, part_of_pair, shortened, words

AGREED = 0.42  # share of what the stem says that a sentence must have to bear a key out
ALARMED = 0.45  # to alarm
_BY_FAR = 0.7  # to alarm where the key says more than the sentence
_RIVAL = 0.75  # a sentence this much as like that bears the key out keeps an alarm back
_DENIES = re.compile(
    r"不(?:属于|包括|含|是|正确)|不符合[^，。；（(]{1,14}(?:的是|的有|[（(：:])|错误|(?<!除)外的?是|无关|不在[^，。；]{0,8}(?:之列|其列|范围)|以外(?!，?还)|除[^，。]{1,20}外(?!，?[^，。；]{0,10}(?:还|也|另))"
    r"|不(?:应|得|准|允许|需要|必)[^，。；]{0,16}(?:的是|的有|哪|什么)|不适用[^，。；]{0,60}(?:的是|的有)"
    r"|(?:未|没有)(?:被)?(?:列[入为明]|纳入|包括)[^，。；]{0,20}(?:的是|的有|[（(])"
)
_LIMITS = (
    "仅",
    "只",
    "所有",
    "全部",
    "任何",
    "不限",
    "一律",
    "均",
)  # words that make an option say more than the sentence
GRADES = re.compile(r"[一二三四五六七八九十甲乙丙丁A-E\d]+[级类层区]|[红橙黄蓝]色")
_FOUND = re.compile(r"(?:坐了?|有|实载|实测|实际(?:为|有)?|正好(?:坐了|是|为)?|恰好?为?|当天)$")
_OUGHT = re.compile(r"(?:应当?|必须|须)(?:使用|采用|选用|用)[^，。；]{0,6}[（_]")
_USES = re.compile(r"(?:使用|采用|选用|用)[^，。；]{0,6}$")
_LACKS = re.compile(r"没有|未|不|无|缺")
_CHANGES = re.compile("增加|新增|删除|取消|保留|更改|修改")
_BREAK = re.compile(r"[，；。：]|或者")
_SHARED = re.compile(
    "（[^（）]*、[^（）]*）|(?<!等)级(?=[和及与、][^和及与、]*级$)"
)  # 车间（工段、区、队）级和班组级: 车间和班组级
_ARTICLE = re.compile(f"第(?:{BLANK.pattern})[条款项目]")
_FRAME = re.compile(
    "所(?:列|规定|称)的?|(?:判定)?情形(?:中)?(?=是指|包括|为|，|的)|是指|这一(?:通则|规定|情形|要求)(?:规定)?(?=[在见])"
)
_NAME = 4  # characters of a name that is no lack by itself
_SHORT = 2  # characters of the shortest answer that tells


_WHOLE = 160  # characters of a clause short enough to be taken in one with its limbs
_CLEARLY = 3  # more such pairs by which one option is asked for rather than another
_LIST = 0.22  # share of the stem that a sentence must have that has nearly all the options
_HALF, _MOST = 0.3, 0.65  # share of an option's words that the clause cited has: too few, enough
_FOREIGN = 0.2  # share of an option's words that a list it does not belong to may have


@dataclass(frozen=True)
class Borne:
    """A sentence that bears an option out, the share of the stem it has, and how far the words around it (and after it) are the same."""

    share: float
    segment: Segment
    beside: int = 0
    after: int = 0


class Cloze:
    """Tries the options of one item on every sentence about the same."""

    def __init__(
        self,
        statements: Statements,
        item: Item,
        industries: frozenset[str],
        names: frozenset[str] = frozenset(),
        only: frozenset[str] = frozenset(),
        documents: tuple[str, ...] = (),
    ) -> None:
        """`names`: the knowledge base's own names of the things the stem calls otherwise. `only`: the clauses it cites.

        `documents`: titles and numbers of the documents it names: what those say is asked.
        """
        self.item = item
        listed = len(item.right) > 1 or asks_outside(item.stem)
        self.statements = statements
        self.suffix = common_suffix(item.options) if listed else ""
        stem = BLANK.sub("", item.stem)
        for title in documents:  # where to look, not what is asked
            stem = stem.replace(title, "，")
        said = pairs(core(_FRAME.sub("，", stem)))
        total = statements.weigh_known(said) or 1.0
        more = frozenset(p for n in names for p in pairs(n)) - said
        of_number = all(
            any(map(str.isdigit, o)) or tokens(f"每{o}") for o in item.options
        )  # else who acts may be asked
        allowed = [
            s
            for s in statements.allowed(industries, penalties=True)
            if s.speaks_of(item.stem)
            and not (of_number and s.of_another_side(item.stem))
            and not of_another_case(s.own, s.whole, item.stem)
            and (not documents or any(d in s.citation or d in s.whole for d in documents))
        ]
        shares = [
            (min(1.0, (statements.weigh(said & s.pairs) + 0.5 * statements.weigh(more & s.pairs)) / total), s)
            for s in allowed
        ]
        shares = [(max(n, _whole(s, statements, said, total)), s) if n else (n, s) for n, s in shares]
        lists = (p for p in shares if p[0] >= _LIST and p[0] < AGREED and listed and self._lists(p[1]))
        near = [*(p for p in shares if p[0] >= AGREED), *((ALARMED, s) for _, s in lists)]
        if only:  # the stem says where to look
            near = [(1.0, s) for s in statements.segments if s.source in only]
        self.cited = bool(only)
        self.near = sorted(near, key=lambda p: -p[0])

    def _lists(self, segment: Segment) -> bool:
        """Whether a sentence has all options but one, word for word."""
        plain = [words(o.removesuffix(self.suffix)) for o in self.item.options]
        return (
            len(plain) > 2
            and sum(len(o) >= _SHORT and o in words(segment.text) for o in plain) >= len(plain) - 1
        )

    def borne(self, option: str) -> Borne | None:
        """The likest sentence that has the option in the place asked for."""
        claim = filled(self.item.stem, option)
        told = _asked(claim)
        plain = option.removesuffix(self.suffix)
        for share, segment in self.near:
            if told and counts_otherwise(claim.text, told, segment.text):
                continue
            if bears(segment, claim, told, plain):
                on = max((after(claim, segment, t) for t in equal(claim, told, segment)), default=0)
                return Borne(share, segment, beside(segment, claim, told, option), on)
        return None

    def check(self, found: Found) -> None:
        if asks_outside(self.item.stem) or wants_outside(self.item.stem):
            if len(self.item.right) == 1 and len(self.item.options) > 2:
                self._denied(found)
            return
        if len(self.item.right) > 1:
            self._several(found)
        elif self.item.options:
            self._one(found)
        elif self.item.holds is None:
            self._blank(found)

    def _one(self, found: Found) -> None:
        right, *_ = self.item.right
        key = self.borne(right)
        others = [(o, b) for o in self.item.wrong if (b := self.borne(o)) is not None]
        if key:  # an option inside the key is no rival; the key inside an option is none itself
            others = [(o, b) for o, b in others if words(o) not in words(right)]
            around = [o for o, b in others if words(right) in words(o) and b.segment == key.segment]
            wider = [
                o for o, b in others if key.segment == b.segment and part_of_pair(right, o, b.segment.text)
            ]
            if wider or any(inside(right, o, key.segment.text) for o in around):
                key = None
        if _OUGHT.search(self.item.stem):  # what a clause lists as a defect is not what ought to be
            bad = next((b for o, b in [(right, key)] if b and is_defect(o, b.segment)), None)
            others = [(o, b) for o, b in others if not is_defect(o, b.segment)]
            if bad is not None:
                self._forbidden(right, bad.segment, found)
                return
        exact = [(o, b) for o, b in others if words(o) in words(b.segment.text)]
        others = exact or others  # word for word before in other words
        others = [
            (o, b)
            for o, b in others
            if not any(o in p and inside(o, p, b.segment.text) for p in self.item.wrong if p != o)
        ]
        best, rival = max(others, key=lambda p: (p[1].share, p[1].beside), default=("", None))
        if key and rival and key.segment.source == rival.segment.source:
            mine, other = (self._part(o, b.segment) for o, b in ((right, key), (best, rival)))
            if mine != other and _named(mine, self.item.stem) > _named(other, self.item.stem):
                found.agreed.append(f"{right}：{key.segment.citation}")
                return
            if mine != other and _named(other, self.item.stem) == 1.0 > _named(mine, self.item.stem):
                found.alarms.append(_alarm(right, best, other))
                return
        if key and (rival is None or (key.share, key.beside) > (rival.share, rival.beside)):
            found.agreed.append(f"{right}：{key.segment.citation}")
        elif rival and (more := adds_number(right, best, rival.segment)) and rival.share >= ALARMED:
            found.alarms.append(_alarm(right, best, more))
        elif rival and words(best) in words(right):
            if rival.share >= _BY_FAR and denies_more(right, best, rival.segment):
                found.alarms.append(_alarm(right, best, rival.segment))
            return  # else the key may say as much in its own words
        elif rival and rival.share >= ALARMED and (key is None or _elsewhere(key, rival)):
            ties = [o for o, b in others if (b.share, b.beside) == (rival.share, rival.beside)]
            if len(ties) == 1:
                found.alarms.append(_alarm(right, best, rival.segment))

    def _part(self, option: str, segment: Segment) -> Segment:
        """The part of a clause that has an option word for word."""
        held = (s for _, s in self.near if s.source == segment.source and words(option) in words(s.text))
        return next(held, segment)

    def _forbidden(self, right: str, segment: Segment, found: Found) -> None:
        """A key that the clause lists as the defect, where another option is its contrary (非防爆, 防爆)."""
        contrary = [
            o for o in self.item.wrong if o == right.removeprefix("非") or o.removeprefix("非") == right
        ]
        if contrary:
            found.alarms.append(_alarm(right, contrary[0], segment))

    def _denied(self, found: Found) -> None:
        """「不包括…的是」: the option keyed is in the sentence that has all the others but one."""
        held = {o: self.borne(o) for o in self.item.options}
        bearing = [b for b in held.values() if b is not None and b.share >= ALARMED]
        sources = {b.segment.source for b in bearing}
        out = [o for o, b in held.items() if b is None] or self._not_listed(bearing)
        if len(out) != 1 or len(sources) != 1 or len(bearing) < len(held) - 1:
            return
        right, segment = self.item.right[0], bearing[0].segment
        if out[0] == right:
            found.agreed.append(f"{right}不在其列：{segment.citation}")
        else:
            reason = f"“{right}”在列，不在列的是“{out[0]}”：{segment.whole}{segment.pending}"
            found.alarms.append(Alarm(TERM, reason, segment.citation))

    def _not_listed(self, bearing: list[Borne]) -> list[str]:
        """The options that a sentence has not word for word, where it has all but one so: pairs in common tell nothing then."""
        texts = {words(b.segment.text) for b in bearing}
        odd = [[o for o in self.item.options if words(o) not in text] for text in texts]
        return next((o for o in odd if len(o) == 1), [])

    def _several(self, found: Found) -> None:
        """Options of one sentence: one that it has and the key leaves out is missing in the key."""
        held = {o: self.borne(o) for o in self.item.options}
        keyed = [b for o in self.item.right if (b := held[o]) is not None]
        if len(keyed) < len(self.item.right):
            self._foreign(held, keyed, found)
            return
        sources = {b.segment.source for b in keyed}
        left = [(o, b) for o in self.item.wrong if (b := held[o]) is not None and b.segment.source in sources]
        left = [(o, b) for o, b in left if not self._of_other_change(o, b.segment)]
        if left and max(b.share for _, b in left) >= ALARMED:
            option, borne = left[0]
            found.alarms.append(Alarm(TERM, f"漏选“{option}”：{borne.segment.whole}", borne.segment.citation))
        elif not left:
            found.agreed.append(f"{'、'.join(self.item.right)}：{keyed[0].segment.citation}")

    def _of_other_change(self, option: str, segment: Segment) -> bool:
        """Whether a sentence says of an option that it was changed otherwise than those keyed (删除甲，增加乙、丙)."""
        mine = {change_of(o, segment.whole) for o in self.item.right}
        return "" not in mine and change_of(option, segment.whole) not in mine

    def _foreign(self, held: dict[str, Borne | None], keyed: list[Borne], found: Found) -> None:
        """A keyed option that stands nowhere in the list that has all the others word for word."""
        if self.cited and self._beyond(found):
            return
        odd = [o for o in self.item.right if held[o] is None]
        sources = {b.segment.source for b in keyed}
        if len(odd) != 1 or len(keyed) < 2 or len(sources) != 1 or min(b.share for b in keyed) < ALARMED:
            return
        segment, said = keyed[0].segment, pairs(odd[0])
        if "等" in segment.whole + segment.holder or len(said & pairs(segment.whole)) > _FOREIGN * len(said):
            return
        whom = f"{segment.holder}。{segment.reach}"
        if place(odd[0], whom) is Place.LISTED or kind_listed(odd[0], whom):
            return
        if kind_listed(odd[0], segment.own) or self._said_elsewhere(odd[0], segment):
            return
        if self.statements.borne_beside(odd[0], segment, self.item.stem):
            return
        found.alarms.append(Alarm(TERM, f"多选“{odd[0]}”：{segment.whole}", segment.citation))

    def _said_elsewhere(self, option: str, segment: Segment) -> bool:
        """Whether another sentence about as like has a telling word of an option."""
        said = pairs(option) - pairs(self.item.stem)
        best = max((n for n, s in self.near if s.source == segment.source), default=0.0)
        return any(
            said & pairs(s.whole)
            for n, s in self.near
            if n >= _RIVAL * best and s.source != segment.source and s.kind == segment.kind
        )

    def _beyond(self, found: Found) -> bool:
        """A keyed option that no clause cited says anything of, where they say nearly all of the others."""
        segment = self.near[0][1]
        has = frozenset(p for w in {s.whole for _, s in self.near} for p in pairs(w))
        shares = {o: len(said & has) / len(said) for o in self.item.right if (said := pairs(o))}
        odd = [o for o, share in shares.items() if share < _HALF]
        if (
            len(shares) != len(self.item.right)
            or len(odd) != 1
            or any(n < _MOST for o, n in shares.items() if o != odd[0])
        ):
            return False
        if self.statements.borne_beside(odd[0], segment, self.item.stem):
            return False
        found.alarms.append(Alarm(TERM, f"多选“{odd[0]}”，不在该条之内：{segment.whole}", segment.citation))
        return True

    def _blank(self, found: Found) -> None:
        """填空: a key that the likest sentence has."""
        key = (
            None if _ARTICLE.search(self.item.stem) else self.borne(self.item.key)
        )  # a place is none of its words
        if key is not None and not self._of_another(key):
            found.agreed.append(f"{self.item.key}：{key.segment.citation}")

    def _of_another(self, key: Borne) -> bool:
        """Whether the number keyed is that of another part of the sentence: it reads on as the stem does after another one."""
        claim = filled(self.item.stem, self.item.key)
        told = _asked(claim)
        others = [t for t in key.segment.tokens if told and t.family == told[0].family]
        return any(after(claim, key.segment, t) >= key.after + _CLEARLY for t in others)


def asks_outside(stem: str) -> bool:
    """Whether what is asked for is what the sentence does not have; what it excepts (（ ）除外) it has.

    >>> asks_outside("不属于特种设备的是（ ）。"), asks_outside("检验结论为不符合（ ）要求的锅炉")
    (True, False)
    """
    return bool(_DENIES.search(stem) or DENIES.search(stem))


def change_of(option: str, text: str) -> str:
    """What a text says was done with an option: the last word for a change before it.

    >>> change_of("甲类", "删除术语“甲类”，增加“乙类”"), change_of("乙类", "删除术语“甲类”，增加“乙类”")
    ('删除', '增加')
    """
    before = re.split("[；。：]", text[: max(0, text.find(option))])[-1]
    return (_CHANGES.findall(before) or [""])[-1]


def _alarm(right: str, other: str, segment: Segment) -> Alarm:
    kind = FIGURE if re.search(r"\d", other) else TERM
    return Alarm(
        kind, f"应为“{other}”，不是“{right}”，规定是：{segment.whole}{segment.pending}", segment.citation
    )


def _asked(claim: Claim) -> list[Token]:
    """The numbers of a claim that stand where the key was filled in."""
    if claim.asked is None:
        return []
    start, end = claim.asked
    return [t for t in tokens(claim.text) if t.start < end and start < t.end]


def bears(segment: Segment, claim: Claim, told: Sequence[Token], option: str) -> bool:
    """Whether a sentence has what an option says: every number of it, or its words."""
    if told:
        return not done_no_more(claim.text, segment.whole) and all(
            any(_sets(claim.text, t, segment.text, h) for h in segment.tokens) for t in told
        )
    if re.search(r"\d", option):
        return squash(option) in squash(segment.text)
    if any(grade not in segment.text for grade in GRADES.findall(option)):
        return False  # a grade more or another grade is none in other words
    if GRADES.fullmatch(option) and _with_others(option, segment.text):
        return False  # 一级、二级: neither stands there alone
    plain = words(option)
    if _denied(plain, words(segment.text)) or _kept_out(plain, claim, segment):
        return False
    if len(plain) < _SHORT and claim.asked is not None:  # 三: 三类坝
        plain += words(claim.text[claim.asked[1] : claim.asked[1] + 2])
    if len(plain) < _SHORT:
        return False
    if (
        plain in words(segment.text)
        or (segment.holder and plain in words(segment.holder))
        or shortened(plain, words(segment.text))
    ):
        return True
    if any(word in option and word not in segment.text for word in _LIMITS):
        return False
    if any(d not in segment.text for d in DENIAL.findall(option)):
        return False
    parts = [p for p in re.split("[的和及与、并或]|采取|落实", _SHARED.sub("", option)) if len(p) > 1]
    rule = segment.whole if len(segment.whole) <= _WHOLE else segment.text
    if len(parts) > 1 and all(words(p) in words(rule) for p in parts):
        return True
    said = pairs(option)
    return len(said) > 3 and len(said & segment.pairs) >= 0.8 * len(said)


def _with_others(option: str, text: str) -> bool:
    """Whether a text has a grade only beside another one.

    >>> _with_others("二级", "构成一级、二级重大危险源"), _with_others("二级", "构成二级重大危险源")
    (True, False)
    """
    together = re.findall(rf"(?:{GRADES.pattern})(?:[、和及或与]|或者)(?:{GRADES.pattern})", text)
    return option in text and sum(t.count(option) for t in together) == text.count(option)


def _denied(option: str, text: str) -> bool:
    """Whether a sentence has an option only as what there is not (没有单列的条款).

    >>> _denied("单列的条款", "商贸没有单列的条款"), _denied("单列的条款", "单列的条款有三条")
    (True, False)
    """
    lacking = len(re.findall(f"没有{re.escape(option)}", text))
    return len(option) > _NAME and 0 < lacking == text.count(option)


def _kept_out(option: str, claim: Claim, segment: Segment) -> bool:
    """Whether a sentence has an option only in what it says not to apply to, where the stem asks of no such thing."""
    if segment.kind != "标准" or "不适用" in claim.text or "不适用" not in segment.text:
        return False
    return option not in words("，".join(p for p in PART_END.split(segment.text) if "不适用" not in p))


def _sets(text: str, token: Token, rule: str, limit: Token) -> bool:
    """Whether a number keyed is the limit of a sentence; one found on site (坐了25人) sets none."""
    if (
        comparison(rule, limit) in (">", "<")
        and not comparison(text, token)
        and _FOUND.search(text[: token.start])
    ):
        return False
    return equivalent(text, token, rule, limit)


def _whole(segment: Segment, statements: Statements, said: frozenset[str], total: float) -> float:
    """The share that a short clause has with all its limbs."""
    if segment.kind != "条款" or len(segment.whole) > _WHOLE:
        return 0.0
    return min(1.0, statements.weigh(said & pairs(segment.whole)) / total)


def is_defect(option: str, segment: Segment) -> bool:
    """Whether a clause lists it as a defect to have or use an option: nothing before it in its part denies it."""
    if segment.kind != "条款" or (at := segment.text.find(option)) < 0:
        return False
    before = _BREAK.split(segment.text[:at])[-1]
    return _USES.search(before) is not None and not _LACKS.search(before)


def _named(segment: Segment, stem: str) -> float:
    """How far a stem names what a part of a clause says it is about before its defect (开路水冷元件没有…)."""
    subject = pairs(_LACKS.split(re.split("[：，]", _LACKS.split(segment.text)[0])[-1])[0])
    return len(subject & pairs(stem)) / len(subject) if len(subject) > 1 else 0.0


def _elsewhere(key: Borne, rival: Borne) -> bool:
    """Whether a key stands in a sentence much less like, or in another place of the same sentence."""
    if key.segment == rival.segment:
        return rival.beside >= key.beside + _CLEARLY or rival.after >= key.after + _CLEARLY
    return key.share < rival.share * _RIVAL


def common_suffix(options: Sequence[str]) -> str:
    """What all options end in (超速保护, 打滑保护: 保护), where more than one character is left of each."""
    ends = [o[::-1] for o in options]
    shared = 0
    while ends and all(len(e) > shared + _SHORT for e in ends) and len({e[shared] for e in ends}) == 1:
        shared += 1
    return (
        options[0][len(options[0]) - shared :]
        if shared and len(options) > 1 and not re.search(r"\d", options[0])
        else ""
    )
