"""The exemplars themselves: which they are, how far they came, since when, and the row of the workbook
each stands in.
"""

import pandas as pd
import streamlit as st

from dashboard.exemplars import wording
from dashboard.shell import downloads, evidence, page, paper
from dashboard.shell.columns import config, shown
from dashboard.shell.markup import plain
from dashboard.shell.page import Page

_KEY = "exemplars-list"
_HEIGHT = 430


def show(here: Page, listed: pd.DataFrame, every: int) -> None:
    """Draw the list (`exemplar_frames.listed`) in the cell it belongs to; without filters there would be so many."""
    with st.container(border=True, key=f"panel-{_KEY}", height="stretch", gap="xsmall"):
        _list(page.stamped(here), listed, every)


@st.fragment
def _list(here: Page, listed: pd.DataFrame, every: int) -> None:
    title, columns = here.say("exemplars.list"), wording.list_columns(here.lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        here.part(plain(title), width="stretch")
        downloads.excel(
            page.imprint(here), _KEY, title, listed, columns, here.say("exemplars.list.caption"), every=every
        )
    if listed.empty:
        st.info(here.say("exemplars.list.empty"), icon=":material/info:")
        return
    st.caption(here.say("exemplars.list.caption"))
    state = st.dataframe(
        shown(listed, columns, here.lang),
        column_config=config(columns),
        hide_index=True,
        height=min(38 * (len(listed) + 1), _HEIGHT),
        key=f"{_KEY}.rows",
        on_select="rerun",
        selection_mode="single-row",
        alt=title,
    )
    paper.table(_KEY, listed, columns, here.lang)
    for row in state["selection"]["rows"][:1]:
        if row < len(listed):
            evidence.source(here, listed.iloc[row])
