"""Draws the findings of a workbook: one expander for each sheet, errors first, whole sentences."""

from collections.abc import Iterable, Mapping

import streamlit as st

from dashboard.shell import findings, listing
from dashboard.shell.markup import marked, plain
from pipelines.contract.checks import Finding
from pipelines.texts import number, say

_COLOURS = {"errors": "red", "warnings": "orange", "notes": "gray"}


def show(found: Iterable[Finding], lang: str, open_first: bool = False) -> None:
    """One expander for each sheet; `open_first` opens the first."""
    shape = findings.columns(lang)
    for place, group in enumerate(findings.by_sheet(found)):
        title = plain(group.sheet) or say("submit.whole_file", lang)
        with st.expander(
            f"**{title}** {badges(group.counts, _COLOURS, 'submit.badge', lang)}", expanded=open_first and place == 0
        ):
            told = findings.table(group.found, lang)
            rows(listing.table(told, shape, lang, findings.marks(group.found)), len(told), lang)


def badges(counts: Mapping[str, int], colours: Mapping[str, str], key: str, lang: str) -> str:
    """The number of each kind as Markdown badges; `key` is the beginning of the keys of their texts."""
    return " ".join(
        f":{colours[kind]}-badge[{say(f'{key}.{kind}', lang, count=number(count, lang))}]"
        for kind, count in counts.items()
        if count
    )


def rows(body: str, count: int, lang: str) -> None:
    """A table made by `listing.table`, and a note on how many rows it leaves out."""
    st.html(body)
    if count > listing.MOST:
        st.caption(marked("submit.more", lang, count=number(count - listing.MOST, lang)))
