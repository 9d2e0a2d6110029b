"""The verbs of what is built: a version made, who has reported, where it lies, what everything in it means."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.access import sees_all
from pipelines.cli import arguments, console
from pipelines.cli.console import LANG
from pipelines.contract import reference as lists
from pipelines.desk import Desk
from pipelines.problems import ReferenceInvalid, Unknown
from pipelines.settings import Home
from pipelines.texts import EMPTY, instant, period_name, say
from pipelines.warehouse import connection
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries

app = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help=say("cli.json", LANG))]


@app.command(help=say("cli.build", LANG))
def build(
    as_of: Annotated[str, typer.Option("--as-of", help=say("cli.as_of", LANG))] = "",
    full: Annotated[bool, typer.Option("--full", help=say("cli.full", LANG))] = False,
    as_json: Json = False,
) -> None:
    moment = arguments.moment(as_of)
    home = settings.home()
    with Desk(home, on_wait=console.waiting) as desk:
        desk.hand_back_owed()
    version = publish(home, moment, fresh=True, full=full, interval=0, on_wait=console.waiting)
    if as_json:
        console.document(_named(version) | {"is_current": moment is None})
    elif moment:
        console.tell(say("cli.built_as_of", LANG, version=version.name, moment=instant(moment, LANG)))
    else:
        console.tell(say("cli.built", LANG, version=version.name))


@app.command(help=say("cli.status", LANG))
def status(
    period: Annotated[str, typer.Option("--period", help=say("cli.period", LANG))] = "",
    as_json: Json = False,
) -> None:
    home = settings.home()
    version = connection.current(home)
    offered = queries.periods(version, sees_all())
    chosen = arguments.period(period) or next(iter(offered.loc[offered["received_count"] > 0, "period"]), "")
    if chosen and not _is_period(home, chosen):
        raise Unknown(what="period", name=chosen)
    board = queries.board(version, sees_all(), chosen, day_in_vietnam(datetime.now(UTC)))
    if as_json:
        rows = json.loads(board.to_json(orient="records", date_format="iso"))
        console.document({"period": chosen, "version": version.name, "reporters": rows})
        return
    fresh = queries.freshness(version, sees_all())
    if board.empty:
        console.tell(say("cli.status.nothing", LANG, period=period_name(chosen, LANG) if chosen else EMPTY))
        return
    at = instant(fresh.as_of or fresh.built_at, LANG)
    console.tell(say("cli.status.title", LANG, period=period_name(chosen, LANG), at=at))
    names = ("reporter_code", "reporter_name", "status", "received_at", "days_late", "errors", "warnings", "version")
    told = board.assign(
        status=[say(f"cli.status.{one}", LANG) for one in board["status"]],
        received_at=[
            instant(at.to_pydatetime(), LANG) if at == at else "" for at in board["received_at"].dt.tz_localize("UTC")
        ],
    )
    rows = told[list(names)].astype(object).where(told[list(names)].notna(), "").to_numpy().tolist()
    console.table([say(f"cli.column.{name}", LANG) for name in names], rows)


@app.command(help=say("cli.current", LANG))
def current(
    people: Annotated[bool, typer.Option("--people", help=say("cli.current.people", LANG))] = False,
    name: Annotated[str, typer.Option("--version", help=say("cli.current.version", LANG))] = "",
    as_json: Json = False,
) -> None:
    home = settings.home()
    version = connection.version(home, name.strip()) if name.strip() else connection.current(home)
    if as_json:
        console.document(_named(version))
    else:
        console.tell(str(version.people if people else version.facts))


@app.command(name="dictionary", help=say("cli.dictionary", LANG))
def write_dictionary(
    out: Annotated[Path | None, typer.Option("--out", help=say("cli.dictionary.out", LANG))] = None,
) -> None:
    from pipelines import dictionary  # builds a version to look at

    console.tell(str(dictionary.write(out or dictionary.PATH)))


def _named(version: Version) -> dict[str, object]:
    return {"version": version.name, "facts": str(version.facts), "people": str(version.people)}


def _is_period(home: Home, period: str) -> bool:
    """Whether it stands in the calendar.

    Lists with faults keep nobody from reading what is built: the faults are said beside it.
    """
    try:
        return lists.period_of(lists.load(home.reference), period) is not None
    except ReferenceInvalid as invalid:
        console.problem(invalid)
        return True
