"""What leadership should look at or decide: at most a few plain sentences, each with the page that shows it.

Nothing here is a verdict. A unit is named only for what it reported itself or has not sent, or where its share lies
beyond what chance and the usual difference between its peers explain.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from dashboard.awards.choices import ANY
from dashboard.overview import key_words
from dashboard.overview.key_figures import KeyFigure
from dashboard.shell import asking, tiles
from dashboard.shell.asking import Looking
from dashboard.shell.markup import Markdown, marked
from pipelines.analysis.intervals import wilson
from pipelines.palette import RATE_DECIMALS, SMALL_UNIT
from pipelines.texts import day, number, percent, say
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.question import Question

_METRICS = {  # metric and breakdown of a key figure
    "on_time": ("submitted_on_time", ""),
    "awarded": ("any_award_rate", ""),
    "outstanding": ("rating_share", "HTXSNV"),
    "leaders": ("leader_award_share", ""),
    "with_exemplar": ("exemplar_count", ""),
    "replicated": ("exemplar_stage", "NHAN_RONG"),
}
_WHOLES = {"replicated": ("exemplar_stage", "PHAT_HIEN")}  # what it is a share of, where no metric divides the two
NAMED = 3  # units named in a sentence; of the others their number is told


@dataclass(frozen=True)
class Behind:
    """A figure of a tile or sentence, and where its rows are: metric, unit, period, breakdown, stratum.

    `units`: counted are those of these units that have such rows, not the rows.
    """

    label: str
    point: tuple[str, str, str, str, str]
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sight:
    """One sentence. `kind`: which sentence it is; `behind`: its figures.

    `page`: file name of the page that shows it, "" when it is this one; `chosen`: what that page opens with, so that
    it shows these figures.
    """

    kind: str
    markdown: Markdown
    page: str = ""
    behind: tuple[Behind, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)


def sights(
    here: Looking, period: str, group: str, units: Sequence[str], figures: Sequence[KeyFigure], lang: str
) -> list[Sight]:
    """The sentences about some units and their key figures, what needs a decision first; none when nothing stands out.

    What is asked for does not depend on the group, so the next group finds its answers there already.
    """
    return [
        *_unsent(here, period, units, lang),
        *unusual(asking.ask(here, comparisons.unusual_rates, Question("any_award_rate", period)), period, units, lang),
        *changed(figures, period, group, units, lang),
        *_uniform(asking.ask(here, queries.metric, "rating_share", [period]), units, lang),
        *_leaders(next(one for one in figures if one.name == "leaders"), period, group, lang),
        *_without(asking.ask(here, comparisons.without_exemplar, period), units, lang),
    ]


def _unsent(here: Looking, period: str, units: Sequence[str], lang: str) -> Iterator[Sight]:
    """What is overdue by name, and before the due date how much is still to come."""
    reporters = _reporters(asking.ask(here, queries.units, period), units)
    late = asking.ask(here, comparisons.overdue, period, today := asking.today())
    late = late[late["reporter_code"].isin(reporters)]
    board = asking.ask(here, queries.board, period)
    due = board[board["reporter_code"].isin(reporters)]
    waited_for = due[due["status"].isin(["not_submitted", "returned"])]
    if len(late):
        told = [
            say(
                f"overview.sight.overdue.{'returned' if row.status == 'returned' else 'missing'}",
                lang,
                name=row.reporter_name if lang == "vi" else row.reporter_english,
                days=number(row.days_late, lang),
            )
            for row in late.itertuples()
        ]
        text = marked("overview.sight.overdue", lang, count=len(late), who=_listed(told, lang), on=day(today, lang))
        yield Sight("overdue", text, "board")
    elif len(waited_for):
        text = marked(
            "overview.sight.unfinished",
            lang,
            received=len(due) - len(waited_for),
            due=len(due),
            on=day(waited_for["due_on"].max(), lang),
        )
        yield Sight("unfinished", text, "board")


def unusual(found: pd.DataFrame, period: str, units: Sequence[str], lang: str) -> Iterator[Sight]:
    for row in found[found["unit_code"].isin(units)].head(NAMED).itertuples():
        side = "above" if row.beyond > 0 else "below"
        text = marked(
            f"overview.sight.unusual.{side}",
            lang,
            name=row.unit_name,
            share=percent(row.value, lang, RATE_DECIMALS),
            count=number(row.numerator, lang),
            size=number(row.denominator, lang),
            level=percent(row.level, lang, RATE_DECIMALS),
            times=row.times,
            years=row.years,
        )
        point = ("any_award_rate", row.unit_code, period, "", "")
        chosen = {"peers": row.peer_group, "series": ANY, "unit": row.unit_code}
        yield Sight("unusual", text, "awards", (Behind(row.unit_name, point),), chosen)


def changed(figures: Sequence[KeyFigure], period: str, group: str, units: Sequence[str], lang: str) -> Iterator[Sight]:
    pages = {"on_time": "board", "awarded": "awards", "leaders": "awards", "outstanding": ""}
    for figure in figures:
        judged = key_words.tone(figure)
        if judged in (tiles.WORSE, tiles.DIFFERENT):
            text = marked(
                "overview.sight.changed",
                lang,
                figure=say(f"overview.tile.{figure.name}", lang),
                **key_words.counts(figure, lang),
                points=key_words.points(figure.change.change, lang),
                previous=figure.previous,
                verdict=key_words.verdict(figure, lang),
            )
            behind = _of_figure(figure, [period, figure.previous], group, units, lang)
            shown_on = pages.get(figure.name, "exemplars")
            yield Sight("changed", text, shown_on, behind, {"peers": group} if shown_on == "awards" else {})


def behind_figures(
    figures: Sequence[KeyFigure], period: str, group: str, units: Sequence[str], lang: str
) -> list[Behind]:
    """Where the rows of each key figure of a period are, and of what it is held against."""
    told = [figure for figure in figures if figure.share.denominator > 0]
    return [
        one
        for figure in told
        for one in (
            *_of_figure(figure, [period], group, units, lang),
            *([_staffed(period, group, lang)] if figure.beside else []),
        )
    ]


def _of_figure(
    figure: KeyFigure, years: Sequence[str], group: str, units: Sequence[str], lang: str
) -> tuple[Behind, ...]:
    """A key figure of some years: its share, or its part and its whole one by one."""
    label = say(f"overview.tile.{figure.name}", lang)
    whole = say("overview.behind.followed", lang)
    found = []
    for year in filter(None, years):
        metric, breakdown = _METRICS[figure.name]
        counted = tuple(units) if figure.name == "with_exemplar" else ()
        found.append(Behind(f"{label}, {year}", (metric, group, year, breakdown, ""), counted))
        if figure.name in _WHOLES:
            metric, breakdown = _WHOLES[figure.name]
            found.append(Behind(f"{whole}, {year}", (metric, group, year, breakdown, "")))
    return tuple(found)


def _staffed(period: str, group: str, lang: str) -> Behind:
    return Behind(say("overview.behind.leaders", lang), ("leader_staff_share", group, period, "", ""))


def _uniform(rated: pd.DataFrame, units: Sequence[str], lang: str) -> Iterator[Sight]:
    """Units of five people or more in which everybody has the same rating."""
    rated = rated[rated["unit_code"].isin(units)]
    same = rated[(rated["numerator"] == rated["denominator"]) & (rated["denominator"] >= SMALL_UNIT)]
    if len(same):
        told = [
            say(
                "overview.sight.uniform.unit",
                lang,
                name=row.unit_name,
                size=number(row.denominator, lang),
                rating=say(f"charts.rating.{row.breakdown}", lang).lower(),
            )
            for row in same.itertuples()
        ]
        behind = tuple(
            Behind(row.unit_name, ("rating_share", row.unit_code, row.period, row.breakdown, ""))
            for row in same.itertuples()
        )
        text = marked("overview.sight.uniform", lang, count=len(same), who=_listed(told, lang))
        yield Sight("uniform", text, behind=behind)


def _leaders(awarded: KeyFigure, period: str, group: str, lang: str) -> Iterator[Sight]:
    """Leaders clearly more frequent among the awards than among the staff: as a fact, for clusters count awards where
    others count people.
    """
    staff = awarded.beside
    if staff is None or not (awarded.share.denominator > 0 and staff.denominator > 0):
        return
    low, _ = wilson(awarded.share.numerator, awarded.share.denominator)
    if float(low) > staff.value:
        text = marked(
            "overview.sight.leaders",
            lang,
            **key_words.counts(awarded, lang),
            staff_share=percent(staff.value, lang, RATE_DECIMALS),
            staff_count=number(staff.numerator, lang),
            staff_size=number(staff.denominator, lang),
        )
        label = say("overview.behind.leaders_awarded", lang)
        behind = (Behind(label, ("leader_award_share", group, period, "", "")), _staffed(period, group, lang))
        yield Sight("leaders", text, "awards", behind, {"peers": group})


def _without(found: pd.DataFrame, units: Sequence[str], lang: str) -> Iterator[Sight]:
    found = found[found["unit_code"].isin(units)]
    if len(found):
        told = [
            say(
                f"overview.sight.without.{'years' if row.years_without > 1 else 'year'}",
                lang,
                name=row.unit_name,
                years=row.years_without,
            )
            for row in found.itertuples()
        ]
        yield Sight(
            "without", marked("overview.sight.without", lang, count=len(found), who=_listed(told, lang)), "exemplars"
        )


def _reporters(every: pd.DataFrame, units: Sequence[str]) -> set[str]:
    """Codes of those who report for the units: themselves and their clusters."""
    meant = every[every["unit_code"].isin(units)]
    by_cluster = meant.loc[meant["reports_by"] != "own", "cluster_code"].dropna()
    return {*meant["unit_code"], *by_cluster}


def _listed(told: Sequence[str], lang: str) -> str:
    """The first few, and how many more."""
    more = len(told) - NAMED
    shown = "; ".join(told[:NAMED])
    return f"{shown}; {say('overview.sight.more', lang, count=more)}" if more > 0 else shown
