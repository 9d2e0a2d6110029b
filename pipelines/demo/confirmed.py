"""The demo's own confirmation of the rules: shipped rows are unconfirmed, and an invented office would never confirm any."""

import csv
from pathlib import Path

from pipelines.texts import say

_ON = "2014-01-01"  # before the first of the invented reports


def confirm_rules(reference: Path) -> None:
    """Mark the statutory rows of a folder's `rules.csv` that nobody has confirmed; who confirmed them says it is the demo."""
    path = reference / "rules.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sealed = {"confirmed_by": say("cli.demo.confirmed_by", "vi"), "confirmed_on": _ON}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row | sealed if row["status"] == "statutory" and not row["confirmed_on"] else row)
