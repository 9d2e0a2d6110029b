"""The proposals of a period before the council meets: what each rule says of each, and ceilings if all were granted."""

import pandas as pd

from dashboard.rules import wording as rule_words
from dashboard.shell.filters import EVERYONE, matches
from pipelines.contract.vocabulary import AWARD_KIND
from pipelines.texts import number, say
from pipelines.warehouse.connection import Version
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.viewer import Viewer

OPEN, ALL = "open", "all"
_WORST = ("breach", "unknown", "met", "not_applicable")
_REGULAR = "THUONG_XUYEN"
_LAW = "statutory"  # what another list of rules asks is for reference: it never says that a proposal falls short


def results(version: Version, viewer: Viewer, period: str, unit: str, which: str) -> pd.DataFrame:
    """What rules say of the proposals of a unit (or of all): open ones, or whatever became of them."""
    told = queries.rule_results(version, viewer, period, None if unit == EVERYONE else unit)
    told = told[told["proposal_code"] != ""]
    return told[told["result"] == "DE_NGHI"] if which == OPEN else told


def proposals(version: Version, viewer: Viewer, period: str, unit: str, which: str, lang: str) -> pd.DataFrame:
    """One row a proposal: unit_name, subject, award_name, counts of met, breach, unknown, not_applicable (yet), and
    verdict (the worst).

    reference: of breaches of rules that are no law; they leave unknown. kind_name: of merit; the conditions in the
    list are those of regular merit, so of other kinds nothing is met: not judged.
    """
    told = results(version, viewer, period, unit, which)
    is_reference = (told["status"] == "breach") & (told["rule_status"] != _LAW)
    told = told.assign(status=told["status"].mask(is_reference, "reference"))
    key = ["unit_code", "unit_name", "proposal_code", "award", "award_kind", "result"]
    counts = told.groupby([*key, "status"], sort=False, dropna=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[*_WORST, "reference"], fill_value=0).reset_index()
    subjects = told.drop_duplicates(["unit_code", "proposal_code"]).set_index(["unit_code", "proposal_code"])["who"]
    said = counts.assign(unknown=counts["unknown"] + counts["reference"])
    worst = said[list(_WORST)].gt(0).idxmax(axis=1) if len(said) else pd.Series(dtype=str)
    worst = worst.mask((worst == "met") & (counts["award_kind"] != _REGULAR), "not_applicable")
    names = award_names(version, viewer, period, lang)
    rows = counts.assign(
        subject=subjects.reindex(pd.MultiIndex.from_frame(counts[["unit_code", "proposal_code"]])).to_numpy(),
        award_name=[names.get(one, one) for one in counts["award"]],
        kind_name=[_kind(one, lang) for one in counts["award_kind"]],
        worst=worst,
        verdict=[rule_words.verdict(one, lang) for one in worst],
    )
    order = rows["worst"].map({status: place for place, status in enumerate(_WORST)})
    return rows.assign(place=order).sort_values("place", kind="stable").drop(columns="place").reset_index(drop=True)


def _kind(code: str, lang: str) -> str:
    return next((one.label if lang == "vi" else one.english for one in AWARD_KIND if one.code == code), "")


def sought(rows: pd.DataFrame, words: str, worst: str) -> pd.DataFrame:
    """The proposals whose person, code, unit or award the words begin, accents aside, in any order; of one verdict or
    ("") of all.
    """
    if rows.empty:
        return rows
    said = rows["subject"].fillna("") + " " + rows["proposal_code"] + " " + rows["unit_name"] + " " + rows["award_name"]
    found = [all(matches(one, word) for word in words.split()) for one in said]
    kept = pd.Series(found, index=rows.index, dtype=bool) & ((rows["worst"] == worst) | (worst == ""))
    return rows[kept].reset_index(drop=True)


