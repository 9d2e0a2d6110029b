"""Before the council meets: which proposals meet the rules, which do not, what is unknown, and what a ceiling would change."""

import streamlit as st

from dashboard import columns, filters, frames, listing, meeting_frames, meeting_words, page, tiles
from dashboard.meeting_frames import ALL, OPEN
from pipelines.warehouse import comparisons, queries

here = page.start("meeting.question")
lang, period = here.lang, here.period
units = frames.ask(here, queries.units, period).set_index("unit_code")["unit_name"].to_dict()
names = {filters.EVERYONE: here.say("meeting.everyone")} | units
with here.filters:
    unit = filters.one(here.say("awards.filter.unit"), list(names), names.__getitem__, "proposer")
    which = filters.choice(
        here.say("meeting.which"), [OPEN, ALL], lambda one: here.say(f"meeting.which.{one}"), "which"
    )
st.caption(here.say("meeting.reading"))
rows = frames.ask(here, meeting_frames.proposals, period, unit, which, lang)
tiles.show(meeting_words.tiles(rows, lang), columns=3)

with st.container(border=True, key="meeting-proposals"):
    st.subheader(here.say("meeting.proposals"), anchor=False)
    st.caption(here.say("meeting.proposals.caption"))
    shape = meeting_words.proposal_columns(lang)
    if rows.empty:
        st.info(here.say("meeting.proposals.none"), icon=":material/info:")
    else:
        state = st.dataframe(
            columns.shown(rows, shape, lang), column_config=columns.config(shape), hide_index=True, key="meeting.rows",
            on_select="rerun", selection_mode="single-row", alt=here.say("meeting.proposals"),
        )  # fmt: skip
        picked = (state["selection"]["rows"] or [0])[0]
        chosen = rows.iloc[min(picked, len(rows) - 1)]
        told = frames.ask(here, meeting_frames.conditions, period, chosen["unit_code"], chosen["proposal_code"], lang)
        st.markdown(f"**{listing.plain(str(chosen['award_name']))}** · {listing.plain(str(chosen['proposal_code']))}")
        st.html(listing.table(told, meeting_words.condition_columns(lang), lang, told["status"]))

with st.grid(2, min_column_width=440) as board:
    with board.cell(), st.container(border=True, key="meeting-ceilings", height="stretch"):
        st.subheader(here.say("meeting.ceilings"), anchor=False)
        st.caption(here.say("meeting.ceilings.caption"))
        full = frames.ask(here, meeting_frames.ceilings, period, lang)
        shape = meeting_words.ceiling_columns(lang)
        st.dataframe(
            columns.shown(full, shape, lang), column_config=columns.config(shape), hide_index=True, key="meeting.full"
        )
    with board.cell(), st.container(border=True, key="meeting-what-if", height="stretch"):
        st.subheader(here.say("meeting.what_if"), anchor=False)
        rules = frames.ask(here, meeting_frames.ceiling_names, period, lang)
        if not rules:
            st.info(here.say("meeting.what_if.none"), icon=":material/info:")
        else:
            rule = filters.one(here.say("meeting.column.rule"), list(rules), rules.__getitem__, "ceiling")
            own = frames.ask(here, meeting_frames.ceiling_shares, period)[rule]
            share = st.slider(
                here.say("meeting.what_if.share"), 0, 100, round(own * 100), format="%d%%", key=f"share-{rule}"
            )
            moved = frames.ask(here, comparisons.ceiling_moved, period, rule, share / 100)
            now, then = (int((moved[f"over_{name}"] > 0).sum()) for name in ("now", "then"))
            st.caption(
                here.say(
                    "meeting.what_if.told", now=now, then=then, own=round(own * 100), share=share, units=len(moved)
                )
            )
            shape = meeting_words.what_if_columns(lang)
            st.dataframe(
                columns.shown(moved, shape, lang),
                column_config=columns.config(shape),
                hide_index=True,
                key="meeting.moved",
            )
