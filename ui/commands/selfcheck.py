"""`panding selfcheck`, `panding handbook` and `panding duties calendar`: 企业自查, 检查手册, 履职日历."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.console import bad, dump, note, say

if TYPE_CHECKING:
    from engine.calendar import Entry
    from engine.judge import Engine
    from engine.paper import Paper
    from engine.profile import Site
    from engine.selfcheck import Question, SelfCheck
    from engine.selfreport import Result
    from engine.standing import Applies
    from kb.national import Duty

_WAITS = 10  # reasons for waiting that are told each
_CHECK = "自查文件：yaml、json，或者填好的 xlsx"


def add(commands: Any) -> None:
    """Adds the commands to the parser's subcommands."""
    command = commands.add_parser(
        "selfcheck", help="企业自查：按企业情况只问该问的，给出隐患、消除办法和报告"
    )
    steps = command.add_subparsers(title="步骤", metavar="步骤", dest="step", required=True)
    applies = steps.add_parser("applies", help="哪些标准、条款、义务适用，为什么")
    applies.add_argument("profile", type=Path, metavar="企业情况", help="yaml 或 json，写法见 README")
    _on(applies)
    applies.add_argument("--clues", action="store_true", help="条文未收录的标准，也列前一版的条款（线索）")
    applies.add_argument("--all", action="store_true", help="也列出不适用的和待定的，逐条写明为什么")
    applies.add_argument("--json", action="store_true", help="输出 JSON")
    applies.set_defaults(run=_applies)
    new = steps.add_parser("new", help="开始一次自查")
    new.add_argument("profile", type=Path, metavar="企业情况", help="yaml 或 json，写法见 README")
    new.add_argument("--out", type=Path, required=True, metavar="文件", help="自查文件：yaml、json 或 xlsx")
    new.add_argument("--restart", action="store_true", help="文件里已有回答也从头开始，原来的回答不保留")
    new.add_argument("--clues", action="store_true", help="条文未收录的标准，按前一版的条款作线索查")
    _on(new)
    new.set_defaults(run=_new)
    for name, text, run in (
        ("status", "查到哪里了：构成、待核实、排除各几条", _status),
        ("next", "接下来问什么", _next),
        ("answer", "回答：编号=答案，可多次", _answer),
        ("report", "自查报告、隐患清单和双报告", _report),
    ):
        step = steps.add_parser(name, help=text)
        step.add_argument("check", type=Path, metavar="自查文件", help=_CHECK)
        step.set_defaults(run=run)
        _STEPS[name](step)
    book = commands.add_parser("handbook", help="可打印的检查手册：一个行业现行条款，按场所列出问题和证据")
    book.add_argument("--industry", required=True, metavar="行业", help="如 木制品加工、煤矿、特种设备")
    book.add_argument("--docx", type=Path, required=True, metavar="文件", help="写到这个文件")
    book.add_argument("--clues", action="store_true", help="条文未收录的标准，列出前一版的条款作线索")
    _on(book)
    book.set_defaults(run=_handbook)


def add_calendar(duties: argparse.ArgumentParser) -> None:
    """Adds 履职日历 to the command `duties`."""
    duties.add_argument("what", nargs="?", choices=["calendar"], help="calendar：一个企业的履职日历")
    duties.add_argument("profile", nargs="?", type=Path, metavar="企业情况", help="履职日历用：yaml 或 json")
    duties.add_argument("--ics", type=Path, metavar="文件", help="履职日历写成日历文件")
    duties.add_argument("--xlsx", type=Path, metavar="文件", help="履职日历写成表格")


def _on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="日期", help="按哪一天，默认今天")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def _next_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--place", default="", metavar="场所", help="现在在哪里；默认接着上一个回答的场所")
    parser.add_argument("--all", action="store_true", help="列出所有可能还要问的，按场所")
    _json(parser)


def _answer_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "answers", nargs="*", metavar="编号=答案", help="有、无、不清楚、不适用，或数字和单位；编号= 撤回"
    )
    parser.add_argument(
        "--in-order",
        default="",
        metavar="场所",
        help="这个场所其余的设施、做法都查过，没有问题（数字和种类另答）",
    )
    parser.add_argument("--note", default="", metavar="备注")
    parser.add_argument("--photo", default="", metavar="照片", help="照片的编号或文件名")


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--docx", type=Path, metavar="文件", help="自查报告")
    parser.add_argument("--xlsx", type=Path, metavar="文件", help="隐患清单及各表")
    parser.add_argument("--department", type=Path, metavar="文件", help="双报告之一：报监管部门（docx）")
    parser.add_argument("--congress", type=Path, metavar="文件", help="双报告之二：报职代会（docx）")
    _json(parser)


