"""The one way a table leaves a page: a button that makes a workbook when it is pressed, with what must go with it."""

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
    """The download of all rows. `every`: how many there would be if nothing was left out; `label`: key of another sentence."""
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
