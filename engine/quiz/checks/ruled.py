"""Statements of a rule (…的，应判定为重大), not of a case: what the standard says of itself, and what a clause presumes.

- what is in no list of the standard is no 重大 by it, unless the standard ends on a clause for all else;
- a device that is there but of no use counts as missing, where the standard has that rule;
- a rule that says a limb of the clause it is about leaves its trade unsaid, and what is presumed: these are given.
"""

from __future__ import annotations

import re

from engine.clauses import DECISIVE, ClauseResult, Status
from engine.judge import Finding
from engine.quiz.alarms import LEVEL, Alarm, Found
from engine.quiz.checks.asked import Asked
from engine.quiz.checks.judging import judged
from engine.quiz.checks.trades import trade_of
from engine.quiz.editions import name_of
from engine.quiz.phrase import TRADE
from engine.quiz.statements import pairs
from engine.verdict import Level, Verdict
from engine.wording import worded
from kb.conditions import Has, atoms
from kb.models import Clause, Standard

_UNLISTED = re.compile(
    r"(?:未(?:被)?|没有|不在|不属于)[^，。；]{0,24}(?:列入|列明|列举|列出|列|清单)(?:的|之内|范围)*"
    r"|(?:限于|封闭)[^。；]*其他[^，。；]{0,8}(?:行为|情形|违规|问题)"
)
_REST = re.compile(r"^(?:有)?其他|^法律、|的其他情形")
_BROKEN = re.compile("失效|失灵|无效|不能正常")
_DEVICE = re.compile(
    r"(?:^|[，、的类])(?:(?:可燃|有毒|气体|浓度)*监[控测]|报警|防护)(?:、|监测|报警|防护|监控|等)*(?:设施|设备|装置)|直接关系(?:生产)?安全的"
)
_NAMED_DEVICE = re.compile(
    "[^，。；的了“”已虽但]{2,24}?(?:监[控测]|报警|联锁|防护|切断|切除|泄爆|灭火|制动|限位)[^，。；的了“”已虽但]{0,6}?(?:设施|设备|装置|系统|仪器?|器)"
)
_LISTED = 0.75  # share of the words of a device's name that one clause must have
_APART = re.compile("(?:不|非|未)直接关系|无关|已经?(?:修复|恢复)|不在[^，。；]*所列")
_EVERY = re.compile(
    "凡|只要|只需|单凭|仅凭|^(?:(?!未|没有|尚未|不|无).)*(?:所有|一切|各类|任何)"
)  # 未采取任何措施 is no rule for all
_TOLD = 0.4  # share of the words of a condition by which a rule may tell it
_ALONE = re.compile("只要(?:存在|有|出现)(?:该|此|这)|仅此一?[项点]|[仅单只]凭")
_UNIT = re.compile("[\u4e00-\u9fff]{2,}(?:企业|工?厂|公司)")
_DENIED = re.compile("没有|尚未|并未|未|没|不|无")
_SO_SAID = 0.6  # share of the words of a premise by which a part of a finding says or denies it
_SAVES = re.compile("只要|只需")
_CASE = re.compile("某|^一[家座处艘辆条台]|检查(?:发现|时|中)|发现|查明")
_PREMISED = (2, 0.3)  # sentences tried, and how like the finding they must be


def settled(asked: Asked, finding: str, major: bool, verdict: Verdict, found: Found) -> bool:
    """Whether what a standard says of itself settles a rule."""
    if asked.item.holds is None or verdict.level is Level.MAJOR:
        return False
    return _unlisted(asked, major, found) or _broken(asked, finding, major, found)


def _unlisted(asked: Asked, major: bool, found: Found) -> bool:
    """「未列入该标准的，（不）判定为重大」"""
    if not _UNLISTED.search(asked.item.stem):
        return False
    held = _standards(asked)
    if len(held) != 1 or any(_REST.search(c.restatement) for c in held[0].clauses):
        return False
    rule = f"{name_of(held[0])}以所列情形为限，没有列入的不据此判定为重大事故隐患"
    _tell(rule, name_of(held[0]), False, major, found)
    return True


