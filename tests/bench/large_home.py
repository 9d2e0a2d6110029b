"""A data folder with thousands of submissions that count: its own list of units, real contents, journal and archive."""

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import UNIT_REPORT
from pipelines.records.archive import Archive
from pipelines.records.bodies import ReceiptBody, from_json
from pipelines.records.journal import Journal
from pipelines.records.parsed import Parsed
from pipelines.settings import Home
from pipelines.submissions import reader
from pipelines.submissions.template import template
from tests.bench import workbooks
from tests.support import TESTER
from tests.support.homes.receipts import receipt

YEARS = range(2016, 2026)
_DIFFERENT = 4  # workbooks a year that are really written and read; the others share their contents
_UNIT = ["Đơn vị {code}", "department", "VU", "", "", "own", "1", "{scope}", "2013-01-01", "", "sample"]


def make(root: Path, count: int) -> Home:
    """`count` accepted workbooks of count ÷ 10 units in ten years, with 34 rows a sheet; each unit has its own people.

    The workbooks themselves stand for their bytes only: cells and receipts are what a build reads. Nothing is built.
    """
    home = Home(root).ready()
    units = [unit_code(number) for number in range(count // len(YEARS))]
    write_units(home, units)
    archive, journal = Archive(home), Journal(home.journal)
    digest = archive.put_reference(home.reference)
    journal.append(from_json("reference", {"digest": digest}), TESTER, datetime(2013, 1, 1, tzinfo=UTC))
    told = ((place, unit, year) for year in YEARS for place, unit in enumerate(units))
    contents = {year: list(_contents(home, units[0], year)) for year in YEARS}

    def keep(one: tuple[int, str, int]) -> tuple[str, int, str]:
        place, unit, year = one
        sha = archive.put(f"{unit} {year}".encode(), "bao_cao.xlsx")
        archive.put_parsed(sha, replace(contents[year][place % _DIFFERENT], unit_code=unit))
        return unit, year, sha

    with ThreadPoolExecutor(8) as pool:
        for number, (unit, year, sha) in enumerate(pool.map(keep, told), start=1):
            at = datetime(year, 12, 1, 3, tzinfo=UTC)
            journal.append(_receipt(number, unit, year, sha, digest, at), TESTER, at)
    return home


def unit_code(number: int) -> str:
    """Code of the unit of a number."""
    return f"D{number:04d}"


def write_units(home: Home, units: list[str], scope: str = "{code}") -> None:
    """The sample units make room for ours, which are in no cluster."""
    rows = {
        "units": [[unit, *(text.format(code=unit, scope=scope.format(code=unit)) for text in _UNIT)] for unit in units],
        # No list may be empty: what is in these ended before the first year.
        "clusters": [["C01", "Cụm thi đua số 1", "2013-01-01", "2013-12-31", "sample"]],
        "cluster_membership": [["C01", units[0], "2013-01-01", "2013-12-31", "sample"]],
        "unit_lineage": [[units[0], units[1], "2013-01-01", "1", "sample"]],
    }
    for name, told in rows.items():
        path = home.reference / f"{name}.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0]
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(f"{header}\n")
            csv.writer(file).writerows(told)


def _contents(home: Home, unit: str, year: int) -> Iterator[Parsed]:
    """A few different workbooks of a year, written by the template and read by the reader."""
    reference, path = lists.load(home.reference), home.inbox / "mau.xlsx"
    for seed in range(_DIFFERENT):
        rows = workbooks.content(seed, workbooks.ROWS, year)
        template.write(path, reference, UNIT_REPORT, unit, str(year), rows=rows)  # type: ignore[arg-type]
        parsed = reader.parse(path.read_bytes(), path.name, reference)
        assert parsed.form and not parsed.findings, parsed.findings[:3]
        yield parsed
    path.unlink()


def _receipt(number: int, unit: str, year: int, sha: str, digest: str, at: datetime) -> ReceiptBody:
    return receipt(
        number,
        sha256=sha,
        file_name=f"{unit}_{year}.xlsx",
        received_at=at,
        unit_code=unit,
        period=str(year),
        reference_digest=digest,
        synthetic=True,
    )
