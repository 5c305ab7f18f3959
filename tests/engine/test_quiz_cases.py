"""The audit of numbers that one sentence sets for several cases, and of what documents say of themselves."""

import pytest

from engine.quiz.alarms import ARTICLE, OUTDATED, UNIT
from engine.quiz.amounts import tokens
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.governed import set_for


def check(auditor: Auditor, stem: str, options: str = "", key: str = "对", explanation: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")) if options else (), key, explanation))


RULE = "甲类仓库每2个月检查，其他仓库每6个月检查"
TOWER = "全高30米以上的塔架倾斜超过8‰，或者全高30米以下的塔架倾斜超过12‰"


@pytest.mark.parametrize(
    ("statement", "rule", "limit"),
    [
        ("甲类仓库应当每6个月检查", RULE, "每2个月"),
        ("除甲类仓库以外，仓库应当每2个月检查", RULE, "每6个月"),
        ("不是甲类仓库的，每2个月检查", RULE, "每6个月"),
        ("仓库每2个月检查", RULE, None),
        ("塔架全高42米，倾斜到12‰", TOWER, "8‰"),
        ("塔架全高18米，倾斜到12‰", TOWER, "12‰"),
        ("塔架倾斜到12‰", TOWER, None),
    ],
)
def test_the_number_of_the_case_told_is_found_and_none_where_no_case_is_told(
    statement: str, rule: str, limit: str | None
) -> None:
    found = set_for(statement, tokens(statement)[-1], rule)
    assert (found.text if found else None) == limit


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        ("基建矿山的图纸（　）没有更新，构成重大事故隐患。", "1个月；3个月；6个月", "B", "A"),
        ("巷道贯通，综掘巷道停掘的一头在相距（　）前没有保持正常通风，判定为重大。", "20 m；50 m；80 m", "A", "B"),
        ("单台（　）兆瓦以上的核电机组未配置电力系统稳定器功能，属于重大隐患。", "40；100；300", "A", "B"),
        ("公众聚集场所对员工的消防培训，至少（　）一次。", "每年；每半年；每季度", "A", "B"),
    ],
)  # fmt: skip
def test_a_number_of_another_case_is_wrong_and_that_of_the_case_told_is_not(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, options, wrong).alarms
    assert not check(auditor, stem, options, right).alarms


def test_numbers_exchanged_between_two_cases_do_not_make_a_statement_right(auditor: Auditor) -> None:
    exchanged = "企业应当至少每季度进行一次防火检查，机关、团体、事业单位应当至少每月进行一次防火检查。"
    assert not check(auditor, exchanged, key="错").alarms
    assert check(auditor, exchanged, key="对").alarms


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("国家发展改革委令第41号所称“以下”包括本数。", "对", "错"),
        ("国家发展改革委2026年第41号令里，“超过”含本数。", "错", "对"),
        ("电力重大隐患判定中，“超过5 μL/L”不含5本身。", "对", "错"),
        ("应急管理部令第21号所称“超过”不含本数。", "", ""),
    ],
)
def test_whether_words_take_the_number_in_is_held_against_the_rule_of_the_very_standard(
    auditor: Auditor, stem: str, wrong: str, right: str
) -> None:
    if wrong:
        assert check(auditor, stem, key=wrong).alarms
        assert check(auditor, stem, key=right).agreed
    else:  # a standard that sets no such rule
        assert not any(check(auditor, stem, key=key).alarms for key in "对错")


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        ("应急管理部令第10号中，有限空间的规定在（　）。", "第十一条；第十二条；第十三条", "A", "C"),
        ("根据GB 45067-2024，大型游乐设施的条号位于（　）。", "4.1；4.9；4.10", "C", "B"),
        ("令第10号专门规定烟草企业情形的条款是（　）。", "第八条；第九条；第十条", "A", "C"),
    ],
)
def test_a_place_keyed_for_a_matter_is_the_one_whose_clauses_are_about_it(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert [a.kind for a in check(auditor, stem, options, wrong).alarms] == [ARTICLE]
    assert not check(auditor, stem, options, right).alarms


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("2026年检查煤矿，不得再引用应急管理部令第4号。", "错", "对"),
        ("今后不应再以安监总管三〔2017〕121号为依据判定化工企业的重大隐患。", "错", "对"),
        ("2026年检查煤矿，可以引用应急管理部令第4号。", "对", "错"),
        ("2026年10月8日检查煤矿，不应适用应急管理部令第4号。", "错", "对"),
    ],
)
def test_a_statement_that_sets_an_old_edition_aside_is_right(
    auditor: Auditor, stem: str, wrong: str, right: str
) -> None:
    assert OUTDATED in [a.kind for a in check(auditor, stem, key=wrong).alarms]
    assert not check(auditor, stem, key=right).alarms


