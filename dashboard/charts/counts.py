"""Counts by kind: one bar for each row, with a piece for each kind and the sum at its end."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure, room
from dashboard.charts.figure import Look
from pipelines.palette import CATEGORICAL, DARK_CATEGORICAL, ink_on

_HUES = (0, 6, 2, 5)  # of the categorical colours: two blues, amber, grey; they differ in lightness too
_WIDEST_KEY = 400  # pixels
_ROOM_FOR_TEXT = 0.045  # as a part of the longest bar; a narrower piece shows its count on hover


def stacked(frame: pd.DataFrame, look: Look) -> go.Figure:
    """`frame`: POINT columns, row (label), part (label of the piece), value (count), state.

    Rows and pieces are in the order of the frame. A row without any value says why (state); a row of zeros shows 0.
    """
    rows, parts = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["part"]))
    known = frame.dropna(subset=["value"])
    sums = known.groupby("row", sort=False)["value"].sum()
    longest = max(float(sums.max()) if len(sums) else 0.0, 1.0)
    some = known[known["value"] > 0]
    traces = [_pieces(some[some["part"] == part], part, i, rows, longest, look) for i, part in enumerate(parts)]
    lines = _key(parts, look)
    silent = frame[~frame["row"].isin(sums.index)].drop_duplicates("row")
    ends = [
        figure.note(look.number(total), look, x=total, y=rows.index(row), xanchor="left", xshift=5)
        for row, total in sums.items()
    ] + [
        figure.note(figure.state_words(row.state, look), look, x=0, y=rows.index(row.row), xanchor="left", xshift=5)
        for row in silent.itertuples()
    ]
    return figure.draw(
        traces, look, 20 + figure.KEY_LINE * len(lines) + figure.ROW * len(rows), barmode="stack", bargap=0.26,
        annotations=[figure.key(lines, look), *ends],
        margin={"l": 8, "r": 14, "t": 12 + figure.KEY_LINE * len(lines), "b": 4},
        xaxis=figure.axis(look, range=[0, longest * 1.09], showgrid=False, showticklabels=False),
        yaxis=figure.rows(look, figure.short(rows)),
    )  # fmt: skip


def _key(parts: list[str], look: Look) -> list[str]:
    """The names of the pieces in their colours, in as many lines as the narrowest panel needs."""
    lines: list[str] = []
    free = 0
    for place, part in enumerate(parts):
        wide = room.width(f"■ {part}   ", figure.SMALL)
        name = f"{figure.swatch(_colour(place, look))} {figure.letters(part)}"
        if wide > free:
            lines.append(name)
            free = _WIDEST_KEY
        else:
            lines[-1] += f"   {name}"
        free -= wide
    return lines


def _pieces(part: pd.DataFrame, name: str, place: int, rows: list[str], longest: float, look: Look) -> go.Bar:
    colour = _colour(place, look)
    return go.Bar(
        x=part["value"], y=[rows.index(row) for row in part["row"]], orientation="h", name=figure.letters(name),
        marker={"color": colour, "line": {"width": 1, "color": look.ground}},
        text=[look.number(v) if v >= longest * _ROOM_FOR_TEXT else "" for v in part["value"]], textposition="inside",
        insidetextanchor="middle", textangle=0, constraintext="none",
        textfont={"size": figure.SMALL, "color": ink_on(colour)},
        customdata=figure.points(part), hoverinfo="text",
        hovertext=[f"{figure.letters(row.row)} · {figure.letters(name)}<br><b>{look.number(row.value)}</b>"
                   for row in part.itertuples()],
        selected={"marker": {"color": look.alert, "opacity": 1}, "textfont": {"color": ink_on(look.alert)}},
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def _colour(place: int, look: Look) -> str:
    return (DARK_CATEGORICAL if look.dark else CATEGORICAL)[_HUES[place % len(_HUES)]]
