"""Units × years as a grid of cells with a number in each: shares in one hue, or "at least one in a year".

Plotly does not report the selection of heat-map cells, so each cell has a transparent frame with its address. The frame
of the selected cell becomes visible; colour and number of the cell do not change.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import SEQUENTIAL, SMALL_UNIT, ink_on

_FEWEST = 5  # least number of columns; else a single year would be one bar across the page
_KEYS = 3  # signs that one line of the legend explains
_GAP = 3  # pixels between cells: space for the frame of the selected cell
# In a cell without a value, where words do not fit. The legend above the grid explains them.
_SIGNS = {"not_submitted": "?", "left_blank": "□", "not_comparable": "≠"}


def heat(frame: pd.DataFrame, look: Look) -> go.Figure:
    """`frame`: POINT columns, label, value, numerator, denominator, low, high, state; rows in its order.

    Each name has the lowest and highest number of people. A year with fewer than five people, or with more awarded than
    people, shows its counts and has no colour.
    """
    rows, periods = _rows(frame), sorted(frame["period"].unique())
    judged = frame["value"].where((frame["denominator"] >= SMALL_UNIT) & (frame["value"] <= 1))
    top = float(judged.max()) if judged.notna().any() else 1.0
    scale = SEQUENTIAL[8:0:-1] if look.dark else SEQUENTIAL[:9]
    depth = (judged / (top or 1)).clip(0, 1)
    texts = [_share_text(row, look) for row in frame.itertuples()]
    inks = [_ink(scale, part, look) for part in depth]
    hovers = [_hover(row, look) for row in frame.itertuples()]
    colours = [[i / (len(scale) - 1), colour] for i, colour in enumerate(scale)]
    return _draw(frame, _with_sizes(rows, frame, look), periods, depth, colours, texts, inks, hovers, look)


def at_least_one(frame: pd.DataFrame, look: Look) -> go.Figure:
    """`frame`: POINT columns, label, value (count), state. Blue: one or more; pale orange: none; sign: why unknown."""
    rows, periods = _rows(frame), sorted(frame["period"].unique())
    depth = (frame["value"] >= 1).where(frame["value"].notna()).astype(float)
    none, some = ("#54341f", SEQUENTIAL[8]) if look.dark else ("#f8dfce", SEQUENTIAL[2])
    unknown = frame.loc[frame["value"].isna(), "state"]
    texts = [_SIGNS[row.state] if row.value != row.value else look.number(row.value) for row in frame.itertuples()]
    inks = [look.quiet if part != part else look.ink for part in depth]
    hovers = [
        f"{figure.letters(row.label)} · {row.period}<br>"
        + (figure.state_words(row.state, look) if row.value != row.value else look.say("charts.exemplars", n=texts[i]))
        for i, row in enumerate(frame.itertuples())
    ]
    signs = [(sign, state) for state, sign in _SIGNS.items() if (unknown == state).any()]
    keys = [(figure.swatch(some), "some"), (figure.swatch(none), "none"), *signs]
    told = [f"{sign} {look.say('charts.at_least_one.' + name)}" for sign, name in keys]
    key = ["   ".join(told[:_KEYS]), *(["   ".join(told[_KEYS:])] if told[_KEYS:] else [])]
    names = dict(zip(rows, figure.short([*rows.values()]), strict=True))
    return _draw(frame, names, periods, depth, [[0, none], [1, some]], texts, inks, hovers, look, key)


def _draw(
    frame: pd.DataFrame, rows: dict[str, str], periods: list[str], depth: pd.Series, colours: list[Any],
    texts: list[str], inks: list[str], hovers: list[str], look: Look, key: Sequence[str] = (),
) -> go.Figure:  # fmt: skip
    places, columns = {unit: i for i, unit in enumerate(rows)}, {period: i for i, period in enumerate(periods)}
    x, y = [columns[p] for p in frame["period"]], [places[u] for u in frame["unit_code"]]
    cells = go.Heatmap(
        x=x, y=y, z=depth, zmin=0, zmax=1, colorscale=colours, showscale=False, hoverinfo="skip", xgap=_GAP, ygap=_GAP
    )
    numbers = go.Scatter(
        x=x, y=y, mode="text", text=texts, hoverinfo="skip",
        textfont={"size": _alike([9.5 if len(text) > 6 else 11.5 for text in texts]), "color": _alike(inks)},
        selected={"textfont": {"color": look.ink}},  # without it all numbers fade when a frame is selected
    )  # fmt: skip
    frames = go.Bar(
        x=x, y=[1] * len(y), base=[row - 0.5 for row in y], width=1, customdata=figure.points(frame),
        hovertext=hovers, hoverinfo="text",
        marker={"color": figure.CLEAR, "opacity": 0, "line": {"color": look.ink, "width": _GAP}},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0}},
    )  # fmt: skip
    above = figure.KEY_LINE * len(key)
    return figure.draw(
        [cells, numbers, frames], look, 44 + above + figure.ROW * len(rows),
        margin={"l": 8, "r": 8, "t": 30 + above, "b": 8},
        annotations=[figure.key(list(key), look) | {"yshift": 26}] if key else [],
        xaxis=figure.axis(look, tickvals=list(range(len(periods))), ticktext=periods, side="top", showgrid=False,
                          range=[-0.5, max(len(periods), _FEWEST) - 0.5], tickfont={"size": 11, "color": look.quiet}),
        yaxis=figure.rows(look, list(rows.values())),
    )  # fmt: skip


def _alike(each: list[Any]) -> Any:
    """One value if all are equal: the browser then styles hundreds of cells faster."""
    return each[0] if len(set(each)) == 1 else each


def _rows(frame: pd.DataFrame) -> dict[str, str]:
    return dict(frame.drop_duplicates("unit_code")[["unit_code", "label"]].itertuples(index=False, name=None))


def _with_sizes(rows: dict[str, str], frame: pd.DataFrame, look: Look) -> dict[str, str]:
    """Short names with n."""
    sizes = {unit: sorted(one.dropna()) for unit, one in frame.groupby("unit_code")["denominator"]}
    told = {}
    for unit, name in zip(rows, figure.short([*rows.values()]), strict=True):
        ends = dict.fromkeys(look.number(size) for size in (*sizes[unit][:1], *sizes[unit][-1:]))
        told[unit] = f"{name} (n={'–'.join(ends)})" if ends else name
    return told


def _share_text(row: Any, look: Look) -> str:
    if row.value != row.value:
        return _why(row, look)
    judged = row.denominator >= SMALL_UNIT and row.value <= 1
    return look.percent(row.value) if judged else f"{look.number(row.numerator)}/{look.number(row.denominator)}"


def _why(row: Any, look: Look) -> str:
    return look.say(f"charts.state_short.{row.state}")


def _hover(row: Any, look: Look) -> str:
    words = figure.state_words(row.state, look) if row.value != row.value else figure.rate_words(row, look)
    return f"{figure.letters(row.label)} · {row.period}<br>{words}"


def _ink(scale: tuple[str, ...], part: float, look: Look) -> str:
    """Dark or light text for a cell, whichever is legible; the colour of the cell is between two of the scale."""
    if part != part:
        return look.quiet
    below = min(int(part * (len(scale) - 1)), len(scale) - 2)
    share = part * (len(scale) - 1) - below
    ends = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in scale[below : below + 2]]
    return ink_on("#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in zip(*ends, strict=True)))
