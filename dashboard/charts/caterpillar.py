"""Shares in order of size, each with its interval and its n, and their common level: a ranking with its uncertainty."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure, room
from dashboard.charts.figure import Look
from pipelines.palette import POINTS_DECIMALS, SMALL_UNIT
from pipelines.texts import number

_MANY = 40  # rows
_BESIDE = 112  # pixels on the right: "100,0% (123/123)"
_LONG = 38  # characters in the name of an award or position group


def rates(
    frame: pd.DataFrame, look: Look, level: float | None = None, level_name: str = "", marked: str = ""
) -> go.Figure:
    """One row for each unit (or award, or position group), in the order of the frame; the `marked` unit is highlighted.

    `frame`: POINT columns, label, value, numerator, denominator, low, high, band (above|common|below|doubtful), state;
    also level, if each row has a level of its own. A mark is dark if its interval does not contain the level. A row
    without a value says why. Counts have no denominator.
    """
    frame = frame.reset_index(drop=True)
    known = frame.dropna(subset=["value"])
    top = float(known[["value", "high"]].max().max()) if len(known) else 0.1
    clear = known["band"].isin(["above", "below"])
    traces = [_interval(known[~clear], look.quiet, 1.5), _interval(known[clear], look.data, 2.5), _marks(known, look)]
    if "level" in frame:
        traces.insert(0, _own_levels(known, look))
    texts = [_beside(row, look) for row in frame.itertuples()]
    values = [
        figure.note(text, look, x=1, xref="paper", xanchor="left", xshift=8, y=place)
        for place, text in enumerate(texts)
    ]
    counted = len(known) > 0 and bool(known["denominator"].isna().all())
    level_notes, shapes = _level(level, level_name, len(frame), counted, look)
    shapes += [_band(place, look) for place in frame.index[frame["unit_code"] == marked]]
    return figure.draw(
        traces, look, (64 if level_notes else 42) + _row(len(frame)) * len(frame),
        annotations=[*values, *level_notes], shapes=shapes,
        margin={"l": 8, "r": beside_room(texts), "t": 30 if level_notes else 8, "b": 8},
        xaxis=figure.shares(look, top * 1.04, nticks=6, side="bottom") | ({"range": [0, top * 1.04]} if top > 1 else {})
        | ({"tickformat": ",d"} if counted else {}),
        yaxis=figure.rows(look, _names(frame)),
    )  # fmt: skip


def _row(count: int) -> int:
    """Height of a row in pixels; less if there are many rows."""
    return figure.ROW if count <= _MANY else figure.ROW - 6


def _names(frame: pd.DataFrame) -> list[str]:
    """Names of units without their common words; names of awards or position groups as they are."""
    names = list(frame["label"])
    return figure.short(names) if frame["unit_code"].nunique() > 1 else [figure.cut(name, _LONG) for name in names]


def _marks(known: pd.DataFrame, look: Look) -> go.Scatter:
    clear = known["band"].isin(["above", "below"])
    colours = [look.data if one else look.quiet for one in clear]
    hollow = known["denominator"] < SMALL_UNIT
    return go.Scatter(
        x=known["value"], y=list(known.index), mode="markers", customdata=figure.points(known), hoverinfo="text",
        cliponaxis=False, marker={"color": colours, "size": 10, "opacity": 1, "line": {"width": 1.5, "color": colours},
                "symbol": ["circle-open" if small else "circle" for small in hollow]},
        hovertext=[f"{figure.letters(row.label)}<br>{figure.rate_words(row, look)}"
                   f"<br>{look.say('charts.band.' + row.band)}" for row in known.itertuples()],
        **figure.picked(look),
    )  # fmt: skip


def _interval(part: pd.DataFrame, colour: str, width: float) -> go.Scatter:
    x: list[float | None] = []
    y: list[int | None] = []
    for row in part.itertuples():
        x += [row.low, row.high, None]
        y += [row.Index, row.Index, None]
    return go.Scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")


def _own_levels(known: pd.DataFrame, look: Look) -> go.Scatter:
    """A short vertical line in each row: the level it is compared with."""
    return go.Scatter(
        x=known["level"], y=list(known.index), mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 15, "opacity": 1, "line": {"width": 2, "color": look.ink}},
    )  # fmt: skip


def _band(place: int, look: Look) -> dict[str, Any]:
    across = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place + 0.5, "layer": "below"}
    return across | {"line": {"width": 0}, "fillcolor": look.line}


def _beside(row: Any, look: Look) -> str:
    if row.value != row.value:
        return why(row, look)
    told = figure.brief(row, look)
    return f"{told} · {look.say('charts.beside.doubtful')}" if row.band == "doubtful" else told


def why(row: Any, look: Look) -> str:
    """Why a row has no value, short enough for the space beside it."""
    return look.say(f"charts.beside.{row.state}")


def beside_room(texts: list[str]) -> int:
    """Pixels that these texts need on the right of the rows."""
    return max([_BESIDE, *(room.width(text, figure.SMALL) + 14 for text in texts)])


def _level(level: float | None, name: str, count: int, counted: bool, look: Look) -> tuple[list[Any], list[Any]]:
    if level is None or level != level:
        return [], []
    line = {"type": "line", "x0": level, "x1": level, "y0": -0.5, "y1": count - 0.5, "layer": "below"}
    text = f"{name} {number(level, look.lang, POINTS_DECIMALS) if counted else look.percent(level)}"
    label = figure.note(text, look, x=level, y=1, yref="paper", yanchor="bottom", xanchor="auto")
    return [label], [line | {"line": {"color": look.ink, "width": 1.2, "dash": "dot"}}]
