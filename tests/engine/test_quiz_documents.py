"""What a question says of a document itself: its number, how many items it has, whether it ended, to whom it applies."""

from datetime import date

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.claims import day_of, level_claims, statement
from engine.quiz.polarity import level_of

DAY = date(2026, 11, 29)


def check(auditor: Auditor, stem: str, key: str, options: str = "", explanation: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(filter(None, options.split("；"))), key, explanation))


NUMBERS = "交办海〔2017〕170号；交办海〔2024〕67号；农渔发〔2022〕11号；建城规〔2023〕4号"
RIGHT = [  # stem, key, options
    ("2024年12月印发的《内河运输船舶重大事故隐患判定标准》的文号是（ ）。", "B", NUMBERS),
    ("《渔业船舶重大事故隐患判定标准（试行）》的文号是（ ）。", "C", NUMBERS),
    ("《煤矿重大事故隐患判定标准》是应急管理部令第____号。", "21", ""),
    ("《工贸企业重大事故隐患判定标准》的文号是应急管理部令第10号。", "正确", ""),
    ("未经许可擅自从事移动式压力容器充装，属于GB 45067-2024所列重大事故隐患，不要求“仍继续使用”这一前提。", "正确", ""),
    ("某工厂的报警装置已失效，按照令第10号第十四条同样判定为重大事故隐患。", "正确", ""),
    ("基坑支护没有监测，或者土方超挖且未采取有效措施，按房屋市政工程判定标准，有一种即判定为重大事故隐患。", "正确", ""),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "key", "options"), RIGHT)
def test_a_right_key_about_a_document_is_no_alarm(
    auditor: Auditor, stem: str, key: str, options: str
) -> None:
    assert not check(auditor, stem, key, options).alarms


@pytest.mark.parametrize(
    ("stem", "key", "options"),
    [
        ("2024年12月印发的《内河运输船舶重大事故隐患判定标准》的文号是（ ）。", "A", NUMBERS),
        ("《渔业船舶重大事故隐患判定标准（试行）》的文号是（ ）。", "D", NUMBERS),
        ("《煤矿重大事故隐患判定标准》是应急管理部令第____号。", "10", ""),
        ("《工贸企业重大事故隐患判定标准》的文号是应急管理部令第20号。", "正确", ""),
    ],
)
def test_the_number_of_another_document_is_an_alarm(
    auditor: Auditor, stem: str, key: str, options: str
) -> None:
    assert check(auditor, stem, key, options).alarms


def test_the_month_a_document_was_issued_sets_no_day() -> None:
    assert day_of("2024年12月由交通运输部办公厅印发的标准", DAY) == DAY
    assert day_of("2024年12月检查发现", DAY) == date(2024, 12, 1)


def test_an_exception_in_brackets_is_seen_in_other_words(auditor: Auditor) -> None:
    stem = "某改扩建煤矿在改扩建区域，{}进行联合试运转时组织采煤。按令第21号第十七条第（二）项，（ ）。"
    options = "属于重大事故隐患；不构成重大事故隐患"
    assert not check(auditor, stem.format("经备案"), "B", options).alarms
    assert not check(auditor, stem.format("未经备案"), "A", options).alarms


def test_places_after_a_comma_are_cited_as_well(auditor: Auditor) -> None:
    stem = "移动式压力容器错装介质的，不论是否仍继续使用，均可按GB 45067-2024判定为重大事故隐患。"
    assert not check(auditor, stem, "正确", explanation="依据4.5 a)、b)").alarms


def test_yes_and_no_answer_what_was_asked() -> None:
    stem = "某饼干厂烘制设备没有防过热自动切断装置，厂方说有人看着。能否按一般隐患处理？"
    for answer, major in (("不能", True), ("不能，属于重大事故隐患", True), ("能", False)):
        told = list(level_claims(Item("第2行", stem, (), answer, "")))
        assert told == [("某饼干厂烘制设备没有防过热自动切断装置", major)]
    assert level_of("不能，属于重大事故隐患") is True
    assert level_of("不能，该项限于客船") is False


def test_what_may_be_spared_is_not_done() -> None:
    assert statement("基坑开挖深度3米，只要项目经理同意，可以不编制专项施工方案，不构成重大事故隐患。") == (
        "基坑开挖深度3米，项目经理同意，未编制专项施工方案",
        False,
    )


ENDS = [  # statement, its right key
    ("矿安〔2024〕41号施行后，矿安〔2022〕88号不再适用。", "错误"),
    ("矿安〔2022〕88号现行有效，与矿安〔2024〕41号一并使用。", "正确"),
    ("应急管理部令第4号已由应急管理部令第21号取代，不得再作为现行判定依据。", "正确"),
    ("建质规〔2024〕5号印发后，建质规〔2022〕2号仍然有效。", "错误"),
    ("AQ 3067-2026实施后，《烟花爆竹生产经营单位重大生产安全事故隐患判定标准（试行）》随即废止。", "错误"),
    ("自2025年11月1日起，应执行GB 35181-2025，GB 35181-2017不再用于新的判定。", "正确"),
    ("GB 35181-2025代替并废止了GB 35181-2017。", "正确"),
    ("《民用爆炸物品行业重大事故隐患判定标准（试行）》（工信厅安全函〔2023〕337号）并未失效。", "错误"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "key"), ENDS)
def test_the_end_of_a_document_is_told_from_its_editions(auditor: Auditor, stem: str, key: str) -> None:
    assert not check(auditor, stem, key).alarms
    assert check(auditor, stem, "正确" if key == "错误" else "错误").alarms


def test_what_a_device_or_a_case_is_said_of_is_no_end_of_a_document(auditor: Auditor) -> None:
    for stem in (
        "令第10号要求的报警装置已经失效的，按第十四条判定为重大事故隐患。",
        "GB 35181-2025不得作为煤矿井下外因火灾判定的依据。",
        "令第10号仍然有效，也是烟花爆竹企业的判定依据。",
    ):
        for key in ("正确", "错误"):
            assert not any("废止" in a.reason for a in check(auditor, stem, key).alarms)


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        ("应急管理部令第21号施行后，被其取代的标准是（ ）。", "应急管理部令第10号；应急管理部令第4号；应急管理部令第16号", "B", "A"),
        ("《重大火灾隐患判定规则》（GB 35181-2025）代替的是（ ）。", "GB 50016-2014；GB 35181-2017；GB 30871-2022", "B", "C"),
    ],
)  # fmt: skip
def test_of_options_the_one_is_asked_for_that_the_document_named_has_taken_the_place_of(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    told = [
        auditor.check(Item("第2行", stem, tuple(options.split("；")), key)).state for key in (right, wrong)
    ]
    assert told == ["相符", "有问题"]
