"""A data folder taken from step to step, each built from the version before and held against a build from nothing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.warehouse.building.build import build
from pipelines.warehouse.connection import POINTER, Version
from tests.support.counted.versions import differences
from tests.support.homes.handed_in import HandedIn, person
from tests.support.homes.random_journals import DAY, Step, take


@contextmanager
def _nothing_goes_wrong() -> Iterator[None]:
    """No build falls back to one from nothing."""
    told: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = told.append  # type: ignore[method-assign]
    log = logging.getLogger("pipelines")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
    assert told == [], [(one.getMessage(), one.exc_info) for one in told]


def followed(desk: HandedIn) -> Version:
    """The next version, built from the one before, once it has proved equal to one built from nothing.

    It stays current.
    """
    version = _next(desk)
    assert differences(version, build(desk.home, full=True)) == []
    (desk.home.warehouse / POINTER).write_text(version.name, encoding="utf-8")
    return version


def _next(desk: HandedIn) -> Version:
    with _nothing_goes_wrong():
        return build(desk.home)


def walk(desk: HandedIn, start: list[Step], steps: list[Step], prove_each: bool = True) -> None:
    """Some steps, a build, and one after each further step: as from nothing, and the figures of closed years stay.

    Not `prove_each`: only the last is held against one from nothing. It stands on all before it, and keeps what they
    got wrong.
    """
    for period in ("2019", "2020H1"):  # the periods are there from the beginning
        desk.unit("V01", period, {"staff": [person("A")], "awards": []}, on=DAY)
    for step in start:
        take(desk, step)
    build(desk.home)
    for number, step in enumerate(steps, start=1):
        take(desk, step)
        if prove_each or number == len(steps):
            followed(desk)
        else:
            _next(desk)
