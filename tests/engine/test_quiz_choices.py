"""Single choices: what stands in the blank, documents by title and number, and keys that say no level where one is asked."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item

_LEVELS = "一般事故隐患；重大事故隐患；{}；不属于事故隐患"


def check(auditor: Auditor, stem: str, options: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, tuple(filter(None, options.split("；"))), key))


_PUMP = "高瓦斯矿井地面抽采瓦斯泵的备用泵能力，不得小于（ ）。"
_PUMPS = "全部运行泵的能力；运行泵中最大一台单泵的能力；运行泵中最小一台单泵的能力；运行泵能力的一半"
_TANKS = "构成（ ）重大危险源的危险化学品罐区，各储罐进、出液相物料管道没有实现紧急切断功能的，判定为重大事故隐患。"
_GRADES = "一级；一级、二级；一级、二级、三级；各级"
_LIFT = "电梯定期检验结论为（ ）仍继续使用的，判定为重大事故隐患。"
_SANDER = "木制品加工企业与砂光机连接的风管没有安装（ ）的，判定为重大事故隐患。"
_ON_PIPE = "火花探测消除装置；粉尘浓度检测仪；静电接地线；压差计"
_STAFF = "矿山、建筑施工单位以外的生产经营单位，从业人员超过（ ）人的，应当设置安全生产管理机构或者配备专职安全生产管理人员。"
_DESIGN = "民爆企业总库区没有由具有军工、民爆设计（ ）资质的单位设计的，判定为重大事故隐患。"
_PLAN = "《安全生产事故隐患排查治理暂行规定》要求，重大事故隐患由（ ）组织制定并实施治理方案。"
_WHO = "安全生产管理机构负责人；生产经营单位主要负责人；分管负责人；车间主任"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        (_PUMP, _PUMPS, "B", "A"),
        (_TANKS, _GRADES, "B", "C"),  # a list with one name more is not the list
        (_TANKS, _GRADES, "B", "A"),
        (_LIFT, "合格；不合格；复检合格；暂缓检验", "B", "A"),
        (_SANDER, _ON_PIPE, "A", "B"),  # told in other words by the clause: each option judged
        (_DESIGN, "丙级以上；乙级以上（含乙级）；仅限专业甲级；仅限综合甲级", "B", "C"),
        (_STAFF, "50；100；200；300", "B", "D"),  # those it leaves out are not its trade
        (_PLAN, _WHO, "B", "C"),  # the duty cites the number of what the stem names by title
    ],
)
def test_what_stands_in_the_place_of_the_blank_must_be_keyed(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        ("《特种设备重大事故隐患判定准则》的标准编号是（ ）。", "GB/T 45067-2024；GB 45067-2024；GB 45067-2025；TSG 08-2017", "B", "A"),
        ("2024年12月印发的《内河运输船舶重大事故隐患判定标准》，其文号是（ ）。", "交办海〔2017〕170号；农渔发〔2022〕11号；交办海〔2024〕67号", "C", "A"),
        ("《煤矿重大事故隐患判定标准》是应急管理部令第____号。", "", "21", "20"),
        ("现行《重大火灾隐患判定规则》的标准编号和实施日期是（ ）。", "GB 35181-2025，2025年11月1日；GB 35181-2025，2025年4月25日；GB 35181-2017，2018年7月1日", "A", "C"),
        ("《中华人民共和国危险化学品安全法》自（ ）起施行。", "2026年1月1日；2026年5月1日；2026年7月1日", "B", "C"),
        ("应急管理部令第21号的施行日期是：", "二〇二六年五月一日；二〇二六年七月一日；二〇二六年九月三十日", "B", "A"),
    ],
)  # fmt: skip
def test_a_document_has_its_own_number_and_its_own_day(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


@pytest.mark.parametrize("key", ["建议限期整改", "由专家论证后确定"])
def test_a_key_that_says_no_level_is_wrong_where_the_finding_has_one(auditor: Auditor, key: str) -> None:
    stem = "某玻璃厂锡槽的水冷保护系统没有监测报警装置。该情形（ ）。"
    assert check(auditor, stem, _LEVELS.format(key), "C").state == "有问题"
    assert check(auditor, stem, _LEVELS.format(key), "B").state == "相符"


def test_what_is_told_before_the_finding_counts_where_only_that_decides_it(auditor: Auditor) -> None:
    stem = "检查组检查某木制品加工企业，发现砂光机接出的风管没有安装火花探测消除装置。该情形应判定为（ ）。"
    options = "一般事故隐患；重大事故隐患；不构成隐患"
    assert check(auditor, stem, options, "A").state == "有问题"
    assert check(auditor, stem, options, "B").state == "相符"


def test_how_to_go_on_is_no_question_about_the_level(auditor: Auditor) -> None:
    stem = "某玻璃厂锡槽的水冷保护系统没有监测报警装置，检查人员责令整改。企业首先应当（ ）。"
    assert check(auditor, stem, "停用并整改；继续生产；报废锡槽；更换厂长", "A").state != "有问题"


_REPORTED = "重大事故隐患排查治理情况应当及时向负有安全生产监督管理职责的部门和职工大会或者职工代表大会报告，出自《安全生产法》（2021修正）（ ）。"
_BARRIER = "下列不属于《渔业船舶重大事故隐患判定标准（试行）》列明情形的是（ ）。"
_BOATS = "超过核定航区作业；未经批准擅自改变作业类型；船名牌油漆褪色；船舶检验证书失效后出海作业"
_GATHERING = "大型群众性活动的安全许可由（ ）实施。"
_SEALS = "下列哪一种情形不构成重大事故隐患？"
_SEALED = "水封式排水器最高封堵煤气压力28 kPa；同一煤气管道隔断装置的两侧共用一个排水器；不同介质的煤气管道共用一个排水器；水封式排水器最高封堵煤气压力30 kPa"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        (_REPORTED, "第二十一条；第三十八条；第四十一条；第四十六条", "C", "B"),
        (_BARRIER, _BOATS, "C", "A"),
        (_GATHERING, "应急管理部门；公安机关；体育部门；文化和旅游部门", "B", "A"),
        ("判定房屋市政工程重大事故隐患，现行依据是《房屋市政工程生产安全重大事故隐患判定标准（____版）》。", "", "2024", "2022"),
    ],
)  # fmt: skip
def test_places_what_is_not_listed_and_grades(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state == "相符"
    assert check(auditor, stem, options, wrong).state == "有问题"


def test_of_findings_the_one_below_the_threshold_makes_no_hazard(auditor: Auditor) -> None:
    assert check(auditor, f"冶金企业的煤气管线，{_SEALS}", _SEALED, "A").state == "有问题"
    assert check(auditor, f"冶金企业的煤气管线，{_SEALS}", _SEALED, "D").state != "有问题"


def test_a_grade_more_is_not_the_same_in_other_words(auditor: Auditor) -> None:
    stem = "房屋市政工程中，没有进行第三方监测即判定为重大事故隐患的高边坡是（ ）。"
    options = "所有高边坡；一级高边坡；一级、二级、三级高边坡；一级、二级高边坡"
    assert check(auditor, stem, options, "C").state == "有问题"
    assert check(auditor, stem, options, "D").state != "有问题"


@pytest.mark.parametrize(
    ("stem", "options", "right", "wrong"),
    [
        # the number asked for is the one that the options offer, not that of the part with more of the same words
        ("安全生产许可证有效期满前（ ），企业应当申请办理延期。", "1个月；2个月；3个月；6个月", "C", "A"),
        ("金属冶炼单位安全管理人员的初次安全培训时间不得少于（ ）学时。", "24；32；48；72", "C", "A"),
        # 非 of 非煤矿山 denies nothing
        ("金属非金属地下矿山中，基建矿山的图纸没有按每（ ）个月更新的，属于重大事故隐患。", "1；2；3；6", "A", "C"),
        # two limits of one clause: the one before which more of the same stands
        ("高炉生产时，炉顶放散阀的联锁放散压力设定值高于（ ）的，判定为重大事故隐患。", "设备设计压力值；设计文件规定的最高工作压力；炉顶工作压力", "A", "B"),
        # a trade is led by one department, whoever supervises it
        ("技师学院的行业主管部门是（ ）。", "教育部门；人力资源社会保障部门；民政部门", "B", "A"),
        ("检查中发现的重大火灾隐患，应当由（ ）书面报告本级政府。", "公安机关；应急管理部门；住房城乡建设部门", "B", "A"),
        ("电力建设工程没有办理工程质量监督手续的，责任主体是（ ）。", "施工单位；监理单位；建设单位", "C", "A"),
        # by elimination: every other stands word for word in the list
        ("有色企业熔融金属铸造环节没有设置应急储存设施，下列不属于除外炉型的是（ ）。", "倾动式熔炼炉；倾动式保温炉；固定式保温炉；倾动式熔保一体炉", "C", "A"),
        # one side that is long enough makes up for another word on the other
        ("深基坑和（ ）高边坡施工没有进行第三方监测的，判定为重大事故隐患。", "一级；一级、二级；所有等级", "B", "C"),
    ],
)  # fmt: skip
def test_of_several_in_one_sentence_the_one_asked_for_is_told_by_what_is_offered_and_what_stands_beside_it(
    auditor: Auditor, stem: str, options: str, right: str, wrong: str
) -> None:
    assert check(auditor, stem, options, right).state != "有问题"
    assert check(auditor, stem, options, wrong).state == "有问题"


def test_the_number_of_another_document_is_not_borne_out_by_the_one_told(auditor: Auditor) -> None:
    stem = "与《金属非金属矿山重大事故隐患判定标准》（矿安〔2022〕88号）配套的解读，其文号是（ ）。"
    options = "矿安〔2021〕7号；矿安〔2022〕9号；安监总管一〔2016〕60号"
    assert check(auditor, stem, options, "A").state != "相符"


def test_of_a_number_and_a_day_both_must_be_those_of_the_document(auditor: Auditor) -> None:
    stem = "《电力重大事故隐患判定标准及治理监督管理规定》的发布形式和施行日期是（ ）。"
    options = (
        "国家发展改革委令第41号，2026年7月1日；应急管理部令第10号，2026年7月1日；国家能源局公告，2026年3月1日"
    )
    assert check(auditor, stem, options, "A").state == "相符"
    assert check(auditor, stem, options, "B").state == "有问题"


def test_a_key_that_adds_a_denial_the_clause_has_nowhere_is_another_thing(auditor: Auditor) -> None:
    stem = "冶金企业生产期间，铸造生产区域的事故坑、炉下渣坑里有（ ）的，判定为重大事故隐患。"
    options = "非生产性积水；积水；深度超过0.2 m的积水"
    assert check(auditor, stem, options, "A").state == "有问题"
    assert check(auditor, stem, options, "B").state != "有问题"


def test_which_grade_makes_a_hazard_is_no_question_of_findings(auditor: Auditor) -> None:
    stem = "养老机构的房屋经鉴定为下列（ ）等级危房的，构成重大事故隐患。"
    options = "仅D级；C级或者D级；B级、C级或者D级"
    assert check(auditor, stem, options, "A").state != "相符"


def test_a_wrong_key_is_told_with_the_one_option_that_is_borne_out(auditor: Auditor) -> None:
    found = check(auditor, _PUMP, _PUMPS, "A")
    assert found.alarms and found.should_be == "B"
    assert check(auditor, _PUMP, _PUMPS, "B").should_be == ""  # nothing is wrong


def test_the_period_of_what_is_done_no_more_is_borne_out_by_no_number(auditor: Auditor) -> None:
    found = check(auditor, "特种作业操作证每（ ）年复审1次。", "3；6；10", "A")
    assert found.alarms and found.should_be == ""
    assert check(auditor, "特种作业操作证每（ ）年换证。", "3；6；10", "A").should_be == "B"
