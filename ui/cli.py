"""The `panding` command: reads arguments, calls the engine, prints. No domain logic.

Everything heavy is imported where it is used, so that a judgement on given facts starts at once.
Exit codes: 0 done, 1 internal fault, 2 bad input.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ui.commands import quiz, responsibility, selfcheck

if TYPE_CHECKING:
    from engine import Engine, Finding, Verdict
    from engine.interview import Interview

DONE, FAULT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
PROJECT = Path(__file__).resolve().parent.parent
LOCAL = "localhost"
APP = PROJECT / "ui" / "app.py"
T = TypeVar("T")
_SHORT_LIST = 8  # options one to a line; longer lists run on


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code. Never raises, never shows a traceback unless PANDING_DEBUG=1."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes longer than judging
    _speak_utf8()
    try:
        arguments = _parser().parse_args(argv)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # argparse: help, version, faulty arguments
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("\n已中断", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    from kb.errors import BadInput

    if os.environ.get("PANDING_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    if isinstance(error, BadInput):
        for problem in error.problems:
            print(f"错误：{problem if problem.file else problem.message}", file=sys.stderr)
        return BAD_INPUT
    print(
        f"内部故障：{type(error).__name__}: {error}（设 PANDING_DEBUG=1 可看详情，请报告此问题）",
        file=sys.stderr,
    )
    return FAULT


def _speak_utf8() -> None:
    """Chinese must come out whatever the locale; a character that can't is escaped, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            ascii_only = (stream.encoding or "ascii").lower().replace("-", "") in (
                "ascii",
                "usascii",
                "latin1",
            )
            stream.reconfigure(encoding="utf-8" if ascii_only else stream.encoding, errors="backslashreplace")


def _bad(message: str) -> NoReturn:
    from kb.errors import BadInput

    raise BadInput(message)


def _note(message: str) -> None:
    print(message, file=sys.stderr)


# -- arguments -------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本帮助")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _MESSAGES:
            message = re.sub(pattern, chinese, message)
        _note(f"错误：{message}。用法见 {self.prog} --help")
        self.exit(BAD_INPUT)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