_STEPS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "status": _json, "next": _next_arguments, "answer": _answer_arguments, "report": _report_arguments,
}  # fmt: skip


def _day(text: str | None) -> date:
    from engine.batch import parse_date

    return parse_date(text) if text else date.today()


def _write(path: Path, suffix: str, data: Callable[[], bytes]) -> None:
    from ui.table_io import check_place, whole_file

    if path.suffix.lower() != suffix:
        bad(f"{path}：扩展名应为 {suffix}")
    check_place(path)
    with whole_file(path) as temporary:
        temporary.write_bytes(data())
    note(f"已写出 {path}")


def _opened(path: Path) -> SelfCheck:
    from engine import open_engine
    from engine.selfcheck import UNUSED, SelfCheck
    from kb.registers import load_registers
    from ui.check_file import load, unfit_lines

    check = SelfCheck(open_engine(crosscheck=False), load(path), load_registers().duties)
    for line in (*unfit_lines(check, path), *(n for n in check.notes() if not n.startswith(UNUSED))):
        note(f"注意：{line}")
    return check


# -- selfcheck -------------------------------------------------------------------------------------------


def _applies(arguments: argparse.Namespace) -> int:
    from engine import open_engine
    from engine.profile import load_profile, understand
    from engine.standing import applicable
    from kb.registers import load_registers

    engine, duties = open_engine(crosscheck=False), load_registers().duties
    site = understand(load_profile(arguments.profile), engine, duties)
    found = applicable(engine, site, duties, _day(arguments.on), clues=arguments.clues)
    _tell_unread(site, engine, duties)
    if arguments.json:
        print(dump(found.to_json()))
        return 0
    for title, rows in (("标准", found.standards), ("条款", found.clauses), ("义务", found.duties)):
        say(_all_lines(title, rows) if arguments.all else _applies_lines(title, rows))
    if not arguments.all:
        print("逐条的理由，含待定的和不适用的：加 --all")
    return 0


def _tell_unread(site: Site, engine: Engine, duties: Iterable[Duty]) -> None:
    """Entries of a profile that no word is known for, before anything else, with the words that may be meant."""
    from engine.profile import duty_tags, unread_lines

    for line in unread_lines(site, engine, duty_tags(duties)):
        note(f"注意：{line}")


def _all_lines(title: str, rows: Sequence[Applies]) -> Iterator[str]:
    """Everything, each with its reason."""
    yield title
    yield from (f"  {a.standing}　{a.id}　{_titled(a)}　（{a.why}）" for a in rows)


def _titled(row: Applies) -> str:
    """A title, and of a standard whose text is not wholly held that it is not."""
    return f"{row.title}【{row.lacking}】" if row.lacking else row.title


def _applies_lines(title: str, rows: Sequence[Applies]) -> Iterator[str]:
    """What applies; of what is not known how much waits for what; of the rest how many there are."""
    from engine.profile import APPLIES, NOT, UNDECIDED

    counts = Counter(a.standing for a in rows)
    yield f"{title}：{'，'.join(f'{s} {counts[s]}' for s in (APPLIES, UNDECIDED, NOT) if counts[s])}"
    beyond = sum(not a.checked for a in rows)
    if beyond:
        yield f"  自查所列的是其中 {len(rows) - beyond} 条；另 {beyond} 条由主管部门认定，没有列举可查的情形"
    yield from (f"  {_titled(a)}　（{a.id}）" for a in rows if a.standing == APPLIES)
    waits = Counter(a.why for a in rows if a.standing == UNDECIDED).most_common()
    yield from (f"  待定 {n} 项：{why}" for why, n in waits[:_WAITS])
    if waits[_WAITS:]:
        yield f"  待定 {sum(n for _, n in waits[_WAITS:])} 项：各有原因"


