"""Killed at any step, nothing received is lost: the old version or the new one counts, and a second run completes the work."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipelines.contract import reference as lists
from pipelines.desk.doctor import Report, examine
from pipelines.journal import Event, Journal
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.archive import Archive
from pipelines.submissions.ledger import Ledger
from pipelines.warehouse.build import build
from pipelines.warehouse.connection import current
from pipelines.warehouse.verify import unfinished
from tests.crash_jobs import begin, close_year, make_ready, prune_all, work
from tests.crashing import Kill, Step, killed, steps_of
from tests.every_row import Rows, every_row

pytestmark = pytest.mark.slow
_LONGEST = 8  # steps in the middle of which a process is killed
ARCHIVE = ("pipelines.submissions.archive", "pipelines.platform")


@dataclass(frozen=True)
class Undisturbed:
    """The job done without a kill: where it began and what it came to."""

    start: Path
    steps: list[Step]
    events: list[Event]
    before: Rows
    after: Rows


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    start, end = (tmp_path_factory.mktemp("crash") / name for name in ("start", "end"))
    steps_of(begin, start)
    before = every_row(current(Home(start)))
    shutil.copytree(start, end)
    steps = steps_of(work, end)
    assert examine(Home(end)).faults == ()
    after = every_row(current(Home(end)))
    assert every_row(build(Home(end), full=True)) == after != before  # the same journal and archive, the same rows
    return Undisturbed(start, steps, Journal(Home(end).journal).events(), before, after)


def _examined(home: Home) -> Report:
    """What the doctor says of the folder; the installation is another test's matter and takes its time."""
    nothing = home.root.parent / "requirements.txt"
    nothing.touch()
    return examine(home, nothing)


def _spread(steps: list[int], count: int) -> list[int]:
    """So many of the steps, evenly, first and last among them."""
    return sorted({steps[round(n * (len(steps) - 1) / (count - 1))] for n in range(count)})


def _places(steps: list[Step]) -> dict[str, list[int]]:
    """What a step belongs to -> its numbers."""
    own = [n for n, step in enumerate(steps) if step.module == "pipelines.warehouse.build"]
    first, last = own[0], max(n for n in own if steps[n].name == "execute")
    return {
        "archive": [n for n, step in enumerate(steps[:first]) if step.module in ARCHIVE],
        "journal": [n for n, step in enumerate(steps[:first]) if step.module == "pipelines.journal"],
        "build": list(range(first, last + 1)),
        "pointer": list(range(last + 1, len(steps))),
    }


def _chosen(undisturbed: Undisturbed, place: str) -> list[int]:
    """The steps of a place before which a process is killed."""
    return _spread(_places(undisturbed.steps)[place], 11)


def test_more_than_fifty_kills_are_spread_over_archive_journal_build_and_pointer(undisturbed: Undisturbed) -> None:
    kills = {place: len(_chosen(undisturbed, place)) for place in _places(undisturbed.steps)}
    assert min(kills.values()) > 5 and sum(kills.values()) + _LONGEST > 50, kills


def _survives(undisturbed: Undisturbed, root: Path, kill: Kill) -> None:
    """Kill the job there; all is in order at once, and as if nothing had happened after a second run."""
    shutil.copytree(undisturbed.start, root)
    home = Home(root)
    assert killed(work, root, kill)
    assert [one for one in _examined(home).faults if one.code != "unreceipted"] == []  # that file is to be sent again
    assert every_row(current(home)) in (undisturbed.before, undisturbed.after)
    for copy in home.returned.glob("*.xlsx"):
        assert ZipFile(copy).testzip() is None  # what a clerk may open is whole
    told = Journal(home.journal).events()
    assert told == undisturbed.events[: len(told)]
    work(root)
    report = _examined(home)
    assert (report.faults, report.notes) == ((), ())
    assert Journal(home.journal).events() == undisturbed.events
    assert every_row(current(home)) == undisturbed.after
    assert sorted(Archive(home)) == sorted(
        {event.body["sha256"] for event in undisturbed.events if "sha256" in event.body}
    )
    assert list(home.root.rglob("*.part")) == []
    shutil.rmtree(root)


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("archive", 0),
        ("archive", 1),
        ("journal", 0),
        ("journal", 1),
        ("build", 0),
        ("build", 1),
        ("pointer", 0),
        ("pointer", 1),
    ],
)
def test_a_process_killed_before_any_step_loses_nothing(
    undisturbed: Undisturbed, tmp_path: Path, place: str, part: int
) -> None:
    for step in _chosen(undisturbed, place)[part::2]:
        _survives(undisturbed, tmp_path / str(step), Kill(step))


@pytest.mark.parametrize("part", range(2))
def test_a_process_killed_in_the_middle_of_its_longest_steps_loses_nothing(
    undisturbed: Undisturbed, tmp_path: Path, part: int
) -> None:
    longest = sorted(range(len(undisturbed.steps)), key=lambda n: undisturbed.steps[n].seconds)[-_LONGEST:]
    for step in longest[part::2]:
        _survives(undisturbed, tmp_path / str(step), Kill(step, undisturbed.steps[step].seconds / 2))


def test_a_period_is_closed_once_and_with_its_version_or_not_at_all(undisturbed: Undisturbed, tmp_path: Path) -> None:
    steps = steps_of(close_year, shutil.copytree(undisturbed.start, tmp_path / "whole"))
    for step in _spread(list(range(len(steps))), 8):
        home = Home(shutil.copytree(undisturbed.start, tmp_path / str(step)))
        assert killed(close_year, home.root, Kill(step))
        assert _examined(home).faults == ()
        if "2025" not in Ledger().follow(Journal(home.journal).events()).closed:
            close_year(home.root)
        assert [event.kind for event in Journal(home.journal).events()].count("period_closed") == 1
        assert every_row(current(home)) == undisturbed.before


def test_old_versions_half_removed_are_cleaned_and_the_current_one_stays(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    old = Home(shutil.copytree(undisturbed.start, tmp_path / "old"))
    newest = [build(old) for _ in range(2)][-1]
    steps = steps_of(prune_all, shutil.copytree(old.root, tmp_path / "whole"))
    for step in _spread(list(range(len(steps))), 6):
        home = Home(shutil.copytree(old.root, tmp_path / str(step)))
        assert killed(prune_all, home.root, Kill(step))
        assert _examined(home).faults == () and unfinished(home) == []
        prune_all(home.root)
        assert [path.name for path in home.warehouse.iterdir() if path.is_dir()] == [newest.name]
        assert every_row(current(home)) == undisturbed.before


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
    home = Home(shutil.copytree(undisturbed.start, tmp_path / "home"))
    head = Journal(home.journal).head_path
    lost = [head, *home.submissions.rglob("*.parquet")]
    assert len(lost) == 1 + 3
    for path in lost:
        path.chmod(0o600)
        path.write_bytes(b"")
    assert every_row(build(home, full=True)) == undisturbed.before
    assert (_examined(home).faults, head.read_bytes() != b"") == ((), True)
