"""What the styles of an .ods say: which font a cell style is written in, and which styles hide sheets,
rows or columns.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.submissions.scan.colours import WHITE, Rgb, rgb_of
from pipelines.submissions.scan.tally import LOW

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_SIZES = {
    "style:table-row-properties": "style:row-height",
    "style:table-column-properties": "style:column-width",
}
_LENGTH = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([a-z]*)")  # "0cm", "0.02in"
_POINTS = {"": 1.0, "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0}
_MOST_PARENTS = 20


def _is_slight(length: str) -> bool:
    found = _LENGTH.fullmatch(length)
    return found is not None and float(found[1]) * _POINTS.get(found[2], LOW) < LOW


@lru_cache(maxsize=2_000)
def usual(name: str) -> str:
    """A name of expat's ("namespace local") with the prefix everybody uses."""
    space, _, local = name.rpartition(" ")
    return f"{_SPACES.get(space, '')}:{local}"


@dataclass
class Styles:
    """Fed with every element of styles.xml and of content.xml before its body."""

    hiding: set[str] = field(default_factory=set)  # sheet styles whose sheets are not shown
    flat: set[str] = field(default_factory=set)  # styles of rows and columns too low or narrow to be read
    _faces: dict[str, str] = field(default_factory=dict)
    _fonts: dict[str, str] = field(default_factory=dict)  # style -> font
    _lined: dict[str, bool] = field(default_factory=dict)  # style -> whether a line goes through its text
    _inks: dict[str, Rgb | None] = field(default_factory=dict)  # None: black or white, whichever can be read
    _grounds: dict[str, Rgb | None] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)  # the name people see -> the one in the file
    _formats: dict[str, str] = field(default_factory=dict)  # style -> its number format
    _ruled: set[str] = field(default_factory=set)  # styles over which a condition puts another one
    _parents: dict[str, str] = field(default_factory=dict)
    _style: str = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "style:font-face":
            self._faces[given.get("style:name", "")] = given.get("svg:font-family", "").strip("'\"")
        elif "style:name" in given or name == "style:default-style":  # a number format is a style too
            self._style = given.get("style:name", "")
            self._parents[self._style] = given.get("style:parent-style-name", "")
            self._names[given.get("style:display-name", self._style)] = self._style
            if "style:data-style-name" in given:
                self._formats[self._style] = given["style:data-style-name"]
        elif name == "style:table-properties" and given.get("table:display") == "false":
            self.hiding.add(self._style)
        elif name in _SIZES and _is_slight(given.get(_SIZES[name], "")):
            self.flat.add(self._style)
        elif name == "style:map":
            self._ruled.add(self._style)
        elif name == "style:table-cell-properties" and "fo:background-color" in given:
            ground = given["fo:background-color"]
            self._grounds[self._style] = WHITE if ground == "transparent" else rgb_of(ground)
        elif name == "style:text-properties":
            self._text(given)

    def _text(self, given: Mapping[str, str]) -> None:
        face = given.get("style:font-name", "")
        font = self._faces.get(face, face) or given.get("fo:font-family", "").strip("'\"")
        if font:
            self._fonts[self._style] = font
        for kind in ("style:text-line-through-style", "style:text-line-through-type"):
            if kind in given:
                self._lined[self._style] = given[kind] != "none"
        is_free = given.get("style:use-window-font-color") == "true"
        if is_free or "fo:color" in given:
            self._inks[self._style] = None if is_free else rgb_of(given["fo:color"])

    def font_of(self, style: str) -> str:
        """The font of a style or of the nearest one it comes from, "" if none says."""
        return self._fonts.get(self._nearest(style, self._fonts), "")

    def strikes(self, style: str) -> bool | None:
        """Whether a style strikes its text out; None if neither it nor one it comes from says."""
        return self._lined.get(self._nearest(style, self._lined))

    def named(self, name: str) -> str:
        """The style that people see under this name."""
        return self._names.get(name, name)

    def ink_of(self, style: str) -> Rgb | None:
        """The colour of the letters by the number format of a style, or by the nearest style that says; None if none
        does.
        """
        code = self._formats.get(self._nearest(style, self._formats), "")
        if code in self._inks and code:
            return None if code in self._ruled else self._inks[code]  # of a format in parts each has its own
        return self._inks.get(self._nearest(style, self._inks))

    def ground_of(self, style: str) -> Rgb | None:
        """The colour of the ground of a cell style: white where none says, None where a condition may give another."""
        if self._nearest(style, self._ruled) in self._ruled:
            return None
        return self._grounds.get(self._nearest(style, self._grounds), WHITE)

    def _nearest(self, style: str, told: Container[str]) -> str:
        for _ in range(_MOST_PARENTS):
            if style in told or not style:
                break
            style = self._parents.get(style, "")
        return style
