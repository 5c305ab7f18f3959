"""The page 逢查必考: make a paper, practise, sit it against the clock, review it; audit a bank of questions.

A paper has an address: the same words and seed give the same paper.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from engine.quiz import (
    DIFFICULTIES,
    LABELS,
    PASS_MARK,
    ROLES,
    SITE_MINUTES,
    Checked,
    Paper,
    Question,
    Wanted,
    absentees,
    audit_bank,
    grade,
    make_paper,
    question_of,
    read_results,
    read_roster,
    roster_of,
    sitting,
    stale,
    tally,
    write_key,
    write_paper,
)
from engine.quiz.bank import FORMATS as BANK_FORMATS
from engine.quiz.model import MULTIPLE
from engine.quiz.roster import FORMATS as ROSTER_FORMATS
from engine.quiz.roster import Roster
from kb import BadInput
from ui import components as ui
from ui import profile_form
from ui.drawings import table
from ui.record import DOCX, XLSX
from ui.table_io import xlsx_bytes

MAKE, PRACTISE, EXAM, RESULTS, AUDIT = "出卷", "练习", "考试", "成绩汇总", "审查题库"
MINUTES_EACH = 1.5
MOST_QUESTIONS = 100
ALARMS = ("位置", "题目", "原答案", "核对得上的", "问题", "理由", "依据")
BANK = (
    "题干,选项A,选项B,答案\n"
    "木工车间布袋除尘器未装锁气卸灰装置，属于（　　）,一般隐患,重大事故隐患,A\n"
    "未对承包单位的安全生产工作统一协调、管理的工贸企业，应判定为重大事故隐患。（　　）,正确,错误,A\n"
)  # a bank of our own: one key is wrong
state = st.session_state


def main() -> None:
    ui.shared_engine()
    ui.page_head("逢查必考", "由现行标准和义务出题，每题的答案都经判定引擎证明，注明出处。")
    step = st.segmented_control(
        "做什么", [MAKE, PRACTISE, EXAM, RESULTS, AUDIT], key="quiz/step", default=MAKE, required=True, label_visibility="collapsed"
    )  # fmt: skip
    pages: dict[str, Callable[[], None]] = {
        MAKE: _make, PRACTISE: _practise, EXAM: _exam, RESULTS: _results, AUDIT: _audit,
    }  # fmt: skip
    pages[step]()


# -- the paper ---------------------------------------------------------------------------------------------


def _make() -> None:
    engine = ui.shared_engine(tables=True)
    link = st.query_params
    paths = {"": "各行业", **ui.industry_paths(engine)}
    regions = ["", *(r.name for r in ui.shared_responsibility().registers.regions.values())]
    with st.form("paper-form", border=False):
        industry = st.selectbox(
            "行业",
            list(paths),
            index=_place(list(paths), link.get("industry", "")),
            format_func=lambda v: paths[v],
            key="quiz/industry",
        )
        left, right = st.columns(2)
        role = left.selectbox(
            "考谁",
            ["", *ROLES],
            index=_place(["", *ROLES], link.get("role", "")),
            format_func=lambda r: r or "不限",
        )
        difficulty = right.selectbox(
            "难度",
            ["", *DIFFICULTIES],
            index=_place(["", *DIFFICULTIES], link.get("difficulty", "")),
            format_func=lambda d: d or "不限",
        )
        size = left.number_input("题数", 1, MOST_QUESTIONS, _number(link.get("n"), 20), key="quiz/size")
        seed = right.number_input(
            "种子（同一个种子出同一份卷）", 1, 1_000_000, _number(link.get("seed"), 1), key="quiz/seed"
        )
        region = st.selectbox(
            "地区（也考该地区文件写明的分工）",
            regions,
            index=_place(regions, link.get("region", "")),
            format_func=lambda r: r or "不考地方分工",
        )
        site = st.toggle(f"现场用：10 题 {SITE_MINUTES} 分钟", value=link.get("site") == "1", key="quiz/site")
        made = st.form_submit_button("出卷", type="primary", width="stretch")
    st.caption("每题都要经引擎证明，题多、不限行业时要几十秒。")
    if made or ("seed" in link and "paper" not in state):
        _take(
            lambda: make_paper(
                engine, Wanted(industry, role, int(size), int(seed), difficulty, region, site), date.today()
            )
        )
        st.query_params.from_dict(
            {
                k: str(v)
                for k, v in {
                    "industry": industry,
                    "role": role,
                    "n": size,
                    "seed": seed,
                    "site": int(site),
                    "difficulty": difficulty,
                    "region": region,
                }.items()
                if v
            }
        )
    elif st.button("用示例试一试：木制品加工，现场 10 题", icon=":material/quiz:"):
        _take(lambda: make_paper(engine, Wanted("木制品加工", site=True), date.today()))
    with st.expander("载入以前出的卷", icon=":material/upload_file:"):
        held = profile_form.uploaded("试卷", ["json"], "quiz/file", _read_paper)
        if held is not None and "paper" not in state:
            _take(lambda: held)
    if "paper" in state:
        _paper(state.paper)


def _place(options: list[str], wanted: str) -> int:
    return options.index(wanted) if wanted in options else 0


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), MOST_QUESTIONS) if text and text.isdecimal() and int(text) else otherwise


def _take(make: Callable[[], Paper]) -> None:
    """A new paper; answers to the one before go with it."""
    for key in ("paper", "practice", "exam", "graded"):
        state.pop(key, None)
    try:
        with st.spinner("正在出卷，逐题证明……"):
            paper = make()
    except BadInput as error:
        st.error(ui.md(str(error)), icon=":material/error:")
        return
    if not paper.questions:
        st.error("这样的题一道也没有：请放宽行业、角色或难度。", icon=":material/error:")
        return
    state.paper = paper


def _read_paper(path: Path) -> Paper:
    """A paper from its file, without the questions that no longer hold: each is proven again."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, ValueError) as error:
        raise BadInput(f"{path}：不是 JSON（{error}）") from None
    if not isinstance(rows, list) or not rows:
        raise BadInput(f"{path}：应为题目的 JSON 数组")
    questions = [question_of(row, f"第{n}题：") for n, row in enumerate(rows, 1)]
    today = date.today()
    old = stale(questions, today, ui.shared_engine())
    return Paper("载入的试卷", tuple(q for q in questions if q not in old), today, 0, short=len(old))


