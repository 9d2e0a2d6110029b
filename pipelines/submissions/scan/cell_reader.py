"""The close look at cells: an XML parser walks them one by one and writes them again, plainly, for the cell reader."""

import re
from collections.abc import Iterable
from math import isfinite
from xml.parsers import expat
from xml.sax.saxutils import escape

from pipelines.submissions.container.refusal import MAX_MERGES, Refused
from pipelines.submissions.scan.string_facts import Runs, line_through
from pipelines.submissions.scan.style_facts import LEGACY_FONT
from pipelines.submissions.scan.tally import (
    LOW,
    NARROW,
    CellFacts,
    NotPlain,
    Tally,
    column_number,
    letters,
    note_number,
    note_unseen,
)

KNOWN_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TEXT_KINDS = ("s", "str", "inlineStr")
_BOOLEANS = ("0", "1", "true", "false")
_TRUE = ("1", "true")
_KINDS = {"n", "b", "d", "e", *_TEXT_KINDS}


class CellReader:
    """Feed it a sheet, or a run of its rows; then `tally`, `merged` and `hidden_columns` hold what was there.

    `odd` says that the cell reader would stop, or read something else; `plain` is then what it may read instead.
    """

    def __init__(self, facts: CellFacts, sheet: str, row_before: int = 0) -> None:
        self.facts, self.sheet = facts, sheet
        self.tally = Tally(sheet)
        self.odd = False
        self.merged: list[str] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._written: list[str] = []
        self._row, self._column = row_before, 0
        self._masks: dict[int, int] = {}  # row -> columns seen, a bit each
        self._cell: dict[str, str] | None = None
        self._texts: list[str] | None = None
        self._are_zeros_hidden = facts.are_zeros_hidden
        self._ruled = ""  # area of the conditional format at hand
        self._clear()
        self._parser = self._make_parser()

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def feed(self, chunks: Iterable[bytes]) -> None:
        """Parse. `ExpatError` where it is not XML."""
        for chunk in chunks:
            self._parser.Parse(chunk, False)
        self._parser.Parse(b"", True)

    @property
    def plain(self) -> bytes:
        """The rows that hold something, each cell with its address, without what the cell reader cannot read."""
        return "".join(self._written).encode("utf-8", errors="replace")

    def _doctype(self, *_: object) -> None:
        raise Refused("file.xml_doctype", sheet=self.sheet)

    def _clear(self) -> None:
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._runs = Runs()
        self._font = ""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._clear()
            self._cell = attributes
        elif name == "row":
            self._start_row(attributes)
        elif self._cell is not None:
            self._start_in_cell(name, attributes)
        elif name == "sheetView" and attributes.get("showZeros") in ("0", "false"):
            self._are_zeros_hidden = True
        elif name == "conditionalFormatting":
            self._ruled = attributes.get("sqref", "")
            self.tally.ruled.add(self._ruled)
        elif name == "cfRule":
            look = attributes.get("dxfId", "")
            if self._ruled and _is_count(look) and int(look) in self.facts.styles.struck_rules:
                self.tally.struck_rules.add(self._ruled)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and (attributes.get("hidden") in _TRUE or _is_below(attributes.get("width", ""), NARROW)):
            low, high = attributes.get("min", ""), attributes.get("max", "")
            if _is_count(low) and _is_count(high):
                self.hidden_columns.append((int(low), int(high)))

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        self._runs.start(name, attributes)
        if name in ("v", "f", "t"):
            self.odd = self.odd or (name == "f" and self._value is not None)  # the reader keeps the last child only
            self._texts = []
        elif name == "rPh":
            self._inline.append("")  # its text is a reading aid, dropped when it ends
        elif name == "rFont" and LEGACY_FONT.match(attributes.get("val", "")):
            self._font = self._font or attributes["val"]
        elif name == "extLst":
            self.odd = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r", "")
        if given and not (_is_count(given) and len(given) < 8):
            raise Refused("file.cell_reference", given[:20], self.sheet)
        self._row = int(given) if given else self._row + 1
        self._column = 0
        if attributes.get("hidden") in _TRUE or _is_below(attributes.get("ht", ""), LOW):
            self.tally.hidden_rows.add(self._row)
        self._written.append("<row>")

    def _characters(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c" and self._cell is not None:
            self._finish(self._cell)
            self._cell = None
        elif name == "row":
            self._written.append("</row>")
        elif name in ("v", "f", "t") and self._texts is not None:
            text, self._texts = "".join(self._texts), None
            if name == "v":
                self._value = text
            elif name == "f":
                self._formula = text
            else:
                self._inline.append(text)
                self._runs.text(text)
        elif name == "rPh" and self._cell is not None:
            del self._inline[len(self._inline) - 1 - self._inline[::-1].index("") :]

    def _merge(self, reference: str) -> None:
        self.merged.append(reference.upper())
        if len(self.merged) > MAX_MERGES:
            raise Refused("file.too_many_merges", sheet=self.sheet, limit=MAX_MERGES)

    def _place(self, attributes: dict[str, str]) -> str:
        given = attributes.get("r")
        if given is None:
            self.odd = True
            self._column += 1
        else:
            found = _REFERENCE.fullmatch(given)
            if found is None:
                given = given.replace("$", "").upper()  # some programs write "c7" or "$C$7": the same cell
                found, self.odd = _REFERENCE.fullmatch(given), True
            if found is None:
                raise Refused("file.cell_reference", given[:20], self.sheet)
            self._row, self._column = int(found[2]), column_number(found[1])
        return given or f"{letters(self._column)}{self._row}"

    def _finish(self, attributes: dict[str, str]) -> None:
        """Weigh one cell."""
        at = self._place(attributes)
        kind = attributes.get("t", "n")
        value = "".join(self._inline) if kind == "inlineStr" else self._value
        style = int(attributes["s"]) if _is_count(attributes.get("s", "")) else 0
        if self._formula is not None and (value is None or (value == "" and kind != "str")):
            self.tally.uncached[at] = self._formula
        elif value is None:
            return
        elif not value.strip() or self._is_blank_string(kind, value):
            self.tally.count -= 1  # the reader makes room for it and gives nothing
        elif kind == "e":
            self.tally.errors[at] = value
            self.odd = self.odd or value not in KNOWN_ERRORS
        elif not self._is_readable(kind, value, style):
            self.tally.unreadable[at] = value
            self.odd = True
        else:
            self._note_look(at, kind, value, style)
            looks = self.facts.strings.struck.get(int(value), ()) if kind == "s" else self._runs.looks
            self.tally.strike(line_through(looks, style in self.facts.styles.struck), (at,))
            inks = self.facts.strings.inks.get(int(value), ()) if kind == "s" else self._runs.inks
            number = _number(value) if kind == "n" else None
            note_unseen(self.tally, self.facts.styles, at, number, style, inks)
            if number == 0 and self._are_zeros_hidden:
                self.tally.unseen.add(at)
            self._write(at, kind, value, attributes)
        self._count(at)

    def _count(self, at: str) -> None:
        self.tally.count += 1
        self.tally.cover((self._row,), (self._column,))
        bit, mask = 1 << self._column, self._masks.get(self._row, 0)
        if mask & bit:
            self.tally.duplicates[at] = self.tally.duplicates.get(at, 0) + 1
        self._masks[self._row] = mask | bit

    def _is_blank_string(self, kind: str, value: str) -> bool:
        return kind == "s" and _is_count(value.strip()) and int(value) in self.facts.strings.blank

    def _is_readable(self, kind: str, value: str, style: int) -> bool:
        if kind == "s":
            return _is_count(value.strip()) and int(value) < self.facts.strings.count
        if kind == "b":
            return value.strip() in _BOOLEANS
        if kind != "n":
            return kind in _KINDS
        number = _number(value)
        if number is None:
            return True  # the reader hands it on as text
        return isfinite(number) and not (number < 0 and style in self.facts.styles.dates)

    def _note_look(self, at: str, kind: str, value: str, style: int) -> None:
        if kind in _TEXT_KINDS:
            run = self.facts.strings.legacy_fonts.get(int(value), "") if kind == "s" else self._font
            font = run or self.facts.styles.legacy_fonts.get(style, "")
            if font:
                self.tally.legacy_fonts[at] = font
        elif kind == "n":
            note_number(self.tally, self.facts.styles, at, value, style)

    def _write(self, at: str, kind: str, value: str, attributes: dict[str, str]) -> None:
        if kind == "inlineStr" or (kind == "n" and _number(value) is None):
            self.odd = self.odd or (kind == "n" and "t" in attributes)  # text called a number stops the reader
            kind = "str"
        look = f' s="{attributes["s"]}"' if _is_count(attributes.get("s", "")) else ""
        self._written.append(f'<c r="{at}"{look} t="{kind}"><v>{escape(value)}</v></c>')


def _is_count(given: str) -> bool:
    """A whole number of a size that can be meant; thousands of digits are none, and Python will not read them."""
    return given.isascii() and given.isdecimal() and len(given) < 10


def _is_below(value: str, least: float) -> bool:
    size = _number(value)
    return size is not None and size < least


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def read_rows(rows: bytes, facts: CellFacts, sheet: str, row_before: int) -> CellReader:
    """Read a run of whole rows. NotPlain where the run alone is not XML."""
    reader = CellReader(facts, sheet, row_before)
    try:
        reader.feed((b"<sheetData>", rows, b"</sheetData>"))
    except expat.ExpatError as error:
        raise NotPlain from error
    return reader


def read_whole(chunks: Iterable[bytes], facts: CellFacts, sheet: str, part: str) -> CellReader:
    """Read a sheet however it is written."""
    reader = CellReader(facts, sheet)
    try:
        reader.feed(chunks)
    except expat.ExpatError as error:
        raise Refused("file.xml_damaged", part, sheet) from error
    except UnicodeError as error:
        raise Refused("file.xml_damaged", part, sheet) from error
    reader.odd = True
    return reader
