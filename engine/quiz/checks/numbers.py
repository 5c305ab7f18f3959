"""Numbers: days, years, people, sums and sizes the key states, against the duty or clause that says the same."""

from __future__ import annotations

import re

from engine.quiz import governed
from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.amounts import COUNTED, Token, comparison, counts_otherwise, equivalent, limits, tokens
from engine.quiz.bank import Item
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.grades import of_grade, scaled
from engine.quiz.claims import DENIES, Claim, core, filled, statement
from engine.quiz.denials import done_no_more
from engine.quiz.instruments import of_other_law
from engine.quiz.polarity import denied_at
from engine.quiz.prove import compares
from engine.quiz.respective import each
from engine.quiz.statements import CLAUSE, CLOSE, LIKE, SAME, Segment, beside_same, full, pairs

_ORDINARY = re.compile(
    "(?:一般|其他|普通)(?:的)?(?:生产经营|行业)?(?:单位|企业|行业)|非高危"
)  # of no trade of its own
_TO = re.compile(
    r"^(?:以上|以下|以内)?(?:至|到|[-～~])?[\d.一二两三四五六七八九十百]*(?:倍|%|万元|元|日|年|个月)?(?:以上|以下|以内)?"
)  # the other end of a range
_NONE_SUCH = re.compile("不属于[^，。；]{0,8}(?:单位|企业|行业|领域)的")  # whom a stem is about
_ABOUT = 0.2  # likeness of a sentence of several cases, one of which is told by its own words
_HAS = re.compile(r"(?:有|共|实有|现有)(?![^，。；]*(?:超过|不少于|至少|以上))[^，。；\d]{0,8}$")
_BOUND = re.compile("(?:(?P<most>不得?(?:超过|大于|高于|多于))|不得?(?:少于|低于|小于)|至少)[^，。；]{0,3}$")
_STAFF = re.compile("(?:从业人员|员工|职工|用工)(?:人数)?(?:总数)?(?:为|是|仅|恰好?为?|刚好)?$")
_WITHIN = re.compile("(?:之|以)?内|的?(?:时限|期限)|(?<=内)")
_NOT_REACHED = re.compile("(?:没有?|[未不])(?:超过|达到|超|达|满|足)$")  # what was found, beside a level
_LAW = re.compile("《[^《》]*》|安全生产法|(?:没有)?规定|必须|应当|[，,]")
_AMOUNT = re.compile("[\\d.万亿千元至倍%‰年日以上下并处罚款]+|逾期|责任人")
_PUNISHES = re.compile("(?:拘留|徒刑|拘役)[^，。；\\d]{0,4}$")
_TELLING = 4  # pairs of characters by which a part of a statement is known
_ALONE = 0.65  # of the likeness of a sentence, below which the next one is about something else
_NOT = re.compile("[不未无免仅只]|没")
_WAIVES = re.compile("可以?[不只仅](?!得)|无需|无须|不必|只需|即可")
_JOINS = re.compile(
    "并且|而且|[，、]?且(?!不得)|同时|[，；]或者?|或者?(?=[未没不无])|才(?:应|能|可|会)?(?:判定|构成|属于|认定)"
)
_REACHED = re.compile("达到?(?:了)?[^，。；\\d]{0,12}$")
_PERIODS = {
    "月": re.compile("[某单当]月|一个月的?[^，。；]{0,4}产量|月产"),
    "季": re.compile("季度"),
    "年": re.compile("全年|年产|年度"),
}
_FRAME = re.compile("应当?|必须|须|进行|开展|组织|每[^，。；]|[，。]")
_ALL = 0.85  # share of the words of a statement that a sentence must have to say all of it
_TERM = 0.4  # share of a statement that a duty without a term must have
_GENERAL = 0.7  # share of the likeness of a trade's own rule that the rule for all others must have
_SUBJECT = 0.5  # share of the likest duty's likeness that one of the subject named must have
_ONE_ALONE = re.compile("[仅只]")  # of one alone: the number does not tell whether of him alone


