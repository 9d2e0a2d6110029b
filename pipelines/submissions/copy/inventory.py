"""Everything a workbook holds, as flat lines: two inventories compared say what an edit changed.

Keys: "Cán bộ!F17 value|format|look|note", "Cán bộ cols", "name DM_rating", "part xl/media/image1.png", …
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree

from pipelines.contract.workbooks import PROBLEMS_SHEET
from pipelines.submissions.container.ooxml import (
    CONTENT_TYPES,
    Package,
    SheetPart,
    elements,
    sheet_parts,
    workbook_part,
)
from pipelines.submissions.copy.cell_marks import address_of
from pipelines.submissions.copy.cell_notes import notes_part, read_notes
from pipelines.submissions.copy.note_shapes import shapes

_XF_PARTS = ("numFmts", "fonts", "fills", "borders")
Inventory = dict[str, str]


def compared(before: Package, after: Package, large: int) -> tuple[Inventory, Inventory]:
    """The inventories of a workbook before and after an edit, without the sheets and rows whose bytes mean the same in
    both.
    """
    (old, old_strings), (new, new_strings) = ((_formats(one), _strings(one)) for one in (before, after))
    shown: dict[str, tuple[bytes, bytes]] = {}
    if old_strings == new_strings and old.formats == new.formats[: len(old.formats)]:
        common = [sheet.part for sheet in sheet_parts(before) if sheet.part in after.names()]
        shown = {part: _differing(before, after, part) for part in common if before.sizes[part] < large}
    return (
        _lines(before, old, old_strings, large, {part: one for part, (one, _) in shown.items()}),
        _lines(after, new, new_strings, large, {part: other for part, (_, other) in shown.items()}),
    )


def _differing(before: Package, after: Package, sheet: str) -> tuple[bytes, bytes]:
    """A sheet in both packages without the rows that are the same bytes; nothing if it is the same with its notes."""
    old, new = before.read(sheet), after.read(sheet)
    if old == new and _notes(before, sheet) == _notes(after, sheet):
        return b"", b""
    end = b"</row>"
    one, other = old.split(end), new.split(end)
    if len(one) != len(other):  # a row was added
        return old, new
    last = len(one) - 1
    kept = [n for n in range(last + 1) if n in (0, last) or one[n] != other[n]]
    return end.join(one[n] for n in kept), end.join(other[n] for n in kept)


def _notes(package: Package, sheet: str) -> bytes:
    part = notes_part(package, sheet)
    return package.read(part) if part else b""


def inventory(package: Package, large: int = 1 << 40) -> Inventory:
    """Every line of a workbook but those of our own list sheet.

    The cells of a sheet part beyond `large` bytes are one line.
    """
    return _lines(package, _formats(package), _strings(package), large, {})


def _lines(
    package: Package, formats: "_Formats", shared: list[str], large: int, shown: Mapping[str, bytes]
) -> Inventory:
    """`shown`: sheet part -> what is listed of it; the others whole."""
    sheets = sheet_parts(package)
    lines = {f"styles {name}": digest for name, digest in formats.rest.items()}
    read = {CONTENT_TYPES, workbook_part(package), _styles_part(package), "docProps/app.xml"}
    drawings = set[str]()  # boxes of notes and other shapes, in VML
    lines.update(_workbook(package, sheets))
    for sheet in sheets:
        read.add(sheet.part)
        if package.sizes[sheet.part] >= large:
            data = package.read(sheet.part)
            lines[f"{sheet.title} cells"] = _digest(data[data.find(b"sheetData") :])
        elif sheet.title != PROBLEMS_SHEET:
            data = shown[sheet.part] if sheet.part in shown else package.read(sheet.part)
            lines.update(_sheet(data, package, sheet, formats, shared) if data else ())
        of_sheet = package.relations(sheet.part).values()
        read.update(part for kind, part in of_sheet if kind == "comments")
        drawings.update(part for kind, part in of_sheet if kind == "vmlDrawing")
    for name in sorted(package.names() - read):
        data = package.read(name)
        if name.endswith(".rels"):
            lines.update(_relations(package, name))
        elif name in drawings:
            found = (data[at:end] for at, end in shapes(data))
            lines |= {f"shape {_digest(shape)}": "" for shape in found if b'ObjectType="Note"' not in shape}
        elif name.endswith("sharedStrings.xml"):
            continue  # said by the cells
        else:
            lines[f"part {name}"] = _digest(data)
    return lines


def differences(before: Inventory, after: Inventory) -> list[str]:
    """The keys whose line was added, lost or changed."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _canonical(element: ElementTree.Element) -> str:
    """An element as one text, whatever prefixes and order of attributes it was written with."""
    pieces: list[str] = []
    waiting: list[ElementTree.Element | str] = [
        element
    ]  # what comes next last: as deep as it may be, no call is in a call
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        pieces.append(f"<{_local(item.tag)} {sorted(item.attrib.items())}>{item.text or ''}")
        waiting.append("</>")
        for child in reversed(item):
            waiting += (child.tail or "", child)
    return "".join(pieces)


def _styles_part(package: Package) -> str:
    relations = package.relations(workbook_part(package)).values()
    return next(part for kind, part in relations if kind == "styles")


def _formats(package: Package) -> "_Formats":
    return _formats_in(package.read(_styles_part(package)))


@lru_cache(maxsize=4)
def _formats_in(data: bytes) -> "_Formats":
    """Workbooks of one template have the same styles."""
    return _Formats(data)


