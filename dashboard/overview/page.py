"""Better or worse, within the usual or beyond it, and what needs a look or a decision."""

import streamlit as st

from dashboard.charts import lines, ratings
from dashboard.overview import key_words, sight_list, wording
from dashboard.overview.frames import Overview
from dashboard.shell import asking, filters, page, panel, tiles

here = page.start("overview.title", finding=True)
with here.filters:
    group = filters.group(here, here.lang, here.period)
told = Overview(here, here.period, group, here.lang)
sights = told.sights
here.entitle(wording.title(here.period, len(sights), here.lang))

tiles.show([key_words.tile(figure, here.lang) for figure in told.figures], columns=6, narrowest=196)
with st.grid(2, min_column_width=440):
    over_years = told.lines
    panel.show(
        here,
        "overview-awards",
        wording.finding("awarded", told.figures, here.lang),
        asking.draw(lines.years, over_years, here.look),
        over_years,
        columns=wording.line_columns(here.lang),
        caption=wording.awards_caption(group, over_years, here.lang),
        empty=here.say("overview.awards.empty"),
    )
    sight_list.show(here, sights, told.behind)
    by_year = told.by_year
    panel.show(
        here,
        "overview-ratings",
        wording.finding("outstanding", told.figures, here.lang),
        asking.draw(ratings.bars, by_year, here.look),
        by_year,
        columns=wording.rating_columns("year", here.lang),
        caption=here.say("overview.ratings.caption"),
    )
    by_group = told.by_group
    panel.show(
        here,
        "overview-groups",
        here.say("overview.groups"),
        asking.draw(ratings.bars, by_group, here.look),
        by_group,
        columns=wording.rating_columns("group", here.lang),
        caption=wording.groups_caption(group, here.lang),
    )
