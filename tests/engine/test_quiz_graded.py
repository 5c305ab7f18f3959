"""Options that grade a case: one that plays down what a clause lists is wrong, an ordinary defect stays one."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item

GRADES = ("重大事故隐患", "一般事故隐患", "不属于事故隐患", "由企业自行认定")


def check(auditor: Auditor, stem: str, key: str, options: tuple[str, ...] = GRADES) -> Checked:
    return auditor.check(Item("第2行", stem, options, key, ""))


@pytest.mark.parametrize(
    ("stem", "right", "wrong"),
    [
        ("某酱菜厂的工人清掏存在硫化氢中毒风险的腌制池，没有先通风检测就下池，现场没有人监护。对照令第10号，应认定为（ ）。",
         "重大事故隐患，第十三条第（二）项", "重大事故隐患，第三条第（一）项"),
        ("某花炮厂的两名药物线工人操作时把别的品种的药物带进工房一起称量，氧化剂与还原剂也在同一工房里粉碎。应认定为（ ）。",
         "重大事故隐患，烟花爆竹判定标准第十项", "重大事故隐患，烟花爆竹判定标准第二项"),
    ],
)  # fmt: skip
def test_a_case_like_the_clause_that_an_option_cites_is_neither_ordinary_nor_none(
    auditor, stem, right, wrong
):
    options = (right, "一般事故隐患，加强教育", "不构成事故隐患", wrong)
    assert check(auditor, stem, "B", options).alarms
    assert check(auditor, stem, "C", options).alarms
    assert not check(auditor, stem, "A", options).alarms


@pytest.mark.parametrize(
    "stem",
    [
        "某化工企业的一名焊工在装置区动火，被问到时拿不出特种作业操作证，经查从未取得。该问题应认定为（ ）。",
        "某井工煤矿井下照常出煤，全矿供电只有单回路。应认定为（ ）。",
    ],
)
def test_a_case_that_the_engine_reads_as_one_of_a_clause_is_not_ordinary(auditor, stem):
    assert check(auditor, stem, "B").alarms
    assert not check(auditor, stem, "A").alarms


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("某商场办公区一具灭火器压力不足，其余器材完好。应认定为（ ）。", "B"),
        ("某电焊工持有有效的操作证，但上班时没有随身携带。应认定为（ ）。", "B"),
        ("某锅炉房门牌缺失，锅炉各项安全装置齐全。应认定为（ ）。", "C"),
        ("某铝粉加工企业除尘系统标识牌脱落。应认定为（ ）。", "B"),
        ("某烟花爆竹零售店货架摆放不整齐，未见烟火。应认定为（ ）。", "B"),
        ("某水产加工厂速冻间作业人员7人，没有超过限定人数。应认定为（ ）。", "C"),
        ("某建筑工地一名工人未正确佩戴安全帽。应认定为（ ）。", "B"),
    ],
)
def test_an_ordinary_defect_may_be_keyed_as_one(auditor, stem, key):
    assert not check(auditor, stem, key).alarms


def test_an_option_that_denies_only_the_clause_cited_may_be_right(auditor):
    options = (
        "构成重大事故隐患，修复前一律如此",
        "一般事故隐患",
        "已经停用，不构成该项重大事故隐患",
        "不属于隐患",
    )
    stem = "某厂行车起重量限制器失灵，企业当天断电停用、挂牌待修。依据GB 45067-2024，应认定为（ ）。"
    assert not check(auditor, stem, "C", options).alarms


def test_what_the_clause_of_the_key_wants_used_on_is_none_where_it_is_used_no_more(auditor):
    stem = "某厂锅炉的熄火保护装置坏了，发现后当天停炉、挂牌停用，等待换件。按GB 45067-2024应如何认定？"
    options = (
        "构成重大事故隐患，依据4.2 d)",
        "不构成4.2 d)的重大事故隐患，因为没有继续使用",
        "构成重大事故隐患，依据4.1 b)",
    )
    assert check(auditor, stem, "A", options).alarms
    assert not check(auditor, stem, "B", options).alarms
