"""Moments are told by the clock in Vietnam, where deadlines are days, wherever the server stands."""

from datetime import UTC, datetime

from pipelines.texts import instant
from pipelines.warehouse.building.moment import day_in_vietnam

LATE = datetime(2026, 12, 15, 18, 30, tzinfo=UTC)  # half past one on the 16th in Hà Nội


def test_the_moment_shown_is_on_the_day_that_counts_for_the_deadline() -> None:
    assert instant(LATE, "vi") == "16/12/2026 01:30"
    assert day_in_vietnam(LATE).isoformat() == "2026-12-16"
