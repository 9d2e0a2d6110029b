"""Verbs of who keeps the office: periods, named versions, taking back, and whether everything is where it should be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from pipelines import settings
from pipelines.access import acting, sees_all
from pipelines.cli import arguments, console
from pipelines.cli.console import LANG
from pipelines.contract import reference as lists
from pipelines.desk import Desk, decisions, overriding, people, words
from pipelines.desk.doctor import Told, examine
from pipelines.encodings import visible
from pipelines.problems import Problem, Unknown
from pipelines.records.inbox import read_at_most
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.texts import day, period_name, say
from pipelines.warehouse.building.publish import publish

app = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help=say("cli.json", LANG))]
Period = Annotated[str, typer.Argument(metavar=say("cli.kind.period", LANG), help=say("office.period", LANG))]
Reason = Annotated[str, typer.Option("--reason", help=say("office.reason", LANG))]


@app.command(help=say("office.close", LANG))
def close(period: Period, as_json: Json = False) -> None:
    home, period = settings.home(), arguments.period(period)
    with _following(home):
        pinned = decisions.close(home, acting(), period, console.waiting)
    _answer(as_json, "office.closed", period=period, version=pinned.name)


@app.command(name="open", help=say("office.open", LANG))
def open_again(period: Period, reason: Reason, as_json: Json = False) -> None:
    home, period = settings.home(), arguments.period(period)
    with _following(home):
        decisions.open_again(home, acting(), period, reason, console.waiting)
    _answer(as_json, "office.opened", period=period)


@app.command(help=say("office.withdraw", LANG))
def withdraw(
    receipt: Annotated[int, typer.Argument(help=say("office.receipt", LANG))], reason: Reason, as_json: Json = False
) -> None:
    home = settings.home()
    with _following(home):
        taken_back, now = decisions.withdraw(home, acting(), receipt, reason, console.waiting)
    facts = {"version": taken_back.version, "reporter": taken_back.reporter, "period": taken_back.period}
    if as_json:
        console.document({"receipt_no": receipt, **facts, "counts_now": now.receipt_no if now else None})
        return
    facts["period"] = period_name(taken_back.period, LANG)
    console.tell(say("office.withdrawn", LANG, receipt_no=receipt, **facts))
    if now:
        console.tell(say("office.counts_now", LANG, receipt_no=now.receipt_no, version=now.version))
    else:
        console.tell(say("office.counts_none", LANG, **facts))


@app.command(help=say("office.accept", LANG))
def accept(
    file: Annotated[Path, typer.Argument(help=say("office.file", LANG))], reason: Reason, as_json: Json = False
) -> None:
    home = console.new_home()
    if not file.is_file():
        raise Unknown(what="file", name=visible(str(file)))
    with _following(home), Desk(home, on_wait=console.waiting) as desk:
        done = overriding.accept(desk, acting(), sees_all(), read_at_most(file), file.name, reason, console.waiting)
    checked = done.receipt.checked
    if as_json:
        console.document(
            words.document([(checked, done.receipt)]) | {"reason_kept": done.outcome == overriding.RECORDED}
        )
    else:
        console.tell(*words.overriding_lines(done, lists.load(home.reference), LANG))
        console.found(checked.findings)
    if not done.outcome:
        raise typer.Exit(1)


@app.command(help=say("office.link", LANG))
def link(
    scope: Annotated[str, typer.Option("--scope", help=say("office.scope", LANG))],
    old: Annotated[str, typer.Option("--old", help=say("office.old", LANG))],
    new: Annotated[str, typer.Option("--new", help=say("office.new", LANG))],
    since: Annotated[str, typer.Option("--from", help=say("office.from", LANG))],
    reason: Reason,
    new_scope: Annotated[str, typer.Option("--new-scope", help=say("office.new_scope", LANG))] = "",
    as_json: Json = False,
) -> None:
    home, begins = settings.home(), arguments.day(since)
    persons = ((scope.strip().upper(), old.strip()), ((new_scope or scope).strip().upper(), new.strip()))
    with _following(home):
        event, old_name, new_name = people.link(home, acting(), sees_all(), *persons, begins, reason, console.waiting)
    names = {"old": old, "old_name": old_name, "new": new, "new_name": new_name}
    on = begins.isoformat() if as_json else day(begins, LANG)
    _answer(as_json, "office.linked", link=event.seq, since=on, **names)


@app.command(help=say("office.unlink", LANG))
def unlink(
    number: Annotated[int, typer.Argument(help=say("office.link_no", LANG))], reason: Reason, as_json: Json = False
) -> None:
    home = settings.home()
    with _following(home):
        people.unlink(home, acting(), number, reason, console.waiting)
    _answer(as_json, "office.unlinked", link=number)


@app.command(help=say("office.links", LANG))
def links(as_json: Json = False) -> None:
    told: list[dict[str, object]] = [
        {"link": one.number, "old_scope": one.old_scope, "old": one.old_code, "new_scope": one.new_scope}
        | {
            "new": one.new_code,
            "since": one.since.isoformat() if as_json else day(one.since, LANG),
            "reason": one.reason,
        }
        for one in people.standing(settings.home())
    ]
    if as_json:
        console.document({"links": told})
    else:
        console.tell(*(say("office.link_line", LANG, **one) for one in told))
        if not told:
            console.tell(say("office.links_none", LANG))


@app.command(help=say("office.pin", LANG))
def pin(
    name: Annotated[str, typer.Option("--name", help=say("office.name", LANG))],
    version: Annotated[str, typer.Option("--version", help=say("office.version", LANG))] = "",
    as_json: Json = False,
) -> None:
    home = settings.home()
    with _following(home):
        pinned = decisions.pin(home, acting(), name, version or None, console.waiting)
    _answer(as_json, "office.pinned", name=name.strip(), version=pinned.name)


@app.command(help=say("office.doctor", LANG))
def doctor(as_json: Json = False) -> None:
    report = examine(console.new_home(), on_wait=console.waiting)
    size = {"receipts": report.receipts, "events": report.events}
    if as_json:
        faults = [_told(one) | {"fix": say(f"doctor.{one.fix}", LANG, **one.facts)} for one in report.faults]
        console.document({"faults": faults, "notes": [_told(one) for one in report.notes]} | size)
    else:
        for fault in report.faults:
            console.tell(say(f"doctor.{fault.code}", LANG, **fault.facts))
            console.tell("  " + say(f"doctor.{fault.fix}", LANG, **fault.facts))
        for note in report.notes:
            console.tell(say(f"doctor.{note.code}", LANG, **note.facts))
        if not report.faults:
            console.tell(say("doctor.good", LANG, **size))
    raise typer.Exit(1 if report.faults else 0)


@contextmanager
def _following(home: Home) -> Iterator[None]:
    """The figures follow the decision made within; also one that stands since a run that was ended before it could
    build.
    """
    console.clock(home)
    try:
        yield
    except Problem:
        if Journal(home.journal).last_seq():
            publish(home, interval=0, on_wait=console.waiting)
        raise
    try:
        version = publish(home, interval=0, on_wait=console.waiting)
    except (Problem, OSError, MemoryError, duckdb.Error):
        console.aside(say("office.stands", LANG))
        raise
    console.aside(say("cli.built", LANG, version=version.name))


def _answer(as_json: bool, key: str, **facts: object) -> None:
    if as_json:
        console.document(facts)
    else:
        console.tell(say(key, LANG, **facts))


def _told(one: Told) -> dict[str, object]:
    return {"code": one.code, "facts": one.facts, "message": say(f"doctor.{one.code}", LANG, **one.facts)}
