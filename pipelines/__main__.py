"""The command line: one verb is one call. Exit 0 good, 1 the data has errors, 2 cannot run."""

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from pipelines import asked, beginning, console, demonstration, office, safekeeping, settings, trials
from pipelines.command_words import Verbs, in_words, run
from pipelines.console import LANG
from pipelines.contract import reference as lists
from pipelines.contract.reference import Period, Reference
from pipelines.desk import Checked, Desk, Receipt, templates, words
from pipelines.desk.receipts import UNCHANGED
from pipelines.desk.templates import Reporter
from pipelines.encodings import speak_plainly, visible, visible_lines
from pipelines.problems import NoCurrentBuild, Problem, ReferenceInvalid, Unknown
from pipelines.records.inbox import Incoming, gather, read_at_most
from pipelines.records.journal import DEMO
from pipelines.settings import Home
from pipelines.texts import EMPTY, instant, period_name, say
from pipelines.warehouse import connection
from pipelines.warehouse.building.moment import day_in_vietnam
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import sees_all

app = typer.Typer(
    cls=Verbs,
    help=say("cli.help", LANG),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for more in (beginning, office, safekeeping, demonstration, trials):
    app.add_typer(more.app)
Json = Annotated[bool, typer.Option("--json", help=say("cli.json", LANG))]
_MOST_NAMED = 10  # things that are not read, each with its name
Paths = Annotated[list[Path], typer.Argument(help=say("cli.paths", LANG))]


class _Verdict:
    """Exit code of many files, each forgotten once it was told: they may be more than the memory holds."""

    def __init__(self) -> None:
        self.files, self.code = 0, 0

    def of(self, checked: Checked) -> Checked:
        """The same, counted."""
        self.files += 1
        if not (checked.is_accepted or checked.status == UNCHANGED):
            self.code = 1
        return checked


@app.command(help=say("cli.template", LANG))
def template(
    year: Annotated[int, typer.Option("--year", help=say("cli.year", LANG))],
    unit: Annotated[str, typer.Option("--unit", help=say("cli.unit", LANG))] = "",
    cluster: Annotated[str, typer.Option("--cluster", help=say("cli.cluster", LANG))] = "",
    everyone: Annotated[bool, typer.Option("--all", help=say("cli.all", LANG))] = False,
    kind: Annotated[str, typer.Option("--period", help=say("cli.period_kind", LANG))] = "year",
    out: Annotated[Path, typer.Option("--out", help=say("cli.out", LANG))] = Path(),
    as_json: Json = False,
) -> None:
    home, kind = console.new_home(), kind.strip().lower()
    reference, period = lists.load(home.reference), f"{year}H1" if kind == "h1" else str(year)
    if kind not in ("year", "h1", "history"):
        raise typer.BadParameter(say("cli.period_kind.wrong", LANG, kind=kind))
    row = lists.period_of(reference, period)
    if row is None:
        raise Unknown(what="period", name=period)
    history, codes = kind == "history", [text for text in (unit, cluster) if text.strip()]
    chosen = _reporters(reference, row, history, None if everyone else codes)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    version, demo = _version_or_none(home), home.work == DEMO
    with console.progress(say("cli.writing", LANG)) as step:
        for done, one in enumerate(chosen, start=1):
            path = templates.unused(out / f"{one.code}_{period}.xlsx")
            templates.write(path, reference, one, period, version, sees_all(), history, demo)
            written.append({"reporter": one.code, "period": period, "file": str(path.resolve() if as_json else path)})
            if not as_json:
                console.tell(str(path))
            step(done, len(chosen))
    if as_json:
        console.document({"templates": written})


@app.command(help=say("cli.check", LANG))
def check(files: Paths, as_json: Json = False) -> None:
    verdict = _Verdict()
    looked_at = _looked_at(console.new_home(), _gathered(files))
    if as_json:
        console.document(words.document((verdict.of(checked), None) for checked in looked_at))
    for checked in looked_at:
        told = words.check_lines(verdict.of(checked), LANG)
        console.tell(checked.file_name, *(f"  {line}" for line in told))
        console.found(checked.findings)
    raise typer.Exit(verdict.code)


@app.command(help=say("cli.receive", LANG))
def receive(
    paths: Paths,
    no_build: Annotated[bool, typer.Option("--no-build", help=say("cli.no_build", LANG))] = False,
    as_json: Json = False,
) -> None:
    home, verdict = console.new_home(), _Verdict()
    console.clock(home)
    _tell_receipts(home, _gathered(paths), verdict, as_json)  # returns before the build, which needs the memory
    if not no_build and verdict.files:
        version = publish(home, on_wait=console.waiting)
        console.aside(say("cli.built", LANG, version=version.name))
    raise typer.Exit(verdict.code)


@app.command(help=say("cli.build", LANG))
def build(
    as_of: Annotated[str, typer.Option("--as-of", help=say("cli.as_of", LANG))] = "",
    full: Annotated[bool, typer.Option("--full", help=say("cli.full", LANG))] = False,
    as_json: Json = False,
) -> None:
    moment = asked.moment(as_of)
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
    chosen = asked.period(period) or next(iter(offered.loc[offered["received_count"] > 0, "period"]), "")
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


def _reporters(reference: Reference, period: Period, history: bool, codes: list[str] | None) -> list[Reporter]:
    """Whose templates are asked for, None: everybody's. The short form of an earlier year is for units alone."""
    those = {one.code: one for one in templates.reporters(reference, period.period)}
    offered = {code: one for code, one in those.items() if not history or one.form.reporter == "unit"}
    if codes == []:
        raise typer.BadParameter(say("cli.whom", LANG))
    names = {code: one.name for code, one in offered.items()}
    codes = None if codes is None else [asked.reporter(reference, text, names, period.due_on) for text in codes]
    for code in codes or ():
        if code in those and code not in offered:
            raise typer.BadParameter(say("cli.history.unit", LANG))
        if code not in offered:
            raise templates.why_none(reference, period, code)
    return [offered[code] for code in (offered if codes is None else codes)]


def _looked_at(home: Home, files: Sequence[Path]) -> Iterator[Checked]:
    with Desk(home, on_wait=console.waiting) as desk, console.progress(say("cli.checking", LANG)) as step:
        for done, path in enumerate(files, start=1):
            yield desk.check(read_at_most(path), path.name)
            step(done, len(files))


def _tell_receipts(home: Home, files: Sequence[Path], verdict: "_Verdict", as_json: bool) -> None:
    receipts = _received(home, files)
    if as_json:
        console.document(words.document((verdict.of(one.checked), one) for one in receipts))
    for receipt in receipts:
        console.tell(*words.receipt_lines(receipt, lists.load(home.reference), LANG))
        console.found(verdict.of(receipt.checked).findings)
        console.tell("")


def _received(home: Home, files: Sequence[Path]) -> Iterator[Receipt]:
    with Desk(home, on_wait=console.waiting) as desk, console.progress(say("cli.receiving", LANG)) as step:
        for done, receipt in enumerate(desk.receive(map(Incoming, files)), start=1):
            yield receipt
            step(done, len(files))


def _version_or_none(home: Home) -> Version | None:
    try:
        return connection.current(home)
    except NoCurrentBuild:
        return None


def _is_period(home: Home, period: str) -> bool:
    """Whether it stands in the calendar. Lists with faults keep nobody from reading what is built: the faults are said beside it."""
    try:
        return lists.period_of(lists.load(home.reference), period) is not None
    except ReferenceInvalid as invalid:
        console.problem(invalid)
        return True


def _gathered(paths: Sequence[Path]) -> tuple[Path, ...]:
    for path in paths:
        if not os.path.lexists(path):
            raise Unknown(what="file", name=visible(str(path)))
    gathered = gather(paths)
    for path in gathered.left[:_MOST_NAMED]:
        console.aside(say("cli.left", LANG, path=visible(str(path))))
    if more := len(gathered.left[_MOST_NAMED:]):
        console.aside(say("cli.left_more", LANG, count=more))
    if gathered.ignored or gathered.growing:
        console.aside(say("cli.passed_over", LANG, ignored=gathered.ignored, growing=gathered.growing))
    return gathered.files


def main() -> None:
    """Run a verb; a problem is told once, here."""
    logging.getLogger("pipelines").addHandler(console.Notes())
    speak_plainly()
    try:
        settings.check()
        sys.exit(run(in_words(app)))
    except (Problem, OSError, MemoryError, duckdb.Error) as problem:
        console.problem(problem)
        sys.exit(2)
    except Exception:  # ours: told whole, and never mistaken for wrong data, which is 1
        sys.stderr.write(visible_lines(traceback.format_exc()))
        sys.exit(2)


if __name__ == "__main__":
    main()
