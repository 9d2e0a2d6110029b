"""The short list of what to look at, each line with the way to the page that shows it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.overview.worth_a_look import Behind, Sight
from dashboard.shell import asking, evidence
from dashboard.shell.markup import plain
from dashboard.shell.page import Page, link, stamped
from pipelines.warehouse.door import comparisons

_ICON = {
    "overdue": ":red[:material/schedule:]",
    "unfinished": ":blue[:material/hourglass_top:]",
    "unusual": ":blue[:material/query_stats:]",
    "changed": ":blue[:material/trending_up:]",
    "uniform": ":blue[:material/density_small:]",
    "leaders": ":blue[:material/groups:]",
    "without": ":blue[:material/lightbulb:]",
}


def show(here: Page, sights: Sequence[Sight], figures: Sequence[Behind]) -> None:
    """Draw the list, and the way to the rows of the key figures and of its own; when nothing stands out it says so."""
    with st.container(border=True, key="sights", height="stretch", gap="small"):
        here.part(plain(here.say("overview.sights")))
        if not sights:
            st.info(here.say("overview.sights.none"), icon=":material/check_circle:")
        for sight in sights:
            _line(here, sight)
        st.caption(here.say("overview.sights.reading"))
        behind = list(
            {one.point: one for one in (*figures, *(one for sight in sights for one in sight.behind))}.values()
        )
        if behind:
            with st.expander(here.say("overview.behind"), icon=":material/search:", key="sights-behind"):
                _behind(stamped(here), behind)


@st.fragment
def _behind(here: Page, behind: Sequence[Behind]) -> None:
    """The rows and cells of one figure."""
    names = [one.label for one in behind]
    place = st.selectbox(
        here.say("overview.behind.figure"),
        range(len(behind)),
        format_func=names.__getitem__,
        key=f"sights.behind.{here.period}",
        filter_mode="contains",
    )
    one = behind[place]
    if one.units:
        found = asking.ask(here, comparisons.units_with_exemplar, one.point[2], one.units)
        evidence.listed(here, "sights", one.label, found)
    else:
        evidence.show(here, "sights", one.point)


def _line(here: Page, sight: Sight) -> None:
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        st.markdown(f"{_ICON[sight.kind]} {sight.markdown}", width="stretch")
        if sight.page:
            label = here.say(f"dashboard.nav.{sight.page}")
            link(here.lang, here.period, sight.page, label, **sight.chosen)
