"""The demo is lifelike, valid, and the same for the same seed."""

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from pipelines import demo
from pipelines.contract import reference as lists
from pipelines.contract.checks import Severity
from pipelines.demo import clusters, contents, sending, writing
from pipelines.demo.mess import Style, style_of
from pipelines.demo.sending import Sending
from pipelines.demo.units import LARGE_PROVINCES, limit_of
from pipelines.demo.world import World
from pipelines.records.parsed import Parsed
from pipelines.settings import OWN_REFERENCE
from pipelines.submissions import reader

REFERENCE = lists.load(OWN_REFERENCE)
YEARS = demo.DEFAULT_YEARS


def _write(world: World, folder: Path, one: Sending, style: Style) -> Parsed:
    path = folder / f"{one.reporter}.xlsx"
    writing.write(path, REFERENCE, contents.content_of(world, one), style, Random(1))
    return reader.parse(path.read_bytes(), path.name, REFERENCE)


def _errors(parsed: Parsed) -> list[str]:
    return [f"{f.sheet} {f.cell} {f.code} {f.value}" for f in parsed.findings if f.severity is Severity.ERROR]


def test_sixty_three_committees_become_thirty_four_and_thirteen_departments_stay(world: World) -> None:
    for year, committees in ((2014, 63), (2024, 63), (2025, 34)):
        codes = [code for code, when in world.years if when == year]
        assert sum(code.startswith("V") for code in codes) == 13
        assert len(codes) == 13 + committees


def test_nobody_has_more_people_than_the_unit_may_have_and_most_departments_are_small(world: World) -> None:
    for (code, year), one in world.years.items():
        here = [rated for rated in one.rated if rated.stay.left_on is None]
        assert 8 <= len(here) <= limit_of(code, world.careers.predecessors(code, year)), (code, year)
        if code.startswith("T"):
            assert len(here) <= (30 if code in LARGE_PROVINCES else 21)
    sizes = [len(one.rated) for (code, _), one in world.years.items() if code.startswith("V")]
    assert sum(12 <= size <= 30 for size in sizes) > 0.75 * len(sizes)


def test_people_stay_for_years_keep_their_code_move_and_follow_a_reorganisation(world: World) -> None:
    staff = world.careers.staff
    first, later = ({stay.code: stay.person.name for stay in staff["V05", year]} for year in (2014, 2019))
    assert len(first.keys() & later.keys()) > len(first) / 2
    assert all(first[code] == later[code] for code in first.keys() & later.keys())
    old = {stay.code for code in ("V07", "V08") for stay in staff[code, 2019]}
    new = {stay.code for stay in staff["V14", 2020]}
    assert len(old & new) > 0.8 * len(old)
    shared = {stay.code for stay in staff["V06", 2020]} & {stay.code for stay in staff["V15", 2020]}
    assert len(shared) == round(0.4 * len(staff["V06", 2019])) or len(shared) >= 7
    moved = [stay for (code, _), stays in staff.items() if code.startswith("V") for stay in stays if not stay.is_home]
    assert len(moved) > 40


def test_ceilings_and_conditions_of_the_titles_hold_in_every_unit(world: World) -> None:
    for (code, year), one in world.years.items():
        granted = [
            row for row in one.sheets["awards"] if row["achievement_year"] == year and row["result"] == "DA_KHEN"
        ]
        ratings = {rated.stay.code: rated.rating for rated in one.rated}
        counts = Counter(str(row["award"]) for row in granted)
        assert counts["CSTDCS"] <= 0.15 * counts["LDTT"]
        for row in granted:
            if row["award"] in ("LDTT", "CSTDCS"):
                assert ratings[str(row["recipient_code"])] in ("HTXSNV", "HTTNV")
            if row["award"] == "CSTDCS" and year < 2024:
                assert row["initiative_code"], (code, year)


def test_names_are_many_and_never_shared_within_a_unit(world: World) -> None:
    names = {stay.person.name for stays in world.careers.staff.values() for stay in stays}
    assert len(names) > 2000
    assert len({name.split()[0] for name in names}) > 40
    for stays in world.careers.staff.values():
        assert all(len(stay.person.name.split()) >= 3 for stay in stays)


def test_the_cluster_counts_what_its_members_report(world: World) -> None:
    for year in YEARS:
        rows = clusters.sheets(world, "C04", year)["cluster_members"]
        for row in rows:
            one = world.years[str(row["unit_code"]), year]
            here = [rated for rated in one.rated if rated.stay.left_on is None]
            planted = (row["unit_code"], year) in {("T46", 2025), ("T48", 2022)}
            assert (row["staff_count"], row["htxsnv_count"]) == (
                len(here) + planted,
                sum(rated.rating == "HTXSNV" for rated in here) + planted,
            )


