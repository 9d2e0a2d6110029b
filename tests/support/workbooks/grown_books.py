"""Filled workbooks in which one thing stands so many times, or so deep: what reading and copying them costs must grow
with it.
"""

import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO

from tests.support.workbooks.filled_books import book

Change = Callable[[bytes], bytes]
_STAFF, _NOTED = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"  # Cán bộ; Tập thể
_NOTE_PARTS = {"comments": "comments.xml", "vmlDrawing": "vmlDrawing.vml"}
_WRONG = {("Cán bộ", "H4"): "Rất tốt"}


@cache
def _wrong() -> bytes:
    return book(cells=_WRONG)


def _with(changes: Mapping[str, Change], more: Mapping[str, str] | None = None) -> bytes:
    """The workbook with one wrong cell, its parts changed, and parts added."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(_wrong())) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return target.getvalue()


def _before(tag: str, text: str) -> Change:
    """Put a text before the first place where this stands."""
    return lambda data: data.replace(tag.encode(), text.encode() + tag.encode(), 1)


def _deep(n: int, name: str = "a") -> str:
    return f"<{name}>" * n + f"</{name}>" * n


def _rows(n: int, first: int = 40) -> str:
    return "".join(
        f'<row r="{r}"><c r="B{r}" t="inlineStr"><is><t>Người {r}</t></is></c></row>' for r in range(first, first + n)
    )


def _notes(n: int, words: str = "", shape: str = "", tail: str = "") -> bytes:
    """Cán bộ with n notes, and a drawing of their boxes."""
    box = (
        shape
        or '<v:shape id="_x0000_s{0}"><x:ClientData ObjectType="Note"><x:Row>{0}</x:Row><x:Column>30</x:Column></x:ClientData></v:shape>'
    )
    text = words or "<text><r><t>ghi chú</t></r></text>"
    notes = "".join(f'<comment ref="AE{r + 1}" authorId="0">{text}</comment>' for r in range(1, n + 1))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    relations = "".join(
        f'<Relationship Id="r{k}" Type="{kind}{k}" Target="/xl/{part}"/>' for k, part in _NOTE_PARTS.items()
    )
    drawing = '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    drawing += "".join(box.format(r) for r in range(1, n + 1)) + tail + "</xml>"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = '<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rvmlDrawing"/>'
    return _with(
        {_STAFF: _before("</worksheet>", link)},
        {
            "xl/comments.xml": f"<comments {main}><authors><author>x</author></authors><commentList>{notes}</commentList></comments>",
            "xl/vmlDrawing.vml": drawing,
            "xl/worksheets/_rels/sheet2.xml.rels": f"<Relationships {package}>{relations}</Relationships>",
        },
    )


def _styled(n: int) -> bytes:
    """n cell formats, n required cells that are empty, each in a format of its own."""
    font = "".join(f'<font><sz val="{k}"/></font>' for k in range(n + 40))
    xfs = "".join(f'<xf numFmtId="0" fontId="{k}" fillId="0" borderId="0"/>' for k in range(n + 40))
    cells = "".join(
        f'<row r="{r}"><c r="B{r}" t="inlineStr"><is><t>A</t></is></c><c r="H{r}" s="{r}"/></row>'
        for r in range(40, 40 + n)
    )

    def styles(data: bytes) -> bytes:
        fonts = _before("</fonts>", font)(data)
        return _before("</cellXfs>", xfs)(fonts)

    return _with({"xl/styles.xml": styles, _STAFF: _before("</sheetData>", cells)})


def _each(n: int, form: str) -> str:
    return "".join(form.format(k) for k in range(1, n + 1))


GROWN: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "notes": (800, _notes),
    "notes in runs": (40, lambda n: _notes(1, "<text>" + "<r><t>⚑ a</t></r>" * n * 100 + "</text>")),
    "notes without boxes": (800, lambda n: _notes(n, shape=" ")),
    "boxes not closed": (400, lambda n: _notes(1, tail='<v:shape id="a">' * n * 10)),
    "boxes of many prefixes": (400, lambda n: _notes(1, tail=_each(n, "<v{0}:shape>"))),
    "broken drawing": (400, lambda n: _notes(1, tail="<o:idmap " * n * 10)),
    "deep note": (2_000, lambda n: _notes(1, "<text>" + _deep(n) + "</text>")),
    "deep drawing": (2_000, lambda n: _notes(1, tail=_deep(n))),
    "wrong rows": (800, lambda n: _with({_STAFF: _before("</sheetData>", _rows(n))})),
    "wrong columns": (400, lambda n: _with({_STAFF: _before("<sheetData>", "<cols>" + _each(n, '<col min="{0}" max="{0}" width="9"/>') + "</cols>"), }) ),
    "formats": (400, _styled),
    "names": (800, lambda n: _with({"xl/workbook.xml": _before("<calcPr", "<definedNames>" + _each(n, '<definedName name="n{0}" localSheetId="1">A1</definedName>') + "</definedNames>")})),
    "deep name": (2_000, lambda n: _with({"xl/workbook.xml": _before("<calcPr", f'<definedNames><definedName name="n">{_deep(n)}</definedName></definedNames>')})),
    "deep formats": (2_000, lambda n: _with({"xl/styles.xml": _before("</styleSheet>", _deep(n, "dxfs"))})),
    "deep fonts": (2_000, lambda n: _with({"xl/styles.xml": _before("</fonts>", _deep(n, "font"))})),
    "deep sheet": (2_000, lambda n: _with({_STAFF: _before("</worksheet>", _deep(n))})),
    "deep strings": (2_000, lambda n: _with({"xl/sharedStrings.xml": _before("</si>", _deep(n, "r"))})),
    "deep properties": (2_000, lambda n: _with({"docProps/app.xml": _before("</Properties>", _deep(n))})),
    "deep types": (2_000, lambda n: _with({"[Content_Types].xml": _before("</Types>", _deep(n))})),
    "deep relations": (2_000, lambda n: _with({"xl/_rels/workbook.xml.rels": _before("</Relationships>", _deep(n))})),
    "runs in strings": (2_000, lambda n: _with({"xl/sharedStrings.xml": _before("</si>", "<r><t>a</t></r>" * n)})),
    "types": (800, lambda n: _with({"[Content_Types].xml": _before("</Types>", _each(n, '<Override PartName="/xl/a{0}.xml" ContentType="a"/>'))})),
    "relations": (800, lambda n: _with({"xl/_rels/workbook.xml.rels": _before("</Relationships>", _each(n, '<Relationship Id="q{0}" Type="a/b" Target="c{0}.xml"/>'))})),
    "parts": (150, lambda n: _with({}, {f"xl/a{k}.xml": "<a/>" for k in range(n)})),
    "merged": (800, lambda n: _with({_STAFF: _before("<pageMargins", "<mergeCells>" + _each(n, '<mergeCell ref="AA{0}:AB{0}"/>') + "</mergeCells>")})),
    "validations": (800, lambda n: _with({_STAFF: _before("<pageMargins", "<dataValidations>" + _each(n, '<dataValidation type="list" sqref="A{0}"><formula1>"a,b"</formula1></dataValidation>') + "</dataValidations>")})),
    "conditions": (800, lambda n: _with({_STAFF: _before("<pageMargins", _each(n, '<conditionalFormatting sqref="A{0}"><cfRule type="expression" priority="{0}"><formula>A1</formula></cfRule></conditionalFormatting>'))})),
    "links": (800, lambda n: _with({_STAFF: _before("<pageMargins", "<hyperlinks>" + _each(n, '<hyperlink ref="A{0}" location="A1"/>') + "</hyperlinks>")})),
}  # fmt: skip
