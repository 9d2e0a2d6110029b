"""What styles.xml says that the cell reader loses: dates, numbers shown otherwise than they are kept, fonts of the old
encodings.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from pipelines.submissions.container.refusal import MAX_STYLES, MB, Refused
from pipelines.submissions.container.xml_checks import local, tree
from pipelines.submissions.container.zip_checks import Archive
from pipelines.submissions.scan.colours import STANDARD, WHITE, Colours, rgb_of, scheme
from pipelines.submissions.scan.unseen import Paint, may_veil
from pipelines.submissions.values.number_formats import BUILT_IN, bare, divisor, is_percent, is_turned

_MOST = 16 * MB
_BUILT_IN_DATES = {14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47}
_LITERAL = r'(?:"[^"]*"|\\.|[-_ ./])*'
_ZEROS = re.compile(rf"({_LITERAL})(0+)({_LITERAL})(?:;.*)?")
LEGACY_FONT = re.compile(r"\.Vn|VNI-", re.IGNORECASE)  # TCVN3 (ABC) fonts and VNI fonts


Zeros = tuple[str, int, str]  # text before, digits at least, text behind


@dataclass(frozen=True)
class StyleFacts:
    """By the number in a cell's `s`."""

    dates: frozenset[int] = frozenset()
    zeros: dict[int, Zeros] = field(default_factory=dict)
    legacy_fonts: dict[int, str] = field(default_factory=dict)
    scaled: dict[int, str] = field(default_factory=dict)  # -> format of per cent or of thousands
    turned: dict[int, str] = field(default_factory=dict)  # -> format under which an entry is no longer what was typed
    struck: frozenset[int] = frozenset()  # a font with a line through it
    struck_rules: frozenset[int] = (
        frozenset()
    )  # looks that a conditional format gives, by their own numbers, with such a line
    colours: Colours = field(default_factory=Colours)
    paints: Sequence[Paint] = ()
    veiled: frozenset[int] = frozenset()  # under which some values are not seen, or none

    @property
    def telling(self) -> frozenset[int]:
        """Styles for which a cell must be looked at one by one."""
        looks = (self.zeros, self.legacy_fonts, self.scaled, self.turned, self.struck)
        return frozenset().union(*looks)


def style_facts(archive: Archive, part: str | None, theme: bytes = b"") -> StyleFacts:
    """Read the styles part; nothing where there is none. Refused: more cell formats than Excel itself allows."""
    if part is None:
        return StyleFacts()
    if archive.size(part) > _MOST:
        raise Refused("file.too_many_styles", limit=MAX_STYLES)
    data = archive.read(part, _MOST)
    if data.count(b"xf ") > 2 * MAX_STYLES:  # before the tree is built: it takes ten times the bytes
        raise Refused("file.too_many_styles", limit=MAX_STYLES)
    return _read(data, theme, part)


@lru_cache(maxsize=32)
def _read(data: bytes, theme: bytes, part: str) -> StyleFacts:
    """Workbooks of one template share their styles to the byte."""
    groups = {local(group.tag): list(group) for group in tree(data, part)}
    formats = groups.get("cellXfs", [])
    if len(formats) > MAX_STYLES:
        raise Refused("file.too_many_styles", str(len(formats)), limit=MAX_STYLES)
    codes = {number(item, "numFmtId"): item.get("formatCode", "") for item in groups.get("numFmts", [])}
    fonts = [_font_name(font) for font in groups.get("fonts", [])]
    lined = {place for place, font in enumerate(groups.get("fonts", [])) if any(map(_strikes, font))}
    dates, zeros, legacy, scaled, turned, struck = set(), {}, {}, {}, {}, set()
    for index, item in enumerate(formats):
        shown, font = number(item, "numFmtId"), number(item, "fontId")
        code = codes.get(shown, BUILT_IN.get(shown, ""))
        if is_turned(code):
            turned[index] = code
        if is_scaled(code):
            scaled[index] = code
        elif shown in _BUILT_IN_DATES or _is_date(code):
            dates.add(index)
        elif style := zeros_of(code):
            zeros[index] = style
        if 0 <= font < len(fonts) and LEGACY_FONT.match(fonts[font]):
            legacy[index] = fonts[font]
        if font in lined:
            struck.add(index)
    rules = {
        place for place, look in enumerate(groups.get("dxfs", [])) if any(any(map(_strikes, part)) for part in look)
    }
    colours = _colours(groups, theme)
    paints = _paints(groups, codes, colours)
    looks = (zeros, legacy, scaled, turned, frozenset(struck), frozenset(rules), colours, paints, veiled_among(paints))
    return StyleFacts(frozenset(dates), *looks)


