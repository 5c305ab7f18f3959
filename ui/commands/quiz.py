"""`panding quiz`: papers from the knowledge base, sitting them, results, and the audit of other banks."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import unreadable, unwritable
from ui.console import bad, dump, note, say

if TYPE_CHECKING:
    from engine.quiz import Checked, Question, Result

DESCRIPTION = "逢查必考：由知识库出题，每题的答案都经引擎证明"


def add(commands: Any) -> None:
    """Adds `quiz` with its own subcommands."""
    quiz = commands.add_parser("quiz", help=DESCRIPTION, description=DESCRIPTION)
    inner = quiz.add_subparsers(title="命令", metavar="命令", dest="quiz", required=True)
    _new_arguments(inner.add_parser("new", help="出一份卷：同一个种子出同一份卷"))
    _sit_arguments(inner.add_parser("sit", help="在终端答一份卷：练习（每题反馈）或者考试（--exam）"))
    results = inner.add_parser("results", help="成绩汇总：按单位、岗位，含缺考")
    results.add_argument(
        "file", type=Path, metavar="成绩文件", help="panding quiz sit --results 写出的 jsonl"
    )
    results.add_argument(
        "--roster",
        type=Path,
        metavar="名册",
        help="应考名册（txt、csv、xlsx，每行：单位、岗位、人数）：没有成绩的记缺考",
    )
    results.add_argument("--json", action="store_true", help="输出 JSON")
    results.set_defaults(run=_results)
    check = inner.add_parser("check", help="审查已有题库：找出与现行标准不符、引用已废止文件的题，并说明理由")
    check.add_argument("file", type=Path, metavar="题库", help="xlsx、csv 或 docx")
    check.add_argument("--on", metavar="日期", help="按哪一天有效的标准审查，默认今天")
    check.add_argument("--all", action="store_true", help="也逐题列出与知识库相符的题和出处")
    check.add_argument("--json", action="store_true", help="输出 JSON，每题一项")
    check.set_defaults(run=_check)


def _new_arguments(new: argparse.ArgumentParser) -> None:
    new.add_argument("--industry", default="", metavar="行业", help="如 煤矿、冶金、特种设备；不写为各行业")
    new.add_argument("--role", default="", metavar="角色", help="主要负责人、安管人员、特种作业、执法人员")
    new.add_argument("-n", dest="size", type=int, default=20, metavar="题数", help="默认20")
    new.add_argument("--seed", type=int, default=1, metavar="种子", help="默认1")
    new.add_argument("--difficulty", default="", metavar="难度", help="易、中、难")
    new.add_argument("--region", default="", metavar="地区", help="也考该地区文件写明的分工")
    new.add_argument("--site", action="store_true", help="检查现场用：10题3分钟")
    new.add_argument("--on", metavar="日期", help="按哪一天有效的标准出题，默认今天")
    new.add_argument("--json", action="store_true", help="输出 JSON")
    new.add_argument("--docx", type=Path, metavar="文件", help="可打印的试卷，不含答案")
    new.add_argument("--key", type=Path, metavar="文件", help="答案和解析，单独一份 docx")
    new.set_defaults(run=_new)


def _sit_arguments(sit: argparse.ArgumentParser) -> None:
    sit.add_argument("paper", type=Path, metavar="试卷", help="panding quiz new --json 的输出")
    sit.add_argument("--exam", action="store_true", help="考试：计时，答完才给结果")
    sit.add_argument("--minutes", type=float, default=0, metavar="分钟", help="考试限时，默认每题1.5分钟")
    sit.add_argument("--site", action="store_true", help="检查现场：限时3分钟（与 quiz new --site 配套）")
    sit.add_argument("--pass", dest="mark", type=float, default=80.0, metavar="分", help="合格分，默认80")
    sit.add_argument("--unit", default="", metavar="单位", help="成绩记在哪个单位")
    sit.add_argument("--post", default="", metavar="岗位", help="成绩记在哪个岗位")
    sit.add_argument("--results", type=Path, metavar="文件", help="成绩写进这个 jsonl")
    sit.add_argument("--absent", action="store_true", help="不答题，只记缺考")
    sit.set_defaults(run=_sit)


def _day(text: str | None) -> date:
    from engine.batch import parse_date

    return parse_date(text) if text else date.today()


# -- new -------------------------------------------------------------------------------------------------


def _new(arguments: argparse.Namespace) -> int:
    from engine import open_engine
    from engine.quiz import Wanted, key_lines, make_paper, paper_lines, write_key, write_paper

    wanted = Wanted(arguments.industry, arguments.role, arguments.size, arguments.seed, arguments.difficulty,
                    arguments.region, arguments.site)  # fmt: skip
    paper = make_paper(open_engine(crosscheck=False), wanted, _day(arguments.on))
    if not paper.questions:
        bad(
            f"没有合适的题：行业 {wanted.industry or '不限'}、角色 {wanted.role or '不限'}、难度 {wanted.difficulty or '不限'}"
        )
    if paper.short:
        note(f"只出了 {len(paper.questions)} 题，少 {paper.short} 题：再多的题会互相透露答案")
    for path, write in ((arguments.docx, write_paper), (arguments.key, write_key)):
        if path is not None:
            _written(path, lambda p, w=write: w(paper, p))
    if arguments.json:
        print(dump([q.to_json() for q in paper.questions]))
    elif not (arguments.docx or arguments.key):
        say(paper_lines(paper))
        say(("", *key_lines(paper)))
    return 0


def _written(path: Path, write: Any) -> None:
    if path.suffix.lower() != ".docx":
        bad(f"{path}：应为 .docx 文件")
    try:
        write(path)
    except OSError as error:
        bad(f"{path}：{unwritable(error)}")
    note(f"已写出 {path}")


# -- sit -------------------------------------------------------------------------------------------------


def _paper(path: Path) -> list[Question]:
    from engine.quiz import question_of

    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        bad(f"{path}：{unreadable(error)}")
    except ValueError as error:
        line = f"第{error.lineno}行附近" if isinstance(error, json.JSONDecodeError) else ""
        bad(f"{path}：{line}不是 UTF-8 编码的 JSON；应为 panding quiz new --json 的输出")
    if not isinstance(data, list) or not data:
        bad(f"{path}：应为题目的 JSON 数组")
    return [question_of(row, f"{path}：第{n}题") for n, row in enumerate(data, 1)]


def _sit(arguments: argparse.Namespace) -> int:
    from engine import open_engine
    from engine.quiz import SITE_MINUTES, grade, keep, sitting, stale

    if arguments.results and not (arguments.unit and arguments.post):
        bad("--results 要同时给 --unit 和 --post")
    questions = _paper(arguments.paper)
    on = date.today()
    old = stale(questions, on, open_engine(crosscheck=False))
    if old:
        note(
            f"{len(old)} 题所依据的规定已经失效或者有变化，已跳过：{'；'.join(q.citation.text for q in old)}"
        )
    questions = [q for q in questions if q not in old]
    if not questions:
        bad(f"{arguments.paper}：没有还能用的题，请用 panding quiz new 重新出卷")
    minutes = arguments.minutes or (SITE_MINUTES if arguments.site else 1.5 * len(questions))
    result, finished = None, True
    if not arguments.absent:
        answers, finished = _answers(questions, arguments.exam or arguments.site, minutes)
        result = grade(questions, answers, arguments.mark)
        if not finished:
            note(
                f"输入到第 {len(answers) + 1} 题为止，没有答完：其余 {len(questions) - len(answers)} 题按未答计分"
                + ("，成绩记为未答完" if arguments.results else "")
            )
        say(result_lines(result, review=arguments.exam or arguments.site))
    if arguments.results:
        kept = sitting(result, arguments.unit, arguments.post, on, arguments.paper.stem, finished=finished)
        keep(arguments.results, kept)
    return 0


def _answers(questions: list[Question], exam: bool, minutes: float) -> tuple[dict[str, str], bool]:
    """The answers typed, and whether the paper was handed in (False: the input ended before)."""
    from engine.quiz import LABELS, answer_of
    from kb import BadInput

    answers: dict[str, str] = {}
    end = time.monotonic() + minutes * 60
    for n, q in enumerate(questions, 1):
        left = f"　剩 {max(0, end - time.monotonic()) / 60:.1f} 分钟" if exam else ""
        say(
            (
                f"{n}/{len(questions)}〔{q.kind}〕{q.stem}{left}",
                *(f"  {c}．{o}" for c, o in zip(LABELS, q.options, strict=False)),
            )
        )
        while True:
            print("答案：", end="", flush=True)
            typed = sys.stdin.readline()
            if not typed:
                return answers, False
            if exam and time.monotonic() > end:
                note("时间到，交卷")
                return answers, True
            try:
                answers[q.id] = answer_of(typed, q)
                break
            except BadInput as error:
                note(error.problems[0].message)
        if not exam:
            right = answers[q.id] == q.key
            say(
                (
                    f"{'正确' if right else f'不对，答案是 {q.key}'}。{q.explanation}",
                    f"出处：{q.citation.text}",
                    "",
                )
            )
    return answers, True


def result_lines(result: Result, *, review: bool) -> Iterator[str]:
    """The score, and the wrong answers with their clause."""
    yield f"得分 {result.score:g}，{'合格' if result.passed else '不合格'}；错 {len(result.wrong)} 题"
    for r in result.wrong if review else ():
        yield f"  {r.question.stem}"
        yield f"    答 {r.given or '（未答）'}，应为 {r.question.key}：{'；'.join(r.question.right)}"
        yield f"    {r.question.explanation}"
        yield f"    出处：{r.question.citation.text}"


def _results(arguments: argparse.Namespace) -> int:
    from engine.quiz import absentees, read_results, read_roster, tally

    held = read_results(arguments.file)
    if arguments.roster:
        held += absentees(read_roster(arguments.roster), held, date.today(), "")
    found = tally(held)
    if arguments.json:
        print(dump([t.__dict__ for t in found]))
        return 0
    for t in found:
        average, rate = ("—" if n is None else f"{n:g}{unit}" for n, unit in ((t.average, ""), (t.rate, "%")))
        cut = f"　未答完 {t.unfinished}" if t.unfinished else ""
        print(
            f"{t.unit}　{t.post}　参考 {t.sat}　缺考 {t.absent}{cut}　合格 {t.passed}　合格率 {rate}　平均 {average}"
        )
        for citation in t.weak:
            print(f"    常错：{citation}")
    return 0


# -- check -----------------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from engine import open_engine
    from engine.quiz import audit_bank

    found = audit_bank(open_engine(crosscheck=False), arguments.file, _day(arguments.on))
    if arguments.json:
        print(dump([c.to_json() for c in found]))
    else:
        say(check_lines(found, every=arguments.all))
    return 0


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


def check_lines(found: list[Checked], *, every: bool = False) -> Iterator[str]:
    """Alarms with their reasons, then what could not be checked and why, then the sums.

    `every`: with the questions whose key is borne out, and by what.
    """
    for c in found:
        if c.alarms:
            yield f"{c.place}　{c.stem}"
            yield f"    原答案：{c.key}" + (f"　知识库核对得上的是 {c.should_be}" if c.should_be else "")
            for a in c.alarms:
                yield f"    【{a.kind}】{a.reason}"
                yield f"        依据：{a.citation}"
    unchecked = [c for c in found if c.state == "无法核对"]
    if unchecked:
        yield "无法核对的题（不表示答案对或者错）："
        yield from (f"{c.place}　{_shortened(c.stem)}　——{c.why}" for c in unchecked)
    agreed = [c for c in found if c.state == "相符"]
    if agreed and every:
        yield "与知识库相符的题和出处："
        for c in agreed:
            yield f"{c.place}　{_shortened(c.stem)}　原答案：{_shortened(c.key)}"
            yield from (f"    {said}" for said in c.agreed)
    wrong, agree = sum(bool(c.alarms) for c in found), len(agreed)
    yield f"共 {len(found)} 题：有问题 {wrong}，与知识库相符 {agree}，无法核对 {len(found) - wrong - agree}"
    if agreed and not every:
        yield "相符的题逐题列出：加 --all"
