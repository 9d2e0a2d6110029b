"""The skeleton of a workbook: its kind, its sheets with their parts, and what else it carries."""

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from pipelines.submissions.container.ooxml import relations_name
from pipelines.submissions.container.refusal import MAX_SHEETS, MB, Refused
from pipelines.submissions.container.xml_checks import encoding_of, local, plain_xml, refuse_document_type, tree
from pipelines.submissions.container.zip_checks import Archive

WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"  # where the cell reader looks
THEME = "xl/theme/theme1.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_SMALL = 8 * MB
MACRO_SHEETS = ("xlmacrosheet", "xlintlmacrosheet")
_VISIBILITY = {"hidden": "hidden", "veryHidden": "very_hidden"}
_READ = ("worksheet", "sharedStrings", "styles")
_TRUE = ("1", "true", "on")


@dataclass(frozen=True)
class SheetEntry:
    """One tab. `kind` is the last word of its relation: "worksheet", "chartsheet", …"""

    name: str
    visibility: str
    kind: str
    part: str


@dataclass(frozen=True)
class Relation:
    """A relation of the workbook. `plain`: its target is written the way every reader understands."""

    kind: str  # last word of the type
    written: str
    target: str
    external: bool
    plain: bool


@dataclass(frozen=True)
class Skeleton:
    """What workbook.xml and its relations say. `tidy`: the cell reader finds every part by itself."""

    macro_type: bool  # the file says it may hold macros (.xlsm)
    has_macros: bool
    has_external_links: bool
    date_1904: bool
    sheets: tuple[SheetEntry, ...]
    strings_part: str | None
    styles_part: str | None
    theme_part: str | None
    tidy: bool


def skeleton(archive: Archive) -> Skeleton:
    """Read the skeleton. Refused: no workbook, no sheet, too many, a sheet without a part of its own."""
    types = content_types(archive)
    book_name = workbook_name(archive)
    raw = archive.read(book_name, _SMALL)
    book = tree(raw, book_name)
    relations = relations_of(archive, book_name)
    sheets = tuple(_sheets(archive, book, relations))
    strings = _target_of(archive, relations, "sharedstrings", STRINGS)
    styles = _target_of(archive, relations, "styles", STYLES)
    at_home = (strings or STRINGS, styles or STYLES, book_name) == (STRINGS, STYLES, WORKBOOK)
    plain = all(relation.plain for relation in relations.values() if relation.kind in _READ and not relation.external)
    macro_sheet = any(sheet.kind.lower() in MACRO_SHEETS for sheet in sheets)
    main = types.get("/" + book_name.lower(), "")
    kinds = {relation.kind.lower() for relation in relations.values()}
    return Skeleton(
        macro_type="macroenabled" in main,
        has_macros=macro_sheet or "vbaproject" in kinds or has_macros(archive, types),
        has_external_links="externallink" in kinds or any("/externallinks/" in name for name in archive.folded()),
        date_1904=any(local(e.tag) == "workbookPr" and e.get("date1904") in _TRUE for e in book),
        sheets=sheets,
        strings_part=strings,
        styles_part=styles,
        theme_part=_target_of(archive, relations, "theme", THEME),
        tidy=at_home and plain and encoding_of(raw) == "utf-8" and not macro_sheet and _has_usual_states(book),
    )


def _has_usual_states(book: Element) -> bool:
    """Whether every sheet is visible, hidden or very hidden.

    Another word is taken for visible; the cell reader stops at it.
    """
    entries = (entry for group in book if local(group.tag) == "sheets" for entry in group)
    return all(entry.get("state", "visible") in ("visible", *_VISIBILITY) for entry in entries)


def has_macros(archive: Archive, types: dict[str, str]) -> bool:
    """Whether a part holds macros, by its name or its content type."""
    by_name = any(name.endswith("vbaproject.bin") for name in archive.folded())
    return by_name or any("vbaproject" in kind or "macrosheet" in kind for kind in types.values())


def content_types(archive: Archive) -> dict[str, str]:
    """Part (lower case, with a leading slash) -> content type (lower case)."""
    name = archive.find(_CONTENT_TYPES)
    if name is None:
        raise Refused("file.not_excel")
    root = tree(archive.read(name, _SMALL), name)
    return {e.get("PartName", "").lower(): e.get("ContentType", "").lower() for e in root if local(e.tag) == "Override"}


def aside(archive: Archive, part: str | None) -> bytes:
    """A part on which no value depends; nothing where there is none, or where it is larger than any is."""
    if part is None or archive.size(part) > MB:
        return b""
    data = archive.read(part)
    refuse_document_type(data, part)
    return data if encoding_of(data) == "utf-8" else plain_xml(data, part)


def workbook_name(archive: Archive) -> str:
    """The part that lists the sheets. Refused: there is none."""
    for relation in relations_of(archive, "").values():
        name = archive.find(relation.target) if relation.kind == "officeDocument" else None
        if name:
            return name
    raise Refused("file.workbook_missing")


def relations_of(archive: Archive, part: str) -> dict[str, Relation]:
    """id -> (last word of the type, target part, external) of a part's relations."""
    name = archive.find(relations_name(part))
    if name is None:
        return {}
    found = {}
    for relation in tree(archive.read(name, _SMALL), name):
        kind = relation.get("Type", "").rpartition("/")[2]
        written = relation.get("Target", "")
        target = written.lstrip("/") if written.startswith("/") else normpath(join(dirname(part), written))
        plain = target in (f"xl/{written}", written[1:]) and archive.find(target) == target
        found[relation.get("Id", "")] = Relation(kind, written, target, relation.get("TargetMode") == "External", plain)
    return found


def _sheets(archive: Archive, book: Element, relations: dict[str, Relation]) -> list[SheetEntry]:
    entries = [e for group in book if local(group.tag) == "sheets" for e in group if local(e.tag) == "sheet"]
    if not entries:
        raise Refused("file.workbook_missing")
    if len(entries) > MAX_SHEETS:
        raise Refused("file.too_many_sheets", str(len(entries)), limit=MAX_SHEETS)
    found: list[SheetEntry] = []
    for entry in entries:
        title = entry.get("name", "")
        key = next((value for name, value in entry.attrib.items() if local(name) == "id"), "")
        relation = relations.get(key)
        part = None if relation is None or relation.external else archive.find(relation.target)
        if relation is None or part is None or any(part == other.part for other in found):
            raise Refused("file.sheet_missing", title)
        if any(title == other.name for other in found):
            raise Refused("file.xml_damaged", title)
        visibility = _VISIBILITY.get(entry.get("state", ""), "visible")
        found.append(SheetEntry(title, visibility, relation.kind, part))
    return found


def _target_of(archive: Archive, relations: dict[str, Relation], kind: str, usual: str) -> str | None:
    for relation in relations.values():
        if relation.kind.lower() == kind and not relation.external:
            return archive.find(relation.target)
    return archive.find(usual)
