"""Targets, campaigns, initiatives and proposals, each counted by hand on a few rows."""

import pytest

from pipelines.access import sees_all
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question
from tests.support.homes.handed_in import HandedIn, Row, award, member, member_award, person
from tests.warehouse.test_metric_cases import figure


def target(code: str, direction: str, planned: float, achieved: float | None) -> Row:
    told = {"target_code": code, "content": f"Chỉ tiêu {code}", "measure_unit": "việc", "direction": direction}
    return told | {"planned": planned, "achieved": achieved}


def campaign(code: str, mode: str, launched: str, closed: str | None = None, **more: str) -> Row:
    told = {"campaign_code": code, "campaign_name": f"Phong trào {code}", "campaign_mode": mode, "scope": "CO_QUAN"}
    return told | {"launched_on": launched, "closed_on": closed} | more


def initiative(code: str, author: str, level: str = "CO_SO") -> Row:
    return {"initiative_code": code, "title": f"Sáng kiến {code}", "person_code": author, "initiative_level": level}


TARGETS = [
    target("1", "TANG", 10, 10),
    target("2", "TANG", 10, 9.9),
    target("3", "GIAM", 3, 3),
    target("4", "GIAM", 3, 3.1),
    target("5", "GIAM", 0, 0),
    target("6", "TANG", 5, None),  # not known yet: neither met nor missed
]
CAMPAIGNS = [
    campaign("1", "THUONG_XUYEN", "2025-02-01", "2025-12-31"),
    campaign("2", "THUONG_XUYEN", "2025-02-01"),
    campaign("3", "THEO_DOT", "2025-05-01", "2026-01-10"),  # after the year's end
    campaign("4", "CHUYEN_DE", "2023-05-01", "2025-11-10"),
    campaign("5", "CHUYEN_DE", "2025-05-01"),  # runs on
    campaign("6", "THEO_DOT", "2024-05-01", "2024-11-10"),  # last year's
]


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("work"))
    initiatives = [
        *(initiative("S1", "A"), initiative("S1", "B"), initiative("S2", "A"), initiative("S3", "A", "BAN")),
        initiative("S4", "B", "CHUA"),
    ]
    awards = [
        award("1", "A"),
        award("2", "A", result="KHONG_DAT"),  # proposed twice: one person
        award("3", "B", result="DE_NGHI"),
        award("4", "C", result="THU_HOI"),
        award("5", "D", award_kind="DOT_XUAT"),
        award("6", "X"),  # on no staff list
    ]
    staff = [person("A", "LD_VU"), person("B"), person("C"), person("D")]
    told = {"staff": staff, "targets": TARGETS, "campaigns": CAMPAIGNS, "initiatives": initiatives, "awards": awards}
    desk.unit("V01", "2025", told)
    desk.unit("V01", "2024", {"staff": staff[:2], "initiatives": initiatives[:2]})
    half = {"targets": TARGETS, "campaigns": CAMPAIGNS, "staff": staff[:1], "initiatives": initiatives}
    desk.unit("V01", "2025H1", half)
    desk.unit("V02", "2025", {"targets": TARGETS[5:], "campaigns": [], "staff": [person("E")], "initiatives": []})
    desk.cluster(
        "C01",
        "2025",
        {
            "cluster_members": [member("T01", 20), member("T04", 10)],
            "cluster_awards": [
                member_award("T01", 1, proposed_count=3),
                member_award("T01", 1, "TTLDXS", recipient="TAP_THE", proposed_count=2),
                member_award("T01", 1, award_kind="DOT_XUAT", proposed_count=2),
            ],
            "campaigns": [
                campaign("1", "THUONG_XUYEN", "2025-02-01", unit_code="T01"),
                campaign("2", "THUONG_XUYEN", "2025-02-01", "2025-11-20"),  # the cluster's own
            ],
        },
    )
    return build(desk.home)


def test_a_target_is_met_in_its_own_direction_and_unknown_without_a_result(version: Version) -> None:
    assert figure(version, "target_met_share", "V01", "2025") == (3, 5)  # 1, 3 and 5 of the first five
    assert figure(version, "target_met_share", "V02", "2025") == "not_applicable"  # no result known
    assert figure(version, "target_met_share", "V03", "2025") == "not_submitted"
    assert figure(version, "target_met_share", "T01", "2025") == "not_computable"
    assert figure(version, "target_met_share", "ALL", "2025") == (3, 5)


def test_a_campaign_of_a_year_is_due_by_its_end_and_a_thematic_one_when_it_is_summed_up(version: Version) -> None:
    assert figure(version, "campaign_closed_share", "V01", "2025") == (2, 4)  # 1 and 4; 2 and 3 are open
    assert figure(version, "campaign_closed_share", "V02", "2025") == "not_applicable"
    assert figure(version, "campaign_closed_share", "T01", "2025") == (0, 1)
    assert figure(version, "campaign_closed_share", "T04", "2025") == "not_applicable"
    assert figure(version, "campaign_closed_share", "C01", "2025") == (0, 1)  # no unit's campaign is nobody's


