"""A count of people is held against the people it can be about: in the same workbook, by position group, award by
award.
"""

from collections.abc import Sequence

import pytest

from pipelines.contract.workbooks import CLUSTER_REPORT
from pipelines.records.parsed import Parsed
from tests.support.workbooks.filled_books import CLUSTER_ROWS, UNIT_ROWS, Row, book, read

AWARD = CLUSTER_ROWS["cluster_awards"][0]  # of T01: ten people, of whom three lead


def told(parsed: Parsed) -> list[tuple[str, str, str]]:
    return [(f.severity.value, f.sheet, f.cell) for f in parsed.findings if "above_people" in f.code]


def cluster(awards: Sequence[Row], **rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    return told(read(book(CLUSTER_REPORT, rows={"cluster_awards": list(awards), **rows})))


def award(awarded: int, group: str = "", proposed: int | None = None, **more: object) -> Row:
    proposed = awarded if proposed is None else proposed
    return {**AWARD, "position_group": group, "awarded_count": awarded, "proposed_count": proposed, **more}


@pytest.mark.parametrize(
    ("awarded", "group", "severity"),
    [
        (10, "", None), (11, "", "warning"), (20, "", "warning"), (21, "", "error"),
        (3, "LD_VU", None), (4, "LD_VU", "warning"), (8, "LD_VU", "warning"), (9, "LD_VU", "error"),
        (7, "TRUC_TIEP", None), (8, "TRUC_TIEP", "warning"), (15, "TRUC_TIEP", "error"),
    ],
)  # fmt: skip
def test_a_cluster_awards_no_more_than_there_are(awarded: int, group: str, severity: str | None) -> None:
    assert cluster([award(awarded, group)]) == ([(severity, "Khen thưởng", "G4")] if severity else [])


def test_rows_of_one_award_add_up_and_several_awards_do_not() -> None:
    assert cluster([award(2, "LD_VU"), award(2, "LD_PHONG")]) == [("warning", "Khen thưởng", "G4")]
    assert cluster([award(3, "LD_VU"), award(3, "LD_VU", award="LDTT"), award(7, "TRUC_TIEP", award="LDTT")]) == []
    assert cluster([award(8), award(3, "LD_VU")]) == [("warning", "Khen thưởng", "G4")]


def test_both_cells_are_named_and_the_larger_of_several_is_the_one_told() -> None:
    parsed = read(book(CLUSTER_REPORT, rows={"cluster_awards": [award(240, "LD_VU"), award(5, "LD_PHONG")]}))
    [finding] = [f for f in parsed.findings if "above_people" in f.code]
    assert (finding.code, finding.cell, finding.value) == ("count.far_above_people", "G4", "240")
    assert finding.params == {
        "total": "245",
        "cells": "G4, G5",
        "limit": "3",
        "people_sheet": "Thành viên",
        "other": "D4",
    }


def test_too_many_proposed_is_told_where_too_many_awarded_was_not() -> None:
    assert cluster([award(1, "", proposed=40)]) == [("error", "Khen thưởng", "F4")]


def test_collectives_of_a_cluster_are_not_more_than_its_people() -> None:
    collectives = {"recipient": "TAP_THE", "award": "TTLDTT"}
    assert cluster([award(4, **collectives)]) == []
    assert cluster([award(40, **collectives)]) == [("error", "Khen thưởng", "G4")]


@pytest.mark.parametrize(
    ("count", "scope", "unit", "severity"),
    [
        (12, "CO_QUAN", "T01", None), (13, "CO_QUAN", "T01", "warning"), (400, "CO_QUAN", "T01", "error"),
        (400, "BO_TINH", "T01", "warning"), (55, "CUM", None, None), (400, "CUM", None, "error"),
        (400, "BO_TINH", None, "warning"),
    ],
)  # fmt: skip
def test_a_campaign_of_a_cluster_is_joined_by_its_people(
    count: int, scope: str, unit: str | None, severity: str | None
) -> None:
    campaign = {**CLUSTER_ROWS["campaigns"][0], "unit_code": unit, "scope": scope, "participant_count": count}
    assert cluster([AWARD], campaigns=[campaign]) == ([(severity, "Phong trào", "I4")] if severity else [])


@pytest.mark.parametrize(
    ("heads", "severity"), [((3,), None), ((2, 2), "warning"), ((4,), "warning"), ((30,), "error")]
)
def test_a_units_teams_are_of_its_people(heads: tuple[int, ...], severity: str | None) -> None:
    teams = [
        {**UNIT_ROWS["collectives"][0], "team_code": f"P{n}", "headcount": h} for n, h in enumerate(heads, start=1)
    ]
    assert told(read(book(rows={"collectives": teams}))) == ([(severity, "Tập thể", "C4")] if severity else [])


def test_a_unit_that_lists_itself_as_a_collective_counts_its_people_once() -> None:
    teams = [{**UNIT_ROWS["collectives"][0]}, {**UNIT_ROWS["collectives"][0], "team_code": "V01"}]
    assert told(read(book(rows={"collectives": teams}))) == []


def test_a_units_campaign_is_joined_by_its_people() -> None:
    def of(count: int, scope: str) -> list[tuple[str, str, str]]:
        row = {**UNIT_ROWS["campaigns"][0], "participant_count": count, "scope": scope}
        return told(read(book(rows={"campaigns": [row]})))

    assert of(3, "CO_QUAN") == []
    assert of(900, "CO_QUAN") == [("error", "Phong trào", "H4")]
    assert of(900, "TOAN_QUOC") == [("warning", "Phong trào", "H4")]


def test_one_award_ten_times_to_one_person_is_told_and_two_certificates_for_sudden_feats_are_not() -> None:
    row = UNIT_ROWS["awards"][0]
    ten = [{**row, "proposal_code": f"D{n}"} for n in range(10)]
    told = [f.cell for f in read(book(rows={"awards": ten})).findings if f.code == "award.repeated"]
    assert told == ["E5:E13"]
    feats = [{**row, "proposal_code": f"D{n}", "award": "GK", "award_kind": "DOT_XUAT"} for n in range(2)]
    assert [f for f in read(book(rows={"awards": feats})).findings if f.code == "award.repeated"] == []
    failed = [row, {**row, "proposal_code": "D9", "result": "KHONG_DAT"}]
    assert [f for f in read(book(rows={"awards": failed})).findings if f.code == "award.repeated"] == []
