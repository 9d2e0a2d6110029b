"""What the signals found in the demo itself over many seeds, held against what they find in worlds of the same sizes.

`python -m tests.seeds` counts and keeps it, after every change of a signal or of the demo.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.platform import write_whole

PATH = Path(__file__).with_name("demo_seeds.csv")
KEYS = ("signal", "size", "year")
COUNTS = ("tested", "found", "innocent", "wronged")  # planted units judged and found, innocent ones judged and named
NEAR = 0.05  # a difference that needs no explanation
_TWO_ERRORS = 2
PLANTED_TOP, EMPTY_TOP = "top_tier_planted", "top_tier_empty"  # rows that count seeds


def read() -> pd.DataFrame:
    """One row a signal, planted size and year: KEYS, seeds, COUNTS."""
    return pd.read_csv(PATH)


def write(rows: pd.DataFrame) -> None:
    """Keep the counts of all seeds together."""
    text = rows[[*KEYS, "seeds", *COUNTS]].to_csv(index=False, lineterminator="\n")
    write_whole(PATH, text.encode())


def compared(found: pd.DataFrame) -> pd.DataFrame:
    """`office.found` beside the demo: power, demo (share found), tested, difference, verdict.

    verdict: near (within 0.05) | chance (within two standard errors of both together) | apart.
    """
    both = found.merge(read(), on=list(KEYS))
    demo = both["found"] / both["tested"]
    difference = demo - both["power"]
    weight = both["worlds"] * both["tested"] / both["seeds"]  # units tried in the worlds, about
    share = (both["found"] + weight * both["power"]) / (both["tested"] + weight)
    error = np.sqrt(share * (1 - share) / both["tested"] + both["power_error"] ** 2)
    verdict = np.select(
        [difference.abs() <= NEAR, difference.abs() <= _TWO_ERRORS * error], ["near", "chance"], "apart"
    )
    told = both[[*KEYS, "power", "power_error"]].assign(demo=demo, tested=both["tested"], difference=difference)
    return told.assign(
        verdict=verdict, false_per_1000=both["false_per_1000"], false_per_1000_error=both["false_per_1000_error"],
        demo_false=1000 * both["wronged"] / both["innocent"],
    )  # fmt: skip


def top_tier() -> dict[str, int]:
    """seeds; kept: of them those with at most one innocent in the top tier; empty: with none where
    nothing is planted.
    """
    rows = read().set_index("signal")
    return {
        "seeds": int(rows.loc[PLANTED_TOP, "seeds"]),
        "kept": int(rows.loc[PLANTED_TOP, "found"]),
        "empty": int(rows.loc[EMPTY_TOP, "found"]),
    }