def conditions(version: Version, viewer: Viewer, period: str, unit: str, proposal: str, lang: str) -> pd.DataFrame:
    """Each rule for one proposal: rule, verdict, told (figures in words), basis, place (the cell), reference."""
    told = queries.rule_results(version, viewer, period, unit, proposal)
    told = told[told["status"] != "not_applicable"]
    order = told["status"].map({status: place for place, status in enumerate(_WORST)})
    told = told.assign(
        rule=told["rule_name" if lang == "vi" else "rule_english"],
        verdict=[rule_words.verdict(one, lang) for one in told["status"]],
        told=[rule_words.told(row, lang) for row in told.itertuples()],
        basis=[rule_words.basis(one, lang) for one in told["basis"]],
        place=[rule_words.place(row) for row in told.itertuples()],
        legal=[rule_words.standing(row, lang) for row in told.itertuples()],
        order=order,
    )
    return told.sort_values("order", kind="stable").reset_index(drop=True)


def grounds(version: Version, viewer: Viewer, period: str, unit: str, proposal: str, lang: str) -> pd.DataFrame:
    """What was found for a proposal in the years its conditions ask for: rule, year, written, place (the cell)."""
    told = queries.rule_results(version, viewer, period, unit, proposal)
    rules = told[(told["kind"] == "prerequisite") & (told["status"] != "not_applicable")]
    named = rules.set_index("rule_id")["rule_name" if lang == "vi" else "rule_english"].to_dict()
    found = [
        queries.rule_evidence(version, viewer, rule, unit, period, proposal).assign(rule=named[rule]) for rule in named
    ]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["rule", "year", "written"])
    return rows.assign(place=[rule_words.place(row) for row in rows.itertuples()])


def ceilings(version: Version, viewer: Viewer, period: str, unit: str, lang: str) -> pd.DataFrame:
    """Where a ceiling would be passed if all open proposals were granted, or is unknown; what is passed comes first."""
    told = queries.rule_results(
        version, viewer, period, None if unit == EVERYONE else unit, statuses=["breach", "unknown"]
    )
    told = told[told["kind"] == "ceiling"].sort_values("status", kind="stable")
    return told.assign(
        rule=told["rule_name" if lang == "vi" else "rule_english"],
        verdict=[rule_words.verdict(one, lang, "ceiling") for one in told["status"]],
        legal=[rule_words.legal(one, lang) for one in told["rule_status"]],
        place=[rule_words.place(row) for row in told.itertuples()],
    ).reset_index(drop=True)


def moved(version: Version, viewer: Viewer, period: str, rule: str, share: float, lang: str) -> pd.DataFrame:
    """`comparisons.ceiling_moved` with what the move does to each unit in words (effect); whom it touches
    comes first.
    """
    rows = comparisons.ceiling_moved(version, viewer, period, rule, share)
    change = rows["over_then"] - rows["over_now"]
    rows = rows.assign(effect=[_effect(one, lang) for one in change], touched=change != 0)
    return rows.sort_values("touched", ascending=False, kind="stable").reset_index(drop=True)


def _effect(change: float, lang: str) -> str:
    if not change:
        return ""
    return say(f"meeting.effect.{'more' if change > 0 else 'fewer'}", lang, count=number(abs(change), lang))


def ceiling_names(version: Version, viewer: Viewer, period: str, lang: str) -> dict[str, str]:
    """Ceilings a unit is held against in the period, by name."""
    rules = queries.rules(version, viewer, period)
    rules = rules[rules["kind"] == "ceiling"]
    return dict(zip(rules["rule_id"], rules["name" if lang == "vi" else "english"], strict=True))


def ceiling_shares(version: Version, viewer: Viewer, period: str) -> dict[str, float]:
    """The share of each of these ceilings, 0–1."""
    rules = queries.rules(version, viewer, period)
    return dict(zip(rules["rule_id"], rules["value"].astype(float), strict=True))


def award_names(version: Version, viewer: Viewer, period: str, lang: str) -> dict[str, str]:
    """Awards of the period by name."""
    awards = queries.award_catalogue(version, viewer, period)
    return dict(zip(awards["award"], awards["name" if lang == "vi" else "english"], strict=True))
