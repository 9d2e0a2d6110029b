"""Killed at any step, nothing received is lost: the old version or the new one counts, and a second run completes the work."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.contract import reference as lists
from pipelines.desk.doctor import examine
from pipelines.journal import Event, Journal
from pipelines.settings import OWN_REFERENCE, Home
from pipelines.submissions.archive import Archive
from pipelines.warehouse.connection import current
from tests.crash_jobs import begin, make_ready, work
from tests.crashing import Kill, Step, killed, steps_of
from tests.every_row import Rows, every_row

pytestmark = pytest.mark.slow
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
    return Undisturbed(start, steps, Journal(Home(end).journal).events(), before, every_row(current(Home(end))))


def _spread(steps: list[int], count: int) -> list[int]:
    """So many of the steps, evenly, first and last among them."""
    return sorted({steps[round(n * (len(steps) - 1) / (count - 1))] for n in range(count)})


def _places(steps: list[Step]) -> dict[str, list[int]]:
    """What a step belongs to -> its numbers."""
    first = next(n for n, step in enumerate(steps) if step.module == "pipelines.warehouse.build")
    last = max(n for n, step in enumerate(steps) if step.name == "execute")
    return {
        "archive": [n for n, step in enumerate(steps[:first]) if step.module in ARCHIVE],
        "journal": [n for n, step in enumerate(steps[:first]) if step.module == "pipelines.journal"],
        "build": list(range(first, last + 1)),
        "pointer": list(range(last + 1, len(steps))),
    }


def _survives(undisturbed: Undisturbed, root: Path, kill: Kill) -> None:
    """Kill the job there; all is in order at once, and as if nothing had happened after a second run."""
    shutil.copytree(undisturbed.start, root)
    home = Home(root)
    assert killed(work, root, kill)
    assert examine(home).faults == ()
    assert every_row(current(home)) in (undisturbed.before, undisturbed.after)
    told = Journal(home.journal).events()
    assert told == undisturbed.events[: len(told)]
    work(root)
    report = examine(home)
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
    steps = _spread(_places(undisturbed.steps)[place], 20)[part::2]
    for step in steps:
        _survives(undisturbed, tmp_path / str(step), Kill(step))


@pytest.mark.parametrize("part", range(2))
def test_a_process_killed_in_the_middle_of_its_longest_steps_loses_nothing(
    undisturbed: Undisturbed, tmp_path: Path, part: int
) -> None:
    longest = sorted(range(len(undisturbed.steps)), key=lambda n: undisturbed.steps[n].seconds)[-10:]
    for step in longest[part::2]:
        _survives(undisturbed, tmp_path / str(step), Kill(step, undisturbed.steps[step].seconds / 2))


def test_killed_at_its_first_use_a_data_folder_has_all_lists_or_none(tmp_path: Path) -> None:
    steps = steps_of(make_ready, tmp_path / "whole")
    for step in _spread(list(range(len(steps))), 10):
        home = Home(tmp_path / str(step))
        assert killed(make_ready, home.root, Kill(step))
        assert not home.reference.exists() or lists.digest(home.reference) == lists.digest(OWN_REFERENCE)
        assert lists.digest(home.ready().reference) == lists.digest(OWN_REFERENCE)
        assert examine(home).faults == ()
        assert list(home.root.rglob("*.part")) == []
