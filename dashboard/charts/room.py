"""The space that the labels of the axes need. If the browser has to find it, it draws the chart again for each side."""

import unicodedata
from collections.abc import Iterable
from html import unescape
from math import ceil
from typing import Any

# Widths of letters of Be Vietnam Pro, in hundredths of the font size; diacritics add nothing.
_WIDTHS = {
    letter: width
    for width, letters in {
        23: " '·", 27: "Iijl", 31: ".:!,;|", 40: "1frt", 45: "()[]J", 50: "szk/*", 56: "xvyhnu?", 61: "cEeL+-–",
        65: "FPSagob2Tdpqđ", 70: "035689YZKRB47", 75: "HVUXươƯ…", 80: "NDACG&Đ—=", 86: "OQƠM%w", 100: "mW@",
    }.items()
    for letter in letters
}  # fmt: skip
# Pixels: a line of labels below a chart, the title of the axis below them, the distance from label to axis.
_LABEL, _TITLE, _GAP = 16, 19, 3


def width(text: str, size: float) -> int:
    """Pixels that a text of one line takes at most."""
    letters = [letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)]
    return ceil(sum(_WIDTHS.get(letter, 70) for letter in letters) * size / 100)


def margin(asked: dict[str, int], xaxis: dict[str, Any], yaxis: dict[str, Any]) -> dict[str, int]:
    """The given margin plus the space for the labels on the left and below."""
    left = below = 0
    if yaxis.get("showticklabels", True):
        left = _widest(yaxis) + yaxis.get("ticklen", 0) + _GAP
    if xaxis.get("showticklabels", True) and xaxis.get("side") != "top":
        below = _LABEL
    if xaxis.get("title", {}).get("text"):
        below += _TITLE
    return asked | {"l": asked["l"] + left, "b": asked["b"] + below}


def _widest(axis: dict[str, Any]) -> int:
    labels: Iterable[str] = axis.get("ticktext") or [f"{axis['range'][1]:.0%}"]
    return max((width(unescape(label), axis["tickfont"]["size"]) for label in labels), default=0)
