"""The link to a page as it is handed on: with what it shows in words, and the version it was made with."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.shell.imprint import Imprint
from dashboard.shell.markup import marked
from pipelines.texts import say

VERSION = "version"  # in a link that was handed on: the figures its sender saw


def offer(title: str, imprint: Imprint, version: str) -> None:
    """A small window with the link and its words, to be copied as one."""
    lang = imprint.lang
    how = say("imprint.link.how", lang)
    with st.popover(say("imprint.link", lang), icon=":material/link:", type="tertiary", help=how):
        lines = [imprint.agency, title, *imprint.lines(), _address(version)]
        st.code("\n".join(lines), language=None, wrap_lines=True)


def of_other_version(lang: str, version: str) -> None:
    """Says so when a link was made with other figures than those shown now."""
    made_with = st.query_params.get(VERSION, version)
    if made_with != version:
        st.info(marked("imprint.link.other", lang, then=made_with, now=version), icon=":material/history:")


def _address(version: str) -> str:
    chosen = {**st.query_params.to_dict(), **({VERSION: version} if version else {})}
    place = (st.context.url or "").partition("?")[0]
    return f"{place}?{urlencode(chosen)}" if chosen else place