def _paper(paper: Paper) -> None:
    time_given = f"，限时 {paper.minutes:g} 分钟" if paper.minutes else ""
    ui.section_head(f"{paper.title}（{len(paper.questions)} 题{time_given}）")
    if paper.short:
        why = "再多的题会互相透露答案" if paper.seed else "所依据的规定已经失效或者有变化"
        st.warning(f"少 {paper.short} 题：{why}。", icon=":material/info:")
    data = json.dumps([q.to_json() for q in paper.questions], ensure_ascii=False, indent=1)
    with st.container(horizontal=True):
        st.download_button(
            "试卷（docx）",
            lambda: _docx(paper, write_paper),
            f"{paper.title}.docx",
            DOCX,
            icon=":material/print:",
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            "答案与解析（docx）",
            lambda: _docx(paper, write_key),
            f"{paper.title}答案.docx",
            DOCX,
            icon=":material/key:",
            on_click="ignore",
        )
        st.download_button(
            "试卷数据（json）",
            data,
            f"{paper.title}.json",
            "application/json",
            icon=":material/save:",
            help="下次载入，或交给别人来答",
            on_click="ignore",
        )
    st.caption("在上面选“练习”逐题看解析，或者选“考试”计时作答。")


def _docx(paper: Paper, write: Callable[[Paper, Path], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        write(paper, path)
        return path.read_bytes()


def _needed() -> Paper | None:
    if "paper" not in state:
        st.info("还没有试卷：先在“出卷”里出一份，或者用示例。", icon=":material/info:")
        return None
    paper: Paper = state.paper
    return paper


def _ask(question: Question, number: int, of: int, key: str) -> str:
    """One question as a widget; the labels answered, in order."""
    ui.stem(f"{number}/{of}", question.kind, question.stem)
    shown = dict(zip(LABELS, question.options, strict=False))

    def said(label: str) -> str:
        return f"{label}．{ui.md(shown[label])}"

    if question.kind == MULTIPLE:
        st.caption("可选几个")
        for label in shown:
            st.checkbox(said(label), key=f"{key}/{label}", persist_state="session")
    else:
        st.radio(
            f"第 {number} 题的答案", list(shown), index=None, format_func=said, key=key, persist_state="session", label_visibility="collapsed"
        )  # fmt: skip
    return _given(question, key)


def _given(question: Question, key: str) -> str:
    """What was answered so far, by the widgets of a question."""
    if question.kind == MULTIPLE:
        return "".join(c for c in LABELS[: len(question.options)] if state.get(f"{key}/{c}"))
    return state.get(key) or ""


# -- practice ----------------------------------------------------------------------------------------------


def _practise() -> None:
    paper = _needed()
    if paper is None:
        return
    at, told = state.get("practice", (0, False))
    question = paper.questions[at]
    given = _ask(question, at + 1, len(paper.questions), f"practice/{at}")
    if told:
        ui.reviewed(question, given)
    with st.container(horizontal=True):
        if not told:
            st.button("看答案", type="primary", disabled=not given, on_click=_step, args=(at, True))
        if at:
            st.button("上一题", on_click=_step, args=(at - 1, False))
        if at + 1 < len(paper.questions):
            st.button("下一题", type="primary" if told else "secondary", on_click=_step, args=(at + 1, False))


def _step(at: int, told: bool) -> None:
    state.practice = (at, told)


# -- examination -------------------------------------------------------------------------------------------


def _exam() -> None:
    paper = _needed()
    if paper is None:
        return
    if "exam" in state and "graded" not in state and time.monotonic() >= state.exam:
        _hand_in(paper)
    if "graded" in state:
        _review(paper)
        return
    usual = paper.minutes or MINUTES_EACH * len(paper.questions)
    if "exam" not in state:
        minutes = st.number_input(
            "限时（分钟）", 1.0, 300.0, float(usual), 1.0, format="%g", key="quiz/minutes"
        )
        st.caption(f"{len(paper.questions)} 题，满分 100，{PASS_MARK:g} 分合格；到时自动交卷，没答的不得分。")
        st.button(
            "开始考试", type="primary", width="stretch", icon=":material/timer:", on_click=_begin, args=(minutes,)
        )  # fmt: skip
        return
    _clock()
    answers = [
        _ask(q, n, len(paper.questions), f"exam/{state.sitting}/{n}")
        for n, q in enumerate(paper.questions, 1)
    ]
    # a callback: the clock may interrupt the run, and a button asked for its value would be lost with it
    st.button("交卷", type="primary", width="stretch", on_click=_hand_in, args=(paper,))
    if blank := sum(not a for a in answers):
        st.caption(f"还有 {blank} 题没答。")


def _hand_in(paper: Paper) -> None:
    given = {q.id: _given(q, f"exam/{state.sitting}/{n}") for n, q in enumerate(paper.questions, 1)}
    state.graded = grade(paper.questions, given)


def _begin(minutes: float) -> None:
    state.exam = time.monotonic() + minutes * 60
    state.sitting = state.get("sitting", 0) + 1


@st.fragment(run_every=1.0)
def _clock() -> None:
    """The time left, each second; at nought the paper is handed in."""
    left = state.exam - time.monotonic()
    if left <= 0:
        st.rerun()
    ui.clock(left)


def _again() -> None:
    for key in ("exam", "graded"):
        state.pop(key, None)


def _review(paper: Paper) -> None:
    done = state.graded
    word = "合格" if done.passed else "不合格"
    ui.conclusion_card(
        f"得分 {done.score:g}，{word}；{len(done.reviews)} 题中错 {len(done.wrong)} 题。",
        not done.passed,
        False,
    )
    if done.wrong:
        ui.section_head("错题和出处")
    for review in done.wrong:
        with st.container(border=True):
            ui.stem(
                str(paper.questions.index(review.question) + 1), review.question.kind, review.question.stem
            )
            ui.reviewed(review.question, review.given)
    ui.section_head("记成绩")
    left, right = st.columns(2)
    unit = left.text_input("单位", max_chars=100, key="quiz/unit")
    post = right.text_input("岗位", max_chars=100, key="quiz/post")
    line = (
        json.dumps(sitting(done, unit, post, date.today(), paper.title).to_json(), ensure_ascii=False) + "\n"
    )
    with st.container(horizontal=True):
        st.download_button(
            "成绩（jsonl）",
            line,
            "成绩.jsonl",
            "application/jsonl",
            icon=":material/download:",
            disabled=not (unit and post),
            help="填写单位和岗位；几份成绩可在“成绩汇总”里汇总",
            on_click="ignore",
        )
        st.button("再考一次", icon=":material/restart_alt:", on_click=_again)


# -- results and banks -------------------------------------------------------------------------------------


def _results() -> None:
    """Several files of results together, by unit and post; who of the roster has none is 缺考."""
    given = st.file_uploader(
        "成绩文件（jsonl，可选几个）", type=["jsonl"], accept_multiple_files=True, key="quiz/results"
    )
    due = _roster()
    if not given and not due:
        st.info(
            "把各人的成绩文件放进来，按单位、岗位汇总：参考、缺考、合格、平均分和常错的条款。",
            icon=":material/info:",
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.jsonl"
        path.write_bytes(b"".join(g.getvalue().rstrip(b"\n") + b"\n" for g in given))
        try:
            held = read_results(path)
        except BadInput as error:
            st.error(ui.md(str(error).replace(str(path), "成绩文件")), icon=":material/error:")
            return
    missing = absentees(due, held, date.today(), held[0].paper if held else "")
    found = tally([*held, *missing])
    if due:
        st.caption(f"应考 {sum(due.values())} 人，有成绩 {len(held)} 份，记缺考 {len(missing)} 人。")
    rows = [
        {"单位": t.unit, "岗位": t.post, "参考": t.sat, "缺考": t.absent, "未答完": t.unfinished, "合格": t.passed,
         "合格率": "—" if t.rate is None else f"{t.rate:g}%",
         "平均分": "—" if t.average is None else t.average, "常错": "；".join(t.weak)}
        for t in found
    ]  # fmt: skip
    table(rows)
    st.download_button(
        "全部成绩，含缺考（jsonl）",
        "".join(json.dumps(s.to_json(), ensure_ascii=False) + "\n" for s in (*held, *missing)),
        "成绩.jsonl",
        "application/jsonl",
        icon=":material/download:",
        on_click="ignore",
    )


def _roster() -> Roster:
    """Who should have sat, pasted or uploaded; empty where neither, or where what was given is at fault."""
    with st.expander("应考名册：没有成绩的记缺考", icon=":material/groups:"):
        typed = st.text_area(
            "每行一个岗位：单位、岗位、人数（不写人数为一人）",
            placeholder="一车间，班组长，6\n二车间，电工，3",
            key="quiz/roster",
        )
        held = profile_form.uploaded("名册", list(ROSTER_FORMATS), "quiz/roster-file", read_roster)
        try:
            return held or (roster_of(typed) if typed.strip() else {})
        except BadInput as error:
            st.error(ui.md(str(error)), icon=":material/error:")
            return {}


def _audited(path: Path) -> list[Checked]:
    return audit_bank(ui.shared_engine(tables=True), path, date.today())


def _audit() -> None:
    """Another bank's keys against what is in force."""
    example = st.button("用示例题库试一试", icon=":material/quiz:")
    held = profile_form.uploaded("题库", [f.removeprefix(".") for f in BANK_FORMATS], "quiz/bank", _audited)
    if example:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "示例题库.csv"
            path.write_text(BANK, "utf-8")
            held = _audited(path)
    if held is None:
        st.info(
            "放进已有的题库，找出与现行标准不符、引用已废止文件的题。没有把握的一律说“无法核对”，不乱报。",
            icon=":material/info:",
        )
        return
    wrong = [c for c in held if c.alarms]
    agreed = [c for c in held if c.agreed and not c.alarms]
    agree = len(agreed)
    unsure = [c for c in held if not c.alarms and not c.agreed]
    rest = len(unsure)
    ui.conclusion_card(
        f"共 {len(held)} 题：有问题 {len(wrong)}，与知识库相符 {agree}，无法核对 {rest}。",
        bool(wrong),
        bool(rest),
    )
    rows = [
        dict(zip(ALARMS, (c.place, c.stem, c.key, c.should_be, a.kind, a.reason, a.citation), strict=True)) for c in wrong for a in c.alarms
    ]  # fmt: skip
    if rows:
        table(rows)
        st.download_button(
            "有问题的题（xlsx）",
            lambda: xlsx_bytes(ALARMS, rows, "有问题的题"),
            "题库审查.xlsx",
            XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
    if agreed:
        with st.expander(f"与知识库相符的 {agree} 题和出处", icon=":material/done_all:"):
            table(
                [
                    {"位置": c.place, "题目": c.stem, "原答案": c.key, "出处": "；".join(c.agreed)}
                    for c in agreed
                ]
            )
    if unsure:
        with st.expander(f"无法核对的 {rest} 题和原因（不表示答案对或者错）", icon=":material/help:"):
            table([{"位置": c.place, "题目": c.stem, "原答案": c.key, "原因": c.why} for c in unsure])


main()
