"""How do units of one group stand beside each other, and which of them can be told apart at all?"""

from dataclasses import replace

import streamlit as st

from dashboard.awards import choices as award_choices
from dashboard.charts import caterpillar, multiples, ranks
from dashboard.compare import frames, wording
from dashboard.shell import asking, filters, page, panel
from dashboard.shell.markup import plain
from pipelines.warehouse.door import comparisons
from pipelines.warehouse.door.question import Question

here = page.start("compare.title", sections=True)
lang, period = here.lang, here.period
with here.filters:
    groups = asking.ask(here, award_choices.peer_groups, period, lang)
    group = filters.one(here.say("awards.filter.group"), list(groups), groups.__getitem__, "peers")
    here = replace(here, organisation=filters.organisation(lang))
figures = asking.ask(here, frames.offered, period, group, lang)
names = asking.ask(here, frames.units_of, period, group, here.organisation)
with st.container(horizontal=True, key="compared"):
    wanted = filters.several(
        here.say("compare.filter.figures"), list(figures), lambda code: figures[code].name, "figures",
        frames.first(figures), frames.MOST_FIGURES, role="shows",
    )  # fmt: skip
    words = filters.search(lang)
    units = filters.several(
        here.say("compare.filter.units"), list(names), names.__getitem__, "units", [], len(names),
        here.say("compare.found" if words else "awards.whole_group"), words,
    )  # fmt: skip
units = units or [code for code, name in names.items() if filters.matches(name, words)]
if not units:
    st.info(here.marked("compare.nobody", group=groups[group]), icon=":material/search_off:")
    page.stop()

of_one = page.of(here, "peers", "organisation", "q", "units")  # which other figures are shown concerns none
for code in wanted:
    figure, key = figures[code], code.replace(".", "-")
    question = Question(figure.metric, period, group, figure.breakdown, organisation=here.organisation)
    found = asking.ask(here, comparisons.compared, question)
    listed = frames.listed(found, units, lang)
    here.section(key, plain(figure.name))
    with st.grid(2, min_column_width=440):
        panel.show(
            of_one,
            f"compare-units-{key}",
            wording.units_title(found, listed, lang),
            asking.draw(caterpillar.rates, frames.known(listed), here.look, found.level, here.say("awards.level")),
            listed,
            columns=wording.columns("unit", found.is_share, lang),
            caption=wording.units_caption(found, listed, here.organisation, lang),
            empty=wording.units_empty(listed, lang),
        )
        ranked = frames.ranked(listed)
        panel.show(
            of_one,
            f"compare-ranks-{key}",
            wording.ranks_title(found, listed, lang),
            asking.draw(ranks.bands, ranked, here.look, found.ranked),
            ranked,
            columns=wording.columns("ranks", found.is_share, lang),
            caption=wording.ranks_caption(found, listed, lang),
            empty=wording.ranks_empty(found, listed, lang),
        )
    shown = listed["unit_code"].tolist()
    by_year = asking.ask(here, frames.over_years, figure, period, group, shown, here.organisation)
    panel.show(
        of_one,
        f"compare-years-{key}",
        here.say("compare.years.title"),
        asking.draw(multiples.years, by_year, here.look),
        by_year,
        columns=wording.columns("year", found.is_share, lang),
        caption=wording.years_caption(found, listed, by_year, here.organisation, lang),
        empty=wording.units_empty(listed, lang),
    )
