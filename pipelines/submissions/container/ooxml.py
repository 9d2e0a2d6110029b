"""The parts of a workbook file, read by offset so that an edit leaves every other byte as it was."""

import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SMALL = 1 << 20  # bytes of a part that is unpacked once: most are asked for several times
Edit = tuple[int, int, bytes]  # replace data[start:end]


class CannotEdit(Exception):
    """A part is not laid out as this module expects; the caller takes a safer way. Never leaves the package."""


class Element(NamedTuple):
    """One element of a part by byte offsets: data[start:inside] is the start tag, data[inside:outside] its content."""

    name: str  # without prefix
    prefix: str  # "x:" or ""
    attributes: dict[str, str]  # names as written
    start: int
    inside: int
    outside: int
    end: int
    depth: int  # 0 = the root

    def get(self, local: str) -> str | None:
        """An attribute by its name without prefix."""
        return next((v for k, v in self.attributes.items() if k.rpartition(":")[2] == local), None)


def elements(
    data: bytes, wanted: Iterable[str] = (), where: Callable[[str, dict[str, str]], bool] | None = None
) -> list[Element]:
    """Elements of a part in document order: those of the wanted local names (default: all) that pass `where`."""
    names = set(wanted)
    found: list[Element | None] = []
    open_ones: list[tuple[int, str, dict[str, str], int, int] | None] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def starts(raw: str, attributes: dict[str, str]) -> None:
        local = raw.rpartition(":")[2] if ":" in raw else raw
        if (names and local not in names) or (where and not where(local, attributes)):
            open_ones.append(None)
            return
        at = parser.CurrentByteIndex
        tag = _START_TAG.match(data, at)
        if tag is None:
            raise CannotEdit(f"start tag at {at}")
        open_ones.append((len(found), raw, attributes, at, tag.end()))
        found.append(None)

    def ends(raw: str) -> None:
        opened = open_ones.pop()
        if opened is None:
            return
        place, name, attributes, start, inside = opened
        empty = data[inside - 2 : inside] == b"/>"
        outside = inside if empty else parser.CurrentByteIndex
        end = inside if empty else data.index(b">", outside) + 1
        prefix, colon, local = name.rpartition(":")
        found[place] = Element(local, prefix + colon, attributes, start, inside, outside, end, len(open_ones))

    parser.StartElementHandler, parser.EndElementHandler = starts, ends
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise CannotEdit(str(error)) from error
    return [element for element in found if element]


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with every edit made. Edits may not overlap; those at one place stay in the order given."""
    pieces, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start < at:
            raise CannotEdit(f"overlapping edits at {start}")
        pieces += [data[at:start], text]
        at = end
    return b"".join([*pieces, data[at:]])


def tag(name: str, attributes: dict[str, str], content: bytes | None = None) -> bytes:
    """One element as bytes; `content` None makes it empty."""
    head = f"<{name}" + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return (head + "/>").encode() if content is None else f"{head}>".encode() + content + f"</{name}>".encode()


def text(value: str) -> bytes:
    """Text that may stand in XML: escaped, without the characters XML forbids."""
    return escape(_FORBIDDEN.sub("", value)).encode()


def inserted(data: bytes, parent: Element, child: bytes) -> Edit:
    """The edit that appends a child, also where the parent is written as an empty tag."""
    if parent.inside < parent.end:
        return parent.outside, parent.outside, child
    name = (parent.prefix + parent.name).encode()
    return parent.inside - 2, parent.inside, b">" + child + b"</" + name + b">"


@dataclass
class Package:
    """The parts of one workbook, with the changes made so far."""

    data: bytes
    changed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._file = zipfile.ZipFile(BytesIO(self.data))  # its directory is read once, however many parts follow
        self._declared: dict[tuple[str, str], dict[str, str]] = {}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._unpacked: dict[str, bytes] = {}
        self.sizes = {info.filename: info.file_size for info in self._file.infolist()}

    def untouched(self) -> "Package":
        """The package without the changes made so far; what was unpacked already is shared."""
        other = Package(self.data)
        other._unpacked = self._unpacked
        return other

    def names(self) -> set[str]:
        return set(self.sizes) | set(self.changed)

    def read(self, name: str) -> bytes:
        if name in self.changed:
            return self.changed[name]
        if name in self._unpacked:
            return self._unpacked[name]
        try:
            data = self._file.read(name)
        except KeyError as error:
            raise CannotEdit(f"no part {name}") from error
        if len(data) <= _SMALL:
            self._unpacked[name] = data
        return data

    def free_name(self, pattern: str) -> str:
        """The first unused part name: "xl/comments{}.xml" -> "xl/comments3.xml"."""
        taken = {name.lower() for name in self.names()}
        return next(name for n in range(1, 100_000) if (name := pattern.format(n)).lower() not in taken)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """id -> (last word of the type, target part) of a part's internal relations."""
        if part not in self._relations:
            self._relations[part] = self._related(part)
        return self._relations[part]

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        name = relations_name(part)
        if name not in self.sizes and name not in self.changed:
            return {}
        return {
            rel.attributes["Id"]: (rel.attributes["Type"].rpartition("/")[2], _target(part, rel.attributes["Target"]))
            for rel in elements(self.read(name), ["Relationship"])
            if rel.attributes.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation from one part to another; its new id."""
        name = relations_name(part)
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        data = self.read(name) if name in self.names() else b'<?xml version="1.0" encoding="UTF-8"?>\n' + empty
        root, *others = elements(data)
        taken = {rel.attributes.get("Id") for rel in others}
        new = next(free for n in range(1, 100_000) if (free := f"rId{n}") not in taken)
        child = tag(
            f"{root.prefix}Relationship", {"Id": new, "Type": f"{RELATIONSHIPS}/{kind}", "Target": f"/{target}"}
        )
        self.changed[name] = splice(data, [inserted(data, root, child)])
        self._relations.pop(part, None)
        return new

    def declare(self, part: str, content_type: str) -> None:
        """Name the content type of a new part."""
        self._declared["Override", part] = {"PartName": f"/{part}", "ContentType": content_type}

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Name the content type of a file extension, unless it has one."""
        self._declared["Default", extension] = {"Extension": extension, "ContentType": content_type}

    def _types(self) -> bytes:
        """The list of content types with what was declared."""
        data = self.read(CONTENT_TYPES)
        root, *known = elements(data, ("Types", "Default"))
        extensions = {item.attributes.get("Extension", "").lower() for item in known}
        edits = [
            (at, at, tag(root.prefix + name, attributes))
            for (name, what), attributes in self._declared.items()
            for at in [root.inside if name == "Default" else root.outside]
            if name != "Default" or what not in extensions
        ]
        return splice(data, edits)

    def packed(self) -> bytes:
        """The package as a file: unchanged parts as they were, changed ones in their place, new ones at the end."""
        target = BytesIO()
        if self._declared:
            self.changed[CONTENT_TYPES] = self._types()
            self._declared.clear()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for info in self._file.infolist():
                if not info.is_dir():
                    new.writestr(_entry(info), self.changed.get(info.filename) or self.read(info.filename))
            for name, data in self.changed.items():
                if name not in self.sizes:
                    new.writestr(_entry(zipfile.ZipInfo(name)), data)
        return target.getvalue()


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def relations_name(part: str) -> str:
    """Where a part's relations are kept."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _target(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the workbook: its title, its part, and its place in workbook.xml."""

    title: str
    part: str
    kind: str  # "worksheet", "chartsheet", …
    element: Element


def workbook_part(package: Package) -> str:
    """The part that lists the sheets. CannotEdit: no Open XML in it (.xlsb, .ods)."""
    for kind, target in package.relations("").values():
        if kind == "officeDocument" and target.endswith(".xml"):
            return target
    raise CannotEdit("no workbook part")


def sheet_parts(package: Package) -> list[SheetPart]:
    """All sheets in the order of their tabs."""
    book = workbook_part(package)
    relations = package.relations(book)
    data, found = package.read(book), []
    if b"purl.oclc.org/ooxml" in data:
        raise CannotEdit("strict Open XML")
    for element in elements(data, ["sheet"]):
        kind, part = relations.get(element.get("id") or "", ("", ""))
        if not part:
            raise CannotEdit(f"sheet {element.attributes.get('name')} has no part")
        found.append(SheetPart(element.attributes["name"], part, kind, element))
    return found
