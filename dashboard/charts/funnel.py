"""Shares by size of the unit, with limits for chance: which units are outside, and could a unit of this size be?"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import SMALL_UNIT

HEIGHT = 430
_SIGN = {"above_998": "triangle-up", "above_usual": "triangle-up", "above_95": "triangle-up", "inside": "circle",
         "below_95": "triangle-down", "below_usual": "triangle-down", "below_998": "triangle-down"}  # fmt: skip
_NAMED = 8  # at most so many names on the chart; the hover has all of them


def funnel(
    points: pd.DataFrame,
    look: Look,
    limits: pd.DataFrame,
    common: float,
    marked: str = "",
    size: str = "",
    height: int = HEIGHT,
) -> go.Figure:
    """`points`: POINT columns, label, value, numerator, denominator, low, high, place.

    `place` is above_998 … below_998 (see `comparisons.funnel`). `limits`: n, low_95, high_95, low_998, high_998
    (missing if no count can be outside). Shape and label show which units are outside; colour repeats it. Units of
    fewer than five people are hollow. Equal points are side by side. The `marked` unit has a ring and its name. `size`
    is the title of the horizontal axis; the default is the number of people.
    """
    known = points.dropna(subset=["value"])
    right = float(limits["n"].max()) if len(limits) else 10.0
    top = _top(known, limits, common)
    return figure.draw(
        [*_limit_lines(limits, common, look), _ring(known, marked, look), _marks(known, look)], look, height,
        annotations=[*_line_names(limits, common, look), *_names(known, right, marked, look),
                     figure.key(_key(look), look)],
        margin={"l": 8, "r": 76, "t": 16 + 2 * figure.KEY_LINE, "b": 8},
        xaxis=figure.axis(look, title=size or look.say("charts.funnel.size"), range=[0, right * 1.02], showgrid=False,
                          nticks=8, ticks="outside", tickcolor=figure.CLEAR),
        yaxis=figure.shares(look, top, nticks=7),
    )  # fmt: skip


def _top(known: pd.DataFrame, limits: pd.DataFrame, common: float) -> float:
    """The top of the scale: above every point and the upper limit of the smallest unit that exists."""
    real = limits[limits["n"] >= known["denominator"].min()] if len(known) else limits
    highest = [float(known["value"].max()) if len(known) else 0, float(real["high_998"].max()), 3 * common, 0.05]
    return min(1.03, max(one for one in highest if one == one) * 1.1)


def _limit_lines(limits: pd.DataFrame, common: float, look: Look) -> list[go.Scatter]:
    plain = {"x": limits["n"], "mode": "lines", "hoverinfo": "skip", "connectgaps": False}
    dash = {
        "95": {"color": look.quiet, "width": 1, "dash": "dot"},
        "998": {"color": look.quiet, "width": 1.4, "dash": "dash"},
    }
    lines = [go.Scatter(y=limits[f"{side}_{c}"], line=dash[c], **plain) for c in dash for side in ("low", "high")]
    return [*lines, go.Scatter(y=[common] * len(limits), line={"color": look.ink, "width": 1.2}, **plain)]


def _line_names(limits: pd.DataFrame, common: float, look: Look) -> list[dict[str, Any]]:
    last = limits.iloc[-1] if len(limits) else None
    ends = (
        []
        if last is None
        else [("95%", last["high_95"]), ("99,8%" if look.lang == "vi" else "99.8%", last["high_998"])]
    )
    ends = [(look.say("charts.funnel.common"), common), *ends]
    at = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 4}
    return [figure.note(name, look, y=value, **at) for name, value in ends if value == value]


def _marks(known: pd.DataFrame, look: Look) -> go.Scatter:
    outside = known["place"].isin(["above_998", "below_998"])
    colours = [look.alert if out else look.data for out in outside]
    small = known["denominator"] < SMALL_UNIT
    signs = [_SIGN[place] + ("-open" if few else "") for place, few in zip(known["place"], small, strict=True)]
    return go.Scatter(
        x=_side_by_side(known), y=known["value"], mode="markers", customdata=figure.points(known), hoverinfo="text",
        cliponaxis=False, marker={
            "opacity": 1, "color": colours, "symbol": signs, "size": [13 if out else 9 for out in outside],
            "line": {"width": 1.2, "color": [c if few else look.ground for c, few in zip(colours, small, strict=True)]},
        },
        hovertext=[f"{figure.letters(row.label)}<br>{figure.rate_words(row, look)}"
                   f"<br>{look.say('charts.place.' + row.place)}" for row in known.itertuples()],
        **figure.picked(look),
    )  # fmt: skip


def _ring(known: pd.DataFrame, marked: str, look: Look) -> go.Scatter:
    spots = pd.Series(_side_by_side(known), known.index)
    here = known["unit_code"] == marked
    ring = {
        "symbol": "circle-open",
        "size": 22,
        "opacity": 1,
        "line": {"width": 2, "color": look.ink},
        "color": look.ink,
    }
    return go.Scatter(
        x=spots[here], y=known.loc[here, "value"], mode="markers", marker=ring, hoverinfo="skip", cliponaxis=False
    )


def _side_by_side(known: pd.DataFrame) -> list[float]:
    """Horizontal places of the points. Equal points move apart, by less than a third of a person, to be clicked."""
    same = known.groupby(["denominator", "numerator"])
    place, count = same.cumcount(), same["value"].transform("size")
    step = (0.7 / count).clip(upper=0.3)
    return list(known["denominator"] + (place - (count - 1) / 2) * step)


def _names(known: pd.DataFrame, right: float, marked: str, look: Look) -> list[dict[str, Any]]:
    """Names of the marked unit and of points outside 99.8 %; a point at the right edge has its name on the left."""
    out = known[known["place"].isin(["above_998", "below_998"])].sort_values("value", ascending=False).head(_NAMED)
    out = pd.concat([out, known[(known["unit_code"] == marked) & ~known.index.isin(out.index)]])
    labels = figure.short([*known["label"]])
    named = dict(zip(known.index, labels, strict=True))
    notes = []
    for row in out.itertuples():
        left = row.denominator > right * 0.7
        at = {
            "x": row.denominator,
            "y": row.value,
            "xanchor": "right" if left else "left",
            "xshift": -10 if left else 10,
            "yshift": 9,
        }
        colour = look.alert if row.place.endswith("998") else look.ink
        notes.append(
            figure.note(figure.letters(named[row.Index]), look, font={"size": figure.SMALL, "color": colour}, **at)
        )
    return notes


def _key(look: Look) -> list[str]:
    first = f"{figure.swatch(look.data, '●')} {look.say('charts.place.inside')}"
    second = f"{figure.swatch(look.data, '▲▼')} {look.say('charts.funnel.key_95')}"
    third = f"{figure.swatch(look.alert, '▲▼')} {look.say('charts.funnel.key_998')}"
    return [f"{first}   {second}", f"{third}   ○ {look.say('charts.funnel.key_small', n=SMALL_UNIT)}"]
