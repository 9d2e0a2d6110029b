"""The one way to download a table: a button that makes the workbook, with its imprint, when it is pressed."""

import pandas as pd
import streamlit as st

from dashboard.shell import export
from dashboard.shell.columns import Columns
from dashboard.shell.imprint import Imprint
from pipelines.texts import say


def excel(
    imprint: Imprint,
    key: str,
    title: str,
    rows: pd.DataFrame,
    columns: Columns,
    caption: str = "",
    *,
    every: int | None = None,
    label: str = "",
) -> None:
    """The button that downloads all rows.

    `every` is the number of rows without filters; `label` is the key of another text for the button.
    """
    st.download_button(
        say(label or "dashboard.panel.excel", imprint.lang),
        lambda: export.workbook(imprint, title, rows, columns, caption, every),
        file_name=imprint.file_name(title, ".xlsx", len(rows), every),
        mime=export.MIME,
        key=f"{key}.excel",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
