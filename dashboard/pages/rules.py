"""Which rules are in force, on what basis, and how far are they met?"""

from typing import Any

import streamlit as st

from dashboard import columns, evidence, export, filters, frames, listing, page, panel, paper, rule_frames, rule_words
from pipelines.texts import period_name

here = page.start("rules.question")
lang = here.lang
name_of_period = period_name(here.period, lang)
with here.filters:
    on = filters.day(here.say("rules.filter.on"), rule_frames.last_day(here.period), f"on-{here.period}")
    status = filters.choice(
        here.say("rules.filter.status"), ["", *rule_words.LEGAL], lambda one: rule_words.legal(one, lang), "rule_status"
    )


def cases(rule: Any) -> None:
    """What is short of one rule in the period, or unknown, each with the row of its workbook."""
    found = frames.ask(here, rule_frames.cases, here.period, rule["rule_id"], lang)
    shape = rule_words.result_columns(lang)
    title = here.say("rules.results", name=rule["name"], period=name_of_period)
    with st.container(border=True, key="panel-rules-cases"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(title, anchor=False, width="stretch")
            st.download_button(
                here.say("dashboard.panel.excel"), lambda: export.workbook(title, found, shape, panel.notes(here)),
                file_name=f"{rule['rule_id'].lower()}-{here.period}.xlsx", mime=export.MIME, key="rules.cases.excel",
                icon=":material/download:", type="tertiary", on_click="ignore",
            )  # fmt: skip
        if not rule["is_fact"]:
            st.info(here.say("rules.results.reference"), icon=":material/info:")
        if found.empty:
            st.caption(here.say("rules.results.empty"))
            return
        st.caption(here.say("rules.results.caption"))
        state = st.dataframe(
            columns.shown(found, shape, lang), column_config=columns.config(shape), hide_index=True,
            height=min(38 * (len(found) + 1), 330), key="rules.cases", on_select="rerun", selection_mode="single-row", alt=title,
        )  # fmt: skip
        paper.table("rules-cases", found, shape, lang)
        for row in state["selection"]["rows"][:1]:
            if row < len(found):
                evidence.source(here, found.iloc[row])
                if isinstance(found.iloc[row]["proposal_code"], str):  # a unit is judged by no condition
                    grounds(found.iloc[row])


def grounds(case: Any) -> None:
    """What a condition was counted from, year by year."""
    told = frames.ask(here, rule_frames.grounds, case["rule_id"], case["unit_code"], here.period, case["proposal_code"])
    if not told.empty:
        st.caption(here.say("rules.grounds"))
        st.html(listing.table(told, rule_words.ground_columns(lang), lang))


listed = frames.ask(here, rule_frames.in_force, on, status, here.period, lang)
shape = rule_words.list_columns(lang)
with st.container(border=True, key="panel-rules-list"):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(here.say("rules.list"), anchor=False, width="stretch")
        st.download_button(
            here.say("dashboard.panel.excel"),
            lambda: export.workbook(here.say("rules.list"), listed, shape, panel.notes(here)),
            file_name=f"bang-quy-dinh-{on:%Y-%m-%d}.xlsx", mime=export.MIME, key="rules.excel", icon=":material/download:",
            type="tertiary", on_click="ignore",
        )  # fmt: skip
    if listed.empty:
        st.info(here.say("rules.list.empty"), icon=":material/info:")
        st.stop()
    st.caption(here.say("rules.list.caption", period=name_of_period))
    state = st.dataframe(
        columns.shown(listed, shape, lang), column_config=columns.config(shape), hide_index=True, height=430,
        key="rules.rows", on_select="rerun", selection_mode="single-row", alt=here.say("rules.list"),
    )  # fmt: skip
    paper.table("rules", listed, shape, lang)
for row in state["selection"]["rows"][:1]:
    if row < len(listed):
        cases(listed.iloc[row])
