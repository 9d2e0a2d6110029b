"""The short list of what to look at, each line with the way to the page that shows it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.page import Page
from dashboard.worth_a_look import Sight

_ICON = {
    "overdue": ":red[:material/schedule:]",
    "unfinished": ":blue[:material/hourglass_top:]",
    "unusual": ":blue[:material/query_stats:]",
    "changed": ":blue[:material/trending_up:]",
    "uniform": ":blue[:material/density_small:]",
    "leaders": ":blue[:material/groups:]",
    "without": ":blue[:material/lightbulb:]",
}


def show(here: Page, sights: Sequence[Sight]) -> None:
    """Draw the list; when nothing stands out it says so."""
    with st.container(border=True, key="sights", height="stretch", gap="small"):
        st.subheader(here.say("overview.sights"), anchor=False)
        if not sights:
            st.info(here.say("overview.sights.none"), icon=":material/check_circle:")
        for sight in sights:
            _line(here, sight)
        st.caption(here.say("overview.sights.reading"))


def _line(here: Page, sight: Sight) -> None:
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        st.markdown(f"{_ICON[sight.kind]} {sight.text}", width="stretch")
        if sight.page:
            label = here.say(f"dashboard.nav.{sight.page}")
            st.page_link(f"pages/{sight.page}.py", label=label, icon=":material/arrow_forward:", icon_position="right")
