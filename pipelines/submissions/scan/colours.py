"""Which colours a cell is drawn in, as far as its file says, and whether letters are lost on their ground."""

import re
from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from pipelines.submissions.container.xml_checks import local

Rgb = tuple[int, int, int]
Ink = tuple[tuple[str, str], ...]  # the attributes of a colour as Open XML writes them; () is the automatic one
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
_ALIKE = 8  # of 255: nobody sees a difference so small
_AUTOMATIC = "64"  # its number in the palette
_HEX = re.compile(r"#?(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")  # with or without how opaque it is
# What the numbers from 8 on stand for where a workbook has no palette of its own; 0 to 7 are the first eight once more.
_PALETTE = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
_STANDARD: list[Rgb | None] = [*zip(_PALETTE[::3], _PALETTE[1::3], _PALETTE[2::3], strict=True)]
STANDARD = (*_STANDARD[:8], *_STANDARD)
_SCHEME = re.compile(rb"<(?:\w+:)?clrScheme\b.*?</(?:\w+:)?clrScheme>", re.DOTALL)
_SCHEME_COLOUR = re.compile(rb'(?:\slastClr|srgbClr\s+val)="([0-9A-Fa-f]{6})"')
_SCHEME_SIZE = 12


def lost(ink: Rgb | None, ground: Rgb | None) -> bool:
    """Whether letters have the colour of their ground. Where one of them is not known they have not."""
    return (
        ink is not None and ground is not None and all(abs(a - b) <= _ALIKE for a, b in zip(ink, ground, strict=True))
    )


def rgb_of(written: str) -> Rgb | None:
    """ "FF1F4E79", "1F4E79" or "#1f4e79"; None for anything else."""
    found = _HEX.fullmatch(written)
    if found is None:
        return None
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue


@dataclass(frozen=True)
class Colours:
    """What the colours of one workbook stand for."""

    theme: Sequence[Rgb | None] = (WHITE, BLACK)  # ground and letters of windows; the others belong to a theme
    indexed: Sequence[Rgb | None] = STANDARD

    def rgb(self, given: Mapping[str, str]) -> Rgb | None:
        """The colour of an element with these attributes; None where it is automatic or nobody can say."""
        if "rgb" in given:
            found = rgb_of(given["rgb"])
        else:
            known = self.theme if "theme" in given else self.indexed
            number = given.get("theme", given.get("indexed", ""))
            found = known[int(number)] if number.isdecimal() and len(number) < 4 and int(number) < len(known) else None
        return _tinted(found, given.get("tint", "")) if found else None

    def ink(self, given: Mapping[str, str]) -> Rgb | None:
        """The colour of letters: black where it is automatic."""
        is_automatic = not {"rgb", "theme", "indexed"} & set(given) or given.get("indexed") == _AUTOMATIC
        return BLACK if is_automatic else self.rgb(given)

    def ground(self, fill: Element) -> Rgb | None:
        """The colour of a ground: white where there is no fill, None under a pattern or a gradient."""
        pattern = next(iter(fill), None)
        if pattern is None or local(pattern.tag) != "patternFill":
            return WHITE if pattern is None else None
        kind = pattern.get("patternType", "none")
        front = next((dict(one.attrib) for one in pattern if local(one.tag) == "fgColor"), {})
        return {"none": WHITE, "solid": self.rgb(front)}.get(kind)


def _tinted(colour: Rgb, tint: str) -> Rgb:
    """Lighter or darker by a part of what is left to white or black."""
    try:
        by = max(-1.0, min(float(tint), 1.0))
    except ValueError:
        return colour
    hue, light, strength = rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + by) if by < 0 else light + (1 - light) * by
    red, green, blue = (round(part * 255) for part in hls_to_rgb(hue, light, strength))
    return red, green, blue


@lru_cache(maxsize=8)
def scheme(theme: bytes) -> Sequence[Rgb | None]:
    """The colours of a theme by the numbers cells use: dark and light stand the other way round there."""
    found = _SCHEME.search(theme)
    told = [rgb_of(one.decode()) for one in _SCHEME_COLOUR.findall(found[0])] if found else []
    return (told[1], told[0], told[3], told[2], *told[4:]) if len(told) == _SCHEME_SIZE else Colours.theme
