"""Hand in a report: get the template, send the workbook, mend, confirm, keep the receipt."""

import streamlit as st

from dashboard import export, filters, page, templates
from pipelines.texts import say

lang = page.heading("dashboard.submit.question")

st.header(say("dashboard.submit.get", lang), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = filters.one(
        say("dashboard.filter.period", lang),
        templates.periods(),
        lambda p: filters.period_name(p, lang),
        "template_period",
    )
    words = filters.search(lang, "template_q")
    offered = {c: r for c, r in templates.reporters(period).items() if filters.matches(r.name, words)}
    code = filters.one(
        say("dashboard.submit.reporter", lang), list(offered), lambda c: offered[c].name, "template_reporter"
    )
if code:
    st.download_button(
        say("dashboard.submit.template", lang, name=offered[code].name),
        lambda: templates.workbook(offered[code], period),
        file_name=f"{code}_{period}.xlsx",
        mime=export.MIME,
        icon=":material/download:",
        on_click="ignore",
    )
