"""多选 against the rules that tell of its options: what no rule tells of is one too many, what the rule of the others has is missing."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, key: str, options: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key, ""))


CHIEF = "下列职责，依法由生产经营单位主要负责人承担的有（ ）。"
CHIEF_OPTIONS = (
    "组织制定并实施应急救援预案；及时、如实报告事故；保证安全生产投入有效实施；主持职工文艺汇演排练"
)
STAFF = "生产经营单位的安全生产管理人员应当履行的职责有（ ）。"
STAFF_OPTIONS = "督促落实整改措施；组织或者参与应急救援演练；制止和纠正强令冒险作业；采购食堂米面粮油"
FIRE = "消防安全重点单位应当履行的消防职责有（ ）。"
FIRE_OPTIONS = "建立消防档案；每日防火巡查并记录；确定消防安全管理人；评选卫生流动红旗"


@pytest.mark.parametrize(
    ("stem", "options"), [(CHIEF, CHIEF_OPTIONS), (STAFF, STAFF_OPTIONS), (FIRE, FIRE_OPTIONS)]
)
def test_an_option_of_which_no_rule_has_a_word_is_one_too_many(auditor, stem, options):
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


@pytest.mark.parametrize(
    ("stem", "options"), [(CHIEF, CHIEF_OPTIONS), (STAFF, STAFF_OPTIONS), (FIRE, FIRE_OPTIONS)]
)
def test_what_the_rule_of_those_keyed_has_as_well_is_missing_where_another_is_foreign_to_it(
    auditor, stem, options
):
    for key in ("AB", "BC", "AC"):
        assert check(auditor, stem, key, options).alarms


def test_a_duty_of_another_is_one_too_many_where_all_the_options_are_keyed(auditor):
    options = (
        "组织或者参与拟订操作规程；检查安全生产状况、及时排查隐患；制止和纠正违章指挥；批准提请政府关闭企业"
    )
    assert check(auditor, STAFF, "ABCD", options).alarms
    assert not check(auditor, STAFF, "ABC", options).alarms


def test_of_a_term_that_counts_its_parts_all_must_be_keyed(auditor):
    stem = "对挂牌督办的隐患，企业整改应当做到“五落实”，即（ ）。"
    options = "整改措施；整改资金；整改责任；应急预案；整改时限"
    assert check(auditor, stem, "ABCE", options).alarms
    assert not check(auditor, stem, "ABCDE", options).alarms


def test_of_a_term_that_counts_its_parts_a_foreign_one_is_not_missing(auditor):
    stem = "对挂牌督办的隐患，企业整改应当做到“五落实”，其中有（ ）。"
    assert not check(auditor, stem, "ABCE", "整改措施；整改资金；整改责任；口号；整改时限").alarms


def test_what_an_edition_says_of_itself_is_a_list_too(auditor):
    stem = "GB 35181-2025 新增加的术语包括（ ）。"
    options = "劳动密集型企业；老年人照料设施；儿童活动场所；重要场所"
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_a_kind_of_a_thing_listed_is_not_one_too_many(auditor):
    stem = "依照特种设备安全法，下列设备的运营使用单位必须设置安全管理机构或者配备专职安全管理人员的有（ ）。"
    assert not check(auditor, stem, "ABC", "公众乘坐的电梯；客运索道；大型游乐设施；食堂蒸饭车").alarms


def test_what_is_told_by_another_rule_with_all_the_others_is_not_one_too_many(auditor):
    stem = "事故隐患排查治理的情况，可以经（ ）向职工通报。"
    assert not check(auditor, stem, "ABC", "职工代表大会；公示栏；职工大会；只口头告诉班长").alarms


def test_what_is_in_order_is_not_missing_from_a_list_of_hazards(auditor):
    stem = "下列属于农机重大隐患的有（ ）。"
    options = "无驾驶操作证开联合收割机；饮酒后操作农业机械；拖拉机违规载人；拖拉机检验合格"
    assert not check(auditor, stem, "ABC", options).alarms


MADE_OVER = "煤矿把井下掘进作业作为独立工程发包的规定有例外。下列各项在例外之列、可以发包的有（ ）。"
MADE_OVER_OPTIONS = "井筒工程；井下煤仓工程；新水平延深的主通风硐室岩石开拓工程；回采工作面的煤巷掘进"


def test_what_is_not_in_the_exception_is_one_too_many_where_the_excepted_is_asked_for(auditor):
    assert check(auditor, MADE_OVER, "ABCD", MADE_OVER_OPTIONS).alarms
    assert not check(auditor, MADE_OVER, "ABC", MADE_OVER_OPTIONS).alarms


def test_what_the_exception_names_and_is_left_out_is_missing(auditor):
    assert check(auditor, MADE_OVER, "AC", MADE_OVER_OPTIONS).alarms


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("民爆企业的下列做法，属于重大事故隐患的有（ ）。", "超出许可的品种生产；超过定员安排人员作业；超过规定的储存量存放；在核定的储存量以内存放"),
        ("烟花爆竹企业的下列情形，属于重大事故隐患的有（ ）。", "氧化剂与还原剂同库储存；在同一工房内粉碎、称量氧化剂和还原剂；违规预混氧化剂、还原剂；还原剂单独分库存放"),
    ],
)  # fmt: skip
def test_what_is_in_order_is_one_too_many_where_all_the_others_are_amiss(auditor, stem, options):
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_hazards_that_are_all_keyed_stay_so(auditor):
    stem = "大型游乐设施有下列情形仍继续使用的，属于重大事故隐患的有（ ）。"
    options = "制动装置失效；安全压杠缺失；重要焊缝出现裂纹；座舱舱门锁紧装置失效"
    assert not check(auditor, stem, "ABCD", options).alarms


def test_a_limb_of_another_clause_of_the_standard_is_missing_beside_what_no_rule_tells_of(auditor):
    stem = "依据GB 45067—2024，锅炉的下列装置失效仍继续使用的，构成重大事故隐患的有（ ）。"
    options = "安全阀；熄火保护装置；联锁保护装置；锅炉房门牌"
    assert check(auditor, stem, "AC", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_what_another_clause_than_the_one_cited_tells_of_is_one_too_many(auditor):
    stem = "铝加工企业的固定式浇铸炉，令第10号第五条第（八）项要求做到的有（ ）。"
    options = "铝液流槽装紧急排放阀；流槽与模盘入口连接处装快速切断阀；液位监测报警装置与快速切断阀联锁；浇铸炉倾动控制系统联锁"
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms
