"""Fines, terms of imprisonment and other measures: the amount an item is keyed to against those the register gives for that breach.

Amounts are compared as ranges (2万元以上5万元以下, 二万至五万元), in the stage the item speaks of (first, or 逾期) and for whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

from corpus.quantities import chinese_number
from engine.quiz.alarms import FIGURE, Alarm, Found
from engine.quiz.bank import Item
from engine.quiz.claims import BLANK, DENIES, Claim, claims_of, core
from engine.quiz.statements import Statements, pairs, people
from kb.national import Duty

_N = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)"
_U = r"(?:万元|亿元|千元|元|万|千|倍|[%％]|年)"
_RANGE = re.compile(
    rf"(?P<lo>{_N})(?P<ul>{_U})?(?:以上)?[,，、]?(?:至|到|-|—|~|～|以上)(?P<hi>{_N})(?P<uh>{_U})(?:以下)?"
    rf"|(?P<top>{_N})(?P<ut>{_U})以下|(?P<bottom>{_N})年以上(?!{_N}|[,，、至到])"
)
_UTMOST = re.compile(rf"(?<=最高)([^，。；]{{0,12}}?{_N})年(?=有期徒刑|徒刑)")
_PERCENT = re.compile(r"百分之([零一二三四五六七八九十百]+)")
_LATE = re.compile(
    r"逾期|拒不|仍不|未改正|不改正|情节特别|后果特别|情节严重|特别(?:严重|恶劣)(?:的|后果|情节)"
)
_FIRST = re.compile(r"责令(?:限期|立即)?(?:改正|消除)|限期改正")
_PERSON = re.compile(r"直接负责|责任人|主要负责人|个人|投资人|其他负责人|负责人")
_MONEY = re.compile(r"罚款|罚金|处罚|罚|徒刑|最高刑|法定刑|量刑")
_FACTOR = {
    "万元": 1e4,
    "万": 1e4,
    "亿元": 1e8,
    "千元": 1e3,
    "千": 1e3,
    "元": 1.0,
    "倍": 1.0,
    "%": 1.0,
    "％": 1.0,
    "年": 1.0,
}
_CRIME = re.compile(r"[\u4e00-\u9fff]{2,16}罪")
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条(?:之[一二三])?")
NEAR = 0.33  # share of what the item says of the breach that a duty must have
_OF_LAW = 0.22  # the same where it names the law
_TITLE = 6  # characters of the title of a law that tells: not of 安全生产法
SURE = 0.55  # for an alarm without options
_CLOSE = 0.88
_REST = 0.8


@dataclass(frozen=True)
class Amount:
    """A range of money (元), of times (倍) or of percent. `late`: after a deadline; `person`: for people of the unit."""

    low: float
    high: float
    unit: str
    late: bool = False
    person: bool = False

    @property
    def size(self) -> tuple[float, float, str]:
        return self.low, self.high, self.unit


def amounts(text: str) -> list[tuple[Amount, int, int]]:
    """Every range of a text with its characters."""
    plain = _PERCENT.sub(lambda m: f"{chinese_number(m[1]) or 0:g}%".ljust(len(m[0]), "　"), text)
    plain = _UTMOST.sub(r"\1年以下", plain.replace("　", ""))
    out = []
    for m in _RANGE.finditer(plain):
        if m["top"]:
            high, unit = _value(m["top"]), m["ut"]
            amount = (0.0, high * _FACTOR[unit], _kind(unit))
        elif m["bottom"]:
            amount = (_value(m["bottom"]), inf, "年")
        else:
            unit = m["uh"]
            amount = (
                _value(m["lo"]) * _FACTOR[m["ul"] or unit],
                _value(m["hi"]) * _FACTOR[unit],
                _kind(unit),
            )
        stage = re.split(r"[；;。]", plain[: m.start()])[-1]
        phase = plain[: m.start()]
        late = bool(_LATE.search(phase)) and not _after_late(phase)
        clause = re.split(r"[，,；;]", stage)[-1]
        out.append((Amount(*amount, late, bool(_PERSON.search(clause))), m.start(), m.end()))
    return out


def _after_late(before: str) -> bool:
    """Whether a first measure is named after the last word for lateness."""
    last = [m.start() for m in _LATE.finditer(before)][-1]
    return any(m.start() > last + 4 for m in _FIRST.finditer(before))


def _value(text: str) -> float:
    return chinese_number(text) or 0.0


def _kind(unit: str) -> str:
    return unit if unit in ("倍", "年") else "%" if unit in "%％" else "元"


_Near = tuple[float, Duty, str, str, list[Amount]]


def _cites(text: str, basis: str) -> bool:
    """Whether a text names the law and the article of a measure (《煤矿安全生产条例》第六十四条)."""
    title, _, place = re.sub("（[^（）]*）", "", basis).rpartition(" ")
    article = _ARTICLE.match(place)
    return bool(title and article and title in text and re.search(f"{article[0]}(?!之)", text))


def _names_law(text: str, basis: str) -> bool:
    """Whether a text names the law of a measure, its article or not; the one law all breaches are of tells nothing."""
    title = re.sub("（[^（）]*）", "", basis).rpartition(" ")[0]
    return len(title) > _TITLE and title in text


class Fines:
    """Every measure of the register that names an amount, with the breach it follows."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        self.held = [(d, p, found) for d in duties for p in d.penalty if (found := amounts_of(p.measure))]
        self._words = {d.id: pairs(d.duty + d.holder + d.trigger) for d, _, _ in self.held}

    def near(self, statements: Statements, breach: str, text: str, stem: str) -> list[_Near]:
        """Measures for the breach a text tells of, the likest first. What the text says of the measures counts less."""

        def share(said: frozenset[str], duty: Duty, measure: str) -> float:
            has = self._words[duty.id] | pairs(measure)
            return statements.weigh(said & has) / (statements.weigh_known(said) or 1.0)

        whole, told = pairs(text), pairs(breach)
        out = [
            (max(share(told, d, p.measure), _REST * share(whole, d, p.measure)), d, p.basis, p.measure, a)
            for d, p, a in self.held
        ]
        out = [
            o
            for o in out
            if not people(breach) or not people(o[1].holder) or people(breach) & people(o[1].holder)
        ]
        out = [o for o in out if "罪" not in stem or any(c in stem for c in _CRIME.findall(o[1].duty))]
        if cited := [o for o in out if _cites(stem, o[2])]:
            return sorted(cited, key=lambda o: -o[0])
        least = NEAR
        if of_law := [o for o in out if _names_law(stem, o[2])]:
            out, least = of_law, _OF_LAW
        best = max((s for s, *_ in out), default=0.0)
        near = sorted((o for o in out if o[0] >= max(least, best * _CLOSE)), key=lambda o: -o[0])
        return _of_breach(near, told)

    def check(self, item: Item, statements: Statements, found: Found) -> None:
        """The amount keyed, against the measures for that breach."""
        said = item.stem + "".join(item.options)
        if len(item.right) > 1 or not _MONEY.search(said) or DENIES.search(item.stem):
            return
        top = bool(_TOP.search(item.stem)) and all(_PLAIN.fullmatch(o) for o in item.options)
        if top and item.options:  # the upper limit alone is asked for
            put = {o: f"{o}以下" for o in item.options}
            item = replace(item, options=tuple(put.values()), key=put.get(item.key, item.key))
        for claim in claims_of(item):
            self._claim(item, claim, statements, found)

    def _claim(self, item: Item, claim: Claim, statements: Statements, found: Found) -> None:
        told = amounts(claim.text)
        if claim.asked is not None:
            told = [t for t in told if t[1] < claim.asked[1] and claim.asked[0] < t[2]]
        if not told:
            return
        text = core(BLANK.sub("", item.stem))
        near = self.near(statements, _breach(text), text, item.stem)
        if not near:
            return
        _, duty, basis, measure, _ = near[0]
        rule = f"规定是：{duty.duty}；{measure}"
        if len(told) > 1 and claim.asked is not None:
            self._together(item, claim, [a for a, _, _ in told], near[0], found)
            return
        if claim.holds and len(told) > 1 and not item.options:
            first, *rest = (_others([a for a, _, _ in told], held) for *_, held in near)
            others = {first, *rest}
            if 0 in others:
                found.agreed.append(f"{measure}：{basis}")
                return  # the whole measure as it stands
            if first == 1 and near[0][0] >= SURE:
                found.alarms.append(Alarm(FIGURE, f"处罚幅度不对，{rule}", basis))
                return
        for amount, _, _ in told:
            fits = {
                a.size
                for *_, m, _ in near
                for a in _fitting(m, claim.text)
                if _same_case(a, amount, amounts_of(m))
            }
            if amount.size in fits:
                if claim.holds:
                    found.agreed.append(f"{measure}：{basis}")
                elif (
                    len(told) == 1
                    and near[0][0] >= SURE
                    and any((a.size, a.person) == (amount.size, amount.person) for a in near[0][4])
                ):
                    found.alarms.append(Alarm(FIGURE, f"该说法与规定一致，不应判为错误，{rule}", basis))
                continue
            other_unit = not any(f[2] == amount.unit for f in fits)
            if not claim.holds or (other_unit and all(_by_sum(m, claim.text) == m for *_, m, _ in near)):
                continue
            options = {a.size for o in item.wrong for a, _, _ in amounts(_filled(claim, o))}
            if options & fits or (not item.options and near[0][0] >= SURE):
                found.alarms.append(Alarm(FIGURE, f"处罚幅度不对，{rule}", basis))

    def _together(self, item: Item, claim: Claim, told: list[Amount], near: _Near, found: Found) -> None:
        """Several amounts keyed at once (对单位和责任人分别): all of the one measure, where no other option is so."""
        _, duty, basis, measure, held = near
        sizes = {a.size for a in held}
        others = [[a for a, _, _ in amounts(_filled(claim, o))] for o in item.wrong]
        full = [o for o in others if len(o) > 1 and all(a.size in sizes for a in o)]
        if all(a.size in sizes for a in told):
            if not full:
                found.agreed.append(f"{measure}：{basis}")
        elif len(full) == 1:
            found.alarms.append(Alarm(FIGURE, f"处罚幅度不对，规定是：{duty.duty}；{measure}", basis))


