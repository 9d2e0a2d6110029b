"""One person under two codes: linked by the personnel department, counted once, taken back; the cells stay as they were
written.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import decisions, people
from pipelines.problems import AlreadyLinked, AlreadyUnlinked, LinkImpossible, PeriodClosed, ReasonMissing, Unknown
from pipelines.records.bodies import PersonLink, from_json
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.texts import say
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version, frame
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.conftest import Typed
from tests.support import TESTER
from tests.support.counted.versions import differences
from tests.support.homes.handed_in import HandedIn, award, person
from tests.warehouse.test_metric_cases import figure

ALL = sees_all()
OLD, NEW = ("BNC", "A7"), ("M45", "H1")  # V01 and M45 give their people codes of their own
MOVED = date(2025, 7, 1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A7 of V01 went to M45 on 1 July 2025 and is H1 there; both units proposed them.

    In 2026 V01 gives A7 to another.
    """
    desk = HandedIn(tmp_path / "home")
    desk.unit(
        "V01",
        "2024",
        {"staff": [person("A7", full_name="Trần Văn Bình"), person("A8")], "awards": [award("0", "A7", year=2024)]},
    )
    there = [person("A7", full_name="Trần Văn Bình", left_on="2025-06-30"), person("A8")]
    desk.unit("V01", "2025", {"staff": there, "awards": [award("1", "A7")]})
    here = [person("H1", full_name="Trần Văn Bình", arrived_on="2025-07-01"), person("H2")]
    desk.unit("M45", "2025", {"staff": here, "awards": [award("9", "H1", "GK")]})
    late = award("2", "A7", "BKB", 2025)  # V01 proposed them for 2025 and says so a year later
    desk.unit("V01", "2026", {"staff": [person("A7", full_name="Lê Thị Cúc"), person("A8")], "awards": [late]})
    return desk.home


def test_without_a_link_two_codes_are_two_people(home: Home) -> None:
    version = build(home)
    assert figure(version, "award_rate", "V01", "2025", "CSTDCS") == (1, 2)
    assert figure(version, "award_rate", "M45", "2025", "CSTDCS") == (0, 2)
    assert figure(version, "award_rate", "ALL", "2025", "GK") == (1, 4)


def test_a_linked_person_is_counted_once_at_the_last_unit_and_their_award_follows(home: Home) -> None:
    event, *names = people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, " Điều động ")
    assert event.body == PersonLink("BNC|A7", "M45|H1", date(2025, 7, 1), "Điều động")
    assert names == ["Trần Văn Bình", "Trần Văn Bình"]
    version = publish(home, interval=0)
    assert figure(version, "award_rate", "V01", "2025", "CSTDCS") == (0, 1)
    assert figure(version, "award_rate", "M45", "2025", "CSTDCS") == (1, 2)
    assert figure(version, "award_rate", "M45", "2025", "BKB") == (1, 2)  # told of in 2026, under the old code
    assert figure(version, "any_award_rate", "ALL", "2025") == (1, 3)
    assert figure(version, "award_rate", "V01", "2024", "CSTDCS") == (1, 2)
    told = queries.evidence(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS", unit="M45"))
    row = told[told["part"] == "num"].iloc[0]
    assert (row["file_name"], row["subject"]) == ("V01_2025.xlsx", "Trần Văn Bình")
    cells = queries.source_row(version, ALL, int(row["submission_id"]), row["sheet"], int(row["excel_row"]))
    assert "A7" in set(cells["value"])  # as written


def _rows(version: Version, sql: str) -> list[list[object]]:
    return frame(version, ALL, sql).values.tolist()


def _keys(version: Version, code: str) -> dict[str, str]:
    sql = f"SELECT period, person_key FROM people.staff WHERE person_code = '{code}'"
    return {str(period): str(key) for period, key in _rows(version, sql)}


def _values(version: Version) -> list[list[object]]:
    sql = "SELECT metric, unit_code, period, breakdown, stratum, state, numerator, denominator FROM metric_values"
    return _rows(
        version,
        f"SELECT * REPLACE (coalesce(numerator, -1) AS numerator, coalesce(denominator, -1) AS denominator) FROM ({sql}) ORDER BY ALL",
    )


def test_after_its_day_the_old_code_may_be_somebody_elses(home: Home) -> None:
    people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    version = publish(home, interval=0)
    old, new = _keys(version, "A7"), _keys(version, "H1")
    assert old["2024"] == old["2025"] == new["2025"] != old["2026"]


def test_a_link_taken_back_leaves_the_figures_as_they_were(home: Home) -> None:
    before = _values(build(home))
    event, *_ = people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    assert _values(publish(home, interval=0)) != before
    assert [(one.number, one.old_code, one.new_code) for one in people.standing(home)] == [(event.seq, "A7", "H1")]
    people.unlink(home, TESTER, event.seq, "Nhầm người")
    assert _values(publish(home, interval=0)) == before
    assert people.standing(home) == []
    assert [one.kind for one in Journal(home.journal).events()][-2:] == ["person_link", "person_unlink"]
    with pytest.raises(AlreadyUnlinked):
        people.unlink(home, TESTER, event.seq, "Nhầm người")


@pytest.mark.slow
def test_whatever_follows_a_link_a_build_upon_the_last_version_says_what_one_from_nothing_says(home: Home) -> None:
    desk = HandedIn(home.root)
    event, *_ = people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    steps = (
        lambda: desk.unit("V02", "2025", {"staff": [person("B1")], "awards": [award("1", "B1")]}),
        lambda: desk.unit("M45", "2025", {"staff": [person("H1"), person("H3")], "awards": [award("2", "H3", "GK")]}),
        lambda: decisions.withdraw(home, TESTER, 6, "Nhầm"),
        lambda: people.unlink(home, TESTER, event.seq, "Nhầm"),
    )
    for step in steps:
        step()
        assert differences(publish(home, interval=0), publish(home, fresh=True, full=True, interval=0)) == []


def test_what_cannot_be_linked_is_refused(home: Home) -> None:
    for old, new in ((("BNC", "A9"), NEW), (OLD, ("T01", "H1"))):
        with pytest.raises(Unknown):
            people.link(home, TESTER, sees_all(), old, new, MOVED, "Điều động")
    with pytest.raises(ReasonMissing):
        people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, " ")
    people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    with pytest.raises(AlreadyLinked):
        people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    for old, new in ((NEW, OLD), (OLD, OLD)):
        with pytest.raises(LinkImpossible):
            people.link(home, TESTER, sees_all(), old, new, MOVED, "Điều động")


