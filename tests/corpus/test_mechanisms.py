"""Small mechanisms of reading, each in a sentence, with what it is for and what it must not do."""

from datetime import date

import pytest

from engine import Engine, Finding, Level

DAY = date(2026, 11, 29)


def level(engine: Engine, text: str, industry: str) -> Level:
    return engine.judge(Finding(text, industry=industry, on=DAY)).level


def told(engine: Engine, text: str, industry: str) -> dict[str, str]:
    return {v.fact: v.shown() for v in engine.judge(Finding(text, industry=industry, on=DAY)).facts}


@pytest.mark.parametrize(
    ("text", "exits"), [("喷漆室未与安全出口分隔", "有"), ("喷漆室未设置安全出口", "未设")]
)
def test_what_a_place_is_not_parted_from_is_there(engine: Engine, text: str, exits: str) -> None:
    assert told(engine, text, "工贸")["安全出口"] == exits


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("可能产生可燃性粉尘的除尘系统未装锁气卸灰装置", "未设"),
        ("除尘系统可能未装锁气卸灰装置", "存疑"),
    ],
)
def test_may_before_the_name_of_a_place_says_what_it_is_and_before_a_defect_that_it_is_doubted(
    engine: Engine, text: str, state: str
) -> None:
    assert told(engine, text, "工贸")["锁气卸灰装置@除尘系统"] == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("熏蒸前没有核实库内人员是否离开", "未设"),
        ("熏蒸前是否确认人员撤离不清楚", "存疑"),
    ],
)
def test_what_was_not_found_out_is_no_doubt_of_the_writer(engine: Engine, text: str, state: str) -> None:
    assert told(engine, text, "工贸-烟草")["熏蒸前确认人员撤离@熏蒸作业场所"] == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("有限空间未辨识，并建立安全管理台账", "存疑"),
        ("未对有限空间进行辨识，并建立安全管理台账", "未设"),
        ("未对有限空间进行辨识，并建立了安全管理台账", "有效"),
    ],
)
def test_a_second_verb_is_undone_only_where_the_first_was_not_done_to_a_thing(
    engine: Engine, text: str, state: str
) -> None:
    assert told(engine, text, "工贸")["安全管理台账@有限空间"] == state


@pytest.mark.parametrize(
    ("industry", "text", "fact"),
    [
        ("危化", "未穿工作服，并进行动火作业审批", "特殊作业审批"),
        ("燃气", "燃气公司未安装门禁，并建立事故隐患排查治理制度", "燃气事故隐患排查治理制度"),
    ],
)
def test_a_second_verb_of_another_thing_is_asked_about(
    engine: Engine, industry: str, text: str, fact: str
) -> None:
    assert told(engine, text, industry)[fact] == "存疑"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("快开门式压力容器联锁装置被拆除，仍在使用", "失效"),
        ("快开门式压力容器联锁装置已被切除，仍在使用", "失效"),
        ("快开门式压力容器联锁装置完好，仍在使用", "有效"),
    ],
)
def test_a_link_taken_out_of_use_has_failed(engine: Engine, text: str, state: str) -> None:
    assert told(engine, text, "特种设备")["安全保护联锁装置@快开门式压力容器"] == state


def test_two_ends_whose_link_was_cut_are_in_doubt_or_failed_and_their_good_link_is_not(
    engine: Engine,
) -> None:
    text = "天然气隧道窑压力监测装置与切断阀联锁功能"
    fact = "窑炉燃气快速切断阀@燃气窑炉"
    assert told(engine, f"{text}已人为切除", "工贸")[fact] == "存疑"
    assert told(engine, f"{text}正常", "工贸").get(fact) != "存疑"


def test_already_before_a_passive_is_no_word_of_order(engine: Engine) -> None:
    assert level(engine, "反应釜温度联锁已被切除", "危化") is not Level.NONE
    assert level(engine, "反应釜温度联锁已投用", "危化") is Level.NONE


@pytest.mark.parametrize(("text", "state"), [("电工操作证不齐全", "存疑"), ("电工无操作证", "未设")])
def test_papers_that_are_not_complete_are_there_in_part(engine: Engine, text: str, state: str) -> None:
    assert told(engine, text, "工贸")["特种作业操作证@特种作业人员"] == state


@pytest.mark.parametrize(("verb", "state"), [("佩戴", "存疑"), ("配备", "未设")])
def test_what_is_not_worn_may_have_been_provided(engine: Engine, verb: str, state: str) -> None:
    text = f"检查井清淤作业人员未{verb}呼吸防护用品"
    assert told(engine, text, "房屋市政")["呼吸防护用品@有限空间"] == state


def test_how_a_paper_is_filled_in_matters_to_no_clause_and_that_it_is_forged_may(engine: Engine) -> None:
    assert level(engine, "人工位移观测记录填写不规范", "尾矿库") is Level.GENERAL
    assert level(engine, "人工位移观测记录造假", "尾矿库") is not Level.GENERAL


