"""The audit of questions that Panding itself printed: read back fact by fact and proven again, whoever changed their keys."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from engine import Engine
from engine.quiz import LABELS, Source
from engine.quiz.audit import Auditor
from engine.quiz.bank import Item
from engine.quiz.model import KINDS, MULTIPLE, TRUE_FALSE, Question
from engine.quiz.readback import Readback
from engine.quiz.scene import scenes
from engine.quiz.trials import limit_of

ON = date(2026, 11, 29)


@pytest.fixture(scope="module")
def source(engine: Engine) -> Source:
    return Source(engine, ON)


@pytest.fixture(scope="module")
def readback(engine: Engine) -> Readback:
    return Readback(engine, ON)


def proven(source: Source, kind: str, count: int) -> list[Question]:
    made = source.stream(kind, random.Random(f"own/{kind}"))
    return list(islice((q for q in made if not source.prover.faults(q)), count))


def printed(question: Question, key: str) -> Item:
    """As a paper prints it: a 判断 has no options."""
    if question.kind == TRUE_FALSE:
        return Item("第2行", question.stem, (), {"A": "对", "B": "错"}[key])
    return Item("第2行", question.stem, question.options, key)


def falsified(question: Question, rng: random.Random) -> str:
    letters = LABELS[: len(question.options)]
    if question.kind != MULTIPLE:
        return rng.choice([c for c in letters if c not in question.key])
    changed = (set(question.key) ^ {c} for c in rng.sample(letters, len(letters)))
    return next("".join(sorted(c)) for c in changed if c)


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_ours_agrees_with_the_audit_and_every_changed_key_is_found(
    source: Source, auditor: Auditor, kind: str
) -> None:
    rng = random.Random(1)
    made = proven(source, kind, 20)
    assert len(made) == 20
    for question in made:
        right = auditor.check(printed(question, question.key))
        assert not right.alarms, (question.stem, right.alarms)
        wrong = printed(question, falsified(question, rng))
        assert auditor.check(wrong).alarms or (kind == MULTIPLE and not right.agreed), wrong


def test_the_text_of_a_situation_states_just_its_facts(engine: Engine, readback: Readback) -> None:
    read = 0
    for standard in (s for s in engine.kb.standards if s.in_force(ON)):
        for clause in standard.clauses[:6]:
            for scene in scenes(engine, clause) if clause.executability == "full" else ():
                head = next((h for h, t in readback.heads.items() if t == scene.trade), "")
                if not (text := scene.text()) or not head:
                    continue
                found = readback.situations(head, text)
                assert any(s.facts == scene.facts for s in found), (clause.id, text)
                read += 1
    assert read > 100


@pytest.mark.parametrize(
    "text",
    [
        "该矿为突出矿井，井口有积雪",
        "没有进行瓦斯抽采，井口有积雪",
        "今天下雨",
        "",
        "，，",
        "检查时正在生产，" * 5000,
    ],
)
def test_a_text_with_a_part_of_other_words_is_not_read(readback: Readback, text: str) -> None:
    assert readback.situations("某煤矿", text) == []


def test_a_unit_of_another_trade_is_not_addressed(readback: Readback) -> None:
    told = "该船为内河危险货物运输船，违反禁限航冒险航行"
    assert readback.situations("某水路运输企业", told)
    assert not readback.situations("某煤矿", told)


def test_a_number_of_another_unit_is_not_the_number_meant(readback: Readback) -> None:
    assert readback.situations("某煤矿", "该设备在采区内，隔爆外壳凸凹深度为5.1mm")
    assert not readback.situations("某煤矿", "该设备在采区内，隔爆外壳凸凹深度为5.1m")


def test_a_limit_in_other_words_is_none() -> None:
    assert limit_of("达到或者超过2%", "%") == (">=", 2.0)
    assert limit_of("2%", "%") is None
    assert limit_of("低于5台", "个") is None


def test_a_finding_beyond_our_words_is_left_to_the_other_checks(auditor: Auditor) -> None:
    item = Item("第2行", "某煤矿检查发现：井口食堂的地面有油污。该情形应当判定为重大事故隐患。", (), "对")
    assert not auditor.check(item).agreed


def test_changing_one_number_of_a_duty_word_for_word_is_found(auditor: Auditor) -> None:
    duty = next(d for d in auditor.book.registers.duties if "30日" in d.duty and d.confidence == "verified")
    item = Item("第2行", f"{duty.duty}。", (), "对")
    assert auditor.check(item).agreed
    assert auditor.check(replace(item, key="错")).alarms
    assert auditor.check(replace(item, stem=item.stem.replace("30日", "45日"))).alarms
