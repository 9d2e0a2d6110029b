"""The link to a page that a reader passes on: with a description of the page and the version of its figures."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.shell.imprint import Imprint
from dashboard.shell.markup import marked
from pipelines.texts import say

VERSION = "version"  # in a link: the version of the figures that its sender saw


def offer(title: str, imprint: Imprint, version: str) -> None:
    """A small window with the link and its description, to be copied together."""
    lang = imprint.lang
    how = say("imprint.link.how", lang)
    with st.popover(say("imprint.link", lang), icon=":material/link:", type="tertiary", help=how):
        lines = [imprint.agency, title, *imprint.lines(), _address(version)]
        st.code("\n".join(lines), language=None, wrap_lines=True)


def of_other_version(lang: str, version: str) -> None:
    """A message if the link was made with other figures than those shown now."""
    made_with = st.query_params.get(VERSION, version)
    if made_with != version:
        st.info(marked("imprint.link.other", lang, then=made_with, now=version), icon=":material/history:")


def _address(version: str) -> str:
    chosen = {**st.query_params.to_dict(), **({VERSION: version} if version else {})}
    place = (st.context.url or "").partition("?")[0]
    return f"{place}?{urlencode(chosen)}" if chosen else place
