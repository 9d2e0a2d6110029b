"""What an .ods says that the cell reader loses: errors, formulas without value, what is hidden; repeated
cells weighed.
"""

import re
import zipfile
from bisect import bisect_left
from dataclasses import dataclass, field
from io import BytesIO
from operator import itemgetter
from xml.parsers import expat

from pipelines.submissions.container.refusal import LAST_COLUMN, MAX_BOX, MAX_MERGES, MAX_SHEETS, MB, Refused
from pipelines.submissions.container.workbook_parts import aside
from pipelines.submissions.container.xml_checks import plain_xml
from pipelines.submissions.container.zip_checks import Archive
from pipelines.submissions.scan.cell_reader import KNOWN_ERRORS
from pipelines.submissions.scan.colours import Rgb, lost
from pipelines.submissions.scan.ods_styles import Styles, usual
from pipelines.submissions.scan.scan import Contents, Scanned, sheet_of
from pipelines.submissions.scan.string_facts import Line, line_through
from pipelines.submissions.scan.style_facts import LEGACY_FONT
from pipelines.submissions.scan.tally import Tally, letters
from pipelines.submissions.scan.unseen import Veil

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_SETTINGS = "settings.xml"
_HIDES_ZEROS = re.compile(rb'name="ShowZeroValues"[^>]*>\s*false\s*<')
_SMALL = 8 * MB
_ERROR = re.compile(r"Err:\d{3}")
_ZERO = ("0", "-0")
_ZEROS = re.compile(r"0\d+")
_FULL_DATE = re.compile(
    r"\d\D+\w+\D*\d{2}|\d{4}-\d\d-\d\d"
)  # day, month and year; parts of it are what an entry was taken for
_TURNED = re.compile(r"[-+]?\d+(?:[.,]\d+)?E[-+]?\d+|-?(?:\d+ )?\d+/\d+")  # a power of ten, a fraction
_ON_SHEET = r"(?:'(?:[^']|''){0,255}'|[^\s'.:]{0,255})\.(\$?[A-Z]{1,3}\$?[0-9]{1,7})"  # 'Cán bộ'.A4
_AREA = re.compile(rf"{_ON_SHEET}(?::{_ON_SHEET})?")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_CODE = ("source-code", "byte-code")  # Basic kept within the document itself
_ASIDE = ("office:annotation", "table:dde-link", "table:tracked-changes")  # what stands in them is no cell's value
_PARAGRAPH = re.compile(rb"(<text:[ph]\b[^>]*(?<!/)>.*?</text:[ph]>)", re.DOTALL)  # blanks count in it
_BREAK = re.compile(rb"(^|>)\s+(?=<|$)")
_LISTS_OF_MACROS = ("script-lb.xml", "script-lc.xml")


def scan_ods(archive: Archive) -> Contents:
    """Scan an .ods. Refused: a password, no sheet, no XML, cells beyond a sheet, few cells over a huge grid."""
    if b"encryption-data" in _part(archive, _MANIFEST, _SMALL):
        raise Refused("file.encrypted")
    walk = _Walk(are_zeros_hidden=bool(_HIDES_ZEROS.search(aside(archive, archive.find(_SETTINGS)))))
    for name, most in ((_STYLES, _SMALL), (_CONTENT, None)):
        data = _part(archive, name, most)
        try:
            if data:
                walk.parser().Parse(plain_xml(data, name), True)
        except expat.ExpatError as error:
            raise Refused("file.xml_damaged", name) from error
    if not walk.sheets:
        raise Refused("file.workbook_missing")
    modules = [name for name in archive.folded() if name.startswith(("basic/", "scripts/"))]
    has_macros = any(not name.endswith(_LISTS_OF_MACROS) for name in modules) or walk.has_macros
    return Contents(
        tuple(walk.sheets), has_macros=has_macros, has_external_links=walk.has_links, instead=_without_breaks(archive)
    )


def _without_breaks(archive: Archive) -> bytes | None:
    """The workbook without the blanks between its elements, where there are any: the cell reader stops at them."""
    name = archive.find(_CONTENT)
    content = plain_xml(archive.read(name), name) if name else b""
    pieces = _PARAGRAPH.split(content)
    pieces[::2] = [_BREAK.sub(rb"\1", piece) for piece in pieces[::2]]
    plain = b"".join(pieces)
    if plain == content:
        return None
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for part in ("mimetype", _MANIFEST):
            file.writestr(part, _part(archive, part, _SMALL))
        file.writestr(_CONTENT, plain)
    return target.getvalue()


def _part(archive: Archive, name: str, most: int | None) -> bytes:
    found = archive.find(name)
    if found is None:
        return b""
    return archive.read(found) if most is None else archive.read(found, most)


@dataclass
class _Cell:
    """One cell element: the columns it covers, and what it holds."""

    first: int
    last: int
    kind: str
    written: str | None  # value in the attributes
    formula: str | None
    is_error: bool
    font: str
    struck: bool  # by its style
    ink: Rgb | None  # by its style
    ground: Rgb | None
    looks: set[bool | None] = field(default_factory=set)  # of its runs; None where the style of the cell counts
    inks: set[Rgb | None] = field(default_factory=set)  # of its runs
    shown: str | None = None  # its paragraphs; None when it has none


