"""Statements that a sentence of the knowledge base contradicts: to whom a rule applies, what it keeps, what it is conditioned on."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.denials import denials


def check(auditor: Auditor, stem: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, (), key, ""))


STATEMENTS = [  # statement, its right key
    ("AQ 3067-2026也适用于烟花爆竹零售单位。", "错误"),
    ("AQ 3067-2026不适用于烟花爆竹批发企业。", "正确"),
    ("烟花爆竹生产经营单位的重大事故隐患也应按AQ 3067-2026判定。", "错误"),
    ("《金属非金属矿山重大事故隐患判定标准》同样适用于选矿厂本体。", "错误"),
    ("独立选矿厂的尾矿贮存场所按尾矿库管理。", "正确"),
    ("商贸企业没有单列的行业条款，因而不适用《工贸企业重大事故隐患判定标准》。", "错误"),
    ("各级水利部门管理的水电站一律适用国家发展改革委令第41号。", "错误"),
    ("房屋市政工程2024版判定标准也适用于已投入使用房屋的使用安全。", "错误"),
    ("令第21号双回路供电系统的情形，露天煤矿也适用。", "错误"),
    ("GB 35181-2025保留了2017版“重要场所”这一术语。", "错误"),
    ("危险作业罪须以实际发生生产安全事故为前提。", "错误"),
    ("只有实际发生生产安全事故之后，才能追究危险作业罪。", "错误"),
    ("危险作业罪不以实际发生生产安全事故为前提。", "正确"),
    ("核定载员不足10人的渔业船舶不适用《渔业船舶重大事故隐患判定标准（试行）》。", "正确"),
    ("气瓶错装介质的，不以“仍继续使用”为前提。", "正确"),
    ("《危险化学品安全法》自2026年5月1日起施行。", "正确"),
    ("《煤矿安全生产条例》自2024年7月1日起施行。", "错误"),
    ("工贸企业内涉及燃气的重大事故隐患，统一按《工贸企业重大事故隐患判定标准》判定。", "错误"),
    ("《金属非金属矿山重大事故隐患判定标准补充情形》所称极端天气，只包括自然灾害橙色预警。", "错误"),
    ("《金属非金属矿山重大事故隐患判定标准补充情形》所称极端天气，包括自然灾害橙色预警。", "正确"),
    ("建筑施工单位从业人员只有40人的，可以只配备兼职安全生产管理人员。", "错误"),
    ("《渔业船舶重大事故隐患判定标准（试行）》不适用于核定载员10人的渔船，只适用于超过10人的。", "错误"),
    ("GB 35181-2025增加了“老年人照料设施”“劳动密集型企业”等术语。", "正确"),
    ("《房屋市政工程生产安全重大事故隐患判定标准（2024版）》施行后，2022版仍然有效。", "错误"),
    ("判定露天煤矿，除令第21号外，还应当适用矿安〔2023〕125号。", "错误"),
    ("矿安〔2022〕88号仍然有效，与矿安〔2024〕41号一并适用。", "正确"),
    ("自2026年6月1日起，特种作业操作证不再每3年复审，改为每6年换证。（　）", "正确"),
    ("应急管理部门对本行政区域的安全生产工作实施综合监督管理。（ ）", "正确"),
]  # fmt: skip
OTHER = {"正确": "错误", "错误": "正确"}
ONE_SIDED = {"独立选矿厂的尾矿贮存场所按尾矿库管理。", "建筑施工单位从业人员只有40人的，可以只配备兼职安全生产管理人员。", "工贸企业内涉及燃气的重大事故隐患，统一按《工贸企业重大事故隐患判定标准》判定。", "《房屋市政工程生产安全重大事故隐患判定标准（2024版）》施行后，2022版仍然有效。", "《金属非金属矿山重大事故隐患判定标准补充情形》所称极端天气，只包括自然灾害橙色预警。", "判定露天煤矿，除令第21号外，还应当适用矿安〔2023〕125号。", "《金属非金属矿山重大事故隐患判定标准补充情形》所称极端天气，包括自然灾害橙色预警。",
             "只有实际发生生产安全事故之后，才能追究危险作业罪。", "气瓶错装介质的，不以“仍继续使用”为前提。", "房屋市政工程2024版判定标准也适用于已投入使用房屋的使用安全。"}  # fmt: skip


@pytest.mark.parametrize(("stem", "key"), STATEMENTS)
def test_a_statement_is_held_against_the_sentence_that_denies_it(
    auditor: Auditor, stem: str, key: str
) -> None:
    assert not check(auditor, stem, key).alarms
    if stem not in ONE_SIDED:
        assert check(auditor, stem, OTHER[key]).alarms


@pytest.mark.parametrize(
    "stem",
    [
        "AQ 3067-2026适用于化工（含医药）企业。",
        "独立选矿厂的尾矿库适用《金属非金属矿山重大事故隐患判定标准》。",
        "国家能源局监督管理的水电站适用国家发展改革委令第41号。",
        "商贸企业适用令第10号第三条的管理类情形。",
        "与2017年版相比，GB 35181-2025删除了“重要场所”，新增了“儿童活动场所”“劳动密集型企业”等术语。",
        "加油站从业人员只有8人的，可以由兼职人员保管钥匙。",
        "服装加工单位从业人员60人，可以配备兼职安全生产管理人员。",
        "适用矿安〔2022〕88号，并与矿安〔2024〕41号补充情形一并使用。",
        "核定载员12人的渔业船舶适用《渔业船舶重大事故隐患判定标准（试行）》。",
        "重大责任事故罪以发生重大伤亡事故或者造成其他严重后果为前提。",
    ],
)
def test_what_is_said_of_another_is_not_contradicted(auditor: Auditor, stem: str) -> None:
    assert not check(auditor, stem, "正确").alarms


def test_a_denial_turns_one_predicate() -> None:
    assert "该标准不适用于乙类企业。" in list(denials("该标准适用于甲类企业，也适用于乙类企业。")) or (
        "不适用于乙类企业" in list(denials("该标准适用于甲类企业，也适用于乙类企业。"))
    )
    assert list(denials("班组每周检查1次。")) == []


def test_what_a_document_says_of_itself_is_of_no_other_document(auditor: Auditor) -> None:
    for stem in (
        "《消防法》适用于选矿厂本体。",
        "《安全生产法》适用于烟花爆竹零售单位。",
        "《海上交通安全法》不适用于海船。",
    ):
        for key in ("正确", "错误"):
            assert not check(auditor, stem, key).alarms


@pytest.mark.parametrize(
    "crime", ["重大责任事故罪", "重大劳动安全事故罪", "不报、谎报安全事故罪", "消防责任事故罪"]
)
@pytest.mark.parametrize("says", ["以实际发生生产安全事故为前提。", "不以实际发生生产安全事故为前提。"])
def test_the_condition_of_one_crime_is_not_held_against_another(
    auditor: Auditor, crime: str, says: str
) -> None:
    for key in ("正确", "错误"):
        assert not check(auditor, crime + says, key).alarms


def test_a_condition_of_the_crime_named_is_still_checked(auditor: Auditor) -> None:
    assert check(auditor, "危险作业罪以实际发生生产安全事故为前提。", "正确").alarms
    assert not check(auditor, "危险作业罪以实际发生生产安全事故为前提。", "错误").alarms


def test_what_a_standard_says_of_its_words_is_of_its_own_trade(auditor: Auditor) -> None:
    for stem in (
        "一般事故，是指造成3人以下死亡，其中“以下”包括本数。",
        "一般事故等级中，“以下”包括本数。",
        "剧场座位数所称的“以下”不含本数。",
    ):
        for key in ("正确", "错误"):
            checked = check(auditor, stem, key)
            assert not checked.alarms
            assert not any("电力" in a for a in checked.agreed)