_MESSAGES = (
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"the following arguments are required: (.*)", r"缺少参数 \1"),
    (r"argument (\S+): expected one argument", r"\1 后面应有一个值"),
    (r"argument (\S+): invalid int value: (.*)", r"\1 的值 \2 应为整数"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"没有命令 \2，应为 \3"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="panding",
        description="判定：安全生产检查发现的问题，是重大事故隐患还是一般隐患，依据哪一条，还缺什么。",
        epilog="结果为辅助判断，不是行政认定。退出码：0 完成，1 内部故障，2 输入有误。",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    _judge_arguments(commands.add_parser("judge", help="判定一条隐患，或一个文件里的所有隐患"))
    _explain_arguments(commands.add_parser("explain", help="解释一个保存的判定结果：逐条说明为什么"))
    _ask_arguments(commands.add_parser("ask", help="一问一答：只问还要紧的，最后给出结论"))
    check = commands.add_parser("check", help="检查知识库：写法、遗漏、冲突、案例")
    check.add_argument(
        "--standard",
        action="append",
        metavar="ID",
        help="只检查这个标准的逻辑和案例（可重复），名称和日期仍全部检查",
    )
    check.set_defaults(run=_check)
    coverage = commands.add_parser("coverage", help="收录了哪些判定标准，每条收录到什么程度")
    coverage.add_argument("--json", action="store_true", help="输出 JSON")
    coverage.set_defaults(run=_coverage)

    export = commands.add_parser(
        "export", help="把概念、标准、职责、地方文件写成一张 RDF 图（Turtle），供其他系统使用"
    )
    export.add_argument("--ttl", type=Path, required=True, metavar="文件", help="写到这个文件")
    export.add_argument("--check", action="store_true", help="先按 ontology/shapes.ttl（SHACL）检查")
    export.set_defaults(run=_export)

    diff = commands.add_parser("diff", help="两版标准之间哪些条款变了，哪些检查记录的结论会变")
    diff.add_argument("old", metavar="旧版", help="标准编号，如 meikuang-2020（见 coverage）")
    diff.add_argument("new", metavar="新版", help="标准编号，如 meikuang-2026")
    diff.add_argument(
        "--in", dest="findings", type=Path, metavar="文件", help="检查记录（默认用知识库自带案例）"
    )
    diff.add_argument("--json", action="store_true", help="输出 JSON")
    diff.set_defaults(run=_diff)
    lexicon = commands.add_parser("lexicon", help="词典：哪些检查记录中的词没有概念认得")
    lexicon.add_argument("what", choices=["gaps"], help="gaps：列出没有读懂的词，次数多的在前")
    lexicon.add_argument("cases", type=Path, metavar="文件", help="检查记录（表格、docx、pdf、txt）")
    lexicon.set_defaults(run=_lexicon)
    stats = commands.add_parser("stats", help="统计判定结果：按地区、行业、条款、月，各种结论多少行")
    stats.add_argument(
        "result", type=Path, metavar="结果", help="judge --out 写出的表（jsonl、csv、xlsx、parquet）"
    )
    stats.add_argument(
        "--by", default="", metavar="项", help="按哪几项，如 地区,行业；默认按表中有的各项和条款"
    )
    stats.add_argument(
        "--out", dest="target", type=Path, required=True, metavar="文件", help="写到这个文件，格式按扩展名"
    )
    stats.set_defaults(run=_stats)
    _eval_arguments(commands.add_parser("eval", help="用带答案的案例衡量判定的准确程度"))
    responsibility.add(commands)
    selfcheck.add(commands)
    quiz.add(commands)
    ingest = commands.add_parser(
        "ingest", help="读一份政府方案（txt、docx、pdf、html），写成待审核的地方文件草稿"
    )
    ingest.add_argument("documents", nargs="+", type=Path, metavar="文件", help="方案、规划等文件")
    ingest.add_argument(
        "--region", default="", metavar="地区", help="文件的地区，如 达拉特旗；默认从文件中认"
    )
    ingest.add_argument(
        "--out", type=Path, metavar="文件夹", help="草稿写到这里，如 kb/regions/dalate；默认写在文件旁边"
    )
    ingest.set_defaults(run=_ingest)
    ui = commands.add_parser("ui", help="在浏览器中使用（默认只在本机可访问）")
    ui.add_argument("--port", type=int, default=8501, metavar="端口", help="端口，默认 8501")
    ui.add_argument(
        "--address",
        default=LOCAL,
        metavar="地址",
        help="本机在局域网里的地址，如 192.168.1.5，写了手机也能打开；默认 localhost",
    )
    ui.set_defaults(run=_ui)
    return parser


def _context_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--industry", default="", metavar="行业", help="单位所属行业，如 工贸、轻工、煤矿")
    parser.add_argument("--facility", default="", metavar="场所", help="设施或场所，如 除尘系统")
    parser.add_argument("--region", default="", metavar="地区", help="所在地区")
    parser.add_argument(
        "--on", default="", metavar="日期", help="按哪一天有效的标准判定，默认今天，如 2026-11-24"
    )
    parser.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="事实=值",
        help="给定一个事实，可多次，如 除尘方式=干式",
    )
    parser.add_argument(
        "--without-presumption",
        action="append",
        default=[],
        metavar="事实",
        help="不采用关于这个事实的推定，可多次",
    )


def _judge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", metavar="描述", help="隐患描述")
    _context_arguments(parser)
    parser.add_argument(
        "--in",
        dest="source",
        type=Path,
        metavar="文件",
        help="批量：jsonl、csv、xlsx，或检查记录 docx、pdf、txt",
    )
    parser.add_argument(
        "--out", dest="target", type=Path, metavar="文件", help="批量结果，格式按扩展名，保留原有各列"
    )
    parser.add_argument(
        "--backend",
        default="",
        metavar="参考|列式",
        help="批量：逐条判定，或整表判定（只用于给定事实的表，快得多）；不写则自动选择，结论相同",
    )
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="数", help="批量：同时用几个进程，默认每核一个"
    )
    parser.add_argument("--restart", action="store_true", help="批量：不接着上次没有做完的做，从头判定")
    parser.add_argument("--why", action="store_true", help="也列出不成立、不适用的条款和原因，以及全部义务")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--save", type=Path, metavar="文件", help="把结果存为 JSON，供 explain 使用")
    parser.set_defaults(run=_judge)


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verdict", type=Path, metavar="结果.json", help="judge --save（或 --json）存下的结果")
    parser.add_argument("--clause", default="", metavar="条款", help="只解释这一条，如 第十一条第（六）项")
    parser.set_defaults(run=_explain)


