"""Before the council meets: which proposals meet the rules, which do not, what is unknown, and what a ceiling would
change.
"""

from typing import Any

import streamlit as st

from dashboard.meeting import frames, wording
from dashboard.meeting.frames import ALL, OPEN
from dashboard.rules import source as rule_source
from dashboard.shell import asking, evidence, filters, listing, page, picking, tiles
from dashboard.shell.markup import plain
from pipelines.warehouse.door import queries

here = page.start("meeting.title")
lang, period = here.lang, here.period
units = asking.ask(here, queries.units, period).set_index("unit_code")["unit_name"].to_dict()
names = {filters.EVERYONE: here.say("meeting.everyone")} | units
with here.filters:
    unit = filters.one(here.say("awards.filter.unit"), list(names), names.__getitem__, "proposer")
    of_unit = page.of(here, "proposer")
    words = filters.search(lang, "proposal", here.say("meeting.search"))
    which = filters.choice(
        here.say("meeting.which"), [OPEN, ALL], lambda one: here.say(f"meeting.which.{one}"), "which"
    )
    worst = filters.choice(
        here.say("meeting.column.verdict"),
        wording.VERDICTS,
        lambda one: wording.verdict(one, lang),
        "worst",
    )


def conditions(chosen: Any) -> None:
    """Each rule for one proposal with its cell, and what its years were counted from."""
    place = (period, chosen["unit_code"], chosen["proposal_code"], lang)
    told = asking.ask(here, frames.conditions, *place)
    who, award, code = (str(chosen[name]) for name in ("subject", "award_name", "proposal_code"))
    st.markdown(f"**{plain(who)}** · {plain(award)} · {plain(code)}")
    if chosen["worst"] == "not_applicable" and chosen["met"]:
        st.info(here.marked("meeting.other_kind", kind=chosen["kind_name"]), icon=":material/info:")
    st.html(listing.table(told, wording.condition_columns(lang), lang, told["status"]))
    rule_source.choose(
        here, f"meeting-{chosen['unit_code']}-{code}", told, [f"{row.rule}: {row.told}" for row in told.itertuples()]
    )
    grounds = asking.ask(here, frames.grounds, *place)
    if len(grounds):
        with st.expander(here.say("meeting.grounds"), icon=":material/search:", key="meeting-grounds"):
            st.html(listing.table(grounds, wording.ground_columns(lang), lang))


def what_if() -> None:
    """A ceiling moved, and the units it touches."""
    rules = asking.ask(here, frames.ceiling_names, period, lang)
    if not rules:
        st.info(here.say("meeting.what_if.none"), icon=":material/info:")
        return
    with st.grid(2, min_column_width=340):
        rule = filters.one(
            here.say("meeting.column.rule"), list(rules), rules.__getitem__, "ceiling", width="stretch", role="leads"
        )
        own = round(asking.ask(here, frames.ceiling_shares, period)[rule] * 100, 1)
        share = st.slider(here.say("meeting.what_if.share"), 0.0, 100.0, own, 0.5, format="%g%%", key=f"share-{rule}")
    moved = asking.ask(here, frames.moved, period, rule, share / 100, lang)
    over = moved[(moved["over_now"] > 0) | (moved["over_then"] > 0)]
    st.caption(plain(wording.what_if(moved, own, share, lang)))
    if len(over):
        title = here.say("meeting.what_if")
        picking.table(page.of(here), "meeting-moved", title, over, wording.what_if_columns(lang), on_select="ignore")


st.caption(here.say("meeting.reading"))
if not here.viewer.may_see_people:
    st.info(here.say("meeting.no_people"), icon=":material/info:")
rows = asking.ask(here, frames.proposals, period, unit, which, lang)
tiles.show(wording.tiles(rows, lang), columns=4)
listed = frames.sought(rows, words, worst)
with st.container(border=True, key="panel-meeting-proposals"):
    shape, title = wording.proposal_columns(lang), here.say("meeting.proposals", count=len(listed))
    every = len(asking.ask(here, frames.proposals, period, filters.EVERYONE, ALL, lang))
    picking.head(here, "meeting-rows", title, listed, shape, here.say("meeting.proposals.caption"), every)
    if listed.empty:
        st.info(here.say("meeting.proposals.none"), icon=":material/info:")
    else:
        chosen = picking.table(here, "meeting-rows", title, listed, shape, height=330, first=True)
        if chosen is not None:
            conditions(chosen)
with st.container(border=True, key="panel-meeting-ceilings"):
    full = asking.ask(here, frames.ceilings, period, unit, lang)
    shape, title = wording.ceiling_columns(lang), here.say("meeting.ceilings")
    every = len(asking.ask(here, frames.ceilings, period, filters.EVERYONE, lang))
    picking.head(of_unit, "meeting-full", title, full, shape, here.say("meeting.ceilings.caption"), every)
    if full.empty:
        st.info(here.say("meeting.ceilings.none"), icon=":material/info:")
    else:
        passed = picking.table(of_unit, "meeting-full", title, full, shape, height=330)
        if passed is not None:
            evidence.source(here, passed)
            rule_source.show(here, "meeting-ceiling", passed)
with st.container(border=True, key="panel-meeting-what-if"):
    here.part(plain(here.say("meeting.what_if")))
    what_if()
