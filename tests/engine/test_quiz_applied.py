"""Options that are places of standards, standards, or articles of a fine: the one that is about what was found is the right one."""

from __future__ import annotations

from datetime import date

import pytest

from engine import Engine
from engine.quiz.alarms import WRONG
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.checks.named_places import clauses_of, standards_of, stands
from engine.quiz.checks.rulebook import Rulebook

DAY = date(2026, 11, 29)

ROWS = [
    ("基坑土方超挖近一米，项目部没有采取任何有效措施。依据房屋市政工程判定标准（ ）判定。",
     ("第五条第（二）项", "第六条第（四）项", "第七条第（三）项", "第九条第（三）项"), "A"),
    ("某水电站厂房的渗漏排水系统坏了，一直不能正常工作。应依据第41号令哪一项判定？",
     ("第九条第（一）项", "第七条第（四）项", "第十条第（三）项", "第八条第（二）项"), "B"),
    ("检查民爆企业时，班组正擅自往产品里添加没有经过技术鉴定的配方外原料。应依据民爆判定标准哪一项？",
     ("第一项", "第十项", "第七项", "第十六项"), "C"),
    ("某铅锌矿给井下采场供电的6 kV系统，中性点直接接地。该问题对应88号文地下矿山部分的哪一项？",
     ("第（四）项", "第（十三）项", "第（十九）项", "第（二十五）项"), "D"),
    ("2025年5月检查某化工企业，全压力式液化烃储罐没有按国家标准设置注水措施。按当时的121号文化工部分，应引用（ ）。",
     ("第三项", "第六项", "第十六项", "第十九项"), "B"),
    ("某矿启封井下永久密闭墙，没有按《煤矿安全规程》进行。应认定为（ ）。",
     ("一般事故隐患", "重大事故隐患，第八条第（二）项", "重大事故隐患，第八条第（十七）项", "不构成事故隐患"), "C"),
    ("露天采场边坡坡脚处上隆，后缘裂缝急剧扩展。应认定为（ ）。",
     ("重大事故隐患，88号文露天矿山第（八）项", "重大事故隐患，88号文露天矿山第（二）项", "一般事故隐患", "不构成隐患"), "A"),
]  # fmt: skip


@pytest.fixture
def book(engine: Engine) -> Rulebook:
    return Rulebook(engine)


def check(auditor: Auditor, stem: str, options: tuple[str, ...], key: str) -> Checked:
    return auditor.check(Item("第2行", stem, options, key))


@pytest.mark.parametrize(("stem", "options", "right"), ROWS)
def test_another_place_than_the_one_about_what_was_found_is_told(
    auditor: Auditor, stem: str, options: tuple[str, ...], right: str
) -> None:
    for letter, option in zip("ABCD", options, strict=True):
        found = check(auditor, stem, options, letter)
        if letter == right:
            assert not found.alarms
        elif "第" in option:
            assert found.state == WRONG, letter


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("基坑土方超挖近一米，没有采取有效措施。对照房屋市政工程判定标准，不能引用的条款是（ ）。",
         ("第五条第（二）项", "第六条第（四）项", "第七条第（三）项", "第九条第（三）项")),
        ("某企业没有如实记录隐患排查治理情况。依据《安全生产法》（ ）处罚。",
         ("第四条", "第五条", "第六条", "第七条")),
        ("经检查该工地各项均符合要求。依据房屋市政工程判定标准（ ）判定。",
         ("第五条第（二）项", "第六条第（四）项", "第七条第（三）项", "第九条第（三）项")),
    ],
)  # fmt: skip
def test_nothing_is_said_where_the_likest_place_is_not_asked_for_or_nothing_is_told(
    auditor: Auditor, stem: str, options: tuple[str, ...]
) -> None:
    assert not any(check(auditor, stem, options, letter).alarms for letter in "ABCD")


