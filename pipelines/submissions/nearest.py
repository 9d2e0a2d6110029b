"""The accepted value that a wrong one probably meant."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

from pipelines.submissions.cleaning import fold

_DIGIT, _MARKS, _WORDS = re.compile(r"\d"), re.compile(r"[\W_]+"), re.compile(r"\w+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_MOST, _LONGEST, _ALIKE, _CLOSE = 5_000, 120, 0.7, 5


def nearest_person(value: str, people: Mapping[str, str]) -> str:
    """The person (code -> name) that a wrong code or a name in its place probably meant, as "code | name"; "" if nobody.

    Codes of people follow each other, so one digit more or less is somebody else: a code must agree but for marks and leading zeros.
    """
    code, _, name = value.partition("|")
    bare = {_bare(known): known for known in people}
    named = {fold(full_name): known for known, full_name in people.items() if full_name}
    found = bare.get(_bare(code)) or alike_but_zeros(code, people)
    found = found or named.get(fold(name)) or nearest(code, {} if _DIGIT.search(code) else named)
    return f"{found} | {people[found]}" if found and people[found] else found


def alike_but_zeros(code: str, known: Iterable[str]) -> str:
    """The one known code that differs in leading zeros only: "0012" for "12"; "" if none or several."""
    found = _same(code, known)
    return found[0] if len(found) == 1 else ""


def without_zeros(code: str) -> str:
    """The key of a code whose numbers may have lost leading zeros."""
    return _ZEROS.sub("", _bare(code))


def _bare(code: str) -> str:
    return _MARKS.sub("", fold(code))


def nearest(value: str, accepted: Mapping[str, str] | Iterable[str]) -> str:
    """The one accepted value that `value` must have meant (folded key -> what to show, or plain values); "" if none or several.

    Meant is what agrees but for marks and leading zeros; else what alone has all its words; else what alone is a slip of the pen
    away. Very long values and very long lists are not searched: the search costs more than the hint is worth.
    """
    shown = accepted if isinstance(accepted, Mapping) else {fold(text): text for text in accepted}
    key = fold(value.partition("|")[0]) if len(value) <= _LONGEST else ""
    if not key or len(shown) > _MOST:
        return ""
    if key in shown:
        return shown[key]
    for is_meant in (_same, _part, _slip):
        found = {shown[other] for other in is_meant(key, shown)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _same(key: str, others: Iterable[str]) -> list[str]:
    plain = without_zeros(key)
    return [other for other in others if plain and without_zeros(other) == plain]


def _part(key: str, others: Iterable[str]) -> list[str]:
    words = set(_WORDS.findall(key))
    return [other for other in others if words <= set(_WORDS.findall(other))] if len(words) > 1 else []


def _slip(key: str, others: Iterable[str]) -> list[str]:
    """One letter in seven, two in twelve. Numbers and short abbreviations mean something else with every letter."""
    allowed = min(2, (len(key) - 2) // 5)
    close = get_close_matches(key, others, n=_CLOSE, cutoff=_ALIKE) if allowed > 0 and not _DIGIT.search(key) else []
    return [other for other in close if _slips(key, other) <= allowed]


def _slips(one: str, other: str) -> int:
    """Letters that are too many, missing or others."""
    changes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in changes if kind != "equal")
