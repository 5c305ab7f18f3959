"""Single choices and fill-ins: ranges, issuers, places of general rules, counts, departments by act, agents and frequencies side by side."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(filter(None, options.split("；"))), key))


_SMOKE = "按官方答复，带式输送机机尾滚筒下风侧（ ）范围内没有烟雾传感器、一氧化碳传感器的，属于重大事故隐患。"
_FAILED = "工贸企业的报警、防护等设施装了但失效的，同样判定为重大事故隐患。这一通则规定在令第10号的（ ）。"
_DRILL = "生产经营单位每（ ）至少组织一次现场处置方案演练。"
_TALL = "高度超过100米的高层公共建筑，应当每（ ）至少进行一次全要素综合演练。"
_TIMES = "季度；半年；年；两年"
_RETRAIN = "从业人员离岗一年以上重新上岗的，应当重新接受（ ）的安全培训。"
_ROUNDS = "特种设备“日管控、周排查、月调度”中，月调度由（ ）负责。"
_AGENTS = "安全员；安全总监；主要负责人；检验机构"
_FIRE = "建设工程消防设计审查验收由（ ）负责。"
_DAM = "国家能源局监督管理范围内的水电站大坝，安全监管由（ ）负责。"
_PIT = "无支护基坑周边，在坑底边线起宽度为（ ）的范围内堆载的，属于重大事故隐患。"
_WATER = "有色企业生产期间，炉前平台、事故坑等区域存在（ ）积水的，属于重大事故隐患。"
_HOME = "养老机构重大事故隐患判定标准所列的房屋危险性鉴定情形是指经鉴定属于（ ）危房。"
_IN_USE = "依据GB 45067-2024，下列情形中，不以“仍继续使用”为前提的是（ ）。"
_USES = "电梯门锁安全回路被短接；起重机械急停开关缺失；气瓶错装介质；锅炉安全阀失效"
_DEATHS = "3人以下；3人以上10人以下；10人以上30人以下；30人以上"
_TOBACCO = "令第10号第十条第（一）项对烟草熏蒸作业规定的情形不包括（ ）。"
_FUMES = "未配备磷化氢气体浓度监测报警仪器；未配备防毒面具；熏蒸前未确认无关人员全部撤离；未安装视频监控"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        (_SMOKE, "3～5m；5～10m；10～20m；20～30m", "C", "B"),  # both ends of a range count
        (_FAILED, "第二条；第十三条；第十五条；第十四条", "D", "B"),
        (_DRILL, _TIMES, "B", "C"),  # 每年 is of the drill told before it in the same sentence
        (_TALL, _TIMES, "B", "C"),  # the number told says of which case the sentence is
        (_RETRAIN, "厂级；车间（工段、区、队）级和班组级；班组级；厂、车间、班组三级", "B", "C"),  # one of two joined is not both
        (_ROUNDS, _AGENTS, "C", "B"),
        (_ROUNDS.replace("月调度由", "周排查由"), _AGENTS, "B", "C"),  # the act told last is asked of
        (_FIRE, "消防救援机构；公安机关；应急管理部门；住房城乡建设部门", "D", "A"),
        ("消防监督检查由（ ）负责实施。", "住房城乡建设部门；消防救援机构；教育部门", "B", "A"),
        (_DAM, "应急管理部门；水利部门；自然资源部门；能源监管机构", "D", "B"),
        (_PIT, "开挖深度的1/2；与开挖深度相等；开挖深度的1.5倍；开挖深度的2倍", "B", "A"),
        (_WATER, "任何；非生产性；生产性；季节性", "B", "C"),
        (_WATER, "任何；非生产性；生产性；季节性", "B", "D"),
        (_HOME, "仅D级；C级或D级；任何等级", "B", "A"),
        (_IN_USE, _USES, "C", "B"),
        ("较大事故是指造成（ ）死亡的事故。", _DEATHS, "B", "A"),
        ("一般事故是指造成（ ）死亡的事故。", _DEATHS, "A", "B"),
        (_TOBACCO, _FUMES, "D", "B"),
        ("AQ 3067-2026第5章分7类，共列出重大生产安全事故隐患（ ）项。", "20；41；53；64", "C", "A"),
    ],
)  # fmt: skip
def test_the_option_that_the_sentence_has_for_what_is_asked_must_be_keyed(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


_POWER = "现行《电力重大事故隐患判定标准及治理监督管理规定》是由（ ）以令的形式公布的。"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        (_POWER, "国家能源局；国家发展和改革委员会；应急管理部", "B", "A"),
        ("《铁路建设工程生产安全重大事故隐患判定标准》由（ ）印发。", "交通运输部；国家铁路局；住房城乡建设部", "B", "C"),  # known of, not held
        ("《工贸企业有限空间作业安全规定》由（ ）公布。", "应急管理部；国务院；工业和信息化部", "A", "B"),  # by its number
        (_POWER.replace("是由", "由").replace("以令的形式", ""), "应急管理部令第21号；国家能源局公告；国家发展改革委令第41号", "C", "A"),
    ],
)  # fmt: skip
def test_who_issued_a_document_is_told_by_its_record_or_its_number(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


_INSURED = "高危行业单位未按照规定投保安全生产责任保险的，责令限期改正，处____的罚款；逾期未改正的，处十万元以上二十万元以下的罚款。"
_HOT_WORK = "AQ 3067-2026第5.6.1条规定，动火作业未按____的要求升级管理的，判定为重大事故隐患。"


@pytest.mark.parametrize(
    ("stem", "right", "wrong"),
    [
        (_HOT_WORK, "GB 30871", "GB 18218"),
        (_INSURED, "五万元以上十万元以下", "二万元以上五万元以下"),  # the first stage, not the one after 逾期
        ("生产安全事故应急条例是国务院令第____号。", "708", "493"),
        ("《渔业船舶重大事故隐患判定标准（试行）》由____印发。", "农业农村部办公厅", "交通运输部"),
    ],
)
def test_what_is_filled_in_must_be_what_the_sentence_has_there(
    auditor: Auditor, stem: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, "", right).state == "相符"
    assert check(auditor, stem, "", wrong).state == "有问题"


def test_a_frequency_of_another_part_of_the_sentence_bears_nothing_out(auditor: Auditor) -> None:
    assert check(auditor, "生产经营单位应当每____至少组织一次现场处置方案演练。", "", "年").state != "相符"
    assert check(auditor, "生产经营单位应当每____至少组织一次综合应急预案演练。", "", "年").state == "相符"


def test_what_a_standard_does_not_apply_to_is_no_evidence_for_the_thing_itself(auditor: Auditor) -> None:
    stem = "下列工程中，不适用《房屋市政工程生产安全重大事故隐患判定标准》的是（ ）。"
    assert not check(auditor, stem, "新建住宅楼工程；市政隧道工程；水利枢纽工程", "C").alarms
    assert check(auditor, stem, "新建住宅楼工程；市政隧道工程；水利枢纽工程", "B").state != "相符"


def test_of_two_departments_the_one_the_stem_names_itself_is_not_asked_of(auditor: Auditor) -> None:
    stem = "市场监督管理部门对特种设备、（ ）对建设工程消防设计审查验收负责。"
    assert not check(auditor, stem, "消防救援机构；住房城乡建设部门", "B").alarms


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        ("AQ 3067-2026属于（ ）。", "强制性行业标准；推荐性行业标准；推荐性国家标准", "A", "B"),
        ("AQ 3067-2026第5.6.1条所称“动火作业未按要求升级管理”，其依据的标准是（ ）。", "GB 30871；GB 45067；GB 39800", "A", "B"),
        ("化工企业现行的强制性重大隐患判定准则，标准编号是（ ）。", "AQ 3072-2026；GB 30871-2022；AQ 3067-2026", "C", "A"),
        ("铁路建设工程生产安全重大事故隐患判定标准的文号是（ ）。", "国铁工程监规〔2023〕25号；交办安监〔2025〕28号；交办海〔2017〕170号", "A", "C"),
        ("建材企业下列场所中，未设置固定式可燃气体浓度监测报警装置即属重大事故隐患的，不包括（ ）。", "制氢站；氮氢保护气体配气间；成品库房", "C", "A"),
        ("煤矿的行业管理部门是（ ）。", "能源（煤炭行业管理）部门；住房城乡建设部门；商务部门", "A", "B"),
    ],
)  # fmt: skip
def test_numbers_and_kinds_of_standards_are_told_by_the_documents(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


def test_a_count_of_a_standard_not_wholly_held_is_the_one_known_of_it(auditor: Auditor) -> None:
    stem = "《危险货物港口作业重大事故隐患判定标准》分五个方面，共____项。"
    assert not check(auditor, stem, "", "25").alarms
    assert check(auditor, stem, "", "30").alarms


def test_what_a_clause_asks_of_another_standard_says_nothing_of_the_standard_itself(auditor: Auditor) -> None:
    text = "AQ 3067-2026要求企业遵守的规范并非都是推荐性标准。"
    assert auditor.check(Item("第2行", text, (), "对")).state != "有问题"