class _Formats:
    """Cell styles told apart: what is seen as fill and lock ("look"), and all the rest ("format")."""

    def __init__(self, data: bytes) -> None:
        root = ElementTree.fromstring(data)
        lists = {_local(child.tag): list(child) for child in root}
        self.rest = {
            name: _digest("".join(map(_canonical, items)).encode())
            for name, items in lists.items()
            if name in ("dxfs", "cellStyles", "cellStyleXfs")
        }
        texts = {name: [_canonical(item) for item in lists.get(name, [])] for name in _XF_PARTS}
        codes = {item.get("numFmtId"): item.get("formatCode", "") for item in lists.get("numFmts", [])}
        self.formats: list[tuple[str, str]] = []
        for xf in lists.get("cellXfs", []):
            align = "".join(_canonical(child) for child in xf if _local(child.tag) != "protection")
            shield = next((child.get("locked", "1") for child in xf if _local(child.tag) == "protection"), "1")
            number = xf.get("numFmtId", "0")
            font, fill, border = (
                texts[name][int(xf.get(key, "0"))]
                for name, key in zip(_XF_PARTS[1:], ("fontId", "fillId", "borderId"), strict=True)
            )
            said = "|".join((codes.get(number, number), font, border, align, xf.get("quotePrefix", "")))
            self.formats.append(
                (_digest(said.encode()), _digest(fill.encode()) + ("" if shield in ("0", "false") else " locked"))
            )

    def of(self, style: str | None) -> tuple[str, str]:
        return self.formats[int(style or "0")]


def _workbook(package: Package, sheets: list[SheetPart]) -> Iterator[tuple[str, str]]:
    kept = [sheet.title for sheet in sheets if sheet.title != PROBLEMS_SHEET]
    yield "sheets", " · ".join(kept)
    for sheet in sheets:
        if sheet.title != PROBLEMS_SHEET:
            yield f"state {sheet.title}", sheet.element.attributes.get("state", "visible")
    root = ElementTree.fromstring(package.read(workbook_part(package)))
    titles = [sheet.title for sheet in sheets]
    for child in root:
        name = _local(child.tag)
        if name == "definedNames":
            for item in child:
                scope = item.attrib.pop("localSheetId", None)
                where = titles[int(scope)] + "!" if scope is not None else ""
                yield f"name {where}{item.attrib['name']}", _canonical(item)
        elif name not in ("sheets", "bookViews"):
            yield f"workbook {name}", _canonical(child)


def _relations(package: Package, name: str) -> Iterator[tuple[str, str]]:
    for item in elements(package.read(name), ["Relationship"]):
        kind = item.attributes["Type"].rpartition("/")[2]
        if kind not in ("comments", "vmlDrawing", "worksheet"):
            yield f"relation {name} {item.attributes['Id']}", f"{kind} {item.attributes['Target']}"


def _sheet(
    data: bytes, package: Package, sheet: SheetPart, formats: _Formats, shared: list[str]
) -> Iterator[tuple[str, str]]:
    """Lines of one sheet: cells with a value or a style of their own, rows, and every other element as it is."""
    root = ElementTree.fromstring(data)
    seen: dict[str, int] = {}
    for child in root:
        name = _local(child.tag)
        if name == "sheetData":
            for row in child:
                yield from _row(sheet.title, row, formats, shared)
        elif name == "cols":
            for col in child:
                look = " ".join(formats.of(col.get("style")))
                kept = sorted((key, value) for key, value in col.attrib.items() if key != "style")
                yield f"{sheet.title} column {col.get('min')}", f"{kept} {look}"
        elif name != "legacyDrawing":
            if name == "sheetViews":
                for view in child:
                    view.attrib.pop("tabSelected", None)
            seen[name] = seen.get(name, 0) + 1
            yield f"{sheet.title} {name} {seen[name]}", _canonical(child)
    part = notes_part(package, sheet.part)
    for place, note in (read_notes(package.read(part)) if part else {}).items():
        yield f"{sheet.title}!{address_of(place)} note", note.words


def _row(title: str, row: ElementTree.Element, formats: _Formats, shared: list[str]) -> Iterator[tuple[str, str]]:
    own = {key: value for key, value in row.attrib.items() if key not in ("r", "s", "spans")}
    if own:
        yield f"{title} row {row.get('r')}", f"{sorted(own.items())} {formats.of(row.get('s'))}"
    for cell in row:
        at = f"{title}!{cell.get('r', '').upper()}"
        form, look = formats.of(cell.get("s"))
        yield f"{at} format", form
        yield f"{at} look", look
        value = _value(cell, shared)
        if value:
            yield f"{at} value", value


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    parts = []
    for child in cell:
        name = _local(child.tag)
        if name == "v" and cell.get("t") == "s":
            parts.append("text " + shared[int(child.text or "0")])
        elif name == "v":
            parts.append(f"{cell.get('t', 'n')} {child.text}")
        elif name == "is":
            parts.append("text " + _inside(child))
        else:
            parts.append(_canonical(child))
    return " ".join(parts)


def _strings(package: Package) -> list[str]:
    relations = package.relations(workbook_part(package)).values()
    part = next((part for kind, part in relations if kind == "sharedStrings"), None)
    return [_inside(item) for item in ElementTree.fromstring(package.read(part))] if part else []


def _inside(item: ElementTree.Element) -> str:
    plain = [child for child in item if _local(child.tag) == "t"]
    return plain[0].text or "" if len(item) == len(plain) == 1 else "".join(map(_canonical, item))
