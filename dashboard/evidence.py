"""What stands behind a point: the rows of the workbooks it was summed from, each with file › sheet › cell as written."""

import pandas as pd
import streamlit as st

from dashboard import export, frames
from dashboard.columns import Column, Columns, config, shown
from dashboard.page import Page, version_line
from pipelines.texts import period_name
from pipelines.warehouse import comparisons, queries

LIMIT = 5000  # rows listed; a roll-up of all units may have more


def show(here: Page, key: str, point: list[str]) -> None:
    """Heading, the rows of the numerator or denominator, and the whole source row of the one selected."""
    metric, unit_code, period, breakdown, stratum = (str(part or "") for part in point)
    place = (metric, unit_code, period, breakdown, stratum or None)
    rows = frames.ask(here, queries.evidence, *place, LIMIT, organisation=here.organisation)
    title = here.say(
        "dashboard.evidence.title", who=_name(here, unit_code, period), period=period_name(period, here.lang)
    )
    st.markdown(f"**{title}**")
    if rows.empty:
        st.info(here.say("dashboard.evidence.empty"), icon=":material/info:")
        return
    part = _part(here, key, rows)
    listed = rows[rows["part"] == part].reset_index(drop=True)
    columns = _columns(here, listed)
    listed["source"] = listed["file_name"] + " › " + listed["sheet"] + " › " + listed["cell"].fillna("")
    state = st.dataframe(
        shown(listed, columns, here.lang),
        column_config=config(columns),
        hide_index=True,
        height=min(38 * (len(listed) + 1), 300),
        key=f"{key}.rows.{part}",
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        alt=title,
    )
    st.download_button(
        here.say("dashboard.evidence.excel"),
        lambda: export.workbook(title, listed, columns, [version_line(here)]),
        file_name=f"{key}-{unit_code}-{period}.xlsx",
        mime=export.MIME,
        key=f"{key}.rows.excel",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
    for row in state["selection"]["rows"][:1]:
        if row < len(listed):
            source(here, listed.iloc[row])


def _part(here: Page, key: str, rows: pd.DataFrame) -> str:
    """Numerator or denominator, with the number of rows; counts have a numerator only."""
    counts = rows["part"].value_counts().to_dict()
    parts = [part for part in ("num", "den") if part in counts]
    if len(parts) == 1:
        return parts[0]
    picked = st.segmented_control(
        here.say("dashboard.evidence.part"),
        parts,
        default=parts[0],
        required=True,
        format_func=lambda part: here.say(f"dashboard.evidence.{part}", count=counts[part]),
        key=f"{key}.part",
        label_visibility="collapsed",
    )
    return picked or parts[0]


def _columns(here: Page, rows: pd.DataFrame) -> Columns:
    """Unit only where there is more than one, subject only where there is any."""
    columns = {
        "subject": Column(here.say("dashboard.evidence.subject"), width=150),
        "value": Column(here.say("dashboard.evidence.value"), width=140),
        "cell": Column(here.say("dashboard.evidence.cell"), width=60),
        "source": Column(here.say("dashboard.evidence.source"), width="large"),
        "unit_name": Column(here.say("dashboard.evidence.unit"), width="medium"),
        "column": Column(here.say("dashboard.evidence.column")),
        "amount": Column(here.say("dashboard.evidence.amount"), "count", width="small"),
    }
    one_unit, nobody = rows["unit_code"].nunique() == 1, rows["subject"].isna().all()
    left_out = {"unit_name"} if one_unit else set()
    return {
        name: column for name, column in columns.items() if name not in left_out | ({"subject"} if nobody else set())
    }


def source(here: Page, row: pd.Series) -> None:
    """The row of the workbook as it was written, cell by cell. `row`: file_name, sheet, excel_row, submission_id."""
    cells = frames.ask(here, queries.source_row, int(row["submission_id"]), row["sheet"], int(row["excel_row"]))
    st.caption(
        here.say(
            "dashboard.evidence.row",
            file=row["file_name"],
            sheet=row["sheet"],
            row=row["excel_row"],
            receipt=row["submission_id"],
        )
    )
    named = {name: here.say(f"dashboard.evidence.{name}") for name in ("cell", "column", "value")}
    st.table(cells[list(named)].rename(columns=named), border="horizontal", hide_index=True)


def _name(here: Page, code: str, period: str) -> str:
    """Name of a unit or group in the period, else its code."""
    units = frames.ask(here, comparisons.units, period, here.organisation)
    groups = frames.ask(here, queries.groups, period)
    names = dict(zip(groups["code"], groups["name" if here.lang == "vi" else "english"], strict=True))
    names |= dict(zip(units["unit_code"], units["unit_name"], strict=True))
    return names.get(code, code)