def _new(arguments: argparse.Namespace) -> int:
    from engine import open_engine
    from engine.profile import load_profile, understand
    from engine.selfcheck import SelfCheck, new_check
    from kb.registers import load_registers
    from ui.check_file import save

    if not arguments.restart:
        _check_free(arguments.out)
    engine, duties = open_engine(crosscheck=False), load_registers().duties
    profile = load_profile(arguments.profile)
    _tell_unread(understand(profile, engine, duties), engine, duties)
    check = SelfCheck(
        engine, new_check(engine, profile, _day(arguments.on), duties, clues=arguments.clues), duties
    )
    save(check, arguments.out)
    say(_status_lines(check))
    for line in (*check.notes(), *check.beyond()):
        if not line.startswith("企业情况中没有认出"):  # told above, each with what may be meant
            note(f"注意：{line}")
    return 0


def _check_free(path: Path) -> None:
    """Raises BadInput where a new check would overwrite answers, or a file that is no check."""
    from kb.errors import BadInput
    from ui.check_file import load

    if not path.is_file():
        return
    try:
        held = len(load(path).answers)
    except BadInput:
        bad(
            f"{path}：已有这个文件，但它不是可以读的自查文件，没有覆盖：请换一个文件名，或者加 --restart 从头开始"
        )
    if held:
        bad(
            f"{path}：已有 {held} 个回答，没有覆盖：请换一个文件名，或者加 --restart 从头开始（原来的回答不保留）"
        )


def _status(arguments: argparse.Namespace) -> int:
    from engine.selfreport import result

    check = _opened(arguments.check)
    if arguments.json:
        print(dump(result(check).to_json()))
    else:
        say(_status_lines(check))
        say(_result_lines(result(check)))
    return 0


def _status_lines(check: SelfCheck) -> Iterator[str]:
    yield check.progress
    yield f"已回答 {len(check.check.answers.keys() - check.unfit.keys())} 个问题"


def _result_lines(found: Result) -> Iterator[str]:
    yield found.conclusion
    for h in found.hazards:
        yield f"【{h.stand.status}】{h.stand.citation}　{h.stand.held.clause.title}"
        yield f"    {'；'.join(h.stand.why)}"
        yield f"    整改措施：{h.measure or '本单位改变不了所认定的事实，见条款全文'}"
        yield from (f"    至少要改变的（只使本条不再成立）：{x}" for x in h.less)


def _next(arguments: argparse.Namespace) -> int:
    check = _opened(arguments.check)
    one = check.next(arguments.place or check.here())
    found = check.pending() if arguments.all else [one] if one else []
    if arguments.json:
        print(dump([q.to_json() for q in found]))
        return 0
    if not found:
        print("没有要问的了")
    place = ""
    for q in found:
        if q.place != place:
            place = q.place
            print(f"〔{place}〕")
        say(_question_lines(q))
    return 0


def _question_lines(q: Question) -> Iterator[str]:
    yield f"  {q.id}　{q.question}"
    if q.how:
        yield f"      核实方法：{q.how}"
    yield f"      答案：{f'数字（{q.unit}）' if q.unit else '、'.join(q.options)}"
    yield f"      依据：{'；'.join(q.refs)}{'' if q.settles else '（已构成，这一问是为了查全要整改的）'}"


def _answer(arguments: argparse.Namespace) -> int:
    from ui.check_file import save

    check = _opened(arguments.check)
    refused = [r for given in arguments.answers if (r := _take(check, given, arguments))]
    save(check, arguments.check)  # before what may be refused
    if arguments.in_order:
        left = check.left_out(arguments.in_order)
        told = check.in_order(arguments.in_order, arguments.note)
        note(f"{arguments.in_order}：{len(told)} 个问题记为没有问题")
        for line in _left_lines(check, left):
            note(line)
    elif not arguments.answers:
        bad("没有回答：写 编号=答案，或者 --in-order 场所")
    save(check, arguments.check)
    if refused:
        taken = len(arguments.answers) - len(refused)
        bad("；".join(refused) + (f"（其余{taken}个已经保存）" if taken else ""))
    say(_status_lines(check))
    following = check.next(check.here())
    if following:
        print(f"〔{following.place}〕")
        say(_question_lines(following))
    return 0


