"""From what a rule says of a unit or proposal to the rows of its figure, one name at a time."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.shell import asking, evidence
from dashboard.shell.page import Page
from pipelines.warehouse.door import queries


def show(here: Page, key: str, judged: pd.Series) -> None:
    """The rows one figure was counted from, with what they add up to; nothing where the figure is unknown."""
    if pd.isna(judged["value"]):
        return
    found = asking.ask(here, queries.rule_cells, judged)
    if len(found):
        title = here.say("rules.source", rule=judged["rule_name" if here.lang == "vi" else "rule_english"])
        who = evidence.name_of(here, judged["unit_code"], judged["period"])
        evidence.listed(here, key, f"{who}: {title}", found)
    else:
        hidden = judged["kind"] == "barred" and judged["value"] > 0
        st.caption(here.say(f"rules.source.{'hidden' if hidden else 'none'}"))


def choose(here: Page, key: str, rows: pd.DataFrame, told: Sequence[str]) -> None:
    """One row of several, picked by what it says, and the rows of its figure. `key` changes with the rows."""
    with st.expander(here.say("rules.source.open"), icon=":material/search:", key=f"{key}-open"):
        place = st.selectbox(  # its options are no Markdown
            here.say("rules.source.which"),
            range(len(told)),
            format_func=told.__getitem__,
            key=f"{key}.which",
            filter_mode="contains",
        )
        show(here, f"{key}.{place}", rows.iloc[place])
