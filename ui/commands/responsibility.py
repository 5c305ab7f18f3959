"""`panding who` and `panding duties`: who is responsible, and what must be done by when."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import unreadable
from ui.commands import selfcheck
from ui.console import bad, dump, note, say

if TYPE_CHECKING:
    from engine.duties import Due
    from engine.responsibility import Answer

EXAMPLE = '{"id": 1, "question": "网吧归谁管？", "region": "达拉特旗"}'
LEVELS = ("重大事故隐患", "一般隐患")


def add(commands: Any) -> None:
    """Adds both commands to the parser's subcommands."""
    who = commands.add_parser("who", help="由谁负责：按地方文件和三管三必须回答，附出处")
    who.add_argument("question", nargs="*", metavar="问题", help="如 达拉特旗的网吧安全归谁管？")
    who.add_argument("--region", default="", metavar="地区", help="问题中没有写地区时用")
    who.add_argument("--on", metavar="日期", help="按哪一天回答，默认今天")
    who.add_argument(
        "--in", dest="source", type=Path, metavar="文件", help="批量：jsonl，每行 id、question、region"
    )
    who.add_argument("--out", dest="target", type=Path, metavar="文件", help="批量结果：jsonl")
    who.add_argument("--json", action="store_true", help="输出 JSON")
    who.set_defaults(run=_who)
    duties = commands.add_parser("duties", help="查出隐患以后，企业、部门、属地各要做什么，几天之内")
    duties.add_argument("--level", default=LEVELS[0], metavar="等级", help=f"{'或'.join(LEVELS)}，默认前者")
    duties.add_argument("--industry", default="", metavar="行业", help="如 煤矿、机械、特种设备")
    duties.add_argument("--on", metavar="日期", help="查出隐患的日期，默认今天")
    duties.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="ID=日期",
        help="期限起算的日子，如 HAZ-016=2026-12-01，可多次",
    )
    duties.add_argument("--json", action="store_true", help="输出 JSON")
    selfcheck.add_calendar(duties)
    duties.set_defaults(run=_duties)


def _day(text: str | None) -> date:
    from engine.batch import parse_date

    return parse_date(text) if text else date.today()


def _who(arguments: argparse.Namespace) -> int:
    from engine.responsibility import open_responsibility

    question = " ".join(arguments.question).strip()
    if arguments.source:
        return _who_file(arguments)
    if not question:
        bad("没有问题；写在 who 后面，或者用 --in 文件")
    answer = open_responsibility().answer(question, arguments.region, _day(arguments.on))
    if arguments.json:
        print(dump(answer.to_json()))
    else:
        say(answer_lines(answer))
    return 0


def _questions(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Rows of a file of questions, each with what is wrong with it. Raises BadInput where there is no such file."""
    if path.suffix != ".jsonl":
        bad(f"{path}：应为 .jsonl 文件，每行一个 JSON 对象，含 id、question、region")
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        bad(f"{path}：不是 UTF-8 编码的文字；应为 UTF-8 编码的 jsonl")
    except OSError as error:
        bad(f"{path}：{unreadable(error)}；应为 UTF-8 编码的 jsonl")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            yield {}, f"第 {number} 行不是 JSON，应如 {EXAMPLE}"
            continue
        fit = isinstance(row, dict) and isinstance(row.get("question"), str)
        held = row if isinstance(row, dict) else {}
        yield held, "" if fit else f"第 {number} 行应有 question 一栏，内容是文字"


def _who_file(arguments: argparse.Namespace) -> int:
    from engine.responsibility import open_responsibility
    from ui.table_io import check_place, whole_file

    if not arguments.target:
        bad("--in 要同时给 --out 文件")
    check_place(arguments.target)
    rows = list(_questions(arguments.source))
    opened, on = open_responsibility(), _day(arguments.on)
    with whole_file(arguments.target) as temporary, temporary.open("w", encoding="utf-8") as out:
        for row, fault in rows:
            if fault:
                out.write(json.dumps({**row, "error": fault}, ensure_ascii=False) + "\n")
                continue
            region = str(row.get("region") or arguments.region)
            answer = opened.answer(row["question"], region, on).to_json()
            out.write(json.dumps({**row, **answer}, ensure_ascii=False) + "\n")
    faulty = [fault for _, fault in rows if fault]
    if faulty:
        note(f"注意：{arguments.source} 有 {len(faulty)} 行不能回答，原因写在结果里，如{faulty[0]}")
    return 0


def answer_lines(a: Answer) -> Iterator[str]:
    """An answer for the terminal: outcome, units by role, values, citation, the national entry."""
    for part in a.parts:
        yield f"—— {part.head} ——"
        yield from answer_lines(part)
    if a.parts:
        yield from (f"注：{n}" for n in a.notes)
        return
    yield f"【{a.outcome.value}】{a.region}"
    for unit, role in a.roles:
        yield f"  {role}　{unit}"
    if a.open_list:
        yield "  （原文为开放列举，可能还有其他单位）"
    yield from (f"  {v}" for v in a.values)
    yield from (f"  {line}" for line in a.mapping())
    yield from (f"  依据：《{r.title}》{f'（{r.doc_no}）' if r.doc_no else ''}{r.ref}" for r in a.refs)
    yield from (f"  最接近的段落：《{r.title}》{r.ref}" for r in a.near if not a.answered)
    if a.department:
        d, pending = a.department, a.department.unverified
        yield f"国家层面对照（{d.sector}）" + (f"，{'、'.join(pending)}待核" if pending else "")
        yield f"  管行业　{d.industry_lead}"
        yield f"  监管　　{'；'.join(d.supervision)}"
        yield f"  综合监管　{d.comprehensive}"
        yield f"  依据　　{'；'.join(d.basis)}"
    yield from (f"注：{n}" for n in a.notes)


def _duties(arguments: argparse.Namespace) -> int:
    if arguments.what == "calendar":
        return selfcheck.duty_calendar(arguments)
    from engine.consequences import lineage
    from engine.duties import chain, with_own_terms
    from kb import load
    from kb.registers import load_registers

    if arguments.level not in LEVELS:
        bad(f"--level {arguments.level!r} 应为 {'、'.join(LEVELS)} 之一")
    registers, events = load_registers(), {}
    for given in arguments.event:
        id, sign, day = given.partition("=")
        if not sign or id not in registers.duty:
            bad(f"--event {given!r} 应写作 ID=日期，ID 见 panding duties 各行开头的编号")
        events[id] = _day(day)
    tags = lineage(load().attributes["行业"], arguments.industry) if arguments.industry else frozenset()
    found = chain(registers.duties, arguments.level, tags, _day(arguments.on), events)
    if arguments.json:
        print(dump([d.to_json() for d in found]))
    else:
        say(duty_lines(found))
        if not tags:
            own = "、".join(with_own_terms(registers.duties, arguments.level))
            say([f"注：没有给出行业（--industry），以上按一般规定列出；{own}另有规定"])
    return 0


def duty_lines(found: list[Due]) -> Iterator[str]:
    """Duties for the terminal, by side."""
    side = ""
    for due in found:
        if due.duty.side != side:
            side = due.duty.side
            yield f"{side}"
        day = due.day.isoformat() if due.day else due.when
        pending = "（待核：凭记忆收录）" if due.duty.confidence != "verified" else ""
        yield f"  {due.duty.id}　{day}　{due.duty.holder}：{due.duty.duty}{pending}"
        if due.day and due.when != day:
            yield f"      期限：{due.when}"
        yield f"      依据：{'；'.join(due.duty.basis)}"
        yield from (f"      罚则：{p.basis}：{p.measure}" for p in due.duty.penalty)
