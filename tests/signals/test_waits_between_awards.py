"""Who must wait between two awards is not counted among those who could have won: by the dated list, on each side of
its dates.
"""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.rules import frames as rule_frames
from dashboard.rules import wording as rule_words
from pipelines.contract import reference as lists
from pipelines.problems import ReferenceInvalid
from pipelines.signals import rotation
from pipelines.signals.shape import EXPLAIN, NONE, Inputs
from pipelines.warehouse import connection
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries, signal_inputs
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import ALL, year
from tests.support.homes.signal_worlds import YEARS, world

OWN = "{rule},,wait,Giấy khen: cách nhau 3 năm,Certificate: three years apart,GK|CSTDCS,,{years},,0,{scope},{first},{last},{who},,,,,,,internal benchmark,,,Quy định của cơ quan\n"


def _add(folder: Path, *rows: dict[str, str]) -> None:
    """Rows of the office at the end of its list of rules."""
    usual = {"rule": "GK_CHO", "years": "2", "scope": "unit", "first": "2020-01-01", "last": "", "who": "CA_NHAN"}
    with (folder / "rules.csv").open("a", encoding="utf-8") as file:
        file.writelines(OWN.format(**usual | row) for row in rows)


def _lived(root: Path) -> HandedIn:
    """V01, 2018–2025: A has GK in 2018 and 2020, B BKB in 2022, C BKB in 2023, D BKTTG in 2023, E BKB for a campaign in
    2023,
    F is proposed for BKB in 2023 only."""
    desk = HandedIn(root)
    given = [("A", "GK", 2018, {}), ("A", "GK", 2020, {}), ("B", "BKB", 2022, {}), ("C", "BKB", 2023, {})]
    given += [("D", "BKTTG", 2023, {}), ("E", "BKB", 2023, {"award_kind": "CHUYEN_DE"})]
    given += [("F", "BKB", 2023, {"result": "DE_NGHI"})]
    for then in range(2018, 2026):
        awards = [award(f"{who}{what}", who, what, then, **more) for who, what, on, more in given if on == then]
        desk.unit("V01", str(then), year(*(person(one) for one in "ABCDEF"), awards=awards))
    return desk


def _waiting(version: Version) -> set[tuple[str, int]]:
    with duckdb.connect(str(version.facts), read_only=True) as db:
        people = signal_inputs.inputs(db, 2025).people
    names = connection.frame(version, ALL, "SELECT person_key, full_name FROM people.people", {})
    letters = names.set_index("person_key")["full_name"].str[-1]
    return {(letters[row.person], row.year) for row in people[people["must_wait"]].itertuples()}


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    return build(_lived(tmp_path_factory.mktemp("waits")).home)


def test_who_got_an_award_waits_in_the_years_in_which_the_list_says_so(version: Version) -> None:
    assert _waiting(version) == {("C", 2024), ("D", 2024), ("D", 2025)}  # in 2023 no rule was in force yet


def test_a_row_of_the_office_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path)
    _add(desk.home.reference, {"first": "2020-12-31", "last": "2021-12-30"}, {"first": "2021-12-31", "years": "3"})
    _add(desk.home.reference, {"rule": "GK_NGANH", "years": "5", "scope": "other"})  # binds others
    _add(desk.home.reference, {"rule": "GK_TAP_THE", "years": "5", "who": "TAP_THE"})  # of collectives
    waits = {told for told in _waiting(build(_lived(tmp_path).home)) if told[0] == "A"}
    assert waits == {
        ("A", 2020),
        ("A", 2021),
        ("A", 2022),
        ("A", 2023),
    }  # of 2018 until 2020, of 2020 three years from 2021 on


def test_a_wait_is_listed_with_the_rules_and_judges_nobody(version: Version) -> None:
    told = rule_frames.in_force(version, ALL, pd.Timestamp("2024-01-01").date(), "", "2024", "vi").set_index("rule_id")
    assert told.loc["BKB_CACH_NAM", "kind"] == rule_words.kind("wait", "vi") == "Khoảng cách giữa hai lần"
    assert np.isnan(told.loc["BKB_CACH_NAM", "breach"]) and "cần xác nhận" in told.loc["BKB_CACH_NAM", "note"]
    before = rule_frames.in_force(version, ALL, pd.Timestamp("2023-12-31").date(), "", "2023", "vi")
    assert "BKB_CACH_NAM" not in set(before["rule_id"])
    assert "wait" not in set(queries.rule_results(version, ALL, "2024")["kind"])


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([{"last": "2021-12-31"}, {"first": "2021-12-31"}], "valid_from=2021-12-31"),  # two in force on a day
        ([{"last": "2021-12-31"}, {"first": "2022-01-02"}], "valid_from=2022-01-02"),  # none on a day
        ([{"years": "1.5"}], "value=1.5"),
        ([{"years": "0"}], "value=0"),
    ],
)
def test_gaps_overlaps_and_parts_of_years_are_refused(tmp_path: Path, rows: list[dict[str, str]], what: str) -> None:
    folder = HandedIn(tmp_path).home.reference
    _add(folder, *rows)
    with pytest.raises(ReferenceInvalid) as caught:
        lists.load(folder)
    (fault,) = caught.value.faults
    assert f"{fault.column}={fault.value}" == what


def _by_lot_after_two_years(seed: int = 5) -> Inputs:
    """Every unit gives a quarter of its people an award by lot among those whose last one was three years
    ago or more.
    """
    inputs, rng = world(), np.random.default_rng(seed)
    told = inputs.people.sort_values(["unit_code", "year"], kind="stable").reset_index(drop=True)
    last: dict[str, int] = {}
    won, waits = np.zeros(len(told), bool), np.zeros(len(told), bool)
    for (_, then), rows in told.groupby(["unit_code", "year"]).groups.items():
        names = told.loc[rows, "person"]
        waits[rows] = [then - last.get(name, 0) <= 2 for name in names]
        free = rows[~waits[rows]]
        won[rng.choice(free, min(5, len(free)), replace=False)] = True
        last |= {told.at[row, "person"]: then for row in free if won[row]}
    return replace(inputs, people=told.assign(won=won, must_wait=waits))


def test_no_unit_is_named_for_turns_that_the_wait_makes() -> None:
    inputs = _by_lot_after_two_years()
    assert set(rotation.rows(inputs)["level"]) == {NONE}
    ignored = replace(inputs, people=inputs.people.assign(must_wait=False))
    assert (rotation.rows(ignored)["level"] == EXPLAIN).mean() > 0.7


def test_turns_are_still_seen_beside_people_who_must_wait() -> None:
    inputs = _by_lot_after_two_years()
    odd = inputs.people["unit_code"] == "U07"
    place = inputs.people["person"].str.split("-").str[1].astype(int)
    turn = (place // 4) == (inputs.people["year"] - YEARS[0]) % 5
    since = (inputs.people["year"] - YEARS[0] - place // 4) % 5  # years since the last turn, 0 in the year of it
    had_one = inputs.people["year"] - YEARS[0] > place // 4
    people = inputs.people.assign(
        won=inputs.people["won"].mask(odd, turn),
        must_wait=inputs.people["must_wait"].mask(odd, had_one & since.between(1, 2)),
    )
    rows = rotation.rows(replace(inputs, people=people)).set_index("unit_code")
    assert rows.loc["U07", "level"] != NONE and (rows.drop(index="U07")["level"] == NONE).all()
