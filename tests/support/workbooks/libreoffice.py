"""LibreOffice Calc without a screen: the other program that clerks fill templates in."""

import subprocess
from pathlib import Path

_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}


def saved_again(source: Path, folder: Path, form: str = "xlsx") -> Path:
    """The workbook as LibreOffice saves it, under the same name in `folder`.

    A profile of its own: tests run side by side.
    """
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            _FILTERS[form],
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{source.stem}.{form}"
