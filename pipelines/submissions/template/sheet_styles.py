"""How a template looks on screen and paper: formats of xlsxwriter in the colours of the palette."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.contract.shape import Column, Kind
from pipelines.palette import BLUE, GREY, GROUND_2, INK, SEQUENTIAL
from pipelines.texts import say

FONT = "Times New Roman"  # on every Windows, and the font of administrative documents
DATE_FORMAT = "dd/mm/yyyy"
_GRID = "#b9c3cf"
_READABLE = 176  # characters across one A4 page: letters of 11 points come out with 9
_LINE, _HIGHEST = 15.0, 409.0  # points: a line of text, and what Excel allows
_INDENT, _NARROW = 1.5, 1.1  # what a cell leaves empty; letters of running text where a column counts one digit
_FOOTER = 160  # letters of a footer's text; Excel takes 255 with its codes


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook. Cells have a border, whole columns have none; both are unlocked."""

    title: Format
    heading: Format
    subtitle: Format
    signs: dict[bool, Format]
    label: Format
    label_cell: Format
    required_label: Format
    help: Format
    free: Format
    headers: dict[bool, Format]
    cells: dict[str, Format]
    columns: dict[str, Format]
    infos: dict[tuple[Kind, bool], Format]
    note: dict[str, object]
    tab: str

    def header(self, required: bool) -> Format:
        return self.headers[required]

    def cell(self, column: Column) -> Format:
        return self.cells[_number_format(column)]

    def column(self, column: Column) -> Format:
        return self.columns[_number_format(column)]

    def info(self, kind: Kind, locked: bool) -> Format:
        return self.infos[kind, locked]


def _number_format(column: Column) -> str:
    """Text stays text (leading zeros); a year has no thousand sign."""
    if column.kind is Kind.INTEGER:
        return "0" if (column.minimum or 0) >= 1000 else "#,##0"
    return {Kind.DATE: DATE_FORMAT, Kind.NUMBER: "#,##0.##", Kind.CODE: "@"}.get(column.kind, "General")


_FORMATS = ("General", "@", "0", "#,##0", "#,##0.##", DATE_FORMAT)
_INFO_FORMATS = {Kind.DATE: DATE_FORMAT, Kind.INTEGER: "0", Kind.CODE: "@"}


def add_styles(file: xlsxwriter.Workbook) -> Styles:
    """Make every format of a template once."""

    def make(**more: object) -> Format:
        return file.add_format({"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"} | more)

    def open_cell(number_format: str, **more: object) -> Format:
        text = number_format in ("General", "@")
        align = (
            {"align": "center"} if number_format == DATE_FORMAT else {"align": "left" if text else "right", "indent": 1}
        )
        return make(num_format=number_format, locked=False, text_wrap=text, **align, **more)

    def info_cell(kind: Kind, locked: bool) -> Format:
        ground = {"bg_color": GROUND_2 if locked else "#ffffff"} | border
        look = {"num_format": _INFO_FORMATS.get(kind, "General"), "align": "left", "indent": 1, "text_wrap": True}
        return make(locked=locked, **look, **ground)

    border = {"border": 1, "border_color": _GRID}
    header = {"bold": True, "align": "center", "text_wrap": True, "border": 1, "border_color": "#ffffff"}
    return Styles(
        title=make(bold=True, font_size=15, font_color=BLUE),
        heading=make(bold=True, font_color=BLUE),
        subtitle=make(italic=True, font_color=GREY),
        signs={bold: make(bold=bold, italic=not bold, align="center") for bold in (False, True)},
        label=make(),
        label_cell=make(bg_color=GROUND_2, indent=1, **border),
        required_label=make(bold=True, bg_color=GROUND_2, indent=1, **border),
        help=make(italic=True, font_color=GREY, indent=1),
        free=make(locked=False),
        headers={
            True: make(bg_color=BLUE, **header | {"font_color": "#ffffff"}),
            False: make(bg_color=SEQUENTIAL[2], **header),
        },
        cells={name: open_cell(name, **border) for name in _FORMATS},
        columns={name: open_cell(name) for name in _FORMATS},
        infos={(kind, locked): info_cell(kind, locked) for kind in Kind for locked in (False, True)},
        note={"font_name": FONT, "font_size": 10, "x_scale": 1.7, "y_scale": 0.9, "color": "#fffbe6"},
        tab=BLUE,
    )


def height_of(cells: Sequence[object], columns: Sequence[Column]) -> float:
    """How high a row has to be for its texts in their columns, 0 for one line: LibreOffice fits no row of a workbook it
    opens.
    """
    texts = [(c, column.width) for c, column in zip(cells, columns, strict=True) if column.kind is Kind.TEXT and c]
    lines = [
        sum(ceil(len(part) / ((width - _INDENT) * _NARROW)) or 1 for part in str(cell).split("\n"))
        for cell, width in texts
    ]
    return min(max(lines, default=1) * _LINE, _HIGHEST) if max(lines, default=1) > 1 else 0


def repeated(columns: Sequence[Column]) -> int:
    """How many columns stand on every page: the code, and the name where it comes next."""
    return 2 if columns[1].kind is Kind.TEXT and columns[1].required else 1


def print_setup(page: Worksheet, foot: str, columns: Sequence[Column] = (), header_row: int = 0) -> None:
    """A4 landscape, page numbers below.

    A data sheet has its header on every page, and as many pages side by side as reading needs.
    """
    page.set_paper(9)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    text = foot[:_FOOTER].replace("&", "&&")
    page.set_footer(
        f'&L&"{FONT},Italic"&9 {text}&R&"{FONT},Regular"&9 {say("template.footer", "vi")}', {"scale_with_doc": False}
    )
    if not columns:
        page.fit_to_pages(1, 1)
        return
    kept = repeated(columns)
    wide, always = (sum(column.width for column in some) for some in (columns, columns[:kept]))
    page.fit_to_pages(1 if wide <= _READABLE else ceil((wide - always) / (_READABLE - always)), 0)
    page.repeat_rows(header_row)
    page.repeat_columns(0, kept - 1)