def check(asked: Asked, found: Found) -> None:
    """Every claim; of a question about a level only the numbers said as a limit (超过9人)."""
    stem = asked.item.stem
    if DENIES.search(_NONE_SUCH.sub("", stem)) or (
        asked.item.holds is not None and (said := statement(stem)) and not said[1]
    ):
        return
    told = Found()
    for claim in (c for whole in asked.claims for c in each(whole)):
        if of_grade(claim.text) or scaled(asked, claim):
            continue  # engine.quiz.checks.grades knows the ladder
        for token in _told(claim, limits_only=bool(asked.levels)):
            _number(asked, claim, token, told)
    stated = asked.item.holds is not None
    levels = tuple(f"“{f}”" for f, _ in asked.levels)  # that it is 重大 tells nothing of where the limit lies
    found.alarms += [
        a
        for a in told.alarms
        if not (_upheld(asked, a, found.agreed) if stated else _reached_by_case(asked, a, found.agreed))
        and not _other_period(asked.item.stem, a)
        and not _in_its_item(a, [g for g in found.agreed if not g.startswith(levels)])
    ]
    if not (stated and (asked.levels or _WAIVES.search(asked.item.stem) or _JOINS.search(asked.item.stem))):
        found.agreed += [
            a for a in told.agreed if not (stated and of_other_law(asked.item.stem, a))
        ]  # that a number is right bears out no level, no waiver, no joining word


def _upheld(asked: Asked, alarm: Alarm, agreed: list[str]) -> bool:
    """Whether a number is what a case reached (达到118%), not a limit, and the level is borne out or the rule's limits are reached."""
    _, mark, rule = alarm.reason.partition("规定是：")
    for finding, major in asked.levels:
        reached = [t for t in tokens(finding) if _REACHED.search(finding[: t.start])]
        said = [t for t in reached if f"“{t.text}”" in alarm.reason]
        if not mark or not said:
            return False
        if any(a.startswith(f"“{finding}”") for a in agreed):
            continue
        set_ = [(comparison(rule, t), t) for t in tokens(rule) if t.unit == said[0].unit]
        over = [compares(said[0].value, sign, t.value) for sign, t in set_ if sign]
        if not (major and over and all(over)):
            return False
    return bool(asked.levels)


def _reached_by_case(asked: Asked, alarm: Alarm, agreed: list[str]) -> bool:
    """Whether a number is what a case among the options reached (达到，氢气含量460), and its level is borne out."""
    return any(
        f"“{t.text}”" in alarm.reason and _REACHED.search(finding[: t.start].replace("，", ""))
        for finding, _ in asked.levels
        if any(a.startswith(f"“{finding}”") for a in agreed)
        for t in tokens(finding)
    )


def _in_its_item(alarm: Alarm, agreed: list[str]) -> bool:
    """Whether an option with the number was already laid on the item of the very sentence that has it (总烃含量超过450微升/升)."""
    number = alarm.reason.removeprefix("“").partition("”")[0]
    return any(alarm.citation in a and number in a.partition("：")[0] for a in agreed)


def _other_period(stem: str, alarm: Alarm) -> bool:
    """Whether a stem measures by another period than the sentence (某月产量, where it is 全年 and 季度)."""
    said, set_ = (
        {p for p, words in _PERIODS.items() if words.search(t)}
        for t in (stem, alarm.reason.partition("规定是：")[2])
    )
    return bool(said and set_) and not said & set_


def _told(claim: Claim, *, limits_only: bool) -> list[Token]:
    """The numbers of a claim that the key filled in; all of them where it filled in nothing."""
    told = [
        t
        for t in tokens(claim.text)
        if not (claim.asked is None and _once_every(claim.text, t))
        if not limits_only or (limits(claim.text, t) and not _NOT_REACHED.search(claim.text[: t.start]))
    ]
    return [t for t in told if claim.asked is None or (t.start < claim.asked[1] and claim.asked[0] < t.end)]


def _once_every(text: str, token: Token) -> bool:
    """Whether a number is the once of a frequency (每年至少一次): the same in every rule, it bears out none."""
    return token.unit == "次" and token.value == 1 and any(t.unit == "每" for t in tokens(text))


