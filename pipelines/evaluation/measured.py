"""The figures people are shown, kept beside the code: `make evaluate` writes them with the document, the page *Phương
pháp* reads them.
"""

from pathlib import Path

import pandas as pd

from pipelines.platform import write_whole
from pipelines.texts import say

PATH = Path(__file__).with_name("measured.csv")


def read() -> pd.DataFrame:
    """As `office.found` gave them when the document was written."""
    return pd.read_csv(PATH)


def write(found: pd.DataFrame, path: Path = PATH) -> None:
    """Keep what `office.found` gave."""
    write_whole(path, found.to_csv(index=False, lineterminator="\n").encode())


def planted(signal: str, size: float, lang: str) -> str:
    """What was planted, in words; both versions of the award rate look for the same."""
    return say(f"evaluation.planted.{signal.removesuffix('_by_rating')}.{size:g}", lang)
