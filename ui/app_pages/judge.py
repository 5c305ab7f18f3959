"""The page 判定: a finding in, the answer first, then why, and the questions that would settle what is open.

The session holds one `Interview` (the finding with its answers); every rerun shows the verdict on it. A verdict has an
address: ?text=…&industry=…&on=…&fact=粉尘种类=木质粉尘 opens judged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from engine import Engine, Finding, Verdict
from engine.batch import MAX_TEXT, check_finding, industry_hint, parse_date, record
from engine.clauses import DECISIVE, OPEN
from engine.explain import explain
from engine.interview import UNSURE, Interview, named_values
from engine.nearmiss import NearMiss, near_misses
from engine.verdict import DISCLAIMER, Question
from kb import BadInput
from kb.values import FactValue
from ui import components as ui
from ui import inspection
from ui.record import DOCX, docx_record, fact_line, fact_name, firm_facts, plain_text, presumptions_of
from ui.responsibility_view import after_section

EXAMPLES = {
    "粉尘：缺卸灰装置": "木工车间砂光工段布袋除尘器灰斗下未装锁气卸灰装置",
    "缺一个条件": "布袋除尘器灰斗下未装锁气卸灰装置",
    "液氨：作业人数": "速冻车间快速冻结装置作业间内有12人同时作业",
    "有限空间：未审批": "污水池清淤作业未办理有限空间作业审批",
}
INDUSTRY = "行业"
WHAT_FOR = "写下现场看到的情况，判定是不是重大事故隐患、依据哪一条、还缺什么。"
NOTHING_WRITTEN = "请先写下现场看到的情况，例如缺什么、坏了什么、超了多少。"
MOST_RADIO_OPTIONS = 6
OTHERS = "其他……"
FIRST_QUESTIONS = 2
MOST_LINKED = 300  # characters of a text that go into the address of the page
CONTEXT = ("industry", "facility", "region")
# how the three states read as answers to a question about a thing, and the two states to a yes-or-no question
STATE_LABELS = {"有效": "有，且有效", "失效": "有，但失效", "未设": "没有"}
YES_NO_LABELS = {"有": "是", "有效": "是", "未设": "否"}

state = st.session_state


def main() -> None:
    engine = ui.shared_engine()
    state.setdefault("interview", None)
    state.setdefault("problem", "")
    state.setdefault("serial", 0)
    state.setdefault("presumptions", {})
    _follow_link(engine)
    ui.page_head("判定", "" if state.interview else WHAT_FOR)  # an answer stands as high as it can
    _form(engine)
    if state.problem:
        st.error(ui.md(state.problem), icon=":material/error:")
    interview: Interview | None = state.interview
    verdict = None
    if interview is not None:
        try:
            verdict, near = _judged(engine, interview.so_far)
        except BadInput as error:
            st.error(ui.md(str(error)), icon=":material/error:")
            st.button("撤回全部回答", on_click=_take_back_all)
        else:
            _set_address(interview)
            _answer(engine, interview, verdict, near)
    inspection.show()
    if verdict is not None:
        ui.footer(verdict, DISCLAIMER)


def _judged(engine: Engine, finding: Finding) -> tuple[Verdict, tuple[NearMiss, ...]]:
    """The verdict on a finding, kept for reruns that change nothing: a very long text takes seconds."""
    if "judged" not in state or state.judged[0] != finding:
        verdict = engine.judge(finding)
        state.judged = (finding, verdict, near_misses(engine, finding, verdict))
    _, held, near = state.judged
    return held, near


def _say_change(verdict: Verdict) -> None:
    """What an answer or a correction changed, under the card and where the reader is: the card may be out of sight."""
    refs = "、".join(r.clause.ref for r in verdict.decisive)
    now = f"{verdict.level}（{refs}）" if refs else str(verdict.level)
    serial, before, told = state.get("told", (None, "", ""))
    if serial != state.serial:
        told = ""
    elif before != now:
        told = f"由 {before} 变为 {now}"
        st.toast(f"结论变为：{verdict.level}", icon=f":material/{ui.LEVELS[verdict.level].icon}:")
    state.told = (state.serial, now, told)
    if told:
        st.info(ui.md(told), icon=":material/change_circle:")


# -- the address ------------------------------------------------------------------------------------------


def _follow_link(engine: Engine) -> None:
    """Judge what the address says, once."""
    link = st.query_params.to_dict()
    facts = st.query_params.get_all("fact")
    if not link.get("text") or state.get("link") == (link, facts):
        return
    state.link = (link, facts)
    state.text = link["text"][:MAX_TEXT]
    for key in CONTEXT:
        setattr(state, key, link.get(key, ""))
    state.problem = ""
    try:
        state.on = parse_date(link["on"]) if link.get("on") else date.today()
    except BadInput as error:
        state.problem, state.on = f"地址里的{error}", date.today()
        return
    if state.industry not in ("", *engine.kb.attributes[INDUSTRY].ancestors()):
        hint = industry_hint(engine, state.industry)
        state.problem = f"地址里的行业 {state.industry} 不认识{hint}，请在下面选择"
        state.industry = ""
        return
    _submit()
    for fact in facts if state.interview else ():
        id, _, value = fact.partition("=")
        try:
            state.interview = state.interview.answer(engine, engine.question(id), value)
        except BadInput as error:
            state.problem = f"地址里的{error}"


def _set_address(interview: Interview) -> None:
    """The address of this verdict, so that it can be sent; too long a text has none."""
    finding = interview.finding
    held = {"text": finding.text, **{k: getattr(finding, k) for k in CONTEXT}}
    facts = [f"{fact}={value}" for fact, value in interview.answers if fact not in finding.corrected]
    link = {k: v for k, v in held.items() if v} | {"on": str(finding.on or date.today())}
    if len(finding.text) > MOST_LINKED:
        link, facts = {}, []
    shown = link | ({"fact": facts[-1]} if facts else {})
    if (st.query_params.to_dict(), st.query_params.get_all("fact")) != (shown, facts):
        st.query_params.from_dict({**link, **({"fact": facts} if facts else {})})
    state.link = (shown, facts)


# -- what is asked for ------------------------------------------------------------------------------------


def _form(engine: Engine) -> None:
    _fill_form()
    label = "要判定的情况" if state.interview is None else "修改所见情况，或判定另一条"
    with st.expander(label, key="form_open", on_change="rerun"):
        with st.form("finding", border=False):
            st.text_area(
                "所见情况",
                key="text",
                height=120,
                max_chars=MAX_TEXT,
                placeholder=f"例如：{EXAMPLES['粉尘：缺卸灰装置']}",
                help="一句或几句都可以；多个问题请用句号或分号隔开。",
            )
            left, right = st.columns(2)
            tree = engine.kb.attributes.get(INDUSTRY)
            paths = ui.value_paths(tree) if tree else {}
            left.selectbox("行业", ["", *paths], key="industry", format_func=lambda v: paths.get(v, "未选择"))
            right.date_input("检查日期", key="on", format="YYYY-MM-DD", min_value=date(2000, 1, 1))
            with st.expander("场所设施、地区（可不填）", expanded=bool(state.facility or state.region)):
                st.text_input("场所设施", key="facility", placeholder="例如：除尘系统", max_chars=200)
                st.text_input("地区", key="region", placeholder="例如：某市某区", max_chars=200)
            st.form_submit_button("判定", type="primary", width="stretch", on_click=_submit)
        st.caption("试一试：")
        with st.container(horizontal=True):
            for name, text in EXAMPLES.items():
                st.button(name, key=f"example/{name}", help=text, on_click=_try_example, args=(text,))


def _fill_form() -> None:
    """Streamlit forgets the widgets of a page that was left: fill them again from the finding judged."""
    held = state.interview.finding if state.interview else Finding()
    state.setdefault("form_open", state.interview is None)
    state.setdefault("on", held.on or date.today())
    for key in ("text", "industry", "facility", "region"):
        state.setdefault(key, getattr(held, key))


def _try_example(text: str) -> None:
    state.text, state.industry, state.facility = text, "", ""
    _submit()


def _another() -> None:
    """An empty form for the next finding of the same inspection: industry, place and date stay."""
    state.text, state.problem = "", ""
    state.interview, state.form_open = None, True
    state.link = None
    st.query_params.clear()


def _submit() -> None:
    """Judge what the form holds. A new text starts without answers; the same text keeps them."""
    finding = Finding(
        text=state.text, industry=state.industry or "", facility=state.facility, region=state.region,
        on=state.on or date.today(),
    )  # fmt: skip
    state.problem = ""
    try:
        check_finding(finding)
    except BadInput as error:
        state.problem = str(error) if finding.text.strip() else NOTHING_WRITTEN
        state.interview, state.form_open = None, True
        return
    held: Interview | None = state.interview
    if held is not None and held.finding.text == finding.text:
        same = held.finding
        state.interview = replace(
            held, finding=replace(finding, without=same.without, corrected=same.corrected)
        )
    else:
        state.interview, state.presumptions = Interview(finding), {}
        state.serial += 1
    state.form_open = False


# -- the answer -------------------------------------------------------------------------------------------


def _answer(engine: Engine, interview: Interview, verdict: Verdict, near: tuple[NearMiss, ...]) -> None:
    ui.verdict_card(verdict)
    _say_change(verdict)
    for contradiction in verdict.contradictions:
        st.warning(ui.md(str(contradiction)), icon=":material/warning:")
    _questions(engine, interview, verdict)
    inspection.add_button(state.serial, verdict, _another)
    ui.part_list(verdict)
    ui.finding_text(verdict)
    _near(engine, verdict, near)
    _change(engine, interview, verdict)
    _presumptions(interview, verdict)
    if verdict.after and verdict.after.responsible:
        after_section(verdict.after)
    _clauses(engine, interview, verdict)
    _keep(interview, verdict)


def _near(engine: Engine, verdict: Verdict, near: tuple[NearMiss, ...]) -> None:
    """Clauses that one fact more would make hold, those asked above left out."""
    asked = {q.fact for q in verdict.questions}
    shown = [n for n in near if n.question.fact not in asked]
    if not shown:
        return
    with st.expander(f"再有一项即构成（{len(shown)} 条）", icon=":material/troubleshoot:"):
        st.caption("不是结论，是值得顺便看一眼的地方。")
        ui.near_list(shown, lambda n: [answer_labels(engine, n.question).get(v, v) for v in n.would])


def _change(engine: Engine, interview: Interview, verdict: Verdict) -> None:
    """One fact as read, or the date, changed: the verdict is judged anew."""
    answered = {f for f, _ in interview.answers}
    read = {v.fact: v for v in firm_facts(verdict) if v.fact in engine.facts and v.fact not in answered}
    with st.expander("读错了、情况变了？改一个事实或日期，看结论怎么变", icon=":material/edit:"):
        chosen = st.selectbox(
            "哪一项事实",
            [None, *read],
            format_func=lambda f: fact_line(read[f]) if f in read else "不改事实",
            key=f"change/{state.serial}",
        )
        if chosen:
            _question(engine, engine.question(chosen), take=_correct)
        key = f"change-date/{state.serial}"
        state.setdefault(key, interview.finding.on or date.today())
        st.date_input(
            "检查日期（按这一天有效的标准判定）",
            key=key,
            format="YYYY-MM-DD",
            on_change=_change_date,
            args=(key,),
        )


def _correct(fact: str, key: str) -> None:
    if state[key] not in (None, UNSURE):
        engine = ui.shared_engine()
        try:
            state.interview = state.interview.correct(engine, engine.question(fact), str(state[key]))
        except BadInput as error:
            state.problem = str(error)


def _change_date(key: str) -> None:
    state.interview = replace(state.interview, finding=replace(state.interview.finding, on=state[key]))
    state.on = state[key]


def _questions(engine: Engine, interview: Interview, verdict: Verdict) -> None:
    """Answered questions stay where they are, so that an answer can be changed or taken back."""
    answered = dict(interview.answers)
    open_ = [q for q in verdict.questions if q.fact not in answered]
    if not answered and not open_:
        return
    ui.section_head("需要核实" if open_ else "已核实")
    if open_:
        st.caption("回答后立即重新判定；先问最能定下结论的。")
    for fact in answered:
        question = engine.question(fact)
        _question(engine, question, answered[fact], named_values(verdict, question))
    for question in open_[:FIRST_QUESTIONS]:
        _question(engine, question, likely=named_values(verdict, question))
    if rest := open_[FIRST_QUESTIONS:]:
        with st.expander(f"还有 {len(rest)} 个问题"):
            for question in rest:
                _question(engine, question, likely=named_values(verdict, question))


def _question(
    engine: Engine,
    question: Question,
    given: str = "",
    likely: Sequence[str] = (),
    take: Callable[[str, str], None] | None = None,
) -> None:
    """A question as a widget; `take` is told the fact and the key of the answer (else `_take_answer` is)."""
    key = f"{'correct' if take else 'answer'}/{state.serial}/{question.fact}"
    label = ui.md(question.question)
    change: dict[str, Any] = {"key": key, "on_change": take or _take_answer, "args": (question.fact, key)}
    with st.container(border=True, gap="xsmall"):
        if question.options:
            _choice(engine, question, label, given, likely, change)
        else:
            unit = engine.facts[question.fact].unit if question.fact in engine.facts else ""
            state.setdefault(key, float(given) if given else None)
            st.number_input(
                f"{label}（单位：{ui.md(unit)}）",
                value=None,
                format="%g",
                placeholder="不清楚就留空",
                **change,
            )
        ui.how_to(question.how)


def _choice(
    engine: Engine, question: Question, label: str, given: str, likely: Sequence[str], change: dict[str, Any]
) -> None:
    """The options side by side; of many those the open clauses name, the others on demand."""
    key, names = change["key"], answer_labels(engine, question)
    state.setdefault(key, given or UNSURE)
    short = question.options if len(question.options) <= MOST_RADIO_OPTIONS else likely
    few: tuple[str, ...] = state.setdefault(f"{key}/few", tuple(short))  # what is offered stays the same
    if not few or state[key] not in (*few, UNSURE, OTHERS) or f"{key}/all" in state:
        state[f"{key}/all"] = True
        st.selectbox(label, [UNSURE, *question.options], format_func=lambda v: names.get(v, v), **change)
        return
    others = [] if len(few) == len(question.options) else [OTHERS]
    shown = {} if question.fact in engine.kb.attributes else names
    st.radio(label, [*few, *others, UNSURE], format_func=lambda v: shown.get(v, v), horizontal=True, **change)


def answer_labels(engine: Engine, question: Question) -> dict[str, str]:
    """How the options read: states as answers to the question, attribute values with what they belong to."""
    if question.fact in engine.kb.attributes:
        return ui.value_paths(engine.kb.attributes[question.fact])
    if "失效" in question.options:
        return STATE_LABELS
    return YES_NO_LABELS if "未设" in question.options else {}


def _take_answer(fact: str, key: str) -> None:
    """Keep what was answered; 不清楚 or an emptied number takes the answer back; 其他 shows every option."""
    value = state[key]
    if value == OTHERS:
        state[f"{key}/all"] = True
        value = state[key] = UNSURE
    interview: Interview = state.interview.undo(fact)
    state.problem = ""
    if value not in (None, UNSURE):
        engine = ui.shared_engine()
        try:
            interview = interview.answer(engine, engine.question(fact), str(value))
        except BadInput as error:
            state.problem = str(error)
    state.interview = interview


def _take_back_all() -> None:
    state.interview = Interview(state.interview.finding)
    state.serial += 1


def _presumptions(interview: Interview, verdict: Verdict) -> None:
    """Every presumption with its reason; one switched off stays listed, to be switched on again."""
    off = interview.finding.without
    known: dict[str, FactValue] = state.presumptions
    known |= {v.fact: v for v in presumptions_of(verdict)}
    held = {v.fact for v in presumptions_of(verdict)}
    shown = [v for v in known.values() if v.fact in held or v.fact in off]
    if not shown:
        return
    ui.section_head("推定")
    st.caption("没有写明、按一般情况推定的事实。与现场不符的，去掉勾选，立即重新判定。")
    for value in shown:
        key = f"presume/{state.serial}/{value.fact}"
        state.setdefault(key, value.fact not in off)
        label = f"**{ui.md(fact_name(value.fact))}：{ui.md(value.shown())}**　{ui.md(value.presumed)}"
        st.checkbox(label, key=key, on_change=_switch_presumption, args=(value.fact, key))


def _switch_presumption(fact: str, key: str) -> None:
    finding = state.interview.finding
    without = finding.without - {fact} if state[key] else finding.without | {fact}
    state.interview = replace(state.interview, finding=replace(finding, without=without))


def _clauses(engine: Engine, interview: Interview, verdict: Verdict) -> None:
    told = explain(engine, interview.so_far, verdict)
    concerned = [e for e in told if e.result.status in (*DECISIVE, *OPEN)]
    if concerned:
        ui.section_head("为什么：涉及的条款")
    for explanation in concerned:
        ui.clause_box(explanation)
    ui.excluded_box([e for e in told if e not in concerned])


def _keep(interview: Interview, verdict: Verdict) -> None:
    """The answer to copy, or to take along as docx or JSON."""
    ui.section_head("留存这一条")
    name = f"判定记录-{verdict.on}"
    with st.container(horizontal=True):
        st.download_button(
            "这一条的记录（docx）",
            lambda: docx_record(verdict),
            f"{name}.docx",
            DOCX,
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "这一条的数据（JSON）",
            lambda: json.dumps(record(interview.so_far, verdict), ensure_ascii=False, indent=2),
            f"{name}.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    with st.expander("文字结果（可复制）", icon=":material/content_copy:"):
        st.code(plain_text(verdict), language=None, wrap_lines=True)


main()
