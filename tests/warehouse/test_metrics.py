"""The other metrics, each counted by hand on a few rows."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from pipelines.warehouse.metrics import metric_of, metrics
from tests.support.homes.handed_in import HandedIn, Row, award, member, member_award, person

ALL = sees_all()
NOTHING = (None, None, None)


def figures(version: Version, metric: str, unit: str, period: str = "2025") -> dict[str, tuple]:
    """breakdown -> (numerator, denominator, value), or the state where nothing is reported."""
    found = queries.metric(version, ALL, metric, [period], [unit])
    numbers = found[["numerator", "denominator", "value"]].astype(object)
    rows = numbers.where(numbers.notna(), None).itertuples(index=False, name=None)
    return {
        b: row if s == "reported" else s for b, s, row in zip(found["breakdown"], found["state"], rows, strict=True)
    }


def exemplar(code: str, found: str, kind: str = "MO_HINH", **dates: str) -> Row:
    return {
        "exemplar_code": code,
        "exemplar_name": f"Điển hình {code}",
        "exemplar_kind": kind,
        "found_on": found,
    } | dates


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("metrics"))
    desk.unit(
        "V01",
        "2025",
        {
            "staff": [
                person("A", "LD_VU", "HTXSNV"),
                person("B", "LD_PHONG", "HTTNV"),
                person("C", rating="HTTNV"),
                person("D", rating="CXL"),
            ],
            "awards": [
                award("1", "A", "CSTDCS"),
                award("2", "A", "BKB", award_kind="DOT_XUAT"),
                award("3", "C", "GK", award_kind="CHUYEN_DE"),
                award("4", "B", "LDTT"),  # nearly everyone's
                award("5", "B", "KNC"),
                award("6", "D", "HCLD3", award_kind="CONG_HIEN"),
            ],
            "exemplars": [
                exemplar("E1", "2025-03-01", developed_on="2025-05-01"),
                exemplar("E2", "2023-03-01", "CA_NHAN", developed_on="2024-01-01", replicated_on="2025-02-01"),
                exemplar("E3", "2025-12-31", "CA_NHAN", developed_on="2026-01-15"),
            ],
        },
        on=date(2025, 12, 15),
    )
    desk.unit(
        "V02", "2025", {"staff": [person("E", rating="CXL")], "awards": [], "exemplars": []}, on=date(2025, 12, 16)
    )
    rated = {"htxsnv_count": 4, "httnv_count": 10, "htnv_count": 5, "khtnv_count": 0, "cxl_count": 1}
    desk.cluster(
        "C01",
        "2025",
        {
            "cluster_members": [
                member("T01", 20, 3, **rated),
                member("T04", 10, 2),
                member("T11", 10, httnv_count=7, khtnv_count=2, cxl_count=1),
            ],
            "cluster_awards": [
                member_award("T01", 1, group="LD_VU"),
                member_award("T01", 3, group="TRUC_TIEP"),
                member_award("T01", 15, "LDTT"),
                member_award("T04", 2, group="LD_VU"),
                member_award("T04", 1),  # nobody says whose
            ],
            "exemplars": [{"unit_code": "T01", **exemplar("X1", "2025-01-01")}],
        },
        on=date(2025, 12, 20),
    )
    return build(desk.home)


def test_any_award_leaves_out_what_says_nothing_about_the_year(version: Version) -> None:
    assert figures(version, "any_award_rate", "V01") == {"": (2, 4, 0.5)}  # A (two awards) and C
    assert figures(version, "any_award_rate", "V02") == {"": (0, 1, 0)}
    assert figures(version, "any_award_rate", "T01") == {"": "not_computable"}
    assert figures(version, "any_award_rate", "T15") == {}  # ended before the due date: not obliged
    assert figures(version, "any_award_rate", "ALL") == {"": (2, 5, 0.4)}


def test_ratings_are_shares_of_the_people_rated(version: Version) -> None:
    third = pytest.approx(1 / 3)
    assert figures(version, "rating_share", "V01") == {
        "HTXSNV": (1, 3, third), "HTTNV": (2, 3, pytest.approx(2 / 3)), "HTNV": (0, 3, 0), "KHTNV": (0, 3, 0),
    }  # fmt: skip
    assert figures(version, "rating_share", "V02") == dict.fromkeys(
        ("HTXSNV", "HTTNV", "HTNV", "KHTNV"), "not_applicable"
    )
    assert figures(version, "rating_share", "T01")["HTXSNV"] == (4, 19, pytest.approx(4 / 19))
    assert figures(version, "rating_share", "T11")["HTTNV"] == (7, 9, pytest.approx(7 / 9))  # failed, and yet rated
    assert figures(version, "rating_share", "T11")["KHTNV"] == (2, 9, pytest.approx(2 / 9))
    assert figures(version, "rating_share", "VU")["HTTNV"] == (2, 3, pytest.approx(2 / 3))  # V02 has nobody rated


def test_the_cell_of_a_rating_counted_by_a_cluster_is_the_cell_of_that_rating(version: Version) -> None:
    rows = queries.evidence(version, ALL, Question("rating_share", "2025", breakdown="HTTNV", unit="T01"))
    assert list(zip(rows["part"], rows["column"], rows["value"], rows["amount"], strict=True)) == [
        ("num", "HTTNV", "10", 10), ("den", "HTXSNV, HTTNV, HTNV, KHTNV", "4 + 10 + 5 + 0", 19),
    ]  # fmt: skip


def test_leaders_are_counted_among_the_awarded_and_among_the_staff(version: Version) -> None:
    assert figures(version, "leader_award_share", "V01") == {"": (1, 2, 0.5)}  # A of A and C
    assert figures(version, "leader_staff_share", "V01") == {"": (2, 4, 0.5)}
    assert figures(version, "leader_award_share", "V02") == {"": "not_applicable"}
    assert figures(version, "leader_award_share", "T01") == {"": (1, 4, 0.25)}
    assert figures(version, "leader_staff_share", "T01") == {"": (3, 20, 0.15)}
    assert figures(version, "leader_award_share", "T04") == {"": "not_computable"}
    assert figures(version, "leader_award_share", "C01") == {"": (1, 4, 0.25)}


def test_exemplars_count_in_the_year_they_were_found_and_stages_while_they_live(version: Version) -> None:
    nothing = {"TAP_THE": (0, None, 0), "CACH_LAM": (0, None, 0)}
    assert figures(version, "exemplar_count", "V01") == {"CA_NHAN": (1, None, 1), "MO_HINH": (1, None, 1)} | nothing
    assert figures(version, "exemplar_stage", "V01") == {
        "PHAT_HIEN": (3, None, 3), "BOI_DUONG": (2, None, 2), "TONG_KET": (0, None, 0), "NHAN_RONG": (1, None, 1),
    }  # fmt: skip
    assert figures(version, "exemplar_count", "V02")["MO_HINH"] == (0, None, 0)  # marked "Không phát sinh"
    assert figures(version, "exemplar_count", "T01")["MO_HINH"] == (1, None, 1)
    assert figures(version, "exemplar_count", "T04")["MO_HINH"] == (0, None, 0)
    assert figures(version, "exemplar_count", "V03")["MO_HINH"] == "not_submitted"
    assert figures(version, "exemplar_count", "ALL")["MO_HINH"] == (2, None, 2)
    stages = queries.exemplars(version, ALL, "2025", ["V01"]).set_index("exemplar_code")["stage"].to_dict()
    assert stages == {"E1": "BOI_DUONG", "E2": "NHAN_RONG", "E3": "PHAT_HIEN"}


def test_a_workbook_is_on_time_until_the_due_day_is_over(version: Version) -> None:
    assert figures(version, "submitted_on_time", "V01") == {"": (1, 1, 1)}
    assert figures(version, "submitted_on_time", "V02") == {"": (0, 1, 0)}
    assert figures(version, "submitted_on_time", "T01") == {"": (0, 1, 0)}  # with its cluster
    assert figures(version, "submitted_on_time", "V03") == {"": "not_submitted"}
    assert figures(version, "submitted_on_time", "ALL") == {"": (1, 5, 0.2)}


@pytest.mark.parametrize("name", sorted(metrics()))
def test_what_a_point_is_made_of_adds_up_to_it(version: Version, name: str) -> None:
    values = queries.metric(version, ALL, name, units=["V01", "T01", "ALL"], strata=None)
    for row in values[values["state"] == "reported"].itertuples():
        rows = queries.evidence(
            version, ALL, Question(name, row.period, breakdown=row.breakdown, stratum=row.stratum, unit=row.unit_code)
        )
        sums = rows.groupby("part")["amount"].sum()
        assert sums.get("num", 0) == row.numerator, row
        assert row.denominator != row.denominator or sums["den"] == row.denominator, row
        assert rows["cell"].notna().all() and rows["value"].notna().all(), row


@pytest.mark.parametrize("line", ["-- shares: no", "-- cell: num award", "-- cell: sum awards.award"])
def test_a_line_of_a_header_that_no_one_reads_is_refused(tmp_path: Path, line: str) -> None:
    header = ["-- kind: ratio", "-- own: awards", "-- cluster: none", "-- cell: num awards.award"]
    path = tmp_path / "new_rate.sql"
    path.write_text("\n".join([*header, "SELECT 1"]), encoding="utf-8")
    assert metric_of(path).own == ("awards",)
    path.write_text("\n".join([*header, line, "SELECT 1"]), encoding="utf-8")
    with pytest.raises(ValueError, match="new_rate"):
        metric_of(path)