_TOP = re.compile(r"(?:上限|最高|最多|至多)[^，。；]{0,6}(?:[（(]|$|[？?]|多少|几)")
_PLAIN = re.compile(rf"{_N}(?:万元|元|万)")


def _of_breach(near: list[_Near], told: frozenset[str]) -> list[_Near]:
    """Without the measures of a duty for another breach of it than the one told (未建制度：…, 未采取措施消除隐患：…)."""
    kept = []
    for one in near:
        others = [o for o in near if o[1].id == one[1].id and o is not one]
        own = {id(o): _names_breach(o) for o in (one, *others)}
        mine = own.pop(id(one))
        rest = frozenset[str]().union(*own.values())
        named = any(
            (w - mine).difference(*(v for k, v in own.items() if k != o)) & told for o, w in own.items()
        )
        if (mine - rest) & told or not named:
            kept.append(one)
    return kept


def _names_breach(near: _Near) -> frozenset[str]:
    """What a measure says, before what it costs, of the breach it is for."""
    return pairs(re.split(r"[：:]|责令|罚|处|逾期|\d", near[3])[0])


def _others(told: list[Amount], held: list[Amount]) -> int | None:
    """How many amounts told are not those of a measure in their order; None where it has more or fewer."""
    return sum(a.size != h.size for a, h in zip(told, held, strict=True)) if len(told) == len(held) else None


