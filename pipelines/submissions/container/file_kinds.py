"""What kind of file is this really? The first bytes say, not the name."""

import re
from functools import cache

from pipelines.records.inbox import MAX_FILE
from pipelines.submissions.container.old_container import Container
from pipelines.submissions.container.refusal import MB, Refused

ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08",
)  # Excel 2 to 5 without a container
_BARE_EXCEL_97 = b"\x09\x08\x10\x00\x00\x06"
_USUAL_VERSION = b"\3\0"  # of the container
_OLD_DOCUMENTS = {  # a stream at the top of the container, in lower case -> whose document it is
    "worddocument": "Word",
    "powerpoint document": "PowerPoint",
    "visiodocument": "Visio",
    "__properties_version1.0": "Outlook",
}
XLS_STREAMS = ("Workbook", "Book")
_FOLDERS = {"word/": "Word", "ppt/": "PowerPoint", "visio/": "Visio"}
_MARKUP = re.compile(r"<\s*[!?a-z]|mime-version:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def container_of(data: bytes) -> str:
    """ "zip" or "xls" of allowed size; everything else is refused by its own name."""
    if not data:
        raise Refused("file.empty")
    if len(data) > MAX_FILE:
        raise Refused("file.too_large", f"{len(data) / MB:.1f} MB", limit=f"{MAX_FILE // MB} MB")
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(_OLE):
        _refuse_other_ole(data)
        return "xls"
    if data.startswith(_OLD_EXCEL):
        is_new = data.startswith(_BARE_EXCEL_97)  # written by some programs without the container of its time
        raise Refused("file.format_not_supported", ".xls (BIFF8)" if is_new else ".xls (Excel 2–5)")
    if b"%PDF-" in data[:1024]:
        raise Refused("file.pdf")
    if data.startswith(b"{\\rtf"):
        raise Refused("file.other_office", "RTF")
    text = _text(data[:65_536])
    if text is None:
        raise Refused("file.not_excel")
    raise Refused("file.web_page" if _MARKUP.match(text.lstrip()) else "file.text")


def package_of(names: set[str], mimetype: bytes) -> str:
    """Which workbook a zip file is: "xlsx" (or "xlsm"), "xlsb", "ods"; files of other programs are refused.

    `names` are the parts in lower case.
    """
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument" in mimetype:
        raise Refused("file.other_office", "OpenDocument")
    if "xl/workbook.bin" in names:
        return "xlsb"
    if others := [name for name in names if name.startswith(tuple(_FOLDERS))]:
        raise Refused("file.other_office", _FOLDERS[min(others).partition("/")[0] + "/"])
    if "[content_types].xml" not in names:
        raise Refused("file.not_excel")
    return "xlsx"


def _refuse_other_ole(data: bytes) -> None:
    """A container of old Office files without a workbook at its top.

    What is embedded in it is not asked: a letter may hold a table.
    """
    try:
        names = Container(data).streams
    except Exception as error:  # whatever the bytes lead into: its directory cannot be read
        code = "file.zip_damaged" if data[26:28] == _USUAL_VERSION else "file.read_failed"
        raise Refused(code, reason=f"{type(error).__name__}: {error}"[:200]) from error
    if "encryptedpackage" in names:
        raise Refused("file.encrypted")
    if names.isdisjoint(name.lower() for name in XLS_STREAMS):
        other = next((program for name, program in _OLD_DOCUMENTS.items() if name in names), "")
        raise Refused("file.other_office" if other else "file.not_excel", other)


@cache
def _stream(name: str) -> re.Pattern[bytes]:
    """A stream of that name in whatever letters, and not the end of a longer name."""
    return re.compile(rb"(?<![a-z]\0)" + re.escape((name + "\0").encode("utf-16-le")), re.IGNORECASE)


def usual_names(data: bytes) -> bytes:
    """An .xls whose stream is called "BOOK" or "workbook" with the name as every reader writes it; the same bytes
    otherwise.
    """
    for name in XLS_STREAMS:
        usual = (name + "\0").encode("utf-16-le")
        if found := _stream(name).search(data):
            return data if found[0] == usual else data[: found.start()] + usual + data[found.end() :]
    return data


def _text(start: bytes) -> str | None:
    """The beginning as text, None if it is binary."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    text = start.decode("utf-8-sig", errors="replace")
    return None if _CONTROL.search(text) else text
