"""Better or worse, within the usual or beyond it, and what needs a look or a decision."""

import streamlit as st

from dashboard import (
    filters,
    frames,
    key_words,
    overview_frames,
    overview_words,
    page,
    panel,
    sight_list,
    tiles,
    worth_a_look,
)
from dashboard.charts import lines, ratings
from dashboard.key_figures import key_figures

here = page.start("overview.question")
with here.filters:
    group = filters.group(here, here.lang, here.period)
units = filters.units_in(here, here.period, group)

figures = frames.ask(here, key_figures, here.period, group, units)
tiles.show([key_words.tile(figure, here.lang) for figure in figures], columns=6, narrowest=196)

with st.grid(2, min_column_width=440):
    told = frames.ask(here, overview_frames.award_lines, here.period, group, here.lang)
    panel.show(
        here,
        "overview-awards",
        overview_words.finding("awarded", figures, here.lang),
        frames.draw(lines.years, told, here.look),
        told,
        columns=overview_words.line_columns(here.lang),
        caption=here.say("overview.awards.caption"),
        empty=here.say("overview.awards.empty"),
    )
    sight_list.show(here, frames.ask(here, worth_a_look.sights, here.period, group, units, here.lang))
    by_year = frames.ask(here, overview_frames.ratings_by_year, here.period, group, here.lang)
    panel.show(
        here,
        "overview-ratings",
        overview_words.finding("outstanding", figures, here.lang),
        frames.draw(ratings.bars, by_year, here.look),
        by_year,
        columns=overview_words.rating_columns("year", here.lang),
        caption=here.say("overview.ratings.caption"),
    )
    by_group = frames.ask(here, overview_frames.ratings_by_group, here.period, group, units, here.lang)
    panel.show(
        here,
        "overview-groups",
        here.say("overview.groups"),
        frames.draw(ratings.bars, by_group, here.look),
        by_group,
        columns=overview_words.rating_columns("group", here.lang),
        caption=overview_words.groups_caption(group, here.lang),
    )