def test_the_plan_has_late_corrected_faulty_and_missing_submissions(world: World) -> None:
    plan = sending.plan(world, YEARS)
    assert [one.received_at for one in plan] == sorted(one.received_at for one in plan)
    assert max(one.received_at for one in plan).date() < date(2026, 3, 1)
    expected = {(reporter, year) for year in YEARS for reporter in sending.reporters(world, year)}
    assert expected - {(one.reporter, one.year) for one in plan} == sending.NOT_SENT & expected
    days = [(one.received_at.date() - sending.due_on(world, one.year)).days for one in plan if one.version == 1]
    assert sum(-14 <= day <= 0 for day in days) > 0.85 * len(days)
    assert sum(day > 0 for day in days) > 10
    assert sum(one.version == 2 for one in plan) > 10
    assert {one.fault for one in plan} == {"", "date", "sum", "choice", "duplicate"}


@pytest.mark.parametrize(
    ("reporter", "year"), [("V02", 2016), ("V14", 2020), ("T46", 2023), ("C01", 2018), ("C04", 2025)]
)
def test_a_workbook_typed_into_the_template_is_accepted(world: World, tmp_path: Path, reporter: str, year: int) -> None:
    one = next(s for s in sending.plan(world, range(year, year + 1)) if s.reporter == reporter)
    parsed = _write(world, tmp_path, one, Style())
    assert _errors(parsed) == []
    assert (parsed.unit_code or parsed.cluster_code, parsed.period) == (reporter, str(year))


@pytest.mark.parametrize("seed", range(8))
def test_a_workbook_laid_out_by_hand_is_accepted_and_says_the_same(world: World, tmp_path: Path, seed: int) -> None:
    reporter = ("V01", "C03", "T42", "V10")[seed % 4]
    one = next(s for s in sending.plan(world, range(2019, 2020)) if s.reporter == reporter)
    style = style_of(Random(seed), by_hand=True)
    messy = _write(world, tmp_path, one, style)
    assert _errors(messy) == []
    clean = _write(world, tmp_path, one, Style())
    assert _facts(messy) == _facts(clean), style


def _facts(parsed: Parsed) -> Counter[tuple[str, str, str]]:
    cells = parsed.cells.select(["table_name", "column_name", "value"]).to_pylist()
    return Counter((c["table_name"], c["column_name"], c["value"]) for c in cells)


@pytest.mark.parametrize(("reporter", "year"), [("V03", 2016), ("C02", 2019), ("V05", 2023), ("V06", 2025)])
def test_a_planned_fault_is_found_once_and_mended(world: World, tmp_path: Path, reporter: str, year: int) -> None:
    first, second = (s for s in sending.plan(world, range(year, year + 1)) if s.reporter == reporter)
    assert len(_errors(_write(world, tmp_path, first, Style(by_hand=True)))) == 1
    assert _errors(_write(world, tmp_path, second, Style(by_hand=True))) == []


@pytest.mark.slow
def test_a_year_is_written_alike_twice_and_within_any_longer_span(tmp_path: Path) -> None:
    def written(folder: Path, years: range) -> dict[str, str]:
        truth = demo.write(tmp_path / folder, years, 7)
        return {
            s.file: hashlib.sha256((tmp_path / folder / s.file).read_bytes()).hexdigest()
            for s in truth.submissions
            if s.period == "2015"
        }

    once = written(Path("a"), range(2014, 2016))
    assert once == written(Path("b"), range(2015, 2016))
    assert len(once) > 25


@pytest.mark.slow
def test_every_file_of_every_fourth_year_is_what_its_truth_says(tmp_path: Path) -> None:
    """The last years are received, built and looked at by many other tests."""
    steps: list[tuple[int, int]] = []
    years = YEARS[::4]
    truth = demo.write(tmp_path, years, demo.DEFAULT_SEED, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (len(truth.submissions), len(truth.submissions))
    assert json.loads((tmp_path / demo.TRUTH).read_text(encoding="utf-8")) == json.loads(json.dumps(asdict(truth)))
    assert len({sent.file for sent in truth.submissions}) == len(truth.submissions)
    codes: Counter[str] = Counter()
    for sent in truth.submissions:
        parsed = reader.parse((tmp_path / sent.file).read_bytes(), sent.file, REFERENCE)
        assert bool(_errors(parsed)) == (sent.expected == "returned"), (sent, _errors(parsed)[:3])
        assert (parsed.unit_code or parsed.cluster_code, parsed.period) == (sent.reporter, sent.period)
        assert parsed.prepared_on and parsed.prepared_on <= datetime.fromisoformat(sent.received_at).date()
        codes.update({finding.code for finding in parsed.findings})
    per_year = Counter(sent.period for sent in truth.submissions if sent.expected == "accepted")
    assert all(21 <= per_year[str(year)] <= 36 for year in years)
    assert codes.keys() >= {"column.unknown", "row.total", "text.cleaned", "number.as_text", "sheet.empty_unmarked"}
    assert codes.keys() >= {"order.council", "award.decision_missing", "award.year_differs"}