def _filled(claim: Claim, option: str) -> str:
    start, end = claim.asked or (len(claim.text), len(claim.text))
    return claim.text[:start] + option + claim.text[end:]


def _same_case(held: Amount, said: Amount, every: list[Amount]) -> bool:
    """Whether a measure is for the stage and the people an item speaks of."""
    stages = {a.late for a in every}
    return (held.late is said.late or len(stages) == 1) and (
        held.person is said.person or len({a.person for a in every}) == 1
    )


def amounts_of(text: str) -> list[Amount]:
    return [a for a, _, _ in amounts(text)]


def _fitting(measure: str, said: str) -> list[Amount]:
    """The amounts of the part of a measure that is for the case told (虚假报告…；失实报告…); all where none is."""
    words, at, parts = pairs(said), 0, []
    measure = _by_sum(measure, said)
    for part in re.split("(?<=[；;])", measure):
        if amounts(part):
            case = _LATE.sub("，", re.split(r"\d", part)[0])  # the stage is told by itself
            parts.append((len(words & pairs(case)), at, at + len(part)))
        at += len(part)
    best = max((n for n, _, _ in parts), default=0)
    chosen = [(a, b) for n, a, b in parts if n == best or "逾期" in measure[a:b]]
    return [a for a, start, _ in amounts(measure) if any(b <= start < e for b, e in chosen)]


_SUM = re.compile(r"(?P<least>\d+)万元以上的(?P<over>[^，；]*)，不足的(?P<under>[^，；]*)")
_GAINED = re.compile(
    rf"违法所得(?:为|是|共计?|达|有|约)*(?P<sum>{_N})(?P<unit>万元|元)|(?P<none>没有|无)违法所得"
)


def _by_sum(measure: str, said: str) -> str:
    """A measure without its case for a gain of another size than the one told (10万元以上的并罚…，不足的罚…)."""
    case, told = _SUM.search(measure), _GAINED.search(said)
    if case is None or told is None:
        return measure
    gained = 0.0 if told["none"] else _value(told["sum"]) * _FACTOR[told["unit"]]
    start, end = case.span("under" if gained >= float(case["least"]) * _FACTOR["万"] else "over")
    return measure[:start] + "　" * (end - start) + measure[end:]


_GOES_ON = re.compile(r"仍然?(?:进行|组织|继续|从事|违规|擅自)*(?=生产|作业|建设|经营)")
_FOUND_BY = re.compile(r"[，,]?被[^，。；]{0,16}(?:查处|查获|检查发现|查实)[。，]?|对该[^，。；]{0,6}")


def _breach(text: str) -> str:
    """What was not done, without the measures and without who found it."""
    text = _FOUND_BY.sub("，", _GOES_ON.sub("仍", text))
    head = re.split(r"责令|逾期|处以|应?(?:当)?处|并处|可处|可以处|罚款|(?:将)?被?处", text)[0]
    return head if len(head) > 5 else text
