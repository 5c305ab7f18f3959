"""Right keys that look wrong: what stands beside the words read turns them, and what is meant stands in another sentence."""

import pytest

from engine.quiz.audit import Auditor
from engine.quiz.bank import Item
from engine.quiz.cloze import change_of
from engine.quiz.instruments import of_other_law

MEASURED = "乙炔含量5.5微升/升；乙炔周增量4微升/升；总烃含量470微升/升；氢气含量480微升/升"
ROWS = [  # stem, right key, false key that is told (where one is), options
    ("基坑周边建筑物变形值未超过设计变形控制值的，判定为重大事故隐患。", "错误", "", ""),
    ("基坑周边建筑物变形值超过设计变形控制值且没有及时处理的，判定为重大事故隐患。", "正确", "错误", ""),
    ("拖拉机按规定搭载人员的，属于农机重大事故隐患。", "错误", "", ""),
    ("拖拉机违反规定搭载人员的，属于农机重大事故隐患。", "正确", "错误", ""),
    ("煤矿使用风锤探放水的，判定为重大事故隐患。", "正确", "错误", ""),
    ("煤矿判定标准应急管理部令第4号自2026年7月1日起停止执行。", "正确", "", ""),
    ("应急管理部令第21号自2026年9月1日起施行。", "错误", "正确", ""),
    ("2026年10月检查，烟花爆竹批发企业重大隐患判定应当依据（ ）。", "B", "A", "AQ 3067-2026；安监总管三〔2017〕121号的烟花爆竹部分；应急管理部令第10号"),
    ("GB 35181-2025与2017版相比，增加的术语有（ ）。", "AC", "", "儿童活动场所；重要场所；劳动密集型企业"),
    ("负责内河交通安全监督管理的是（ ）。", "B", "", "港口行政管理部门；海事管理机构；水利部门"),
    ("交流1000千伏以上变压器监测值达到下列哪些情形之一，判定为电力重大隐患？（ ）", "ACD", "ABCD", "总烃含量超过450微升/升；乙炔周增量为0.5微升/升；乙炔含量达到5微升/升；氢气含量超过450微升/升"),
    ("有色企业采用水冷冷却的下列设备没有设置应急水源，不依据第五条第（四）项判定的是（ ）。", "B", "", "冶炼炉窑；铝加工深井铸造工艺的结晶器；加热炉"),
    ("下列不属于烟花爆竹企业重大事故隐患的是（ ）。", "C", "", "一证多厂；多股东各自独立组织生产经营；工房实际作业人数等于核定人数"),
    ("高炉生产期间，应判定为重大事故隐患的有（ ）。", "AB", "", "炉顶工作压力设定值超过设计文件规定的最高工作压力；炉顶工作压力监测装置没有与炉顶放散阀联锁；炉顶工作压力低于设计文件规定的最高工作压力"),
    ("下列装卸系统没有设置防止装卸用管拉脱的联锁保护装置，应判定为重大隐患的有（ ）。", "AB", "", "压缩天然气；液化石油气；管道天然气调压箱"),
    ("粉尘清扫记录漏填，但现场没有严重积尘，不足以判定为重大事故隐患。", "正确", "", ""),
    ("商贸企业没有单列的行业条款，因此其有限空间作业不适用应急管理部令第10号第十三条。", "错误", "", ""),
    ("采掘工作面实际供风量小于需风量75%的，属于重大事故隐患。", "正确", "", ""),
    ("较大事故中主要负责人没有履行职责，上一年年收入为60万元，依照安全生产法第九十五条罚款（ ）万元。", "B", "", "24；36；48"),
    ("主要负责人没有履行职责导致发生较大事故的，处上一年年收入（ ）的罚款。", "B", "C", "40%；60%；80%"),
    ("煤矿、非煤矿山、危险化学品、烟花爆竹、金属冶炼单位的主要负责人初次培训不少于（ ）学时。", "B", "A", "32；48；72"),
    ("仅凭煤矿某月原煤产量超过核定生产能力的12%，不能判定为重大事故隐患。", "正确", "", ""),
    ("举报谎报事故，属于较大事故的，按每查实谎报1人奖励（ ）万元计算。", "B", "A", "3；4；5；6"),
    ("一般行业企业的主要负责人，每年再培训时间不得少于（ ）学时。", "B", "C", "8；12；16；20"),
    ("生产期间炉前平台有水的，不管是不是生产性积水，有色企业一律判定为重大事故隐患。", "错误", "正确", ""),
    ("以协议免除从业人员伤亡责任的，对该单位本身处二万元以上十万元以下的罚款。", "错误", "", ""),
    ("乡镇人民政府、街道办事处和开发区应当明确负责安全生产监督管理的机构和职责。", "正确", "", ""),
    ("两个承包单位在同一个厂房内作业，可能危及对方安全的，应当签订安全管理协议，指定专职安全员检查协调。", "正确", "", ""),
    ("直流±800千伏换流变的下列监测值，达到电力重大隐患的有（ ）。", "ABCD", "", MEASURED),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "right", "wrong", "options"), ROWS)
def test_a_right_key_is_no_alarm_and_its_contrary_is_one_where_told(
    auditor: Auditor, stem: str, right: str, wrong: str, options: str
) -> None:
    told = tuple(filter(None, options.split("；")))
    assert not auditor.check(Item("第2行", stem, told, right)).alarms
    if wrong:
        assert auditor.check(Item("第2行", stem, told, wrong)).alarms


def test_a_paper_about_a_device_is_not_the_device(auditor: Auditor) -> None:
    stem = "依据AQ 3067-2026第5.7.3条，涉及重大危险源的企业有下列哪些情形，判定为重大事故隐患？（ ）"
    options = (
        "未投用人员定位系统",
        "进入生产区的人员没有携带定位终端",
        "监测监控数据没有接入风险监测预警系统",
        "没有定位终端领用台账",
    )
    assert not auditor.check(Item("第2行", stem, options, "ABC")).alarms


def test_an_article_cited_that_says_the_finding_is_not_put_right_by_a_general_one(auditor: Auditor) -> None:
    stem = "某350兆瓦燃煤机组制定了处置汽轮机组转速飞升的应急措施，但没有定期开展应急演练。按国家发展改革委令第41号第六条第（二）项应如何判定？"
    options = ("重大隐患", "一般隐患", "不构成隐患")
    assert not auditor.check(Item("第2行", stem, options, "A")).alarms
    assert auditor.check(Item("第2行", stem, options, "B")).alarms


def test_what_was_added_is_not_what_was_deleted() -> None:
    text = "删除术语“甲”，增加“乙”“丙”；更改附录"
    assert change_of("甲", text) == "删除"
    assert change_of("丙", text) == "增加"


def test_a_number_right_by_one_law_bears_out_no_statement_on_another(auditor: Auditor) -> None:
    said = "规定机关、团体、企业、事业单位对建筑消防设施每年至少全面检测1次。"
    assert auditor.check(Item("第2行", f"消防法{said}", (), "正确")).agreed
    assert not auditor.check(Item("第2行", f"安全生产法{said}", (), "正确")).agreed
    assert not of_other_law("依照法律规定检测", "消防法第十六条")
