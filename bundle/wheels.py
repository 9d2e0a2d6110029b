"""Wheels of the exact versions for machines without a network, and the proof that nothing is missing there."""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from pipelines import packages
from pipelines.platform import sha256_of

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_GLIBC = (5, 12, 17, 24, 26, 27, 28)  # 2.x; 2.28: Debian 10, Ubuntu 18.10, RHEL 8 and newer


@dataclass(frozen=True)
class Target:
    """A kind of machine: the wheels it takes, best first, and what its environment markers say."""

    name: str
    platforms: tuple[str, ...]
    markers: tuple[tuple[str, str], ...]

    @property
    def environment(self) -> dict[str, str]:
        """Markers of this kind of machine under the running Python's version. pip would take those of the machine it
        runs on.
        """
        own = {name: str(value) for name, value in default_environment().items()}
        return own | {"extra": ""} | dict(self.markers)

    @property
    def tags(self) -> frozenset[Tag]:
        """Every tag a wheel for it may have."""
        version = sys.version_info[:2]
        own = cpython_tags(version, platforms=self.platforms)
        return frozenset([*own, *compatible_tags(version, f"cp{version[0]}{version[1]}", self.platforms)])


LINUX = Target(
    "Linux x86_64",
    (
        *(f"manylinux_2_{minor}_x86_64" for minor in reversed(_GLIBC)),
        "manylinux2014_x86_64",
        "manylinux2010_x86_64",
        "manylinux1_x86_64",
        "linux_x86_64",
    ),
    (("os_name", "posix"), ("sys_platform", "linux"), ("platform_system", "Linux"), ("platform_machine", "x86_64")),
)
WINDOWS = Target(
    "Windows x64",
    ("win_amd64",),
    (("os_name", "nt"), ("sys_platform", "win32"), ("platform_system", "Windows"), ("platform_machine", "AMD64")),
)
TARGETS = (LINUX, WINDOWS)


def listed(*files: Path) -> list[Requirement]:
    """The requirements of these lists, each once."""
    return list(dict.fromkeys(requirement for file in files for requirement in packages.listed(file)))


def wanted(requirements: Iterable[Requirement], target: Target) -> list[Requirement]:
    """Those that hold on a kind of machine."""
    return [one for one in requirements if one.marker is None or one.marker.evaluate(target.environment)]


def fetch(requirements: Iterable[Requirement], target: Target, folder: Path) -> None:
    """Download the wheels that are not there yet (or take them from pip's cache); `CalledProcessError` if one is not to
    be had.
    """
    there = {(name, version) for name, version, tags, _ in _wheels(folder) if tags & target.tags}
    pins = [one for one in wanted(requirements, target) if (canonicalize_name(one.name), _exact(one)) not in there]
    places = [word for platform in target.platforms for word in ("--platform", platform)]
    how = [
        "--no-deps",
        "--only-binary=:all:",
        "--implementation",
        "cp",
        "--python-version",
        PYTHON,
        "--dest",
        str(folder),
    ]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    if pins:
        subprocess.run([*pip, *how, *places, *(f"{one.name}{one.specifier}" for one in pins)], check=True)


def altered(lists: Iterable[Path], folder: Path) -> list[str]:
    """Wheels whose bytes are none of those that the lists name: on the other machine pip would refuse them."""
    known = {
        sha for file in lists for sha in re.findall(r"--hash=sha256:([0-9a-f]{64})", file.read_text(encoding="utf-8"))
    }
    return [path.name for path in sorted(folder.glob("*.whl")) if sha256_of(path) not in known]


def missing(requirements: Iterable[Requirement], target: Target, folder: Path) -> list[str]:
    """What these requirements and all they lead to would ask the network for on that kind of machine: must be empty."""
    there = {name: (version, path) for name, version, tags, path in _wheels(folder) if tags & target.tags}
    lacking: list[str] = []
    seen: set[tuple[str, str]] = set()
    waiting = [(one, "requirements.txt") for one in wanted(requirements, target)]
    while waiting:
        one, asker = waiting.pop()
        name = canonicalize_name(one.name)
        version, path = there.get(name, (None, None))
        if path is None or not one.specifier.contains(str(version), prereleases=True):
            lacking.append(f"{one} ({asker})")
            continue
        for extra in {"", *one.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            waiting += [(need, path.name) for need in _needs(path, target, extra)]
    return sorted(lacking)


def metadata(wheel: Path) -> Message:
    """The METADATA of a wheel."""
    with ZipFile(wheel) as file:
        (place,) = [name for name in file.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        return HeaderParser().parsestr(file.read(place).decode("utf-8"))


def _exact(pin: Requirement) -> Version:
    (one,) = pin.specifier
    return Version(one.version)


def _wheels(folder: Path) -> list[tuple[str, Version, frozenset[Tag], Path]]:
    told = [(parse_wheel_filename(path.name), path) for path in sorted(folder.glob("*.whl"))]
    return [(name, version, tags, path) for (name, version, _, tags), path in told]


def _needs(wheel: Path, target: Target, extra: str) -> list[Requirement]:
    every = [Requirement(text) for text in metadata(wheel).get_all("Requires-Dist") or []]
    environment = target.environment | {"extra": extra}
    return [one for one in every if one.marker is None or one.marker.evaluate(environment)]