def _broken(asked: Asked, finding: str, major: bool, found: Found) -> bool:
    """「装置已经安装但失效的，（不）判定为重大」"""
    if not _BROKEN.search(finding) or _APART.search(finding) or _CASE.search(finding):
        return False
    rules = [(s, r) for s in _standards(asked) for r in s.rules if r.rule == "失效视同缺失"]
    if len(rules) != 1:
        return False
    standard, rule = rules[0]
    device = _NAMED_DEVICE.search(finding)
    if not _DEVICE.search(finding) and not (device and _listed(standard, device[0])):
        return device is not None  # where it stands is not told: whether it is listed, no verdict tells
    _tell(rule.restatement, f"{name_of(standard)}{rule.ref}", True, major, found)
    return True


def _listed(standard: Standard, device: str) -> bool:
    """Whether a clause of a standard is about a device of that name."""
    name = pairs(device)
    return any(len(name & pairs(c.restatement)) >= _LISTED * len(name) for c in standard.clauses)


def _standards(asked: Asked) -> list[Standard]:
    """The standards in force that an item names, else those for the trade it is of."""
    named = [s for s in asked.book.editions.named(asked.item.stem) if s.in_force(asked.on)]
    if named or not asked.industry:
        return named
    trades = {asked.industry, *asked.book.trades[asked.industry]}
    return [
        s
        for s in asked.book.in_force(asked.on)
        if s.scope is not None
        and s.grade == Level.MAJOR.value
        and any(
            isinstance(a, Has) and a.attribute == TRADE and trades & set(a.values) for a in atoms(s.scope)
        )
    ]


def premised(asked: Asked, finding: str, major: bool, found: Found) -> bool:
    """Whether a rule says all that a clause asks, but not its trade and what is presumed; silent where a premise stays open."""
    if asked.item.holds is None or _CASE.search(finding):
        return False
    wide = bool(_EVERY.search(finding) or _ALONE.search(asked.item.stem))
    for clause in (*_about(asked, finding), *(_touched(asked, finding) if wide else ())):
        if wide and (lacks := _lacks(asked, clause, finding)):
            names, excepts = lacks
            beside = f"{'除外的' if excepts else ''}还须有{'、'.join(names)}"
            rule = f"“{finding}”{'' if excepts else '不都'}构成，{beside}：{clause.restatement}"
            _tell(rule, asked.book.cite(clause), excepts, major, found)
            return True
        if _of_other_trade(asked, clause):
            continue
        told = given(asked, clause, finding)
        scope = {a.fact for a in atoms(clause.scope)} if clause in asked.hinted else set()
        if told is None or set(told[2]) - scope:
            continue  # what holds only with a premise it leaves out is neither right nor wrong
        verdict, result, _ = told
        if any(k.endswith("企业") and k not in finding for k in told[2]) and _UNIT.search(finding):
            continue  # a unit of another kind
        _tell(f"“{finding}”：{clause.restatement}", verdict.citation(result), True, major, found)
        return True
    return False


def premise_denied(asked: Asked, finding: str, major: bool, verdict: Verdict, found: Found) -> bool:
    """Whether a finding denies in so many words the one premise that leaves the clause it is most like open."""
    first = next((s.source for n, s in asked.likest(finding, 1) if n >= _PREMISED[1]), "")
    for result in verdict.open:
        clause, missing = result.clause, set(result.missing) - {TRADE}
        if (
            clause.id not in (asked.hinted_ids or {first})
            or result.suspected
            or len(missing) != 1
            or verdict.fault
        ):
            continue
        fact = missing.pop()
        if not any(
            isinstance(p, Has) and p.attribute == fact and p.values == ("是",)
            for p in (*clause.premises, clause.scope)
        ):
            continue
        words = pairs(fact)
        parts = [p for p in re.split("[，。；]", finding) if len(words & pairs(p)) >= _SO_SAID * len(words)]
        if any(len(_DENIED.findall(p)) == 1 for p in parts[:1]):
            _tell(f"须以“{fact}”为前提，{clause.restatement}", asked.book.cite(clause), False, major, found)
            return True
    return False


def _of_other_trade(asked: Asked, clause: Clause) -> bool:
    """Whether a clause is for a trade that is neither the one asked of, nor of it, nor has it."""
    trade, ups = trade_of(asked.book, clause), asked.book.trades
    own = asked.industry
    return (
        bool(trade and own)
        and own != trade
        and own not in ups.get(trade, ())
        and trade not in ups.get(own, ())
    )


