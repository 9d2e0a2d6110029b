"""The evidence for a point: the rows of the workbooks that were summed, each with file › sheet › cell as written."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.shell import asking, downloads, listing, page
from dashboard.shell.columns import Column, Columns, config, shown
from dashboard.shell.markup import plain
from dashboard.shell.page import Page
from pipelines.palette import POINTS_DECIMALS
from pipelines.texts import number, period_name
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question

LIMIT = 5000  # rows listed; a roll-up of all units may have more


def show(here: Page, key: str, point: Sequence[str]) -> None:
    """The heading, the rows of the numerator or denominator, and the whole source row of the selected row."""
    question = Question.of_point(point, here.organisation)
    rows = asking.ask(here, queries.evidence, question, LIMIT + 1)
    periods = question.period.split("|")
    title = here.say(
        "dashboard.evidence.title", who=name_of(here, question.unit, periods[-1]), period=_span(periods, here.lang)
    )
    listed(here, key, title, rows.assign(name=rows["part"]))


def listed(here: Page, key: str, title: str, rows: pd.DataFrame) -> None:
    """The rows of one part (num, den, awards and so on) at a time, with their sum."""
    st.markdown(f"**{plain(title)}**")
    if rows.empty:
        st.info(here.say("dashboard.evidence.empty"), icon=":material/info:")
        return
    cut = here.say("dashboard.evidence.cut", count=number(LIMIT, here.lang)) if len(rows) > LIMIT else ""
    if cut:
        st.warning(plain(cut), icon=":material/content_cut:")
        rows = rows.head(LIMIT)
    name, told = _part(here, key, rows)
    part = rows[rows["name"] == name].reset_index(drop=True)
    part["source"] = part["file_name"] + " › " + part["sheet"] + " › " + part["cell"].fillna("")
    columns = _columns(here, part)
    state = st.dataframe(
        shown(part, columns, here.lang),
        column_config=config(columns),
        hide_index=True,
        height=min(38 * (len(part) + 1), 300),
        key=f"{key}.rows.{name}",
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        alt=title,
    )
    downloads.excel(
        page.imprint(here),
        f"{key}.rows",
        title,
        part,
        columns,
        " ".join(filter(None, (told, cut))),
        label="dashboard.evidence.excel",
    )
    for row in state["selection"]["rows"][:1]:
        if row < len(part):
            source(here, part.iloc[row])


def _span(periods: Sequence[str], lang: str) -> str:
    """The name of one period, or several years as 2021–2025."""
    return period_name(periods[0], lang) if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"


def _part(here: Page, key: str, rows: pd.DataFrame) -> tuple[str, str]:
    """The part that the reader chose, and the sentence about it: the sum of its rows and their number."""
    counted = rows.groupby("name", sort=False)["amount"].agg(["sum", "size"])
    names = [str(name) for name in counted.index]
    told = {
        name: here.say(
            f"dashboard.evidence.{name}",
            count=number(int(counted["size"][name]), here.lang),
            sum=_sum(float(counted["sum"][name]), here.lang),
        )
        for name in names
    }
    if len(names) == 1:
        st.caption(plain(told[names[0]]))
        return names[0], told[names[0]]
    picked = st.segmented_control(
        here.say("dashboard.evidence.part"),
        names,
        default=names[0],
        required=True,
        format_func=lambda one: plain(told[one]),
        key=f"{key}.part",
        label_visibility="collapsed",
    )
    name = picked if picked in names else names[0]
    return name, told[name]


def _sum(amount: float, lang: str) -> str:
    return number(amount, lang, 0 if amount == int(amount) else POINTS_DECIMALS)


def _columns(here: Page, rows: pd.DataFrame) -> Columns:
    """Columns of the rows: unit and year only if there are several, subject only if there is one."""
    whole = bool((rows["amount"] % 1 == 0).all())
    columns = {
        "period": Column(here.say("profile.column.year"), width=60),
        "subject": Column(here.say("dashboard.evidence.subject"), width=150),
        "value": Column(here.say("dashboard.evidence.value"), width=140),
        "cell": Column(here.say("dashboard.evidence.cell"), width=60),
        "waited": Column(here.say("dashboard.evidence.waited"), "count", width="small"),
        "source": Column(here.say("dashboard.evidence.source"), width="large"),
        "unit_name": Column(here.say("dashboard.evidence.unit"), width="medium"),
        "column": Column(here.say("dashboard.evidence.column")),
        "amount": Column(here.say("dashboard.evidence.amount"), "count" if whole else "points", width="small"),
    }
    alike = {name for name in ("unit_name", "period") if rows[name].nunique() == 1}
    empty = {name for name in ("subject", "waited") if name not in rows or rows[name].isna().all()}
    return {name: column for name, column in columns.items() if name not in alike | empty}


def source(here: Page, row: pd.Series) -> None:
    """The row of the workbook as written, cell by cell. `row` has file_name, sheet, excel_row, submission_id."""
    cells = asking.ask(here, queries.source_row, int(row["submission_id"]), row["sheet"], int(row["excel_row"]))
    place = {"file": row["file_name"], "sheet": row["sheet"], "row": row["excel_row"], "receipt": row["submission_id"]}
    st.caption(plain(here.say("dashboard.evidence.row", **place)))
    shape = {name: Column(here.say(f"dashboard.evidence.{name}")) for name in ("cell", "column", "value")}
    st.html(listing.table(cells, shape, here.lang))


def name_of(here: Page, code: str, period: str) -> str:
    """The name of a unit or group in the period; its code if it has no name."""
    units = asking.ask(here, comparisons.units, period, here.organisation)
    groups = asking.ask(here, queries.groups, period)
    names = dict(zip(groups["code"], groups["name" if here.lang == "vi" else "english"], strict=True))
    names |= dict(zip(units["unit_code"], units["unit_name"], strict=True))
    result: str = names.get(code, code)
    return result
