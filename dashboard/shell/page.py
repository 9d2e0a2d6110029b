"""The beginning and the end of every page.

A page begins with its title, the source and age of its figures, and one line of filters. It ends with the imprint for
the printed page and for links (imprint.py).

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

_OPENED: Final = "page.opened"  # title of the page that is drawn now, places of its printed head and its link
_CAVEAT: Final = "imprint.caveat"


@dataclass(frozen=True)
class Page:
    """What a page and its panels share: language, colours, version, viewer, period, the place of the filters."""

    lang: str
    look: Look  # language and colours of the charts
    version: Version
    viewer: Viewer
    period: str
    filters: DeltaGenerator  # `with here.filters:` puts a widget on the filter line
    headline: DeltaGenerator  # the place of the title
    sections: bool = False  # whether the parts of the page lie in sections with headings of their own
    organisation: Organisation = comparisons.THEN  # whose rows are the evidence for a figure of an earlier year
    caveat: str = _CAVEAT  # key of the advice on reading in files and prints; "" if nobody is judged
    stamp: Imprint | None = None  # the choices at the time a part was drawn that reruns alone

    def say(self, key: str, **params: object) -> str:
        """A sentence in the reader's language."""
        return say(key, self.lang, **params)

    def section(self, key: str, title: Markdown) -> None:
        """Heading of a section: the subject of its parts."""
        with st.container(key=f"section-{key}"):
            st.header(title, anchor=False)

    def part(self, title: Markdown, width: Literal["content", "stretch"] = "content") -> None:
        """Heading of a part of the page, one level below the heading of its section or page; no level is skipped."""
        if self.sections:
            st.subheader(title, anchor=False, width=width)
        else:
            st.header(title, anchor=False, width=width)

    def entitle(self, title: str) -> None:
        """Give the page a title that says what it found."""
        _entitle(self.headline, title)

    def marked(self, key: str, **params: object) -> Markdown:
        """A sentence for a place that reads Markdown; inserted values are shown letter by letter."""
        return marked(key, self.lang, **params)


def heading(title: str) -> str:
    """Draw title (key of a text) and language switch; returns the language. For a page without figures."""
    lang = filters.language()
    _entitle(_headline(lang), say(title, lang))
    return lang


def start(title: str, finding: bool = False, sections: bool = False, caveat: str = _CAVEAT) -> Page:
    """Draw title (key of a text), age of the figures and period filter.

    `finding`: the page replaces its title by what it found, with `entitle`. `sections`: its parts lie in sections
    (`Page.section`). `caveat`: key of the advice on reading in files and prints. Raises `NoCurrentBuild` before the
    first build; the app then says what to do.
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
        if not period:  # the version was built before any report was received
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
    """The place of the title, with link and language switch beside it and the printed head above it."""
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
    """End a page early, with its imprint: nothing can be drawn after `st.stop`."""
    end()
    st.stop()


def end() -> None:
    """Draw the imprint of the printed page and of its link: now all choices are known."""
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
    """The imprint of this page as it is now, or of a part that `only` these choices concern."""
    if here.stamp:
        return here.stamp
    told, leaves_out = filters.told(only)
    bare = imprint_without_figures(here.lang, period_name(here.period, here.lang))
    caveat = here.say(here.caveat) if here.caveat else ""
    return replace(bare, filters=told, is_filtered=leaves_out, source=version_line(here), caveat=caveat)


def imprint_without_figures(lang: str, period: str = "") -> Imprint:
    """The imprint of a page or file without figures."""
    return Imprint(lang, agency(lang), asking.today(), period)


def stamped(here: Page) -> Page:
    """The page for a part that reruns alone: later choices on the page do not change its imprint."""
    return replace(here, stamp=imprint(here))


def of(here: Page, *choices: str) -> Page:
    """The page for a part that depends on these choices alone (names in the URL): its imprint names no others."""
    return replace(here, stamp=imprint(here, choices))


def link(lang: str, period: str, name: str, label: str, icon: str = "", **chosen: str) -> None:
    """A link to another page for a period; `chosen`: its filters, by their names in the URL."""
    carried = {"period": period, **({"lang": lang} if lang != settings.LANGUAGES[0] else {}), **chosen}
    side: Literal["left", "right"] = "left" if icon else "right"
    shown = icon or ":material/arrow_forward:"
    st.page_link(f"{name}/page.py", label=plain(label), icon=shown, icon_position=side, query_params=carried)


def tell(problem: Problem) -> None:
    """Show the sentence of a problem, and what to do about it."""
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
    """The source of the figures, for captions and downloads."""
    fresh = asking.ask(here, queries.freshness)
    line = here.say("dashboard.source", upto=texts.day(fresh.known_on, here.lang), version=fresh.version)
    return f"{line} · {here.say('dashboard.synthetic')}" if fresh.synthetic else line


def _freshness(looking: Figures, period: str, lang: str) -> None:
    """Number of reports and their last day. The version, a name for machines, is in the tooltip and on paper only."""
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
