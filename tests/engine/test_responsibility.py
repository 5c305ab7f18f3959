"""Questions about responsibility answered from the shipped packs: units, values, outcomes, places."""

import pytest

from engine.responsibility import Answer, Outcome, Responsibility
from kb.registers import load_registers
from ontology.domains import read_domains


@pytest.fixture(scope="module")
def who() -> Responsibility:
    return Responsibility(load_registers(), read_domains())


def places(a: Answer) -> set[str]:
    return {r.ref for r in a.refs}


def test_a_thing_the_document_names_is_answered_in_its_own_words(who: Responsibility) -> None:
    a = who.answer("达拉特旗的旅行社安全归谁管？")
    assert a.outcome is Outcome.DOCUMENTED
    assert a.units == ("达拉特旗文化和旅游局",)
    assert a.basis == "原词"
    assert "二（一）2.（16）" in places(a)


def test_a_thing_only_named_more_broadly_says_so(who: Responsibility) -> None:
    a = who.answer("克州工厂里的行车归哪个部门监管？")
    assert a.units == ("自治州市场监督管理局",)
    assert a.basis == "上位类"
    assert any("特种设备" in w for w in a.named)
    assert "上位类" in a.text()


def test_a_contested_thing_is_never_answered_from_a_broader_one(who: Responsibility) -> None:
    a = who.answer("达拉特旗的美甲店归谁管？")
    assert a.outcome is Outcome.CONTESTED
    assert a.units == ()
    assert a.department is not None and a.department.contested


def test_silent_documents_say_so_with_the_national_entry_beside_not_among_the_units(
    who: Responsibility,
) -> None:
    a = who.answer("昆都仑区的地铁归谁监管？")
    assert a.outcome is Outcome.SILENT
    assert a.units == ()
    assert a.department is not None and a.department.id == "D47"


@pytest.mark.parametrize(
    "question",
    [
        "达拉特旗网吧的营业执照由谁核发？",
        "克州加油站的经营许可由谁审批？",
        "义隆永镇派出所的联系电话是多少？",
        "昆都仑区企业不上报隐患要罚款多少钱？",
        "达拉特旗到2031年要达到什么目标值？",
    ],
)
def test_an_act_or_particular_that_is_not_there_is_not_made_up(who: Responsibility, question: str) -> None:
    assert who.answer(question).outcome is Outcome.SILENT


def test_the_place_of_a_thing_is_not_the_thing(who: Responsibility) -> None:
    assert who.answer("克州超市电梯归谁管？").units == ("自治州市场监督管理局",)
    assert who.answer("克州超市归谁管？").units == ("自治州商务局",)


def test_a_campaign_into_schools_is_no_remit_over_schools(who: Responsibility) -> None:
    assert who.answer("克州学校的安全归谁负责？").units == ("自治州教育局",)


def test_the_bracket_answers_whose_a_task_is_and_the_sentence_whose_an_act_is(who: Responsibility) -> None:
    whose = who.answer("达拉特旗城镇燃气专项治理的责任单位有哪些？")
    assert whose.units == ("达拉特旗住房和城乡建设局", "达拉特旗市场监督管理局")
    act = who.answer("达拉特旗KTV的消防安全管理示范单位创建由谁牵头？")
    assert act.units == ("达拉特旗文化和旅游局",)


def test_operators_never_answer_who_supervises(who: Responsibility) -> None:
    kinds = {u.name: u.kind for p in who.registers.packs for u in p.units}
    for question in ("昆都仑区电梯归哪个部门管？", "义隆永镇化工园区由谁监管？", "达拉特旗煤矿由谁监管？"):
        assert not {kinds[u] for u in who.answer(question).units} & {"企业", "从业人员", "社会"}


def test_who_keeps_pipes_in_repair_is_not_who_supervises_gas(who: Responsibility) -> None:
    a = who.answer("义隆永镇城镇燃气归谁管？")
    assert a.outcome is Outcome.SILENT
    assert a.units == ()


def test_whose_trade_a_thing_is_comes_before_who_also_lists_it(who: Responsibility) -> None:
    assert who.answer("克州危险化学品归谁管？").units == ("自治州应急管理局",)
    assert who.answer("克州危化品归谁管？").units == ("自治州应急管理局",)
    assert who.answer("克州学校实验室危险化学品归谁管？").units == ("自治州教育局",)


@pytest.mark.parametrize("thing", ["电动自行车", "大型商业综合体"])
def test_who_acts_in_another_sentence_of_the_task_has_no_remit_over_a_thing(
    who: Responsibility, thing: str
) -> None:
    a = who.answer(f"昆都仑区{thing}归谁管？")
    assert not a.answered
    assert a.units == ()


def test_fire_safety_of_a_thing_is_not_that_of_another_that_holds_the_like(who: Responsibility) -> None:
    a = who.answer("达拉特旗加油站消防归谁管？")
    assert "达拉特旗卫生健康委员会" not in a.units and "达拉特旗消防救援大队" in a.units


def test_a_training_class_of_a_party_school_is_no_private_tuition(who: Responsibility) -> None:
    for thing in ("校外培训机构", "培训班"):
        a = who.answer(f"达拉特旗{thing}归谁管？")
        assert a.outcome is Outcome.CONTESTED
        assert a.units == ()


def test_agents_of_sentences_differ_by_what_they_do(who: Responsibility) -> None:
    sold = who.answer("义隆永镇违法销售改装电动自行车由哪个部门查处？")
    taught = who.answer("义隆永镇电动自行车强制性国家标准由哪个部门宣贯？")
    assert sold.units == ("市场监管部门",)
    assert taught.units == ("工信部门",)


