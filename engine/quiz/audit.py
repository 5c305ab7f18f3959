"""Audit of a question bank: keys that contradict the standards and duties in force, or cite what was repealed.

Each check answers with an alarm, an agreement, or nothing. What nothing can be said of is 无法核对, never an alarm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.clauses import DECISIVE, Status
from engine.judge import Engine, Finding
from engine.quiz import agents, cited, grades, members, norms, spoken, unchecked
from engine.quiz.alarms import (
    AGREES,
    ARTICLE,
    FIGURE,
    LEVEL,
    OUTDATED,
    TERM,
    UNIT,
    UNKNOWN,
    WRONG,
    Alarm,
    Found,
)
from engine.quiz.bank import Item, read_bank
from engine.quiz.claims import (
    BLANK,
    DATED,
    DENIES,
    VALUED,
    Claim,
    claims_of,
    core,
    core_end,
    day_of,
    filled,
    finding_of,
    level_claims,
    level_of,
)
from engine.quiz.cloze import Cloze
from engine.quiz.documents import Repealed, repealed, squash, tells_history
from engine.quiz.editions import Editions
from engine.quiz.fines import Fines
from engine.quiz.literal import denies_condition, either_enough, half_only, needs_both, said_limb
from engine.quiz.phrase import TRADE
from engine.quiz.prove import SHORT_UNITS, compares
from engine.quiz.statements import (
    CLAUSE,
    CLOSE,
    LIKE,
    SAME,
    SURE,
    Segment,
    Statements,
    Token,
    beside_same,
    comparison,
    equivalent,
    full,
    limits,
    pairs,
    tokens,
)
from engine.verdict import Level, Verdict
from kb.conditions import Compare, Has, atoms
from kb.models import Clause, Standard
from kb.national import Department
from kb.registers import Registers, load_registers
from ontology.domains import read_domains


@dataclass(frozen=True)
class Checked:
    """One question of the bank and what the audit made of it. `why`: why it could not be checked, empty where it was."""

    place: str
    stem: str
    key: str
    alarms: tuple[Alarm, ...] = ()
    agreed: tuple[str, ...] = ()
    why: str = ""

    @property
    def state(self) -> str:
        return WRONG if self.alarms else AGREES if self.agreed else UNKNOWN

    def to_json(self) -> dict[str, Any]:
        return {"place": self.place, "stem": self.stem, "key": self.key, "state": self.state,
                "alarms": [a.to_json() for a in self.alarms], "agreed": list(self.agreed), "why": self.why}  # fmt: skip


def audit_bank(engine: Engine, path: Path, on: date) -> list[Checked]:
    """Every question of a bank, checked. Raises BadInput when the file can't be read as a bank."""
    auditor = Auditor(engine, on)
    return [auditor.check(item) for item in read_bank(path)]


_DENIED = (Status.REFUTED, Status.OUT_OF_SCOPE)
_HIGH_RISK = frozenset({"煤矿", "非煤矿山", "危险化学品", "烟花爆竹", "金属冶炼", "冶金", "有色"})
ACCIDENTS = "ACC-004"  # the duty that holds the grades of accidents
_HINTED = 3  # pairs of characters that a clause an explanation cites must share with the question
UNLIKE = 0.3  # likeness to every clause below which a defect is listed by none
_SUBJECT = 0.5  # share of the likest duty's likeness that one of the subject named must have
_ACTS = re.compile(r"许可|审批|颁发|核发|发证|批准")
_APPLIES = re.compile(r"应当?(?:按照?|依据|适用|依照|执行)|适用")
_NEGATES = re.compile(r"[不非未没无除免]")
_WHOSE = re.compile(
    r"(?:由|是).{0,4}(?:谁|哪)|谁(?:承担|负责)|(?:职责|义务|责任)(?:主体)?(?:由|是|为)|由[（(]"
)
_ORDINARY = re.compile(
    r"一般(?:的)?(?:生产经营)?单位|其他(?:的)?生产经营单位|非高危|高危(?:行业)?以外|除[^，。]{0,6}高危[^，。]{0,6}外"
)
_WITHIN = re.compile(r"第[一二三四五六七八九十百]+条(?=第?[（(_＿\s　几哪]|的?哪)")
_ITEM_ONLY = re.compile(r"第[（(][一二三四五六七八九十]+[）)]项")
_LOOSE = frozenset(
    ["机械", "教育", "电力", "体育", "铁路", "水利", "港口", "农机", "有色", "餐饮", "养老", "林草"]
)  # words with other uses
_OF_TRADE = "(?:行业|企业|单位|系统|领域|部门|机构|运输|工程|金属|场所|$)"
_PLAIN_WHO = re.compile(
    r"[^，。；]*由[^，。；、和与]*?(?:实施|负责)?[^，。；、和与]*(?:监管|监督管理|负责)。?"
)
_KIND = re.compile(
    r"(?:为|属于?|构成|按|是)([\u4e00-\u9fff]{2,8}?)(?:生产安全)?重大(?:生产安全)?(?:事故|安全)?隐患"
)
_OUT_OF_USE = re.compile("停用|不再使用|封存|报停|停止使用|没有使用|未使用|断了?电")
_DEFECT = re.compile("[未没不无缺漏超违坏旧仍]|失|擅自|大于|小于|高于|低于|少于|多于|积|堵|用")
_VIEWS = re.compile(
    r"(?:说法|表述|做法|描述|理解|叙述|判断|观点|认识|要求)[^，。]{0,8}?[，,]?(?:不正确|正确|错误|有误|不符合|符合|不准确|准确|不妥|不对)[^，。]{0,6}?(?:的是|的有|[（(])"
)
_WRONG_ONES = re.compile("不正确|错误|有误|不符合|不准确|不妥|不对")
_UNIT_OF = re.compile(
    "^[^的]*(?:企业|工?厂|公司|单位|机构|工地|项目|医院|学校|中小学|幼儿园|矿山?$|尾矿库|渔船|工程)"
)
_WHO = re.compile(
    r"由.{0,8}部门|监管|监督管理|主管部门|哪个部门|谁负责|由.{0,8}负责|负责.{0,10}的(?:部门)?是|管理部门"
)
_UNIT_WORDS = (
    "应急管理", "住房城乡建设", "住建", "交通运输", "市场监督管理", "市场监管", "消防救援", "公安", "民政", "教育", "卫生健康", "卫健",
    "文化和旅游", "文旅", "农业农村", "水利", "能源", "自然资源", "工业和信息化", "工信", "生态环境", "商务", "气象", "邮政管理", "海事",
    "燃气管理", "城市管理", "城管", "体育", "林草", "铁路", "民航", "民用航空", "港口", "矿山安全监察", "粮食和储备", "通信管理", "人防", "文物",
    "发展改革", "人力资源",
)  # fmt: skip


