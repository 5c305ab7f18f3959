"""Sentences that once went wrong, by kind: negation, doubt, rectification, place, numbers, what was not understood."""

from datetime import date

import pytest

from engine import Engine, Finding, Level

DAY = date(2026, 11, 24)
MAJOR, VERIFY, GENERAL, NONE = "重大事故隐患", "需核实", "一般隐患", "未见隐患"

CASES = {
    "one thing put right does not put another right": [
        ("工贸", "木工车间除尘器滤袋已更换，但未装锁气卸灰装置", MAJOR),
        ("工贸", "上次检查问题已整改，本次木工车间布袋除尘器未装锁气卸灰装置", MAJOR),
        ("工贸", "木工车间布袋除尘器未装锁气卸灰装置，配电箱已修复", MAJOR),
        ("工贸", "木工车间积尘已清理，布袋除尘器未装锁气卸灰装置", MAJOR),
        ("工贸", "木工车间布袋除尘器未装锁气卸灰装置，已整改完毕", NONE),
    ],
    "a negation inside a relation denies it": [
        ("轻工", "包装间空调未采用氨直接蒸发制冷", NONE),
        ("工贸", "铝粉与木粉未共用一套除尘系统", NONE),
        ("轻工", "锂电池仓库不合格电池未与良品混放", NONE),
    ],
    "未发现 and double negation are compliance": [
        ("工贸", "未发现除尘器锁气卸灰装置损坏，木工车间", NONE),
        ("机械", "未发现焊工未持证上岗的情况", NONE),
        ("冶金", "未发现会议室设在铁水吊运跨地坪区域内", NONE),
        ("工贸", "木工车间布袋除尘器没有未装锁气卸灰装置的情况", NONE),
    ],
    "conditions, rules and history are no observation": [
        ("工贸", "若木工车间布袋除尘器未装锁气卸灰装置，应责令停产", VERIFY),
        ("工贸", "禁止在木工车间内设休息室", VERIFY),
        ("工贸", "企业曾因焊工未持证上岗被处罚", VERIFY),
        ("工贸", "疑似木工车间布袋除尘器未装锁气卸灰装置", VERIFY),
    ],
    "a denied comparison is not the comparison": [
        ("轻工", "氨制冷速冻车间快速冻结装置作业间内作业人员未超过9人", NONE),
        ("冶金", "高炉炉顶工作压力设定值未高于设计最高工作压力", NONE),
        ("轻工", "氨制冷速冻间定员12人，实际8人", VERIFY),
    ],
    "beside a place is not in it": [
        ("轻工", "木工车间旁设有休息室", (VERIFY, GENERAL, NONE)),
        ("轻工", "木工车间楼上为员工宿舍", (VERIFY, GENERAL, NONE)),
    ],
    "a missing record leaves the act in doubt": [("工贸", "未见污水池有限空间作业审批记录", VERIFY)],
    "what was not understood is never 一般": [
        ("工贸", "咕噜机损坏", VERIFY),
        ("工贸", "现场咕噜装置缺失", VERIFY),
        ("工贸", "未装PLC-XYZ", VERIFY),
    ],
    "either end of an interlock, and a failure word on either side": [
        ("冶金", "高炉炉顶放散阀未与炉顶压力监测装置联锁", (MAJOR, VERIFY)),
        ("冶金", "高炉炉顶压力监测装置失灵", VERIFY),
        ("机械", "喷漆房未开启通风设施，现场使用油性漆", (MAJOR, VERIFY)),
        ("机械", "喷漆房未安装可燃气体探测器，现场使用油漆", (MAJOR, VERIFY)),
    ],
    "the place of one sentence is not that of another": [
        ("冶金", "炉下渣坑积水；二号线已停产检修", MAJOR),
        ("工贸", "木工车间照明损坏。石材加工车间布袋除尘器未装锁气卸灰装置。", (VERIFY, GENERAL)),
    ],
    "a company's name does not decide": [
        ("", "某家具有限公司照明灯损坏", VERIFY),
        ("", "烟草公司喷漆房未装可燃气体报警器", VERIFY),
    ],
    "an absence that should be is compliance": [
        ("冶金", "炉下渣坑无积水", NONE),
        ("轻工", "木工车间内未设休息室", NONE),
    ],
    "a flaw that is denied, of form, or of one of several is no absence": [
        ("邮政快递", "分拣滚筒防护罩不缺，急停装置并非失效", NONE),
        ("电力", "特种作业人员无一无证上岗，配电间灭火器压力偏低", GENERAL),
        ("工贸", "污水池作业有审批、有监护、有检测，作业审批单上监护人没写全名", GENERAL),
        ("房屋市政", "脚手架与结构间已设水平防护，仅八层水平网有一处破损", GENERAL),
    ],
    "doubt reaches links and what was spoken of before": [
        ("冶金", "LF炉水冷炉盖出水温度报警与电极自动断电升起的联锁投没投说不清", VERIFY),
        ("特种设备", "叉车手刹坡上停得住停不住没试", VERIFY),
    ],
    "a problem answered by the next part is put right": [
        ("烟花爆竹", "装药工房超员问题已纠正，现场2人作业", NONE),
        ("尾矿库", "排水斜槽盖板缝隙未充填问题，已用水泥充满充实，验收通过", NONE),
        ("消防", "电梯前室堵塞问题，已下达整改通知书", (VERIFY, GENERAL)),
    ],
    "brackets before 的 only say whose": [
        ("特种设备", "储气罐无法提供安全附件（压力表、安全阀）的校验报告", (VERIFY, GENERAL)),
    ],
    "a state word takes the thing before another state word": [
        ("特种设备", "锅炉安全阀已锈死起跳不了，仍在运行", MAJOR),
    ],
    "what is meant to prevent is a thing and no rule": [
        ("城镇燃气", "加气站装卸系统未设置防止装卸软管拉脱的联锁保护装置", MAJOR),
    ],
    "a negation reaches the verb behind a manner, and over an adjective": [
        ("危化", "爆炸危险场所没有按国家标准安装使用防爆电气设备", MAJOR),
        ("房屋市政", "项目负责人没有有效的安全生产考核合格证书，仍从事相关工作", MAJOR),
    ],
    "a share of what it is compared with is a number": [
        ("井工煤矿", "采掘工作面实际供风量小于需风量的75%", MAJOR),
        ("井工煤矿", "采掘工作面实际供风量为需风量的80%", (VERIFY, GENERAL, NONE)),
    ],
    "a deviation from the norm that no clause reaches is a defect all the same": [
        ("露天煤矿", "工作台阶设计高度10m，实测20m", GENERAL),
    ],
    "next to a place is not in it": [("机械", "铸造车间休息室紧邻浇注跨", VERIFY)],
    "a paper that is not at hand may exist": [("工贸", "电工操作证没带，放在家里", VERIFY)],
    "a heading names the place and asks nothing": [("工贸", "现场检查木工车间。照明灯损坏。", GENERAL)],
}
ROWS = [(kind, *row) for kind, rows in CASES.items() for row in rows]


