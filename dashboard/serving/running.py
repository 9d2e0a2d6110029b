"""What exists once in each server: the desk and the publisher; their start before the first reader, and their end."""

import gc
import logging
from pathlib import Path

import streamlit as st

from dashboard.overview.frames import Overview
from dashboard.shell import asking, filters
from dashboard.shell.asking import Figures, Looking
from pipelines import settings
from pipelines.access import sees_all
from pipelines.desk import Desk
from pipelines.problems import NoCurrentBuild
from pipelines.settings import Home
from pipelines.warehouse.building.publish import Publisher
from pipelines.warehouse.door import queries

_log = logging.getLogger("dashboard")


def warm_up() -> None:
    """Import slow packages, start the reading processes and the publisher, ask for the first page."""
    import plotly.graph_objects  # noqa: F401  (this and the next import take a second each)

    import pipelines.warehouse.door.comparisons  # noqa: F401

    desk().readers.warm()
    publisher()
    try:
        desk().hand_back_owed()
        first_page(Figures(asking.current(), sees_all()))
    except NoCurrentBuild:
        return
    except Exception as error:  # the figures cannot be opened: the pages say so, and reports can still be handed in
        _log.error("no figures to open with", exc_info=error)


def settle() -> None:
    """After the start: existing objects stay as long as the server, so the garbage collector can ignore them."""
    gc.collect()
    gc.freeze()


def first_page(here: Looking) -> None:
    """Ask the queries of the first page, so that their answers are in the cache."""
    periods = asking.ask(here, queries.periods)
    asking.ask(here, queries.freshness)
    if periods.empty:
        return
    period = periods["period"].iloc[filters.first_shown(periods)]
    Overview(here, period, filters.EVERYONE, settings.LANGUAGES[0]).all()


def shut_down() -> None:
    """End the processes; a running build is finished first."""
    _publisher.clear()
    _desk.clear()


def desk() -> Desk:
    """The desk of the data folder; all sessions share it."""
    one: Desk = _desk(str(settings.home().root))
    return one


def publisher() -> Publisher:
    """The running publisher of the data folder."""
    one: Publisher = _publisher(str(settings.home().root))
    return one


@st.cache_resource(show_spinner=False, max_entries=2, on_release=Desk.close)
def _desk(root: str) -> Desk:
    return Desk(Home(Path(root)))


@st.cache_resource(show_spinner=False, max_entries=2, on_release=Publisher.stop)
def _publisher(root: str) -> Publisher:
    one = Publisher(Home(Path(root)))
    one.start()
    return one
