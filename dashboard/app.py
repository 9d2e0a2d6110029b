"""Navigation, nothing else."""

from pathlib import Path

import duckdb
import streamlit as st

from dashboard.shell import filters, page
from pipelines.problems import Problem, of_machine
from pipelines.texts import say

ICON = Path(__file__).parent / "static" / "icon.png"
# One line a page: its room, place in the URL, icon; by menu ("": on the bar itself). The first is where a reader
# arrives.
PAGES = {
    "": (
        ("overview", "tong-quan", ":material/space_dashboard:"),
        ("awards", "khen-thuong", ":material/military_tech:"),
        ("exemplars", "dien-hinh", ":material/lightbulb:"),
        ("compare", "so-sanh", ":material/compare_arrows:"),
    ),
    "council": (
        ("meeting", "truoc-phien-hop", ":material/event_note:"),
        ("council", "can-xem-xet", ":material/balance:"),
        ("profile", "ho-so-don-vi", ":material/contact_page:"),
        ("rules", "bang-quy-dinh", ":material/gavel:"),
        ("method", "phuong-phap", ":material/functions:"),
    ),
    "reports": (
        ("board", "tinh-hinh-nop", ":material/fact_check:"),
        ("submit", "nop-bao-cao", ":material/upload_file:"),
        ("data", "du-lieu", ":material/database:"),
    ),
}

lang = filters.language()
st.set_page_config(page_title=say("dashboard.title", lang), page_icon=str(ICON), layout="wide")
chosen = st.navigation(
    {
        say(f"dashboard.menu.{menu}", lang) if menu else "": [
            st.Page(
                f"{name}/page.py",
                title=say(f"dashboard.nav.{name}", lang),
                icon=icon,
                url_path=path,
                default=name == PAGES[""][0][0],
            )
            for name, path, icon in pages
        ]
        for menu, pages in PAGES.items()
    },
    position="top",
)
try:
    chosen.run()
except (Problem, OSError, MemoryError, duckdb.Error) as problem:
    page.tell(of_machine(problem))
page.end()
