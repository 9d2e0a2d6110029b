"""Shares in order of size, each with its interval, its n and the level they share: a ranking that shows its doubt."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import SMALL_UNIT


def rates(frame: pd.DataFrame, look: Look, level: float | None = None, level_name: str = "") -> go.Figure:
    """One row a unit (or award, or position group), in the order of the frame.

    `frame`: POINT columns, label, value, numerator, denominator, low, high, band (above|common|below), state.
    Deep marks: the interval leaves out the level. Rows without a value say why.
    """
    frame = frame.reset_index(drop=True)
    known = frame.dropna(subset=["value"])
    top = float(known["high"].max()) if len(known) else 0.1
    clear = known["band"] != "common"
    traces = [_interval(known[~clear], look.quiet, 1.5), _interval(known[clear], look.data, 2.5), _marks(known, look)]
    values = [
        figure.note(_beside(row, look), look, x=1, xref="paper", xanchor="left", xshift=8, y=row.Index)
        for row in frame.itertuples()
    ]
    level_notes, shapes = _level(level, level_name, len(frame), look)
    return figure.draw(
        traces, look, 64 + figure.ROW * len(frame), annotations=[*values, *level_notes], shapes=shapes,
        margin={"l": 8, "r": 112, "t": 30, "b": 8},
        xaxis=figure.shares(look, top * 1.04, nticks=6, side="bottom"),
        yaxis=figure.rows(look, figure.short(list(frame["label"]))),
    )  # fmt: skip


def _marks(known: pd.DataFrame, look: Look) -> go.Scatter:
    clear = known["band"] != "common"
    colours = [look.data if one else look.quiet for one in clear]
    hollow = known["denominator"] < SMALL_UNIT
    return go.Scatter(
        x=known["value"], y=list(known.index), mode="markers", customdata=figure.points(known), hoverinfo="text",
        cliponaxis=False, marker={"color": colours, "size": 10, "opacity": 1, "line": {"width": 1.5, "color": colours},
                "symbol": ["circle-open" if small else "circle" for small in hollow]},
        hovertext=[f"{row.label}<br>{figure.rate_words(row, look)}<br>{look.say('charts.band.' + row.band)}"
                   for row in known.itertuples()],
        **figure.picked(look),
    )  # fmt: skip


def _interval(part: pd.DataFrame, colour: str, width: float) -> go.Scatter:
    x: list[float | None] = []
    y: list[int | None] = []
    for row in part.itertuples():
        x += [row.low, row.high, None]
        y += [row.Index, row.Index, None]
    return go.Scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")


def _beside(row: Any, look: Look) -> str:
    if row.value != row.value:
        return figure.state_words(row.state, look)
    return f"{look.percent(row.value)} ({look.number(row.numerator)}/{look.number(row.denominator)})"


def _level(level: float | None, name: str, count: int, look: Look) -> tuple[list[Any], list[Any]]:
    if level is None or level != level:
        return [], []
    line = {"type": "line", "x0": level, "x1": level, "y0": -0.5, "y1": count - 0.5, "layer": "below"}
    text = f"{name} {look.percent(level)}"
    label = figure.note(text, look, x=level, y=1, yref="paper", yanchor="bottom", xanchor="auto")
    return [label], [line | {"line": {"color": look.ink, "width": 1.2, "dash": "dot"}}]
