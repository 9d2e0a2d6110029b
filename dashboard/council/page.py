"""Which units differ from their peers more than chance explains, how sure is that, and what lies behind it?"""

import streamlit as st

from dashboard.awards import choices as award_choices
from dashboard.charts import funnel
from dashboard.council import frames, reviewing, standing_of, wording
from dashboard.shell import asking, evidence, filters, listing, page, panel, picking, tiles
from dashboard.shell.markup import plain
from pipelines.palette import LEVEL_MARKS
from pipelines.warehouse.door import comparisons

here = page.start("council.title")
lang = here.lang
year = asking.ask(here, frames.judged_year, here.period)
if not year:
    st.info(here.say("council.nothing"), icon=":material/info:")
    page.link(lang, here.period, "board", here.say("dashboard.nav.board"), ":material/fact_check:")
    page.stop()
with here.filters:
    group = filters.group(here, lang, year, ["peer_group"])
rows = asking.ask(here, frames.listed, group, year, lang)
if year != here.period:
    st.info(here.marked("council.other_year", year=year), icon=":material/info:")
st.caption(here.marked("council.reading", year=year))
tiles.show(wording.tiles(rows, lang), columns=4)

rows = rows.assign(reviewed=rows["unit_code"].map(reviewing.newest(here, year)).astype(object).fillna(""))
shape, title, key = wording.list_columns(lang), here.say("council.list"), "council-list"
with st.container(border=True, key="panel-council-units"):
    every = len(asking.ask(here, frames.listed, filters.EVERYONE, year, lang))
    picking.head(here, key, title, rows, shape, here.say("council.list.caption"), every)
    picking.table(here, key, title, rows, shape, on_select=picking.into(key, rows["unit_code"].tolist(), "unit"))

names = dict(zip(rows["unit_code"], rows["unit_name"], strict=True))
with st.grid(2, min_column_width=440) as board:
    with board.cell(), st.container(border=True, key="council-unit", height="stretch"):
        unit = filters.one(
            here.say("council.unit"), list(names), names.__getitem__, "unit", width="stretch", role="leads"
        )
        chosen = rows[rows["unit_code"] == unit].iloc[0]
        st.markdown(f"{LEVEL_MARKS[chosen['standing']]} **{plain(chosen[f'headline_{lang}'])}**")
        page.link(lang, here.period, "profile", here.say("council.profile"), unit=unit)
        reviewing.show(here, unit, year)
    with board.cell():
        peers = asking.ask(here, award_choices.peer_groups, year, lang)
        found = asking.ask(here, frames.funnel, chosen["peer_group"], year)
        panel.show(
            page.of(here),
            "council-funnel",
            here.say("council.funnel", group=peers[chosen["peer_group"]], year=year),
            asking.draw(
                funnel.funnel,
                found.points,
                here.look,
                found.limits,
                found.level,
                unit,
                wording.funnel_size(found.points, lang),
            ),
            found.points,
            columns=wording.funnel_columns(lang),
            caption=here.say("council.funnel.caption"),
            leads="unit",
        )
standing_of.show(page.of(here), unit, year)

scored = asking.ask(here, frames.clusters, year, lang)
if len(scored):
    with st.expander(here.marked("council.clusters.open", year=year), key="council-clusters"):
        st.caption(here.say("council.clusters.caption"))
        st.html(listing.table(scored, wording.cluster_columns(lang), lang))
        clusters = dict(zip(scored["unit_code"], scored["unit_name"], strict=True))
        one = filters.one(
            here.say("council.column.cluster"), list(clusters), clusters.__getitem__, "scored_cluster", role="leads"
        )
        found = asking.ask(here, comparisons.behind, frames.CLUSTER_SIGNALS[0], one, year)
        title = here.say("council.clusters.rows", name=clusters[one], year=year)
        evidence.listed(here, "cluster-scores", title, found)
