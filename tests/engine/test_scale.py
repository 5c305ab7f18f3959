"""Whole tables in pieces: the same whatever the backend and the number of processes, and resumable after a kill."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from corpus.records import read_findings
from engine import Engine, Finding
from engine.batch import parse_date
from engine.scale import COLUMNAR, REFERENCE, Counts, Plan, judge_table, plan
from kb import BadInput
from ui.table_io import join_parts, open_output

ROOT = Path(__file__).parents[2]
ON = parse_date("2026-11-24")
FACTS = [
    {"锁气卸灰装置@除尘系统": "未设", "粉尘种类": "木质粉尘"},
    {"锁气卸灰装置@除尘系统": "有效"},
    {"人数@快速冻结作业间": "12人"},
    {"锁气卸灰装置@除尘系统": "不对"},
    {"矿井相对瓦斯涌出量": "12", "行业": "煤矿"},
]
TEXTS = ["木工车间布袋除尘器灰斗下未装锁气卸灰装置", "灭火器过期", "已整改", "", "=1+1，未设围栏"]


def facts_table(path: Path, rows: int) -> Path:
    held = [
        {
            "序号": i,
            "行业": "轻工" if i % 2 else None,
            "已知事实": "；".join(f"{k}={v}" for k, v in FACTS[i % 5].items()),
        }
        for i in range(rows)
    ]
    match path.suffix:
        case ".parquet":
            pl.DataFrame(held).write_parquet(path)
        case ".jsonl":
            path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in held), "utf-8")
        case _:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(held[0]))
                writer.writeheader()
                writer.writerows(held)
    return path


def texts_table(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["编号", "隐患描述"], *([i, TEXTS[i % 5]] for i in range(rows))])
    return path


def planned(engine: Engine, source: Path, target: Path, piece: int, **options: Any) -> tuple[Any, Plan]:
    from dataclasses import replace

    table = read_findings(source, engine.facts)
    made = plan(table, target, Finding(on=ON), open_output, join_parts, **options)
    return table, replace(made, piece=piece)


def judged(engine: Engine, source: Path, target: Path, piece: int, **options: Any) -> Counts:
    return judge_table(engine, *planned(engine, source, target, piece, **options), lambda _: None)


def cells(path: Path) -> list[list[Any]]:
    match path.suffix:
        case ".parquet":
            return [list(r) for r in pl.read_parquet(path).rows()]
        case ".xlsx":
            return [
                list(r) for r in openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)
            ]  # type: ignore[union-attr]
        case _:
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.reader(file))[1:]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_pieces_come_to_the_same_table_as_the_whole(engine: Engine, tmp_path: Path, suffix: str) -> None:
    source = facts_table(tmp_path / "a.parquet", 25)
    whole, parts = tmp_path / f"whole{suffix}", tmp_path / f"parts{suffix}"
    once = judged(engine, source, whole, 100, backend=REFERENCE, jobs=1)
    again = judged(engine, source, parts, 7, backend=COLUMNAR, jobs=1)
    assert cells(whole) == cells(parts)
    assert len(cells(parts)) == 25
    assert once == again and once.rows == 25 and once.bad == 5
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(("suffix", "name"), [(".csv", "error"), (".xlsx", "没有判定的原因")])
def test_the_rows_not_judged_are_told_with_the_column_that_says_why(
    engine: Engine, tmp_path: Path, suffix: str, name: str
) -> None:
    target = tmp_path / f"out{suffix}"
    table, made = planned(engine, facts_table(tmp_path / "a.csv", 25), target, 100, backend=REFERENCE, jobs=1)
    counts = judge_table(engine, table, made, lambda _: None)
    assert f"5 行有误，未判定，原因写在 {name} 列" in counts.told(made.error_column)
    if suffix == ".xlsx":
        assert name in next(openpyxl.load_workbook(target).active.iter_rows(values_only=True))


def test_both_backends_write_the_same_csv_from_csv_and_jsonl(engine: Engine, tmp_path: Path) -> None:
    for kind in (".csv", ".jsonl"):
        source = facts_table(tmp_path / f"a{kind}", 25)
        out = [tmp_path / f"{kind[1:]}-{b}.csv" for b in (REFERENCE, COLUMNAR)]
        for target, backend in zip(out, (REFERENCE, COLUMNAR), strict=True):
            judged(engine, source, target, 10, backend=backend, jobs=1)
        assert out[0].read_bytes() == out[1].read_bytes()


def test_text_in_two_processes_is_the_text_in_one(engine: Engine, tmp_path: Path) -> None:
    source = texts_table(tmp_path / "a.csv", 40)
    for jobs in (1, 2):
        judged(engine, source, tmp_path / f"{jobs}.jsonl", 10, jobs=jobs)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert len((tmp_path / "1.jsonl").read_text("utf-8").splitlines()) == 40


def test_the_columnar_backend_refuses_a_table_of_text(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="描述列"):
        planned(engine, texts_table(tmp_path / "a.csv", 3), tmp_path / "b.csv", 10, backend=COLUMNAR)


def test_a_large_table_of_facts_is_judged_by_columns_and_a_small_one_is_not(
    engine: Engine, tmp_path: Path
) -> None:
    for rows, backend in ((10, REFERENCE), (2500, COLUMNAR)):
        source = facts_table(tmp_path / f"{rows}.csv", rows)
        assert planned(engine, source, tmp_path / "b.csv", 10)[1].backend == backend


class _Stop(Exception):
    pass


def test_unfinished_work_is_taken_over_only_for_the_same_input_and_options(
    engine: Engine, tmp_path: Path
) -> None:
    source, target = facts_table(tmp_path / "a.csv", 30), tmp_path / "b.csv"
    table, made = planned(engine, source, target, 10, backend=COLUMNAR, jobs=1)

    def stop(_: str) -> None:
        raise _Stop

    with pytest.raises(_Stop):
        judge_table(engine, table, made, stop)
    assert made.part(0).exists() and not target.exists()
    kept = made.part(0).stat().st_mtime_ns
    said: list[str] = []

    facts_table(source, 31)
    with pytest.raises(BadInput, match=r"输入文件已经不同.*--restart"):
        judge_table(engine, *planned(engine, source, target, 10, backend=COLUMNAR, jobs=1), said.append)
    facts_table(source, 30)
    with pytest.raises(BadInput, match="选项已经不同"):
        judge_table(engine, *planned(engine, source, target, 15, backend=COLUMNAR, jobs=1), said.append)
    assert made.part(0).stat().st_mtime_ns == kept
    counts = judge_table(engine, *planned(engine, source, target, 10, backend=COLUMNAR, jobs=1), said.append)
    assert "10 行是上次已完成的" in said[0] and counts.rows == 30
    judged(engine, source, tmp_path / "c.csv", 100, backend=REFERENCE, jobs=1)
    assert target.read_bytes() == (tmp_path / "c.csv").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="the run is killed by SIGKILL, which only POSIX has")
def test_a_run_killed_halfway_and_started_again_loses_and_doubles_no_row(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"  # mostly rows without a finding, which take no time
    rows = [f"{i},{TEXTS[i % 5] if i % 20 < 5 else ''}" for i in range(2000)]
    source.write_text("\n".join(["编号,隐患描述", *rows]), "utf-8")
    command = [
        sys.executable,
        "-m",
        "ui.cli",
        "judge",
        "--in",
        str(source),
        "--on",
        "2026-11-24",
        "--jobs",
        "2",
        "--out",
    ]
    target, folder = tmp_path / "b.csv", tmp_path / ".b.csv.判定中"
    run = subprocess.Popen(
        [*command, str(target)], cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not list(folder.glob("0*.csv")):
            assert run.poll() is None, "it finished before it could be killed"
            time.sleep(0.02)
    finally:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    finished = len(list(folder.glob("[0-9]*[0-9].csv")))
    assert 0 < finished < 4 and not target.exists()
    again = subprocess.run([*command, str(target)], cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 2 and "共 2000 行" in again.stderr  # empty findings are bad rows
    subprocess.run([*command, str(tmp_path / "c.csv")], cwd=ROOT, capture_output=True)
    assert target.read_bytes() == (tmp_path / "c.csv").read_bytes()
    assert [r[0] for r in cells(target)] == [str(i) for i in range(2000)]
    assert not folder.exists()
