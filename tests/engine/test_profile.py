"""What an enterprise says of itself, and which standards, clauses and duties therefore apply."""

import re
from datetime import date
from pathlib import Path

import pytest

from engine import Engine
from engine.profile import (
    APPLIES,
    NOT,
    UNDECIDED,
    Profile,
    duty_tags,
    load_profile,
    read_profile,
    save_profile,
    understand,
    unread_lines,
)
from engine.standing import Applicability, applicable
from kb import BadInput
from kb.national import Duty
from kb.registers import load_registers

ON = date(2026, 11, 28)
EXAMPLES = Path(__file__).parent.parent.parent / "kb" / "examples"
# the standards of the trade, beside those every trade shares
TRADE = {
    "foundry": "gongmao-2023",
    "furniture": "gongmao-2023",
    "cold-store": "gongmao-2023",
    "chemical": "huagong-2026",
    "coal-mine": "meikuang-2026",
    "hospital": "yiliao-2023",
}
SHARED = {"gb45067-2024", "tezhong-yanzhong-2022", "gb35181-2025"}


@pytest.fixture(scope="module")
def duties() -> tuple[Duty, ...]:
    return load_registers().duties


def found(engine: Engine, duties: tuple[Duty, ...], **said: object) -> Applicability:
    return applicable(engine, understand(read_profile(said), engine, duties), duties, ON)


def standing(rows: tuple, id: str) -> tuple[str, str]:
    return next((a.standing, a.why) for a in rows if a.id == id)


@pytest.mark.parametrize("name", TRADE)
def test_each_example_gets_the_standards_of_its_trade_and_the_shared_ones(
    engine: Engine, duties: tuple[Duty, ...], name: str
) -> None:
    site = understand(load_profile(EXAMPLES / f"{name}.yaml"), engine, duties)
    assert site.unread == ()
    rows = applicable(engine, site, duties, ON).standards
    assert {a.id for a in rows if a.standing != NOT} == {TRADE[name]} | SHARED
    assert all(a.why for a in rows)


def test_the_edition_in_force_on_the_day_applies(engine: Engine, duties: tuple[Duty, ...]) -> None:
    site = understand(Profile(industries=("煤矿",)), engine, duties)
    for day, edition in ((date(2025, 1, 1), "meikuang-2020"), (ON, "meikuang-2026")):
        held = [s for s in applicable(engine, site, duties, day).standards if s.id.startswith("meikuang")]
        assert [(s.id, s.standing) for s in held] == [(edition, APPLIES)]


def test_a_facility_neither_stated_nor_denied_leaves_its_clause_open(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    clause = "gongmao-2023/第十三条第（一）项"
    silent = found(engine, duties, 行业=["木制品加工"])
    denied = found(engine, duties, 行业=["木制品加工"], 场所设施=["无 有限空间"])
    stated = found(
        engine, duties, 行业=["木制品加工"], 场所设施=["有限空间"], 属性={"有限空间中毒风险": "是"}
    )
    assert standing(silent.clauses, clause)[0] == UNDECIDED
    assert standing(denied.clauses, clause) == (NOT, "没有有限空间（企业情况）")
    assert standing(stated.clauses, clause)[0] == APPLIES


def test_a_clause_of_another_trade_says_which_trade_it_is_for(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    rows = found(engine, duties, 行业=["木制品加工"]).clauses
    assert standing(rows, "gongmao-2023/第四条第（一）项") == (NOT, "行业：木制品加工（条款针对冶金）")


def test_two_trades_side_by_side_are_both_asked(engine: Engine, duties: tuple[Duty, ...]) -> None:
    rows = found(engine, duties, 行业=["机械", "轻工"]).clauses
    assert standing(rows, "gongmao-2023/第七条第（一）项")[0] != NOT
    assert standing(rows, "gongmao-2023/第八条第（七）项")[0] != NOT
    assert standing(rows, "gongmao-2023/第九条第（一）项")[0] == NOT


def test_a_missing_protective_device_is_no_excuse(engine: Engine, duties: tuple[Duty, ...]) -> None:
    rows = found(
        engine, duties, 行业=["危险化学品"], 场所设施=["无 气体检测报警系统", "无 安全仪表系统"]
    ).clauses
    asked = [a for a in rows if "没有气体检测报警系统" in a.why or "没有安全仪表系统" in a.why]
    assert asked == []


def test_free_words_are_read_and_what_is_not_read_is_told(engine: Engine, duties: tuple[Duty, ...]) -> None:
    site = understand(
        read_profile({"行业": "木制品加工", "场所设施": ["两台8吨的燃气锅炉", "哐当机"]}), engine, duties
    )
    assert site.has("锅炉") and site.has("特种设备")
    assert site.unread == ("哐当机",)


def test_equipment_of_a_kind_counts_as_that_kind(engine: Engine, duties: tuple[Duty, ...]) -> None:
    site = understand(read_profile({"行业": "机械", "设备": "叉车、无 电梯"}), engine, duties)
    assert (site.has("特种设备"), site.has("电梯"), site.has("锅炉")) == (True, False, None)


def test_duties_say_why_they_fall_on_a_unit_or_not(engine: Engine, duties: tuple[Duty, ...]) -> None:
    rows = found(engine, duties, 行业=["机械"], 设备=["叉车"], 场所设施=["无 电梯"]).duties
    assert standing(rows, "PER-005") == (APPLIES, "情形：特种设备")
    assert standing(rows, "PER-007") == (NOT, "不属于（没有）电梯")
    assert standing(rows, "COA-001") == (NOT, "不属于（没有）煤矿")
    assert standing(rows, "FIR-002")[0] == UNDECIDED


def test_training_hours_go_by_whether_metal_is_smelted(engine: Engine, duties: tuple[Duty, ...]) -> None:
    for said, usual, dangerous in (("是", NOT, APPLIES), ("否", APPLIES, NOT)):
        rows = found(engine, duties, 行业=["机械"], 属性={"金属冶炼企业": said}).duties
        assert (standing(rows, "TRN-001")[0], standing(rows, "TRN-002")[0]) == (usual, dangerous)
    rows = found(engine, duties, 行业=["医疗卫生"]).duties
    assert (standing(rows, "TRN-001")[0], standing(rows, "TRN-002")[0]) == (APPLIES, NOT)
    rows = found(engine, duties, 行业=["冶金"], 属性={"金属冶炼企业": "否"}).duties
    assert standing(rows, "TRN-002")[0] == NOT


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_profile_is_kept_and_read_back(tmp_path: Path, suffix: str) -> None:
    profile = load_profile(EXAMPLES / "furniture.yaml")
    path = tmp_path / f"p{suffix}"
    save_profile(profile, path)
    assert load_profile(path) == profile


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("从业人数: 12\n", "行业：缺少这一栏"),
        ("行业: []\n", "行业：至少要写一个行业"),
        ("行业: [机械]\n人数: 12\n", "p.yaml:2: 人数：没有这一栏"),
        ("行业: [机械]\n从业人数: 很多\n", "p.yaml:2: 从业人数：应是整数，实为 '很多'"),
        ("行业: [机械]\n上次完成: {PER-005: 上周}\n", "上次完成的“PER-005”：应是日期"),
        ("- 机械\n", "企业情况应是键值表"),
    ],
)
def test_a_faulty_profile_says_which_field_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=message):
        load_profile(path)


