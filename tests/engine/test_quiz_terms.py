"""Words and numbers in blanks, lists and editions: what the clause has in that place, for the case the stem names."""

import pytest

from engine.quiz.amounts import tokens
from engine.quiz.audit import Auditor, Checked
from engine.quiz.bank import Item
from engine.quiz.checks.joined import needs_both
from engine.quiz.codes import only
from engine.quiz.governed import paired


def check(auditor: Auditor, stem: str, options: str, key: str, explanation: str = "") -> Checked:
    choices = tuple(filter(None, options.split("；")))
    return auditor.check(Item("第2行", stem, choices, key, explanation))


_ROPES = "铝加工深井铸造机的钢丝卷扬系统应当使用（ ）。"
_USED = "铝加工深井铸造机的钢丝卷扬系统使用（ ）的，判定为重大事故隐患。"
_KINDS = "非钢芯钢丝绳；钢芯钢丝绳；尼龙绳；钢丝网"
_OPEN = "有色企业冶炼炉窑的开路水冷元件，应当设置（ ）监测报警装置。"
_WATER = "水质硬度；进水流量、压力；水箱液位；进出水流量差"
_CRANE = "下列装置缺失或者失效仍继续使用，起重机械应判定为重大事故隐患的有（ ）。"
_CLOSE = "存在重大事故隐患，{}内受到安全生产法规定的行政处罚（ ）的，提请政府予以关闭。"
_COAL = "现行《煤矿重大事故隐患判定标准》规定的情形共（ ）个方面。"
_POST = (
    "邮政企业没有建立健全消防安全工作责任制，（ ）没有落实各层级各岗位消防安全职责的，判定为重大事故隐患。"
)
_PAINT = "使用非水性漆的喷漆室没有设置固定式可燃气体浓度监测报警装置，（ ）没有设置通风设施的，判定为重大事故隐患。"
_ZONE = "依据令第10号第十一条第（七）项，电气设备不防爆即判重大的粉尘场所是（ ）。"
_ZONES = "仅划为20区的场所；划分为20区、21区的场所；划分为22区的场所"
_ROOM = "烟花爆竹工（库）房里实际作业的人员（ ）的，判定为重大生产安全事故隐患。"
_FINED = "{}的，处罚依据是《安全生产法》（ ）。"
_ARTICLES = "第九十七条第五项；第一百零一条第五项；第一百零一条第三项；第九十四条"
_GRID = "令第41号第十二条，覆盖地级以上行政区以及（ ）并网厂站的电力监控系统适用。"
_VOLTS = "110千伏以上；220千伏以上；330千伏以上；500千伏以上"


@pytest.mark.parametrize(
    ("stem", "options", "key", "why"),
    [
        (_ROPES, _KINDS, "A", "应为“钢芯钢丝绳”"),
        (_USED, _KINDS, "B", "应为“非钢芯钢丝绳”"),
        (_CLOSE.format("180日"), "2次；3次；4次；5次", "C", "应为3次"),
        (_CLOSE.format("1年"), "2次；3次；4次；5次", "B", "应为4次"),
        (_POST, "且；或者；因而；除非", "B", "须同时具备"),
        (_POST, "", "或者", "须同时具备"),
        (_PAINT, "且；或者；因而；除非", "A", "或者"),
        (_ZONE, _ZONES, "B", "应为“20区”"),
        (_ROOM, "超过核定人数；超过核定人数10%；超过核定人数30%；不到核定人数", "C", "应为“超过核定人数”"),
        (_GRID, _VOLTS, "A", "应为“500千伏以上”"),
        (_FINED.format("没有建立事故隐患排查治理制度"), _ARTICLES, "A", "应为第一百零一条第五项"),
        (_FINED.format("单位未按规定报告重大事故隐患排查治理情况"), _ARTICLES, "A", "应为第一百零一条第五项"),
        (_FINED.format("没有如实记录隐患排查治理情况或者没有向从业人员通报"), _ARTICLES, "B", "应为第九十七条第五项"),
        ("烟花爆竹批发企业的重大生产安全事故隐患应当依据AQ 3067-2026判定。", "", "正确", "不适用于烟花爆竹"),
    ],
)  # fmt: skip
def test_what_stands_otherwise_in_the_clause_is_found(
    auditor: Auditor, stem: str, options: str, key: str, why: str
) -> None:
    found = check(auditor, stem, options, key)
    assert any(why in a.reason and a.citation for a in found.alarms), found


