"""Several questions in one, regions and places in people's words, lists of several trades, what must be done."""

import pytest

from engine.responsibility import Outcome, Responsibility, open_responsibility
from engine.several import clauses_apart, things_apart
from ontology.domains import Domains, read_domains


@pytest.fixture(scope="module")
def who() -> Responsibility:
    return open_responsibility()


@pytest.fixture(scope="module")
def domains() -> Domains:
    return read_domains()


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("网吧和加油站归谁管？", ["网吧", "加油站"]),
        ("学校、医院、旅行社的安全分别归哪个局？", ["学校", "医院", "旅行社"]),
        ("幼儿园食堂和医院食堂各归谁？", ["幼儿园食堂", "医院食堂"]),
        ("网吧归谁管？电梯呢？", ["网吧", "电梯"]),
        ("剧本杀店、密室由谁管？", []),
        ("煤矿和矿山归谁管？", []),
        ("商场的扶梯归谁管？", []),
    ],
)
def test_things_side_by_side_are_told_apart(domains: Domains, text: str, things: list[str]) -> None:
    assert [p.about for p in things_apart(text, domains, "")] == things


def test_later_clauses_are_asked_of_the_subject_of_the_first() -> None:
    parts = [p.text for p in clauses_apart("整治组由谁当组长？办公室设在哪个部门？")]
    assert parts == ["整治组由谁当组长", "整治组 办公室设在哪个部门"]
    assert clauses_apart("企业多久检查一次？高危行业呢？") == ()


def test_each_of_several_things_is_answered_with_its_own_units(who: Responsibility) -> None:
    a = who.answer("达拉特旗的网吧和电梯分别归谁管？")
    assert set(a.units) == {"达拉特旗文化和旅游局", "达拉特旗市场监督管理局"}
    assert {p.about: p.units for p in a.parts} == {
        "网吧": ("达拉特旗文化和旅游局",), "电梯": ("达拉特旗市场监督管理局",),
    }  # fmt: skip
    assert {r.ref for r in a.refs} >= {"二（一）2.（16）", "二（一）2.（12）"}
    assert "网吧：" in a.text() and a.to_json()["parts"][0]["about"] == "网吧"


def test_one_thing_asked_several_times_over_is_answered_in_full(who: Responsibility) -> None:
    a = who.answer("达拉特旗各部门的治本攻坚子方案几月几号前起草？报给哪个单位审核？")
    assert a.units == ("达拉特旗安全生产委员会办公室",) and a.values == ("2024年3月15日前",)
    b = who.answer("义隆永镇消防安全专项整治组由谁当组长？日常办公室放在哪个部门？")
    assert b.units == ("义隆永镇平安建设办公室",) and b.values == ("义隆永镇副镇长",)


def test_two_regions_asked_about_one_after_the_other_are_kept_apart(who: Responsibility) -> None:
    a = who.answer("达拉特旗网吧归谁管？克州电梯归谁管？")
    assert [(p.region, p.units) for p in a.parts] == [
        ("达拉特旗", ("达拉特旗文化和旅游局",)), ("克孜勒苏柯尔克孜自治州", ("自治州市场监督管理局",)),
    ]  # fmt: skip


def test_duties_in_a_region_that_is_not_held_say_so(who: Responsibility) -> None:
    a = who.answer("包头煤矿查出重大隐患后要做什么？")
    assert a.values and any("没有收录“包头”" in n for n in a.notes)


@pytest.mark.parametrize("region", ["包头", "呼市", "通辽"])
def test_a_region_without_its_suffix_is_said_not_to_be_held(who: Responsibility, region: str) -> None:
    a = who.answer(f"请问{region}的网吧归谁管？")
    assert a.outcome is Outcome.SILENT and a.units == ()
    assert any(f"没有收录“{region}”" in n for n in a.notes)


def test_a_canteen_belongs_to_its_house(who: Responsibility) -> None:
    assert who.answer("克州医院食堂归谁管？").units == ("自治州卫生健康委员会",)
    assert who.answer("克州学校宿舍归谁管？").units == ("自治州教育局",)


def test_a_list_of_several_trades_answers_with_the_unit_whose_trade_it_is(who: Responsibility) -> None:
    a = who.answer("达拉特旗养鸡场的安全谁管？")
    assert a.units == ("达拉特旗农牧局",) and a.basis == "推断"
    assert any("未逐一对应" in n and "达拉特旗民政局" in n for n in a.notes)


def test_a_list_of_several_trades_is_given_whole_when_all_are_asked_for(who: Responsibility) -> None:
    assert len(who.answer("达拉特旗的养鸡场归哪些部门专项治理？").units) == 7