def test_an_unknown_trade_or_attribute_says_what_is_allowed(engine: Engine) -> None:
    with pytest.raises(BadInput, match="没有行业 '造梦'"):
        understand(Profile(industries=("造梦",)), engine)
    with pytest.raises(BadInput, match="没有事实 '除尘方法'；相近的有：除尘方式"):
        understand(Profile(industries=("机械",), attributes={"除尘方法": "干式"}), engine)


def test_what_is_offered_for_an_unknown_trade_is_a_trade(engine: Engine) -> None:
    with pytest.raises(BadInput) as unlike:
        understand(Profile(industries=("涉安",)), engine)
    assert "涉氨" not in str(unlike.value)
    with pytest.raises(BadInput) as told:
        understand(Profile(industries=("造梦",)), engine)
    near = re.search(r"相近的有 (.+?)；", str(told.value))
    assert near
    for word in near[1].split("、"):
        understand(Profile(industries=(word,)), engine)


def test_a_substance_or_facility_given_as_a_trade_is_told_its_field_and_who_has_it(engine: Engine) -> None:
    with pytest.raises(BadInput, match=r"这不是行业，写作 属性: \{液氨制冷: 是\}，.*如 食品制造") as told:
        understand(Profile(industries=("冷库涉氨",)), engine)
    assert "相近" not in str(told.value)
    with pytest.raises(BadInput, match="这不是行业，写在场所设施、设备或者物质一栏"):
        understand(Profile(industries=("除尘系统",)), engine)
    assert understand(Profile(industries=("食品加工业",)), engine).industries == ("食品制造",)


def test_an_attribute_nobody_knows_is_told_the_nearest_or_where_they_are_listed(engine: Engine) -> None:
    for word, said in (("用氨量", "液氨制冷"), ("qq", "selfcheck next")):
        with pytest.raises(BadInput, match=said):
            understand(Profile(industries=("机械",), attributes={word: "1"}), engine)


def test_a_word_that_only_other_trades_are_asked_about_is_told_so(
    engine: Engine, duties: tuple[Duty, ...]
) -> None:
    def told(trade: str, word: str) -> list[str]:
        site = understand(Profile(industries=(trade,), operations=(word,)), engine, duties)
        return list(unread_lines(site, engine, duty_tags(duties)))

    (line,) = told("食品制造", "动火作业")
    assert "只有" in line and "危险化学品" in line and "危险作业" in line and "没有认出" not in line
    assert told("危险化学品", "动火作业") == []
    (line,) = told("食品制造", "天外来物")
    assert "没有认出“天外来物”" in line


def test_a_substance_that_settles_nothing_by_itself_is_taken_and_its_use_is_asked(engine: Engine) -> None:
    site = understand(read_profile({"行业": ["水产加工"], "物质": ["液氨"]}), engine)
    assert site.unread == () and "液氨制冷" not in site.facts
    (line,) = unread_lines(site, engine)
    assert "“液氨”已记下" in line and "是否使用液氨制冷" in line and "液氨制冷: 是" in line
    settled = understand(read_profile({"行业": ["水产加工"], "物质": ["液氨", "液氨制冷"]}), engine)
    assert list(unread_lines(settled, engine)) == [] and settled.facts["液氨制冷"].shown() == "是"


def test_of_a_standard_whose_text_is_not_held_the_list_of_what_applies_says_so(engine: Engine) -> None:
    site = understand(read_profile({"行业": ["水产加工"]}), engine)
    rows = {a.id: a for a in applicable(engine, site, (), date(2026, 11, 28)).standards}
    assert "条文没有收录" in rows["gb35181-2025"].lacking and rows["gongmao-2023"].lacking == ""
