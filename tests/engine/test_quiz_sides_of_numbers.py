"""Numbers told for a case, a trade or a side: what is excepted, what holds in one trade alone, and whose duty it is."""

import pytest

from engine.quiz.alarms import AGREES, UNKNOWN, WRONG
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item

HOURS = "8；12；16；32"
FIRST = "24；32；48；72"
OFTEN = "季度；半年；一年；两年"


def check(auditor: Auditor, stem: str, key: str, options: str = "", kind: str = "") -> Checked:
    return auditor.check(Item("第2行", stem, tuple(filter(None, options.split("；"))), key, kind=kind))


@pytest.mark.parametrize(
    ("stem", "key", "state"),
    [
        ("伤亡人数变化的，应当自事故发生之日起30日内补报，火灾事故和道路交通事故除外。", "对", AGREES),
        ("伤亡人数变化的，应当自事故发生之日起7日内补报，火灾事故和道路交通事故除外。", "对", WRONG),
        ("道路交通事故、火灾事故例外，其余事故伤亡人数变化的，自发生之日起7日内补报。", "对", WRONG),
        ("自事故发生之日起（ ）日内伤亡人数变化的应当补报（道路交通事故、火灾事故除外）。", "30", AGREES),
        ("自事故发生之日起（ ）日内伤亡人数变化的应当补报（道路交通事故、火灾事故除外）。", "7", WRONG),
        ("道路交通事故自发生之日起（ ）日内伤亡人数变化的，应当补报。", "7", AGREES),
        ("道路交通事故自发生之日起（ ）日内伤亡人数变化的，应当补报。", "30", WRONG),
    ],
)
def test_what_is_excepted_is_not_the_case_itself(auditor: Auditor, stem: str, key: str, state: str) -> None:
    assert check(auditor, stem, key).state == state


@pytest.mark.parametrize(
    ("stem", "key", "state"),
    [
        ("非高危单位的安全生产管理人员每年再培训不得少于12学时。", "对", AGREES),
        ("非高危单位的安全生产管理人员每年再培训不得少于32学时。", "对", WRONG),
        ("烟花爆竹企业主要负责人每年再培训不得少于16学时。", "对", AGREES),
        ("烟花爆竹企业主要负责人每年再培训不得少于12学时。", "对", WRONG),
    ],
)
def test_whom_a_sentence_names_first_has_all_its_numbers(
    auditor: Auditor, stem: str, key: str, state: str
) -> None:
    assert check(auditor, stem, key).state == state


@pytest.mark.parametrize(
    ("stem", "options", "key", "state"),
    [
        ("主要负责人每年再培训时间不得少于（ ）学时。", HOURS, "B", AGREES),
        ("主要负责人每年再培训时间不得少于（ ）学时。", HOURS, "C", UNKNOWN),
        ("主要负责人每年再培训时间不得少于（ ）学时。", HOURS, "D", WRONG),
        ("加油站主要负责人初次安全培训时间不得少于（ ）学时。", FIRST, "C", AGREES),
        ("加油站主要负责人初次安全培训时间不得少于（ ）学时。", FIRST, "B", WRONG),
        ("新上岗人员岗前培训不得少于（ ）学时；烟花爆竹企业不得少于72学时。", FIRST, "A", AGREES),
        ("新上岗人员岗前培训不得少于（ ）学时；烟花爆竹企业不得少于72学时。", FIRST, "D", WRONG),
    ],
)
def test_what_holds_in_one_trade_neither_bears_out_nor_gainsays_what_is_asked_of_none(
    auditor: Auditor, stem: str, options: str, key: str, state: str
) -> None:
    assert check(auditor, stem, key, options).state == state


@pytest.mark.parametrize(
    ("stem", "options", "key", "state"),
    [
        ("生产经营单位的现场处置方案应当每年至少演练一次。", "", "对", WRONG),
        ("生产经营单位每半年至少组织一次现场处置方案演练。", "", "对", AGREES),
        ("生产经营单位每（ ）至少组织一次现场处置方案演练。", "", "年", WRONG),
        ("生产经营单位每（ ）至少组织一次现场处置方案演练。", "", "半年", AGREES),
        ("生产经营单位每（ ）至少组织一次专项应急预案演练。", "", "年", AGREES),
        ("街道办事处应当至少每（ ）组织一次应急救援预案演练。", OFTEN, "D", AGREES),
        ("危险化学品生产企业应当至少每（ ）组织一次应急救援预案演练。", OFTEN, "B", AGREES),
        ("危险化学品生产企业应当至少每（ ）组织一次应急救援预案演练。", OFTEN, "D", WRONG),
    ],
)
def test_how_often_is_told_for_its_own_case_and_side_and_not_by_the_once(
    auditor: Auditor, stem: str, options: str, key: str, state: str
) -> None:
    assert check(auditor, stem, key, options).state == state


@pytest.mark.parametrize(
    ("stem", "key", "of_another"),
    [
        ("工贸企业未辨识有限空间、未建立台账且未设置警示标志的，应判定为重大事故隐患。", "对", "房屋市政"),
        ("特种设备作业人员证在有效期内无需复审。", "对", "水利"),
    ],
)
def test_a_clause_of_another_trade_or_of_another_act_settles_nothing(
    auditor: Auditor, stem: str, key: str, of_another: str
) -> None:
    found = check(auditor, stem, key)
    assert not found.alarms
    assert not any(of_another in a or "施工现场" in a for a in found.agreed)


def test_what_a_duty_asks_can_not_be_spared(auditor: Auditor) -> None:
    assert check(auditor, "生产经营单位无需为从业人员提供劳动防护用品。", "对").state == WRONG


@pytest.mark.parametrize(
    ("stem", "options", "key", "letter"),
    [
        ("公众聚集场所营业前的消防安全检查由（ ）负责。", "公安派出所；消防救援机构；住建部门", "A", "B"),
        ("公众聚集场所营业前的消防安全检查由（ ）负责。", "公安派出所；消防救援机构；住建部门", "C", "B"),
        (
            "根据《化工和危险化学品生产经营单位重大生产安全事故隐患判定标准（试行）》，特种作业人员未持证上岗的，应判定为（ ）。",
            "重大事故隐患；一般事故隐患；轻微隐患",
            "B",
            "A",
        ),
        (
            "根据《化工和危险化学品生产经营单位重大生产安全事故隐患判定标准（试行）》，特种作业人员未持证上岗的，应判定为（ ）。",
            "重大事故隐患；一般事故隐患；轻微隐患",
            "A",
            "",
        ),
    ],
)
def test_the_right_letter_is_told_though_the_stem_itself_is_at_fault(
    auditor: Auditor, stem: str, options: str, key: str, letter: str
) -> None:
    found = check(auditor, stem, key, options)
    assert (found.state, found.should_be) == (WRONG, letter)


def test_what_bears_a_level_out_is_told_with_its_standard(auditor: Auditor) -> None:
    stem = (
        "工贸企业存在硫化氢中毒风险的有限空间，未辨识、未建立台账且没有设置明显警示标志，属于重大事故隐患。"
    )
    found = check(auditor, stem, "对")
    assert found.state == AGREES and any("《工贸企业重大事故隐患判定标准》" in a for a in found.agreed)