def _number(asked: Asked, claim: Claim, token: Token, found: Found) -> None:
    """One number against the sentences of the clauses cited, else those most like the part it stands in."""
    before = claim.text[: token.start]
    if _PUNISHES.search(before):
        return  # 拘留15日以下: a measure, no term to act in
    if claim.asked is None and token.unit in COUNTED and (_HAS.search(before) or _STAFF.search(before)):
        return  # what a unit has (有员工300人) sets no limit
    part = _telling_part(claim.text, token)
    industries = asked.industries_of(claim, token)
    ranked = asked.statements.like(core(part), industries)
    if _ORDINARY.search(part):
        ranked = [(n, s) for n, s in ranked if not s.industries]
    ranked = _by_subject(
        part,
        [
            (n, s)
            for n, s in ranked
            if s.speaks_of(part)
            and not s.of_another_side(claim.text)
            and not governed.of_another_case(s.own, s.whole, claim.text)
        ],
    )
    cites = asked.hinted_ids
    if _without_term(asked, claim, token, found) or _by_case(asked, claim, token, ranked, industries, found):
        return
    own = [(n, s) for n, s in ranked if s.source in cites and any(t.family == token.family for t in s.tokens)]
    if own:
        near = _of_case(claim, token, [s for n, s in own if n >= own[0][0] * CLOSE])
        _compare(asked.item, claim, token, near, False, found, cited_here=True)
    elif ranked and ranked[0][0] >= (LIKE if ranked[0][1].kind == "职责" else CLAUSE):
        near = _of_case(claim, token, [s for score, s in ranked if score >= ranked[0][0] * CLOSE])
        agree = [s for s in near if any(t.same(token) for t in s.tokens)]
        if not industries and _of_one_trade(agree, [s for n, s in ranked if n >= ranked[0][0] * _GENERAL]):
            return
        _compare(asked.item, claim, token, near, ranked[0][0] >= SAME, found)
    elif ranked and ranked[0][0] >= _ABOUT:
        _other_option(asked.item, claim, token, ranked, found)


def _of_one_trade(agree: list[Segment], near: list[Segment]) -> bool:
    """Whether of a question of no trade only what holds in one trade has its number, beside a rule for all: neither right nor wrong."""
    return (
        bool(agree)
        and all(s.industries for s in agree)
        and any(s.kind == "职责" and not s.industries for s in near)
    )


def _of_case(claim: Claim, token: Token, near: list[Segment]) -> list[Segment]:
    """Of sentences about as like, those that have another limit the claim tells: that of its case (高度超过100米的…每半年)."""
    told = [
        t
        for t in tokens(claim.text)
        if t.start != token.start and t.unit != "次" and t.family != token.family
    ]
    mine = [s for s in near if any(t.same(o) for o in told for t in s.tokens)]
    return mine or near


def _without_term(asked: Asked, claim: Claim, token: Token, found: Found) -> bool:
    """Whether a term of days or hours is told (or denied) of a duty for which the law sets none: 及时, not 24小时内."""
    if token.family != "时间" or not _WITHIN.match(claim.text, token.end):
        return False
    denied = denied_at(claim.text, token.start)
    said = _raw(_LAW.sub("", claim.text[: token.start] + claim.text[token.end :]))
    best: tuple[float, Segment | None] = (0.0, None)
    for segment in asked.statements.allowed(asked.industries):
        if segment.kind == "职责" and (segment.unset or any(t.family == "时间" for t in segment.tokens)):
            share = len(said & _raw(segment.text)) / max(1, len(said))
            best = (share, segment) if share > best[0] else best
    share, duty = best
    if duty is None or not duty.unset or not duty.verified or share < _TERM:
        return False
    if denied is claim.holds:
        found.agreed.append(f"{duty.unset}：{duty.citation}")
    elif claim.holds or denied:
        wrong = f"“{token.text}”没有依据" if claim.holds else "该说法与规定一致，不应判为错误"
        found.alarms.append(Alarm(FIGURE, f"{wrong}，规定是：{duty.whole}；{duty.unset}", duty.citation))
    return True


def _raw(text: str) -> frozenset[str]:
    """Every pair of characters, the common ones too."""
    parts = re.findall("[\u4e00-\u9fff]+", full(text))
    return frozenset(p[i : i + 2] for p in parts for i in range(len(p) - 1))