def test_a_closed_year_both_codes_stand_in_is_opened_before_they_are_linked_or_parted(home: Home) -> None:
    decisions.close(home, TESTER, "2025")
    before = figure(publish(home, interval=0), "award_rate", "M45", "2025", "CSTDCS")
    with pytest.raises(PeriodClosed) as problem:
        people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    assert problem.value.facts == {"period": "2025"} and people.standing(home) == []
    assert all("2025" in say(f"problem.{problem.value.code}", lang, **problem.value.facts) for lang in ("vi", "en"))
    assert figure(publish(home, interval=0), "award_rate", "M45", "2025", "CSTDCS") == before
    decisions.open_again(home, TESTER, "2025", "Nối mã cán bộ điều động")
    event, *_ = people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    decisions.close(home, TESTER, "2025")
    with pytest.raises(PeriodClosed):
        people.unlink(home, TESTER, event.seq, "Nhầm")
    assert len(people.standing(home)) == 1


def test_a_closed_year_one_code_stands_in_gets_the_link_and_keeps_its_figures(home: Home) -> None:
    decisions.close(home, TESTER, "2024")
    before = [row for row in _values(publish(home, interval=0)) if row[2] == "2024"]
    event, *_ = people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    version = publish(home, interval=0)
    assert _keys(version, "A7")["2024"] == _keys(version, "H1")["2025"]
    assert [row for row in _values(version) if row[2] == "2024"] == before != []
    people.unlink(home, TESTER, event.seq, "Nhầm")
    assert [row for row in _values(publish(home, interval=0)) if row[2] == "2024"] == before


def test_a_person_whose_new_unit_takes_its_list_back_still_has_the_new_key_and_name(home: Home) -> None:
    people.link(home, TESTER, sees_all(), OLD, NEW, MOVED, "Điều động")
    key = _keys(publish(home, interval=0), "H1")["2025"]
    Journal(home.journal).append(from_json("withdrawal", {"receipt_no": 3, "reason": "Rút"}), TESTER)
    version = publish(home, interval=0)
    assert _keys(version, "A7")["2025"] == key
    assert _rows(version, f"SELECT full_name FROM people.people WHERE person_key = '{key}'") == [["Trần Văn Bình"]]


def test_the_verbs_say_who_was_linked_list_it_and_take_it_back(
    home: Home, monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    monkeypatch.setenv("THIDUA_HOME", str(home.root))

    def run(*arguments: str) -> tuple[int, str]:
        return typed(*arguments)[:2]

    codes = ("--scope", "BNC", "--old", "A7", "--new-scope", "M45", "--new", "H1")
    code, out = run("link", *codes, "--from", "2025-07-01", "--reason", "Điều động")
    assert code == 0 and "Trần Văn Bình" in out and "01/07/2025" in out
    [told] = json.loads(run("links", "--json")[1])["links"]
    assert (told["old"], told["new_scope"], told["since"], told["reason"]) == ("A7", "M45", "2025-07-01", "Điều động")
    assert run("unlink", str(told["link"]), "--reason", "Nhầm", "--json")[0] == 0
    assert json.loads(run("links", "--json")[1]) == {"links": []}
    assert run("link", *codes, "--from", "2025-07-01", "--reason", " ")[0] == 2
