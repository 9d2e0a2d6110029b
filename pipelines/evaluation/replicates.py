"""Many worlds of one kind, tried one by one or side by side; the same seed gives the same figures, whichever way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from pipelines.evaluation.outcomes import Counted, figures
from pipelines.settings import one_thread_each

SEED = 20_251_128
_CHUNK = 5  # worlds sent to a process at a time
Result = TypeVar("Result")
Trial = Callable[[Any, np.random.Generator], dict[str, Counted]]


@dataclass(frozen=True)
class Effort:
    """`worlds`: factor on how many are tried (1: as the page was made); `each`: how a function is applied to many."""

    worlds: float = 1.0
    seed: int = SEED
    each: Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]] = map

    def of(self, usual: int) -> int:
        """How many worlds instead of so many, at least two."""
        return max(2, round(self.worlds * usual))


@contextmanager
def side_by_side(worlds: float, processes: int) -> Iterator[Effort]:
    """The same effort in so many processes; in this one alone if 1."""
    if processes == 1:
        yield Effort(worlds)
        return
    one_thread_each()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield Effort(worlds, each=partial(pool.map, chunksize=_CHUNK))


def tried(trial: Callable[[np.random.Generator], Result], label: str, usual: int, effort: Effort) -> list[Result]:
    """The trial on so many worlds, each with a generator of its own drawn from the seed and the label."""
    seeds = np.random.SeedSequence([effort.seed, *label.encode()]).spawn(effort.of(usual))
    return list(effort.each(partial(_one, trial), seeds))


def table(section: str, settings: Sequence[Any], trial: Trial, effort: Effort) -> pd.DataFrame:
    """One row a setting and method: the fields of the setting (a dataclass with `worlds`), method, and the `figures`.

    trial: what each method did in one world of that setting.
    """
    rows = []
    for setting in settings:
        worlds = tried(partial(trial, setting), f"{section} {setting}", setting.worlds, effort)
        for method in worlds[0]:
            told = {"worlds": len(worlds), "method": method} | figures([one[method] for one in worlds])
            rows.append(asdict(setting) | told)
    return pd.DataFrame(rows)


def _one(trial: Callable[[np.random.Generator], Result], seed: np.random.SeedSequence) -> Result:
    return trial(np.random.default_rng(seed))