def _left_lines(check: SelfCheck, left: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What was not answered at one go with the rest of a place, and why."""
    by_kinds: dict[tuple[str, ...], list[str]] = {}
    for id, kinds in left.items():
        by_kinds.setdefault(tuple(kinds), []).append(id)
    for kinds, ids in by_kinds.items():
        yield f"没有一起答 {'、'.join(ids)}：还不知道有没有{'、'.join(kinds)}"
    if by_kinds:
        one = next(iter(by_kinds))[0]
        yield f"没有一起答的共 {len(left)} 个：先弄清有没有（如 有无：{one}=无），再一起答；或者逐项答"


def _take(check: SelfCheck, given: str, arguments: argparse.Namespace) -> str:
    """Takes in one 编号=答案. Returns what is wrong with it, empty where nothing is: the other answers are not lost."""
    from kb.errors import BadInput

    id, sign, value = (part.strip() for part in given.partition("="))
    if not sign:
        return f"{given!r} 应写作 编号=答案，如 锁气卸灰装置@除尘系统=无"
    try:
        if value:
            check.answer(id, value, arguments.note, arguments.photo)
        else:
            check.withdraw(id)
    except BadInput as error:
        return str(error)
    return ""


def _report(arguments: argparse.Namespace) -> int:
    from engine.selfpapers import congress_report, department_report, hazard_list, remarks, self_report
    from engine.selfreport import result
    from ui.office import docx, xlsx

    wanted = (arguments.docx, arguments.xlsx, arguments.department, arguments.congress)
    if not any(wanted) and not arguments.json:
        bad("没有说要什么报告：--docx、--xlsx、--department、--congress 或 --json")
    check = _opened(arguments.check)
    for line in check.beyond():
        note(f"注意：{line}")
    found = result(check)

    def paper(path: Path | None, make: Callable[[Result], Paper]) -> None:
        if path:
            _write(path, ".docx", lambda: docx(make(found)))

    paper(arguments.docx, self_report)
    paper(arguments.department, department_report)
    paper(arguments.congress, congress_report)
    if arguments.department or arguments.congress:
        for line in remarks(found):
            note(f"注意：{line}")
    if arguments.xlsx:
        others = [t for t in self_report(found).tables() if t.name != hazard_list(found).name]
        _write(arguments.xlsx, ".xlsx", lambda: xlsx([hazard_list(found), *others]))
    if arguments.json:
        print(dump(found.to_json()))
    return 0


# -- handbook and calendar -------------------------------------------------------------------------------


def _handbook(arguments: argparse.Namespace) -> int:
    from engine import open_engine
    from engine.handbook import handbook
    from ui.office import docx

    engine = open_engine(crosscheck=False)
    paper = handbook(engine, arguments.industry, _day(arguments.on), clues=arguments.clues)
    _write(arguments.docx, ".docx", lambda: docx(paper))
    return 0


def duty_calendar(arguments: argparse.Namespace) -> int:
    """`panding duties calendar PROFILE`."""
    from engine import open_engine
    from engine.calendar import calendar, calendar_table, midnight, to_ics
    from engine.profile import load_profile, understand
    from kb.registers import load_registers
    from ui.office import xlsx

    if arguments.profile is None:
        bad("缺少企业情况文件：panding duties calendar 企业情况.yaml")
    engine, duties, on = open_engine(crosscheck=False), load_registers().duties, _day(arguments.on)
    site = understand(load_profile(arguments.profile), engine, duties)
    _tell_unread(site, engine, duties)
    entries = calendar(site, duties, on)
    if arguments.ics:
        _write(arguments.ics, ".ics", lambda: to_ics(entries, engine.version, midnight(on)))
    if arguments.xlsx:
        _write(arguments.xlsx, ".xlsx", lambda: xlsx([calendar_table(entries)]))
    if arguments.json:
        print(dump([e.to_json() for e in entries]))
    elif not (arguments.ics or arguments.xlsx):
        for e in entries:
            say(_entry_lines(e))
    return 0


def _entry_lines(e: Entry) -> Iterator[str]:
    day = e.next.isoformat() if e.next else e.status
    doubts = ("（是否适用待定）" if e.applies is None else "") + (
        "（待核：凭记忆收录）" if e.unverified else ""
    )
    yield f"{e.key}　{day}　{e.frequency}　{e.duty.holder}：{e.title}{doubts}"
    if e.next:
        yield f"      {e.status}，上次 {e.last}"
    yield f"      依据：{'；'.join(e.duty.basis)}"
