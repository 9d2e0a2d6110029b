"""Shares or counts over years: one line for each series, with its name at the end and a gap for a missing year."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure
from dashboard.charts.figure import Look
from pipelines.palette import SEQUENTIAL

HEIGHT = 300
_LINE = 17  # height of a line of a name at the right edge, in pixels
_LONE = 10  # width of the interval of a year between two gaps, in pixels
_LONGEST = 18  # characters of a name; a longer name takes two lines


def years(frame: pd.DataFrame, look: Look, height: int = HEIGHT) -> go.Figure:
    """Lines of shares. `frame`: POINT columns, series (name), period, value, numerator, denominator, low, high, state.

    The first series is the subject: dark, with its 95 % interval; the others are grey or pale.
    """
    periods = sorted(frame["period"].unique())
    names = list(dict.fromkeys(frame["series"]))
    top = float(frame[["value", "high"]].max().max()) if "high" in frame else float(frame["value"].max())
    top = (0.1 if top != top else top) * 1.08
    ends = []
    traces: list[Any] = []
    for place, name in enumerate(names):
        line = frame[frame["series"] == name].set_index("period", drop=False).reindex(periods)
        traces += _series(line, name, place, periods, look)
        known = line.dropna(subset=["value"])
        if len(known):
            ends.append((float(known["value"].iloc[-1]), name, _colour(place, look)))
    texts = [_in_lines(f"{name} {look.percent(value)}") for value, name, _ in ends]
    gap = _LINE * max((text.count("<br>") + 1 for text in texts), default=1)
    heights = apart([value / top for value, _, _ in ends], gap / (height - 46))
    labels = [
        figure.note(
            text, look, x=1, xref="paper", xanchor="left", align="left", xshift=6, y=at * top,
            font={"size": figure.SMALL, "color": figure.legible(colour, look)},
        )
        for text, (_, _, colour), at in zip(texts, ends, heights, strict=True)
    ]  # fmt: skip
    room = 14 + 7 * max((len(line) for text in texts for line in text.split("<br>")), default=0)
    return figure.draw(
        traces, look, height, annotations=labels, margin={"l": 8, "r": room, "t": 10, "b": 8},
        xaxis=figure.axis(look, type="category", categoryarray=periods, showgrid=False, tickvals=_ticks(periods),
                          range=[-0.3, len(periods) - 0.7]),
        yaxis=figure.shares(look, top, nticks=6),
    )  # fmt: skip


def _in_lines(text: str) -> str:
    """A long name in two lines of about the same length."""
    if len(text) <= _LONGEST + 6:
        return figure.letters(text)
    breaks = [i for i, letter in enumerate(text) if letter == " "]
    middle = min(breaks, key=lambda i: abs(i - len(text) / 2), default=0)
    return "<br>".join(map(figure.letters, (text[:middle], text[middle + 1 :]))) if middle else figure.letters(text)


def _series(line: pd.DataFrame, name: str, place: int, periods: list[str], look: Look) -> list[Any]:
    colour = _colour(place, look)
    known = line.dropna(subset=["value"])
    traces: list[Any] = []
    if place == 0 and "low" in line:
        traces += ribbon(line, colour)
    traces.append(
        go.Scatter(x=periods, y=line["value"], mode="lines", hoverinfo="skip", connectgaps=False,
                   line={"color": colour, "width": 2.5 if place == 0 else 1.6})
    )  # fmt: skip
    traces.append(
        go.Scatter(x=known["period"], y=known["value"], mode="markers", customdata=figure.points(known),
                   name=figure.letters(name), cliponaxis=False,
                   marker={"opacity": 1, "color": colour, "size": 8 if place == 0 else 6, "line": {"width": 0}},
                   hovertext=[f"{figure.letters(name)} · {row.period}<br>{figure.rate_words(row, look)}"
                              for row in known.itertuples()],
                   hoverinfo="text", **figure.picked(look))
    )  # fmt: skip
    return traces


def _colour(place: int, look: Look) -> str:
    quiet = (SEQUENTIAL[6], SEQUENTIAL[4]) if look.dark else (SEQUENTIAL[5], SEQUENTIAL[4])
    return look.data if place == 0 else (look.quiet, *quiet)[(place - 1) % 3]


def ribbon(line: pd.DataFrame, colour: str, share: float = 0.13) -> list[go.Scatter]:
    """The interval behind a line (rows by year): one piece for each run of years without a gap.

    A year between two gaps has no width, so its interval is a vertical bar.
    """
    x: list[str | None] = []
    y: list[float | None] = []
    lone_x: list[str | None] = []
    lone_y: list[float | None] = []
    runs = line["low"].isna().cumsum()[line["low"].notna()]
    for _, run in line.loc[runs.index].groupby(runs, sort=False):
        years = list(run.index)
        if len(years) == 1:
            lone_x += [years[0], years[0], None]
            lone_y += [run["low"].iloc[0], run["high"].iloc[0], None]
            continue
        x += [*years, *reversed(years), None]
        y += [*run["high"], *reversed(list(run["low"])), None]
    faint: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip"}
    band = go.Scatter(x=x, y=y, line={"width": 0}, fill="toself", fillcolor=_faint(colour, share), **faint)
    bars = go.Scatter(x=lone_x, y=lone_y, line={"width": _LONE, "color": _faint(colour, share)}, **faint)
    return [band, *([bars] if lone_x else [])]


def _faint(colour: str, share: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def _ticks(periods: list[str]) -> list[str]:
    """All years if there are few, else every second year, counted from the newest."""
    return periods if len(periods) <= 8 else periods[(len(periods) - 1) % 2 :: 2]


def apart(heights: list[float], gap: float) -> list[float]:
    """The heights (0–1), moved as little as possible so that no two are closer than `gap`; the order stays."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    # Neighbours that move together: the sum of (height - place * gap), and how many they are.
    pools: list[tuple[float, int]] = []
    for place, i in enumerate(order):
        total, count = heights[i] - place * gap, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    levels = [total / count for total, count in pools for _ in range(count)]
    highest = 1 - gap * (len(order) - 1)
    moved = {i: min(level, highest) + place * gap for place, (i, level) in enumerate(zip(order, levels, strict=True))}
    return [moved[i] for i in range(len(heights))]
