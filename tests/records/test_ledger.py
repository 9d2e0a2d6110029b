"""What counts: the newest accepted version not withdrawn, whatever the order of files and the clock."""

from datetime import UTC, datetime
from typing import Any

from pipelines.records.journal import Event
from pipelines.records.ledger import Ledger, bears


def _events(*told: tuple[str, dict[str, Any]]) -> list[Event]:
    return [Event(seq, datetime(2026, 1, 1, tzinfo=UTC), kind, body, "") for seq, (kind, body) in enumerate(told, 1)]


def _receipt(no: int, sha: str, status: str = "accepted", unit: str = "V01", cluster: str = "") -> tuple[str, Any]:
    body = {"receipt_no": no, "sha256": sha, "status": status, "unit_code": unit, "cluster_code": cluster}
    return "receipt", body | {"period": "2025", "synthetic": False}


def _current(ledger: Ledger, reporter: str = "V01") -> int | None:
    body = ledger.current(reporter, "2025")
    return body and body["receipt_no"]


def test_the_newest_accepted_version_counts_and_returned_ones_do_not() -> None:
    events = _events(_receipt(1, "a"), _receipt(2, "b", "accepted_with_warnings"), _receipt(3, "c", "returned"))
    ledger = Ledger().follow(events)
    assert _current(ledger) == 2
    assert (ledger.next_version("V01", "2025"), ledger.next_receipt_no()) == (3, 4)
    assert _current(ledger, "V02") is None


def test_after_a_withdrawal_the_version_before_counts_again_and_its_number_is_not_given_twice() -> None:
    events = _events(_receipt(1, "a"), _receipt(2, "b"), ("withdrawal", {"receipt_no": 2, "reason": "nhầm"}))
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
    assert [body["receipt_no"] for body in ledger.all_current()] == [1, 2]
    assert [body["receipt_no"] for body in ledger.all_current(["C01"])] == [2]


def test_a_ledger_followed_bit_by_bit_equals_one_replayed_at_once() -> None:
    events = _events(
        _receipt(1, "a"),
        ("reference", {"digest": "r1"}),
        ("period_closed", {"period": "2025", "version": "v1"}),
        ("pin", {"name": "Hội đồng", "version": "v2"}),
        ("period_opened", {"period": "2025", "reason": "sửa"}),
        ("person_link", {"old": "x", "new": "y", "from": "", "reason": ""}),
        _receipt(2, "b"),
    )
    bit_by_bit = Ledger()
    for event in events:
        bit_by_bit.follow([event])
    assert bit_by_bit == Ledger().follow(events)
    assert (bit_by_bit.closed, bit_by_bit.kept_versions) == ({}, {"v1", "v2"})
    assert (bit_by_bit.reference_digest, bit_by_bit.seq) == ("r1", 7)


def test_an_unchanged_file_and_a_pin_do_not_ask_for_a_new_version_of_the_warehouse() -> None:
    told = _events(_receipt(1, "a"), _receipt(2, "a", "unchanged"), ("pin", {"name": "x", "version": "v"}))
    assert [bears(event) for event in told] == [True, False, False]


def test_what_a_council_notes_changes_no_figure() -> None:
    told = _events(("review", {}), ("explanation", {}), ("withdrawal", {"receipt_no": 1}), ("period_closed", {}))
    assert [bears(event) for event in told] == [False, False, True, True]


def test_when_each_receipt_counted_leaves_out_what_was_withdrawn() -> None:
    events = [_receipt(1, "a"), _receipt(2, "b"), ("withdrawal", {"receipt_no": 2}), _receipt(3, "c")]
    assert sorted(Ledger().follow(_events(*events)).spans()) == [(1, 1, 2), (1, 3, 4), (2, 2, 3), (3, 4, None)]
    gone = [_receipt(1, "a"), ("withdrawal", {"receipt_no": 1})]
    assert list(Ledger().follow(_events(*gone)).spans()) == [(1, 1, 2)]


def test_bytes_are_kept_to_the_end_of_the_longest_time_anybody_was_told() -> None:
    first, last = "2026-04-01T00:00:00+00:00", "2026-05-01T00:00:00+00:00"
    returned = [_receipt(number, "a", "returned") for number in (1, 2)]
    for (_, body), until in zip(returned, (first, last), strict=True):
        body["delete_after"] = until
    ledger = Ledger().follow(_events(*returned))
    assert not ledger.has_outlived("a", datetime.fromisoformat(first).replace(day=2))
    assert not ledger.has_outlived("a", datetime.fromisoformat(last))
    assert ledger.has_outlived("a", datetime.fromisoformat(last).replace(second=1))


def test_what_was_accepted_once_is_never_let_go() -> None:
    returned = _receipt(1, "a", "returned")
    returned[1]["delete_after"] = "2026-04-01T00:00:00+00:00"
    ledger = Ledger().follow(_events(returned, _receipt(2, "a")))
    assert ledger.outlived(datetime(2030, 1, 1, tzinfo=UTC)) == []
