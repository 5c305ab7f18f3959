"""Reading findings: what is in which state, and which characters say so."""

import pytest

from engine import Engine, Finding, Level


def facts(engine: Engine, text: str) -> dict[str, str]:
    return {v.fact: v.shown() for i in engine.reader.read(text).instances for v in i.facts if not v.loose}


LOCK = "锁气卸灰装置@除尘系统"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("布袋除尘器未装锁气卸灰装置", "未设"),
        ("布袋除尘器锁气卸灰装置未安装", "未设"),
        ("布袋除尘器锁气卸灰装置缺失", "未设"),
        ("布袋除尘器灰斗下无星型卸灰阀", "未设"),
        ("布袋除尘器没有设置锁气卸灰阀", "未设"),
        ("现场未见布袋除尘器锁气卸灰装置", "未设"),
        ("布袋除尘器锁气卸灰装置损坏", "失效"),
        ("布袋除尘器锁气卸灰装置已停用", "失效"),
        ("布袋除尘器锁气卸灰装置锈蚀", "存疑"),
        ("布袋除尘器已安装锁气卸灰装置", "有效"),
        ("布袋除尘器锁气卸灰装置完好", "有效"),
        ("布袋除尘器锁气卸灰装置旁堆有木料", "有"),
    ],
)
def test_a_thing_is_read_in_its_state(engine: Engine, text: str, state: str) -> None:
    assert facts(engine, text)[LOCK] == state


def test_a_subject_carries_over_a_comma(engine: Engine) -> None:
    assert facts(engine, "木工车间除尘器设在室外，灰斗下未装锁气卸灰装置")[LOCK] == "未设"


def test_a_negated_verb_takes_every_thing_of_its_list(engine: Engine) -> None:
    found = facts(engine, "布袋除尘器未设置锁气卸灰装置和爆炸防控措施")
    assert (found[LOCK], found["爆炸防控措施@除尘系统"]) == ("未设", "未设")


def test_one_missing_kind_only_touches_and_all_kinds_missing_are_presumed(engine: Engine) -> None:
    key = "爆炸防控措施@除尘系统"
    assert facts(engine, "布袋除尘器未设泄爆片")[key] == "存疑"
    every = engine.reader.read("布袋除尘器未设泄爆、惰化、抑爆装置").instances[0].facts
    value = next(v for v in every if v.fact == key)
    assert value.state == "未设"
    assert value.presumed


def test_another_known_place_is_elsewhere_and_an_unread_one_is_unknown(engine: Engine) -> None:
    def loose(text: str) -> dict[str, bool]:
        return {v.fact: v.loose for v in engine.reader.read(text).instances[0].facts}

    alarm = "固定式可燃气体监测报警装置@喷漆室"
    assert loose("喷漆房未安装可燃气体报警器")[alarm] is False
    assert loose("咕噜间未安装可燃气体报警器")[alarm] is True
    assert alarm not in loose("锅炉房未安装可燃气体报警器")


def test_sentences_are_instances_of_their_own(engine: Engine) -> None:
    reading = engine.reader.read("布袋除尘器未装锁气卸灰装置；速冻间有12人作业。")
    assert [i.span.text for i in reading.instances] == ["布袋除尘器未装锁气卸灰装置", "速冻间有12人作业"]
    assert [{v.fact for v in i.facts if not v.loose} for i in reading.instances][1] >= {"人数@快速冻结作业间"}


def test_a_company_name_is_a_presumption_and_a_word_of_the_text_is_definite(engine: Engine) -> None:
    named = engine.reader.read("某木制品公司除尘器未装锁气卸灰装置").instances[0]
    assert "粉尘种类" not in named.attributes
    assert named.suggested["粉尘种类"].values == {"木质粉尘"}
    word = engine.reader.read("木粉尘除尘器未装锁气卸灰装置").instances[0]
    assert word.attributes["粉尘种类"].values == {"木质粉尘"}


