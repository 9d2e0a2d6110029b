"""What nobody can know yet is unknown, never a breach: measures without a day, alike words, who left, who is not rated,
what a later
workbook may tell."""

import csv
from pathlib import Path

import pytest

from pipelines.settings import Home
from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import Version
from tests.support.homes.followed import followed
from tests.support.homes.handed_in import HandedIn, award, person, relisted
from tests.support.homes.judged import told, year

TEAM = {"recipient": "TAP_THE"}
ONCE = "MOT_THANH_TICH_MOT_HINH_THUC"


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    desk = HandedIn(tmp_path_factory.mktemp("unsure"))
    _measures(desk)
    _words(desk)
    _collectives(desk)
    _ceilings(desk)
    _told_later(desk)
    return build(desk.home)


def _measures(desk: HandedIn) -> None:
    """V01, 2024: four people under measures, three of them in teams proposed as collectives."""
    measures = {
        "dated": {"discipline": "CANH_CAO", "disciplined_on": "2024-03-01"},
        "undated": {"discipline": "CANH_CAO"},
        "other": {"discipline": "KHAC", "disciplined_on": "2024-03-01"},
        "reprimand": {"discipline": "KHIEN_TRACH", "disciplined_on": "2024-03-01"},
        "left": {"discipline": "CANH_CAO", "disciplined_on": "2024-03-01", "left_on": "2024-04-01"},
    }
    staff = [person(code, team=f"T{code}", **more) for code, more in measures.items()]
    staff.append(person("calm", team="Tleft"))
    teams = [{"team_code": f"T{code}", "team_name": code, "headcount": 1, "rating": "HTTNV"} for code in measures]
    awards = [award(code, code, "LDTT", 2024, decided_on="2024-12-01") for code in measures]
    awards += [award(f"T{code}", f"T{code}", "TTLDTT", 2024, **TEAM, decided_on="2024-12-01") for code in measures]
    desk.unit("V01", "2024", year(*staff, awards=awards, collectives=teams))


def test_a_measure_without_its_day_may_bar_or_may_not(version: Version) -> None:
    rule = "KHONG_KHEN_KHI_KY_LUAT"
    assert told(version, rule, "V01", "2024", "dated") == ("breach", 1, 0)
    assert told(version, rule, "V01", "2024", "undated") == ("unknown", 0, 0)
    assert told(version, rule, "V01", "2024", "other") == ("breach", 1, 0)  # this rule names every measure


def test_a_measure_of_unknown_weight_or_of_who_left_is_no_breach_of_the_collective(version: Version) -> None:
    rule = "TTLDTT_KY_LUAT"
    assert told(version, rule, "V01", "2024", "Tdated") == ("breach", 1, 0)
    assert told(version, rule, "V01", "2024", "Tundated") == ("unknown", 0, 0)
    assert told(version, rule, "V01", "2024", "Tother") == ("unknown", 0, 0)
    assert told(version, rule, "V01", "2024", "Treprimand") == ("met", 0, 0)
    assert told(version, rule, "V01", "2024", "Tleft") == ("unknown", 0, 0)


def _words(desk: HandedIn) -> None:
    """V02, 2024: the same words for a person's awards, on one day or another, for one kind of merit or another, or
    without a day.
    """
    words = {"achievement": "Hoàn thành xuất sắc nhiệm vụ năm 2024"}
    day, kind = {"achieved_on": "2024-11-01"}, {"award_kind": "DOT_XUAT"}
    pairs = {
        "A": ({}, {}),
        "B": (day, day),
        "C": (day, {"achieved_on": "2024-11-02"}),
        "D": (day, day | kind),
        "E": (day, {}),
        "F": (day, day | {"result": "DE_NGHI"}),
    }
    awards = [
        award(f"{code}{what}", code, what, 2024, **words | more)
        for code, both in pairs.items()
        for what, more in zip(("GK", "BKB"), both, strict=True)
    ]
    desk.unit("V02", "2024", year(*(person(code) for code in pairs), awards=awards))


def test_one_achievement_is_one_day_and_one_kind_of_merit_not_only_the_same_words(version: Version) -> None:
    assert told(version, ONCE, "V02", "2024", "BGK") == told(version, ONCE, "V02", "2024", "BBKB") == ("breach", 2, 1)
    for code in "ACDEF":
        assert told(version, ONCE, "V02", "2024", f"{code}GK") == ("unknown", 2, 1), code
        assert told(version, ONCE, "V02", "2024", f"{code}BKB") == ("unknown", 2, 1), code


