"""Who is looking. Every query takes a viewer from the first day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """`units` None: all units. `may_see_people`: names and texts about people may be attached."""

    role: str
    units: tuple[str, ...] | None = None
    may_see_people: bool = True

    @property
    def places(self) -> dict[str, object]:
        """The `$units` place of every question: None for all units."""
        return {"units": None if self.units is None else list(self.units)}


def sees_all() -> Viewer:
    """The viewer of a single-office installation: everything."""
    return Viewer(role="all")