@pytest.mark.parametrize(("kind", "industry", "text", "wanted"), ROWS, ids=[r[2] for r in ROWS])
def test_a_wording_is_understood(
    engine: Engine, kind: str, industry: str, text: str, wanted: str | tuple[str, ...]
) -> None:
    got = engine.judge(Finding(text=text, industry=industry, on=DAY)).level.value
    assert got in (wanted if isinstance(wanted, tuple) else (wanted,)), kind


def test_a_presumed_industry_leaves_a_question_and_not_silence(engine: Engine) -> None:
    verdict = engine.judge(Finding(text="某家具有限公司炉下渣坑积水", on=DAY))
    assert verdict.level == VERIFY
    assert "行业" in [q.fact for q in verdict.questions]


def test_alternatives_given_for_one_attribute_decide_only_together(engine: Engine) -> None:
    facts = {"锁气卸灰装置@除尘系统": "未设", "除尘方式": "干式"}
    either = engine.judge(
        Finding(facts={**facts, "粉尘种类": "木质粉尘|不可燃粉尘"}, industry="工贸", on=DAY)
    )
    both = engine.judge(
        Finding(facts={**facts, "粉尘种类": "木质粉尘|铝镁等金属粉尘"}, industry="工贸", on=DAY)
    )
    assert (either.level, both.level) == (VERIFY, MAJOR)


def test_a_given_attribute_against_the_text_is_a_contradiction(engine: Engine) -> None:
    finding = Finding(
        text="木工车间布袋除尘器未装锁气卸灰装置", facts={"除尘方式": "湿式"}, industry="工贸", on=DAY
    )
    verdict = engine.judge(finding)
    assert [c.fact for c in verdict.contradictions] == ["除尘方式"]
    assert verdict.level == VERIFY


def test_ten_thousand_characters_of_one_word_are_read_in_a_moment(engine: Engine) -> None:
    for text in ("未" * 9_900, "一" * 9_900):
        assert engine.judge(Finding(text=text, industry="工贸", on=DAY)).level == VERIFY


@pytest.mark.parametrize(
    ("industry", "text"),
    [
        ("危化", "甲醇泵房2台操作柱是普通型，无Ex标志"),  # what is lacking was not read
        ("工贸", "分割间空调直接走氨管蒸发；氨机房事故风机试了正常"),  # more than a place was said
    ],
)
def test_what_was_not_read_is_no_ordinary_defect_and_no_order(engine, industry, text):
    assert engine.judge(Finding(text, industry=industry)).level in (Level.VERIFY, Level.MAJOR)


def test_a_comparison_alone_is_a_statement(engine):
    assert (
        engine.judge(Finding("插引工房核定2人，实点4人；凳子摆放杂乱", industry="烟花爆竹")).level
        is Level.MAJOR
    )
