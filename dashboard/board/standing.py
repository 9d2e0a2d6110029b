"""Who has reported: the submission board as numbers for the tiles and as rows in words."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.shell.columns import Column, Columns, utc
from dashboard.shell.filters import matches
from dashboard.shell.tiles import Tile
from pipelines.texts import day, instant, number, say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import queries
from pipelines.warehouse.viewer import Viewer

ON_TIME, LATE, RETURNED, MISSING = "on_time", "late", "returned", "missing"
STANDINGS = (ON_TIME, LATE, RETURNED, MISSING)
_NEEDS = {RETURNED: 0, MISSING: 1, LATE: 2, ON_TIME: 3}  # who needs something done comes first
_NAMED = 3  # reporters named in a tile
_SIGN = {ON_TIME: "✓", LATE: "✓", RETURNED: "↩", MISSING: "○"}  # never colour alone
_COLUMNS = (
    ("reporter_name", "text", None),
    ("kind", "text", None),
    ("state", "text", None),
    ("due_on", "day", None),
    ("received_at", "instant", None),
    ("days_late", "count", None),
    ("errors", "count", None),
    ("warnings", "count", None),
    ("version", "count", None),
    ("receipt_no", "count", None),
)


@dataclass(frozen=True)
class Tally:
    """Workbooks due and what became of them."""

    due: int
    by_standing: dict[str, int]

    @property
    def received(self) -> int:
        return self.by_standing[ON_TIME] + self.by_standing[LATE]

    @property
    def share(self) -> float:
        """Received ÷ due, 0–1; nothing due counts as nothing done."""
        return self.received / self.due if self.due else 0.0


def board(version: Version, viewer: Viewer, period: str, lang: str, on: date) -> pd.DataFrame:
    """`queries.board`, what is missing counted to a day, with the names of clusters in the reader's language."""
    told = queries.board(version, viewer, period, on)
    return told if lang == "vi" else told.assign(reporter_name=told["reporter_english"])


def tally(board: pd.DataFrame) -> Tally:
    """Count a board (`queries.board`)."""
    counts = _standing(board).value_counts().to_dict()
    return Tally(len(board), {name: int(counts.get(name, 0)) for name in STANDINGS})


def tiles(board: pd.DataFrame, lang: str) -> list[Tile]:
    """How many stand where, with the names of the first few that need something done."""
    told = board.assign(standing=_standing(board)).sort_values("days_late", ascending=False, kind="stable")
    made = []
    for name in STANDINGS:
        names = told.loc[told["standing"] == name, "reporter_name"].tolist()
        note = "" if name == ON_TIME else ", ".join(names[:_NAMED])
        if note and len(names) > _NAMED:
            note = f"{note} {say('dashboard.board.more', lang, count=len(names) - _NAMED)}"
        made.append(Tile(say(f"dashboard.board.tile.{name}", lang), number(len(names), lang), note))
    return made


def rows(board: pd.DataFrame, lang: str, words: str = "", standing: str = "") -> pd.DataFrame:
    """The board in words, narrowed to names that hold the words and to one standing; reporter_code is kept.

    Who needs something done comes first, the longest late before the others. Days late and counts stay numbers;
    nothing is shown where nothing was received.
    """
    told = board.assign(standing=_standing(board))
    named = told["reporter_name"].map(lambda name: matches(name, words)).astype(bool)
    kept = told[named & told["standing"].isin([standing] if standing else STANDINGS)]
    need = kept["standing"].map(_NEEDS).mask((kept["standing"] == MISSING) & (kept["days_late"] <= 0), _NEEDS[ON_TIME])
    kept = kept.assign(need=need).sort_values(["need", "days_late"], ascending=[True, False], kind="stable")
    late = kept["days_late"].where(kept["days_late"] > 0)
    return kept.assign(
        kind=[say(f"dashboard.board.kind.{kind}", lang) for kind in kept["reporter_kind"]],
        state=[_state(row, lang) for row in kept.itertuples()],
        days_late=late,
    ).reset_index(drop=True)


def columns(lang: str) -> Columns:
    """Headings of the board."""
    return {
        name: Column(say(f"dashboard.board.{name}", lang), kind, width)  # type: ignore[arg-type]
        for name, kind, width in _COLUMNS
    }


def receipt(reporter: pd.Series, lang: str) -> str:
    """Under which number, when and as which file the report was handed in that counts, or was returned last; "" for
    none.
    """
    if pd.isna(reporter["receipt_no"]):
        return ""
    facts = {"no": int(reporter["receipt_no"]), "file": reporter["file_name"]}
    return say("dashboard.board.receipt", lang, at=instant(utc(reporter["handed_in_at"]), lang), **facts)


def nothing_found(reporter: pd.Series, lang: str) -> str:
    """Why a reporter has no list of points: nothing has come yet, or nothing was wrong."""
    if reporter["standing"] == MISSING:
        return say("dashboard.board.not_yet", lang, name=reporter["reporter_name"], due=day(reporter["due_on"], lang))
    return say("dashboard.board.clean", lang)


def _standing(board: pd.DataFrame) -> pd.Series:
    """ON_TIME | LATE | RETURNED | MISSING of each row."""
    late = board["days_late"] > 0
    accepted = board["status"].str.startswith("accepted")
    standing = pd.Series(MISSING, index=board.index).mask(board["status"] == "returned", RETURNED)
    return standing.mask(accepted & ~late, ON_TIME).mask(accepted & late, LATE)


def _state(row: object, lang: str) -> str:
    standing: str = row.standing  # type: ignore[attr-defined]
    words = say(f"dashboard.board.standing.{standing}", lang)
    if standing == MISSING and row.days_late > 0:  # type: ignore[attr-defined]
        words = say("dashboard.board.overdue", lang)
    elif row.status == "accepted_with_warnings":  # type: ignore[attr-defined]
        words = f"{words}, {say('dashboard.board.warned', lang, count=number(row.warnings, lang))}"  # type: ignore[attr-defined]
    return f"{_SIGN[standing]} {words}"