def test_a_place_is_the_very_number_in_its_part() -> None:
    assert stands("第（二十）项", "一、第（二十）项") and not stands("第（二）项", "一、第（二十）项")
    assert stands("第（五）条", "（五）") and not stands("第五项", "第十五项")
    assert stands("4.7 a", "4.7 a)") and not stands("4.7", "4.7.1")


@pytest.mark.parametrize(
    "options",
    [
        ("第7条第6项", "第7条第3项", "第3条第1项", "第13条第2项"),
        ("第七条（六）", "第七条（三）", "第三条（一）", "第十三条（二）"),
        ("第七条第六项", "第七条第三项", "第三条第一项", "第十三条第二项"),
    ],
)
def test_a_place_is_the_same_however_its_numbers_are_written(
    auditor: Auditor, options: tuple[str, ...]
) -> None:
    stem = "某机械厂用可燃性有机溶剂清洗设备，没有采取防止可燃气体在周边地坑积聚的措施。按令第10号，对应的条款是（ ）。"
    states = [check(auditor, stem, options, letter).state for letter in "ABCD"]
    assert states[0] != WRONG and states[1:] == [WRONG] * 3


def test_the_number_of_a_standard_is_the_one_that_the_likest_clause_names(auditor: Auditor) -> None:
    stem = "AQ 3067-2026规定，动火作业没有按照哪项标准的要求升级管理的，构成重大隐患？（ ）"
    options = ("AQ 3059", "GB 30871", "AQ 3072", "GB 36894")
    states = [check(auditor, stem, options, letter).state for letter in "ABCD"]
    assert states[1] != WRONG and {states[0], *states[2:]} == {WRONG}
    unnamed = "AQ 3067-2026规定，主要负责人应当依照哪项标准考核合格？（ ）"
    assert not any(check(auditor, unnamed, options, letter).alarms for letter in "ABCD")


def test_the_standard_is_the_one_named_by_number_title_or_trade(book: Rulebook) -> None:
    def ids(*texts: str, trade: str = "", on: date = DAY) -> set[str]:
        return {s.id for s in standards_of(book, texts, trade, on).standards}

    assert ids("重大，AQ 3067-2026第5.2.7条", "依据令第10号") == {"huagong-2026"}
    assert ids("第三项", "应引用煤矿判定标准的") == {"meikuang-2026"}
    assert ids("第三项", "121号文化工部分", on=date(2025, 3, 1)) == {"huagong-2017"}
    assert ids("第三项", "121号文烟花爆竹部分", on=date(2025, 3, 1)) == {"yanhua-2017"}
    assert ids("第三条第（一）项", "某家具厂", trade="工贸") == {"gongmao-2023"}
    assert len(ids("第三条第（一）项", "没有按国家标准设置报警装置")) > 5


def test_of_a_standard_in_parts_the_clauses_of_the_part_told_are_meant(book: Rulebook) -> None:
    options = ("88号文尾矿库第（七）项", "88号文露天矿山第（七）项", "0.95倍")
    found = clauses_of(book, "应认定为（ ）", options, "", DAY)
    assert [c.ref for o in options[:2] for c in found[o]] == ["三、第（七）项", "二、第（七）项"]
    assert options[2] not in found


GOVERNED = [
    ("某造纸厂的蒸汽锅炉，熄火保护装置失效，仍在使用。判定重大事故隐患应当依据（ ）。",
     ("应急管理部令第10号", "GB 45067-2024", "矿安〔2022〕88号", "建城规〔2023〕4号"), "B"),
    ("检查某500千伏变电站，变压器基础沉降差超限。判定重大事故隐患应当适用哪份文件？",
     ("水利工程生产安全重大事故隐患清单指南", "建质规〔2024〕5号", "国家发展改革委令第41号", "应急管理部令第21号"), "C"),
    ("某住宅楼在建工地，悬挑式卸料平台的搁置点没有设在稳定的主体结构上。应依据哪份文件判定？",
     ("建质规〔2024〕5号", "工信部安全〔2024〕234号", "应急管理部令第10号", "建城规〔2023〕4号"), "A"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "options", "right"), GOVERNED)
