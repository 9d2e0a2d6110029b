"""How every page begins: what it is about, which figures it shows and how fresh they are, one line of filters.
And how it ends: with what paper and a link to it must say (imprint.py).

here = page.start("awards.title")
with here.filters:
    group = filters.group(here, here.lang, here.period)
panel.show(here, "rates", here.say("overview.rates"), figure, table, columns=…)
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import streamlit as st

from dashboard.charts.figure import Look
from dashboard.shell import asking, filters, linked, paper
from dashboard.shell.asking import Figures
from dashboard.shell.imprint import Imprint, agency
from dashboard.shell.markup import Markdown, marked, plain
from dashboard.streamlit_inside.kinds import DeltaGenerator
from pipelines import settings, texts
from pipelines.access import sees_all
from pipelines.places import COMMAND
from pipelines.problems import NoCurrentBuild, Problem
from pipelines.texts import period_name, say, say_problem
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import Organisation
from pipelines.warehouse.viewer import Viewer

_OPENED: Final = "page.opened"  # the question of the page that is being drawn, and where its paper head and its link go
_CAVEAT: Final = "imprint.caveat"


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
    caveat: str = _CAVEAT  # key of how to read what leaves the page; "" where nobody is judged
    stamp: Imprint | None = None  # what was chosen when a part was drawn that reruns alone

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
    _entitle(_headline(lang), say(title, lang))
    return lang


def start(title: str, finding: bool = False, sections: bool = False, caveat: str = _CAVEAT) -> Page:
    """Title (key of a text), line of freshness, period filter.

    `finding`: the page says itself what it found, by `entitle`; its title stands only while there is nothing to find.
    `sections`: parts of the page lie in sections (`Page.section`). `caveat`: key of how to read what leaves the page.
    `NoCurrentBuild` when there are no figures yet: the app says what to do.
    """
    lang = filters.language()
    headline = _headline(lang)
    if not finding:
        _entitle(headline, say(title, lang))
    try:
        looking = Figures(asking.current(), sees_all())
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
    here = Page(lang, look, looking.version, looking.viewer, period, line, headline, sections, caveat=caveat)
    with freshness:
        linked.of_other_version(lang, here.version.name)
    st.session_state[_OPENED]["here"] = here
    return here


def _headline(lang: str) -> DeltaGenerator:
    """The place of the title, the link and the language switch beside it; on paper a head above it."""
    filters.begin()
    head = st.container(key="paper-head")
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="heading"):
        place = st.container(width="stretch").empty()
        link = st.container(width="content")
        filters.language_switch()
    st.session_state[_OPENED] = {"lang": lang, "head": head, "link": link, "title": ""}
    return place


def _entitle(headline: DeltaGenerator, title: str) -> None:
    headline.title(plain(title), anchor=False)
    st.session_state.setdefault(_OPENED, {})["title"] = title


def stop() -> None:
    """End a page early: nothing can be drawn once Streamlit has been told to stop."""
    end()
    st.stop()


def end() -> None:
    """What a page says on paper and in a link to it: whatever was chosen until now."""
    opened: dict[str, Any] = st.session_state.pop(_OPENED, {})
    if "lang" not in opened:
        return
    lang, here = opened["lang"], opened.get("here")
    stamp = imprint(here) if here else imprint_without_figures(lang)
    with opened["head"]:
        st.html(paper.head(stamp))
    with st.container(key="paper-foot"):
        st.html(paper.foot(stamp))
    with opened["link"]:
        linked.offer(opened["title"], stamp, here.version.name if here else "")


def imprint(here: Page, only: Collection[str] | None = None) -> Imprint:
    """What goes with everything taken from this page as it is now, or with a part that `only` these choices concern."""
    if here.stamp:
        return here.stamp
    told, leaves_out = filters.told(only)
    bare = imprint_without_figures(here.lang, period_name(here.period, here.lang))
    caveat = here.say(here.caveat) if here.caveat else ""
    return replace(bare, filters=told, is_filtered=leaves_out, source=version_line(here), caveat=caveat)


def imprint_without_figures(lang: str, period: str = "") -> Imprint:
    """The same for what shows no figures."""
    return Imprint(lang, agency(lang), asking.today(), period)


def stamped(here: Page) -> Page:
    """The page for a part that reruns alone: what is chosen further down does not concern it."""
    return replace(here, stamp=imprint(here))


def of(here: Page, *choices: str) -> Page:
    """The page for a part that these choices alone decide, by their names in the URL: its files and sheets name no others."""
    return replace(here, stamp=imprint(here, choices))


def link(lang: str, period: str, name: str, label: str, icon: str = "", **chosen: str) -> None:
    """The way to another page for a period; `chosen`: what it opens with, by the names in the URL."""
    carried = {"period": period, **({"lang": lang} if lang != settings.LANGUAGES[0] else {}), **chosen}
    side: Literal["left", "right"] = "left" if icon else "right"
    shown = icon or ":material/arrow_forward:"
    st.page_link(f"{name}/page.py", label=plain(label), icon=shown, icon_position=side, query_params=carried)


def tell(problem: Problem) -> None:
    """The sentence of a problem, and what to do about it."""
    lang = filters.language()
    if isinstance(problem, NoCurrentBuild):
        st.info(
            marked("dashboard.empty.body", lang, command=COMMAND),
            title=say("dashboard.empty.title", lang),
            icon=":material/inbox:",
        )
        st.page_link("submit/page.py", label=say("dashboard.empty.submit", lang), icon=":material/upload_file:")
        return
    st.error(plain(say_problem(problem.code, problem.facts, lang)), icon=":material/error:")


def version_line(here: Page) -> str:
    """Which figures these are: for captions and downloads."""
    fresh = asking.ask(here, queries.freshness)
    line = here.say("dashboard.source", upto=texts.day(fresh.known_on, here.lang), version=fresh.version)
    return f"{line} · {here.say('dashboard.synthetic')}" if fresh.synthetic else line


def _freshness(looking: Figures, period: str, lang: str) -> None:
    """How many reports, up to when; the name of the version, which only machines read, where one points, and on paper."""
    fresh = asking.ask(looking, queries.freshness)
    counted = asking.ask(looking, queries.periods).set_index("period").loc[period]
    told: Markdown = marked(
        "dashboard.freshness",
        lang,
        period=period_name(period, lang),
        received=counted["received_count"],
        obliged=counted["obliged_count"],
        upto=texts.day(fresh.known_on, lang),
    )
    invented = say("dashboard.synthetic", lang)
    if settings.home().unfinished_demo.exists():
        invented += ": " + say("dashboard.synthetic.more", lang)
    line: Markdown = Markdown(f"{told} · :orange-badge[:material/science: {invented}]") if fresh.synthetic else told
    version: Markdown = marked("dashboard.version", lang, version=fresh.version)
    st.caption(line, help=version, width="content")
    with st.container(key="paper-version"):
        st.caption(version)