def test_by_what_means_a_thing_was_hidden_is_not_itself_what_was_hidden(engine: Engine) -> None:
    means = told(engine, "以拒传安全监控数据等方式，隐瞒采掘工作面", "煤矿")
    assert means.get("篡改系统数据") != "有"
    assert told(engine, "煤矿隐瞒采掘工作面", "煤矿").keys() <= means.keys()


@pytest.mark.parametrize(
    ("text", "used"), [("水库未经蓄水验收即投入运行", True), ("水库未经蓄水验收，尚未投入运行", False)]
)
def test_an_adverb_before_a_word_of_use_hides_no_other_meaning_of_it(
    engine: Engine, text: str, used: bool
) -> None:
    assert (told(engine, text, "电力").get("水库投入使用") == "是") is used


@pytest.mark.parametrize(
    ("text", "sound"),
    [("库水位高于正常水位", False), ("库水位正常", True), ("消防水池水位低于正常水位", False)],
)
def test_beyond_what_is_normal_is_no_word_of_order(engine: Engine, text: str, sound: bool) -> None:
    assert (level(engine, text, "尾矿库") is Level.NONE) is sound


@pytest.mark.parametrize(
    ("text", "doubted"), [("喷漆室可燃气体浓度显示异常", True), ("喷漆室可燃气体管道刷漆异常", False)]
)
def test_the_amount_of_a_gas_shown_wrongly_is_its_alarm(engine: Engine, text: str, doubted: bool) -> None:
    state = told(engine, text, "工贸").get("固定式可燃气体监测报警装置@喷漆室")
    assert (state == "存疑") is doubted


@pytest.mark.parametrize(
    ("text", "state"), [("库房实际存量超过核定", "有"), ("库房实际存量未超过核定", "未设")]
)
def test_a_norm_named_by_what_sets_it_alone_is_the_norm_of_its_own_quantity(
    engine: Engine, text: str, state: str
) -> None:
    found = told(engine, text, "民爆")
    assert found["民爆实际存量>民爆核定存量"] == state
    assert "民爆现场人数>民爆核定定员" not in found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("污水池不存在硫化氢、一氧化碳等中毒风险，未审批", False),
        ("污水池存在硫化氢、一氧化碳等中毒风险，未审批", True),
    ],
)
def test_every_member_of_a_list_that_is_denied_is_denied(engine: Engine, text: str, value: bool) -> None:
    assert (told(engine, text, "工贸").get("有限空间中毒风险") == "是") is value


@pytest.mark.parametrize(("text", "asked"), [("没看出是否还在提人", True), ("还在提人", False)])
def test_a_word_that_is_only_asked_about_is_not_said(engine: Engine, text: str, asked: bool) -> None:
    said = told(engine, f"副井绞车过卷保护动作不灵敏，{text}", "煤矿-井工")
    assert ("保护失效后仍运行" not in said) is asked


@pytest.mark.parametrize(("verb", "value"), [("经辨识不存在", "否"), ("存在", "是")])
def test_a_risk_that_was_found_not_to_be_there_is_not_left_open_by_its_names(
    engine: Engine, verb: str, value: str
) -> None:
    text = f"消防水池清洗作业现场无监护人员，该水池{verb}硫化氢、一氧化碳等中毒风险。"
    assert told(engine, text, "工贸-有限空间")["有限空间中毒风险"] == value


def test_already_before_an_unread_passive_does_not_say_that_a_thing_works(engine: Engine) -> None:
    assert told(engine, "反应釜温度联锁已被甩到一边", "危化")["安全联锁"] != "有效"
    assert told(engine, "反应釜温度联锁已投用", "危化")["安全联锁"] == "有效"


@pytest.mark.parametrize(
    ("text", "state"),
    [("混凝土强度未达到要求，未提前拆除模板", "未设"), ("混凝土强度未达到要求，提前拆除模板", "有")],
)
def test_a_negation_right_before_the_last_word_of_a_pattern_denies_the_pattern(
    engine: Engine, text: str, state: str
) -> None:
    assert told(engine, text, "水利")["水利强度未到即拆模"] == state


@pytest.mark.parametrize(
    ("text", "severe"),
    [
        ("车间积尘严重", "有"),
        ("车间积尘不严重", "未设"),
        ("车间积尘并不严重", "未设"),
        ("车间积尘轻微，尚未形成严重积尘", "未设"),
    ],
)
def test_what_is_not_severe_or_has_not_become_so_is_denied(engine: Engine, text: str, severe: str) -> None:
    assert told(engine, text, "工贸")["积尘严重"] == severe


def test_a_limit_quoted_behind_a_number_does_not_deny_that_it_is_passed(engine: Engine) -> None:
    text = "塔机附着以上悬高36米，说明书要求不超过28米"
    assert level(engine, text, "房屋市政工程") is Level.MAJOR


def test_work_named_with_its_kinds_is_stopped_or_goes_on(engine: Engine) -> None:
    assert told(engine, "暴雨红色预警，停止了筑坝、放矿等作业", "尾矿库")["停止作业"] == "有"
    assert told(engine, "暴雨红色预警，未停止放矿等作业", "尾矿库")["停止作业"] == "未设"
