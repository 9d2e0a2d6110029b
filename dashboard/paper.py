"""Lists as they are printed: on the screen a table is a canvas, and paper would get no more than the rows in view."""

import pandas as pd
import streamlit as st

from dashboard import listing
from dashboard.columns import Columns
from dashboard.markup import marked
from pipelines.texts import number


def table(key: str, rows: pd.DataFrame, columns: Columns, lang: str) -> None:
    """The first rows, seen only on paper (style.css), and of how many they are the first."""
    with st.container(key=f"paper-{key}"):
        st.html(listing.table(rows, columns, lang))
        if len(rows) > listing.MOST:
            shown, every = number(listing.MOST, lang), number(len(rows), lang)
            st.caption(marked("dashboard.paper.more", lang, shown=shown, every=every))
