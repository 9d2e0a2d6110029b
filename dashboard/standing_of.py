"""What is said of one unit on two pages: its signals in sentences, the facts beside them."""

import streamlit as st

from dashboard import council_frames, council_words, frames, listing
from dashboard.page import Page


def show(here: Page, unit: str, year: str) -> None:
    """The signals up to the end of a year, then what rules say of that year, confirmed facts first."""
    told = frames.ask(here, council_frames.signals_of, unit, here.lang)
    st.html(listing.table(told, council_words.signal_columns(here.lang), here.lang, told["standing"]))
    st.caption(here.say("council.unit.caption"))
    st.subheader(here.say("council.facts", year=year), anchor=False)
    facts = frames.ask(here, council_frames.facts_of, unit, year, here.lang)
    if facts.empty:
        st.caption(here.say("council.facts.none"))
        return
    st.html(listing.table(facts, council_words.fact_columns(here.lang), here.lang, facts["standing"]))
    if len(facts) > listing.MOST:
        st.caption(here.say("council.facts.more", count=len(facts) - listing.MOST))
