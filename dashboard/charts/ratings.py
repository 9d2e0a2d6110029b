"""Ratings as bars of 100 %, the best on the left: "completed" in blues, "not completed" in orange."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import DARK_RATING, RATING, ink_on

# The part of the bar that a letter needs. A narrower piece shows its share on hover, "not completed" also beside it.
_ROOM_FOR_LETTER = 0.021


def bars(frame: pd.DataFrame, look: Look, height: int | None = None) -> go.Figure:
    """One bar for each row. `frame`: POINT columns (breakdown = rating), row (label), value, numerator, denominator.

    Rows are in the order of the frame. A row without values says why (state).
    """
    rows = list(dict.fromkeys(frame["row"]))
    known = frame.dropna(subset=["value"])
    shown = [rating for rating in RATING if (known["breakdown"] == rating).any()]
    traces = [_pieces(known[known["breakdown"] == rating], rating, rows, look) for rating in shown]
    colours = DARK_RATING if look.dark else RATING
    names = [f"{figure.swatch(colours[r])} {look.say('charts.rating.' + r)}" for r in shown]
    lines = ["   ".join(names[:3]), "   ".join(names[3:])] if names else []
    lines = [line for line in lines if line]
    missing = frame[~frame["row"].isin(set(known["row"]))].drop_duplicates("row")
    absent = [
        figure.note(figure.state_words(row.state, look), look, x=0.005, y=rows.index(row.row), xanchor="left")
        for row in missing.itertuples()
    ]
    narrow = known["value"].map(lambda value: value > 0 and not _inside(value, look)).astype(bool)
    failed = known[(known["breakdown"] == "KHTNV") & narrow]
    beside = [
        figure.note(
            look.percent(row.value),
            look,
            x=1,
            y=rows.index(row.row),
            xanchor="left",
            xshift=5,
            font={"size": figure.SMALL, "color": figure.legible(colours["KHTNV"], look)},
        )
        for row in failed.itertuples()
    ]
    return figure.draw(
        traces, look, height or 46 + figure.KEY_LINE * len(lines) + figure.ROW * len(rows),
        barmode="stack", bargap=0.22,
        annotations=[*([figure.key(lines, look)] if lines else []), *absent, *beside],
        margin={"l": 8, "r": 46, "t": 12 + figure.KEY_LINE * len(lines), "b": 8},
        xaxis=figure.axis(look, range=[0, 1], tickformat=",.0%", tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=False),
        yaxis=figure.rows(look, rows),
    )  # fmt: skip


def _pieces(part: pd.DataFrame, rating: str, rows: list[str], look: Look) -> go.Bar:
    name = look.say("charts.rating." + rating)
    colour = (DARK_RATING if look.dark else RATING)[rating]
    return go.Bar(
        x=part["value"], y=[rows.index(row) for row in part["row"]], orientation="h", name=name,
        marker={"color": colour, "line": {"width": 1, "color": look.ground}},
        text=[_inside(v, look) for v in part["value"]], textposition="inside",
        insidetextanchor="middle", textangle=0, constraintext="none",
        textfont={"size": figure.SMALL, "color": ink_on(colour)},
        customdata=figure.points(part), hoverinfo="text",
        hovertext=[f"{figure.letters(row.row)} · {name}<br>{figure.rate_words(row, look)}"
                   for row in part.itertuples()],
        selected={"marker": {"color": look.alert, "opacity": 1}, "textfont": {"color": ink_on(look.alert)}},
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def _inside(value: float, look: Look) -> str:
    text = look.percent(value)
    return text if value >= _ROOM_FOR_LETTER * len(text) else ""
