"""The router of the web page: `streamlit run ui/app.py`. Each page is a file of app_pages/."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

st.set_page_config(page_title="判定", page_icon=":material/gavel:", layout="centered")
st.html(Path(__file__).parent / "style.css")
st.navigation(
    [
        st.Page("app_pages/judge.py", title="判定", icon=":material/gavel:", default=True),
        st.Page("app_pages/batch.py", title="批量判定", icon=":material/table_view:"),
        st.Page("app_pages/who.py", title="谁负责", icon=":material/account_tree:"),
        st.Page("app_pages/standards.py", title="标准库", icon=":material/menu_book:"),
    ],
    position="top",
).run()
