"""The clerk's own workbook handed back: wrong cells coloured, each with a note, and a first sheet that lists every
problem.

Staff codes that were issued are written into their empty cells. Parts are edited in place, so all else stays byte
for byte. Before the copy is handed out an inventory of it is compared with that of the source; a difference nobody
meant means a safer copy: the list sheet only, or the list alone as a workbook.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from pipelines.contract.checks import Finding, Severity
from pipelines.contract.workbooks import PROBLEMS_SHEET
from pipelines.palette import FILL
from pipelines.submissions.container.default_password import opened
from pipelines.submissions.container.ooxml import CannotEdit, Package, SheetPart, sheet_parts, workbook_part
from pipelines.submissions.copy import earlier_look, problem_sheet
from pipelines.submissions.copy import inventory as inventories
from pipelines.submissions.copy.cell_marks import Place, address_of, look_up, place_of, places, restyled
from pipelines.submissions.copy.cell_notes import SIGN, notes_part, our_notes, set_notes
from pipelines.submissions.copy.cell_styles import StyleBook, can_restore
from pipelines.submissions.copy.problem_sheet import Problem
from pipelines.submissions.copy.statements import statement
from pipelines.texts import say

MARKED, LISTED, REPORT = "marked", "listed", "report"  # what was made: see Annotated
Words = Callable[[Finding, str], tuple[str, str]]
_MOST_CELLS, _MOST_NOTES = 20_000, 1_000  # of one sheet; the list names the rest
_LARGE = 6_000_000  # bytes of a sheet part: colouring and comparing a larger one takes all the time a worker has
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
# whatever a workbook nobody foresaw can raise: the clerk still gets the list
_FAILURES = (CannotEdit, BadZipFile, ParseError, KeyError, ValueError, IndexError, StopIteration, OSError)


@dataclass(frozen=True)
class Annotated:
    """What came out.

    `way`: "marked" (cells and list), "listed" (list only, cells untouched), "report" (a list of its own).

    `marked` counts coloured cells; `differences` says why a fuller way was not handed out.
    """

    data: bytes
    way: str
    marked: int = 0
    differences: tuple[str, ...] = ()


def copy(
    data: bytes,
    findings: Iterable[Finding],
    lang: str = "vi",
    words: Words | None = None,
    codes: Iterable[Finding] = (),
) -> Annotated:
    """The annotated copy of a workbook. Notes (severity) are listed but colour nothing.

    `codes`: cells to be filled with their `value`; those without a cell, or whose cell cannot be touched, are listed
    as well.
    """
    data, said, codes = opened(data), words or statement, tuple(codes)
    problems = _told((*findings, *(one for one in codes if not one.cell)), said, lang)
    codes = tuple(one for one in codes if one.cell)
    refused: list[str] = []
    for way, make in ((MARKED, _marked), (LISTED, _listed)):
        try:
            package, cells, texts = make(data, problems, codes, lang)
            made = package.packed()
            wrong = _unmeant(package.untouched(), Package(made), cells, texts)
        except _FAILURES as error:
            wrong = [f"{way}: {error}"]
        if not wrong:
            return Annotated(made, way, sum(sum(found.values()) for found in cells.values()), tuple(refused))
        refused += wrong
        problems = _told((*(problem.finding for problem in problems), *codes), said, lang)
        codes = ()
    return Annotated(problem_sheet.alone(problems, lang), REPORT, 0, tuple(refused))


def report(findings: Iterable[Finding], lang: str = "vi", words: Words | None = None) -> Annotated:
    """The list alone, for a file that must not be opened or could not be copied."""
    return Annotated(problem_sheet.alone(_told(findings, words or statement, lang), lang), REPORT)


Cells = dict[str, dict[Place, bool]]  # sheet title -> cells whose look or note may change; True = wrong now
Texts = dict[str, dict[Place, str]]  # sheet title -> what is written into empty cells


def _told(findings: Iterable[Finding], said: Words, lang: str) -> list[Problem]:
    problems = [Problem(finding, *said(finding, lang)) for finding in findings]
    return sorted(problems, key=lambda problem: _WEIGHT[problem.finding.severity])


def _listed(
    data: bytes, problems: Sequence[Problem], codes: Sequence[Finding], lang: str
) -> tuple[Package, Cells, Texts]:
    package = Package(data)
    styles, part = _styles(package)
    problem_sheet.put(package, styles, problems, lang)
    package.changed[part] = styles.result()
    return package, {}, {}


def _marked(
    data: bytes, problems: Sequence[Problem], codes: Sequence[Finding], lang: str
) -> tuple[Package, Cells, Texts]:
    package = Package(data)
    styles, part = _styles(package)
    again = any(sheet.title == PROBLEMS_SHEET for sheet in sheet_parts(package))
    touched: Cells = {}
    texts: Texts = {}
    for one in codes:
        texts.setdefault(one.sheet, {})[place_of(one.cell)] = one.value
    for sheet in sheet_parts(package):
        of_sheet = [problem for problem in problems if problem.finding.sheet == sheet.title]
        if sheet.title != PROBLEMS_SHEET and sheet.kind == "worksheet" and package.sizes[sheet.part] < _LARGE:
            touched[sheet.title] = _mark_sheet(
                package, styles, sheet, of_sheet, again, lang, texts.get(sheet.title, {})
            )
    problem_sheet.put(package, styles, problems, lang)
    package.changed[part] = styles.result()
    if texts.keys() - touched.keys():
        raise CannotEdit("no room for codes")
    return package, touched, texts


def _styles(package: Package) -> tuple[StyleBook, str]:
    relations = package.relations(workbook_part(package)).values()
    part = next((part for kind, part in relations if kind == "styles"), None)
    if part is None:
        raise CannotEdit("no styles")
    return StyleBook(package.read(part)), part


def _mark_sheet(
    package: Package,
    styles: StyleBook,
    sheet: SheetPart,
    problems: Sequence[Problem],
    again: bool,
    lang: str,
    texts: dict[Place, str],
) -> dict[Place, bool]:
    """Colour and note the wrong cells of one sheet, and take back what an earlier copy did; the cells touched."""
    wrong = _by_place(problems)
    part = notes_part(package, sheet.part)
    earlier = our_notes(package.read(part)) if part else {}
    worn = (
        frozenset(n for n in range(len(styles.lists["cellXfs"])) if styles.fill_of(n) in _OURS)
        if again or earlier
        else frozenset()
    )
    if not (wrong or earlier or worn or texts):
        return {}
    cells = look_up(package.read(sheet.part), {*wrong, *earlier, *texts}, worn)
    stained = {place for place, cell in cells.cells.items() if int(cell.attributes.get("s", "0")) in worn}
    new: dict[Place, int] = {}
    notes: dict[Place, str] = {}
    for place in sorted({*wrong, *earlier, *stained}):
        style = cells.style_at(place)
        fill, locked = _before(earlier.get(place, ""), styles, style, place in stained)
        if place in wrong:
            severity, words = wrong[place]
            if can_restore(fill):
                new[place] = styles.like(style, _fill(severity), locked=False)
            if len(notes) < _MOST_NOTES:
                notes[place] = _note(severity, words, fill, locked, lang)
        elif place in stained:
            new[place] = styles.like(style, fill, locked)
    new = {place: cells.style_at(place) for place in texts} | new
    package.changed[sheet.part] = restyled(cells, new, texts)
    set_notes(package, sheet.part, notes)
    return {place: place in wrong for place in (*new, *notes, *earlier)}


def _by_place(problems: Sequence[Problem]) -> dict[Place, tuple[Severity, list[str]]]:
    """Cell -> the gravest severity and the sentences of its errors and warnings."""
    wrong: dict[Place, tuple[Severity, list[str]]] = {}
    for problem in problems:
        finding = problem.finding
        if not finding.cell or finding.severity is Severity.NOTE:
            continue
        for place in places(finding.cell, _MOST_CELLS):
            if len(wrong) < _MOST_CELLS:
                wrong.setdefault(place, (finding.severity, []))[1].append(f"{problem.what} {problem.fix}")
    return wrong


def _fill(severity: Severity) -> str:
    return f"rgb FF{FILL[severity]}"


_OURS = {_fill(severity) for severity in Severity}


def _note(severity: Severity, words: Sequence[str], fill: str, locked: bool, lang: str) -> str:
    """Our note: a heading, the sentences, and how the cell looked before where that was not plain."""
    before = earlier_look.line(fill, locked, lang) if can_restore(fill) else ""
    return "\n".join(filter(None, (SIGN + say(f"annotate.severity.{severity}", lang), *words, before)))


def _before(note: str, styles: StyleBook, style: int, stained: bool) -> tuple[str, bool]:
    """Fill and lock of a cell before any copy was made of it."""
    return earlier_look.read(note) if stained else (styles.fill_of(style), styles.is_locked(style))


def _unmeant(before: Package, after: Package, cells: Cells, texts: Texts) -> list[str]:
    """What differs although it should not: anything but look and note of the cells we meant."""
    old, new = inventories.compared(before, after, _LARGE)
    meant = {f"{title}!{address_of(place)}" for title, found in cells.items() for place in found}
    written = {
        f"{title}!{address_of(at)} value": f"text {words}"
        for title, found in texts.items()
        for at, words in found.items()
    }
    told = [key for key in inventories.differences(old, new) if not _is_meant(key, old, new, meant)]
    return [key for key in told if key in old or new.get(key) != written.get(key)]


def _is_meant(key: str, old: dict[str, str], new: dict[str, str], meant: set[str]) -> bool:
    where, _, what = key.rpartition(" ")
    if where not in meant:
        return False
    if what == "note":  # somebody's own note survives, as it was or below ours
        before = old.get(key, "")
        return before.startswith(SIGN) or new.get(key, "").endswith(before)
    return what == "look" or (what == "format" and key not in old)
