"""Is this file safe to open? Decided on the bytes, with limits, before any parser sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from pipelines.contract.checks import Finding, Severity
from pipelines.records.inbox import MAX_FILE
from pipelines.submissions.container.default_password import opened
from pipelines.submissions.container.file_kinds import container_of, package_of, usual_names
from pipelines.submissions.container.refusal import MAX_BOX_ALL, Refused
from pipelines.submissions.container.workbook_parts import aside, skeleton, workbook_name
from pipelines.submissions.container.xml_checks import encoding_of, plain_xml, refuse_document_type
from pipelines.submissions.container.zip_checks import Archive, PackedPart
from pipelines.submissions.scan.ods_scan import scan_ods
from pipelines.submissions.scan.rewriting import rewritten
from pipelines.submissions.scan.scan import Contents, Rewriting, Scanned, SheetScan, scan_sheet
from pipelines.submissions.scan.string_facts import string_facts
from pipelines.submissions.scan.style_facts import style_facts
from pipelines.submissions.scan.tally import CellFacts
from pipelines.submissions.scan.xls_scan import scan_xls
from pipelines.submissions.scan.xlsb_scan import scan_xlsb
from pipelines.submissions.sheets.headers import OWN_LISTS, TITLES, title_key

_XML = (".xml", ".rels", ".vml")
_LONGEST_MARK = 16
_REMEMBERED = 500  # parts that one template gives to every workbook: drawings of notes, the theme, relations
_proven: set[tuple[bool, PackedPart]] = set()


@dataclass(frozen=True)
class Inspection:
    """What the guard found. One `file.*` finding = refused: nothing else is filled and nothing may open the bytes.

    `data` is what the cell reader opens: the bytes themselves, or a plain rewriting of them where the reader would stop
    or die on an oddity (UTF-16 parts, cells without reference, unknown error codes); addresses are the same in both.
    """

    file_name: str
    container: str  # "xlsx", "xlsm", "xls", "xlsb", "ods"; "" when refused
    data: bytes
    findings: tuple[Finding, ...] = ()  # one `file.*`, or the warnings `workbook.macro`, `workbook.external_link`
    sheets: tuple[SheetScan, ...] = ()  # worksheets in workbook order
    date_1904: bool = False

    @property
    def refused(self) -> bool:
        return any(finding.code.startswith("file.") for finding in self.findings)


def inspect(data: bytes, file_name: str) -> Inspection:
    """Weigh the bytes of one file. Never raises for what is in them; the finding's `value` names the part or sheet."""
    try:
        return _inspected(data, file_name)
    except Refused as refusal:
        return Inspection(file_name, "", b"", (refusal.finding,))


def _inspected(data: bytes, file_name: str) -> Inspection:
    data = opened(data) if len(data) <= MAX_FILE else data
    if container_of(data) == "xls":
        return _other("xls", usual_names(data), file_name, scan_xls(data))
    archive = Archive(data)
    data = archive.data
    mimetype = archive.find("mimetype")
    kind = package_of(archive.folded(), archive.read(mimetype, 1_000) if mimetype else b"")
    may_be_binary = kind == "xlsx" and any(name.lower().endswith(".bin") for name in archive.names())
    if may_be_binary and workbook_name(archive).lower().endswith(".bin"):
        kind = "xlsb"  # its parts have names of their own
    if kind == "xlsx":
        return _open_xml(archive, data, file_name)
    contents = scan_ods(archive) if kind == "ods" else scan_xlsb(archive)
    for name in list(archive.unproven):
        _prove(archive, name)
    return _other(kind, data, file_name, contents)


def _other(kind: str, data: bytes, file_name: str, contents: Contents) -> Inspection:
    """A workbook that is no Open XML."""
    _refuse_wide(
        contents.sheets
    )  # the reader lays out every sheet of an .xls or .ods, whether anybody asks for it or not
    sheets = tuple(scanned.sheet for scanned in contents.sheets)
    warnings = _warnings(contents.has_macros, contents.has_external_links)
    return Inspection(file_name, kind, contents.instead or data, warnings, sheets, contents.date_1904)


