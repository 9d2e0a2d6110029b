"""The board as rows: who needs something done first, the longest late before the others."""

from datetime import date

import pandas as pd
import pytest

from dashboard.board import standing
from pipelines.texts import catalogue
from pipelines.warehouse.door import attention


def _board(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """name, status, days late."""
    told = pd.DataFrame(rows, columns=["reporter_name", "status", "days_late"])
    return told.assign(
        reporter_kind="unit", due_on=date(2025, 12, 15), received_at=None, errors=1, warnings=2, version=1, receipt_no=1
    )


BOARD = _board(
    ("in time", "accepted", 0), ("one day late", "accepted_with_warnings", 1), ("still to come", "not_submitted", 0),
    ("missing", "not_submitted", 3), ("missing longer", "not_submitted", 9), ("returned", "returned", 2),
    ("late longer", "accepted", 5),
)  # fmt: skip


def test_who_needs_something_done_comes_first_and_what_is_not_due_yet_with_what_is_done() -> None:
    assert standing.rows(BOARD, "vi")["reporter_name"].tolist() == [
        "returned", "missing longer", "missing", "late longer", "one day late", "in time", "still to come",
    ]  # fmt: skip


def test_one_day_is_late_and_what_came_late_has_come() -> None:
    told = standing.tally(BOARD)
    assert told.by_standing == {"on_time": 1, "late": 2, "returned": 1, "missing": 3}
    assert (told.received, told.due, told.share) == (3, 7, 3 / 7)


def test_a_tile_names_the_longest_late_first() -> None:
    tiles = dict(zip(standing.STANDINGS, standing.tiles(BOARD, "vi"), strict=True))
    assert tiles["missing"].note.startswith("missing longer, missing, still") and tiles["late"].note.startswith(
        "late longer"
    )
    assert tiles["on_time"].note == ""


def test_what_is_not_due_yet_is_not_overdue() -> None:
    states = standing.rows(BOARD, "vi").set_index("reporter_name")["state"]
    overdue = catalogue("vi")["dashboard.board.overdue"]
    assert overdue in states["missing"] and overdue not in states["still to come"]
    assert "2" in states["one day late"] and states["in time"].startswith("✓")


def test_nothing_is_shown_as_zero_days_late() -> None:
    days = standing.rows(BOARD, "vi").set_index("reporter_name")["days_late"]
    assert days["in time"] != days["in time"] and days["one day late"] == 1


def test_overdue_is_what_is_past_its_date_and_not_accepted_the_longest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attention, "board", lambda *_: BOARD)
    told = attention.overdue(None, None, "2025", date(2026, 1, 15))  # type: ignore[arg-type]
    assert told["reporter_name"].tolist() == ["missing longer", "missing", "returned"]