def _ask_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="*", metavar="描述", help="隐患描述；不写则先问")
    _context_arguments(parser)
    parser.add_argument("--json", action="store_true", help="结论输出 JSON")
    parser.add_argument("--save", type=Path, metavar="文件", help="把结论存为 JSON")
    parser.set_defaults(run=_ask)


def _eval_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "cases", type=Path, metavar="案例.jsonl", help="每行有 finding、level，可有 official_basis"
    )
    parser.add_argument("--sector", default="", metavar="前缀", help="只用 sector 以此开头的案例，如 工贸")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=_eval)


class _Version(argparse.Action):
    """Looked up only when asked: it costs more than all the rest of the parser."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"panding {version('panding')}")
        except PackageNotFoundError:
            print("panding（未安装，从源码运行）")
        parser.exit()


# -- shared ----------------------------------------------------------------------------------------------


@contextmanager
def _engine(crosscheck: bool = True) -> Iterator[Engine]:
    """The engine, its worker process ended afterwards."""
    import engine

    opened = engine.open_engine(crosscheck=crosscheck)
    try:
        yield opened
    finally:
        if opened.crosscheck:
            opened.crosscheck.close()


def _given(arguments: argparse.Namespace) -> Finding:
    """What was given on the command line. Raises BadInput."""
    from corpus.tables import fact_and_value
    from engine import Finding
    from engine.batch import parse_date

    facts: dict[str, str] = {}
    for given in arguments.fact:
        name, value = fact_and_value(given)
        if not name or not value:
            _bad(f"--fact {given!r} 应写作 事实=值，如 除尘方式=干式")
        if facts.get(name, value) != value:
            _bad(f"--fact {name} 给了两个值：{facts[name]} 和 {value}")
        facts[name] = value
    return Finding(
        text=" ".join(arguments.text).strip(),
        facts=facts,
        industry=arguments.industry,
        facility=arguments.facility,
        region=arguments.region,
        on=parse_date(arguments.on) if arguments.on else None,
        without=frozenset(arguments.without_presumption),
    )


def _check_given(engine: Engine, finding: Finding) -> None:
    """Faults and doubts that need the knowledge base: presumptions by name, an industry nobody knows."""
    known = {*engine.kb.attributes, *engine.facts}
    for name in sorted(finding.without - known):
        import difflib

        near = difflib.get_close_matches(name, engine.kb.attributes, n=3, cutoff=0.4)
        hint = f"；相近的有：{'、'.join(near)}" if near else ""
        _bad(f"--without-presumption：没有事实 {name!r}{hint}")
    if finding.industry and not any(engine.reader_context(finding.industry)):
        from engine.batch import industry_hint

        hint = industry_hint(engine, finding.industry)
        _note(f"注意：没有认出行业 {finding.industry!r}，按不知道行业判定{hint}")


def _dump(data: object) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=2)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _deliver(arguments: argparse.Namespace, finding: Finding, verdict: Verdict) -> int:
    """Print a verdict as asked, and save it if asked. A verdict withheld by the engine is a fault of ours."""
    from engine.batch import record
    from engine.explain import verdict_lines

    if arguments.save:
        from ui.table_io import whole_file

        with whole_file(arguments.save) as temporary:
            temporary.write_text(_dump(record(finding, verdict)) + "\n", "utf-8")
    if arguments.json:
        print(_dump(record(finding, verdict)))
    else:
        _say(verdict_lines(verdict, getattr(arguments, "why", False)))
    return FAULT if verdict.fault else DONE


def _check_save(arguments: argparse.Namespace) -> None:
    """Before the work: whether its result can be saved."""
    if arguments.save:
        from ui.table_io import check_place

        check_place(arguments.save)


# -- judge -----------------------------------------------------------------------------------------------


def _judge(arguments: argparse.Namespace) -> int:
    if arguments.source or arguments.target:
        return _judge_file(arguments)
    from engine.batch import check_finding

    _check_save(arguments)
    finding = check_finding(_given(arguments))
    with _engine() as engine:
        _check_given(engine, finding)
        return _deliver(arguments, finding, engine.judge(finding))


def _judge_file(arguments: argparse.Namespace) -> int:
    from corpus.records import read_findings
    from engine.scale import BACKENDS, judge_table, plan
    from ui.table_io import check_output, join_parts, open_output

    given = _given(arguments)
    if not arguments.source or not arguments.target:
        _bad("批量判定要同时给出 --in 文件 和 --out 文件")
    if given.text or arguments.save or arguments.json or arguments.why:
        _bad("批量判定（--in、--out）不能同时给出描述，也不能用 --json、--save、--why")
    if arguments.backend and arguments.backend not in BACKENDS:
        _bad(f"--backend {arguments.backend!r} 应为 {'、'.join(BACKENDS)}")
    if arguments.jobs < 0:
        _bad(f"--jobs {arguments.jobs} 应为正整数")
    with _engine(crosscheck=False) as engine:
        table = read_findings(arguments.source, engine.facts)
        check_output(arguments.target, arguments.source)
        for note in table.notes:
            _note(f"注意：{note}")
        _check_given(engine, given)
        todo = plan(
            table, arguments.target, given, open_output, join_parts, arguments.backend, arguments.jobs
        )
        counts = judge_table(engine, table, todo, _Said(), arguments.restart)
    _note(f"{counts.told(todo.error_column)}，写入 {arguments.target}")
    if counts.faults:
        return FAULT
    return BAD_INPUT if counts.bad or counts.merged else DONE  # everything else was judged and written


class _Said:
    """Progress on stderr: often on a terminal, elsewhere now and then."""

    def __init__(self) -> None:
        self.terminal = sys.stderr.isatty()
        self.last = time.monotonic()

    def __call__(self, words: str) -> None:
        if time.monotonic() - self.last >= (0.5 if self.terminal else 10.0):
            self.last = time.monotonic()
            print(f"\r\033[K{words}" if self.terminal else words, end="" if self.terminal else "\n",
                  file=sys.stderr, flush=True)  # fmt: skip


def _progress(rows: Iterable[T], quiet: int = 500) -> Iterator[T]:
    """Says on stderr how far it is: often on a terminal, elsewhere now and then after many rows."""
    terminal = sys.stderr.isatty()
    every = 0.5 if terminal else 10.0
    said = time.monotonic()
    for count, row in enumerate(rows, 1):
        yield row
        if (terminal or count > quiet) and time.monotonic() - said >= every:
            said = time.monotonic()
            start, end = ("\r", "") if terminal else ("", "\n")
            print(f"{start}已处理 {count:,} 行", end=end, file=sys.stderr, flush=True)
    if terminal:
        print("\r\033[K", end="", file=sys.stderr)


# -- explain, ask ----------------------------------------------------------------------------------------


def _read_verdict(path: Path) -> object:
    """One JSON object from a file. Raises BadInput with line and column."""
    import json

    from kb.errors import BadInput, Problem, unreadable

    def fault(line: int, message: str) -> BadInput:
        return BadInput([Problem(str(path), line, message)])

    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise fault(0, unreadable(error)) from error
    except UnicodeDecodeError as error:
        raise fault(0, "不是 UTF-8 编码，应为 UTF-8") from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise fault(error.lineno, "有不止一个 JSON 对象，explain 一次解释一个，请取出其中一行") from error
        raise fault(error.lineno, f"第 {error.colno} 列起不是合法的 JSON") from error
    except (ValueError, RecursionError) as error:
        raise fault(0, "不是合法的 JSON（数字过长或嵌套过深）") from error


def _explain(arguments: argparse.Namespace) -> int:
    from engine.batch import check_finding
    from engine.explain import explain, explanation_lines, replay

    data = _read_verdict(arguments.verdict)
    finding = check_finding(replay(data))
    assert isinstance(data, dict)
    with _engine() as engine:
        verdict = engine.judge(finding)
        _say(_changes(data, verdict))
        clauses = explain(engine, finding, verdict, arguments.clause)
        _say(explanation_lines(verdict, clauses))
    return DONE


def _changes(saved: dict[str, Any], verdict: Verdict) -> Iterator[str]:
    """What is different from the saved verdict, now that it was judged again."""
    if saved.get("kb_version") != verdict.kb_version:
        yield f"注意：原结果用知识库 {saved.get('kb_version')}，以下用现在的 {verdict.kb_version} 重新判定"
    if saved["verdict"] != verdict.level.value:
        yield f"注意：原结论为【{saved['verdict']}】，现在为【{verdict.level}】"


def _ask(arguments: argparse.Namespace) -> int:
    from dataclasses import replace

    from engine.batch import check_finding
    from engine.interview import Interview

    _check_save(arguments)
    finding = _given(arguments)
    if not finding.text and not finding.facts:
        finding = replace(finding, text=_prompt("看到了什么问题？") or "")
    check_finding(finding)
    with _engine() as engine:
        _check_given(engine, finding)
        interview = Interview(finding)
        verdict = engine.judge(finding)
        while (after := _one_question(engine, interview, verdict)) is not None:
            if after.so_far != interview.so_far:
                verdict = engine.judge(after.so_far)
            interview = after
        return _deliver(arguments, interview.so_far, verdict)


def _one_question(engine: Engine, interview: Interview, verdict: Verdict) -> Interview | None:
    """The interview after one more answer; None when nothing is left to ask, or the user has had enough."""
    from engine.interview import UNSURE, option
    from kb.errors import BadInput

    question = interview.next(verdict)
    if question is None:
        return None
    _note(f"\n{question.question}" + (f"（{question.how}）" if question.how else ""))
    if question.options:
        choices = [f"{i}. {choice}" for i, choice in enumerate((*question.options, UNSURE), 1)]
        _note("  " + ("\n  " if len(choices) <= _SHORT_LIST else "　").join(choices))
    hint = "序号" if question.options else f"数值，或 {UNSURE}"
    while True:
        typed = _prompt(f"[{verdict.level}] 请答（{hint}；q 结束）：")
        if typed is None or typed.lower() in ("q", "quit", "退出"):
            return None
        try:
            return interview.answer(engine, question, option(question, typed))
        except BadInput as error:
            _note("；".join(p.message for p in error.problems))


def _prompt(words: str) -> str | None:
    """One line typed by the user; None at the end of input. Prompts go to stderr: stdout is the verdict's."""
    print(words, end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        _note("")
        return None
    return line.strip()


# -- check, coverage -------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from engine.lint import run_check
    from kb import load
    from kb.loader import ROOT

    only = frozenset(arguments.standard or ())
    known = {p.parent.name for p in ROOT.glob("standards/*/*/meta.yaml")}
    for name in sorted(only - known):
        _bad(f"--standard：没有标准 {name!r}，应为 {'、'.join(sorted(known))}")
    problems = run_check(only=only)
    for problem in problems:
        print(problem)
    if problems:
        _note(f"知识库有 {len(problems)} 处问题")
        return BAD_INPUT
    kb = load()
    held = [s for s in kb.standards if not only or s.id in only]
    print(f"知识库 {kb.version}：{len(held)} 个标准，{sum(len(s.clauses) for s in held)} 条，检查通过")
    return DONE


def _coverage(arguments: argparse.Namespace) -> int:
    from engine.coverage import coverage, covered
    from kb import load

    kb = load()
    if arguments.json:
        print(_dump([covered(s) for s in kb.standards]))
        return DONE
    rows = coverage(kb)
    for standard, row in zip(kb.standards, rows, strict=True):
        until = f"至 {row.expired} 止" if row.expired else "现行"
        print(f"《{row.title}》（{row.doc_no}）")
        print(f"  {row.effective} 起施行，{until}；核对于 {row.checked_on}；{row.standard}")
        print(
            f"  共 {row.items} 项：可自动判定 {row.full}，需专业认定 {row.judgement}，"
            f"原文不全 {row.blocked}，未编入 {row.not_encoded}"
        )
        _say(f"    未编入　{n.ref}：{n.reason}" for n in standard.not_encoded)
        if row.unheld:
            print(f"    未收录　{row.unheld}")
    print(f"合计 {len(rows)} 个标准，{sum(r.items for r in rows)} 项")
    if kb.catalogue:
        print(f"已知而未收录 {len(kb.catalogue)} 个：")
        for known in kb.catalogue:
            number = f"（{known.doc_no}）" if known.doc_no else ""
            print(f"  {known.domain}　《{known.title}》{number}{'：' + known.note if known.note else ''}")
    return DONE


def _diff(arguments: argparse.Namespace) -> int:
    from engine.changes import compare, moved_verdicts

    with _engine(crosscheck=False) as engine:
        ids = sorted(engine.standards)
        for id in (arguments.old, arguments.new):
            if id not in engine.standards:
                _bad(f"没有标准 {id!r}，应为 {'、'.join(ids)}")
        old, new = engine.standards[arguments.old], engine.standards[arguments.new]
        changes = compare(old, new)
        findings = _recorded(arguments.findings)
        moved = moved_verdicts(engine, old, new, findings)
    if arguments.json:
        print(_dump(changes.to_json() | {"verdicts": [m.to_json() for m in moved]}))
        return DONE
    print(f"《{old.title}》（{old.doc_no}）→《{new.title}》（{new.doc_no}），{new.effective} 起")
    for name, refs in (
        ("只在旧版", changes.removed),
        ("只在新版", changes.added),
        ("同号而内容不同", changes.changed),
    ):
        print(f"{name} {len(refs)} 条" + (f"：{'、'.join(refs)}" if refs else ""))
    print(f"结论因换版而不同的检查记录 {len(moved)} 条")
    _say(f"  {m.text}\n    {m.before}（{m.before_refs}）→ {m.after}（{m.after_refs}）" for m in moved)
    return DONE


def _export(arguments: argparse.Namespace) -> int:
    from ontology.graph import validate, whole_graph
    from ui.console import working
    from ui.table_io import check_place, whole_file

    check_place(arguments.ttl)
    with working("由知识库建图"):
        graph = whole_graph()
    if arguments.check:
        with working(f"按 shapes.ttl 检查 {len(graph)} 条陈述，要一两分钟"):
            valid, report = validate(graph)
        if not valid:
            _note(report)
            return FAULT
        _note("符合 shapes.ttl")
    with whole_file(arguments.ttl) as temporary:
        graph.serialize(temporary, format="turtle")
    _note(f"写出 {len(graph)} 条陈述到 {arguments.ttl}")
    return DONE


def _ingest(arguments: argparse.Namespace) -> int:
    """Each document on its own: one that can't be read does not stop the others."""
    from corpus.packs import ingest, summary_lines
    from kb.errors import BadInput, Problem
    from kb.registers import load_registers

    packs = load_registers().packs if arguments.region else ()
    problems: list[Problem] = []
    for document in arguments.documents:
        try:
            draft, written = ingest(document, arguments.region, arguments.out, packs)
        except BadInput as error:
            problems += error.problems
            continue
        _say(summary_lines(draft))
        _note(f"草稿（未审核）写入 {'、'.join(map(str, written))}")
    if problems:
        raise BadInput(problems)
    return DONE


def _recorded(path: Path | None) -> list[dict[str, str]]:
    """Findings recorded earlier, from a table; without one, those of the knowledge base's own cases."""
    if path is None:
        from kb import load, load_cases

        return [{"finding": c.finding, "sector": c.industry} for c in load_cases(load())[0] if c.finding]
    from corpus.tables import read_table

    return [
        {"finding": str(r.fields["finding"]), "sector": str(r.fields.get("industry", ""))}
        for r in read_table(path)
        if r.fields.get("finding") and not r.error
    ]


# -- eval, ui --------------------------------------------------------------------------------------------


def _lexicon(arguments: argparse.Namespace) -> int:
    """Words of findings that no concept knows, most frequent first, each with a finding it stands in."""
    from corpus.records import read_findings
    from engine.gaps import gaps

    table = read_findings(arguments.cases)
    with _engine(crosscheck=False) as engine:
        found = gaps(engine, _progress(table))
    for gap in found:
        print(f"{gap.count:5d}　{gap.word}　例：{gap.example}")
    _note(f"{len(found)} 个词没有概念认得")
    return DONE


def _stats(arguments: argparse.Namespace) -> int:
    from engine.stats import LEVELS, statistics
    from ui.table_io import check_output, numbers_from, open_output

    check_output(arguments.target, arguments.result)
    by = [b for b in re.split(r"[,，、\s]+", arguments.by) if b]
    columns, rows = statistics(arguments.result, by)
    with open_output(arguments.target, columns, numbers_from(columns, LEVELS)) as write:
        for row in rows:
            write(row)
    _note(f"{len(rows)} 行统计，写入 {arguments.target}")
    return DONE


def _eval(arguments: argparse.Namespace) -> int:
    from corpus.tables import read_table
    from engine.batch import judge_rows
    from engine.evaluation import of_sector, report

    table = read_table(arguments.cases)
    with _engine(crosscheck=False) as engine:
        rows = of_sector(table, arguments.sector)
        found = report(_progress(judge_rows(engine, rows)))
        version = engine.version
    if not found.outcomes and not found.problems:
        _bad(
            f"{arguments.cases}：没有 sector 以 {arguments.sector!r} 开头的案例"
            if arguments.sector
            else f"{arguments.cases}：没有案例"
        )
    for problem in found.problems:
        _note(f"{arguments.cases}:{problem.line}: {problem.message}")
    figures = found.to_json() | {"kb_version": version}
    if arguments.json:
        print(_dump(figures))
    else:
        _say(_report_lines(figures))
    return DONE if found.outcomes else BAD_INPUT


def _report_lines(figures: dict[str, Any]) -> Iterator[str]:
    for name, group in figures["groups"].items():
        right, cases = group["right"], group["cases"]
        yield f"{name}：{cases} 条，结论一致 {right} 条（{right / cases:.0%}）"
        for expected, got in group["confusion"].items():
            shown = "，".join(f"{level} {n}" for level, n in sorted(got.items(), key=lambda i: -i[1]))
            yield f"  应为 {expected}：判为 {shown}"
        clauses = group["clauses"]
        if clauses["cases"]:
            hits = f"首条一致 {clauses['first']}，依据中有 {clauses['anywhere']}"
            yield f"  写明条款的 {clauses['cases']} 条：{hits}"
    for title, misses in (
        ("结论不一致", figures["misses"]),
        ("结论一致、条款不一致", figures["clause_misses"]),
    ):
        if misses:
            yield f"{title} {len(misses)} 条："
        for miss in misses:
            levels = f"应为 {miss['expected']}，判为 {miss['got']}"
            yield f"  {miss['id']}　{levels}（{miss['sector']}；{miss['read']}）"
            yield f"    {miss['finding']}"
            if miss["expected_refs"] or miss["bases"]:
                wanted = "、".join(miss["expected_refs"]) or "未写明"
                yield f"    应引 {wanted}；引了 {'；'.join(miss['bases']) or '无'}"


def _ui(arguments: argparse.Namespace) -> int:
    if not 1 <= arguments.port <= 65535:
        _bad(f"--port {arguments.port} 应在 1 到 65535 之间")
    if not APP.is_file():
        raise FileNotFoundError(f"缺少界面程序 {APP}")
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += ["--server.address", arguments.address, "--server.port", str(arguments.port)]
    command += ["--browser.serverAddress", arguments.address]  # the one address a browser may come from
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    _note(f"请在浏览器中打开 http://{arguments.address}:{arguments.port} ，按 Ctrl+C 结束")
    if arguments.address != LOCAL:
        _note("注意：同一网络里的人都能打开，没有登录，内容不加密；只在可信的网络里这样用")
    os.chdir(PROJECT)  # Streamlit looks for .streamlit/config.toml here
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(sys.executable, command)  # so that stopping this command stops the server
    import subprocess

    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
