"""Every sentence of a rule leads to the rows of its figure: what they add up to is what is said."""

import pandas as pd
import pytest

from pipelines.access import sees_all
from pipelines.settings import Home
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer

ALL = sees_all()
YEARS = ("2025", "2024", "2023")
KINDS = ("ceiling", "prerequisite", "members", "minimum", "barred", "order", "days", "unique", "votes")
EACH = 4  # rows walked of one rule, year and verdict


@pytest.fixture(scope="module")
def version(received: Home) -> Version:
    return current(received)


@pytest.fixture(scope="module")
def said(version: Version) -> pd.DataFrame:
    """Rows of every rule, year and verdict that tell a figure, the largest first."""
    rows = pd.concat([queries.rule_results(version, ALL, year) for year in YEARS], ignore_index=True)
    rows = rows[rows["value"].notna()].sort_values("value", ascending=False, kind="stable")
    few = rows.groupby(["rule_id", "condition", "valid_from", "period", "status"]).cumcount() < EACH
    return rows[few]


def figure(kind: str, found: pd.DataFrame) -> float:
    """The figure of a sentence, from the rows it leads to."""
    sums = found.groupby("name")["amount"].sum()
    if kind in ("members", "votes"):
        part, whole = ("counted", "members") if kind == "members" else ("agreed", "council")
        return float(sums.get(part, 0) / sums[whole])
    name = {"order": "days", "days": "days", "target": "aimed"}.get(kind, "counted")
    return float(sums.get(name, 0)) / (100 if kind == "target" else 1)


def test_every_kind_of_the_demo_is_walked(said: pd.DataFrame) -> None:
    assert set(said["kind"]) == set(KINDS)  # the demo sets no target of 100% for a title: see test_rules_of_units


@pytest.mark.parametrize("kind", KINDS)
def test_rows_add_up_to_the_figure_that_is_told(version: Version, said: pd.DataFrame, kind: str) -> None:
    rows = said[said["kind"] == kind]
    assert len(rows)
    wrong = []
    for row in rows.itertuples():
        found = queries.rule_cells(version, ALL, row)
        if figure(kind, found) != pytest.approx(row.value):
            wrong.append(
                (
                    row.rule_id,
                    row.condition,
                    row.unit_code,
                    row.period,
                    row.proposal_code,
                    row.value,
                    figure(kind, found),
                )
            )
        assert found["cell"].notna().all(), (row.rule_id, row.unit_code, row.period)
    assert wrong == []


def test_a_ceiling_leads_to_what_it_is_a_share_of(version: Version, said: pd.DataFrame) -> None:
    rows = said[said["kind"] == "ceiling"]
    for row in rows.itertuples():
        of_base = queries.rule_cells(version, ALL, row).query("name == 'base'")["amount"].sum()
        assert row.limit_value <= of_base


def test_discipline_leads_only_who_may_see_people_to_its_cells(version: Version) -> None:
    office = Viewer("office", may_see_people=False)
    told = queries.rule_results(version, office, "2025")
    barred = list(told[told["kind"] == "barred"].itertuples())
    assert barred
    assert all(queries.rule_cells(version, office, row).empty for row in barred)
