"""The papers of a self-check: 自查报告, 隐患清单, the two reports of 双报告, and the sheet to fill in on the walk.

What the law asks is taken from the register of duties with its basis; what only the enterprise knows is left blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from engine.consequences import CROSS
from engine.interview import UNSURE
from engine.paper import Block, Heading, Paper, Table, Text
from engine.plainly import fact_name
from engine.selfcheck import DOES_NOT_APPLY, SelfCheck
from engine.selfreport import Hazard, Result
from engine.verdict import DISCLAIMER
from engine.walkround import walk
from kb.conditions import Has, atoms

if TYPE_CHECKING:
    from engine.checkfile import Answer
    from engine.duties import Due
    from engine.selfcheck import Question, Stand
    from kb.national import Duty

BLANK = "（由企业填写）"
UNVERIFIED = "（待核：凭记忆收录）"
LEDGER = (
    "序号", "场所", "隐患", "等级", "依据", "现状", "责任人", "措施", "资金", "时限", "预案", "备注", "照片",
)  # fmt: skip
_LEDGER_WIDTHS = (2, 4, 7, 4, 8, 8, 6, 8, 5, 5, 6, 5, 4)
WALK = ("编号", "场所", "检查内容", "核实方法", "可选答案", "依据", "答案", "备注", "照片")
_FEW = 12
_WALK_WIDTHS = (5, 4, 9, 9, 6, 9, 5, 5, 4)


def self_report(result: Result) -> Paper:
    """自查报告: conclusion, hazards, open and cleared clauses, what follows, how it was done."""
    check = result.check
    blocks: list[Block] = [
        Heading("一、基本情况"),
        _situation(result),
        Heading("二、自查结论"),
        Text(result.conclusion),
    ]
    blocks += [Text(f"条款已查清的占{check.settled:.0%}；没有回答的一律为待核实，不作合格处理。")]
    blocks += [Heading("三、构成隐患的情形")]
    blocks += [hazard_list(result)] if result.hazards else [Text("没有。")]
    for h in result.hazards:
        blocks += _hazard(h)
    blocks += [Heading("四、待核实的条款"), _open_table(result)]
    blocks += [Heading("五、已排除的条款"), _cleared_table(result)]
    if result.duties:
        blocks += [Heading("六、随之而来的义务和期限"), _duties_table(result)]
    blocks += [Heading("说明"), *(Text(n) for n in (*result.notes, *remarks(result)))]
    blocks += [Text(_foot(result))]
    return Paper(_titled(result, "安全生产自查报告"), tuple(blocks), check.engine.version, wide=True)


def _titled(result: Result, title: str) -> str:
    return f"{result.check.check.profile.name}{title}"


def _foot(result: Result) -> str:
    return f"{DISCLAIMER}知识库版本：{result.check.engine.version}。"


def _situation(result: Result) -> Table:
    check = result.check
    rows = [
        ("检查日期", check.check.on.isoformat()),
        *(
            (name, _shown(value))
            for name, value in check.check.profile.to_data().items()
            if name != "上次完成"
        ),
    ]
    standards = dict.fromkeys(
        f"《{s.title}》（{s.doc_no}）" for h in check.clauses for s in (h.heir or h.standard,)
    )
    return Table("基本情况", ("项目", "内容"), (*rows, ("适用标准", "；".join(standards))), (3, 14))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "；".join(f"{k}：{v}" for k, v in value.items())
    return str(value)


def hazard_list(result: Result) -> Table:
    """隐患清单. 责任人、措施、资金、时限、预案 are prefilled with what the law says and left to be filled in."""
    duty = {d.id: d for d in result.check.duties}
    plan, limit = duty.get("HAZ-011"), duty.get("HAZ-013")
    rows = tuple(
        (
            str(i), "、".join(h.places), h.stand.held.clause.title,
            h.stand.held.standard.grade if h in result.found else h.stand.status,
            h.stand.citation, "；".join(h.stand.said),
            _with(f"{plan.holder}组织制定并实施治理方案" if plan else "", plan),
            h.measure or BLANK, BLANK, f"立即排除；不能立即排除的，治理方案写明时限{BLANK}",
            _with("治理期间的安全措施和应急预案", plan) + (f"；{limit.duty}（{limit.basis[0]}）" if limit else ""),
            "；".join(h.notes), "；".join(h.photos),
        )
        for i, h in enumerate(result.hazards, 1)
    )  # fmt: skip
    return Table("隐患清单", LEDGER, rows, _LEDGER_WIDTHS)


def _with(text: str, duty: Duty | None) -> str:
    pending = UNVERIFIED if duty is not None and duty.confidence != "verified" else ""
    return f"{text}{BLANK}" + (f"（{duty.basis[0]}）{pending}" if duty else "")


def _hazard(h: Hazard) -> Iterator[Block]:
    clause = h.stand.held.clause
    yield Heading(f"{clause.ref} {clause.title}", 2)
    yield Text(f"{h.stand.citation}：{clause.restatement}")
    yield Text(f"认定的事实：{'；'.join(h.stand.said)}")
    yield Text(f"整改措施：{h.measure or '本单位改变不了所认定的事实，见条款全文。'}")
    for lift in h.less:
        how = "停用、停产等改变前提的办法" if lift.circumstance else "至少要改变的"
        yield Text(f"{how}（只使本条不再成立，查出的其他缺陷仍要整改）：{lift.plain}")
    if h.stand.beside:
        yield Text(f"同一条款的其他情形还没有查：{'；'.join(h.stand.beside)}")
    if h.stand.status != h.stand.held.standard.grade and h.stand.held.expert:
        yield Text("条文含须专业判断的用语，或者文本未全部取得：由专业人员认定后才能下结论。")


def _open_table(result: Result) -> Table:
    stands = sorted(result.open, key=lambda s: not _answers_of(result, s))  # what was answered comes first
    rows = tuple(
        (
            s.held.citation, s.held.clause.title, _answers_of(result, s), _wanting(result, s),
            "如按通常情况推定，将构成" if s.presumed else "",
        )
        for s in stands
    )  # fmt: skip
    return Table("待核实", ("条款", "情形", "已经回答", "还缺的事实", "备注"), rows, (6, 6, 6, 8, 3))


def _answers_of(result: Result, stand: Stand) -> str:
    """The answers given to what an open clause asks, with their notes and photos: nothing that was seen is lost."""
    given = result.check.check.answers
    said = []
    for fact in sorted(stand.held.asks & given.keys()):
        answer = given[fact]
        beside = "，".join(filter(None, (answer.note, answer.photo and f"照片{answer.photo}")))
        said.append(f"{fact_name(fact)}：{answer.value}" + (f"（{beside}）" if beside else ""))
    return "；".join(said)


def _wanting(result: Result, stand: Stand) -> str:
    facts = result.check.engine.facts
    return "；".join(facts[f].question for f in stand.wanting if f in facts)


def _cleared_table(result: Result) -> Table:
    rows = tuple((s.held.citation, s.held.clause.title, "；".join(s.said)) for s in result.cleared)
    return Table("已排除", ("条款", "情形", "理由"), rows, (7, 8, 10))


def _duties_table(result: Result) -> Table:
    rows = tuple(
        (
            d.duty.side, d.duty.holder, d.duty.duty, _term(d), "；".join(d.duty.basis),
            "；".join(f"{p.basis}：{p.measure}" for p in d.duty.penalty),
            UNVERIFIED if d.duty.confidence != "verified" else "",
        )
        for d in result.duties
    )  # fmt: skip
    header = ("主体", "谁", "做什么", "期限", "依据", "罚则", "备注")
    return Table("义务和期限", header, rows, (2, 5, 10, 4, 7, 7, 3))


def _term(due: Due) -> str:
    """By when: what is to be done at once is counted from the day of the check, for no other day is known."""
    return f"{due.when}（自检查当日{due.day.isoformat()}起）" if due.day else due.when


# -- 双报告 ----------------------------------------------------------------------------------------------


def department_report(result: Result) -> Paper:
    """The report of 重大事故隐患 to the supervising department, in the parts the rules ask for."""
    coal = _coal(result)
    blocks: list[Block] = [*map(Text, _addressed(result)), *_report_body(result, coal)]
    sign = "企业负责人（签字）" if coal else "主要负责人（签字）"
    blocks += [Text(f"{sign}：　　　　　　　　报告日期：　　　　年　　月　　日"), Text(_foot(result))]
    return Paper(_titled(result, "重大事故隐患排查治理情况报告"), tuple(blocks), result.check.engine.version)


def congress_report(result: Result) -> Paper:
    """The same matter told to the 职工大会 or 职工代表大会: what was found, what is to be done, what staff may do."""
    said = _by_id(result, "HAZ-004", "HAZ-003")
    blocks: list[Block] = [
        Text("各位职工代表："),
        Text(f"按照{_cited(said)}，现将本单位重大事故隐患排查治理情况报告如下。"),
        Text(f"{result.check.check.on.isoformat()}自查，{result.conclusion}"),
    ]
    for i, h in enumerate(_major(result), 1):
        blocks.append(Heading(f"（{i}）{h.stand.held.clause.title}", 2))
        blocks.append(Text(f"地点：{'、'.join(h.places)}。情况：{'；'.join(h.stand.said)}。"))
        blocks.append(Text(f"拟采取的措施：{h.measure or BLANK}。责任人：{BLANK}。完成时限：{BLANK}。"))
    blocks += [
        Text(f"治理期间的防范措施：{BLANK}。"),
        Text("请职工监督；发现隐患或者险情，可以立即报告现场安全生产管理人员或者本单位负责人。"),
        Text("报告人：　　　　　　　　报告日期：　　　　年　　月　　日"),
        Text(_foot(result)),
    ]
    return Paper(
        _titled(result, "向职工大会（职工代表大会）的报告"), tuple(blocks), result.check.engine.version
    )


def _major(result: Result) -> tuple[Hazard, ...]:
    return tuple(h for h in result.found if h.stand.held.standard.grade == "重大事故隐患")


def _report_body(result: Result, coal: bool) -> Iterator[Block]:
    yield Text(f"按照{_cited(_by_id(result, 'HAZ-004', 'COA-001' if coal else 'HAZ-010'))}，报告如下。")
    major = _major(result)
    yield Text(_reach(result))
    for i, h in enumerate(major, 1):
        clause = h.stand.held.clause
        yield Heading(f"（{i}）{clause.title}", 2)
        yield Text(f"依据：{h.stand.citation}")
        yield from (Text(f"报送：{_units(u)}") for u in [supervisors(result, h)] if u)
        yield Text(
            f"1. 现状及产生原因：{'、'.join(h.places)}；{'；'.join((*h.stand.said, *h.notes))}。产生原因：{BLANK}"
        )
        yield Text(f"2. 危害程度和整改难易程度分析：{BLANK}")
        yield Text(f"3. 治理方案：目标和任务：使“{clause.title}”不再成立；方法和措施：{h.measure or BLANK}；")
        for part in ("经费和物资", "机构和人员", "时限和要求", "安全措施和应急预案"):
            yield Text(f"　　{part}：{BLANK}")
    yield from _besides(result)


def _reach(result: Result) -> str:
    """What was found, and how far that goes: nothing is stated of what is open or left to an expert."""
    found = "" if _major(result) else "未发现重大事故隐患。"
    unsettled = [f"{len(result.open)}条待核实"] if result.open else []
    unsettled += [f"{len(result.doubtful)}项需专业认定"] if result.doubtful else []
    if not unsettled:
        return f"本次自查，{result.conclusion}{found}"
    limit = f"本报告只就已查清的条款而言；还有{'、'.join(unsettled)}，查清以前不能据此认为没有重大事故隐患。"
    return f"本次自查，{result.conclusion}{found and f'已查清的条款中{found}'}{limit}"


def _besides(result: Result) -> Iterator[Block]:
    """What is no 重大事故隐患 found, and yet no all-clear: other hazards, those for an expert, open clauses, texts not held."""
    others = [h for h in result.found if h not in _major(result)]
    for title, hazards in (("查出的其他隐患", others), ("需专业认定的情形", result.doubtful)):
        if hazards:
            yield Heading(title, 2)
        for h in hazards:
            grade = h.stand.held.standard.grade
            yield Text(f"【{grade}】{h.stand.citation}：{h.stand.held.clause.title}")
            yield from (Text(f"报送：{_units(u)}") for u in [supervisors(result, h)] if u)
            yield Text(
                f"{'、'.join(h.places)}；{'；'.join((*h.stand.said, *h.notes))}。措施：{h.measure or BLANK}"
            )
    if result.open:
        yield Heading("待核实的条款", 2)
        rows = tuple((s.held.citation, s.held.clause.title) for s in result.open)
        yield Table("待核实", ("条款", "情形"), rows, (7, 8))
    if result.uncovered:
        yield Heading("没有查的", 2)
        yield from map(Text, result.uncovered)


def _by_id(result: Result, *ids: str) -> list[Duty]:
    held = {d.id: d for d in result.check.duties}
    return [held[i] for i in ids if i in held]


def _cited(duties: list[Duty]) -> str:
    """Bases for the running text of a letter: only those checked against their text."""
    known = [d for d in duties if d.confidence == "verified"]
    return "；".join(dict.fromkeys("、".join(d.basis) for d in known)) or "有关规定"


def remarks(result: Result) -> list[str]:
    """What the manager should know of the two reports and does not belong into a letter: bases kept from memory."""
    reports = _by_id(result, "HAZ-004", "HAZ-010", "HAZ-003", *(("COA-001",) if _coal(result) else ()))
    pending = dict.fromkeys(b for d in reports if d.confidence != "verified" for b in d.basis)
    if not pending:
        return []
    return [
        f"双报告的依据还有{'、'.join(pending)}，凭记忆收录、待核，没有写进报告正文：核对原文以后可以自行加上"
    ]


def _coal(result: Result) -> bool:
    return any("煤矿" in (i, *result.check.site.tree[i]) for i in result.check.site.industries)


def supervisors(result: Result, hazard: Hazard) -> tuple[str, ...]:
    """The departments that supervise the matter of a hazard, from the national register.

    What every trade shares (特种设备, 消防) has its own; of the site's trades only those that the standard is for.
    """
    standard, site = hazard.stand.held.standard, result.check.site
    if standard.domain in CROSS:
        return _supervision(result, (standard.domain,))
    named = (
        {v for a in atoms(standard.scope) if isinstance(a, Has) for v in a.values}
        if standard.scope
        else set()
    )
    own = [i for i in site.industries if named & {i, *site.tree[i]}]
    return _supervision(result, own or site.industries)


def _supervision(result: Result, matters: Iterable[str]) -> tuple[str, ...]:
    after = result.check.engine.consequences
    found = [after.department(m) for m in matters] if after else []
    return tuple(dict.fromkeys(u for d in found if d for u in d.supervision))


def _units(units: Iterable[str]) -> str:
    return "；".join(units) + "（以当地职责分工为准）"


def _addressed(result: Result) -> list[str]:
    """To whom the report goes: one line for each supervisor with the hazards of its matter."""
    major = {id(h): i for i, h in enumerate(_major(result), 1)}
    found: dict[tuple[str, ...], list[Hazard]] = {}
    for h in result.hazards:
        found.setdefault(supervisors(result, h), []).append(h)
    if not found:
        found[_supervision(result, result.check.site.industries)] = []
    lines = []
    for units, hazards in found.items():
        numbers = [str(major[id(h)]) for h in hazards if id(h) in major]
        said = [f"重大事故隐患第{'、'.join(numbers)}项"] if numbers else []
        said += [f"“{h.stand.held.clause.title}”" for h in hazards if id(h) not in major]
        of = f"：{'、'.join(said)}" if len(found) > 1 else ""
        lines.append(f"报送：{_units(units) if units else BLANK}{of}")
    return lines


# -- to be filled in -------------------------------------------------------------------------------------


def walk_sheet(check: SelfCheck) -> tuple[Table, list[tuple[str, ...]]]:
    """Every question that may still be needed and every one answered, in the order of the walk; and their choices."""
    pending = check.pending()
    ids = {q.id for q in pending}
    answered = [q for id in check.check.answers if id not in ids and (q := check.known(id))]
    ordered = walk([*pending, *answered], {})
    rows = tuple(_walk_row(q, check.check.answers.get(q.id)) for q in ordered)
    return Table("自查表", WALK, rows, _WALK_WIDTHS), [q.options for q in ordered]


def _walk_row(q: Question, answer: Answer | None) -> tuple[str, ...]:
    options = "／".join(q.options) if len(q.options) <= _FEW else "；".join(q.options)
    offered = f"填数字（{q.unit}），或 {UNSURE}、{DOES_NOT_APPLY}" if q.unit else options
    given = (answer.value, answer.note, answer.photo) if answer else ("", "", "")
    return (q.id, q.place, q.question, q.how, offered, "；".join(q.refs), *given)
