"""Does every unit raise an exemplar a year, of which kinds, and how far do they get?"""

from dataclasses import replace

import streamlit as st

from dashboard.charts import counts, grid, stages
from dashboard.exemplars import exemplar_list, frames, wording
from dashboard.shell import asking, filters, page, panel, tiles

here = page.start("exemplars.title")
with here.filters:
    group = filters.group(here, here.lang, here.period)
    of_group = page.of(here, "group")
    words = filters.search(here.lang)
    seen = replace(here, organisation=filters.organisation(here.lang))  # what stands unit by unit
units = filters.units_in(here, here.period, group, seen.organisation)
standing = asking.ask(here, frames.standing, here.period, group, units, seen.organisation)
few = frames.are_few(units)


def by_unit() -> None:
    """Counts of each unit: below the grid of few units, opposite the grid of many."""
    told = asking.ask(here, frames.by_unit, here.period, units, here.lang, words, seen.organisation)
    panel.show(
        seen,
        "exemplars-units",
        here.say("exemplars.units"),
        asking.draw(counts.stacked, frames.first_rows(told), here.look),
        told,
        columns=wording.count_columns("unit_name", here.lang),
        caption=wording.units_caption(seen.organisation, frames.MOST_ROWS, here.lang),
        empty=wording.empty(words, here.lang),
    )


tiles.show(wording.shown(standing, here.lang), columns=4)
with st.grid(2, min_column_width=440) as board:
    with board.cell():
        matrix = asking.ask(here, frames.matrix, here.period, units, here.lang, words, seen.organisation)
        panel.show(
            seen,
            "exemplars-matrix",
            here.say("exemplars.matrix"),
            asking.draw(grid.at_least_one, matrix, here.look),
            matrix,
            columns=wording.matrix_columns(here.lang),
            caption=wording.matrix_caption(standing, seen.organisation, here.period, here.lang),
            empty=wording.empty(words, here.lang),
        )
        if few:
            by_unit()
    with board.cell():
        reached = asking.ask(here, frames.stages, here.period, group, here.lang)
        panel.show(
            of_group,
            "exemplars-stages",
            here.say("exemplars.stages"),
            asking.draw(stages.bars, reached, here.look),
            reached,
            columns=wording.stage_columns(here.lang),
            caption=here.say("exemplars.stages.caption"),
        )
        by_year = asking.ask(here, frames.by_year, here.period, group, here.lang)
        panel.show(
            of_group,
            "exemplars-years",
            here.say("exemplars.years"),
            asking.draw(counts.stacked, by_year, here.look),
            by_year,
            columns=wording.count_columns("period", here.lang),
            caption=here.say("exemplars.years.caption"),
        )
        if not few:
            by_unit()
reporters = filters.units_in(here, here.period, group)  # whose workbooks name them
everyone = filters.units_in(here, here.period, filters.EVERYONE)
every = asking.ask(here, frames.listed, here.period, everyone, here.lang, "")
listed = asking.ask(here, frames.listed, here.period, reporters, here.lang, words)
exemplar_list.show(here, listed, len(every))
