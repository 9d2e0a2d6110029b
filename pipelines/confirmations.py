"""The demo's own confirmations of the rules: set in its own copy of the lists, never carried into an office's."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from pipelines.platform import write_whole
from pipelines.texts import say

_ON = "2014-01-01"  # before the first of the invented reports
_Row = dict[str, str]


def is_the_demos(confirmed_by: str) -> bool:
    """Whether it was the demo that confirmed a rule, which is no confirmation for an office."""
    return confirmed_by == say("cli.demo.confirmed_by", "vi")


def confirm(reference: Path) -> None:
    """Mark the statutory rules nobody has confirmed as confirmed by the demo: an invented office would never confirm
    any.
    """
    sealed = {"confirmed_by": say("cli.demo.confirmed_by", "vi"), "confirmed_on": _ON}
    _rewrite(reference, lambda row: row | sealed if row["status"] == "statutory" and not row["confirmed_on"] else row)


def take_back(reference: Path) -> None:
    """Leave no confirmation of the demo in a folder of lists; a folder without any is not touched."""
    plain = {"confirmed_by": "", "confirmed_on": ""}
    _rewrite(reference, lambda row: row | plain if is_the_demos(row["confirmed_by"]) else row)


def _rewrite(reference: Path, changed: Callable[[_Row], _Row]) -> None:
    path = reference / "rules.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [changed(row) for row in rows]
    if told == rows:
        return
    text = StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(told)
    write_whole(path, text.getvalue().encode())
