"""Which units differ from their peers in what they award, to whom, and since when?"""

from dataclasses import replace

import streamlit as st

from dashboard.awards import choices, frames, wording
from dashboard.awards.choices import Chosen
from dashboard.charts import caterpillar, funnel, grid, leaders, lines
from dashboard.shell import asking, filters, page, panel, tiles
from pipelines.warehouse.door import comparisons

here = page.start("awards.title")
lang, period = here.lang, here.period
with here.filters:
    groups = asking.ask(here, choices.peer_groups, period, lang)
    group = filters.one(here.say("awards.filter.group"), list(groups), groups.__getitem__, "peers")
    awards = asking.ask(here, choices.offered, period, group, lang)
    award = filters.one(here.say("dashboard.filter.award"), list(awards), awards.__getitem__, "series", role="shows")
    strata = asking.ask(here, choices.strata, period, group, lang)
    stratum = filters.one(here.say("awards.filter.stratum"), list(strata), strata.__getitem__, "stratum")
    place_of_unit = st.container(width="content")
    here = replace(here, organisation=filters.organisation(lang))
    with place_of_unit:
        units = asking.ask(here, choices.names_of_units, period, group, lang, here.organisation)
        unit = filters.one(here.say("awards.filter.unit"), list(units), units.__getitem__, "unit")
chosen = Chosen(period, group, award, stratum, unit, here.organisation)
of_units = page.of(here, "peers", "series", "stratum", "organisation")  # the unit chosen is marked among the others
who = units[unit] if unit else groups[group]

found = asking.ask(here, comparisons.funnel, chosen.question)
standing = frames.standing(found)
years = asking.ask(here, frames.over_years, chosen, lang)
change = asking.ask(here, frames.change, chosen)
times = asking.ask(here, frames.times_outside, chosen) if standing.outside else {}
tiles.show(wording.tiles(standing, times, change, years, who, lang), columns=4)


def over_years() -> None:
    """The line of the unit or group."""
    panel.show(
        here,
        "awards-years",
        here.say("awards.years.title", award=awards[award]),
        asking.draw(lines.years, years, here.look, wording.YEARS_HEIGHT),
        years,
        columns=wording.columns("year", lang),
        caption=wording.years_caption(chosen, lang),
        empty=here.say("awards.empty"),
    )


def positions() -> None:
    """The award among position groups."""
    by_position = asking.ask(here, frames.by_position, chosen, lang)
    panel.show(
        page.of(here, "peers", "series", "unit", "organisation"),
        "awards-positions",
        here.say("awards.position.title", who=who),
        asking.draw(caterpillar.rates, by_position, here.look),
        by_position,
        columns=wording.columns("position", lang),
        caption=wording.position_caption(chosen, lang),
        empty=here.say("awards.position.empty"),
    )


by_unit = frames.by_unit(found, lang)
room = frames.fit_beside(by_unit)
with st.grid(2, min_column_width=440) as first:
    panel.show(
        of_units,
        "awards-units",
        wording.units_title(standing, lang),
        asking.draw(caterpillar.rates, by_unit, here.look, standing.level, here.say("awards.level"), unit),
        by_unit,
        columns=wording.columns("unit", lang),
        caption=wording.units_caption(standing, chosen, lang),
    )
    with first.cell():
        points = frames.funnel_points(found, lang)
        panel.show(
            of_units,
            "awards-funnel",
            wording.funnel_title(standing, lang),
            asking.draw(funnel.funnel, points, here.look, found.limits, found.level, unit),
            points,
            columns=wording.columns("unit", lang),
            caption=wording.funnel_caption(standing, chosen, lang),
            empty=here.say("awards.empty"),
        )
        for show in (over_years, positions)[:room]:
            show()
if not room:
    over_years()

with st.grid(2, min_column_width=440) as second:
    with second.cell():
        by_award = asking.ask(here, frames.by_award, chosen, lang)
        panel.show(
            page.of(here, "peers", "stratum", "unit", "organisation"),
            "awards-kinds",
            here.say("awards.award.title", who=who),
            asking.draw(caterpillar.rates, frames.somebody(by_award), here.look),
            by_award,
            columns=wording.columns("award", lang),
            caption=wording.award_caption(chosen, lang),
            empty=here.say("awards.award.empty"),
        )
        if room < 2:
            positions()
    by_leaders = asking.ask(here, frames.leaders, chosen, lang)
    panel.show(
        page.of(here, "peers", "organisation"),
        "awards-leaders",
        here.say("awards.leaders.title"),
        asking.draw(leaders.dumbbell, frames.most_ahead(by_leaders), here.look),
        by_leaders,
        columns=wording.columns("leaders", lang),
        caption=wording.leaders_caption(by_leaders, chosen, lang),
        empty=here.say("awards.leaders.empty"),
    )

words = filters.search(lang) if room else ""
heat = asking.ask(here, frames.heat, chosen, lang, words)
panel.show(
    page.of(here, "peers", "series", "stratum", "organisation", "q"),
    "awards-heat",
    here.say("awards.heat.title", award=awards[award]),
    asking.draw(grid.heat, heat, here.look),
    heat,
    columns=wording.columns("heat", lang),
    caption=wording.heat_caption(chosen, lang),
    empty=here.say("awards.heat.empty"),
)
