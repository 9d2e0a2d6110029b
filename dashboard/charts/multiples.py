"""One small chart for each unit, all on the same scale."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import figure, room
from dashboard.charts.caterpillar import why
from dashboard.charts.figure import Look
from dashboard.charts.lines import ribbon

MOST = 16  # small charts; for more units there are the table and the choice of units
_COLUMNS = 4
_TALL, _BETWEEN, _TITLE = 96, 76, 48  # pixels: a small chart, the gap to the next row, the title above
_NAME = 24  # characters of the name above a chart, if four charts are side by side


def years(frame: pd.DataFrame, look: Look) -> go.Figure:
    """`frame`: POINT columns, label, level_name, period, value, numerator, denominator, low, high, level, state.

    The charts are in the order of the frame. Dark: the unit with its interval; dotted: the level of its group in each
    year. The title has the newest value with its n. A year without a value is a gap. Counts have no interval: that of
    one or two would fill the chart.
    """
    periods = sorted(frame["period"].unique())
    units = list(dict.fromkeys(frame["unit_code"]))
    is_share = frame["denominator"].notna().any()
    top = _top(frame)
    columns = min(_COLUMNS, max(len(units), 2))
    names = figure.short([*frame.drop_duplicates("unit_code")["label"]], _NAME * _COLUMNS // columns)
    rows = -(-len(units) // columns)
    height = _TITLE + rows * _TALL + (rows - 1) * _BETWEEN + 24
    inner = height - _TITLE - 24
    layout: dict[str, Any] = {}
    traces, titles = [], []
    for place, (unit, name) in enumerate(zip(units, names, strict=True)):
        number = "" if place == 0 else str(place + 1)
        one = frame[frame["unit_code"] == unit].set_index("period", drop=False).reindex(periods)
        traces += [trace.update(xaxis=f"x{number}", yaxis=f"y{number}") for trace in _traces(one, name, periods, look)]
        across, down = _place(place, columns, inner)
        layout |= _axes(number, across, down, periods, top, is_share, place % columns == 0, look)
        titles.append(figure.note(_title(one, name, look), look, x=across[0], xref="paper", y=down[1], yref="paper",
                                  xanchor="left", yanchor="bottom", yshift=6, align="left"))  # fmt: skip
    left = room.width(look.percent(top), figure.SMALL) + 8
    return figure.draw(
        traces, look, height, annotations=titles, margin={"l": left, "r": 8, "t": _TITLE, "b": 24}, **layout
    )


def cuts(frame: pd.DataFrame) -> bool:
    """Whether an interval continues above the common scale; the caption must say so."""
    return bool(frame["high"].max() > _top(frame))


def _top(frame: pd.DataFrame) -> float:
    """The top of the common scale: above every value, and above half of the intervals."""
    usual = frame["high"].median() if frame["denominator"].notna().any() else float("nan")
    top = float(pd.Series([frame["value"].max(), frame["level"].max(), usual]).max())
    return (1.0 if top != top or top <= 0 else top) * 1.15


def _place(place: int, columns: int, inner: int) -> tuple[list[float], list[float]]:
    """The place of a small chart, as parts of the whole figure."""
    column, row = place % columns, place // columns
    wide = 1 / columns
    top = 1 - row * (_TALL + _BETWEEN) / inner
    return [column * wide, (column + 0.88) * wide], [max(top - _TALL / inner, 0), top]


def _axes(
    number: str, across: list[float], down: list[float], periods: list[str],
    top: float, is_share: bool, first: bool, look: Look,
) -> dict[str, Any]:  # fmt: skip
    ends = [periods[0], periods[-1]] if len(periods) > 1 else periods
    form = {"tickformat": ",.0%"} if is_share else {"tickformat": ",d"}
    x = figure.axis(look, type="category", categoryarray=periods, showgrid=False, tickvals=ends, domain=across,
                    anchor=f"y{number}", range=[-0.4 - 0.09 * len(periods), len(periods) - 0.4])  # fmt: skip
    y = figure.axis(look, range=[0, top], nticks=4, domain=down, anchor=f"x{number}", showticklabels=first, **form)
    return {f"xaxis{number}": x, f"yaxis{number}": y}


def _traces(one: pd.DataFrame, name: str, periods: list[str], look: Look) -> list[go.Scatter]:
    known = one.dropna(subset=["value"])
    return [
        *(ribbon(one, look.data, 0.15) if known["denominator"].notna().any() else []),
        go.Scatter(x=periods, y=one["level"], mode="lines", hoverinfo="skip",
                   line={"color": look.quiet, "width": 1.2, "dash": "dot"}),
        go.Scatter(x=periods, y=one["value"], mode="lines", hoverinfo="skip", line={"color": look.data, "width": 2}),
        go.Scatter(
            x=known["period"], y=known["value"], mode="markers", customdata=figure.points(known), hoverinfo="text",
            cliponaxis=False, marker={"opacity": 1, "color": look.data, "size": 5, "line": {"width": 0}},
            hovertext=[f"{figure.letters(name)} · {row.period}<br>{figure.rate_words(row, look)}"
                       for row in known.itertuples()],
            **figure.picked(look),
        ),
    ]  # fmt: skip


def _title(one: pd.DataFrame, name: str, look: Look) -> str:
    """The name, and below it the newest value with its n, or why there is none."""
    newest = one.dropna(subset=["metric"]).iloc[-1]
    told = figure.brief(newest, look) if newest["value"] == newest["value"] else why(newest, look)
    return f'<span style="color:{look.ink}">{figure.letters(name)}</span><br>{told}'
