"""Whether a workbook belongs to a demo: a property of the document says so, which Excel and LibreOffice keep."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MARK, MARKED = "ThiDuaMoPhong", "1"  # name and value of the property
_PARTS = ("docProps/custom.xml", "meta.xml")  # of .xlsx, .xlsm, .xlsb; of .ods
_ENOUGH = 100_000  # bytes


def is_of_a_demo(data: bytes) -> bool:
    """Asked of bytes that the guard has let pass. An .xls holds the name somewhere in its bytes."""
    if not data.startswith(b"PK"):
        return MARK.encode() in data or MARK.encode("utf-16-le") in data
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                if name in _PARTS:
                    with package.open(name) as part:
                        return MARK.encode() in part.read(_ENOUGH)
    except (BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        return False
    return False
