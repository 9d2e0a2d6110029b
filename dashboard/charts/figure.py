"""What all charts share: colours, font, margins, hover, the format of numbers, the data of a point.

A chart is a pure function frame -> figure. A point that can be selected has `POINT`, the address of its value in the
warehouse; nothing else is needed to list the rows behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import room
from pipelines.palette import (
    BLUE,
    DARK_BLUE,
    DARK_GREY,
    DARK_GROUND,
    DARK_INK,
    DARK_LINE,
    DARK_RED,
    GREY,
    GROUND,
    INK,
    LINE,
    POINTS_DECIMALS,
    RATE_DECIMALS,
    READABLE,
    RED,
    contrast,
)
from pipelines.texts import number, percent, say

POINT = ["metric", "unit_code", "period", "breakdown", "stratum"]
FONT = "Be Vietnam Pro, Source Sans, sans-serif"
SMALL, SIZE = 12, 13
CLEAR = "rgba(0,0,0,0)"
ROW = 26  # height of a row of a sorted list or a grid, in pixels
_ALIKE = 3  # so many names must have a common beginning before it is left out
_SHORTEST = 4  # characters that must remain of each name; a mere number says nothing
_LONGEST = 30  # characters of a name beside a chart; the hover has the whole name


@dataclass(frozen=True)
class Look:
    """Language and background of a chart. Charts are transparent; only their colours depend on the background."""

    lang: str = "vi"
    dark: bool = False

    @property
    def ink(self) -> str:
        return DARK_INK if self.dark else INK

    @property
    def line(self) -> str:
        return DARK_LINE if self.dark else LINE

    @property
    def ground(self) -> str:
        return DARK_GROUND if self.dark else GROUND

    @property
    def data(self) -> str:
        return DARK_BLUE if self.dark else BLUE

    @property
    def alert(self) -> str:
        return DARK_RED if self.dark else RED

    @property
    def quiet(self) -> str:
        return DARK_GREY if self.dark else GREY

    def say(self, key: str, **params: object) -> str:
        """A sentence in the language of the chart."""
        return say(key, self.lang, **params)

    def percent(self, value: float) -> str:
        """A share as percent, with the decimals of all shares."""
        return percent(value, self.lang, RATE_DECIMALS)

    def number(self, value: float) -> str:
        """A count with separators."""
        return number(value, self.lang)


def draw(traces: Iterable[Any], look: Look, height: int, **layout: Any) -> go.Figure:
    """The figure of these traces with the shared layout; `layout` adds both axes, margin, annotations, shapes.

    The given margin excludes the labels of the axes; their space is added. If the axes have domains (several small
    charts in one figure), the margin is used as given.
    """
    whole = _LAYOUT | _inked(look) | {"height": height} | layout
    if "domain" not in whole["xaxis"]:
        whole["margin"] = room.margin(whole["margin"], whole["xaxis"], whole["yaxis"])
    return go.Figure(list(traces), whole)


_LAYOUT: dict[str, Any] = {
    "paper_bgcolor": CLEAR,
    "plot_bgcolor": CLEAR,
    "showlegend": False,
    "dragmode": False,
    "hovermode": "closest",
    "clickmode": "event+select",
    "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
    "template": {"layout": {}},
}


def _inked(look: Look) -> dict[str, Any]:
    label = {"bgcolor": look.ground, "bordercolor": look.line, "align": "left"}
    return {
        "font": {"family": FONT, "size": SIZE, "color": look.ink},
        "separators": ",." if look.lang == "vi" else ".,",
        "hoverlabel": label | {"font": {"family": FONT, "size": SIZE, "color": look.ink}},
    }


def axis(look: Look, **extra: Any) -> dict[str, Any]:
    """An axis with faint lines and grey labels that are never rotated."""
    text = {"text": extra.pop("title")} if "title" in extra else {}
    plain: dict[str, Any] = {
        "gridcolor": look.line,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "ticklabeloverflow": "allow",  # the margin has space; otherwise Plotly measures each label, 0.3 s in a grid
        "tickangle": 0,
        "tickfont": {"size": SMALL, "color": look.quiet},
        "title": {"font": {"size": SMALL, "color": look.quiet}} | text,
    }
    return plain | extra


def shares(look: Look, top: float, **extra: Any) -> dict[str, Any]:
    """An axis of shares that begins at zero; all ticks have the same decimals."""
    return axis(look, tickformat=",.0%", range=[0, min(max(top, 0.02), 1.02)], rangemode="tozero") | extra


def rows(look: Look, names: list[str], **extra: Any) -> dict[str, Any]:
    """A vertical axis of named rows, the first on top, at 0, 1, 2, …, so that names can repeat."""
    room = {"range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "outside", "ticklen": 7}
    font = {"size": SMALL, "color": look.ink}
    return (
        axis(
            look,
            tickmode="array",
            tickvals=list(range(len(names))),
            ticktext=[*map(letters, names)],
            tickfont=font,
            tickcolor=CLEAR,
        )
        | room
        | extra
    )


def letters(text: str) -> str:
    """A text of others for a place of a chart that reads HTML tags; it is shown letter by letter."""
    return escape(text, quote=False)


def note(text: str, look: Look, **place: Any) -> dict[str, Any]:
    """Grey text on the chart: a label or a key. It can have HTML tags, so names must pass `letters`."""
    quiet = {"text": text, "showarrow": False, "font": {"size": SMALL, "color": look.quiet}}
    return quiet | place


def key(lines: list[str], look: Look) -> dict[str, Any]:
    """The legend, above the chart on the left; the margin must have `KEY_LINE` pixels for each line."""
    above = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    return note("<br>".join(lines), look, align="left", **above)


KEY_LINE = 19


def swatch(colour: str, sign: str = "■") -> str:
    """A coloured sign for the legend."""
    return f'<span style="color:{colour}">{sign}</span>'


def legible(colour: str, look: Look) -> str:
    """The colour for the name of something drawn in `colour`: the same, or grey if the same is hard to read."""
    return colour if contrast(colour, look.ground) >= READABLE else look.quiet


def points(frame: pd.DataFrame) -> list[list[str]]:
    """The customdata of these rows."""
    result: list[list[str]] = frame[POINT].to_numpy(dtype=object).tolist()
    return result


def picked(look: Look, colour: object = None) -> dict[str, Any]:
    """The style of a selected mark: it gets the alert colour, the others do not change."""
    return {
        "selected": {"marker": {"color": colour or look.alert, "opacity": 1}, "textfont": {"color": look.alert}},
        "unselected": {"marker": {"opacity": 1}},
    }


def short(names: list[str], longest: int = _LONGEST) -> list[str]:
    """Names for the side of a chart, with at most `longest` characters.

    If at least three names (or all) begin with the same two or more words, these words are left out: "Ban Nội chính
    Tỉnh ủy Hà Giang" among similar names becomes "Tỉnh ủy Hà Giang".
    """
    begun: dict[tuple[str, ...], set[str]] = {}
    for name in names:
        begun.setdefault(tuple(name.split()[:2]), set()).add(name)
    least = min(_ALIKE, len(set(names)))
    left = {one: rest for alike in begun.values() if len(alike) >= max(least, 2) for one, rest in _rests(alike)}
    return [cut(left.get(name, name), longest) for name in names]


def cut(name: str, longest: int) -> str:
    """A name of at most `longest` characters, cut after a word; the hover has the whole name."""
    return name if len(name) <= longest else name[:longest].rsplit(" ", 1)[0].rstrip(",;") + "…"


def _rests(alike: set[str]) -> list[tuple[str, str]]:
    """Each name and its rest without the common words; empty if too little is common or would remain."""
    words = {name: name.split() for name in alike}
    columns = zip(*(one[:-1] for one in words.values()), strict=False)  # the last word of the shortest name stays
    shared = len([*takewhile(lambda column: len(set(column)) == 1, columns)])
    rests = [(name, " ".join(one[shared:])) for name, one in words.items()]
    return rests if shared > 1 and min(len(rest) for _, rest in rests) >= _SHORTEST else []


def brief(row: Any, look: Look) -> str:
    """A rate with its n, 14,3% (2/14), or a count."""
    if row.denominator != row.denominator:
        return look.number(row.value)
    return f"{look.percent(row.value)} ({look.number(row.numerator)}/{look.number(row.denominator)})"


def rate_words(row: Any, look: Look) -> str:
    """14,3% (2/14), and below it the interval: 95%: 4,0–39,9%."""
    figure, _, size = brief(row, look).partition(" ")
    words = f"<b>{figure}</b> {size}".rstrip()
    if hasattr(row, "low") and row.low == row.low:
        low, high = (
            look.percent(end) if size else number(end, look.lang, POINTS_DECIMALS) for end in (row.low, row.high)
        )
        words += "<br>" + look.say("charts.interval", low=low, high=high)
    return words


def state_words(state: str, look: Look) -> str:
    """Why there is no value: "chưa nộp" and the like."""
    return look.say(f"charts.state.{state}")


def config(lang: str) -> dict[str, Any]:
    """The settings of Plotly; they hold its Vietnamese words and number formats, so that it loads nothing."""
    buttons = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "doubleClick": False}
    if lang != "vi":
        return buttons
    months = [f"Tháng {month}" for month in range(1, 13)]
    days = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"]
    words = {"Download plot": "Tải ảnh", "Reset axes": "Về ban đầu", "Click to enter Plot title": "Tên biểu đồ"}
    form = {"decimal": ",", "thousands": ".", "grouping": [3], "date": "%d/%m/%Y", "dateTime": "%H:%M %d/%m/%Y"}
    names = {"months": months, "shortMonths": [f"Th{m}" for m in range(1, 13)], "days": days}
    names |= {"shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"]}
    locale = {"moduleType": "locale", "name": "vi", "dictionary": words, "format": form | names}
    return buttons | {"locale": "vi", "locales": {"vi": locale}}
