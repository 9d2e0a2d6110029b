"""What one walk over cells adds up to: how many there are, how far they reach, and which of them the reader loses."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from pipelines.submissions.container.refusal import FREE_BOX, LAST_COLUMN, LAST_ROW, MAX_BOX, MAX_SPREAD, Refused
from pipelines.submissions.scan.colours import Ink
from pipelines.submissions.scan.string_facts import Line, StringFacts
from pipelines.submissions.scan.style_facts import StyleFacts, shown_as
from pipelines.submissions.scan.unseen import Veil, veil_of
from pipelines.submissions.values.number_formats import looks

# Rows lower than this (points) and columns narrower (characters) show nothing that can be read: they are hidden by
# another name.
LOW, NARROW = 2.0, 0.3


class NotPlain(Exception):
    """The sheet is not written the plain way; it is parsed whole. Never leaves the package."""


@dataclass(frozen=True)
class CellFacts:
    """What the other parts say about the cells of every sheet."""

    strings: StringFacts
    styles: StyleFacts
    are_zeros_hidden: bool = False  # on the sheet at hand


def note_number(tally: "Tally", facts: StyleFacts, at: str, value: str, style: int) -> None:
    """How a number looks under its style, where it looks otherwise than it is kept."""
    if style in facts.turned:
        tally.turned[at] = facts.turned[style]
    elif style in facts.scaled:
        with suppress(ValueError):
            if look := looks(float(value), facts.scaled[style]):
                tally.shown[at] = look
    elif style in facts.zeros and (shown := shown_as(value, facts.zeros[style])) is not None:
        tally.shown[at] = shown


def note_unseen(
    tally: "Tally", facts: StyleFacts, at: str, number: float | None, style: int, inks: Iterable[Ink | None] = ()
) -> None:
    """Whether nobody sees a number or (None) a text whose runs have these colours, where not all of it is
    as its cell.
    """
    if not (inks or style in facts.veiled) or style >= len(facts.paints):
        return
    paint = facts.paints[style]
    tally.veil(
        veil_of(paint, number, [paint.ink if ink is None else facts.colours.ink(dict(ink)) for ink in inks]), (at,)
    )


@dataclass
class Tally:
    """Sums over the filled cells of a sheet or a piece of it. Addresses as in SheetScan."""

    sheet: str
    count: int = 0
    first_row: int = LAST_ROW
    last_row: int = 0
    first_column: int = LAST_COLUMN
    last_column: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    uncached: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    turned: dict[str, str] = field(default_factory=dict)
    legacy_fonts: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, int] = field(default_factory=dict)  # address -> how often too many
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    partly_struck: set[str] = field(default_factory=set)
    struck_rules: set[str] = field(default_factory=set)  # areas where a conditional format strikes texts out
    unseen: set[str] = field(default_factory=set)  # under a format that draws nothing, or zeros that the sheet hides
    pale: set[str] = field(default_factory=set)  # in the colour of their ground
    ruled: set[str] = field(default_factory=set)  # areas of conditional formats, which may give another colour

    def cover(self, rows: Iterable[int], columns: Iterable[int]) -> None:
        """Cells stand in these rows and columns, none empty. Refused: beyond the last cell of a sheet."""
        low, high, left, right = min(rows), max(rows), min(columns), max(columns)
        if high > LAST_ROW or right > LAST_COLUMN or low < 1:
            raise Refused("file.cell_reference", f"{letters(right)}{high}", self.sheet)
        self.first_row, self.last_row = min(self.first_row, low), max(self.last_row, high)
        self.first_column, self.last_column = min(self.first_column, left), max(self.last_column, right)

    def add(self, other: "Tally") -> None:
        """Take in the tally of a later piece. NotPlain when the pieces overlap: a cell may stand in both."""
        if other.last_row and self.last_row and other.first_row <= self.last_row:
            raise NotPlain
        self.count += other.count
        if other.last_row:
            self.cover((other.first_row, other.last_row), (other.first_column, other.last_column))
        for name in (
            "errors",
            "uncached",
            "unreadable",
            "shown",
            "turned",
            "legacy_fonts",
            "duplicates",
            "hidden_rows",
            "struck",
            "partly_struck",
            "unseen",
            "pale",
        ):
            if noted := getattr(other, name):
                getattr(self, name).update(noted)

    def strike(self, line: Line, addresses: Iterable[str]) -> None:
        """Note cells whose text is struck out, or part of it."""
        if line is not Line.NONE:
            (self.struck if line is Line.ALL else self.partly_struck).update(addresses)

    def veil(self, veil: Veil, addresses: Iterable[str]) -> None:
        """Note cells whose value nobody sees."""
        if veil is not Veil.NONE:
            (self.unseen if veil is Veil.FORMAT else self.pale).update(addresses)

    @property
    def box(self) -> int:
        """Places a reader lays out: from A1, wherever the first filled cell stands, to the last."""
        return self.last_row * self.last_column

    @property
    def is_wide(self) -> bool:
        """Few cells over a huge grid, or more places than there is room for: a reader that lays them out dies of it."""
        return self.box > MAX_BOX or (self.box > FREE_BOX and self.box > MAX_SPREAD * self.count)


def column_number(name: str) -> int:
    """A -> 1, XFD -> 16384."""
    total = 0
    for letter in name:
        total = total * 26 + ord(letter) - 64
    return total


def letters(column: int) -> str:
    """1 -> A, 16384 -> XFD."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
