"""The router of the web page: `streamlit run ui/app.py`. Each page is a file of app_pages/; one bar leads to all of them."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
# the icon is the link's, not the page's: for a page of its own the browser would ask a font server on the internet
PAGES = {
    st.Page("app_pages/judge.py", title="判定", default=True): "gavel",
    st.Page("app_pages/batch.py", title="批量判定"): "table_view",
    st.Page("app_pages/selfcheck.py", title="企业自查"): "checklist",
    st.Page("app_pages/calendar.py", title="履职日历"): "event",
    st.Page("app_pages/quiz.py", title="逢查必考"): "quiz",
    st.Page("app_pages/who.py", title="谁负责"): "account_tree",
    st.Page("app_pages/ingest.py", title="文件入库"): "inventory_2",
    st.Page("app_pages/standards.py", title="标准库"): "menu_book",
}
chosen = st.navigation(list(PAGES), position="hidden")
st.set_page_config(
    page_title=f"{chosen.title} · Panding", page_icon=str(HERE / "icon.svg"), layout="centered"
)
st.html(HERE / "style.css")
with st.container(horizontal=True, key="nav"):
    for page, icon in PAGES.items():
        st.page_link(page, icon=f":material/{icon}:")
try:
    chosen.run()
except Exception:  # the reader is told in Chinese; the log holds the rest
    logging.getLogger(__name__).exception("page %s", chosen.title)
    st.error(
        "这一页出了内部故障，没有给出结论。请刷新后重试；仍然不行，请把运行窗口里的最后几行记录报告给维护者。",
        icon=":material/error:",
    )