@pytest.mark.parametrize(
    ("stem", "options", "key"),
    [
        (_ROPES, _KINDS, "B"),
        (_USED, _KINDS, "A"),
        (_OPEN, _WATER, "B"),
        (_CRANE, "急停开关；起重量限制器；防坠安全器；照明灯", "ABC"),
        (_CRANE, "起重量限制器；起重力矩限制器；室外轨道式起重机械的抗风防滑装置；急停开关", "ABCD"),
        (_CLOSE.format("180日"), "2次；3次；4次；5次", "B"),
        ("受到下列次数的安全生产处罚，存在重大事故隐患的单位应当提请政府关闭（ ）。", "180日内3次；1年内4次；1年内2次；180日内2次", "AB"),
        (_POST, "且；或者；因而；除非", "A"),
        (_POST, "", "且"),
        (_PAINT, "且；或者；因而；除非", "B"),
        (_ZONE, _ZONES, "A"),
        (_ROOM, "超过核定人数；超过核定人数10%；超过核定人数30%；不到核定人数", "A"),
        (_GRID, _VOLTS, "D"),
        (_FINED.format("没有建立事故隐患排查治理制度"), _ARTICLES, "B"),
        (_FINED.format("动火、吊装等危险作业没有安排专人现场管理"), _ARTICLES, "C"),
        (_FINED.format("没有把重大事故隐患排查治理情况报告给监管部门"), _ARTICLES, "B"),
        ("没有建立事故隐患排查治理制度的，不适用《安全生产法》（ ）处罚。", _ARTICLES, "A"),
        (_FINED.format("锅炉房里吸烟"), _ARTICLES, "C"),
        ("危险化学品经营单位的重大生产安全事故隐患应当依据AQ 3067-2026判定。", "", "正确"),
    ],
)  # fmt: skip
def test_what_stands_so_in_the_clause_is_no_error(
    auditor: Auditor, stem: str, options: str, key: str
) -> None:
    assert check(auditor, stem, options, key).alarms == ()


def test_an_explanation_may_set_the_old_edition_beside_the_one_in_force(auditor: Auditor) -> None:
    both = "令第4号列15个方面，令第21号列17个方面。"
    assert check(auditor, _COAL, "13；15；17；20", "C", both).alarms == ()
    assert check(auditor, _COAL, "13；15；17；20", "B", "令第4号列15个方面。").alarms
    stem = "煤矿依照令第21号，一项情形列在第（ ）条。"
    assert check(auditor, stem, "四；五；六；七", "A", "见应急管理部令第4号。").alarms


def test_a_count_is_paired_with_its_time() -> None:
    rule = "90日内2次或者1年内5次"

    def beside(text: str, n: int) -> str:
        token = paired(text, tokens(text)[n], rule)
        return token.text if token else ""

    assert beside("90日内受罚2次", 0).startswith("90日")
    assert beside("1年内受罚2次", 1) == "5次"
    assert beside("2年内受罚7次", 1) == beside("受罚2次", 0) == ""


def test_a_joining_word_stands_between_the_same_words() -> None:
    rule = "台账没有建立，并且标志没有设置；或者人员没有培训，培训档案没有保存。"
    assert needs_both("没有建立台账，", "没有设置标志的", rule) is True
    assert needs_both("没有通风，", "没有照明的", rule) is None
    assert needs_both("没有通风设施", "没有照明灯具的", "没有通风设施，或者没有照明灯具") is False
    assert (
        needs_both("没有通风设施", "没有照明灯具的", "没有通风设施，且没有照明灯具（有其一即构成）") is None
    )


def test_classes_are_read_in_their_frame() -> None:
    code = only("仅划分为20区的场所")
    assert code is not None and code.values == {"20"}
    assert only("划分为20区的粉尘除尘系统") is None
