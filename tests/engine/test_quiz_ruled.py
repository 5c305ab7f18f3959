"""Statements of a rule about a level: premises left unsaid, a rule made too wide, what is in no list, what is there but broken."""

import pytest

from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.claims import statement
from engine.quiz.literal import denies_condition


def check(auditor: Auditor, stem: str, key: str) -> Checked:
    return auditor.check(Item("第2行", stem, (), key, ""))


RULES = [  # statement, its right key
    # the trade is that of the clause, which tells
    ("输配管道敷设在供水管渠内，确需穿过并已采取有效防护措施的，不构成重大隐患。", "正确"),
    ("输配管道敷设在地下人行通道内，确需穿过并已采取有效防护措施的，仍然构成重大隐患。", "错误"),
    # a rule says all of a limb and leaves the premise of the clause unsaid
    ("快速冻结装置没有设置在单独的作业间内，只有5名作业人员的，不构成令第10号第十二条第（二）项的重大事故隐患。", "错误"),
    # a rule for all where the clause has a premise
    ("所有可燃性粉尘的干式除尘系统没有设置锁气卸灰装置，都应判定为重大事故隐患。", "错误"),
    # what one alternative of a list lacks does not lift the other
    ("保险粉储存场所没有采取防水防潮措施，但没有与禁忌物料混合储存的，不构成重大事故隐患。", "错误"),
    # what stands in no list
    ("现行煤矿判定标准为封闭列举，没有列入的一般违章不会自动升格为重大事故隐患。", "正确"),
    ("煤矿违章行为不在令第21号所列情形之内的，检查组认为情节恶劣也可据此判定为重大事故隐患。", "错误"),
    # there but broken
    ("令第10号所列的报警装置已经安装，但是失效的，只按一般隐患处理，不判定为重大事故隐患。", "错误"),
    ("工贸企业直接关系生产安全的防护装置虽已设置但失效的，同样判定为重大事故隐患。", "正确"),
    # both needed, said with 即使 or 仅
    ("边坡土方超挖，即使已经采取有效措施，也应判定为房屋市政工程重大事故隐患。", "错误"),
    ("学生午休室没有火灾自动报警系统，但装有带联网功能的独立式火灾探测报警器的，应判定为重大事故隐患。", "错误"),
    # the exception told after the rule
    ("将井巷维修作业作为独立工程发包给其他单位，井筒、井下煤仓除外，属于重大事故隐患。", "正确"),
    # done without what may not be spared
    ("装饰装修工程拆除承重结构，可以不经设计单位结构复核，不构成重大事故隐患。", "错误"),
    # a limb by itself, though the other one is in order
    ("施工升降机没有按规定办理使用登记，但已经验收合格的，判定为房屋市政工程重大事故隐患。", "正确"),
    ("使用非水性漆的调漆间装有通风设施，但没有固定式可燃气体浓度监测报警装置的，判定为重大事故隐患。", "正确"),
    # only outside of a place, only of what is used on, only of one kind, only of those that are not left out
    ("氯气管道在工业园区内部穿越道路的，应依据AQ 3067-2026第5.2.4条判定为重大隐患。", "错误"),
    ("自动扶梯紧急停止开关失效，但设备已经报停封存的，仍应按GB 45067-2024判定为重大事故隐患。", "错误"),
    ("露天煤矿只有单回路供电仍组织生产的，应判定为重大事故隐患。", "错误"),
    ("客运包车没有执行凌晨2时至5时停车休息的，依据交办运〔2023〕52号第四条第（一）项判定为重大事故隐患。", "错误"),
    # an exception in the words of the clause
    ("煤矿主要通风机更换期间没有备用主要通风机，已制定并落实安全技术措施的，不判定为重大事故隐患。", "正确"),
    # one condition told as enough
    ("粉尘涉爆企业只要没有落实粉尘清理制度，即可依据令第10号第十一条第（十）项判定为重大事故隐患。", "错误"),
    ("输配管道敷设在热力管沟内，只要确需穿过就不构成重大隐患。", "错误"),
    ("泄洪工作闸门的操作电源不能正常工作，或者没有可靠应急电源，有一种即判定为重大隐患。", "错误"),
    # listed word for word
    ("井工煤矿采煤工作面不能保持2个畅通的安全出口的，判定为重大事故隐患。", "正确"),
    # a number on the limit is no limit
    ("地下矿山年产量超过矿山设计年生产能力的幅度正好为20%的，不判定为重大事故隐患。", "错误"),
]  # fmt: skip
OTHER = {"正确": "错误", "错误": "正确"}


@pytest.mark.parametrize(("stem", "key"), RULES)
def test_the_right_key_is_no_alarm_and_the_other_one_is(auditor: Auditor, stem: str, key: str) -> None:
    assert not check(auditor, stem, key).alarms
    assert check(auditor, stem, OTHER[key]).alarms


def test_that_a_widely_put_rule_leaves_its_premise_out_may_be_what_is_wrong_with_it(auditor: Auditor) -> None:
    stem = "干式除尘系统只要没有设置锁气卸灰装置，就应判定为重大事故隐患。"
    assert not check(auditor, stem, "错误").alarms


def test_a_standard_that_ends_on_a_clause_for_all_else_is_not_closed(auditor: Auditor) -> None:
    stem = "城镇燃气经营企业的问题没有列入判定标准的，也可能判定为重大隐患。"
    assert not check(auditor, stem, "正确").alarms


def test_a_title_says_no_level() -> None:
    assert statement(
        "露天煤矿没有边坡监测的，应按《煤矿重大事故隐患判定标准》第十四条判定为重大事故隐患。"
    ) == (
        "露天煤矿没有边坡监测",
        True,
    )
    assert statement("超挖但已处理的，不属于《某某重大事故隐患判定标准》第五条第（二）项情形。") == (
        "超挖但已处理",
        False,
    )


def test_a_condition_is_denied_only_of_the_limb_that_is_said() -> None:
    rule = "载人超过25人或者超过核载人数"
    assert not denies_condition("载人30人，没有超过核载人数", rule)
    assert denies_condition("没有联合布置，没有专用回风巷", "采用联合布置的，没有专用回风巷；或者串联通风")
    assert not denies_condition("用蒸气加热钢瓶，未使用明火", "造纸企业使用蒸气、明火加热钢瓶")


def test_what_was_not_found_is_not_found() -> None:
    told = statement("检查未发现国家明令禁止使用的设备的，应判定为重大事故隐患。")
    assert told is not None and "未发现" in told[0]
