"""What people and collectives must have: hand-made proposals, each rule once met, once not, once unknown, on each side
of a change of law.
"""

import pytest

from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from tests.support.homes.handed_in import HandedIn, award, person
from tests.support.homes.judged import ALL, initiative, told, year

TEAM = {"recipient": "TAP_THE"}


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("rules"))
    _years_in_a_row(desk)
    _law_of_a_day(desk)
    _higher_awards(desk)
    _collectives(desk)
    _merged(desk)
    return build(desk.home)


def _years_in_a_row(desk: HandedIn) -> None:
    """V01: A was CSTDCS in 2021-2023; B not in 2021; C came in 2022; D's CSTDCS of 2023 is proposed only."""
    everyone = [person("A", rating="HTXSNV"), person("B"), person("D")]
    for then, to in (("2020", "BD"), ("2021", "AD"), ("2022", "ABCD")):
        staff = [*everyone, person("C")] if "C" in to else everyone
        desk.unit("V01", then, year(*staff, awards=[award(one, one, year=int(then)) for one in to]))
    titles = [*(award(f"t{one}", one, year=2023) for one in "ABC"), award("tD", "D", year=2023, result="DE_NGHI")]
    top = [award(one, one, "CSTDB", 2023, submitted_on="2023-12-31") for one in "ABCD"]
    late = [
        award("A2024", "A", "CSTDB", 2023, council_on="2023-12-20", submitted_on="2024-01-01", decided_on="2024-02-01"),
        award("council", "B", "CSTDB", 2023, council_on="2023-12-31", decided_on="2024-02-01"),
        award("decided", "C", "CSTDB", 2023, decided_on="2024-02-01"),
    ]
    desk.unit("V01", "2023", year(*everyone, person("C"), awards=[*titles, *top, *late]))


def test_years_in_a_row_are_counted_and_an_unknown_year_is_neither(version: Version) -> None:
    assert told(version, "CSTDB_CSTDCS", "V01", "2023", "A") == ("met", 3, 3)
    assert told(version, "CSTDB_CSTDCS", "V01", "2023", "B") == ("breach", 2, 3)  # 2020, 2022, 2023
    assert told(version, "CSTDB_CSTDCS", "V01", "2023", "C") == ("unknown", 2, 3)  # nobody knows what C did in 2021
    assert told(version, "CSTDB_CSTDCS", "V01", "2023", "D") == ("met", 3, 3)  # up to the year before


def test_law_reaches_back_to_no_proposal_submitted_before_it(version: Version) -> None:
    assert told(version, "CSTDB_SANG_KIEN", "V01", "2023", "A") is None
    assert told(version, "CSTDB_SANG_KIEN", "V01", "2023", "A2024") == ("breach", 0, 1)


def test_a_proposal_without_its_day_of_submission_is_judged_by_that_of_the_council_then_of_the_decision(
    version: Version,
) -> None:
    assert told(version, "CSTDB_SANG_KIEN", "V01", "2023", "council") is None
    assert told(version, "CSTDB_SANG_KIEN", "V01", "2023", "decided") is not None
    assert told(version, "BKTTG_BKB", "V03", "2025", "undated") == ("met", 1, 1)  # as at the end of the year


def _law_of_a_day(desk: HandedIn) -> None:
    """V02, 2023: outstanding people without an initiative on either side of the new law; what is proposed beside each
    other.
    """
    staff = [person("E", rating="HTXSNV"), person("F"), person("G", rating="HTNV"), person("H", rating="CXL")]
    awards = [
        *(award(f"L{one}", one, "LDTT", 2023) for one in "EGH"), award("LF", "F", "LDTT", 2023, result="DE_NGHI"),
        award("old", "E", year=2023, submitted_on="2023-12-31"), award("new", "E", year=2023, submitted_on="2024-01-01"),
        award("F", "F", year=2023, submitted_on="2023-11-01", result="DE_NGHI"), award("G", "G", year=2023, result="KHONG_DAT"),
    ]  # fmt: skip
    desk.unit("V02", "2023", year(*staff, awards=awards, initiatives=[initiative("1", "F")]))
    desk.unit("V02", "2022", {"staff": staff, "awards": [award("1", "F", year=2022)]})  # no sheet of initiatives


def test_the_same_merit_is_judged_by_the_law_of_the_day(version: Version) -> None:
    assert told(version, "CSTDCS_SANG_KIEN", "V02", "2023", "old") == ("breach", 0, 1)
    assert told(version, "CSTDCS_SANG_KIEN", "V02", "2023", "new") == ("met", 1, 1)  # outstanding is enough
    assert told(version, "CSTDCS_SANG_KIEN", "V02", "2023", "F") == ("met", 1, 1)
    assert told(version, "CSTDCS_SANG_KIEN", "V02", "2022", "1") == ("unknown", 0, 1)