def test_a_list_of_one_trade_is_never_narrowed(who: Responsibility) -> None:
    a = who.answer("达拉特旗化工厂归谁管？")
    assert len(a.units) == 6 and a.basis != "推断"


def test_what_must_be_done_in_a_region_names_duties_and_its_own_units(who: Responsibility) -> None:
    a = who.answer("达拉特旗煤矿查出重大隐患后要做什么？")
    assert "达拉特旗能源局" in a.units
    assert any(v.startswith("〔企业〕") for v in a.values) and any(v.startswith("〔部门〕") for v in a.values)


@pytest.mark.parametrize(
    "question",
    [
        "达拉特旗鱼缸专项治理由谁负责？",
        "达拉特旗学校食堂的食品安全由哪个部门检查？",
        "义隆永镇的幼儿园校车谁来管？",
        "义隆永镇微型消防站的经费由谁出？",
        "义隆永镇一支微型消防站要配几个人？",
        "昆都仑区消防车道标线由谁施划？",
        "达拉特旗网吧每天几点必须关门？",
        "达拉特旗安全总监的津贴每月多少？",
    ],
)
def test_what_no_document_says_stays_unsaid(who: Responsibility, question: str) -> None:
    a = who.answer(question)
    assert a.outcome is Outcome.SILENT and a.units == () and a.values == ()


def test_the_nearest_passage_is_shown_where_a_task_names_nobody(who: Responsibility) -> None:
    assert "附件8 二（五）22" in [r.ref for r in who.answer("义隆永镇的幼儿园校车谁来管？").near]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("克州三年行动的第五个阶段是什么时候？", "2026年10月至12月"),
        ("义隆永镇方案公布了哪些道路运输举报投诉电话？", "“12350”“122”“12328”"),
        ("达拉特旗推进城市安全发展工作组什么时候撤销？", "专项工作结束后"),
        ("克州三年行动领导小组办公室的副主任是什么职务的人？", "自治州应急管理局党委委员、副局长"),
        ("义隆永镇对标准化运行质量差、复核不达标的企业怎么处理？", "摘牌"),
    ],
)
def test_stages_numbers_posts_and_outcomes_are_told(who: Responsibility, question: str, value: str) -> None:
    assert any(value in v for v in who.answer(question).values)


@pytest.mark.parametrize(
    "question",
    ["达拉特旗燃气入户安检由谁付费？", "克州电梯维保单位的资质由谁核准？", "达拉特旗网吧由谁命名？"],
)
def test_an_act_that_no_document_of_the_region_has_is_nobodys(who: Responsibility, question: str) -> None:
    assert who.answer(question).outcome is Outcome.SILENT


def test_a_word_that_says_no_more_than_to_be_in_charge_changes_nothing(who: Responsibility) -> None:
    plain = who.answer("达拉特旗网吧归谁管？").units
    for asked in ("网吧由谁收拾？", "网吧出事谁来处理？", "网吧谁说了算？"):
        assert who.answer(f"达拉特旗{asked}").units == plain


def test_the_clause_that_asks_says_what_is_asked_about(who: Responsibility) -> None:
    assert who.answer("义隆永镇物业不管电动车乱停，谁来督促物业？").units == ("住房和城乡建设部门",)
    assert who.answer("达拉特旗商场的扶梯老出故障，该哪个部门管？").units == ("达拉特旗市场监督管理局",)


def test_the_narrower_of_two_words_for_one_trade_decides(who: Responsibility) -> None:
    assert who.answer("克州修水库的施工队谁监管？").units == ("自治州水利局",)


def test_two_dates_asked_for_at_once_are_both_told(who: Responsibility) -> None:
    asked = "达拉特旗重大事故隐患增量何时有效遏制，动态清零的常态化机制何时形成？"
    assert set(who.answer(asked).values) == {"2025年6月底前", "2026年6月底前"}
    asked = "义隆永镇安责险信息化管理平台的建立期限和在线监测的期限分别是？"
    assert set(who.answer(asked).values) == {"2021年底前", "2022年底前"}


def test_whom_a_thing_is_reported_to_may_stand_in_another_sentence(who: Responsibility) -> None:
    a = who.answer("义隆永镇各部门在哪天前完成重大风险源摸底排查，报给谁？")
    assert a.values == ("2020年11月20日前",) and a.units == ("义隆永镇平安建设办公室",)


def test_the_responsible_units_of_a_task_are_its_own_list(who: Responsibility) -> None:
    a = who.answer("达拉特旗城市安全发展方案中，城市安全监管执法的责任单位有哪些？")
    assert len(a.units) == 10 and "达拉特旗公安局" in a.units


def test_a_new_trade_without_a_department_is_to_be_assigned(who: Responsibility) -> None:
    assert who.answer("达拉特旗儿童蹦床馆由谁管安全？").outcome is Outcome.CONTESTED
