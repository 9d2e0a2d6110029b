"""What counts: the newest accepted version not withdrawn, whatever the order of files and the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime

from pipelines.records.bodies import (
    Body,
    Closing,
    Explanation,
    Opening,
    PersonLink,
    Pin,
    ReceiptBody,
    ReferenceChange,
    Review,
    Withdrawal,
)
from pipelines.records.journal import Event
from pipelines.records.ledger import Ledger, bears
from tests.support.homes.receipts import receipt


def _events(*told: Body) -> list[Event]:
    return [Event(seq, datetime(2026, 1, 1, tzinfo=UTC), body, "") for seq, body in enumerate(told, 1)]


def _receipt(no: int, sha: str, status: str = "accepted", unit: str = "V01", cluster: str = "") -> ReceiptBody:
    return receipt(no, sha256=sha, status=status, unit_code=unit, cluster_code=cluster)


def _current(ledger: Ledger, reporter: str = "V01") -> int | None:
    body = ledger.current(reporter, "2025")
    return body and body.receipt_no


def test_the_newest_accepted_version_counts_and_returned_ones_do_not() -> None:
    events = _events(_receipt(1, "a"), _receipt(2, "b", "accepted_with_warnings"), _receipt(3, "c", "returned"))
    ledger = Ledger().follow(events)
    assert _current(ledger) == 2
    assert (ledger.next_version("V01", "2025"), ledger.next_receipt_no()) == (3, 4)
    assert _current(ledger, "V02") is None


def test_after_a_withdrawal_the_version_before_counts_again_and_its_number_is_not_given_twice() -> None:
    events = _events(_receipt(1, "a"), _receipt(2, "b"), Withdrawal(2, "nhầm"))
    ledger = Ledger().follow(events)
    assert _current(ledger) == 1
    assert ledger.next_version("V01", "2025") == 3
    assert ledger.current_with("b") is None and ledger.current_with("a") == ledger.receipts[1]


def test_older_bytes_accepted_again_are_found_as_the_version_that_counts() -> None:
    ledger = Ledger().follow(_events(_receipt(1, "a"), _receipt(2, "b"), _receipt(3, "a")))
    assert ledger.current_with("b") is None
    assert ledger.current_with("a") == ledger.receipts[3]


def test_a_cluster_and_its_units_are_reporters_of_their_own() -> None:
    ledger = Ledger().follow(_events(_receipt(1, "a"), _receipt(2, "b", unit="", cluster="C01")))
    assert [body.receipt_no for body in ledger.all_current()] == [1, 2]
    assert [body.receipt_no for body in ledger.all_current(["C01"])] == [2]


def test_a_ledger_followed_bit_by_bit_equals_one_replayed_at_once() -> None:
    events = _events(
        _receipt(1, "a"),
        ReferenceChange("r1"),
        Closing("2025", "v1"),
        Pin("Hội đồng", "v2"),
        Opening("2025", "sửa"),
        PersonLink("x", "y", date(2025, 7, 1), "một người"),
        _receipt(2, "b"),
    )
    bit_by_bit = Ledger()
    for event in events:
        bit_by_bit.follow([event])
    assert bit_by_bit == Ledger().follow(events)
    assert (bit_by_bit.closed, bit_by_bit.kept_versions) == ({}, {"v1", "v2"})
    assert (bit_by_bit.reference_digest, bit_by_bit.seq) == ("r1", 7)


def test_an_unchanged_file_and_a_pin_do_not_ask_for_a_new_version_of_the_warehouse() -> None:
    told = _events(_receipt(1, "a"), _receipt(2, "a", "unchanged"), Pin("x", "v"))
    assert [bears(event) for event in told] == [True, False, False]


def test_what_a_council_notes_changes_no_figure() -> None:
    told = _events(
        Review("V01", "2025", "follow", "?", "HĐ"),
        Explanation("V01", "2025", "?", date(2025, 7, 1)),
        Withdrawal(1, "nhầm"),
        Closing("2025", "v1"),
    )
    assert [bears(event) for event in told] == [False, False, True, True]


def test_when_each_receipt_counted_leaves_out_what_was_withdrawn() -> None:
    events = [_receipt(1, "a"), _receipt(2, "b"), Withdrawal(2, "nhầm"), _receipt(3, "c")]
    assert sorted(Ledger().follow(_events(*events)).spans()) == [(1, 1, 2), (1, 3, 4), (2, 2, 3), (3, 4, None)]
    gone = [_receipt(1, "a"), Withdrawal(1, "nhầm")]
    assert list(Ledger().follow(_events(*gone)).spans()) == [(1, 1, 2)]


def test_bytes_are_kept_to_the_end_of_the_longest_time_anybody_was_told() -> None:
    first, last = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    returned = [replace(_receipt(1, "a", "returned"), delete_after=until) for until in (first, last)]
    ledger = Ledger().follow(_events(*returned))
    assert not ledger.has_outlived("a", first.replace(day=2))
    assert not ledger.has_outlived("a", last)
    assert ledger.has_outlived("a", last.replace(second=1))


def test_what_was_accepted_once_is_never_let_go() -> None:
    returned = replace(_receipt(1, "a", "returned"), delete_after=datetime(2026, 4, 1, tzinfo=UTC))
    ledger = Ledger().follow(_events(returned, _receipt(2, "a")))
    assert ledger.outlived(datetime(2030, 1, 1, tzinfo=UTC)) == []