def test_words_no_concept_knows_are_shown(engine: Engine) -> None:
    reading = engine.reader.read("布袋除尘器旁的咕噜机未装锁气卸灰装置")
    assert [s.text for s in reading.unread] == ["咕噜机"]
    assert reading.coverage == "部分"


@pytest.mark.parametrize(
    ("label", "industry"),
    [("工贸-粉尘", "工贸"), ("煤矿", "煤矿"), ("危化", "危险化学品"), ("铝加工深井铸造", "铝加工深井铸造")],
)
def test_an_industry_label_or_loose_hint_is_understood(engine: Engine, label: str, industry: str) -> None:
    facts, _ = engine.reader_context(label)
    assert facts["行业"].values == {industry}


def test_full_width_letters_and_spaces_do_not_hide_a_term(engine: Engine) -> None:
    assert facts(engine, "布袋除尘器，未装　锁气卸灰装置")[LOCK] == "未设"


@pytest.mark.parametrize(
    ("industry", "text", "fact"),
    [
        ("煤矿", "本季度产量37万吨", "季度产量占核定生产能力比例"),
        ("非煤矿山", "露天矿上山运输道路实测坡度9.5%", "运输道路坡度超设计幅度"),
    ],
)
def test_one_number_of_two_that_are_compared_leaves_the_comparison_in_doubt(
    engine: Engine, industry: str, text: str, fact: str
) -> None:
    verdict = engine.judge(Finding(text, industry=industry))
    assert verdict.level is Level.VERIFY
    assert fact in {q.fact for q in verdict.questions}


def test_one_number_beside_a_plain_defect_asks_nothing(engine: Engine) -> None:
    verdict = engine.judge(Finding("露天矿运输道路坡度8%，路边护栏一处锈蚀", industry="非煤矿山"))
    assert verdict.level is Level.GENERAL


@pytest.mark.parametrize(
    "text", ["打磨车间二楼设有办公室", "铝抛光车间在一楼，二楼为办公室", "铝抛光车间所在厂房二层为员工宿舍"]
)
def test_another_floor_is_not_the_place_itself(engine: Engine, text: str) -> None:
    verdict = engine.judge(Finding(text, industry="工贸"))
    assert verdict.level is Level.VERIFY


def test_a_mezzanine_is_in_its_workshop(engine: Engine) -> None:
    assert engine.judge(Finding("饲料车间二楼夹层内设有员工宿舍", industry="工贸")).level is Level.MAJOR


def level(engine: Engine, industry: str, text: str) -> Level:
    return engine.judge(Finding(text, industry=industry)).level


def test_a_permit_that_whom_one_sells_to_lacks_is_not_lacking_here(engine: Engine) -> None:
    fact = "燃气经营许可证"
    assert facts(engine, "该站未取得燃气经营许可证经营瓶装燃气")[fact] == "未设"
    assert facts(engine, "向未取得燃气经营许可证的单位销售瓶装燃气").get(fact) != "未设"


def test_what_is_the_matter_with_a_thing_that_is_said_to_be_there_is_read(engine: Engine) -> None:
    assert level(engine, "工贸", "仓库存在电线老化") is Level.GENERAL


def test_a_negation_that_has_taken_a_verb_denies_the_whole(engine: Engine) -> None:
    assert level(engine, "房屋市政", "未配足专职安全员") is Level.MAJOR


def test_a_name_that_was_not_signed_is_no_missing_person(engine: Engine) -> None:
    assert level(engine, "房屋市政", "动火作业票无监护人签字") is Level.GENERAL


def test_what_differs_from_a_plan_is_no_fault_of_the_plan(engine: Engine) -> None:
    assert level(engine, "房屋市政", "高支模架体搭设与专项方案不符") is Level.GENERAL
    assert level(engine, "房屋市政", "高支模专项施工方案与现场不符") is Level.VERIFY


def test_a_managers_missing_certificate_is_a_missing_examination(engine: Engine) -> None:
    assert level(engine, "房屋市政", "项目专职安全员未持证上岗") is Level.MAJOR
