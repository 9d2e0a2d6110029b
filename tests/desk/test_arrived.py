"""A file on its way in while older bytes are deleted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import Desk, retention
from pipelines.desk.arrived import Arrived
from pipelines.records.archive import Archive
from pipelines.records.inbox import Incoming
from pipelines.records.parsed import Parsed
from tests.desk.test_desk import ON, workbook
from tests.support import TESTER


@pytest.mark.parametrize("lost", ["before it is read", "after it was read"])
def test_a_file_returned_long_ago_and_deleted_while_it_comes_in_again_is_received(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    path = tmp_path / "V01.xlsx"
    path.write_bytes(wrong := workbook(H4="Rất tốt"))
    desk.accept(desk.check(wrong, path.name, sees_all(), ON.date()), TESTER, received_at=ON)
    later, real = ON + timedelta(days=91), desk.readers.parse

    def parse(data: bytes, file_name: str, reference_folder: Path) -> Parsed:
        parsed = real(data, file_name, reference_folder)
        if lost == "after it was read":
            assert retention.sweep(desk.home, TESTER, later) == 1
        return parsed

    def files() -> Iterator[Incoming]:
        yield Incoming(path, received_at=later)

    monkeypatch.setattr(desk.readers, "parse", parse)
    if lost == "before it is read":
        arrived = Arrived(Incoming(path), Archive(desk.home))
        assert arrived.data() == wrong
        assert retention.sweep(desk.home, TESTER, later) == 1
        assert arrived.data() == wrong and not arrived.has_changed
    [receipt] = desk.receive(files(), TESTER)
    assert (receipt.checked.status, receipt.checked.data) == ("returned", wrong)
    assert Archive(desk.home).bytes_of(receipt.checked.sha256) == wrong
