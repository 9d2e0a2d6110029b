"""Ranks as bands: the ranks that are possible for each unit, because single ranks would claim too much."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.caterpillar import beside_room, why
from dashboard.charts.figure import Look

_MANY = 40  # rows


def bands(frame: pd.DataFrame, look: Look, ranked: int) -> go.Figure:
    """One row for each unit in the order of the frame; its band is from the best to the worst rank of `ranked` units.

    `frame`: POINT columns, label, value, numerator, denominator, first, last, state. Dark: at least one unit is surely
    above or below it; grey: no unit is. A unit without a rank says why.
    """
    frame = frame.reset_index(drop=True)
    known = frame.dropna(subset=["first"])
    apart = (known["first"] > 1) | (known["last"] < ranked)
    bars = go.Bar(
        x=known["last"] - known["first"] + 1, base=known["first"] - 0.5, y=list(known.index), width=0.5,
        orientation="h", customdata=figure.points(known), hoverinfo="text",
        marker={"color": [look.data if one else look.line for one in apart],
                "line": {"width": 1, "color": [look.data if one else look.quiet for one in apart]}},
        hovertext=[f"{figure.letters(row.label)}<br>{_range(row, ranked, look)}<br>{figure.rate_words(row, look)}"
                   for row in known.itertuples()],
        **figure.picked(look),
    )  # fmt: skip
    texts = [_beside(row, look) for row in frame.itertuples()]
    beside = [
        figure.note(text, look, x=1, xref="paper", xanchor="left", xshift=8, y=place)
        for place, text in enumerate(texts)
    ]
    row_height = figure.ROW if len(frame) <= _MANY else figure.ROW - 6
    return figure.draw(
        [bars], look, 42 + 19 + row_height * len(frame), annotations=beside,
        margin={"l": 8, "r": beside_room(texts), "t": 8, "b": 8},
        xaxis=figure.axis(look, range=[0.4, max(ranked, 1) + 0.6], tickvals=_ticks(ranked), side="bottom",
                          title=look.say("charts.ranks.axis")),
        yaxis=figure.rows(look, figure.short(list(frame["label"]))),
    )  # fmt: skip


def _ticks(ranked: int) -> list[int]:
    """The first rank, the last and a few between them."""
    step = max(1, -(-ranked // 6))
    return [*range(1, ranked - step // 2, step), ranked] if ranked else []


def _range(row: Any, ranked: int, look: Look) -> str:
    key = "charts.ranks.range" if row.first < row.last else "charts.ranks.one"
    return look.say(key, first=look.number(row.first), last=look.number(row.last), of=look.number(ranked))


def _beside(row: Any, look: Look) -> str:
    if row.first != row.first:
        return why(row, look) if row.value != row.value else look.say("charts.ranks.none")
    return look.number(row.first) + (f"–{look.number(row.last)}" if row.first < row.last else "")
