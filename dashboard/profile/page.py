"""One unit: its years, what its awards are made of, where it stands among its peers, each signal, what was noted."""

import streamlit as st

from dashboard.charts import caterpillar, control, counts
from dashboard.council import frames as council_frames
from dashboard.council import reviewing, standing_of
from dashboard.profile import frames, wording
from dashboard.shell import asking, filters, page, panel
from dashboard.shell.filters import EVERYONE
from dashboard.shell.markup import Markdown, plain
from pipelines.warehouse.door import queries

here = page.start("profile.title", sections=True)
lang, period = here.lang, here.period
units = asking.ask(here, queries.units, period).set_index("unit_code")
with here.filters:
    unit = filters.one(here.say("awards.filter.unit"), units.index.tolist(), units["unit_name"].__getitem__, "unit")
    mixed = filters.choice(
        here.say("profile.mix.by"),
        list(frames.MIXES),
        lambda kind: here.say(f"profile.mix.{kind}"),
        "mix",
        "shows",
    )
here.section("unit", plain(units.loc[unit, "unit_name"]))
year = asking.ask(here, council_frames.judged_year, period)
if year:
    listed = asking.ask(here, council_frames.listed, EVERYONE, year, lang)
    markdown: Markdown = wording.standing(listed[listed["unit_code"] == unit], year, lang)
    st.markdown(markdown)
with st.grid(2, min_column_width=440):
    by_year = asking.ask(here, frames.over_years, unit, period, lang)
    panel.show(
        page.of(here, "unit"),
        "profile-years",
        wording.years_title(by_year, lang),
        asking.draw(control.years, by_year, here.look),
        by_year,
        columns=wording.year_columns(lang),
        caption=here.say("profile.years.caption"),
    )
    parts = asking.ask(here, frames.mix, unit, period, mixed, lang)
    panel.show(
        here,
        "profile-mix",
        here.say("profile.mix"),
        asking.draw(counts.stacked, parts, here.look),
        parts,
        columns=wording.mix_columns(lang),
        caption=here.say("profile.mix.caption"),
        empty=here.say("profile.mix.empty"),
    )
if not year:
    st.info(here.say("council.nothing"), icon=":material/info:")
    page.stop()
standing_of.show(page.of(here, "unit"), unit, year)
with st.container(border=True, key="profile-notes"):
    reviewing.show(here, unit, year)
rows = asking.ask(here, frames.beside_peers, units.loc[unit, "peer_group"], year, lang)
panel.show(
    page.of(here),
    "profile-peers",
    here.say("profile.peers", year=year),
    asking.draw(caterpillar.rates, rows, here.look, marked=unit),
    rows,
    columns=wording.peer_columns(lang),
    caption=here.say("profile.peers.caption"),
)