def _by_case(
    asked: Asked,
    claim: Claim,
    token: Token,
    ranked: list[tuple[float, Segment]],
    industries: frozenset[str],
    found: Found,
) -> bool:
    """Whether the case told (综掘, 基建矿山) settles which of several numbers of one sentence applies."""
    cites, item = asked.hinted_ids, asked.item
    if claim.holds and _with_another(item, claim, token, ranked, found):
        return True
    mine = [(n, s) for n, s in ranked if s.source in cites] or ranked
    if claim.asked and not cites:  # what has no such number does not answer
        mine = [(n, s) for n, s in mine if any(governed.alike(t, token) for t in s.tokens)]
    best = mine[0][0] if mine else 0.0
    if best < (0.0 if mine and mine[0][1].source in cites else _ABOUT):
        return False
    near = [s for n, s in mine if n >= best * (CLOSE if industries or s.industries else _GENERAL) and any(governed.alike(t, token) for t in s.tokens)
            and not governed.elsewhere(claim.text, token, s.text)]  # fmt: skip
    near = [s for s in near if not counts_otherwise(claim.text, [token], s.text)]
    told = {s: t for s in near if (t := _for_case(claim.text, token, s)) is not None}
    if not told:
        return False
    segment, limit = min(told.items(), key=lambda p: not industries and bool(p[0].industries))
    same = [(s, t) for s, t in told.items() if equivalent(claim.text, token, s.own, t)]
    if not industries and _of_one_trade([s for s, _ in same], near):
        return True
    if same:
        if claim.holds and _turned(item, claim, token, [s for s, _ in same]):
            found.alarms.append(_wrong_side(token, segment))
        elif claim.holds:
            found.agreed.append(f"{token.text}：{segment.citation}")
        return claim.holds
    if not claim.holds:
        found.agreed.append(f"{token.text}不对，应为{limit.text}：{segment.citation}")
        return True
    if any(t.same(token) for s in near if s not in told for t in s.tokens):
        return False
    if item.options and not any(t.same(limit) for o in item.wrong for t in tokens(filled(item.stem, o).text)):
        return False
    lax = bool(asked.levels) and _laxer(claim.text, token, segment.own, limit)
    if not item.options and not lax and not any(t.same(token) for t in segment.tokens):
        return False  # neither this case's number nor another's
    reason = f"“{token.text}”不对，这种情形是{limit.text}，规定是：{segment.whole}{segment.pending}"
    found.alarms.append(Alarm(FIGURE, reason, segment.citation))
    return True


def _for_case(text: str, token: Token, segment: Segment) -> Token | None:
    """The number a sentence sets for the case told, or for the rest of its holders."""
    rest = governed.set_for_rest(text, token, segment.own, segment.holder)
    return rest or governed.set_for(text, token, segment.own)


def _with_another(
    item: Item, claim: Claim, token: Token, ranked: list[tuple[float, Segment]], found: Found
) -> bool:
    """Whether a sentence settles a number by the one it goes with (180日内3次): it has the two together, or another there."""
    told = [(s, t) for n, s in ranked if n >= _ABOUT and (t := governed.paired(claim.text, token, s.text))]
    if agrees := next((s for s, t in told if t.same(token)), None):
        found.agreed.append(f"{token.text}：{agrees.citation}")
        return True
    offered = [t for o in item.wrong for t in tokens(filled(item.stem, o).text)]
    if not told or not any(t.same(told[0][1]) for t in offered) or len({t.value for _, t in told}) > 1:
        return False
    segment, limit = told[0]
    found.alarms.append(
        Alarm(FIGURE, f"“{token.text}”不对，应为{limit.text}，规定是：{segment.whole}", segment.citation)
    )
    return True


def _laxer(text: str, token: Token, rule: str, limit: Token) -> bool:
    """Whether a statement takes in more than the rule does (达到12‰, where the rule begins at 15‰)."""
    said, set_ = comparison(text, token), comparison(rule, limit)
    if not said or not set_ or said[0] != set_[0] or token.unit != limit.unit:
        return False
    return token.value < limit.value if said[0] == ">" else token.value > limit.value


def _each_by_case(claim: Claim, segment: Segment) -> bool:
    """Whether no number of a statement is that of another case."""
    limits_ = [(t, governed.set_for(claim.text, t, segment.own)) for t in tokens(claim.text)]
    return all(limit is None or equivalent(claim.text, t, segment.own, limit) for t, limit in limits_)


