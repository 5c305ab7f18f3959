"""Judged tables counted by region, industry, clause and month."""

import json
from pathlib import Path

import polars as pl
import pytest

from engine.stats import statistics
from kb import BadInput
from ui.cli import main

DUST = "木工车间布袋除尘器灰斗下未装锁气卸灰装置"
ROWS = [
    ("甲区", "轻工", "2026-10-03", DUST),
    ("甲区", "轻工", "2026年10月9日", DUST),
    ("甲区", "轻工", "2026-11-02", DUST),
    ("乙区", "轻工", "2026-11-02", "灭火器压力不足"),
    ("乙区", "", "昨天", DUST),
]


@pytest.fixture(scope="module", params=[".csv", ".jsonl", ".xlsx", ".parquet"])
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judged")
    (folder / "a.csv").write_text("\n".join(["地区,行业,检查日期,隐患描述", *map(",".join, ROWS)]), "utf-8")
    target: Path = folder / f"b{request.param}"
    assert main(["judge", "--in", str(folder / "a.csv"), "--out", str(target)]) == 2  # one date is none
    return target


def test_rows_are_counted_under_each_clause_month_and_verdict(result: Path) -> None:
    columns, rows = statistics(result)
    assert columns[:4] == ("地区", "行业", "条款", "月")
    october = [r for r in rows if r["月"] == "2026-10" and r["条款"].endswith("第十一条第（六）项")]
    assert [(r["地区"], r["行业"], r["重大事故隐患"], r["合计"]) for r in october] == [("甲区", "轻工", 2, 2)]


def test_without_clauses_the_counts_add_up_to_the_rows_bad_ones_told_apart(result: Path) -> None:
    _, rows = statistics(result, ["地区"])
    assert {r["地区"]: (r["合计"], r["未判定"]) for r in rows} == {"甲区": (3, 0), "乙区": (2, 1)}


@pytest.mark.parametrize("as_json", [False, True])
def test_a_clause_still_open_in_a_major_row_counts_as_to_be_verified(tmp_path: Path, as_json: bool) -> None:
    said = [("《甲标准》（1号）第一条", "命中"), ("《甲标准》（1号）第二条", "推定命中"), ("《甲标准》（1号）第三条", "待核实"),
            ("《甲标准》（1号）第四条", "需专业认定")]  # fmt: skip
    flat = "；".join(f"{clause}【{status}】" for clause, status in said)
    bases = [{"citation": c, "status": s} for c, s in said] if as_json else flat
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"verdict": "重大事故隐患", "bases": bases}, ensure_ascii=False), "utf-8")
    _, rows = statistics(path, ["条款"])
    counted = {r["条款"][-3:]: (r["重大事故隐患"], r["需核实"], r["合计"]) for r in rows}
    assert counted == {"第一条": (1, 0, 1), "第二条": (1, 0, 1), "第三条": (0, 1, 1), "第四条": (0, 1, 1)}


def test_a_table_that_was_not_judged_or_lacks_the_column_is_refused(result: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("隐患描述,verdicts\n灭火器过期,\n", "utf-8")
    with pytest.raises(BadInput, match="没有 verdict 列"):
        statistics(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("隐患描述,verdict,bases\n灭火器过期,一般隐患,\n", "utf-8")
    with pytest.raises(BadInput, match="没有写地区的列"):
        statistics(tmp_path / "b.csv", ["地区"])
    with pytest.raises(BadInput, match="应为 地区"):
        statistics(result, ["省份"])


def test_the_command_writes_numbers_into_parquet(result: Path, tmp_path: Path) -> None:
    target = tmp_path / "c.parquet"
    assert main(["stats", str(result), "--by", "地区，月", "--out", str(target)]) == 0
    held = pl.read_parquet(target)
    assert held["合计"].sum() == len(ROWS) and held["月"].to_list()[0] == "2026-11"
