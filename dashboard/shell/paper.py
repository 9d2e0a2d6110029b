"""What a printed page has and the screen does not: the imprint, and lists as HTML tables.

On the screen a table is a canvas; a print of it has only the rows in view.
"""

from html import escape

import pandas as pd
import streamlit as st

from dashboard.shell import listing
from dashboard.shell.columns import Columns
from dashboard.shell.imprint import Imprint
from dashboard.shell.markup import marked
from pipelines.texts import day_in_words, number, say


def table(key: str, rows: pd.DataFrame, columns: Columns, lang: str) -> None:
    """The first rows and the number of all rows, visible on paper only (style.css)."""
    with st.container(key=f"paper-{key}"):
        st.html(listing.table(rows, columns, lang))
        if len(rows) > listing.MOST:
            shown, every = number(listing.MOST, lang), number(len(rows), lang)
            st.caption(marked("dashboard.paper.more", lang, shown=shown, every=every))


def head(imprint: Imprint) -> str:
    """The head of the first sheet: agency and day, then period, scope, figures and how to read them."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in imprint.lines())
    day = escape(day_in_words(imprint.on, imprint.lang))
    return (
        f'<div class="imprint"><div class="whose"><b>{escape(imprint.agency)}</b><span>{day}</span></div>{lines}</div>'
    )


def foot(imprint: Imprint) -> str:
    """The foot of the last sheet: room for two signatures."""
    signers = "".join(
        f"<div><b>{escape(say(f'imprint.{who}', imprint.lang))}</b>"
        f"<i>{escape(say('imprint.sign', imprint.lang))}</i></div>"
        for who in ("made_by", "approved_by")
    )
    return f'<div class="imprint"><div class="signers">{signers}</div></div>'
