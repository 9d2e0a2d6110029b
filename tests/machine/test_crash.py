"""Killed at any step, nothing received is lost: the old version or the new one counts, and a second run completes the
work.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipelines.contract import reference as lists
from pipelines.desk.doctor import Report, examine
from pipelines.records.journal import Event, Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.warehouse.building import seal
from pipelines.warehouse.building.build import build
from pipelines.warehouse.building.verify import unfinished
from pipelines.warehouse.connection import current
from tests.support.counted.every_row import Digests, row_digests
from tests.support.homes.crash_jobs import begin, close_year, hand_in, make_ready, prune_all, work
from tests.support.homes.crashing import Kill, Step, killed, steps_of

pytestmark = pytest.mark.slow
_LONGEST = 4  # steps of each half of the work in the middle of which a process is killed
ARCHIVE = ("pipelines.records.archive", "pipelines.platform")


@dataclass(frozen=True)
class State:
    """What a data folder holds, to be compared.

    `archive`: path -> bytes; `others`: paths beside archive and versions.
    """

    events: list[Event]
    archive: dict[str, bytes]
    others: set[str]
    rows: Digests


@dataclass(frozen=True)
class Half:
    """Half of the work, done without a kill: the job, the folder it began with and what is there afterwards."""

    job: Callable[[Path], None]
    start: Path
    steps: list[Step]
    before: State
    after: State


@dataclass(frozen=True)
class Undisturbed:
    """All done without a kill: what waits in the inbox is handed in, then built."""

    handing_in: Half
    building: Half


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    begun, received, built = (tmp_path_factory.mktemp("crash") / name for name in ("begun", "received", "built"))
    steps_of(begin, begun)
    handing_in = steps_of(hand_in, shutil.copytree(begun, received))
    building = steps_of(work, shutil.copytree(received, built))
    homes = [Home(root) for root in (begun, received, built)]
    reports = [_examined(home) for home in homes]
    assert [[one.code for one in report.faults] for report in reports] == [[], [], []]
    assert [[one.code for one in report.notes] for report in reports] == [[], ["note.not_built"], []]
    states = [_state(home) for home in homes]
    rows = row_digests(build(Home(built), full=True))  # the same journal and archive, the same rows
    assert rows == states[2].rows != states[1].rows == states[0].rows
    return Undisturbed(
        Half(hand_in, begun, handing_in, *states[:2]),
        Half(work, received, building, *states[1:]),
    )


def _state(home: Home) -> State:
    """What is there, and no version is half made or changed."""
    assert unfinished(home) == [] and not seal.changed(current(home))
    kept = {
        one: one.is_relative_to(home.submissions) for one in home.root.rglob("*") if home.warehouse not in one.parents
    }
    archive = {str(one.relative_to(home.root)): one.read_bytes() for one in kept if kept[one] and one.is_file()}
    others = {str(one.relative_to(home.root)) for one in kept if not kept[one]}
    return State(Journal(home.journal).events(), archive, others, row_digests(current(home)))


def _examined(home: Home) -> Report:
    """What the doctor says of the folder; the installation is another test's matter and takes its time."""
    return examine(home, ())


def _spread(steps: list[int], count: int) -> list[int]:
    """So many of the steps, evenly, first and last among them."""
    return sorted({steps[round(n * (len(steps) - 1) / (count - 1))] for n in range(count)})


def _chosen(half: Half, place: str) -> list[int]:
    """The steps of a place before which a process is killed."""
    return _spread(_places(half)[place], 11)


def _places(half: Half) -> dict[str, list[int]]:
    """What a step belongs to -> its numbers."""
    if half.job is hand_in:
        modules = {"archive": ARCHIVE, "journal": ("pipelines.records.journal",)}
        return {
            place: [n for n, step in enumerate(half.steps) if step.module in names] for place, names in modules.items()
        }
    own = [n for n, step in enumerate(half.steps) if step.module == "pipelines.warehouse.building.build"]
    first, last = own[0], max(n for n in own if half.steps[n].name == "execute")
    return {"build": list(range(first, last + 1)), "pointer": list(range(last + 1, len(half.steps)))}


def test_more_than_fifty_kills_are_spread_over_archive_journal_build_and_pointer(undisturbed: Undisturbed) -> None:
    halves = (undisturbed.handing_in, undisturbed.building)
    kills = {place: len(_chosen(half, place)) for half in halves for place in _places(half)}
    assert set(kills) == {"archive", "journal", "build", "pointer"}
    assert min(kills.values()) > 5 and sum(kills.values()) + 2 * _LONGEST > 50, kills


