"""Quizzes: every key proven, nothing given away, the same seed the same paper, expiry, grading."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import docx
import pytest

from engine import Engine
from engine.quiz import (
    Paper,
    Prover,
    Question,
    Source,
    Wanted,
    absentees,
    answer_of,
    expired,
    gives_away,
    grade,
    keep,
    make_paper,
    paper_lines,
    question_of,
    read_results,
    read_roster,
    roster_of,
    sitting,
    stale,
    tally,
    write_key,
    write_paper,
)
from engine.quiz.model import GAP, MULTIPLE, NUMBER, ROLES, SINGLE, TRUE_FALSE, WHO
from engine.quiz.phrase import _name, apart, in_order, sayings, says
from engine.quiz.scene import beyond, scenes
from engine.quiz.usual import _rows, unusual
from kb import BadInput
from kb.conditions import Compare, Has, Missing
from ontology.facts import clause_atoms

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def source(engine: Engine) -> Source:
    return Source(engine, DAY, "工贸")


@pytest.fixture(scope="module")
def paper(engine: Engine) -> Paper:
    return make_paper(engine, Wanted("煤矿", size=16, seed=5), DAY)


def of_clause(source: Source, ref: str) -> list[Question]:
    clause = next(c for c in source.clauses if c.id == f"gongmao-2023/{ref}")
    return list(source.maker.from_clause(clause, random.Random(3)))


def of_kind(questions: list[Question], kind: str) -> Iterator[Question]:
    return (q for q in questions if q.kind == kind)


# -- generated and proven


def test_every_question_of_a_paper_is_proven_again_from_its_own_data(engine: Engine, paper: Paper) -> None:
    prover = Prover(engine)
    for question in paper.questions:
        again = question_of(json.loads(json.dumps(question.to_json())))
        assert prover.faults(again) == [], question.stem


def test_a_wrong_key_is_not_proven(engine: Engine, paper: Paper) -> None:
    prover = Prover(engine)
    for question in of_kind(list(paper.questions), SINGLE):
        wrong = next(c for c in "ABCD" if c not in question.key)
        assert prover.faults(replace(question, key=wrong))


def test_a_distractor_of_a_situation_differs_from_the_key_in_exactly_one_fact(source: Source) -> None:
    singles = list(of_kind(of_clause(source, "第十一条第（六）项"), SINGLE))
    assert singles
    for question in singles:
        given = {o: t["facts"] for o, t in zip(question.options, question.tests, strict=True)}
        right = given[question.right[0]]
        for option, facts in given.items():
            changed = {f for f in {*right, *facts} if right.get(f) != facts.get(f)}
            assert len(changed) == (0 if option in question.right else 1)


def test_what_the_facts_leave_unknown_proves_no_distractor(engine: Engine) -> None:
    test = {"test": "situation", "clause": "gongmao-2023/第十一条第（六）项", "on": "2026-11-28"}
    known = {"行业": "工贸", "粉尘种类": "木质粉尘", "锁气卸灰装置@除尘系统": "未设"}
    prover = Prover(engine)
    assert prover.truth({**test, "facts": known}) is None
    assert prover.truth({**test, "facts": {**known, "除尘方式": "干式"}}) is True
    assert prover.truth({**test, "facts": {**known, "除尘方式": "湿式"}}) is False


def test_a_number_on_the_edge_belongs_to_the_side_the_clause_puts_it_on(source: Source) -> None:
    above = Compare(quantity="人数", cmp=">", value=9, unit="人")
    assert beyond(above, holds=True)[0] == 10
    assert beyond(above, holds=False)[0] == 9
    assert beyond(replace(above, cmp=">="), holds=True)[0] == 9
    questions = [q for _ in range(6) for q in of_kind(of_clause(source, "第十二条第（二）项"), NUMBER)]
    assert {q.right[0] for q in questions} <= {"9人", "10人", "超过9人"}


def test_the_missing_fact_decides_and_the_other_options_do_not(engine: Engine, source: Source) -> None:
    prover = Prover(engine)
    question = next(of_kind(of_clause(source, "第十一条第（六）项"), GAP))
    for option, test in zip(question.options, question.tests, strict=True):
        assert prover.truth(test) is (option in question.right)


def test_every_question_has_a_citation_and_an_explanation(paper: Paper) -> None:
    for question in paper.questions:
        assert question.citation.ref or question.citation.doc_no
        assert question.explanation


def test_duties_kept_from_memory_are_not_asked(source: Source) -> None:
    asked = {d.id for d in source.registers.duties}
    memory = {d.id for d in source.prover.registers.duties if d.confidence != "verified"}
    assert asked and memory
    assert not asked & memory


def test_a_contested_sector_is_not_asked(source: Source) -> None:
    contested = [d for d in source.prover.registers.departments if d.contested]
    assert contested
    for department in contested:
        assert not list(source.registers.from_department(department, random.Random(1)))


def test_who_must_do_it_offers_holders_of_other_sides(source: Source) -> None:
    duty = source.prover.registers.duty["HAZ-005"]
    question = next(of_kind(list(source.registers.from_duty(duty, random.Random(1))), WHO))
    assert question.right == (duty.holder,)


# -- papers


def test_the_same_seed_gives_the_same_paper_and_another_seed_another(engine: Engine, paper: Paper) -> None:
    again = make_paper(engine, Wanted("煤矿", size=16, seed=5), DAY)
    other = make_paper(engine, Wanted("煤矿", size=16, seed=6), DAY)
    assert [q.to_json() for q in again.questions] == [q.to_json() for q in paper.questions]
    assert [q.id for q in other.questions] != [q.id for q in paper.questions]


def test_no_two_questions_of_a_paper_give_each_other_away(paper: Paper) -> None:
    for i, first in enumerate(paper.questions):
        for second in paper.questions[i + 1 :]:
            assert not gives_away(first, second)


def test_two_questions_of_one_clause_give_each_other_away(source: Source) -> None:
    first, second = of_clause(source, "第十二条第（二）项")[:2]
    assert gives_away(first, second)


def test_a_paper_asks_only_the_role_and_difficulty_wanted(engine: Engine) -> None:
    paper = make_paper(engine, Wanted("工贸", role="特种作业", size=4, difficulty="易"), DAY)
    assert paper.questions
    assert all("特种作业" in q.roles and q.difficulty == "易" for q in paper.questions)


def test_the_form_for_the_site_has_ten_short_questions(engine: Engine) -> None:
    paper = make_paper(engine, Wanted("工贸", seed=2, site=True), DAY)
    assert len(paper.questions) == 10
    assert all(len(q.stem) <= 110 for q in paper.questions)


def test_an_unknown_industry_is_named_with_those_known(engine: Engine) -> None:
    with pytest.raises(BadInput, match="没有行业 '月球采矿'"):
        make_paper(engine, Wanted("月球采矿"), DAY)


def test_a_question_expires_when_its_standard_is_replaced(engine: Engine) -> None:
    before = Source(engine, date(2026, 6, 1), "煤矿")
    clause = next(c for c in before.clauses if c.standard == "meikuang-2020")
    question = next(iter(before.maker.from_clause(clause, random.Random(1))))
    assert not expired(question, date(2026, 6, 30), engine.kb)
    assert expired(question, date(2026, 7, 1), engine.kb)
    older = replace(question, valid_to=None)  # made before the new edition was known
    assert expired(older, date(2026, 7, 1), engine.kb)


# -- grading


def test_partly_right_earns_half_and_wrong_earns_nothing(source: Source) -> None:
    question = next(q for q in of_clause(source, "第十一条第（二）项") if q.kind == MULTIPLE)
    wrong = next(c for c in "ABCD" if c not in question.key)
    assert grade([question], {question.id: question.key}).score == 100
    assert grade([question], {question.id: question.key[0]}).score == 50
    assert grade([question], {question.id: question.key[0] + wrong}).score == 0
    assert grade([question], {}).score == 0


def test_the_pass_mark_decides_and_wrong_answers_are_listed_with_their_clause(paper: Paper) -> None:
    answers = {q.id: q.key for q in paper.questions[1:]}
    result = grade(paper.questions, answers, pass_mark=95)
    assert not result.passed
    assert [r.question.id for r in result.wrong] == [paper.questions[0].id]
    assert grade(paper.questions, answers, pass_mark=80).passed


def test_an_answer_may_be_typed_as_words_or_letters(paper: Paper) -> None:
    judged = next(of_kind(list(paper.questions), TRUE_FALSE))
    assert answer_of("错", judged) == "B"
    assert answer_of(" a ", judged) == "A"
    with pytest.raises(BadInput, match="应为 A、B"):
        answer_of("C", judged)


def test_results_are_kept_by_unit_and_post_with_absences(tmp_path: Path, paper: Paper) -> None:
    file = tmp_path / "results.jsonl"
    full = grade(paper.questions, {q.id: q.key for q in paper.questions})
    keep(file, sitting(full, "一车间", "班组长", DAY, "卷一"))
    keep(file, sitting(None, "一车间", "班组长", DAY, "卷一"))
    (found,) = tally(read_results(file))
    assert (found.sat, found.absent, found.passed, found.average) == (1, 1, 1, 100.0)


def test_a_broken_line_of_results_is_named(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text('{"unit": "一车间"}\n', "utf-8")
    with pytest.raises(BadInput, match=r"results\.jsonl:1"):
        read_results(file)


# -- printing


def test_the_printed_paper_has_every_question_and_no_key_and_the_key_stands_apart(
    tmp_path: Path, paper: Paper
) -> None:
    write_paper(paper, tmp_path / "paper.docx")
    write_key(paper, tmp_path / "key.docx")
    printed = "\n".join(p.text for p in docx.Document(str(tmp_path / "paper.docx")).paragraphs)
    answers = "\n".join(p.text for p in docx.Document(str(tmp_path / "key.docx")).paragraphs)
    for n, question in enumerate(paper.questions, 1):
        assert f"{n}．{question.stem}" in printed
        assert question.explanation not in printed
        assert f"{n}．{question.key}　{question.explanation}" in answers


def test_a_question_whose_clause_now_says_otherwise_is_stale(engine: Engine, paper: Paper) -> None:
    question = next(q for q in paper.questions if q.kind == TRUE_FALSE)
    changed = replace(question, key={"A": "B", "B": "A"}[question.key])
    gone = replace(question, tests=({"test": "duty", "duty": "没有这一条", "says": ""},) * 2)
    assert stale(paper.questions, DAY, engine) == []
    assert stale([changed, gone], DAY, engine) == [changed, gone]


def test_an_open_pit_mine_is_not_asked_what_is_only_underground(engine: Engine) -> None:
    paper = make_paper(engine, Wanted("露天煤矿", size=30), DAY)
    below = re.compile("井下|瓦斯|甲烷|采煤工作面|巷道|通风机")
    assert len(paper.questions) > 10
    said = [q.stem + "".join(q.options) for q in paper.questions]
    assert [
        t for t in said if below.search(t) and "坑下" not in t
    ] == []  # a clause of 坑下 names 井下 beside it


def test_no_option_denies_what_is_itself_a_denial(engine: Engine) -> None:
    paper = make_paper(engine, Wanted(size=80, seed=4), DAY)
    twice = re.compile("没有[^，。、]*(?:未|不符合|没有)[^，。、]*的情况|没有做到“|是否做到（存在）")
    assert [o for q in paper.questions for o in (q.stem, *q.options) if twice.search(o)] == []


def test_the_other_departments_are_none_that_share_the_duty_under_a_short_name(source: Source) -> None:
    department = next(
        d for d in source.prover.registers.departments if "燃气" in d.sector and not d.contested
    )
    claim = {"test": "department", "department": department.id, "unit": "住房城乡建设部门"}
    assert source.prover.truth(claim) is None
    assert source.prover.truth({**claim, "unit": "教育部门"}) is False


def test_no_department_is_asked_that_the_sector_names(source: Source) -> None:
    for department in source.prover.registers.departments:
        for question in source.registers.from_department(department, random.Random(1)):
            right = question.right[0].removesuffix("部门")
            assert not any(right[i : i + 2] in department.sector for i in range(len(right) - 1)), (
                question.stem
            )


def test_a_changed_situation_still_reads_as_a_defect(source: Source) -> None:
    for ref in ("第十一条第（六）项", "第十一条第（十）项", "第十三条第（一）项"):
        clause = next(c for c in source.clauses if c.id == f"gongmao-2023/{ref}")
        for scene in source.maker.listed(clause):
            for fact, _ in source.maker.refuted(scene):
                assert scene.telling(fact)


def test_every_saying_is_of_a_fact_that_is_known(engine: Engine) -> None:
    held = sayings()
    names = {*engine.lexicon.concepts, *(_name(c) for c in engine.lexicon.concepts)}
    assert [t for t in held["things"] if t.partition("@")[0] not in names] == []
    for attribute, said in held["attributes"].items():
        assert {*said} - {"其他值"} <= engine.kb.attributes[attribute].ancestors().keys(), attribute
    quantities = {
        getattr(a, "quantity", "") for s in engine.kb.standards for c in s.clauses for a in clause_atoms(c)
    }
    assert {*held["quantities"]} <= quantities


def test_what_is_wrong_comes_before_how_things_stand_with_it() -> None:
    said = in_order(["仍在使用", "起重机没有经过首次检验", "该起重机是室外的轨道式起重机"])
    assert said == "该起重机是室外的轨道式起重机，起重机没有经过首次检验，仍在使用"
    assert (
        in_order(["变形超设计控制值", "变形超设计控制值没有采取处置措施"])
        == "变形超设计控制值没有采取处置措施"
    )


def test_no_fact_is_said_with_a_word_doubled(engine: Engine) -> None:
    doubled = re.compile(r"([\u4e00-\u9fff]{3,})\1")
    said = [
        says(atom, value, engine.kb, engine.lexicon) or ""
        for clause in engine.kb.clauses()
        for atom in clause_atoms(clause)
        if not isinstance(atom, Has)
        for value in (
            [f"5{atom.unit}"] if isinstance(atom, Compare) else ["有效", "失效", "未设", "有", "是"]
        )
    ]
    assert [t for t in said if doubled.search(t)] == []


def test_a_thing_is_not_named_after_the_place_it_is_said_of(engine: Engine) -> None:
    atom = Missing(thing="有限空间应急救援装备", host="有限空间")
    assert says(atom, "未设", engine.kb, engine.lexicon) == "有限空间未设置应急救援装备"


def test_the_key_of_a_judgement_does_not_tell_to_change_what_the_stem_already_says(source: Source) -> None:
    rng = random.Random(3)
    scenes = [s for c in source.clauses[:40] for s in source.maker.listed(c)[:1]]
    made = [q for s in scenes for _ in range(4) if (q := source.maker.true_false(s, rng)) and q.key == "B"]
    assert made
    for question in made:
        assert "改为" not in question.explanation
        (told,) = re.findall("题中所述“(.+)”，不属于该项所列情形。$", question.explanation)
        assert told in question.stem


def test_the_key_of_a_clause_that_lists_very_much_tells_only_what_was_asked(engine: Engine) -> None:
    mine = Source(engine, DAY, "煤矿")
    clause = next(c for c in mine.clauses if c.title == "规定地点没有设置甲烷传感器")
    scene = mine.maker.listed(clause)[0]
    assert mine.maker.basis(clause, scene) == f"{clause.title}。该项所列情形中有“{scene.text()}”。"
    short = next(c for c in mine.clauses if len(c.restatement) < 100)
    assert mine.maker.basis(short).startswith(short.restatement)


def test_a_trade_is_not_asked_about_what_it_never_has(engine: Engine) -> None:
    attributes = engine.attributes
    assert unusual("快速冻结装置未设单独作业间", ["机械"], attributes)
    assert not unusual("快速冻结装置未设单独作业间", ["食品制造"], attributes)
    assert not unusual("快速冻结装置未设单独作业间", ["工贸"], attributes)  # broader: may have it
    assert unusual("氧舱安全保护联锁失效", ["煤矿"], attributes)
    assert not unusual("氧舱安全保护联锁失效", [], attributes)
    for industry in ("机械", "餐饮", "渔业船舶"):
        said = [
            q.stem + "".join(q.options) for q in make_paper(engine, Wanted(industry, size=20), DAY).questions
        ]
        assert [t for t in said if re.search("液氨|氧舱|索道|游乐", t)] == [], industry


def test_every_industry_named_as_having_things_is_one(engine: Engine) -> None:
    known = engine.kb.attributes["行业"].ancestors().keys()
    for row in _rows():
        assert {*row.industries, *row.without} <= known, row.words.pattern


def test_a_paper_has_fair_shares(engine: Engine) -> None:
    paper = make_paper(engine, Wanted("机械", size=20, seed=9), DAY)
    shared = {s.id for s in engine.kb.standards if s.domain in ("特种设备", "消防")}
    assert len(paper.questions) == 20
    assert sum(q.citation.standard in shared for q in paper.questions) <= 4
    keys = [q.key for q in paper.questions if q.kind == TRUE_FALSE]
    assert abs(keys.count("A") - keys.count("B")) <= 1
    assert sum(q.kind == WHO for q in paper.questions) <= 3


def test_a_unit_of_the_papers_own_industry_is_asked_about(engine: Engine) -> None:
    paper = make_paper(engine, Wanted("木制品加工", size=12, seed=2), DAY)
    assert [
        q.stem for q in paper.questions if q.stem.startswith("某工贸企业") and "年" not in q.stem[:12]
    ] == []


def test_the_paper_for_the_site_says_its_time(engine: Engine) -> None:
    lines = list(paper_lines(make_paper(engine, Wanted(site=True), DAY)))
    assert "限时 3 分钟" in lines[1]


def test_a_roster_gives_an_absence_for_each_who_has_no_result(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("单位,岗位,人数\n一车间,班组长,3\n二车间,电工\n二车间,电工\n", "gb18030")
    due = read_roster(path)
    assert due == {("一车间", "班组长"): 3, ("二车间", "电工"): 2}
    sat = sitting(None, "二车间", "电工", DAY, "卷")
    missing = absentees(due, [sat], DAY, "卷")
    assert len(missing) == 4 and all(s.score is None for s in missing)
    assert [t.absent for t in tally([sat, *missing])] == [3, 2]


def test_a_line_of_a_roster_without_a_post_is_named() -> None:
    with pytest.raises(BadInput, match=r"名册:2.*只有一栏"):
        roster_of("一车间 班组长 3\n二车间")
    with pytest.raises(BadInput, match="没有读到人"):
        roster_of("单位 岗位")


def test_papers_of_two_roles_with_one_seed_are_mostly_other_papers(engine: Engine) -> None:
    papers = [make_paper(engine, Wanted("机械", role=role, size=12, seed=9), DAY) for role in ROLES[:2]]
    first, second = ({q.stem for q in p.questions} for p in papers)
    assert len(first & second) <= 4


def test_who_leads_a_unit_is_asked_of_duties_as_much_as_of_clauses(engine: Engine) -> None:
    source = Source(engine, DAY, "机械", role="主要负责人")
    drawn = list(islice(source.stream(SINGLE, random.Random(3)), 10))
    assert sum(not q.citation.standard.startswith(("gongmao", "gb", "tezhong")) for q in drawn) >= 4


def test_no_scene_speaks_of_a_dust_explosion_zone_where_the_dust_can_not_burn(engine: Engine) -> None:
    assert apart("产生的粉尘不可燃，粉尘爆炸危险场所内设有会议室")
    assert not apart("产生可燃性粉尘，粉尘爆炸危险场所内设有会议室")
    clauses = [c for c in engine.standards["gongmao-2023"].clauses if c.ref.startswith("第十一条")]
    told = [o.text() for c in clauses for s in scenes(engine, c) for _, o in s.changed()]
    assert any(t and "不可燃" in t for t in told)
    assert not any(t and "不可燃" in t and "粉尘爆炸危险" in t for t in told)