def test_an_old_edition_named_as_old_or_in_its_own_time_or_beside_its_heir_is_no_error(
    auditor: Auditor,
) -> None:
    for stem in (
        "旧版应急管理部令第4号曾列15个方面。",
        "2022年检查煤矿，判定重大事故隐患依据应急管理部令第4号。",
        "先后适用的煤矿标准为应急管理部令第4号、应急管理部令第21号。",
    ):
        assert not check(auditor, stem).alarms


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("现行的煤矿重大事故隐患判定标准分为15个方面。", "对", "错"),
        ("现行的煤矿重大事故隐患判定标准分为17个方面。", "错", "对"),
    ],
)
def test_how_many_parts_a_standard_has(auditor: Auditor, stem: str, wrong: str, right: str) -> None:
    assert check(auditor, stem, key=wrong).alarms
    assert not check(auditor, stem, key=right).alarms


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        ("危险作业罪最高可判（　）有期徒刑。", "一年；三年；五年", "B", "A"),
        ("重大责任事故罪情节特别恶劣的，处（　）有期徒刑。", "三年以下；三年以上七年以下；七年以上", "C", "B"),
        ("发生一般事故，对负有责任的单位处（　）的罚款。", "二十万元以上五十万元以下；三十万元以上一百万元以下", "A", "B"),
        ("依据《煤矿安全生产条例》第六十四条，仍然生产的并处（　）的罚款。",
         "三十万元以上一百万元以下；五十万元以上二百万元以下", "A", "B"),
    ],
)  # fmt: skip
def test_terms_and_fines_are_those_of_the_crime_or_the_article_named(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, options, wrong).alarms
    assert not check(auditor, stem, options, right).alarms


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        ("对拒不整改的企业，予以关闭由（　）决定。", "应急管理部门；公安机关；人民政府", "A", "C"),
        (
            "停止供应民用爆炸物品的措施，须经（　）批准。",
            "本级人民政府；本部门主要负责人；公安机关",
            "A",
            "B",
        ),
        ("《煤矿重大事故隐患判定标准》由（　）公布。", "应急管理部；国家能源局；自然资源部", "B", "A"),
    ],
)
def test_who_decides_or_issues_is_the_one_the_duty_or_the_standard_names(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert UNIT in [a.kind for a in check(auditor, stem, options, wrong).alarms]
    assert not check(auditor, stem, options, right).alarms


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("重大事故隐患排查治理情况应当在12小时内向监管部门报告。", "对", "错"),
        ("对重大事故隐患排查治理情况的报告，法律没有规定12小时的期限。", "错", "对"),
    ],
)
def test_a_term_the_law_does_not_set_is_wrong_and_saying_that_it_sets_none_is_right(
    auditor: Auditor, stem: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, key=wrong).alarms
    assert not check(auditor, stem, key=right).alarms


def test_a_number_below_its_limit_does_not_clear_what_another_limb_lists(auditor: Auditor) -> None:
    for key in "对错":
        stem = "速冻装置没有设在单独的作业间，只有2人作业，不构成令第10号第十二条第（二）项的重大事故隐患。"
        found = check(auditor, stem, key=key)
        assert not any("没有达到界限" in a.reason for a in found.alarms)


def test_a_loss_that_makes_a_grade_is_not_held_against_the_sums_of_the_criminal_law(auditor: Auditor) -> None:
    assert check(auditor, "直接经济损失1000万元的事故属于较大事故。").agreed
    assert not check(auditor, "直接经济损失1000万元的事故属于较大事故。").alarms
    assert check(auditor, "直接经济损失1000万元的事故属于一般事故。").alarms


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("核定载员11人的渔业船舶，适用《渔业船舶重大事故隐患判定标准（试行）》。", "错", "对"),
        ("核定载员7人的渔业船舶，适用《渔业船舶重大事故隐患判定标准（试行）》。", "对", "错"),
        ("核定载员10人的渔业船舶，不适用《渔业船舶重大事故隐患判定标准（试行）》。", "对", "错"),
    ],
)
def test_a_size_is_within_the_scope_of_a_standard_or_not(
    auditor: Auditor, stem: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, key=wrong).alarms
    assert not check(auditor, stem, key=right).alarms


