"""The four stages of exemplars: how many reached each, and their share of the stage before."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import SEQUENTIAL


def bars(frame: pd.DataFrame, look: Look) -> go.Figure:
    """`frame`: POINT columns (breakdown = stage), label, value (count), from_before (0–1, missing for the first)."""
    frame = frame.reset_index(drop=True)
    top = float(frame["value"].max()) if frame["value"].notna().any() else 1.0
    shades = SEQUENTIAL[3:7] if look.dark else (SEQUENTIAL[3], SEQUENTIAL[5], SEQUENTIAL[7], SEQUENTIAL[9])
    words = [
        look.number(row.value)
        + ("" if row.from_before != row.from_before
           else f"  ({look.say('charts.from_before', share=look.percent(row.from_before))})")
        for row in frame.itertuples()
    ]  # fmt: skip
    bar = go.Bar(
        x=frame["value"], y=list(frame.index), orientation="h", customdata=figure.points(frame),
        marker={"color": list(shades[: len(frame)]), "line": {"width": 0}}, text=words, textposition="outside",
        textfont={"size": figure.SIZE, "color": look.ink}, cliponaxis=False, hoverinfo="text",
        hovertext=[f"{label}<br>{text}" for label, text in zip(frame["label"], words, strict=True)],
        selected={"marker": {"color": look.alert, "opacity": 1}},
        unselected={"marker": {"opacity": 1}, "textfont": {"color": look.ink}},
    )  # fmt: skip
    return figure.draw(
        [bar], look, 30 + 46 * len(frame), bargap=0.3, margin={"l": 8, "r": 20, "t": 6, "b": 8},
        xaxis=figure.axis(look, range=[0, max(top, 1) * 1.55], showgrid=False, showticklabels=False),
        yaxis=figure.rows(look, list(frame["label"])),
    )  # fmt: skip
