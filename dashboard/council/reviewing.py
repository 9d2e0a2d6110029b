"""What was noted on a unit for a year, and the two forms: the council's review, the unit's explanation."""

from datetime import date

import streamlit as st

from dashboard.shell import listing
from dashboard.shell.markup import plain
from dashboard.shell.page import Page
from pipelines import settings
from pipelines.access import acting
from pipelines.desk import reviews
from pipelines.problems import Problem
from pipelines.texts import day, say_problem


def show(here: Page, unit_code: str, period: str) -> None:
    """Notes on the unit, oldest first, and the forms that add one. They stand at once and survive every rebuild."""
    here.part(plain(here.say("review.title")))
    rows = noted(here, unit_code, period)
    st.caption(here.say("review.caption" if rows else "review.none"))
    if rows:
        st.html(listing.facts(rows))
    for kind in ("review", "explanation"):
        with st.expander(here.say(f"review.add.{kind}"), icon=":material/edit_note:"):
            _form(here, kind, unit_code, period, len(rows))


def noted(here: Page, unit_code: str, period: str) -> list[tuple[str, str]]:
    """(when, by whom and what; the text) of each note."""
    told = reviews.notes(settings.home(), here.viewer, period, unit_code)
    hidden = here.say("review.hidden")
    return [(f"{day(one.on, here.lang)} · {_head(here, one)}", one.text or hidden) for one in told]


def newest(here: Page, period: str) -> dict[str, str]:
    """Of each unit noted for a year in words: the last outcome, and when the unit explained itself."""
    reviewed, explained = {}, {}
    for one in reviews.notes(settings.home(), here.viewer, period):
        if one.kind == "review":
            reviewed[one.unit_code] = here.say(f"review.outcome.{one.outcome}")
        else:
            explained[one.unit_code] = here.say("review.explained_on", day=day(one.on, here.lang))
    return {
        unit: "; ".join(said[unit] for said in (reviewed, explained) if unit in said)
        for unit in {*reviewed, *explained}
    }


def _head(here: Page, one: reviews.Note) -> str:
    if one.kind == "explanation":
        return here.say("review.explanation")
    return f"{here.say(f'review.outcome.{one.outcome}')} ({one.by})"


def _form(here: Page, kind: str, unit_code: str, period: str, noted_before: int) -> None:
    """One form. What is typed stays until it is kept; then the form begins anew.

    Kept for ever, so it is asked for twice.
    """
    with st.form(f"{kind}-{unit_code}-{period}-{noted_before}", border=False):
        outcome, by, given_on = None, "", date.today()
        if kind == "review":
            outcome = st.selectbox(
                here.say("review.outcome"),
                reviews.OUTCOMES,
                index=None,
                placeholder=here.say("review.choose"),
                format_func=lambda one: here.say(f"review.outcome.{one}"),
                filter_mode="contains",
            )
            by = st.text_input(here.say("review.by"), max_chars=120)
        else:
            given_on = st.date_input(here.say("review.given_on"), given_on, max_value=given_on, format="DD/MM/YYYY")
        text = st.text_area(here.say(f"review.text.{kind}"), max_chars=4000)
        is_sure = st.checkbox(here.say("review.sure"))
        if not st.form_submit_button(here.say("review.save"), type="primary"):
            return
    if not is_sure or (kind == "review" and outcome is None):
        st.warning(here.say("review.unsure" if not is_sure else "review.choose"), icon=":material/info:")
        return
    try:
        if outcome is not None:
            reviews.review(settings.home(), acting(), unit_code, period, outcome, text, by)
        else:
            reviews.explain(settings.home(), acting(), unit_code, period, text, given_on)
    except Problem as problem:
        st.error(plain(say_problem(problem.code, problem.facts, here.lang)), icon=":material/error:")
        return
    st.rerun()
