"""Of a rule with several limbs the one for what the stem names: one number each, a sum gained, a grade, a class of its own, whose site it is."""

import pytest

from engine.quiz.alarms import AGREES, UNKNOWN, WRONG
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key))


_DRILL = "灭火和应急疏散预案演练，消防安全重点单位和其他单位分别至少（ ）一次。"
_DRILLS = "每半年、每年；每年、每半年；每月、每季度；每季度、每月"
_DRAWN = "地下矿山的现状图纸，生产矿山、基建矿山分别应当（ ）更新。"
_DRAWINGS = "每1个月、每3个月；每3个月、每1个月；每6个月、每3个月；每年、每6个月"
_APART = "开采冲击地压煤层时，两个掘进工作面、两个采煤工作面分别相距小于（ ），没有停止其中一个工作面生产的，构成重大事故隐患。"
_METRES = "150 m、350 m；150 m、500 m；500 m、150 m；350 m、150 m"


@pytest.mark.parametrize(
    ("stem", "options", "key", "state"),
    [
        (_DRILL, _DRILLS, "A", AGREES),
        (_DRILL, _DRILLS, "B", UNKNOWN),  # its rule is kept from memory: no ground to call a key wrong
        (_DRAWN, _DRAWINGS, "B", AGREES),
        (_DRAWN, _DRAWINGS, "A", WRONG),
        (_APART, _METRES, "B", AGREES),
        (_APART, _METRES, "C", WRONG),
    ],
)
def test_numbers_for_several_things_are_held_one_by_one(
    auditor: Auditor, stem: str, options: str, key: str, state: str
) -> None:
    assert check(auditor, stem, options, key).state == state


_CHECK = "一家家具制造企业（不是机关、团体、事业单位）的防火检查，至少（ ）进行一次。"
_OFFICE = "机关、团体、事业单位的防火检查，最少要做到"
_ONCE = "每月一次；每季度一次；每半年一次；每年一次"
_DRILLED = "不属于重点行业的一般企业，现场处置方案至少（ ）演练一次。"
_OFTEN = "每月；每季度；每半年；每年"
_NEW = "某玩具厂（非高危行业）招收新工人，上岗前的安全培训时间最少（ ）学时。"
_HOURS = "12；16；24；72"
_TOXIC = "急性毒性物料的管线不得穿越与其无关的生产装置、储罐组，这里所说的急性毒性是（ ）。"
_CLASSES = "类别1至类别4；类别1、类别2；仅类别1；类别2、类别3"
_REPORT = "事故调查报告应当自事故发生之日起60日内提交。"
_CAR = "某单位车辆发生道路交通事故后，伤亡人数又有变化，应当自事故发生之日起（ ）日内补报。"
_FALL = "某工厂发生的其他事故（非火灾事故、非道路交通事故）伤亡人数有变化，应当自发生之日起（ ）日内补报。"
_DAYS = "7；10；15；30"
_FACES = "冲击地压矿井的采煤工作面与掘进工作面相距小于（ ）仍同时生产的，构成重大事故隐患。"
_TWO = "冲击地压矿井的两个采煤工作面相距小于（ ）仍同时生产的，构成重大事故隐患。"
_DISTANCE = "150 m；200 m；350 m；500 m"


@pytest.mark.parametrize(
    ("stem", "options", "key", "state"),
    [
        (_CHECK, _OFTEN, "A", AGREES),
        (_CHECK, _OFTEN, "C", WRONG),
        (_OFFICE, _ONCE, "B", AGREES),
        (_OFFICE, _ONCE, "A", WRONG),  # that of the others, once as well
        (_DRILLED, _OFTEN, "C", AGREES),
        (_DRILLED, _OFTEN, "B", WRONG),
        (_NEW, _HOURS, "C", AGREES),
        (_NEW, _HOURS, "D", WRONG),
        (_TOXIC, _CLASSES, "B", AGREES),
        (_TOXIC, _CLASSES, "C", WRONG),
        (_REPORT, "", "对", UNKNOWN),  # no such act is in the rule for another
        (_CAR, _DAYS, "A", AGREES),
        (_CAR, _DAYS, "D", WRONG),  # 30日 is for the others
        (_FALL, _DAYS, "D", AGREES),
        (_FALL, _DAYS, "A", WRONG),
        (_FACES, _DISTANCE, "C", AGREES),
        (_FACES, _DISTANCE, "A", WRONG),
        (_TWO, _DISTANCE, "D", AGREES),
        (_TWO, _DISTANCE, "C", WRONG),
    ],
)
def test_the_limb_of_what_the_stem_names_counts(
    auditor: Auditor, stem: str, options: str, key: str, state: str
) -> None:
    assert check(auditor, stem, options, key).state == state


