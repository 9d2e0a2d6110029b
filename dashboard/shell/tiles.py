"""Key figures side by side: the number, of how many, its change and whether the change is unusual."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from dashboard.shell.markup import Markdown, plain

BETTER, WORSE, USUAL, DIFFERENT, UNKNOWN = "better", "worse", "usual", "different", "unknown"
# Red only if somebody has to look at it; the words say so too.
_COLOUR = {BETTER: "blue", WORSE: "red", USUAL: "gray", DIFFERENT: "blue", UNKNOWN: "gray"}
_NARROWEST = 170  # pixels


@dataclass(frozen=True)
class Tile:
    """`note`: of how many. `change`: "+2,1 điểm %", `since`: compared with what, `verdict`: the change judged in words.

    `tone` colours change and verdict. `arrow`: up | down | off. `series`: the figure over the years, oldest first, as
    a small line. `basis`: the measure of the judgement, shown as help.
    """

    label: str
    value: str
    note: str = ""
    change: str = ""
    verdict: str = ""
    tone: str = UNKNOWN
    arrow: str = "off"
    series: tuple[float, ...] = ()
    basis: str = ""
    since: str = ""


def show(tiles: Iterable[Tile], columns: int, narrowest: int = _NARROWEST) -> None:
    """Tiles of equal height, at most `columns` in a row and none narrower than `narrowest` pixels."""
    with st.grid(columns, min_column_width=narrowest):
        for tile in tiles:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _show(tile)


def _show(tile: Tile) -> None:
    colour = _COLOUR[tile.tone]
    st.metric(
        plain(tile.label),
        plain(tile.value),
        plain(tile.change) if tile.change else None,
        delta_color=colour,  # type: ignore[arg-type]
        delta_arrow=tile.arrow,  # type: ignore[arg-type]
        delta_description=plain(tile.since) if tile.since else None,
        help=plain(tile.basis) if tile.basis else None,
        chart_data=tile.series or None,
    )
    lines: list[Markdown] = [plain(tile.note)] if tile.note else []
    if tile.verdict:
        lines.append(Markdown(f":{colour}[{plain(tile.verdict)}]") if colour != "gray" else plain(tile.verdict))
    st.caption("  \n".join(lines))
