"""Notes on cells: ours go in, a note that was there stays below, and ours of an earlier copy come out again."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.submissions.container.ooxml import Edit, Element, Package, elements, inserted, splice, tag, text
from pipelines.submissions.copy.cell_marks import Place, address_of, place_of
from pipelines.submissions.copy.note_shapes import set_shapes

SIGN = "⚑ "  # a note that starts with it is ours
SEPARATOR = "\n――――――\n"  # what stands below it was there before
_AUTHOR = "Thi đua – khen thưởng"
_THREADED = "[Threaded comment]"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


@dataclass(frozen=True)
class Note:
    """One note as it stands in the comments part."""

    place: Place
    element: Element
    body: Element  # its text element
    runs: tuple[bytes, ...]  # raw runs
    words: str  # the text of all runs

    @property
    def is_ours(self) -> bool:
        return self.words.startswith(SIGN)

    @property
    def is_threaded(self) -> bool:
        return self.words.startswith(_THREADED)


def notes_part(package: Package, sheet: str) -> str | None:
    """The comments part of a sheet."""
    return next((part for kind, part in package.relations(sheet).values() if kind == "comments"), None)


def read_notes(data: bytes) -> dict[Place, Note]:
    """Every note of a comments part by its cell."""
    notes: dict[Place, Note] = {}
    of_note: list[Element] = []
    for item in (*elements(data, ("comment", "text", "r", "t")), None):
        if of_note and (item is None or item.start >= of_note[0].end):
            note = _note(data, *of_note)
            notes |= {note.place: note} if note else {}
            of_note = []
        if item and (of_note or item.name == "comment"):
            of_note.append(item)
    return notes


def _note(data: bytes, comment: Element, *inner: Element) -> Note | None:
    body = next((item for item in inner if item.name == "text"), None)
    if body is None:
        return None
    runs: list[Element] = []
    texts: list[bytes] = []
    for item in inner:
        if item.name in ("r", "t") and item.depth == body.depth + 1:
            runs.append(item)
        if item.name == "t" and runs and item.start < runs[-1].end:
            texts.append(data[item.inside : item.outside])
    raw = tuple(_run(data, item, body) for item in runs)
    return Note(place_of(comment.attributes["ref"]), comment, body, raw, _plain(b"".join(texts)))


def _run(data: bytes, item: Element, body: Element) -> bytes:
    raw = data[item.start : item.end]
    return raw if item.name == "r" else tag(body.prefix + "r", {}, raw)


def _words(run: bytes) -> str:
    joined = b"".join(run[item.inside : item.outside] for item in elements(run, ["t"]))
    return _plain(joined)


def _plain(raw: bytes) -> str:
    value = raw.decode()
    for entity, character in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&apos;", "'"),
        ("&#10;", "\n"),
        ("&amp;", "&"),
    ):
        value = value.replace(entity, character)
    return value.replace("\r\n", "\n").replace("_x000a_", "\n")


def older_runs(note: Note) -> tuple[bytes, ...]:
    """The runs of what stood there before ours; () when nothing did."""
    if not note.is_ours:
        return note.runs
    mark = SEPARATOR.strip("\n")
    at = note.words.find(mark)
    for number, run in enumerate(note.runs if at >= 0 else ()):
        words = _words(run)
        if at + len(mark) <= len(words):
            rest = words[at + len(mark) :].lstrip("\n")
            first = (_plain_run(note.body.prefix, rest),) if rest else ()
            return first + note.runs[number + 1 :]
        at -= len(words)
    return ()


def _plain_run(prefix: str, words: str, bold: bool = False) -> bytes:
    style = tag(prefix + "b", {}) if bold else b""
    style += (
        tag(prefix + "sz", {"val": "9"})
        + tag(prefix + "rFont", {"val": "Tahoma"})
        + tag(prefix + "family", {"val": "2"})
    )
    body = tag(prefix + "t", {"xml:space": "preserve"}, text(words))
    return tag(prefix + "r", {}, tag(prefix + "rPr", {}, style) + body)


def _our_runs(prefix: str, words: str, older: tuple[bytes, ...]) -> bytes:
    head, _, rest = words.partition("\n")
    runs = _plain_run(prefix, head, bold=True) + _plain_run(prefix, "\n" + rest if rest else "")
    return runs + (_plain_run(prefix, SEPARATOR) + b"".join(older) if older else b"")


def set_notes(package: Package, sheet: str, wanted: Mapping[Place, str]) -> frozenset[Place]:
    """Put our notes on a sheet and take out those of an earlier copy; the cells whose note could not be changed.

    A threaded comment is left alone: Excel owns both its forms.
    """
    part = notes_part(package, sheet)
    data = package.read(part) if part else _EMPTY_COMMENTS
    notes = read_notes(data)
    left = frozenset(place for place in wanted if place in notes and notes[place].is_threaded)
    edits, gone = _changes(notes, wanted, left, data)
    fresh = {place: words for place, words in wanted.items() if place not in notes}
    if not edits and not fresh:
        return left
    if fresh:
        edits += _additions(data, fresh)
    if part is None:
        part = package.free_name("xl/comments{}.xml")
        package.declare(part, _COMMENTS_TYPE)
        package.relate(sheet, "comments", part)
    package.changed[part] = splice(data, edits)
    set_shapes(package, sheet, fresh, gone)
    return left


def _changes(
    notes: Mapping[Place, Note], wanted: Mapping[Place, str], left: frozenset[Place], data: bytes
) -> tuple[list[Edit], set[Place]]:
    """Edits of notes that exist, and the cells that lose theirs."""
    edits: list[Edit] = []
    gone: set[Place] = set()
    for place, note in notes.items():
        older = older_runs(note)
        if place in wanted and place not in left:
            runs = _our_runs(note.body.prefix, wanted[place], older)
        elif note.is_ours and older:
            runs = b"".join(older)
        elif note.is_ours:
            gone.add(place)
            edits.append((note.element.start, note.element.end, b""))
            continue
        else:
            continue
        edits.append((note.body.start, note.body.end, tag(note.body.prefix + "text", {}, runs)))
    return edits, gone


_EMPTY_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="' + _MAIN.encode() + b'"><authors></authors><commentList></commentList></comments>'
)


def _additions(data: bytes, fresh: Mapping[Place, str]) -> list[Edit]:
    found = elements(data)
    authors = next(item for item in found if item.name == "authors")
    listed = next(item for item in found if item.name == "commentList")
    p = listed.prefix
    names = [_plain(data[item.inside : item.outside]) for item in found if item.name == "author"]
    edits: list[Edit] = []
    if _AUTHOR not in names:
        names.append(_AUTHOR)
        edits.append(inserted(data, authors, tag(p + "author", {}, text(_AUTHOR))))
    number = str(names.index(_AUTHOR))
    new = b"".join(
        tag(p + "comment", {"ref": address_of(place), "authorId": number}, tag(p + "text", {}, _our_runs(p, words, ())))
        for place, words in sorted(fresh.items())
    )
    return [*edits, inserted(data, listed, new)]


def our_notes(data: bytes) -> dict[Place, str]:
    """Our own notes of an earlier copy in a comments part: cell -> what they say."""
    if SIGN.strip().encode() not in data and b"&#" not in data:  # the sign may be written as a number
        return {}
    notes = read_notes(data).values()
    return {note.place: note.words.partition(SEPARATOR.strip("\n"))[0] for note in notes if note.is_ours}
