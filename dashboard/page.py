"""How every page begins: the question it answers, which figures it shows and how fresh they are, one line of filters.

here = page.start("overview.question")
with here.filters:
    group = filters.group(here, here.lang, here.period)
panel.show(here, "rates", here.say("overview.rates"), figure, table, columns=…)
"""

from dataclasses import dataclass

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
    organisation: Organisation = comparisons.THEN  # whose rows lie behind a figure of an earlier year

    def say(self, key: str, **params: object) -> str:
        """A sentence in the reader's language."""
        return say(key, self.lang, **params)

    def marked(self, key: str, **params: object) -> Markdown:
        """The same for a place that reads Markdown: what is put in is shown letter by letter."""
        return marked(key, self.lang, **params)


def heading(question: str) -> str:
    """Title (key of a sentence) and language switch; the language. For a page that needs no figures."""
    lang = filters.language()
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="heading"):
        st.title(say(question, lang), anchor=False, width="stretch")
        filters.language_switch()
    return lang


def start(question: str) -> Page:
    """Title, line of freshness, period filter. `NoCurrentBuild` when there are no figures yet: the app says what to do."""
    lang = heading(question)
    looking = Figures(frames.current(), sees_all())
    freshness = st.container(key="freshness")
    line = st.container(horizontal=True, vertical_alignment="bottom", key="filters")
    with line:
        period = filters.period(looking, lang)
    if not period:  # built before anything was received
        raise NoCurrentBuild()
    with freshness:
        markdown: Markdown = _freshness(looking, period, lang)
        st.caption(markdown)
    look = Look(lang, dark=st.context.theme.type == "dark")
    return Page(lang, look, looking.version, looking.viewer, period, line)


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


def _freshness(looking: Figures, period: str, lang: str) -> Markdown:
    fresh = frames.ask(looking, queries.freshness)
    counted = frames.ask(looking, queries.periods).set_index("period").loc[period]
    told = marked(
        "dashboard.freshness",
        lang,
        period=period_name(period, lang),
        received=counted["received_count"],
        obliged=counted["obliged_count"],
        upto=texts.instant(fresh.as_of or fresh.built_at, lang),
        version=fresh.version,
    )
    synthetic = say("dashboard.synthetic", lang)
    return Markdown(f"{told} · :orange-badge[:material/science: {synthetic}]") if fresh.synthetic else told
