"""How much room the labels of the axes need. A browser that has to find out draws the whole chart once more for each side."""

import unicodedata
from collections.abc import Iterable
from html import unescape
from math import ceil
from typing import Any

# Widths of the letters of Be Vietnam Pro, in hundredths of the size of the type; marks above and below add nothing.
_WIDTHS = {
    letter: width
    for width, letters in {
        23: " '·", 27: "Iijl", 31: ".:!,;|", 40: "1frt", 45: "()[]J", 50: "szk/*", 56: "xvyhnu?", 61: "cEeL+-–",
        65: "FPSagob2Tdpqđ", 70: "035689YZKRB47", 75: "HVUXươƯ…", 80: "NDACG&Đ—=", 86: "OQƠM%w", 100: "mW@",
    }.items()
    for letter in letters
}  # fmt: skip
_LABEL, _TITLE, _GAP = (
    16,
    19,
    3,
)  # pixels: a line of labels below a chart, the name of the axis below them, label to axis


def width(text: str, size: float) -> int:
    """Pixels a text of one line takes at most."""
    letters = [letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)]
    return ceil(sum(_WIDTHS.get(letter, 70) for letter in letters) * size / 100)


def margin(asked: dict[str, int], xaxis: dict[str, Any], yaxis: dict[str, Any]) -> dict[str, int]:
    """The margin asked for and, beyond it, room for the labels on the left and below."""
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
