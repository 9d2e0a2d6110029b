"""Under which licences the packages come: their texts out of the wheels, and one list."""

import csv
import re
from pathlib import Path
from zipfile import ZipFile

from bundle.wheels import metadata

_TEXT = re.compile(r"[^/]+\.dist-info/(licen[cs]es/.+|[^/]*(licen[cs]e|copying|notice)[^/]*)", re.IGNORECASE)
_NAMED = "License :: OSI Approved :: "


def collect(wheels: Path, folder: Path) -> None:
    """`folder/list.csv` [package, version, licence, wheel, texts] and `folder/WHEEL/…` with the texts each wheel
    brings.
    """
    folder.mkdir()
    rows = []
    for wheel in sorted(wheels.glob("*.whl")):
        about = metadata(wheel)
        texts = _unpack(wheel, folder / wheel.stem)
        rows.append([about["Name"], about["Version"], _licence(wheel), wheel.name, len(texts)])
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["package", "version", "licence", "wheel", "texts"], *rows])


def _licence(wheel: Path) -> str:
    """The SPDX expression, else the classifiers, else the first line the author wrote."""
    about = metadata(wheel)
    classes = [
        str(one).removeprefix(_NAMED) for one in about.get_all("Classifier") or [] if str(one).startswith(_NAMED)
    ]
    written = (about["License"] or "").strip().splitlines()
    return about["License-Expression"] or ", ".join(classes) or (written[0] if written else "")


def _unpack(wheel: Path, folder: Path) -> list[str]:
    with ZipFile(wheel) as file:
        names = [name for name in file.namelist() if _TEXT.fullmatch(name) and not name.endswith("/")]
        for name in names:
            target = folder / name.split("/", 1)[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read(name))
    return names
