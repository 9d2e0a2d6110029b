"""A table in which a row is picked: what it stands for becomes the choice of a filter, and so part of the URL."""

import pandas as pd
import streamlit as st

from dashboard.columns import Columns, config, shown
from dashboard.page import Page


def table(here: Page, key: str, rows: pd.DataFrame, columns: Columns, choice: str) -> None:
    """The rows; picking one sets the filter `choice` to its `unit_code`."""
    codes = rows["unit_code"].tolist()

    def keep() -> None:
        for row in st.session_state[key].selection.rows:
            st.session_state[choice] = codes[row]

    st.dataframe(
        shown(rows, columns, here.lang),
        column_config=config(columns),
        hide_index=True,
        key=key,
        on_select=keep,
        selection_mode="single-row",
        alt=here.say("council.list"),
    )
