"""Exemplars and models as frames for the charts: every function is a question to the reading door."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.shell import years
from dashboard.shell.columns import states
from dashboard.shell.filters import matches
from pipelines.contract.vocabulary import VOCABULARIES
from pipelines.texts import number
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import THEN, Organisation
from pipelines.warehouse.viewer import Viewer

MOST_ROWS = 15  # units in the chart of counts; the table has all
BLANK = "left_blank"  # the unit's workbook came, this part of it is empty and not marked "Không phát sinh": unknown
_FEW = 20
_FIRST, _LAST = "PHAT_HIEN", "NHAN_RONG"
_DAY_OF = {
    "PHAT_HIEN": "found_on",
    "BOI_DUONG": "developed_on",
    "TONG_KET": "summarised_on",
    "NHAN_RONG": "replicated_on",
}


@dataclass(frozen=True)
class PerUnit:
    """Exemplars found per reported unit, the change against the year before, up | down | usual | unknown
    and by what.
    """

    rate: float
    change: float
    verdict: str
    basis: str
    years: int


@dataclass(frozen=True)
class Standing:
    """A group's exemplars in a period. found, live, replicated are exemplars, the others units; None: nobody reported.

    Units are those then or those now. reported: told of exemplars, `with_some` of one or more; the others are silent
    (no workbook), blank (a workbook without this part) or divided (not comparable). heard, due: units then, those
    `found` is of. change: found per reported unit against the years before (`comparisons.changes`); None where it
    has no figure.
    """

    found: int | None
    live: int | None
    replicated: int | None
    reported: int
    with_some: int
    silent: int
    blank: int
    divided: int
    heard: int
    due: int
    change: PerUnit | None

    @property
    def without(self) -> int:
        """Units that reported none."""
        return self.reported - self.with_some


def are_few(units: Sequence[str]) -> bool:
    """Whether the grid of these units leaves room below it for their counts."""
    return len(units) <= _FEW


def standing(
    version: Version, viewer: Viewer, period: str, group: str, units: Sequence[str], organisation: Organisation = THEN
) -> Standing:
    """How many were found, how many units found one, how many are live and replicated."""
    each = _totals(_told(version, viewer, organisation, [period], units))
    state = each["state"].value_counts()
    whole = _totals(queries.metric(version, viewer, "exemplar_count", [period], [group]))
    stage = queries.metric(version, viewer, "exemplar_stage", [period], [group]).set_index("breakdown")["value"]
    base = comparisons.bases(version, viewer, "exemplar_count", [group]).set_index("period").reindex([period]).fillna(0)
    return Standing(
        found=_whole(whole["value"].sum(min_count=1)),
        live=_whole(stage.get(_FIRST)),
        replicated=_whole(stage.get(_LAST)),
        reported=int(state.get("reported", 0)),
        with_some=int((each["value"] >= 1).sum()),
        silent=int(state.get("not_submitted", 0)),
        blank=int(state.get(BLANK, 0)),
        divided=int(state.get("not_comparable", 0)),
        heard=int(base["base"].iloc[0]),
        due=int(base["due"].iloc[0]),
        change=_per_unit(comparisons.changes(version, viewer, "exemplar_count", period, [group], None)),
    )


def matrix(
    version: Version,
    viewer: Viewer,
    period: str,
    units: Sequence[str],
    lang: str,
    words: str = "",
    organisation: Organisation = THEN,
) -> pd.DataFrame:
    """One row a unit and year for `grid.at_least_one`; units longest without any first, then those not heard of.

    Units obliged in the period, back over their years, as they were or as they are now. years_without: reported
    years without any up to the period.
    """
    span = years.until(version, viewer, period)
    told = _totals(_told(version, viewer, organisation, span, units))
    names = told[told["period"] == period].set_index("unit_code")["unit_name"]
    told = told.assign(label=told["unit_code"].map(names)).sort_values("period", kind="stable")
    told = told[told["label"].map(lambda name: matches(str(name), words)).astype(bool)]
    need = {code: _need(one) for code, one in told.groupby("unit_code")}
    place = {code: i for i, code in enumerate(units)}
    ordered = sorted(need, key=lambda code: (-need[code][0], -need[code][1], place[code]))
    told["years_without"] = told["unit_code"].map(lambda code: need[code][1])
    told["told"] = states(told["state"], lang)
    return told.set_index("unit_code", drop=False).loc[ordered].reset_index(drop=True)


def by_year(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> pd.DataFrame:
    """Counts by kind of the years up to the period, newest first, for `counts.stacked`; `row` says how many units told
    them.
    """
    span = years.until(version, viewer, period)
    told = _kinds(queries.metric(version, viewer, "exemplar_count", span, [group]), lang)
    bases = comparisons.bases(version, viewer, "exemplar_count", [group]).set_index("period")["base"]
    rows = {year: f"{year} (n={number(n, lang)})" for year, n in bases.items()}
    told = told.sort_values("period", ascending=False, kind="stable").reset_index(drop=True)
    return told.assign(row=told["period"].map(lambda year: rows.get(year, year)))


def by_unit(
    version: Version,
    viewer: Viewer,
    period: str,
    units: Sequence[str],
    lang: str,
    words: str = "",
    organisation: Organisation = THEN,
) -> pd.DataFrame:
    """Counts by kind of each unit in the period, most first, those not heard of last, for `counts.stacked`.

    Empty when nobody was heard of.
    """
    told = _kinds(_told(version, viewer, organisation, [period], units), lang)
    told = told[told["unit_name"].map(lambda name: matches(name, words)).astype(bool)]
    total = told.groupby("unit_code")["value"].transform(lambda one: one.sum(min_count=1))
    if total.isna().all():
        return told.head(0).assign(row="", total=0.0)
    told = told.assign(row=told["unit_name"], total=total)
    return told.sort_values("total", ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def first_rows(told: pd.DataFrame) -> pd.DataFrame:
    """The rows of the first fifteen units."""
    return told[told["row"].isin(list(dict.fromkeys(told["row"]))[:MOST_ROWS])]


def stages(version: Version, viewer: Viewer, period: str, group: str, lang: str) -> pd.DataFrame:
    """The four stages of the live exemplars with the part of the stage before, for `stages.bars`; empty
    when unknown.
    """
    names = _names("stage", lang)
    told = queries.metric(version, viewer, "exemplar_stage", [period], [group]).set_index("breakdown", drop=False)
    told = told.reindex([code for code in names if code in told.index]).reset_index(drop=True)
    if told["value"].isna().all():
        return told.head(0)
    before = told["value"].shift()
    return told.assign(label=told["breakdown"].map(names), from_before=(told["value"] / before).where(before > 0))


def listed(version: Version, viewer: Viewer, period: str, units: Sequence[str], lang: str, words: str) -> pd.DataFrame:
    """The live exemplars, longest at their stage first, those replicated last; words may name exemplar, unit or field.

    Columns of `queries.exemplars`, kind and reached in words, since (day of the last stage), source (file › sheet ›
    cell).
    """
    told = queries.exemplars(version, viewer, period, units)
    named = told[["exemplar_name", "unit_name", "field"]].fillna("").agg(" ".join, axis=1)
    told = told[named.map(lambda text: matches(text, words)).astype(bool)]
    told = told.assign(
        kind=told["exemplar_kind"].map(_names("exemplar_kind", lang)),
        reached=told["stage"].map(_names("stage", lang)),
        since=pd.to_datetime([row[_DAY_OF[row["stage"]]] for _, row in told.iterrows()]),
        source=told["file_name"] + " › " + told["sheet"] + " › " + told["cell"].fillna(""),
        done=told["stage"] == _LAST,
    )
    return told.sort_values(["done", "since"], kind="stable").reset_index(drop=True)


def _per_unit(changes: pd.DataFrame) -> PerUnit | None:
    whole = changes[changes["breakdown"] == ""]
    if whole.empty or whole["rate"].isna().all():
        return None
    row = whole.iloc[0]
    return PerUnit(float(row["rate"]), float(row["change"]), row["verdict"], row["basis"], int(row["years"]))


def _told(
    version: Version, viewer: Viewer, organisation: Organisation, periods: Sequence[str], units: Sequence[str]
) -> pd.DataFrame:
    """exemplar_count of units; state `BLANK` where their workbook came without it, so that nobody is said
    to be silent.
    """
    told = comparisons.values(version, viewer, organisation, "exemplar_count", periods, units)
    came = comparisons.values(version, viewer, organisation, "submitted_on_time", periods, units)
    came = came[came["state"] != "not_submitted"].set_index(["unit_code", "period"]).index
    blank = (told["state"] == "not_submitted") & told.set_index(["unit_code", "period"]).index.isin(came)
    return told.assign(state=told["state"].mask(blank, BLANK))


def _totals(told: pd.DataFrame) -> pd.DataFrame:
    """All kinds of a unit and period together; breakdown "" is the address of the whole."""
    same = [name for name in told.columns if name not in ("breakdown", "value", "numerator", "denominator")]
    total = told.groupby(same, dropna=False, sort=False)["value"].sum(min_count=1).reset_index()
    return total.assign(breakdown="")


def _need(one: pd.DataFrame) -> tuple[int, int]:
    """(2 none | 1 no report | 0 some) in the newest year, and the reported years without any since the last that had
    one.
    """
    newest = one["value"].iloc[-1]
    since = 0
    for value in reversed(one["value"].dropna().tolist()):
        if value > 0:
            break
        since += 1
    return (1 if newest != newest else 2 if newest == 0 else 0), since


def _kinds(told: pd.DataFrame, lang: str) -> pd.DataFrame:
    names = _names("exemplar_kind", lang)
    told = told[told["breakdown"].isin(names)]
    return told.assign(part=told["breakdown"].map(names), told=states(told["state"], lang))


def _names(vocabulary: str, lang: str) -> dict[str, str]:
    return {code.code: code.label if lang == "vi" else code.english for code in VOCABULARIES[vocabulary]}


def _whole(value: float | None) -> int | None:
    return None if value is None or value != value else int(value)