def _survives(half: Half, root: Path, *kills: Kill) -> Home:
    """Kill the job there, and the next run of it there; all is in order at once, and the last run leaves what one
    undisturbed does.
    """
    shutil.rmtree(root, ignore_errors=True)
    home = Home(shutil.copytree(half.start, root))
    for kill in kills:
        assert killed(half.job, root, kill)
        faults = [one for one in _examined(home).faults if one.code != "unreceipted"]  # that file is to be sent again
        assert faults == []
        assert row_digests(current(home)) in (half.before.rows, half.after.rows)
        for copy in home.returned.glob("*.xlsx"):
            assert ZipFile(copy).testzip() is None  # what a clerk may open is whole
        told = Journal(home.journal).events()
        assert told == half.after.events[: len(told)]
    half.job(root)
    assert _state(home) == half.after  # of which the doctor has said that all is in order
    assert list(home.root.rglob("*.part")) == []
    return home


@pytest.mark.parametrize("place", ["archive", "journal"])
def test_a_process_killed_before_any_step_of_handing_in_loses_nothing(
    undisturbed: Undisturbed, tmp_path: Path, place: str
) -> None:
    for step in _chosen(undisturbed.handing_in, place):
        home = _survives(undisturbed.handing_in, tmp_path / "home", Kill(step))
    work(home.root)  # what a build is made from is the same after each of these kills
    assert _state(home) == undisturbed.building.after


@pytest.mark.parametrize("part", range(2))
def test_a_process_killed_before_any_step_of_its_build_and_again_of_moving_the_pointer_loses_nothing(
    undisturbed: Undisturbed, tmp_path: Path, part: int
) -> None:
    half = undisturbed.building
    for steps in list(zip(_chosen(half, "build"), _chosen(half, "pointer"), strict=True))[part::2]:
        _survives(half, tmp_path / "home", *map(Kill, steps))


@pytest.mark.parametrize("name", ["handing_in", "building"])
def test_a_process_killed_in_the_middle_of_its_longest_steps_loses_nothing(
    undisturbed: Undisturbed, tmp_path: Path, name: str
) -> None:
    half: Half = getattr(undisturbed, name)
    for step in sorted(range(len(half.steps)), key=lambda n: half.steps[n].seconds)[-_LONGEST:]:
        _survives(half, tmp_path / "home", Kill(step, half.steps[step].seconds / 2))


def test_a_period_is_closed_once_and_with_its_version_or_not_at_all(undisturbed: Undisturbed, tmp_path: Path) -> None:
    steps = steps_of(close_year, shutil.copytree(undisturbed.handing_in.start, tmp_path / "whole"))
    for step in _spread(list(range(len(steps))), 8):
        home = Home(shutil.copytree(undisturbed.handing_in.start, tmp_path / str(step)))
        assert killed(close_year, home.root, Kill(step))
        assert _examined(home).faults == ()
        if "2025" not in Ledger().follow(Journal(home.journal).events()).closed:
            close_year(home.root)
        assert [event.kind for event in Journal(home.journal).events()].count("period_closed") == 1
        assert row_digests(current(home)) == undisturbed.handing_in.before.rows


def test_old_versions_half_removed_are_cleaned_and_the_current_one_stays(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    old = Home(shutil.copytree(undisturbed.handing_in.start, tmp_path / "old"))
    newest = [build(old) for _ in range(2)][-1]
    steps = steps_of(prune_all, shutil.copytree(old.root, tmp_path / "whole"))
    for step in _spread(list(range(len(steps))), 6):
        home = Home(shutil.copytree(old.root, tmp_path / str(step)))
        assert killed(prune_all, home.root, Kill(step))
        assert _examined(home).faults == () and unfinished(home) == []
        prune_all(home.root)
        assert [path.name for path in home.warehouse.iterdir() if path.is_dir()] == [newest.name]
        assert row_digests(current(home)) == undisturbed.handing_in.before.rows


def test_killed_at_its_first_use_a_data_folder_has_all_lists_or_none(tmp_path: Path) -> None:
    steps = steps_of(make_ready, tmp_path / "whole")
    for step in _spread(list(range(len(steps))), 8):
        home = Home(tmp_path / str(step))
        assert killed(make_ready, home.root, Kill(step))
        assert not home.reference.exists() or lists.digest(home.reference) == lists.digest(OWN_REFERENCE)
        assert lists.digest(home.ready().reference) == lists.digest(OWN_REFERENCE)
        assert _examined(home).faults == ()
        assert list(home.root.rglob("*.part")) == []


def test_what_was_renamed_into_place_and_not_yet_on_the_disk_may_be_lost_in_a_power_cut(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    home = Home(shutil.copytree(undisturbed.handing_in.start, tmp_path / "home"))
    head = Journal(home.journal).head_path
    lost = [head, *home.submissions.rglob("*.parquet")]
    assert len(lost) == 1 + 3
    for path in lost:
        path.chmod(0o600)
        path.write_bytes(b"")
    assert row_digests(build(home, full=True)) == undisturbed.handing_in.before.rows
    assert (_examined(home).faults, head.read_bytes() != b"") == ((), True)
