"""Every interactive verdict is computed by both evaluators; a broken second one never costs the answer."""

import os
import signal
from collections.abc import Iterator
from datetime import date

import pytest

from engine import Engine, Finding, Level, open_engine
from engine.durable import DurableUnavailable

FINDING = Finding(text="木工车间布袋除尘器灰斗下未装锁气卸灰装置", industry="工贸", on=date(2026, 11, 24))


@pytest.fixture
def both() -> Iterator[Engine]:
    engine = open_engine()
    yield engine
    assert engine.crosscheck
    engine.crosscheck.close()


def test_both_evaluators_stand_behind_a_verdict(both: Engine) -> None:
    pytest.importorskip("durable", reason="durable-rules is not built here")
    verdict = both.judge(FINDING)
    assert (verdict.level, verdict.evaluators) == (Level.MAJOR, "参考判定器与 durable-rules 一致")
    assert verdict.notes == ()


def test_a_killed_worker_costs_a_note_and_not_the_answer(both: Engine) -> None:
    pytest.importorskip("durable", reason="durable-rules is not built here")
    before = both.judge(FINDING)
    assert both.crosscheck
    worker = both.crosscheck._durable._worker
    assert worker
    os.kill(worker._process.pid, signal.SIGKILL)
    after = both.judge(FINDING)
    assert (after.level, after.results) == (before.level, before.results)
    assert any("重启" in note for note in after.notes)


def test_without_durable_rules_the_answer_stands_and_says_so(
    both: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert both.crosscheck

    def gone(*_: object) -> None:
        raise DurableUnavailable("没有安装 durable-rules")

    monkeypatch.setattr(both.crosscheck._durable, "evaluate_many", gone)
    verdict = both.judge(FINDING)
    assert verdict.level is Level.MAJOR
    assert verdict.evaluators == "仅参考判定器"
    assert any("没有安装 durable-rules" in note for note in verdict.notes)


def test_if_the_two_differ_the_verdict_is_withheld(both: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert both.crosscheck
    wrong = {c.id: False for c in both.kb.clauses()}
    monkeypatch.setattr(both.crosscheck._durable, "evaluate_many", lambda *_: [wrong, wrong])
    verdict = both.judge(FINDING)
    assert verdict.level is Level.VERIFY
    assert verdict.results == ()
    assert "内部故障" in verdict.reasons[0]
