"""The verbs of submissions: a template handed out, workbooks checked, workbooks received."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipelines.access import acting, sees_all
from pipelines.cli import arguments, console
from pipelines.cli.console import LANG
from pipelines.contract import reference as lists
from pipelines.contract.reference import Period, Reference
from pipelines.desk import Checked, Desk, Receipt, templates, words
from pipelines.desk.receipts import UNCHANGED
from pipelines.desk.templates import Reporter
from pipelines.encodings import visible
from pipelines.problems import NoCurrentBuild, Unknown
from pipelines.records.bodies import DEMO
from pipelines.records.inbox import Incoming, gather, read_at_most
from pipelines.settings import Home
from pipelines.texts import say
from pipelines.warehouse import connection
from pipelines.warehouse.building.publish import publish
from pipelines.warehouse.connection import Version

app = typer.Typer()
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


def _reporters(reference: Reference, period: Period, history: bool, codes: list[str] | None) -> list[Reporter]:
    """Whose templates are asked for, None: everybody's. The short form of an earlier year is for units alone."""
    those = {one.code: one for one in templates.reporters(reference, period.period)}
    offered = {code: one for code, one in those.items() if not history or one.form.reporter == "unit"}
    if codes == []:
        raise typer.BadParameter(say("cli.whom", LANG))
    names = {code: one.name for code, one in offered.items()}
    codes = None if codes is None else [arguments.reporter(reference, text, names, period.due_on) for text in codes]
    for code in codes or ():
        if code in those and code not in offered:
            raise typer.BadParameter(say("cli.history.unit", LANG))
        if code not in offered:
            raise templates.why_none(reference, period, code)
    return [offered[code] for code in (offered if codes is None else codes)]


def _looked_at(home: Home, files: Sequence[Path]) -> Iterator[Checked]:
    with Desk(home, on_wait=console.waiting) as desk, console.progress(say("cli.checking", LANG)) as step:
        for done, path in enumerate(files, start=1):
            yield desk.check(read_at_most(path), path.name, sees_all())
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
        for done, receipt in enumerate(desk.receive(map(Incoming, files), acting()), start=1):
            yield receipt
            step(done, len(files))


def _version_or_none(home: Home) -> Version | None:
    try:
        return connection.current(home)
    except NoCurrentBuild:
        return None


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
