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

    def sees(self, unit_code: str) -> bool:
        """Whether rows of a unit are shown."""
        return self.units is None or unit_code in self.units


# The program itself reads everything: it judges a workbook by all that is stored, or the same file would be right for
# one sender and wrong for another. What a person is shown of it is a matter of that person's own viewer.
PROGRAM = Viewer(role="program")
