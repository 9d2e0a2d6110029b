"""Navigation, nothing else."""

from pathlib import Path

import streamlit as st

from dashboard import filters, page
from pipelines.problems import Problem
from pipelines.texts import say

ICON = Path(__file__).parent / "static" / "icon.png"
# One line a page: file, place in the URL, icon. The first is where a reader arrives.
PAGES = (
    ("overview", "tong-quan", ":material/space_dashboard:"),
    ("awards", "khen-thuong", ":material/military_tech:"),
    ("exemplars", "dien-hinh", ":material/lightbulb:"),
    ("compare", "so-sanh", ":material/compare_arrows:"),
    ("board", "tinh-hinh-nop", ":material/fact_check:"),
    ("data", "du-lieu", ":material/database:"),
    ("submit", "nop-bao-cao", ":material/upload_file:"),
)

lang = filters.language()
st.set_page_config(page_title=say("dashboard.title", lang), page_icon=str(ICON), layout="wide")
chosen = st.navigation(
    [
        st.Page(
            f"pages/{name}.py",
            title=say(f"dashboard.nav.{name}", lang),
            icon=icon,
            url_path=path,
            default=name == PAGES[0][0],
        )
        for name, path, icon in PAGES
    ],
    position="top",
)
try:
    chosen.run()
except Problem as problem:
    page.tell(problem)
