"""How a bench run is asked for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """`home`: a data folder with the demo in it, copied before anything is written; None: the bench makes its own."""

    home: Path | None
    repeats: int
    quick: bool  # fewer files, uploads closer together: for a look, not for the record
