"""多选: what is foreign to the whole of a rule is one too many; agreed only where the set keyed is the set of the rule."""

import pytest

from engine.quiz.alarms import AGREES
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, key: str, options: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key, ""))


DUST = "粉尘涉爆企业的下列情形，应当判定为重大事故隐患的有（ ）。"
ELECTRIC = "起重机械有下列哪些情形，仍继续使用的，属于特种设备重大事故隐患？"


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        (DUST, "不同防火分区的除尘系统互联互通；除尘系统采用重力沉降室除尘；不同类别的可燃性粉尘合用一套除尘系统；办公楼窗帘褪色"),
        (ELECTRIC, "急停开关缺失；起重量限制器失效；起重力矩限制器失效；司机室座椅套破旧"),
    ],
)  # fmt: skip
def test_an_option_foreign_to_the_standard_of_all_the_others_is_one_too_many(auditor, stem, options):
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_one_left_out_is_no_agreement_with_the_set(auditor):
    options = "不同防火分区的除尘系统互联互通；除尘系统采用重力沉降室除尘；不同类别的可燃性粉尘合用一套除尘系统；办公楼窗帘褪色"
    assert check(auditor, DUST, "AB", options).state != AGREES
    assert check(auditor, DUST, "ABC", options).state == AGREES


def test_what_says_a_clause_in_plain_words_is_not_foreign_to_it(auditor):
    options = "没办许可证就卖炮；零售点里头点明火；零售店和住家在一栋楼；炮仗摆得不齐"
    assert not check(auditor, "烟花爆竹零售点属于重大事故隐患的有（ ）。", "ABC", options).alarms


def test_a_finding_of_another_clause_of_the_same_standard_is_not_one_too_many(auditor):
    options = "超过核定航区作业；超过核定抗风等级出海；渔业船舶检验证书失效后仍出海作业；未经批准载客从事捕捞"
    assert not check(
        auditor, "核定载员16人的渔船，有下列哪些情形的判定为重大事故隐患？", "ABCD", options
    ).alarms


def test_one_left_out_that_wants_only_what_the_key_takes_as_given_is_missing(auditor):
    stem = "渔业船舶的下列情形，属于重大事故隐患的有（ ）。"
    options = "检验证书失效后仍出海作业；未经批准载客；擅自关闭船舶自动识别系统；网具堆放不整齐"
    assert check(auditor, stem, "AB", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_what_is_not_in_the_clause_cited_is_one_too_many(auditor):
    stem = "金属冶炼企业有下列情形之一，即构成令第10号第三条重大事故隐患的是（ ）。"
    options = "特种作业人员没有取得操作证就上岗；未对承包单位的安全生产工作统一协调、管理；主要负责人未按规定经考核合格；班组没有开展安全文化征文"
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_what_meets_the_clause_cited_and_is_left_out_is_missing(auditor):
    stem = "存在硫化氢、一氧化碳等中毒风险的有限空间作业，属于令第10号第十三条第（二）项情形的有（ ）。"
    options = "没有落实作业审批；现场没有设置监护人员；没有执行“先通风、再检测、后作业”；没有签订劳动合同"
    assert check(auditor, stem, "AB", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_a_neglect_of_which_a_crime_says_nothing_is_one_too_many(auditor):
    stem = "下列行为具有现实危险，可以构成危险作业罪的有（ ）。"
    options = "未经批准擅自从事矿山开采；破坏监控、报警设备；被责令停产停业而拒不执行；未参加安全知识竞赛"
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_of_which_ones_asked_for_another_of_the_same_list_is_missing(auditor):
    stem = "养老机构的房屋经鉴定为下列哪些等级的，属于重大事故隐患（ ）。"
    assert check(auditor, stem, "C", "A级；C级；D级").alarms
    assert not check(auditor, stem, "BC", "A级；C级；D级").alarms


def test_a_right_statement_left_out_is_missing(auditor):
    stem = "下列关于安全生产监管职责的说法，正确的有（ ）。"
    options = "港口由港口行政管理部门监管；渔港由农业农村（渔业）部门监管；邮政由邮政管理部门监管"
    assert check(auditor, stem, "AB", options).alarms
    assert check(auditor, stem, "ABC", options).state == AGREES


def test_a_name_that_differs_by_its_number_is_another(auditor):
    stem = "有色企业可能有有毒气体积聚的场所应当设置固定式气体浓度监测报警装置，《工贸企业重大事故隐患判定标准》第五条第（十一）项所列有毒气体包括（ ）。"
    assert check(auditor, stem, "ABC", "砷化氢；氯气；二氧化碳").alarms
    assert not check(auditor, stem, "ABC", "砷化氢；氯气；一氧化碳").alarms


def test_what_is_excepted_in_brackets_is_no_hazard(auditor):
    stem = "开采冲击地压煤层，没有停止其中一个工作面生产，下列情形属于重大事故隐患的有（ ）。"
    options = "两个煤巷掘进工作面相距120 m；两个全岩掘进工作面相距120 m；两个采煤工作面相距450 m"
    assert check(auditor, stem, "ABC", options).alarms
    assert not check(auditor, stem, "AC", options).alarms


TRACTOR = "拖拉机、联合收割机有（ ）情形却投入使用的，属于重大事故隐患。"
SLOPE = "依据2024版房屋市政工程判定标准，下列施工没有进行第三方监测应判定为重大事故隐患的有（ ）。"


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        (TRACTOR, "没有号牌；未经检验；检验不合格；外壳油漆脱落", "ABCD", "ABC"),
        (TRACTOR, "没有号牌；未经检验；检验不合格；外壳油漆脱落", "AB", "ABC"),
        (SLOPE, "深基坑；一级高边坡；二级高边坡；三级高边坡", "ABCD", "ABC"),
        ("重大事故隐患排查治理情况应当向（ ）报告。", "负有安全生产监督管理职责的部门；职工代表大会；供货商；物业公司", "AC", "AB"),
    ],
)  # fmt: skip
def test_each_option_put_into_the_blank_is_judged_with_the_others(auditor, stem, options, wrong, right):
    assert check(auditor, stem, wrong, options).alarms
    assert not check(auditor, stem, right, options).alarms


