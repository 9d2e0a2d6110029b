"""One person, one key: a keyed hash of the staff code within its scope.

The key of the hash lies outside every database.
"""

import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence

from pipelines.contract.workbooks import FIRST_YEAR
from pipelines.locks import WRITE_LOCK, held
from pipelines.platform import write_whole
from pipelines.problems import PersonKeyMissing, PersonKeyWrong
from pipelines.records.actor import PROGRAM
from pipelines.records.bodies import PersonKey, PersonLink
from pipelines.records.journal import Journal
from pipelines.settings import Home
from pipelines.warehouse.connection import FACTS

Links = Mapping[str, Sequence[tuple[int, str]]]  # identity -> (last year in which it means another, who that is)
_SECRET_LENGTH = 32  # bytes
_SECRET = re.compile(rb"[0-9a-f]{%d}" % (2 * _SECRET_LENGTH))
_KEY_LENGTH = 16  # hexadecimal digits of a person_key: 64 bits


def secret(home: Home) -> bytes:
    """The secret of the installation, made at the first build; the journal knows its fingerprint from then on.

    `PersonKeyMissing`, `PersonKeyWrong`: with another secret every person would get another key without a word.
    """
    known = Journal(home.journal).newest(PersonKey)
    if not home.person_key_file.exists():
        if known or any(home.warehouse.glob("*/" + FACTS)):
            raise PersonKeyMissing(path=home.person_key_file)
        make_secret(home)
    key = home.person_key_file.read_bytes().strip()
    if not _SECRET.fullmatch(key) or (known and known.fingerprint != fingerprint(key)):
        raise PersonKeyWrong(path=home.person_key_file)
    if known is None:
        with held(home.root / WRITE_LOCK, "lock.write"):
            Journal(home.journal).append(PersonKey(fingerprint(key), ""), PROGRAM)
    return key


def make_secret(home: Home) -> None:
    """A new secret in place of what is there."""
    write_whole(home.person_key_file, secrets.token_hex(_SECRET_LENGTH).encode())


def is_secret(home: Home) -> bool:
    """Whether the file of the secret holds one, be it the right one or another."""
    return home.person_key_file.exists() and bool(_SECRET.fullmatch(home.person_key_file.read_bytes().strip()))


def fingerprint(key: bytes) -> str:
    """What may be known of a secret: enough to tell it from another, nothing to make a person key with."""
    return hmac.new(key, b"person.key", "sha256").hexdigest()[:_KEY_LENGTH]


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


def links_of(bodies: Iterable[PersonLink]) -> Links:
    """The links of the journal as they are followed: of two for one code the one that ends first comes first."""
    links: dict[str, list[tuple[int, str]]] = {}
    for body in bodies:
        links.setdefault(body.old, []).append((body.since.year, body.new))
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
