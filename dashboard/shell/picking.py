"""Lists whose rows can be picked: heading, download, the table on the screen and on paper."""

from collections.abc import Callable
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard.shell import downloads, page, paper
from dashboard.shell.columns import Columns, config, shown
from dashboard.shell.markup import plain
from dashboard.shell.page import Page

_HEIGHT, _ROW = 430, 35  # pixels


def head(
    here: Page,
    key: str,
    title: str,
    rows: pd.DataFrame,
    columns: Columns,
    caption: str = "",
    every: int | None = None,
) -> None:
    """Title, download of all rows as Excel, caption. `every` is the number of rows without filters."""
    with st.container(horizontal=True, vertical_alignment="center"):
        here.part(plain(title), width="stretch")
        downloads.excel(page.imprint(here), key, title, rows, columns, caption, every=every)
    if caption:
        st.caption(plain(caption))


def table(
    here: Page,
    key: str,
    title: str,
    rows: pd.DataFrame,
    columns: Columns,
    *,
    height: int = _HEIGHT,
    on_select: Callable[[], None] | Literal["rerun", "ignore"] = "rerun",
    first: bool = False,
) -> Any:
    """Draw the rows; returns the picked row or None.

    `first`: the first row is picked until the reader picks another. With `on_select="ignore"` no row can be picked.
    """
    state: Any = st.dataframe(
        shown(rows, columns, here.lang),
        column_config=config(columns),
        hide_index=True,
        height=min(_ROW * (len(rows) + 1) + 3, height),
        key=key,
        on_select=on_select,  # type: ignore[arg-type]
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}} if first else None,
        alt=title,
    )
    paper.table(key, rows, columns, here.lang)
    if on_select == "ignore":
        return None
    return next((rows.iloc[row] for row in state["selection"]["rows"] if row < len(rows)), None)


def into(key: str, codes: list[str], choice: str) -> Callable[[], None]:
    """A callback that sets a filter to the code of the picked row; the URL then has it too."""

    def keep() -> None:
        for row in st.session_state[key].selection.rows:
            st.session_state[choice] = codes[row]

    return keep
