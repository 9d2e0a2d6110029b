"""Bytes of .xls, .xlsb and .ods files changed at random: every file gets an answer, and none takes its
reader with it.
"""

import io
import zipfile
from random import Random

import pytest

from pipelines.settings import OWN_REFERENCE
from pipelines.submissions.workers.worker import Readers
from tests.support.workbooks.filled_books import book
from tests.support.workbooks.other_formats import WRITERS
from tests.support.workbooks.workbook_parts import packed, zipped

pytestmark = pytest.mark.slow
COUNT = 150


def _changed(data: bytes, chance: Random) -> bytes:
    """A few bytes set, dropped or put in."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 2, 5])):
        at, how = chance.randrange(len(made)), chance.random()
        made[at : at + (1 if how < 0.6 else chance.randrange(8))] = chance.randbytes(
            1 if how < 0.6 else chance.randrange(8)
        )
    return bytes(made)


def _damaged(kind: str, data: bytes, chance: Random) -> bytes:
    """Damage the guard cannot see by a checksum: the zip around the part is whole."""
    if kind == "xls":
        return _changed(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    victim = chance.choice([name for name in parts if name.endswith((".bin", "content.xml"))])
    return zipped([packed(*part) for part in (parts | {victim: _changed(parts[victim], chance)}).items()])


@pytest.mark.parametrize("kind", WRITERS)
def test_whatever_is_damaged_the_reader_lives_and_says_something_or_reads_it(kind: str, one_reader: Readers) -> None:
    chance, whole = Random(7), WRITERS[kind](book())
    answers = [one_reader.parse(_damaged(kind, whole, chance), f"a.{kind}", OWN_REFERENCE) for _ in range(COUNT)]
    died = [f.params for one in answers for f in one.findings if f.params.get("reason", "").startswith("ended")]
    assert died == []
    assert sum(one.form == "" for one in answers) > COUNT / 4  # refused, or no longer ours
