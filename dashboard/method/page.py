"""How each signal works, what it cannot say, and how often it is right where the truth is known."""

import streamlit as st

from dashboard.method import wording
from dashboard.shell import listing, page
from dashboard.shell.markup import plain

lang = page.heading("method.title")
st.markdown(wording.say_all("method.intro", lang))
with st.container(border=True, key="method-measured"):
    st.header(wording.say_all("method.measured", lang), anchor=False)
    st.caption(plain(wording.measured_caption(lang)))
    st.html(listing.table(wording.measured(lang), wording.measured_columns(lang), lang))
for name in wording.SIGNALS:
    with st.container(border=True, key=f"method-{name}"):
        st.header(plain(wording.title(name, lang)), anchor=False)
        st.html(listing.facts(wording.facts(name, lang)))
with st.container(border=True, key="method-levels"):
    st.header(wording.say_all("method.levels.title", lang), anchor=False)
    st.markdown(wording.say_all("method.levels", lang))