def _compare(
    item: Item,
    claim: Claim,
    token: Token,
    near: list[Segment],
    surely: bool,
    found: Found,
    *,
    cited_here: bool = False,
) -> None:
    """One number against the sentences that say the same; `surely`: they say just that."""
    comparable = [s for s in near if any(t.family == token.family for t in s.tokens)]
    first = comparable[0] if comparable else near[0]
    rule = f"规定是：{first.whole}{first.pending}"
    if not comparable:
        if first.unset and token.family == "时间" and claim.holds:
            reason = f"“{token.text}”没有依据，{rule}；{first.unset}"
            found.alarms.append(Alarm(FIGURE, reason, first.citation))
        return
    part = core(_telling_part(claim.text, token))
    same = [
        (s, t)
        for s in comparable
        for t in _offered(item, s, s.about(part, token), token)
        if equivalent(claim.text, token, s.text, t)
    ]
    if same and claim.holds and _flipped(item, token, same):
        found.alarms.append(Alarm(FIGURE, f"“{token.text}”是否含本数不对，{rule}", first.citation))
    elif same and claim.holds and _turned(item, claim, token, [s for s, _ in same]):
        found.alarms.append(_wrong_side(token, first))
    elif same and claim.holds and done_no_more(claim.text, same[0][0].whole):
        return  # its number, of an act that it ends
    elif same and claim.holds:
        found.agreed.append(f"{token.text}：{same[0][0].citation}")
    elif (
        same
        and (surely or _covers(part, first))
        and first.verified
        and first.kind == "职责"
        and not _ONE_ALONE.match(claim.text)
        and _repeats(claim.text, first)
        and _each_by_case(claim, first)
    ):
        found.alarms.append(Alarm(FIGURE, f"该说法与规定一致，不应判为错误，{rule}", first.citation))
    elif not same and (
        any(beside_same(claim.text, token, s) for s in comparable)
        or all(_of_another_act(claim.text, token, s) for s in comparable)
        or _has_all(item, first)
    ):
        return
    elif not same and not item.options and not surely and not _measures_so(token, comparable):
        return  # hours, where the sentence about something like it counts working days
    elif not same and claim.holds and (first.kind == "职责" or cited_here or limits(claim.text, token)):
        found.alarms.append(Alarm(FIGURE, f"“{token.text}”不对，{rule}", first.citation))


def _of_another_act(text: str, token: Token, segment: Segment) -> bool:
    """Whether what a statement and a sentence say after their numbers is wholly another (60日内提交, 30日内…补报)."""
    act = pairs(re.split("[；;。]", _TO.sub("", text[token.end :]))[0])
    limits_ = [t for t in segment.tokens if t.family == token.family]
    own = frozenset(p for t in limits_ for p in pairs(_TO.sub("", segment.text[t.end :])))
    return bool(act and own) and not act & segment.known and not own & pairs(text)


def _has_all(item: Item, segment: Segment) -> bool:
    """Whether a key of several numbers (三年，期满前三个月) has each of them in a sentence, in whatever part."""
    keyed = [t for o in item.right for t in tokens(o)] if item.options else []
    return len(keyed) > 1 and all(any(t.same(held) for held in segment.tokens) for t in keyed)


def _offered(item: Item, segment: Segment, about: list[Token], token: Token) -> list[Token]:
    """Of a sentence's numbers those asked for: no option offers the number of a part like the stem, but that of another."""
    offered = [
        (c.text, t)
        for o in item.options
        for c in (filled(item.stem, o),)
        for t in _told(c, limits_only=False)
    ]

    def is_offered(number: Token) -> bool:
        return any(equivalent(said, t, segment.text, number) for said, t in offered)

    if not offered or any(is_offered(t) for t in about):
        return about
    return [t for t in segment.tokens if t.family == token.family and is_offered(t)] or about


def _measures_so(token: Token, near: list[Segment]) -> bool:
    """Whether a sentence counts in the unit of a token, or in one that turns into it (小时 and 日, 每 and 月)."""
    return any(
        t.unit == token.unit
        or {t.unit, token.unit} in ({"小时", "日"}, {"工作日", "日"})
        or "每" in (t.unit, token.unit)
        for s in near
        for t in s.tokens
        if t.family == token.family
    )


