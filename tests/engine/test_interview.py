"""Asking only what still matters, once each, until the verdict stands."""

import pytest

from engine import Engine, Finding, Level
from engine.interview import UNSURE, Interview, named_values, option
from kb import BadInput

TEXT = "除尘器未安装锁气卸灰装置"


def test_the_first_question_is_the_one_that_settles_most(engine: Engine) -> None:
    verdict = engine.judge(Finding(text=TEXT))
    question = Interview(Finding(text=TEXT)).next(verdict)
    assert question is not None
    assert question.settles == max(q.settles for q in verdict.questions)


def test_answers_lead_to_the_verdict_and_nothing_is_asked_twice(engine: Engine) -> None:
    known = {"行业": "工贸", "粉尘种类": "木质粉尘", "除尘方式": "干式"}
    interview = Interview(Finding(text=TEXT))
    asked: list[str] = []
    while (question := interview.next(engine.judge(interview.so_far))) is not None:
        asked.append(question.fact)
        interview = interview.answer(engine, question, known.get(question.fact, UNSURE))
    assert len(asked) == len(set(asked)) and asked
    assert engine.judge(interview.so_far).level is Level.MAJOR


def test_a_question_that_no_longer_matters_is_not_asked(engine: Engine) -> None:
    interview = Interview(Finding(text=TEXT, facts={"行业": "工贸", "粉尘种类": "不可燃粉尘"}))
    verdict = engine.judge(interview.so_far)
    assert verdict.level is not Level.VERIFY and interview.next(verdict) is None


def test_not_knowing_is_an_answer_and_can_be_taken_back(engine: Engine) -> None:
    interview = Interview(Finding(text=TEXT))
    verdict = engine.judge(interview.so_far)
    question = interview.next(verdict)
    assert question is not None
    unsure = interview.answer(engine, question, UNSURE)
    assert unsure.so_far.facts == {} and unsure.next(verdict) != question
    assert unsure.undo(question.fact).next(verdict) == question


def test_an_answer_that_does_not_fit_is_refused_with_what_is_allowed(engine: Engine) -> None:
    interview = Interview(Finding(text=TEXT))
    with pytest.raises(BadInput, match="干式、湿式"):
        interview.answer(engine, engine.question("除尘方式"), "半干式")


def test_a_number_chooses_an_option_and_words_stand_for_themselves(engine: Engine) -> None:
    question = engine.question("除尘方式")
    assert [option(question, str(i + 1)) for i in range(len(question.options) + 1)] == [
        *question.options,
        UNSURE,
    ]
    assert option(question, " 湿式 ") == "湿式"
    assert option(question, "99") == "99"


def test_a_correction_replaces_what_was_read_until_it_is_undone(engine: Engine) -> None:
    interview = Interview(Finding(text=f"木工{TEXT}", industry="工贸"))
    dust = engine.question("粉尘种类")
    corrected = interview.correct(engine, dust, "不可燃粉尘")
    assert engine.judge(corrected.so_far).contradictions == ()
    assert corrected.undo(dust.fact) == interview


def test_of_many_options_those_the_clauses_name_and_nothing_known_already(engine: Engine) -> None:
    verdict = engine.judge(Finding("布袋除尘器灰斗下未装锁气卸灰装置", industry="工贸"))
    (question,) = [q for q in verdict.questions if q.fact == "粉尘种类"]
    assert named_values(verdict, question) == ("可燃性粉尘", "木质粉尘", "铝镁等金属粉尘")
    painted = engine.judge(Finding("喷漆房未安装可燃气体报警器", industry="工贸"))
    (trade,) = [q for q in painted.questions if q.fact == "行业"]
    assert "机械" in named_values(painted, trade) and "工贸" not in named_values(painted, trade)
