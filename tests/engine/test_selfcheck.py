"""The fewest questions that settle everything; what is found, open and cleared; what lifts each hazard."""

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from engine import Engine, Finding
from engine.checkfile import Check, load_check, save_check
from engine.clauses import DECISIVE, Status
from engine.handbook import handbook
from engine.lifting import lifts
from engine.profile import Profile, load_profile, read_profile
from engine.rehearsal import full_view, hidden, rehearse
from engine.selfcheck import CLEARED, FOUND, GATE, OPEN, SelfCheck, new_check
from engine.selfpapers import congress_report, department_report, hazard_list, self_report
from engine.selfreport import _where, result
from engine.standing import applicable
from engine.walkround import FIRST
from kb import BadInput
from kb.national import Duty
from kb.registers import load_registers
from ui import check_file
from ui.office import docx, xlsx

ON = date(2026, 11, 28)
EXAMPLES = Path(__file__).parent.parent.parent / "kb" / "examples"
LOCK, CONTROL = "锁气卸灰装置@除尘系统", "爆炸防控措施@除尘系统"


@pytest.fixture(scope="module")
def duties() -> tuple[Duty, ...]:
    return load_registers().duties


def started(engine: Engine, duties: tuple[Duty, ...], name: str = "furniture", on: date = ON) -> SelfCheck:
    return SelfCheck(engine, new_check(engine, load_profile(EXAMPLES / f"{name}.yaml"), on, duties), duties)


def bare(engine: Engine, *industries: str) -> SelfCheck:
    return SelfCheck(engine, new_check(engine, read_profile({"行业": list(industries)}), ON))


def stand(check: SelfCheck, ref: str) -> str:
    return next(s.status for s in check.stands() if s.held.clause.ref == ref)


# -- the property --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sound", [0.0, 0.9])
@pytest.mark.parametrize("name", ["furniture", "cold-store", "hospital", "foundry", "chemical"])
def test_honest_answers_end_with_exactly_the_verdicts_of_the_full_truth(
    engine: Engine, duties: tuple[Duty, ...], name: str, sound: float
) -> None:
    check = started(engine, duties, name)
    truth = hidden(check, random.Random(name), sound=sound)
    asked = rehearse(check, truth)
    full = full_view(check, truth)
    assert {h.clause.id: check.view.truth(h) for h in check.clauses} == {
        h.clause.id: full.truth(h) for h in check.clauses
    }
    assert check.next() is None and asked == len(check.check.answers)


@pytest.mark.parametrize("seed", range(3))
def test_what_the_check_finds_is_what_the_engine_judges_of_all_the_facts(engine: Engine, seed: int) -> None:
    check = bare(engine, "木制品加工")
    truth = hidden(check, random.Random(seed), sound=0.7, gone=0.0)
    rehearse(check, truth)
    verdict = engine.judge(Finding(facts={**truth.answers, "行业": "木制品加工"}, on=ON))
    judged = {r.clause.id for r in verdict.results if r.status is Status.HIT}
    assert {s.held.clause.id for s in check.stands() if s.status == FOUND} == judged
    assert judged <= {r.clause.id for r in verdict.results if r.status in DECISIVE}


def test_a_check_of_a_coal_mine_ends_the_same_way(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties, "coal-mine")
    truth = hidden(check, random.Random(5), sound=0.3)
    rehearse(check, truth)
    full = full_view(check, truth)
    assert [h.clause.id for h in check.clauses if check.view.truth(h) is not full.truth(h)] == []


# -- questions -----------------------------------------------------------------------------------------


def test_no_question_is_put_that_can_change_nothing(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties)
    for question in check.pending():
        assert question.settles > 0 and question.refs and question.place
        if not question.id.startswith(GATE):
            assert any(question.id in check.view.live(h) for h in check.open_clauses())