def test_an_option_of_a_grade_that_the_clause_has_not_is_none_left_out(auditor):
    stem = "深基坑施工没有进行第三方监测以及下列哪些边坡没有进行第三方监测，应判定为重大事故隐患？"
    assert not check(auditor, stem, "AB", "一级高边坡；二级高边坡；三级高边坡").alarms


def test_what_a_clause_says_nothing_of_is_none_left_out_however_it_is_read(auditor):
    stem = "依据AQ 3067-2026第5.7.3条，涉及重大危险源的企业存在下列哪些情形，判定为重大事故隐患？"
    options = (
        "未投用具有人员聚集报警功能的人员定位系统；进入生产区的人员未携带定位终端；未建立定位终端发放台账"
    )
    assert not check(auditor, stem, "AB", options).alarms


def test_what_the_clause_names_is_not_one_too_many_however_it_is_read(auditor):
    stem = "金属非金属地下矿山未配备下列哪些具有矿山相关专业的专职人员，属于重大事故隐患？"
    assert not check(auditor, stem, "ABC", "矿长；总工程师；分管生产的副矿长；分管宣传的副矿长").alarms


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("房屋市政工程下列情形构成重大事故隐患的有（ ）。", "施工单位无安全生产许可证擅自施工；特种作业人员无证上岗；危大工程未编制专项施工方案；项目负责人经考核合格"),
        ("房屋市政工程施工现场使用下列设备吊运人员，构成重大事故隐患的有（ ）。", "塔式起重机；汽车起重机；履带起重机；验收合格的施工升降机"),
    ],
)  # fmt: skip
def test_what_says_itself_that_all_is_well_is_one_too_many(auditor, stem, options):
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_a_whole_limb_of_the_standard_of_those_keyed_is_one_left_out(auditor):
    stem, options = (
        "下列属于燃煤发电厂贮灰场重大隐患的有（ ）。",
        "没有按规定开展安全评估；安全等级评定为险情贮灰场；办公楼窗帘褪色",
    )
    cranes, limbs = (
        "下列起重机械仍继续使用，应判定为特种设备重大事故隐患的有（ ）。",
        "未经首次检验；急停开关缺失或失效；起重量限制器失效；紧急停止开关标识褪色",
    )
    assert check(auditor, cranes, "AC", limbs).alarms
    assert not check(auditor, cranes, "ABC", limbs).alarms
    assert not check(auditor, stem, "AB", options).alarms


@pytest.mark.parametrize(
    ("stem", "options"),
    [
        ("重大事故隐患治理方案应当写明（ ）。", "治理的目标和任务；经费和物资的落实；治理的时限和要求；当地财政收入"),
        ("特种设备使用单位应当做到（ ）。", "日管控；周排查；月调度；年总结"),
        ("企业应当建立安全生产教育培训档案，如实记录（ ）。", "培训时间；培训内容；考核结果；股东姓名"),
    ],
)  # fmt: skip
def test_of_a_list_that_only_one_sentence_has_none_is_left_out(auditor, stem, options):
    assert check(auditor, stem, "AC", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_what_a_clause_excepts_is_not_left_out(auditor):
    options = "有人作业的采煤工作面；井下动火作业地点；启封密闭墙地点；工作面进风巷"
    assert not check(auditor, "煤矿瓦斯检查漏检构成重大事故隐患的地点包括（ ）。", "ABC", options).alarms


def test_another_of_those_told_by_one_head_is_not_listed(auditor):
    stem, options = (
        "金属非金属地下矿山应当配备具有矿山相关专业的下列专职人员（ ）。",
        "矿长；总工程师；分管安全的副矿长；分管经营的副矿长",
    )
    assert check(auditor, stem, "ABCD", options).alarms
    assert not check(auditor, stem, "ABC", options).alarms


def test_what_shares_a_name_with_the_list_is_not_foreign_to_it(auditor):
    options = "矿山；金属冶炼；用于生产、储存、装卸危险物品的建设项目；住宅建设项目"
    assert not check(auditor, "新建项目须进行安全评价的有（ ）。", "ABC", options).alarms
