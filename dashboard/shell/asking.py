"""Cached answers of the reading door. A version never changes, so an answer stays right until the process ends.

The key of the cache holds the name of a function, not the function itself. So the cache takes only a function that can
be found by its name.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.figure import Look
from pipelines import settings
from pipelines.warehouse import connection
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.connection import Version
from pipelines.warehouse.viewer import Viewer

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


class Looking(Protocol):
    """Anything that knows its version and its viewer; a page does."""

    @property
    def version(self) -> Version: ...

    @property
    def viewer(self) -> Viewer: ...


@dataclass(frozen=True)
class Figures:
    """A version and its viewer, without a page."""

    version: Version
    viewer: Viewer


def current() -> Version:
    """The version in use; raises `NoCurrentBuild` before the first build. Each run reads one small file."""
    return connection.current(settings.home())


def today() -> date:
    """The date in Vietnam. Overdue reports are counted up to this day, not up to the last report received."""
    return day_in_vietnam(datetime.now(UTC))


def ask(
    here: Looking,
    question: Callable[Concatenate[Version, Viewer, _Given], _Answer],
    *args: _Given.args,
    **kwargs: _Given.kwargs,
) -> _Answer:
    """The answer to a query for this page, from the cache if the query was asked before.

    Example: `asking.ask(here, queries.metric, "award_rate", periods=["2025"])`. `question` is a function of
    `(version, viewer, …)` at the top of a module; any other raises TypeError. The caller gets a copy of its own.
    """
    name = _name(question)
    answer: _Answer = _answer(str(here.version.folder), here.viewer, name, args, kwargs, question, here.version)
    return answer


@st.cache_data(show_spinner=False, max_entries=1000)
def _answer(
    folder: str,
    viewer: Viewer,
    name: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    _question: Callable[..., Any],
    _version: Version,
) -> Any:
    return _question(_version, viewer, *args, **kwargs)


def draw(
    chart: Callable[Concatenate[pd.DataFrame, Look, _Given], go.Figure],
    frame: pd.DataFrame,
    look: Look,
    *args: _Given.args,
    **kwargs: _Given.kwargs,
) -> go.Figure | None:
    """The chart of a frame, or None for an empty frame. All readers share one figure: never change it.

    Example: `asking.draw(lines.years, frame, here.look)`. Drawing takes longer than asking, so figures are cached too.
    `chart` is a function at the top of a module; any other raises TypeError.
    """
    name = _name(chart)
    if frame.empty:
        return None
    figure: go.Figure = _figure(name, frame, look, args, kwargs, chart)
    return figure


@st.cache_resource(show_spinner=False, max_entries=500)
def _figure(
    name: str,
    frame: pd.DataFrame,
    look: Look,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    _chart: Callable[..., go.Figure],
) -> go.Figure:
    return _chart(frame, look, *args, **kwargs)


def _name(function: Callable[..., Any]) -> str:
    """The name of a function for the key of the cache; TypeError if the name does not lead back to the function.

    All lambdas of a module have one name, and so have all functions that one function returns. A partial and a method
    hold arguments that their names do not show. Every page runs as `__main__`, so functions of two pages
    can have one name.
    """
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
    try:
        found = attrgetter(name)(sys.modules[module]) if module and name and module != "__main__" else None
    except (KeyError, AttributeError):
        found = None
    if found is not function:
        raise TypeError(
            f"{function!r} cannot be part of the key of the cache: pass a function that is defined at the top of a "
            "module, and pass what it needs as arguments"
        )
    return f"{module}.{name}"
