"""Grades of accidents: a question's number of deaths, injuries or loss against the ranges the register states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.quantities import chinese_number
from engine.quiz.alarms import FIGURE, LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.claims import BLANK, Claim
from kb.national import Duty

ACCIDENTS = "ACC-004"  # the duty that holds the grades of accidents
_GRADES = ("特别重大", "重大", "较大", "一般")
_PART = re.compile(rf"({'|'.join(_GRADES)})（([^）]*)）")
_SAID = re.compile(
    r"(?:死亡)(?:了)?(?P<d1>\d+)人|(?P<d2>\d+)人(?:以上(?:\d+人以下)?)?的?死亡|(?P<i>\d+)人(?:以上(?:\d+人以下)?)?的?(?:急性工业中毒|重伤)"
    r"|(?:急性工业中毒|重伤)(?:了)?(?P<i2>\d+)人"
    r"|(?P<loss>\d+(?:\.\d+)?)(?P<unit>万|亿)元"
)
_UP_TO = re.compile(
    r"(?<![\d以上])(\d+)人以下(?=的?(?:死亡|重伤|急性))"
)  # the highest number below it tells the grade
_NAMED = re.compile(rf"({'|'.join(_GRADES)})(?:生产安全)?(?:责任)?事故(?!隐患|罪)")
_AMOUNT = re.compile(r"(\d+)(?:万|[%％])")
_WORDED = re.compile(r"[一二三四五六七八九十百千]+(?=万|[%％])|百分之[一二三四五六七八九十百]+")
_STEP = re.compile(rf"({'|'.join(_GRADES)})(\d+)(?:万(?:至(\d+)万)?|%)")
_ABOUT = re.compile(r"属于|等级|(?:称|认定|定|判定)?为|是(?:指)?")
_SUCH = re.compile(
    r"(?:属于|构成|是|为)[^，。；不]{0,4}事故的[^，。；]{0,4}(?:有|是|[（(])|哪[^，。；]{0,6}(?:属于|构成|是|为)"
)
_ONLY = re.compile(r"[^。；]*(?:死亡|重伤|中毒|损失)[^。；]*(?:属于|为|是|定)[^，。；]*事故。?")
_NOT_ABOUT = re.compile(r"罚款|奖励|处罚|报告|上报|调查")


@dataclass(frozen=True)
class Ladder:
    """From which number on each grade begins: deaths, injuries and loss (万元)."""

    deaths: dict[str, float]
    injured: dict[str, float]
    loss: dict[str, float]

    def grade(self, measure: str, value: float) -> str:
        """The highest grade a number reaches; 一般 below all."""
        bounds = getattr(self, measure)
        return next((g for g in _GRADES[:3] if g in bounds and value >= bounds[g]), "一般")


def ladder(duty: Duty) -> Ladder:
    """The ranges a duty of the register prints: 较大（3至9死或10至49重伤或1000万至5000万元）."""
    deaths, injured, loss = {}, {}, {}
    for grade, text in _PART.findall(duty.duty):
        if grade == "一般":
            continue
        for part in text.split("或"):
            first = re.match(r"(\d+)(万|亿)?", part)
            if first is None:
                continue
            value = float(first[1])
            if "死" in part:
                deaths[grade] = value
            elif "重伤" in part:
                injured[grade] = value
            elif "元" in part:
                loss[grade] = value * (10000 if first[2] == "亿" or (not first[2] and "亿" in part) else 1)
    return Ladder(deaths, injured, loss)


def check(asked: Asked, found: Found) -> None:
    """The grade of an accident by its numbers, then the fine or reward by the grade."""
    before = len(found.alarms)
    _by_options(asked, found)
    if len(found.alarms) == before:  # one fault, one alarm
        _by_numbers(asked, found)
    _scale(asked, found)


def of_grade(text: str) -> bool:
    """Whether a statement tells the grade of an accident by its deaths, injuries or loss."""
    return bool(
        _NAMED.search(text)
        and (_SAID.search(text) or _UP_TO.search(text))
        and _ABOUT.search(text)
        and not _NOT_ABOUT.search(text)
    )


def _by_options(asked: Asked, found: Found) -> None:
    """「下列属于较大事故的有」: the options whose numbers reach that grade and none above."""
    item, named = asked.item, set(_NAMED.findall(asked.item.stem))
    told = {o: [m for m in _SAID.finditer(o) if not o.startswith("以", m.end())] for o in item.options}
    if item.holds is not None or len(named) != 1 or not _SUCH.search(item.stem) or not all(told.values()):
        return
    duty = asked.book.registers.duty[ACCIDENTS]
    steps, grade = ladder(duty), named.pop()
    reached = {o: {_reached(m, steps) for m in found_in} for o, found_in in told.items()}
    right = {o for o, grades in reached.items() if next(g for g in _GRADES if g in grades) == grade}
    basis = "；".join(duty.basis)
    if right == set(item.right):
        found.agreed.append(f"{'、'.join(item.right)}：{basis}")
    elif right:
        reason = f"属于{grade}事故的是“{'”“'.join(sorted(right))}”，规定是：{duty.duty}"
        found.alarms.append(Alarm(LEVEL, reason, basis))


def _by_numbers(asked: Asked, found: Found) -> None:
    """Whether the grade an item is keyed to is that of the number it gives."""
    grade_asked = bool(asked.item.options) and all(_NAMED.search(o) for o in asked.item.options)
    if (_NOT_ABOUT.search(asked.item.stem) and not grade_asked) or len(asked.item.right) > 1:
        return
    duty = asked.book.registers.duty[ACCIDENTS]
    citation = "；".join(duty.basis)
    for claim in asked.claims:
        if _ABOUT.search(claim.text):
            _claim(claim, duty, citation, found)


def _claim(claim: Claim, duty: Duty, citation: str, found: Found) -> None:
    text = _UP_TO.sub(lambda m: f"{int(m[1]) - 1}人", BLANK.sub("", claim.text))
    named = _NAMED.findall(text)
    told = [m for m in _SAID.finditer(text) if not text.startswith("以下", m.end())]
    if len(set(named)) != 1 or not told:
        return
    steps = ladder(duty)
    grades = {_reached(m, steps) for m in told}
    highest = next((g for g in _GRADES if g in grades), "")
    if highest == named[0]:
        if claim.holds:
            found.agreed.append(f"{claim.text}：{citation}")
        elif _ONLY.fullmatch(claim.text):
            found.alarms.append(
                Alarm(LEVEL, f"该说法与规定一致，不应判为错误，规定是：{duty.duty}", citation)
            )
    elif claim.holds:
        found.alarms.append(
            Alarm(LEVEL, f"应为{highest}事故，不是{named[0]}事故，规定是：{duty.duty}", citation)
        )


def _scale(asked: Asked, found: Found) -> None:
    """Fines and rewards by grade (一般30万至100万、较大…): the amount an item is keyed to against that of the grade it names."""
    for claim in () if len(asked.item.right) > 1 else asked.claims:
        step = _step(asked, claim)
        if step is None or not claim.holds or (step.unit != "%" and "年收入" in asked.item.stem):
            continue  # an amount reckoned from an income is no step of the unit's own fine
        if step.amounts == step.right:
            found.agreed.append(f"{claim.text}：{step.basis}")
        elif step.of_scale or len(step.amounts) == len(step.right):
            right = "至".join(f"{a:g}{step.unit}" for a in step.right)
            found.alarms.append(
                Alarm(FIGURE, f"{step.grade}事故应为{right}，规定是：{step.text}", step.basis)
            )


def scaled(asked: Asked, claim: Claim) -> bool:
    """Whether a claim says what a fine or a reward is for a grade of accident, and a scale of them is held."""
    return _step(asked, claim) is not None


@dataclass(frozen=True)
class _Step:
    """The amounts a claim says and those of its grade on the scale. `of_scale`: they are those of another grade."""

    grade: str
    amounts: list[float]
    right: list[float]
    of_scale: bool
    unit: str
    text: str
    basis: str


def _step(asked: Asked, claim: Claim) -> _Step | None:
    """The step of the scale that a claim of one grade is about."""
    named = set(_NAMED.findall(claim.text)) or _by_harm(asked, claim.text)
    said = _WORDED.sub(_in_digits, claim.text)
    amounts = [float(a) for a in _AMOUNT.findall(said)]
    if len(named) != 1 or not amounts:
        return None
    grade = named.pop()
    for text, basis, coal in _scales(asked.book.registers.duties):
        what = next((w for w in ("罚款", "奖励", "年收入") if w in claim.text and w in text), "")
        steps = {g: [float(a) for a in (low, high) if a] for g, low, high in _STEP.findall(text)}
        unit = "%" if what and "%" in text else "万"
        if not what or (coal is not ("煤矿" in asked.industries) and unit == "万") or grade not in steps:
            continue
        if ("%" in said.replace("％", "%")) is (unit == "%"):
            return _Step(grade, amounts, steps[grade], amounts in steps.values(), unit, text, basis)
    return None


def _by_harm(asked: Asked, text: str) -> set[str]:
    """The grade of an accident told by its numbers alone (死亡4人，对该企业的罚款)."""
    told = [m for m in _SAID.finditer(text) if m["loss"] is None]
    if not told or any(text.startswith(("以上", "以下", "至"), m.end()) for m in told):
        return set()
    reached = {_reached(m, ladder(asked.book.registers.duty[ACCIDENTS])) for m in told}
    return {next(g for g in _GRADES if g in reached)}


def _in_digits(match: re.Match[str]) -> str:
    """二十万, 百分之四十 with digits."""
    number = chinese_number(match[0].removeprefix("百分之")) or 0
    return f"{number:g}{'%' if match[0].startswith('百分之') else ''}"


def _scales(duties: Iterable[Duty]) -> Iterator[tuple[str, str, bool]]:
    """Every text that sets amounts by grade, its basis, and whether it is for coal mines alone."""
    for duty in duties:
        told = [(duty.duty, "；".join(duty.basis)), *((p.measure, p.basis) for p in duty.penalty)]
        yield from ((t, b, "煤矿" in duty.industries) for t, b in told if len(_STEP.findall(t)) > 2)


def _reached(match: re.Match[str], steps: Ladder) -> str:
    if match["loss"]:
        return steps.grade("loss", float(match["loss"]) * (10000 if match["unit"] == "亿" else 1))
    if injured := match["i"] or match["i2"]:
        return steps.grade("injured", float(injured))
    return steps.grade("deaths", float(match["d1"] or match["d2"]))
