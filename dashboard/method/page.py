"""How each signal works, what it cannot say, and how often it is right where the truth is known."""

import streamlit as st

from dashboard import method_words
from dashboard.shell import listing, page
from dashboard.shell.markup import plain

lang = page.heading("method.title")
st.markdown(method_words.say_all("method.intro", lang))
with st.container(border=True, key="method-measured"):
    st.header(method_words.say_all("method.measured", lang), anchor=False)
    st.caption(plain(method_words.measured_caption(lang)))
    st.html(listing.table(method_words.measured(lang), method_words.measured_columns(lang), lang))
for name in method_words.SIGNALS:
    with st.container(border=True, key=f"method-{name}"):
        st.header(plain(method_words.title(name, lang)), anchor=False)
        st.html(listing.facts(method_words.facts(name, lang)))
with st.container(border=True, key="method-levels"):
    st.header(method_words.say_all("method.levels.title", lang), anchor=False)
    st.markdown(method_words.say_all("method.levels", lang))
