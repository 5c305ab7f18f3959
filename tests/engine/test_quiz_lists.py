"""Options that are names or classes: one too many, one left out, one that is excepted; what can't be told is no alarm."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.codes import codes, only
from engine.quiz.enumerations import Place, listings, place

FURNACES = "铸造环节没有设置应急储存设施；倾动式熔炼炉、带保温炉的固定式熔炼炉除外。"


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(options.split("；")), key))


@pytest.mark.parametrize(
    ("stem", "options", "key", "why"),
    [
        ("机械企业浇注跨地坪区域内设置下列哪些人员聚集场所，判定为重大事故隐患？（ ）", "更衣室；休息室；操作室；交接班室", "ABCD", "多选“操作室”"),
        ("游乐设施按GB 45067-2024的4.9 d)，缺失仍继续使用即判重大的装置有（ ）。", "制动装置；限速装置；止逆行装置；广播装置", "AB", "漏选“止逆行装置”"),
        ("井工煤矿的掘进作业不得作为独立工程发包，但依令第21号第十八条第（六）项除外的有（ ）。", "井筒；井下煤仓；采煤工作面；井下掘进作业", "ABD", "多选“井下掘进作业”"),
        ("冶炼企业依照令第10号第四条第（一）项，吊运跨地坪区域内不得设置（ ）。", "会议室；更衣室；钢铁水罐冷（热）修工位；变电室", "AB", "漏选"),
        ("事故隐患治理的“五落实”不包括（ ）。", "责任；资金；考核；预案", "B", "不在列的是“考核”"),
        ("AQ 3067-2026没有将（ ）列为应当使用万向管道充装系统的物料。", "液氨；液氯；液化烃；汽油", "B", "不在列的是“汽油”"),
    ],
)  # fmt: skip
def test_a_name_too_many_or_left_out_is_found(
    auditor: Auditor, stem: str, options: str, key: str, why: str
) -> None:
    found = check(auditor, stem, options, key)
    assert found.alarms and why in found.alarms[0].reason and found.alarms[0].citation


@pytest.mark.parametrize(
    ("stem", "options", "key"),
    [
        ("机械企业浇注跨地坪区域内设置下列哪些人员聚集场所，判定为重大事故隐患？（ ）", "更衣室；休息室；操作室；交接班室", "ABD"),
        ("依照安全生产法，不论人数多少都应当设置安全生产管理机构或者配备专职安全生产管理人员的有（ ）。", "矿山企业；建筑施工单位；运输单位；食品加工企业", "ABC"),
        ("有色企业铸造环节没有应急储存设施的，下列哪些炉子除外？（ ）", "倾动式保温炉；带保温炉的固定式熔炼炉；不带保温炉的固定式熔炼炉", "AB"),
        ("AQ 3067-2026没有将（ ）列为应当使用万向管道充装系统的物料。", "液氨；液氯；液化烃；汽油", "D"),
        ("事故隐患治理的“五落实”包括（ ）。", "责任；资金；时限；预案", "ABCD"),
    ],
)  # fmt: skip
def test_a_right_list_is_borne_out(auditor: Auditor, stem: str, options: str, key: str) -> None:
    assert check(auditor, stem, options, key).alarms == ()


@pytest.mark.parametrize(
    ("stem", "options", "key", "wrong"),
    [
        ("收尘仓等划为（ ）的粉尘爆炸危险场所，电气设备不防爆的判定为重大事故隐患。", "20区；20区、21区；22区", "B", True),
        ("收尘仓等划为（ ）的粉尘爆炸危险场所，电气设备不防爆的判定为重大事故隐患。", "20区；20区、21区；22区", "A", False),
        ("AQ 3067-2026的5.5.5要求配备SIS的，是（ ）重大危险源。", "一级；一级或二级；一级至四级；三级", "C", True),
        ("AQ 3067-2026的5.5.5要求配备SIS的，是（ ）重大危险源。", "一级；一级或二级；一级至四级；三级", "B", False),
        ("交办运〔2023〕52号第三条第（四）项所指的台风预警是（ ）。", "红色；橙色及以上；黄色及以上", "C", True),
        ("交办运〔2023〕52号第三条第（四）项所指的台风预警是（ ）。", "红色；橙色及以上；黄色及以上", "B", False),
    ],
)  # fmt: skip
def test_classes_are_held_against_the_clause_as_one_set(
    auditor: Auditor, stem: str, options: str, key: str, *, wrong: bool
) -> None:
    assert bool(check(auditor, stem, options, key).alarms) is wrong


def test_what_a_sentence_excepts_is_not_what_it_lists() -> None:
    assert place("倾动式熔炼炉", FURNACES) is Place.EXCEPTED
    assert place("不带保温炉的固定式熔炼炉", FURNACES) is Place.FOREIGN
    assert place("电弧炉", FURNACES) is Place.FOREIGN
    assert place("固定式保温炉", FURNACES) is Place.UNCLEAR


def test_a_list_with_an_open_end_is_known_as_such() -> None:
    closed, open_ = listings("缺少甲阀、乙阀和丙阀；堵塞丁管、戊管等管道")
    assert (closed.open, open_.open) == (False, True)


def test_classes_are_read_as_sets() -> None:
    assert [sorted(c.values) for c in codes("一级至三级重大危险源，红色或者橙色预警")] == [
        ["一", "三", "二"],
        ["橙", "红"],
    ]
    assert only("橙色及以上") == only("橙色及以上预警")
    assert only("第三级响应的工作区") is None


@pytest.mark.parametrize(
    ("stem", "key", "wrong"),
    [
        ("烟草企业熏蒸场所没有配备____气体浓度监测报警仪器的，判定为重大事故隐患。", "一氧化碳", True),
        ("烟草企业熏蒸场所没有配备____气体浓度监测报警仪器的，判定为重大事故隐患。", "磷化氢", False),
        ("木质粉尘的干式除尘系统没有安装____的，判定为重大事故隐患。", "喷淋装置", True),
        ("木质粉尘的干式除尘系统没有安装____的，判定为重大事故隐患。", "锁气卸灰装置", False),
        ("桩间土流失形成的孔洞深度超过（ ）且没有及时处理，是基坑坍塌预兆。", "桩径", False),
    ],
)
def test_a_word_in_a_blank_is_held_against_what_stands_there(
    auditor: Auditor, stem: str, key: str, *, wrong: bool
) -> None:
    assert bool(auditor.check(Item("第2行", stem, (), key)).alarms) is wrong


def test_a_place_that_lists_other_rooms_is_not_agreed_to(auditor: Auditor) -> None:
    stem = "机械企业在熔融金属浇注跨的地坪区域内设操作室，按令第10号第七条第（一）项判定为重大事故隐患。"
    assert not auditor.check(Item("第2行", stem, (), "对")).agreed


def test_a_limb_about_something_else_lends_no_names(auditor: Auditor) -> None:
    stem, options = (
        "井工煤矿按令第21号第十四条第（一）项应当建立的有（ ）。",
        "安全监控系统；有线调度通信系统；边坡监测预警系统",
    )
    assert "边坡" in check(auditor, stem, options, "ABC").alarms[0].reason
    assert not check(auditor, stem, options, "AB").alarms


def test_a_part_of_a_named_bound_does_not_reach_it(auditor: Auditor) -> None:
    stem, options = (
        "基坑的下列坍塌预兆没有及时处理，构成重大事故隐患的有（ ）。",
        "坑底管涌；侧壁大量漏水；桩间土流失的孔洞深度到了桩径的三分之二",
    )
    assert "三分之二" in check(auditor, stem, options, "ABC").alarms[0].reason
    assert not check(auditor, stem, options, "AB").alarms


@pytest.mark.parametrize(
    ("stem", "options", "key", "wrong"),
    [
        ("电气设备不防爆即判重大的，是划为（ ）区的粉尘爆炸危险场所。", "20；21；20、21、22", "C", True),
        ("电气设备不防爆即判重大的，是划为（ ）区的粉尘爆炸危险场所。", "20；21；20、21、22", "A", False),
        ("民爆总库区应由军工、民爆设计（ ）以上资质的单位设计。", "甲级；乙级；丙级", "C", True),
        ("民爆总库区应由军工、民爆设计（ ）以上资质的单位设计。", "甲级；乙级；丙级", "B", False),
        ("AQ 3067-2026的5.2.3所说的急性毒性是指（ ）。", "类别1；类别1、类别2；类别1至类别3", "C", True),
        ("AQ 3067-2026的5.2.3所说的急性毒性是指（ ）。", "类别1；类别1、类别2；类别1至类别3", "B", False),
    ],
)
def test_what_follows_the_blank_belongs_to_the_class(
    auditor: Auditor, stem: str, options: str, key: str, *, wrong: bool
) -> None:
    assert bool(check(auditor, stem, options, key).alarms) is wrong


def test_a_place_denied_is_not_held_to_be_the_place_cited(auditor: Auditor) -> None:
    stem = "井工煤矿把井下煤仓工程作为独立工程发包，不依令第21号第十八条第（六）项判定为重大事故隐患。"
    assert not auditor.check(Item("第2行", stem, (), "对")).alarms


def test_an_option_with_what_the_stem_is_about_is_a_statement(auditor: Auditor) -> None:
    stem = "2026年7月以后，关于特种作业操作证的说法，正确的是（ ）。"
    assert check(auditor, stem, "每3年复审一次；每6年换证", "A").alarms
    assert not check(auditor, stem, "每3年复审一次；每6年换证", "B").alarms


@pytest.mark.parametrize(
    ("stem", "key", "wrong"),
    [
        ("机械企业把操作室设置在熔融金属浇注跨地坪区域内，依令第10号第七条第（一）项判定为重大事故隐患。", "对", True),
        ("机械企业把操作室设置在熔融金属浇注跨地坪区域内，不构成令第10号第七条第（一）项的重大事故隐患。", "对", False),
        ("机械企业把更衣室设置在熔融金属浇注跨地坪区域内，依令第10号第七条第（一）项判定为重大事故隐患。", "对", False),
        ("冶金企业把操作室设置在铁水吊运跨地坪区域内，依令第10号第四条第（一）项判定为重大事故隐患。", "对", False),
    ],
)  # fmt: skip
def test_a_room_of_the_kind_listed_that_is_not_listed_is_none(
    auditor: Auditor, stem: str, key: str, *, wrong: bool
) -> None:
    assert bool(auditor.check(Item("第2行", stem, (), key)).alarms) is wrong


REHEARSE = "下列单位应当至少每半年组织一次生产安全事故应急救援预案演练的有（ ）。"
INSURE = "下列属于应当投保安全生产责任保险的行业、领域的有（ ）。"
EXAMINED = "主要负责人、安全生产管理人员应当经主管部门考核合格的单位包括（ ）。"


@pytest.mark.parametrize(
    ("stem", "options", "wrong", "right"),
    [
        (REHEARSE, "矿山；金属冶炼单位；宾馆；粮食种植合作社", "ABCD", "ABC"),
        (REHEARSE, "城市轨道交通运营单位；建筑施工单位；娱乐场所经营单位；村民委员会", "AB", "ABC"),
        (INSURE, "烟花爆竹；民用爆炸物品；金属冶炼；渔业生产", "ABC", "ABCD"),
        (EXAMINED, "矿山；建筑施工单位；运输单位；软件开发单位", "ABCD", "ABC"),
    ],
)  # fmt: skip
def test_whom_a_duty_is_for_answers_which_units_must_do_it(auditor, stem, options, wrong, right):
    assert check(auditor, stem, options, wrong).alarms
    assert not check(auditor, stem, options, right).alarms


@pytest.mark.parametrize(
    ("stem", "options", "key"),
    [
        ("事故隐患排查治理情况应当如实记录，并通过（ ）等方式向从业人员通报。", "职工大会；职工代表大会；单位公示栏；股东大会", "ABC"),
        ("“两重点一重大”是指（ ）。", "重点监管的危险化学品；重点监管的危险化工工艺；危险化学品重大危险源；重大建设项目", "ABC"),
        ("道路运输“两客一危”指（ ）。", "从事班线客运的客车；旅游包车；危险货物运输车辆；出租车", "ABC"),
    ],
)  # fmt: skip
def test_a_list_of_a_sentence_about_something_else_proves_nothing(auditor, stem, options, key):
    assert not check(auditor, stem, options, key).alarms


def test_a_name_in_other_words_is_in_the_list_and_one_with_another_word_in_it_is_not():
    rule = "没有配备专职的站长、总工程师以及分管安全、生产、机电的副站长"
    assert place("分管机电的副站长", rule) is Place.LISTED
    assert place("分管后勤的副站长", rule) is not Place.LISTED
    assert place("管理上的缺陷", "物的危险状态、人的不安全行为和管理缺陷") is Place.LISTED


def test_a_list_that_says_any_one_of_them_is_closed():
    assert not listings("没有采取甲、乙、丙等措施中的任何一种")[-1].open
    assert listings("没有采取甲、乙、丙等措施")[-1].open


def test_limbs_of_a_clause_cited_are_a_list(auditor):
    stem = "依据令第10号第十三条第（二）项，有限空间作业存在（ ）的，判定为重大事故隐患。"
    options = "未落实作业审批；作业现场未设置监护人员；未发放高温补贴"
    assert check(auditor, stem, options, "ABC").alarms
    assert not check(auditor, stem, options, "AB").alarms


def test_what_a_document_is_said_to_name_is_asked_and_not_what_else_it_may_take_in(auditor):
    stem = "《安全生产责任保险实施办法》第二条列举的应当投保安全生产责任保险的行业、领域有（ ）。"
    assert check(auditor, stem, "烟花爆竹；金属冶炼；渔业生产；餐饮", "ABCD").alarms
    assert not check(auditor, stem, "烟花爆竹；金属冶炼；渔业生产；餐饮", "ABC").alarms