def test_a_rating_is_the_basis_and_what_is_only_proposed_is_not_there_yet(version: Version) -> None:
    assert told(version, "LDTT_XEP_LOAI", "V02", "2023", "LE") == ("met", 1, 1)
    assert told(version, "LDTT_XEP_LOAI", "V02", "2023", "LG") == ("breach", 0, 1)
    assert told(version, "LDTT_XEP_LOAI", "V02", "2023", "LH") == ("unknown", 0, 1)
    assert told(version, "CSTDCS_LDTT_CUNG_NAM", "V02", "2023", "F") == ("unknown", 0, 1)
    assert told(version, "CSTDCS_LDTT_CUNG_NAM", "V02", "2023", "G") is None  # was not granted: nothing to judge


def _higher_awards(desk: HandedIn) -> None:
    """V03, 2024 and 2025: certificates by one way or the other, and one that rests on praise for a campaign."""
    staff = [person("I", rating="HTXSNV"), person("J", rating="HTXSNV"), person("K")]
    for then in ("2020", "2021"):
        desk.unit("V03", then, year(person("K")))
    for then in (2022, 2023):
        told_of = [award("I", "I", year=then), award("K", "K", "BKB", then, award_kind="CHUYEN_DE")]
        desk.unit("V03", str(then), year(*staff, awards=told_of, initiatives=[initiative(f"{then}", "J")]))
    certificates = [award(one, one, "BKB", 2024, submitted_on="2024-11-01") for one in "IJK"]
    desk.unit("V03", "2024", year(*staff, awards=certificates))
    state = [award(f"K{day}", "K", "BKTTG", 2025, submitted_on=day) for day in ("2025-06-30", "2025-07-01")]
    state.append(award("undated", "K", "BKTTG", 2025))
    desk.unit("V03", "2025", year(*staff, awards=[*state, award("campaign", "K", "BKB", award_kind="CHUYEN_DE")]))


def test_one_of_several_ways_is_enough_and_its_conditions_hold_together(version: Version) -> None:
    ways = queries.rule_results(version, ALL, "2024", "V03", rules=["BKB_DIEU_KIEN"]).set_index("proposal_code")
    assert dict(ways["status"]) == {"I": "met", "J": "met", "K": "breach"}
    assert dict(ways["condition"])["I"] == "a" and dict(ways["condition"])["J"] in ("b1", "b2")
    assert set(ways["subject"]) == {"Nguyễn Văn I", "Nguyễn Văn J", "Nguyễn Văn K"} and set(ways["cell"]) == {
        "F5",
        "F6",
        "F7",
    }


def test_praise_for_a_campaign_carries_no_higher_award_from_july_2025(version: Version) -> None:
    assert told(version, "BKTTG_BKB", "V03", "2025", "K2025-06-30") == ("met", 3, 1)
    # Only that of 2024 was for regular merit: enough. Nothing else would have been.
    assert told(version, "BKTTG_BKB", "V03", "2025", "K2025-07-01") == ("met", 1, 1)
    assert told(version, "BKB_DIEU_KIEN", "V03", "2025", "campaign") is None  # a campaign asks for other things


def _collectives(desk: HandedIn) -> None:
    """V04: two of three in P1 have LDTT, one of two in P2; P3 says it has more people than are listed."""
    rooms = [("P1", 3), ("P2", 2), ("P3", 4)]
    teams = [{"team_code": code, "team_name": f"Phòng {code}", "headcount": n, "rating": "HTXSNV"} for code, n in rooms]
    people = [(room, f"{room}{number}") for room, count in (("P1", 3), ("P2", 2), ("P3", 2)) for number in range(count)]
    staff = [person(code, team=f"phòng {room.lower()}", rating="HTTNV") for room, code in people]
    staff += [person("Z", team="P2", left_on="2023-05-01", rating="KHTNV")]
    for then in (2023, 2024):
        titles = [award(one, one, "LDTT", then) for one in ("P10", "P11", "P20", "P30", "P31")]
        rooms_ = [award(f"T{one}", one, "TTLDTT", then, **TEAM) for one, _ in rooms]
        best = [award("X1", "P1", "TTLDXS", then, **TEAM), award("X2", "P2", "TTLDXS", then, **TEAM)]
        awards = [*titles, award("S", "P10", year=then), *rooms_, *best]
        desk.unit("V04", str(then), year(*staff, awards=awards, collectives=teams))
    desk.unit("V04", "2025", year(*staff))  # no more awards of 2024


def test_the_share_of_a_collective_is_that_of_its_people(version: Version) -> None:
    assert told(version, "TTLDTT_LDTT", "V04", "2023", "TP1") == ("met", 2 / 3, 0.5)
    assert told(version, "TTLDTT_LDTT", "V04", "2024", "TP1") == ("breach", 2 / 3, 0.7)
    assert told(version, "TTLDTT_LDTT", "V04", "2023", "TP2") == (
        "breach",
        1 / 2,
        0.5,
    )  # with who left in May one of three
    assert told(version, "TTLDTT_LDTT", "V04", "2023", "TP3") == ("unknown", None, 0.5)
    assert told(version, "TTLDXS_HTNV", "V04", "2023", "X1") == ("met", 1, 1)
    assert told(version, "TTLDXS_HTNV", "V04", "2023", "X2") == ("unknown", 1, 1)  # who did not complete it left