def test_an_old_number_without_its_issuer_is_known_by_its_trade(auditor: Auditor) -> None:
    assert [a.kind for a in check(auditor, "煤矿重大事故隐患按令第4号判定。").alarms] == [OUTDATED]
    assert not check(auditor, "轻工企业按令第4号判定。").alarms


def test_a_year_told_with_now_is_not_the_time_of_the_old_edition(auditor: Auditor) -> None:
    assert check(auditor, "2018年以来，煤矿重大事故隐患现行判定依据是应急管理部令第4号。").alarms


def test_the_number_told_on_site_is_the_one_held_against_the_limit_not_the_rated_one(
    auditor: Auditor,
) -> None:
    options, stem = (
        "构成重大事故隐患；不构成重大事故隐患",
        "井下无轨运人车核载28人，检查时坐了24人，该情形（　）。",
    )
    stem = f"根据矿安〔2022〕88号一、第（二十三）项，{stem}"
    assert check(auditor, stem, options, "A").alarms
    assert not check(auditor, stem, options, "B").alarms


@pytest.mark.parametrize(
    ("stem", "wrong", "right"),
    [
        ("某印刷厂有从业人员60人，可以配备兼职安全生产管理人员。", "错", "对"),
        ("某印刷厂有从业人员100人，必须配备专职安全生产管理人员，不得配兼职人员。", "对", "错"),
        ("某印刷厂有从业人员180人，可以只配备兼职安全生产管理人员。", "对", "错"),
        ("某印刷厂有从业人员180人，应当设置安全生产管理机构或者配备专职安全生产管理人员。", "错", "对"),
    ],
)
def test_what_a_duty_asks_depends_on_the_number_of_people_told(
    auditor: Auditor, stem: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, key=wrong).alarms
    assert not check(auditor, stem, key=right).alarms


def test_those_with_a_duty_of_their_own_are_no_other_units(auditor: Auditor) -> None:
    stem = "某金属冶炼企业有从业人员60人，应当配备专职安全生产管理人员。"
    assert not check(auditor, stem).alarms


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [("起重机械使用单位的日管控由（　）负责。", "安全员；安全总监；主要负责人", "C", "A"),
     ("起重机械使用单位的月调度由（　）主持。", "安全员；安全总监；主要负责人", "B", "C")],
)  # fmt: skip
def test_who_has_a_part_in_a_routine_is_the_one_named_beside_it(
    auditor: Auditor, stem: str, options: str, wrong: str, right: str
) -> None:
    assert check(auditor, stem, options, wrong).alarms
    assert not check(auditor, stem, options, right).alarms


def test_a_true_part_of_a_longer_duty_is_not_keyed_wrong(auditor: Auditor) -> None:
    assert check(auditor, "消防安全重点单位必须每日开展防火巡查。", key="错").alarms
    for stem in ("消防安全重点单位不必每日开展防火巡查。", "消防安全重点单位只须每日开展防火巡查。"):
        assert not check(auditor, stem, key="错").alarms


def test_an_open_list_of_deciders_refutes_nobody(auditor: Auditor) -> None:
    assert not check(auditor, "行政处罚由住房城乡建设部门决定。").alarms
    assert check(auditor, "渔业船舶重大事故隐患判定标准由交通运输部印发。").alarms
    assert not check(auditor, "渔业船舶重大事故隐患判定标准由农业农村部印发。").alarms
    assert not check(auditor, "《重大火灾隐患判定规则》由应急管理部发布。").alarms


def test_units_written_in_words_are_compared(auditor: Auditor) -> None:
    stem, options = (
        "1000千伏变压器油中氢气含量超过（　）的，属于电力重大隐患。",
        "150微升/升；300微升/升；450微升/升",
    )
    assert check(auditor, stem, options, "A").alarms
    assert not check(auditor, stem, options, "C").alarms


def test_terms_of_other_matters_are_left_alone(auditor: Auditor) -> None:
    for stem in (
        "压力管道发生事故，使用单位应当于1小时内向市场监督管理部门报告。",
        "重大事故隐患排查治理情况统计表应于次年1月31日前报送监管部门。",
        "修改前的安监总管三〔2017〕121号规定了20种情形。",
    ):
        assert not check(auditor, stem).alarms


def test_what_is_excepted_leaves_the_number_of_the_others(auditor: Auditor) -> None:
    stem, options = "巷道贯通，除综掘外，停掘的工作面在相距（　）前须保持正常通风。", "20 m；50 m；80 m"
    assert check(auditor, stem, options, "B").alarms
    assert not check(auditor, stem, options, "A").alarms
