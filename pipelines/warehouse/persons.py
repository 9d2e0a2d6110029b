"""One person, one key: a keyed hash of the staff code within its scope. The key of the hash lies outside every database."""

import hmac
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from pipelines.platform import write_whole
from pipelines.settings import Home

_KEY_LENGTH = 16  # hexadecimal digits of a person_key: 64 bits


def secret(home: Home) -> bytes:
    """The secret of the installation, made at the first build. Whoever loses it gets other person keys, nothing else."""
    if not home.person_key_file.exists():
        write_whole(home.person_key_file, secrets.token_hex(32).encode(), mode=0o600)
    return home.person_key_file.read_bytes().strip()


def person_key(key: bytes, code_scope: str, person_code: str, links: Mapping[str, str]) -> str:
    """16 hexadecimal digits for a person; corrected codes (`links`, "scope|code" old -> new) give the key of the new one."""
    identity = f"{code_scope}|{person_code}"
    seen = {identity}
    while identity in links and links[identity] not in seen:
        identity = links[identity]
        seen.add(identity)
    return hmac.new(key, identity.encode(), "sha256").hexdigest()[:_KEY_LENGTH]


def issued_codes(unit_code: str, names: Iterable[str]) -> list[str]:
    """Staff codes for people listed without one, in the order of the sheet.

    A pure function of unit, name and how often the name came before: the same through all versions and years.
    """
    seen: Counter[str] = Counter()
    codes = []
    for name in names:
        folded = " ".join(unicodedata.normalize("NFC", name).casefold().split())
        seen[folded] += 1
        digest = hmac.new(unit_code.encode(), f"{folded}|{seen[folded]}".encode(), "sha256").hexdigest()
        codes.append(f"{unit_code}-{digest[:6].upper()}")
    return codes
