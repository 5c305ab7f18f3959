"""The page 批量判定: a file in, the same file back with verdict columns; bad rows apart, with their reason."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from corpus.records import read_findings
from engine import Engine, Finding
from engine.batch import Judged, Once, flat_columns, judge_rows
from engine.verdict import DISCLAIMER, GRAVITY
from kb import BadInput
from ui import components as ui
from ui.drawings import bars, table
from ui.table_io import open_output

KINDS = ["xlsx", "csv", "jsonl", "docx", "pdf", "txt"]
MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE  # as in .streamlit/config.toml
MOST_SHOWN = 100
SAID_EVERY = 20  # rows
MANY = 200  # rows that take longer than a glance
LONG = 10  # seconds worth telling
SAME = {".xlsx": ".xlsx", ".csv": ".csv", ".jsonl": ".jsonl"}  # other kinds come back as xlsx
EXAMPLE = "编号,问题描述,行业\n1,木工车间布袋除尘器灰斗下未装锁气卸灰装置,工贸\n2,配电箱门未关闭,机械\n3,污水池清淤作业未办理有限空间作业审批,工贸\n"
state = st.session_state


@dataclass(frozen=True)
class Done:
    """What came of one file: its rows for the screen, and the file to take away."""

    name: str
    rows: tuple[dict[str, str], ...]
    bad: tuple[dict[str, str], ...]
    counts: dict[str, int]
    output: bytes
    output_name: str
    notes: tuple[str, ...]


def main() -> None:
    engine = ui.shared_engine(tables=True)
    ui.page_head("批量判定", "一张问题清单进去，原样回来，多出结论、依据、还缺什么几栏。")
    given = st.file_uploader(
        "问题清单（xlsx、csv、jsonl）或检查记录（docx、pdf、txt），不超过 20 MB", type=KINDS, key="batch/file"
    )
    left, right = st.columns(2)
    tree = engine.kb.attributes["行业"].ancestors()
    industry = left.selectbox(
        "表中没有行业栏时，按这个行业", ["", *tree], format_func=lambda i: i or "不指定"
    )
    on = right.date_input("表中没有日期栏时，按这一天", value=date.today(), format="YYYY-MM-DD")
    with st.container(horizontal=True):
        start = st.button("开始判定", type="primary", disabled=given is None)
        example = st.button("用示例试一试", help="三行的小表")
    if example:
        _run(engine, "示例.csv", EXAMPLE.encode("utf-8-sig"), Finding(industry=industry, on=on))
    elif start and given is not None:
        if given.size > MOST_BYTES:
            st.error(
                f"文件 {given.size / MEGABYTE:.0f} MB，应不超过 {MOST_BYTES // MEGABYTE} MB；更大的用命令行 panding judge --in"
            )
        else:
            _run(engine, given.name, given.getvalue(), Finding(industry=industry, on=on))
    if "batch" in state:
        _show(state.batch)
    elif given is None:
        st.info(
            "表里要有一栏写问题（问题描述、隐患描述、检查发现的问题……），可以有行业、日期、地区、设施几栏。",
            icon=":material/info:",
        )


def _run(engine: Engine, name: str, content: bytes, given: Finding) -> None:
    state.pop("batch", None)
    with tempfile.TemporaryDirectory() as folder:
        suffix = Path(name).suffix.lower()
        source = Path(folder) / f"input{suffix}"
        source.write_bytes(content)
        try:
            state.batch = _judge(engine, name, source, given)
        except BadInput as error:
            st.error(ui.md(str(error).replace(str(source), name)), icon=":material/error:")


def _judge(engine: Engine, name: str, source: Path, given: Finding) -> Done:
    with st.spinner("正在读文件……"):
        given_rows = read_findings(source)
        held = list(given_rows)
    suffix = SAME.get(source.suffix, ".xlsx")
    target = source.with_name(f"output{suffix}")
    rows: list[dict[str, str]] = []
    bad: list[dict[str, str]] = []
    counts: Counter[str] = Counter()
    flat = suffix != ".jsonl"
    unknown: Counter[str] = Counter()
    bar, begun = st.progress(0.0, _how_far(0, len(held), 0.0)), time.monotonic()
    columns = flat_columns(given_rows.columns()) if flat else ()
    once = Once(engine, consequences=not flat)
    with open_output(target, columns, given_rows.schema) as write:
        for number, judged in enumerate(judge_rows(engine, held, given, once.judge), 1):
            write(judged.to_flat(engine.version, number == 1) if flat else judged.to_json(engine.version))
            (bad if judged.error else rows).append(_row(number, judged))
            counts[judged.verdict.level.value if judged.verdict else "没有判定"] += 1
            unknown[judged.note] += 1
            if number % SAID_EVERY == 0:
                told = _how_far(number, len(held), time.monotonic() - begun)
                bar.progress(min(1.0, number / len(held)), told)
    bar.empty()
    out = f"{Path(name).stem}-判定结果{suffix}"
    notes = (*given_rows.notes, *(f"{note}（{n} 行）" for note, n in unknown.most_common() if note))
    return Done(name, tuple(rows), tuple(bad), dict(counts), target.read_bytes(), out, notes)


def _how_far(done: int, of: int, seconds: float) -> str:
    """How many rows are judged, and once it can be told how long the rest takes."""
    told = f"已判定 {done:,} 行，共 {of:,} 行"
    left = seconds / done * (of - done) if done else 0.0
    if left >= LONG:
        told += f"，约还要 {left / 60:.0f} 分钟" if left >= 90 else f"，约还要 {left:.0f} 秒"
    return f"{told}。请不要离开这一页" if of > MANY else told


def _row(number: int, judged: Judged) -> dict[str, str]:
    if judged.verdict is None:
        return {"行": str(judged.row.number or number), "原因": judged.error}
    v = judged.verdict
    return {
        "行": str(judged.row.number or number),
        "结论": v.level.value,
        "问题": v.text,
        "依据": "；".join(v.citation(r) for r in (*v.decisive, *v.open)[:2]),
        "还缺什么": v.questions[0].question if v.questions else "",
    }


def _show(done: Done) -> None:
    ui.section_head(f"{done.name}：{len(done.rows) + len(done.bad)} 行")
    if done.notes:
        st.warning(ui.md("；".join(done.notes)), icon=":material/info:")
    counts = {level.value: {"行": done.counts.get(level.value, 0)} for level in GRAVITY}
    bars({ui.level_tag(level): n for level, n in counts.items()}, {"行": "pd-a"})
    st.download_button(
        "下载判定结果",
        done.output,
        done.output_name,
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )
    wanted = st.multiselect("只看", [level.value for level in GRAVITY], placeholder="全部结论")
    shown = [r for r in done.rows if not wanted or r["结论"] in wanted]
    table([{**r, "结论": ui.level_tag(r["结论"])} for r in shown[:MOST_SHOWN]], "没有这样的行。")
    if len(shown) > MOST_SHOWN:
        st.caption(f"只列前 {MOST_SHOWN} 行，全部在下载的文件里。")
    if done.bad:
        st.warning(f"{len(done.bad)} 行没有判定，原因如下；其余各行不受影响。", icon=":material/rule:")
        table(done.bad[:MOST_SHOWN])
    ui.foot(DISCLAIMER)


main()