def test_one_answer_that_a_place_is_missing_clears_all_that_stands_there(engine: Engine) -> None:
    check = bare(engine, "木制品加工")
    before = {q.id for q in check.pending()}
    assert {GATE + "有限空间", "作业审批@有限空间"} <= before
    check.answer(GATE + "有限空间", "无")
    assert not any(q.id.endswith("@有限空间") for q in check.pending())
    assert stand(check, "第十三条第（一）项") == stand(check, "第十三条第（二）项") == CLEARED


def test_a_place_known_to_be_there_is_not_asked_about(engine: Engine, duties: tuple[Duty, ...]) -> None:
    ids = {q.id for q in started(engine, duties).pending()}
    assert GATE + "除尘系统" not in ids and GATE + "喷漆室" not in ids


def test_a_healthy_site_needs_far_fewer_questions_than_there_are(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties)
    possible = len(check.pending())
    asked = rehearse(check, hidden(check, random.Random(1), sound=1.0))
    assert asked < possible and check.settled == 1


def test_the_walk_stays_at_a_place_until_it_is_done(engine: Engine, duties: tuple[Duty, ...]) -> None:
    places = [q.place for q in started(engine, duties).pending()]
    runs = [p for i, p in enumerate(places) if i == 0 or p != places[i - 1]]
    assert len(runs) == len(set(runs)) and runs[-1] == "资料"


# -- answers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("无", FOUND),
        ("失效", FOUND),
        ("有效", CLEARED),
        ("不清楚", OPEN),
        ("存疑", OPEN),
        ("不适用", CLEARED),
    ],
)
def test_every_answer_means_what_it_says(
    engine: Engine, duties: tuple[Duty, ...], answer: str, status: str
) -> None:
    check = started(engine, duties)
    check.answer(LOCK, answer)
    assert stand(check, "第十一条第（六）项") == status
    assert LOCK not in {q.id for q in check.pending()}


def test_that_a_device_is_there_does_not_say_that_it_works(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties)
    check.answer(LOCK, "有")
    assert stand(check, "第十一条第（六）项") == OPEN


def test_several_kinds_side_by_side_are_judged_each_by_itself(engine: Engine) -> None:
    check = bare(engine, "木制品加工")
    for id, value in {"粉尘种类": "木质粉尘", "除尘方式": "干式、湿式", LOCK: "无"}.items():
        check.answer(id, value)
    assert stand(check, "第十一条第（六）项") == FOUND
    check.answer("除尘方式", "湿式")
    assert stand(check, "第十一条第（六）项") == CLEARED


def test_numbers_are_taken_with_their_unit(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties, "cold-store")
    check.answer("单独作业间@快速冻结装置", "有效")
    check.answer("人数@快速冻结作业间", "9人")
    assert stand(check, "第十二条第（二）项") == CLEARED
    check.answer("人数@快速冻结作业间", "10")
    assert stand(check, "第十二条第（二）项") == FOUND
    with pytest.raises(BadInput, match="应如 12人"):
        check.answer("人数@快速冻结作业间", "很多")
    assert stand(check, "第十二条第（二）项") == FOUND


def test_a_question_that_does_not_exist_is_refused(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties)
    for id in ("限位器@月球", GATE + "气体检测报警系统"):
        with pytest.raises(BadInput, match=r"没有问题.*panding selfcheck next 自查文件 --all"):
            check.answer(id, "无")
    with pytest.raises(BadInput, match=f"相近的编号有：{LOCK}"):
        check.answer("锁气卸灰装置", "无")


def test_devices_of_equipment_that_is_not_there_are_not_asked(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties)  # 无 电梯, 无 起重机, 无 客运索道
    lift, both = "电梯安全保护装置@特种设备", "起重量限制器@特种设备"
    open_ = next(
        s for s in check.stands() if s.held.clause.id == "tezhong-yanzhong-2022/第二十五条第（三）项"
    )
    assert open_.status == OPEN and not {lift, both, "门锁安全回路被短接@特种设备"} & set(open_.wanting)
    assert check.view.absent[both] == "没有起重机、电梯（企业情况）"
    assert lift in {q.id for q in started(engine, duties, "hospital").pending()}