class Auditor:
    """Checks items against what is in force on a day, or on the day an item itself names."""

    def __init__(self, engine: Engine, on: date) -> None:
        self.engine, self.on = engine, on
        self._statements: dict[date, Statements] = {}

    @cached_property
    def registers(self) -> Registers:
        return load_registers()

    @cached_property
    def editions(self) -> Editions:
        return Editions(self.engine.kb)

    @cached_property
    def fines(self) -> Fines:
        return Fines(self.registers.duties)

    def statements(self, on: date) -> Statements:
        if on not in self._statements:
            self._statements[on] = Statements(self.engine, self.registers, on)
        return self._statements[on]

    def check(self, item: Item) -> Checked:
        """One item by every check."""
        if item.holds is None and not item.right:
            return Checked(item.place, item.stem, item.key, why=unchecked.no_key(item))
        printed, item = item, spoken.plain(item)
        on, found = day_of(item.stem, self.on), Found()
        claims = list(claims_of(item))
        levels = list(level_claims(item))
        self._levels(item, levels, on, found)
        self._outdated(item, on, found)
        self._edition(item, on, found)
        self.editions.check(item, on, found)
        accidents = self.registers.duty[ACCIDENTS]
        grades.check(item, accidents, "；".join(accidents.basis), found)
        grades.check_scale(item, self.registers.duties, self._industries(item), found)
        for claim in claims:
            self._figures(item, claim, on, found, limits_only=bool(levels))
            if not levels:
                self._unit(item, claim, found)
        if not levels:
            self._holder(item, on, found)
        self._article(item, levels, on, found)
        fined = len(found.agreed)
        self.fines.check(item, self.statements(on), found)
        fined = len(found.agreed) > fined
        if item.holds is not None and not levels and not found.alarms:
            self._norm(item, on, found)
        if item.holds is not None and not found.alarms and not found.agreed:
            agents.check(item.stem, item.holds, self.statements(on), self._industries(item), found)
        self._views(item, found)
        if item.holds is not None and (either := either_enough(self.statements(on), item.stem)) is not None:
            rule = f"有其一即构成，规定是：{either.whole}"
            if item.holds:
                found.alarms.append(Alarm(LEVEL, rule, either.citation))
            else:
                found.agreed.append(rule)
        asks_level = levels and any(level_of(o) is not None for o in item.options)
        asks_level = asks_level or sum(bool(self.editions.numbered(o)) for o in item.options) > 1
        if not found.alarms and not found.agreed:
            self._edge(item, on, found)
        if not found.alarms and not found.agreed and not fined and not asks_level:
            names = self._names(item.stem)
            places = self._hinted(item)
            about = places or self._near_clause(item, on)
            if about:
                members.check(item, about, self.engine, self._cite(about[0]), found)
            only = frozenset(c.id for c in places)
            Cloze(self.statements(on), item, self._industries(item), names, only).check(found)
        settled = bool(found.alarms or found.agreed)
        return Checked(
            item.place,
            printed.stem,
            "；".join(printed.right) or printed.key,
            tuple(dict.fromkeys(found.alarms)),
            tuple(dict.fromkeys(found.agreed)),
            "" if settled else self._why(item, levels, on),
        )

    def _views(self, item: Item, found: Found) -> None:
        """「下列说法正确（错误）的是」: each option checked as a statement of its own."""
        asked = _VIEWS.search(item.stem)
        if asked is None or item.holds is not None or found.alarms:
            return
        yes = not _WRONG_ONES.search(asked[0])
        titles = "".join(re.findall("《[^》]*》", item.stem))
        told = {o: self.check(Item(item.place, f"根据{titles}，{o}" if titles else o, (), "对", topic=self.industry(item)))
                for o in item.options}  # fmt: skip
        wrong = [o for o in item.options if told[o].alarms]
        for option in wrong:
            if (option in item.right) is yes:
                found.alarms.append(
                    replace(told[option].alarms[0], reason=f"“{option}”：{told[option].alarms[0].reason}")
                )
                return
        if not yes and not wrong and len(item.right) == 1 and told[item.right[0]].agreed:
            reason = f"“{item.right[0]}”与规定一致，不是错误的说法：{told[item.right[0]].agreed[0]}"
            found.alarms.append(Alarm(TERM, reason, told[item.right[0]].agreed[0].rpartition("：")[2]))
        if wrong and not yes and set(wrong) <= set(item.right):
            found.agreed += [told[o].alarms[0].reason for o in wrong]
        elif yes and item.right and all(told[o].agreed for o in item.right):
            found.agreed += [a for o in item.right for a in told[o].agreed]

    def _norm(self, item: Item, on: date, found: Found) -> None:
        """A statement that allows, forbids or spares something."""
        industry = self.industry(item)

        def listed(finding: str) -> tuple[str, str] | None:
            verdict = self._judge(finding, industry, on)
            if verdict.fault or verdict.level is not Level.MAJOR or not self._likest(verdict, finding, on):
                return None
            decisive = verdict.decisive[0]
            return decisive.clause.restatement, verdict.citation(decisive)

        holds = bool(item.holds)
        norms.check(item.stem, holds, self.statements(on), self._industries(item), listed, found)

    def _why(self, item: Item, levels: list[tuple[str, bool]], on: date) -> str:
        """Why nothing could be said of an item."""
        if levels:
            finding = levels[0][0]
            return unchecked.of_verdict(self._judge(finding, self.industry(item), on), finding)
        return unchecked.of_statements(item, self.statements(on), self._industries(item))

    def _names(self, text: str) -> frozenset[str]:
        """The knowledge base's names of the things a text calls by another name (速冻机: 快速冻结装置)."""
        terms = self.engine.reader.terms.find(text)
        known = self.engine.lexicon.concepts
        return frozenset(
            t.concept
            for t in terms
            if t.concept in known and known[t.concept].type != "词" and t.concept != t.text
        )

    def _levels(self, item: Item, levels: list[tuple[str, bool]], on: date, found: Found) -> None:
        """The findings of an item. Of options with one key, the engine must tell the one keyed from the others."""
        if VALUED.search(item.stem) and self._on_edge(item, on, found):
            return
        if len(levels) > 1 and len(item.right) == 1:
            said = {self._judge(f, self.industry(item), on).level for f, _ in levels}
            if len(said) == 1 and Level.VERIFY not in said:
                return
        for finding, major in levels:
            self._level(item, finding, major, on, found)
        if len(item.right) == 1 and len(levels) > 1 and any(levels[0][0] in a for a in found.agreed):
            found.alarms.clear()  # the one keyed is right: others that differ by a word are not held against it

    def _on_edge(self, item: Item, on: date, found: Found) -> bool:
        """Options that are numbers of a quantity the knowledge base knows by name: which of them reach its threshold."""
        blank, wants = BLANK.search(item.stem), not DENIES.search(item.stem)
        values = [tokens(o) for o in item.options]
        if blank is None or any(len(v) != 1 for v in values):
            return False
        before = item.stem[: blank.start()].removesuffix("为")
        atoms_ = [
            (c, a)
            for c, a in self._thresholds(on)
            if before.endswith(a.quantity) and a.unit == values[0][0].unit
        ]
        atoms_ = [(c, a) for c, a in atoms_ if before.endswith((a.host or "") + a.quantity)] or atoms_
        words = pairs(item.stem)
        share = {c.id: len(words & pairs(c.title + c.restatement)) for c, _ in atoms_}
        atoms_ = [
            (c, a) for c, a in atoms_ if share[c.id] == max(share.values())
        ]  # the clause most like the stem
        sets = {tuple(compares(v[0].value, a.cmp, a.value) for v in values) for _, a in atoms_}
        if len(sets) != 1:
            return False
        reached = sets.pop()
        right = [o for o, r in zip(item.options, reached, strict=True) if r is wants]
        clause, atom = atoms_[0]
        citation = self._cite(clause)
        if len(right) != 1:
            return False
        if tuple(right) == item.right:
            found.agreed.append(f"{right[0]}：{citation}")
        else:
            said = f"{'构成' if wants else '尚不构成'}的是{right[0]}，不是{item.right[0]}"
            found.alarms.append(Alarm(FIGURE, f"{said}：界限是{atom}", citation))
        return True

    def _edge(self, item: Item, on: date, found: Found) -> None:
        """Numbers of which the first that makes a hazard is asked (到…就构成): each put into the stem and judged."""
        told = [tokens(o) for o in item.options]
        if (
            len(item.right) != 1
            or len(told) < 3
            or any(len(t) != 1 for t in told)
            or DENIES.search(item.stem)
        ):
            return
        said: dict[str, bool] = {}
        decisive = None
        for option in item.options:
            claim = filled(item.stem, option)
            token = next(
                (
                    t
                    for t in tokens(claim.text)
                    if claim.asked and t.start < claim.asked[1] and claim.asked[0] < t.end
                ),
                None,
            )
            finding = finding_of(claim.text)
            if (
                token is None
                or comparison(claim.text, token) not in ("", ">=", "<=")
                or level_of(core_end(claim.text)) is not True
            ):
                return
            verdict = self._judge(finding, self.industry(item), on)
            if verdict.fault or verdict.level in (Level.VERIFY, Level.UNCOVERED) or verdict.read != "全部":
                return
            said[option] = verdict.level is Level.MAJOR
            decisive = verdict.decisive[0] if said[option] else decisive
        order = sorted(item.options, key=lambda o: tokens(o)[0].value)
        held = [said[o] for o in order]
        if decisive is None or all(held) or held not in (sorted(held), sorted(held, reverse=True)):
            return
        right = order[held.index(True)] if held[-1] else order[len(held) - 1 - held[::-1].index(True)]
        if right in item.right:
            found.agreed.append(f"{right}：{decisive.clause.ref}")
        else:
            found.alarms.append(
                Alarm(
                    FIGURE,
                    f"到“{right}”即构成，不是“{item.right[0]}”：{decisive.clause.restatement}",
                    self._cite(decisive.clause),
                )
            )

    def _thresholds(self, on: date) -> list[tuple[Clause, Compare]]:
        """Every threshold of a clause in force."""
        held = (c for s in self.engine.kb.standards if s.in_force(on) for c in s.clauses)
        return [
            (c, a)
            for c in held
            if c.executability == "full"
            for part in (*c.limbs, *c.premises)
            for a in atoms(part)
            if isinstance(a, Compare)
        ]

    def _cite(self, clause: Clause) -> str:
        standard = self.engine.standards[clause.standard]
        return f"《{standard.title}》（{standard.doc_no}）{clause.ref}"

    # -- documents -----------------------------------------------------------------------------------------

    @cached_property
    def _repealed(self) -> list[Repealed]:
        return repealed(self.engine.kb)

    def _outdated(self, item: Item, on: date, found: Found) -> None:
        """A document cited by the stem, the key or the explanation that no longer applies."""
        said = squash(" ".join((item.stem, *item.right, item.explanation, item.basis)))
        if tells_history(said) or item.holds is False:
            return
        cited = (r for r in self._repealed if on >= r.until and r.pattern.search(said))
        old = next((r for r in cited if not any(k in said for k in r.kept)), None)
        if old is not None:
            reason = f"引用{old.name}，自{old.until.isoformat()}起已由{old.by}取代"
            found.alarms.append(Alarm(OUTDATED, reason, old.by))

    def _edition(self, item: Item, on: date, found: Found) -> None:
        """A stem that sets a day and says by which edition that day is judged."""
        if not DATED.search(item.stem) or not _APPLIES.search(item.stem) or "起施行" in item.stem:
            return
        said = squash(" ".join((item.stem, *item.right)))
        named = [s for s in self.engine.kb.standards if squash(s.doc_no) in said]
        named = named or [s for s in self.engine.kb.standards if squash(s.title) in said]
        if len(named) != 1 or level_of(core(item.stem)) is not None:
            return
        standard, keyed = named[0], item.holds is not False
        name = f"《{standard.title}》（{standard.doc_no}）"
        if standard.in_force(on) is keyed:
            found.agreed.append(f"{on.isoformat()}：{name}")
            return
        until = f"至{standard.expired.isoformat()}止" if standard.expired else "起有效"
        reason = f"{name}自{standard.effective.isoformat()}{until}，{on.isoformat()}{'适用' if standard.in_force(on) else '不适用'}"
        found.alarms.append(Alarm(OUTDATED, reason, name))

    # -- levels and articles of findings -------------------------------------------------------------------

    def _standards_named(self, text: str) -> list[Standard]:
        plain, numbered = squash(text), self.editions.numbered(text)
        return [s for s in self.engine.kb.standards if squash(s.title) in plain or s in numbered]

    def industry(self, item: Item) -> str:
        """The trade an item is about, from its column, the standard it names, or a word for a trade in its stem."""
        known = self.engine.kb.attributes[TRADE].ancestors()
        if item.topic in known:
            return item.topic
        said = [k for k in known if _names_trade(k, re.sub("《[^》]*》", "", item.stem))]
        for_them = cited.trades(self._hinted(item), self.engine.standards)
        if len(for_them) == 1:
            (own,) = for_them
            within = [k for k in said if own in (k, *known[k])]
            beside = [k for k in said if k not in known[own] and own not in known[k] and k != own]
            return max(within or beside or [own], key=lambda k: len(known[k]))
        words = sorted(said, key=lambda k: -len(known[k]))
        for standard in self._standards_named(item.stem + item.explanation + item.basis):
            named = (
                [a for a in atoms(standard.scope) if isinstance(a, Has)] if standard.scope is not None else []
            )
            if named:
                within = [w for w in words if named[0].values[0] in (w, *known[w])]
                return (within or named[0].values)[0]
        if "金属冶炼" in item.stem:
            return "冶金"
        trades = self._trades(item.stem) & set(known)
        return words[0] if words else item.topic or (trades.pop() if len(trades) == 1 else "")

    def _places(self, item: Item) -> list[Clause]:
        """The clauses a stem cites by document and place."""
        return cited.clauses(item.stem, self.editions, day_of(item.stem, self.on))

    def _hinted(self, item: Item) -> list[Clause]:
        """The clauses a stem cites, else those its explanation does, where they are about what the stem is."""
        on = day_of(item.stem, self.on)
        if held := self._places(item):
            return held
        whole = f"{item.stem} {item.explanation} {item.basis}"
        hinted = cited.clauses(whole, self.editions, on) or cited.likely(whole, self.engine.kb, on)
        said = pairs(core(BLANK.sub("", item.stem)) + "".join(item.options))
        return [c for c in hinted if len(said & pairs(c.restatement)) >= _HINTED]

    def _judge(self, finding: str, industry: str, on: date) -> Verdict:
        """The verdict; where only the trade is missing and every trade it can be gives 重大, one of those."""
        verdict = self.engine.judge(Finding(text=finding, industry=industry, on=on))
        if verdict.level is not Level.VERIFY or industry or not verdict.open:
            return verdict
        only = [r for r in verdict.open if r.missing == (TRADE,)]
        trades = {v for r in only for a in atoms(r.clause.scope) if isinstance(a, Has) and a.attribute == TRADE
                  for v in a.values}  # fmt: skip
        tried = [self.engine.judge(Finding(text=finding, industry=t, on=on)) for t in sorted(trades)]
        if tried and all(v.level is Level.MAJOR for v in tried):
            return tried[0]
        return self._judge_as_likest(finding, on) or verdict

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {c.id: c for s in self.engine.kb.standards for c in s.clauses}

    def _judge_as_likest(self, finding: str, on: date) -> Verdict | None:
        """The verdict in the trade of the clause most like a finding of no trade, where that very clause decides it."""
        ranked = self.statements(on).like(core(finding), frozenset())[:6]
        for _, segment in (p for p in ranked if p[1].kind == "条款" and p[0] >= LIKE):
            clause = self._clauses[segment.source]
            scopes = (self.engine.standards[clause.standard].scope, clause.scope)
            trades = [v for s in scopes if s is not None for a in atoms(s)
                      if isinstance(a, Has) and a.attribute == TRADE for v in a.values]  # fmt: skip
            if trades:
                verdict = self.engine.judge(Finding(text=finding, industry=trades[-1], on=on))
                if (
                    verdict.read == "全部"
                    and verdict.level is Level.MAJOR
                    and any(r.clause.id == clause.id for r in verdict.decisive)
                ):
                    return verdict
        return None

    def _level(self, item: Item, finding: str, major: bool, on: date, found: Found) -> None:
        industry = self.industry(item)
        if major and (both := needs_both(self.statements(on), finding)) is not None:
            found.alarms.append(
                Alarm(LEVEL, f"不能不论条件一律判为重大事故隐患，规定是：{both.whole}", both.citation)
            )
            return
        verdict = self._judge(finding, industry, on)
        if verdict.fault or (
            not major and _OUT_OF_USE.search(finding) and any(r.presumed for r in verdict.decisive)
        ):
            return  # presumed in use, told otherwise
        hinted = self._hinted(item)
        cites = frozenset(c.id for c in hinted)
        half = half_only(self.statements(on), finding, cites) if verdict.level is not Level.MAJOR else None
        if half is not None:
            rule = f"须同时具备才构成，规定是：{half.whole}"
            if major:
                found.alarms.append(Alarm(LEVEL, f"“{finding}”{rule}", half.citation))
            else:
                found.agreed.append(f"“{finding}”{rule}")
            return
        if self._by_place(hinted or self._of_kind(item, on), finding, major, verdict, found):
            return
        if verdict.level in (Level.VERIFY, Level.UNCOVERED):
            if not self._said(finding, verdict, major, on, found):
                self._beside_limit(item, finding, major, on, found)
            return
        is_major = verdict.level is Level.MAJOR
        unread = "".join(finding[u.start : u.end] for u in verdict.unread)
        partly = verdict.read != "全部" and not is_major
        if (is_major and not major and _NEGATES.search(unread)) or (partly and not major):
            self._said(finding, verdict, major, on, found)
            return  # what was not read may lift it, or make it
        if is_major and not major and verdict.read != "全部" and not self._likest(verdict, finding, on):
            return
        if is_major is major:
            found.agreed.append(f"“{finding}”：{verdict.level.value}")
        elif is_major:
            decisive = verdict.decisive[0]
            if denies_condition(finding, decisive.clause.restatement):
                return
            presumed = "、".join(f"{v.fact}为{'、'.join(sorted(v.values))}" for v in decisive.presumed)
            found.alarms.append(Alarm(
                LEVEL, f"“{finding}”应为重大事故隐患：{decisive.clause.restatement}{f'（推定{presumed}）' if presumed else ''}",
                verdict.citation(decisive)))  # fmt: skip
        elif (alarm := self._not_major(finding, industry, on, verdict)) is not None:
            found.alarms.append(alarm)
        elif not self._beside_limit(item, finding, major, on, found) and verdict.read == "全部":
            self._unlisted(item, finding, verdict, on, found)

    def _near_clause(self, item: Item, on: date) -> list[Clause]:
        """The clause that says most of what a stem says, where one stands out."""
        ranked = self.statements(on).like(core(BLANK.sub("", item.stem)), self._industries(item))[:1]
        return [
            self._clauses[s.source]
            for n, s in ranked
            if s.kind == "条款" and n >= LIKE and s.source in self._clauses
        ]

    def _of_kind(self, item: Item, on: date) -> list[Clause]:
        """The clauses of the standard in force whose kind of hazard a stem names (特种设备重大事故隐患)."""
        kind = _KIND.search(item.stem)
        domain = self.editions.about(kind[1]) if kind else ""
        held = [s for s in self.engine.kb.standards if domain and s.domain == domain and s.in_force(on)]
        return [c for s in held for c in s.clauses]

    def _by_place(
        self, places: list[Clause], finding: str, major: bool, verdict: Verdict, found: Found
    ) -> bool:
        """Whether the clauses the stem cites settle the finding: one lists it, or all that it touches are refuted."""
        held = cited.holds(verdict, places)
        if held is None or (not held and major and (verdict.read != "全部" or not _DEFECT.search(finding))):
            return False
        result = next(
            r for r in cited.results(verdict, places) if r.status in (DECISIVE if held else _DENIED)
        )
        if held is major:
            found.agreed.append(f"“{finding}”：{result.clause.ref}{'列入' if held else '不适用'}")
            return True
        why = f"（{'、'.join(result.refuted_by)}）" if result.refuted_by and not held else ""
        reason = f"“{finding}”{'' if held else '不'}构成{result.clause.ref}所列情形{why}：{result.clause.restatement}"
        found.alarms.append(Alarm(LEVEL, reason, verdict.citation(result)))
        return True

    def _unlisted(self, item: Item, finding: str, verdict: Verdict, on: date, found: Found) -> None:
        """Keyed as 重大, read in full, and nothing in force lists it: an ordinary defect by standards held in full."""
        ranked = [n for n, s in self.statements(on).like(core(finding), frozenset())[:8] if s.kind == "条款"]
        hinted = self._hinted(item)
        places = (
            hinted if hinted and cited.places(item.stem, self.engine.standards[hinted[0].standard]) else []
        )
        if verdict.level is not Level.GENERAL or (max(ranked, default=0.0) >= UNLIKE and not places):
            return
        where = self._cite(places[0]) if places else "现行判定标准"
        found.alarms.append(Alarm(LEVEL, f"“{finding}”没有列入{where}，按一般隐患", where))

    def _said(self, finding: str, verdict: Verdict, major: bool, on: date, found: Found) -> bool:
        """Whether a finding says in its own words what a clause it touches lists, though the engine asks more."""
        likest = [s.source for score, s in self.statements(on).like(core(finding), frozenset())[:3]
                  if s.kind == "条款" and score >= CLAUSE]  # fmt: skip
        touched = [r.clause.id for r in (*verdict.decisive, *verdict.open) if not r.suspected]
        refuted = {r.clause.id for r in verdict.results if r.status in (Status.REFUTED, Status.OUT_OF_SCOPE)}
        for id in dict.fromkeys((*touched, *likest)):
            clause = self._clauses[id]
            if clause.executability != "full" or id in refuted:
                continue
            segment = said_limb(self.statements(on), finding, clause.id)
            if segment is None:
                continue
            if major:
                found.agreed.append(f"“{finding}”：{segment.citation}")
            else:
                reason = f"“{finding}”是判定标准列明的重大事故隐患：{segment.whole}"
                found.alarms.append(Alarm(LEVEL, reason, segment.citation))
            return True
        return False

    def _likest(self, verdict: Verdict, finding: str, on: date) -> bool:
        """Whether a deciding clause is among the sentences most like a finding that was read only in part."""
        near = {s.source for _, s in self.statements(on).like(core(finding), frozenset())[:6]}
        return any(r.clause.id in near for r in verdict.decisive)

    def _beside_limit(self, item: Item, finding: str, major: bool, on: date, found: Found) -> bool:
        """A number found on site against the threshold of the clauses that say the same, where reading settles nothing."""
        told = [t for t in tokens(finding) if not limits(finding, t)]
        cites = frozenset(c.id for c in self._hinted(item))
        if len(told) != 1:
            return False
        token = told[0]
        part = (
            finding
            if "，" not in finding or not cites
            else next(p for p in finding.split("，") if token.text in p)
        )
        ranked = [
            (score, s)
            for score, s in self.statements(on).like(part, frozenset())
            if s.kind == "条款"
            and any(t.unit == token.unit for t in s.tokens)
            and (not cites or s.source in cites)
        ]
        best = ranked[0][0] if ranked else 0.0
        near = [s for score, s in ranked if score >= max(best * CLOSE, LIKE if not cites else 0.0)]
        held = []
        for segment in near:
            for limit in segment.about(_part(part, tokens(part)[0]) if tokens(part) else part, token):
                sign = comparison(segment.text, limit)
                if sign and limit.unit == token.unit:
                    held.append((segment, limit, compares(token.value, sign, limit.value)))
        if not held or (any(h for _, _, h in held) is not all(h for _, _, h in held)):
            return False
        segment, limit, reached = held[0]
        if reached is major:
            found.agreed.append(f"{token.text}：{segment.citation}")
            return True
        if major or best >= SURE or cites:
            said = "达到" if reached else "没有达到"
            reason = (
                f"“{token.text}”{said}界限，{'构成' if reached else '不构成'}重大事故隐患：{segment.text}"
            )
            found.alarms.append(Alarm(LEVEL, reason, segment.citation))
            return True
        return False

    def _not_major(self, finding: str, industry: str, on: date, verdict: Verdict) -> Alarm | None:
        """Keyed as 重大 though nothing in force lists it: an alarm where a clause refutes it or an old edition listed it."""
        refuted = [r for r in verdict.results if r.status is Status.REFUTED and (r.support or r.refuted_by)]
        if verdict.level is Level.NONE and verdict.read == "全部" and verdict.results:
            near = verdict.results[0]
            return Alarm(LEVEL, f"“{finding}”说的是符合要求，不构成重大事故隐患", verdict.citation(near))
        likest = [s.source for _, s in self.statements(on).like(core(finding), frozenset())[:3]]
        if refuted and (verdict.read == "全部" or (refuted[0].refuted_by and refuted[0].clause.id in likest)):
            first = refuted[0]
            return Alarm(
                LEVEL, f"“{finding}”不构成重大事故隐患：{first.clause.restatement}", verdict.citation(first)
            )
        for old in self.engine.kb.standards:
            if old.expired is None or old.expired > on:
                continue
            before = self._judge(finding, industry, old.expired - timedelta(days=1))
            listed = [r for r in before.decisive if r.clause.standard == old.id and r.status in DECISIVE]
            if listed:
                heirs = [s for s in self.engine.kb.standards if s.domain == old.domain and s.in_force(on)]
                by = f"《{heirs[0].title}》（{heirs[0].doc_no}）" if heirs else "现行标准"
                return Alarm(OUTDATED, f"“{finding}”只见于已废止的《{old.title}》（{old.doc_no}）{listed[0].clause.ref}，"
                                       f"{by}没有列入", by)  # fmt: skip
        return None

    def _article(self, item: Item, levels: list[tuple[str, bool]], on: date, found: Found) -> None:
        """The article cited for a finding is not the one that decides it."""
        said = " ".join((*item.right, item.explanation, item.basis))
        if item.holds is not None:
            said = f"{item.stem} {said}"
        elif not levels or len(levels) > 1:
            said = " ".join(item.right)  # an explanation may cite another place in passing
        article = _WITHIN.search(item.stem)
        if article and len(item.right) == 1 and _ITEM_ONLY.fullmatch(item.right[0]):
            said = article[0] + said  # 第十一条第几项
        named = [s for s in self._standards_named(f"{item.stem} {said}") if s.in_force(on)]
        if len(named) != 1 or item.holds is False:
            return
        standard = named[0]
        cited_refs = cited.places(said, standard)
        if not cited_refs:
            return
        findings = [f for f, major in levels if major] or (
            [finding_of(item.stem)] if finding_of(item.stem) else []
        )
        for finding in findings:
            verdict = self._judge(finding, self.industry(item), on)
            hits = [r for r in verdict.decisive if r.clause.standard == standard.id]
            hits = hits or [r for r in verdict.open if r.clause.standard == standard.id and not r.suspected]
            if not hits or len(hits) > 2:
                continue
            refs = [squash(r.clause.ref) for r in hits]
            if any(ref.startswith(c) for ref in refs for c in cited_refs):
                found.agreed.append(f"条号{hits[0].clause.ref}")
            else:
                found.alarms.append(Alarm(ARTICLE, f"“{finding}”应依据{hits[0].clause.ref}，不是{'、'.join(cited_refs)}："
                                          f"{hits[0].clause.restatement}", verdict.citation(hits[0])))  # fmt: skip

    # -- numbers and terms ---------------------------------------------------------------------------------

    def _industries(self, item: Item) -> frozenset[str]:
        """Industries an item speaks of; 一般 where it speaks of those that are none in particular."""
        tree = self.engine.kb.attributes[TRADE].ancestors()
        said = item.stem + item.topic
        if _ORDINARY.search(said):
            return frozenset({"一般"})
        if "高危" in said:
            return _HIGH_RISK
        named = {k for k in (*tree, "特种设备", "消防", "金属冶炼") if _names_trade(k, said)}
        named = named or self._trades(item.stem)
        return frozenset(named | {up for n in named for up in tree.get(n, ())})

    def _trades(self, text: str) -> set[str]:
        """The trades of the kind of unit a text names by another word (化工企业, 医院, 工地); empty where it names several."""
        by_id = {d.id: d for d in self.registers.departments}
        units = [m for m in self._domains.find(text) if _UNIT_OF.search(m.words + text[m.end : m.end + 3])]
        found = {self._domains.department(m.domain) for m in units}
        held = by_id.get(found.pop()) if len(found) == 1 else None
        return set(held.industries) if held is not None else set()

    def _figures(self, item: Item, claim: Claim, on: date, found: Found, limits_only: bool) -> None:
        """Numbers keyed, against what the duty or clause says; with `limits_only` those said as a limit (超过9人)."""
        if DENIES.search(item.stem):
            return
        told = [t for t in tokens(claim.text) if not limits_only or limits(claim.text, t)]
        asked = [
            t for t in told if claim.asked is None or (t.start < claim.asked[1] and claim.asked[0] < t.end)
        ]
        if not asked:
            return
        for token in asked:
            part = _part(claim.text, token)
            ranked = self.statements(on).like(core(part), self._industries(item))
            ranked = _by_subject(part, [(n, s) for n, s in ranked if s.speaks_of(part)])
            cites = frozenset(c.id for c in self._hinted(item))
            own = [
                (n, s)
                for n, s in ranked
                if s.source in cites and any(t.family == token.family for t in s.tokens)
            ]
            if own:
                self._figure(
                    item,
                    claim,
                    token,
                    [s for n, s in own if n >= own[0][0] * CLOSE],
                    False,
                    found,
                    cited_here=True,
                )
            elif ranked and ranked[0][0] >= (LIKE if ranked[0][1].kind == "职责" else CLAUSE):
                near = [s for score, s in ranked if score >= ranked[0][0] * CLOSE]
                self._figure(item, claim, token, near, ranked[0][0] >= SAME, found)

    def _figure(
        self,
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
        part = core(_part(claim.text, token))
        same = [
            (s, t)
            for s in comparable
            for t in s.about(part, token)
            if equivalent(claim.text, token, s.text, t)
        ]
        if same and claim.holds and self._flipped(item, claim, token, same):
            found.alarms.append(Alarm(FIGURE, f"“{token.text}”是否含本数不对，{rule}", first.citation))
        elif same and claim.holds:
            found.agreed.append(f"{token.text}：{same[0][0].citation}")
        elif same and surely and first.verified and first.kind == "职责" and _repeats(claim.text, first):
            found.alarms.append(Alarm(FIGURE, f"该说法与规定一致，不应判为错误，{rule}", first.citation))
        elif not same and any(beside_same(claim.text, token, s) for s in comparable):
            return
        elif not same and claim.holds and (first.kind == "职责" or cited_here or limits(claim.text, token)):
            found.alarms.append(Alarm(FIGURE, f"“{token.text}”不对，{rule}", first.citation))

    def _flipped(self, item: Item, claim: Claim, token: Token, same: list[tuple[Segment, Token]]) -> bool:
        """Whether the key takes the number itself in (or leaves it out) wrongly, while another option has it right."""
        said = comparison(claim.text, token)
        right = {comparison(s.text, t) for s, t in same}
        if not said or said in right or len(right) != 1:
            return False
        others = [(o, t) for o in item.wrong for t in tokens(o) if t.same(token)]
        return any(comparison(o, t) in right for o, t in others)

    def _holder(self, item: Item, on: date, found: Found) -> None:
        """Who must do something: keyed to one the duty does not name, while another option is the one it names."""
        if item.holds is not None or len(item.right) != 1 or not _WHOSE.search(item.stem):
            return
        ranked = self.statements(on).like(BLANK.sub("", item.stem), self._industries(item))
        if not ranked or ranked[0][0] < SURE or ranked[0][1].kind != "职责":
            return
        duty = self.registers.duty[ranked[0][1].source]
        named = [o for o in item.options if o == duty.holder or full(o) == full(duty.holder)]
        if named and item.right[0] in named:
            found.agreed.append(f"{duty.duty}：{duty.holder}")
        elif named and duty.confidence == "verified":
            reason = f"应由{duty.holder}承担，不是{item.right[0]}：{duty.duty}"
            found.alarms.append(Alarm(UNIT, reason, "；".join(duty.basis)))

    # -- departments ---------------------------------------------------------------------------------------

    @cached_property
    def _domains(self) -> Any:
        return read_domains()

    def _department(self, text: str) -> Department | None:
        """The sector a text is about, by its own words."""
        by_id = {d.id: d for d in self.registers.departments}
        for mention in self._domains.find(text):
            held = by_id.get(self._domains.department(mention.domain))
            if held is not None:
                return held
        return next(
            (d for d in self.registers.departments if d.sector and d.sector.split("（")[0] in text), None
        )

    def _unit(self, item: Item, claim: Claim, found: Found) -> None:
        named = _units(claim.text[slice(*claim.asked)] if claim.asked else claim.text)
        if not (named or item.wrong) or not _WHO.search(item.stem) or _ACTS.search(item.stem):
            return  # who permits a thing need not be who supervises it
        asked = next(p for p in reversed(re.split("[；。]", item.stem.rstrip("；。 "))) if p.strip())
        department = self._department(_without_units(asked))
        if department is None or department.contested or "supervision" not in department.checked:
            return
        right = _units("、".join(_for_act(re.split("；", "；".join(department.supervision)), asked)))
        every = right | (
            _units(department.industry_lead) if right == _units("、".join(department.supervision)) else set()
        )
        if not right:
            return
        says = f"{department.sector}由{'、'.join(department.supervision)}负责监管"
        if named & right:
            if claim.holds:
                found.agreed.append(says)
            elif named <= right and _PLAIN_WHO.fullmatch(claim.text):
                reason = f"该说法与规定一致，不应判为错误：{says}"
                found.alarms.append(Alarm(UNIT, reason, "；".join(department.basis)))
            return
        if not claim.holds or named & every or re.search("综合监(?:管|督)", item.stem):
            return
        if named or any(_units(o) & right for o in item.wrong):
            said = "；".join(item.right) if item.options else f"{'、'.join(sorted(named))}部门"
            found.alarms.append(Alarm(UNIT, f"{says}，不是{said}", "；".join(department.basis)))


def _names_trade(trade: str, text: str) -> bool:
    """Whether a text names a trade; a word that is used otherwise too (机械, 教育) does with 企业, 行业 or the like."""
    return trade in text and (trade not in _LOOSE or bool(re.search(f"{trade}{_OF_TRADE}", text)))


def _for_act(supervision: list[str], asked: str) -> list[str]:
    """Of several units, those whose own act is asked of: 公安机关（购买、运输、爆破作业）."""
    acts = {
        u: [w for w in re.split("[、，]", q[1]) if w in asked]
        for u in supervision
        if (q := re.search("（(.+)）", u))
    }
    return [u for u, words in acts.items() if words] or supervision


def _by_subject(text: str, ranked: list[tuple[float, Segment]]) -> list[tuple[float, Segment]]:
    """Duties about as like whose holder the text names go before one whose holder it does not."""
    said = pairs(text)
    first = pairs(ranked[0][1].holder) if ranked and ranked[0][1].kind == "职责" else frozenset()
    if not first or said & first or "生产经营单位" in ranked[0][1].holder:
        return ranked
    own = [(score, s) for score, s in ranked if score >= ranked[0][0] * _SUBJECT and s.kind == "职责"
           and len(said & (pairs(s.holder) - first)) > 1]  # fmt: skip
    return own or ranked


def _repeats(text: str, segment: Segment) -> bool:
    """Whether every number of a statement is one the sentence has."""
    held = tokens(segment.whole)
    return all(any(t.same(h) for h in held) for t in tokens(text))


def _part(text: str, token: Token) -> str:
    """The part of a statement in which a number stands."""
    start = max(text.rfind(mark, 0, token.start) for mark in "；;。") + 1
    ends = [e for mark in "；;。" if (e := text.find(mark, token.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _units(text: str) -> set[str]:
    """The kinds of department a text names."""
    return {SHORT_UNITS.get(w, w) for w in _UNIT_WORDS if w in text}


def _without_units(text: str) -> str:
    return re.sub(
        "|".join(f"{w}(?:行政|主管|监督)?(?:管理)?(?:部门|局|机构|机关)" for w in _UNIT_WORDS), "", text
    )