_RENTED = "某单位把厂房出租给不具备安全生产条件的公司，{}，除责令限期改正外，应当并处（ ）。"
_GAINS = (
    "1万元以上5万元以下罚款；5万元以上10万元以下罚款；10万元以上20万元以下罚款；违法所得2倍以上5倍以下罚款"
)
_NO_SYSTEM = "某企业没有建立事故隐患排查治理制度，责令限期改正，可处（ ）罚款。"
_NOT_MENDED = "某企业没有采取措施消除事故隐患，责令立即消除，可处（ ）罚款。"
_FINES = "1万元以下；5万元以下；10万元以下；10万元以上20万元以下"
_COAL = "煤矿有重大事故隐患仍然生产，按《煤矿安全生产条例》对煤矿企业和主要负责人分别罚款（ ）。"
_BOTH = "50万元以上200万元以下、3万元以上15万元以下；10万元以上50万元以下、1万元以上5万元以下；200万元以上500万元以下、3万元以上15万元以下"
_LARGER = "某仓储公司发生较大生产安全责任事故，对该单位应处（ ）罚款。"
_SCALE = "20万元以上50万元以下；30万元以上100万元以下；100万元以上200万元以下；200万元以上1000万元以下"
_MOST = "某企业没有建立事故隐患排查治理制度，责令限期改正，可以并处罚款，罚款的上限是（ ）。"
_TOPS = "一万元；五万元；十万元；二十万元"


@pytest.mark.parametrize(
    ("stem", "options", "key", "state"),
    [
        (_RENTED.format("违法所得16万元"), _GAINS, "D", AGREES),
        (_RENTED.format("违法所得16万元"), _GAINS, "C", WRONG),
        (_RENTED.format("违法所得3万元"), _GAINS, "C", AGREES),
        (_RENTED.format("违法所得3万元"), _GAINS, "D", WRONG),
        (_RENTED.format("没有违法所得"), _GAINS, "D", WRONG),
        (_NO_SYSTEM, _FINES, "C", AGREES),
        (_NO_SYSTEM, _FINES, "B", WRONG),
        (_NOT_MENDED, _FINES, "B", AGREES),
        (_NOT_MENDED, _FINES, "C", WRONG),
        (_COAL, _BOTH, "A", AGREES),
        (_COAL, _BOTH, "B", WRONG),
        (_COAL, _BOTH, "C", WRONG),
        (_LARGER, _SCALE, "C", AGREES),
        (_LARGER, _SCALE, "B", WRONG),
        (_MOST, _TOPS, "C", AGREES),
        (_MOST, _TOPS, "B", WRONG),
    ],
)
def test_a_fine_is_that_of_the_breach_the_gain_and_the_grade_told(
    auditor: Auditor, stem: str, options: str, key: str, state: str
) -> None:
    assert check(auditor, stem, options, key).state == state


_WARNED = "道路客运企业遇途经地发布预警、不具备安全通行条件仍擅自安排运输，属重大事故隐患的预警有（ ）。"
_WARNINGS = "台风红色；冰雹橙色；沙尘暴红色；大风黄色"
_HAIL = (
    "线路途经地已发布冰雹预警，达到（ ）级、不具备安全通行条件，道路运输企业仍安排运输的，构成重大事故隐患。"
)
_STORM = "线路途经地已发布台风预警，达到（ ）及以上、不具备安全通行条件，道路运输企业仍安排运输的，构成重大事故隐患。"
_COLOURS = "蓝色；黄色；橙色；红色"


@pytest.mark.parametrize(
    ("stem", "options", "key", "state"),
    [
        (_WARNED, _WARNINGS, "AC", AGREES),
        (_WARNED, _WARNINGS, "ABC", WRONG),
        (_WARNED, _WARNINGS, "AB", WRONG),
        (_HAIL, _COLOURS, "D", AGREES),
        (_HAIL, _COLOURS, "C", WRONG),
        (_STORM, _COLOURS, "C", AGREES),
        (_STORM, _COLOURS, "D", WRONG),
    ],
)
def test_each_thing_listed_has_a_class_of_its_own(
    auditor: Auditor, stem: str, options: str, key: str, state: str
) -> None:
    assert check(auditor, stem, options, key).state == state


_SITE = "某学校旁的住宅小区在建，对该工地安全生产实施行业监管的是（ ）。"
_LIFT = "某物业小区有三部在用电梯，对该电梯安全实施监管的是（ ）。"
_OFFICES = "教育主管部门；市场监督管理部门；应急管理部门；住房城乡建设主管部门"


@pytest.mark.parametrize(
    ("stem", "key", "state"),
    [(_SITE, "D", AGREES), (_SITE, "C", WRONG), (_LIFT, "B", AGREES), (_LIFT, "D", WRONG)],
)
def test_the_thing_right_before_its_supervision_is_supervised(
    auditor: Auditor, stem: str, key: str, state: str
) -> None:
    assert check(auditor, stem, _OFFICES, key).state == state


_LEVELS = "重大事故隐患；一般事故隐患；不构成隐患；无法判断"
_OLD = "某{}的地下锌矿，现状图纸最近一次更新是{}前。应判定为（ ）。"
_CLAMP = "某炼化企业剧毒物料压力管道法兰渗漏，维修人员加装卡具后继续运行。应判定为（ ）。"


@pytest.mark.parametrize(
    ("stem", "key", "state"),
    [
        (_OLD.format("处于基建阶段", "两个月"), "A", AGREES),
        (_OLD.format("处于基建阶段", "两个月"), "B", WRONG),
        (_OLD.format("正常生产", "两个月"), "B", UNKNOWN),  # under what it is asked for
        (_OLD.format("正常生产", "五个月"), "B", WRONG),
        (_CLAMP, "A", AGREES),
        (_CLAMP, "B", WRONG),
    ],
)
def test_the_stage_of_a_mine_tells_how_often_it_draws(
    auditor: Auditor, stem: str, key: str, state: str
) -> None:
    assert check(auditor, stem, _LEVELS, key).state == state