def test_a_device_of_several_kinds_falls_away_with_the_last_of_them(engine: Engine) -> None:
    check, device = bare(engine, "机械"), "起重量限制器@特种设备"
    check.answer(GATE + "起重机", "无")
    assert device not in check.view.absent
    check.answer(GATE + "电梯", "无")
    assert check.view.absent[device] == "没有起重机、电梯"
    check.withdraw(GATE + "起重机")
    assert device not in check.view.absent


def test_what_is_in_order_with_all_special_equipment_is_so_with_the_device_of_a_pressure_vessel_not_the_other_way(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    check.answer("安全阀@压力容器", "有效")
    assert "安全阀@特种设备" not in check.view.facts  # a boiler or a pipe may have one that fails
    check = started(engine, duties, "foundry")
    check.answer("安全阀@特种设备", "有效")
    assert check.view.facts["安全阀@压力容器"].shown() == "有效"


def test_an_answer_that_denies_another_is_told(engine: Engine) -> None:
    check = bare(engine, "木制品加工")
    check.answer(GATE + "除尘系统", "无")
    check.answer(LOCK, "无")
    assert any("没有除尘系统" in n and "请核对" in n for n in check.notes())


def test_an_answer_taken_back_is_asked_again(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties)
    before = check.stands()
    check.answer(LOCK, "无")
    check.withdraw(LOCK)
    assert check.stands() == before


def test_a_place_seen_to_be_in_order_is_answered_at_one_go(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties)
    check.answer(LOCK, "无")
    assert CONTROL in check.in_order("除尘系统")
    assert stand(check, "第十一条第（三）项") == CLEARED and stand(check, "第十一条第（六）项") == FOUND
    assert not any(q.place == "除尘系统" and q.id.endswith("@除尘系统") for q in check.pending())
    with pytest.raises(BadInput, match="没有可以一起答的问题"):
        check.in_order("月球")


def test_what_is_wrong_with_a_boiler_is_wrong_with_special_equipment(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "hospital")
    check.answer("特种设备使用状态", "在用")
    check.answer("检验结论不合格@锅炉", "有")
    found = {s.held.clause.id for s in check.stands() if s.status == FOUND}
    assert found == {"gb45067-2024/4.2 a)", "tezhong-yanzhong-2022/第二十五条第（二）项"}
    check.answer("检验结论不合格@特种设备", "无")
    assert any("检验结论" in n and "请核对" in n for n in check.notes())


def test_what_is_not_in_order_at_a_place_is_left_to_be_asked(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties)
    assert CONTROL in {q.id for q in check.together("除尘系统")}
    assert CONTROL not in check.in_order("除尘系统", but=[CONTROL])
    assert CONTROL not in check.check.answers and CONTROL in {q.id for q in check.pending()}


def test_what_is_in_order_with_all_special_equipment_is_so_with_each_kind(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "hospital")
    check.answer("检验结论不合格@特种设备", "无")
    assert "检验结论不合格@锅炉" not in {q.id for q in check.pending()}
    assert stand(check, "4.2 a)") == CLEARED


# -- kept and resumed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".xlsx"])
def test_a_check_is_kept_with_notes_and_photos_and_resumed(
    engine: Engine, duties: tuple[Duty, ...], tmp_path: Path, suffix: str
) -> None:
    check = started(engine, duties)
    check.answer(LOCK, "无", note="灰斗直接落料", photo="IMG_12")
    path = tmp_path / f"c{suffix}"
    check_file.save(check, path)
    assert check_file.load(path) == check.check


def test_a_workbook_filled_in_on_the_walk_is_read_back(
    engine: Engine, duties: tuple[Duty, ...], tmp_path: Path
) -> None:
    check = started(engine, duties)
    path = tmp_path / "c.xlsx"
    check_file.save(check, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    header = [c.value for c in sheet[1]]
    row = next(r for r in sheet.iter_rows(min_row=2) if r[0].value == CONTROL)
    row[header.index("答案")].value, row[header.index("备注")].value = "失效", "爆破片锈死"
    book.save(path)
    resumed = SelfCheck(engine, check_file.load(path), duties)
    assert stand(resumed, "第十一条第（三）项") == FOUND
    assert resumed.check.answers[CONTROL].note == "爆破片锈死"


def test_another_knowledge_base_and_lost_questions_are_told(
    engine: Engine, duties: tuple[Duty, ...], tmp_path: Path
) -> None:
    check = started(engine, duties).check.model_copy(update={"kb_version": "older"})
    path = tmp_path / "c.yaml"
    save_check(check, path)
    path.write_text(path.read_text("utf-8").replace("回答: {}", "回答: {老问题@老地方: {答案: 无}}"), "utf-8")
    resumed = SelfCheck(engine, load_check(path), duties)
    assert any("older" in n for n in resumed.notes()) and any("老问题@老地方" in n for n in resumed.notes())
    assert resumed.check.answers["老问题@老地方"].value == "无"


def test_a_file_that_is_no_check_is_refused_by_field(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    for text, message in (
        ("行业: [机械]", "不是自查文件"),
        ("企业情况: {行业: [机械]}", "检查日期：应是日期"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(BadInput, match=message):
            load_check(path)


# -- results -------------------------------------------------------------------------------------------


def answered(engine: Engine, duties: tuple[Duty, ...]) -> SelfCheck:
    check = started(engine, duties)
    check.answer(LOCK, "无", note="=HYPERLINK(1)", photo="IMG_12")
    check.answer(CONTROL, "失效")
    return check


def test_the_smallest_change_lifts_each_hazard(engine: Engine, duties: tuple[Duty, ...]) -> None:
    found = result(answered(engine, duties))
    assert [(h.stand.held.clause.ref, h.measure) for h in found.found] == [
        ("第十一条第（三）项", "整改后，除尘系统已经采取爆炸防控措施"),
        ("第十一条第（六）项", "整改后，除尘系统已设置锁气卸灰装置且正常有效"),
    ]


@pytest.mark.parametrize("name", ["foundry", "chemical", "hospital"])
def test_every_way_out_works_and_no_smaller_one_does(
    engine: Engine, duties: tuple[Duty, ...], name: str
) -> None:
    check = started(engine, duties, name)
    rehearse(check, hidden(check, random.Random(name), sound=0.5))
    hits = [h for h in check.clauses if check.view.truth(h) is True]
    assert hits
    for held in hits:
        for lift in lifts(check.view, held):
            changed = {c.fact: _value(engine, c.fact, c.then) for c in lift.changes}
            assert check.view.but(changed).truth(held) is (None if lift.open else False)
            for fact in changed:
                fewer = {f: v for f, v in changed.items() if f != fact}
                assert check.view.but(fewer).truth(held) is not (None if lift.open else False)


def _value(engine: Engine, fact: str, shown: str):
    from engine.given import given_facts

    return given_facts({fact: shown}, engine.facts, engine.kb)[fact]


def test_a_way_out_says_what_must_still_be_looked_at(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties, "cold-store")
    check.answer("氨直接蒸发制冷空调@包装间", "有")
    (hazard,) = result(check).found
    assert hazard.measure.startswith("整改后，包装间空调没有采用氨直接蒸发制冷（还要查清：")
    assert "氨直接蒸发制冷空调@分割间" in hazard.lifts[0].open


def test_nothing_unanswered_counts_as_in_order(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = started(engine, duties)
    found = result(check)
    assert found.hazards == () and found.open and f"待核实{len(found.open)}项" in found.conclusion
    assert found.duties == ()


def test_the_duties_that_follow_come_with_their_terms(engine: Engine, duties: tuple[Duty, ...]) -> None:
    ids = {d.duty.id for d in result(answered(engine, duties)).duties}
    assert {"HAZ-004", "HAZ-011", "HAZ-014", "HAZ-015", "HAZ-016"} <= ids
    assert not any(i.startswith("COA") for i in ids)


def test_what_the_knowledge_base_does_not_hold_is_said(engine: Engine, duties: tuple[Duty, ...]) -> None:
    notes = result(started(engine, duties, "chemical")).notes
    assert any("huagong" not in n and "《化工和危险化学品" in n for n in notes)
    assert any("《重大火灾隐患判定规则》" in n and "没有列入" in n for n in notes)


def test_clauses_of_an_earlier_edition_are_asked_as_clues_when_wanted(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    profile = load_profile(EXAMPLES / "hospital.yaml")
    without = SelfCheck(engine, new_check(engine, profile, ON), duties)
    clues = SelfCheck(engine, new_check(engine, profile, ON, clues=True), duties)
    more = {h.clause.id for h in clues.clauses} - {h.clause.id for h in without.clauses}
    assert more and all(h.expert for h in clues.clauses if h.clause.id in more)


# -- papers --------------------------------------------------------------------------------------------


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_reports_open_and_say_what_was_found(engine: Engine, duties: tuple[Duty, ...]) -> None:
    found = result(answered(engine, duties))
    whole = text_of(docx(self_report(found)))
    assert "第十一条第（六）项" in whole and engine.version in whole and "待核实" in whole
    assert "现状及产生原因" in text_of(docx(department_report(found)))
    assert "职工代表" in text_of(docx(congress_report(found)))


def test_the_hazard_list_leaves_to_the_enterprise_what_only_it_knows(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    table = hazard_list(result(answered(engine, duties)))
    assert set(table.header) >= {"责任人", "措施", "资金", "时限", "预案"}
    row = dict(zip(table.header, table.rows[0], strict=True))
    assert "主要负责人" in row["责任人"] and "由企业填写" in row["资金"] and "第十五条" in row["责任人"]


def test_no_cell_of_a_workbook_is_a_formula(engine: Engine, duties: tuple[Duty, ...], tmp_path: Path) -> None:
    found = result(answered(engine, duties))
    book = load_workbook(io.BytesIO(xlsx([hazard_list(found), *self_report(found).tables()])))
    cells = [c for s in book.worksheets for line in s.iter_rows() for c in line if c.value is not None]
    assert any("HYPERLINK" in str(c.value) for c in cells)
    assert not any(c.data_type == "f" for c in cells)


def test_a_coal_mine_reports_to_two_bodies_signed_by_its_head(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    said = [
        b.text
        for b in department_report(result(started(engine, duties, "coal-mine"))).blocks
        if hasattr(b, "text")
    ]
    assert any("煤矿安全生产条例" in s for s in said) and any("企业负责人（签字）" in s for s in said)


# -- handbook ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("industry", ["木制品加工", "医疗卫生", "特种设备", "尾矿库"])
def test_the_handbook_cites_a_clause_on_every_line_and_holds_every_clause(
    engine: Engine, industry: str
) -> None:
    *places, clauses = handbook(engine, industry, ON).tables()
    lines = [row for t in places for row in t.rows]
    assert lines and all("《" in row[3] and row[1] for row in lines)
    assert [row[0] for row in lines] == [str(i + 1) for i in range(len(lines))]
    for row in clauses.rows:
        assert row[2]


def test_the_handbook_follows_the_day(engine: Engine) -> None:
    old = handbook(engine, "煤矿", date(2025, 1, 1)).blocks[0]
    new = handbook(engine, "煤矿", ON).blocks[0]
    assert "令第4号" in old.text and "令第21号" in new.text


def test_a_field_without_clauses_says_so(engine: Engine) -> None:
    with pytest.raises(BadInput, match="《重大火灾隐患判定规则》的条文没有收录"):
        handbook(engine, "消防", ON)
    assert handbook(engine, "消防", ON, clues=True).tables()


def test_a_check_knows_its_day(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = Check(profile=read_profile({"行业": "煤矿"}), on=date(2025, 1, 1), kb_version="")
    assert {h.standard.id for h in SelfCheck(engine, check, duties).clauses} >= {"meikuang-2020"}


def test_one_question_settles_all_protections_of_special_equipment_when_they_are_in_order(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    question = "特种设备安全附件@特种设备"
    before = len(check.open_clauses())
    assert "是否都齐全" in check.question(question).question
    check.answer(question, "有效")
    assert before - len(check.open_clauses()) >= 5
    assert check.view.facts["起重量限制器@起重机"].shown() == "有效"


def test_when_one_protection_fails_the_single_ones_are_still_asked(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    check.answer("特种设备使用状态", "在用")
    check.answer("特种设备安全附件@特种设备", "失效")
    assert "起重量限制器@起重机" not in check.view.facts
    assert "起重量限制器@起重机" in {q.id for q in check.pending()}


# -- what the papers say of a hazard -------------------------------------------------------------------------


def test_a_hazard_names_only_the_places_it_was_found_at_and_says_there_is_some(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    answers = {"生产期间": "是", "炉用途": "铸造", "积水@炉底": "有", "积水@炉坑": "无", "积水@事故坑": "有"}
    for id, value in answers.items():
        check.answer(id, value)
    (hazard,) = (h for h in result(check).found if h.stand.held.clause.ref == "第七条第（三）项")
    assert sorted(hazard.places) == ["事故坑", "炉底"]
    assert {"炉底的积水：有", "事故坑的积水：有"} <= set(hazard.stand.why)
    assert not any("炉坑" in w for w in hazard.stand.why)
    assert "积水@" not in str(hazard.stand.beside) and "造型地坑的积水" in hazard.stand.beside


def test_what_is_asked_before_the_walk_is_no_place_of_a_hazard(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties)
    check.answer("粉尘种类", "木质粉尘")
    check.answer("火花探测消除装置@砂光机", "无")
    assert check.place("粉尘种类") == FIRST
    (hazard,) = (h for h in result(check).found if h.stand.held.clause.ref == "第十一条第（八）项")
    assert "粉尘种类" in hazard.stand.facts and hazard.places == ("砂光机",)
    assert _where([FIRST]) == ("本单位",)


def test_what_must_be_done_at_once_is_counted_from_the_check(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties)
    check.answer(LOCK, "无")
    table = next(t for t in self_report(result(check)).tables() if t.name == "义务和期限")
    (term,) = {r[3] for r in table.rows if "责令立即排除" in r[2]}
    assert term == "当场（自检查当日2026-11-28起）"


def test_a_whole_said_to_be_defective_whose_parts_are_all_sound_is_to_be_checked_again(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    (whole, parts), *_ = sorted(check.general.items(), key=lambda p: len(p[1]))
    check.answer(whole, "失效")
    for part in [n for b, n, _ in check.pairs if b == whole]:
        check.answer(part, "有效")
    assert any("所列各项却都没有问题" in n for n in check.notes())
    check.withdraw(parts[0])
    assert not any("所列各项却都没有问题" in n for n in check.notes())


def test_what_was_answered_of_an_open_clause_stands_in_the_report(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    check.answer("积水@浇注作业坑", "有", "坑底两处", "07.jpg")
    document = Document(io.BytesIO(docx(self_report(result(check)))))
    text = "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert "浇注作业坑的积水：有（坑底两处，照片07.jpg）" in text


def test_a_clause_that_an_authority_decides_is_not_cleared_by_a_self_check(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = started(engine, duties, "foundry")
    assert all(s.held.clause.limbs and (s.why or s.status != CLEARED) for s in check.stands())
    assert any("不在自查之内" in n for n in check.beyond())
    assert any("不在自查之内" in n for n in result(check).notes)


FORK_LIFT = Profile(industries=("机械",), equipment=("叉车", "无 电梯"), facilities=("除尘系统",))
ALL_DEVICES = "特种设备安全附件@特种设备"


def _of_few_words(engine: Engine, duties: tuple[Duty, ...]) -> SelfCheck:
    return SelfCheck(engine, new_check(engine, FORK_LIFT, ON, duties), duties)


def test_the_report_to_the_department_says_how_many_clauses_are_open_and_states_nothing_of_them(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = _of_few_words(engine, duties)
    check.answer(ALL_DEVICES, "失效")
    check.answer("特种设备使用状态", "在用")
    found = result(check)
    (serious,) = found.found
    said = text_of(docx(department_report(found)))
    assert f"还有{len(found.open)}条待核实" in said and "已查清的条款中未发现重大事故隐患" in said
    assert "本次自查未发现重大事故隐患" not in said
    assert serious.stand.held.standard.grade == "严重事故隐患" and serious.stand.held.clause.title in said
    assert all(s.held.clause.title in said for s in found.open)


def test_the_report_to_the_department_sets_no_limit_where_every_clause_is_settled(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    found = result(_of_few_words(engine, duties))
    said = text_of(docx(department_report(replace(found, open=(), hazards=()))))
    assert "未发现重大事故隐患" in said and "待核实的条款" not in said and "本报告只就" not in said


def test_whether_equipment_is_there_is_asked_before_what_all_of_it_shares(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = _of_few_words(engine, duties)
    asked = []
    while (question := check.next(check.here())) and ALL_DEVICES not in asked:
        asked.append(question.id)
        check.answer(question.id, "无" if question.id.startswith("有无：") else "不清楚")
    there = [id.startswith("有无：") for id in asked]
    assert there[0] and not any(there[asked.index(ALL_DEVICES) :])


def test_the_way_out_lists_no_device_of_equipment_not_known_to_be_there(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = _of_few_words(engine, duties)
    check.answer(ALL_DEVICES, "失效")
    check.answer("特种设备使用状态", "在用")
    (hazard,) = result(check).found
    assert not any("@氧舱" in f for x in hazard.lifts for f in x.open)
    assert all("氧舱" in x.kinds and "有没有" in str(x) for x in hazard.lifts if x.open)
    check.answer("有无：氧舱", "有")
    (hazard,) = result(check).found
    assert any("接地装置@氧舱" in x.open for x in hazard.lifts)
    assert all("氧舱" not in x.kinds for x in hazard.lifts)


def test_a_wrong_answer_is_told_the_words_of_the_question(engine: Engine, duties: tuple[Duty, ...]) -> None:
    check = _of_few_words(engine, duties)
    with pytest.raises(BadInput, match=r"应为 有效、失效、无、不清楚、不适用$"):
        check.answer(ALL_DEVICES, "坏了")
    check.answer(ALL_DEVICES, "无")
    assert ALL_DEVICES in check.check.answers


def test_what_the_profile_alone_settles_is_told_apart_from_what_was_answered(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = _of_few_words(engine, duties)
    settled = len(check.clauses) - len(check.open_clauses())
    assert check.by_profile == settled > 0
    assert f"其中{settled}条由企业情况即可判明" in check.progress
    check.answer("有无：锅炉", "无")
    assert check.by_profile == settled < len(check.clauses) - len(check.open_clauses())


def test_as_many_clauses_apply_as_are_checked_but_for_those_an_authority_decides(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    check = _of_few_words(engine, duties)
    listed = applicable(engine, check.site, duties, ON).clauses
    assert sum(a.checked for a in listed) == len(check.clauses) < len(listed)
