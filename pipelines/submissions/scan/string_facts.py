"""What the shared strings say that the cell reader trusts or loses: how many there are, which are blank, old fonts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.parsers import expat

from pipelines.submissions.container.refusal import MB, Refused
from pipelines.submissions.container.xml_checks import encoding_of, plain_xml, refuse_bad_utf8
from pipelines.submissions.container.zip_checks import Archive
from pipelines.submissions.scan.colours import Ink
from pipelines.submissions.scan.style_facts import LEGACY_FONT, strikes

_ROOT = re.compile(rb"<(?:[\w.-]+:)?sst\b[^>]*>")
_COUNT = re.compile(rb"\suniqueCount\s*=\s*(?:\"(\d*)\"|'(\d*)')")
_DIGITS = 18  # of a number that is looked at: more of them say the same
_BLANK = re.compile(rb"<si>(?!<t>[^\s<])\s*(?:<t[^>]*/>|<t[^>]*>\s*</t>)?\s*</si>")
_OLD_FONT = re.compile(rb"rFont val=[\"'](?:\.vn|vni-)", re.IGNORECASE)
# White, or nearly: what is lost on a sheet without a fill
_PALE = re.compile(
    rb"<color\b[^>]*?\s(?:theme=[\"']0|indexed=[\"'][19][\"']|rgb=[\"'](?:[0-9a-f]{2})?(?:f[7-9a-f]){3}[\"'])",
    re.IGNORECASE,
)
_HEAD_MOST = 65_536
_ELEMENT_MOST = 32 * MB


Looks = frozenset[bool | None]  # of the runs of a text: struck out, not, or (None) as the font of the cell
Inks = frozenset[Ink | None]  # of the runs of a text; None is as the font of the cell


class Line(Enum):
    """How much of the text of a cell is struck out."""

    NONE = "none"
    PART = "part"
    ALL = "all"


def line_through(looks: Iterable[bool | None], is_cell_struck: bool) -> Line:
    """From the runs of a text and the font of its cell."""
    found = {is_cell_struck if look is None else look for look in looks} or {is_cell_struck}
    return Line.PART if len(found) > 1 else Line.ALL if True in found else Line.NONE


@dataclass(frozen=True)
class StringFacts:
    """`blank` and `legacy_fonts` by the number of the string. `replaced`: the part in plain UTF-8, if it was not."""

    count: int = 0
    blank: frozenset[int] = frozenset()
    legacy_fonts: dict[int, str] = field(default_factory=dict)
    struck: dict[int, Looks] = field(default_factory=dict)  # how its runs are, where the font of the cell is not all
    inks: dict[int, Inks] = field(default_factory=dict)  # of the same strings
    lying: bool = False  # more strings announced than there are: the cell reader would make room for them
    replaced: bytes | None = None


def string_facts(archive: Archive, part: str | None, are_cells_pale: bool = False) -> StringFacts:
    """Read the shared strings; nothing where there are none. Ordinary ones are only counted, odd ones are parsed.

    `are_cells_pale`: cells have letters in the colour of their ground, unless a run of the text has another one.
    """
    if part is None:
        return StringFacts()
    head, last, count, blank = b"", b"", 0, set[int]()
    for text in _whole_elements(archive, part):
        head, last = head or text[:_HEAD_MOST], text
        if _is_odd(text, part) or (b"<rPr" in text and (are_cells_pale or _PALE.search(text))):
            return _parsed(archive, part)
        blank.update(_blanks(text, count))
        count += text.count(b"<si>")
    if not last.rstrip().endswith(b"</sst>"):
        return _parsed(archive, part)
    return StringFacts(count, frozenset(blank), lying=_announced(head) > count)


def without_counts(head: bytes) -> bytes:
    """The beginning of the part without what it announces."""
    root = _ROOT.search(head)
    return head if root is None else head[: root.start()] + _COUNT.sub(b"", root[0]) + head[root.end() :]


def _whole_elements(archive: Archive, part: str) -> Iterator[bytes]:
    """The part in pieces that end behind a string, so that no tag and no letter is torn.

    The last piece ends the part.
    """
    rest = b""
    for chunk in archive.chunks(part):
        rest += chunk
        if len(rest) > _ELEMENT_MOST:
            raise Refused("file.zip_bomb", part)
        cut = rest.rfind(b"</si>") + 5
        if cut >= 5:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _is_odd(text: bytes, part: str) -> bool:
    if encoding_of(text) != "utf-8" or b"<!" in text or b":si" in text or text.count(b"<si") != text.count(b"<si>"):
        return True
    if (b"rFont" in text and _OLD_FONT.search(text)) or b"<strike" in text:
        return True
    if not text.isascii():
        refuse_bad_utf8(text, part)
    return False


def _blanks(text: bytes, number: int) -> Iterator[int]:
    """Numbers of the blank strings in a piece that begins with string `number`."""
    at = 0
    for found in _BLANK.finditer(text):
        number += text.count(b"<si>", at, found.start())
        at = found.start()
        yield number


def _announced(head: bytes) -> int:
    root = _ROOT.search(head)
    return max((int((a or b or b"0")[:_DIGITS]) for a, b in _COUNT.findall(root[0])), default=0) if root else 0


def _parsed(archive: Archive, part: str) -> StringFacts:
    raw = archive.read(part)
    data = plain_xml(raw, part)
    reader = _StringReader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refused("file.xml_damaged", part) from error
    replaced = data if data is not raw else None
    lying = _announced(data[:_HEAD_MOST]) > reader.count
    return StringFacts(reader.count, frozenset(reader.blank), reader.fonts, reader.struck, reader.inks, lying, replaced)


@dataclass
class Runs:
    """Which runs of one text are struck out, and their colours: fed with its elements."""

    _run: bool | None = None  # of the run at hand; None where the font of the cell counts
    _ink: Ink | None = None
    _looks: set[bool | None] = field(default_factory=set)
    _inks: set[Ink | None] = field(default_factory=set)

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "r":
            self._run, self._ink = None, None
        elif name == "rPr":
            self._run, self._ink = False, ()
        elif name == "color":
            self._ink = tuple(given.items())
        elif strikes(name, given.get("val", "1")):
            self._run = True

    def text(self, text: str) -> None:
        if text.strip():
            self._looks.add(self._run)
            self._inks.add(self._ink)

    @property
    def looks(self) -> Looks:
        """Of all runs; nothing where the font of the cell alone decides."""
        return frozenset(self._looks) if self._looks - {None} else frozenset()

    @property
    def inks(self) -> Inks:
        """Of all runs; nothing where the font of the cell alone decides."""
        return frozenset(self._inks) if self._inks - {None} else frozenset()


class _StringReader:
    """Counts strings and remembers the blank ones and those with a run in an old font."""

    def __init__(self) -> None:
        self.count, self.blank, self.fonts, self.struck = 0, set[int](), dict[int, str](), dict[int, Looks]()
        self.inks: dict[int, Inks] = {}
        self._runs = Runs()
        self._in_text, self._filled = False, False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._runs.start(name, attributes)
        if name == "si":
            self._filled, self._runs = False, Runs()
        elif name == "t":
            self._in_text = True
        elif name == "rFont" and LEGACY_FONT.match(attributes.get("val", "")):
            self.fonts.setdefault(self.count, attributes["val"])

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._in_text = False
        elif name == "si":
            if not self._filled:
                self.blank.add(self.count)
            if self._runs.looks:
                self.struck[self.count], self.inks[self.count] = self._runs.looks, self._runs.inks
            self.count += 1

    def _text(self, text: str) -> None:
        self._filled = self._filled or (self._in_text and not text.isspace())
        if self._in_text:
            self._runs.text(text)
