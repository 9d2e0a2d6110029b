"""The one way to show a chart: its finding, the figure, and for every point the rows and cells that it was made from.

A panel reruns alone. A point has `POINT` as customdata. Rows of a table with these columns can be picked likewise. The
picked point stays in the session as long as the figure has it.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.figure import POINT
from dashboard.charts.figure import config as chart_config
from dashboard.shell import asking, downloads, evidence, page
from dashboard.shell.columns import Columns, config, shown
from dashboard.shell.markup import plain
from dashboard.shell.page import Page
from pipelines.warehouse.door import queries

_CHART, _TABLE = "chart", "table"


def show(
    here: Page,
    key: str,
    title: str,
    figure: go.Figure | None,
    table: pd.DataFrame,
    *,
    columns: Columns,
    caption: str = "",
    empty: str = "",
    selectable: bool = True,
    leads: str = "",
) -> None:
    """Draw one panel. Call it inside the column or grid cell it belongs to.

    `key` is unique among all pages. `title` is the question or finding, `caption` explains how to read the figure.
    `table` is shown and downloaded with the given `columns` only; it can have `POINT` as well. Without figure or rows,
    `empty` says why and what to do. `leads` names the filter that is set to the unit of a picked point; the point is
    forgotten when that filter changes to another unit.
    """
    point = st.session_state.get(f"{key}.point")
    if leads and point and str(point[1]) != st.session_state.get(leads):
        _clear(key)
    with st.container(border=True, key=f"panel-{key}", height="stretch", gap="xsmall"):
        _panel(page.stamped(here), key, title, figure, table, columns, caption, empty, selectable, leads)


@st.fragment
def _panel(
    here: Page,
    key: str,
    title: str,
    figure: go.Figure | None,
    table: pd.DataFrame,
    columns: Columns,
    caption: str,
    empty: str,
    selectable: bool,
    leads: str,
) -> None:
    if st.session_state.pop(f"{key}.leads", False):
        st.rerun()
    if figure is None or table.empty:
        here.part(plain(title))
        st.info(plain(empty) if empty else here.say("dashboard.panel.empty"), icon=":material/info:")
        return
    view = _head(here, key, title, table, columns, caption)
    pickable = selectable and set(POINT) <= set(table.columns)
    if view == _TABLE:
        _table(key, title, table, columns, here.lang, pickable, leads)
    else:
        _figure(key, title, figure, here.lang, selectable, leads)
    if not selectable:
        return
    point = picked(key, points_of(figure) + (table[POINT].values.tolist() if pickable else []))
    if point is None:
        with st.container(key=f"hint-{key}"):
            st.caption(here.say("dashboard.panel.hint"))
        return
    evidence.show(here, key, point)
    st.button(here.say("dashboard.panel.clear"), key=f"{key}.clear", type="tertiary", on_click=_clear, args=(key,))


def picked(key: str, points: Sequence[Sequence[Any]]) -> list[str] | None:
    """The point picked in a panel, if it is still one of these."""
    chosen = st.session_state.get(f"{key}.point")
    return (
        chosen if chosen and [str(part) for part in chosen] in [[str(p) for p in point] for point in points] else None
    )


def points_of(figure: go.Figure) -> list[list[Any]]:
    """The customdata of all points of a figure that can be picked."""
    data = [trace.customdata for trace in figure.data if getattr(trace, "customdata", None) is not None]
    return [list(point)[: len(POINT)] for custom in data for point in custom if len(point) >= len(POINT)]


def _head(here: Page, key: str, title: str, table: pd.DataFrame, columns: Columns, caption: str) -> str:
    """Draw title, switch chart | table and download; returns the chosen one of the two."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"head-{key}"):
        here.part(plain(title), width="stretch")
        view = st.segmented_control(
            here.say("dashboard.panel.view"),
            [_CHART, _TABLE],
            default=_CHART,
            required=True,
            format_func={_CHART: ":material/bar_chart:", _TABLE: ":material/table_rows:"}.__getitem__,
            key=f"{key}.view",
            label_visibility="collapsed",
            persist_state="session",
        )
        downloads.excel(page.imprint(here), key, title, table, columns, caption, every=_units(here, table))
    if caption:
        st.caption(plain(caption))
    return view or _CHART


def _units(here: Page, table: pd.DataFrame) -> int | None:
    """The number of all units, if the table has one row for each unit."""
    codes = table.get("unit_code")
    every = set(asking.ask(here, queries.units, here.period)["unit_code"]) if codes is not None else set()
    return len(every) if codes is not None and codes.is_unique and set(codes) <= every else None


def _figure(key: str, title: str, figure: go.Figure, lang: str, selectable: bool, leads: str) -> None:
    if not selectable:
        st.plotly_chart(figure, key=f"{key}.figure", config=chart_config(lang), alt=title, theme=None)
        return
    name = f"{key}.figure"
    st.plotly_chart(
        figure,
        key=name,
        on_select=lambda: _keep(key, _customdata(st.session_state[name]), leads),
        selection_mode="points",
        config=chart_config(lang),
        alt=title,
        theme=None,
    )


def _table(key: str, title: str, table: pd.DataFrame, columns: Columns, lang: str, pickable: bool, leads: str) -> None:
    name = f"{key}.table"
    text, look = shown(table, columns, lang), config(columns)
    if not pickable:
        st.dataframe(text, column_config=look, hide_index=True, key=name, alt=title)
        return
    points = table[POINT].values.tolist()
    st.dataframe(
        text,
        column_config=look,
        hide_index=True,
        key=name,
        alt=title,
        on_select=lambda: _keep(key, [points[row] for row in st.session_state[name].selection.rows], leads),
        selection_mode="single-row",
    )


def _customdata(state: Any) -> list[list[Any]]:
    return [list(point["customdata"]) for point in state.selection.points if point.get("customdata")]


def _keep(key: str, points: list[list[Any]], leads: str) -> None:
    """Remember the picked point. An empty selection is ignored: the browser sends it whenever the figure changes."""
    if not points:
        return
    st.session_state[f"{key}.point"] = points[0][: len(POINT)]
    if leads and st.session_state.get(leads) != points[0][1]:
        st.session_state.update({leads: points[0][1], f"{key}.leads": True})


def _clear(key: str) -> None:
    st.session_state.pop(f"{key}.point", None)