def test_a_collective_needs_its_own_rating_title_and_one_of_its_people(version: Version) -> None:
    assert told(version, "TTLDXS_XEP_LOAI", "V04", "2024", "X1") == ("met", 1, 1)
    assert told(version, "TTLDXS_TTLDTT_CUNG_NAM", "V04", "2024", "X1") == ("met", 1, 1)
    assert told(version, "TTLDXS_CSTDCS", "V04", "2024", "X1") == ("met", 1, 1)
    assert told(version, "TTLDXS_CSTDCS", "V04", "2024", "X2") == ("breach", 0, 1)


def _merged(desk: HandedIn) -> None:
    """V07 went into V14 in 2020, which tells of the award V07 had proposed."""
    staff = [person("Q", rating="HTNV")]
    desk.unit("V07", "2019", year(*staff, awards=[award("9", "Q", "LDTT", 2019, result="DE_NGHI")]))
    desk.unit("V14", "2020", year(*staff, awards=[award("9", "Q", "LDTT", 2019)]))
    # V08 went there too, and V14 gives the code of its proposal to somebody else. V14 itself is rated and proposed.
    both = [person("R", rating="HTXSNV"), person("S", rating="HTNV")]
    desk.unit("V08", "2019", year(*both, awards=[award("8", "R", "LDTT", 2019)]))
    again = [award("8", "S", "LDTT", 2019), award("T", "V14", "TTLDTT", 2021, **TEAM)]
    desk.unit(
        "V14",
        "2021",
        {**year(*staff, awards=again), "info": [{"collective_rating": "HTTNV | Hoàn thành tốt nhiệm vụ"}]},
    )


def test_what_a_successor_says_is_judged_where_the_person_was(version: Version) -> None:
    assert told(version, "LDTT_XEP_LOAI", "V07", "2019", "9") == ("breach", 0, 1)
    [row] = queries.rule_results(version, ALL, "2019", "V07", "9", ["LDTT_XEP_LOAI"]).itertuples()
    assert (row.result, row.file_name) == ("DA_KHEN", "V14_2020.xlsx")


def test_what_a_condition_was_counted_from_is_shown_year_by_year_with_its_cells(version: Version) -> None:
    titles = queries.rule_evidence(version, ALL, "CSTDB_CSTDCS", "V01", "2023", "D")
    assert titles[["year", "code", "result", "cell"]].to_numpy().tolist() == [
        [2020, "CSTDCS", "DA_KHEN", "F6"], [2021, "CSTDCS", "DA_KHEN", "F6"], [2022, "CSTDCS", "DA_KHEN", "F8"],
        [2023, "CSTDCS", "DE_NGHI", "F8"],
    ]  # fmt: skip
    merits = queries.rule_evidence(version, ALL, "BKB_DIEU_KIEN", "V03", "2024", "J")
    assert set(zip(merits["year"], merits["code"], strict=True)) == {
        (2022, "CO_SO"), (2023, "CO_SO"), (2022, "HTXSNV"), (2023, "HTXSNV"), (2024, "HTXSNV"),
    }  # fmt: skip
    campaigns = queries.rule_evidence(version, ALL, "BKTTG_BKB", "V03", "2025", "K2025-07-01")
    assert campaigns["year"].tolist() == [2024]
    assert queries.rule_evidence(version, ALL, "TTLDTT_LDTT", "V04", "2024", "TP1").empty


def test_a_code_used_again_by_the_unit_after_leads_to_the_evidence_of_each(version: Version) -> None:
    asked = version, ALL, "LDTT_XEP_LOAI", "V08", "2019", "8"
    assert queries.rule_evidence(*asked)["code"].tolist() == ["HTXSNV"]  # that of S (HTNV) is not enough
    places = queries.rule_results(version, ALL, "2019", "V08", "8", ["LDTT_XEP_LOAI"])
    assert len(places) == 2
    by_status = {
        row.status: queries.rule_evidence(*asked, (row.submission_id, row.sheet, row.excel_row))["code"].tolist()
        for row in places.itertuples()
    }
    assert by_status == {"met": ["HTXSNV"], "breach": []}


def test_the_rating_of_the_unit_itself_is_shown_where_it_was_counted_from(version: Version) -> None:
    assert told(version, "TTLDTT_XEP_LOAI", "V14", "2021", "T") == ("met", 1, 1)
    shown = queries.rule_evidence(version, ALL, "TTLDTT_XEP_LOAI", "V14", "2021", "T")
    assert shown[["code", "cell"]].to_numpy().tolist() == [["HTTNV", "B11"]]