def test_another_standard_than_the_one_about_what_was_found_is_told(
    auditor: Auditor, stem: str, options: tuple[str, ...], right: str
) -> None:
    for letter in "ABCD":
        found = check(auditor, stem, options, letter)
        assert (found.state == WRONG) is (letter != right), letter


@pytest.mark.parametrize(
    "stem",
    [
        "水利部门管理的水电站大坝没有办理安全注册登记，判断是否属于重大事故隐患，应当适用的文件是（ ）。",
        "某企业有三名新员工没有培训，应依据哪份文件判定？",
    ],
)
def test_no_standard_is_pointed_at_by_what_it_leaves_to_others_or_by_nothing_of_its_own(
    auditor: Auditor, stem: str
) -> None:
    options = (
        "水利工程生产安全重大事故隐患清单指南",
        "建质规〔2024〕5号",
        "国家发展改革委令第41号",
        "应急管理部令第21号",
    )
    assert not check(auditor, stem, options, "A").alarms


SECTORS = [
    ("某水利枢纽工程施工现场，塔式起重机安装前没有检查连接件", "水利工程生产安全重大事故隐患清单指南（2023年版）", "建质规〔2024〕5号"),
    ("某高速公路改扩建工地，脚手架连墙件整层拆除", "交办安监〔2025〕28号", "建质规〔2024〕5号"),
    ("某火电厂输煤皮带动火没有审批", "国家发展改革委令第41号", "应急管理部令第21号"),
    ("某民爆企业的锅炉安全阀失效，仍在使用", "GB 45067-2024", "工信部安全〔2024〕234号"),
    ("某化工企业的电梯门锁安全回路短接后继续使用", "GB 45067-2024", "AQ 3067-2026"),
]  # fmt: skip


@pytest.mark.parametrize(("finding", "right", "other"), SECTORS)
def test_the_sector_told_is_not_passed_over_for_a_standard_that_lists_the_like(
    auditor: Auditor, finding: str, right: str, other: str
) -> None:
    options = (other, right, "应急管理部令第10号", "建城规〔2023〕4号")
    assert not check(auditor, f"{finding}。判定重大事故隐患应当依据（ ）。", options, "B").alarms


PUNISHED = [
    ("某厂每年都办培训班，教材、签到一应俱全，但没有如实记录安全生产教育和培训的时间、内容、参加人员以及考核结果。处罚应适用《安全生产法》（ ）。",
     ("第一百零二条", "第九十七条第四项", "第九十九条第一项", "第一百零一条第五项"), "B"),
    ("某仓储企业的罐区构成重大危险源，制度、人员都已到位，却没有登记建档，也没有进行定期检测、评估、监控。应当适用的罚则是《安全生产法》（ ）。",
     ("第九十四条", "第一百零一条第二项", "第一百零九条", "第九十九条第四项"), "B"),
    ("某厂设备齐全、制度上墙，车间里有较大危险因素的场所和设施设备上却没有设明显的安全警示标志。处罚应适用《安全生产法》（ ）。",
     ("第一百零二条", "第九十七条第五项", "第九十九条", "第一百零四条"), "C"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "options", "right"), PUNISHED)
def test_of_a_breach_told_as_a_story_what_was_not_done_tells_the_article(
    auditor: Auditor, stem: str, options: tuple[str, ...], right: str
) -> None:
    for letter in "ABCD":
        found = check(auditor, stem, options, letter)
        assert not found.alarms if letter == right else found.state == WRONG, letter


def test_an_article_is_not_told_where_two_punish_the_same_duty(auditor: Auditor) -> None:
    stem = "某厂没有建立、也没有落实事故隐患排查治理制度。处罚应适用《安全生产法》（ ）。"
    options = ("第一百零二条", "第九十九条第一项", "第一百零一条第五项", "第一百零四条")
    assert not any(check(auditor, stem, options, letter).alarms for letter in "AC")
