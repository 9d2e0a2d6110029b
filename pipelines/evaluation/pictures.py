"""Pictures of the evaluation: one line a figure, a dot with its error, and the goal where there is one.

Plain SVG, the same every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pipelines import palette
from pipelines.texts import number, say

_LABELS, _PLOT, _VALUES, _LINE, _HEAD, _FOOT = 540, 340, 70, 32, 62, 46  # pixels
_STEPS = 5  # parts of the axis
_TWO_ERRORS = 2


@dataclass(frozen=True)
class Row:
    """A figure with its standard error and, if there is one, the goal: at least or at most."""

    labels: tuple[str, ...]
    value: float
    error: float
    goal: float | None = None
    is_least: bool = True

    @property
    def is_met(self) -> bool:
        return self.goal is None or (self.value >= self.goal if self.is_least else self.value <= self.goal)


def drawn(key: str, rows: Sequence[Row], most: float, decimals: int) -> str:
    """The picture of the title `evaluation.picture.<key>`; the axis goes from 0 to `most`."""
    width, height = _LABELS + _PLOT + _VALUES, _HEAD + _LINE * len(rows) + _FOOT
    titles = [say(f"evaluation.picture.{key}", lang) for lang in ("vi", "en")]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="Segoe UI, Noto Sans, Arial, sans-serif" font-size="12">',
        f"<title>{escape(' · '.join(titles))}</title>",
        f'<rect width="{width}" height="{height}" fill="{palette.GROUND}"/>',
        _text(12, 24, titles[0], size=15, weight=600),
        _text(12, 43, titles[1], colour=palette.GREY),
        *_axis(len(rows), most),
    ]
    for place, row in enumerate(rows):
        parts += _line(row, _HEAD + _LINE * place + _LINE / 2, most, decimals)
    told = "legend" if any(row.goal is not None for row in rows) else "errors"
    legend = " · ".join(say(f"evaluation.picture.{told}", lang) for lang in ("vi", "en"))
    return "\n".join([*parts, _text(12, height - 10, legend, colour=palette.GREY, size=11), "</svg>", ""])


def _axis(lines: int, most: float) -> list[str]:
    bottom, decimals = _HEAD + _LINE * lines, 0 if most >= _STEPS else 1 if most >= 1 else 2
    parts = []
    for step in range(_STEPS + 1):
        value = most * step / _STEPS
        x = _x(value, most)
        parts.append(f'<path d="M{x:.1f} {_HEAD}V{bottom}" stroke="{palette.LINE}"/>')
        parts.append(_text(x, bottom + 15, number(value, "vi", decimals), anchor="middle", colour=palette.GREY))
    return parts


def _line(row: Row, y: float, most: float, decimals: int) -> list[str]:
    colour = palette.BLUE if row.is_met else palette.RED
    low, high = (_x(row.value + sign * _TWO_ERRORS * row.error, most) for sign in (-1, 1))
    x = _x(row.value, most)
    mark = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
        if row.is_met
        else f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7-7z" fill="{palette.GROUND}"'
        f' stroke="{colour}" stroke-width="2"/>'
    )
    parts = [
        _text(12, y - 1, row.labels[0]),
        _text(12, y + 12, row.labels[1], colour=palette.GREY, size=10),
        f'<path d="M{low:.1f} {y:.1f}H{high:.1f}" stroke="{colour}" stroke-width="2"/>',
        mark,
        _text(_LABELS + _PLOT + 16, y + 4, number(row.value, "vi", decimals)),
    ]
    if row.goal is not None:
        goal = _x(row.goal, most)
        parts.append(f'<path d="M{goal:.1f} {y - 12:.1f}v24" stroke="{palette.INK}" stroke-width="2"/>')
    return parts


def _x(value: float, most: float) -> float:
    return _LABELS + _PLOT * min(max(value / most, 0.0), 1.0)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    colour: str = palette.INK,
    size: int = 12,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    style = f'fill="{colour}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'
