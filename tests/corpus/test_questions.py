"""What a question about responsibility asks, read by interrogatives and measure words."""

import pytest

from corpus.questions import read_question

NAMES = ("达拉特旗", "克州")


def slots(text: str) -> frozenset[str]:
    return read_question(text, NAMES).slots


@pytest.mark.parametrize(
    "text",
    [
        "网吧的安全归谁管？", "电梯坏了找哪个部门？", "煤矿由哪几家单位负责？", "叉车哪家管？", "粮库的责任单位有哪些？", "快递点归哪里管？",
        "指挥部办公室设在哪个单位？", "这项任务由哪些部门牵头？", "锅炉谁来抓？",
    ],
)  # fmt: skip
def test_who_is_asked_in_many_voices(text: str) -> None:
    assert slots(text) == {"who"}


@pytest.mark.parametrize(
    "text",
    ["演练多久一次？", "演练多长时间搞一回？", "隔多久检查一次？", "每年要培训几次？", "检查的频次是多少？", "企业负责人多久带队检查一遍？"],
)  # fmt: skip
def test_how_often_is_not_how_long(text: str) -> None:
    assert "often" in slots(text)
    assert "when" not in slots(text)


@pytest.mark.parametrize(
    "text",
    [
        "几月几日前报送？", "最迟哪年完成？", "啥时候要整治完？", "期限是什么？", "哪天之前要消除？", "多久之内建成？", "什么时间节点完成？",
    ],
)  # fmt: skip
def test_a_date_is_asked_in_many_voices(text: str) -> None:
    assert slots(text) == {"when"}


def test_measure_words_say_what_is_counted() -> None:
    assert read_question("平台接入几个板块、多少类风险？").measures == ("个", "类")
    assert read_question("三年行动分几个阶段？").measures == ("阶段",)
    assert read_question("要达到哪一级？").measures == ("级",)


def test_share_and_money_are_values_of_their_own_kinds() -> None:
    assert read_question("完好率的目标是多少？").percent
    assert read_question("举报一条奖励多少钱？").money
    assert not read_question("要打造几个试点？").percent


def test_who_something_is_sent_to_is_not_who_acts() -> None:
    assert slots("年度总结报给谁？") == {"to"}
    assert slots("年度总结几号前报给哪个单位？") == {"to", "when"}


def test_a_post_is_asked_with_its_holder() -> None:
    assert "post" in slots("领导小组组长由谁担任？")


def test_a_principle_that_says_who_is_no_question() -> None:
    assert slots("“谁执法谁普法”的期限是什么时候？") == {"when"}


def test_roles_are_kept_apart() -> None:
    assert read_question("由谁牵头？").role == "牵头"
    assert read_question("责任单位有哪些？").role == "责任"
    assert read_question("由谁配合？").role == "配合"
    assert read_question("牵头单位和责任单位分别是谁？").role == "分别"
    assert read_question("由哪些单位负责？").role == ""


def test_regions_and_comparison_are_asked_in_words() -> None:
    assert read_question("哪些地区要求每半年演练1次？").regions
    assert read_question("哪个期限更早？").better == "早"
    assert read_question("哪里的检查更严？").better == "严"
    assert not read_question("哪个部门负责小区？").regions


def test_acts_of_authority_are_named() -> None:
    assert read_question("动火作业票由谁审批？").acts == ("审批",)
    assert read_question("派出所的电话是多少？").acts == ("电话",)


@pytest.mark.parametrize("text", ["", "   ", "？？", "今天天气不错", "hello world", "啊" * 3000])
def test_what_asks_nothing_is_not_understood(text: str) -> None:
    assert not read_question(text).understood


def test_region_names_are_not_what_is_asked_about() -> None:
    assert "克州" not in read_question("克州的电梯归谁管？", NAMES).content
