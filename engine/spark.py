"""The same job beyond one machine, on Apache Spark (the extra `spark`; Java 17): `python -m engine.spark --in A --out B`.

Every partition is judged by the backends that judge a table here, so the rows come out the same.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.tables import known_columns, understand
from engine.batch import FLAT, Once, flat_columns, judge_rows, parse_date
from engine.columnar_rows import ColumnarRows
from engine.judge import Finding
from engine.verdict import DISCLAIMER

if TYPE_CHECKING:
    import polars as pl

ORDER = "\u0001row"  # where a row stood; no column of a table is called so


@cache
def _judging(industry: str, on: date) -> ColumnarRows:
    """One engine for each process of Spark."""
    from engine import open_engine

    return ColumnarRows(open_engine(crosscheck=False), Finding(industry=industry, on=on))


def judged(frame: pl.DataFrame, judging: ColumnarRows) -> pl.DataFrame:
    """A frame with the flat columns of its verdicts: of facts by columns, of text row by row."""
    import polars as pl

    where = known_columns(frame.columns)
    if "finding" not in where:
        return judging.frame(frame)[0]
    rows = [understand(i, r, where) for i, r in enumerate(frame.iter_rows(named=True), 1)]
    version = judging.engine.version
    once = Once(judging.engine, consequences=False)
    said = [j.to_flat(version) for j in judge_rows(judging.engine, rows, judging.given, once.judge)]
    kept = [c for c in flat_columns(frame.columns) if c not in FLAT]
    types = {c: frame.schema.get(c, pl.String()) for c in kept} | dict.fromkeys(FLAT, pl.String())
    return pl.DataFrame(said, schema=types)


def judge_table(spark: Any, source: str, target: str, given: Finding, partitions: int = 0) -> None:
    """Judge a table of Spark (parquet, or csv with a header) into a folder of parquet files, rows in order."""
    from pyspark.sql import functions as f
    from pyspark.sql.types import StringType, StructField, StructType

    reader = spark.read.option("header", True)
    table = reader.csv(source) if source.endswith(".csv") else reader.parquet(source)
    held = {field.name: field for field in table.schema.fields}
    fields = [held.get(c) or StructField(c, StringType()) for c in flat_columns(table.columns)]
    numbered = table.withColumn(ORDER, f.monotonically_increasing_id())
    order = StructField(ORDER, numbered.schema[ORDER].dataType)
    shared = (given.industry, given.on or date.today())

    def work(batches: Iterable[Any]) -> Iterator[Any]:
        yield from _work(batches, *shared)

    spread = numbered.repartition(partitions or spark.sparkContext.defaultParallelism)
    said = spread.mapInArrow(work, StructType([*fields, order]))
    said.orderBy(ORDER).drop(ORDER).write.mode("overwrite").parquet(target)


def _work(batches: Iterable[Any], industry: str, on: date) -> Iterator[Any]:
    import polars as pl
    import pyarrow as pa

    judging = _judging(industry, on)
    for batch in batches:
        frame = pl.DataFrame(pl.from_arrow(batch))
        order = frame[ORDER]
        said = judged(frame.drop(ORDER), judging)
        first = (order == 0).alias("first")
        said = said.with_columns(
            pl.when(first).then(pl.lit(DISCLAIMER)).otherwise(pl.col("disclaimer")).alias("disclaimer"), order
        )
        held = {field.name: field.type for field in batch.schema}
        schema = pa.schema([(c, held.get(c, pa.string())) for c in said.columns])
        yield from said.to_arrow().cast(schema).to_batches()


def main(argv: list[str] | None = None) -> int:
    """The job; exit codes as those of `panding`."""
    parser = argparse.ArgumentParser(
        prog="engine.spark", description="在 Spark 上判定一个表，结论与 panding judge 相同"
    )
    parser.add_argument(
        "--in", dest="source", required=True, help="parquet 或带表头的 csv（可以是 hdfs、s3 地址）"
    )
    parser.add_argument("--out", dest="target", required=True, help="结果目录（parquet）")
    parser.add_argument("--industry", default="", help="行里没有写的行业")
    parser.add_argument("--on", default="", help="行里没有写的日期，默认今天")
    parser.add_argument("--master", default="", help="如 local[2]；用 spark-submit 时不写")
    parser.add_argument("--partitions", type=int, default=0, help="分几份，默认每核一份")
    given = parser.parse_args(argv)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        print("错误：没有安装 pyspark，请先 pip install 'panding[spark]'（还需要 Java 17）", file=sys.stderr)
        return 2
    if given.master:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes the python3 of the path
    builder = SparkSession.builder.appName("panding")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "50000")
    spark = (builder.master(given.master) if given.master else builder).getOrCreate()
    try:
        on = parse_date(given.on) if given.on else date.today()
        judge_table(
            spark, given.source, given.target, Finding(industry=given.industry, on=on), given.partitions
        )
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    from engine.spark import main as job  # what Spark's processes run must be found in a module by name

    sys.exit(job())
