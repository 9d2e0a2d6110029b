"""Staff codes given to people listed without one, as a receipt keeps them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Issued(NamedTuple):
    """The code a row of `Cán bộ` without one has from now on."""

    excel_row: int
    person_code: str
    full_name: str


def to_json(issued: Iterable[Issued]) -> list[dict[str, Any]]:
    """As the journal keeps them."""
    return [one._asdict() for one in issued]


def from_json(body: Mapping[str, Any]) -> tuple[Issued, ...]:
    """Those of a receipt."""
    return tuple(Issued(**one) for one in body.get("issued", ()))