def test_lead_and_responsible_units_are_told_apart(who: Responsibility) -> None:
    lead = who.answer("克州农村公路和农机“平安农机”示范创建由谁牵头？")
    assert set(lead.units) == {"自治州交通运输局", "自治州农业农村局"}
    assert {r for _, r in lead.roles} == {"牵头"}


def test_an_open_list_stays_open_and_a_collective_stays_one(who: Responsibility) -> None:
    a = who.answer("达拉特旗建筑施工专项治理的责任单位有哪些？")
    assert a.open_list
    b = who.answer("达拉特旗健全重大事故隐患数据库的责任单位有哪些？")
    assert "达拉特旗安全生产委员会成员单位" in b.units


def test_values_are_of_the_kind_asked(who: Responsibility) -> None:
    assert who.answer("达拉特旗市政消火栓完好率要达到百分之几？").values == ("100%",)
    assert who.answer("昆都仑区有几名网格员？").values == ("346名",)
    assert who.answer("义隆永镇消防车通道标识化管理哪年完成？").values == ("2020年底前",)
    assert who.answer("达拉特旗矿山专项治理奖励多少钱？").outcome is Outcome.SILENT


def test_both_frequencies_when_both_are_asked_one_when_one_is(who: Responsibility) -> None:
    both = who.answer("克州企业多久组织一次疏散逃生演练？高危行业呢？")
    assert len(both.values) == 2
    risky = who.answer("克州高危行业企业多久组织一次疏散逃生演练？")
    assert len(risky.values) == 1 and "半年" in risky.values[0]


def test_a_yearly_date_answers_when_and_names_who_receives(who: Responsibility) -> None:
    a = who.answer("克州当年治本攻坚工作总结几号前报给哪个单位？")
    assert a.values == ("每年12月15日前",)
    assert a.roles == (("自治州安全生产委员会办公室", "接收"),)


def test_posts_are_values_not_units(who: Responsibility) -> None:
    a = who.answer("克州治本攻坚三年行动领导小组组长由谁担任？")
    assert a.values == ("州长",)
    assert a.units == ()


def test_regions_are_compared_by_normalised_dates(who: Responsibility) -> None:
    a = who.answer("达拉特旗和克州形成重大事故隐患动态清零常态化机制的期限，哪个更早？")
    assert a.values[-1] == "更早：达拉特旗（2026年6月底前）"
    assert [p.region for p in a.parts] == ["达拉特旗", "克孜勒苏柯尔克孜自治州"]


def test_regions_that_say_something_are_listed(who: Responsibility) -> None:
    a = who.answer("哪些地区要求企业疏散逃生演练每年至少1次？")
    told = {p.region for p in a.parts if p.answered}
    assert told == {"达拉特旗", "克孜勒苏柯尔克孜自治州"}


def test_tasks_are_counted_from_the_packs(who: Responsibility) -> None:
    led = who.answer("克州由自治州司法局牵头的重点任务有几项？")
    assert led.values == ("3项",)
    assert len(led.refs) == 3
    assert who.answer("达拉特旗治本攻坚方案一共有多少项任务？").values == ("46项",)
    assert who.answer("克州哪个单位牵头的任务最多？").units == ("自治州安全生产委员会办公室",)


def test_without_a_region_every_document_answers_for_itself(who: Responsibility) -> None:
    a = who.answer("网吧归谁管？")
    assert a.answered and len(a.parts) >= 2
    assert "没有说明是哪个地区" in a.notes[0]


@pytest.mark.parametrize("region", ["北京", "新疆", "上海市"])
def test_a_region_whose_documents_are_not_held_is_never_answered_from_others(
    who: Responsibility, region: str
) -> None:
    a = who.answer(f"{region}网吧归谁管？")
    assert a.outcome is Outcome.SILENT and a.units == ()
    assert any(f"没有收录“{region}”" in n for n in a.notes)


@pytest.mark.parametrize("place", ["小区", "景区", "储罐区", "农贸市场"])
def test_a_place_that_ends_like_a_region_is_none(who: Responsibility, place: str) -> None:
    assert not any("没有收录" in n for n in who.answer(f"{place}归谁管？").notes)


def test_an_unknown_region_gets_the_national_entry_and_a_note(who: Responsibility) -> None:
    a = who.answer("长春市的网吧归谁管？")
    assert a.outcome is Outcome.SILENT and a.units == ()
    assert a.department is not None and a.department.id == "D85"
    assert "长春市" in a.notes[0]
    assert who.answer("网吧归谁管？", "长春市").units == ()


@pytest.mark.parametrize(
    "question", ["", "  ", "？？？", "今天天气怎么样", "who is responsible here", "的" * 5000]
)
def test_what_is_not_a_question_is_not_understood(who: Responsibility, question: str) -> None:
    assert who.answer(question, "达拉特旗").outcome is Outcome.UNREAD


def test_an_unknown_word_is_returned(who: Responsibility) -> None:
    a = who.answer("达拉特旗的量子飞毯归谁管？")
    assert a.units == ()
    assert a.unknown and "量子飞毯" in a.unknown[0]
    assert a.to_json()["unknown"] == list(a.unknown)


def test_a_plan_past_its_period_still_answers_with_a_note(who: Responsibility) -> None:
    a = who.answer("义隆永镇有黑出租拉客，谁来查处？")
    assert a.units == ("义隆永镇公安派出所",)
    assert any("期限已届满" in n for n in a.notes)


def test_other_words_of_one_question_do_not_change_the_answer(who: Responsibility) -> None:
    asked = (
        "克州养老院归谁管？",
        "克州的敬老院由哪个部门抓？",
        "养老院安全，克州哪家单位负责？",
        "在克州，老人院的安全找谁？",
    )
    assert {who.answer(q).units for q in asked} == {("自治州民政局",)}
