"""The share of leaders among the awarded and among the staff: two dots in each row and the line between them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import SMALL_UNIT


def dumbbell(frame: pd.DataFrame, look: Look) -> go.Figure:
    """One row for each unit, in the order of the frame; the frame has two rows for it, `part` awarded | staff.

    `frame`: POINT columns, label, part, value, numerator, denominator, state. Grey: fewer than five awarded. A row
    without a value says why.
    """
    rows = dict(frame.drop_duplicates("unit_code")[["unit_code", "label"]].itertuples(index=False, name=None))
    places = {unit: i for i, unit in enumerate(rows)}
    known = frame.dropna(subset=["value"])
    both = known.pivot_table(index="unit_code", columns="part", values="value", sort=False)
    lines = go.Scatter(
        x=[v for r in both.itertuples() for v in (*r[1:], None)] if both.shape[1] == 2 else [],
        y=[v for unit in both.index for v in (places[unit], places[unit], None)] if both.shape[1] == 2 else [],
        mode="lines", line={"color": look.quiet, "width": 2}, hoverinfo="skip",
    )  # fmt: skip
    beside = _beside(known, places, look)
    names = {part: look.say(f"charts.leaders.{part}") for part in ("awarded", "staff")}
    marks = [_marks(known[known["part"] == part], part, names[part], places, look) for part in names]
    keys = [f"{figure.swatch(look.data, '●')} {names['awarded']}", f"{figure.swatch(look.quiet, '○')} {names['staff']}"]
    return figure.draw(
        [lines, *marks], look, 60 + figure.KEY_LINE * 2 + figure.ROW * len(rows),
        annotations=[figure.key(keys, look), *_absent(frame, known, places, look), *beside],
        margin={"l": 8, "r": 24 + 7 * max((len(one["text"]) for one in beside), default=0),
                "t": 12 + 2 * figure.KEY_LINE, "b": 8},
        xaxis=figure.shares(look, 1.02, nticks=6), yaxis=figure.rows(look, figure.short(list(rows.values()))),
    )  # fmt: skip


def _marks(known: pd.DataFrame, part: str, name: str, places: dict[str, int], look: Look) -> go.Scatter:
    full = part == "awarded"
    colours = [look.data if full and size >= SMALL_UNIT else look.quiet for size in known["denominator"]]
    symbol = "circle" if full else "circle-open"
    return go.Scatter(
        x=known["value"], y=[places[unit] for unit in known["unit_code"]], mode="markers",
        customdata=figure.points(known), cliponaxis=False, hoverinfo="text",
        marker={"opacity": 1, "color": colours, "size": 11, "symbol": symbol, "line": {"width": 2, "color": colours}},
        hovertext=[f"{figure.letters(row.label)} · {name}<br>{figure.rate_words(row, look)}"
                   for row in known.itertuples()],
        **figure.picked(look),
    )  # fmt: skip


def _beside(known: pd.DataFrame, places: dict[str, int], look: Look) -> list[dict[str, Any]]:
    """Both counts on the right, the awarded first: 3/4 · 11/30."""
    counts = {
        (row.unit_code, row.part): f"{look.number(row.numerator)}/{look.number(row.denominator)}"
        for row in known.itertuples()
    }
    at = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 16}
    return [
        figure.note(f"{counts[unit, 'awarded']} · {counts[unit, 'staff']}", look, y=place, **at)
        for unit, place in places.items()
        if {(unit, "awarded"), (unit, "staff")} <= set(counts)
    ]


def _absent(frame: pd.DataFrame, known: pd.DataFrame, places: dict[str, int], look: Look) -> list[dict[str, Any]]:
    awarded = frame[(frame["part"] == "awarded") & ~frame.index.isin(known.index)]
    at = {"x": 1, "xref": "paper", "xanchor": "right"}
    return [
        figure.note(figure.state_words(r.state, look), look, y=places[r.unit_code], **at) for r in awarded.itertuples()
    ]