def _covers(part: str, segment: Segment) -> bool:
    """Whether a sentence that says more has nearly every word of a statement."""
    said = pairs(_FRAME.sub("，", part))
    denied = len(_NOT.findall(part)) != len(_NOT.findall(segment.text))
    return not denied and len(said) > 3 and len(said & segment.pairs) >= _ALL * len(said)


def _other_option(
    item: Item, claim: Claim, token: Token, ranked: list[tuple[float, Segment]], found: Found
) -> None:
    """The one duty at all like the stem has the number of another option, and not the one keyed."""
    best, duty = ranked[0]
    limit = {(t.value, t.unit): t for t in duty.tokens if t.family == token.family}
    alone = len(ranked) < 2 or ranked[1][0] <= _ALONE * best
    if not alone or duty.kind != "职责" or not duty.verified or len(limit) != 1 or not item.options:
        return
    (only,) = limit.values()
    if equivalent(claim.text, token, duty.text, only):
        found.agreed.append(f"{token.text}：{duty.citation}")
    elif any(t.same(only) for o in item.wrong for t in tokens(filled(item.stem, o).text)):
        reason = f"“{token.text}”不对，规定是：{duty.whole}"
        found.alarms.append(Alarm(FIGURE, reason, duty.citation))


def _flipped(item: Item, token: Token, same: list[tuple[Segment, Token]]) -> bool:
    """Whether the key takes the number itself in (or leaves it out) wrongly, while another option has it right."""
    said = next((comparison(o, t) for o in item.right for t in tokens(o) if t.same(token)), "")
    right = {comparison(s.text, t) for s, t in same}
    if not said or said in right or len(right) != 1:
        return False
    others = [(o, t) for o in item.wrong for t in tokens(o) if t.same(token)]
    return any(comparison(o, t) in right for o, t in others)


def _turned(item: Item, claim: Claim, token: Token, same: list[Segment]) -> bool:
    """Whether a statement sets as the most what each duty that says the same sets as the least, or the other way round."""
    said = _bound(claim.text, token)
    set_ = {_bound(s.whole, t) for s in same for t in tokens(s.whole) if t.same(token)} - {""}
    duties = all(s.kind == "职责" and s.verified for s in same)
    return not item.options and duties and {said, *set_} == {"<=", ">="} and len(set_) == 1


def _wrong_side(token: Token, segment: Segment) -> Alarm:
    reason = f"“{token.text}”是上限还是下限不对，规定是：{segment.whole}"
    return Alarm(FIGURE, reason, segment.citation)


def _bound(text: str, token: Token) -> str:
    """The least or the most that must be (不少于, 不超过), by the words right before a number."""
    before = re.split("[，。；\\d]", text[: token.start])[-1]
    found = _BOUND.search(before)
    return "" if found is None else "<=" if found["most"] else ">="


def _by_subject(text: str, ranked: list[tuple[float, Segment]]) -> list[tuple[float, Segment]]:
    """Duties about as like whose holder the text names go before one whose holder it does not."""
    said = pairs(text)
    first = pairs(ranked[0][1].holder) if ranked and ranked[0][1].kind == "职责" else frozenset()
    if not first or said & first or "生产经营单位" in ranked[0][1].holder:
        return ranked
    own = [(score, s) for score, s in ranked if score >= ranked[0][0] * _SUBJECT and s.kind == "职责"
           and s.tokens and len(said & (pairs(s.holder) - first)) > 1]  # fmt: skip
    return own or ranked


def _repeats(text: str, segment: Segment) -> bool:
    """Whether every number of a statement is one the sentence has."""
    held = tokens(segment.whole)
    return all(any(t.same(h) for h in held) for t in tokens(text))


def _telling_part(text: str, token: Token) -> str:
    """The part of a statement in which a number stands; the whole where the part says nothing of what it is for (逾期5万至20万元)."""
    part = part_of(text, token)
    return part if len(pairs(_AMOUNT.sub("，", core(part)))) >= _TELLING else text


def part_of(text: str, token: Token) -> str:
    """The part of a statement in which a number stands."""
    start = max(text.rfind(mark, 0, token.start) for mark in "；;。") + 1
    ends = [e for mark in "；;。" if (e := text.find(mark, token.end)) >= 0]
    return text[start : min(ends, default=len(text))]
