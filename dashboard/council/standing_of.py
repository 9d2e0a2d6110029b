"""What is said of one unit on two pages: its signals in sentences, one of them in full, the facts beside them."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.council import frames, wording
from dashboard.rules import source as rule_source
from dashboard.shell import asking, evidence, filters, listing
from dashboard.shell.page import Page
from pipelines.signals.shape import FEW_PEERS
from pipelines.warehouse.door import comparisons


def show(here: Page, unit: str, year: str) -> None:
    """The signals up to the end of a year, one of them down to its cells, then what rules say of that year."""
    told = asking.ask(here, frames.signals_of, unit, year, here.lang)
    with st.container(border=True, key="unit-signals"):
        here.part(here.marked("profile.signals", year=year))
        st.html(listing.table(told, wording.signal_columns(here.lang), here.lang, told["standing"]))
        if told["small_group"].any():
            st.caption(here.say(f"signal.reason.{FEW_PEERS}"))
        st.caption(here.marked("council.unit.caption", counted=wording.counted_signals(here.lang)))
        with st.expander(here.say("council.signal.open"), icon=":material/search:", key="unit-signal"):
            _signal(here, unit, told, year)
    with st.container(border=True, key="unit-facts"):
        _facts(here, unit, year)


def _signal(here: Page, unit: str, told: pd.DataFrame, year: str) -> None:
    """One signal in full: its figures, how it works, and the rows of all its years it was counted from."""
    rows = told.set_index("signal")
    names = rows["name"].to_dict()
    said = int(told["level"].ne("none").argmax())
    name = filters.one(here.say("council.column.signal"), list(names), names.__getitem__, "signal", said, role="leads")
    st.html(listing.facts(wording.signal_facts(name, rows.loc[name], here.lang)))
    found = asking.ask(here, comparisons.behind, name, unit, year)
    if len(found):
        title = here.say("council.signal.rows", name=names[name], years=frames.span_of(rows.loc[name]))
        evidence.listed(here, f"signal-{name}", f"{evidence.name_of(here, unit, year)}: {title}", found)


def _facts(here: Page, unit: str, year: str) -> None:
    here.part(here.marked("council.facts", year=year))
    facts = asking.ask(here, frames.facts_of, unit, year, here.lang)
    st.caption(here.say("council.facts.caption" if len(facts) else "council.facts.none"))
    if facts.empty:
        return
    st.html(listing.table(facts, wording.fact_columns(here.lang), here.lang, facts["standing"]))
    if len(facts) > listing.MOST:
        st.caption(here.marked("council.facts.more", count=len(facts) - listing.MOST))
    rule_source.choose(here, f"fact-{unit}-{year}", facts, [_sentence(row) for row in facts.itertuples()])


def _sentence(fact: Any) -> str:
    """What a fact says; of a proposal also of whom, and under which code."""
    whose = f" ({fact.who}, {fact.proposal_code})" if fact.proposal_code else ""
    return f"{fact.rule}: {fact.told}{whose}"
