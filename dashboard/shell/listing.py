"""Tables of sentences as HTML: lines wrap, nothing is cut, values are shown as written. style.css has the style."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from dashboard.shell.columns import Column, Columns, shown

MOST = 60  # rows shown; a download holds them all


def table(rows: pd.DataFrame, columns: Columns, lang: str, marks: pd.Series | None = None) -> str:
    """The first rows as a table. `marks` has a CSS class for each row."""
    part = rows.head(MOST)
    head = "".join(
        f'<th scope="col" class="{_look(name, column)}">{escape(column.label)}</th>' for name, column in columns.items()
    )
    texts = shown(part, columns, lang)
    cells = [_look(name, column) for name, column in columns.items()]
    looks = marks.head(MOST) if marks is not None else pd.Series("", index=part.index)
    body = "".join(
        f'<tr class="{escape(look)}">{"".join(_cell(look, text) for look, text in zip(cells, row, strict=True))}</tr>'
        for look, row in zip(looks, texts.itertuples(index=False, name=None), strict=True)
    )
    return f'<table class="listing"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def facts(pairs: list[tuple[str, str]]) -> str:
    """Names and values, one pair in each line."""
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in pairs)
    return f'<table class="listing facts"><tbody>{rows}</tbody></table>'


def steps(names: list[str], now: int) -> str:
    """The steps of a task; the current step is marked."""
    looks = ["done"] * now + ["now"] + ["later"] * (len(names) - now - 1)
    parts = (f'<li class="{look}">{escape(name)}</li>' for look, name in zip(looks, names, strict=True))
    return f'<ol class="steps">{"".join(parts)}</ol>'


def flow(steps: Sequence[tuple[str, Sequence[str], str]]) -> str:
    """Boxes with arrows between them. Each has a heading, an explanation and its part of one example."""
    boxes = "".join(
        f"<li><b>{escape(heading)}</b>{''.join(f'<span>{escape(line)}</span>' for line in lines)}"
        f"{f'<em>{escape(example)}</em>' if example else ''}</li>"
        for heading, lines, example in steps
    )
    return f'<ol class="flow">{boxes}</ol>'


def _look(name: str, column: Column) -> str:
    return escape(f"{name} number" if column.is_number else name)


def _cell(look: str, text: str) -> str:
    return f'<td class="{look}">{escape(text)}</td>'
