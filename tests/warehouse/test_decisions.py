"""Decisions of people: taking back, closing, opening again, pinning; what the figures, the evidence and the board then
show.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from pipelines.access import sees_all
from pipelines.desk import decisions
from pipelines.problems import (
    AlreadyWithdrawn,
    BuildFailed,
    NeverAccepted,
    NoCurrentBuild,
    PeriodClosed,
    PeriodNotClosed,
    PinTaken,
    Problem,
    ReasonMissing,
    Unknown,
)
from pipelines.records.bodies import Body, Closing, Opening, Withdrawal
from pipelines.records.journal import Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.texts import say
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version, current
from pipelines.warehouse.door import queries
from pipelines.warehouse.door.question import Question
from tests.support import TESTER
from tests.support.homes.handed_in import HandedIn, award, person

ALL = sees_all()


def _handed_in(root: Path) -> HandedIn:
    """V01 twice (the second with two more awards), V02 once, V03 returned; all of 2025."""
    desk = HandedIn(root)
    staff = [person("A"), person("B"), person("C"), person("D")]
    desk.unit("V01", "2025", {"staff": staff, "awards": [award("1", "A")]}, on=date(2025, 12, 1))
    three = [award(str(n), code) for n, code in enumerate("ABC")]
    desk.unit("V01", "2025", {"staff": staff, "awards": three}, on=date(2025, 12, 8))
    desk.unit("V02", "2025", {"staff": [person("E")], "awards": []}, on=date(2025, 12, 9))
    desk.unit("V03", "2025", {"staff": [person("F")], "awards": []}, on=date(2025, 12, 10), status="returned")
    return desk


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return _handed_in(tmp_path / "home").home


def _awarded(version: Version, unit: str = "V01") -> tuple[object, str]:
    found = queries.metric(version, ALL, "award_rate", ["2025"], [unit], ["CSTDCS"], [""]).iloc[0]
    return (None if found["value"] != found["value"] else found["value"], found["state"])


def _on_board(version: Version, unit: str = "V01") -> tuple[object, ...]:
    row = queries.board(version, ALL, "2025").set_index("reporter_code").loc[unit]
    return tuple(None if pd.isna(row[name]) else row[name] for name in ("status", "version", "receipt_no"))


def _receipts_behind(version: Version, unit: str = "V01") -> set[int]:
    return set(
        queries.evidence(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS", unit=unit))["receipt_no"]
    )


def _last(home: Home) -> Body:
    return Journal(home.journal).events()[-1].body


def test_only_the_newest_version_is_in_figures_evidence_and_board(home: Home) -> None:
    version = build(home)
    assert (_awarded(version), _receipts_behind(version), _on_board(version)) == (
        (0.75, "reported"), {2}, ("accepted", 2, 2),
    )  # fmt: skip
    assert list(queries.source_cells(version, ALL, 1)["value"]) == []


def test_after_a_withdrawal_the_version_before_counts_again_everywhere(home: Home) -> None:
    taken_back, counts = decisions.withdraw(home, TESTER, 2, " Gửi nhầm bản nháp ")
    assert _last(home) == Withdrawal(2, "Gửi nhầm bản nháp")
    assert counts is not None and (taken_back.receipt_no, counts.receipt_no, counts.version) == (2, 1, 1)
    version = build(home)
    assert (_awarded(version), _receipts_behind(version), _on_board(version)) == (
        (0.25, "reported"), {1}, ("accepted", 1, 1),
    )  # fmt: skip
    assert _receipts_behind(version, "VU") == {1, 3}
    assert not queries.source_cells(version, ALL, 1).empty and queries.source_cells(version, ALL, 2).empty


def test_a_unit_whose_only_version_is_withdrawn_has_not_submitted(home: Home) -> None:
    assert decisions.withdraw(home, TESTER, 3, "Đơn vị đề nghị rút").counts is None
    version = build(home)
    assert (_awarded(version, "V02"), _on_board(version, "V02")) == (
        (None, "not_submitted"),
        ("not_submitted", None, None),
    )
    assert queries.evidence(version, ALL, Question("award_rate", "2025", breakdown="CSTDCS", unit="V02")).empty


def test_a_superseded_version_that_is_withdrawn_changes_nothing_now_and_cannot_come_back(home: Home) -> None:
    decisions.withdraw(home, TESTER, 1, "Sai kỳ")
    assert _on_board(build(home)) == ("accepted", 2, 2)
    decisions.withdraw(home, TESTER, 2, "Sai kỳ")
    assert _on_board(build(home)) == ("not_submitted", None, None)


def test_a_build_as_of_a_moment_knows_what_was_known_then(home: Home) -> None:
    decisions.withdraw(home, TESTER, 2, "Gửi nhầm")
    for on, awarded, board in (
        (date(2025, 11, 30), None, None),
        (date(2025, 12, 5), 0.25, ("accepted", 1, 1)),
        (date(2025, 12, 11), 0.75, ("accepted", 2, 2)),
        (None, 0.25, ("accepted", 1, 1)),
    ):
        version = build(home, on and datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
        if awarded is None:
            assert queries.periods(version, ALL).empty
        else:
            assert (_awarded(version)[0], _on_board(version)) == (awarded, board)


@pytest.mark.parametrize("number", [4, 9, 0])
def test_only_an_accepted_version_that_is_there_can_be_taken_back(home: Home, number: int) -> None:
    with pytest.raises(NeverAccepted if number == 4 else Unknown) as problem:
        decisions.withdraw(home, TESTER, number, "Nhầm")
    assert str(number) in problem.value.facts.values()
    decisions.withdraw(home, TESTER, 3, "Nhầm")
    with pytest.raises(AlreadyWithdrawn):
        decisions.withdraw(home, TESTER, 3, "Nhầm")
    assert [event.kind for event in Journal(home.journal).events()].count("withdrawal") == 1


def test_closing_pins_a_version_that_knows_everything(home: Home) -> None:
    with pytest.raises(NoCurrentBuild):
        current(home)
    first = decisions.close(home, TESTER, "2025")
    assert _last(home) == Closing("2025", first.name)
    assert current(home) == first and _on_board(first) == ("accepted", 2, 2)
    closed = queries.periods(publish(home, interval=0), ALL).set_index("period")["is_closed"]
    assert closed["2025"] and not queries.periods(first, ALL).set_index("period").loc["2025", "is_closed"]


def test_a_closed_period_takes_nothing_back_until_it_is_opened(home: Home) -> None:
    pinned = decisions.close(home, TESTER, "2025")
    for decide in (lambda: decisions.withdraw(home, TESTER, 2, "Nhầm"), lambda: decisions.close(home, TESTER, "2025")):
        with pytest.raises(PeriodClosed):
            decide()
    decisions.open_again(home, TESTER, "2025", "Đơn vị bổ sung")
    assert _last(home) == Opening("2025", "Đơn vị bổ sung")
    decisions.withdraw(home, TESTER, 2, "Nhầm")
    assert _awarded(publish(home, interval=0)) == (0.25, "reported")
    assert _awarded(pinned) == (0.75, "reported")
    assert Ledger().follow(Journal(home.journal).events()).kept_versions == {pinned.name}


def test_a_build_that_would_change_a_closed_period_is_not_published(tmp_path: Path) -> None:
    desk = _handed_in(tmp_path / "home")
    pinned = decisions.close(desk.home, TESTER, "2025")
    desk.unit(
        "V02", "2025", {"staff": [person("E"), person("F")], "awards": []}
    )  # past the desk, which would refuse it
    with pytest.raises(BuildFailed) as problem:
        publish(desk.home, interval=0)
    assert problem.value.facts["check"] == "closed_period_changed:2025:staff"
    assert current(desk.home) == pinned and [path for path in desk.home.warehouse.iterdir() if path.is_dir()] == [
        pinned.folder
    ]
    decisions.open_again(desk.home, TESTER, "2025", "Bổ sung")
    assert _on_board(publish(desk.home, interval=0), "V02") == ("accepted", 2, 5)


def test_only_a_closed_period_of_the_calendar_is_opened(home: Home) -> None:
    with pytest.raises(PeriodNotClosed):
        decisions.open_again(home, TESTER, "2025", "Bổ sung")
    for decide in (
        lambda: decisions.close(home, TESTER, "1999"),
        lambda: decisions.open_again(home, TESTER, "1999", "Bổ sung"),
    ):
        with pytest.raises(Unknown):
            decide()


def test_a_pin_keeps_the_current_version_or_the_one_named(home: Home) -> None:
    with pytest.raises(NoCurrentBuild):
        decisions.pin(home, TESTER, "Hội đồng 2025")
    first, second = build(home), build(home)
    assert decisions.pin(home, TESTER, " Hội đồng 2025 ") == second
    assert decisions.pin(home, TESTER, "Bản trình", first.name) == first
    assert Ledger().follow(Journal(home.journal).events()).pins == {
        "Hội đồng 2025": second.name,
        "Bản trình": first.name,
    }
    with pytest.raises(Unknown):
        decisions.pin(home, TESTER, "Bản khác", "../facts")


def test_a_name_stands_for_one_version_and_is_written_once(home: Home) -> None:
    version = build(home)
    for _ in range(2):
        assert decisions.pin(home, TESTER, "Hội đồng 2025") == version
    assert [event.kind for event in Journal(home.journal).events()].count("pin") == 1
    build(home)
    with pytest.raises(PinTaken) as problem:
        decisions.pin(home, TESTER, "Hội đồng 2025")
    assert problem.value.facts == {"name": "Hội đồng 2025", "version": version.name}


def test_nothing_is_decided_without_a_reason_or_name(home: Home) -> None:
    build(home)
    for decide in (
        lambda: decisions.withdraw(home, TESTER, 2, " "),
        lambda: decisions.open_again(home, TESTER, "2025", ""),
        lambda: decisions.pin(home, TESTER, "\n"),
    ):
        with pytest.raises(ReasonMissing):
            decide()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_refusal_has_its_sentence(lang: str) -> None:
    problems: list[Problem] = [
        PeriodClosed(period="2025"), PeriodNotClosed(period="2025"), PinTaken(name="Hội đồng", version="v1"), ReasonMissing(),
        AlreadyWithdrawn(receipt_no=7), NeverAccepted(receipt_no=7),
    ]  # fmt: skip
    for problem in problems:
        assert all(fact in say(f"problem.{problem.code}", lang, **problem.facts) for fact in problem.facts.values())
