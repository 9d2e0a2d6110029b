"""XML made plain: UTF-8, without a document type. Everything behind this door may be handed to an XML parser."""

import codecs
import re
from functools import lru_cache
from xml.etree import ElementTree
from xml.parsers import expat

from pipelines.submissions.container.refusal import MB, Refused

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENCODING = re.compile(r"^(\s*<\?xml[^>]*?encoding\s*=\s*[\"'])[A-Za-z0-9._-]+")
_SINGLE_BYTE = re.compile(r"ascii|iso8859-\d+|cp125\d|cp874|koi8-[ru]")
_UTF8 = ("utf-8", "utf8", "us-ascii", "ascii")
_MOST_RECODED = 20 * MB
_MANY_TAGS, _DEEPEST = 100_000, 200
_SHARED_MOST = 32_768


def plain_xml(data: bytes, part: str) -> bytes:
    """The same XML in UTF-8; the very same object if it was plain.

    Refused: a DOCTYPE, or bytes no XML reader decodes.
    """
    encoding = encoding_of(data)
    if encoding != "utf-8":
        data = _recoded(data, encoding, part)
    elif not data.isascii():
        refuse_bad_utf8(data, part)
    refuse_document_type(data, part)
    return data


def encoding_of(start: bytes) -> str:
    """How a part is encoded, from its first bytes or its declaration."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in start[:4]:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    declared = _DECLARED.match(start[:400].removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode().lower() if declared else "utf-8"
    return "utf-8" if name in _UTF8 else name


def refuse_bad_utf8(data: bytes, part: str) -> None:
    """Bytes that are not UTF-8 where UTF-8 is declared."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("file.xml_damaged", part) from error


def refuse_document_type(data: bytes, part: str) -> None:
    """A document type brings entities: files of the server, or a text that grows without end."""
    if b"<!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise Refused("file.xml_doctype", part)


def tree(data: bytes, part: str) -> ElementTree.Element:
    """The elements of a small part, to be read only: equal parts of many workbooks share them."""
    return _remembered(data, part) if len(data) <= _SHARED_MOST else _tree(data, part)


def _tree(data: bytes, part: str) -> ElementTree.Element:
    plain = plain_xml(data, part)
    if plain.count(b"<") > _MANY_TAGS:
        _refuse_deep(plain, part)
    try:
        return ElementTree.fromstring(plain)
    except ElementTree.ParseError as error:
        raise Refused("file.xml_damaged", part) from error


_remembered = lru_cache(maxsize=64)(_tree)


def local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rpartition("}")[2]


def _refuse_deep(data: bytes, part: str) -> None:
    """Elements within elements without end: no part of a workbook needs them, and a tree of them is slow to walk."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Refused("file.xml_damaged", part)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refused("file.xml_damaged", part) from error


def _recoded(data: bytes, encoding: str, part: str) -> bytes:
    try:
        known = codecs.lookup(encoding).name
        if not (known.startswith("utf-16") or _SINGLE_BYTE.fullmatch(known)) or len(data) > _MOST_RECODED:
            raise Refused("file.xml_damaged", part)
        text = data.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError) as error:
        raise Refused("file.xml_damaged", part) from error
    return _ENCODING.sub(r"\g<1>UTF-8", text, count=1).encode()
