"""Which rules are in force, on what basis, and how far are they met?"""

from typing import Any

import streamlit as st

from dashboard.rules import frames, source, wording
from dashboard.shell import asking, evidence, filters, listing, page, picking
from pipelines.texts import day, period_name

here = page.start("rules.title")
lang = here.lang
name_of_period = period_name(here.period, lang)
with here.filters:
    on = filters.day(here.say("rules.filter.on"), frames.last_day(here.period), f"on-{here.period}")
    status = filters.choice(
        here.say("rules.filter.status"), ["", *wording.LEGAL], lambda one: wording.legal(one, lang), "rule_status"
    )


def cases(rule: Any) -> None:
    """One rule in full, and what is short of it in the period, or unknown, each with the row of its workbook."""
    found = asking.ask(here, frames.cases, here.period, rule["rule_id"], lang)
    shape, of_rule = wording.result_columns(lang), page.of(here)
    title = here.say("rules.results", name=rule["name"], period=name_of_period)
    with st.container(border=True, key="panel-rules-cases"):
        picking.head(of_rule, "rules-cases", title, found, shape)
        st.html(listing.facts(wording.about(rule, lang)))
        if not rule["is_fact"]:
            st.info(here.say("rules.results.reference"), icon=":material/info:")
        if found.empty:
            st.caption(here.say("rules.results.empty"))
            return
        st.caption(here.say("rules.results.caption"))
        case = picking.table(of_rule, "rules-cases", title, found, shape, height=330)
        if case is None:
            return
        evidence.source(here, case)
        source.show(here, "rules-figure", case)
        if isinstance(case["proposal_code"], str):  # a unit is judged by no condition
            grounds(case)


def grounds(case: Any) -> None:
    """What a condition was counted from, year by year."""
    told = asking.ask(here, frames.grounds, case["rule_id"], case["unit_code"], here.period, case["proposal_code"])
    if not told.empty:
        st.caption(here.say("rules.grounds"))
        st.html(listing.table(told, wording.ground_columns(lang), lang))


listed = asking.ask(here, frames.in_force, on, status, here.period, lang)
shape, title = wording.list_columns(lang), here.say("rules.list", count=len(listed), day=day(on, lang))
with st.container(border=True, key="panel-rules-list"):
    every = len(asking.ask(here, frames.in_force, on, "", here.period, lang))
    picking.head(here, "rules-rows", title, listed, shape, here.say("rules.list.caption", period=name_of_period), every)
    if listed.empty:
        st.info(here.say("rules.list.empty"), icon=":material/info:")
        page.stop()
    rule = picking.table(here, "rules-rows", title, listed, shape, height=600)
if rule is not None:
    cases(rule)