def test_half_a_year_meets_no_target_and_sums_up_no_campaign(version: Version) -> None:
    assert figure(version, "target_met_share", "V01", "2025H1") == "not_applicable"
    assert figure(version, "campaign_closed_share", "V01", "2025H1") == "not_applicable"


def test_an_initiative_counts_once_at_its_level_and_may_be_more_than_the_people(version: Version) -> None:
    assert figure(version, "initiative_rate", "V01", "2025", "CO_SO") == (2, 4)  # S1 (two authors) and S2
    assert figure(version, "initiative_rate", "V01", "2025", "BAN") == (1, 4)
    assert figure(version, "initiative_rate", "V01", "2025H1", "CO_SO") == (2, 1)
    assert figure(version, "initiative_rate", "V02", "2025", "CO_SO") == (0, 1)
    assert figure(version, "initiative_rate", "T01", "2025", "CO_SO") == "not_computable"


def test_a_rate_that_is_no_share_has_no_interval_and_its_change_is_one_of_counts(version: Version) -> None:
    rates = comparisons.rates(version, sees_all(), "initiative_rate", ["2025"], ["V01"], ["CO_SO"])
    assert rates[["value", "low", "high"]].isna().to_numpy().tolist() == [[False, True, True]]
    [change] = comparisons.changes(version, sees_all(), "initiative_rate", "2025", ["V01"], ["CO_SO"]).itertuples()
    assert (change.previous, change.rate, change.change, change.basis) == (0.5, 0.5, 0, "counts")
    shares = comparisons.rates(version, sees_all(), "proposal_rate", ["2025"], ["V01"], ["CSTDCS"])
    assert shares[["low", "high"]].notna().to_numpy().all()


def test_a_proposal_counts_whatever_came_of_it(version: Version) -> None:
    assert figure(version, "proposal_rate", "V01", "2025", "CSTDCS") == (3, 4)  # A, B and C
    assert figure(version, "award_rate", "V01", "2025", "CSTDCS") == (1, 4)
    assert figure(version, "proposal_rate", "T01", "2025", "CSTDCS") == (3, 20)
    assert figure(version, "proposal_rate", "T04", "2025", "CSTDCS") == (0, 10)


def test_collectives_are_the_teams_listed_and_the_unit_itself(collectives: Version) -> None:
    assert figure(collectives, "collective_award_rate", "V01", "2025", "TTLDTT") == (2, 3)  # P1 and the unit
    assert figure(collectives, "collective_award_rate", "V01", "2025", "TTLDXS") == (0, 3)
    assert figure(collectives, "collective_award_rate", "V02", "2025", "TTLDTT") == (0, 1)
    assert figure(collectives, "collective_award_rate", "T01", "2025", "TTLDTT") == "not_computable"
    rows = queries.evidence(
        collectives, sees_all(), Question("collective_award_rate", "2025", breakdown="TTLDTT", unit="V01")
    )
    assert list(rows[rows["part"] == "den"]["column"]) == ["Mã tập thể", "Mã tập thể", "Mã đơn vị"]


def test_a_proposal_is_posted_first_when_a_day_says_so_by_the_day_it_was_submitted(collectives: Version) -> None:
    assert figure(collectives, "published_first_share", "V01", "2025") == (2, 4)  # 1 and 2 of 1, 2, 3 and 4
    assert figure(collectives, "published_first_share", "V02", "2025") == "not_applicable"  # nothing was submitted
    assert figure(collectives, "published_first_share", "T01", "2025") == "not_computable"


@pytest.fixture(scope="module")
def collectives(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("collectives"))
    teams = [{"team_code": code, "team_name": code, "headcount": 5, "rating": "HTTNV"} for code in ("P1", "P2")]
    title = {"recipient": "TAP_THE", "what": "TTLDTT"}
    awards = [
        award("1", "P1", **title, published_on="2025-11-10", submitted_on="2025-11-10"),
        award("2", "P1", **title, published_on="2025-11-09", submitted_on="2025-11-10"),  # the same team again
        award("3", "V01", **title, published_on="2025-11-11", submitted_on="2025-11-10"),
        award("4", "P2", **title, result="KHONG_DAT", submitted_on="2025-11-10"),  # no day of posting
        award("5", "P9", **title, published_on="2025-11-10"),  # not listed, not submitted yet
        award("6", "P2", award_kind="DOT_XUAT", **title),
        award("7", "A", "TTLDTT"),  # a person
    ]
    desk.unit("V01", "2025", {"collectives": teams, "awards": awards})
    desk.unit("V02", "2025", {"collectives": [], "awards": []})
    return build(desk.home)