def _collectives(desk: HandedIn) -> None:
    """V03, 2023: in P1 the only one who left had no LDTT; in P2 only who left had titles; 2024 tells of
    no more awards.
    """
    left = {"left_on": "2023-05-01"}
    staff = [
        person("P1a", team="P1"),
        person("P1b", team="P1", **left),
        person("P2a", team="P2"),
        person("P2b", team="P2", **left),
    ]
    staff.append(person("P2c", team="P2", left_on="2023-12-31"))
    staff.append(person("P3a", team="P3", **left))
    teams = [{"team_code": code, "team_name": code, "headcount": 1, "rating": "HTXSNV"} for code in ("P1", "P2")]
    teams.append({"team_code": "P3", "team_name": "P3", "headcount": 0, "rating": "HTXSNV"})
    awards = [award(code, code, "LDTT", 2023) for code in ("P1a", "P2b", "P2c", "P3a")]
    awards += [award(f"S{code}", code, year=2023) for code in ("P2b",)]
    awards += [award(f"X{code}", code, "TTLDXS", 2023, **TEAM) for code in ("P1", "P2", "P3")]
    desk.unit("V03", "2023", year(*staff, awards=awards, collectives=teams))
    desk.unit("V03", "2024", year(*staff))


def test_who_left_in_the_year_decides_about_no_collective(version: Version) -> None:
    assert told(version, "TTLDXS_LDTT", "V03", "2023", "XP1") == ("unknown", 1, 0.7)  # 1 of 1 there, 1 of 2 listed
    assert told(version, "TTLDXS_LDTT", "V03", "2023", "XP2") == ("breach", 0, 0.7)  # 0 of 1 there, 2 of 3 listed
    assert told(version, "TTLDXS_CSTDCS", "V03", "2023", "XP1") == ("breach", 0, 1)
    assert told(version, "TTLDXS_CSTDCS", "V03", "2023", "XP2") == ("unknown", 0, 1)
    assert told(version, "TTLDXS_HTNV", "V03", "2023", "XP1") == ("met", 1, 1)


def test_of_a_collective_nobody_is_left_in_nothing_is_said(version: Version) -> None:
    assert told(version, "TTLDXS_LDTT", "V03", "2023", "XP3") == ("unknown", None, 0.7)  # 1 of 1 listed, nobody there


def _ceilings(desk: HandedIn) -> None:
    """V09: 3 outstanding of 10 good, and in 2025 five who are not rated yet."""
    rated = [person(f"c{n}", rating="HTXSNV" if n < 3 else "HTTNV") for n in range(13)]
    desk.unit("V09", "2024", year(*rated))
    desk.unit("V09", "2025", year(*rated, *(person(f"o{n}", rating="CXL") for n in range(5))))


def test_who_is_not_rated_yet_may_still_come_into_the_base_of_a_ceiling(version: Version) -> None:
    assert told(version, "HTXSNV_HTTNV", "V09", "2024") == ("breach", 3, 2)
    assert told(version, "HTXSNV_HTTNV", "V09", "2025") == ("unknown", 3, 2)  # 20 % of 15 is 3


