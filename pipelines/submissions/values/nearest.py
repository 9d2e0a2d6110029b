"""The accepted value that a wrong one probably meant."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import chain, islice

from pipelines.submissions.values.cleaning import fold
from pipelines.submissions.values.directory import KeyOf, People

_DIGIT, _MARKS, _WORDS = re.compile(r"\d"), re.compile(r"[\W_]+"), re.compile(r"\w+")
_APART = re.compile(r"\s+[-–—/]\s+|\s*\(|\s+(?=\D)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_MOST, _LONGEST, _ALIKE, _CLOSE = 5_000, 120, 0.7, 5


def nearest_person(value: str, *lists: People) -> str:
    """The person that a wrong code or a name in its place probably meant, as "code | name"; "" if nobody.

    Codes of people follow each other, so one digit more or less is somebody else: a code must agree but for marks
    and leading zeros. Of several lists the first counts. A code and the name that goes with it may stand behind each
    other in any way.
    """
    code, _, name = value.partition("|")
    found = _first(lists, _same_marks, _bare(code)) or _alone(lists, same_but_zeros, without_zeros(code))
    found = found or _first(lists, _same_words, fold(name)) or _slip_of(code, lists) or _named_behind(value, lists)
    shown = next((people[found] for people in lists if found in people), "")
    return f"{found} | {shown}" if shown else found


def _named_behind(value: str, lists: Sequence[People]) -> str:
    """Whose code and name "CB001 – Nguyễn Văn An" are, "" unless they are of one person."""
    code, *name = _APART.split(value.strip(), maxsplit=1)
    found = _first(lists, _same_marks, _bare(code)) if name else ""
    return found if any(fold(people[found]) == fold(name[0].rstrip(")")) for people in lists if found in people) else ""


def _first(lists: Sequence[People], key_of: KeyOf, key: str) -> str:
    """The code of the last of those with a key, in the first list that has one."""
    return next((codes[-1] for people in lists if key and (codes := people.alike(key_of, key))), "")


def _alone(lists: Sequence[People], key_of: KeyOf, key: str) -> str:
    """The one code that has a key; "" if none or several have."""
    found = {code for people in lists if key for code in people.alike(key_of, key)}
    return found.pop() if len(found) == 1 else ""


def _slip_of(written: str, lists: Sequence[People]) -> str:
    """Whose name was meant by what stands in place of a code; long lists are not searched."""
    if _DIGIT.search(written) or sum(1 for _ in islice(chain(*lists), _MOST + 1)) > _MOST:
        return ""
    return nearest(written, {fold(name): code for people in reversed(lists) for code, name in people.items() if name})


def _same_marks(code: str, _: str) -> str:
    return _bare(code)


def same_but_zeros(code: str, _: str) -> str:
    """The key of people whose codes differ in leading zeros only."""
    return without_zeros(code)


def _same_words(_: str, name: str) -> str:
    return fold(name)


def without_zeros(code: str) -> str:
    """The key of a code whose numbers may have lost leading zeros."""
    return _ZEROS.sub("", _bare(code))


def _bare(code: str) -> str:
    return _MARKS.sub("", fold(code))


def nearest(value: str, accepted: Mapping[str, str] | Iterable[str]) -> str:
    """The one accepted value that `value` must have meant (folded key -> what to show, or plain values); "" if none or
    several.

    Meant is what agrees but for marks and leading zeros; else what alone has all its words; else what alone is a
    slip of the pen away. Very long values and very long lists are not searched: the search costs more than the hint
    is worth.
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
