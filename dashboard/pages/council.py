"""Which units differ from their peers more than chance explains, how sure is that, and what lies behind it?"""

import streamlit as st

from dashboard import (
    council_frames,
    council_words,
    filters,
    frames,
    listing,
    page,
    panel,
    picking,
    reviewing,
    standing_of,
    tiles,
)
from dashboard.charts import funnel
from pipelines.warehouse import queries

here = page.start("council.question")
lang = here.lang
years = frames.ask(here, queries.judged_years)
if not years:
    st.info(here.say("council.nothing"), icon=":material/info:")
    st.stop()
with here.filters:
    group = filters.group(here, lang, years[0], ["peer_group"])
rows = frames.ask(here, council_frames.listed, group, lang)
st.caption(here.say("council.reading", year=years[0]))
tiles.show(council_words.tiles(rows, lang), columns=4)

names = dict(zip(rows["unit_code"], rows["unit_name"], strict=True))
with st.container(border=True):
    st.subheader(here.say("council.list"), anchor=False)
    st.caption(here.say("council.list.caption"))
    rows = rows.assign(reviewed=rows["unit_code"].map(reviewing.newest(here, years[0])).astype(object).fillna(""))
    picking.table(here, "council-list", rows, council_words.list_columns(lang), "unit")
names = dict(zip(rows["unit_code"], rows["unit_name"], strict=True))
with st.grid(2, min_column_width=440) as board:
    with board.cell(), st.container(border=True, key="council-unit", height="stretch"):
        unit = filters.one(here.say("council.unit"), list(names), names.__getitem__, "unit")
        chosen = rows[rows["unit_code"] == unit].iloc[0]
        st.markdown(f"**{chosen['told']}** · {chosen[f'headline_{lang}']}")
        standing_of.show(here, unit, years[0])
        label = here.say("dashboard.nav.profile")
        st.page_link("pages/profile.py", label=label, icon=":material/arrow_forward:", icon_position="right")
    with board.cell():
        peers = chosen["peer_group"]
        found = frames.ask(here, council_frames.funnel, peers)
        panel.show(
            here,
            "council-funnel",
            here.say("council.funnel", year=years[0]),
            frames.draw(funnel.funnel, found.points, here.look, found.limits, found.level, unit),
            found.points,
            columns=council_words.funnel_columns(lang),
            caption=here.say("council.funnel.caption"),
        )
        with st.container(border=True, key="council-notes"):
            reviewing.show(here, unit, years[0])

scored = frames.ask(here, council_frames.clusters, lang)
if len(scored):
    with st.container(border=True, key="council-clusters"):
        st.subheader(here.say("council.clusters", year=years[0]), anchor=False)
        st.caption(here.say("council.clusters.caption"))
        st.html(listing.table(scored, council_words.cluster_columns(lang), lang))
