"""The accepted value that a wrong one probably meant."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pipelines.submissions.cleaning import fold

_DIGIT, _MARKS = re.compile(r"\d"), re.compile(r"[\W_]+")
_MOST, _LONGEST, _ALIKE = 5_000, 120, 0.7


def nearest_person(value: str, people: Mapping[str, str]) -> str:
    """The person (code -> name) that a wrong code or a name in its place probably meant, as "code | name"; "" if nobody.

    Codes of people follow each other, so one digit more or less is somebody else: a code must agree but for its marks.
    """
    code, _, name = value.partition("|")
    bare = {_bare(known): known for known in people}
    named = {fold(full_name): known for known, full_name in people.items() if full_name}
    found = bare.get(_bare(code)) or named.get(fold(name)) or nearest(code, {} if _DIGIT.search(code) else named)
    return f"{found} | {people[found]}" if found and people[found] else found


def _bare(code: str) -> str:
    return _MARKS.sub("", fold(code))


def nearest(value: str, accepted: Mapping[str, str] | Iterable[str]) -> str:
    """The accepted value most like `value` (folded key -> what to show, or plain values); "" if none is alike.

    Very long values and very long lists are not searched: the search costs more than the hint is worth.
    """
    shown = accepted if isinstance(accepted, Mapping) else {fold(text): text for text in accepted}
    key = fold(value.partition("|")[0]) if len(value) <= _LONGEST else ""
    if not key or len(shown) > _MOST:
        return ""
    if key in shown:
        return shown[key]
    found = get_close_matches(key, shown, n=1, cutoff=_ALIKE)
    return shown[found[0]] if found else ""
