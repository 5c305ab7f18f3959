"""On Spark the same table comes out the same."""

import random
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from engine import Engine
from engine.sampling import edges, typical_row

ROOT = Path(__file__).parents[2]


def java() -> bool:
    return (
        bool(shutil.which("java"))
        and subprocess.run(["java", "-version"], capture_output=True).returncode == 0
    )


pytest.importorskip(
    "pyspark", reason="pyspark (400 MB) is an optional extra, not in the lock: pip install '.[spark]'"
)
pytestmark = pytest.mark.skipif(not java(), reason="Spark runs on a Java machine, 17 or later")


def run(*command: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode in (0, 2), done.stderr  # 2: some rows were bad


def table(engine: Engine, rows: int) -> pl.DataFrame:
    rng, thresholds = random.Random(11), edges(engine.kb)
    clauses = [c for c in engine.kb.clauses() if c.limbs]
    held = []
    for i in range(rows):
        facts = typical_row(engine.facts, engine.kb, rng, clauses, thresholds)
        said = "；".join(f"{k}={v}" for k, v in facts.items())
        held.append((i, rng.choice(["轻工", "煤矿", None]), date(2026, 1, 1) + timedelta(days=i % 300), said))
    return pl.DataFrame(held, schema=["编号", "行业", "日期", "已知事实"], orient="row")


def test_the_job_on_spark_and_the_job_here_give_identical_tables(engine: Engine, tmp_path: Path) -> None:
    source, here, there = tmp_path / "a.parquet", tmp_path / "b.parquet", tmp_path / "out"
    table(engine, 1000).write_parquet(source)
    run(
        "ui.cli",
        "judge",
        "--in",
        source,
        "--out",
        here,
        "--on",
        "2026-11-24",
        "--backend",
        "列式",
        "--jobs",
        1,
    )
    run("engine.spark", "--in", source, "--out", there, "--on", "2026-11-24", "--master", "local[2]")
    parts = sorted(there.glob("part-*.parquet"))
    assert pl.concat([pl.read_parquet(p) for p in parts]).equals(pl.read_parquet(here))


def test_text_on_spark_gets_the_same_verdicts(tmp_path: Path) -> None:
    source, here, there = tmp_path / "a.csv", tmp_path / "b.parquet", tmp_path / "out"
    source.write_text(
        "编号,隐患描述,行业\n1,木工车间布袋除尘器灰斗下未装锁气卸灰装置,轻工\n2,灭火器过期,\n", "utf-8"
    )
    run("ui.cli", "judge", "--in", source, "--out", here, "--on", "2026-11-24")
    run("engine.spark", "--in", source, "--out", there, "--on", "2026-11-24", "--master", "local[2]")
    parts = sorted(there.glob("part-*.parquet"))
    said = pl.concat([pl.read_parquet(p) for p in parts])
    assert said["verdict"].to_list() == pl.read_parquet(here)["verdict"].to_list()
