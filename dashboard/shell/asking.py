"""Cached answers of the reading door. A version never changes, so an answer stays right as long as the process lives.

In the key of the cache the name of a function stands for the function. So only a function that its name leads to is taken.
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
    """Who looks at which version: a page is one."""

    @property
    def version(self) -> Version: ...

    @property
    def viewer(self) -> Viewer: ...


@dataclass(frozen=True)
class Figures:
    """A version and who looks at it, without a page."""

    version: Version
    viewer: Viewer


def current() -> Version:
    """The version that counts now; `NoCurrentBuild` before the first build. Asked at every run: it costs one small file."""
    return connection.current(settings.home())


def today() -> date:
    """The day in Vietnam: what is missing is counted to it, not to the last thing that came in."""
    return day_in_vietnam(datetime.now(UTC))


def ask(
    here: Looking,
    question: Callable[Concatenate[Version, Viewer, _Given], _Answer],
    *args: _Given.args,
    **kwargs: _Given.kwargs,
) -> _Answer:
    """The answer of a query for this page, from the cache if it was asked before.

    `asking.ask(here, queries.metric, "award_rate", periods=["2025"])`. `question` is any function of
    `(version, viewer, …)` that a module defines (else TypeError); the answer is the caller's own copy.
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
    """The chart of a frame, drawn once and shared by everybody who looks: never change it. None for an empty frame.

    `asking.draw(lines.years, frame, here.look)`. Drawing takes longer than asking. `chart` is a function that a module
    defines (else TypeError).
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
    """What stands for a function in the key; TypeError for a function that its name does not lead to.

    Lambdas share one name, and so do functions made by one function; a partial and a method hold arguments the name does not
    show; and every page runs as `__main__`, so functions of two pages could share a name.
    """
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
    try:
        found = attrgetter(name)(sys.modules[module]) if module and name and module != "__main__" else None
    except (KeyError, AttributeError):
        found = None
    if found is not function:
        raise TypeError(
            f"{function!r} cannot stand in the key of the cache: pass a function that is defined at the top of a module, "
            "and what it needs as arguments of its own"
        )
    return f"{module}.{name}"
