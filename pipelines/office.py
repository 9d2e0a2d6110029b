"""Verbs of who keeps the office: periods, named versions, taking back, and whether everything is where it should be."""

from typing import Annotated

import typer

from pipelines import console, settings
from pipelines.console import LANG
from pipelines.desk import decisions
from pipelines.desk.doctor import Told, examine
from pipelines.settings import Home
from pipelines.texts import say
from pipelines.warehouse.publish import publish

app = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help=say("cli.json", LANG))]
Period = Annotated[str, typer.Argument(help=say("office.period", LANG))]
Reason = Annotated[str, typer.Option("--reason", help=say("office.reason", LANG))]


@app.command(help=say("office.close", LANG))
def close(period: Period, as_json: Json = False) -> None:
    home = settings.home()
    pinned = decisions.close(home, period, console.waiting)
    _follow(home)
    _answer(as_json, "office.closed", period=period, version=pinned.name)


@app.command(name="open", help=say("office.open", LANG))
def open_again(period: Period, reason: Reason, as_json: Json = False) -> None:
    home = settings.home()
    decisions.open_again(home, period, reason, console.waiting)
    _follow(home)
    _answer(as_json, "office.opened", period=period)


@app.command(help=say("office.withdraw", LANG))
def withdraw(
    receipt: Annotated[int, typer.Argument(help=say("office.receipt", LANG))], reason: Reason, as_json: Json = False
) -> None:
    home = settings.home()
    decisions.withdraw(home, receipt, reason, console.waiting)
    _follow(home)
    _answer(as_json, "office.withdrawn", receipt_no=receipt)


@app.command(help=say("office.pin", LANG))
def pin(
    name: Annotated[str, typer.Option("--name", help=say("office.name", LANG))],
    version: Annotated[str, typer.Option("--version", help=say("office.version", LANG))] = "",
    as_json: Json = False,
) -> None:
    pinned = decisions.pin(settings.home(), name, version or None, console.waiting)
    _answer(as_json, "office.pinned", name=name.strip(), version=pinned.name)


@app.command(help=say("office.doctor", LANG))
def doctor(as_json: Json = False) -> None:
    report = examine(settings.home(), on_wait=console.waiting)
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


def _follow(home: Home) -> None:
    """The decision stands; now the figures follow it."""
    version = publish(home, interval=0, on_wait=console.waiting)
    console.aside(say("cli.built", LANG, version=version.name))


def _answer(as_json: bool, key: str, **facts: object) -> None:
    if as_json:
        console.document(facts)
    else:
        console.tell(say(key, LANG, **facts))


def _told(one: Told) -> dict[str, object]:
    return {"code": one.code, "facts": one.facts, "message": say(f"doctor.{one.code}", LANG, **one.facts)}
