"""One person, one key: a keyed hash of the staff code within its scope. The key of the hash lies outside every database."""

import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines.contract.workbooks import FIRST_YEAR
from pipelines.platform import write_whole
from pipelines.settings import Home

Links = Mapping[str, Sequence[tuple[int, str]]]  # identity -> (last year in which it means another, who that is)
_KEY_LENGTH = 16  # hexadecimal digits of a person_key: 64 bits


def secret(home: Home) -> bytes:
    """The secret of the installation, made at the first build. Whoever loses it gets other person keys, nothing else."""
    if not home.person_key_file.exists():
        write_whole(home.person_key_file, secrets.token_hex(32).encode(), mode=0o600)
    return home.person_key_file.read_bytes().strip()


def identity(code_scope: str, person_code: str) -> str:
    """How journal and key name a person: a staff code within its scope."""
    return f"{code_scope}|{person_code}"


def person_key(key: bytes, person: str) -> str:
    """16 hexadecimal digits for a person (`identity`)."""
    return hmac.new(key, person.encode(), "sha256").hexdigest()[:_KEY_LENGTH]


def parts(person: str) -> tuple[str, str]:
    """(code scope, staff code) of an `identity`."""
    scope, _, code = person.partition("|")
    return scope, code


def links_of(bodies: Iterable[Mapping[str, Any]]) -> Links:
    """The links of the journal as they are followed: of two for one code the one that ends first comes first."""
    links: dict[str, list[tuple[int, str]]] = {}
    for body in bodies:
        links.setdefault(body["old"], []).append((date.fromisoformat(body["from"]).year, body["new"]))
    return {old: sorted(ends) for old, ends in links.items()}


def meant(person: str, year: int, links: Links) -> str:
    """Whom a code stands for in a year: the person it was linked to until then, or else its own."""
    seen = {person}
    while new := next((new for last, new in links.get(person, ()) if year <= last), None):
        if new in seen:
            break
        person = new
        seen.add(person)
    return person


def linked_years(links: Links) -> list[tuple[str, int, str]]:
    """(identity, year, whom it means then) of every year in which that is somebody else."""
    ends = [(old, max(last for last, _ in those)) for old, those in links.items()]
    told = [(old, year, meant(old, year, links)) for old, end in ends for year in range(FIRST_YEAR, end + 1)]
    return [one for one in told if one[0] != one[2]]