def _open_xml(archive: Archive, data: bytes, file_name: str) -> Inspection:
    frame = skeleton(archive)
    if frame.has_macros and (not frame.macro_type or file_name.lower().endswith(".xlsx")):
        raise Refused("file.macro_hidden")
    styles = style_facts(archive, frame.styles_part, aside(archive, frame.theme_part))
    strings = string_facts(archive, frame.strings_part, bool(styles.veiled))
    facts = CellFacts(strings, styles)
    scans, instead = list[Scanned](), dict[str, Rewriting]()
    for entry in frame.sheets:
        if entry.kind != "worksheet":
            continue
        if title_key(entry.name) in OWN_LISTS:  # proven below like any other part; no reader opens it
            scans.append(Scanned(SheetScan(entry.name, entry.visibility), 0, None))
        else:
            scans.append(scan_sheet(archive, entry, facts))
            if rewriting := scans[-1].rewriting:
                instead[entry.part] = rewriting
    sheets = _within_reach(scans)
    for name in list(archive.unproven):
        _prove(archive, name)
    if instead or strings.lying or strings.replaced or not frame.tidy:
        data = rewritten(archive, frame, strings, instead)
    kind, warnings = "xlsm" if frame.macro_type else "xlsx", _warnings(frame.macro_type, frame.has_external_links)
    return Inspection(file_name, kind, data, warnings, sheets, frame.date_1904)


def _refuse_wide(scans: Sequence[Scanned]) -> None:
    widest = max(scans, key=lambda one: (one.sheet.is_wide, one.box), default=None)
    if widest and (widest.sheet.is_wide or sum(one.box for one in scans) > MAX_BOX_ALL):
        raise Refused("file.range_too_wide", widest.sheet.reach, widest.sheet.name)


def _within_reach(scans: Sequence[Scanned]) -> tuple[SheetScan, ...]:
    """The sheets in their order.

    Beside sheets of ours, one of the sender's own that is too wide is marked and left alone.
    """
    are_ours = [title_key(one.sheet.name) in TITLES for one in scans]
    ours = [*compress(scans, are_ours)]
    _refuse_wide(ours or scans)
    room, found = MAX_BOX_ALL - sum(one.box for one in ours), list[SheetScan]()
    for one, is_ours in zip(scans, are_ours, strict=True):
        is_wide = bool(ours) and not is_ours and (one.sheet.is_wide or one.box > room)
        room -= 0 if is_wide or is_ours else one.box
        found.append(replace(one.sheet, is_wide=is_wide))
    return tuple(found)


def _prove(archive: Archive, name: str) -> None:
    """Read a part nobody needed, for its checksum and its document type: the annotated copy opens it later.

    Equal packed bytes inflate to the same, so small parts that were proven before are not inflated again.
    """
    packed = archive.small_part(name)
    if packed is None:
        _read_through(archive, name)
    elif (key := (name.lower().endswith(_XML), packed)) not in _proven:
        _read_through(archive, name)
        if len(_proven) >= _REMEMBERED:
            _proven.clear()
        _proven.add(key)


def _read_through(archive: Archive, name: str) -> None:
    if not name.lower().endswith(_XML):
        for _ in archive.chunks(name):
            pass
        return
    before = b""
    for chunk in archive.chunks(name):
        if not before and encoding_of(chunk) != "utf-8":
            plain_xml(archive.read(name), name)
            return
        refuse_document_type(before + chunk, name)
        before = chunk[-_LONGEST_MARK:]


def _warnings(macros: bool, links: bool) -> tuple[Finding, ...]:
    codes = ["workbook.macro"] * macros + ["workbook.external_link"] * links
    return tuple(Finding(code, Severity.WARNING) for code in codes)
