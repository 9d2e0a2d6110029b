"""The archive: bytes kept under their hash before anything opens them, whole or not at all, with what the reader made
of them.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines import platform
from pipelines.contract import reference as lists
from pipelines.contract.checks import Finding, Severity
from pipelines.problems import ArchiveDamaged
from pipelines.records.archive import Archive
from pipelines.records.parsed import CELLS_SCHEMA, Parsed
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.rows import parsed_of

DATA = b"PK\x03\x04 the bytes of a workbook"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(Home(tmp_path / "home").ready())


def _parsed() -> Parsed:
    cells = [
        {"sheet": "Cán bộ", "table_name": "staff", "column_name": "full_name", "column_letter": "B", "excel_row": 4, "raw": "Đỗ Ý ", "value": "Đỗ Ý"},
        {"sheet": "Cán bộ", "table_name": "staff", "column_name": "arrived_on", "column_letter": "F", "excel_row": 4, "raw": "31/2/2025", "value": None},
    ]  # fmt: skip
    finding = Finding("date.invalid", Severity.ERROR, "Cán bộ", "F4", "Ngày đến", "31/2/2025", 1, {"nearest": "28/02"})
    return Parsed(
        "BaoCaoDonVi", "V01", "", "2025", "1", date(2025, 12, 20), {"staff": "filled"},
        pa.Table.from_pylist(cells, schema=CELLS_SCHEMA), (finding,), lists.digest(OWN_REFERENCE),
    )  # fmt: skip


def test_bytes_come_back_by_their_hash_and_are_kept_once(archive: Archive) -> None:
    assert archive.put(DATA, "Báo cáo V01.XLSX") == archive.put(DATA, "khác.xlsm") == SHA
    assert archive.path_of(SHA) == archive.folder / SHA[:2] / f"{SHA}.xlsx"
    assert archive.bytes_of(SHA) == DATA
    assert list(archive) == [SHA]


def test_a_name_that_is_no_workbook_cannot_choose_the_suffix_or_the_folder(archive: Archive) -> None:
    archive.put(DATA, "../../x.exe")
    assert archive.path_of(SHA).suffix == ".bin"
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == [archive.path_of(SHA)]


def test_changed_or_missing_bytes_are_named_and_mended_when_they_come_again(archive: Archive) -> None:
    with pytest.raises(ArchiveDamaged):
        archive.bytes_of(SHA)
    archive.put(DATA, "a.xlsx")
    archive.path_of(SHA).write_bytes(DATA[:-1])
    with pytest.raises(ArchiveDamaged) as found:
        archive.bytes_of(SHA)
    assert found.value.facts == {"sha256": SHA}
    archive.put(DATA, "a.xlsx")
    assert archive.bytes_of(SHA) == DATA


def test_what_the_reader_made_comes_back_unchanged(archive: Archive) -> None:
    parsed = _parsed()
    archive.put(DATA, "a.xlsx")
    archive.put_parsed(SHA, parsed)
    again = parsed_of(archive, SHA, parsed.reference_digest)
    assert again.cells.schema == CELLS_SCHEMA and again.cells.to_pylist() == parsed.cells.to_pylist()
    fields = [name for name in Parsed.__dataclass_fields__ if name != "cells"]
    assert [getattr(again, name) for name in fields] == [getattr(parsed, name) for name in fields]


def test_a_reference_set_is_kept_by_its_digest_when_the_folder_changes(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(OWN_REFERENCE, folder)
    first = archive.put_reference(folder)
    before = archive.reference(first).units
    text = (folder / "units.csv").read_text(encoding="utf-8")
    (folder / "units.csv").write_text(text.replace("Vụ 1 (mẫu)", "Vụ Tổng hợp"), encoding="utf-8")
    second = archive.put_reference(folder)
    assert first != second == archive.put_reference(folder)
    assert archive.reference(first).units == before != archive.reference(second).units
    assert lists.digest(archive.reference_folder(first)) == first


class _Stop(BaseException):
    """The process ends here."""


def _stop_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process end at the n-th call that touches the disk (sync of a file, rename, sync of a folder)."""
    calls = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == step:
                raise _Stop
            return real(*given, **named)

        return call

    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))


@pytest.mark.parametrize("step", range(1, 7))
def test_stopped_at_any_step_an_entry_is_whole_or_absent_and_the_second_try_completes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    with monkeypatch.context() as stopping:
        _stop_at(step, stopping)
        try:
            archive.put(DATA, "a.xlsx")
            archive.put_parsed(SHA, _parsed())
            finished = True
        except _Stop:
            finished = False
    assert finished == (step > 5)
    assert list(archive) in ([], [SHA])
    for sha in archive:
        assert archive.bytes_of(sha) == DATA
    for path in archive.folder.rglob("*.parquet"):
        assert path.stat().st_size > 0 and parsed_of(archive, SHA, _parsed().reference_digest).period == "2025"
    archive.put(DATA, "a.xlsx")
    archive.put_parsed(SHA, _parsed())
    assert archive.bytes_of(SHA) == DATA
    assert parsed_of(archive, SHA, _parsed().reference_digest).findings == _parsed().findings
    assert all(path.suffix == platform.TEMPORARY for path in archive.leftovers())