def _touched(asked: Asked, finding: str) -> list[Clause]:
    """The one clause that a rule for all, read in full, touches, where it leaves a part of the clause's own limbs unsaid."""
    verdict = judged(asked, finding)
    touched = [r for r in verdict.open if not r.suspected] if verdict.read == "全部" else []
    if len(touched) != 1 or verdict.fault:
        return []
    clause = touched[0].clause
    own = {a.fact for limb in clause.limbs for a in atoms(limb)}
    return [clause] if own & set(touched[0].missing) and clause.executability == "full" else []


def _lacks(asked: Asked, clause: Clause, finding: str) -> tuple[tuple[str, ...], bool] | None:
    """What a clause asks beside what a rule for all (凡, 只要) tells, and whether for its exception; None where it may be told."""
    verdict = asked.engine.judge(Finding(text=finding, industry=_trade(asked, clause), on=asked.on))
    result = next((r for r in verdict.results if r.clause.id == clause.id), None)
    if result is None or result.status is not Status.OPEN or result.suspected or verdict.fault:
        return None
    around = {a.fact for e in clause.exceptions for a in atoms(e)}
    asks = [m for m in result.missing if m not in around and m != TRADE]
    own = {a.fact for limb in clause.limbs for a in atoms(limb)}
    if asks and not own & set(asks) and _SAVES.search(finding):
        return None  # 只要 is of what was done, not of the site that a clause is for
    excepts = not asks and _SAVES.search(finding) is not None
    missing = tuple(m.split("@")[0] for m in (result.missing if excepts else asks) if m != TRADE)
    said = pairs(finding)
    told = any(len(pairs(m) & said) > _TOLD * len(pairs(m)) for m in missing)
    return (missing, excepts) if missing and not told else None


def _trade(asked: Asked, clause: Clause) -> str:
    """The trade to judge a rule in: that of the clause, or the narrower one the question names."""
    trade = trade_of(asked.book, clause)
    return asked.industry if asked.industry and trade in asked.book.trades.get(asked.industry, ()) else trade


def _about(asked: Asked, finding: str) -> list[Clause]:
    """The clauses a rule cites, else those most like it."""
    first, like = _PREMISED
    near = [s.source for n, s in asked.likest(finding, first) if s.kind == "条款" and n >= like]
    ids = dict.fromkeys([c.id for c in asked.hinted] or near)
    return [c for c in map(asked.book.clauses.__getitem__, ids) if c.executability == "full"]


def given(asked: Asked, clause: Clause, finding: str) -> tuple[Verdict, ClauseResult, tuple[str, ...]] | None:
    """The verdict in the clause's own trade with its premises given, and which were; None where it does not decide."""
    engine = asked.engine
    trade = _trade(asked, clause)
    verdict = engine.judge(Finding(text=finding, industry=trade, on=asked.on))
    result = next((r for r in verdict.results if r.clause.id == clause.id), None)
    if result is None or verdict.fault or verdict.read == "未读懂":
        return None
    if result.status in DECISIVE:
        return verdict, result, ()
    own = {a.fact for limb in clause.limbs for a in atoms(limb)}
    premises = {a.fact for p in clause.premises for a in atoms(p)} | {a.fact for a in atoms(clause.scope)}
    missing = tuple(m for m in result.missing if m != TRADE)
    if (
        result.status is not Status.OPEN
        or result.suspected
        or set(missing) & own
        or not set(missing) <= premises
    ):
        return None
    standard = engine.standards[clause.standard]
    ways = (w.all_facts for w in worded(clause, standard, engine.kb, engine.lexicon))
    facts = next((f for f in ways if set(missing) <= f.keys()), None)
    if facts is None:
        return None
    again = engine.judge(
        Finding(text=finding, industry=trade, on=asked.on, facts={m: facts[m] for m in missing})
    )
    held = next((r for r in again.decisive if r.clause.id == clause.id), None)
    return (again, held, missing) if held is not None and not again.fault else None


def _tell(rule: str, citation: str, so: bool, major: bool, found: Found) -> None:
    if so is major:
        found.agreed.append(rule)
    else:
        found.alarms.append(
            Alarm(LEVEL, f"{'应' if so else '不'}判定为重大事故隐患，规定是：{rule}", citation)
        )
