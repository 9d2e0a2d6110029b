"""One unit over the years and its usual variation: which year is more than a usual change?"""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.texts import EMPTY

HEIGHT = 300
_LINE, _GAP = 16, 6  # pixels: height of the line with n, distance from axis to labels


def years(frame: pd.DataFrame, look: Look) -> go.Figure:
    """`frame`: POINT columns, period, value, numerator, denominator, low, high, center, lower, upper, outside, state.

    Each year has its n below it. Dashed lines are the natural limits; they need enough years, and the lower one is only
    drawn above zero. A year outside them has another shape and is red.
    """
    periods = frame["period"].tolist()
    known = frame.dropna(subset=["value"])
    top = float(known[["value", "upper"]].max().max()) if len(known) else 0.1
    line = go.Scatter(
        x=periods,
        y=frame["value"],
        mode="lines",
        line={"color": look.quiet, "width": 1.6},
        hoverinfo="skip",
        connectgaps=False,
    )
    limits = known[["center", "lower", "upper"]].dropna().head(1)
    drawn = {name: float(limits[name].iloc[0]) for name in limits.columns} if len(limits) else {}
    drawn = {name: at for name, at in drawn.items() if name != "lower" or at > 0}
    shapes = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "layer": "below",
         "line": {"color": look.quiet, "width": 1, "dash": "solid" if name == "center" else "dash"}}
        for name, at in drawn.items()
    ]  # fmt: skip
    names = [
        figure.note(look.say(f"charts.control.{name}"), look, x=1, xref="paper", xanchor="left", xshift=6, y=at)
        for name, at in drawn.items()
    ]
    sizes = [f"{row.period}<br>{look.number(row.denominator) if row.denominator == row.denominator else EMPTY}"
             for row in frame.itertuples()]  # fmt: skip
    return figure.draw(
        [line, _marks(known, look)], look, HEIGHT, annotations=names, shapes=shapes,
        margin={"l": 8, "r": 116, "t": 14, "b": 8 + _LINE},
        xaxis=figure.axis(look, type="category", categoryarray=periods, showgrid=False,
                          range=[-0.4, len(periods) - 0.6], tickmode="array", tickvals=periods, ticktext=sizes,
                          ticks="outside", ticklen=_GAP, tickcolor=figure.CLEAR, title=look.say("charts.control.size")),
        yaxis=figure.shares(look, min(1.0, top) * 1.12, nticks=6),
    )  # fmt: skip


def _marks(known: pd.DataFrame, look: Look) -> go.Scatter:
    colours = [look.alert if out else look.data for out in known["outside"]]
    return go.Scatter(
        x=known["period"], y=known["value"], mode="markers", customdata=figure.points(known), hoverinfo="text",
        cliponaxis=False,
        marker={"opacity": 1, "color": colours, "symbol": ["diamond" if out else "circle" for out in known["outside"]],
                "size": [12 if out else 9 for out in known["outside"]], "line": {"width": 0}},
        hovertext=[f"{row.period}<br>{figure.rate_words(row, look)}" for row in known.itertuples()],
        **figure.picked(look),
    )  # fmt: skip