def test_a_ceiling_is_known_only_with_the_sheet_of_what_it_counts(tmp_path: Path) -> None:
    path = Home(tmp_path).ready().reference / "rules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_ratings = {"base": "HTTNV|HTXSNV"}
    rows = [row | of_ratings if row["rule_id"] == "CSTDCS_LDTT" else row for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    desk = HandedIn(tmp_path)
    desk.unit("V01", "2024", {"staff": [person(f"p{n}") for n in range(9)]})
    desk.unit("V02", "2024", {"staff": [person(f"q{n}") for n in range(9)], "awards": []})
    version = build(desk.home)
    assert told(version, "CSTDCS_LDTT", "V01", "2024") == ("unknown", None, None)
    assert told(version, "CSTDCS_LDTT", "V02", "2024") == ("met", 0, 1)


def _told_later(desk: HandedIn) -> None:
    """V10 hands in 2024 and 2025, V11 2024 only; V07 went into V14 in 2020."""
    desk.unit("V10", "2024", year(person("G"), awards=[award("given", "G", year=2024)]))
    desk.unit("V10", "2025", year(person("G"), awards=[award("next", "G")]))
    waiting = [award("given", "K", year=2024), award("asked", "K", year=2024, result="DE_NGHI")]
    desk.unit("V11", "2024", year(person("K"), awards=waiting))
    desk.unit("V07", "2019", year(person("H"), awards=[award("given", "H", year=2019)]))
    desk.unit("V14", "2020", year(person("I")))
    desk.unit("V08", "2018", year(person("L"), awards=[award("given", "L", year=2018)]))
    desk.unit("V08", "2019", {"staff": [person("L")]})


def test_what_was_granted_may_rest_on_an_award_of_the_next_years_workbook(version: Version) -> None:
    rule = "CSTDCS_LDTT_CUNG_NAM"
    assert told(version, rule, "V10", "2024", "given") == ("breach", 0, 1)
    assert told(version, rule, "V10", "2025", "next") == ("unknown", 0, 1)
    assert told(version, rule, "V11", "2024", "given") == ("unknown", 0, 1)
    assert told(version, rule, "V11", "2024", "asked") == ("breach", 0, 1)  # the council asks what is there today
    assert told(version, rule, "V07", "2019", "given") == ("breach", 0, 1)  # the unit after it has told
    assert told(version, rule, "V08", "2018", "given") == ("unknown", 0, 1)  # no sheet of awards


def test_all_awards_of_a_unit_that_was_divided_are_told_when_every_unit_after_it_has_told(tmp_path: Path) -> None:
    home = relisted(tmp_path, "unit_lineage", lambda row: row | {"share": "0.5"} if row["old_code"] == "V07" else row)
    with (home.reference / "unit_lineage.csv").open("a", encoding="utf-8") as file:
        file.write("V07,V15,2020-07-01,0.5,sample\n")
    desk = HandedIn(tmp_path)
    desk.unit("V07", "2019", year(person("H"), awards=[award("given", "H", year=2019)]))
    desk.unit("V14", "2020", year(person("I")))
    desk.unit("V15", "2020", {"staff": [person("J")]})  # no sheet of awards
    rule = "CSTDCS_LDTT_CUNG_NAM"
    assert told(build(home), rule, "V07", "2019", "given") == ("unknown", 0, 1)
    desk.unit("V15", "2020", year(person("J")))
    assert told(build(home), rule, "V07", "2019", "given") == ("breach", 0, 1)


def test_numbers_of_another_office_are_reckoned_as_people_do(tmp_path: Path) -> None:
    """55 of 100 is 55 %, though not to a computer; and an unknown year of initiatives may hold two."""
    others = {
        "HOI_DONG_DA_SO": {"value": "0.55", "rounding": "at least"}, "CSTDCS_SANG_KIEN": {"value": "2"},
        "TTLDTT_LDTT": {"value": "0.55", "rounding": "at least"},
    }  # fmt: skip
    home = relisted(tmp_path, "rules", lambda row: row | others.get(row["rule_id"], {}))
    desk = HandedIn(tmp_path)
    staff = [person(f"p{n}", team="P1") for n in range(100)]
    awards = [award(str(n), f"p{n}", "LDTT", 2024) for n in range(55)]
    awards += [
        award("title", "p0", year=2024, votes_for=55, council_size=100),
        award("T", "P1", "TTLDTT", 2024, **TEAM),
    ]
    teams = [{"team_code": "P1", "team_name": "P1", "headcount": 100, "rating": "HTTNV"}]
    desk.unit("V01", "2024", {"staff": staff, "awards": awards, "collectives": teams})
    desk.unit("V01", "2025", year(*staff))
    version = build(home)
    assert told(version, "HOI_DONG_DA_SO", "V01", "2024", "title") == ("met", 0.55, 0.55)
    assert told(version, "TTLDTT_LDTT", "V01", "2024", "T") == ("met", 0.55, 0.55)
    assert told(version, "CSTDCS_SANG_KIEN", "V01", "2024", "title") == ("unknown", 0, 2)


def test_a_workbook_of_the_year_after_judges_who_has_moved_away_anew(tmp_path: Path) -> None:
    desk = HandedIn(tmp_path / "home")
    desk.unit("V01", "2022", year(person("M")))
    desk.unit("V02", "2023", year(person("M"), awards=[award("title", "M", year=2023)]))
    titles = [award("title", "M", year=2024), award("top", "M", "CSTDB", 2024, submitted_on="2024-11-01")]
    desk.unit("V02", "2024", year(person("M"), awards=titles))
    desk.unit("V02", "2025", year(person("M")))
    before = build(desk.home)
    assert told(before, "CSTDB_CSTDCS", "V02", "2024", "top") == (
        "unknown",
        2,
        3,
    )  # V01 may still tell of a title of 2022
    desk.unit("V01", "2023", year(person("N")))
    assert told(followed(desk), "CSTDB_CSTDCS", "V02", "2024", "top") == ("breach", 2, 3)
