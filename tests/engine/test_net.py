"""The net proposes, and what it proposes is asked: never decided, never against a known fact."""

import json
import os
import subprocess
import sys
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.learned import MODEL, Learned
from corpus.likeness import Likeness
from corpus.train import train
from corpus.wordings import NONE
from engine import Engine, Finding, open_engine
from engine.clauses import Status
from engine.verdict import Level

DAY = date(2026, 11, 28)
CLAUSE = "gongmao-2023/第十一条第（六）项"
# a defect whose words no concept knows, of a thing that the clause is about
UNREAD = Finding("除尘系统螺旋梯踏板缺失", industry="工贸", on=DAY)


class Proposing(Learned):
    """A net that always believes in one clause, as sure as another kind of net must be."""

    def __init__(self, clause: str, belief: float, like: type[Learned] | type[Likeness]) -> None:
        super().__init__(Path("none"))
        self.said = [(clause, belief)]
        self.least, self.sure = like.least, like.sure

    def propose(self, text: str, among: Collection[str]) -> list[tuple[str, float]]:
        return [(c, p) for c, p in self.said if c in among]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_engine(crosscheck=False)


def judged(  # type: ignore[no-untyped-def]
    engine: Engine,
    clause: str,
    belief: float,
    finding: Finding = UNREAD,
    like: type[Learned] | type[Likeness] = Learned,
):
    engine.nets = (Proposing(clause, belief, like),)
    return engine.judge(finding)


def test_what_the_net_believes_is_asked_with_the_clause_named(engine: Engine) -> None:
    verdict = judged(engine, CLAUSE, 0.99)
    assert verdict.level is Level.VERIFY
    assert [(r.clause.id, r.status) for r in verdict.open] == [(CLAUSE, Status.OPEN)]
    assert any(q.question.startswith("疑似第十一条第（六）项") for q in verdict.questions)


def test_below_the_threshold_nothing_is_asked(engine: Engine) -> None:
    assert judged(engine, CLAUSE, Learned.least - 0.01).open == ()


def test_a_clause_about_nothing_that_was_read_is_not_proposed(engine: Engine) -> None:
    assert judged(engine, CLAUSE, 0.99, replace(UNREAD, text="仓库螺旋梯踏板缺失")).open == ()


def test_where_every_word_was_read_the_net_must_be_surer(engine: Engine) -> None:
    read = replace(UNREAD, text="除尘系统照明灯损坏")
    sure = Likeness.sure
    assert sure is not None
    assert judged(engine, CLAUSE, sure - 0.01, read, Likeness).open == ()
    assert judged(engine, CLAUSE, sure, read, Likeness).open != ()


def test_what_was_read_whole_is_never_put_to_the_learned_net(engine: Engine) -> None:
    read = replace(UNREAD, text="除尘系统照明灯损坏")
    assert judged(engine, CLAUSE, 1.0, read, Learned).open == ()


def test_the_net_that_is_shipped_was_trained_on_the_clauses_that_are_held(engine: Engine) -> None:
    labels = set(json.loads((MODEL / "trained.json").read_text("utf-8"))["labels"])
    held = {c.id for c in engine.kb.clauses()} | {NONE}
    assert labels <= held and len(labels) > 0.9 * len(held)
    assert Learned().propose("灰斗下面用编织袋接灰，没有锁气卸灰阀", {CLAUSE})[0][0] == CLAUSE
    assert sum(f.stat().st_size for f in MODEL.rglob("*") if f.is_file()) <= 15 * 2**20


def test_a_clause_that_the_facts_deny_is_not_proposed(engine: Engine) -> None:
    finding = replace(UNREAD, facts={"锁气卸灰装置@除尘系统": "有效"})
    assert judged(engine, CLAUSE, 0.99, finding).open == ()


def test_a_clause_of_another_trade_or_not_in_force_is_not_proposed(engine: Engine) -> None:
    assert judged(engine, "meikuang-2026/第四条第（一）项", 0.99).open == ()
    assert judged(engine, "gongmao-2017/一、专项类（一）第9项", 0.99).open == ()


def test_what_is_decided_stays_decided_whatever_the_net_believes(engine: Engine) -> None:
    hit = Finding("木工车间布袋除尘器灰斗下未装锁气卸灰装置", industry="工贸", on=DAY)
    verdict = judged(engine, "gongmao-2023/第十一条第（三）项", 0.99, hit)
    assert verdict.level is Level.MAJOR
    assert [r.clause.id for r in verdict.decisive] == [CLAUSE]


def test_the_same_texts_and_seed_give_the_same_net_and_it_tells_them_apart(tmp_path: Path) -> None:
    data = [(f"{p}灰斗下没装锁气阀", CLAUSE) for p in "一二三四五六"] + [
        (f"{p}号灯不亮", NONE) for p in "一二三四五六"
    ]
    for name in ("a", "b"):
        train(data, tmp_path / name, epochs=20)
    first, second = Learned(tmp_path / "a"), Learned(tmp_path / "b")
    told, other = "七灰斗下没装锁气阀", "七号灯不亮"
    assert first.propose(told, {CLAUSE})[0][1] > 0.5 > first.propose(other, {CLAUSE})[0][1]
    assert first.propose(told, {CLAUSE}) == second.propose(told, {CLAUSE})
    assert first.propose(told, set()) == []


@pytest.mark.parametrize("kind", [Learned, Likeness])
def test_without_a_net_nothing_is_proposed(kind: type[Learned] | type[Likeness]) -> None:
    net = kind(Path("no such folder"))
    assert net.version == "" and net.propose("灰斗下没装锁气阀", {CLAUSE}) == []


def test_wordings_alike_propose_their_clause_and_ordinary_ones_silence_it(tmp_path: Path) -> None:
    clause = "one/第一条"
    (tmp_path / "one.txt").write_text(
        "[第一条]\n{灰斗|集灰斗}下没装锁气阀\n[无]\n{灰斗|料斗}外壳掉漆\n", "utf-8"
    )
    net = Likeness(tmp_path)
    assert [c for c, _ in net.propose("灰斗下锁气阀没见着", {clause})] == [clause]
    assert net.propose("灰斗外壳掉漆", {clause}) == []
    assert net.propose("灰斗下锁气阀没见着", {"two/第一条"}) == []


def test_likeness_is_the_same_to_the_last_digit_in_every_process() -> None:
    script = (
        "from corpus.likeness import Likeness; from corpus.wordings import read_wordings; "
        "said = Likeness().propose('木工除尘灰斗直接拿袋子接，没有星型阀锁气卸灰', {w.clause for w in read_wordings()}); "
        "print(said[:3])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(told) == 1 and told != {"[]\n"}
