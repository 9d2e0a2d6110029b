"""What the council notes on a unit, and what the unit says to it: journal entries that change no figure.

They are read from the journal itself, so they stand at once and whatever is built later leaves them as they are.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipelines.contract import reference as lists
from pipelines.desk.decisions import deciding, given
from pipelines.locks import OnWait
from pipelines.problems import Unknown
from pipelines.records.actor import Actor
from pipelines.records.bodies import Explanation, Review
from pipelines.records.journal import Event, Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.warehouse.viewer import Viewer

OUTCOMES = (
    "explained",
    "follow",
    "correct",
)  # found plausible · looked at again next year · figures or practice to be put right
Outcome = Literal["explained", "follow", "correct"]


@dataclass(frozen=True)
class Note:
    """One entry, oldest first.

    `outcome` "" and `by` "" of an explanation; `on`: the day it was given, else the day noted.
    """

    kind: Literal["review", "explanation"]
    unit_code: str
    period: str
    at: datetime
    on: date
    text: str
    outcome: str
    by: str


def review(
    home: Home, actor: Actor, unit_code: str, period: str, outcome: str, note: str, by: str, on_wait: OnWait = None
) -> Event:
    """Mark a unit as looked at for a year, with what was found. `ReasonMissing` without a note or a name; `Unknown`."""
    if outcome not in OUTCOMES:
        raise Unknown(what="outcome", name=outcome)
    body = Review(_unit(home, unit_code), period, outcome, given(note), given(by))
    with deciding(home, on_wait) as (journal, _):
        return journal.append(body, actor)


def explain(
    home: Home, actor: Actor, unit_code: str, period: str, text: str, given_on: date, on_wait: OnWait = None
) -> Event:
    """Keep what a unit says to it, with the day it did. `ReasonMissing` without a text; `Unknown` unit."""
    body = Explanation(_unit(home, unit_code), period, given(text), given_on)
    with deciding(home, on_wait) as (journal, _):
        return journal.append(body, actor)


def notes(home: Home, viewer: Viewer, period: str, unit_code: str | None = None) -> list[Note]:
    """What was noted for a year of the units the viewer may see (or of one), oldest first.

    A text may name people: it is "" for who may not see them.
    """
    journal = Journal(home.journal)
    told = [one for one in _up_to(home.journal, journal.last_seq()) if one.period == period]
    allowed = [one for one in told if viewer.units is None or one.unit_code in viewer.units]
    asked = [one for one in allowed if unit_code in (None, one.unit_code)]
    return asked if viewer.may_see_people else [replace(one, text="") for one in asked]


@lru_cache(maxsize=4)
def _up_to(journal: Path, seq: int) -> tuple[Note, ...]:
    """Every note of a journal of that length, which never changes; a page asks for them at each click."""
    return tuple(_note(event) for event in Ledger().follow(Journal(journal).events()).notes if event.seq <= seq)


def _unit(home: Home, unit_code: str) -> str:
    if unit_code not in {unit.unit_code for unit in lists.load(home.reference).units}:
        raise Unknown(what="unit", name=unit_code)
    return unit_code


def _note(event: Event) -> Note:
    """Of an event that `Ledger.notes` holds: it is one of the two."""
    body = event.body
    if isinstance(body, Review):
        return Note("review", body.unit_code, body.period, event.at, event.at.date(), body.note, body.outcome, body.by)
    assert isinstance(body, Explanation)
    return Note("explanation", body.unit_code, body.period, event.at, body.given_on, body.text, "", "")
