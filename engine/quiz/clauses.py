"""Questions from the clauses of 判定标准: situations as facts, their thresholds, the fact still missing, editions."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from engine.judge import Engine
from engine.quiz.model import (
    GAP,
    LABELS,
    MULTIPLE,
    NUMBER,
    RIGHT,
    SINGLE,
    TRUE_FALSE,
    WRONG,
    Citation,
    Question,
    Test,
)
from engine.quiz.phrase import IMPLIED, TRADE, in_order, is_policy, number, of_state, place
from engine.quiz.prove import Prover
from engine.quiz.scene import SERIES, Scene, beyond, scenes, step
from engine.quiz.statements import pairs
from engine.quiz.trials import WORDS, answers, limit_test, settling_test
from engine.quiz.usual import unusual
from kb.conditions import Compare, Has, Present, atoms
from kb.models import Clause, Standard

ELSE = "除所述情况外，其他方面均符合要求"
_SPECIAL = (
    "特种作业", "动火", "焊", "电工", "高处", "登高", "有限空间", "爆破", "制冷", "瓦斯检查", "探放水", "起重", "吊装",
    "压力容器", "锅炉", "危险化工工艺", "井下", "电气", "防爆", "驾驶", "涉药", "带药", "熏蒸", "充装", "炉", "吊运",
)  # fmt: skip
_FRAME = pairs("是否没有设置装置设施该单位企业监测报警情况固定式浓度多少哪一种现场采取措施")
_RELATED = 2  # pairs of characters a question must share with a record to be about the same thing
_LONG_OPTION = 48  # characters of a question offered as an option
_LONG_CLAUSE = 160  # characters of a clause that nobody reads to the end in a key


@dataclass(frozen=True)
class Maker:
    """Makes proven questions of clauses in force on a day. Every draw comes from the random source it is given."""

    engine: Engine
    prover: Prover
    on: date
    industries: frozenset[str] = frozenset()  # of the paper; empty: every one
    _weights: dict[str, dict[str, float]] = field(default_factory=dict)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Clauses in force whose text and number are held in full: only these have a key that can't be wrong."""
        return tuple(
            c for s in self.engine.kb.standards if s.in_force(self.on)
            for c in s.clauses if c.executability == "full" and "未核" not in c.ref
        )  # fmt: skip

    @cached_property
    def known(self) -> frozenset[str]:
        """The paper's industries that the tree of industries knows."""
        return self.industries & self.engine.kb.attributes[TRADE].ancestors().keys()

    def foreign(self, text: str) -> bool:
        """Whether a text speaks of things the paper's industry has not."""
        return unusual(text, self.known, self.engine.attributes)

    def narrowed(self, trade: str) -> str:
        """The paper's own industry where it is one of the trade addressed (none: every one); else the trade."""
        if len(self.industries) != 1 or len(self.known) != 1:
            return trade
        (own,) = self.known
        return own if not trade or self.engine.attributes.holds(TRADE, [own], [trade]) else trade

    # -- what every question of a clause shares -----------------------------------------------------------

    def standard(self, clause: Clause) -> Standard:
        return self.engine.standards[clause.standard]

    def cite(self, clause: Clause) -> Citation:
        s = self.standard(clause)
        return Citation(s.id, s.title, s.doc_no, clause.ref)

    def trades(self, clause: Clause) -> tuple[str, ...]:
        """The industries a clause addresses; empty: every one."""
        scope = self.standard(clause).scope
        for condition in (clause.scope, scope):
            if condition is None:
                continue
            named = [a for a in atoms(condition) if isinstance(a, Has) and a.attribute == TRADE]
            if named:
                return named[-1].values
        return ()

    def may_address(self, clause: Clause, trade: str) -> bool:
        """Whether a clause may address a trade: one of another trade is seen to be wrong at a glance."""
        trades, held = self.trades(clause), self.engine.attributes.holds
        known = self.engine.kb.attributes[TRADE].ancestors().keys() & {trade, *self.industries}
        return not trades or all(held(TRADE, [t], trades) is not False for t in known)

    def head(self, clause: Clause, trade: str = "") -> str:
        trades = (trade,) if trade else self.trades(clause)
        return place(trades[0] if trades else self.standard(clause).domain)

    def question(self, kind: str, clause: Clause, trade: str = "", **fields: Any) -> Question:
        """A question about a clause, with what follows from the clause alone."""
        s = self.standard(clause)
        return Question(
            kind=kind, citation=self.cite(clause), valid_from=s.effective, valid_to=s.expired,
            industries=(trade,) if trade else self.trades(clause), roles=roles(kind, clause), **fields,
        )  # fmt: skip

    def ordered(self, question: Question, rng: random.Random) -> Question:
        """With its options shuffled."""
        order = list(range(len(question.options)))
        rng.shuffle(order)
        key = "".join(sorted(LABELS[order.index(LABELS.index(c))] for c in question.key))
        return Question(
            **question.__dict__
            | {"options": tuple(question.options[i] for i in order), "key": key,
               "tests": tuple(question.tests[i] for i in order)}
        )  # fmt: skip

    def test(self, scene: Scene) -> Test:
        return {
            "test": "situation",
            "clause": scene.clause.id,
            "facts": dict(scene.facts),
            "on": self.on.isoformat(),
        }

    def topics(self, scene: Scene) -> frozenset[str]:
        return frozenset({scene.clause.id, *(f"事实:{f}" for f in scene.defects)})

    def listed(self, clause: Clause) -> list[Scene]:
        """The situations of a clause that the engine confirms and that can be said, without what is not there."""
        found = (self._here(s) for s in scenes(self.engine, clause))
        return [
            s for s in found
            if (text := s.text()) and not self.foreign(text) and self.prover.truth(self.test(s)) is True
            and not any(isinstance(s.atoms[f], Present) and s.facts[f] == "未设" for f in s.shown)
        ]  # fmt: skip

    def _here(self, scene: Scene) -> Scene:
        """The situation in a unit of the paper's own industry."""
        trade = self.narrowed(scene.trade)
        return (
            replace(scene, facts={**scene.facts, TRADE: trade}) if trade and trade != scene.trade else scene
        )

    def refuted(self, scene: Scene) -> list[tuple[str, Scene]]:
        """The situation with one fact changed, where the engine refutes it, it can be said and does not give itself away."""
        return [
            (fact, other) for fact, other in scene.changed()
            if scene.telling(fact) and (text := other.text()) and not self.foreign(text)
            and self.prover.truth(self.test(other)) is False
        ]  # fmt: skip

    def basis(self, clause: Clause, *listed: Scene) -> str:
        """What the clause says; of one that lists very much its name and the situations of it that were asked."""
        if len(clause.restatement) <= _LONG_CLAUSE:
            return _stop(clause.restatement)
        told = "；".join(f"“{t}”" for s in listed if (t := s.text()))
        return f"{clause.title}。{f'该项所列情形中有{told}。' if told else ''}"

    # -- kinds ---------------------------------------------------------------------------------------------

    def single(self, scene: Scene, rng: random.Random) -> Question | None:
        """One listed situation among others that differ from it in one fact each."""
        changed = spread(self.refuted(scene), 3, rng)
        varied = {fact for fact, _ in changed}
        if len(changed) < 2 or (len(varied) < 2 and not isinstance(scene.atoms[min(varied)], Has)):
            return None  # a single fact that varies is a 判断 or 数值
        common = [f for f in scene.shown if f not in varied and f not in IMPLIED]
        if all(of_state(scene.say(f) or "") for f in common):
            varied, common = varied | {*common}, []  # it is said of what the options say
        options = [s.text(varied) for s in (scene, *(o for _, o in changed))]
        known = in_order(
            t for f in common if (t := scene.say(f)) and not any(t in (o or "") for o in options)
        )
        grade = self.standard(scene.clause).grade
        head = self.head(scene.clause, scene.trade)
        stem = (f"{f'{head}检查发现：{known}。' if known else f'{head}的'}"
                f"下列情形中，应当判定为{grade}的是（　　）。（{ELSE}）")  # fmt: skip
        return self.question(
            SINGLE, scene.clause, scene.trade, stem=stem, options=tuple(o or "" for o in options), key="A",
            explanation=self.explain(scene, changed), difficulty="中", topics=self.topics(scene),
            tests=tuple(self.test(s) for s in (scene, *(o for _, o in changed))),
        )  # fmt: skip

    def explain(self, scene: Scene, changed: list[tuple[str, Scene]]) -> str:
        reasons = dict.fromkeys(f"改为“{o.say(f)}”，就不属于该项所列情形。" for f, o in changed)
        return f"{self.basis(scene.clause, scene)}{''.join(reasons)}"

    def true_false(self, scene: Scene, rng: random.Random) -> Question | None:
        """A situation that is listed, or the same with one fact changed."""
        changed = self.refuted(scene)
        holds = not changed or rng.random() < 0.5
        fact, told = ("", scene) if holds else rng.choice(changed)
        grade = self.standard(scene.clause).grade
        stem = f"{self.head(scene.clause, scene.trade)}检查发现：{told.text()}。{ELSE}。该情形应当判定为{grade}。"
        test = self.test(told)
        reason = "" if holds else f"题中所述“{told.say(fact)}”，不属于该项所列情形。"
        return self.question(
            TRUE_FALSE, scene.clause, scene.trade, stem=stem, options=(RIGHT, WRONG), key="A" if holds else "B",
            explanation=self.basis(scene.clause, scene) + reason, difficulty="易",
            tests=(test, {"test": "not", "of": test}), topics=self.topics(scene),
        )  # fmt: skip

    def multiple(self, clause: Clause, rng: random.Random) -> Question | None:
        """Several listed situations of a clause among some that miss by one fact."""
        listed = self.listed(clause)
        if len(listed) < 3:
            return None
        rng.shuffle(listed)
        chosen: list[Scene] = []
        for scene in listed:  # of different defects, around the same facts
            if not any(s.defects & scene.defects for s in chosen) and (
                not chosen or scene.trade == chosen[0].trade
            ):
                chosen.append(scene)
        if len(chosen) < 3:
            return None
        right, rest = chosen[: rng.choice((2, 3)) if len(chosen) > 3 else 2], chosen[2:]
        wrong: list[tuple[str, Scene, Scene]] = []
        for scene in rest:
            if scene not in right and len(right) + len(wrong) < 4:
                wrong += [(f, scene, o) for f, o in spread(self.refuted(scene), 1, rng)]
        options = [s.text() or "" for s in right] + [o.text() or "" for _, _, o in wrong]
        if not wrong or len(options) < 3 or len(set(options)) < len(options):
            return None
        grade = self.standard(clause).grade
        reasons = "".join(dict.fromkeys(f"所述“{o.say(f)}”的一项，不属于所列情形。" for f, _, o in wrong))
        return self.question(
            MULTIPLE, clause, right[0].trade, options=tuple(options), key=LABELS[: len(right)],
            stem=f"{self.head(clause, right[0].trade)}出现下列情形（每项单独出现，其他方面均符合要求），"
                 f"应当判定为{grade}的有（　　）。",
            explanation=f"{self.basis(clause, *right)}{reasons}", difficulty="难",
            tests=tuple(self.test(s) for s in (*right, *(o for _, _, o in wrong))),
            topics=frozenset(t for s in (*right, *(s for _, s, _ in wrong)) for t in self.topics(s)),
        )  # fmt: skip

    def edge(self, scene: Scene, rng: random.Random) -> Question | None:
        """A number on the edge of a threshold: the one that counts, the one that does not, or the threshold itself."""
        numbers = [f for f in scene.shown if isinstance(scene.atoms[f], Compare)]
        if not numbers:
            return None
        fact = rng.choice(numbers)
        atom = scene.atoms[fact]
        assert isinstance(atom, Compare)
        make = rng.choice((self._reaching, self._short_of, self._threshold))
        return make(scene, fact, atom, rng)

    def _about(self, scene: Scene, fact: str) -> str:
        known = in_order(t for f in scene.shown if f != fact and f not in IMPLIED and (t := scene.say(f)))
        return f"{self.head(scene.clause, scene.trade)}{f'检查发现：{known}，' if known else '的'}"

    def _numbers(
        self, scene: Scene, fact: str, atom: Compare, *, right: bool, rng: random.Random
    ) -> Question | None:
        one, others = beyond(atom, holds=right)[:1], beyond(atom, holds=not right)
        if not one or len(others) < 2:
            return None
        asked = scene.say(fact, "（　　）")
        grade = self.standard(scene.clause).grade
        said = f"构成{grade}" if right else f"尚不构成{grade}"
        tests = [self.test(scene.with_fact(fact, f"{number(v)}{atom.unit}")) for v in (*one, *others)]
        return self.question(
            NUMBER, scene.clause, scene.trade,
            stem=f"{self._about(scene, fact)}{asked}。括号内填入下列哪一数值，{said}？（{ELSE}）",
            options=tuple(f"{number(v)}{atom.unit}" for v in (*one, *others)), key="A",
            explanation=f"{self.basis(scene.clause, scene)}界限为{WORDS[atom.cmp]}{number(atom.value)}{atom.unit}。",
            tests=tuple(tests if right else ({"test": "not", "of": t} for t in tests)), difficulty="难",
            topics=self.topics(scene) | {f"事实:{fact}"},
        )  # fmt: skip

    def _reaching(self, scene: Scene, fact: str, atom: Compare, rng: random.Random) -> Question | None:
        return self._numbers(scene, fact, atom, right=True, rng=rng)

    def _short_of(self, scene: Scene, fact: str, atom: Compare, rng: random.Random) -> Question | None:
        return self._numbers(scene, fact, atom, right=False, rng=rng)

    def _threshold(self, scene: Scene, fact: str, atom: Compare, rng: random.Random) -> Question | None:
        flipped = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}[atom.cmp]
        away = step(atom) * (3 if atom.value > 3 * step(atom) else 2)
        near = [round(atom.value + away, 6), round(atom.value - away, 6)]
        if atom.unit in SERIES:
            near = [v for side in (True, False) for v in beyond(atom, holds=side) if v != atom.value][:2]
        limits = [(atom.cmp, atom.value), (flipped, atom.value), *((atom.cmp, v) for v in near if v > 0)]
        tests = [limit_test(self.test(scene), atom, limit, limits) for limit in limits]
        asked = (scene.say(fact, "") or "").removesuffix("为")
        grade = self.standard(scene.clause).grade
        return self.question(
            NUMBER, scene.clause, scene.trade,
            stem=f"{self._about(scene, fact)}{asked}（　　）的，构成{grade}。（{ELSE}）",
            options=tuple(f"{WORDS[c]}{number(v)}{atom.unit}" for c, v in limits), key="A",
            explanation=self.basis(scene.clause, scene), tests=tuple(tests), difficulty="难",
            topics=self.topics(scene) | {f"事实:{fact}"},
        )  # fmt: skip

    def gap(self, scene: Scene, rng: random.Random) -> Question | None:
        """What is still to be found out, when one fact of a listed situation is not on record."""
        open_facts = [f for f in scene.shown if f not in IMPLIED and f in self.engine.facts]
        if len(open_facts) < 2:
            return None
        fact = rng.choice(open_facts)
        left = scene.without(fact)
        asked = self.engine.facts[fact].question
        told = left.text()
        if (
            not told
            or not set(left.shown) & scene.defects
            or "（存在）" in asked
            or len(asked) > _LONG_OPTION
        ):
            return None
        values = [scene.facts[fact], *(o.facts[fact] for f, o in scene.changed() if f == fact)]
        tests = [settling_test(self.test(left), fact, values)]
        if self.prover.truth(tests[0]) is not True:
            return None
        options = [asked]
        for other in self._elsewhere(scene, told, rng):
            test = settling_test(self.test(left), other, answers(self.engine, other))
            if self.engine.facts[other].question not in options and self.prover.truth(test) is False:
                options.append(self.engine.facts[other].question)
                tests.append(test)
            if len(options) == 4:
                break
        if len(options) < 3:
            return None
        grade = self.standard(scene.clause).grade
        return self.question(
            GAP, scene.clause, scene.trade, options=tuple(options), key="A", difficulty="难", tests=tuple(tests),
            stem=f"{self.head(scene.clause, scene.trade)}的检查记录写明：{told}。仅凭这些还不能认定是否构成{grade}，"
                 "还须核实的是（　　）。（其他方面均符合要求）",
            explanation=f"{self.basis(scene.clause, scene)}记录没有写明的是这一项：核实为“{scene.say(fact)}”的即构成；"
                        "其余选项不影响本项的认定。",
            topics=self.topics(scene) | {f"事实:{fact}"},
        )  # fmt: skip

    def _elsewhere(self, scene: Scene, told: str, rng: random.Random) -> list[str]:
        """Facts that other clauses ask about what the record speaks of, the nearest first: they share rare words with it."""
        words = pairs(told + scene.clause.title) - _FRAME
        weigh = self.weights(scene.clause.standard)
        near: dict[str, float] = {}
        for clause in self.standard(scene.clause).clauses:
            if not self.may_address(clause, scene.trade) or self.foreign(clause.title):
                continue
            for part in (clause.scope, *clause.premises, *clause.limbs):
                for atom in atoms(part):
                    if isinstance(atom, Has | Compare) and atom.fact not in scene.atoms:
                        asked = self.engine.facts.get(atom.fact)
                        told_already = getattr(atom, "quantity", getattr(atom, "attribute", "")) in told
                        told_already |= (
                            any(len(v) > 1 and v in told for v in asked.options) if asked else False
                        )
                        if asked is None or told_already or len(asked.question) > _LONG_OPTION:
                            continue
                        shared = words & pairs(asked.question)
                        if len(shared) >= _RELATED:
                            near[atom.fact] = max(
                                near.get(atom.fact, 0.0), sum(weigh.get(p, 1.0) for p in shared)
                            )
        found = [f for f in near if f not in IMPLIED and not _policy(self.engine, f)]
        rng.shuffle(found)
        return sorted(found, key=lambda f: -near[f])[:12]

    def weights(self, standard: str) -> dict[str, float]:
        """How telling a pair of characters is among the clauses of a standard: what all say (继续使用) tells nothing."""
        if standard not in self._weights:
            said = [pairs(c.title + c.restatement) for c in self.engine.standards[standard].clauses]
            count = Counter(p for one in said for p in one)
            self._weights[standard] = {p: math.log((1 + len(said)) / n) for p, n in count.items()}
        return self._weights[standard]

    def edition(self, standard: Standard, rng: random.Random) -> Question | None:
        """Which edition a finding of a day near the change is judged by."""
        if standard.expired is None:
            return None
        heirs = [
            s
            for s in self.engine.kb.standards
            if s.domain == standard.domain and s.effective == standard.expired
        ]
        if not heirs or not heirs[0].in_force(self.on):
            return None
        new, before = heirs[0], rng.random() < 0.6
        day = standard.expired + timedelta(days=-rng.randrange(1, 60) if before else rng.randrange(0, 60))
        if day > self.on:
            return None
        named = standard if rng.random() < 0.5 else new
        test = {"test": "edition", "standard": named.id, "on": day.isoformat()}
        holds = named.in_force(day)
        scope = standard.scope
        trade = next((a.values[0] for a in atoms(scope) if isinstance(a, Has)), "") if scope else ""
        said = f"{day.year}年{day.month}月{day.day}日"
        changed = f"{standard.expired.year}年{standard.expired.month}月{standard.expired.day}日"
        return Question(
            kind=TRUE_FALSE,
            stem=f"{place(trade or standard.domain)}{said}检查发现的问题，应当按《{named.title}》（{named.doc_no}）"
                 "判定是否构成重大事故隐患。",
            options=(RIGHT, WRONG), key="A" if holds else "B",
            explanation=f"隐患按检查当日有效的标准判定。《{new.title}》（{new.doc_no}）自{changed}起施行，"
                        f"此前适用《{standard.title}》（{standard.doc_no}）。",
            citation=Citation(new.id, new.title, new.doc_no, "施行日期"), valid_from=new.effective, valid_to=new.expired,
            tests=(test, {"test": "not", "of": test}), topics=frozenset({f"版本:{new.id}"}),
            industries=(trade,) if trade else (), roles=("安管人员", "执法人员"), difficulty="难",
        )  # fmt: skip

    def from_clause(self, clause: Clause, rng: random.Random) -> Iterator[Question]:
        """Questions of a clause, of different kinds and limbs, in an order drawn."""
        made: list[Question | None] = [self.multiple(clause, rng)]
        for scene in self.listed(clause):
            made += [f(scene, rng) for f in (self.single, self.edge, self.gap, self.true_false)]
        found = [q for q in made if q is not None]
        rng.shuffle(found)
        yield from (q if q.kind == TRUE_FALSE else self.ordered(q, rng) for q in found)


def spread(changed: list[tuple[str, Scene]], most: int, rng: random.Random) -> list[tuple[str, Scene]]:
    """At most so many changes, of as many different facts as there are."""
    changed = changed[:]
    rng.shuffle(changed)
    seen: dict[str, int] = {}
    ranked = []
    for fact, scene in changed:
        seen[fact] = seen.get(fact, 0) + 1
        ranked.append((seen[fact], fact, scene))
    return [(f, s) for _, f, s in sorted(ranked, key=lambda r: r[0])[:most]]


def roles(kind: str, clause: Clause) -> tuple[str, ...]:
    """Who is examined on a question of a clause."""
    special = any(w in clause.restatement for w in _SPECIAL)
    lead = kind not in (GAP, NUMBER)
    return (
        *(("主要负责人",) if lead else ()),
        "安管人员",
        *(("特种作业",) if special and lead else ()),
        "执法人员",
    )


def _policy(engine: Engine, fact: str) -> bool:
    return fact in engine.kb.attributes and is_policy(fact, engine.kb)


def _stop(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"
