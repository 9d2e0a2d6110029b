"""How every page begins: what it is about, which figures it shows and how fresh they are, one line of filters.

here = page.start("awards.title")
with here.filters:
    group = filters.group(here, here.lang, here.period)
panel.show(here, "rates", here.say("overview.rates"), figure, table, columns=…)
"""

from dataclasses import dataclass
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import filters, frames
from dashboard.charts.figure import Look
from dashboard.frames import Figures
from dashboard.markup import Markdown, marked, plain
from pipelines import texts
from pipelines.problems import NoCurrentBuild, Problem
from pipelines.texts import period_name, say, say_problem
from pipelines.warehouse import comparisons, queries
from pipelines.warehouse.comparisons import Organisation
from pipelines.warehouse.connection import Version
from pipelines.warehouse.viewer import Viewer, sees_all


@dataclass(frozen=True)
class Page:
    """What a page and its panels need to know: language, ground, open version, who looks, the period, where filters go."""

    lang: str
    look: Look  # language and ground for the charts
    version: Version
    viewer: Viewer
    period: str
    filters: DeltaGenerator  # `with here.filters:` puts a widget on the filter line
    headline: DeltaGenerator  # where the title stands
    sections: bool = False  # the page has sections with headings of their own, its parts lie in them
    organisation: Organisation = comparisons.THEN  # whose rows lie behind a figure of an earlier year

    def say(self, key: str, **params: object) -> str:
        """A sentence in the reader's language."""
        return say(key, self.lang, **params)

    def section(self, key: str, title: Markdown) -> None:
        """Heading of a section: what its parts have in common."""
        with st.container(key=f"section-{key}"):
            st.header(title, anchor=False)

    def part(self, title: Markdown, width: Literal["content", "stretch"] = "content") -> None:
        """Heading of a part of the page, one level below the page's title or that of its section: no level is left out."""
        if self.sections:
            st.subheader(title, anchor=False, width=width)
        else:
            st.header(title, anchor=False, width=width)

    def entitle(self, title: str) -> None:
        """Give the page a title that says what it found."""
        _entitle(self.headline, title)

    def marked(self, key: str, **params: object) -> Markdown:
        """The same for a place that reads Markdown: what is put in is shown letter by letter."""
        return marked(key, self.lang, **params)


def heading(title: str) -> str:
    """Title (key of a text) and language switch; the language. For a page that needs no figures."""
    lang = filters.language()
    _entitle(_headline(), say(title, lang))
    return lang


def start(title: str, finding: bool = False, sections: bool = False) -> Page:
    """Title (key of a text), line of freshness, period filter.

    `finding`: the page says itself what it found, by `entitle`; its title stands only while there is nothing to find.
    `sections`: parts of the page lie in sections (`Page.section`). `NoCurrentBuild` when there are no figures yet: the app
    says what to do.
    """
    lang, headline = filters.language(), _headline()
    if not finding:
        _entitle(headline, say(title, lang))
    try:
        looking = Figures(frames.current(), sees_all())
        freshness = st.container(key="freshness")
        line = st.container(horizontal=True, vertical_alignment="bottom", key="filters")
        with line:
            period = filters.period(looking, lang)
        if not period:  # built before anything was received
            raise NoCurrentBuild()
    except Problem:
        _entitle(headline, say(title, lang))
        raise
    with freshness:
        _freshness(looking, period, lang)
    look = Look(lang, dark=st.context.theme.type == "dark")
    return Page(lang, look, looking.version, looking.viewer, period, line, headline, sections)


def _headline() -> DeltaGenerator:
    """The place of the title, the language switch beside it."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="heading"):
        place = st.container(width="stretch").empty()
        filters.language_switch()
    return place


def _entitle(headline: DeltaGenerator, title: str) -> None:
    headline.title(plain(title), anchor=False)


def tell(problem: Problem) -> None:
    """The sentence of a problem, and what to do about it."""
    lang = filters.language()
    if isinstance(problem, NoCurrentBuild):
        st.info(say("dashboard.empty.body", lang), title=say("dashboard.empty.title", lang), icon=":material/inbox:")
        st.page_link("pages/submit.py", label=say("dashboard.empty.submit", lang), icon=":material/upload_file:")
        return
    st.error(plain(say_problem(problem.code, problem.facts, lang)), icon=":material/error:")


def version_line(here: Page) -> str:
    """Which figures these are: for captions and downloads."""
    fresh = frames.ask(here, queries.freshness)
    upto = texts.instant(fresh.as_of or fresh.built_at, here.lang)
    line = here.say("dashboard.source", upto=upto, version=fresh.version)
    return f"{line} · {here.say('dashboard.synthetic')}" if fresh.synthetic else line


def _freshness(looking: Figures, period: str, lang: str) -> None:
    """How many reports, up to when; the name of the version, which only machines read, where one points, and on paper."""
    fresh = frames.ask(looking, queries.freshness)
    counted = frames.ask(looking, queries.periods).set_index("period").loc[period]
    told: Markdown = marked(
        "dashboard.freshness",
        lang,
        period=period_name(period, lang),
        received=counted["received_count"],
        obliged=counted["obliged_count"],
        upto=texts.instant(fresh.as_of or fresh.built_at, lang),
    )
    invented = say("dashboard.synthetic", lang)
    line: Markdown = Markdown(f"{told} · :orange-badge[:material/science: {invented}]") if fresh.synthetic else told
    version: Markdown = marked("dashboard.version", lang, version=fresh.version)
    st.caption(line, help=version, width="content")
    with st.container(key="paper-version"):
        st.caption(version)
