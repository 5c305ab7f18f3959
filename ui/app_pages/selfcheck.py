"""The page 企业自查: the profile, a walk round the site by place, the result and its papers.

The session holds one `SelfCheck`; the check file is how it outlives the page.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from engine.interview import UNSURE
from engine.profile import dumped
from engine.selfcheck import Question, SelfCheck, new_check
from engine.selfpapers import congress_report, department_report, hazard_list, self_report
from engine.selfreport import Hazard, Result, result
from engine.verdict import DISCLAIMER
from kb import BadInput
from ui import components as ui
from ui import profile_form
from ui.check_file import load, workbook
from ui.drawings import bars, table
from ui.office import docx, xlsx
from ui.record import DOCX, XLSX, fact_name

WALK, RESULT, PROFILE = "走一圈", "结果和报告", "单位情况"
AT_ONCE = 5  # questions shown together
FEW = 3  # things of a place worth a list
MOST_CHOICES = 6
MOST_ROWS = 200
state = st.session_state
# The answers live in this session: the browser asks before it reloads or closes the page.
_ASK_BEFORE_LEAVING = "<script>window.onbeforeunload = (event) => event.preventDefault();</script>"
_LEAVE = "<script>window.onbeforeunload = null;</script>"


def main() -> None:
    ui.shared_engine()
    ui.page_head("企业自查", "说明单位情况，按场所走一圈，只问该问的；得出隐患、消除办法和报告。")
    if "selfcheck" not in state:
        _begin()
        return
    check: SelfCheck = state.selfcheck
    _standing(check)
    step = st.segmented_control(
        "步骤",
        [WALK, RESULT, PROFILE],
        key="selfcheck/step",
        default=WALK,
        required=True,
        label_visibility="collapsed",
    )
    {WALK: _walk, RESULT: _result, PROFILE: _profile}[step](check)
    ui.foot(DISCLAIMER)


# -- beginning, saving, resuming ---------------------------------------------------------------------------


def _begin() -> None:
    engine, duties = ui.shared_engine(), ui.duties()
    st.html(_LEAVE, unsafe_allow_javascript=True)
    profile = profile_form.example(engine, duties) or profile_form.form(engine, duties, "开始自查")
    if profile:
        _start(SelfCheck(engine, new_check(engine, profile, date.today(), duties), duties))
    with st.expander("接着上次的做：载入自查文件", icon=":material/upload_file:"):
        held = profile_form.uploaded("自查文件", ["yaml", "yml", "json", "xlsx"], "selfcheck/file", load)
        if held is not None:
            try:
                _start(SelfCheck(engine, held, duties))
            except BadInput as error:
                st.error(ui.md(str(error)), icon=":material/error:")


def _start(check: SelfCheck) -> None:
    state.selfcheck = check
    state.profile = check.check.profile
    state.pop("walk", None)
    st.rerun()


def _standing(check: SelfCheck) -> None:
    """How far the check is, and the file that keeps it."""
    profile_form.tell_unread(check.site, check.engine, check.duties)
    for note in check.notes():
        if not note.startswith("企业情况中没有认出"):  # told above, each with what may be meant
            st.warning(ui.md(note), icon=":material/info:")
    st.progress(check.settled, check.progress)
    st.html(_ASK_BEFORE_LEAVING if check.check.answers else _LEAVE, unsafe_allow_javascript=True)
    with st.container(horizontal=True):
        st.download_button(
            "保存自查文件",
            lambda: dumped(check.check.to_data(), Path("a.yaml")),
            f"自查文件-{check.check.on}.yaml",
            "application/yaml",
            icon=":material/save:",
            help="答案只在这一页里，刷新或者关掉就没有了；存下的文件下次在这里载入，接着做",
            on_click="ignore",
        )
        st.button("另做一次", icon=":material/restart_alt:", on_click=_restart)


def _restart() -> None:
    for key in ("selfcheck", "walk"):
        state.pop(key, None)


def _profile(check: SelfCheck) -> None:
    """The profile again: a change keeps the answers."""
    profile = profile_form.form(check.engine, check.duties, "更新单位情况")
    if profile:
        _start(SelfCheck(check.engine, check.check.model_copy(update={"profile": profile}), check.duties))


# -- the walk ----------------------------------------------------------------------------------------------


def _walk(check: SelfCheck) -> None:
    pending = check.pending()
    left = Counter(q.place for q in pending)
    done = Counter(check.question(id).place for id in check.check.answers if check.known(id))
    here, ids = state.get("walk", ("", ()))
    if not ids and pending:
        here, ids = _group(pending, here if left[here] else pending[0].place)
    places = list(dict.fromkeys([*([here] if here else []), *left]))
    if places:
        key = f"selfcheck/place/{here}/{left[here]}"  # its label tells what is left: a new one when that changes
        chosen = st.selectbox(
            "现在在哪里",
            places,
            index=places.index(here),
            format_func=lambda p: f"{p}（还有 {left[p]} 问）",
            key=key,
        )
        if chosen != here:
            here, ids = _group(pending, chosen)
    state.walk = (here, ids)
    if not ids:
        st.success("没有要问的了，请看“结果和报告”。", icon=":material/task_alt:")
    _together(check, here)
    for id in ids:
        _question(check, check.question(id))
    answered = sum(id in check.check.answers for id in ids)
    if ids:
        st.button(
            "下一组问题" if answered else "跳过这一组",
            type="primary" if answered == len(ids) else "secondary", width="stretch", on_click=_next_group,
            icon=":material/arrow_forward:",
        )  # fmt: skip
    if left or done:
        with st.expander("各场所的进度", icon=":material/bar_chart:", expanded=not ids):
            _progress(left, done)
    with st.expander(f"已回答 {len(check.check.answers)} 问", icon=":material/checklist:"):
        rows = [
            {"场所": check.question(id).place, "问题": check.question(id).question, "回答": a.value, "备注": a.note, "照片": a.photo}
            for id, a in check.check.answers.items() if check.known(id)
        ]  # fmt: skip
        table(rows, "还没有回答。")
    with st.expander("先打印或带走自查表，填好再载入", icon=":material/print:"):
        st.download_button(
            "自查表（xlsx）",
            lambda: workbook(check),
            "自查表.xlsx",
            XLSX,
            icon=":material/download:",
            on_click="ignore",
        )


def _together(check: SelfCheck, place: str) -> None:
    """The things of a place as one list: those ticked are asked singly, the others were seen to be in order."""
    listed = check.together(place)
    left = check.left_out(place)
    if left:
        kinds = "、".join(dict.fromkeys(k for row in left.values() for k in row))
        st.caption(
            ui.md(f"{place}另有 {len(left)} 项不能一起答：还不知道有没有{kinds}，先弄清有没有，或者逐项答。")
        )
    if len(listed) < FEW:
        return
    with st.expander(f"{place}的 {len(listed)} 项一起看", icon=":material/checklist:"):
        st.caption("勾出不符合要求的、该有却缺少的或者没看清的，它们仍逐项问；没勾的都须是看过、没有问题的。")
        ticked = [
            q.id for q in listed
            if st.checkbox(ui.md(q.question), key=f"together/{q.id}", help=ui.md(q.how) or None)
        ]  # fmt: skip
        st.button(
            f"其余 {len(listed) - len(ticked)} 项都看过，没有问题", width="stretch", on_click=_seen, args=(place, ticked),
            disabled=len(ticked) == len(listed),
        )  # fmt: skip


def _seen(place: str, ticked: list[str]) -> None:
    check: SelfCheck = state.selfcheck
    told = check.in_order(place, but=ticked)
    state.walk = (place, tuple(ticked[:AT_ONCE]))
    st.toast(f"{place}：{len(told)} 项记为没有问题", icon=":material/done_all:")


def _group(pending: list[Question], place: str) -> tuple[str, tuple[str, ...]]:
    return place, tuple(q.id for q in pending if q.place == place)[:AT_ONCE]


def _next_group() -> None:
    """The questions that settle most where one stands; those skipped are put again later."""
    check: SelfCheck = state.selfcheck
    here, shown = state.walk
    rest = [q for q in check.pending() if q.id not in shown]
    same = [q for q in rest if q.place == here]
    state.walk = _group(rest, here) if same else _group(rest, rest[0].place) if rest else (here, ())


def _question(check: SelfCheck, question: Question) -> None:
    """Options, a note and the number of a photo; kept as soon as they are given."""
    held = check.check.answers.get(question.id)
    key = f"check/{question.id}"
    told: dict[str, Any] = {"on_change": _take, "args": (question.id,)}
    label = ui.md(question.question)
    with st.container(border=True, gap="xsmall"):
        if question.unit:
            st.text_input(
                f"{label}（{ui.md(question.unit)}；不清楚就留空）",
                held.value if held else "",
                key=key,
                max_chars=40,
                placeholder=f"如 12{question.unit}",
                **told,
            )
        elif len(question.options) > MOST_CHOICES:
            options = ["", *question.options]
            st.selectbox(
                label,
                options,
                index=options.index(held.value) if held and held.value in options else 0,
                format_func=lambda o: o or "请选择",
                key=key,
                **told,
            )
        else:
            chosen = question.options.index(held.value) if held and held.value in question.options else None
            st.radio(label, question.options, index=chosen, horizontal=True, key=key, **told)
        ui.how_to(question.how)
        with st.popover("备注、照片、依据"):
            st.text_input("备注", held.note if held else "", key=f"{key}/note", max_chars=500, **told)
            st.text_input(
                "照片编号或文件名", held.photo if held else "", key=f"{key}/photo", max_chars=200, **told
            )
            st.caption(ui.md("；".join(question.refs)))


def _take(id: str) -> None:
    check: SelfCheck = state.selfcheck
    key = f"check/{id}"
    value = (state[key] or "").strip()
    note, photo = state.get(f"{key}/note", ""), state.get(f"{key}/photo", "")
    if not value and not (note or photo):
        if id in check.check.answers:
            check.withdraw(id)
        return
    try:
        check.answer(id, value or UNSURE, note, photo)
    except BadInput as error:
        st.toast(ui.md(str(error)), icon=":material/error:")


def _progress(left: Counter[str], done: Counter[str]) -> None:
    """Questions by place, answered and still to answer, as a picture."""
    places = dict.fromkeys((*left, *done))
    bars({p: {"已回答": done[p], "还要问": left[p]} for p in places}, {"已回答": "pd-a", "还要问": "pd-d"})


# -- the result --------------------------------------------------------------------------------------------


def _result(check: SelfCheck) -> None:
    found = result(check)
    ui.conclusion_card(found.conclusion, bool(found.found), bool(found.open))
    for title, hazards in (("构成隐患的情形", found.found), ("需专业认定", found.doubtful)):
        if hazards:
            ui.section_head(f"{title}（{len(hazards)}）")
        for hazard in hazards:
            _hazard(hazard)
    for title, stands in (("待核实的条款", found.open), ("已排除的条款", found.cleared)):
        with st.expander(f"{title} {len(stands)} 条"):
            rows = [
                {
                    "条款": s.held.clause.title,
                    "依据": s.held.citation,
                    "情况": "；".join(s.why) or "还要查：" + "、".join(map(fact_name, s.wanting)),
                }
                for s in stands[:MOST_ROWS]
            ]
            table(rows)
            if len(stands) > MOST_ROWS:
                st.caption(f"先列 {MOST_ROWS} 条，全部在自查报告里。")
    if found.duties:
        from ui.responsibility_view import duty_list

        with st.expander(f"随之而来的义务 {len(found.duties)} 项"):
            duty_list(found.duties)
    for note in found.notes:
        st.caption(ui.md(note))
    _papers(found)


def _hazard(hazard: Hazard) -> None:
    stand = hazard.stand
    ui.hazard_box(
        stand.held.clause.title,
        stand.citation,
        [
            ("场所", "、".join(hazard.places)),
            ("现状", "；".join(stand.said)),
            ("整改措施", hazard.measure),
            ("备注", "；".join(hazard.notes)),
            ("照片", "；".join(hazard.photos)),
        ],
    )


def _papers(found: Result) -> None:
    ui.section_head("报告")
    others = [t for t in self_report(found).tables() if t.name != hazard_list(found).name]
    papers = (
        ("自查报告（docx）", lambda: docx(self_report(found)), "自查报告.docx", DOCX),
        ("隐患清单（xlsx）", lambda: xlsx([hazard_list(found), *others]), "隐患清单.xlsx", XLSX),
        ("报监管部门（docx）", lambda: docx(department_report(found)), "重大事故隐患报告.docx", DOCX),
        ("报职代会（docx）", lambda: docx(congress_report(found)), "向职代会的报告.docx", DOCX),
    )
    with st.container(horizontal=True):
        for label, make, name, kind in papers:
            st.download_button(label, make, name, kind, icon=":material/download:", on_click="ignore")


main()
