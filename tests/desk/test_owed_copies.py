"""What was journalled is received, whatever happens after; the copy follows by itself. Names of files stop nothing."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.access import sees_all
from pipelines.desk import Desk, words
from pipelines.desk.owed import Owed
from pipelines.records.archive import Archive
from pipelines.records.inbox import Incoming
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.submissions.workers.worker import Readers
from tests.support import TESTER
from tests.support.workbooks.filled_books import REFERENCE, book

WRONG = book(cells={("Cán bộ", "C4"): "Tốt hết"})
NAMES = [
    "báo\0cáo.xlsx", "a\nb\tc\x1b[31m.xlsx", "../../etc/bao cao.xlsx", "C:\\fakepath\\bao cao.xlsx", "x" * 400 + ".xlsx",
    "CON.xlsx", "nul", "lpt1.xlsx", "...", ".xlsx", "", " . ", "a\udcffb.xlsx", 'a<b>"c|d?*.xlsx', "ề" * 200 + ".XLSX",
]  # fmt: skip


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as some:
        yield some


@pytest.fixture
def desk(tmp_path: Path, readers: Readers) -> Desk:
    return Desk(Home(tmp_path / "home").ready(), readers)


def _receipts(desk: Desk) -> list[dict[str, object]]:
    return [event.body for event in Journal(desk.home.journal).events() if event.kind == "receipt"]


def _blocked(home: Home) -> Callable[[], None]:
    """Nothing can be written into `returned`: a file lies there. What ends it."""
    home.returned.rmdir()
    home.returned.write_text("")
    return home.returned.unlink


def test_names_of_all_kinds_are_received_once_and_their_copies_can_be_written(desk: Desk) -> None:
    for number, name in enumerate(NAMES, start=1):
        receipt = desk.accept(desk.check(WRONG, name, sees_all()), TESTER)
        assert (receipt.receipt_no, receipt.checked.status) == (number, "returned"), name
        assert receipt.copy and receipt.copy.parent == desk.home.returned and receipt.copy.exists(), name
        assert len(receipt.copy.name.encode()) < 255 and receipt.copy.suffix == ".xlsx"
        assert not set('<>:"/\\|?*') & set(receipt.copy.name) and receipt.copy.name.isprintable(), name
        made = desk.annotated(receipt.checked).name
        assert made == receipt.copy.name.removeprefix(f"{number:06d} ") and made.endswith(" - đã đánh dấu.xlsx"), name
        assert not made.casefold().startswith(("con.", "nul.", "lpt1.", ".", " ")), name
        words.document([(receipt.checked, receipt)])
    told = [str(body.file_name).encode().decode() for body in _receipts(desk)]
    assert told[0] == "báo\ufffdcáo.xlsx" and len(told) == len(NAMES)


def test_a_receipt_stands_when_its_copy_cannot_be_written_and_the_copy_comes_by_itself(desk: Desk) -> None:
    mend = _blocked(desk.home)
    first = desk.accept(desk.check(WRONG, "a.xlsx", sees_all()), TESTER)
    assert (first.receipt_no, first.copy, first.way) == (1, None, "later")
    assert any("không gửi lại" in line for line in words.receipt_lines(first, REFERENCE, "vi"))
    refused = desk.accept(desk.check(b"no workbook", "b.xlsx", sees_all()), TESTER)
    assert (refused.receipt_no, refused.way) == (2, "later")
    mend()
    third = desk.accept(desk.check(book(), "c.xlsx", sees_all()), TESTER)
    assert third.checked.is_accepted and len(_receipts(desk)) == 3
    copies = sorted(path.name for path in desk.home.returned.iterdir())
    assert [name[:6] for name in copies] == ["000001", "000002"]
    desk.readers.close()
    assert list(Owed(desk.home).open()) == [] and not list((desk.home.root / "owed").iterdir())


def test_another_process_makes_the_copies_of_one_that_has_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mend = _blocked(desk.home)
    desk.accept(desk.check(WRONG, "a.xlsx", sees_all()), TESTER)
    expected = desk.annotated(desk.check(WRONG, "a.xlsx", sees_all())).data
    mend()
    later = Desk(desk.home, desk.readers)
    later.hand_back_owed()
    assert not desk.home.returned.exists(), "this process may still be at it"
    [note] = (desk.home.root / "owed").iterdir()
    note.rename(note.with_name("000001.999999999-abcdef12.part"))
    later.hand_back_owed()
    [copy] = desk.home.returned.iterdir()
    assert copy.name == "000001 a - đã đánh dấu.xlsx" and len(copy.read_bytes()) == len(expected)


def test_a_copy_owed_of_bytes_that_are_gone_is_owed_no_more(desk: Desk) -> None:
    mend = _blocked(desk.home)
    receipt = desk.accept(desk.check(WRONG, "a.xlsx", sees_all()), TESTER)
    mend()
    Archive(desk.home).path_of(receipt.checked.sha256).unlink()
    for path in desk.home.submissions.glob("??/*.parquet"):
        path.unlink()
    desk.hand_back_owed()
    assert not list((desk.home.root / "owed").iterdir())


@pytest.mark.parametrize("step", ["archive", "parsed", "owed", "journal"])
def test_a_disk_that_is_full_before_the_journal_leaves_nothing_entered_and_no_half_file(
    desk: Desk, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = desk.check(WRONG, "a.xlsx", sees_all())
    stops = {"archive": "pipelines.platform.os.fsync", "owed": "pathlib.Path.touch", "journal": "pipelines.records.journal.Journal.append"}  # fmt: skip

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(stops.get(step, "pipelines.records.archive.Archive.put_parsed"), full)
        with pytest.raises(OSError, match="space"):
            desk.accept(checked, TESTER)
    assert _receipts(desk) == [] and not list(desk.home.submissions.rglob("*.part"))
    again = desk.accept(desk.check(WRONG, "a.xlsx", sees_all()), TESTER)
    assert again.receipt_no == 1 and again.copy and not list((desk.home.root / "owed").iterdir())


def test_many_files_are_received_in_order_though_their_copies_cannot_be_made_now(desk: Desk, tmp_path: Path) -> None:
    files = []
    for number in range(7):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(book(cells={("Cán bộ", "C4"): f"Tốt {number}"}) if number % 2 else book(info={"prepared_by": f"N{number}"}))  # fmt: skip
        files.append(Incoming(path))
    mend = _blocked(desk.home)
    receipts = list(desk.receive(files, TESTER))
    assert [(one.receipt_no, one.checked.file_name) for one in receipts] == [(n + 1, f"{n}.xlsx") for n in range(7)]
    assert [one.way for one in receipts] == ["", "later"] * 3 + [""]
    mend()
    assert list(desk.receive([], TESTER)) == []
    assert sorted(path.name for path in desk.home.returned.iterdir()) == [
        f"00000{n} {n - 1} - đã đánh dấu.xlsx" for n in (2, 4, 6)
    ]