class _Walk:
    """One pass over styles and content."""

    def __init__(self, are_zeros_hidden: bool) -> None:
        self._are_zeros_hidden = are_zeros_hidden
        self.sheets: list[Scanned] = []
        self.has_links = self.has_macros = False
        self._styles, self._tally = Styles(), Tally("")
        self._looks: dict[str, tuple[str, bool, Rgb | None, Rgb | None]] = {}  # of cells by their style
        self._aside = 0
        self._cell: _Cell | None = None
        self._texts: list[str] | None = None
        self._spans: list[str] = []  # their styles, the outermost first
        self._start_sheet({})

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _start_sheet(self, given: dict[str, str]) -> None:
        self._tally = Tally(given.get("table:name", ""))
        self._visibility = "hidden" if given.get("table:style-name") in self._styles.hiding else "visible"
        self._columns: list[tuple[int, str]] = []  # last column of a run, its default style
        self._hidden: list[tuple[int, int]] = []
        self._merged: list[str] = []
        self._ruled = ""  # area of the conditional format at hand
        self._cells: list[_Cell] = []
        self._row, self._rows, self._column = 0, 1, 0
        self._is_cached = self._is_row_hidden = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.has_macros = self.has_macros or name.rpartition(" ")[2] in _CODE
        name = usual(name)
        if name in _ASIDE or self._aside:
            self._aside += 1
            return
        given = {usual(key): value for key, value in attributes.items()}
        if name in _CELLS:
            self._start_cell(name, given)
        elif name == "table:table-row":
            self._rows, self._column = _count(given, "table:number-rows-repeated"), 0
            self._is_row_hidden = self._is_hidden(given)
        elif name == "text:p" and self._cell is not None:
            if self._texts is None:
                self._texts = []
            else:
                self._texts.append("\n")
        elif name == "text:span" and self._cell is not None:
            self._spans.append(given.get("text:style-name", ""))
            font = self._styles.font_of(given.get("text:style-name", ""))
            self._cell.font = font if LEGACY_FONT.match(font) else self._cell.font
        elif name == "text:s" and self._texts is not None:
            self._texts.append(" ")
        elif name == "table:table":
            self._start_sheet(given)
        elif name == "table:table-column":
            self._start_column(given)
        elif name.startswith("calcext:condition"):
            self._start_rule(name, given)
        elif name == "table:table-source":  # a sheet of another file, kept here for its links
            self._is_cached = self.has_links = True
        else:
            self._styles.start(name, given)

    def _start_rule(self, name: str, given: dict[str, str]) -> None:
        """A conditional format, then each of its conditions with the style it gives."""
        if name == "calcext:conditional-format":
            found = _AREA.findall(given.get("calcext:target-range-address", ""))
            self._ruled = " ".join(f"{first}:{last or first}".replace("$", "") for first, last in found)
            self._tally.ruled.add(self._ruled)
        elif self._styles.strikes(self._styles.named(given.get("calcext:apply-style-name", ""))):
            self._tally.struck_rules.add(self._ruled)

    def _start_column(self, given: dict[str, str]) -> None:
        first = self._columns[-1][0] + 1 if self._columns else 1
        if first > LAST_COLUMN:
            raise Refused("file.cell_reference", letters(first), self._tally.sheet)
        last = first + _count(given, "table:number-columns-repeated") - 1
        self._columns.append((last, given.get("table:default-cell-style-name", "")))
        if self._is_hidden(given):
            self._hidden.append((first, last))

    def _is_hidden(self, given: dict[str, str]) -> bool:
        """Whether a row or column is not shown, or has no height or width."""
        is_visible = given.get("table:visibility", "visible") == "visible"
        return not is_visible or given.get("table:style-name") in self._styles.flat

    def _start_cell(self, name: str, given: dict[str, str]) -> None:
        first = self._column + 1
        self._column += _count(given, "table:number-columns-repeated")
        kind = given.get("office:value-type", "")
        written = given.get("office:string-value") if kind == "string" else given.get("office:value")
        style = given.get("table:style-name", "")
        style = style or self._default_style(first)
        is_error = given.get("calcext:value-type") == "error"
        look = self._looks.get(style)
        if look is None:
            styles = self._styles
            look = styles.font_of(style), bool(styles.strikes(style)), styles.ink_of(style), styles.ground_of(style)
            self._looks[style] = look
        self._cell = _Cell(first, self._column, kind, written, given.get("table:formula"), is_error, *look)
        self._texts, self._spans = None, []
        wide, high = (_count(given, f"table:number-{way}-spanned") for way in ("columns", "rows"))
        if wide * high > 1:
            top = self._row + 1
            area = f"{letters(first)}{top}:{letters(first + wide - 1)}{top + high - 1}"
            self._merged.append(area)
            if len(self._merged) > MAX_MERGES:
                raise Refused("file.too_many_merges", sheet=self._tally.sheet, limit=MAX_MERGES)

    def _default_style(self, column: int) -> str:
        run = bisect_left(self._columns, column, key=itemgetter(0))
        return self._columns[run][1] if run < len(self._columns) else ""

    def _characters(self, text: str) -> None:
        if self._texts is not None and not self._aside:
            self._texts.append(text)
            if self._cell is not None and text.strip():
                runs = self._spans[::-1]
                lines = (self._styles.strikes(run) for run in runs)
                inks = (self._styles.ink_of(run) for run in runs)
                self._cell.looks.add(next((one for one in lines if one is not None), None))
                self._cell.inks.add(next((one for one in inks if one is not None), self._cell.ink))

    def _end(self, name: str) -> None:
        name = usual(name)
        if self._aside:
            self._aside -= 1
        elif name in _CELLS and self._cell is not None:
            self._cell.shown = None if self._texts is None else "".join(self._texts)
            if self._cell.kind or self._cell.formula or (self._cell.shown or "").strip():
                self._cells.append(self._cell)
            self._cell, self._texts = None, None
        elif name == "text:span" and self._spans:
            self._spans.pop()
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table" and not self._is_cached:
            self._end_sheet()

    def _end_row(self) -> None:
        first, last = self._row + 1, self._row + self._rows
        for cell in self._cells:
            self._weigh(cell, first, last)
        if self._cells and self._is_row_hidden:
            self._tally.hidden_rows.update(range(first, min(last, self._tally.last_row) + 1))
        self._row, self._cells = last, []

    def _weigh(self, cell: _Cell, first: int, last: int) -> None:
        """Count a cell as often as it is repeated, and note what is odd of it."""
        shown = (cell.shown or "").strip()
        is_error = cell.is_error or (cell.formula is not None and (shown in KNOWN_ERRORS or bool(_ERROR.match(shown))))
        is_uncached = not cell.kind and (cell.shown is None or bool(shown))  # an empty paragraph is an empty result
        is_blank = cell.kind in ("", "string") and not (cell.written or shown).strip() and not is_uncached
        self._tally.cover((first, last), (cell.first, cell.last))  # the cell reader makes room for a blank text too
        if is_blank and not is_error:
            return
        self._tally.count += (last - first + 1) * (cell.last - cell.first + 1)
        if self._tally.box > MAX_BOX:  # before anything is kept of a cell that is repeated
            raise Refused("file.range_too_wide", f"{letters(cell.last)}{last}", self._tally.sheet)
        note: dict[str, str] | None = None
        text = shown
        if is_error:
            note = self._tally.errors
        elif is_uncached and cell.formula is None:  # a text without a type: no cell reader takes it
            note = self._tally.unreadable
        elif is_uncached:
            note, text = self._tally.uncached, cell.formula or ""
        elif cell.kind == "string" and LEGACY_FONT.match(cell.font):
            note, text = self._tally.legacy_fonts, cell.font
        elif cell.kind == "percentage":
            note = self._tally.shown
        elif (cell.kind == "date" and cell.shown != "" and not _FULL_DATE.search(shown)) or (
            cell.kind == "float" and _TURNED.fullmatch(shown)
        ):
            note, text = self._tally.turned, f'"{shown}"'  # a format that shows just that
        elif cell.kind == "float" and _ZEROS.fullmatch(shown) and (shown.lstrip("0") or "0") == cell.written:
            note = self._tally.shown
        line = line_through(cell.looks, cell.struck)
        veil = Veil.NONE if is_error or is_uncached else self._veil(cell)
        if note is not None or line is not Line.NONE or veil is not Veil.NONE:
            places = ((row, column) for row in range(first, last + 1) for column in range(cell.first, cell.last + 1))
            addresses = [f"{letters(column)}{row}" for row, column in places]
            self._tally.strike(line, addresses)
            self._tally.veil(veil, addresses)
            if note is not None:
                note.update(dict.fromkeys(addresses, text))

    def _veil(self, cell: _Cell) -> Veil:
        """Whether nobody sees what a cell holds: the file keeps what its format shows beside the value."""
        is_zero = self._are_zeros_hidden and cell.kind == "float" and cell.written in _ZERO
        if is_zero or (cell.shown is not None and not cell.shown.strip()):
            return Veil.FORMAT
        return Veil.COLOUR if any(lost(ink, cell.ground) for ink in cell.inks or {cell.ink}) else Veil.NONE

    def _end_sheet(self) -> None:
        found = sheet_of(self._tally, self._tally.sheet, self._visibility, self._merged, self._hidden)
        self.sheets.append(Scanned(found, self._tally.box, None))
        if len(self.sheets) > MAX_SHEETS:
            raise Refused("file.too_many_sheets", str(len(self.sheets)), limit=MAX_SHEETS)


def _count(given: dict[str, str], name: str) -> int:
    """A number of repetitions or of places spanned; 1 where none is given."""
    text = given.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
