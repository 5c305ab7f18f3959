"""案例判定: findings in inspectors' words, judged by the engine to be the key; clauses beside it are wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.wordings import NONE, read_wordings
from engine.clauses import Status
from engine.quiz.clauses import Maker
from engine.quiz.model import CASE, Question, Test
from engine.quiz.phrase import IMPLIED, TRADE, place
from engine.quiz.scene import Scene
from engine.quiz.statements import pairs
from engine.verdict import Level, Verdict
from kb import load_cases
from kb.conditions import Compare
from kb.models import Clause

_OPENING = re.compile(
    r"^(?:[早中晚夜]班(?:到现场|抽查|下井)|查看时|查资料发现|查现场|现场检查发现|现场检查|经核?查|检查时|检查发现|查看现场|现场勘查看到|检查组看到|检查组现场|"
    r"随机抽查|翻台账看到|井下抽查|调阅记录|核对图纸资料|合作社检查|现场)[，,：:]?"
)
_TAIL = re.compile(
    r"[，,](?:现场已拍照|要求立即整改|责令(?:限期)?整改|负责人说不清原因|已下达现场处理决定|企业承认属实|至今未改|陪检人员确认)$"
)
_SPOKEN = re.compile(  # said among inspectors, not printed in a paper
    r"没|就(?!地|业|诊)|拿|弄|搞|还(?!原)|瞎|全凭|压根|好几|天天|妇女|聚人|拉人|随便|伺候|咋|咱|啥|挺|凑合|照[开用吊采跑载常]|想起来|真漏|老板|在[出跑]|"
    r"提人用|个本子|那会|\d+时许|了(?=[，,]|$)|散不|如此|冰和鱼|缺\d+米|"
    r"那[间片块个]|歇|自作|私自|照[样装]|[掉松坏脏差剥]$|[带着]着药|我矿|空着|^看|下井|给了|都高|差不多|不管|早[就过]|图省|师傅|干活|单转|偷偷|"
    r"[，,](?:[^，,]{0,8}(?:工房|厂|机房|库|采区|盘区|工作面|道上|村口|麦田边|渔船|车间)|现场[^，,]{0,6}|载客中|吊装中)$"
)
_MIXED = re.compile(r"合格|齐全|有效|持证|正常|完好|符合")  # an ordinary finding that also says what is well
UNLISTED = "不构成重大事故隐患：判定标准没有列入这一情形"
_SHORT = 6
_NEAR = 6.0  # weight of what an unlisted finding shares with the nearest clause: about two telling pairs
_SILENT = (Status.UNTOUCHED.value, Status.REFUTED.value, Status.OUT_OF_SCOPE.value)


@dataclass(frozen=True)
class Told:
    """A finding, the clause its writer meant (empty: none), the industry and where it was written."""

    text: str
    clause: str
    industry: str


def tell(text: str) -> str:
    """A finding without the inspector's opening and closing words."""
    return _TAIL.sub("", _OPENING.sub("", text.strip())).rstrip("。；; ")


class Findings:
    """All findings of the knowledge base's own cases and of the wordings, by clause; ordinary ones under 无."""

    def __init__(self, maker: Maker, standards: frozenset[str], seed: int, each: int = 1) -> None:
        self.by_clause: dict[str, list[Told]] = {}
        cases, _ = load_cases(maker.engine.kb, standards=standards)
        for case in cases:
            if case.finding and not case.facts and (case.on is None or case.on == maker.on):
                hit = [ref for ref, status in case.expect.items() if status == Status.HIT.value]
                if hit or all(status in _SILENT for status in case.expect.values()):
                    clause = f"{case.standard}/{hit[0]}" if hit else NONE
                    self._add(Told(tell(case.finding), clause, case.industry), case.standard)
        draw = random.Random(seed)
        for wording in read_wordings():
            standard = wording.file.rpartition("/")[2].removesuffix(".txt")
            if standard not in standards:
                continue
            texts = list(dict.fromkeys(wording.expand()))
            for text in texts if len(texts) <= each else draw.sample(texts, each):
                self._add(Told(tell(text), wording.clause, ""), standard)

    def _add(self, told: Told, standard: str) -> None:
        if len(told.text) >= _SHORT and not _SPOKEN.search(told.text):
            key = told.clause if told.clause != NONE else f"{standard}/{NONE}"
            self.by_clause.setdefault(key, []).append(told)


