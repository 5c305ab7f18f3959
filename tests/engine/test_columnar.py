"""The columnar backend says what the reference says: over every clause, and over tables as people keep them."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus.tables import Row, read_table
from engine import Engine, Finding
from engine.batch import FLAT, Judged, judge_rows
from engine.clauses import Status
from engine.columnar_rows import ColumnarRows
from engine.columns import Values, from_findings, from_frame
from engine.sampling import as_typed, edges, random_value, typical_row
from kb.models import Clause
from ontology.facts import clause_atoms

DAY = date(2026, 11, 24)
INDUSTRIES = (
    "", "", "工贸", "轻工", "煤矿", "危险化学品", "工贸-粉尘", "非煤矿山", "消防", "特种设备", "冶金", "没有这个行业",
)  # fmt: skip
SEED = 20261124


def by_reference(engine: Engine, rows: list[Row], given: Finding | None = None) -> list[dict[str, Any]]:
    judged = judge_rows(engine, rows, given or Finding(on=DAY))
    return [j.to_flat(engine.version, first=i == 0) for i, j in enumerate(judged)]


def by_columns(engine: Engine, rows: list[Row], given: Finding | None = None) -> list[dict[str, Any]]:
    judging = ColumnarRows(engine, given or Finding(on=DAY))
    said, _ = judging.rows(rows, flat=True, first=True)
    found = list(said)
    assert judging.columnar.faults == 0
    return found


def differences(rows: list[Row], one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[object]:
    return [
        (r.fields, {k: (a[k], b.get(k)) for k in a if a[k] != b.get(k)})
        for r, a, b in zip(rows, one, other, strict=True)
        if a != b
    ][:3]


def row(number: int, facts: dict[str, str], industry: str = "", on: date = DAY) -> Row:
    fields: dict[str, Any] = {"facts": facts, "date": on}
    if industry:
        fields["industry"] = industry
    return Row(number, {"序号": number}, fields)


def near(
    engine: Engine, clause: Clause, rng: random.Random, thresholds: dict[str, list[float]]
) -> dict[str, str]:
    """Most facts of one clause, so that every kind of status comes up."""
    asked = sorted({a.fact for a in clause_atoms(clause)})
    chosen = [f for f in asked if rng.random() < 0.7] + rng.sample(list(engine.facts), rng.choice([0, 0, 1]))
    return {f: as_typed(random_value(engine.facts[f], engine.kb, thresholds, rng)) for f in chosen}


def test_every_clause_gets_the_verdict_basis_and_questions_of_the_reference(engine: Engine) -> None:
    rng, thresholds = random.Random(SEED), edges(engine.kb)
    rows = []
    for standard in engine.kb.standards:
        first = standard.effective - timedelta(days=40)
        days = ((standard.expired or date(2027, 1, 1)) - first).days + 40
        for clause in standard.clauses:
            on = first + timedelta(days=rng.randrange(days))
            rows.append(row(len(rows), near(engine, clause, rng, thresholds), rng.choice(INDUSTRIES), on))
    one, other = by_reference(engine, rows), by_columns(engine, rows)
    assert differences(rows, one, other) == []
    assert set(Counter(r["verdict"] for r in one)) >= {
        "重大事故隐患",
        "一般隐患",
        "需核实",
        "未覆盖",
        "未见隐患",
    }
    said = "".join(r["bases"] for r in one)
    assert all(f"【{s}】" in said for s in (Status.HIT, Status.PRESUMED, Status.OPEN, Status.EXPERT))


def test_sparse_rows_of_checklists_get_the_verdict_of_the_reference(engine: Engine) -> None:
    rng, thresholds = random.Random(SEED), edges(engine.kb)
    clauses = [c for c in engine.kb.clauses() if c.limbs]
    rows = [
        row(i, typical_row(engine.facts, engine.kb, rng, clauses, thresholds) or {"行业": "煤矿"},
            rng.choice(INDUSTRIES), DAY - timedelta(days=rng.randrange(1500)))
        for i in range(800)
    ]  # fmt: skip
    assert differences(rows, by_reference(engine, rows), by_columns(engine, rows)) == []


def test_batches_do_not_remember_wrongly(engine: Engine) -> None:
    rng, thresholds = random.Random(SEED + 1), edges(engine.kb)
    clauses = engine.kb.standard("gongmao-2023").clauses
    rows = [row(i, near(engine, rng.choice(clauses), rng, thresholds), "工贸") for i in range(300)]
    judging = ColumnarRows(engine, Finding(on=DAY))
    found: list[dict[str, Any]] = []
    for start in range(0, 300, 100):
        found += judging.rows(rows[start : start + 100], flat=True, first=start == 0)[0]
        if start == 100:
            judging.columnar.forget()
    assert differences(rows, by_reference(engine, rows), found) == []


def test_presumptions_switched_off_and_facts_of_the_enterprise_hold_for_every_row(engine: Engine) -> None:
    rng, thresholds = random.Random(SEED + 2), edges(engine.kb)
    clauses = engine.kb.standard("gongmao-2023").clauses
    rows = [Row(i, {}, {"facts": near(engine, rng.choice(clauses), rng, thresholds)}) for i in range(200)]
    given = Finding(
        facts={"生产期间": "否"}, industry="轻工", on=DAY, without=frozenset({"除尘方式", "炉用途"})
    )
    assert differences(rows, by_reference(engine, rows, given), by_columns(engine, rows, given)) == []


def test_what_contradicts_the_industry_or_a_derived_grade_is_said(engine: Engine) -> None:
    rows = [
        row(1, {"粉尘种类": "金属粉尘", "锁气卸灰装置@除尘系统": "未设"}, "木工"),
        row(2, {"行业": "煤矿", "锁气卸灰装置@除尘系统": "未设"}, "工贸"),
        row(3, {"矿井相对瓦斯涌出量": "12", "矿井瓦斯等级": "低瓦斯矿井"}, "煤矿"),
        row(4, {"矿井相对瓦斯涌出量": "12", "矿井瓦斯等级": "突出矿井"}, "煤矿"),
        row(5, {"重大危险源R值": ">60"}, "危险化学品"),
    ]
    one = by_reference(engine, rows)
    assert differences(rows, one, by_columns(engine, rows)) == []
    assert any("矛盾" in r["reasons"] for r in one)


@pytest.mark.parametrize(
    "facts",
    [
        {"锁气卸灰装置@除尘系统": "坏了吧"},
        {"没有这个事实": "有"},
        {"人数@快速冻结作业间": "很多", "锁气卸灰装置@除尘系统": "？"},
        {"除尘方式": "半干式"},
        {},
    ],
)
def test_a_row_with_a_wrong_value_says_why_and_stops_no_other(engine: Engine, facts: dict[str, str]) -> None:
    rows = [row(1, facts), row(2, {"锁气卸灰装置@除尘系统": "未设"}, "轻工")]
    one = by_reference(engine, rows)
    assert differences(rows, one, by_columns(engine, rows)) == []
    assert one[0]["error"] and not one[1]["error"]


# -- tables with a column for each fact


FRAME: dict[str, list[Any]] = {
    "序号": [1, 2, 3, 4, 5, 6],
    "行业": ["轻工", "轻工", None, "工贸", "", "煤矿"],
    "检查日期": ["2026-11-24", "2026年11月24日", None, "昨天", "2020-05-01", "2026-11-24"],
    " 锁气卸灰装置＠除尘系统": ["未设", "有效", "失效", "未设", None, ""],
    "粉尘种类": ["木质粉尘", "木质粉尘", None, "金属粉尘", None, None],
    "人数@快速冻结作业间": [12.0, 3.5, float("nan"), None, 10.0, None],
    "生产期间": [True, False, None, None, None, None],
    "备注": ["甲", "乙", "丙", "丁", "戊", "己"],
}


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    pl.DataFrame(FRAME).write_parquet(tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_fact_columns_are_read_the_same_row_by_row_and_column_by_column(engine: Engine, frame: Path) -> None:
    table = read_table(frame, engine.facts)
    rows = list(table)
    one = by_reference(engine, rows)
    said, _ = ColumnarRows(engine, Finding(on=DAY)).frame(pl.read_parquet(frame), first=True)
    assert said.columns == [*FRAME, *FLAT]
    assert differences(rows, [{k: r[k] for k in FLAT} for r in one], said.select(FLAT).to_dicts()) == []
    assert [bool(e) for e in said["error"]] == [False, False, False, True, False, True]
    assert said["error"][5] == "没有给出事实"
    assert "=12人" in said["facts"][0]


def test_packed_facts_are_read_the_same_row_by_row_and_as_a_column(engine: Engine, tmp_path: Path) -> None:
    packed = [
        "锁气卸灰装置@除尘系统=未设；粉尘种类=木质粉尘",
        "没有等号",
        "",
        None,
        "没有=有；除尘方式=半干",
        "生产期间=是",
        "{坏",
    ]
    days = ["2026-11-24", "昨天", "昨天", "2026-11-24", "昨天", "昨天", "2026-11-24"]
    held = pl.DataFrame({"已知事实": packed, "日期": days, "行业": ["轻工"] * 7})
    held.write_parquet(tmp_path / "a.parquet")
    one = by_reference(engine, list(read_table(tmp_path / "a.parquet", engine.facts)))
    said, _ = ColumnarRows(engine, Finding(on=DAY)).frame(held, first=True)
    assert [r["error"] for r in one] == said["error"].to_list()
    assert [{k: r[k] for k in FLAT} for r in one] == said.select(FLAT).to_dicts()


def test_columns_nobody_knows_are_kept_and_read_as_nothing(engine: Engine, frame: Path) -> None:
    said, _ = ColumnarRows(engine, Finding(on=DAY)).frame(
        pl.read_parquet(frame).select("序号", "备注", " 锁气卸灰装置＠除尘系统")
    )
    assert said["备注"].to_list() == FRAME["备注"]
    assert "备注" not in said["facts"][0]


def test_a_table_with_a_finding_column_gives_no_facts_by_column(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("隐患描述,生产期间\n灭火器过期,乱写\n", "utf-8")
    (only,) = read_table(path, engine.facts)
    assert "facts" not in only.fields


def test_packed_facts_may_have_names_with_a_comparison_in_them(engine: Engine, tmp_path: Path) -> None:
    fact = next(f for f in engine.facts if "<=" in f)
    path = tmp_path / "a.csv"
    path.write_text(f"序号,已知事实\n1,{fact}=是；生产期间=否\n2,人数=>=12\n", "utf-8")
    first, second = read_table(path, engine.facts)
    assert first.fields["facts"] == {fact: "是", "生产期间": "否"}
    assert second.fields["facts"] == {"人数": ">=12"}


def test_frames_and_rows_come_to_one_normal_form(engine: Engine, frame: Path) -> None:
    values = Values(engine)
    given = Finding(on=DAY)
    whole = from_frame(pl.read_parquet(frame), values, given, DAY)
    from engine.columns import finding_or_error

    rows = [finding_or_error(r, given) for r in read_table(frame, engine.facts)]
    single = from_findings(rows, values, DAY)
    assert whole.errors == single.errors
    for a, b in ((whole.row, single.row), (whole.fact, single.fact), (whole.code, single.code)):
        assert a.tolist() == b.tolist()


def test_judged_rows_of_json_say_what_the_verdict_says(engine: Engine) -> None:
    rows = [row(1, {"锁气卸灰装置@除尘系统": "未设", "粉尘种类": "木质粉尘"}, "轻工"), row(2, {"没有": "有"})]
    (one, _), (said, _) = (
        list(judge_rows(engine, rows, Finding(on=DAY))),
        ColumnarRows(engine, Finding(on=DAY)).rows(rows, flat=False),
    )
    assert isinstance(one, Judged) and one.verdict
    first, second = list(said)
    full = one.to_json(engine.version)
    for key in ("verdict", "ask", "presumed", "read", "reasons", "kb_version", "responsible", "duties"):
        assert first[key] == full[key], key
    assert [b["ref"] for b in first["bases"]] == [b["ref"] for b in full["bases"]]
    assert second["error"] and second["verdict"] == ""
