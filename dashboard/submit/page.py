"""Hand in a report: get the template, send the workbook, mend, see what changes, confirm, keep the receipt."""

import streamlit as st

from dashboard.shell import filters, page
from dashboard.submit import handing_in, submitting, templates
from pipelines.texts import period_name, say

lang = page.heading("submit.title")
st.caption(say("submit.how", lang))
way = st.container(key="steps")
submitting.clock(lang)

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    period = filters.one(
        say("dashboard.filter.period", lang),
        templates.periods(),
        lambda code: period_name(code, lang),
        "template_period",
    )
    offered = templates.reporters(period)
    words = filters.search(lang, "template_q")
    found = [code for code, reporter in offered.items() if filters.matches(reporter.name, words)]
    names = {"": say("submit.reporter.none", lang)} | {code: reporter.name for code, reporter in offered.items()}
    chosen = offered.get(
        filters.one(say("submit.reporter", lang), ["", *found], names.__getitem__, "template_reporter", role="leads")
    )

with st.grid(2, min_column_width=320, key="ways"):
    submitting.get_template(chosen, period, lang)
    case = handing_in.current(submitting.send(lang))
if case:
    with st.spinner(say("submit.checking", lang)):
        case.look()
submitting.steps(way, chosen, case, lang)
if case and case.receipt and case.checked.is_accepted:
    submitting.receipt(case, case.receipt, lang)
    if case.checked.findings:
        submitting.problems(case, chosen, period, lang)
elif case:
    submitting.problems(case, chosen, period, lang)
    if case.receipt:
        submitting.receipt(case, case.receipt, lang)
    elif case.checked.is_accepted:
        submitting.changes(case, lang)
        submitting.confirm(case, lang)
