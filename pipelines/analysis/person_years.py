"""Rows of one person and year each, laid out as persons × years, so that one year can be held against the
year before.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]
NOBODY = -1


def laid_out(year: ArrayLike, person: ArrayLike) -> Whole:
    """The row of each person (index from 0) in each year from the first to the last; −1 where the person is on no list.

    ValueError if a person has two rows in a year: whose wait, and in whose unit, would be anybody's guess.
    """
    years, persons = np.asarray(year, np.int64), np.asarray(person, np.int64)
    if not years.size:
        return np.full((0, 0), NOBODY, np.int64)
    span = int(years.max() - years.min()) + 1
    place = persons * span + (years - years.min())
    rows = np.full((int(persons.max()) + 1) * span, NOBODY, np.int64)
    rows[place] = np.arange(len(place))
    if (rows[place] != np.arange(len(place))).any():
        raise ValueError("a person has two rows in a year")
    return rows.reshape(-1, span)
