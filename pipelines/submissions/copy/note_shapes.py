"""The drawn boxes of notes. VML is often not well-formed XML, so it is only cut and appended to."""

import re
from collections.abc import Iterator, Mapping

from pipelines.submissions.container.ooxml import RELATIONSHIPS, Package, elements, splice, tag
from pipelines.submissions.copy.cell_marks import Place

_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPE_TAG = re.compile(rb"<(/?)(\w{1,20}):shape\b")
_NUMBER = re.compile(rb'"_x0000_s(\d{1,9})"')
_BLOCK = re.compile(rb'<\w{1,20}:idmap[^>]{0,200}\bdata="(\d{1,6})')
_NAMES = {b"v": b"urn:schemas-microsoft-com:vml"} | {
    prefix: b"urn:schemas-microsoft-com:office:" + name for prefix, name in ((b"o", b"office"), (b"x", b"excel"))
}
_AFTER_LEGACY = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
    "AlternateContent",
}
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def set_shapes(package: Package, sheet: str, fresh: Mapping[Place, str], gone: set[Place]) -> None:
    """Draw a box for each new note and take out those of notes that are gone."""
    data = package.read(sheet)
    drawn = elements(data, ["legacyDrawing"]) if b"legacyDrawing" in data else []
    legacy = next((item for item in drawn if item.depth == 1), None)
    relations = package.relations(sheet)
    part = relations[legacy.get("id") or ""][1] if legacy else None
    drawing = package.read(part) if part else _empty_vml(sum(name.endswith(".vml") for name in package.names()) + 1)
    if gone:
        drawing = splice(
            drawing, [(at, end, b"") for at, end in shapes(drawing) if _shape_place(drawing[at:end]) in gone]
        )
    if fresh:
        drawing = _named(drawing)
        if b'id="_x0000_t202"' not in drawing:
            drawing = _append(drawing, _SHAPE_TYPE)
        ids = [int(n) for n in _NUMBER.findall(drawing)]
        block = int((_BLOCK.search(drawing) or [b"", b"1"])[1]) * 1024
        first = max([block, *ids]) + 1
        boxes = [_shape(first + n, place, words) for n, (place, words) in enumerate(sorted(fresh.items()))]
        drawing = _append(drawing, b"".join(boxes))
    if part is None:
        part = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.declare_extension("vml", _VML_TYPE)
        relation = package.relate(sheet, "vmlDrawing", part)
        package.changed[sheet] = _with_legacy_drawing(data, relation)
    package.changed[part] = drawing


def shapes(drawing: bytes) -> Iterator[tuple[int, int]]:
    """Where each drawn shape begins and ends. One that is not closed before the next begins is passed over."""
    opened, at = b"", 0
    for found in _SHAPE_TAG.finditer(drawing):
        if not found[1]:
            opened, at = found[2], found.start()
        elif found[2] == opened:
            yield at, drawing.find(b">", found.end()) + 1 or len(drawing)
            opened = b""


def _named(drawing: bytes) -> bytes:
    """The drawing with the prefixes our boxes use declared at its root: a writer may have chosen others."""
    root = re.search(rb"<xml\b[^>]*", drawing)
    if root is None:
        return drawing
    missing = [prefix for prefix in _NAMES if b"xmlns:" + prefix + b"=" not in root[0]]
    said = b"".join(b' xmlns:%s="%s"' % (prefix, _NAMES[prefix]) for prefix in missing)
    return drawing[: root.end()] + said + drawing[root.end() :]


def _append(drawing: bytes, shapes: bytes) -> bytes:
    at = drawing.rindex(b"</xml>")
    return drawing[:at] + shapes + drawing[at:]


def _empty_vml(number: int) -> bytes:
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'.encode()
    return (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        b'xmlns:x="urn:schemas-microsoft-com:office:excel">' + layout + b"</xml>"
    )


def _shape_place(shape: bytes) -> Place | None:
    row, column = (re.search(rb"<\w+:%s>\s*(\d+)" % name, shape) for name in (b"Row", b"Column"))
    if b'ObjectType="Note"' not in shape or not row or not column:
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def _shape(number: int, place: Place, words: str) -> bytes:
    row, column = place[0] - 1, place[1] - 1
    height = min(4 + len(words) // 40, 14)
    top = max(row - 1, 0)
    anchor = f"{column + 1}, 15, {top}, 4, {column + 4}, 15, {top + height}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
        f'width:220pt;height:{height * 15}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    ).encode()


def _with_legacy_drawing(data: bytes, relation: str) -> bytes:
    found = elements(data, where=lambda name, _: name in _AFTER_LEGACY or name in ("worksheet", "chartsheet"))
    root = found[0]
    child = tag(root.prefix + "legacyDrawing", {"xmlns:r": RELATIONSHIPS, "r:id": relation})
    after = next((item.start for item in found if item.depth == 1), root.outside)
    return splice(data, [(after, after, child)])
