"""The page 谁负责: ask in words, or pick region and thing; the answer, its chain and citations, the duties that follow."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engine import Engine
from engine.consequences import lineage
from engine.duties import chain
from engine.responsibility import Answer
from kb.national import Duty
from ui import components as ui
from ui import responsibility_view as view

EXAMPLES = (
    "达拉特旗的城镇燃气专项治理由谁负责？",
    "克州的敬老院安全归谁管？",
    "达拉特旗生产经营单位主要负责人多久要带队检查一次？",
    "义隆永镇的黑车由谁查处？",
)
LEVELS = ("重大事故隐患", "一般隐患")
MOST_QUESTION = 300
state = st.session_state


def main() -> None:
    engine = ui.shared_engine()
    who = ui.shared_responsibility()
    ui.page_head("谁负责", "问一句话，或者选地区和事项；答案写明单位、角色、依据文件和位置。")
    _follow_link()
    regions = ["", *(r.name for r in who.registers.regions.values())]
    with st.form("who", border=False):
        st.text_input("问题", key="question", max_chars=MOST_QUESTION, placeholder=EXAMPLES[0])
        with st.expander("不写问题，选地区和事项"):
            left, right = st.columns(2)
            region = left.selectbox(
                "地区（问题里写了就不用选）", regions, key="who/region", format_func=lambda r: r or "未选择"
            )
            right.selectbox(
                "事项", ["", *who.domains.rows], key="who/thing", format_func=lambda d: d or "未选择"
            )
        st.form_submit_button("查", type="primary", width="stretch", on_click=_of_thing)
    question = state.question.strip()
    if question:
        state.asked = st.query_params["q"] = question
        _answered(who.answer(question, region))
    st.caption("试一试：")
    with st.container(horizontal=True):
        for example in EXAMPLES:
            st.button(example, key=f"who/{example}", on_click=_ask, args=(example,))
    _duties(engine, who.registers.duties)


def _follow_link() -> None:
    """The question of the address where it is another one (a link, the browser's Back), else the one asked last."""
    link = st.query_params.get("q", "")[:MOST_QUESTION]
    if link and link != state.get("asked"):
        state.question = link
    state.setdefault("question", state.get("asked", ""))


def _of_thing() -> None:
    """A thing that was picked becomes the question, for all to see."""
    if thing := state["who/thing"]:
        _ask(f"{state['who/region']}{thing}由谁负责？")
        state["who/thing"] = ""


def _ask(question: str) -> None:
    state.question = question


def _answered(answer: Answer) -> None:
    for part in answer.parts or (answer,):
        if answer.parts:
            ui.section_head(part.head)
        view.answer_card(part)
        if part.roles or part.department:
            view.answer_graph(part)
        view.national_entry(part)


def _duties(engine: Engine, duties: tuple[Duty, ...]) -> None:
    with st.expander("查出隐患以后，各方要做什么", icon=":material/event_available:"):
        _followed(engine, duties)


def _followed(engine: Engine, duties: tuple[Duty, ...]) -> None:
    left, middle, right = st.columns(3)
    level = left.selectbox("等级", LEVELS)
    industries = ["", *engine.kb.attributes["行业"].ancestors(), "特种设备", "消防"]
    industry = middle.selectbox("行业", industries, format_func=lambda i: i or "一般行业")
    day = right.date_input("查出日期", value=date.today(), format="YYYY-MM-DD")
    tags = lineage(engine.kb.attributes["行业"], industry) if industry else frozenset()
    view.duty_list(chain(duties, level, tags, day))
    st.caption("法律只写“及时”“定期”的，不推算日期；标“待核”的凭记忆收录，使用前请核对原文。")


main()
