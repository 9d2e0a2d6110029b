"""Who is known by which staff code: an index that grows with every workbook and is asked without walking through it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

Place = tuple[str, str]  # unit and period: whose list of when
KeyOf = Callable[[str, str], str]  # of code and name; people with one key are looked up together


class _Entry(NamedTuple):
    """One person of one list. The greatest is the newest."""

    period: str
    receipt_no: int
    name: str
    unit: str


class Directory:
    """The people of one code scope: for each code the lists that name it, and under which name."""

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._codes: dict[Place, list[str]] = {}
        self._indices: dict[KeyOf, dict[str, dict[str, None]]] = {}

    def put(self, place: Place, receipt_no: int, people: Iterable[tuple[str, str]]) -> None:
        """What a list says now, (code, name); it replaces what the list of that place said before."""
        self.drop(place)
        unit, period = place
        codes = self._codes.setdefault(place, [])
        for code, name in people:
            codes.append(code)
            self._entries.setdefault(code, []).append(_Entry(period, receipt_no, name, unit))
            for key_of, index in self._indices.items():
                index.setdefault(key_of(code, name), {})[code] = None

    def drop(self, place: Place) -> None:
        """A list that counts no more."""
        for code in self._codes.pop(place, ()):
            left = [one for one in self._entries.get(code, ()) if (one.unit, one.period) != place]
            if left:
                self._entries[code] = left
            else:
                self._entries.pop(code, None)

    def beside(self, place: Place, own: bool = False) -> "People":
        """Everyone as the newest list of another place names them; `own`: on the lists of that place's unit alone."""
        return _Beside(self, place, own)

    def entries(self, code: str) -> list[_Entry]:
        return self._entries.get(code, [])

    def codes(self) -> Iterator[str]:
        return iter(self._entries)

    def index(self, key_of: KeyOf) -> Mapping[str, Iterable[str]]:
        """Key -> the codes that have it, or once had; made when first asked for."""
        if key_of not in self._indices:
            index = self._indices[key_of] = {}
            for code, entries in self._entries.items():
                for one in entries:
                    index.setdefault(key_of(code, one.name), {})[code] = None
        return self._indices[key_of]


class People(Mapping[str, str]):
    """Code -> name, with a way to those who share a key: a name, a spelling."""

    def alike(self, key_of: KeyOf, key: str) -> list[str]:
        """The codes of everyone whose key this is, in order."""
        raise NotImplementedError


class Listed(People):
    """A few people, written out."""

    def __init__(self, people: Mapping[str, str]) -> None:
        self._people = people
        self._indices: dict[KeyOf, dict[str, list[str]]] = {}

    def __getitem__(self, code: str) -> str:
        return self._people[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)

    def alike(self, key_of: KeyOf, key: str) -> list[str]:
        if key_of not in self._indices:
            index = self._indices[key_of] = {}
            for code, name in sorted(self._people.items()):
                index.setdefault(key_of(code, name), []).append(code)
        return self._indices[key_of].get(key, [])


class _Beside(People):
    def __init__(self, directory: Directory, place: Place, own: bool) -> None:
        self._directory, self._place, self._own = directory, place, own

    def __getitem__(self, code: str) -> str:
        unit, period = self._place
        found = [
            one
            for one in self._directory.entries(code)
            if (not self._own or one.unit == unit) and (one.unit, one.period) != (unit, period)
        ]
        if not found:
            raise KeyError(code)
        return max(found).name

    def __iter__(self) -> Iterator[str]:
        return (code for code in self._directory.codes() if code in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def alike(self, key_of: KeyOf, key: str) -> list[str]:
        codes = self._directory.index(key_of).get(key, ())
        return sorted(code for code in codes if code in self and key_of(code, self[code]) == key)
