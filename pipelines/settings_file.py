"""The settings file: one NAME=value a line, # for a note, quotes around a value that begins or ends with a blank or
holds " #".
"""

import re
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from pipelines.platform import write_whole
from pipelines.problems import SettingsUnreadable, SettingUnknown

_LINE = re.compile(
    r"""\s*(?:export\s+)?(?P<name>\w+)\s*=\s*(?P<value>"[^"]*"|'[^']*'|(?:[^\s#"']\S*(?:\s+(?!#)\S+)*)?)\s*(?:#.*)?"""
)
_OURS = "THIDUA_"


def read(file: Path, names: Collection[str]) -> dict[str, str]:
    """What the file says.

    `SettingsUnreadable` tells the line; `SettingUnknown` a name of ours, or almost one of `names`, that is none.
    """
    told: dict[str, str] = {}
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise SettingsUnreadable(file=file, line=number)
        name, value = match["name"], match["value"]
        is_ours = name.startswith(_OURS)
        near = next(iter(get_close_matches(name.upper(), names, 1, cutoff=0.7 if is_ours else 0.85)), "")
        if name not in names and (near or is_ours):
            raise SettingUnknown(file=file, line=number, name=name, known=near or ", ".join(names))
        told[name] = value[1:-1] if value[:1] in ("'", '"') else value
    return told


def write(file: Path, name: str, value: str) -> None:
    """Let the file say this of one setting; all else in it stays. A file that is not there is made."""
    line = f"{name}='{value}'" if '"' in value else f'{name}="{value}"'
    kept, is_said = list[str](), False
    for before in _lines(file) if file.exists() else ():
        match = _LINE.fullmatch(before)
        if match is None or match["name"] != name:
            kept.append(before)
        elif not is_said:
            kept.append(line)
            is_said = True
    write_whole(file, "".join(f"{one}\n" for one in (kept if is_said else [*kept, line])).encode(), mode=None)


def _lines(file: Path) -> list[str]:
    """Notepad writes UTF-8 with and without a mark, and UTF-16."""
    data = file.read_bytes()
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if error.encoding == "utf-8" else 1
        raise SettingsUnreadable(file=file, line=line) from error
