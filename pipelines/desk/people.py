"""Codes of people put right by the personnel department: each link of two codes is one journal entry, and can be taken
back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.contract import reference as lists
from pipelines.contract.workbooks import FIRST_YEAR
from pipelines.desk.decisions import deciding_upon_figures, given
from pipelines.locks import OnWait
from pipelines.problems import AlreadyLinked, AlreadyUnlinked, LinkImpossible, PersonInClosedPeriod, Unknown
from pipelines.records.actor import Actor
from pipelines.records.bodies import PersonLink, PersonUnlink
from pipelines.records.journal import Event, Journal
from pipelines.records.ledger import Ledger
from pipelines.settings import Home
from pipelines.submissions.values.cleaning import code_key
from pipelines.warehouse.building.persons import Links, identity, links_of, meant, parts
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import PROGRAM, Viewer


@dataclass(frozen=True)
class Link:
    """A link that stands.

    `number`: of its journal entry; the old code means the person of the new one up to the year of `since`.
    """

    number: int
    old_scope: str
    old_code: str
    new_scope: str
    new_code: str
    since: date
    reason: str


def link(
    home: Home,
    actor: Actor,
    viewer: Viewer,
    old: tuple[str, str],
    new: tuple[str, str],
    since: date,
    reason: str,
    on_wait: OnWait = None,
) -> tuple[Event, str, str]:
    """Let (code scope, staff code) `old` be the person of `new`, whose code holds from a day on; the entry, and both
    names.

    In every year up to that of the day the old code means that person; later it may be somebody else's. `Unknown`: a
    code that stands on no staff list of its scope; `AlreadyLinked` so; `LinkImpossible`: linked to itself, in a
    ring, or in that year already; `PersonInClosedPeriod`: a closed period would count otherwise; `ReasonMissing`.
    """
    reason = given(reason)
    old, new = ((scope, code_key(code)) for scope, code in (old, new))
    with deciding_upon_figures(home, on_wait) as (version, journal, ledger):
        body = PersonLink(identity(*old), identity(*new), since, reason)
        if same := [number for number, link in ledger.links.items() if replace(link, reason=reason) == body]:
            raise AlreadyLinked(link=same[0])
        old_name, new_name = (_name(version, viewer, *code, since.year) for code in (old, new))
        if _is_ring(identity(*old), identity(*new), since.year, links_of(ledger.links.values())):
            raise LinkImpossible(old=old[1], new=new[1], year=since.year)
        _must_leave_closed_periods(home, version, ledger, [*ledger.links.values(), body])
        return journal.append(body, actor), old_name, new_name


def unlink(home: Home, actor: Actor, number: int, reason: str, on_wait: OnWait = None) -> Event:
    """Take a link back, by its number. `Unknown`, `AlreadyUnlinked`, `PersonInClosedPeriod`, `ReasonMissing`."""
    reason = given(reason)
    with deciding_upon_figures(home, on_wait) as (version, journal, ledger):
        if number not in ledger.links:
            bodies = (event.body for event in journal.events())
            unlinked = {body.link for body in bodies if isinstance(body, PersonUnlink)}
            raise AlreadyUnlinked(link=number) if number in unlinked else Unknown(what="link", name=number)
        left = [body for link, body in ledger.links.items() if link != number]
        _must_leave_closed_periods(home, version, ledger, left)
        return journal.append(PersonUnlink(number, reason), actor)


def standing(home: Home) -> list[Link]:
    """The links that stand, oldest first."""
    ledger = Ledger().follow(Journal(home.journal).events())
    return [
        Link(number, *parts(body.old), *parts(body.new), body.since, body.reason)
        for number, body in ledger.links.items()
    ]


def _must_leave_closed_periods(home: Home, version: Version, ledger: Ledger, bodies: Sequence[PersonLink]) -> None:
    """A closed period may get other keys, but under these links no rows of it may be one person's that were two's, or
    the other way.
    """
    before, after, reference = links_of(ledger.links.values()), links_of(bodies), lists.load(home.reference)
    concerned = {
        one for links in (before, after) for old, ends in links.items() for one in (old, *(new for _, new in ends))
    }
    places = queries.code_places(version, PROGRAM, sorted({parts(one)[1] for one in concerned}))
    there: dict[str, set[str]] = {}
    for period, unit, written, code in places.itertuples(index=False, name=None):
        there.setdefault(period, set()).add(identity(lists.code_scope(reference, unit, written), code))
    for period in sorted(ledger.closed):
        year, codes = int(period[:4]), there.get(period, set())
        if _persons(codes, year, before) != _persons(codes, year, after):
            raise PersonInClosedPeriod(period=period)


def _persons(codes: Iterable[str], year: int, links: Links) -> set[frozenset[str]]:
    """Which codes mean one person in a year."""
    told: dict[str, set[str]] = {}
    for code in codes:
        told.setdefault(meant(code, year, links), set()).add(code)
    return {frozenset(those) for those in told.values()}


def _is_ring(old: str, new: str, year: int, links: Links) -> bool:
    taken = any(last == year for last, _ in links.get(old, ()))
    return taken or any(meant(new, one, links) == old for one in range(FIRST_YEAR, year + 1))


def _name(version: Version, viewer: Viewer, scope: str, code: str, year: int) -> str:
    """Who had a code in the year nearest to one; `Unknown` when it stands on no staff list."""
    people = queries.known_people(version, viewer, scope)
    those = people[people["person_code"] == code]
    if those.empty:
        raise Unknown(what="person", name=identity(scope, code))
    away = (those["period"].str[:4].astype(int) - year).abs()
    return str(those["full_name"].iloc[int(away.argmin())])
