"""Better or worse, within the usual or beyond it, and what needs a look or a decision."""

import streamlit as st

from dashboard import filters, frames, key_words, overview_frames, overview_words, page, panel, sight_list, tiles
from dashboard.charts import lines, ratings

here = page.start("overview.question")
with here.filters:
    group = filters.group(here, here.lang, here.period)
told = overview_frames.asked(here, here.period, group, here.lang)

tiles.show([key_words.tile(figure, here.lang) for figure in told.figures], columns=6, narrowest=196)
with st.grid(2, min_column_width=440):
    panel.show(
        here,
        "overview-awards",
        overview_words.finding("awarded", told.figures, here.lang),
        frames.draw(lines.years, told.lines, here.look),
        told.lines,
        columns=overview_words.line_columns(here.lang),
        caption=overview_words.awards_caption(group, told.lines, here.lang),
        empty=here.say("overview.awards.empty"),
    )
    sight_list.show(here, told.sights)
    panel.show(
        here,
        "overview-ratings",
        overview_words.finding("outstanding", told.figures, here.lang),
        frames.draw(ratings.bars, told.by_year, here.look),
        told.by_year,
        columns=overview_words.rating_columns("year", here.lang),
        caption=here.say("overview.ratings.caption"),
    )
    panel.show(
        here,
        "overview-groups",
        here.say("overview.groups"),
        frames.draw(ratings.bars, told.by_group, here.look),
        told.by_group,
        columns=overview_words.rating_columns("group", here.lang),
        caption=overview_words.groups_caption(group, here.lang),
    )