@dataclass(frozen=True)
class CaseMaker:
    """Makes 案例判定 of findings."""

    maker: Maker
    findings: Findings
    barred: re.Pattern[str] | None = None  # what a finding may not speak of: things the industry has not

    def from_clause(self, clause: Clause, rng: random.Random) -> Iterator[Question]:
        """Findings whose writer meant this clause and which the engine judges by it, in an order drawn."""
        told = self.findings.by_clause.get(clause.id, [])
        for one in rng.sample(told, len(told)):
            if self._foreign(one):
                continue
            trades = self.maker.trades(clause)
            trade = self.maker.narrowed(one.industry or (trades[0] if trades else ""))
            question = self.listed(one, clause, trade, rng)
            if question is not None:
                yield question

    def ordinary(self, standard: str, rng: random.Random) -> Iterator[Question]:
        """Findings of ordinary defects and near misses in a trade, which the engine judges 一般隐患."""
        clauses = [c for c in self.maker.clauses if c.standard == standard]
        told = self.findings.by_clause.get(f"{standard}/{NONE}", [])
        for one in rng.sample(told, len(told)) if clauses else ():
            if self._foreign(one) or _MIXED.search(one.text):
                continue
            trades = self.maker.trades(clauses[0])
            trade = self.maker.narrowed(one.industry or (trades[0] if trades else ""))
            question = self.unlisted(one, clauses, trade, rng)
            if question is not None:
                yield question

    def _foreign(self, told: Told) -> bool:
        """Whether a finding is of another trade than the paper, by its own words (饲料厂, in a paper for foundries)."""
        industries = self.maker.industries
        if not industries:
            return False
        if self.maker.foreign(told.text) or (self.barred is not None and self.barred.search(told.text)):
            return True
        holds = self.maker.engine.attributes.holds
        if told.industry and all(holds(TRADE, [i], [told.industry]) is False for i in self.maker.known):
            return bool(self.maker.known)
        verdict = self._judged(told, "")
        said = (
            next((f for f in verdict.facts if f.fact == TRADE and not f.presumed), None) if verdict else None
        )
        known = self.maker.known
        return bool(said and known) and all(
            holds(TRADE, [i], [v]) is False for i in known for v in (said.values if said else ())
        )

    def _test(self, told: Told, trade: str, level: Level, clause: str = "") -> Test:
        return {"test": "verdict", "finding": told.text, "industry": trade, "level": level.value, "clause": clause,
                "on": self.maker.on.isoformat()}  # fmt: skip

    def _judged(self, told: Told, trade: str) -> Verdict | None:
        try:
            return self.maker.prover.judge(self._test(told, trade, Level.MAJOR))
        except ValueError:
            return None  # an industry no standard knows

    def listed(self, told: Told, clause: Clause, trade: str, rng: random.Random) -> Question | None:
        """A finding that is decided by the clause its writer meant."""
        level = Level.MAJOR
        verdict = self._judged(told, trade)
        if verdict is None or verdict.level is not level or len(verdict.parts) > 1:
            return None
        found = {r.clause.id: r.status for r in verdict.decisive}
        if found != {clause.id: Status.HIT}:
            return None
        beside = self._beside(told, clause, trade, rng, level)
        if len(beside) < 2:
            return None
        return self._build(told, trade, clause, [(self._says(level, clause), self._test(told, trade, level, clause.id)),
                           (UNLISTED, self._test(told, trade, Level.GENERAL)), *beside[:2]],
                           explanation=self.maker.basis(clause, *self._met(clause, verdict)))  # fmt: skip

    def _met(self, clause: Clause, verdict: Verdict) -> list[Scene]:
        """The situation of a clause that a verdict rests on, with its numbers; none where it can't be said."""
        held = {f.fact: f.shown() for r in verdict.decisive for f in r.support}
        met = [s for s in self.maker.listed(clause) if held.keys() >= set(s.shown) - IMPLIED]
        scene = max(met, key=lambda s: len(s.shown), default=None)
        if scene is None:
            return []
        for fact in scene.shown:
            if isinstance(scene.atoms[fact], Compare):
                scene = scene.with_fact(fact, held[fact])
        return [scene]

    def unlisted(self, told: Told, clauses: list[Clause], trade: str, rng: random.Random) -> Question | None:
        """An ordinary defect: the clauses nearest to it do not list it."""
        verdict = self._judged(told, trade)
        if (
            verdict is None
            or verdict.level is not Level.GENERAL
            or verdict.read != "全部"
            or verdict.decisive
        ):
            return None
        if any(r.startswith("推定") for r in verdict.reasons) or len(verdict.parts) > 1:
            return None
        clauses = [c for c in clauses if self.maker.may_address(c, trade) and not self.maker.foreign(c.title)]
        if not clauses:
            return None
        near = sorted(clauses, key=lambda c: (-self._alike(told.text, c), c.id))[0]
        beside = self._beside(told, near, trade, rng, Level.MAJOR, own=True)
        if len(beside) < 2 or self._alike(told.text, near) < _NEAR:
            return None
        held = self.maker.standard(near)
        return self._build(
            told, trade, near, [(UNLISTED, self._test(told, trade, Level.GENERAL)), *beside[:3]],
            explanation=f"《{held.title}》没有列入这一情形。最接近的是{near.ref}：{self.maker.basis(near)}",
        )  # fmt: skip

    def _beside(
        self, told: Told, clause: Clause, trade: str, rng: random.Random, level: Level, own: bool = False
    ) -> list[tuple[str, Test]]:
        """Clauses of the same standard closest to the finding that do not decide it."""
        others = [
            c
            for c in self.maker.standard(clause).clauses
            if c.executability == "full"
            and "未核" not in c.ref
            and (own or c.id != clause.id)
            and self.maker.may_address(c, trade)
            and not (self.barred and self.barred.search(c.title))
            and not self.maker.foreign(c.title)
        ]
        said, weigh = (
            pairs(told.text + clause.title + clause.restatement),
            self.maker.weights(clause.standard),
        )
        others.sort(key=lambda c: (-sum(weigh[p] for p in said & pairs(c.title + c.restatement)), c.id))
        near = others[:4]
        rng.shuffle(near)
        tried = [(self._says(level, c), self._test(told, trade, level, c.id)) for c in near]
        return [(said, test) for said, test in tried if self.maker.prover.truth(test) is False]

    def _alike(self, text: str, clause: Clause) -> float:
        """How much that is telling a text shares with a clause."""
        weigh = self.maker.weights(clause.standard)
        return sum(weigh[p] for p in pairs(text) & pairs(clause.title + clause.restatement))

    def _says(self, level: Level, clause: Clause) -> str:
        ref = clause.ref if clause.ref.startswith("（") else f"（{clause.ref}）"
        return f"{level.value}：{clause.title}{ref}"

    def _unit(self, text: str, trade: str, clause: Clause) -> str:
        """The trade of the unit the record is of: among several a clause addresses the one the text names."""
        known = self.maker.trades(clause)
        if trade not in self.maker.engine.kb.attributes[TRADE].ancestors():
            trade = known[0] if known else self.maker.standard(clause).domain
        return next((t for t in known if t[:2] in text), trade) if trade in known else trade

    def _build(
        self, told: Told, trade: str, clause: Clause, options: list[tuple[str, Test]], explanation: str
    ) -> Question:
        standard = self.maker.standard(clause)
        head = place(self._unit(told.text, trade, clause))
        text = explanation if explanation.endswith("。") else f"{explanation}。"
        return self.maker.question(
            CASE, clause, stem=f"{head}的检查记录写明：“{told.text}”。依据《{standard.title}》，正确的判定是（　　）。",
            options=tuple(said for said, _ in options), key="A", explanation=text, difficulty="中",
            tests=tuple(test for _, test in options), topics=frozenset({clause.id, f"记录:{told.text}"}),
        )  # fmt: skip
