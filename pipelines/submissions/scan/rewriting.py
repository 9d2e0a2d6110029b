"""The workbook written again with nothing but what the cell reader reads, in the places where it looks."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from xml.sax.saxutils import quoteattr

from pipelines.submissions.container.workbook_parts import STRINGS, STYLES, WORKBOOK, Skeleton
from pipelines.submissions.container.xml_checks import plain_xml
from pipelines.submissions.container.zip_checks import Archive
from pipelines.submissions.scan.scan import Rewriting
from pipelines.submissions.scan.string_facts import StringFacts, without_counts

_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/{WORKBOOK}" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_STATE = {"visible": "visible", "hidden": "hidden", "very_hidden": "veryHidden"}


def rewritten(archive: Archive, skeleton: Skeleton, strings: StringFacts, sheets: Mapping[str, Rewriting]) -> bytes:
    """A workbook with the same sheets, addresses and values.

    `sheets`: part -> its new content; others stay as they are.
    """
    skeleton = replace(skeleton, sheets=tuple(sheet for sheet in skeleton.sheets if sheet.kind == "worksheet"))
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", relations([("rId1", "officeDocument", f"/{WORKBOOK}")]))
        file.writestr(WORKBOOK, _workbook(skeleton))
        places = [(sheet.kind, f"/xl/worksheets/sheet{n}.xml") for n, sheet in enumerate(skeleton.sheets, start=1)]
        extra = [("styles", f"/{STYLES}")] if skeleton.styles_part else []
        extra += [("sharedStrings", f"/{STRINGS}")] if skeleton.strings_part else []
        links = [(f"rId{n}", *link) for n, link in enumerate(places + extra, start=1)]
        file.writestr("xl/_rels/workbook.xml.rels", relations(links))
        if skeleton.styles_part:
            file.writestr(STYLES, plain_xml(archive.read(skeleton.styles_part), skeleton.styles_part))
        if skeleton.strings_part:
            _stream(file, STRINGS, _strings(archive, skeleton.strings_part, strings))
        for sheet, (_, place) in zip(skeleton.sheets, places, strict=True):
            made = sheets.get(sheet.part)
            _stream(file, place[1:], made() if made else archive.chunks(sheet.part))
    return target.getvalue()


def packed(parts: Mapping[str, Iterable[bytes]]) -> bytes:
    """A file of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, chunks in parts.items():
            _stream(file, name, chunks)
    return target.getvalue()


def _stream(file: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> None:
    with file.open(name, "w") as part:
        for chunk in chunks:
            part.write(chunk)


def _strings(archive: Archive, part: str, strings: StringFacts) -> Iterator[bytes]:
    """Without the announced numbers: the cell reader makes room for as many as are announced."""
    chunks = iter((strings.replaced,)) if strings.replaced is not None else archive.chunks(part)
    yield without_counts(next(chunks, b""))
    yield from chunks


def _workbook(skeleton: Skeleton) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{_STATE[sheet.visibility]}" r:id="rId{n}"/>'
        for n, sheet in enumerate(skeleton.sheets, start=1)
    )
    dates = '<workbookPr date1904="1"/>' if skeleton.date_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">{dates}<sheets>{sheets}</sheets></workbook>'


def relations(targets: Iterable[tuple[str, str, str]]) -> str:
    """The part of relations with these ids, kinds and targets."""
    links = "".join(
        f'<Relationship Id={quoteattr(key)} Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