def _colours(groups: Mapping[str, Sequence[Element]], theme: bytes) -> Colours:
    """The colours of a workbook with this theme, and with a palette of its own where it has one."""
    palette = next((part for part in groups.get("colors", ()) if local(part.tag) == "indexedColors"), ())
    own = tuple(rgb_of(one.get("rgb", "")) for one in palette)
    return Colours(scheme(theme), own + STANDARD[len(own) :])


def _paints(groups: Mapping[str, Sequence[Element]], codes: Mapping[int, str], colours: Colours) -> list[Paint]:
    """How each cell style draws a value."""
    fonts = [
        next((dict(one.attrib) for one in font if local(one.tag) == "color"), {}) for font in groups.get("fonts", ())
    ]
    inks = dict(enumerate(map(colours.ink, fonts)))
    grounds = dict(enumerate(map(colours.ground, groups.get("fills", ()))))
    return [
        Paint(
            inks.get(max(number(item, "fontId"), 0)),
            grounds.get(max(number(item, "fillId"), 0), WHITE),
            codes.get(number(item, "numFmtId"), ""),
        )
        for item in groups.get("cellXfs", ())
    ]


def veiled_among(paints: Sequence[Paint]) -> frozenset[int]:
    """The numbers of those under which some values are not seen."""
    of = {paint: may_veil(paint) for paint in set(paints)}
    return frozenset(place for place, paint in enumerate(paints) if of[paint])


@lru_cache(maxsize=2_000)
def facts_of(code: str) -> StyleFacts:
    """What one number format says, as that of style 0."""
    zeros = zeros_of(code)
    scaled, turned = ({0: code} if told(code) else {} for told in (is_scaled, is_turned))
    return StyleFacts(zeros={0: zeros} if zeros else {}, scaled=scaled, turned=turned)


def is_scaled(code: str) -> bool:
    """A format of per cent or of thousands."""
    return is_percent(code) or divisor(code) > 1


def number(item: Element, name: str) -> int:
    """A whole-number attribute, -1 where it is none."""
    given = item.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def zeros_of(code: str) -> Zeros | None:
    """The format "000" and its like; None for one under which a number looks like a number."""
    found = _ZEROS.fullmatch(code)
    if found is None or not (len(found[2]) > 1 or found[1] or found[3]):
        return None
    return _plain(found[1]), len(found[2]), _plain(found[3])


def shown_as(value: str, style: Zeros) -> str | None:
    """What a cell with a format of zeros shows: 7 under "000" is "007". None unless the value is a whole number."""
    try:
        whole = float(value)
    except ValueError:
        return None
    if not whole.is_integer() or not 0 <= whole < 1e15:
        return None
    before, digits, behind = style
    return f"{before}{int(whole):0{digits}d}{behind}"


def _font_name(font: Element) -> str:
    return next((item.get("val", "") for item in font if local(item.tag) == "name"), "")


def _strikes(item: Element) -> bool:
    return strikes(local(item.tag), item.get("val", "1"))


def strikes(tag: str, value: str) -> bool:
    """Whether an element of a font draws a line through the text."""
    return tag == "strike" and value not in ("0", "false")


def _is_date(code: str) -> bool:
    shape = bare(code).lower()
    return any(letter in shape for letter in "dmyh") and "general" not in shape


def _plain(literal: str) -> str:
    return re.sub(r"\\(.)|\"([^\"]*)\"", lambda found: found[1] or found[2] or "", literal)
