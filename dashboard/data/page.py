"""What do the figures mean, where do they come from, and how does one take them away?"""

from dataclasses import replace

import streamlit as st

from dashboard.data import frames, wording
from dashboard.shell import asking, columns, downloads, export, filters, listing, page
from dashboard.shell.markup import plain
from pipelines import settings
from pipelines.texts import period_name
from pipelines.warehouse.building import kept
from pipelines.warehouse.door import queries
from pipelines.warehouse.metrics import metric_hash, metrics

here = page.start("data.title", caveat="")
lang, period = here.lang, here.period
PARTS = ("definitions", "take", "versions")


def definitions() -> None:
    """One metric in words, the way of its figures, its SQL; below, all metrics."""
    names = asking.ask(here, queries.metrics)["metric"].tolist()
    with here.filters:
        name = filters.one(
            here.say("data.filter.metric"),
            names,
            lambda one: frames.metric_name(one, lang),
            "metric",
            role="leads",
        )
    with st.container(border=True, key="data-metric"):
        st.header(plain(frames.metric_name(name, lang)), anchor=False)
        st.markdown(here.say(f"dictionary.metric.{name}.means"))
        offered = asking.ask(here, queries.offered, period, filters.EVERYONE)
        kinds = offered.loc[
            (offered["metric"] == name) & (offered["breakdown"] != ""), "name" if lang == "vi" else "english"
        ]
        st.html(listing.facts(wording.facts(metrics()[name], kinds.tolist(), lang)))
    with st.container(border=True, key="data-way"):
        st.header(here.say("data.way"), anchor=False)
        st.caption(here.marked("data.way.reading", period=period_name(period, lang)))
        cells, volume = asking.ask(here, queries.cells, name), asking.ask(here, queries.volume, name, period)
        found = asking.ask(here, frames.example, name, period)
        st.html(listing.flow(wording.way(cells, volume, found, lang)))
    with st.container(border=True, key="data-sql"):
        st.header(here.say("data.sql"), anchor=False)
        st.caption(here.say("data.sql.reading"))
        if asking.ask(here, queries.statements) != metric_hash():
            st.info(here.say("data.sql.other"), icon=":material/history:")
        st.code(metrics()[name].sql, language="sql", height=330)
    with st.container(border=True, key="data-all"):
        st.header(here.say("data.all"), anchor=False)
        st.html(listing.table(wording.definitions(names, lang), wording.definition_columns(lang), lang))


def take() -> None:
    """A table or the values of metrics, as Excel or Parquet."""
    offered = asking.ask(here, frames.offered, lang)
    with here.filters:
        what = filters.one(here.say("data.filter.what"), list(offered), offered.__getitem__, "what", role="leads")
        spans = {"one": period_name(period, lang), "all": here.say("data.span.all")}
        span = filters.choice(here.say("data.filter.span"), list(spans), spans.__getitem__, "span", "leads")
        may = frames.is_table(what) and here.viewer.may_see_people
        names = may and st.toggle(here.say("data.filter.names"), key="data.names")
    with st.container(border=True, key="data-take"):
        st.header(plain(offered[what]), anchor=False)
        st.caption(here.say("data.take.names" if names else "data.take.pseudonyms"))
        first = asking.ask(here, frames.preview, what, period, names)
        if first.empty:
            st.info(here.say("data.take.empty"), icon=":material/info:")
            return
        _downloads(what, offered[what], period if span == "one" else None, spans[span], names)
        if frames.is_long(what) and span == "all":
            st.caption(here.say("data.take.long"))
        shape = frames.headings(first, what, lang)
        st.dataframe(
            columns.shown(frames.in_words(first, what, lang), shape, lang),
            column_config=columns.config(shape),
            hide_index=True,
            height=430,
            key="data.rows",
            alt=offered[what],
        )
        st.caption(here.marked("data.take.first", count=len(first)))


def _downloads(what: str, title: str, only: str | None, span: str, names: bool) -> None:
    """Made when asked for, not before."""
    stamp = replace(page.imprint(here), period=span)

    def excel() -> bytes:
        frame = frames.taken(here.version, here.viewer, what, only, names)
        told = frames.in_words(frame, what, lang)
        return export.workbook(stamp, title, told, frames.headings(frame, what, lang))

    def parquet() -> bytes:
        frame = frames.taken(here.version, here.viewer, what, only, names)
        return frames.parquet(frame, [title, stamp.agency, *stamp.lines(len(frame))])

    with st.container(horizontal=True):
        for label, make, ending, mime in (
            (here.say("data.take.excel"), excel, ".xlsx", export.MIME),
            (here.say("data.take.parquet"), parquet, ".parquet", "application/vnd.apache.parquet"),
        ):
            st.download_button(
                plain(label),
                make,
                file_name=stamp.file_name(title, ending),
                mime=mime,
                key=f"data{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def versions() -> None:
    """What is kept, what counts, what each was made from."""
    told = wording.versions(kept.kept(settings.home()), lang)
    shape = wording.version_columns(told, lang)
    with st.container(border=True, key="data-versions"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(here.say("data.versions"), anchor=False, width="stretch")
            downloads.excel(page.imprint(here), "data.versions", here.say("data.versions"), told, shape)
        st.caption(here.say("data.versions.reading"))
        st.html(listing.table(told, shape, lang, told["is_current"].map({True: "changed", False: ""})))


with here.filters:
    part = filters.choice(
        here.say("data.filter.part"), list(PARTS), lambda one: here.say(f"data.part.{one}"), "part", "leads"
    )
{"definitions": definitions, "take": take, "versions": versions}[part]()
